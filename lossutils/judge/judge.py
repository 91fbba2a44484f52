"""Tries a learner's function on a task's checks, and puts what it finds into one sentence."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import NamedTuple

from lossutils.judge.answer import Answer, Own, Seen
from lossutils.judge.run import Lost, Outcome, error_in_words, run, said
from lossutils.judge.showing import arguments, difference, equal, shown_apart
from lossutils.judge.task import Call, Case, Check, Mistake, Task
from lossutils.numerics import rng

OTHER_SEEDS = (1, 2)  # of the second input that a name has to fit; one of them is not the first input's


class Expected(NamedTuple):
    """A call that is to be made, what the reference does in it, and each mistake, once it was asked for."""

    call: Call
    outcome: Outcome
    made: dict[Mistake, Outcome]

    def by(self, mistake: Mistake) -> Outcome:
        """Return what a mistake does in this call."""
        if mistake not in self.made:
            self.made[mistake] = run(mistake.code, self.call.case, self.call.by_name)
        return self.made[mistake]


class Trial(NamedTuple):
    """One call: what the reference does with the input, and what the learner's function does."""

    check: Check
    case: Case
    expected: Outcome
    got: Outcome
    asked: Expected

    @property
    def right(self) -> bool:
        return not self.got.changed and agree(self.expected, self.got, self.check.tolerance)


class Verdict(NamedTuple):
    """What a task's open or hidden checks found."""

    points: float  # a whole number is an int
    attempted: bool
    passed: bool
    sentence: str
    mistake: str = ""  # by its name, where it is a typical one
    right: tuple[int, int] = (0, 0)  # so many checks passed, of so many


def agree(expected: Outcome, got: Outcome, tolerance: float) -> bool:
    """Say whether two calls did the same: both raised such an error, or both returned such a value."""
    if expected.error is not None:
        return isinstance(got.error, type(expected.error))
    return got.error is None and difference(expected.value, got.value, tolerance) == ""


def judge(task: Task, f: Callable, seed: int, hidden: bool = False) -> Verdict:
    """Try f on the open or the hidden checks, on inputs that the seed decides."""
    return judged(task, Own(f, task.forbids), seed, hidden)


def judged(task: Task, answer: Answer, seed: int, hidden: bool = False) -> Verdict:
    """Try an answer, wherever it runs, on the open or the hidden checks, on inputs that the seed decides."""
    if says := complaint(task, answer.seen):
        return Verdict(0, not answer.seen.nothing, False, f"{task.name}: {says}")
    return judge_hidden(task, answer, seed) if hidden else judge_open(task, answer, seed)


def complaint(task: Task, seen: Seen) -> str:
    """Say why an answer is not called at all; "" if it is."""
    if not seen.callable:
        return f"give the function itself, `{task.name}` without (…)."
    if seen.coroutine:
        return f"`async def` returns a coroutine, not its result; write `def {task.signature}:`."
    return f"uses {seen.uses}, which would answer the task for you; do without." if seen.uses else ""


def judge_open(task: Task, answer: Answer, seed: int) -> Verdict:
    """Try an answer on the open checks."""
    trials = tried(task, answer, drawn(task, False, seed))
    return untouched(task) if nothing_done(trials) else verdict(task, answer, trials, "open", task.open)


def judge_hidden(task: Task, answer: Answer, seed: int) -> Verdict:
    """Try an answer on the hidden checks, once it passes an open one: one that always raises earns nothing here."""
    trials: list[Trial] = []
    for check in task.checks_of(hidden=False):
        trials += tried(task, answer, [one for one in drawn(task, False, seed) if one.call.check is check])
        if passed_checks(trials):
            return verdict(task, answer, tried(task, answer, drawn(task, True, seed)), "hidden", task.hidden)
    if nothing_done(trials):
        return untouched(task)
    return Verdict(0, True, False, f"{task.name}: the hidden checks wait until an open check passes.")


@functools.lru_cache(maxsize=256)  # points and hidden points have the same seed, and a grader has few for many
def drawn(task: Task, hidden: bool, seed: int) -> list[Expected]:
    """Return the calls that the seed draws for the open or the hidden checks, and what the reference does in each."""
    source = rng(seed)
    calls = [Call(check, case) for check in task.checks_of(hidden) for case in check.draw(source)]
    return [Expected(call, run(task.reference, call.case, call.by_name), {}) for call in calls]


def tried(task: Task, answer: Answer, expectations: list[Expected]) -> list[Trial]:
    """Call the learner's function as the reference was called."""
    outcomes = answer.tried([asked.call for asked in expectations], task.limits)
    return [Trial(*one.call, one.outcome, got, one) for one, got in zip(expectations, outcomes, strict=True)]


def nothing_done(trials: list[Trial]) -> bool:
    """Say whether this is still the stub."""
    return all(trial.got.nothing for trial in trials)


def untouched(task: Task) -> Verdict:
    """Say that there is nothing to judge yet."""
    return Verdict(0, False, False, f"{task.name}: not attempted yet; it returns nothing.")


def passed_checks(trials: list[Trial]) -> list[Check]:
    """Return the checks all of whose trials are right."""
    checks = list(dict.fromkeys(trial.check for trial in trials))
    wrong = {trial.check for trial in trials if not trial.right}
    return [check for check in checks if check not in wrong]


