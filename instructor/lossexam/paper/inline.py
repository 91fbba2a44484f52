"""The bank's little Markdown, cut into pieces that HTML and Typst print each in its own way."""

from __future__ import annotations

import re
from typing import NamedTuple

PIECES = re.compile(
    r"\$\$(?P<display>.+?)\$\$|\$(?P<tex>[^$]+)\$|`(?P<code>[^`]+)`|\*\*(?P<bold>.+?)\*\*|\*(?P<italic>.+?)\*",
    re.DOTALL,
)


class Piece(NamedTuple):
    """A stretch of text, and what it is: text, bold, italic, code, tex or display."""

    kind: str
    text: str


def pieces(paragraph: str) -> list[Piece]:
    """Cut one paragraph into its pieces; what is bold or italic is cut once more by whoever prints it."""
    found, at = [], 0
    for match in PIECES.finditer(paragraph):
        found += [Piece("text", paragraph[at : match.start()])] if match.start() > at else []
        found.append(Piece(match.lastgroup, match[match.lastgroup]))
        at = match.end()
    return [*found, Piece("text", paragraph[at:])] if at < len(paragraph) else found


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, each without line breaks."""
    return [" ".join(one.split()) for one in re.split(r"\n\s*\n", text.strip()) if one.strip()]
