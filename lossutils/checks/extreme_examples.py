"""Examples at the ends of a type: pairs of numbers as small and as large as it holds, 0 and nearly 1 too."""

from __future__ import annotations

import warnings

import numpy as np

from lossutils.checks.refute import CLASSES_DRAWN, memberships
from lossutils.engine.domain import CLASSES, PROBABILITY, REAL
from lossutils.engine.wide import WIDEST, wider

LARGE = (
    0.0,
    5e-324,
    1e-310,
    1e-300,
    1e-45,
    1e-41,
    1e-30,
    1e-8,
    0.5,
    1.0,
    16.5,
    40.0,
    800.0,
    1e4,
    5e11,
    1e22,
    1e30,
    3e38,
    1e100,
    1e154,
    1e300,
)


def extreme_examples(loss, rng, kind: type) -> tuple[np.ndarray, np.ndarray]:
    """Return legal predictions and targets of a type, and of all magnitudes that it holds."""
    p, y = _rows(loss, rng) if loss.row_wise else _pairs()
    with warnings.catch_warnings(), np.errstate(over="ignore", under="ignore"):
        p, y = p.astype(kind), y.astype(kind)  # 1e300 is infinite in float32, and 1e-300 is 0
        if loss.target is CLASSES:
            p, y = _normed(p) if loss.prediction is PROBABILITY else p, _normed(y)
        legal = loss.prediction.contains(p).reshape(len(p), -1).all(axis=1)
        legal &= loss.target.contains(y).reshape(len(y), -1).all(axis=1)
        if loss.target is REAL and not loss.row_wise:  # a rounded difference may lie on the other side of a kink
            p, y = np.where(legal, [p, y], 0)
            legal &= np.subtract(*wider(p, y, WIDEST)) == p - y
    return p[legal], y[legal]


def _pairs() -> tuple[np.ndarray, np.ndarray]:
    numbers = np.array([*LARGE, *(-x for x in LARGE), 1 - 2.0**-53])
    return tuple(a.ravel() for a in np.meshgrid(numbers, numbers))


def _rows(loss, rng) -> tuple[np.ndarray, np.ndarray]:
    numbers = np.array([*LARGE, *(-x for x in LARGE), -np.inf])  # -inf: a class that is ruled out, where that is legal
    p = rng.choice(numbers[loss.prediction.contains(numbers)], (300, CLASSES_DRAWN))
    p[:, 3] = np.where(np.isinf(p[:, 3]), 0.0, p[:, 3])
    if loss.target is not CLASSES:
        return p, rng.choice(numbers[loss.target.contains(numbers)], p.shape)
    return p, np.where(
        (np.arange(300) % 3 > 0)[:, np.newaxis],
        np.eye(CLASSES_DRAWN)[rng.choice([0, 2, 3], 300)],
        memberships(rng, 300),
    )


def _normed(x: np.ndarray) -> np.ndarray:
    """Let rows sum to 1: the largest number takes what the others leave."""
    rows, top = np.arange(len(x)), np.argmax(x, axis=1)
    x[rows, top] = 0
    x = np.where(x.sum(axis=1, keepdims=True) > 0.5, 0, x)
    x[rows, top] = 1 - x.sum(axis=1)
    return x
