"""The texts of an exercise, from the chapter's exercise.md: a section for each part and task, by its name.

    # weights
    The first text cell …
    +++
    … and the second.

A number that the reference can compute is a field: "the answer is «mse([2, 5], [3, 1]):g»".
"""

from __future__ import annotations

import functools
import re
from importlib import resources

FILE = "exercise.md"
SECTION = re.compile(r"^# (.+)$", re.MULTILINE)
BREAK = re.compile(r"^\+\+\+$", re.MULTILINE)


def cells(package: str, name: str) -> tuple[str, ...]:
    """Return the text cells of a section of the package's exercise.md; none where there is no such section."""
    return _sections(package).get(name, ())


def names(package: str) -> tuple[str, ...]:
    """Return the names of the sections, in order."""
    return tuple(_sections(package))


@functools.cache
def _sections(package: str) -> dict[str, tuple[str, ...]]:
    file = resources.files(package) / FILE
    if not file.is_file():
        return {}
    _, *parts = SECTION.split(file.read_text(encoding="utf-8"))
    found = zip(parts[::2], parts[1::2], strict=True)
    return {name: tuple(cell.strip() for cell in BREAK.split(text)) for name, text in found}
