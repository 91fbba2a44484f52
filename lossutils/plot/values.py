"""Values on an axis, and what one constant costs for all of them: what figures of several chapters draw."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from lossutils.plot.paper import BLUE, PAPER

FEW = 60  # so many values are drawn as dots, more as a histogram


def draw_values(ax: Axes, values: np.ndarray, span: float, colour=BLUE) -> None:
    """Draw few values as stacked dots, many as a histogram, for an axis that shows `span` units."""
    if len(values) > FEW:
        ax.hist(values, bins=36, color=colour, alpha=0.45, edgecolor=PAPER, linewidth=0.8)
        return
    x, height = stacked(values, span / 70)
    ax.plot(x, height, "o", color=colour, ms=6, alpha=0.8, mec=PAPER, mew=0.6)
    ax.set_ylim(0, max(4, height.max()) + 0.9)


def stacked(values: np.ndarray, width: float) -> tuple[np.ndarray, np.ndarray]:
    """Gather values into columns `width` wide and stack a dot for each: (middle of its column, height from 1)."""
    start = np.min(values) - width / 2
    column = np.floor((np.sort(values) - start) / width)
    first = np.searchsorted(column, column)  # the rank of a column's first dot
    return start + (column + 0.5) * width, np.arange(len(column)) - first + 1.0


def mean_losses(loss, constants: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return the mean loss of each constant (m,) as the prediction for all values (n,): shape (m,)."""
    shape = len(constants), len(values)
    return loss.each(np.broadcast_to(constants[:, np.newaxis], shape), np.broadcast_to(values, shape)).mean(axis=1)
