"""Graded tasks with answers that name the mistake: `check`, `hint`, `solution`, and the points of the exercises.

    practice.check("mse", mse)     one sentence: what is right, what differs, or which mistake this is
    practice.hint("mse")           a nudge; the next call the formula, the third a skeleton
    practice.solution("mse")       the reference: after all open points, the third hint, or three different attempts
    practice.progress()            what you have reached; kept on this computer only, practice.forget() removes it

How to add the tasks of chapter NN
1. chNN.py after the pattern of ch01.py: the references, written as you want learners to write them (one statement a
   line: the skeleton of the third hint is made from them); functions that draw inputs from an rng, the smallest
   first, whole numbers where people read them, never a symmetric special case alone; and TASKS. A check is open or
   hidden, and all checks of a kind share its points equally. What is expected is what the reference does: where it
   raises a ValueError, so must the learner's function. Inputs may be functions, texts or arrays; results numbers,
   arrays, texts, truths or tuples of them. What several chapters draw stands in draws.py.
2. chNN_mistakes.py: at least five mistakes a task, each a sentence (lower case, no full stop) and the code that makes
   it. Where two return the same, the first is named. What several chapters get wrong stands in wrong.py.
3. Add the module to CHAPTERS below. tests/test_practice.py now proves of each task that the reference gets full marks
   on many seeds, a stub 0, each mistake its own sentence and less than full marks. A mistake that is not named is
   one that the inputs do not tell from another: draw inputs that do.
4. solutions/NN_….ipynb after the pattern of solutions/01_what_is_a_loss.ipynb. Per task: a text with a worked number;
   the function, in a cell of the task's name (`best-constant`), its answer between the solution marks the reference
   line by line; an open cell, `check-best-constant`; a graded cell, `points-best-constant`, with `points` and,
   between the hidden marks, `hidden_points`, whose nbgrader points are the task's open + hidden. An argument in
   words: tools/generate.py says how. All graded cells together have 20 points. A cell that uses `practice`, `data`
   or `rng` imports it itself: a learner may have called something else so, further up.
5. `python tools/notebooks.py refresh solutions/NN_….ipynb` makes the exercise and runs both;
   `python tools/notebooks.py check NN` says which rule they break.
"""

from __future__ import annotations

import difflib
import os

from lossutils.practice import ch01, ch02, ch03, ch04, ch08, ch09, ch12, ladder, limits, record
from lossutils.practice.judge import judge
from lossutils.practice.record import forget
from lossutils.practice.task import Check, Mistake, Task
from lossutils.saying import say

__all__ = ["TASKS", "Check", "Mistake", "Task", "check", "forget", "hidden_points", "hint", "points", "progress",
           "solution", "task"]  # fmt: skip

CHAPTERS = (ch01, ch02, ch03, ch04, ch08, ch09, ch12)
TASKS: dict[str, Task] = {one.name: one for chapter in CHAPTERS for one in chapter.TASKS}
POINTS_SEED = 20  # points are repeatable; check draws fresh inputs instead

ATTEMPTS = 3  # different ones that open the solution

# Since the kernel was started, so that a notebook that is run again says the same again
_hints_given: dict[str, int] = {}
_attempts: dict[str, set] = {}  # the code of each different one
_solved: set[str] = set()
_warned: set[str] = set()


def task(name: str) -> Task:
    """Return a task by its name; ValueError with the nearest name if there is none."""
    if name not in TASKS:
        near = difflib.get_close_matches(str(name).lower(), TASKS, n=1)
        question = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(TASKS)}"
        raise ValueError(f"practice: there is no task {name!r}; {question}")
    return TASKS[name]


def check(name: str, f, seed: int | None = None) -> None:
    """Try your function on the open checks, with fresh inputs, and print the answer in one sentence."""
    _judged(name, f, int.from_bytes(os.urandom(4), "big") if seed is None else seed)


def points(name: str, f, seed: int = POINTS_SEED) -> float:
    """Print what `check` would say, and return the points of the open checks: 0 for what was not attempted."""
    return _judged(name, f, seed).points


def hidden_points(name: str, f, seed: int = POINTS_SEED) -> float:
    """Print what the hidden checks found, and return their points."""
    _warn_once(limits.warning())
    verdict = judge(task(name), f, seed, hidden=True)
    say(verdict.sentence)
    return verdict.points


def _judged(name, f, seed):
    one = task(name)
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


def hint(name: str) -> None:
    """Print the next step of the ladder: a nudge, the formula, a skeleton."""
    ladder_of_task = ladder.steps(task(name))
    step = min(_hints_given.get(name, 0) + 1, len(ladder_of_task))
    _hints_given[name] = step
    record.hint(name, step)
    say(f"Hint {step} of {len(ladder_of_task)}: {ladder_of_task[step - 1]}")
    if step == len(ladder_of_task):
        say(f'\nThere are no more hints; practice.solution("{name}") shows our answer.')


def solution(name: str) -> None:
    """Print the reference once you have all open points, have seen all hints or made three different attempts."""
    one, entry = task(name), record.load().get(name, {})
    attempts = max(len(_attempts.get(name, ())), record.number(entry, "different"))
    hints = max(_hints_given.get(name, 0), record.number(entry, "hints"))
    solved = name in _solved or record.number(entry, "points") >= one.open
    if solved or attempts >= ATTEMPTS or hints >= len(ladder.steps(one)):
        say(ladder.source(one))
        return
    say(f'Try first: write {one.signature} and run practice.check("{name}", {name}). Our answer opens when the open '
        f"checks pass, after {ATTEMPTS} different attempts (so far {attempts}), or after the last hint of "
        f'practice.hint("{name}").')  # fmt: skip


def progress() -> None:
    """Print a table of the tasks: attempts, hints, and the best points of the open checks."""
    kept = record.load()
    say("    task                 attempts hints  open points")
    for one in TASKS.values():
        entry = kept.get(one.name, {})
        attempts, hints, best = (record.number(entry, what) for what in ("attempts", "hints", "points"))
        say(f"{one.chapter}  {one.name:20} {attempts:8} {hints:5}  {best:g} of {one.open}")
