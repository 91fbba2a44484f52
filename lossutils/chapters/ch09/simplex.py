"""Three classes: scores become probabilities, a point in a triangle; the target is another, and the slope lies between
them."""

from __future__ import annotations

import numpy as np
from matplotlib.colors import ListedColormap

from lossutils.numerics import log_softmax, xlogy
from lossutils.plot.labels import dark
from lossutils.plot.paper import (
    BLUE,
    GREY,
    PAPER,
    RED,
    SIZE,
    WIDTH,
    Drawn,
    axes,
    blank,
    name_axes,
    own_style,
    quiet,
    show,
)
from lossutils.plot.texts import number

CORNERS = np.array([[0.0, 0.0], [0.5, np.sqrt(0.75)], [1.0, 0.0]])  # of the triangle, one for each class
HEIGHT = 4.1  # inches
BAND = 0.5  # nats from one grey to the next
GREYS = ListedColormap([str(light) for light in np.linspace(1.0, 0.74, 8)])


@quiet
class ThreeClasses(Drawn):
    """The picture of one row of three scores and its target, drawn once, which `at(scores, target, temperature)` moves.

    Left: the target's share of each class, wide, and the prediction's, narrow; below, the slope of each score. Right:
    both as points in a triangle whose corners are the certain answers. The arrow is minus the slope at temperature 1.
    """

    def __init__(self, names=("first", "second", "third")):
        self.names = tuple(names)
        with own_style():
            self._draw()

    def at(self, scores, target, temperature: float = 1.0) -> ThreeClasses:
        """Move to these scores (3,), memberships of the target (3,), and temperature, which divides the scores."""
        self.z, self.q, self.temperature = np.array(scores, float), np.array(target, float), float(temperature)
        log_p = log_softmax(self.z / self.temperature)
        self.p = np.exp(log_p)
        self.loss = float(-np.sum(self.q * log_p))
        self.floor = float(-np.sum(xlogy(self.q, self.q)))
        self.slopes = (self.p - self.q) / self.temperature
        self._move()
        return self

    def downhill(self, steps: int, rate: float = 1.0) -> np.ndarray:
        """Return the scores after so many steps of gradient descent."""
        z = self.z.copy()
        for _ in range(steps):
            z -= rate * (np.exp(log_softmax(z / self.temperature)) - self.q) / self.temperature
        return z

    def state(self) -> str:
        """Say what the prediction is, what it costs, how much of that is the floor, and where the slopes point."""
        p, slopes = (", ".join(_three(values)) for values in (self.p, self.slopes))
        return (
            f"p = {p}. Cross-entropy {number(self.loss)} = floor {number(self.floor)} + distance "
            f"{number(max(0.0, self.loss - self.floor))}. Slopes {slopes}: their sum is 0."
        )

    def words(self) -> str:
        """Describe the whole picture."""
        parts = zip(self.names, _three(self.z), _three(self.q), strict=True)
        given = "; ".join(f"{name}: score {z}, target {q}" for name, z, q in parts)
        warm = "" if self.temperature == 1 else f", temperature {number(self.temperature, 3)}"
        return (
            f"Three classes, {given}{warm}. Left, the target's shares and the predicted ones; right, both as points "
            f"in a triangle, with an arrow from prediction to target, which is minus the slope. {self.state()}"
        )

    def _draw(self) -> None:
        self.figure = blank(HEIGHT)
        left = self._left = axes(self.figure, 0.6, 0.95, WIDTH - 4.3, 0.55)
        places = np.arange(3)
        self._target = left.bar(places, 0, width=0.72, color=BLUE, alpha=0.35, edgecolor=BLUE, lw=2, label="target q")
        self._said = left.bar(places, 0, width=0.34, color=RED, label="prediction p")
        left.set(xlim=(-0.6, 2.6), ylim=(0, 1.04), yticks=[0, 0.5, 1])
        left.grid(axis="x", visible=False)
        left.tick_params(axis="x", length=0)
        name_axes(left, "class, and the slope of its score", "share")
        left.legend(
            loc="lower right",
            bbox_to_anchor=(1.03, 0.98),
            ncols=2,
            frameon=False,
            fontsize=SIZE,
            handlelength=1.2,
            columnspacing=1.0,
            borderaxespad=0.2,
        )
        self._draw_triangle()

    def _draw_triangle(self) -> None:
        right = axes(self.figure, 4.55, 0.95, 0.2, 0.55)
        right.spines[:].set_visible(False)
        right.grid(visible=False)
        self._bands = right.imshow(
            self._grid(),
            origin="lower",
            extent=(0, 1, 0, CORNERS[1, 1]),
            cmap=GREYS,
            vmin=0,
            vmax=GREYS.N,
            aspect="auto",
            zorder=1,
        )
        right.set(xlim=(-0.09, 1.09), xticks=[], yticks=[])
        right.set_ylim(-0.09, -0.09 + 1.18 * (HEIGHT - 1.5) / 2.75)  # as long as it is wide, in inches
        right.fill(*CORNERS.T, facecolor="none", edgecolor=GREY, lw=1.5, zorder=2)
        for name, corner, ha in zip(self.names, CORNERS, ("left", "center", "right"), strict=True):
            out = {"left": -0.08, "right": 0.08, "center": 0.0}[ha]
            up = ha == "center"
            right.annotate(
                name,
                corner + [out, 0],
                (0, 8 if up else -8),
                textcoords="offset points",
                ha=ha,
                va="bottom" if up else "top",
                fontsize=SIZE,
            )
        tip = {"arrowstyle": "-|>", "color": dark(RED), "lw": 2, "shrinkA": 5, "shrinkB": 5, "mutation_scale": 14}
        self._arrow = right.annotate("", (0, 0), (0, 0), zorder=4, arrowprops=tip)
        (self._to,) = right.plot([], [], "D", color=BLUE, ms=9, mec=PAPER, mew=1, zorder=5, clip_on=False)
        (self._from,) = right.plot([], [], "o", color=RED, ms=10, mec=PAPER, mew=1, zorder=6, clip_on=False)
        right.set_xlabel("one grey to the next: half a nat", labelpad=24)

    def _grid(self) -> np.ndarray:
        """Keep the logarithms of the shares on a grid over the triangle; return zeros of the grid's shape."""
        x, y = np.meshgrid(np.linspace(0, 1, 121), np.linspace(0, CORNERS[1, 1], 105))
        second = y / CORNERS[1, 1]
        third = x - second / 2
        points = np.stack([1 - second - third, second, third], axis=-1)
        self._outside = (points < 0).any(axis=-1)
        self._logs = np.log(np.clip(points, 1e-9, 1))
        return np.zeros(x.shape)

    def _move(self) -> None:
        for bars, shares in ((self._target, self.q), (self._said, self.p)):
            for bar, share in zip(bars, shares, strict=True):
                bar.set_height(share)
        labels = [f"{name}\n{slope}" for name, slope in zip(self.names, _three(self.slopes), strict=True)]
        self._left.set_xticks(range(3), labels)
        start, end = self.p @ CORNERS, self.q @ CORNERS
        self._from.set_data(*start[:, np.newaxis])
        self._to.set_data(*end[:, np.newaxis])
        self._arrow.xy, self._arrow.xyann = tuple(end), tuple(start)
        self._arrow.arrow_patch.set_visible(bool(np.hypot(*(end - start)) > 0.08))
        bands = np.floor((-self._logs @ self.q - self.floor) / BAND)
        self._bands.set_data(np.ma.masked_array(bands, self._outside))


def _three(values) -> list[str]:
    """Print numbers with three decimals and a true minus sign."""
    return [f"{0.0 if abs(value) < 5e-4 else value:.3f}".replace("-", "−") for value in values]


def three_classes(
    scores, target, temperature: float = 1.0, names=("first", "second", "third"), *, caption: str = ""
) -> None:
    """Draw one row of three scores and its target: the still picture of the widget of the same name."""
    picture = ThreeClasses(names).at(scores, target, temperature)
    show(picture.figure, picture.words(), caption)
