"""Losses and their slopes, against the error."""

from __future__ import annotations

import dataclasses
from functools import partial

import numpy as np
from matplotlib.figure import Figure

from lossutils.plot.labels import LINE, axes_for_labels, label_ends, look
from lossutils.plot.paper import GREY, blank, name_axes, on_paper, show
from lossutils.plot.texts import has_target_unit, label, listed, number, with_unit

POINTS = 600  # an even number of points leaves out the error 0, where slopes may jump
COSTS, PULLS = 4, 2  # so many times what nine errors in ten stay below, and the rest of the curve is cut off


@on_paper
def loss_curves(losses, unit: str = "", title: str | None = None, *, caption: str = "") -> None:
    """Draw what an error costs under several losses: loss against error = prediction − target.

    `unit` is the target's. Losses that look at the target itself (percentages, labels) are drawn for one target, 0,
    or 1 where a loss can't take 0; the axis says which.
    """
    losses = list(losses)
    target = _common_target(losses)
    error = _errors(losses, target)
    costs = [loss.each for loss in losses]
    curves = [_values(cost, loss, error, target) for cost, loss in zip(costs, losses, strict=True)]
    tops = [reach(curve, COSTS) for curve in curves]
    limits = (0.0, 1.05 * min(max(tops), 4 * float(np.median(tops))))
    ylabel = "loss, each in its own unit" if len(losses) > 1 else "loss"
    cut = _beyond(curves, limits)
    fig = _draw(losses, error, curves, limits, unit, target, f"{ylabel}{cut}", title)
    words = _words(losses, costs, target, error, unit, "Loss against the error", "cost", cut)
    show(fig, words, caption)


@on_paper
def slopes(losses, unit: str = "", title: str | None = None, *, caption: str = "") -> None:
    """Draw how hard an error pulls under several losses: the derivative of the loss against the error.

    A gap in a line is a jump of the slope, where the loss has a kink. Targets as in `loss_curves`.
    """
    losses = list(losses)
    target = _common_target(losses)
    error = _errors(losses, target)
    pulls = [partial(_slope, loss) for loss in losses]
    curves = [_values(pull, loss, error, target) for pull, loss in zip(pulls, losses, strict=True)]
    for loss, curve in zip(losses, curves, strict=True):
        if loss.smooth is False:
            _open_jumps(curve)
    tops = [reach(curve, PULLS) for curve in curves]
    far = 1.08 * min(max(tops), 4 * float(np.median(tops)))
    ends = [1.08 * max(float(np.nanmax(sign * curve)) for curve in curves) for sign in (-1, 1)]
    down, up = (min(far, max(end, 0.08 * far)) for end in ends)
    limits = (-down, up)
    cut = _beyond(curves, limits)
    fig = _draw(losses, error, curves, limits, unit, target, f"slope of the loss{cut}", title)
    fig.axes[0].axhline(0, color=GREY, lw=1, zorder=1)
    start = "Slope of the loss against the error"
    words = _words(losses, pulls, target, error, unit, start, "have the slopes", cut)
    show(fig, words, caption)


def reach(curve: np.ndarray, times: float) -> float:
    """Return how far from 0 a curve is worth drawing: where a few errors would flatten all others, not to its end."""
    sizes = np.abs(curve[np.isfinite(curve)])
    return min(float(sizes.max()), times * float(np.quantile(sizes, 0.9)))


def _common_target(losses) -> float:
    for loss in losses:
        if loss.row_wise:
            raise ValueError(f"{loss.name} takes a row of numbers for each sample: it is no curve over one error")
    return 0.0 if all(loss.target.contains(0.0) and loss.prediction.low < 0 for loss in losses) else 1.0


def _errors(losses, target: float) -> np.ndarray:
    """Errors to both sides, far enough out to see what each parameter does, as far as some loss allows."""
    parameters = [(loss, field.name) for loss in losses for field in dataclasses.fields(loss)]
    scales = [getattr(*parameter) for parameter in parameters if has_target_unit(*parameter)]
    reach = 3.0 * max([scale for scale in scales if np.isfinite(scale)], default=1.0)
    low = max(-reach, min(loss.prediction.low for loss in losses) - target)
    high = min(reach, max(loss.prediction.high for loss in losses) - target)
    room = 1e-3 * (high - low)  # the ends themselves may cost infinitely much
    return np.linspace(low + room, high - room, POINTS)


def _values(function, loss, error: np.ndarray, target: float) -> np.ndarray:
    """Evaluate at all errors whose prediction is legal; elsewhere nan, which draws nothing."""
    pred, values = target + error, np.full(len(error), np.nan)
    legal = loss.prediction.contains(pred)
    if legal.any():
        values[legal] = function(pred[legal], np.full(np.count_nonzero(legal), target))
    return values


def _slope(loss, pred, target):
    """Slope of each sample's own loss; `grad` is that of the mean."""
    return loss.grad(pred, target) * np.size(pred)


def _open_jumps(curve: np.ndarray) -> None:
    """Lift the pen where a slope jumps, so that no line is drawn where there is no value."""
    steps = np.abs(np.diff(curve))
    curve[1:][steps > 0.05 * np.nanmax(np.abs(curve))] = np.nan


def _draw(losses, error, curves, limits, unit, target, ylabel, title) -> Figure:
    fig = blank(max(4.0, 1.3 + LINE * len(losses)) + (0.3 if title else 0))
    ax = axes_for_labels(fig, [label(loss) for loss in losses], top=0.75 if title else 0.45)
    ax.set(xlim=error[[0, -1]], ylim=limits)
    drawn = []
    for k, (loss, curve) in enumerate(zip(losses, curves, strict=True)):
        drawn += ax.plot(error, curve, label=label(loss), markevery=(40 + 8 * k, 104), **look(k))
    ax.axvline(0, color=GREY, lw=1, zorder=1)
    only = f", for the target {number(target)}" if any(loss.target.bounded for loss in losses) else ""
    name_axes(ax, with_unit(f"error = prediction − target{only}", unit), ylabel, title)
    label_ends(ax, drawn)
    return fig


def _beyond(curves, limits) -> str:
    """Say at which edges of the picture a curve is cut off; nothing where all are seen whole."""
    low, high = limits
    crossed = [low] * any((curve < low).any() for curve in curves) + [high] * any(
        (curve > high).any() for curve in curves
    )
    return f", cut off at {listed(number(edge, 2) for edge in crossed)}" if crossed else ""


def _words(losses, functions, target, error, unit, start, verb, cut) -> str:
    ends = np.array([float(f"{end * 2 / 3:.1g}") for end in error[[0, -1]] if abs(end) > 0.1 * np.ptp(error)])
    parts = []
    for loss, function in zip(losses, functions, strict=True):
        values = _values(function, loss, ends, target)
        parts.append(f"{label(loss)}: {listed(number(v) for v in values[np.isfinite(values)])}")
    at = listed(number(e) for e in ends) + (f" {unit}" if unit else "")
    words = f"{start}. Errors of {at} {verb}: {'; '.join(parts)}."
    return f"{words} The picture is {cut.removeprefix(', ')}." if cut else words
