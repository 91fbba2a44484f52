"""Other numbers in an exercise: for a term, or for each student, always the same for the same names."""

from __future__ import annotations

import hashlib

from lossgrade import naming, private
from lossutils.judge.exercise import Exercise


def drawn(exercise: Exercise, *names: str) -> dict:
    """Return a variant of an exercise that follows from these names: the term, and perhaps the student."""
    found = {}
    for task in exercise.tasks:
        chosen = {}
        for slot in task.slots:
            values = sorted({slot.value, *slot.others}, key=repr)
            key = "\0".join((*names, task.name, slot.name)).encode()
            value = values[int.from_bytes(hashlib.sha256(key).digest()[:8], "big") % len(values)]
            if value != slot.course:
                chosen[slot.name] = value
        if chosen:
            found[task.name] = chosen
    return found


def source(chapter, text: str) -> dict:
    """Return the solution's notebook, filled with a chapter's own numbers and a lecturer's own tasks."""
    import nbformat

    from tools.plumbing import exercise_cells, normal_form

    nb = nbformat.reads(text, 4)
    nb.metadata["course"]["slots"] = chapter.variant
    exercise_cells.fill(nb, chapter.file.name, chapter.exercise)
    nb.cells = [cell for cell in nb.cells if cell.id not in map(naming.check_cell, chapter.private)]
    for cell in nb.cells:
        if cell.id in map(naming.points_cell, chapter.private):
            cell.source = private.POINTS
    return normal_form.cleaned(nb)


def release(chapter) -> dict:
    """Return the exercise's notebook that belongs to such a solution."""
    import nbformat

    from tools.plumbing.generate import generate
    from tools.plumbing.normal_form import cleaned

    return cleaned(generate(nbformat.from_dict(chapter.source)))
