"""A search for a line by reweighted least squares, with its start: the loss, its edge and the start are moved."""

from __future__ import annotations

import numpy as np

from lossutils.chapters.ch05.rows import draw_rows, heard
from lossutils.plot.labels import note, own_look
from lossutils.plot.paper import GREY, Drawn, axes, blank, name_axes, own_style, quiet, show
from lossutils.plot.texts import label, number
from lossutils.training import irls

STEPS = 2000


@quiet
class Search(Drawn):
    """The picture of one search, drawn once, in which the line and the size of the rows move: `at(loss, start)`.

    `x` and `y` are (n,). `starts` maps names to the rows whose line of least squares a search starts at, as a mask
    (n,). The errors are judged as they are, in the unit of y: no scale divides them.
    """

    def __init__(self, x, y, starts, unit: str = "", per: str = "", what: str = "x"):
        self.x, self.y, self.unit, self.per, self.what = np.asarray(x, float), np.asarray(y, float), unit, per, what
        self.middle = self.x.mean()
        self.inputs = np.column_stack([np.ones(len(self.x)), self.x - self.middle])
        self.begins = {
            name: np.linalg.lstsq(self.inputs[rows], self.y[rows], rcond=None)[0] for name, rows in starts.items()
        }
        with own_style():
            self._draw()

    def at(self, loss, start: str) -> Search:
        """Search under this loss, from the start of this name; a ValueError where it hears too few rows."""
        begin = self.begins[start]
        self.fit = irls(loss, self.inputs, self.y, start=begin, steps=STEPS)
        self.loss, self.start = loss, start
        self.share = heard(self.fit.weights)
        self.mean_loss = float(loss(self.inputs @ self.fit.coefficients, self.y))
        with own_style():
            self._show(begin)
        return self

    def state(self) -> str:
        """Say where the search ended, in a sentence that a notebook stores."""
        ended = "" if self.fit.settled else ", still moving"
        loud = int(np.sum(self.share > 0.5))
        return (
            f"{label(self.loss)}, from {self.start}: coefficient {number(self.fit.coefficients[1], 3)}{ended}, "
            f"mean loss {number(self.mean_loss, 3)}, {loud} of {len(self.x)} rows weigh over a half."
        )

    def words(self) -> str:
        """Describe the whole picture."""
        return (
            f"{len(self.x)} rows over the {self.what}, each as large as its weight, the line where the search began, "
            f"dashed, and where it ended. {self.state()}"
        )

    def _draw(self) -> None:
        self.figure = blank(4.3)
        ax = self._ax = axes(self.figure, 0.75, 0.65, 0.3, 0.45)
        room = 0.06 * np.ptp(self.x)
        self._ends = np.array([self.x.min() - room, self.x.max() + room])
        ax.set(xlim=self._ends, ylim=(self.y.min() - 0.1 * np.ptp(self.y), self.y.max() + 0.1 * np.ptp(self.y)))
        ax.set_autoscale_on(False)
        name_axes(ax, self.what, self.unit)
        (self._began,) = ax.plot([], [], color=GREY, lw=1.6, ls=(0, (4, 3)))
        (self._line,) = ax.plot([], [])
        self._note = note(ax, 0.03, 0.97, "", GREY)
        self._was = note(ax, 0.03, 0.8, "dashed: the start", GREY)

    def _show(self, begin) -> None:
        for thing in [*self._ax.collections, *self._ax.lines[2:]]:
            thing.remove()
        colour = own_look(label(self.loss))["color"]
        draw_rows(self._ax, self.x, self.y, self.fit.weights, colour)
        for line, (height, slant) in ((self._began, begin), (self._line, self.fit.coefficients)):
            line.set_data(self._ends, height + slant * (self._ends - self.middle))
        self._line.set_color(colour)
        per = f" a {self.per}" if self.per else ""
        self._note.set_text(f"{label(self.loss)}\n{number(self.fit.coefficients[1], 3)}{per}")


def line_search(x, y, starts, loss, start: str, unit: str = "", per: str = "", what: str = "x", *, caption="") -> None:
    """Draw a search for a line and where it ended: the still picture of the widget of the same name."""
    picture = Search(x, y, starts, unit, per, what).at(loss, start)
    show(picture.figure, picture.words(), caption)