def verdict(task: Task, answer: Answer, trials: list[Trial], kind: str, points: int) -> Verdict:
    """Count the passed checks, each worth the same, and name the first thing that is wrong."""
    passed, checks = len(passed_checks(trials)), len({trial.check for trial in trials})
    if passed == checks:
        return Verdict(points, True, True, praise(task, kind), right=(passed, checks))
    found = fault(task, answer, next(trial for trial in trials if not trial.right), trials)
    share = f" ({passed} of {checks} {kind} checks passed.)" if passed else ""
    sentence = f"{task.name}: {found.says}{share}"
    return Verdict(plain(points * passed / checks), True, False, sentence, found.mistake, (passed, checks))


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


class Fault(NamedTuple):
    """What is wrong, in words, and the name of the typical mistake that it is."""

    says: str
    mistake: str = ""


def fault(task: Task, answer: Answer, wrong: Trial, trials: list[Trial]) -> Fault:
    """Say what is wrong with the first trial that is: by the mistake's name, or by what differs."""
    got, given = wrong.got, f"for {arguments(wrong.case)}"
    if isinstance(got.error, Lost):
        rest = any(trial.check is wrong.check and trial is not wrong and not trial.got.came_back for trial in trials)
        return Fault(f"{got.error} {given}." + (" The other inputs of this check were not tried." if rest else ""))
    if got.changed:
        return Fault(
            f"changes its input {got.changed} ({given}); work on a copy "
            f"(`np.sort(y)` instead of `y.sort()`, `a = a + 1` instead of `a += 1`)."
        )
    if mistake := recognised(task, answer, wrong, trials):
        return Fault(f"{mistake.says}. {evidence(wrong)}", mistake.says)
    if not answer.accepts(Call(wrong.check, wrong.case)):
        return Fault(arity(task, wrong.check, wrong.case))
    return Fault(f"fails for {wrong.check.says}. {evidence(wrong)}")


def arity(task: Task, check: Check, case: Case) -> str:
    """Say that a function takes other arguments than the task gives it."""
    if check.by_name:
        return f"has no argument called {check.by_name}; write `def {task.signature}:`."
    return f"cannot be called with {len(case)} arguments ({', '.join(case)}); write `def {task.signature}:`."


def recognised(task: Task, answer: Answer, wrong: Trial, trials: list[Trial]) -> Mistake | None:
    """Find the mistake that does what the function does on the whole check; the one that fits furthest, if several.

    One input proves nothing: where the check has no second one that came back, others are asked. And a mistake is not
    made where the function is right.
    """

    def fits(mistake: Mistake, trial: Trial) -> bool:
        same, tolerance = trial.asked.by(mistake), trial.check.tolerance
        if same.error is not None:
            return said(same.error) == said(trial.got.error)
        return trial.got.error is None and difference(same.value, trial.got.value, tolerance) == ""

    # most mistakes fail at the first
    here = [wrong, *(trial for trial in trials if trial.check is wrong.check and differs(trial, wrong))]
    here += second_inputs(task, answer, wrong, trials) if len(here) == 1 else []
    if len(here) == 1:
        return None
    here += [trial for trial in trials if trial.right]
    candidates = [mistake for mistake in task.mistakes if all(fits(mistake, trial) for trial in here)]
    if len(candidates) == 1:
        return candidates[0]
    return max(candidates, key=lambda mistake: sum(fits(mistake, trial) for trial in trials), default=None)


def differs(trial: Trial, wrong: Trial) -> bool:
    """Say whether a trial came back and has another input."""
    return trial.got.came_back and not equal(trial.case, wrong.case)


def second_inputs(task: Task, answer: Answer, wrong: Trial, trials: list[Trial]) -> list[Trial]:
    """Try the check with another seed; where it always has this one input, return inputs of other checks.

    They are those where the function is right; where it is right nowhere, the first one.
    """
    if not any(trial.check is wrong.check and not trial.got.came_back for trial in trials):  # it costs no more time
        again = [one for seed in OTHER_SEEDS for one in drawn(task, wrong.check.hidden, seed)]
        again = [one for one in again if one.call.check is wrong.check and not equal(one.call.case, wrong.case)]
        if again:
            return [trial for trial in tried(task, answer, again[:1]) if trial.got.came_back]
    others = [trial for trial in trials if trial.check is not wrong.check and differs(trial, wrong)]
    return [trial for trial in others if trial.right] or others[:1]


def evidence(wrong: Trial) -> str:
    """Say what came back for the smallest input that shows the fault, and what should have."""
    given, got, expected = f"For {arguments(wrong.case)}", wrong.got, wrong.expected
    if expected.error is not None:
        kind = type(expected.error).__name__
        does = error_in_words(got) if got.error else f"returns {shown_apart(None, got.value)[1]}"
        return f"{given} it {does}; it should raise {kind}."
    if got.error is not None:
        return f"{given} it {error_in_words(got)}."
    form = difference(expected.value, got.value, wrong.check.tolerance)
    if got.value is None and got.printed.strip():
        return f"{given} it prints its result but returns nothing; end with `return`."
    if form != "value":
        return f"{given} it returns {form}."
    right, yours = shown_apart(expected.value, got.value)
    return f"{given} it returns {yours}, expected is {right}."
