"""Data space beside weight space: a line of one weight moves through the points while its weight walks downhill."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from lossutils.plot.labels import dark
from lossutils.plot.paper import (
    BLUE,
    GREEN,
    INK,
    ON_TOP,
    PAPER,
    RED,
    SIZE,
    WIDTH,
    axes,
    blank,
    name_axes,
    on_paper,
    show,
)
from lossutils.plot.texts import label, listed, number
from lossutils.plot.values import mean_losses
from lossutils.training import descend

NUMBERED = 3  # so many steps have their numbers
DOTS = "#B9B7B0"
MOST = 4  # lines that are drawn between the first and the last: more would be a smear


@on_paper
def walks(
    x, y, loss, start: float, rates, steps: int, names: tuple[str, str] = ("input x", "target y"), *, caption: str = ""
) -> None:
    """Draw walks downhill of the model ŷ = w·x, each with its rate: the line in the data, and its weight on the loss.

    `x` and `y` are (n,), `loss` is convex, `names` are those of x and y. One rate: data at the left, loss at the
    right. Several: a column each, the data above. The start is hollow, the minimum a diamond, the steps have numbers.
    """
    x, y, rates = np.asarray(x, float), np.asarray(y, float), list(rates)
    risk = _risk(x, y, loss)
    paths = [descend(risk, [start], rate, steps) for rate in rates]
    best = _lowest(risk, start)
    fig, pairs = _sheet(len(rates))
    for (data, hill), rate, (path, values) in zip(pairs, rates, paths, strict=True):
        seen = path[np.isfinite(values), 0]
        _draw_lines(data, x, y, seen)
        _draw_hill(hill, x, y, loss, best, 1.35 * abs(start - best) or 1.0)
        _draw_steps(hill, seen, values)
        name_axes(data, *names, f"rate {number(rate)}" if len(rates) > 1 else None)
        name_axes(hill, "weight w", "mean loss")
    if len(rates) == 1:
        _name_lines(pairs[0][0], paths[0][0][[0, -1], 0], steps)
    show(fig, _words(x, loss, rates, paths, best, steps), caption)


def _risk(x, y, loss):
    def at(w):
        value, slopes = loss.value_and_grad(w * x, y)
        return value, np.array([slopes @ x])

    return at


def _sheet(columns: int):
    """Return the figure and, for each rate, the axes of its data and of its loss."""
    if columns == 1:
        fig = blank(3.6)
        return fig, [(axes(fig, 0.7, 0.65, 4.15, 0.45), axes(fig, 4.45, 0.65, 0.15, 0.45))]
    fig, wide = blank(5.9), WIDTH / columns
    places = [(k * wide + 0.62, WIDTH - (k + 1) * wide + 0.14) for k in range(columns)]
    return fig, [(axes(fig, left, 3.55, right, 0.7), axes(fig, left, 0.65, right, 3.25)) for left, right in places]


def _draw_lines(ax: Axes, x, y, weights) -> None:
    """The points, and the lines of some steps: the start dashed, the last one thick."""
    ax.plot(x, y, "o", color=DOTS, ms=3, mew=0)
    room = 0.06 * np.ptp(x), 0.06 * np.ptp(y)
    ends = np.array([x.min() - room[0], x.max() + room[0]])
    ax.set(xlim=ends, ylim=(y.min() - room[1], y.max() + room[1]))
    between = range(1, min(len(weights) - 1, MOST + 1))
    for k in between:
        ax.plot(ends, weights[k] * ends, color=RED, lw=1.3, alpha=0.65)
    ax.plot(ends, weights[0] * ends, color=INK, lw=1.8, ls=(0, (4, 2)))
    ax.plot(ends, weights[-1] * ends, color=RED, lw=3)
    ax.locator_params(nbins=4)


def _name_lines(ax: Axes, weights, steps: int) -> None:
    """Write beside the first and the last line what they are, a little inside the frame."""
    (left, right), high = ax.get_xlim(), ax.get_ylim()[1]
    for w, text, colour in zip(weights, ("start", f"step {steps}"), (INK, dark(RED)), strict=True):
        x = np.clip(0.86 * high / w if w else right, 0.8 * left, 0.45 * right)
        ax.annotate(
            text, (x, w * x), (8, 0), textcoords="offset points", va="center", fontsize=SIZE, color=colour, **ON_TOP
        )


def _draw_hill(ax: Axes, x, y, loss, best: float, reach: float) -> None:
    grid = np.linspace(best - reach, best + reach, 201)
    curve = np.array([mean_losses(loss, np.array([0.0]), y - w * x)[0] for w in grid])
    least = float(loss(best * x, y))
    ax.plot(grid, curve, color=BLUE)
    ax.plot(best, least, "D", color=GREEN, ms=9, zorder=6, mec=PAPER)
    ax.set(xlim=grid[[0, -1]], ylim=(least - 0.1 * np.ptp(curve), least + 1.04 * np.ptp(curve)))
    ax.locator_params(nbins=4)


def _draw_steps(ax: Axes, weights, values) -> None:
    """The steps on the curve, joined by arrows; the start is hollow, and numbers stand where there is room for them."""
    low, high = ax.get_xlim()
    bottom, top = ax.get_ylim()
    inside = (weights > low) & (weights < high) & (values[: len(weights)] < top)
    last = len(weights) if inside.all() else int(np.argmin(inside)) + 1  # an arrow points to the first outside
    box = ax.get_position()
    size = ax.get_figure().get_size_inches() * (box.width, box.height)
    scale = size / (high - low, top - bottom)
    points = np.column_stack([weights, values[: len(weights)]])[:last]
    for here, there in zip(points, points[1:], strict=False):
        if np.hypot(*((there - here) * scale)) > 0.12:
            arrow = {"arrowstyle": "-|>", "color": RED, "lw": 1.2, "shrinkA": 3, "shrinkB": 4, "mutation_scale": 10}
            ax.annotate("", there, here, arrowprops=arrow, annotation_clip=False, zorder=4)
    ax.plot(*points[1:].T, "o", color=RED, ms=6, mec=PAPER, mew=0.7, zorder=5)
    ax.plot(*points[0], "o", color=PAPER, ms=8, mec=INK, mew=1.8, zorder=5)
    middle = (low + high) / 2
    crosses = (points[min(1, len(points) - 1)][0] > middle) != (points[0][0] > middle)
    for step, point in enumerate(points[: NUMBERED + 1]):
        near = any(np.hypot(*((point - other) * scale)) < 0.2 for other in points[:step])
        if inside[step] and not near:
            side = 1 if point[0] > middle else -1
            _number(ax, step, point, (8 * side, -3) if step else (-8 * side, -16 if crosses else 8))


def _number(ax: Axes, step: int, point, place: tuple[int, int]) -> None:
    """Write a step's number outside the valley, and "start" inside it."""
    ax.annotate(
        str(step) if step else "start",
        point,
        place,
        textcoords="offset points",
        ha="left" if place[0] > 0 else "right",
        va="center",
        fontsize=SIZE,
        color=dark(RED) if step else INK,
        **ON_TOP,
    )


def _lowest(risk, start: float) -> float:
    """Return where a convex curve over one weight is lowest, by halving the stretch where the slope changes sign."""

    def slope(w):
        return float(risk(np.array([w]))[1][0])

    downhill, far = -np.sign(slope(start)), 1.0
    while slope(start + downhill * far) * downhill < 0:
        far *= 2
    low, high = sorted((start, start + downhill * far))
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if slope(middle) < 0 else (low, middle)
    return (low + high) / 2


def _words(x, loss, rates, paths, best, steps) -> str:
    parts = []
    for rate, (path, values) in zip(rates, paths, strict=True):
        w = path[np.isfinite(values), 0]
        firsts = listed(number(step) for step in w[1:4])
        parts.append(f"at rate {number(rate)} the first steps lead to {firsts}, and step {steps} to {number(w[-1])}")
    return (
        f"A line ŷ = w·x through {len(x)} points, and its mean loss ({label(loss)}) over w. The start is w = "
        f"{number(paths[0][0][0, 0])}, the lowest place w = {number(best)}; {'; '.join(parts)}."
    )
