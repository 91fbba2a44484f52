"""A lecture, cut at its third-level headings: what each section says, derives and shows."""

from __future__ import annotations

import re
from typing import NamedTuple

from lossbook.deck.text import paragraphs

WHOLE = PREDICT, SUMMARY = "Predict first", "Summary"
ANSWERS = ("**Your first prediction", "**Your second prediction")
HIDDEN = ("check", "hide-input", "question")


class Piece(NamedTuple):
    """A paragraph, a program or something that it shows; `tags` are those of its cell."""

    kind: str  # those of a paragraph, or program, figure, printed
    text: str  # of a figure: its caption
    tags: tuple[str, ...] = ()
    output: dict | None = None


class Section(NamedTuple):
    """What stands under one heading."""

    id: str
    part: str
    heading: str
    pieces: list[Piece]

    def of(self, *kinds: str) -> list[Piece]:
        """Return the pieces of these kinds."""
        return [piece for piece in self.pieces if piece.kind in kinds]

    @property
    def answers(self) -> bool:
        """Whether a prediction is answered here."""
        return any(answer in piece.text for piece in self.of("prose") for answer in ANSWERS)

    @property
    def is_claim(self) -> bool:
        """Whether one of the sentences that the chapter is built on stands here."""
        return any("claim" in piece.tags for piece in self.pieces)


def sections(nb: dict) -> list[Section]:
    """Return the sections of the core path in their order: what has a third-level heading, predictions and summary."""
    found = [Section("", "", "", [])]
    part, core = "", set()
    for cell in nb["cells"]:
        tags = tuple(cell["metadata"].get("tags", ()))
        core |= {cell["id"]} if "core" in tags else set()
        for piece in _pieces(cell, tags):
            level, _, title = piece.text.partition(" ") if piece.kind == "heading" else ("", "", "")
            if level in ("##", "###"):
                part = title if level == "##" else part
                found.append(Section(cell["id"], part, title, []))
            elif "core" in tags and level != "#":
                found[-1].pieces.append(piece)
    return [one for one in found if one.pieces and one.id in core and (one.heading != one.part or one.part in WHOLE)]


def _pieces(cell, tags):
    source = cell["source"]
    if cell["cell_type"] == "markdown":
        yield from (Piece(kind, text, tags) for kind, text in paragraphs(source))
    elif not set(tags) & set(HIDDEN):
        yield Piece("program", source, tags)
        yield from _shown(cell["outputs"], tags)


def _shown(outputs, tags):
    """Yield what a program shows; the line under a figure is its caption."""
    figure = None
    for output in outputs:
        data = output.get("data", {})
        if "image/png" in data:
            figure = output
        elif figure is not None and "text/markdown" in data:
            yield Piece("figure", _caption(data["text/markdown"]), tags, figure)
            figure = None
        elif "text/markdown" in data:
            seen = paragraphs(data["text/markdown"])
            if len(seen) == 1:  # more are a card, to be read at a desk
                yield Piece(*seen[0], tags)
        elif output["output_type"] == "stream":
            yield Piece("printed", output["text"].rstrip(), tags)


def _caption(markdown):
    return re.sub(r"\\([*_`$<\\])", r"\1", markdown.partition("\n")[0].strip().strip("*"))
