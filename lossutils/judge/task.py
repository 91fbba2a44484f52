"""A graded task is data: what to write, on which inputs it is tried, what goes wrong typically, which hints help."""

from __future__ import annotations

import dataclasses
import inspect
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from numpy.random import RandomState

from lossutils.engine.fields import filled
from lossutils.judge import texts
from lossutils.judge.changes import Change, changed

Case = dict  # the arguments of one call by name, in the order of the signature
KINDS = ("write", "derive", "predict", "find the fault", "design")


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
class Slot:
    """A number of a task that a term or a student may vary: «name» in its texts, a piece of the reference's text."""

    name: str
    value: object
    others: tuple  # what it may be instead, each tried by the tests
    stands: str | tuple[str, ...]  # how it stands in the reference: "k={}"; several pieces, where it stands there again
    course: object = None  # the course's own value, where this is another one

    def __post_init__(self) -> None:
        if self.course is None:
            object.__setattr__(self, "course", self.value)

    def change_to(self, value) -> tuple[Change, ...]:
        """Return what is written otherwise in the reference, where the number has another value."""
        pieces = (self.stands,) if isinstance(self.stands, str) else self.stands
        return tuple((piece.format(self.value), piece.format(value)) for piece in pieces)


@dataclass(frozen=True)
class Mistake:
    """A typical wrong answer: the sentence that names it, and its code, to recognise it by what it returns."""

    says: str
    made: Callable | tuple[Callable, tuple[Change, ...]]  # the code itself, or the reference and what is changed in it

    @cached_property
    def code(self) -> Callable:
        """The wrong function; one that is a change of the reference is made when it is first needed."""
        return self.made if callable(self.made) else changed(*self.made)


@dataclass(frozen=True)
class Task:
    """A function to write. Its name is the reference's name, and unique in the course.

    What is asked stands in the chapter's exercise.md. `typical` holds the typical mistakes as rows: the sentence, then
    the changes that make the mistake of the reference's text, as in `("this is the sum, not the mean", ("np.mean",
    "np.sum"))`, or, where no change of the text can say it, a function.
    """

    title: str
    open: int  # points for the checks that learners run themselves
    hidden: int  # points for the checks that only a grader runs
    reference: Callable
    checks: tuple[Check, ...]
    typical: tuple
    hints: tuple[str, str]  # a nudge and the formula; the third, a skeleton, is made from the reference
    limits: Limits = Limits()
    kind: str = "write"  # one of KINDS
    forbids: tuple[str, ...] = ()  # names that would answer the task, as in ("Loss",) or ("sklearn",)
    slots: tuple[Slot, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.name}: its kind is {self.kind!r}, not one of {', '.join(KINDS)}")

    @cached_property
    def mistakes(self) -> tuple[Mistake, ...]:
        """The typical mistakes, in the order in which they are named."""
        return tuple(self._mistake(row) for row in self.typical)

    def _mistake(self, row) -> Mistake:
        if isinstance(row, Mistake):
            return row
        says, *how = row
        pieces = tuple(tuple(self.fill(piece) for piece in change) for change in how if not callable(change))
        return Mistake(self.fill(says), (self.reference, pieces) if pieces else how[0])

    @property
    def name(self) -> str:
        return self.reference.__name__

    @property
    def chapter(self) -> str:
        """The number of the chapter in whose folder the reference stands, as in "01"."""
        return re.search(r"\bch(\d+)\b", self.reference.__module__)[1]

    @property
    def text(self) -> tuple[str, ...]:
        """What is asked, a text cell each, its numbers computed."""
        found = texts.cells(self.reference.__module__.rpartition(".")[0], self.name)
        return tuple(self.fill(cell) for cell in found)

    @property
    def points(self) -> int:
        """What open and hidden checks are worth together."""
        return self.open + self.hidden

    @property
    def signature(self) -> str:
        """How the function is written, as in `mse(pred, target, weight=None)`."""
        return f"{self.name}{inspect.signature(self.reference)}"

    @property
    def numbers(self) -> dict[str, object]:
        """The values of the slots by name."""
        return {slot.name: slot.value for slot in self.slots}

    @property
    def changed_numbers(self) -> dict[str, object]:
        """The slots that hold another value than the course's."""
        return {slot.name: slot.value for slot in self.slots if slot.value != slot.course}

    def checks_of(self, hidden: bool) -> tuple[Check, ...]:
        """Return the open checks, or the hidden ones."""
        return tuple(check for check in self.checks if check.hidden == hidden)

    def fill(self, text: str) -> str:
        """Return a text of this task with its fields computed, from its slots, and names of tasks.py and references."""
        package = self.reference.__module__.rpartition(".")[0]
        modules = [sys.modules[name] for name in (f"{package}.tasks", self.reference.__module__) if name in sys.modules]
        names = {name: thing for module in modules for name, thing in vars(module).items()}
        return filled(text, {**names, self.name: self.reference, **self.numbers})

    def varied(self, **values) -> Task:
        """Return the task with other values in its slots: reference, mistakes and texts follow.

        Raises ValueError for a name that is no slot, and for a value that the slot doesn't offer.
        """
        if not values:
            return self
        if unknown := set(values) - set(self.numbers):
            raise ValueError(f"{self.name}: no slot is called {min(unknown)!r}; there are: {', '.join(self.numbers)}")
        slots, changes = [], []
        for slot in self.slots:
            value = values.get(slot.name, slot.value)
            if value not in (slot.value, *slot.others):
                raise ValueError(f"{self.name}: {slot.name} may be {slot.value} or {slot.others}, not {value!r}")
            if value != slot.value:
                changes += slot.change_to(value)
            rest = tuple(other for other in (slot.value, *slot.others) if other != value)
            slots.append(dataclasses.replace(slot, value=value, others=rest, course=slot.course))
        reference = changed(self.reference, tuple(changes)) if changes else self.reference
        return dataclasses.replace(self, reference=reference, slots=tuple(slots))
