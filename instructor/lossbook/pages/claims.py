"""The ledger of claims: every sentence that a chapter is built on, where it stands, and what proves it, folded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from nbformat import NotebookNode

from lossbook import course
from lossbook.headings import anchors
from lossbook.pages.markdown import Pages, folded, page
from tools.plumbing.claims import assertions, pairs
from tools.plumbing.pages import paths

HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
TO_A_NOTEBOOK = re.compile(r"\]\((?=\w+\.ipynb)")
FOLDED = re.compile(r"<details>.*?</details>", re.DOTALL)


class Claim(NamedTuple):
    """A sentence, the section that it stands in, and the cell that proves it."""

    section: str
    anchor: str
    text: str
    proof: str


def pages() -> Pages:
    """Yield the ledger."""
    parts = ["# The ledger of claims"]
    every = {path: list(of(course.notebook(path))) for path in paths("notebooks")}
    count = sum(map(len, every.values()))
    parts.append(
        f"The course is built on these {count} claims. Each was checked when its notebook ran, and is checked again by "
        "every test of the course; the assertions are folded under it."
    )
    for path, found in every.items():
        if found:
            parts.append(f"## {course.title(course.notebook(path))}")
        for one in found:
            place = f"[{one.section}](../notebooks/{path.name}#{one.anchor})"
            parts += [f"{place}\n: {_indented(one.text)}", folded("Proof", f"```python\n{one.proof}\n```")]
    yield "reference/claims.md", page(*parts)


def of(nb: NotebookNode) -> Iterator[Claim]:
    """Yield the claims of a notebook."""
    places = anchors(nb)
    for cell, check in pairs(nb):
        section, anchor = places[cell.id]
        text = TO_A_NOTEBOOK.sub("](../notebooks/", FOLDED.sub("", HEADING.sub("", cell.source)).strip())
        yield Claim(section, anchor, text, "\n".join(assertions(check.source)))


def _indented(text: str) -> str:
    """Return a text as the body of a definition."""
    return text.replace("\n", "\n  ")
