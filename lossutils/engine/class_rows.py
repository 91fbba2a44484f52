"""Rows of classes: probabilities and memberships that sum to 1, class numbers, scores that are none of these."""

from __future__ import annotations

import numpy as np

from lossutils.engine import complaints
from lossutils.engine.domain import LABEL, PROBABILITY, SCORE
from lossutils.engine.legal import check_domain

ROUNDING = {"e": 1e-3, "f": 1e-5, "d": 1e-5}  # of a row's sum; float64 may hold what a float32 softmax returned
SMALLEST = {"e": 6e-8, "f": 1e-8, "d": 1e-8}  # what each of very many classes may add to that
EVERY = 2**63  # more classes than there are whole numbers


def memberships(y: np.ndarray, p: np.ndarray) -> np.ndarray:
    """Return class numbers (n,) as rows of memberships like those of p, (n, K): 1 for the class, 0 for the others."""
    return (y[:, np.newaxis] == np.arange(p.shape[1])).astype(p.dtype)


def check_rows(loss, p: np.ndarray, y: np.ndarray) -> None:
    """Refuse predictions (n, K), and memberships beside them, that are not what the loss takes: sums, a second softmax.

    Class numbers are looked at by `class_numbers`.
    """
    if loss.prediction is PROBABILITY:
        check_distribution(loss.name, "prediction", p)
    if y.ndim == p.ndim:
        check_distribution(loss.name, "target", y)
    if loss.prediction is SCORE:
        check_softmax_twice(loss.name, p.reshape(-1, p.shape[-1]))


def is_distribution(x: np.ndarray) -> bool:
    """Say whether every row has numbers from 0 to 1 that sum to 1, up to rounding."""
    return bool(np.minimum.reduce(x, axis=None) >= 0 and (np.abs(sums(x) - 1) <= tolerance(x)).all())


def sums(x: np.ndarray) -> np.ndarray:
    """Return the sum of each row; float16 can't count beyond 2,048."""
    return np.add.reduce(x, axis=-1, dtype=np.float32 if x.dtype.char == "e" else None)


def tolerance(x: np.ndarray) -> float:
    """Return how far from 1 a row's sum may be by rounding alone, of its numbers and of the softmax they come from."""
    kind = x.dtype.char if x.dtype.char in ROUNDING else "d"
    return ROUNDING[kind] + SMALLEST[kind] * x.shape[-1]


def check_softmax_twice(name: str, p: np.ndarray) -> None:
    """Refuse scores whose rows are all distributions: a softmax was taken before."""
    suspect = len(p) > 1 and 0 <= p[0, 0] <= 1  # one number tells most scores apart
    if suspect and abs(sums(p[0]) - 1) <= tolerance(p) and is_distribution(p):
        raise complaints.softmax_twice(name)


def check_distribution(name: str, role: str, x: np.ndarray) -> None:
    """Refuse rows that are not probabilities or memberships, with the first of them."""
    if is_distribution(x):
        return
    check_domain(name, role, PROBABILITY if role == "prediction" else LABEL, x)
    raise complaints.row_sum(name, role, *complaints.first(sums(x), np.abs(sums(x) - 1) <= tolerance(x)))


def class_numbers(name: str, y: np.ndarray, classes: int | None = None) -> np.ndarray:
    """Return class numbers as integers, refusing what is not a whole number from 0 to K - 1 (K may be unknown)."""
    below = EVERY if classes is None else classes
    if y.dtype.kind in "iu":
        numbers = y.astype(np.int64, copy=False)
        if np.maximum.reduce(numbers.view(np.uint64), axis=None) < below:  # without its sign, -1 is a huge number
            return numbers
        legal = (y >= 0) & (y < below)
    else:
        with np.errstate(invalid="ignore"):
            legal = (y >= 0) & (y < below) & (y == np.floor(y))
    if not legal.all():
        raise complaints.class_number(name, *complaints.first(y, legal), classes)
    return y.astype(np.int64, copy=False)
