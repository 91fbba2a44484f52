"""What one mean of squares hides: the errors themselves, drawn over the predictions."""

from __future__ import annotations

import numpy as np

from lossutils.plot.labels import dark
from lossutils.plot.paper import (
    GREY,
    RED,
    SIZE,
    SKY,
    axes,
    blank,
    name_axes,
    on_paper,
    show,
)
from lossutils.plot.texts import listed, number, with_unit


@on_paper
def residuals(pred, target, unit: str = "", groups: int = 4, *, caption: str = "") -> None:
    """Draw the errors, prediction minus target, against the predictions, in groups of equal size.

    `pred` and `target` are (n,). Each group has its mean error as a line, and one standard deviation to both
    sides of it as a band: a line that rises and falls shows a bend that the model misses, a widening band a fan.
    """
    pred, target = np.asarray(pred, float), np.asarray(target, float)
    error = pred - target
    fig = blank(4.2)
    ax = axes(fig, 0.85, 0.65, 0.25, 0.45)
    ax.axhline(0, color=GREY, lw=1.2)
    ax.plot(pred, error, "o", color=SKY, ms=4.5, mec="none")
    members = np.array_split(np.argsort(pred, kind="stable"), groups)
    edges = [pred[rows[0]] for rows in members] + [pred.max()]
    bottom, top = error.min() - 0.08 * np.ptp(error), error.max() + 0.2 * np.ptp(error)
    parts = []
    for rows, low, high in zip(members, edges[:-1], edges[1:], strict=True):
        mean, spread, root = error[rows].mean(), error[rows].std(), np.sqrt(np.mean(error[rows] ** 2))
        ax.fill_between([low, high], mean - spread, mean + spread, color=RED, alpha=0.13, lw=0)
        ax.plot([low, high], [mean, mean], color=RED, lw=2.6, solid_capstyle="butt")
        ax.axvline(low, color=GREY, lw=0.8, ls=(0, (2, 3)))
        ax.text(
            (low + high) / 2,
            top - 0.03 * (top - bottom),
            f"RMSE\n{number(root, 3)}",
            ha="center",
            va="top",
            fontsize=SIZE,
            color=dark(RED),
            linespacing=1.25,
        )
        told = listed([number(mean, 2), number(spread, 2), number(root, 3)])
        parts.append(f"{number(low, 3)} to {number(high, 3)}: {told}")
    ax.set(ylim=(bottom, top), xlim=(pred.min() - 0.03 * np.ptp(pred), pred.max() + 0.03 * np.ptp(pred)))
    name_axes(ax, with_unit("prediction", unit), with_unit("error, prediction − target", unit))
    what = f"{len(pred)} predictions{f' in {unit}' if unit else ''}, in {groups} groups of equal size"
    named = "Mean error, standard deviation around it and root mean squared error"
    show(fig, f"Errors of {what}. {named}, for predictions from {'; '.join(parts)}.", caption)
