"""Two rules that learn from rows with slips: the loss, the number of slips and the width of the memberships move."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lossutils import rng
from lossutils.chapters.ch19.blend import draw_rows, draw_system
from lossutils.chapters.ch19.holding import draw_shares
from lossutils.models import Sugeno
from lossutils.plot.labels import note, own_look
from lossutils.plot.paper import GREY, Drawn, axes, blank, name_axes, own_style, quiet, show
from lossutils.plot.texts import label, number, with_unit
from lossutils.training import irls, median_scale

HEIGHT, BOTTOM, STRIP = 5.0, 0.65, 0.6  # inches
STEPS, FACTOR = 300, 10.0
TOP = 2.6  # the picture ends at so many times the largest target


@quiet
class Slips(Drawn):
    """The picture of two rules, drawn once, in which the fit moves: `at(loss, slips, width)`.

    `x` and `y` are (n,), the rows to learn from; `new` is a pair of such arrays, rows to be judged on. `slips` targets
    are ten times too large, always the same ones first. `width` multiplies the width of both memberships. Errors are
    judged in scales, as chapter 05 has them.
    """

    def __init__(self, x, y, new, names: Sequence[str], unit: str = "", what: str = "x", per: str = ""):
        self.x, self.y, self.names = np.asarray(x, float), np.asarray(y, float), tuple(names)
        self.new = tuple(np.asarray(part, float) for part in new)
        self.unit, self.what, self.per = unit, what, per
        self.order = rng(0).permutation(len(self.x))
        with own_style():
            self._draw()

    def at(self, loss, slips: int = 0, width: float = 1.0) -> Slips:
        """Fit the lines of the rules under this loss; a ValueError where it hears too few rows."""
        system = Sugeno.over(self.x[:, np.newaxis], shape="bell")
        system.log_widths += np.log(width)
        targets, slipped = self.y.copy(), np.isin(np.arange(len(self.x)), self.order[: int(slips)])
        targets[slipped] *= FACTOR
        design = system.design(self.x[:, np.newaxis])
        fit = irls(loss, design, targets, median_scale, steps=STEPS, tolerance=1e-8)
        system.consequents = fit.coefficients.reshape(2, 2)
        self.system, self.loss, self.slipped, self.targets, self.width = system, loss, slipped, targets, float(width)
        self.off = float(np.mean(np.abs(system.forward(self.new[0][:, np.newaxis]) - self.new[1])))
        with own_style():
            self._show()
        return self

    def state(self) -> str:
        """Say what the fit is worth, in a sentence that a notebook stores."""
        middle = np.array([[(self.x.min() + self.x.max()) / 2]])
        rules = self.system.consequents @ [middle[0, 0], 1.0]
        parts = " and ".join(f"{name} {number(y, 3)}" for name, y in zip(self.names, rules, strict=True))
        return (
            f"{label(self.loss)}, {self.slipped.sum()} of {len(self.x)} slipped, width {number(self.width)}: in the "
            f"middle the rules say {parts}, their blend {number(self.system.forward(middle)[0], 3)}; mean absolute "
            f"error on new rows {number(self.off, 3)}."
        )

    def words(self) -> str:
        """Describe the whole picture."""
        return (
            f"{len(self.x)} rows over {self.what}, those that have slipped as triangles at the rim, the lines of two "
            f"rules, as thick as their shares, and their blend. {self.state()}"
        )

    def _draw(self) -> None:
        self.figure = blank(HEIGHT)
        ax = self._ax = axes(self.figure, 0.75, BOTTOM + STRIP + 0.45, 0.3, 0.45)
        self._ends = np.linspace(self.x.min(), self.x.max(), 121)
        self._top = TOP * self.y.max()
        ax.set(xlim=self._ends[[0, -1]], ylim=(0, self._top))
        ax.tick_params(labelbottom=False)
        name_axes(ax, "", self.unit)
        self._note = note(ax, 0.98, 0.87, "", GREY, ha="right")
        self._strip = axes(self.figure, 0.75, BOTTOM, 0.3, HEIGHT - BOTTOM - STRIP)
        self._drawn = []

    def _show(self) -> None:
        for thing in self._drawn:
            thing.remove()
        ax, colour = self._ax, own_look(label(self.loss))["color"]
        lines, texts = len(ax.lines), len(ax.texts)
        draw_rows(ax, self.x, self.targets, self.slipped, self._top)
        self._drawn = [
            *ax.lines[lines:],
            *ax.texts[texts:],
            *draw_system(ax, self.system, self._ends, colour, self.names),
        ]
        self._strip.clear()
        draw_shares(self._strip, self._ends, self.system.shares(self._ends[:, np.newaxis]), self.names)
        name_axes(self._strip, with_unit(self.what, self.per), "share")
        self._note.set_text(f"{label(self.loss)}\nblend {number(self.off, 3)} {self.unit} off".rstrip())


def slipped_rules(
    x, y, new, names, loss, slips: int, width: float = 1.0, unit="", what="x", per="", *, caption: str = ""
) -> None:
    """Draw two rules that learnt from rows with slips: the still picture of the widget."""
    picture = Slips(x, y, new, names, unit, what, per).at(loss, slips, width)
    show(picture.figure, picture.words(), caption)
