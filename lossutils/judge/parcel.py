"""Makes an outcome safe to look at: whatever a function returned or raised, the judge can show and compare it.

A value or an error that can't be shown, compared or sent from one process to another is replaced by a stand-in of the
same type name, which says the same of itself.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable

from lossutils.judge.run import Outcome, error_in_words
from lossutils.judge.showing import LONG, difference, shortened, shown

HARMLESS = (float, bool, type(None))  # most answers; nothing can go wrong with them
LARGEST = 2**26  # bytes of an outcome; answers have a few hundred


def harmless(outcome: Outcome) -> Outcome:
    """Do with an outcome what the judge will do; where that fails, return one with stand-ins."""
    if outcome.error is None and type(outcome.value) in HARMLESS:
        return outcome
    try:
        difference(0.0, outcome.value, 0)
        shown(outcome.value)
        error_in_words(outcome)
    except Exception:
        return _replaced(outcome)
    return outcome


def packed(outcome: Outcome) -> bytes:
    """Return an outcome as bytes that another process can unpack."""
    try:
        parcel = pickle.dumps(harmless(outcome))
        pickle.loads(parcel)
    except Exception:
        parcel = b""
    return parcel if 0 < len(parcel) <= LARGEST else pickle.dumps(_replaced(outcome))


def unpacked(parcel: bytes) -> Outcome:
    """Return the outcome that was packed."""
    return pickle.loads(parcel)


def _replaced(outcome):
    value, error = outcome.value, outcome.error
    if value is not None:
        value = stand_in(type(value).__name__, _text(repr, value), callable(value))
    if error is not None:
        kind = next(kind for kind in type(error).__mro__ if kind.__module__ == "builtins")
        error = error_stand_in(type(error).__name__, kind, _text(str, error))
    return outcome._replace(value=value, error=error)


def _text(of: Callable[[object], str], thing: object) -> str:
    """The text of a thing; "" where its own code fails."""
    try:
        return shortened(of(thing), LONG)
    except Exception:
        return ""


def stand_in(name: str, text: str, can_be_called: bool) -> object:
    """Return an object whose type has this name, whose repr is this text, and that can be called if that could."""
    does = {"__repr__": lambda self: text, "__reduce__": lambda self: (stand_in, (name, text, can_be_called))}
    if can_be_called:
        does["__call__"] = lambda self: None
    return type(name, (), does)()


def error_stand_in(name: str, kind: type[BaseException], message: str) -> BaseException:
    """Return an error of this name, built-in kind and message."""
    does = {"__str__": lambda self: message, "__reduce__": lambda self: (error_stand_in, (name, kind, message))}
    return kind.__new__(type(name, (kind,), does))
