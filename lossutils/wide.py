"""A second attempt in the widest type, where float32 or float64 could not hold what comes up on the way."""

from __future__ import annotations

import numpy as np

from lossutils.batch import Batch
from lossutils.complaints import refuse_nan

WIDEST = np.longdouble  # reaches 1e4932 on most computers; where it is float64, that is enough for float32


def widest(p: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return both in the widest type; class numbers stay whole."""
    return p.astype(WIDEST), y if y.dtype.kind == "i" else y.astype(WIDEST)


def mended(given: np.ndarray, wider: np.ndarray) -> np.ndarray:
    """Replace what is not finite by what a wider type computes: infinite where the type can't hold it either."""
    return np.where(np.isfinite(given), given, wider.astype(given.dtype))


def mean(name: str, value, batch: Batch) -> float:
    """Return the mean of `value(p, y)`, infinite where float64 can't hold it."""
    total = WIDEST(0)
    for _, p, y, w in batch.blocks():
        values = value(*widest(p, y))
        refuse_nan(name, values)
        total += np.add.reduce(values * batch.share(w), where=np.broadcast_to(batch.share(w) > 0, values.shape))
    return float(total)


def mend_gradient(name: str, slopes: np.ndarray, value_and_slope, batch: Batch, row_wise: bool) -> None:
    """Compute in place what is not finite in a gradient."""
    for cut, p, y, w in batch.blocks():
        slopes[cut] = mended(slopes[cut], value_and_slope(*widest(p, y))[1] * batch.share(w, row_wise))
    refuse_nan(name, slopes, "its derivative")
