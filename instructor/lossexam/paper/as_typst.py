"""Texts of the bank in Typst's markup."""

from __future__ import annotations

import functools
import json
import re

from tex2typst import tex2typst

from lossexam.paper.inline import paragraphs, pieces

SPECIAL = re.compile(r"[\\#$*_`<>@=\-+/\[\]~]")
WHOLE = 45  # letters of TeX: no line breaks inside a formula that is shorter
SIZE = re.compile(r"\\vert\b(.+?)\\vert\b")
TAGS = {"bold": "strong", "italic": "emph"}


def text(source: str) -> str:
    """Return paragraphs."""
    return "\n\n".join(map(line, paragraphs(source)))


def line(source: str) -> str:
    """Return one paragraph."""
    return "".join(map(_piece, pieces(source)))


def plain(source: str) -> str:
    """Return text in which nothing has a meaning for Typst."""
    return SPECIAL.sub(r"\\\g<0>", source)


def program(source: str) -> str:
    """Return lines of Python."""
    return f'#raw({json.dumps(source.strip(), ensure_ascii=False)}, lang: "python", block: true)'


def _piece(piece):
    if piece.kind in TAGS:
        return f"#{TAGS[piece.kind]}[{line(piece.text)}]"
    if piece.kind == "code":
        return f"#raw({json.dumps(piece.text, ensure_ascii=False)})"
    return plain(piece.text) if piece.kind == "text" else _formula(piece.text, piece.kind)


@functools.cache
def _formula(tex, kind):
    made = tex2typst(SIZE.sub(_between_bars, tex))
    if kind == "display":
        return f"$ {made} $"
    return f"#box(${made}$)" if len(tex) < WHOLE else f"${made}$"


def _between_bars(found):
    return rf"\left|{found[1]}\right|"
