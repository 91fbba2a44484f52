"""The twins of all chapters: what stands in the pages, and the files that come with them."""

from __future__ import annotations

import functools
import gc
import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

from lossbook import course, kept
from lossbook.live import cells, chooser, letters, markup, quiz
from lossbook.live.chapters import CHOSEN
from lossbook.live.markup import Twin
from lossbook.live.three_classes import three_classes
from lossbook.live.twin import twin as table
from lossbook.live.two_classes import two_classes
from lossutils import questions
from lossutils.widgets.quiz import EXAM

COMPUTED = {"08": two_classes, "09": three_classes}  # their buttons lead anywhere
QUIZ, CHOOSER = "quiz", ("20", "explore-chooser")  # cells: in each chapter, and in one
AT_ONCE = 2  # processes


def of(name: str, cell: str) -> str | None:
    """Return what the page of a notebook shows instead of the widget of a cell; None if it has no twin."""
    chapter = name[:2]
    if cell == QUIZ:
        return quiz.html(chapter if chapter.isdigit() else EXAM)
    if (chapter, cell) == CHOOSER:
        return chooser.html(chooser.data())
    if chapter in CHOSEN and CHOSEN[chapter].cell == cell:
        return markup.html(everything()[chapter], f"ch{chapter}")
    return None


def files() -> Iterator[tuple[str, str]]:
    """Yield the files that the twins need: path in the book, and content."""
    twins = everything()
    for chapter, twin in twins.items():
        yield f"_static/live/ch{chapter}.js", markup.script(twin.key, twin.data)
    for chapter in (*questions.chapters(), EXAM):
        yield f"_static/live/quiz{chapter}.js", markup.script(f"quiz{chapter}", quiz.data(chapter))
    yield "_static/live/chooser20.js", markup.script("chooser20", chooser.data())
    pieces = (piece for twin in twins.values() for piece in [twin.svg, *twin.data.get("pieces", [])])
    yield "_static/live/letters.css", letters.style_sheet(pieces)


@functools.cache
def everything() -> dict[str, Twin]:
    """Return the twins by chapter, made anew if the library has changed, or a cell that one rests on."""
    codes = {chapter: cells.needed(notebook(chapter), chosen.cell) for chapter, chosen in CHOSEN.items()}
    rests_on = kept.word(kept.LIBRARY, kept.BOOK / "live", text=json.dumps(codes))
    return kept.once("live", lambda: _made(codes), rests_on)


def notebook(chapter: str) -> dict:
    """Return the notebook of a chapter."""
    return course.notebook(course.lecture(chapter))


def made(chapter: str, code: str) -> Twin:
    """Make the twin of a chapter: with the widget that its notebook makes."""
    explorer, key = cells.run(code), f"live{chapter}"
    if chapter in COMPUTED:
        return COMPUTED[chapter](explorer, key)
    return table(explorer, key, CHOSEN[chapter].few)


def _made(codes: dict[str, str]) -> dict[str, Twin]:
    # Figures are rings of thousands of objects: to look for such after every 700 new ones takes a sixth of the time
    with ProcessPoolExecutor(AT_ONCE, initializer=gc.set_threshold, initargs=(100_000, 20, 100)) as pool:
        return dict(zip(codes, pool.map(made, codes, codes.values()), strict=True))
