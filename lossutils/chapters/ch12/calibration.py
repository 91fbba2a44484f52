"""Whether probabilities are true: in each bin what was said beside what happened, with an interval."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lossutils import evaluation
from lossutils.numerics import sigmoid
from lossutils.plot.labels import look, note
from lossutils.plot.paper import GREY, PAPER, axes, blank, name_axes, on_paper, show
from lossutils.plot.texts import number

EDGES = np.array([0, 0.01, 1 / 29, 0.1, 0.2, 0.5, 1])  # narrow where the proteins are
FLOOR = 0.001  # where a share of 0 is drawn: a logarithm has no place for it


def bins(p, y) -> list[evaluation.Bin]:
    """Return the chapter's bins, each with the interval of its share."""
    return evaluation.bins(p, y, EDGES)


@on_paper
def stated_and_true(y, scores: Mapping[str, np.ndarray], weight: float = 28, *, caption: str = "") -> None:
    """Draw the share of positives over the mean stated probability, bin by bin, for each of the named scores, (n,).

    The bars are intervals of 95 %. Honest probabilities lie on the diagonal; those of a model whose positives counted
    `weight` times, on the dashed curve.
    """
    y = np.asarray(y, float)
    fig = blank(4.6)
    ax = axes(fig, 0.85, 0.65, 0.25, 0.45)
    said = np.geomspace(0.002, 0.99, 200)
    ax.plot(said, said, color=GREY, lw=1.6, zorder=1)
    ax.plot(said, said / (said + weight * (1 - said)), color=GREY, lw=1.6, ls=(0, (4, 2)), zorder=1)
    note(ax, 0.49, 0.63, "what is said is so", GREY, ha="right", va="bottom")
    note(ax, 0.985, 0.04, f"odds {number(weight)} times too high", GREY, ha="right", va="bottom")
    parts = []
    for k, (name, z) in enumerate(scores.items()):
        style, rows = look(k), bins(sigmoid(np.asarray(z, float)), y)
        colour = style["color"]
        for mean, hits, count, low, high in rows:
            ax.plot([mean, mean], [max(low, FLOOR), high], color=colour, lw=2.4, alpha=0.75, zorder=3)
            share = max(hits / count, FLOOR)
            ax.plot(mean, share, style["marker"], color=colour, ms=10, mec=PAPER, mew=1.2, zorder=5, clip_on=False)
        height = 0.95 - 0.1 * k
        ax.plot(0.035, height, style["marker"], color=colour, ms=10, mec=PAPER, transform=ax.transAxes)
        note(ax, 0.06, height, name, colour, va="center")
        told = ", ".join(f"{number(m, 2)} said, {hits} of {count}" for m, hits, count, _, _ in rows)
        parts.append(f"{name}: {told}")
    ax.set(xscale="log", yscale="log", xlim=(0.002, 1), ylim=(FLOOR, 1))
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_ticks([0.01, 0.1, 1], ["0.01", "0.1", "1"])
    ax.set_yticks([FLOOR, 0.01, 0.1, 1], ["0", "0.01", "0.1", "1"])
    ax.minorticks_off()
    name_axes(ax, "stated probability, mean in the bin", "share of positives in the bin")
    show(fig, f"Bins with edges at 0.01, 1/29, 0.1, 0.2 and 0.5. {'. '.join(parts)}.", caption)
