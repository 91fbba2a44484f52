"""What a forecaster expects to pay, over what she states: a proper loss is least where she states the truth."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lossutils.plot.labels import axes_for_labels, dark, label_ends, look
from lossutils.plot.paper import GREY, ON_TOP, PAPER, SIZE, blank, name_axes, on_paper, show
from lossutils.plot.texts import number

STATED = np.linspace(0.0005, 0.9995, 1999)


def expected(loss, true: float) -> np.ndarray:
    """Return the expected loss at each stated probability, where label 1 has the probability `true`."""
    return true * loss(STATED, 1) + (1 - true) * loss(STATED, 0)


@on_paper
def expected_losses(losses: Mapping[str, object], true: float = 0.8, top: float = 0.5, *, caption: str = "") -> None:
    """Draw what each loss costs above its least, over the stated probability, and mark where the least is.

    `losses` maps names to functions of (stated probabilities, label).
    """
    fig = blank(4.5)
    ax = axes_for_labels(fig, losses)
    drawn, told = [], []
    ax.axvline(true, color=GREY, lw=1.4, ls=(0, (1.2, 1.6)), zorder=1)
    for k, (name, loss) in enumerate(losses.items()):
        style, cost = look(k), expected(loss, true)
        best = STATED[np.argmin(cost)]
        drawn += ax.plot(STATED, cost - cost.min(), label=name, **style | {"marker": ""})
        ax.plot(
            best, 0, style["marker"], color=style["color"], ms=12 - 2.5 * (k == 1), mec=PAPER, clip_on=False, zorder=7
        )
        half = cost[np.argmin(np.abs(STATED - 0.5))] - cost.min()
        told.append(f"{name} at {number(round(best, 2))} (a half costs {number(half, 2)} more)")
    ax.set(xlim=(0, 1), ylim=(0, top))
    ax.text(true - 0.015, 0.93 * top, "the truth", ha="right", va="top", fontsize=SIZE, color=dark(GREY), **ON_TOP)
    name_axes(ax, "stated probability", "expected loss above its least")
    label_ends(ax, drawn)
    show(fig, f"Where the truth is {number(true)}, the expected loss is least: {'; '.join(told)}.", caption)
