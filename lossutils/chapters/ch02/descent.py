"""Walks downhill: the steps of gradient descent on a curve over one weight, and on a surface over two."""

from __future__ import annotations

import itertools

import numpy as np
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

from lossutils.plot.labels import dark
from lossutils.plot.paper import (
    BLUE,
    GREEN,
    GREY,
    ON_TOP,
    PAPER,
    RED,
    SIZE,
    SKY,
    WIDTH,
    axes,
    blank,
    head,
    name_axes,
    on_paper,
    own_style,
    png,
    quiet,
    show,
)
from lossutils.plot.texts import label, listed, number, with_unit
from lossutils.plot.values import mean_losses
from lossutils.training import descend

GRID = 49  # points a side of the surface
WAY = 200  # steps of the walk that decides which part of the surface is shown
FAR = 1e3  # a loss so many times that of the start: the walk runs away
BELOW = {"xytext": (0, -9), "textcoords": "offset points", "ha": "center", "va": "top", "fontsize": SIZE, **ON_TOP}


@on_paper
def walks(
    objective, start: float, rates, steps: int, weight: str = "weight w", title: str | None = None, *, caption: str = ""
) -> None:
    """Draw walks downhill with one weight, a panel for each rate: the curve of the mean loss, and the steps on it.

    `objective(w)` takes an array (1,) and returns the mean loss and its gradient (1,).
    """
    rates = list(rates)
    paths = [descend(objective, [start], rate, steps) for rate in rates]
    best, least = _lowest(objective, start)
    reach = 1.35 * abs(start - best) or 1.0
    fig = blank(3.4 + (0.35 if title else 0))
    grid = np.linspace(best - reach, best + reach, 201)
    curve = np.array([objective(np.array([w]))[0] for w in grid])
    panel = WIDTH / len(rates)
    for k, (rate, (path, values)) in enumerate(zip(rates, paths, strict=True)):
        ax = axes(fig, k * panel + 0.6, 0.65, WIDTH - (k + 1) * panel + 0.12, 0.75 + (0.35 if title else 0))
        ax.plot(grid, curve, color=BLUE)
        ax.plot(path[:, 0], values, "o-", color=RED, lw=1.2, ms=6, mec=PAPER, mew=0.7)
        ax.plot(best, least, "D", color=GREEN, ms=8, zorder=4)
        ax.set(xlim=grid[[0, -1]], ylim=(least - 0.06 * np.ptp(curve), least + 1.02 * np.ptp(curve)))
        ax.locator_params(nbins=4)
        name_axes(ax, weight, "mean loss", f"rate {number(rate)}")
    if title:
        head(fig, title)
    show(fig, _walks_words(rates, paths, best, steps), caption)


def _lowest(objective, start: float) -> tuple[float, float]:
    """Return where a convex curve over one weight is lowest, by halving the stretch where the slope changes sign."""
    slope = lambda w: float(objective(np.array([w]))[1][0])  # noqa: E731
    downhill = -np.sign(slope(start))
    far = 1.0
    while slope(start + downhill * far) * downhill < 0:
        far *= 2
    low, high = sorted((start, start + downhill * far))
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if slope(middle) < 0 else (low, middle)
    best = (low + high) / 2
    return best, float(objective(np.array([best]))[0])


def _walks_words(rates, paths, best, steps) -> str:
    parts = []
    for rate, (path, values) in zip(rates, paths, strict=True):
        w = path[np.isfinite(values), 0]
        parts.append(f"at rate {number(rate)}, after 1 step it is {number(w[1])}, after {steps} steps {number(w[-1])}")
    start, lowest = number(paths[0][0][0, 0]), number(best)
    return f"Walks downhill from w = {start}; the loss is lowest at w = {lowest}; {'; '.join(parts)}."


