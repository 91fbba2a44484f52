"""All losses of a data set in order, the largest first, with those of the wrong labels marked."""

from __future__ import annotations

import numpy as np
from matplotlib.ticker import FuncFormatter

from lossutils.plot.labels import note
from lossutils.plot.paper import BLUE, GREY, INK, PAPER, RED, axes, blank, name_axes, on_paper, show
from lossutils.plot.texts import number


@on_paper
def ranked_losses(each, wrong, look_at: int = 20, *, caption: str = "") -> None:
    """Draw the losses `each` (n,), the largest first, over their rank on a scale of powers; `wrong` are marked rows.

    The band at the left holds the `look_at` largest losses.
    """
    each = np.asarray(each, float)
    order = np.argsort(-each, kind="stable")
    rank, marked = np.arange(1, len(each) + 1), np.isin(order, wrong)
    fig = blank(4.2)
    ax = axes(fig, 0.75, 0.7, 0.35, 0.5)
    ax.set(xscale="log", xlim=(0.85, 1.25 * len(each)))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda tick, _: number(tick)))
    ax.axvspan(0.85, look_at + 0.5, color=GREY, alpha=0.16, lw=0)
    ax.plot(rank[~marked], each[order][~marked], "o", color=BLUE, ms=4, mec="none")
    style = {"color": RED, "ms": 9.5, "mec": PAPER, "mew": 0.9, "zorder": 5, "clip_on": False}
    ax.plot(rank[marked], each[order][marked], "D", **style)
    note(ax, 0.03, 0.05, f"of these {look_at},\n{marked[:look_at].sum()} have a wrong label", INK, va="bottom")
    note(ax, 0.97, 0.95, "diamonds: wrong label", RED, ha="right")
    note(ax, 0.97, 0.86, "dots: all others", BLUE, ha="right")
    name_axes(ax, "rank of the image, the largest loss first", "loss of each image (nats)")
    show(fig, _words(each, order, marked), caption)


def _words(each, order, marked) -> str:
    ranks = ", ".join(str(place + 1) for place in np.flatnonzero(marked))
    return (
        f"{len(each)} losses in order: the largest is {number(each[order[0]], 3)}, the median "
        f"{number(np.median(each), 2)}. {marked.sum()} of them have a wrong label, at the ranks {ranks}."
    )
