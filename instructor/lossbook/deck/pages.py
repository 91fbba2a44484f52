"""Lays the contents of a section out on slides, so that nothing is too small to be read; what has no room is said."""

from __future__ import annotations

from typing import NamedTuple

from lossbook.deck import blocks
from lossbook.deck.blocks import GAP, HEIGHT, LARGER, Block
from lossbook.deck.contents import contents
from lossbook.deck.excerpts import to_remember
from lossbook.deck.pictures import Picture, halves, trimmed
from lossbook.deck.sections import ANSWERS, Piece, Section

BEFORE_A_FORMULA = (30, 0)  # words that may lead to it: several sentences, or the last
UPPER, LOWER = "The upper part of the figure; the lower part follows.", "The lower part."
Page = list[Block]


class Slide(NamedTuple):
    """A heading, what stands under it, and what the lecturer says besides.

    `is_more`: the section can do without it, as without a table behind its figure.
    """

    heading: str
    blocks: Page
    said: list[str]
    is_more: bool = False

    @property
    def larger(self) -> float:
        """How much larger its letters may be; where a figure is, that takes the room."""
        if any(block.kind == "figure" for block in self.blocks):
            return 1.0
        room = room_under(self.heading)
        fits = (k for k in LARGER if height(self.blocks, k) <= room and all(one.fits_across(k) for one in self.blocks))
        return next(fits, 1.0)


def slides(section: Section) -> list[Slide]:
    """Return the slides of a section, with as many words before its formulas as cost no slide more."""
    return min((_slides(section, many) for many in BEFORE_A_FORMULA), key=len)


def _slides(section, many):
    room = room_under(section.heading)
    shown = contents(section, room, many)
    read = " ".join(one.text for one in shown)
    remember = [Block("text", sentence, later=True) for sentence in to_remember(section) if sentence not in read]
    last = max((place for place, one in enumerate(shown) if isinstance(one, Piece)), default=None)  # figure
    pages, above, said = [], [], []
    for place, one in enumerate(shown):
        if isinstance(one, Piece):
            more, unsaid = _with_figure(one, above, remember if place == last else [], room)
            pages, said, above = [*pages, *more], [*said, *unsaid], []
        elif height([*above, one]) <= room:
            above = [*above, one]
        else:
            pages, above = [*pages, above], [one]
    if last is None:
        pages += [[*above, *remember]] if height([*above, *remember]) <= room else [above, remember]
        above = []
    made = [Slide(section.heading, page, said if page is pages[-1] else []) for page in pages]
    return [*made, Slide(section.heading, above, [], is_more=True)] if above else made


def room_under(heading: str) -> int:
    """Return how much room is under a heading."""
    return HEIGHT - blocks.heading_height(heading) - GAP


def height(page: Page, larger: float = 1.0) -> int:
    """Return how high the blocks of a page are together."""
    return sum(block.height(larger) for block in page) + GAP * max(len(page) - 1, 0)


def _with_figure(piece, above, remember, room):
    image = piece.output["metadata"]["image/png"]
    picture = trimmed(piece.output["data"]["image/png"])
    return _shown(picture, image["alt"], above, [Block("caption", piece.text)], remember, room)


def _shown(picture: Picture, alt, above, caption, remember, room):
    """The pages that show a figure, with as much else as leaves it large enough; and what is said instead.

    What is above it gets a page of its own if need be. What is to be remembered comes before the caption, and an answer
    is always shown. A figure that is too high even alone is shown in two parts.
    """
    for before, after in (
        (above, [*caption, *remember]),
        (above, remember or caption),
        ([], [*caption, *remember]),
        ([], remember or caption),
        ([], caption),
        ([], []),
    ):
        around = [*before, *after]
        if figure := blocks.figure(picture, alt, room - height(around) - GAP * bool(around)):
            pages = [[*before, figure, *after]] if before or not above else [above, [figure, *after]]
            unsaid = [block for block in (*caption, *remember) if block not in after]
            pages += [[block] for block in unsaid if block.text.startswith(ANSWERS)]
            return pages, [f"**Say.** {block.text}" for block in unsaid if not block.text.startswith(ANSWERS)]
    upper, lower = halves(picture)
    first, _ = _shown(upper, alt, above, [Block("caption", UPPER)], [], room)
    second, unsaid = _shown(
        lower, alt, [], [Block("caption", f"{LOWER} {block.text}") for block in caption], remember, room
    )
    return [*first, *second], unsaid
