"""The coefficient of a line against the edge of its loss: a slope, and a cliff."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lossutils.plot.labels import dark, note, own_look
from lossutils.plot.paper import GREY, SIZE, axes, blank, name_axes, on_paper, show
from lossutils.plot.texts import number


@on_paper
def along_the_edge(
    edges, coefficients, marked: Sequence[float], least_squares: float, per: str = "", *, caption: str = ""
) -> None:
    """Draw what Huber's loss makes of a coefficient, for each edge; the largest jump is dashed.

    `edges` (n,), rising, and `coefficients` (n,). The edges of `marked` get a dot and their numbers.
    """
    edges, found = np.asarray(edges, float), np.asarray(coefficients, float)
    cliff = int(np.argmax(np.abs(np.diff(found))))
    style = own_look("Huber")
    fig = blank(4.0)
    ax = axes(fig, 0.75, 0.65, 0.3, 0.45)
    ax.axhline(least_squares, color=own_look("squared error")["color"], lw=1.6)
    for part in (slice(None, cliff + 1), slice(cliff + 1, None)):
        ax.plot(edges[part], found[part], color=style["color"])
    jump = slice(cliff, cliff + 2)
    ax.plot(edges[jump], found[jump], color=GREY, lw=1.6, ls=(0, (2, 2)))
    low, high = min(found.min(), least_squares), max(found.max(), least_squares)
    ax.set(xlim=edges[[0, -1]], ylim=(low - 0.1 * (high - low), high + 0.2 * (high - low)))
    name_axes(ax, "edge δ, in scales", f"coefficient{f' a {per}' if per else ''}")
    note(ax, 0.02, 0.97, f"least squares {number(least_squares, 3)}", own_look("squared error")["color"])
    for edge in marked:
        value = found[int(np.argmin(np.abs(edges - edge)))]
        ax.plot(edge, value, style["marker"], color=style["color"], ms=10, zorder=5)
        ax.annotate(
            f"δ = {number(edge)}: {number(value, 3)}",
            (edge, value),
            (8, -8),
            textcoords="offset points",
            va="top",
            fontsize=SIZE,
            color=dark(style["color"]),
        )
    told = "; ".join(f"{number(e)}: {number(found[int(np.argmin(np.abs(edges - e)))], 3)}" for e in marked)
    words = (
        f"Coefficient of the line under Huber's loss for edges from {number(edges[0])} to {number(edges[-1])} scales. "
        f"At the edge {told}; least squares {number(least_squares, 3)}. From {number(edges[cliff])} to "
        f"{number(edges[cliff + 1])} it jumps from {number(found[cliff], 3)} to {number(found[cliff + 1], 3)}."
    )
    show(fig, words, caption)
