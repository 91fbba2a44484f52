"""The twins of all chapters: what stands in the pages, and the files that come with them."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

from lossbook import kept
from lossbook.live import cells, letters, markup
from lossbook.live.chapters import CHOSEN
from lossbook.live.markup import Twin
from lossbook.live.three_classes import three_classes
from lossbook.live.twin import twin
from lossbook.live.two_classes import two_classes
from lossbook.places import ROOT

COMPUTED = {"08": two_classes, "09": three_classes}  # their buttons lead anywhere
AT_ONCE = 2  # processes


def of(name: str, cell: str) -> str | None:
    """Return what the page of a notebook shows instead of the widget of a cell; None if it has no twin."""
    chapter = name[:2]
    if chapter not in CHOSEN or CHOSEN[chapter].cell != cell:
        return None
    return markup.html(everything()[chapter], f"ch{chapter}")


def files() -> Iterator[tuple[str, str]]:
    """Yield the files that the twins need: path in the book, and content."""
    twins = everything()
    for chapter, made in twins.items():
        yield f"_static/live/ch{chapter}.js", markup.script(made)
    pieces = (piece for made in twins.values() for piece in [made.svg, *made.data["pieces"]])
    yield "_static/live/letters.css", letters.style_sheet(pieces)


@functools.cache
def everything() -> dict[str, Twin]:
    """Return the twins by chapter, made anew if the library has changed, or a cell that one rests on."""
    codes = {chapter: cells.needed(notebook(chapter), chosen.cell) for chapter, chosen in CHOSEN.items()}
    digest = hashlib.sha256(json.dumps(codes).encode()).hexdigest()[:16]
    return kept.once(f"live_{digest}", lambda: _made(codes))


def notebook(chapter: str) -> dict:
    """Return the notebook of a chapter."""
    (file,) = (ROOT / "notebooks").glob(f"{chapter}_*.ipynb")
    return json.loads(file.read_text(encoding="utf-8"))


def made(chapter: str, code: str) -> Twin:
    """Make the twin of a chapter: with the widget that its notebook makes."""
    explorer, key = cells.run(code), f"live{chapter}"
    if chapter in COMPUTED:
        return COMPUTED[chapter](explorer, key)
    return twin(explorer, key, CHOSEN[chapter].few)


def _made(codes: dict[str, str]) -> dict[str, Twin]:
    with ProcessPoolExecutor(AT_ONCE) as pool:
        return dict(zip(codes, pool.map(made, codes, codes.values()), strict=True))
