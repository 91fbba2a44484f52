"""Texts of the bank as HTML with MathML, which browsers print without a network."""

from __future__ import annotations

import functools
import html

from latex2mathml.converter import convert
from markupsafe import Markup

from lossexam.paper.inline import paragraphs, pieces

TAGS = {"bold": "strong", "italic": "em"}


def text(source: str) -> Markup:
    """Return paragraphs."""
    return Markup("".join(f"<p>{line(one)}</p>" for one in paragraphs(source)))


def line(source: str) -> Markup:
    """Return one paragraph without its tag."""
    return Markup("".join(map(_piece, pieces(source))))


def _piece(piece):
    if piece.kind in TAGS:
        return f"<{TAGS[piece.kind]}>{line(piece.text)}</{TAGS[piece.kind]}>"
    if piece.kind == "code":
        return f"<code>{html.escape(piece.text)}</code>"
    return html.escape(piece.text, quote=False) if piece.kind == "text" else _formula(piece.text, piece.kind)


@functools.cache
def _formula(tex, kind):
    return convert(tex, display="block" if kind == "display" else "inline")
