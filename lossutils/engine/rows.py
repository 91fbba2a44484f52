"""Rows of classes: probabilities and memberships that sum to 1, class numbers, scores that are none of these."""

from __future__ import annotations

import numpy as np

from lossutils.engine.complaints import complain, first
from lossutils.engine.domain import LABEL, PROBABILITY

UNKNOWN = 2**63  # a number of classes that every whole number stays below
ROUNDING = {"e": 1e-3, "f": 1e-5, "d": 1e-5}  # of a row's sum; float64 may hold what a float32 softmax returned
SMALLEST = {"e": 6e-8, "f": 1e-8, "d": 1e-8}  # what each of very many classes may add to that


def is_distribution(x: np.ndarray) -> bool:
    """Say whether every row has numbers from 0 to 1 that sum to 1, up to rounding."""
    return bool(np.minimum.reduce(x, axis=None) >= 0 and (np.abs(sums(x) - 1) <= tolerance(x)).all())


def sums(x: np.ndarray) -> np.ndarray:
    """Return the sum of each row; float16 can't count beyond 2,048."""
    return np.add.reduce(x, axis=-1, dtype=np.float32 if x.dtype.char == "e" else None)


def refuse_softmax_twice(name: str, p: np.ndarray) -> None:
    """Raise for scores whose rows are all distributions: a softmax was taken before."""
    if abs(sums(p[0]) - 1) <= tolerance(p) and is_distribution(p):
        raise ValueError(
            f"{name}: every row of the prediction is a probability distribution, but scores are needed; NumPy "
            f"would apply the softmax a second time. Give the scores, or use CategoricalCrossEntropy"
        )


def tolerance(x: np.ndarray) -> float:
    """Return how far from 1 a row's sum may be by rounding alone, of its numbers and of the softmax they come from."""
    kind = x.dtype.char if x.dtype.char in ROUNDING else "d"
    return ROUNDING[kind] + SMALLEST[kind] * x.shape[-1]


def check_distribution(name: str, role: str, x: np.ndarray) -> None:
    """Refuse rows that are not probabilities or memberships, with the first of them."""
    if is_distribution(x):
        return
    complain(name, role, PROBABILITY if role == "prediction" else LABEL, x)
    total, where = first(sums(x), np.abs(sums(x) - 1) <= tolerance(x))
    raise ValueError(
        f"{name}: {role} sums to {total:.6g}{where}, but each row must sum to 1; NumPy would return a number for it. "
        f"Divide the row by its sum, or use a loss of scores if these are scores"
    )


def class_numbers(name: str, y: np.ndarray, classes: int = UNKNOWN) -> np.ndarray:
    """Return class numbers as integers, refusing what is not a whole number from 0 to K - 1 (K may be unknown)."""
    if y.dtype.kind in "iu":
        numbers = y.astype(np.int64, copy=False)
        if np.maximum.reduce(numbers.view(np.uint64), axis=None) < classes:  # without its sign, -1 is a huge number
            return numbers
        legal = (y >= 0) & (y < classes)
    else:
        with np.errstate(invalid="ignore"):
            legal = (y >= 0) & (y < classes) & (y == np.floor(y))
    if not legal.all():
        value, where = first(y, legal)
        silently = (
            f"NumPy would count it from the end, as class {classes + int(value)}"
            if -classes <= value < 0 and value == int(value) and classes < np.inf
            else "NumPy would fail far from here, or return nan"
        )
        cure = f"; to leave such rows out, give weight=(target != {value:g})" if value < 0 or value >= classes else ""
        known = f"the prediction has {classes} classes, numbered 0 to {classes - 1}"
        raise ValueError(
            f"{name}: target is class {value!r}{where}, but "
            f"{known if classes < UNKNOWN else 'classes are whole numbers from 0 upwards'}; {silently}{cure}"
        )
    return y.astype(np.int64, copy=False)
