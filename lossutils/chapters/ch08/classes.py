"""Two classes over one input: labels 0 and 1, the curve of a probability through them, and what each label costs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from matplotlib.axes import Axes

from lossutils.numerics import sigmoid, softplus
from lossutils.plot.labels import LINE, axes_for_labels, dark, label_ends, look
from lossutils.plot.paper import (
    BLUE,
    FAINT,
    GREY,
    ON_TOP,
    PAPER,
    RED,
    SIZE,
    axes,
    blank,
    name_axes,
    on_paper,
    own_style,
    png,
    quiet,
    show,
)
from lossutils.plot.texts import number, with_unit
from lossutils.plot.values import stacked

STACK = 0.055  # height of a dot on another, where the axis runs from 0 to 1
CUT = 100.0  # where PyTorch cuts the loss
TINY = np.float32(1e-12)  # what PyTorch keeps p (1 - p) above when it divides by it


@on_paper
def label_fits(
    x,
    y,
    fits: Mapping[str, Callable],
    xlabel: str,
    ylabel: str,
    ask: float,
    title: str | None = None,
    *,
    caption: str = "",
) -> None:
    """Draw labels 0 and 1 over x, fitted functions of x, and what each of them says far outside the data, at `ask`.

    `x` and `y` are (n,); a fit takes an array of x and returns its predictions.
    """
    x, y = np.asarray(x, float), np.asarray(y, float)
    fig = blank(max(4.3, 1.3 + LINE * len(fits)) + (0.3 if title else 0))
    ax = axes_for_labels(fig, fits, left=0.85, top=0.75 if title else 0.45)
    low, high = min(ask, x.min()) - 3, max(ask, x.max()) + 3
    said = {name: float(f(np.array([ask]))[0]) for name, f in fits.items()}
    grid = np.linspace(low, high, 240)
    drawn = [
        ax.plot(grid, f(grid), label=name, markevery=(25 + 20 * k, 60), **look(k + 1))[0]
        for k, (name, f) in enumerate(fits.items())
    ]
    draw_labels(ax, x, y, 0.013 * (high - low))
    ax.set(xlim=(low, high), ylim=(min(-0.3, *said.values()), max(1.15, *said.values()) + 0.18))
    ax.axvspan(*((low, x.min()) if ask < x.min() else (x.max(), high)), color=FAINT, alpha=0.55, lw=0, zorder=0)
    for end in (0, 1):
        ax.axhline(end, color=GREY, lw=1, zorder=1)
    for line, value in zip(drawn, said.values(), strict=True):
        ax.plot(ask, value, "o", color=line.get_color(), ms=10, mec=PAPER, mew=1.2, zorder=5)
        ax.annotate(
            f"{number(value)} at {number(ask)}",
            (ask, value),
            (12, 5 if value > 1 else -20),
            textcoords="offset points",
            fontsize=SIZE,
            color=dark(line.get_color()),
            **ON_TOP,
        )
    ax.text(low + 0.5, -0.16, "no data here", fontsize=SIZE, va="center", color=GREY, **ON_TOP)
    name_axes(ax, xlabel, ylabel, title)
    label_ends(ax, drawn)
    show(fig, _fits_words(x, y, fits, said, xlabel, ylabel, ask), caption)


def draw_labels(ax: Axes, x: np.ndarray, y: np.ndarray, width: float) -> None:
    """Draw the labels as dots, filled for 1 and hollow for 0; equal ones that are nearer than `width` are stacked."""
    for label, face, away in ((1, BLUE, 1), (0, PAPER, -1)):
        places, height = stacked(x[y == label], width) if (y == label).any() else (np.array([]), np.array([]))
        ax.plot(places, label + away * STACK * (height - 1), "o", color=BLUE, mfc=face, ms=7, mew=1.6, zorder=4)


def _fits_words(x, y, fits, said, xlabel, ylabel, ask) -> str:
    far = "; ".join(f"{name}: {number(value)}" for name, value in said.items())
    other = x.max() if ask < x.min() else x.min()
    near = "; ".join(f"{name}: {number(float(f(np.array([other]))[0]))}" for name, f in fits.items())
    return (
        f"{len(x)} labels ({int(y.sum())} ones, {int((1 - y).sum())} zeros; equal ones stacked) over {xlabel}, "
        f"from {number(x.min())} to {number(x.max())}, and what fits say of {ylabel}. At {number(ask)}, outside the "
        f"data: {far}. At {number(other)}: {near}."
    )


def exact(z: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return probability, loss and slope in the score, each computed from the score."""
    p = sigmoid(z)
    return p, y * softplus(-z) + (1 - y) * softplus(z), p - y


