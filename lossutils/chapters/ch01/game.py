"""The game of the best constant: one guess c for all values, its mean loss, and where the slope sends it."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from lossutils.plot.labels import dark, note, own_look
from lossutils.plot.paper import (
    GREY,
    INK,
    ON_TOP,
    PAPER,
    SIZE,
    Drawn,
    axes,
    blank,
    name_axes,
    own_style,
    quiet,
    show,
)
from lossutils.plot.texts import label, mean_of, number, unit_of, with_unit
from lossutils.plot.values import draw_values, mean_losses

POINTS = 241
LEFT, RIGHT = 0.85, 0.3  # inches


@np.errstate(all="ignore")
def reach(values, constants=()) -> tuple[float, float]:
    """Return the range of guesses worth showing: the values and these constants, without the space to far outliers."""
    values = np.asarray(values, float)
    crowd = near(values)
    span = np.ptp(crowd) or np.ptp(values) or 1.0
    low = min(max(values.min(), crowd.min() - span), *constants, crowd.min())
    high = max(min(values.max(), crowd.max() + span), *constants, crowd.max())
    return float(low), float(high)


def near(values: np.ndarray) -> np.ndarray:
    """Return the values that are not far out: three interquartile ranges beyond the quartiles at most.

    That is Tukey's rule (1977, Exploratory Data Analysis).
    """
    low, high = np.quantile(values, [0.25, 0.75])
    return values[(values >= low - 3 * (high - low)) & (values <= high + 3 * (high - low))]


@quiet
class Game(Drawn):
    """The picture of one game, drawn once, in which only the guess moves: `at(c)` moves it, `png()` prints it.

    Above: the mean loss against the constant, with a ball at c, an arrow down the slope, and the minimum. Below: the
    values, with the same c. `without` is a value that is left out of the loss; it stays in the picture as a cross.
    `seen` are guesses that the picture must hold, `step` is how finely a hand can set the guess.
    """

    def __init__(self, values, loss, unit: str = "", without: float | None = None, seen=(), step: float = 0.0):
        self.all = np.sort(np.asarray(values, float))
        self.values = self.all if without is None else self.all[self.all != without]
        self.unit, self.without, self.step = unit, without, step
        low, high = reach(self.all, (loss.best_constant(self.values), loss.best_constant(self.all), *seen))
        room = 0.04 * (high - low) or 1.0
        self.ends = low - room, high + room
        with own_style():
            self._draw()
        self.under(loss)

    def under(self, loss) -> Game:
        """Change the loss; the range of guesses stays."""
        c = np.linspace(*self.ends, POINTS)
        self.loss, self.c = loss, c[loss.prediction.contains(c)]
        self.risk = mean_losses(loss, self.c, self.values)
        self.best, self.best_of_all = loss.best_constant(self.values), loss.best_constant(self.all)
        self.least = loss(self.best, self.values)
        self.factor = 1000 if self.risk.max() >= 10_000 else 1
        self.steepest = np.abs(np.diff(self.risk)).max() / (self.c[1] - self.c[0]) or 1.0
        self._draw_risk()
        return self

    def at(self, c: float) -> Game:
        """Move the guess to c, which must be a prediction that the loss allows."""
        self.guess = float(c)
        self.mean_loss, self.slope = self.loss.value_and_grad(self.guess, self.values)
        height, span = self.mean_loss / self.factor, self.ends[1] - self.ends[0]
        self._ball.set_data([self.guess], [height])
        for line in self._guesses:
            line.set_xdata([self.guess, self.guess])
        push = 0.0 if self.at_minimum or self.beside_minimum else -self.slope / self.steepest
        self._arrow.set_visible(bool(push))
        self._arrow.xy = (self.guess + np.sign(push) * span * max(0.07, 0.3 * abs(push)), height)
        self._arrow.set_position((self.guess, height))
        self._c.set(text=f"c = {number(self.guess)}", x=np.clip((self.guess - self.ends[0]) / span, 0.07, 0.93))
        return self

    @property
    def at_minimum(self) -> bool:
        """Whether no other constant has a smaller mean loss, up to rounding."""
        rounded = number(self.guess) == number(self.best)
        return rounded or self.mean_loss <= self.least + 1e-9 * max(1.0, abs(self.least))

    @property
    def beside_minimum(self) -> bool:
        """Whether a hand can't come nearer to the minimum."""
        return abs(self.guess - self.best) <= 0.501 * self.step

    def state(self) -> str:
        """Say where the guess is, what it costs and where the slope points."""
        cost = f"c = {number(self.guess)}, {mean_of(self.loss)} {number(self.mean_loss)}"
        if self.at_minimum:
            return f"{cost}: the minimum, no constant costs less."
        if self.beside_minimum:
            return f"{cost}: beside the minimum, which is at {number(self.best)}."
        if self.slope == 0:
            return f"{cost}, slope 0."
        side = "right" if self.slope < 0 else "left"
        return f"{cost}, slope {number(self.slope, 3)}: the loss falls to the {side}."

    def words(self) -> str:
        """Describe the whole picture."""
        units = f" {self.unit}" if self.unit else ""
        left_out = "" if self.without is None else f" (all but {number(self.without)})"
        moved = "" if self.without is None else f"; with all values it is {number(self.best_of_all)}"
        return (
            f"One guess c for {len(self.values)} values{left_out}, loss: {label(self.loss)}. {self.state()} "
            f"The best constant is {number(self.best)}{units}{moved}."
        )

    def _draw(self) -> None:
        """Draw what stays, and the things that will move."""
        self.figure = blank(4.9)
        above = axes(self.figure, LEFT, 2.3, RIGHT, 0.45)
        below = axes(self.figure, LEFT, 0.68, RIGHT, 3.0, sharex=above)
        above.set_xlim(self.ends)
        above.tick_params(labelbottom=False)
        above.locator_params(axis="y", nbins=5)
        self._draw_values(below)
        self._guesses = [ax.axvline(self.ends[0], color=INK, lw=1.4, ls=(0, (4, 2))) for ax in (above, below)]
        (self._curve,) = above.plot([], [])
        (self._minimum,) = above.plot([], [], "D", ms=9, zorder=3)
        (self._minimum_before,) = above.plot([], [], "D", ms=9, mfc=PAPER, zorder=3)
        (self._ball,) = above.plot([], [], "o", color=INK, ms=13, mec=PAPER, mew=1.5, zorder=5)
        self._note = above.annotate("", (0, 0), (10, -8), textcoords="offset points", va="top", fontsize=SIZE, **ON_TOP)
        head = {"arrowstyle": "-|>,head_width=.4,head_length=.7", "lw": 2.6, "color": INK, "shrinkA": 0, "shrinkB": 0}
        self._arrow = above.annotate("", (0, 0), (0, 0), zorder=4, annotation_clip=False, arrowprops=head)
        self._c = below.text(0.5, 1.04, "", transform=below.transAxes, ha="center", va="bottom", color=INK)

    def _draw_risk(self) -> None:
        ax, risk = self.figure.axes[0], self.risk / self.factor
        units = unit_of(self.loss, self.unit)
        units = f"1000 {units}".strip() if self.factor == 1000 else units
        name_axes(ax, "", f"{with_unit('mean loss', units)}: {label(self.loss)}")
        colour = own_look(label(self.loss))["color"]
        for part in (self._curve, self._minimum, self._minimum_before):
            part.set_color(colour)
        self._minimum_before.set_markerfacecolor(PAPER)
        self._note.set_color(dark(colour))
        self._curve.set_data(self.c, risk)
        low, high = self.least / self.factor, risk.max()
        ax.set_ylim(low - 0.24 * (high - low), high + 0.08 * (high - low))
        self._minimum.set_data([self.best], [low])
        text = f"minimum at {number(self.best)}"
        if self.without is not None:  # where the minimum was before
            self._minimum_before.set_data([self.best_of_all], [self.loss(self.best_of_all, self.values) / self.factor])
            text += f" ({number(self.best_of_all)} with {number(self.without)})"
        right = self.best < sum(self.ends) / 2
        self._note.xy = self.best, low
        self._note.set(text=text, ha="left" if right else "right", position=(10 if right else -10, -8))

    def _draw_values(self, ax: Axes) -> None:
        draw_values(ax, self.values, self.ends[1] - self.ends[0], GREY)
        name_axes(ax, with_unit("the constant c, and the values", self.unit))
        ax.set_yticks([])
        left_out = [] if self.without is None else self.all[self.all == self.without]
        ax.plot(left_out, np.full(len(left_out), 0.12 * ax.get_ylim()[1]), "x", color=GREY, ms=9, mew=2.5)
        self._point_out(ax, self.all[self.all < self.ends[0]], 0.01, "left")
        self._point_out(ax, self.all[self.all > self.ends[1]], 0.99, "right")

    def _point_out(self, ax: Axes, far: np.ndarray, place: float, side: str) -> None:
        """Say at the edge which values lie beyond it."""
        if not len(far):
            return
        text = number(far[0]) if len(far) == 1 else f"{len(far)} values, {number(far[0])} to {number(far[-1])}"
        text += " (left out)" if self.without in far else ""
        text = f"{text} →" if side == "right" else f"← {text}"
        note(ax, place, 0.12, text, GREY, ha=side, va="center")


def constant_game(values, loss, c: float, unit: str = "", without: float | None = None, *, caption: str = "") -> None:
    """Draw the game of the best constant at one guess c: the still picture of the widget of the same name."""
    game = Game(values, loss, unit, without, seen=(c,)).at(c)
    show(game.figure, game.words(), caption)
