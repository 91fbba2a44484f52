"""What a formula alone does not give in closed form: its slope, its best constant, whether it shows bad input."""

from __future__ import annotations

import numpy as np

from lossutils.domain import CLASSES


def numerical_derivative(loss, p: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Central difference of a loss's formula, one number (or one column) at a time, inside its domain.

    The step, the cube root of the rounding error, balances truncation against rounding: about 10 digits.
    """
    p, y = p.astype(np.float64), y.astype(np.float64)
    step = np.finfo(np.float64).eps ** (1 / 3) * np.maximum(1.0, np.abs(p))
    low, high = p - step, p + step
    low = np.where(loss.prediction.contains(low), low, p)
    high = np.where(loss.prediction.contains(high), high, p)
    if not loss.row_wise:
        return (loss.formula(high, y) - loss.formula(low, y)) / (high - low)
    slopes = np.empty_like(p)
    for k in range(p.shape[1]):
        up, down = p.copy(), p.copy()
        up[:, k], down[:, k] = high[:, k], low[:, k]
        slopes[:, k] = (loss.formula(up, y) - loss.formula(down, y)) / (high[:, k] - low[:, k])
    return slopes


def total_tells(loss) -> bool:
    """Try whether nan and infinities in prediction or target always make the loss nan or infinite."""
    rng = np.random.RandomState(0)
    shape = (9, 3) if loss.row_wise else (9,)
    good_p, good_y = loss.prediction.draw(rng, shape), loss.target.draw(rng, shape)
    if loss.target is CLASSES:
        good_y = np.eye(3)[rng.randint(0, 3, 9)]
    bad = np.resize([np.nan, np.inf, -np.inf], 9)
    illegal = ~loss.prediction.contains(bad)
    bad_p, bad_y = good_p.copy(), good_y.copy()
    if loss.row_wise:
        bad_p[:, 1], bad_y[:, 1] = bad, bad
    else:
        bad_p, bad_y = bad, bad
    pairs = [(bad_p[illegal], good_y[illegal])]
    if loss.target is not CLASSES:  # class numbers and memberships are checked before
        pairs += [(good_p, bad_y), (bad_p[illegal], bad_y[illegal])]
        pairs += [(bad_p[illegal], np.roll(bad_y[illegal], 1, axis=0))]
    with np.errstate(all="ignore"):
        return not any(np.isfinite(loss._value(p, y)).any() for p, y in pairs)


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


def best_constant(loss, y: np.ndarray, w: np.ndarray):
    """Return the constant with the least mean loss, searched everywhere: the loss may have several minima.

    A grid over the targets' range (and the targets themselves) finds the valley, golden sections its bottom, and
    where the bottom is flat, its middle. Raises NotImplementedError for row-wise losses, which state their own.
    """
    if loss.row_wise:
        raise NotImplementedError(f"{loss.name} states no best constant")

    def risk(c: np.ndarray) -> np.ndarray:
        c = np.atleast_1d(c)
        with np.errstate(all="ignore"):
            return np.array([np.average(loss.formula(np.full_like(y, one), y), weights=w) for one in c])

    grid = _grid(loss, y)
    values = risk(grid)
    best = int(np.nanargmin(values))
    low, high = grid[max(best - 1, 0)], grid[min(best + 1, len(grid) - 1)]
    bottom = _golden(risk, low, high)
    if risk(bottom)[0] > values[best]:
        bottom = grid[best]
    return _middle_of_flat(risk, bottom, low, high)


def _grid(loss, y: np.ndarray) -> np.ndarray:
    low, high = float(y.min()), float(y.max())
    if loss.target is not loss.prediction:  # scores: far enough out that every label is settled
        low, high = -40.0, 40.0
    low, high = max(low, loss.prediction.low), min(high, loss.prediction.high)
    grid = np.unique(np.concatenate([np.linspace(low, high, 401), y[(y >= low) & (y <= high)]]))
    return grid[loss.prediction.contains(grid)]


def _golden(risk, low: float, high: float) -> float:
    ratio = (np.sqrt(5) - 1) / 2
    while high - low > 1e-12 * max(1.0, abs(low), abs(high)):
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        at_left, at_right = risk(np.array([left, right]))
        if at_left <= at_right:
            high = right
        if at_right <= at_left:
            low = left
    return (low + high) / 2


def _middle_of_flat(risk, bottom: float, low: float, high: float) -> float:
    """Widen from the bottom to both sides while the risk stays the same, and return the middle."""
    least = risk(bottom)[0]
    limit = least + 1e-14 * max(1.0, abs(least))
    ends = []
    for end in (low, high):
        inside, outside = bottom, end
        if risk(end)[0] <= limit:
            inside = end
        for _ in range(60):
            middle = (inside + outside) / 2
            inside, outside = (middle, outside) if risk(middle)[0] <= limit else (inside, middle)
        ends.append(inside)
    return float(sum(ends) / 2)
