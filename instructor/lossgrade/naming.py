"""What nbgrader calls the cells of a task and of an argument, as the course's exercises are made."""

from __future__ import annotations

from lossutils.judge.exercise import Argument
from lossutils.judge.task import Task


def check_cell(task: Task) -> str:
    """Return the name of the cell by which a learner checks a task."""
    return f"check-{task.name.replace('_', '-')}"


def points_cell(task: Task) -> str:
    """Return the name of the cell that holds a task's points."""
    return f"points-{task.name.replace('_', '-')}"


def answer_cell(argument: Argument) -> str:
    """Return the name of the cell that holds an argument in words."""
    return f"{argument.name}-answer"
