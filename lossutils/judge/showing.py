"""Compares two answers, and says in words what was given, what came back and how it differs."""

from __future__ import annotations

import math
import numbers

import numpy as np

FEW = 10  # numbers that are shown of an array
LONG = 100  # characters that are shown of anything else
ROUNDING = 1e-12  # what an expected 0 may differ by


def equal(a, b) -> bool:
    """Say whether an argument is still what it was."""
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        a, b = np.asarray(a), np.asarray(b)
        return a.dtype == b.dtype and a.shape == b.shape and bool(np.array_equal(a, b, equal_nan=a.dtype.kind == "f"))
    if isinstance(a, list | tuple):
        return type(a) is type(b) and len(a) == len(b) and all(map(equal, a, b))
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(equal(a[key], b[key]) for key in a)
    if callable(a):  # copying makes another object of one that is no function
        return getattr(a, "__name__", "") == getattr(b, "__name__", "")
    return a is b or bool(a == b)


def difference(expected, got, tolerance: float) -> str:
    """Return "" when the answers agree, "value" when only the numbers differ, or what is wrong with their form."""
    if isinstance(expected, str | bool | np.bool_) or expected is None:
        return _plain_difference(expected, got)
    if isinstance(expected, tuple):
        return _tuple_difference(expected, got, tolerance)
    if type(expected) is float and type(got) is float:  # most answers; as below, without NumPy
        limit = ROUNDING + (tolerance * abs(expected) if math.isfinite(expected) else 0.0)
        both_missing = expected != expected and got != got
        return "" if abs(got - expected) <= limit or got == expected or both_missing else "value"
    wanted = np.asarray(expected)
    if fault := _fault_of_form(got, wanted.shape):
        return fault
    found = np.asarray(got, dtype=float)
    with np.errstate(all="ignore"):
        limit = tolerance * np.max(np.abs(wanted), initial=0.0, where=np.isfinite(wanted)) + ROUNDING
        close = (np.abs(found - wanted) <= limit) | (found == wanted) | (np.isnan(found) & np.isnan(wanted))
    return "" if close.all() else "value"


def _plain_difference(expected, got):
    if isinstance(got, np.ndarray) and got.ndim == 0:
        got = got.item()
    kind = str if isinstance(expected, str) else bool | np.bool_ if expected is not None else type(None)
    if not isinstance(got, kind):
        return f"{_kind(got)}; {_kind(expected)} is expected"
    return "" if got == expected else "value"


def _tuple_difference(expected, got, tolerance):
    several = isinstance(got, tuple | list) or (isinstance(got, np.ndarray) and got.ndim > 0)
    if not several or len(got) != len(expected):
        names = ", ".join("abcdefghij"[: len(expected)])
        return f"{_kind(got)}; {len(expected)} results are expected, as in `return {names}`"
    for place, (mine, yours) in enumerate(zip(expected, got, strict=True), start=1):
        if fault := difference(mine, yours, tolerance):
            return fault if fault == "value" else f"as result {place} {fault}"
    return ""


def _fault_of_form(got, shape):
    """Say why an answer is not numbers of this shape; "" when it is."""
    wanted = "one number" if shape == () else f"an array of shape {shape}"
    if isinstance(got, bool | np.bool_ | str | bytes | tuple | dict | set) or got is None:
        return f"{_kind(got)}; {wanted} is expected"
    if callable(got):
        return "a function instead of its result; perhaps parentheses are missing, as in `.mean` for `.mean()`"
    try:
        found = np.asarray(got)
        kind = found.dtype.kind
    except ValueError:
        return f"rows of unequal length; {wanted} is expected"
    if kind not in "fiub":
        return f"{'complex numbers' if kind == 'c' else _kind(got)}; {wanted} is expected"
    if found.shape != shape:
        return f"{_kind(got)}; {wanted} is expected"
    return ""


def _kind(x):
    if x is None:
        return "nothing (None)"
    if isinstance(x, str):
        return f"the text {_cut(repr(x), LONG)}"
    if isinstance(x, bool | np.bool_):
        return f"{bool(x)}"
    if isinstance(x, tuple | list):
        return f"a {type(x).__name__} of {len(x)}"
    if isinstance(x, np.ndarray):
        return f"an array of shape {x.shape}"
    if isinstance(x, numbers.Number):
        return "one number"
    return f"a value of type {type(x).__name__}"


def shortened(text: str, limit: int) -> str:
    """Return a text on one line, cut off where it gets long."""
    text = " ".join(text.split())
    return _cut(text, limit)


def _cut(text, limit):
    return text if len(text) <= limit else text[:limit] + "…"


def shown(x, digits: int = 6) -> str:
    """Return a value as a learner would write it, long arrays shortened."""
    if isinstance(x, np.ndarray) and x.ndim == 0:
        x = x.item()
    if isinstance(x, np.ndarray):
        return _shown_array(x, digits)
    if isinstance(x, list | tuple) and len(x) <= FEW:
        text = ", ".join(shown(item, digits) for item in x)
        return ("[{}]" if isinstance(x, list) else "({})").format(_cut(text, FEW * LONG))
    if isinstance(x, bool | np.bool_ | str) or x is None:
        return str(bool(x)) if isinstance(x, np.bool_) else _cut(repr(x), LONG)
    if isinstance(x, numbers.Real):
        return f"{x + 0:.{digits}g}"  # no -0
    if callable(x):
        return getattr(x, "__name__", type(x).__name__)
    return shortened(repr(x), LONG)


def _shown_array(x, digits):
    if x.ndim > 1 and x.size > FEW:
        return f"an array of shape {x.shape}"
    if x.ndim > 1:
        return "[" + ", ".join(_shown_array(row, digits) for row in x) + "]"
    rest = f", … {len(x)} numbers" if len(x) > FEW else ""
    kind = "" if x.dtype.char in "dlq?U" else f" ({x.dtype.name})"
    numbers_shown = x[: FEW if not rest else 3].tolist()
    return "[" + ", ".join(shown(number, digits) for number in numbers_shown) + rest + "]" + kind


def shown_apart(expected, got) -> tuple[str, str]:
    """Return both as text, with more digits where six would make them look the same."""
    a, b = shown(expected), shown(got)
    if a == b:
        a, b = shown(expected, 12), shown(got, 12)
    return (a, b) if a != b else _first_apart(expected, got) or (a, b)


def _first_apart(expected, got) -> tuple[str, str] | None:
    """Return both answers with their first row, or number, that differs; None where they are no arrays of one shape."""
    if isinstance(expected, tuple):
        pairs = (shown_apart(*both) for both in zip(expected, got, strict=True))
        return next((pair for pair in pairs if pair[0] != pair[1]), None)
    mine = np.asarray(expected)
    if _fault_of_form(got, mine.shape) or mine.ndim == 0 or mine.dtype.kind not in "fiub":
        return None
    yours = np.asarray(got, dtype=float)
    apart = ~np.isclose(yours, mine, rtol=1e-6, atol=ROUNDING, equal_nan=True).reshape(len(mine), -1).all(axis=1)
    if not apart.any():
        return None
    i = int(np.argmax(apart))
    texts = shown_apart(mine[i], yours[i])
    return tuple(f"{shown(whole)} with {text} at [{i}]" for whole, text in zip((mine, yours), texts, strict=True))


def arguments(case: dict) -> str:
    """Return the arguments of a call in words: pred = [1, 3] and target = [2, 7]."""
    parts = [f"{name} = {shown(value)}" for name, value in case.items()]
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
