"""Small pieces of Markdown that several pages need."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator

Pages = Iterator[tuple[str, str | bytes]]
CODE = re.compile(r"(``.*?``|`[^`]*`)", re.DOTALL)
DOI = re.compile(r"\bdoi:(10\.\d+/[^\s;|]*[^\s;|.,])")


def folded(summary: str, text: str) -> str:
    """Return a text folded under a line."""
    return f"<details><summary>{summary}</summary>\n\n{text}\n\n</details>"


def page(*parts: str) -> str:
    """Return parts with an empty line between them."""
    return "\n\n".join(part for part in parts if part) + "\n"


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table; a bar in a cell does not end it."""
    heads = list(heads)
    lines = [heads, [":--"] * len(heads), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def toctree(names: Iterable[str]) -> str:
    """Return a list of pages that Sphinx needs to know, and a reader finds elsewhere."""
    return "```{toctree}\n:hidden:\n\n" + "\n".join(names) + "\n```"


def deck(name: str, text: str = "slides", up: str = "") -> str:
    """Return a link to a chapter's slides, which Sphinx does not know; `up` leads to the top of the book."""
    return f'<a href="{up}slides/{name}.html">{text}</a>'


def alt(text: str) -> str:
    """Return a text as it stands in the alt text of a picture."""
    return text.replace("[", "\\[").replace("]", "\\]")


def with_dois(text: str) -> str:
    """Return Markdown whose DOIs are links."""
    return DOI.sub(r"[doi:\1](https://doi.org/\1)", text)


def first_line(thing: object) -> str:
    """Return the first sentence of what is said of a class or a function."""
    return " ".join((inspect.getdoc(thing) or "").partition("\n\n")[0].split())


def told(docstring: str) -> str:
    """Return a docstring as Markdown: what stands outside code has no markup of its own."""
    blocks = re.split(r"((?:^(?: {4}.*)?\n)+)", docstring.strip() + "\n", flags=re.MULTILINE)
    return "".join(block if block.strip("\n").startswith("    ") else _plain(block) for block in blocks).strip()


def _plain(text: str) -> str:
    pieces = CODE.split(text)
    return "".join(piece if k % 2 else re.sub(r"([*_$<\[\]~^\\#|])", r"\\\1", piece) for k, piece in enumerate(pieces))
