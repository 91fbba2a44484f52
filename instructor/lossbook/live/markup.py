"""A twin as the page has it: picture and sentence for everybody, and the script that makes them move."""

from __future__ import annotations

import json
from html import escape

from lossbook.live.twin import Twin

STATIC = "../_static"  # as the pages of the notebooks see it
FEWER = "Here the sliders stop at fewer places than in the notebook, and numbers can't be typed."
ALL = "Here numbers can't be typed; in the notebook they can."
LESS = "{} To run the widget itself, open the notebook in JupyterLab."
LOADED = '<script src="{0}/live/{1}.js"></script><script src="{0}/live.js"></script>'
LOOKS = '<link rel="stylesheet" href="{0}/live.css"><link rel="stylesheet" href="{0}/live/letters.css">'


def html(twin: Twin, name: str) -> str:
    """Return what stands in the page in the widget's place; the script fills in the controls."""
    svg = twin.svg.replace("<svg ", f'<svg aria-label="{escape(twin.sentence)}" ', 1)
    parts = [
        LOOKS.format(STATIC),
        f'<div class="live" data-live="{twin.key}">',
        '<div class="live-controls" role="group" aria-label="Controls of the picture"></div>',
        f'<p class="live-sentence" role="status" aria-live="polite">{escape(twin.sentence, quote=False)}</p>',
        f'<div class="live-picture">{svg}</div>',
        f'<p class="live-less">{LESS.format(FEWER if twin.fewer else ALL)}</p>',
        "</div>",
        LOADED.format(STATIC, name),
    ]
    return "\n".join(parts)


def script(twin: Twin) -> str:
    """Return the data of a twin as a script: a page that is opened from disk may load scripts, and nothing else."""
    data = json.dumps(twin.data, ensure_ascii=False, separators=(",", ":"))
    return f'(window.lossLive ??= {{}})["{twin.key}"] = {data};\n'
