"""A twin as the page has it: picture and sentence for everybody, and the script that makes them move."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from lossbook.live.recorder import FINE, Recorder

STATIC = "../_static"  # as the pages of the notebooks see it
SCRIPTS = ("live-numbers", "live-computed", "live")
LOOKS = '<link rel="stylesheet" href="{0}/live.css"><link rel="stylesheet" href="{0}/live/letters.css">'


@dataclass(frozen=True)
class Twin:
    """What a page shows at first, and what its script needs to go on from there.

    `less` says what the twin leaves out, against the widget.
    """

    key: str
    svg: str
    sentence: str
    data: dict
    less: str


def picture(recorder: Recorder, parts: Iterable[str]) -> str:
    """Return a picture of these pieces, with the looks, clips and markers that they name."""
    looks = "".join(f".{name}{{{look}}}" for look, name in recorder.styles.items())
    defined = "".join(written.format(name) for written, name in recorder.definitions.items())
    size = f"{FINE * recorder.width} {FINE * recorder.height}"
    inside = f"<style>{looks}</style><defs>{defined}</defs>{''.join(parts)}"
    return f'<svg viewBox="0 0 {size}" role="img" xmlns="http://www.w3.org/2000/svg">{inside}</svg>'


def html(twin: Twin, name: str) -> str:
    """Return what stands in the page in the widget's place; the script fills in the controls."""
    svg = twin.svg.replace("<svg ", f'<svg aria-label="{escape(twin.sentence)}" ', 1)
    parts = [
        LOOKS.format(STATIC),
        f'<div class="live" data-live="{twin.key}">',
        '<div class="live-controls" role="group" aria-label="Controls of the picture"></div>',
        f'<p class="live-sentence" role="status" aria-live="polite">{escape(twin.sentence, quote=False)}</p>',
        f'<div class="live-picture">{svg}</div>',
        f'<p class="live-less">{escape(twin.less, quote=False)}</p>',
        "</div>",
        *(f'<script src="{STATIC}/{file}.js"></script>' for file in (f"live/{name}", *SCRIPTS)),
    ]
    return "\n".join(parts)


def script(twin: Twin) -> str:
    """Return the data of a twin as a script: a page that is opened from disk may load scripts, and nothing else."""
    data = json.dumps(twin.data, ensure_ascii=False, separators=(",", ":"))
    return f'(window.lossLive ??= {{}})["{twin.key}"] = {data};\n'
