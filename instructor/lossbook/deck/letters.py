"""How wide words are and how many lines they take, measured with the letters in which the slides are set."""

from __future__ import annotations

import functools
import re
from importlib import metadata

from PIL import ImageFont

from lossbook.deck.text import LINK, plain

FONT = "theme/fonts/source-sans-pro/source-sans-pro-{}.ttf"
MONO, CODE = 0.605, 0.88  # the width of a letter of a program, as a share of its size; its size within a text
SMALLEST = 24  # letters
SPAN = re.compile(r"(\*\*[^*]+\*\*|`[^`]+`|\$[^$]+\$)")
FORMULA = 1.4  # letters of a formula are set wider than those of a text


def lines(text: str, size: float, room: float, bold: bool = False) -> int:
    """Return how many lines a paragraph takes in so much room."""
    space = _letters(" ", "regular") * size
    count, used = 1, 0.0
    for word in _words(text, size, bold):
        if used and used + space + word > room:
            count, used = count + 1, word
        else:
            used += word + space * bool(used)
    return count


def width(text: str, size: float) -> float:
    """Return how wide a text is in one line."""
    space = _letters(" ", "regular") * size
    return sum(word + space for word in _words(text, size, False)) - space


def _words(text, size, bold):
    """Yield the width of each word; one word may be set in several ways, as bold letters before a comma."""
    word = 0.0
    for span in SPAN.split(LINK.sub(r"\1", text)):
        for place, piece in enumerate(_pieces(span, size, bold)):
            if place:
                yield word
                word = 0.0
            word += piece
    yield word


def _pieces(span, size, bold):
    if span.startswith("`"):
        letter = MONO * max(CODE * size, SMALLEST)
        return [letter * len(part) for part in span.strip("`").split(" ")]
    if span.startswith("$"):  # a formula is broken nowhere, as a rule
        return [FORMULA * size * _letters(plain(span), "regular")]
    style = "semibold" if bold or span.startswith("**") else "regular"
    return [size * _letters(part, style) for part in span.strip("*").split(" ")]


@functools.cache
def _letters(text, style):
    """The width of a piece of text that is set in letters of size 1."""
    return _font(style).getlength(text) / 100


@functools.cache
def _font(style):
    files = metadata.files("sphinx-revealjs")
    found = next(file for file in files if file.as_posix().endswith(FONT.format(style)))
    return ImageFont.truetype(str(found.locate()), 100)
