"""The curves that the data allow: how low and how high a probability can be, where data are and where none are."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from lossutils.chapters.ch08.fits import draw_labels, draw_no_data
from lossutils.numerics import sigmoid
from lossutils.plot.labels import dark
from lossutils.plot.paper import BLUE, GREEN, INK, ON_TOP, RED, SIZE, axes, blank, name_axes, on_paper, show
from lossutils.plot.texts import number


@on_paper
def band_of_curves(
    x,
    y,
    w,
    kept,
    xlabel: str,
    ylabel: str,
    ask: float,
    threshold: float,
    threshold_says: str,
    *,
    caption: str = "",
) -> None:
    """Draw labels over x, the curve σ(w₀ + w₁ x), and the band of all curves that are kept, from `ask` to the data.

    `x` and `y` are (n,), `w` is (2,), `kept` (m, 2): a row for each curve that the data allow. `threshold` is a
    probability, and `threshold_says` what happens above it.
    """
    x, y, w, kept = (np.asarray(thing, float) for thing in (x, y, w, kept))
    fig = blank(4.6)
    ax = axes(fig, 0.85, 0.65, 0.3, 0.45)
    low, high = min(ask, x.min()) - 1.5, max(ask, x.max()) + 3.5
    ax.set(xlim=(low, high), ylim=(-0.22, 1.24))
    draw_no_data(ax, x, ask)
    grid = np.linspace(low, high, 121)
    bottom, top = ends(kept, grid)
    ax.fill_between(grid, bottom, top, color=BLUE, alpha=0.22, lw=0, zorder=1)
    for edge in (bottom, top):
        ax.plot(grid, edge, color=BLUE, lw=1.3, ls=(0, (5, 2)), zorder=2)
    ax.plot(grid, sigmoid(w[0] + w[1] * grid), color=RED, zorder=3)
    draw_labels(ax, x, y, 0.013 * (high - low))
    ax.axhline(threshold, color=GREEN, lw=1.8, ls=(0, (1.2, 1.6)), zorder=2)
    _say(ax, low + 0.4, threshold + 0.065, threshold_says, GREEN)
    _mark(ax, ask, *(float(end[0]) for end in ends(kept, np.array([ask]))))
    _name(ax, grid, sigmoid(w[0] + w[1] * grid), bottom)
    name_axes(ax, xlabel, ylabel)
    show(fig, _words(x, y, w, kept, xlabel, ylabel, ask, threshold), caption)


def ends(kept: np.ndarray, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the lowest and the highest probability that the curves give at each place."""
    scores = [kept[:, 0] + kept[:, 1] * place for place in places]
    return sigmoid(np.array([s.min() for s in scores])), sigmoid(np.array([s.max() for s in scores]))


def _mark(ax: Axes, ask: float, low: float, high: float) -> None:
    """The span of what the curves say at the place that is asked."""
    ax.plot([ask, ask], [low, high], color=INK, lw=2.4, marker="_", ms=12, mew=2.4, zorder=5)
    _say(ax, ask + 0.8, low - 0.28, f"at {number(ask)}: from {low:.2f} up", INK)


def _name(ax: Axes, grid, curve, bottom) -> None:
    """Write the curve's name beside it, with a line to where it falls, and the band's name into the band."""
    k = int(np.argmin(np.abs(curve - 0.5)))
    line = {"arrowstyle": "-", "color": RED, "lw": 1.4, "shrinkA": 2, "shrinkB": 0}
    words = {"fontsize": SIZE, "color": dark(RED), "va": "center", "arrowprops": line}
    ax.annotate("the fitted curve", (grid[k], curve[k]), (grid[k] + 7, curve[k] + 0.28), zorder=6, **words)
    _say(ax, grid[0] + 3, (1 + bottom[0]) / 2 - 0.05, "all curves that the data allow", BLUE)


def _say(ax: Axes, x: float, y: float, text: str, colour) -> None:
    ax.text(x, y, text, fontsize=SIZE, color=dark(colour), va="center", **ON_TOP)


def _words(x, y, w, kept, xlabel, ylabel, ask, threshold) -> str:
    def at(place):
        low, high = (float(end[0]) for end in ends(kept, np.array([place])))
        fitted = float(sigmoid(np.array([w[0] + w[1] * place]))[0])
        return f"at {number(place)} from {number(low, 2)} to {number(high, 2)}, the fitted curve {number(fitted)}"

    places = [ask, x.min(), float(np.median(x)), x.max()]
    return (
        f"{len(x)} labels ({int(y.sum())} ones) over {xlabel}, and {ylabel}: a fitted curve and the band of all curves "
        f"that the data allow: {'; '.join(map(at, places))}. The threshold is {number(threshold, 2)}."
    )
