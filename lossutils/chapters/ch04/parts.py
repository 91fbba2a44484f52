"""Bias, variance and noise: a small world whose true means are known, many fits in it, their errors in three parts."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

from lossutils.plot.labels import dark, look
from lossutils.plot.paper import (
    BLUE,
    COLOURS,
    GREY,
    INK,
    ON_TOP,
    PAPER,
    RED,
    SIZE,
    SKY,
    WIDTH,
    axes,
    blank,
    name_axes,
    on_paper,
    show,
    text_width,
)
from lossutils.plot.texts import listed, number, with_unit

PARTS = {"bias²": (COLOURS[3], ""), "variance": (COLOURS[2], "////"), "noise": ("#BBBBBB", "....")}
TRUE = COLOURS[4]


def _pale(colour: str, share: float) -> tuple[float, ...]:
    """So much of a colour on the paper: as transparent, but a picture of fewer colours is a smaller file."""
    return tuple(share * a + (1 - share) * b for a, b in zip(to_rgb(colour), to_rgb(PAPER), strict=True))


def _means(x, y) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the different inputs, the mean of the targets at each of them, and how many there are."""
    values, group, count = np.unique(x, return_inverse=True, return_counts=True)
    return values, np.bincount(group, y) / count, count


@on_paper
def small_world(x, y, pred, place: float, unit: str = "", per: str = "", what: str = "x", *, caption: str = "") -> None:
    """Draw targets over one input, their mean at each input, a prediction, and at one place its bias and the noise.

    `x`, `y` and `pred` are (n,). The band at `place` reaches one standard deviation of the targets there to both sides
    of their mean; the arrow goes from that mean to the prediction.
    """
    x, y, pred = (np.asarray(a, float) for a in (x, y, pred))
    values, means, count = _means(x, y)
    fig = blank(4.1)
    ax = axes(fig, 0.75, 0.65, 0.3, 0.45)
    ax.plot(x, y, "o", color=_pale(BLUE, 0.4), ms=3.6, mec="none")
    near = np.abs(values - place) > 0.02 * np.ptp(values)  # so that nothing hides the place
    ax.axvspan(place - 0.012 * np.ptp(values), place + 0.012 * np.ptp(values), color=SKY, alpha=0.35, lw=0)
    ax.scatter(values[near], means[near], 8 + 5 * count[near], marker="D", color=TRUE, ec=PAPER, lw=0.6, zorder=3)
    order = np.argsort(x, kind="stable")
    ax.plot(x[order], pred[order], color=RED)
    here = x == place
    mean, spread, said = y[here].mean(), y[here].std(), float(pred[here][0])
    ax.errorbar(place, mean, spread, color=INK, lw=3.5, capsize=8, capthick=3.5, marker="D", ms=9, zorder=4)
    _labels(ax, values, means, place, (mean, spread, said))
    name_axes(ax, with_unit(what, per), unit)
    units = f" {unit}" if unit else ""
    show(
        fig,
        f"{len(x)} targets over {what}, with {len(values)} different inputs, the mean of the targets at each of them "
        f"as a diamond, and a line. At {number(place)}{f' {per}' if per else ''} there are {here.sum()} targets: mean "
        f"{number(mean, 3)}{units}, standard deviation {number(spread, 2)}, and the line says {number(said, 3)}.",
        caption,
    )


def _labels(ax, values, means, place, at_place) -> None:
    """Name the diamonds, and the two distances at the place."""
    mean, spread, said = at_place
    wide, high = np.ptp(ax.get_xlim()), np.ptp(ax.get_ylim())
    ax.plot(place, said, "o", color=RED, ms=9, mec=PAPER, mew=1.2, zorder=5)
    tie = {"arrowstyle": "-", "color": GREY, "lw": 1.2, "shrinkB": 4}
    far = np.argmax(means)
    texts = {
        f"bias at {number(place)}: {number(abs(said - mean), 2)}": (
            (place, said),
            (place + 0.16 * wide, said + 0.3 * high),
            dark(RED),
        ),
        f"noise at {number(place)}: ± {number(spread, 2)}": (
            (place, mean - spread),
            (values[0], ax.get_ylim()[0] + 0.12 * high),
            INK,
        ),
        "means": (
            (values[far], means[far]),
            (values[far] + 0.12 * wide, means[far] + 0.06 * high),
            INK,
        ),
    }
    for text, (tip, here, colour) in texts.items():
        ax.annotate(text, tip, here, color=colour, fontsize=SIZE, va="center", arrowprops=tie, **ON_TOP)


