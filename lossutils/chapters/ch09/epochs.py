"""The loss of each image, before, during and after training: wrong labels fall last."""

from __future__ import annotations

import numpy as np
from matplotlib.ticker import FuncFormatter

from lossutils.plot.labels import label_ends
from lossutils.plot.paper import BLUE, GREY, RED, SIZE, axes, blank, name_axes, on_paper, show
from lossutils.plot.texts import RAISED, number

BAND = (0.05, 0.95)  # the middle nine tenths
LOWEST = 1e-5  # nats: what is lower is cut off below
TICKS = (0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


@on_paper
def losses_in_training(costs, wrong, *, caption: str = "") -> None:
    """Draw the losses of all images over the epochs: a line for each wrong label, a band for the others.

    `costs` is (m, n), a row for the start and one after each epoch; `wrong` are the columns with a wrong label. The
    band holds the middle nine tenths of the others. Early epochs have more room.
    """
    costs, epochs = np.asarray(costs, float), np.arange(len(costs))
    others, marked = np.delete(costs, wrong, axis=1), costs[:, wrong]
    low, high = np.maximum(np.quantile(others, BAND, axis=1), LOWEST / 10)
    fig = blank(4.4)
    ax = axes(fig, 0.85, 0.7, 1.6, 0.5)
    ax.set_xscale("function", functions=(np.log1p, np.expm1))
    ax.set(yscale="log", xlim=(0, epochs[-1]), ylim=(LOWEST, 3 * max(high.max(), marked.max())))
    ax.set_xticks([tick for tick in TICKS if tick <= epochs[-1]])
    ax.yaxis.set_major_formatter(FuncFormatter(_power))
    ax.tick_params(which="minor", left=False)
    ax.fill_between(epochs, low, high, color=BLUE, alpha=0.28, lw=0)
    (right,) = ax.plot(epochs, np.median(others, axis=1), color=BLUE, ls=(0, (6, 2)), lw=2.8, label="others")
    ax.plot(epochs, marked, color=RED, lw=0.9, alpha=0.7)
    (wrongs,) = ax.plot(epochs, np.median(marked, axis=1), color=RED, lw=3.2, label="wrong labels")
    ax.axhline(np.log(10), color=GREY, lw=1.2, ls=(0, (1.2, 1.6)), zorder=1)
    beside = {"transform": ax.get_yaxis_transform(), "fontsize": SIZE, "color": GREY, "va": "center"}
    ax.text(1.03, np.log(10), "log 10", **beside)
    name_axes(ax, "epoch", "loss of an image (nats)")
    label_ends(ax, [wrongs, right])
    show(fig, _words(marked, others, epochs), caption)


def _power(tick: float, _place: int = 0) -> str:
    """A power of ten as it is read: 0.01, but 10⁻⁵."""
    return number(tick) if 1e-3 <= tick < 1e4 else "10" + str(round(np.log10(tick))).translate(RAISED)


def _words(wrong, others, epochs) -> str:
    parts = [
        f"epoch {epochs[k]}: {number(np.median(wrong[k]), 2)} and {number(np.median(others[k]), 2)}"
        for k in sorted({0, len(epochs) // 20, len(epochs) // 5, len(epochs) - 1})
    ]
    return (
        f"Losses over the epochs: {wrong.shape[1]} lines of images with a wrong label, and a band with the middle nine "
        f"tenths of the {others.shape[1]} others. Medians of both, {'; '.join(parts)}."
    )
