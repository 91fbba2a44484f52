"""What becomes of a product of many probabilities on a computer."""

from __future__ import annotations

import numpy as np

from lossutils.plot.labels import dark, look
from lossutils.plot.paper import GREY, ON_TOP, SIZE, axes, blank, name_axes, on_paper, show
from lossutils.plot.texts import RAISED, number

KINDS = (np.float64, np.float32)


@on_paper
def running_product(factors, what: str = "factors multiplied", *, caption: str = "") -> None:
    """Draw the product of the first 1, 2, 3, … factors (n,) between 0 and 1, in two precisions.

    The axis shows powers of ten, and below them 0, where a product falls that is smaller than the smallest number.
    """
    factors = np.asarray(factors, float)
    steps, products = np.arange(1, len(factors) + 1), [np.cumprod(factors.astype(kind)) for kind in KINDS]
    powers = [np.where(product > 0, np.log10(np.where(product > 0, product, 1)), np.nan) for product in products]
    low = 20 * np.floor(min(np.nanmin(power) for power in powers) / 20)
    zero = low + 0.14 * low  # below the last power of ten
    fig = blank(4.0)
    ax = axes(fig, 0.85, 0.65, 0.3, 0.45)
    ax.set(xlim=(0, 1.02 * len(factors)), ylim=(zero * 1.05, 4))
    ax.axhline(zero, color=GREY, lw=1.4)
    parts = []
    for k, (kind, power) in enumerate(zip(KINDS, powers, strict=True)):
        own, last = look(k), int(np.flatnonzero(np.isfinite(power))[-1])
        own.pop("marker")
        ax.plot(steps, power, **own)
        if last + 1 < len(factors):  # it falls to 0, and stays there
            ax.plot([steps[last], steps[last + 1], steps[-1]], [power[last], zero, zero], **own)
        at, words = (steps[last], power[last]), f"{kind.__name__}, {number(products[k][last], 2)}"
        falls = last + 1 < len(factors)
        ax.plot(*at, "o", color=own["color"], ms=8, zorder=5)
        ax.annotate(
            f"{words}, then 0" if falls else words,
            at,
            (8, 12) if falls else (-4, 18 if k else -16),
            textcoords="offset points",
            ha="left" if falls else "right",
            va="center",
            fontsize=SIZE,
            color=dark(own["color"]),
            **ON_TOP,
        )
        parts.append(_words(kind.__name__, products[k], last))
    ticks = np.arange(0, low - 1, -20)
    ax.set_yticks([*ticks, zero], ["1", *(f"10{str(int(tick)).translate(RAISED)}" for tick in ticks[1:]), "0"])
    name_axes(ax, what, "product")
    show(fig, f"The product of the first 1 to {len(factors)} {what}. {' '.join(parts)}", caption)


def _words(kind: str, product: np.ndarray, last: int) -> str:
    if last + 1 == len(product):
        return f"In {kind} it ends at {number(product[last], 3)}."
    return f"In {kind} it is {number(product[last], 3)} after {last + 1}, and 0 from {last + 2} on."
