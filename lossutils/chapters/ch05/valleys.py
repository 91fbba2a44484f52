"""The valleys of a risk over the coefficient of a line: one under a convex loss, several under one that is not."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lossutils.plot.labels import dark, look, own_look
from lossutils.plot.paper import GREY, PAPER, SIZE, axes, blank, name_axes, on_paper, show
from lossutils.plot.texts import label, listed, number, unit_of

HEIGHT, BETWEEN = 5.9, 2.95  # inches: of the sheet, and from one panel to the next


def profile(loss, x, y, coefficients) -> np.ndarray:
    """The least mean loss of a line with each of these coefficients: the intercept is the best one of 801."""
    x, y = np.asarray(x, float) - np.mean(x), np.asarray(y, float)
    least = []
    for b in coefficients:
        rest = y - b * x
        c = np.linspace(rest.min(), rest.max(), 801)[:, np.newaxis]
        least.append(loss.formula(c, rest).mean(axis=1).min())
    return np.array(least)


@on_paper
def risk_valleys(
    x, y, losses, ends: Mapping[str, Mapping[str, float]], span, unit: str = "", per: str = "", *, caption: str = ""
) -> None:
    """Draw for each loss the least risk against the coefficient, and where searches ended.

    `ends` has for each loss's name a mapping from a start to the coefficient that its search reached.
    """
    grid = np.linspace(*span, 241)
    fig, told = blank(HEIGHT), []
    for k, loss in enumerate(losses):
        bottom = 0.65 + (len(losses) - 1 - k) * BETWEEN
        ax = axes(fig, 0.85, bottom, 0.35, HEIGHT - bottom - BETWEEN + 1.0)
        risk = profile(loss, x, y, grid)
        ax.plot(grid, risk, color=own_look(label(loss))["color"])
        low, high = risk.min(), risk.max()
        ax.set(xlim=span, ylim=(low - 0.42 * (high - low), high + 0.05 * (high - low)))
        below = f"coefficient{f' a {per}' if per else ''}" if k == len(losses) - 1 else ""
        name_axes(ax, below, _height(loss, unit))
        places = {}
        for j, (start, b) in enumerate(ends[loss.name].items()):
            places.setdefault(f"{b:.2f}", []).append((start, b, look((0, 1)[j])))
        for several in places.values():
            _mark(ax, loss, x, y, several, span, high - low)
        told.append(
            f"{label(loss)}: " + listed([f"from {start} to {number(b, 3)}" for start, b in ends[loss.name].items()])
        )
    words = (
        f"The least mean loss of a line against its coefficient, from {number(span[0])} to {number(span[1])}, and "
        f"where two searches end. {'; '.join(told)}."
    )
    show(fig, words, caption)


def _height(loss, unit: str) -> str:
    return f"{label(loss)}: least mean loss" + (f" in {unit_of(loss, unit)}" if unit else "")


def _mark(ax, loss, x, y, several, span, height) -> None:
    """A dot where searches ended, its starts named below it."""
    b = several[0][1]
    risk = profile(loss, x, y, [b])[0]
    for size, (_, _, style) in zip((13, 7), several, strict=False):
        ax.plot(b, risk, style["marker"], color=style["color"], ms=size, mec=PAPER, mew=1.2, zorder=5)
    colour = several[0][2]["color"] if len(several) == 1 else GREY
    text = "\n".join(f"from {start}" for start, *_ in several)
    share = (b - span[0]) / (span[1] - span[0])
    ax.annotate(
        text,
        (b, risk - 0.04 * height),
        (0, -6),
        textcoords="offset points",
        ha="center" if 0.2 < share < 0.75 else "left" if share <= 0.2 else "right",
        va="top",
        fontsize=SIZE,
        color=dark(colour),
        linespacing=1.1,
    )
