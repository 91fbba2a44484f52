"""What of a section may be shown, in the order of the notebook."""

from __future__ import annotations

import ast
import dataclasses
import re

from lossbook.deck.blocks import Block
from lossbook.deck.excerpts import READ, READ_ALONE, beginning, ending
from lossbook.deck.sections import Piece, Section
from lossbook.deck.text import sentences

CODE = "From scratch"  # the part in which the program is what is taught
MANY_LINES = 12
TABLE = re.compile(r"\b[Tt]able\b")
ONCE = ("text", "program", "printed")  # the first of them is enough


def contents(section: Section, room: int, many: int) -> list[Block | Piece]:
    """Return its blocks, none higher than the room, and its figures as they are.

    A formula comes with up to so `many` words that lead to it. Where there is a figure, it speaks alone: what programs
    print is left out, and so are the first sentences, which stand where nothing else is derived or drawn.
    """
    shown: list[Block | Piece] = []
    unseen = False  # whether what is printed next belongs to a list or to functions that are left out
    for before, piece, after in zip([None, *section.pieces], section.pieces, [*section.pieces[1:], None], strict=False):
        made = _made(section, before, piece, after, many)
        if isinstance(made, Block) and not (made.fits_across() and made.height() <= room):
            made = None
        if piece.kind == "list" or (piece.kind == "program" and section.part == CODE and "def " in piece.text):
            unseen = not made
        again = made and made.kind in ONCE and made.kind in {one.kind for one in shown}
        if made and not again and not (unseen and piece.kind == "printed"):
            shown.append(made)
    return _kept_promises(shown)


def _made(section, before, piece, after, many):
    figures = section.of("figure")
    match piece.kind:
        case "figure":
            return piece
        case "table":
            return Block("table", piece.text)
        case "formula":
            return _step(before, piece, after, many)
        case "prose" if not figures and not section.of("formula"):
            return Block("text", beginning(piece.text, READ if section.of("printed", "table") else READ_ALONE))
        case "list" if not figures and before and before.text.endswith(":"):
            return Block("list", piece.text)
        case "printed" if not figures:
            return Block("printed", piece.text)
        case "program" if not figures and section.part == CODE:
            return _definitions(piece.text)
    return None


def _step(before, formula, after, many):
    """A step of a derivation: the sentences that lead to it, the formula, and what its letters mean."""
    parts = [formula.text]
    if before and before.kind == "prose":
        parts.insert(0, ending(before.text, many))
    if after and after.kind == "prose" and after.text[0].islower():
        parts.append(sentences(after.text)[0])
    return Block("formula", "\n\n".join(parts), later=True)


def _definitions(program):
    """The functions and classes of a program, if they are few."""
    kept = [node for node in ast.parse(program).body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    source = "\n\n".join(ast.get_source_segment(program, node) for node in kept)
    return Block("program", source) if 0 < len(source.splitlines()) <= MANY_LINES else None


def _kept_promises(shown):
    """The same without a last sentence that announces what isn't there, and without those that speak of a table."""
    if not any(block.kind == "table" for block in shown):
        shown = [_without(block, TABLE) if block.kind == "text" else block for block in shown]
    if shown and shown[-1].kind == "text" and shown[-1].text.endswith(":"):
        shown = [*shown[:-1], dataclasses.replace(shown[-1], text=" ".join(sentences(shown[-1].text)[:-1]))]
    return [block for block in shown if block.kind != "text" or block.text]


def _without(block, word):
    kept = [one for one in sentences(block.text) if not word.search(one)]
    return dataclasses.replace(block, text=" ".join(kept))