@on_paper
def many_fits(x, y, fits: Mapping[str, np.ndarray], unit="", per="", what="x", seen: int = 12, *, caption="") -> None:
    """Draw what many fits of each model predict, a panel a model: each fit a thin line, their mean a thick one.

    `x` and `y` are (n,), the fits of a model (draws, n): what each of them predicts at x. `seen` of them are drawn.
    """
    x, y = np.asarray(x, float), np.asarray(y, float)
    values, means, _ = _means(x, y)
    first = np.unique(x, return_index=True)[1]
    fig = blank(4.2)
    width = (WIDTH - 0.75 - 0.2) / len(fits)
    low, high = y.min() - 0.25 * np.ptp(y), y.max() + 0.12 * np.ptp(y)
    told = []
    for k, (name, preds) in enumerate(fits.items()):
        preds = np.asarray(preds, float)
        left = 0.75 + k * width
        ax = axes(fig, left, 0.65, WIDTH - left - width + 0.2, 0.75)
        ax.locator_params(axis="x", nbins=4)
        style = look(k)
        for one in preds[:seen]:
            ax.plot(values, one[first], color=_pale(style["color"], 0.55), lw=1.1)
        ax.plot(values, means, "D", color=TRUE, ms=3, mec="none")
        ax.plot(values, preds.mean(axis=0)[first], color=INK, lw=3, ls=(0, (4, 1.5)))
        ax.set(ylim=(low, high))
        name_axes(ax, with_unit(what, per), with_unit("prediction", unit), name)
        ax.tick_params(labelleft=not k)
        ends = [np.sqrt(preds[:, first[j]].var()) for j in (np.argmin(np.abs(values - np.median(x))), -1)]
        told.append(
            f"{name}, {number(ends[0], 2)} at {number(np.median(x))} and {number(ends[1], 2)} at {number(values[-1])}"
        )
    show(
        fig,
        f"{seen} fits of each model as thin lines over {with_unit(what, per)}, the mean of all fits thick and dashed, "
        f"the true means as diamonds. Standard deviation of what all fits predict: {'; '.join(told)}.",
        caption,
    )


@on_paper
def error_parts(parts: Mapping[str, tuple[float, float, float]], unit: str = "", *, caption: str = "") -> None:
    """Draw a bar for each model: bias², variance and noise, one after the other, and their sum at the end."""
    names = list(parts)
    table = np.array([parts[name] for name in names], float)
    totals = table.sum(axis=1)
    fig = blank(1.35 + 0.42 * len(names))
    left = max(0.75, 0.25 + max(text_width(fig, name, SIZE) for name in names))
    ax = axes(fig, left, 0.65, 0.3, 0.5)
    places, start = np.arange(len(names))[::-1], np.zeros(len(names))
    for (name, (colour, hatch)), width in zip(PARTS.items(), table.T, strict=True):
        ax.barh(places, width, left=start, height=0.62, label=name, color=colour, hatch=hatch, edgecolor=PAPER, lw=0)
        start = start + width
    for place, total in zip(places, totals, strict=True):
        ax.annotate(number(total, 3), (total, place), (5, 0), textcoords="offset points", va="center", fontsize=SIZE)
    ax.set_yticks(places, names, fontsize=SIZE)
    ax.tick_params(left=False)
    ax.grid(axis="y", visible=False)
    ax.set_xlim(0, 1.12 * totals.max())
    name_axes(ax, with_unit("mean squared error", unit))
    ax.legend(loc="lower left", bbox_to_anchor=(-0.01, 0.98), ncols=3, frameon=False, fontsize=SIZE, handlelength=1.4)
    told = [
        f"{name}: {listed([f'{part} {number(x, 3)}' for part, x in zip(PARTS, row, strict=True)])}, "
        f"in all {number(row.sum(), 3)}"
        for name, row in zip(names, table, strict=True)
    ]
    show(fig, f"Mean squared errors {f'in {unit} ' if unit else ''}in three parts. {'; '.join(told)}.", caption)


@on_paper
def over_seeds(found: Mapping[str, np.ndarray], what: str, unit: str = "", *, caption: str = "") -> None:
    """Draw one number of each model for many seeds, a dot a seed, on a logarithmic axis; a bar marks the median."""
    names = list(found)
    fig = blank(1.25 + 0.62 * len(names))
    left = max(0.75, 0.25 + max(text_width(fig, name, SIZE) for name in names))
    ax = axes(fig, left, 0.65, 0.35, 0.35)
    told = []
    for place, name in zip(range(len(names) - 1, -1, -1), names, strict=True):
        dots = np.sort(np.asarray(found[name], float))
        style = look(names.index(name))
        aside = 0.22 * np.sin(2.4 * np.arange(len(dots)))  # so that equal ones do not hide each other
        ax.plot(dots, place + aside, style["marker"], color=style["color"], ms=6, alpha=0.6, mec="none")
        middle = np.median(dots)
        ax.plot([middle, middle], [place - 0.36, place + 0.36], color=INK, lw=3)
        told.append(f"{name}: from {number(dots[0], 2)} to {number(dots[-1], 2)}, median {number(middle, 2)}")
    ax.set(xscale="log", ylim=(-0.6, len(names) - 0.4))
    ax.set_yticks(range(len(names) - 1, -1, -1), names, fontsize=SIZE)
    ax.tick_params(left=False)
    ax.grid(axis="y", visible=False)
    ax.xaxis.set_major_locator(LogLocator(base=10, subs=(1, 2, 5), numticks=12))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda tick, _: number(tick)))
    ax.xaxis.set_minor_locator(NullLocator())
    name_axes(ax, with_unit(what, unit))
    count = len(next(iter(found.values())))
    show(fig, f"The {what}{f' in {unit}' if unit else ''} under {count} seeds, a dot each. {'; '.join(told)}.", caption)
