"""Squared errors as areas: a line of least squares, one point that a hand drags, and what training makes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.ticker import FuncFormatter

from lossutils.plot.labels import look, note
from lossutils.plot.paper import (
    BLUE,
    GREY,
    PAPER,
    RED,
    WIDTH,
    Drawn,
    axes,
    blank,
    name_axes,
    own_style,
    quiet,
    show,
)
from lossutils.plot.texts import number, with_unit

HEIGHT, BOTTOM, TOP, LEFT = 4.3, 0.65, 0.45, 0.85  # inches
FAR = 1000.0  # a training error so many times the spread of the targets: it runs away


@quiet
class Squares(Drawn):
    """The picture of one line of least squares, drawn once, in which one point moves: `at(which, shift, factor)`.

    `x` and `y` are (n,). Each error is the side of a square, so the line of least squares is the one with the least
    total area; the dashed square at the top has the mean area. `factor` multiplies the targets, as another unit does.

    `learners` maps names to functions of (inputs, targets), the inputs (n, 1) and standardised, that return the root
    mean squared error after each step of training; their curves, divided by the factor, stand on the right. `shifts`
    are the ends of the hand.
    """

    def __init__(
        self,
        x,
        y,
        unit: str = "",
        per: str = "",
        what: str = "x",
        learners: Mapping[str, Callable] | None = None,
        shifts=(0.0, 0.0),
    ):
        self.x, self.y, self.unit, self.per, self.what = np.asarray(x, float), np.asarray(y, float), unit, per, what
        self.learners = dict(learners or {})
        self.order = np.argsort(self.x, kind="stable")
        self.inputs = np.column_stack([np.ones(len(self.x)), self.x])
        self.before = self._fit(self.y)
        self._trained = {}
        with own_style():
            self._draw(shifts)
            if self.learners:
                self._draw_training()
        self.at(len(self.x) // 2, 0.0)

    def at(self, which: int, shift: float, factor: float = 1.0) -> Squares:
        """Move the point that is at this place in the order of x by `shift`; count the targets in units/`factor`."""
        self.which, self.shift, self.factor = int(which), float(shift), float(factor)
        point = self.order[self.which]
        self.moved = self.y.copy()
        self.moved[point] += self.shift
        self.line = self._fit(self.moved)
        self.error = self.inputs @ self.line - self.moved
        self.mean_square = float(np.mean(self.error**2))
        self.share = float(self.error[point] ** 2 / np.sum(self.error**2))
        self._show_line(point)
        if self.learners:
            self._show_training()
        return self

    @property
    def follows(self) -> float:
        """How far the line moves at the point, when the point moves by 1: its leverage."""
        row = self.inputs[self.order[self.which]]
        return float(row @ np.linalg.solve(self.inputs.T @ self.inputs, row))

    def state(self) -> str:
        """Say what the point does to the line, in a sentence that a notebook stores."""
        moved = f"moved by {number(self.shift, 3)}" if self.shift else "not moved"
        here = f"point {self.which + 1}, {self.what} {number(self.x[self.order[self.which]], 3)}, {moved}"
        parts = [
            f"MSE {number(self.factor**2 * self.mean_square, 3)}",
            f"{number(100 * self.share, 2)} % of the area",
            f"coefficient {number(self.factor * self.line[1], 3)}",
            *(f"{name} {self._reached(name)}" for name in self.learners),
        ]
        return f"{here}: {', '.join(parts)}."

    def words(self) -> str:
        """Describe the whole picture."""
        name, times = with_unit(self.what, self.per), "" if self.factor == 1 else f" times {number(self.factor)}"
        follows = f"{number(abs(self.follows * self.shift), 3)} {self.unit}".strip()
        moved = (
            f" Without the move the coefficient is {number(self.factor * self.before[1], 3)}. At the point the line "
            f"moves by {follows}, {number(self.follows, 2)} of the point's way."
        )
        return (
            f"{len(self.x)} points over {name}, targets in {self.unit or 'their unit'}{times}, the line of least "
            f"squares, and each error as the side of a square. Marked: {self.state()}{moved if self.shift else ''}"
        )

    def _fit(self, y) -> np.ndarray:
        return np.linalg.lstsq(self.inputs, y, rcond=None)[0]

    def _draw(self, shifts) -> None:
        """Draw what stays, and the things that will move."""
        self.figure = blank(HEIGHT)
        right = 3.3 if self.learners else 0.3
        ax = self._ax = axes(self.figure, LEFT, BOTTOM, right, TOP)
        seen = np.concatenate([self.y, self.inputs @ self.before])
        low, high = min(seen.min(), self.y.min() + min(shifts)), max(seen.max(), self.y.max() + max(shifts))
        room = 0.05 * (high - low)
        wide = (WIDTH - LEFT - right) / (HEIGHT - BOTTOM - TOP) * (high - low + 2 * room)
        span = np.ptp(self.x)
        ax.set(xlim=(self.x.min() - 0.12 * span, self.x.max() + 0.12 * span), ylim=(low - room, high + room))
        self._per_unit = 1.24 * span / wide  # so that a side of one unit of y is as long in both directions
        ax.set_autoscale_on(False)
        name_axes(ax, with_unit(self.what, self.per), " ")
        self._areas = ax.add_collection(PolyCollection([], facecolor=BLUE, edgecolor=BLUE, alpha=0.16, lw=0.8))
        self._area = ax.add_collection(PolyCollection([], facecolor=RED, edgecolor=RED, alpha=0.28, lw=1.0))
        self._mean = ax.add_collection(PolyCollection([], facecolor="none", edgecolor=GREY, lw=1.6, ls="--", zorder=6))
        ends = np.array(ax.get_xlim())
        self._ends = np.column_stack([np.ones(2), ends])
        (self._before,) = ax.plot(ends, self._ends @ self.before, color=GREY, lw=1.4, ls=(0, (4, 3)))
        (self._line,) = ax.plot(ends, ends, color=RED)
        (self._points,) = ax.plot([], [], "o", color=BLUE, ms=6, mec=PAPER, mew=0.7)
        (self._ghost,) = ax.plot([], [], "o", color=GREY, ms=8, mfc=PAPER)
        (self._hand,) = ax.plot([], [], "o", color=RED, ms=10, mec=PAPER, mew=1.2, zorder=5)
        self._note = note(ax, 0.97, 0.96, "", GREY, ha="right")
        self._was = note(ax, 0.03, 0.05, "dashed: before the move", GREY, va="bottom")

    def _show_line(self, point) -> None:
        ax = self._ax
        corners = self._corners(self.x, self.moved, self.error)
        others = np.arange(len(self.x)) != point
        self._areas.set_verts(corners[others])
        self._area.set_verts(corners[[point]])
        self._line.set_ydata(self._ends @ self.line)
        self._points.set_data(self.x[others], self.moved[others])
        self._ghost.set_data(self.x[[point]], self.y[[point]])
        for mark in (self._before, self._ghost, self._was):
            mark.set_visible(bool(self.shift))
        self._hand.set_data(self.x[[point]], self.moved[[point]])
        root, (right, top) = np.sqrt(self.mean_square), (ax.get_xlim()[1], ax.get_ylim()[1])
        corner = right - 0.02 * np.ptp(ax.get_xlim()), top - 0.1 * np.ptp(ax.get_ylim())
        square = np.array([[0, 0], [-1, 0], [-1, -1], [0, -1]]) * root * [self._per_unit, 1]
        self._mean.set_verts([corner + square])
        self._note.set_text(f"mean area (MSE): {number(self.factor**2 * self.mean_square, 3)}")
        times = "" if self.factor == 1 else f" × {number(self.factor)}"
        ax.yaxis.label.set_text(f"{self.unit or 'y'}{times}")
        ax.yaxis.set_major_formatter(FuncFormatter(lambda tick, _: number(tick * self.factor)))

    def _corners(self, x, y, error) -> np.ndarray:
        """Squares from each point to the line, on the side where the line goes away if there is room: (n, 4, 2)."""
        side = self._per_unit * np.abs(error) * np.where((error < 0) == (self.line[1] < 0), 1, -1)
        low, high = self._ax.get_xlim()
        side = np.where((x + side < low) | (x + side > high), -side, side)
        return np.stack(
            [np.column_stack([x + a * side, y + b * error]) for a, b in ((0, 0), (1, 0), (1, 1), (0, 1))], axis=1
        )

    def _draw_training(self) -> None:
        ax = self._right = axes(self.figure, WIDTH - 2.3, BOTTOM, 0.25, TOP)
        name_axes(ax, "training step", with_unit("RMSE in training", self.unit))
        ax.set(yscale="log", ylim=(0.3 * np.std(self.y), 30 * np.std(self.y)))
        ax.yaxis.set_major_formatter(FuncFormatter(lambda tick, _: number(tick)))
        ax.tick_params(which="minor", left=False)
        self._curves, self._ways = {}, {}
        for k, name in enumerate(self.learners):
            style = look(k + 1) | ({"linestyle": "-"} if k == 0 else {})  # the first one as the line on the left
            (self._curves[name],) = ax.plot([], [], markevery=0.2, **style)
            self._ways[name] = note(ax, 0.97, 0.97 - 0.1 * k, "", style["color"], ha="right")

    def _show_training(self) -> None:
        key = (self.which, self.shift, self.factor)
        if self._trained.get("key") != key:
            z = ((self.x - self.x.mean()) / self.x.std())[:, np.newaxis]
            curves = {
                name: np.asarray(learn(z, self.factor * self.moved)) / self.factor
                for name, learn in self.learners.items()
            }
            self._trained = {"key": key, **curves}
        for name, line in self._curves.items():
            curve = self._trained[name]
            line.set_data(np.arange(len(curve)), np.clip(curve, None, 1e6 * np.std(self.y)))
            self._ways[name].set_text(f"{name}: {self._reached(name)}")
            self._right.set_xlim(-0.03 * len(curve), 1.03 * len(curve))

    def _reached(self, name: str) -> str:
        last = self._trained[name][-1]
        return f"{number(last, 3)} {self.unit}".strip() if last < FAR * np.std(self.y) else "runs away"


def squares(
    x,
    y,
    which: int,
    shift: float = 0.0,
    factor: float = 1.0,
    unit: str = "",
    per: str = "",
    what: str = "x",
    learners: Mapping[str, Callable] | None = None,
    shifts=None,
    *,
    caption: str = "",
) -> None:
    """Draw a line's errors as squares, one point moved: the still picture of the widget of the same name."""
    picture = Squares(x, y, unit, per, what, learners, (min(shift, 0.0), max(shift, 0.0)) if shifts is None else shifts)
    picture.at(which, shift, factor)
    show(picture.figure, picture.words(), caption)
