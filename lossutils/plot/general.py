"""The figures that any chapter may need: lines, points with a fit, training curves, bars."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from matplotlib.figure import Figure

from lossutils.plot.labels import LINE, SIZE, axes_for_labels, label_ends, look
from lossutils.plot.paper import BLUE, GREY, axes, name_axes, on_paper, sheet, show, text_width
from lossutils.plot.texts import number, with_unit

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
) -> None:
    """Draw named curves over one x, each labelled at its end.

    `x` is (n,), a curve is (n,), or a pair (x, y) if it has its own x. nan is a gap. `marks` names places on the
    x-axis: each gets a vertical line.
    """
    pairs = {name: _pair(x, curve) for name, curve in curves.items()}
    fig = _lines(pairs, title)
    ax = fig.axes[0]
    ax.set(xscale="log" if logx else "linear", yscale="log" if logy else "linear")
    drawn = [_line(ax, k, name, *pair) for k, (name, pair) in enumerate(pairs.items())]
    ax.margins(x=0.02)
    name_axes(ax, xlabel, ylabel, title)
    for name, place in (marks or {}).items():
        _mark(ax, name, place)
    label_ends(ax, drawn)
    show(fig, _lines_words(pairs, xlabel, ylabel, marks or {}, title))


def _pair(x, curve) -> tuple[np.ndarray, np.ndarray]:
    pair = curve if isinstance(curve, tuple) else (x, curve)
    return np.asarray(pair[0], float), np.asarray(pair[1], float)


def _lines(names, title) -> Figure:
    fig = sheet(max(4.0, 1.3 + LINE * len(names)) + (0.3 if title else 0))
    axes_for_labels(fig, names, left=0.85, top=0.75 if title else 0.45)
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
        fontsize=11,
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


@on_paper
def scatter_fit(x, y, fits: Mapping[str, Callable], xlabel: str, ylabel: str, title: str | None = None) -> None:
    """Draw points (x, y) and the fitted functions y = f(x) over them, each labelled at its end.

    `x` and `y` are (n,); each function takes an array of x and returns the predictions.
    """
    x, y = np.asarray(x, float), np.asarray(y, float)
    fig = _lines(fits, title)
    ax = fig.axes[0]
    ax.plot(x, y, "o", color=GREY, ms=5, alpha=0.55, mec="white", mew=0.5)
    ax.margins(0.03)
    grid = np.linspace(x.min(), x.max(), 200)
    drawn = [_line(ax, k, name, grid, np.asarray(f(grid), float)) for k, (name, f) in enumerate(fits.items())]
    name_axes(ax, xlabel, ylabel, title)
    label_ends(ax, drawn)
    ends = "; ".join(
        f"{name}: {number(f(x[[x.argmin()]])[0])} at {number(x.min())}, "
        f"{number(f(x[[x.argmax()]])[0])} at {number(x.max())}"
        for name, f in fits.items()
    )
    points = f"{len(x)} points, {ylabel} ({number(y.min())} to {number(y.max())}) against {xlabel}"
    show(fig, f"{_opening(title)}{points}. {ends}.")


def training_curves(
    curves: Mapping[str, np.ndarray],
    ylabel: str = "mean loss",
    xlabel: str = "step",
    title: str | None = None,
    *,
    logy: bool = True,
) -> None:
    """Draw what training made of the loss: each curve is (steps,), one value a step, from step 0."""
    pairs = {name: (np.arange(len(curve)), curve) for name, curve in curves.items()}
    lines(None, pairs, xlabel, ylabel, title, logy=logy)


@on_paper
def bars(values: Mapping[str, float], xlabel: str, unit: str = "", title: str | None = None) -> None:
    """Draw one bar for each named number, in the order given, with the number at its end."""
    names, lengths = list(values), np.array(list(values.values()), float)
    fig = sheet(1.1 + 0.36 * len(names) + (0.35 if title else 0))
    left = max(0.75, 0.25 + max(text_width(fig, name, SIZE) for name in names))
    ax = axes(fig, left, 0.65, 0.35, 0.45 if title else 0.12)
    places = np.arange(len(names))[::-1]
    ax.barh(places, lengths, height=0.62, color=BLUE, alpha=0.75)
    ax.axvline(0, color=GREY, lw=1)
    ax.set_yticks(places, names, fontsize=SIZE)
    ax.tick_params(left=False)
    ax.grid(axis="y", visible=False)
    for place, length in zip(places, lengths, strict=True):
        ax.annotate(
            number(length),
            (length, place),
            (5 if length >= 0 else -5, 0),
            textcoords="offset points",
            va="center",
            ha="left" if length >= 0 else "right",
            fontsize=SIZE,
        )
    ax.margins(x=0.14)
    name_axes(ax, with_unit(xlabel, unit), "", title)
    parts = ", ".join(f"{name} {number(length)}" for name, length in values.items())
    show(fig, f"{_opening(title)}Bars of {with_unit(xlabel, unit)}: {parts}.")
