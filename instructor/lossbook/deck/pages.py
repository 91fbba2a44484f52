"""Lays the contents of a section out on slides, so that nothing is too small to be read; what has no room is said."""

from __future__ import annotations

from typing import NamedTuple

from lossbook.deck import blocks
from lossbook.deck.blocks import GAP, HEIGHT, LARGER, Block
from lossbook.deck.contents import contents
from lossbook.deck.excerpts import to_remember, what_follows
from lossbook.deck.pictures import Picture, halves, trimmed
from lossbook.deck.sections import ANSWERS, Piece, Section

BEFORE_A_FORMULA = (80, 65, 45, 30, 0)  # words that may lead to it: several sentences, or the last
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
    """Return the slides of a section, with as many words before its formulas as cost no slide more, and no caption."""
    return min((_slides(section, many) for many in BEFORE_A_FORMULA), key=_cost)


def _cost(made):
    return len(made), sum(len(one.said) for one in made)


def _slides(section, many):
    room = room_under(section.heading)
    shown = contents(section, room, many)
    read = " ".join(one.text for one in shown)
    remember = [Block("text", sentence, later=True) for sentence in to_remember(section) if sentence not in read]
    last = max((place for place, one in enumerate(shown) if isinstance(one, Piece)), default=None)  # figure
    pages, above, said, answers = [], [], [], []
    for place, one in enumerate(shown):
        if isinstance(one, Piece):
            more, unsaid = _with_figure(one, above, remember if place == last else [], room)
            answers = [block for block in unsaid if block.text.startswith(ANSWERS)]
            said += [f"**Say.** {block.text}" for block in unsaid if block not in answers]
            pages, above = [*pages, *more], []
        elif height([*above, one]) <= room:
            above = [*above, one]
        else:
            pages, above = [*pages, above], [one]
    if last is None:
        follows = [Block("text", told, later=True) for told in what_follows(section)]
        remember = remember or (follows if height([*above, *follows]) <= room else [])
        pages += [[*above, *remember]] if height([*above, *remember]) <= room else [above, remember]
        above = []
    if answers:  # always shown, beside a table if there is one
        pages += [[*above, *answers]] if height([*above, *answers]) <= room else [above, answers]
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


def _shown(picture: Picture, alt, above, caption, remember, room, bare=False):
    """The pages that show a figure, with as much else as leaves it large enough; and what has no room there.

    What is above it gets a page of its own if need be. What is to be remembered comes before the caption. A figure that
    is too high even with its caption alone is shown in two parts, of which one may be `bare`.
    """
    for before, after in (
        (above, [*caption, *remember]),
        (above, remember or caption),
        ([], [*caption, *remember]),
        ([], remember or caption),
        ([], caption),
        *([([], [])] if bare else []),
    ):
        around = [*before, *after]
        if figure := blocks.figure(picture, alt, room - height(around) - GAP * bool(around)):
            pages = [[*before, figure, *after]] if before or not above else [above, [figure, *after]]
            return pages, [block for block in (*caption, *remember) if block not in after]
    upper, lower = halves(picture)
    [said] = caption
    of_lower = Block("caption", f"{LOWER} {said.text}")
    second, unsaid = _shown(lower, alt, [], [of_lower], remember, room, bare=True)
    of_upper = Block("caption", f"{UPPER} {said.text}" if of_lower in unsaid else UPPER)
    first, _ = _shown(upper, alt, above, [of_upper], [], room)
    return [*first, *second], [block for block in unsaid if block is not of_lower]
