"""The letters of the pictures, so that a page measures them as Matplotlib did: those of DejaVu Sans that are needed."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterable

from fontTools import subset
from matplotlib import font_manager

FAMILY = "Letters of the pictures"
LICENCE = "/* DejaVu Sans, reduced to the letters that are needed; its licence: https://dejavu-fonts.github.io */"
FACE = '@font-face {{ font-family: "{}"; font-weight: {}; src: url(data:font/woff;base64,{}) format("woff"); }}\n'
TEXT = re.compile(r">([^<>]+)</t")
WEIGHTS = ("normal", "bold")


def style_sheet(pieces: Iterable[str]) -> str:
    """Return the style sheet with the letters of all texts in these pieces of SVG, and of plain words."""
    letters = {letter for piece in pieces for text in TEXT.findall(piece) for letter in text}
    letters |= {chr(code) for code in range(32, 127)}
    faces = (FACE.format(FAMILY, weight, base64.b64encode(woff(letters, weight)).decode()) for weight in WEIGHTS)
    return f"{LICENCE}\n{''.join(faces)}"


def woff(letters: Iterable[str], weight: str) -> bytes:
    """Return Matplotlib's own font, with these letters alone."""
    options = subset.Options(flavor="woff", layout_features=["kern"], hinting=False, notdef_outline=True)
    options.drop_tables += ["FFTM"]  # the font editor's own
    path = font_manager.findfont(font_manager.FontProperties(family="DejaVu Sans", weight=weight))
    font = subset.load_font(path, options)
    maker = subset.Subsetter(options)
    maker.populate(unicodes=map(ord, letters))
    maker.subset(font)
    buffer = io.BytesIO()
    subset.save_font(font, buffer, options)
    return buffer.getvalue()
