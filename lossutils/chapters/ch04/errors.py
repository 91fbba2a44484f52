"""What one mean of squares hides: errors over the predictions, the parts of an error, and where training ends."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

from lossutils.plot.labels import dark, look
from lossutils.plot.paper import (
    BLUE,
    COLOURS,
    GREY,
    PAPER,
    RED,
    SIZE,
    axes,
    blank,
    name_axes,
    on_paper,
    show,
    text_width,
)
from lossutils.plot.texts import listed, number, with_unit

PARTS = {"bias²": (COLOURS[3], ""), "variance": (COLOURS[2], "////"), "noise": ("#BBBBBB", "....")}


@on_paper
def residuals(pred, target, unit: str = "", groups: int = 4, *, caption: str = "") -> None:
    """Draw the errors, prediction minus target, against the predictions, in groups of equal size.

    `pred` and `target` are (n,). Each group has its mean error as a line, and one standard deviation to both
    sides of it as a band: a line that rises and falls shows a bend that the model misses, a widening band a fan.
    """
    pred, target = np.asarray(pred, float), np.asarray(target, float)
    error = pred - target
    fig = blank(4.2)
    ax = axes(fig, 0.85, 0.65, 0.25, 0.45)
    ax.axhline(0, color=GREY, lw=1.2)
    ax.plot(pred, error, "o", color=BLUE, ms=5, alpha=0.55, mec=PAPER, mew=0.5)
    members = np.array_split(np.argsort(pred, kind="stable"), groups)
    edges = [pred[rows[0]] for rows in members] + [pred.max()]
    bottom, top = error.min() - 0.08 * np.ptp(error), error.max() + 0.2 * np.ptp(error)
    parts = []
    for rows, low, high in zip(members, edges[:-1], edges[1:], strict=True):
        mean, spread, root = error[rows].mean(), error[rows].std(), np.sqrt(np.mean(error[rows] ** 2))
        ax.fill_between([low, high], mean - spread, mean + spread, color=RED, alpha=0.13, lw=0)
        ax.plot([low, high], [mean, mean], color=RED, lw=2.6, solid_capstyle="butt")
        ax.axvline(low, color=GREY, lw=0.8, ls=(0, (2, 3)))
        ax.text(
            (low + high) / 2,
            top - 0.03 * (top - bottom),
            f"RMSE\n{number(root, 3)}",
            ha="center",
            va="top",
            fontsize=SIZE,
            color=dark(RED),
            linespacing=1.25,
        )
        told = listed([number(mean, 2), number(spread, 2), number(root, 3)])
        parts.append(f"{number(low, 3)} to {number(high, 3)}: {told}")
    ax.set(ylim=(bottom, top), xlim=(pred.min() - 0.03 * np.ptp(pred), pred.max() + 0.03 * np.ptp(pred)))
    name_axes(ax, with_unit("prediction", unit), with_unit("error, prediction − target", unit))
    what = f"{len(pred)} predictions{f' in {unit}' if unit else ''}, in {groups} groups of equal size"
    named = "Mean error, standard deviation around it and root mean squared error"
    show(fig, f"Errors of {what}. {named}, for predictions from {'; '.join(parts)}.", caption)


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
def where_training_ends(rates, reached: Mapping[str, np.ndarray], unit: str = "", *, caption: str = "") -> None:
    """Draw the error that training reaches against the rate; where training runs away, a cross stands at the top.

    `rates` is (n,), rising; a curve is (n,), nan or infinite where training ran away.
    """
    rates = np.asarray(rates, float)
    names = 0.3 * -(-len(reached) // 2)  # inches: rows of two
    fig = blank(4.2 + names)
    ax = axes(fig, 0.85, 0.8 + names, 0.3, 0.45)
    seen = np.concatenate([curve[np.isfinite(curve)] for curve in reached.values()])
    low, high = seen.min(), seen.max()
    top = high * (high / low) ** 0.22
    ax.set(xscale="log", yscale="log", xlim=(rates[0] / 1.4, rates[-1] * 1.4), ylim=(low / 1.15, top * 1.25))
    told = []
    for k, (name, curve) in enumerate(reached.items()):
        gone = ~np.isfinite(curve)
        end = int(np.argmax(gone)) if gone.any() else len(rates)
        ax.plot(rates[:end], curve[:end], ms=6, label=name, **{**look(k), "markevery": max(1, end // 6)})
        away = f"runs away from rate {number(rates[end], 2)} on" if gone.any() else "never runs away"
        told.append(f"{name}: {number(np.min(curve[:end]), 3)} at best, {away}")
        if gone.any():
            colour = look(k)["color"]
            ax.plot(rates[end - 1 : end + 1], [curve[end - 1], top], color=colour, lw=1.2, ls=":")
            ax.plot(rates[end], top, "x", color=colour, ms=11, mew=2.6)
    ax.text(rates[0], top, "runs away:", va="center", fontsize=SIZE, color="#444444")
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_locator(LogLocator(base=10, subs=(1,) if axis is ax.xaxis else (1, 2, 5), numticks=12))
        axis.set_major_formatter(FuncFormatter(lambda tick, _: number(tick)))
        axis.set_minor_locator(NullLocator())
    name_axes(ax, "rate", with_unit("RMSE after training", unit))
    ax.legend(
        loc="lower left",
        bbox_to_anchor=(0.05, 0.02),
        bbox_transform=fig.transFigure,
        ncols=2,
        frameon=False,
        fontsize=SIZE,
        handlelength=2.6,
        columnspacing=1.2,
    )
    what = f"Root mean squared error after training{f' in {unit}' if unit else ''} against the rate"
    ends = f"from {number(rates[0])} to {number(rates[-1])}"
    show(fig, f"{what}, {ends}; a cross at the top marks where training runs away. {'; '.join(told)}.", caption)
