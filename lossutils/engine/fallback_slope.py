"""The slope of a formula that states none: a quotient of differences, with a step that fits each number."""

from __future__ import annotations

import numpy as np

SHARE = np.finfo(np.float64).eps ** (1 / 3)  # of a number, or of an error: the step
ENOUGH = 1e-4  # of a slope: a step that misses less is good enough; a wide one may span a whole valley


def numerical_derivative(loss, p: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Central difference of a loss's formula, one number (or one column) at a time; at the edge of its domain, inwards.

    A step of the cube root of the rounding error balances truncation against rounding: about 10 digits. It is a share
    of the error; where rounding spoils that, or the error means nothing, of the prediction.
    """
    kind = np.result_type(p, y, np.float64)
    p, y = p.astype(kind), y.astype(kind)
    slopes = np.empty_like(p)
    for column in [...] if p.ndim == 1 else [(slice(None), k) for k in range(p.shape[1])]:
        x = p[column]
        error = np.maximum(np.abs(x - y[column]), 2 * np.spacing(np.abs(x)) / SHARE)
        fine, miss_of_fine = _difference(loss, p, y, column, SHARE * error)
        wide, miss_of_wide = _difference(loss, p, y, column, SHARE * np.maximum(1.0, np.abs(x)))
        slopes[column] = np.where((miss_of_fine <= ENOUGH * np.abs(fine)) | (miss_of_fine < miss_of_wide), fine, wide)
    return slopes


def _difference(loss, p: np.ndarray, y: np.ndarray, column, step: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the slope over a step, and how far it may be off: what half the step changes, and rounding."""
    x = p[column]

    def at(q):
        moved = p.copy()
        moved[column] = q
        return np.asarray(loss.formula(moved, y), p.dtype)

    def slope(by):
        by = (x + by) - x  # a step that both sides can take exactly
        low, high = (np.where(loss.prediction.contains(q), q, x) for q in (x - by, x + by))
        left, right = at(low), at(high)
        middle = (right - left) / (high - low)
        edge = (low == x) | (high == x)
        if edge.any():  # a parabola through three points to one side
            inwards = np.where(high == x, -by, by)
            near, far = (np.where(edge, x + k * inwards, x) for k in (1, 2))
            curve = 4 * at(near) - at(far) - 3 * at(x)
            middle = np.where(edge, curve / (2 * inwards), middle)
        return middle, np.maximum(np.abs(left), np.abs(right))

    (whole, size), (half, _) = slope(step), slope(step / 2)
    miss = np.abs(whole - half) + np.finfo(np.float64).eps * size / step
    return whole, np.where(np.isnan(miss), np.inf, miss)
