"""Lines that the absolute error cannot tell apart, drawn where most of the rows are."""

from __future__ import annotations

import numpy as np

from lossutils.plot.labels import dark, name_beside, own_look
from lossutils.plot.paper import GREY, PAPER, SIZE, axes, blank, name_axes, on_paper, show
from lossutils.plot.texts import listed, number


def pair_lines(x, y) -> tuple[np.ndarray, np.ndarray]:
    """The lines through two rows with different x, (m, 2), and the total of the absolute errors of each, (m,)."""
    x, y = np.asarray(x, float), np.asarray(y, float)
    i, j = np.triu_indices(len(x), 1)
    i, j = i[x[i] != x[j]], j[x[i] != x[j]]
    slant = (y[j] - y[i]) / (x[j] - x[i])
    lines = np.column_stack([y[i] - slant * x[i], slant])
    errors = y[i][:, np.newaxis] + slant[:, np.newaxis] * (x - x[i][:, np.newaxis]) - y
    return lines, np.abs(errors).sum(axis=1)


def best_pair_lines(x, y) -> tuple[np.ndarray, float]:
    """The lines through two rows with the least total of absolute errors, ties included, and this total."""
    lines, totals = pair_lines(x, y)
    return lines[totals <= totals.min() * (1 + 1e-9)], float(totals.min())


@on_paper
def equal_lines(x, y, lines, top: float, unit: str = "", what: str = "x", *, caption: str = "") -> None:
    """Draw rows up to `top`, and lines (m, 2) of intercept and coefficient; between the outermost two is a band.

    Rows above `top` are arrows at the upper rim.
    """
    x, y = np.asarray(x, float), np.asarray(y, float)
    lines = np.asarray(sorted(map(tuple, lines), key=lambda line: line[1]), float)
    style = own_look("absolute error")
    room = 0.06 * np.ptp(x)
    grid = np.linspace(x.min() - room, x.max() + room, 201)
    heights = lines[:, :1] + lines[:, 1:] * grid
    fig = blank(4.1)
    ax = axes(fig, 0.75, 0.65, 1.1, 0.45)
    ax.fill_between(grid, heights.min(axis=0), heights.max(axis=0), color=style["color"], alpha=0.15, lw=0)
    for height in heights:
        ax.plot(grid, height, color=style["color"], lw=1.2)
    inside = y <= top
    ax.plot(x[inside], y[inside], "o", color=GREY, ms=7, mec=PAPER, mew=0.7, zorder=4)
    low = min(y.min(), heights.min())
    ax.set(xlim=grid[[0, -1]], ylim=(low - 0.04 * (top - low), top))
    ax.plot(x[~inside], np.full(np.sum(~inside), top), "^", color=GREY, ms=9, clip_on=False, zorder=5)
    for k in (0, -1):
        ax.annotate(
            number(lines[k, 1], 3),
            (grid[-1], heights[k, -1]),
            (6, 0),
            textcoords="offset points",
            va="center",
            fontsize=SIZE,
            color=dark(style["color"]),
            annotation_clip=False,
        )
    if not inside.all():
        outside = np.column_stack([x[~inside], np.full(np.sum(~inside), top)])
        curves = [np.column_stack([grid, height]) for height in heights]
        text = f"▲ {np.sum(~inside)} rows far above"
        name_beside(ax, text, outside, GREY, [np.column_stack([x, y])[inside], *curves], away=(18, 26, 34))
    name_axes(ax, what, unit)
    spread = listed([number(line[1], 3) for line in lines])
    words = (
        f"{np.sum(inside)} rows over the {what}, {np.sum(~inside)} more above the picture, and {len(lines)} lines "
        f"with the same total of absolute errors. Their coefficients: {spread}."
    )
    show(fig, words, caption)
