"""Checks of what a loss claims so that calls are quick: bad input shows in it, and a finite loss has a finite slope.

Each takes a loss and a source of random numbers, raises `Refuted` with a counterexample, and returns a remark where
the loss claims nothing: then each number of the input, or of the slope, is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from lossutils.checks.extreme_examples import extreme_examples
from lossutils.checks.refute import Refuted, examples, point
from lossutils.engine.domain import CLASSES

KEPT = "not claimed, though no example speaks against it"


def bad_input(loss, rng) -> str:
    """Nan or infinity in prediction or target make the loss nan or infinite, where that is claimed."""
    for p, y in _bad_pairs(loss, rng):
        with np.errstate(all="ignore"):
            for values in (loss.formula(p.copy(), y.copy()), loss.value_and_derivative(p.copy(), y.copy())[0]):
                i = int(np.argmax(np.isfinite(values)))
                if not np.isfinite(values[i]):
                    continue
                if loss.shows_bad_input:
                    raise Refuted(
                        f"{loss!r}: claims that bad input shows in its value, but at {point(p[i], y[i])} ({p.dtype}) "
                        f"it is {values[i]:.6g}; such input would pass unseen"
                    )
                return "not claimed"
    return "" if loss.shows_bad_input else KEPT


def _bad_pairs(loss, rng) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield examples of which the prediction, the target or both are nan or infinite, beside numbers of all sizes."""
    for kind in (np.float64, np.float32):
        for p, y in (examples(loss, rng), extreme_examples(loss, rng, kind)):
            p, y = p.astype(kind), y.astype(kind)
            bad_p, bad_y = _spoilt(p, rng), _spoilt(y, rng)
            illegal = ~loss.prediction.contains(bad_p).reshape(len(p), -1).all(axis=1)
            yield bad_p[illegal], y[illegal]
            if loss.target is CLASSES:  # class numbers and memberships are looked at before
                if loss.takes_class_numbers:
                    yield bad_p[illegal], np.argmax(y[illegal], axis=1)
                continue
            yield p, bad_y
            yield bad_p[illegal], bad_y[illegal]


def _spoilt(x: np.ndarray, rng) -> np.ndarray:
    """Return a copy with nan or an infinity in each sample; in one place, if it is a row."""
    x, bad = x.copy(), rng.choice([np.nan, np.inf, -np.inf], len(x))
    if x.ndim == 1:
        return bad.astype(x.dtype)
    x[np.arange(len(x)), rng.randint(0, x.shape[1], len(x))] = bad
    return x


def finite_slope(loss, rng) -> str:
    """Where the loss is finite its slope is finite, where that is claimed."""
    for kind in (np.float64, np.float32):
        for p, y in (examples(loss, rng), extreme_examples(loss, rng, kind)):
            p, y = p.astype(kind), y.astype(kind)
            for target in (y, np.argmax(y, axis=1)) if loss.takes_class_numbers else (y,):
                with np.errstate(all="ignore"):
                    values, slopes = loss.value_and_derivative(p.copy(), target.copy())
                wrong = np.isfinite(values) & ~np.isfinite(slopes).reshape(len(p), -1).all(axis=1)
                if wrong.any() and not loss.finite_slope:
                    return "not claimed"
                if wrong.any():
                    i = int(np.argmax(wrong))
                    raise Refuted(
                        f"{loss!r}: claims a finite slope wherever it is finite, but at {point(p[i], target[i])} "
                        f"({p.dtype}) it is {values[i]:.6g}, and its slope {slopes[i]}; a gradient would keep it"
                    )
    return "" if loss.finite_slope else KEPT
