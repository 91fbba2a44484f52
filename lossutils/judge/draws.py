"""Inputs that several tasks are tried on: small whole numbers first, because people read them, then many digits."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from lossutils.judge.task import Case

SMALL, LARGE = (2, 3, 3, 4, 5), 40


def errors(rng, n: int, signs=(1.0, -1.0)) -> np.ndarray:
    """Return n whole errors from 2 to 9 in size, of both signs: none is its own square, and some cancel."""
    return rng.permutation(np.resize(signs, n)) * rng.choice(np.arange(2.0, 10.0), n, replace=False)


def pairs(rng) -> Iterator[Case]:
    """Predictions and targets; the last small ones have negative errors only."""
    for n, signs in zip(SMALL, [(1.0, -1.0)] * (len(SMALL) - 1) + [(-1.0,)], strict=True):
        target = rng.randint(-9, 10, n).astype(float)
        yield {"pred": target + errors(rng, n, signs), "target": target}
    yield {"pred": rng.normal(20, 7, LARGE), "target": rng.normal(24, 5, LARGE)}


def weighted_pairs(rng) -> Iterator[Case]:
    """Predictions, targets and whole weights, which say how many copies there are; one of them is 0."""
    for case in pairs(rng):
        yield case | {"weight": weights(rng, len(case["pred"]))}


def fractions_as_weights(rng) -> Iterator[Case]:
    """Predictions, targets and weights that are not whole, some of them 0, and don't sum to n."""
    for case in pairs(rng):
        yield case | {"weight": weights(rng, len(case["pred"])) / 4}


def weights(rng, n: int) -> np.ndarray:
    """Return n weights of which one is 0 (from three samples on), one is 2 or more, and not all are equal."""
    w = rng.randint(1, 5, n).astype(float)
    w[:2] = (0 if n > 2 else 1), rng.randint(2, 5)
    rng.shuffle(w)
    return w


def small_integers(rng) -> Iterator[Case]:
    """Whole numbers of eight bits without a sign: 3 − 5 is 254 there, and 20 · 20 is 144. Then the largest ones."""
    for n in SMALL:
        target = rng.randint(60, 120, n)
        pred = target + rng.randint(20, 60, n) * rng.choice([-1, 1], n)
        pred[0] = target[0] - 30
        yield {"pred": pred.astype(np.uint8), "target": target.astype(np.uint8)}
    yield {"pred": np.array([255, 9], dtype=np.uint8), "target": np.array([0, 12], dtype=np.uint8)}
    yield {"pred": np.array([30000, 9], dtype=np.int16), "target": np.array([-30000, 12], dtype=np.int16)}


def nothing(rng) -> Iterator[Case]:
    """No sample at all."""
    yield {"pred": np.array([]), "target": np.array([])}
