"""The dose curve of un-learning: epochs on wrong labels first, and what the right labels can still teach."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lossutils.plot.labels import axes_for_labels, label_ends, look
from lossutils.plot.paper import blank, name_axes, on_paper, show
from lossutils.plot.texts import number


@on_paper
def unlearning_curve(doses, accuracy: Mapping[str, np.ndarray], epochs: int = 20, *, caption: str = "") -> None:
    """Draw the median accuracy over seeds against the epochs on wrong labels, with a band from least to largest.

    `doses` is (n,), each array of accuracies (n, seeds); `epochs` on right labels came after.
    """
    doses = np.asarray(doses, float)
    fig = blank(4.6)
    ax = axes_for_labels(fig, accuracy, left=0.75)
    drawn, told = [], []
    for k, (name, found) in enumerate(accuracy.items()):
        found = np.asarray(found, float)
        low, middle, high = np.quantile(found, [0, 0.5, 1], axis=1)
        style = look(k)
        ax.fill_between(doses, low, high, color=style["color"], alpha=0.2, lw=0)
        drawn.append(ax.plot(doses, middle, label=name, ms=8, **style)[0])
        each = ", ".join(number(value, 2) for value in middle)
        told.append(f"{name}: {each}; at the end {number(low[-1], 2)} to {number(high[-1], 2)}")
    ax.set(ylim=(0, 1.04), xlim=(doses[0] - 0.02 * np.ptp(doses), doses[-1] + 0.02 * np.ptp(doses)))
    ax.set_xticks(doses)
    name_axes(ax, "epochs on wrong labels before", f"accuracy after {epochs} epochs on right labels")
    label_ends(ax, drawn)
    words = (
        f"Accuracy after {epochs} epochs on right labels, the median of {np.shape(found)[1]} seeds, against the epochs "
        f"on wrong labels before ({', '.join(number(dose) for dose in doses)}). {'; '.join(told)}."
    )
    show(fig, words, caption)
