"""How long each notebook runs, as it was measured on one computer."""

from __future__ import annotations

import tomllib

from lossbook import course
from lossbook.pages.markdown import Pages, page, table
from lossbook.places import ROOT, RUN_TIMES

SOLUTION = "solutions/"


def pages() -> Pages:
    """Yield the table of what `python tools/course.py run-times` wrote."""
    measured = tomllib.loads(RUN_TIMES.read_text(encoding="utf-8"))
    rows = [
        (_shown(name), f"{one['seconds']:.1f}", f"{one['megabytes']:.0f}")
        for name, one in measured["notebooks"].items()
    ]
    total = sum(one["seconds"] for one in measured["notebooks"].values())
    yield (
        "reference/run_times.md",
        page(
            "# How long the notebooks run",
            f"Seconds from the start of the kernel to the last cell, and the most memory that the kernel held. "
            f"Measured on {measured['computer']}. Yours may be three times as fast or as slow; the ratios stay.",
            table(("notebook", "seconds", "MB"), rows),
            f"All together: {total / 60:.1f} minutes, one after the other.",
        ),
    )


def _shown(name):
    """A notebook by its title; a solution is no part of the book, so nothing leads to it."""
    title = course.title(course.notebook(ROOT / f"{name}.ipynb"))
    return title if name.startswith(SOLUTION) else f"[{title}](../{name}.ipynb)"
