"""The figures that any chapter may need: lines, and training curves."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.figure import Figure

from lossutils.plot.labels import LINE, axes_for_labels, label_ends, look
from lossutils.plot.paper import GREY, SIZE, blank, name_axes, on_paper, show
from lossutils.plot.texts import number

FEW = 15  # up to so many points, each has its marker


@on_paper
def lines(
    x,
    curves: Mapping[str, np.ndarray],
    xlabel: str,
    ylabel: str,
    title: str | None = None,
    *,
    logx: bool = False,
    logy: bool = False,
    marks: Mapping[str, float] | None = None,
    caption: str = "",
) -> None:
    """Draw named curves over one x, each labelled at its end.

    `x` is (n,), a curve is (n,), or a pair (x, y) if it has its own x. nan is a gap. `marks` names places on the
    x-axis: each gets a vertical line.
    """
    pairs = {name: _pair(x, curve) for name, curve in curves.items()}
    fig = _lines(pairs, title)
    ax = fig.axes[0]
    ax.set(**{axis: "log" for axis, log in (("xscale", logx), ("yscale", logy)) if log})
    drawn = [_line(ax, k, name, *pair) for k, (name, pair) in enumerate(pairs.items())]
    ax.margins(x=0.02)
    if logx and x is not None and len(x) <= FEW:
        ax.set_xticks(x, [number(float(place)) for place in x])
        ax.minorticks_off()
    name_axes(ax, xlabel, ylabel, title)
    for name, place in (marks or {}).items():
        _mark(ax, name, place)
    label_ends(ax, drawn)
    show(fig, _lines_words(pairs, xlabel, ylabel, marks or {}, title), caption)


def _pair(x, curve) -> tuple[np.ndarray, np.ndarray]:
    pair = curve if isinstance(curve, tuple) else (x, curve)
    return np.asarray(pair[0], float), np.asarray(pair[1], float)


def _lines(names, title) -> Figure:
    fig = blank(max(4.0, 1.3 + LINE * len(names)) + (0.3 if title else 0))
    axes_for_labels(fig, names, top=0.75 if title else 0.45)
    return fig


def _line(ax, k: int, name: str, x: np.ndarray, y: np.ndarray):
    every = 1 if len(x) <= FEW else (len(x) // 20 * k % (len(x) // 6) + 1, len(x) // 6)
    return ax.plot(x, y, label=name, markevery=every, **look(k))[0]


def _mark(ax, name: str, place: float) -> None:
    """A vertical line with its name on it, on the side where there is more room."""
    ax.axvline(place, color=GREY, lw=1.2, ls=(0, (4, 2)), zorder=1)
    right = ax.transAxes.inverted().transform(ax.transData.transform((place, ax.get_ylim()[0])))[0] < 0.5
    ax.annotate(
        name,
        (place, 0.98),
        (5 if right else -5, 0),
        xycoords=("data", "axes fraction"),
        va="top",
        textcoords="offset points",
        ha="left" if right else "right",
        fontsize=SIZE,
        color=GREY,
    )


def _lines_words(pairs, xlabel, ylabel, marks, title) -> str:
    parts = []
    for name, (x, y) in pairs.items():
        x, y = x[np.isfinite(y)], y[np.isfinite(y)]
        low = np.argmin(y)
        part = f"{name}: {number(y[0])} at {number(x[0])}, {number(y[-1])} at {number(x[-1])}"
        parts.append(part if low in (0, len(y) - 1) else f"{part}, lowest {number(y[low])} at {number(x[low])}")
    marked = "".join(f" Marked: {name}, at {number(place)}." for name, place in marks.items())
    return f"{_opening(title)}Curves of {ylabel} against {xlabel}: {'; '.join(parts)}.{marked}"


def _opening(title: str | None) -> str:
    return f"{title.rstrip('.')}. " if title else ""


def training_curves(
    curves: Mapping[str, np.ndarray],
    ylabel: str = "mean loss",
    xlabel: str = "step",
    title: str | None = None,
    *,
    logy: bool = True,
    caption: str = "",
) -> None:
    """Draw what training made of the loss: each curve is (steps,), one value a step, from step 0."""
    pairs = {name: (np.arange(len(curve)), curve) for name, curve in curves.items()}
    lines(None, pairs, xlabel, ylabel, title, logy=logy, caption=caption)
