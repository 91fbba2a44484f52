"""Two classes over one input: labels 0 and 1, the curve of a probability through them, and what each label costs."""

from __future__ import annotations

import numpy as np

from lossutils.chapters.ch08.computed import PROGRAMS
from lossutils.chapters.ch08.fits import draw_labels
from lossutils.numerics import sigmoid
from lossutils.plot.paper import BLUE, PAPER, RED, Drawn, axes, blank, name_axes, own_style, quiet, show
from lossutils.plot.texts import number, with_unit

FROM_SCORE = next(iter(PROGRAMS))
HIGHEST = 100.0  # a bar of an infinite loss is drawn so high


@quiet
class TwoClasses(Drawn):
    """The picture of one curve through labels, drawn once, which `at(w, b)` moves: p = σ(b + w (x − centre)).

    Above: labels, curve, and the error of each label. Below: what each label costs. `program` names one of PROGRAMS,
    which computes all of it.
    """

    def __init__(self, x, y, centre: float, xlabel: str = "x", unit: str = "", names=("0", "1")):
        self.x, self.y = np.asarray(x, float), np.asarray(y, float)
        self.centre, self.unit, self.names = float(centre), unit, tuple(names)
        with own_style():
            self._draw(xlabel)

    def at(self, w: float, b: float, program: str = FROM_SCORE) -> TwoClasses:
        """Move the curve to the weight w and the score b at the centre."""
        self.w, self.b, self.program = float(w), float(b), program
        self.p, self.loss, self.slope = PROGRAMS[program](self._score(self.x), self.y)
        p, loss = self.p.astype(float), self.loss.astype(float)
        grid = np.linspace(*self._above.get_xlim(), 301)
        self._curve.set_data(grid, sigmoid(self._score(grid)))
        self._errors.set_segments([[(x, y), (x, q)] for x, y, q in zip(self.x, self.y, p, strict=True)])
        endless = np.isinf(loss)
        kind = "squared error" if self._squared else "cross-entropy"
        self._below.yaxis.label.set_text(f"{kind} of each label{' (hatched: infinite)' if endless.any() else ''}")
        bars = np.minimum(loss, HIGHEST)
        for bar, k in zip(self._bars, self._order, strict=True):
            bar.set_height(bars[k])
            bar.set_hatch("////" if endless[k] else "")
        self._stack(bars)
        return self

    def downhill(self, steps: int, rate: float = 2.0) -> tuple[float, float]:
        """Return w and b after so many steps of gradient descent, taken in x in units of its standard deviation."""
        w, b = self.w, self.b
        u, spread = self.x - self.centre, self.x.std()
        for _ in range(steps):
            slope = PROGRAMS[self.program](b + w * u, self.y)[2].astype(float)
            w, b = w - rate * np.mean(slope * u) / spread**2, b - rate * np.mean(slope)
        return float(w), float(b)

    @property
    def mean_loss(self) -> float:
        """The mean loss."""
        return float(np.mean(self.loss, dtype=float))

    @property
    def silent(self) -> np.ndarray:
        """Which labels are wrong by more than a half and yet have no slope (below 0.001): they teach nothing."""
        return (np.abs(self.p - self.y) > 0.5) & (np.abs(self.slope) < 1e-3)

    def state(self) -> str:
        """Say what the curve costs, which label costs most, and which mistakes teach nothing."""
        squares = np.mean((self.p.astype(float) - self.y) ** 2)
        means = f"mean squared error {number(squares)}"
        if not self._squared:
            means = f"mean cross-entropy {number(self.mean_loss)}, {means}"
        said = f"w = {number(self.w, 3)}, b = {number(self.b, 3)}: {means}. {self._highest()}"
        if np.isnan(self.slope).any():
            return f"{said} The slope is nan: one step would make both weights nan, so the buttons take none."
        if self.silent.any():
            return f"{said} Slope 0 in {int(self.silent.sum())} of the wrong labels."
        return said

    def _highest(self) -> str:
        k, total = int(np.argmax(self.loss)), float(np.sum(self.loss, dtype=float))
        share = f", {number(100 * self.loss[k] / total, 2)} % of all" if np.isfinite(total) else ""
        place = f"{number(self.x[k], 3)} {self.unit}".strip()
        return f"Highest: {place}, {self.names[int(self.y[k])]}, {number(self.loss[k])}{share}."

    @property
    def _squared(self) -> bool:
        return self.program.startswith("squared")

    def words(self) -> str:
        """Describe the whole picture."""
        ones = int(self.y.sum())
        return (
            f"A curve p = σ(b + w (x − {number(self.centre)})) through {len(self.x)} labels, {ones} of them "
            f"{self.names[1]}; below, the price of each label. {self.state()}"
        )

    def _score(self, x):
        return self.b + self.w * (x - self.centre)

    def _draw(self, xlabel: str) -> None:
        self.figure = blank(4.7)
        self._above = axes(self.figure, 1.5, 2.3, 0.25, 0.25)
        self._below = axes(self.figure, 1.5, 0.65, 0.25, 2.8, sharex=self._above)
        span = np.ptp(self.x)
        self._above.set(xlim=(self.x.min() - 0.06 * span, self.x.max() + 0.06 * span), ylim=(-0.2, 1.14))
        self._above.set_yticks([0, 0.5, 1], [f"{self.names[0]}  0", "0.5", f"{self.names[1]}  1"])
        self._above.tick_params(labelbottom=False)
        draw_labels(self._above, self.x, self.y, 0.016 * span)
        (self._curve,) = self._above.plot([], [], color=RED, zorder=3)
        self._errors = self._above.vlines(self.x, self.y, self.y, color=RED, lw=1, alpha=0.6, zorder=2)
        name_axes(self._below, with_unit(xlabel, self.unit), "cross-entropy of each label")
        self._below.locator_params(axis="y", nbins=4)
        self._order = np.lexsort((self.y, self.x))
        wide = span / 90
        places = self.x + np.where(self.y == 1, 0.6, -0.6) * wide  # at one x, zeros to the left of ones
        faces = [BLUE if self.y[k] == 1 else PAPER for k in self._order]
        edges = [PAPER if face == BLUE else BLUE for face in faces]
        self._bars = self._below.bar(places[self._order], 0, width=1.1 * wide, color=faces, edgecolor=edges, lw=1.2)

    def _stack(self, loss: np.ndarray) -> None:
        """Put the bars of equal labels at one x on top of each other."""
        tops: dict[tuple[float, float], float] = {}
        for bar, k in zip(self._bars, self._order, strict=True):
            place = self.x[k], self.y[k]
            bar.set_y(tops.get(place, 0.0))
            tops[place] = tops.get(place, 0.0) + loss[k]
        self._below.set_ylim(0, 1.08 * max(1.0 if self._squared else 3.0, *tops.values()))


def two_classes(
    x,
    y,
    w: float,
    b: float,
    centre: float,
    xlabel: str = "x",
    unit: str = "",
    names=("0", "1"),
    *,
    program: str = FROM_SCORE,
    caption: str = "",
) -> None:
    """Draw one curve through labels and what each label costs: the still picture of the widget of the same name."""
    picture = TwoClasses(x, y, centre, xlabel, unit, names).at(w, b, program)
    show(picture.figure, picture.words(), caption)
