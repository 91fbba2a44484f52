"""How well both answers are learnt against the unit of one of them: stored runs, and a switch that standardises."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.ticker import FuncFormatter, NullLocator

from lossutils.plot.labels import dark, look
from lossutils.plot.paper import GREY, SIZE, Drawn, axes, blank, name_axes, own_style, quiet, show
from lossutils.plot.texts import number, span

LEFT, RIGHT, BOTTOM, TOP, GAP, HIGH = 0.8, 0.3, 0.7, 0.45, 0.6, 1.75  # inches
TICKS = {"species": (0.4, 0.6, 0.8, 1), "mass": (300, 1000, 3000)}


@quiet
class Units(Drawn):
    """Two panels over the unit of the mass: the share of species right, and the error of the mass in grams.

    `units` (k,), in grams, rising or falling; `found` (k, seeds, 2) and `standard` (seeds, 2) hold both numbers of each
    run. `most` is the share of the commonest species. `at(unit, standardised)` marks the nearest stored unit.
    """

    def __init__(self, units, found, standard, most: float):
        order = np.argsort(units)
        self.units, self.found = np.asarray(units, float)[order], np.asarray(found, float)[order]
        self.standard, self.most = np.asarray(standard, float), most
        with own_style():
            self._draw()

    def at(self, unit: float, standardised: bool = False) -> Units:
        """Mark the runs whose unit is nearest to this one, in ratio."""
        self.place = int(np.argmin(np.abs(np.log(self.units / unit))))
        self.standardised = standardised
        self.runs = self.standard if standardised else self.found[self.place]
        with own_style():
            self._show()
        return self

    def state(self) -> str:
        """Say what the marked runs reach, in a sentence that a notebook stores."""
        right, off = least_to_largest(self.runs)
        how = f"a unit of {number(self.units[self.place])} g" + (", standardised" if self.standardised else "")
        return f"With {how}: {right} of the species right, the mass off by {off} g."

    def words(self) -> str:
        """Describe the whole picture."""
        runs = {f"{number(unit)} g": found for unit, found in zip(self.units, self.found, strict=True)}
        runs["standardised, whatever the unit"] = self.standard
        each = [f"{name}: {' and '.join(least_to_largest(found))} g" for name, found in runs.items()]
        return (
            f"Share of species right and error of the mass, by the unit of the mass, least to largest of "
            f"{self.found.shape[1]} seeds. {'; '.join(each)}. Ringed: {self.state()}"
        )

    def _draw(self) -> None:
        sheet = BOTTOM + 2 * HIGH + GAP + TOP
        self.figure = blank(sheet)
        self._panels, self._marks = [], []
        panels = (("share of species right", 0, False), ("error of the mass (g)", 1, True))
        for k, (name, column, log) in enumerate(panels):
            above = TOP + k * (HIGH + GAP)
            ax = axes(self.figure, LEFT, sheet - above - HIGH, RIGHT, above)
            style = look(k)
            low, middle, high = np.quantile(self.found[:, :, column], [0, 0.5, 1], axis=1)
            ax.fill_between(self.units, low, high, color=style["color"], alpha=0.25, lw=0)
            ax.plot(self.units, middle, color=style["color"], marker=style["marker"], ls="-", ms=6)
            level = float(np.median(self.standard[:, column]))
            ax.axhline(level, color=GREY, lw=1.4, ls=(0, (4, 2)), zorder=1)
            ax.set(xscale="log", yscale="log" if log else "linear")
            ticks = TICKS["mass" if log else "species"]
            ax.set_yticks(ticks, [number(tick) for tick in ticks])
            ax.yaxis.set_minor_locator(NullLocator())
            ax.xaxis.set_minor_locator(NullLocator())
            ax.xaxis.set_major_formatter(FuncFormatter(lambda tick, _: number(tick)))
            ax.set_xticks([1, 10, 100, 1000], ["1 (gram)", "10", "100", "1000 (kilogram)"])
            ax.tick_params(labelbottom=k == 1)
            name_axes(ax, "grams in one unit of the mass" if k == 1 else "", name)
            ax.set_ylim(*((250, 6000) if log else (0.35, 1.06)))
            self._note(ax, level, log)
            (mark,) = ax.plot([], [], "o", ms=15, mfc="none", mec="#000000", mew=2.2, zorder=6)
            self._panels.append(ax)
            self._marks.append(mark)
        self._panels[0].axhline(self.most, color=GREY, lw=1.4, ls=(0, (1, 2)), zorder=1)
        self._text(self._panels[0], 5000, self.most + 0.02, "always the commonest species", "bottom", "right")

    def _note(self, ax, level, log) -> None:
        place = (1.7, level * 1.06) if log else (1.7, level - 0.02)
        self._text(ax, *place, "dashed: standardised", "bottom" if log else "top", "left")

    def _text(self, ax, x, y, words, va, ha) -> None:
        ax.text(x, y, words, fontsize=SIZE, color=dark(GREY), va=va, ha=ha)

    def _show(self) -> None:
        for column, mark in enumerate(self._marks):
            mark.set_data([self.units[self.place]], [np.median(self.runs[:, column])])


def by_unit(units, found, standard, most: float, unit: float, standardised=False, *, caption: str = "") -> None:
    """Draw both answers over the unit, with one unit marked: the still picture of the widget."""
    picture = Units(units, found, standard, most).at(unit, standardised)
    show(picture.figure, picture.words(), caption)


def stored(runs: Mapping[str, np.ndarray]) -> tuple[list[float], np.ndarray, np.ndarray]:
    """Return the units of stored runs, their numbers (units, seeds, 2), and those of standardised masses (seeds, 2)."""
    named = {float(name.split()[1]): rows for name, rows in runs.items() if name.startswith("unit ")}
    return list(named), np.array(list(named.values())), runs["standardised"]


def least_to_largest(runs: np.ndarray) -> tuple[str, str]:
    """Print the shares of species right and the errors in grams of some runs (seeds, 2)."""
    (low, off), (high, far) = runs.min(axis=0), runs.max(axis=0)
    return span(low, high, 3), span(round(off), round(far))
