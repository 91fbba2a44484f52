"""A rare class: who is found at which price, whether the probabilities are true, and what the mistakes cost."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes

from lossutils import evaluation
from lossutils.numerics import sigmoid
from lossutils.plot.labels import LINE, axes_for_labels, label_ends, look, note
from lossutils.plot.paper import (
    BLUE,
    GREEN,
    GREY,
    PAPER,
    RED,
    axes,
    blank,
    name_axes,
    on_paper,
    own_style,
    png,
    quiet,
    show,
)
from lossutils.plot.texts import number

BINS = evaluation.equal_widths(10)
THRESHOLDS = np.geomspace(0.003, 0.95, 160)
HISTOGRAM = evaluation.equal_widths(25)


def precision_by_recall(p: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return recall and precision for every threshold that calls at least one positive right, highest first."""
    order = np.argsort(-p, kind="stable")
    hits = np.cumsum(y[order])
    last = np.append(np.diff(p[order]) != 0, True) & (hits > 0)  # equal probabilities are called together
    return (hits / hits[-1])[last], (hits / np.arange(1, len(y) + 1))[last]


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
    """Draw repeated runs: for each name (runs, n) a band from the least to the largest, and the mean, over x (n,)."""
    fig = blank(max(4.0, 1.3 + LINE * len(curves)) + (0.3 if title else 0))
    ax = axes_for_labels(fig, curves, top=0.75 if title else 0.45)
    if logx:
        ax.set_xscale("log")
        ax.set_xticks(x, [number(place) for place in x])
        ax.minorticks_off()
    drawn, parts = [], []
    for k, (name, runs) in enumerate(curves.items()):
        low, high, mean = np.min(runs, axis=0), np.max(runs, axis=0), np.mean(runs, axis=0)
        ax.fill_between(x, low, high, color=look(k)["color"], alpha=0.18, lw=0)
        drawn += ax.plot(x, mean, label=name, **look(k))
        ends = [f"{number(low[i], 2)} to {number(high[i], 2)} at {number(x[i])}" for i in (0, -1)]
        parts.append(f"{name}: {ends[0]}, {ends[1]}")
    name_axes(ax, xlabel, ylabel, title)
    label_ends(ax, drawn)
    opening = f"{title.rstrip('.')}. " if title else ""
    runs = len(next(iter(curves.values())))
    show(fig, f"{opening}{ylabel} against {xlabel}, the range of {runs} runs: {'; '.join(parts)}.", caption)


@on_paper
def ranking_and_calibration(
    y, scores: Mapping[str, np.ndarray], marks: Mapping[str, tuple[str, float]], *, caption: str = ""
) -> None:
    """Draw what networks find, and whether their probabilities are true: precision against recall, and reliability.

    `y` and each of the named scores are (n,). `marks` names points: the scores' name and a threshold.
    """
    y = np.asarray(y, float)
    p = {name: sigmoid(z) for name, z in scores.items()}
    looks = {name: look(k) for k, name in enumerate(p)}
    fig = blank(4.2)
    left, right = axes(fig, 0.65, 0.65, 3.95, 0.45), axes(fig, 4.5, 0.65, 0.25, 0.45)
    for k, (name, said) in enumerate(p.items()):
        left.plot(*precision_by_recall(said, y), lw=1.8, **{**looks[name], "marker": ""})
        mean, share, count = evaluation.reliability(said, y, BINS)
        right.plot(mean, share, lw=1, alpha=0.6, **{**looks[name], "marker": ""})
        colour, marker = looks[name]["color"], looks[name]["marker"]
        right.scatter(mean, share, 10 + 22 * np.log10(count), color=colour, marker=marker, zorder=4)
        note(right, 0.05, 0.93 - 0.1 * k, name, colour)
    points = {
        name: (evaluation.recall(p[whose], y, threshold), evaluation.precision(p[whose], y, threshold))
        for name, (whose, threshold) in marks.items()
    }
    for rank, name in enumerate(sorted(points, key=lambda name: -points[name][0])):  # so that no line meets a name
        colour, place = looks[marks[name][0]]["color"], (0.97 - 0.15 * rank, 0.95 - 0.11 * rank)
        left.plot(*points[name], "o", ms=11, mec=PAPER, mew=1.3, color=colour, zorder=5)
        left.annotate(
            "",
            points[name],
            place,
            textcoords="axes fraction",
            zorder=2,
            arrowprops={"arrowstyle": "-", "color": colour, "lw": 0.9, "shrinkB": 6, "shrinkA": 8},
        )
        note(left, *place, name, colour, ha="right", va="center")
    parts = [f"{name}: recall {number(r, 2)}, precision {number(q, 2)}" for name, (r, q) in points.items()]
    right.plot([0, 1], [0, 1], color=GREY, lw=1.2, zorder=1)
    left.set(xlim=(0, 1.02), ylim=(0, 1.02))
    right.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.02))
    name_axes(left, "recall", "precision")
    name_axes(right, "mean probability in the bin", "share of positives")
    off = ", ".join(f"{name} {number(evaluation.ece(said, y, BINS), 2)}" for name, said in p.items())
    show(
        fig,
        f"Left, precision against recall; {'; '.join(parts)}. Right, share of positives against mean probability "
        f"in ten bins of equal width; mean distance from the diagonal: {off}.",
        caption,
    )


