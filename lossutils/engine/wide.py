"""A second attempt, where a type could not hold what comes up on the way: float64 for what float32 has lost.

A formula that gives nan or infinity in float64 is not rescued: the same would not happen on every computer. The one
exception is a finite share of an infinite slope, in a gradient.
"""

from __future__ import annotations

import numpy as np

from lossutils.engine.batch import Batch
from lossutils.engine.legal import check_nan

WIDEST = np.longdouble  # reaches 1e4932 on most computers; on some it is float64


def wider(p: np.ndarray, y: np.ndarray, kind=np.float64) -> tuple[np.ndarray, np.ndarray]:
    """Return both in a wider type; class numbers stay whole."""
    return p.astype(kind), y if y.dtype.kind == "i" else y.astype(kind)


def mended(given: np.ndarray, better: np.ndarray) -> np.ndarray:
    """Replace what is not finite by what a wider type computes: infinite where the type can't hold it either."""
    return np.where(np.isfinite(given), given, better.astype(given.dtype))


def mean(name: str, value, batch: Batch) -> float:
    """Return the mean of `value(p, y)` in float64, infinite where that can't hold it."""
    total = 0.0
    for _, p, y, w in batch.blocks():
        values, share = value(*wider(p, y)), batch.share(w)
        check_nan(name, values)
        total += float(np.add.reduce(np.where(share > 0, values, 0) * share))
    return total


def mend_gradient(name: str, slopes: np.ndarray, value_and_slope, batch: Batch, row_wise: bool) -> None:
    """Compute in place what is not finite in a gradient; a slope infinite in float64 may have a finite share."""
    for cut, p, y, w in batch.blocks():
        share = batch.share(w, row_wise)
        slope = value_and_slope(*wider(p, y))[1]
        if np.isinf(slope).any():
            slope = np.where(np.isinf(slope), value_and_slope(*wider(p, y, WIDEST))[1], slope)
        slopes[cut] = mended(slopes[cut], np.where(share > 0, slope, 0) * share)
    check_nan(name, slopes, "its derivative")
