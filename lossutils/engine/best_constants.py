"""Best constants in closed form or by a few exact steps, for several losses: quantiles, expectiles, shares."""

from __future__ import annotations

import numpy as np


def class_shares(y: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Return the share of each class, (K,), of weighted class numbers (n,) or rows of memberships (n, K)."""
    return np.bincount(y, w) / w.sum() if y.ndim == 1 else np.average(y, axis=0, weights=w)


def middle_quantile(y: np.ndarray, w: np.ndarray, tau: float) -> float:
    """Return the midpoint of all tau-quantiles of weighted targets: where the share below passes tau.

    Not `np.quantile`'s interpolation, which is not a minimiser of the pinball loss.
    """
    order = np.argsort(y, kind="stable")
    y, w = y[order][w[order] > 0], w[order][w[order] > 0]
    share = np.cumsum(w)
    goal = tau * share[-1]
    rounding = 1e-12 * share[-1]
    first = int(np.searchsorted(share, goal - rounding))  # the share below y[first] has not reached tau
    last = min(int(np.searchsorted(share, goal + rounding)), len(y) - 1)
    return float(y[first] / 2 + y[last] / 2)


def expectile(y: np.ndarray, w: np.ndarray, tau: float) -> float:
    """Return the tau-expectile: the mean once each side is weighted by its price; a few rounds reach it exactly."""
    c = np.average(y, weights=w)
    for _ in range(100):
        price = w * np.where(y > c, tau, 1 - tau)
        new = np.average(y, weights=price)
        if new == c:
            break
        c = new
    return float(c)


def change(is_right, low: float, high: float) -> float:
    """Return where `is_right` turns true between low, where it is false, and high, by halving to the last digit."""
    while low < (middle := low / 2 + high / 2) < high:
        low, high = (low, middle) if is_right(middle) else (middle, high)
    return float(high)
