"""The best constant of a loss that states none: searched over a grid, and then by halving."""

from __future__ import annotations

import numpy as np

from lossutils.engine import loss_complaints
from lossutils.engine.best_constants import change
from lossutils.engine.domain import LABEL

ENDLESS = 30.0  # a score beyond which a loss of labels is flat by rounding only: e^-30 is 1e-13


def best_constant(loss, y: np.ndarray, w: np.ndarray) -> float:
    """Return the constant with the least mean loss, searched everywhere: the loss may have several minima.

    A grid over the targets and far beyond finds the valleys. The sign of the mean slope finds the bottom of each, from
    both sides, so that the middle of a flat bottom comes out; values alone would give only half of the digits.
    Infinite where the loss falls for ever. Raises NotImplementedError for row-wise losses, which state their own.
    """
    if loss.row_wise:
        raise NotImplementedError(f"{loss.name} states no best constant")
    y, w = y[w > 0], w[w > 0] / w.sum()
    grid = _grid(loss, y)
    sample = loss.formula(grid[[0, 0, 0]], np.resize(y, 3))
    if np.shape(sample) != (3,) or not isinstance(sample, np.ndarray):
        raise loss_complaints.formula(loss.name, sample, 3)
    risks = mean_over(loss.formula, grid, y, w)
    bottoms, depths = [], []
    for first, last in _valleys(risks):
        bottom, flat = _bottom(loss, grid, first, last, y, w), grid[last if first == 0 else first]
        if np.isinf(bottom):
            points = np.array([bottom])
            depth = risks[[last if bottom > 0 else first]]
        else:
            points = [bottom, flat, *y[np.argsort(np.abs(y - bottom))[:2]]]
            if not loss.states("derivative"):  # a kink hides from numerical slopes
                reach = 1e-4 * max(1.0, abs(bottom))
                points.append(_lowest(loss, bottom - reach, bottom + reach, y, w))
            points = np.array(points)[loss.prediction.contains(points)]
            depth = mean_over(loss.formula, points, y, w)
        bottoms.append(points)
        depths.append(depth)
    bottoms, depths = np.concatenate(bottoms), np.concatenate(depths)
    return float(bottoms[np.argmax(depths <= depths.min() + 1e-14 * abs(depths.min()))])


