"""A rare class: who is found at which price, whether the probabilities are true, and what the mistakes cost."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from lossutils import evaluation
from lossutils.chapters.ch12.calibration import FLOOR, bins
from lossutils.chapters.ch12.judging import costs_at
from lossutils.numerics import sigmoid
from lossutils.plot.labels import LINE, axes_for_labels, label_ends, look
from lossutils.plot.paper import (
    BLUE,
    GREEN,
    GREY,
    PAPER,
    RED,
    Drawn,
    axes,
    blank,
    name_axes,
    on_paper,
    own_style,
    quiet,
    show,
)
from lossutils.plot.texts import number

THRESHOLDS = np.geomspace(0.003, 0.95, 160)
HISTOGRAM = evaluation.equal_widths(25)


@on_paper
def ranges(
    x,
    curves: Mapping[str, np.ndarray],
    xlabel: str,
    ylabel: str,
    title: str | None = None,
    *,
    logx: bool = False,
    caption: str = "",
) -> None:
    """Draw repeated runs: for each name (runs, n) a band from the least to the largest, and the median, over x (n,)."""
    fig = blank(max(4.0, 1.3 + LINE * len(curves)) + (0.3 if title else 0))
    ax = axes_for_labels(fig, curves, top=0.75 if title else 0.45)
    if logx:
        ax.set_xscale("log")
        ax.set_xticks(x, [number(place) for place in x])
        ax.minorticks_off()
    drawn, parts = [], []
    for k, (name, runs) in enumerate(curves.items()):
        low, high, middle = np.min(runs, axis=0), np.max(runs, axis=0), np.median(runs, axis=0)
        ax.fill_between(x, low, high, color=look(k)["color"], alpha=0.18, lw=0)
        drawn += ax.plot(x, middle, label=name, **look(k))
        ends = [f"{number(low[i], 3)} to {number(high[i], 3)} at {number(x[i])}" for i in (0, -1)]
        parts.append(f"{name}: {ends[0]}, {ends[1]}")
    name_axes(ax, xlabel, ylabel, title)
    label_ends(ax, drawn)
    opening = f"{title.rstrip('.')}. " if title else ""
    runs = len(next(iter(curves.values())))
    show(fig, f"{opening}{ylabel} against {xlabel}, the range of {runs} runs: {'; '.join(parts)}.", caption)


@quiet
class RareClass(Drawn):
    """Four views of one network's scores for a rare class, drawn once, in which only the lines and points move.

    Precision against recall with the plain network behind it, what was said beside what happened, bin by bin, the
    histogram of the probabilities, and the cost of the mistakes over the threshold.
    """

    def __init__(self, y, plain) -> None:
        self.y = np.asarray(y, float)
        with own_style():
            self._draw(sigmoid(np.asarray(plain, float)))

    def at(self, scores, threshold: float, miss: float, name: str) -> RareClass:
        """Show other scores (n,), another threshold and another cost of a miss; a false alarm costs 1."""
        self.p, self.threshold, self.miss, self.name = sigmoid(np.asarray(scores, float)), threshold, miss, name
        self.recall = evaluation.recall(self.p, self.y, threshold)
        self.precision = evaluation.precision(self.p, self.y, threshold)
        self.hits, self.alarms, _, _ = evaluation.confusion(self.p, self.y, threshold)
        self.cost = evaluation.cost(self.p, self.y, miss, 1, threshold)
        self._curve.set_data(*evaluation.precision_by_recall(self.p, self.y))
        self._point.set_data([self.recall], [self.precision])
        rows = bins(self.p, self.y)
        self._reliable.set_data([row.mean for row in rows], [max(row.share, FLOOR) for row in rows])
        self._bars.set_segments([[(mean, max(low, FLOOR)), (mean, high)] for mean, _, _, low, high in rows])
        for label, steps in enumerate(self._steps):
            steps.set_data(np.maximum(np.histogram(self.p[self.y == label], HISTOGRAM)[0], 0.5))
        self._line.set_xdata([threshold, threshold])
        self._draw_costs()
        return self

    def state(self) -> str:
        """Say what is found, what it costs, and whether the probabilities are true."""
        found = f"finds {self.hits} of {int(self.y.sum())} with {self.alarms} false alarms"
        return f"{self.name}: {found}, cost {self.cost:g}, mean p {number(self.p.mean(), 2)}."

    def words(self) -> str:
        """Describe the whole picture."""
        return (
            f"{int(self.y.sum())} positives among {len(self.y)}, threshold {number(self.threshold, 3)}, a miss costs "
            f"{number(self.miss)}. {self.state()} Recall {number(self.recall, 2)}, precision "
            f"{number(self.precision, 2)}. The truth has mean {number(self.y.mean(), 2)}. The least cost of "
            f"the thresholds tried, {self.least:g}, is at {number(self.best, 2)} (diamond)."
        )

    def _draw_costs(self) -> None:
        costs = costs_at(THRESHOLDS, self.p, self.y, self.miss)
        best = int(np.argmin(costs))
        self.best, self.least = float(THRESHOLDS[best]), float(costs[best])
        self._costs.set_data(THRESHOLDS, costs)
        self._here.set_data([self.threshold], [self.cost])
        self._lowest.set_data([self.best], [self.least])
        self._below_right.set_ylim(0, 1.08 * max(costs.max(), self.cost))

    def _draw(self, plain: np.ndarray) -> None:
        """Draw what stays, and the things that will move."""
        self.figure = blank(6.9)
        left, right = (0.7, 4.0), (4.5, 0.25)
        upper, lower = (4.1, 0.67), (0.65, 4.12)

        def panel(side, height) -> Axes:
            return axes(self.figure, side[0], height[0], side[1], height[1])

        found, true = panel(left, upper), panel(right, upper)
        spread, self._below_right = panel(left, lower), panel(right, lower)
        found.plot(*evaluation.precision_by_recall(plain, self.y), color=GREY, lw=1.6, ls=(0, (4, 2)))
        (self._curve,) = found.plot([], [], color=BLUE)
        (self._point,) = found.plot([], [], "o", color=RED, ms=12, mec=PAPER, mew=1.5, zorder=5)
        found.set(xlim=(0, 1.02), ylim=(0, 1.02))
        true.plot([FLOOR, 1], [FLOOR, 1], color=GREY, lw=1.2)
        self._bars = true.add_collection(LineCollection([], colors=BLUE, lw=2, alpha=0.75))
        (self._reliable,) = true.plot([], [], "o", color=BLUE, ms=8, mec=PAPER, zorder=4, clip_on=False)
        true.set(xscale="log", yscale="log", xlim=(0.002, 1), ylim=(FLOOR, 1))
        true.set_xticks([0.01, 0.1, 1], ["0.01", "0.1", "1"])
        true.set_yticks([FLOOR, 0.01, 0.1, 1], ["0", "0.01", "0.1", "1"])
        true.minorticks_off()
        self._steps = [
            spread.stairs(
                np.ones(len(HISTOGRAM) - 1), HISTOGRAM, baseline=0.5, fill=fill, color=colour, alpha=alpha, lw=2
            )
            for fill, colour, alpha in ((True, BLUE, 0.35), (False, GREEN, 1.0))
        ]
        spread.set(yscale="log", xlim=(0, 1), ylim=(0.5, 2 * len(self.y)))
        spread.minorticks_off()
        self._line = spread.axvline(0.5, color=RED, lw=1.6, ls=(0, (4, 2)), zorder=5)
        costs = self._below_right
        (self._costs,) = costs.plot([], [], color=BLUE)
        (self._here,) = costs.plot([], [], "o", color=RED, ms=15, mec=PAPER, mew=1.5, zorder=5)
        (self._lowest,) = costs.plot([], [], "D", color=GREEN, ms=7, mec=PAPER, mew=1, zorder=6)
        costs.set(xscale="log", xlim=(0.0028, 1))
        costs.set_xticks([0.01, 0.1, 1], ["0.01", "0.1", "1"])
        costs.minorticks_off()
        # The key of each panel stands above it: inside, it would lie on what moves
        name_axes(found, "recall", "precision\ndashed: plain loss")
        name_axes(true, "mean probability in the bin", "share of positives\non the line: what is said is so")
        name_axes(spread, "probability; dashed: threshold", "number of samples\nfilled: negatives, line: positives")
        name_axes(costs, "threshold", "cost of all mistakes\ndot: yours, diamond: least")


def rare_class(y, scores, plain, threshold: float, miss: float, name: str, *, caption: str = "") -> None:
    """Draw the four views of one network's scores: the still picture of the widget of the same name."""
    picture = RareClass(y, plain).at(scores, threshold, miss, name)
    show(picture.figure, picture.words(), caption)
