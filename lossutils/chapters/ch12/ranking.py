"""Precision against recall: the places that networks can reach, and where a weight or a threshold puts them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lossutils import evaluation
from lossutils.numerics import sigmoid
from lossutils.plot.labels import look, note
from lossutils.plot.paper import PAPER, axes, blank, name_axes, on_paper, show
from lossutils.plot.texts import number


@on_paper
def operating_points(
    y, scores: Mapping[str, np.ndarray], marks: Mapping[str, tuple[str, float]], *, caption: str = ""
) -> None:
    """Draw precision against recall for each of the named scores, (n,), and some thresholds as points on the curves.

    `marks` names the points: the scores' name and a threshold of the probability. A bar shows the interval of 95 % of
    each point's recall.
    """
    y = np.asarray(y, float)
    p = {name: sigmoid(np.asarray(z, float)) for name, z in scores.items()}
    looks = {name: look(k) for k, name in enumerate(p)}
    fig = blank(4.4)
    ax = axes(fig, 0.85, 0.65, 0.25, 0.45)
    for k, (name, said) in enumerate(p.items()):
        style = looks[name] | {"marker": ""}
        ax.plot(*evaluation.precision_by_recall(said, y), **style)
        height = 0.95 - 0.1 * k
        ax.plot([0.56, 0.64], [height, height], transform=ax.transAxes, **style)
        note(ax, 0.66, height, f"network, {name}", style["color"], va="center")
    parts = []
    for name, (whose, threshold) in marks.items():
        hits, alarms, misses, _ = evaluation.confusion(p[whose], y, threshold)
        recall, precision = hits / (hits + misses), hits / max(hits + alarms, 1)
        low, high = evaluation.wilson(hits, hits + misses)
        colour = looks[whose]["color"]
        ax.plot([low, high], [precision, precision], color=colour, lw=5, alpha=0.3, solid_capstyle="butt", zorder=3)
        ax.plot(recall, precision, looks[whose]["marker"], color=colour, ms=12, mec=PAPER, mew=1.4, zorder=5)
        parts.append((name, recall, precision, low, high, colour))
    _name_points(ax, parts)
    ax.set(xlim=(0, 1.02), ylim=(0, 1.02))
    name_axes(ax, "recall: share of the positives found", "precision: share of true alarms")
    told = [
        f"{name}: recall {number(r, 2)} (interval {number(low, 2)} to {number(high, 2)}), precision {number(q, 2)}"
        for name, r, q, low, high, _ in parts
    ]
    show(fig, f"Precision against recall for every threshold. Marked: {'; '.join(told)}.", caption)


def _name_points(ax, parts) -> None:
    """Name the points: above them from left to right, at heights where no name meets another."""
    heights = (0.66, 0.38, 0.52)  # the middle one low: the line to the last one passes above its name
    for rank, (name, recall, precision, _, _, colour) in enumerate(sorted(parts, key=lambda part: part[1])):
        place = (min(recall + 0.02, 0.99), heights[rank % 3])
        ax.annotate(
            "",
            (recall, precision),
            place,
            textcoords=ax.transAxes,
            arrowprops={"arrowstyle": "-", "color": colour, "lw": 1.0, "shrinkB": 7, "shrinkA": 4},
            zorder=2,
        )
        note(ax, *place, name, colour, ha="left" if recall < 0.5 else "right", va="bottom")
