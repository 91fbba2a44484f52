"""A batch of legal samples, and how it is cut into blocks that stay in the processor's cache."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

BLOCK = 16_384  # numbers evaluated at once: temporaries of this size stay in the cache (benchmarks/kernels.py)
ALL = slice(None)
# glibc hands freed memory back to the system, and takes it again page by page, until it has once seen a larger array
# go: without this line a logistic loss of 10,000 numbers costs four times as much in a fresh process.
np.empty(64 * BLOCK)


class Batch(NamedTuple):
    """Legal input, flattened: `n` samples (element-wise) or `n` rows of `K` numbers (row-wise)."""

    p: np.ndarray  # (n,) or (n, K)
    y: np.ndarray  # (n,) or (n, K); class numbers are (n,)
    w: np.ndarray | None  # (n,) weights, or None for equal ones
    mass: float  # the sum of the weights, or n
    shape: tuple[int, ...]  # of the prediction as it was given
    each_shape: tuple[int, ...]  # of one loss per sample, as `each` returns them
    dtype: np.dtype  # of what is returned

    @classmethod
    def protected(cls, p, y, w, shape, each_shape, dtype) -> Batch:
        """Return a batch whose arrays refuse writing: p and y, views of its own, may show the caller's memory."""
        p.setflags(write=False)
        y.setflags(write=False)
        return cls(p, y, w, len(p) if w is None else float(np.add.reduce(w)), shape, each_shape, dtype)

    def share(self, w: np.ndarray | None, row_wise: bool = False) -> np.ndarray | float:
        """Return what each sample of a block counts in the mean: one number, (n,), or (n, 1) beside rows."""
        if w is None:
            return 1.0 / self.mass
        return (w / self.mass)[:, np.newaxis] if row_wise else w / self.mass

    def blocks(self) -> list[tuple[slice, np.ndarray, np.ndarray, np.ndarray | None]]:
        """Cut predictions, targets and weights into blocks whose temporaries stay in the cache."""
        p, y, w = self.p, self.y, self.w
        if p.size <= BLOCK:
            return [(ALL, p, y, w)]
        step = max(1, BLOCK * len(p) // p.size)
        cuts = [slice(i, i + step) for i in range(0, len(p), step)]
        return [(cut, p[cut], y[cut], None if w is None else w[cut]) for cut in cuts]
