"""The right triangle of least squares: what the model explains and what it leaves, as areas on its sides."""

from __future__ import annotations

import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.patches import Polygon

from lossutils.plot.labels import dark
from lossutils.plot.paper import BLUE, GREY, INK, RED, SIZE, WIDTH, blank, on_paper, show
from lossutils.plot.texts import number, with_unit

HIGH, ROOM = 5.2, 0.25  # inches: the sheet, and what stays free at its rim


@on_paper
def right_triangle(pred, target, unit: str = "", *, caption: str = "") -> None:
    """Draw the variance of the targets, that of the predictions and the mean squared error as squares on a triangle.

    `pred` and `target` are (n,). For least squares with an intercept, on its own data, the triangle has a right angle.
    """
    pred, target = np.asarray(pred, float), np.asarray(target, float)
    explained, left, total = pred.var(), float(np.mean((pred - target) ** 2)), target.var()
    foot, corner = np.zeros(2), np.array([np.sqrt(explained), 0.0])
    across = (explained + total - left) / (2 * np.sqrt(explained * total))  # the cosine at the left corner
    top = np.sqrt(total) * np.array([across, np.sqrt(1 - across**2)])
    fig = blank(HIGH)
    shapes = {
        "variance\nof the\ntargets": (_square(top, foot), total, GREY, "-"),
        "variance\nof the\npredictions": (_square(foot, corner), explained, BLUE, (0, (6, 2))),
        "mean\nsquared\nerror": (_square(corner, top), left, RED, (0, (2, 1.5))),
    }
    place = _fitted(np.concatenate([square for square, *_ in shapes.values()]))
    for name, (square, area, colour, line) in shapes.items():
        fig.add_artist(_shape(fig, place(square), colour, 0.2, line))
        _write(fig, place(square).mean(axis=0), f"{name}\n{number(area, 3)}", colour)
    fig.add_artist(_shape(fig, place(np.array([foot, corner, top])), INK, 0.0, "-"))
    _right_angle(fig, place(np.array([foot, corner, top])))
    _write(fig, np.array([WIDTH - 1.5, HIGH - 0.5]), with_unit("areas", f"{unit}²" if unit else ""), INK)
    show(fig, _words(total, explained, left, unit), caption)


def _square(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """The square on the right of the way from start to end, (4, 2)."""
    way = end - start
    out = np.array([way[1], -way[0]])
    return np.array([start, end, end + out, start + out])


def _fitted(points: np.ndarray):
    """Return what turns the triangle's coordinates into inches, so that all these points are on the sheet."""
    low, size = points.min(axis=0), np.ptp(points, axis=0)
    scale = min((WIDTH - 2 * ROOM) / size[0], (HIGH - 2 * ROOM) / size[1])
    offset = (np.array([WIDTH, HIGH]) - scale * size) / 2
    return lambda place: offset + scale * (place - low)


def _shape(fig, corners, colour: str, filled: float, line) -> Polygon:
    shape = Polygon(corners, closed=True, fc=to_rgba(colour, filled), ec=colour, lw=2, ls=line)
    shape.set_transform(fig.dpi_scale_trans)
    return shape


def _right_angle(fig, corners) -> None:
    """The sign of a right angle, at the corner where predictions and errors meet."""
    foot, corner, top = corners
    one, other = (0.22 * (end - corner) / np.linalg.norm(end - corner) for end in (foot, top))
    corners = np.array([corner + one, corner + one + other, corner + other])
    sign = Polygon(corners, closed=False, fc="none", ec=INK, lw=2)
    sign.set_transform(fig.dpi_scale_trans)
    fig.add_artist(sign)


def _write(fig, place, text: str, colour: str) -> None:
    at = {"transform": fig.dpi_scale_trans, "ha": "center", "va": "center", "linespacing": 1.2}
    fig.text(*place, text, fontsize=SIZE, color=dark(colour) if colour != INK else INK, **at)


def _words(total, explained, left, unit) -> str:
    squared = f" {unit}²" if unit else ""
    sums = "Together they are the first" if np.isclose(total, explained + left) else "Together they are not the first"
    return (
        f"A triangle with a square on each side. Areas: variance of the targets {number(total, 3)}{squared}, variance "
        f"of the predictions {number(explained, 3)}, mean squared error {number(left, 3)}. {sums}."
    )
