"""Groups with blurred edges: each row in the look of its strongest group, hollow where no group has much of it."""

from __future__ import annotations

import numpy as np

from lossutils.plot.labels import look, name_beside
from lossutils.plot.paper import INK, PAPER, axes, blank, name_axes, on_paper, show
from lossutils.plot.texts import listed, number

SURE = 0.6  # rows whose largest membership is below are hollow


@on_paper
def fuzzy_groups(
    x, y, memberships, centres, xlabel: str = "x", ylabel: str = "y", edge: float = SURE, *, caption: str = ""
) -> None:
    """Draw rows by their strongest group, hollow where its membership is below `edge`, and the centres as crosses.

    `x` and `y` are (n,), `memberships` (n, K), `centres` (K, 2), in the same two columns.
    """
    x, y, memberships, centres = (np.asarray(part, float) for part in (x, y, memberships, centres))
    group, largest = memberships.argmax(axis=1), memberships.max(axis=1)
    fig = blank(4.4)
    ax = axes(fig, 0.75, 0.65, 0.3, 0.45)
    styles = [look(k) for k in (2, 3, 5, 0)[: len(centres)]]
    for k, ((across, up), style) in enumerate(zip(centres, styles, strict=True)):
        for which, face in ((largest >= edge, style["color"]), (largest < edge, PAPER)):
            rows = which & (group == k)
            ax.plot(
                x[rows],
                y[rows],
                style["marker"],
                color=style["color"],
                mfc=face,
                ms=7,
                mew=1.4,
                alpha=0.85,
                linestyle="",
                zorder=3,
            )
        ax.plot(across, up, "X", color=INK, ms=14, mec=PAPER, mew=1.6, zorder=5)
    ax.margins(0.1, 0.06)
    points = np.column_stack([x, y])
    for k, (centre, style) in enumerate(zip(centres, styles, strict=True)):
        own = points[group == k]
        nearest_first = own[np.argsort(np.hypot(*(own - centre).T))]
        name_beside(ax, f"group {k + 1}", nearest_first, style["color"], [points, centres])
    name_axes(ax, xlabel, ylabel)
    told = [
        f"group {k + 1}: centre ({number(across, 3)}, {number(up, 3)}), {np.sum(group == k)} rows"
        for k, (across, up) in enumerate(centres)
    ]
    words = (
        f"{len(x)} rows by {xlabel} and {ylabel}, each in the look of its strongest group: {listed(told)}. Hollow, as "
        f"no membership reaches {number(edge)}: {np.sum(largest < edge)} rows."
    )
    show(fig, words, caption)
