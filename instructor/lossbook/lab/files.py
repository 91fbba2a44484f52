"""The file that the build writes for the lab's page: the formulas, what is known of the losses, and the data."""

from __future__ import annotations

import json
from collections.abc import Iterator

from lossbook import kept
from lossbook.lab import about_losses, measured, translate, words
from lossbook.pictures import drawn
from lossutils import CATALOGUE, Huber, SquaredError, plot
from lossutils.plot.labels import dark
from lossutils.plot.paper import COLOURS, DASHES, SKY

NAME = "_static/loss_lab_data.js"
STILL = "loss_lab_still.png"  # for a browser without JavaScript
HEAD = "// Written by lossbook/lab from the library itself: change that, and build the book again.\n\n"


def everything() -> Iterator[tuple[str, str | bytes]]:
    """Yield each file: its path in the book, and its content."""
    yield STILL, kept.once("loss_lab", lambda: drawn(lambda: plot.loss_curves([SquaredError(), Huber()]))).png
    yield (
        NAME,
        HEAD
        + f"lossLab.facts = {json.dumps(facts(), ensure_ascii=False, indent=1)};\n\n"
        + translate.library(CATALOGUE),
    )


def facts() -> dict:
    """Return what the page knows beside the formulas."""
    return {
        "losses": about_losses.everything(),
        "data": measured.everything(),
        "words": words.everything(),
        "looks": looks(),
    }


def looks() -> dict:
    """Return colour and dashes of the first loss and of the second: on a light page, and on a dark one."""
    on_dark = (SKY, COLOURS[5])
    return {
        "light": [{"line": colour, "text": dark(colour)} for colour in COLOURS[:2]],
        "dark": [{"line": colour, "text": colour} for colour in on_dark],
        "dashes": ["", " ".join(str(2 * part) for part in DASHES[1][1])],
    }
