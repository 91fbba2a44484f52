"""What a classifier promises beside what it keeps: the probability of its answer, and how often the answer is right."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.collections import LineCollection

from lossutils import SoftmaxCrossEntropy, evaluation
from lossutils.numerics import softmax
from lossutils.plot.labels import look, note
from lossutils.plot.paper import BLUE, GREY, PAPER, Drawn, axes, blank, name_axes, on_paper, own_style, quiet, show
from lossutils.plot.texts import number

EDGES = evaluation.equal_widths(10)
LOSS = SoftmaxCrossEntropy()


def promised(z, y) -> tuple[np.ndarray, np.ndarray]:
    """Return the probability that each row's answer gets, and whether the answer is right, 1 or 0: both (n,)."""
    p = softmax(np.asarray(z, float))
    return p.max(axis=1), (p.argmax(axis=1) == y).astype(float)


def _frame(fig, bottom: float, top: float):
    ax = axes(fig, 0.85, bottom, 0.35, top)
    ax.plot([0, 1], [0, 1], color=GREY, lw=1.6, zorder=1)
    ax.set(xlim=(0, 1.03), ylim=(-0.02, 1.02))
    note(ax, 0.985, 0.04, "on the line: kept as promised", GREY, ha="right", va="bottom")
    name_axes(ax, "", "share of right answers in the bin")
    return ax


@on_paper
def promised_and_kept(scores: Mapping[str, np.ndarray], y, *, caption: str = "") -> None:
    """Draw the share of right answers over the mean promised probability, bin by bin, for each of the scores (n, K).

    The bars are intervals of 95 %; the bins are ten of one width.
    """
    fig = blank(4.8)
    ax = _frame(fig, 0.65, 0.45)
    ax.set_xlabel("promised probability, mean in the bin")
    told = []
    for k, (name, z) in enumerate(scores.items()):
        style, rows = look(k), evaluation.bins(*promised(z, y), EDGES)
        for row in rows:
            ax.plot([row.mean, row.mean], [row.low, row.high], color=style["color"], lw=2.4, alpha=0.7, zorder=3)
            look_of_mark = {"color": style["color"], "ms": 10, "mec": PAPER, "mew": 1.2, "zorder": 6 - k}
            ax.plot(row.mean, row.share, style["marker"], **look_of_mark)
        height = 0.95 - 0.09 * k
        ax.plot(0.035, height, style["marker"], color=style["color"], ms=10, mec=PAPER, transform=ax.transAxes)
        note(ax, 0.065, height, name, style["color"], va="center")
        parts = ", ".join(f"{number(row.mean, 2)} promised, {row.hits} of {row.n}" for row in rows)
        told.append(f"{name}: {parts}")
    show(fig, f"Ten bins of one width. {'. '.join(told)}.", caption)


@quiet
class Promises(Drawn):
    """The same picture for one set of scores, drawn once, with the number of rows in each bin under it: `at(epoch, T)`.

    `scores` maps epochs to scores (n, K) of the same rows, `y` (n,) are their class numbers.
    """

    def __init__(self, scores: Mapping[int, np.ndarray], y) -> None:
        self.scores = {epoch: np.asarray(z, float) for epoch, z in scores.items()}
        self.y = np.asarray(y)
        with own_style():
            self._draw()

    def at(self, epoch: int, T: float) -> Promises:
        """Show the scores of this epoch, divided by T."""
        z = self.scores[epoch] / T
        said, right = promised(z, self.y)
        self.epoch, self.T = epoch, T
        self.loss, self.right = LOSS(z, self.y), right.mean()
        self.rows, self.error = evaluation.bins(said, right, EDGES), evaluation.ece(said, right, EDGES)
        self.promise = said.mean()
        self._points.set_data([row.mean for row in self.rows], [row.share for row in self.rows])
        self._bars.set_segments([[(row.mean, row.low), (row.mean, row.high)] for row in self.rows])
        counts = np.histogram(said, EDGES)[0]
        for bar, count in zip(self._counts, counts, strict=True):
            bar.set_height(count)
        self._note.set_text(f"promised {self.promise:.1%}\nkept {self.right:.1%}")
        return self

    def state(self) -> str:
        """Say what is promised and kept, and what it costs."""
        return (
            f"epoch {self.epoch}, T = {number(self.T, 3)}: {self.right:.1%} right, {self.promise:.1%} promised, "
            f"cross-entropy {self.loss:.3f}, calibration error {self.error:.3f}."
        )

    def words(self) -> str:
        """Describe the whole picture."""
        rows = ", ".join(f"{number(row.mean, 2)} promised, {row.hits} of {row.n}" for row in self.rows)
        return f"{self.state()} Bins: {rows}."

    def _draw(self) -> None:
        self.figure = blank(6.0)
        ax = self._ax = _frame(self.figure, 2.3, 0.45)
        ax.tick_params(labelbottom=False)
        (self._points,) = ax.plot([], [], "o", color=BLUE, ms=10, mec=PAPER, mew=1.2, zorder=5, clip_on=False)
        self._bars = ax.add_collection(LineCollection([], colors=BLUE, lw=2.4, alpha=0.7, zorder=3))
        self._note = note(ax, 0.03, 0.95, "", BLUE)
        under = axes(self.figure, 0.85, 0.65, 0.35, 4.25)
        middle = (EDGES[1:] + EDGES[:-1]) / 2
        self._counts = under.bar(middle, np.zeros(len(middle)), 0.09, color=BLUE, alpha=0.6)
        under.set(xlim=(0, 1.03), ylim=(0, len(self.y)))
        name_axes(under, "promised probability", "rows in the bin")


def promise_bins(scores, y, epoch: int, T: float, *, caption: str = "") -> None:
    """Draw what one network promises and keeps: the still picture of the widget of the same name."""
    picture = Promises(scores, y).at(epoch, T)
    show(picture.figure, picture.words(), caption)
