"""One constant as the prediction for all values: which one each loss picks, and what the others cost."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lossutils.plot.labels import dark, own_look
from lossutils.plot.paper import (
    BODY,
    FAINT,
    GREY,
    ON_TOP,
    SIZE,
    WIDTH,
    axes,
    blank,
    head,
    name_axes,
    on_paper,
    show,
    text_width,
)
from lossutils.plot.texts import label, number, unit_of, with_unit
from lossutils.plot.values import FEW, draw_values, mean_losses

ROW = 0.29  # inches from one constant's row to the next
PANEL = 2.35  # inches from one row of panels to the next


@on_paper
def histogram_with_constants(
    values,
    constants: Mapping[str, float],
    unit: str = "",
    title: str | None = None,
    *,
    asks_for: Mapping[str, str] | None = None,
    caption: str = "",
) -> None:
    """Draw the values above, and below them a ranked list of constants, one row each, at their places.

    `asks_for` says by a constant's name what it is, such as "the median"; that stands beside its number.
    """
    values = np.asarray(values, float)
    ranked = sorted(constants.items(), key=lambda item: item[1])
    rows, top = ROW * (len(ranked) + 0.4), 0.7 if title else 0.4
    above = 1.7 if len(values) > FEW else 1.3
    fig = blank(top + above + 0.12 + rows + 0.65)
    left = max(0.75, 0.25 + max(text_width(fig, name, SIZE) for name, _ in ranked))
    data = axes(fig, left, 0.65 + rows + 0.12, 0.35, top)
    list_of = axes(fig, left, 0.65, 0.35, top + above + 0.12, sharex=data)
    span = np.ptp(values) or 1.0
    data.set_xlim(values.min() - 0.03 * span, values.max() + 0.03 * span)
    draw_values(data, values, span, GREY)
    _rank(list_of, ranked, asks_for or {})
    for name, constant in ranked:
        data.axvline(constant, color=own_look(name)["color"], lw=1.2, alpha=0.8)
    data.tick_params(labelbottom=False, bottom=False)
    name_axes(data, "", f"number of values (of {len(values)})", title)
    list_of.set_xlabel(with_unit("value", unit))
    show(fig, _ranked_words(values, ranked, unit, asks_for or {}), caption)


def _rank(ax: Axes, ranked, asks_for) -> None:
    """One row for each constant, the smallest on top: its name at the left, its number and meaning beside the dot."""
    low, high = ax.get_xlim()
    places = np.arange(len(ranked))[::-1]
    for place, (name, constant) in zip(places, ranked, strict=True):
        colour = own_look(name)["color"]
        ax.plot(constant, place, color=colour, marker=own_look(name)["marker"], ms=7)
        right = constant < low + 0.75 * (high - low)
        ax.annotate(
            _said(name, constant, asks_for),
            (constant, place),
            (8 if right else -8, 0),
            textcoords="offset points",
            ha="left" if right else "right",
            va="center",
            fontsize=SIZE,
            color=dark(colour),
            **ON_TOP,
        )
    ax.set_yticks(places, [name for name, _ in ranked], fontsize=SIZE)
    ax.set_ylim(-0.7, len(ranked) - 0.3)
    ax.tick_params(left=False)
    ax.grid(axis="y", color=FAINT)


def _said(name: str, constant: float, asks_for) -> str:
    return f"{number(constant)}, {asks_for[name]}" if name in asks_for else number(constant)


def _ranked_words(values, ranked, unit, asks_for) -> str:
    units = f" {unit}" if unit else ""
    names = "; ".join(f"{name} {_said(name, constant, asks_for)}" for name, constant in ranked)
    return (
        f"{len(values)} values from {number(values.min())} to {number(values.max())}{units}, "
        f"and below them {len(ranked)} constants in order: {names}."
    )


@on_paper
def risk_curves(values, losses, unit: str = "", title: str | None = None, *, caption: str = "") -> None:
    """Draw the mean loss of one constant for all values against the constant: a panel and a unit for each loss."""
    values, losses = np.asarray(values, float), list(losses)
    best = [loss.best_constant(values) for loss in losses]
    c = _neighbourhood(values, best)
    widest = 1.15 * max(text_width(blank(), label(loss), BODY) for loss in losses)  # bold is wider
    columns = max(1, min(3, len(losses), int(WIDTH / (widest + 0.25))))
    rows = -(-len(losses) // columns)
    fig = blank(rows * PANEL + 0.3 + (0.35 if title else 0))
    for k, (loss, least) in enumerate(zip(losses, best, strict=True)):
        ax = _panel(fig, k, rows, columns)
        _risk(ax, values, loss, c, least, unit)
        if k >= len(losses) - columns:
            ax.set_xlabel(with_unit("constant c", unit))
    if title:
        head(fig, title)
    show(fig, _risk_words(values, losses, best, unit), caption)


def _neighbourhood(values, best) -> np.ndarray:
    low, high = min(best), max(best)
    room = max(high - low, np.subtract(*np.quantile(values, [0.75, 0.25])), 1e-9 * max(1.0, abs(high)))
    return np.linspace(low - room, high + room, 301)


def _panel(fig: Figure, k: int, rows: int, columns: int) -> Axes:
    row, column = divmod(k, columns)
    width = WIDTH / columns
    left, bottom = column * width + 0.6, (rows - 1 - row) * PANEL + 0.65
    return axes(fig, left, bottom, WIDTH - (column + 1) * width + 0.15, fig.get_figheight() - bottom - 1.45)


def _risk(ax: Axes, values, loss, c, least, unit) -> None:
    c = c[loss.prediction.contains(c)]
    risk = mean_losses(loss, c, values)
    factor, units = (1000, f"1000 {unit_of(loss, unit)}") if risk.max() >= 10_000 else (1, unit_of(loss, unit))
    colour = own_look(label(loss))["color"]
    ax.plot(c, risk / factor, color=colour)
    ax.plot(least, loss(least, values) / factor, color=colour, marker=own_look(label(loss))["marker"], ms=9)
    ax.axvline(least, ymax=0.84, color=colour, lw=1.2, ls=(0, (4, 2)))
    low, high = ax.get_ylim()
    ax.set(xlim=c[[0, -1]], ylim=(low, high + 0.22 * (high - low)))  # room for the text above the curve
    ax.locator_params(nbins=4)
    name_axes(ax, "", with_unit("mean loss", units))
    indent = -0.5 / (ax.get_position().width * WIDTH)  # narrow panels: their texts start above the numbers
    ax.yaxis.set_label_coords(indent, 1.02)
    ax.yaxis.label.set_fontsize(SIZE)
    ax.annotate(
        label(loss), (indent, 1.02), (0, 17), xycoords="axes fraction", textcoords="offset points", fontweight="bold"
    )
    place = np.clip((least - c[0]) / (c[-1] - c[0]), 0.38, 0.62)
    ax.text(
        place,
        0.97,
        f"least at {number(least)}",
        transform=ax.transAxes,
        ha="center",
        va="top",
        fontsize=SIZE,
        color=dark(colour),
    )


def _risk_words(values, losses, best, unit) -> str:
    parts = [
        f"{label(loss)} {number(loss(c, values))} at {number(c)}" + (f" {unit}" if unit else "")
        for loss, c in zip(losses, best, strict=True)
    ]
    return (
        f"The mean loss of one constant for all {len(values)} values, against the constant, for each loss in its own "
        f"unit, so heights can't be compared between panels. Least mean loss: {'; '.join(parts)}."
    )
