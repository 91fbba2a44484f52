"""The error on clean rows of models that learnt from rows with slips: several seeds, a band for each loss."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

from lossutils.plot.labels import axes_for_labels, label_ends, own_look
from lossutils.plot.paper import blank, name_axes, on_paper, show
from lossutils.plot.texts import number, with_unit

APART = 0.018  # between the bars of two losses at one share, in widths of the axis


@on_paper
def over_slips(shares, errors: Mapping[str, np.ndarray], unit: str = "", *, caption: str = "") -> None:
    """Draw the median error over seeds against the share of slips, with a bar from the least to the largest.

    `shares` is (n,), each array of errors (n, seeds).
    """
    percent = 100 * np.asarray(shares, float)
    fig = blank(4.6)
    ax = axes_for_labels(fig, errors, left=0.75)
    drawn, told, width = [], [], np.ptp(percent)
    for k, (name, found) in enumerate(errors.items()):
        found = np.asarray(found, float)
        low, middle, high = np.quantile(found, [0, 0.5, 1], axis=1)
        style = own_look(name)
        beside = percent + APART * width * (k - (len(errors) - 1) / 2)  # so that no bar lies on another
        drawn.append(ax.plot(beside, middle, label=name, ms=8, **style)[0])
        ax.vlines(beside, low, high, color=style["color"], lw=4, alpha=0.4)
        told.append(f"{name}: {number(middle[0], 3)}, at the end {number(low[-1], 3)} to {number(high[-1], 3)}")
    ax.set(yscale="log", xlim=(percent[0] - 0.05 * width, percent[-1] + 0.05 * width))
    ax.yaxis.set_major_locator(LogLocator(base=10, subs=(1, 2, 5), numticks=12))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda tick, _: number(tick)))
    ax.yaxis.set_minor_locator(NullLocator())
    ax.set_xticks(percent)
    name_axes(ax, "slips in the training rows (%)", with_unit("mean absolute error on clean rows", unit))
    label_ends(ax, drawn)
    words = (
        f"Mean absolute error on clean rows{f' in {unit}' if unit else ''}, the median of "
        f"{np.shape(next(iter(errors.values())))[1]} seeds, against the share of slips, "
        f"{', '.join(number(p) for p in percent)} %, side by side. First without slips: {'; '.join(told)}."
    )
    show(fig, words, caption)
