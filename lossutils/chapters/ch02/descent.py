"""Data space beside weight space, with two weights: a line among its points, and its walk over the loss's hills."""

from __future__ import annotations

import itertools

import numpy as np

from lossutils.chapters.ch02.one_weight import DOTS
from lossutils.plot.labels import dark
from lossutils.plot.paper import (
    BLUE,
    GREEN,
    INK,
    ON_TOP,
    PAPER,
    RED,
    SIZE,
    Drawn,
    axes,
    blank,
    name_axes,
    own_style,
    quiet,
    show,
)
from lossutils.plot.texts import label, listed, number, with_unit
from lossutils.plot.values import mean_losses
from lossutils.training import descend

GRID = 49  # points a side of the surface
TRAIL = (0.03, 0.1, 0.3)  # the lines of these shares of all steps are drawn thin
WAY = 200  # steps of the walk that decides which part of the surface is shown
FAR = 1e3  # a loss so many times that of the start: the walk runs away
NEAR = {"textcoords": "offset points", "fontsize": SIZE, **ON_TOP}
BELOW = {"xytext": (0, -9), "ha": "center", "va": "top", **NEAR}


@quiet
class Surface(Drawn):
    """A line among its points, and the mean loss over its two weights; on it walks the descent that `walk` asks for.

    `x` and `y` are (n,), `names` theirs. Left: the line of the start, of some steps, of the last one and of the
    minimum. Right: lines of equal loss over intercept and coefficient, the minimum, and the path. The part that is
    shown is the same for every loss, so that only the hills change when `under` changes it. `unit` is that of y, `per`
    that of x.
    """

    def __init__(self, x, y, loss, unit: str = "", per: str = "", names: tuple[str, str] = ("input", "target")):
        self.x, self.y = np.asarray(x, float), np.asarray(y, float)
        self.inputs = np.column_stack([np.ones(len(self.x)), self.x])
        self.corners = self._window()
        with own_style():
            self._draw(names, unit, per)
        self._hills = []
        self.under(loss)

    def under(self, loss) -> Surface:
        """Show the hills of another loss."""
        self.loss = loss
        self.best, self.least = self._minimum()
        self.limit = self._limit()
        with own_style():
            self._draw_hills(loss)
        return self

    def objective(self, w: np.ndarray) -> tuple[float, np.ndarray]:
        """Return the mean loss and its gradient at (intercept, coefficient); nan once they are no longer finite."""
        pred = self.inputs @ w
        if not np.isfinite(pred).all():
            return np.nan, np.full(2, np.nan)
        value, slopes = self.loss.value_and_grad(pred, self.y)
        return value, slopes @ self.inputs

    def walk(self, rate: float, steps: int) -> Surface:
        """Walk from (0, 0) with this rate, and show the way."""
        self.rate, self.steps = float(rate), int(steps)
        self.path, self.values = descend(self.objective, np.zeros(2), self.rate, self.steps)
        low, high = self.corners + np.array([[-1], [1]]) * np.ptp(self.corners, axis=0)
        far = ~((self.path > low) & (self.path < high)).all(axis=1)
        seen = self.path[: int(np.argmax(far)) if far.any() else len(far)]  # what is far outside would only smear
        self._way.set_data(*seen.T)
        self._end.set_data(*seen[-1:].T)
        shown = self.path[np.isfinite(self.path).all(axis=1)]
        for line, share in zip(self._trail, TRAIL, strict=True):
            self._put(line, shown[round(share * (len(shown) - 1))])
        self._put(self._line, shown[-1])
        return self

    def _put(self, line, w) -> None:
        line.set_data(self._ends, np.clip(w[0] + w[1] * self._ends, -1e6, 1e6))

    @property
    def runs_away(self) -> bool:
        """Whether the loss has left the finite numbers, or grown to a thousand times that of the start."""
        return not self.values[-1] < FAR * self.values[0]

    def state(self) -> str:
        """Say how the walk ends, in a line that a notebook stores."""
        start = f"{label(self.loss)}, rate {number(self.rate, 3)}{self._bound()}, {self.steps} steps: "
        if self.runs_away:
            return f"{start}it runs away."
        above = self.values[-1] - self.least
        height = f"{number(above, 2)} above the least" if above > 1e-9 * self.least else "the least"
        return f"{start}loss {number(self.values[-1])}, {height}."

    def words(self) -> str:
        """Describe the whole picture."""
        best, end = (
            listed([f"intercept {number(w[0], 3)}", f"coefficient {number(w[1], 3)}"])
            for w in (self.best, self.path[np.isfinite(self.values)][-1])
        )
        return (
            f"A line among {len(self.x)} points, and lines of equal loss over its intercept and coefficient, with a "
            f"walk downhill from (0, 0): {self.state()} The walk ends at {end}; the least loss, {number(self.least)}, "
            f"is at {best}."
        )

    def _bound(self) -> str:
        """Say what the curvature says about the rate. It is a limit where the curvature is the same everywhere."""
        if self.limit is None:
            return " (no curvature)"
        same = self.loss.curvature(np.array([0.0, FAR]), np.zeros(2))
        return f" ({'limit' if same[0] == same[1] else 'safe below'} {number(self.limit, 3)})"

    def _minimum(self) -> tuple[np.ndarray, float]:
        """Return the best line and its loss, by least squares with weights slope/error, again and again."""
        w = np.linalg.lstsq(self.inputs, self.y, rcond=None)[0]
        for _ in range(60):
            e = self.inputs @ w - self.y
            e = np.where(np.abs(e) < 1e-9, 1e-9, e)
            weight = np.sqrt(self.loss.derivative(e, np.zeros_like(e)) / e)[:, np.newaxis]
            w = np.linalg.lstsq(weight * self.inputs, weight[:, 0] * self.y, rcond=None)[0]
        near = np.argsort(np.abs(self.inputs @ w - self.y), kind="stable")[:6]  # where a loss has kinks, its best line
        pairs = [list(pair) for pair in itertools.combinations(near, 2)]  # goes through two points
        through = [np.linalg.solve(self.inputs[p], self.y[p]) for p in pairs if np.ptp(self.x[p])]
        return min(((v, self.loss(self.inputs @ v, self.y)) for v in [w, *through]), key=lambda found: found[1])

    def _limit(self) -> float | None:
        """Return the rate beyond which a walk runs away: 2 / the largest curvature; None for a loss without one."""
        most = float(np.max(self.loss.curvature(np.zeros(1), np.zeros(1))))
        steepest = np.linalg.eigvalsh(self.inputs.T @ self.inputs / len(self.x))[-1]
        return 2 / (most * steepest) if most else None

    def _window(self) -> np.ndarray:
        """Return the corners of what is shown: the way that least squares take from (0, 0), the minimum, some room."""
        hessian = self.inputs.T @ self.inputs / len(self.x)
        pull = self.inputs.T @ self.y / len(self.x)
        way, _ = descend(lambda w: (0.0, hessian @ w - pull), np.zeros(2), 1 / np.linalg.eigvalsh(hessian)[-1], WAY)
        points = np.vstack([way, np.linalg.solve(hessian, pull)])
        low, high = points.min(axis=0), points.max(axis=0)
        return np.array([low - 0.25 * (high - low), high + 0.45 * (high - low)])

    def _draw(self, names, unit: str, per: str) -> None:
        self.figure = blank(4.0)
        self._left, self._right = axes(self.figure, 0.7, 0.65, 4.15, 0.45), axes(self.figure, 4.55, 0.65, 0.15, 0.45)
        name_axes(self._left, with_unit(names[0], per), with_unit(names[1], unit))
        name_axes(
            self._right, with_unit("intercept", unit), with_unit("coefficient", f"{unit} per {per}" if per else unit)
        )
        room = 0.04 * np.ptp(self.x)
        self._ends = np.array([self.x.min() - room, self.x.max() + room])
        top = 0.08 * np.ptp(self.y)
        self._left.set(xlim=self._ends, ylim=(min(0, self.y.min()) - top, self.y.max() + top))
        self._left.plot(self.x, self.y, "o", color=DOTS, ms=3, mew=0)
        self._left.plot(self._ends, [0, 0], color=INK, lw=1.8, ls=(0, (4, 2)))
        self._left.annotate("start", (self._ends[1], 0), (-4, 4), ha="right", va="bottom", color=INK, **NEAR)
        self._trail = [self._left.plot([], [], color=RED, lw=1.2, alpha=0.55)[0] for _ in TRAIL]
        (self._line,) = self._left.plot([], [], color=RED, lw=3, zorder=4)
        (self._goal,) = self._left.plot([], [], color=GREEN, lw=2, ls=(0, (1, 1.2)), zorder=5)
        self._right.set(xlim=self.corners[:, 0], ylim=self.corners[:, 1])
        self._right.plot(0, 0, "o", color=PAPER, ms=9, mec=INK, mew=1.8, zorder=4)
        (self._way,) = self._right.plot([], [], "o-", color=RED, lw=1, ms=4, mec=PAPER, mew=0.4, alpha=0.85)
        (self._bottom,) = self._right.plot([], [], "D", color=GREEN, ms=9, zorder=4)
        (self._end,) = self._right.plot([], [], "o", color=RED, ms=11, mec=PAPER, mew=1.5, zorder=5)
        self._right.annotate("start", (0, 0), color=INK, **BELOW)
        self._note = self._right.annotate("minimum", (0, 0), color=dark(GREEN), **BELOW)

    def _draw_hills(self, loss) -> None:
        for old in self._hills:
            old.remove()
        a, b = (np.linspace(*ends, GRID) for ends in self.corners.T)
        above = np.array([mean_losses(loss, a, self.y - slope * self.x) for slope in b]) - self.least
        levels = np.geomspace(max(above.min(), above.max() / 3000), above.max(), 9)
        self._hills = [
            self._right.contour(a, b, above, levels, colors=BLUE, linewidths=1),
        ]
        self._bottom.set_data(*self.best[:, np.newaxis])
        self._note.xy = self.best
        self._goal.set_data(self._ends, self.best @ [np.ones(2), self._ends])


def loss_surface(
    x, y, loss, rate: float, steps: int, unit: str = "", per: str = "", names=("input", "target"), *, caption: str = ""
) -> None:
    """Draw a line among its points beside its walk over intercept and coefficient: the widget's still picture."""
    surface = Surface(x, y, loss, unit, per, names).walk(rate, steps)
    show(surface.figure, surface.words(), caption)
