"""A twin as the page has it: picture and sentence for everybody, and the script that makes them move."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from lossbook.live.recorder import FINE, Recorder

STATIC = "../_static"  # as the pages of the notebooks see it
SCRIPTS = ("numbers", "live-computed", "live")
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
    inside = [
        '<div class="live-controls" role="group" aria-label="Controls of the picture"></div>',
        f'<p class="live-sentence" role="status" aria-live="polite">{escape(twin.sentence, quote=False)}</p>',
        f'<div class="live-picture">{svg}</div>',
    ]
    return board(twin.key, "\n".join(inside), twin.less, (f"live/{name}", *SCRIPTS))


def board(key: str, inside: str, less: str, scripts: Iterable[str]) -> str:
    """Return a part of a page that its scripts bring to life; `less` is said under it."""
    parts = [
        LOOKS.format(STATIC),
        f'<div class="live" data-live="{key}">',
        inside,
        f'<p class="live-less">{escape(less, quote=False)}</p>',
        "</div>",
        *(f'<script src="{STATIC}/{file}.js"></script>' for file in scripts),
    ]
    return "\n".join(parts)


def script(key: str, data: dict) -> str:
    """Return data as a script: a page that is opened from disk may load scripts, and nothing else."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f'(window.lossLive ??= {{}})["{key}"] = {written};\n'
