"""Where a weight and a threshold meet: what a model with a weight states, and where it says one half."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lossutils.plot.labels import axes_for_labels, dark, label_ends, look, note
from lossutils.plot.paper import GREY, ON_TOP, PAPER, blank, name_axes, on_paper, show
from lossutils.plot.texts import number


def stated(true, w):
    """Return what the best model states where the true probability is this, and a positive counts w times."""
    return w * true / (w * true + 1 - true)


@on_paper
def weights_and_thresholds(weights: Sequence[float], *, caption: str = "") -> None:
    """Draw the best stated probability over the true one for each weight, and where each curve passes one half."""
    true = np.geomspace(0.004, 0.97, 300)
    names = [f"weight {number(w)}" for w in weights]
    fig = blank(4.2)
    ax = axes_for_labels(fig, names)
    ax.set(xscale="log", xlim=(0.004, 1), ylim=(0, 1.02))
    drawn = []
    for k, (name, w) in enumerate(zip(names, weights, strict=True)):
        style = look(k) | {"marker": ""}
        drawn += ax.plot(true, stated(true, w), label=name, **style)
        place = 1 / (1 + w)
        ax.plot([place, place], [0, 0.5], color=style["color"], lw=1.4, ls=(0, (1, 2)), zorder=2)
        ax.plot(place, 0.5, look(k)["marker"], color=style["color"], ms=11, mec=PAPER, mew=1.3, zorder=5)
        ax.text(place * 1.1, 0.45, f"1/{number(1 + w)}", color=dark(style["color"]), va="top", **ON_TOP)
    ax.axhline(0.5, color=GREY, lw=1.4, ls=(0, (5, 3)), zorder=1)
    note(ax, 0.01, 0.48, "one half", GREY)
    ax.set_xticks([0.01, 0.1, 1], ["0.01", "0.1", "1"])
    ax.minorticks_off()
    name_axes(ax, "true probability", "stated probability")
    label_ends(ax, drawn)
    places = "; ".join(f"{name} at 1/{number(1 + w)}" for name, w in zip(names, weights, strict=True))
    show(
        fig,
        f"The best stated probability over the true one. Where it passes one half: {places}. At a true 0.01, "
        + ", ".join(f"{name} states {number(stated(0.01, w), 2)}" for name, w in zip(names, weights, strict=True))
        + ".",
        caption,
    )
