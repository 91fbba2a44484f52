"""How often each count was seen, and how often a distribution expects it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from lossutils.plot.labels import dark, look
from lossutils.plot.paper import GREY, INK, SIZE, axes, blank, name_axes, on_paper, show
from lossutils.plot.texts import listed, number


@on_paper
def observed_and_expected(
    labels: Sequence[str],
    observed,
    expected: Mapping[str, Sequence[float]],
    ylabel: str,
    xlabel: str,
    title: str | None = None,
    *,
    caption: str = "",
) -> None:
    """Draw how often each outcome was seen as bars, and how often each model expects it as a marker on a stem.

    Each model has its name at its peak; peaks should lie apart.
    """
    observed, places = np.asarray(observed, float), np.arange(len(labels))
    fig = blank(4.2 + (0.3 if title else 0))
    ax = axes(fig, 0.75, 0.65, 0.25, 0.75 if title else 0.45)
    ax.bar(places, observed, width=0.84, color=GREY, alpha=0.35)
    highest = max(observed.max(), *(max(counts) for counts in expected.values()))
    ax.set_ylim(0, 1.14 * highest)
    for k, (name, counts) in enumerate(expected.items()):
        own, beside = look(k), places + (k - (len(expected) - 1) / 2) * 0.36
        ax.vlines(beside, 0, counts, color=own["color"], lw=1.6, ls=own["linestyle"])
        ax.plot(beside, counts, ls="", color=own["color"], marker=own["marker"], mec=INK, ms=8, clip_on=False, zorder=4)
        peak = int(np.argmax(counts))
        at = {"textcoords": "offset points", "ha": "center", "va": "bottom", "fontsize": SIZE}
        ax.annotate(name, (beside[peak], counts[peak]), (0, 8), color=dark(own["color"]), **at)
    ax.set_xticks(places, labels)
    ax.grid(axis="x", visible=False)
    name_axes(ax, xlabel, ylabel, title)
    seen = ", ".join(f"{label}: {number(count)}" for label, count in zip(labels, observed, strict=True))
    models = "; ".join(f"{name} {listed(number(count, 3) for count in counts)}" for name, counts in expected.items())
    show(fig, f"{ylabel} by {xlabel}. Observed: {seen}. Expected, in the same order: {models}.", caption)
