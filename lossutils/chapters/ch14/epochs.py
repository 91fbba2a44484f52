"""What happens over the epochs, in several runs: a band and its median for each curve, in two panels."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lossutils.plot.labels import label_ends, look
from lossutils.plot.paper import GREY, axes, blank, name_axes, on_paper, show
from lossutils.plot.texts import number

HEIGHT, LEFT, RIGHT = 6.0, 0.85, 1.95  # inches
BELOW = 1.7  # inches: the height of the lower panel


@on_paper
def over_epochs(
    epochs,
    above: Mapping[str, np.ndarray],
    below: Mapping[str, np.ndarray],
    names: tuple[str, str],
    limits: tuple[tuple[float, float], tuple[float, float]],
    level_below: float | None = None,
    marks: tuple[int, ...] = (),
    *,
    caption: str = "",
) -> None:
    """Draw named curves over the epochs in two panels, each as the band of all runs and their median.

    `epochs` is (n,), each array is (runs, n); `names` and `limits` are the labels and the ends of the two axes.
    `level_below` is a dotted line in the lower panel, `marks` are epochs with a thin upright line.
    """
    epochs = np.asarray(epochs, float)
    fig = blank(HEIGHT)
    upper = axes(fig, LEFT, 0.65 + BELOW + 0.55, RIGHT, 0.45)
    lower = axes(fig, LEFT, 0.65, RIGHT, HEIGHT - 0.65 - BELOW, sharex=upper)
    told, k = [], 0
    for ax, curves, name, ends in zip((upper, lower), (above, below), names, limits, strict=True):
        drawn = []
        for label, runs in curves.items():
            runs = np.asarray(runs, float)
            style = look(k) | {"marker": ""}
            ax.fill_between(epochs, runs.min(axis=0), runs.max(axis=0), color=style["color"], alpha=0.2, lw=0)
            drawn += ax.plot(epochs, np.median(runs, axis=0), label=label, **style)
            told.append(f"{label}: {_ends(epochs, runs, marks)}")
            k += 1
        ax.set(xlim=(0, epochs[-1]), ylim=ends)
        for mark in marks:
            ax.axvline(mark, color=GREY, lw=1, ls=(0, (1, 3)), zorder=1)
        name_axes(ax, "epoch" if ax is lower else "", name)
        if ax is upper:
            ax.tick_params(labelbottom=False)
        elif level_below is not None:
            ax.axhline(level_below, color=GREY, lw=1.4, ls=(0, (1.2, 1.6)), zorder=1)
        label_ends(ax, drawn)
    if marks:  # their own numbers on the axis, in the place of those that stand too near
        round_ones = [tick for tick in lower.get_xticks() if np.abs(np.subtract(tick, marks)).min() > 0.07 * epochs[-1]]
        lower.set(xticks=sorted({*round_ones, *marks}), xlim=(0, epochs[-1]))
    count = len(next(iter(above.values())))
    show(fig, f"{count} runs over the epochs, the least and the largest value: {'; '.join(told)}.", caption)


def _ends(epochs, runs, marks) -> str:
    """The band at the marked epochs, or at the first and the last one."""
    places = [int(np.argmin(np.abs(epochs - mark))) for mark in marks] or [0, len(epochs) - 1]
    return ", ".join(
        f"{number(runs[:, i].min(), 3)} to {number(runs[:, i].max(), 3)} at {number(epochs[i])}" for i in places
    )
