"""A graded task is data: what to write, on which inputs it is tried, what goes wrong typically, which hints help."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from numpy.random import RandomState

Case = dict  # the arguments of one call by name, in the order of the signature


@dataclass(frozen=True)
class Check:
    """One property of the right answer, shown on inputs drawn from it, the smallest first.

    What is expected is what the reference does with the same input: the number it returns, or the error it raises.
    """

    says: str  # names the property, in words that fit after "fails for": "weights", "an empty input"
    draw: Callable[[RandomState], Iterable[Case]]
    hidden: bool = False
    tolerance: float = 1e-6  # relative to the largest expected number
    by_name: str = ""  # an argument that is given as `name=value`; the others are given by their place


class Call(NamedTuple):
    """One call of a function: the case, and the check that it belongs to."""

    check: Check
    case: Case

    @property
    def by_name(self) -> str:
        """The argument that is given as `name=value`; "" for none."""
        return self.check.by_name


class Limits(NamedTuple):
    """How long one call of a learner's function may take, in seconds."""

    computing: float = 10  # of the processor's time: a busy computer counts for nothing
    waiting: float = 60  # for whatever it waits: sleep, a file, another process


@dataclass(frozen=True)
class Mistake:
    """A typical wrong answer: the sentence that names it, and its code, to recognise it by what it returns."""

    says: str
    code: Callable


@dataclass(frozen=True)
class Task:
    """A function to write. Its name is the reference's name, and unique in the course."""

    chapter: str
    title: str
    open: int  # points for the checks that learners run themselves
    hidden: int  # points for the checks that only a grader runs
    reference: Callable
    checks: tuple[Check, ...]
    mistakes: tuple[Mistake, ...]
    hints: tuple[str, str]  # a nudge and the formula; the third, a skeleton, is made from the reference
    limits: Limits = Limits()

    @property
    def name(self) -> str:
        return self.reference.__name__

    @property
    def signature(self) -> str:
        """How the function is written, as in `mse(pred, target, weight=None)`."""
        return f"{self.name}{inspect.signature(self.reference)}"

    def checks_of(self, hidden: bool) -> tuple[Check, ...]:
        """Return the open checks, or the hidden ones."""
        return tuple(check for check in self.checks if check.hidden == hidden)
