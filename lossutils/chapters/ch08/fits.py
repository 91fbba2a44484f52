"""Labels 0 and 1 over one input, and what fitted functions say of them, where data are and where none are."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from matplotlib.axes import Axes

from lossutils.plot.labels import LINE, axes_for_labels, dark, label_ends, look
from lossutils.plot.paper import BLUE, FAINT, GREY, ON_TOP, PAPER, SIZE, blank, name_axes, on_paper, show
from lossutils.plot.texts import number
from lossutils.plot.values import stacked

STACK = 0.055  # height of a dot on another, where the axis runs from 0 to 1


@on_paper
def label_fits(
    x,
    y,
    fits: Mapping[str, Callable],
    xlabel: str,
    ylabel: str,
    ask: float,
    title: str | None = None,
    *,
    caption: str = "",
) -> None:
    """Draw labels 0 and 1 over x, fitted functions of x, and what each of them says far outside the data, at `ask`.

    `x` and `y` are (n,); a fit takes an array of x and returns its predictions.
    """
    x, y = np.asarray(x, float), np.asarray(y, float)
    fig = blank(max(4.3, 1.3 + LINE * len(fits)) + (0.3 if title else 0))
    ax = axes_for_labels(fig, fits, left=0.85, top=0.75 if title else 0.45)
    low, high = min(ask, x.min()) - 3, max(ask, x.max()) + 3
    said = {name: float(f(np.array([ask]))[0]) for name, f in fits.items()}
    grid = np.linspace(low, high, 240)
    drawn = [
        ax.plot(grid, f(grid), label=name, markevery=(25 + 20 * k, 60), **look(k + 1))[0]
        for k, (name, f) in enumerate(fits.items())
    ]
    draw_labels(ax, x, y, 0.013 * (high - low))
    ax.set(xlim=(low, high), ylim=(min(-0.3, *said.values()), max(1.15, *said.values()) + 0.18))
    draw_no_data(ax, x, ask)
    for end in (0, 1):
        ax.axhline(end, color=GREY, lw=1, zorder=1)
    for line, value in zip(drawn, said.values(), strict=True):
        ax.plot(ask, value, "o", color=line.get_color(), ms=10, mec=PAPER, mew=1.2, zorder=5)
        ax.annotate(
            f"{number(value)} at {number(ask)}",
            (ask, value),
            (12, 5 if value > 1 else -20),
            textcoords="offset points",
            fontsize=SIZE,
            color=dark(line.get_color()),
            **ON_TOP,
        )
    name_axes(ax, xlabel, ylabel, title)
    label_ends(ax, drawn)
    show(fig, _words(x, y, fits, said, xlabel, ylabel, ask), caption)


def draw_labels(ax: Axes, x: np.ndarray, y: np.ndarray, width: float) -> None:
    """Draw the labels as dots, filled for 1 and hollow for 0; equal ones that are nearer than `width` are stacked."""
    for label, face, away in ((1, BLUE, 1), (0, PAPER, -1)):
        places, height = stacked(x[y == label], width) if (y == label).any() else (np.array([]), np.array([]))
        ax.plot(places, label + away * STACK * (height - 1), "o", color=BLUE, mfc=face, ms=7, mew=1.6, zorder=4)


def draw_no_data(ax: Axes, x: np.ndarray, ask: float) -> None:
    """Grey the side without data on which `ask` lies, and say so at its lower end."""
    low, high = ax.get_xlim()
    ax.axvspan(*((low, x.min()) if ask < x.min() else (x.max(), high)), color=FAINT, alpha=0.55, lw=0, zorder=0)
    at = {"x": low + 0.5} if ask < x.min() else {"x": high - 0.5, "ha": "right"}
    ax.text(y=-0.16, s="no data here", fontsize=SIZE, va="center", color=GREY, **at, **ON_TOP)


def _words(x, y, fits, said, xlabel, ylabel, ask) -> str:
    far = "; ".join(f"{name}: {number(value)}" for name, value in said.items())
    other = x.max() if ask < x.min() else x.min()
    near = "; ".join(f"{name}: {number(float(f(np.array([other]))[0]))}" for name, f in fits.items())
    return (
        f"{len(x)} labels ({int(y.sum())} ones, {int((1 - y).sum())} zeros; equal ones stacked) over {xlabel}, "
        f"from {number(x.min())} to {number(x.max())}, and what fits say of {ylabel}. At {number(ask)}, outside the "
        f"data: {far}. At {number(other)}: {near}."
    )
