"""Tries a learner's function on a task's checks, and puts what it finds into one sentence."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import NamedTuple

from lossutils.data import rng
from lossutils.practice.run import Outcome, TooLong, accepts, error_in_words, run, run_all
from lossutils.practice.task import Case, Check, Mistake, Task
from lossutils.practice.words import arguments, difference, shown_apart


class Trial(NamedTuple):
    """One call: what the reference does with the input, and what the learner's function does."""

    check: Check
    case: Case
    expected: Outcome
    got: Outcome

    @property
    def right(self) -> bool:
        return not self.got.changed and agree(self.expected, self.got, self.check.tolerance)


class Verdict(NamedTuple):
    """What a task's open or hidden checks found."""

    points: float  # a whole number is an int
    attempted: bool
    passed: bool
    sentence: str


def agree(expected: Outcome, got: Outcome, tolerance: float) -> bool:
    """Say whether two calls did the same: both raised such an error, or both returned such a value."""
    if expected.error is not None:
        return isinstance(got.error, type(expected.error))
    return got.error is None and difference(expected.value, got.value, tolerance) == ""


def judge(task: Task, f: Callable, seed: int, hidden: bool = False) -> Verdict:
    """Try f on the open or the hidden checks, on inputs that the seed decides."""
    if not callable(f):
        return Verdict(0, f is not None, False, f"{task.name}: give the function itself, `{task.name}` without (…).")
    if inspect.iscoroutinefunction(f) or inspect.isasyncgenfunction(f):
        says = f"`async def` returns a coroutine, not its result; write `def {task.signature}:`."
        return Verdict(0, True, False, f"{task.name}: {says}")
    open_trials = try_all(task, f, task.checks_of(False), seed)
    if all(trial.got.nothing for trial in open_trials):
        return Verdict(0, False, False, f"{task.name}: not attempted yet.")
    if not hidden:
        return verdict(task, f, open_trials, "open", task.open)
    if not passed_checks(open_trials):  # a function that is always wrong, or always raises, earns nothing here
        return Verdict(0, True, False, f"{task.name}: the hidden checks wait until an open check passes.")
    return verdict(task, f, try_all(task, f, task.checks_of(True), seed), "hidden", task.hidden)


def try_all(task: Task, f: Callable, checks: tuple[Check, ...], seed: int) -> list[Trial]:
    """Call reference and function on every case that the seed draws."""
    source = rng(seed)
    drawn = [(check, case) for check in checks for case in check.draw(source)]
    outcomes = run_all(f, [(case, check.by_name) for check, case in drawn], task.seconds)
    return [Trial(check, case, run(task.reference, case, check.by_name), got)
            for (check, case), got in zip(drawn, outcomes, strict=True)]  # fmt: skip


def passed_checks(trials: list[Trial]) -> list[Check]:
    """Return the checks all of whose trials are right."""
    checks = list(dict.fromkeys(trial.check for trial in trials))
    wrong = {trial.check for trial in trials if not trial.right}
    return [check for check in checks if check not in wrong]


def verdict(task: Task, f: Callable, trials: list[Trial], kind: str, points: int) -> Verdict:
    """Count the passed checks, each worth the same, and name the first thing that is wrong."""
    passed, checks = len(passed_checks(trials)), len({trial.check for trial in trials})
    if passed == checks:
        return Verdict(points, True, True, praise(task, kind))
    wrong = next(trial for trial in trials if not trial.right)
    share = f" ({passed} of {checks} {kind} checks passed.)" if passed else ""
    return Verdict(plain(points * passed / checks), True, False, f"{task.name}: {fault(task, f, wrong, trials)}{share}")


def praise(task: Task, kind: str) -> str:
    """Say that all checks of a kind passed, and what is still to come: open checks alone are not full marks."""
    if kind == "hidden":
        return f"{task.name} passed the hidden checks."
    more = "1 more point" if task.hidden == 1 else f"{task.hidden} more points"
    return f"{task.name} passed the open checks; hidden checks hold {more}."


def plain(points: float) -> float:
    """Return points with two decimals, as an int when they are whole: nbgrader reads them from the cell's output."""
    points = round(points, 2)
    return int(points) if points == int(points) else points


def fault(task: Task, f: Callable, wrong: Trial, trials: list[Trial]) -> str:
    """Say what is wrong with the first trial that is: by the mistake's name, or by what differs."""
    got, given = wrong.got, f"for {arguments(wrong.case)}"
    if isinstance(got.error, TooLong):
        return f"is not done after {task.seconds:g} seconds {given}; does its loop ever end?"
    if got.changed:
        return (f"changes its input {got.changed} ({given}); work on a copy "
                f"(`np.sort(y)` instead of `y.sort()`, `a = a + 1` instead of `a += 1`).")  # fmt: skip
    if mistake := recognised(task, wrong, trials):
        return f"{mistake.says}. {evidence(wrong, f)}"
    if not accepts(f, wrong.case, wrong.check.by_name):
        return arity(task, wrong.check, wrong.case)
    return f"fails for {wrong.check.says}. {evidence(wrong, f)}"


def arity(task: Task, check: Check, case: Case) -> str:
    """Say that a function takes other arguments than the task gives it."""
    if check.by_name:
        return f"has no argument called {check.by_name}; write `def {task.signature}:`."
    return f"cannot be called with {len(case)} arguments ({', '.join(case)}); write `def {task.signature}:`."


def recognised(task: Task, wrong: Trial, trials: list[Trial]) -> Mistake | None:
    """Find the mistake that does what the function does on the whole check; the one that fits furthest, if several."""

    def fits(mistake: Mistake, trial: Trial) -> bool:
        same, tolerance = run(mistake.code, trial.case, trial.check.by_name), trial.check.tolerance
        if same.error is not None:
            return repr(same.error) == repr(trial.got.error)
        return trial.got.error is None and difference(same.value, trial.got.value, tolerance) == ""

    here = [wrong, *(trial for trial in trials if trial.check is wrong.check)]  # most mistakes fail at the first
    candidates = [mistake for mistake in task.mistakes if all(fits(mistake, trial) for trial in here)]
    if len(candidates) == 1:
        return candidates[0]
    return max(candidates, key=lambda mistake: sum(fits(mistake, trial) for trial in trials), default=None)


def evidence(wrong: Trial, f: Callable) -> str:
    """Say what came back for the smallest input that shows the fault, and what should have."""
    given, got, expected = f"For {arguments(wrong.case)}", wrong.got, wrong.expected
    if expected.error is not None:
        kind = type(expected.error).__name__
        does = error_in_words(got.error, f) if got.error else f"returns {shown_apart(None, got.value)[1]}"
        return f"{given} it {does}; it should raise {kind}."
    if got.error is not None:
        return f"{given} it {error_in_words(got.error, f)}."
    form = difference(expected.value, got.value, wrong.check.tolerance)
    if got.value is None and got.printed.strip():
        return f"{given} it prints its result but returns nothing; end with `return`."
    if form != "value":
        return f"{given} it returns {form}."
    right, yours = shown_apart(expected.value, got.value)
    return f"{given} it returns {yours}, expected is {right}."
