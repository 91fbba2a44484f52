"""Calls a function once and keeps what happened: what came back or was raised, printed, changed."""

from __future__ import annotations

import copy
import inspect
import linecache
import traceback
from collections.abc import Callable
from typing import NamedTuple

from lossutils.judge.showing import equal, shortened
from lossutils.judge.surroundings import Quiet
from lossutils.judge.task import Case

MESSAGE, LINE = 200, 80  # characters of an error's message, and of a line of code, that are worth reading


class Lost(Exception):
    """A call never came back; the message says why, in words that fit before "for y = 3"."""


class NotTried(Exception):
    """A call was not made, because one with another input of the same check never came back."""


class Outcome(NamedTuple):
    """What one call did: returned a value, raised an error, printed, changed its input."""

    value: object = None
    error: BaseException | None = None
    place: str = ""  # of the error, in the learner's own code
    printed: str = ""
    changed: str = ""  # the first argument that is not what it was

    @property
    def nothing(self) -> bool:
        """True for a stub: nothing returned, nothing printed, or NotImplementedError."""
        if self.error is not None:
            return isinstance(self.error, NotImplementedError)
        return self.value is None and not self.printed.strip() and not self.changed

    @property
    def came_back(self) -> bool:
        """Whether the call was made and ended, well or not."""
        return not isinstance(self.error, Lost | NotTried)


def run(f: Callable, case: Case, by_name: str = "") -> Outcome:
    """Call f with copies of the case's arguments, by position but for one, and say what happened.

    Only an interrupt goes through: by it a person stops what takes too long.
    """
    given = copy.deepcopy(case)
    value = error = None
    place = ""
    with Quiet() as printed:
        try:
            places, names = _arguments(given, by_name)
            value = f(*places, **names)
            if inspect.iscoroutine(value):
                value.close()  # nobody awaits it, of which Python would warn with a line of this library
        except KeyboardInterrupt:
            raise
        except BaseException as raised:
            place = _place(raised, f)
            error = raised.with_traceback(None)  # which holds everything that the function had in its hands
    changed = next((name for name in case if not equal(case[name], given[name])), "")
    return Outcome(value, error, place, printed.getvalue(), changed)


def _arguments(case, by_name):
    """What is given by its place, and what by its name."""
    return [case[name] for name in case if name != by_name], {name: case[name] for name in case if name == by_name}


def accepts(f: Callable, case: Case, by_name: str = "") -> bool:
    """Say whether f can be called with these arguments at all."""
    places, names = _arguments(case, by_name)
    try:
        inspect.signature(f).bind(*places, **names)
    except TypeError:
        return False
    except ValueError:  # a built-in function that doesn't tell its signature
        return True
    return True


def error_in_words(outcome: Outcome) -> str:
    """Return type, line and message of an error, as in: raises ValueError in line 3 (`x = 1 / 0`): message."""
    message = shortened(str(outcome.error), MESSAGE)
    return f"raises {type(outcome.error).__name__}{outcome.place}" + (f": {message}" if message else "")


def said(error: BaseException | None) -> tuple[str, str]:
    """Return what of an error is the same in this process and in another, where its type may be unknown."""
    return type(error).__name__, str(error)


def _place(error, f):
    """The last line of the learner's own code that the error passed; the library's lines tell a learner nothing."""
    if isinstance(error, SyntaxError):
        return ""
    file = getattr(getattr(inspect.unwrap(f), "__code__", None), "co_filename", None)
    lines = [line for frame, line in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == file]
    if not lines:
        return ""
    text = shortened(linecache.getline(file, lines[-1]), LINE)
    return f" in line {lines[-1]}" + (f" (`{text}`)" if text else "")
