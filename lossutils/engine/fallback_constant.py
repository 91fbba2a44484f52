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
        bottom, flat = _Valley(loss, grid, first, last, y, w).bottom(), grid[last if first == 0 else first]
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


class _Valley:
    """Neighbours on the grid where the mean loss is lowest, and the two beside them, between which its bottom lies."""

    def __init__(self, loss, grid: np.ndarray, first: int, last: int, y: np.ndarray, w: np.ndarray):
        self.loss, self.y, self.w = loss, y, w
        self.first, self.last = grid[first], grid[last]
        self.second, self.last_but_one = grid[min(first + 1, last)], grid[max(last - 1, 0)]
        self.low, self.high = grid[max(first - 1, 0)], grid[min(last + 1, len(grid) - 1)]
        self.open_right = last == len(grid) - 1 and loss.prediction.high == np.inf
        self.open_left = first == 0 and loss.prediction.low == -np.inf
        self.rounding = 0.0  # of a slope

    def slope(self, c: float) -> float:
        """Return the mean slope at a constant."""
        return float(mean_over(self.loss.derivative, np.array([c]), self.y, self.w)[0])

    def as_low(self, c: float, goal: float) -> bool:
        """Say whether the mean loss at a constant is no higher than at another one."""
        return bool(mean_over(self.loss.formula, np.array([c, goal]), self.y, self.w) @ [1, -1 - 1e-14] <= 0)

    def side(self, c: float) -> int:
        """-1 to the left of the bottom, 0 in it, 1 to the right; a flat that is higher up belongs to its side."""
        steep = self.slope(c)
        if abs(steep) > self.rounding:
            return int(np.sign(steep))
        return 0 if self.as_low(c, self.first) else int(np.sign(c - self.first))

    def bottom(self) -> float:
        """Return the middle of all constants where the mean slope is 0; where the loss levels out, where that begins.

        Infinite where it falls for ever.
        """
        labels = self.loss.target is LABEL
        if self.open_right:
            flat = self.slope(self.second) == 0 and not (labels and self.first > ENDLESS)
            return self.begins(self.low, self.first, self.last) if flat else np.inf
        if self.open_left:
            flat = self.slope(self.last_but_one) == 0 and not (labels and self.last < -ENDLESS)
            return self.ends(self.last, self.high, self.first) if flat else -np.inf
        left, right = self.edges()
        middle = left / 2 + right / 2
        if not self.loss.states("derivative") and right - left > 1e-3 * (self.high - self.low):
            left, right = self.begins(self.low, middle, middle), self.ends(middle, self.high, middle)
            middle = left / 2 + right / 2  # numerical slopes had blurred the ends of a flat bottom
        nearest = float(self.y[np.argmin(np.abs(self.y - middle))])
        close = max(4 * np.spacing(abs(middle)), 1e-12 * (right - left))
        return nearest if abs(nearest - middle) <= close else middle

    def begins(self, start: float, end: float, goal: float) -> float:
        """Return the first constant between start and end that is as low as the goal."""
        return change(lambda c: self.as_low(c, goal), start, end)

    def ends(self, start: float, end: float, goal: float) -> float:
        """Return the last constant between start and end that is as low as the goal."""
        return -change(lambda c: self.as_low(-c, goal), -end, -start)

    def edges(self) -> tuple[float, float]:
        """Return where the mean slope becomes 0, and where it ceases to be."""
        three = np.array([self.low, self.first, self.high])
        sizes = mean_over(lambda p, t: np.abs(self.loss.derivative(p, t)), three, self.y, self.w)
        share = 1e-12 if self.loss.states("derivative") else 1e-9
        self.rounding = share * float(sizes[np.isfinite(sizes)].max(initial=0.0))
        inside = self.side(self.first)
        start, end = (self.first, self.high) if inside < 0 else (self.low, self.first)
        left = start if self.side(start) >= 0 else change(lambda c: self.side(c) >= 0, start, end)
        start, end = (self.low, self.first) if inside > 0 else (self.first, self.high)
        right = end if self.side(end) <= 0 else change(lambda c: self.side(c) > 0, start, end)
        return left, right


def _lowest(loss, low: float, high: float, y: np.ndarray, w: np.ndarray) -> float:
    """Return the lowest point by comparing values: to the last digit at a kink, to half of the digits elsewhere."""
    for _ in range(30):  # 9 points at a time, and each round leaves a quarter
        points = np.linspace(low, high, 9)
        risks = np.where(loss.prediction.contains(points), mean_over(loss.formula, points, y, w), np.inf)
        i = int(np.argmin(risks))
        low, high = points[max(i - 1, 0)], points[min(i + 1, 8)]
    return float(low / 2 + high / 2)
