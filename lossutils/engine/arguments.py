"""The sentences that refuse what is no count, no source of random numbers, or a class where an object is meant."""

from __future__ import annotations

import numpy as np


def check_whole(name: str, what: str, value, least: int) -> None:
    """Refuse what is not a whole number from `least` upwards."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < least:
        instead = "; n // 10 is a whole number, n / 10 a float" if isinstance(value, float | np.floating) else ""
        raise ValueError(
            f"{name}: {what} is {shown(value)}, but must be a whole number from {least} upwards{instead}; "
            f"Python would fail far from here, or do nothing"
        )


def check_rng(name: str, rng) -> None:
    """Refuse what is no source of random numbers of one's own."""
    if not isinstance(rng, np.random.RandomState | np.random.Generator):
        raise TypeError(
            f"{name}: rng is {shown(rng)}, but must be a source of random numbers, such as rng(0) of lossutils; "
            f"NumPy's global one depends on all that ran before"
        )


def check_made(name: str, role: str, thing, *needed: str, instead: str) -> None:
    """Refuse a class where an object made of it is needed, and an object that lacks what is needed."""
    if isinstance(thing, type):
        raise TypeError(f"{name}: {role} is the class {thing.__name__}; make one of it: {thing.__name__}(…)")
    lacking = [attribute for attribute in needed if not hasattr(thing, attribute)]
    if lacking:
        raise TypeError(f"{name}: {role} is {shown(thing)} without {' and '.join(lacking)}; {instead}")


def shown(value) -> str:
    """Say what was given: the value where it is short, else its type; never an address in memory."""
    text = repr(value)
    return text if len(text) <= 40 and " at 0x" not in text and "\n" not in text else f"a {type(value).__name__}"
