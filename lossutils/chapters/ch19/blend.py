"""Two rules and their blend: the line of each rule, as thick as its share, the blended curve, and the rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from lossutils.chapters.ch19.holding import draw_shares, rule_look
from lossutils.models import Sugeno
from lossutils.plot.labels import name_beside, note, own_look
from lossutils.plot.paper import GREY, INK, PAPER, axes, blank, name_axes, on_paper, show
from lossutils.plot.texts import number, with_unit

LEFT, RIGHT, BOTTOM, TOP, STRIP = 0.75, 0.3, 0.65, 0.45, 0.6  # inches
ALONE, EACH, GAP = 3.0, 2.5, 0.45  # the height of a panel: one alone, and each of several; between them
THICK = 13.0  # points: a rule that has the whole share
RIM = 0.94  # slipped rows above the picture stand at this share of its height


def draw_rows(ax: Axes, x, y, slipped, top: float) -> None:
    """Draw the rows as dots; those that have slipped as triangles, at the upper rim where they lie above it."""
    ax.plot(x[~slipped], y[~slipped], "o", color=GREY, ms=4, alpha=0.55, mec="none")
    if slipped.any():
        ax.plot(x[slipped], np.minimum(y[slipped], RIM * top), "^", color=INK, ms=7, mec=PAPER, mew=0.6, zorder=5)
        note(ax, 0.1, 0.87, "▲ slipped, mostly far above", GREY)


def draw_system(ax: Axes, system: Sugeno, x, colour, names: Sequence[str]) -> list:
    """Draw the two rules of a system and their blend along x; return what was drawn."""
    shares, column = system.shares(x[:, np.newaxis]), x[:, np.newaxis]
    drawn, nearest, low_high = [], {}, ax.get_ylim()
    for k, name in enumerate(names):
        style, (coefficient, intercept) = rule_look(k), system.consequents[k]
        y = coefficient * x + intercept
        points = np.column_stack([x, y])
        pieces = np.stack([points[:-1], points[1:]], axis=1)
        widths = THICK * (shares[:-1, k] + shares[1:, k]) / 2
        drawn.append(ax.add_collection(LineCollection(pieces, linewidths=widths, colors=style["color"], alpha=0.3)))
        drawn += ax.plot(x, y, color=style["color"], linestyle=style["linestyle"], lw=1.8)
        on_line = points[(low_high[0] < y) & (y < low_high[1])]
        if len(on_line):
            wanted = x[0] + (0.13, 0.87)[k] * (x[-1] - x[0])
            nearest[name] = style["color"], on_line[np.argsort(np.abs(on_line[:, 0] - wanted))]
    drawn += ax.plot(x, system.forward(column), color=colour, lw=3.2, zorder=4)
    ax.set_ylim(low_high)
    taken = _on_lines(ax)
    drawn += [name_beside(ax, name, at, shade, taken) for name, (shade, at) in nearest.items()]
    return drawn


def _on_lines(ax):
    """The points that are drawn, one by one or as lines: what a name keeps off."""
    return [np.column_stack(line.get_data()) for line in ax.lines]


@on_paper
def blended_rules(
    x,
    y,
    fits: Mapping[str, Sugeno],
    names: Sequence[str],
    unit: str = "",
    what: str = "x",
    per: str = "",
    slipped=None,
    top: float | None = None,
    *,
    caption: str = "",
) -> None:
    """Draw a panel for each fit: its two rules, as thick as their shares, their blend, the rows; below, the shares.

    `x` and `y` are (n,). `fits` maps names, such as that of a loss, to systems of one input and two rules, which are
    called `names`. Rows of the mask `slipped` (n,) are triangles, at the rim where they lie above `top`.
    """
    x, y = np.asarray(x, float), np.asarray(y, float)
    slipped = np.zeros(len(x), bool) if slipped is None else np.asarray(slipped, bool)
    top = 1.12 * y.max() if top is None else top
    high = ALONE if len(fits) == 1 else EACH
    sheet = BOTTOM + STRIP + TOP + len(fits) * (high + GAP)
    fig = blank(sheet)
    ends = np.linspace(x.min(), x.max(), 121)
    for k, (name, system) in enumerate(fits.items()):
        above = TOP + k * (high + GAP)
        ax = axes(fig, LEFT, sheet - above - high, RIGHT, above)
        ax.set(xlim=ends[[0, -1]], ylim=(0, top))
        ax.tick_params(labelbottom=False)
        ax.locator_params(axis="y", nbins=4)
        draw_rows(ax, x, y, slipped, top)
        colour = own_look(name)["color"] if len(fits) > 1 else INK
        draw_system(ax, system, ends, colour, names)
        name_axes(ax, "", unit)
        if len(fits) > 1:
            note(ax, 0.98, 0.87 if slipped.any() else 0.96, f"blend, {name}", colour, ha="right")
        else:
            curve = np.column_stack([ends, system.forward(ends[:, np.newaxis])])
            name_beside(ax, name, curve[np.argsort(np.abs(ends - ends.mean()))], colour, _on_lines(ax))
    strip = axes(fig, LEFT, BOTTOM, RIGHT, sheet - BOTTOM - STRIP)
    draw_shares(strip, ends, system.shares(ends[:, np.newaxis]), names)
    name_axes(strip, with_unit(what, per), "share")
    show(fig, _words(x, y, fits, names, unit, what, per, slipped, top), caption)


def _words(x, y, fits, names, unit, what, per, slipped, top) -> str:
    told = []
    for name, system in fits.items():
        places = np.array([x.min(), (x.min() + x.max()) / 2, x.max()])
        values = ", ".join(number(v, 3) for v in system.forward(places[:, np.newaxis]))
        lines = "; ".join(
            f"{rule} {number(b, 3)} · {what} + {number(a, 3)}"
            for rule, (b, a) in zip(names, system.consequents, strict=True)
        )
        told.append(f"{name}: {values}; its rules: {lines}")
    rows = f"{len(x)} rows over {what} from {number(x.min())} to {number(x.max())} {per}".rstrip()
    slips = (
        f", {slipped.sum()} of them slipped, {np.sum(slipped & (y > top))} above the picture" if slipped.any() else ""
    )
    return (
        f"{rows}{slips}, the lines of two rules, as thick as their shares, and their blend. The blend ({unit}) at the "
        f"least, the middle and the largest {what}: {'. '.join(told)}."
    )
