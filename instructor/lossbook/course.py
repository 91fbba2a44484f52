"""The course as the book reads it: each notebook once, with its texts as texts. Nobody changes what is returned."""

from __future__ import annotations

import functools
import re
from pathlib import Path

from nbformat import NotebookNode

from lossbook.places import ROOT
from lossutils import CATALOGUE
from tools.plumbing.pages import code_cells, headings, paths, read
from tools.setup import readme

FOLDERS = ("notebooks", "exercises")  # solutions are no part of the book

notebook = functools.cache(read)


def files() -> list[Path]:
    """Return the notebooks that the book shows."""
    return [path for folder in FOLDERS for path in paths(folder)]


@functools.cache
def chapters() -> tuple[tuple[Path, dict], ...]:
    """Return each lecture with what it says of itself, in the order of the course."""
    return tuple(readme.chapters(ROOT))


def lecture(number: str) -> Path:
    """Return the lecture of a chapter."""
    return next(path for path, about in chapters() if about["chapter"] == number)


def title(nb: NotebookNode) -> str:
    """Return the title of a notebook."""
    return headings(nb, 1)[0][1]


def chapters_by_loss() -> dict[str, list[tuple[str, str]]]:
    """Return for each loss, by its name in code, the notebooks whose programs use it: file and title."""
    found: dict[str, list] = {}
    for path in paths("notebooks"):
        code = "\n".join(cell.source for cell in code_cells(notebook(path)))
        for name in (type(loss).__name__ for loss in CATALOGUE):
            if re.search(rf"\b{name}\(", code):
                found.setdefault(name, []).append((path.name, title(notebook(path))))
    return found