@quiet
class Surface:
    """The mean loss of a line over its intercept and slope, drawn once; on it walks the descent that `walk` asks for.

    `x` and `y` are (n,). Left: lines of equal loss, the minimum, and the path. Right: the loss, step by step. The part
    that is shown is the same for every loss, so that only the hills change when `under` changes it. `unit` is that of
    y, `per` that of x.
    """

    def __init__(self, x, y, loss, unit: str = "", per: str = ""):
        self.x, self.y = np.asarray(x, float), np.asarray(y, float)
        self.inputs = np.column_stack([np.ones(len(self.x)), self.x])
        self.corners = self._window()
        with own_style():
            self._draw(unit, f"{unit} per {per}" if per else unit)
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
        """Return the mean loss and its gradient at intercept and slope; nan once the numbers are no longer finite."""
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
        self._curve.set_data(np.arange(self.steps + 1), np.clip(self.values, None, 1e9))
        self._right.set_xlim(-0.03 * self.steps, 1.03 * self.steps)
        return self

    def png(self) -> bytes:
        """Return the picture as it stands."""
        return png(self.figure)

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
            listed([f"intercept {number(w[0], 3)}", f"slope {number(w[1], 3)}"])
            for w in (self.best, self.path[np.isfinite(self.values)][-1])
        )
        return (
            f"Lines of equal loss over intercept and slope of a line for {len(self.x)} points, and a walk downhill "
            f"from (0, 0): {self.state()} The walk ends at {end}; the least loss, {number(self.least)}, is at {best}."
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

    def _draw(self, unit: str, slope_unit: str) -> None:
        self.figure = blank(3.9)
        self._left, self._right = axes(self.figure, 0.75, 0.65, 3.0, 0.45), axes(self.figure, 5.35, 0.65, 0.2, 0.45)
        name_axes(self._left, with_unit("intercept", unit), with_unit("slope", slope_unit))
        name_axes(self._right, "step", "mean loss")
        self._left.set(xlim=self.corners[:, 0], ylim=self.corners[:, 1])
        self._left.plot(0, 0, "o", color=GREY, ms=8, zorder=4)
        (self._way,) = self._left.plot([], [], "o-", color=RED, lw=1, ms=4, mec=PAPER, mew=0.4, alpha=0.85)
        (self._bottom,) = self._left.plot([], [], "D", color=GREEN, ms=8, zorder=4)
        (self._end,) = self._left.plot([], [], "o", color=RED, ms=10, mec=PAPER, mew=1.5, zorder=5)
        self._left.annotate("start", (0, 0), color=dark(GREY), **BELOW)
        self._note = self._left.annotate("minimum", (0, 0), color=dark(GREEN), **BELOW)
        self._right.set(yscale="log")
        self._right.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        self._right.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
        self._right.yaxis.set_minor_locator(NullLocator())
        self._floor = self._right.axhline(1, color=GREEN, lw=1.4, ls=(0, (4, 2)))
        (self._curve,) = self._right.plot([], [], "-", color=RED, lw=1.8)

    def _draw_hills(self, loss) -> None:
        for old in self._hills:
            old.remove()
        a, b = (np.linspace(*ends, GRID) for ends in self.corners.T)
        above = np.array([mean_losses(loss, a, self.y - slope * self.x) for slope in b]) - self.least
        levels = np.geomspace(max(above.min(), above.max() / 3000), above.max(), 12)
        self._hills = [
            self._left.contourf(a, b, above, [0, *levels], colors=[SKY], alpha=0.12),
            self._left.contour(a, b, above, levels, colors=BLUE, linewidths=1, alpha=0.75),
        ]
        self._bottom.set_data(*self.best[:, np.newaxis])
        self._note.xy = self.best
        self._floor.set_ydata([self.least, self.least])
        self._right.set_ylim(0.8 * self.least, 3 * self.objective(np.zeros(2))[0])


def loss_surface(x, y, loss, rate: float, steps: int, unit: str = "", per: str = "", *, caption: str = "") -> None:
    """Draw a walk downhill over intercept and slope: the still picture of the widget of the same name."""
    surface = Surface(x, y, loss, unit, per).walk(rate, steps)
    show(surface.figure, surface.words(), caption)
