"""From scores to shares to slopes: four columns of bars, a row a class, and what the right class's share costs."""

from __future__ import annotations

import numpy as np

from lossutils.plot.paper import BLUE, GREY, PAPER, RED, SIZE, WIDTH, axes, blank, name_axes, on_paper, show
from lossutils.plot.texts import listed, number

LEFT, GAP, ROW = 0.75, 0.3, 0.52  # inches


@on_paper
def from_scores(z, label: int, names=None, *, caption: str = "") -> None:
    """Draw scores z (K,), their exponentials, the shares p of these, and the slopes p − q: a row of bars a class.

    The right class `label` is blue. A slope below 0 is red, hatched, and points to the left: the score will grow.
    """
    z = np.asarray(z, float)
    names = list(names or (f"class {k}" for k in range(len(z))))
    powers = np.exp(z)
    p = powers / powers.sum()
    slopes = p - (np.arange(len(z)) == label)
    fig = blank(0.88 + ROW * len(z))
    width = (WIDTH - LEFT - 0.25 - 3 * GAP) / 4
    columns = ((z, "score z"), (powers, "exponential"), (p, "probability p"), (slopes, "slope p − q"))
    for k, (values, title) in enumerate(columns):
        left = LEFT + k * (width + GAP)
        ax = axes(fig, left, 0.68, WIDTH - left - width, 0.2)
        _bars(ax, values, label, title)
        ax.set_yticks(range(len(z)) if k == 0 else [], names if k == 0 else [])
        if k == 2:
            ax.set_xlabel(f"{title}\n−log {number(p[label], 2)} = {number(-np.log(p[label]), 2)}")
    show(fig, _words(names, z, powers, p, slopes, label), caption)


def _bars(ax, values, label, title) -> None:
    for k, value in enumerate(values):
        style = {"color": BLUE if k == label else GREY}
        if value < 0:
            style = {"color": RED, "hatch": "///", "edgecolor": PAPER, "lw": 0}
        ax.barh(k, value, height=0.62, **style)
    ax.axvline(0, color=GREY, lw=1)
    low, high = min(values.min(), 0), max(values.max(), 0)
    span = high - low or 1
    ax.set(xlim=(low - (0.75 * span if low < 0 else 0.02), high + 0.6 * span), xticks=[])
    ax.set_ylim(len(values) - 0.45, -0.55)
    ax.grid(visible=False)
    ax.spines[:].set_visible(False)
    ax.tick_params(axis="y", length=0)
    for k, value in enumerate(values):
        text = number(value, 2 if abs(value) < 10 else 3)
        side = {"ha": "right", "xytext": (-4, 0)} if value < 0 else {"ha": "left", "xytext": (4, 0)}
        ax.annotate(text, (value, k), textcoords="offset points", va="center", fontsize=SIZE, **side)
    name_axes(ax, title)


def _words(names, z, powers, p, slopes, label) -> str:
    rows = [
        f"{name}: score {number(score, 3)}, exponential {number(power, 4)}, probability {number(share, 4)}, slope "
        f"{number(slope, 4)}"
        for name, score, power, share, slope in zip(names, z, powers, p, slopes, strict=True)
    ]
    return (
        f"Bars of scores, exponentials, probabilities and slopes. {'; '.join(rows)}. The right class is "
        f"{names[label]}: minus the log of its probability is {number(-np.log(p[label]), 4)}. A step downhill raises "
        f"the score of {listed([n for n, s in zip(names, slopes, strict=True) if s < 0])} and lowers the others."
    )
