"""Tasks of a lecturer's own, in a folder that never leaves their computer: LOSSGRADE_TASKS, or --tasks.

The folder holds ch01/tasks.py with an EXERCISE of further parts, beside it references.py, mistakes.py, inputs.py and
exercise.md, as the course's chapters have them. Their parts come after the course's; learners see what is asked, and
have neither checks nor references.
"""

from __future__ import annotations

import dataclasses
import importlib
import os
import sys
import types
from dataclasses import dataclass
from pathlib import Path

from lossgrade.refusals import NoMatch
from lossutils.judge.exercise import Exercise
from lossutils.judge.task import Task

NAMED = "LOSSGRADE_TASKS"
PACKAGE = "private_tasks"  # under this name Python finds the folder
POINTS = "# A task of your lecturer's own: it is tried when you have handed it in.\n0"


def folder() -> Path | None:
    """Return the folder, if there is one."""
    named = os.environ.get(NAMED)
    return Path(named).absolute() if named else None


@dataclass(frozen=True)
class Extended(Exercise):
    """The course's exercise with further parts, whose texts stand in another folder."""

    more: Exercise | None = None

    def text(self, name: str) -> tuple[str, ...]:
        """Return the text cells of this name, from whichever folder has them."""
        return super().text(name) or self.more.text(name)


def extended(exercise: Exercise, number: str) -> tuple[Exercise, tuple[Task, ...]]:
    """Return a chapter's exercise with the lecturer's own parts, and their tasks."""
    place = folder()
    if place is None or not (place / f"ch{number}" / "tasks.py").is_file():
        return exercise, ()
    package = sys.modules.setdefault(PACKAGE, types.ModuleType(PACKAGE))
    package.__path__ = [str(place)]
    try:
        more = importlib.import_module(f"{PACKAGE}.ch{number}.tasks").EXERCISE
    except Exception as error:
        raise NoMatch(
            f"{place / f'ch{number}' / 'tasks.py'} cannot be used: {type(error).__name__}: {error}"
        ) from error
    names = [task.name for task in exercise.tasks]
    if taken := [task.name for task in more.tasks if task.name in names]:
        raise NoMatch(f"the course has a task {taken[0]!r} already; give yours another name")
    fields = {field.name: getattr(exercise, field.name) for field in dataclasses.fields(exercise)}
    return Extended(**fields | {"parts": exercise.parts + more.parts}, more=more), more.tasks