@quiet
class RareClass:
    """Four views of one network's scores for a rare class, drawn once, in which only the lines and points move.

    Precision against recall with the plain network behind it, reliability in ten bins of equal width, the histogram of
    the probabilities, and the cost of the mistakes over the threshold.
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
        self.ece = evaluation.ece(self.p, self.y, BINS)
        self.cost = evaluation.cost(self.p, self.y, miss, 1, threshold)
        self._curve.set_data(*precision_by_recall(self.p, self.y))
        self._point.set_data([self.recall], [self.precision])
        mean, share, count = evaluation.reliability(self.p, self.y, BINS)
        self._reliable.set_offsets(np.column_stack([mean, share]))
        self._reliable.set_sizes(20 + 25 * np.log10(count))
        for label, steps in enumerate(self._steps):
            steps.set_data(np.maximum(np.histogram(self.p[self.y == label], HISTOGRAM)[0], 0.5))
        self._line.set_xdata([threshold, threshold])
        self._draw_costs()
        return self

    def png(self) -> bytes:
        """Return the picture as it stands."""
        return png(self.figure)

    def state(self) -> str:
        """Say what is found, whether the probabilities are true, and what it costs."""
        found = f"recall {number(self.recall, 2)}, precision {number(self.precision, 2)}"
        true = f"mean p {number(self.p.mean(), 2)}, ECE {number(self.ece, 2)}"
        return f"{self.name}: {found}, {true}, cost {self.cost:g}."

    def words(self) -> str:
        """Describe the whole picture."""
        return (
            f"{int(self.y.sum())} positives among {len(self.y)}, threshold {number(self.threshold, 3)}, a miss costs "
            f"{number(self.miss)}. {self.state()} The truth has mean {number(self.y.mean(), 2)}. The least cost, "
            f"{self.least:g}, is at threshold {number(self.best, 2)}."
        )

    def _draw_costs(self) -> None:
        positive, negative = np.sort(self.p[self.y == 1]), np.sort(self.p[self.y == 0])
        missed = np.searchsorted(positive, THRESHOLDS, "right")
        costs = self.miss * missed + len(negative) - np.searchsorted(negative, THRESHOLDS, "right")
        best = int(np.argmin(costs))
        self.best, self.least = float(THRESHOLDS[best]), float(costs[best])
        self._costs.set_data(THRESHOLDS, costs)
        self._here.set_data([self.threshold], [self.cost])
        self._lowest.set_data([self.best], [self.least])
        self._below_right.set_ylim(0, 1.08 * max(costs.max(), self.cost))

    def _draw(self, plain: np.ndarray) -> None:
        """Draw what stays, and the things that will move."""
        self.figure = blank(6.4)
        left, right = (0.7, 4.0), (4.5, 0.25)
        upper, lower = (3.85, 0.42), (0.65, 3.65)

        def panel(side, height) -> Axes:
            return axes(self.figure, side[0], height[0], side[1], height[1])

        found, true = panel(left, upper), panel(right, upper)
        spread, self._below_right = panel(left, lower), panel(right, lower)
        found.plot(*precision_by_recall(plain, self.y), color=GREY, lw=1.6, ls=(0, (4, 2)))
        note(found, 0.04, 0.05, "dashed: plain loss", GREY, va="bottom")
        (self._curve,) = found.plot([], [], color=BLUE)
        (self._point,) = found.plot([], [], "o", color=RED, ms=12, mec=PAPER, mew=1.5, zorder=5)
        found.set(xlim=(0, 1.02), ylim=(0, 1.02))
        true.plot([0, 1], [0, 1], color=GREY, lw=1.2)
        self._reliable = true.scatter([], [], color=BLUE, zorder=4)
        true.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.02))
        self._steps = [
            spread.stairs(
                np.ones(len(HISTOGRAM) - 1), HISTOGRAM, baseline=0.5, fill=fill, color=colour, alpha=alpha, lw=2
            )
            for fill, colour, alpha in ((True, BLUE, 0.35), (False, GREEN, 1.0))
        ]
        spread.set(yscale="log", xlim=(0, 1), ylim=(0.5, 2 * len(self.y)))
        spread.minorticks_off()
        for height, text, colour in ((0.98, "filled: negatives", BLUE), (0.86, "line: positives", GREEN)):
            note(spread, 0.97, height, text, colour, ha="right")
        self._line = spread.axvline(0.5, color=RED, lw=1.6, ls=(0, (4, 2)), zorder=5)
        costs = self._below_right
        (self._costs,) = costs.plot([], [], color=BLUE)
        (self._lowest,) = costs.plot([], [], "D", color=GREEN, ms=8, zorder=4)
        (self._here,) = costs.plot([], [], "o", color=RED, ms=12, mec=PAPER, mew=1.5, zorder=5)
        costs.set(xscale="log", xlim=(0.0028, 1))
        costs.set_xticks([0.01, 0.1, 1], ["0.01", "0.1", "1"])
        costs.minorticks_off()
        name_axes(found, "recall", "precision")
        name_axes(true, "mean probability in the bin", "share of positives")
        name_axes(spread, "probability", "number of samples")
        name_axes(costs, "threshold", "cost of all mistakes")


def rare_class(y, scores, plain, threshold: float, miss: float, name: str, *, caption: str = "") -> None:
    """Draw the four views of one network's scores: the still picture of the widget of the same name."""
    picture = RareClass(y, plain).at(scores, threshold, miss, name)
    show(picture.figure, picture.words(), caption)
