"""One sandbox for all tests, and a chapter whose functions are given up sooner."""

from __future__ import annotations

import dataclasses

import pytest
import simulated

from lossgrade import course, sandbox, staging
from lossutils.judge.task import Limits

SOON = Limits(computing=0.5, waiting=3)  # on a busy computer the grader's own answers take a second


@pytest.fixture(scope="session")
def walls():
    """The sandbox; a computer without one fails here with the sentence that says what to do."""
    with staging.staged() as folder, sandbox.Sandbox(folder) as opened:
        yield opened


@pytest.fixture(scope="session")
def chapter():
    """Chapter 01, in which nothing may take long."""
    return hasty(course.chapter("01"))


def hasty(one):
    """Return a chapter whose functions are given up after half a second of computing."""
    parts = []
    for part in one.exercise.parts:
        tasks = getattr(part, "tasks", None)
        if tasks is not None:
            part = dataclasses.replace(part, tasks=tuple(dataclasses.replace(task, limits=SOON) for task in tasks))
        parts.append(part)
    exercise = dataclasses.replace(one.exercise, parts=tuple(parts))
    return dataclasses.replace(one, exercise=exercise)


@pytest.fixture(scope="session")
def right(chapter):
    """The right answer to every task."""
    return {task.name: simulated.answers(task)[1] for task in chapter.tasks}
