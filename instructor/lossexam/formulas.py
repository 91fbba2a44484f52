"""The formulas that a test may come with: those of the losses that its chapters use."""

from __future__ import annotations

from lossbook import course
from lossutils import CATALOGUE


def formulas(chapters: list[str]) -> list[tuple[str, str]]:
    """Return name and TeX of each loss that a lecture of these chapters uses, in the order of the catalogue."""
    used = course.chapters_by_loss()

    def is_taught(loss):
        return any(file[:2] in chapters for file, _ in used.get(type(loss).__name__, ()))

    return [(loss.name, loss.tex) for loss in CATALOGUE if is_taught(loss)]
