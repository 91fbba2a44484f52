"""Graded tasks with answers that name the mistake: `check`, `hint`, `solution`, and the points of the exercises.

    practice.check("mse", mse)     one sentence: what is right, what differs, or which mistake this is
    practice.hint("mse")           a nudge; the next call the formula, the third a skeleton
    practice.solution("mse")       the reference: after all open points, the third hint, or three different attempts
    practice.progress()            what you have reached; kept on this computer only, practice.forget() removes it

A chapter's tasks stand in its folder, `lossutils/chapters/chNN/tasks.py`, and are found there; CONTRIBUTING.md says how
to write one.
"""

from __future__ import annotations

import difflib
import functools
import os

from lossutils import chapters
from lossutils.engine.saying import say
from lossutils.judge import limits
from lossutils.judge.judge import judge
from lossutils.judge.task import Check, Mistake, Task
from lossutils.practice import ladder, record
from lossutils.practice.record import forget

__all__ = [
    "Check",
    "Mistake",
    "Task",
    "check",
    "forget",
    "hidden_points",
    "hint",
    "points",
    "progress",
    "solution",
    "task",
    "tasks",
]

POINTS_SEED = 20  # points are repeatable; check draws fresh inputs instead

ATTEMPTS = 3  # different ones that open the solution

# Since the kernel was started, so that a notebook that is run again says the same again
_hints_given: dict[str, int] = {}
_attempts: dict[str, set] = {}  # the code of each different one
_solved: set[str] = set()
_warned: set[str] = set()


@functools.cache
def tasks() -> dict[str, Task]:
    """Return the tasks of all chapters by name."""
    return {one.name: one for chapter in chapters.modules("tasks") for one in chapter.TASKS}


def task(name: str) -> Task:
    """Return a task by its name; ValueError with the nearest name if there is none."""
    if name not in tasks():
        near = difflib.get_close_matches(str(name).lower(), tasks(), n=1)
        question = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(tasks())}"
        raise ValueError(f"practice: there is no task {name!r}; {question}")
    return tasks()[name]


def check(name: str, f, seed: int | None = None, **slots) -> None:
    """Try your function on the open checks, with fresh inputs, and print the answer in one sentence.

    `slots` are the numbers that this exercise has otherwise than the course, as in `k=2.0`.
    """
    _judged(task(name).varied(**slots), f, int.from_bytes(os.urandom(4), "big") if seed is None else seed)


def points(name: str, f, seed: int = POINTS_SEED, **slots) -> float:
    """Print what `check` would say, and return the points of the open checks: 0 for what was not attempted."""
    one = task(name).varied(**slots)
    verdict = _judged(one, f, seed)
    if verdict.passed and os.environ.get("NBGRADER_EXECUTION") == "validate":
        return one.points  # nbgrader asks whether what a learner can see is passed, and takes less for a failure
    return verdict.points


def hidden_points(name: str, f, seed: int = POINTS_SEED, **slots) -> float:
    """Print what the hidden checks found, and return their points."""
    _warn_once(limits.warning())
    verdict = judge(task(name).varied(**slots), f, seed, hidden=True)
    say(verdict.sentence)
    return verdict.points


def _judged(one, f, seed):
    _warn_once(limits.warning())
    verdict = judge(one, f, seed)
    if verdict.attempted:
        _remember(one, f, verdict)
    say(verdict.sentence)
    return verdict


def _warn_once(text):
    if text and text not in _warned:
        _warned.add(text)
        say(text)


def _remember(one, f, verdict):
    seen, code = _attempts.setdefault(one.name, set()), getattr(f, "__code__", type(f))
    record.attempt(one.name, verdict.points, code not in seen)
    seen.add(code)  # equal if it was written alike, however often its cell is run
    if verdict.passed:
        _solved.add(one.name)


def hint(name: str, **slots) -> None:
    """Print the next step of the ladder: a nudge, the formula, a skeleton."""
    ladder_of_task = ladder.steps(task(name).varied(**slots))
    step = min(_hints_given.get(name, 0) + 1, len(ladder_of_task))
    _hints_given[name] = step
    record.hint(name, step)
    say(f"Hint {step} of {len(ladder_of_task)}: {ladder_of_task[step - 1]}")
    if step == len(ladder_of_task):
        say(f'\nThere are no more hints; practice.solution("{name}") shows our answer.')


def solution(name: str, **slots) -> None:
    """Print the reference once you have all open points, have seen all hints or made three different attempts."""
    one, entry = task(name).varied(**slots), record.load().get(name, {})
    attempts = max(len(_attempts.get(name, ())), record.number(entry, "different"))
    hints = max(_hints_given.get(name, 0), record.number(entry, "hints"))
    solved = name in _solved or record.number(entry, "points") >= one.open
    if solved or attempts >= ATTEMPTS or hints >= len(ladder.steps(one)):
        say(ladder.source(one))
        return
    say(
        f'Try first: write {one.signature} and run practice.check("{name}", {name}). Our answer opens when the open '
        f"checks pass, after {ATTEMPTS} different attempts (so far {attempts}), or after the last hint of "
        f'practice.hint("{name}").'
    )


def progress(chapter: str | None = None) -> None:
    """Print a table of the tasks, of one chapter ("01") or of all: tries, hints, best points of the open checks."""
    kept = record.load()
    shown = [one for one in tasks().values() if chapter in (None, one.chapter)]
    wide = max((len(one.name) for one in shown), default=4)  # no wider than needed: a phone has 40 letters
    say(f"   {'task':{wide}} tries hints open points")
    for one in shown:
        entry = kept.get(one.name, {})
        attempts, hints, best = (record.number(entry, what) for what in ("attempts", "hints", "points"))
        best = min(best, one.open)  # an older edition may have given more
        say(f"{one.chapter} {one.name:{wide}} {attempts:5} {hints:5} {f'{best:g} of {one.open}':>11}")
