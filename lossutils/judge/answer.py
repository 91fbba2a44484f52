"""What is judged: a learner's function, in this process or in another."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import NamedTuple, Protocol

from lossutils.judge.forbidden import forbidden_use
from lossutils.judge.limits import try_all
from lossutils.judge.run import Outcome, accepts
from lossutils.judge.task import Call, Limits


class Seen(NamedTuple):
    """What can be said of an answer before it is called."""

    callable: bool
    nothing: bool  # None stands where the function should
    coroutine: bool
    uses: str  # the first name that is forbidden; "" for none

    @classmethod
    def of(cls, f: object, forbids: tuple[str, ...]) -> Seen:
        """Look at what stands under the name of a task."""
        if not callable(f):
            return cls(False, f is None, False, "")
        coroutine = inspect.iscoroutinefunction(f) or inspect.isasyncgenfunction(f)
        return cls(True, False, coroutine, "" if coroutine else forbidden_use(f, forbids))


class Answer(Protocol):
    """What the judge asks of an answer."""

    seen: Seen

    def tried(self, calls: list[Call], limits: Limits) -> list[Outcome]:
        """Make the calls, and return an outcome for each."""

    def accepts(self, call: Call) -> bool:
        """Say whether the function can be called with these arguments at all."""


class Own:
    """A function of this process."""

    def __init__(self, f: Callable, forbids: tuple[str, ...]):
        self._f, self.seen = f, Seen.of(f, forbids)

    def tried(self, calls: list[Call], limits: Limits) -> list[Outcome]:
        """Make the calls, in a process of their own where there can be one."""
        return try_all(self._f, calls, limits)

    def accepts(self, call: Call) -> bool:
        """Say whether the function can be called with these arguments at all."""
        return accepts(self._f, call.case, call.by_name)
