"""Where training ends: the error that is reached at each rate, and the rates at which training runs away."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

from lossutils.plot.labels import dark, look
from lossutils.plot.paper import GREY, ON_TOP, SIZE, axes, blank, name_axes, on_paper, show
from lossutils.plot.texts import number, with_unit


@on_paper
def where_training_ends(rates, reached: Mapping[str, np.ndarray], unit: str = "", *, caption: str = "") -> None:
    """Draw the error that training reaches against the rate; where training runs away, a cross stands at the top.

    `rates` is (n,), rising; a curve is (n,), nan or infinite where training ran away. Its name, in two lines after a
    comma, stands above its cross; without a cross, at its end.
    """
    rates = np.asarray(rates, float)
    fig = blank(4.3)
    ax = axes(fig, 0.75, 0.65, 0.45, 0.95)
    seen = np.concatenate([curve[np.isfinite(curve)] for curve in reached.values()])
    low, high = seen.min(), seen.max()
    top = high * (high / low) ** 0.12
    ax.set(xscale="log", yscale="log", xlim=(rates[0] / 2, rates[-1] * 2), ylim=(low / 1.15, top))
    told, places = [], {}
    for k, (name, curve) in enumerate(reached.items()):
        gone = ~np.isfinite(curve)
        end = int(np.argmax(gone)) if gone.any() else len(rates)
        ax.plot(rates[:end], curve[:end], ms=7, **look(k))
        away = f"runs away from rate {number(rates[end], 2)} on" if gone.any() else "never runs away"
        told.append(f"{name}: {number(np.min(curve[:end]), 3)} at best, {away}")
        colour = look(k)["color"]
        if gone.any():
            ax.plot(rates[end - 1 : end + 1], [curve[end - 1], top], color=colour, lw=1.2, ls=":")
            ax.plot(rates[end], top, "x", color=colour, ms=11, mew=2.6, clip_on=False, zorder=5)
        places.setdefault(min(end, len(rates) - 1), []).append((name, colour))
    for end, named in places.items():
        text = "\n".join(name.replace(", ", "\n") for name, _ in named)
        ax.annotate(
            text,
            (rates[end], top),
            (0, 9),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=SIZE,
            color=dark(named[0][1]),
            annotation_clip=False,
            linespacing=1.1,
        )
    ax.text(rates[0] / 1.8, top, "runs away:", va="center", color=GREY, fontsize=SIZE, **ON_TOP)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_locator(LogLocator(base=10, subs=(1,) if axis is ax.xaxis else (1, 2, 5), numticks=12))
        axis.set_major_formatter(FuncFormatter(lambda tick, _: number(tick)))
        axis.set_minor_locator(NullLocator())
    name_axes(ax, "rate", with_unit("RMSE after training", unit))
    ax.yaxis.set_label_coords(-0.09, 1.24)
    what = f"Root mean squared error after training{f' in {unit}' if unit else ''} against the rate"
    ends = f"from {number(rates[0])} to {number(rates[-1])}"
    show(fig, f"{what}, {ends}; a cross at the top marks where training runs away. {'; '.join(told)}.", caption)
