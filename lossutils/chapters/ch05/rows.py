"""Lines through rows that count differently: each point is as large as the weight that its row has in the end."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes

from lossutils.plot.labels import dark, note, own_look
from lossutils.plot.paper import GREY, PAPER, SIZE, axes, blank, name_axes, on_paper, show
from lossutils.plot.texts import number

AREA = 80.0  # square points of a row with the weight 1
UNHEARD = 0.02  # a weight below it is drawn as a cross
HALF = (0.4, 0.6)  # rows with such weights are named: the area of half a disc is hard to judge
LEFT, BOTTOM, TOP, GAP = 0.75, 0.65, 0.45, 0.45  # inches
ALONE, EACH = 2.6, 1.6  # the height of a panel, in inches: one alone, and each of several


def heard(weights) -> np.ndarray:
    """The weights as shares of the largest one."""
    weights = np.asarray(weights, float)
    return weights / weights.max()


def draw_rows(ax: Axes, x, y, weights, colour) -> None:
    """Draw each row as a disc whose area is its weight, in a ring of the area 1; a row that is not heard is a cross."""
    share = heard(weights)
    loud = share >= UNHEARD
    small = loud & (share < 0.8)  # a ring shows the size of the weight 1
    ax.scatter(x[small], y[small], s=AREA, facecolors="none", edgecolors=colour, linewidths=0.9, zorder=3)
    ax.scatter(x[loud], y[loud], s=AREA * share[loud], color=colour, edgecolors=PAPER, linewidths=0.7, zorder=4)
    ax.plot(x[~loud], y[~loud], "x", color=GREY, ms=8, mew=2.2, zorder=4)


@on_paper
def weighted_lines(
    x, y, fits: Mapping[str, tuple], unit: str = "", per: str = "", what: str = "x", *, caption: str = ""
) -> None:
    """Draw a panel for each fit, one under the other: its line, and each row as large as its weight.

    `x` and `y` are (n,). A fit is a pair: intercept and coefficient (2,), and the weights of the rows (n,). `what`
    names x, `per` is one unit of it, `unit` the unit of y.
    """
    x, y = np.asarray(x, float), np.asarray(y, float)
    high = ALONE if len(fits) == 1 else EACH
    sheet = BOTTOM + TOP + len(fits) * high + (len(fits) - 1) * GAP
    fig = blank(sheet)
    room = 0.06 * np.ptp(x)
    ends = np.array([x.min() - room, x.max() + room])
    for k, (name, (line, weights)) in enumerate(fits.items()):
        above = TOP + k * (high + GAP)
        ax = axes(fig, LEFT, sheet - above - high, 0.3, above)
        style = own_look(name)
        draw_rows(ax, x, y, weights, style["color"])
        ax.plot(ends, line[0] + line[1] * ends, color=style["color"], linestyle=style["linestyle"], zorder=3)
        ax.set(xlim=ends, ylim=(y.min() - 0.12 * np.ptp(y), y.max() + 0.12 * np.ptp(y)))
        ax.locator_params(axis="y", nbins=4)
        last = k == len(fits) - 1
        ax.tick_params(labelbottom=last)
        name_axes(ax, what if last else "", unit)
        note(ax, 0.02, 0.95, f"{name}\n{number(line[1], 3)} {_a(per)}".rstrip(), style["color"])
        for i in np.flatnonzero((heard(weights) > HALF[0]) & (heard(weights) < HALF[1])):
            ax.annotate(
                f"{number(x[i])}: half",
                (x[i], y[i]),
                (-7, 7),
                textcoords="offset points",
                ha="right",
                fontsize=SIZE,
                color=dark(style["color"]),
            )
    show(fig, _words(x, y, fits, unit, per, what), caption)


def _a(per: str) -> str:
    return f"a {per}" if per else ""


def _words(x, y, fits, unit, per, what) -> str:
    told = []
    for name, (line, weights) in fits.items():
        share = heard(weights)
        few = [f"{number(share[i], 2)} at {number(x[i])}" for i in np.flatnonzero(share < 0.5)]
        whom = f"weights below a half: {', '.join(few)}" if few else "no weight below a half"
        told.append(f"{name}: coefficient {number(line[1], 3)} {_a(per)}".rstrip() + f", {whom}")
    units = f" ({unit})" if unit else ""
    return f"{len(x)} rows{units} over the {what}, the largest weight of each fit counted as 1. {'; '.join(told)}."