def mean_over(f, points: np.ndarray, y: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Return the weighted mean of f(c, y) for each constant c of `points`; inf where it can't be computed."""
    step = max(1, 65_536 // len(y))
    means = []
    with np.errstate(all="ignore"):
        for c in (points[i : i + step] for i in range(0, len(points), step)):
            values = f(np.repeat(c, len(y)), np.tile(y, len(c))).reshape(len(c), len(y))
            means.append(np.sum(values * w, axis=1))
    means = np.concatenate(means)
    return np.where(np.isnan(means), np.inf, means)


def _grid(loss, y: np.ndarray) -> np.ndarray:
    """Return legal constants in order: evenly over the targets' range, some targets, and ever further out."""
    low, high = float(y.min()), float(y.max())
    span = max(high - low, 1e-3 * abs(low), 1e-3)
    targets = np.unique(y)
    targets = targets[np.linspace(0, len(targets) - 1, 401).astype(int)]
    pieces = [np.linspace(low, high, 401), targets]
    for share in (0.25, 0.5, 0.75):  # a narrow loss has its valley between two targets, whatever lies far away
        pieces.append((1 - share) * targets[:-1] + share * targets[1:])
    if loss.target is not loss.prediction:  # scores: far enough out that every label is settled
        pieces.append(np.linspace(-40, 40, 401))
        low, high, span = min(low, -40.0), max(high, 40.0), max(span, 40.0)
    steps = span * 2.0 ** np.arange(-8, 24)
    pieces += [low - steps, high + steps]
    grid = np.unique(np.concatenate(pieces))
    grid = grid[loss.prediction.contains(grid)]
    for end in (loss.prediction.low, loss.prediction.high):
        if np.isfinite(end):  # towards the edge of the domain, and on it where that is legal
            nearest = grid[np.argmin(np.abs(grid - end))] if len(grid) else (low + high) / 2
            grid = np.append(grid, end + (nearest - end) * np.append(4.0 ** -np.arange(1, 12), 0.0))
    grid = np.unique(grid)
    return grid[loss.prediction.contains(grid)]


def _valleys(risks: np.ndarray) -> list[tuple[int, int]]:
    """Return first and last index of the nine lowest local minima, from left to right; equal neighbours are one."""
    least = float(risks.min())
    same = 1e-14 * max(abs(least), float(np.median(risks)) - least if np.isfinite(np.median(risks)) else 0.0)
    with np.errstate(invalid="ignore"):  # inf - inf
        rises = np.flatnonzero(~(np.abs(np.diff(risks)) <= same)) + 1
    firsts, lasts = np.append(0, rises), np.append(rises, len(risks)) - 1
    heights = np.concatenate([[np.inf], risks[firsts], [np.inf]])
    runs = np.flatnonzero((heights[1:-1] <= heights[:-2]) & (heights[1:-1] <= heights[2:]) & (heights[1:-1] < np.inf))
    lowest = np.sort(runs[np.argsort(risks[firsts[runs]], kind="stable")[:9]])
    return [(int(firsts[run]), int(lasts[run])) for run in lowest]


def _bottom(loss, grid: np.ndarray, first: int, last: int, y: np.ndarray, w: np.ndarray) -> float:
    """Return the middle of all constants around grid[first:last + 1] where the mean slope is 0."""

    def slope(c: float) -> float:
        return float(mean_over(loss.derivative, np.array([c]), y, w)[0])

    def as_low(c: float, goal: float) -> bool:
        return bool(mean_over(loss.formula, np.array([c, goal]), y, w) @ [1, -1 - 1e-14] <= 0)

    low, high = grid[max(first - 1, 0)], grid[min(last + 1, len(grid) - 1)]
    labels = loss.target is LABEL
    if last == len(grid) - 1 and loss.prediction.high == np.inf:
        flat = slope(grid[min(first + 1, last)]) == 0 and not (labels and grid[first] > ENDLESS)
        return change(lambda c: as_low(c, grid[last]), low, grid[first]) if flat else np.inf
    if first == 0 and loss.prediction.low == -np.inf:
        flat = slope(grid[max(last - 1, 0)]) == 0 and not (labels and grid[last] < -ENDLESS)
        return -change(lambda c: as_low(-c, grid[0]), -high, -grid[last]) if flat else -np.inf
    stated = loss.states("derivative")
    inside = grid[first]
    sizes = mean_over(lambda p, t: np.abs(loss.derivative(p, t)), np.array([low, inside, high]), y, w)
    rounding = (1e-12 if stated else 1e-9) * float(sizes[np.isfinite(sizes)].max(initial=0.0))

    def side(c: float) -> int:
        """-1 to the left of the bottom, 0 in it, 1 to the right; a flat that is higher up belongs to its side."""
        steep = slope(c)
        if abs(steep) > rounding:
            return int(np.sign(steep))
        return 0 if as_low(c, inside) else int(np.sign(c - inside))

    at = side(inside)
    start, end = (inside, high) if at < 0 else (low, inside)  # where the bottom begins
    left = start if side(start) >= 0 else change(lambda c: side(c) >= 0, start, end)
    start, end = (low, inside) if at > 0 else (inside, high)  # where it ends
    right = end if side(end) <= 0 else change(lambda c: side(c) > 0, start, end)
    middle = left / 2 + right / 2
    if not stated and right - left > 1e-3 * (high - low):  # numerical slopes blur the ends of a flat bottom
        left = change(lambda c: as_low(c, middle), low, middle)
        right = -change(lambda c: as_low(-c, middle), -high, -middle)
        middle = left / 2 + right / 2
    nearest = float(y[np.argmin(np.abs(y - middle))])
    close = max(4 * np.spacing(abs(middle)), 1e-12 * (right - left))
    return nearest if abs(nearest - middle) <= close else middle


def _lowest(loss, low: float, high: float, y: np.ndarray, w: np.ndarray) -> float:
    """Return the lowest point by comparing values: to the last digit at a kink, to half of the digits elsewhere."""
    for _ in range(30):  # 9 points at a time, and each round leaves a quarter
        points = np.linspace(low, high, 9)
        risks = np.where(loss.prediction.contains(points), mean_over(loss.formula, points, y, w), np.inf)
        i = int(np.argmin(risks))
        low, high = points[max(i - 1, 0)], points[min(i + 1, 8)]
    return float(low / 2 + high / 2)