def rounded(z: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the same as PyTorch's BCELoss after a sigmoid in float32: the probability is rounded before its log."""
    z, y, one = z.astype(np.float32), y.astype(np.float32), np.float32(1)
    with np.errstate(over="ignore", divide="ignore"):
        p = one / (one + np.exp(-z))
        loss = np.minimum(-np.where(y == 1, np.log(p), np.log(one - p)), np.float32(CUT))
    through = p * (one - p)
    return p, loss, (p - y) / np.maximum(through, TINY) * through


@quiet
class TwoClasses:
    """The picture of one curve through labels, drawn once, which `at(w, b)` moves: p = σ(b + w (x − centre)).

    Above: labels, curve, and the error of each label. Below: what each label costs. `float32` says whether all of it
    is computed from the rounded probability, or from the score.
    """

    def __init__(self, x, y, centre: float, xlabel: str = "x", unit: str = "", names=("0", "1")):
        self.x, self.y = np.asarray(x, float), np.asarray(y, float)
        self.centre, self.unit, self.names = float(centre), unit, tuple(names)
        with own_style():
            self._draw(xlabel)

    def at(self, w: float, b: float, float32: bool = False) -> TwoClasses:
        """Move the curve to the weight w and the score b at the centre."""
        self.w, self.b, self.float32 = float(w), float(b), bool(float32)
        self.p, self.loss, self.slope = (rounded if float32 else exact)(self._score(self.x), self.y)
        p, loss = self.p.astype(float), self.loss.astype(float)
        grid = np.linspace(*self._above.get_xlim(), 301)
        self._curve.set_data(grid, sigmoid(self._score(grid)))
        self._errors.set_segments([[(x, y), (x, q)] for x, y, q in zip(self.x, self.y, p, strict=True)])
        for bar, k in zip(self._bars, self._order, strict=True):
            bar.set_height(loss[k])
        self._stack(loss)
        return self

    def downhill(self, steps: int, rate: float = 2.0) -> tuple[float, float]:
        """Return w and b after so many steps of gradient descent, taken in x in units of its standard deviation."""
        w, b = self.w, self.b
        u, spread = self.x - self.centre, self.x.std()
        for _ in range(steps):
            slope = (rounded if self.float32 else exact)(b + w * u, self.y)[2].astype(float)
            w, b = w - rate * np.mean(slope * u) / spread**2, b - rate * np.mean(slope)
        return float(w), float(b)

    def png(self) -> bytes:
        """Return the picture as it stands."""
        return png(self.figure)

    @property
    def mean_loss(self) -> float:
        """The mean cross-entropy."""
        return float(np.mean(self.loss, dtype=float))

    @property
    def deaf(self) -> np.ndarray:
        """Which labels are wrong by more than a half and yet have no slope (below 0.001): they teach nothing."""
        return (np.abs(self.p - self.y) > 0.5) & (np.abs(self.slope) < 1e-3)

    def state(self) -> str:
        """Say what the curve costs, which label is dearest, and which labels are deaf."""
        k = int(np.argmax(self.loss))
        total = float(np.sum(self.loss, dtype=float))
        dearest = f"{number(self.x[k], 3)} {self.unit}".strip()
        said = (
            f"w = {number(self.w, 3)}, b = {number(self.b, 3)}: mean cross-entropy {number(self.mean_loss)}, mean "
            f"squared error {number(np.mean((self.p.astype(float) - self.y) ** 2))}. Dearest: {dearest}, "
            f"{self.names[int(self.y[k])]}, {number(self.loss[k])}, {number(100 * self.loss[k] / total, 2)} % of all."
        )
        if not self.float32:
            return said
        return f"{said} In float32, {int(self.deaf.sum())} of the wrong labels have slope 0."

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
        name_axes(self._below, with_unit(xlabel, self.unit), "cross-entropy of each label (nats)")
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
        self._below.set_ylim(0, 1.08 * max(3.0, *tops.values()))


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
    float32: bool = False,
    caption: str = "",
) -> None:
    """Draw one curve through labels and what each label costs: the still picture of the widget of the same name."""
    picture = TwoClasses(x, y, centre, xlabel, unit, names).at(w, b, float32)
    show(picture.figure, picture.words(), caption)
