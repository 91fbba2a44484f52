"""What several files of tests use of the graded tasks: all of them, what is said, a faster way to run our own code."""

import contextlib
import functools
import io
import sys

import pytest

from lossutils import practice
from lossutils.judge.judge import judge
from lossutils.judge.run import run

TASKS = list(practice.tasks().values())
PASSED = "mse passed the open checks; hidden checks hold 1 more point."
SEEDS = (practice.POINTS_SEED, 7)


def called(task):
    """The name of a task, and its numbers where they are not the course's."""
    return "".join([task.name, *(f"-{name}{value}" for name, value in task.changed_numbers.items())])


each_task = pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)

JUDGING = sys.modules["lossutils.judge.judge"]  # the package calls its function so
DRAWN = functools.cache(JUDGING.drawn.__wrapped__)
KEPT = {}


def run_once(f, case, by_name=""):
    """Run a function on an input when it is first asked for; nothing else gets the number of what is kept."""
    key = id(f), id(case), by_name
    if key not in KEPT:
        KEPT[key] = run(f, case, by_name), f, case
    return KEPT[key][0]


def said(call, *args, **kwargs):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        call(*args, **kwargs)
    return out.getvalue().rstrip("\n")


def total(task, f, seed):
    return sum(judge(task, f, seed, hidden).points for hidden in (False, True))
