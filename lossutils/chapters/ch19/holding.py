"""How far each rule holds along an input: the memberships, and below them the shares that they make."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from lossutils.models import Sugeno
from lossutils.plot.labels import dark, look, note
from lossutils.plot.paper import GREY, INK, ON_TOP, PAPER, SIZE, axes, blank, name_axes, on_paper, show
from lossutils.plot.texts import listed, number, with_unit

HEIGHT, LOWER = 4.9, 1.05  # inches: of the sheet, and of the strip of shares
LEFT, RIGHT, BOTTOM, TOP = 0.75, 0.3, 0.65, 0.45
STRIPES = ("", "//")  # the second rule's area is hatched, so that its colour alone need not tell it


def rule_look(k: int) -> dict:
    """The look of the first or the second rule; blue, red and light blue belong to losses."""
    return look((2, 3)[k])


def draw_shares(ax: Axes, x, shares, names: Sequence[str]) -> None:
    """Fill axes with the shares (n, 2) of two rules, one on top of the other, each with its name."""
    ax.stackplot(x, shares.T, colors=[rule_look(k)["color"] for k in (0, 1)], alpha=0.45)
    for area, stripes in zip(ax.collections[-2:], STRIPES, strict=True):
        area.set(hatch=stripes, edgecolor=PAPER, linewidth=0)
    ax.plot(x, shares[:, 0], color=INK, lw=1.4)
    ax.set(xlim=(x[0], x[-1]), ylim=(0, 1), yticks=(0, 1), yticklabels=("0", "1"))
    ax.grid(False)
    note(ax, 0.02, 0.1, names[0], rule_look(0)["color"], va="bottom")
    note(ax, 0.98, 0.9, names[1], rule_look(1)["color"], ha="right")


@on_paper
def memberships_and_shares(
    system: Sugeno, low: float, high: float, at: float, names: Sequence[str], what="x", unit="", *, caption: str = ""
) -> None:
    """Draw the two memberships of the one input of a system from `low` to `high`, and the shares of its two rules.

    The input `at` is marked, with its numbers.
    """
    x = np.linspace(low, high, 201)
    of, shares = system.memberships(x[:, np.newaxis])[:, 0], system.shares(x[:, np.newaxis])
    here, part = system.memberships([[at]])[0, 0], system.shares([[at]])[0]
    fig = blank(HEIGHT)
    above = axes(fig, LEFT, BOTTOM + LOWER + 0.55, RIGHT, TOP)
    below = axes(fig, LEFT, BOTTOM, RIGHT, HEIGHT - BOTTOM - LOWER, sharex=above)
    for k in (0, 1):
        style = rule_look(k)
        above.plot(x, of[:, k], color=style["color"], linestyle=style["linestyle"])
        above.plot(at, here[k], style["marker"], color=style["color"], ms=10, zorder=5)
        above.annotate(
            number(here[k], 2),
            (at, here[k]),
            (10, 2 if of[-1, k] < of[0, k] else -18),  # above a curve that falls, below one that rises
            textcoords="offset points",
            fontsize=SIZE,
            color=dark(style["color"]),
            **ON_TOP,
        )
    for ax in (above, below):
        ax.axvline(at, color=GREY, lw=1.2, ls=(0, (4, 2)), zorder=1 if ax is above else 4)
    above.set(xlim=(low, high), ylim=(0, 1.12), yticks=(0, 0.5, 1))
    above.tick_params(labelbottom=False)
    note(above, 0.02, 0.78, names[0], rule_look(0)["color"])
    note(above, 0.98, 0.78, names[1], rule_look(1)["color"], ha="right")
    draw_shares(below, x, shares, names)
    name_axes(above, "", "membership")
    name_axes(below, with_unit(what, unit), "share of the prediction")
    told = [f"{name} {number(here[k], 2)} and {number(part[k], 2)}" for k, name in enumerate(names)]
    words = (
        f"Memberships of {what} from {number(low)} to {number(high)} {unit}, and the shares of the two rules. "
        f"Membership and share at {number(at)} {unit}: {listed(told)}."
    )
    show(fig, words, caption)
