"""How hard a row pulls under each loss, and the weight that makes least squares pull as hard."""

from __future__ import annotations

import numpy as np

from lossutils.plot.labels import axes_for_labels, label_ends, own_look
from lossutils.plot.paper import axes, blank, name_axes, on_paper, show
from lossutils.plot.texts import label, listed, number

HEIGHT, MIDDLE = 6.3, 3.1  # inches: of the sheet, and of the lower panel
MOST = 3.2  # the weight at which the lower picture ends


@on_paper
def slopes_and_weights(losses, far: float = 8.0, at: float = 6.0, *, caption: str = "") -> None:
    """Draw the slope of each loss over the size of the error, and below it slope / error, the weight of a row.

    Errors from 0 to `far`, in scales. A loss whose slope near 0 is a multiple of the error is divided by it, so that a
    tiny error has the weight 1. The description tells slope and weight at the error `at`.
    """
    losses, e = list(losses), np.linspace(1e-3, far, 401)
    slopes = {label(loss): _slope(loss, e) for loss in losses}
    fig = blank(HEIGHT)
    above = axes_for_labels(fig, slopes, bottom=MIDDLE + 0.25)
    box = above.get_position()
    right = 7.5 * (1 - box.x1)
    below = axes(fig, 0.85, 0.65, right, HEIGHT - MIDDLE + 0.45)
    for ax, curves, top, name in (
        (above, slopes, 1.08 * max(4.685, at), "slope: how hard the row pulls"),
        (below, {name: slope / e for name, slope in slopes.items()}, MOST, "weight: slope / error"),
    ):
        drawn = [ax.plot(e, curve, label=loss, markevery=60, **own_look(loss))[0] for loss, curve in curves.items()]
        ax.set(xlim=(0, far), ylim=(-0.04 * top, top))
        name_axes(ax, "size of the error, in scales" if ax is below else "", name)
        label_ends(ax, drawn)
    show(fig, _words(losses, at), caption)


def _slope(loss, e) -> np.ndarray:
    """The slope, for small errors that of half the squared error."""
    slope = np.asarray(loss.derivative(e, np.zeros_like(e)), float)
    near = slope[0] / e[0]
    return slope / near if loss.smooth else slope


def _words(losses, at) -> str:
    e = np.array([1e-3, at])
    told = [
        f"{label(loss)} {number(_slope(loss, e)[1], 3)} and {number(_slope(loss, e)[1] / at, 2)}" for loss in losses
    ]
    return (
        f"Slope, and slope divided by error, over the size of the error. At an error of {number(at)}: {listed(told)}."
    )
