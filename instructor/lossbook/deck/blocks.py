"""What stands on a slide, a block under another, and how high each is: counted in the dots of 1200 × 800."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from lossbook.deck.pictures import Picture
from lossbook.deck.text import plain

WIDTH, HEIGHT = 1120, 764  # what the margins leave of 1200 × 800; deck.css has the same numbers
GAP = 14  # between blocks
SMALLEST = 24  # letters
IN_FIGURES = 13 * 128 / 72  # the smallest letters of a figure, in its own dots
TEXT, CAPTION, HEADING, PRINTED = (30, 39), (26, 34), (40, 46), (25, 33)  # size of letters and distance of lines
NARROW = 0.47  # the width of a letter, as a share of its size, in Source Sans Pro
MONO = 0.605
FORMULA = {"plain": 58, "fraction": 96}  # a line of it


class Block(NamedTuple):
    """Something on a slide; `later`: it appears when the lecturer asks for it."""

    kind: str  # text, formula, list, table, printed, program, figure, caption
    text: str
    height: int
    later: bool = False
    picture: Picture | None = None
    words: str = ""  # of a picture, for who can't see it


def lines(text: str, size: int, width: float = WIDTH) -> int:
    """Return how many lines a text takes."""
    return max(1, math.ceil(len(plain(text)) * size * NARROW / width))


def text(words: str, later: bool = False, kind: str = "text", style: tuple[int, int] = TEXT) -> Block:
    """Return a paragraph."""
    size, distance = style
    return Block(kind, words, lines(words, size) * distance, later)


def caption(words: str) -> Block:
    """Return the sentence under a figure."""
    return text(words, kind="caption", style=CAPTION)


def heading_height(words: str) -> int:
    """Return the height of a slide's heading, beside which the slide's number stands."""
    size, distance = HEADING
    return math.ceil(len(plain(words)) * size * 0.49 / (WIDTH - 70)) * distance


def step(leads_to: str, formula: str, symbols: str = "") -> Block:
    """Return a step of a derivation: a sentence, the formula, and what its letters mean."""
    rows = formula.count("\\\\") + 1
    tall = any(command in formula for command in ("\\frac", "\\sum", "\\prod", "\\int"))
    height = rows * FORMULA["fraction" if tall else "plain"] + 16
    height += sum(lines(words, TEXT[0]) * TEXT[1] for words in (leads_to, symbols) if words)
    return Block("formula", "\n\n".join(filter(None, (leads_to, formula, symbols))), height, later=True)


def listed(items: str, later: bool = False) -> Block:
    """Return a list."""
    height = sum(lines(item, TEXT[0], WIDTH - 40) * TEXT[1] + 8 for item in items.splitlines())
    return Block("list", items, height, later)


def table(markdown: str, room: int) -> Block | None:
    """Return a table, or nothing where it is too wide or too high to be read."""
    rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]] for row in markdown.splitlines()]
    widest = [max(len(plain(cell)) for cell in column) for column in zip(*rows, strict=False)]
    needed = sum(width * CAPTION[0] * NARROW + 28 for width in widest)
    taller = math.ceil(needed / WIDTH)
    height = (len(rows) - 1) * (CAPTION[1] * taller + 12)
    return Block("table", markdown, height) if taller <= 2 and height <= room else None


def printed(output: str, kind: str = "printed") -> Block | None:
    """Return what a program prints, or the program; nothing where its lines are too long."""
    rows = output.splitlines()
    size, distance = PRINTED
    if max(map(len, rows)) * size * MONO > WIDTH - 40:
        return None
    return Block(kind, output, len(rows) * distance + 24)


def figure(picture: Picture, words: str, room: int) -> Block | None:
    """Return a figure as large as the room lets it be, or nothing where its letters would be too small."""
    scale = min(WIDTH / picture.width, room / picture.height)
    if scale * IN_FIGURES < SMALLEST:
        return None
    height = math.floor(picture.height * scale)
    return Block("figure", "", height, False, picture._replace(width=math.floor(picture.width * scale), height=height), words)
