"""What stands on a slide, a block under another, and how high each is: counted in the dots of 1200 × 800."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from lossbook.deck.letters import MONO, SMALLEST, lines, width
from lossbook.deck.pictures import Picture
from lossutils.plot import paper

MARGINS = (14, 40)  # above and below, left and right
WIDTH, HEIGHT = 1200 - 2 * MARGINS[1], 800 - 2 * MARGINS[0]
GAP = 12  # between blocks
NUMBER = 80  # beside the heading, for the slide's number
IN_FIGURES = paper.SIZE * paper.DPI / 72  # the smallest letters of a figure, in its own dots
HEADING, TEXT, QUESTION, CAPTION, PRINTED = 40, 30, 34, 26, 25  # the size of their letters
LINE, LINE_OF_HEADING = 1.3, 1.15  # the distance of lines, as a share of that
LARGER = (1.25, 1.2, 1.1, 1.0)  # how much larger all letters are on a slide that has room for them
FORMULA = {"plain": 1.6, "tall": 2.7, "aligned": 3.3}  # lines of text that a line of it needs
AROUND_A_FORMULA = 8
BETWEEN_PARAGRAPHS = 4
TALL = re.compile(r"\\(frac|sum|prod|int|left)\b")
SIZES = {"question": QUESTION, "caption": CAPTION, "table": CAPTION, "printed": PRINTED, "program": PRINTED}


@dataclass(frozen=True)
class Block:
    """Something on a slide; `later`: it appears when the lecturer asks for it.

    Its kind is text, question, list, formula, table, printed, program, figure or caption.
    """

    kind: str
    text: str
    later: bool = False
    picture: Picture | None = None
    words: str = ""  # of a picture, for who can't see it

    def height(self, larger: float = 1.0) -> int:
        """Return how high it is when all letters are so many times larger."""
        size = SIZES.get(self.kind, TEXT) * larger
        rows = self.text.splitlines()
        match self.kind:
            case "figure":
                return self.picture.height
            case "printed" | "program":
                return math.ceil(len(rows) * size * LINE) + 24
            case "table":
                # columns share the width, so a row may take two lines although it would fit into one
                wraps = _table_width(rows, size) > WIDTH
                count = sum(2 if wraps and _table_width([row], size) > 0.75 * WIDTH else 1 for row in rows) - 1
                return math.ceil(count * size * LINE + (len(rows) - 1) * 11) + 2
            case "list":
                return sum(lines(row[2:], size, WIDTH - 36) * math.ceil(size * LINE) + 8 for row in rows)
            case _:
                heights = [_formula(one, size) if one.startswith("$$") else _text(one, size) for one in self.parts]
                return sum(heights) + BETWEEN_PARAGRAPHS * (len(heights) - 1)

    def fits_across(self, larger: float = 1.0) -> bool:
        """Whether nothing of it is cut off at the right when all letters are so many times larger."""
        size = SIZES.get(self.kind, TEXT) * larger
        rows = self.text.splitlines()
        match self.kind:
            case "printed" | "program":
                return max(map(len, rows)) * size * MONO + 46 <= WIDTH
            case "table":
                return _table_width(rows, size) <= WIDTH * (1 if larger > 1 else 2)  # in two lines, if need be
            case "formula":
                broken = [row for one in self.parts if one.startswith("$$") for row in one.split("\\\\")]
                # how wide a formula is set is no more than guessed
                return larger == 1 or all(width(f"${row}$", size) <= 0.85 * WIDTH for row in broken)
            case _:
                return True

    @property
    def parts(self) -> list[str]:
        """Its paragraphs."""
        return self.text.split("\n\n")


def heading_height(words: str) -> int:
    """Return the height of a slide's heading."""
    return lines(words, HEADING, WIDTH - NUMBER, bold=True) * math.ceil(HEADING * LINE_OF_HEADING)


def figure(picture: Picture, words: str, room: int) -> Block | None:
    """Return a figure as large as the room lets it be, or nothing where its letters would be too small."""
    scale = min(WIDTH / picture.width, room / picture.height)
    if scale * IN_FIGURES < SMALLEST:
        return None
    scaled = picture._replace(width=math.floor(picture.width * scale), height=math.floor(picture.height * scale))
    return Block("figure", "", picture=scaled, words=words)


def _text(words, size):
    count = lines(words, size, WIDTH)
    apart = min(words.count("\\frac"), count) * size * 0.8  # fractions push lines apart
    return count * math.ceil(size * LINE) + math.ceil(apart)


def _formula(formula, size):
    rows = formula.count("\\\\") + 1
    kind = ("aligned" if rows > 1 else "tall") if TALL.search(formula) else "plain"
    return math.ceil(rows * size * FORMULA[kind]) + 2 * AROUND_A_FORMULA


def _table_width(rows, size):
    """How wide a table is in one line a row."""
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]] for row in rows]
    return sum(max(width(cell, size) for cell in column) + 30 for column in zip(*cells, strict=False))
