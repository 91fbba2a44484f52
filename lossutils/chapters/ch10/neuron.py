"""One neuron with the label 0 that is sure of the 1: two losses lead it back, and their steps are counted."""

from __future__ import annotations

import math

import numpy as np
from matplotlib.ticker import FuncFormatter

from lossutils.plot.labels import axes_for_labels, dark, label_ends, look
from lossutils.plot.paper import GREY, SIZE, Drawn, blank, name_axes, own_style, quiet, show
from lossutils.plot.texts import number

NAMES = ("squared error", "cross-entropy")
MOST = 200_000  # steps; beyond, a walk is given up
SEEN = 300  # after so many steps the output is told: where the published animation ends


def _slope(name: str, p: float) -> float:
    """The slope in the score for the label 0, of half the squared error or of cross-entropy."""
    return p if name == "cross-entropy" else p * p * (1 - p)


def _sigmoid(z: float) -> float:
    return 1 / (1 + math.exp(-z)) if z > -700 else 0.0


def walk(name: str, start: float, rate: float, steps: int, until: float = 0.0) -> list[float]:
    """Return the outputs of the neuron before the first step and after each; stop once one is `until` or less.

    Weight and bias both step by rate times slope, and the input is 1: so the score moves by twice that.
    """
    z, outputs = float(start), [_sigmoid(start)]
    for _ in range(steps):
        if outputs[-1] <= until:
            break
        z -= 2 * rate * _slope(name, outputs[-1])
        outputs.append(_sigmoid(z))
    return outputs


def steps_to_half(name: str, start: float, rate: float) -> int:
    """Count the steps until the output is one half or less; so many steps are made at most: MOST."""
    return len(walk(name, start, rate, MOST, until=0.5)) - 1


def output_after(name: str, start: float, rate: float, steps: int = SEEN) -> float:
    """Return the output of the neuron after so many steps."""
    return walk(name, start, rate, steps)[-1]


@quiet
class Neuron(Drawn):
    """The picture of two walks, drawn once, in which both lines move: `at(start, rate)`.

    The neuron computes p = σ(w + b): its input is 1, its label 0. `start` is the score w + b at the beginning.
    """

    def __init__(self):
        with own_style():
            self._draw()

    def at(self, start: float, rate: float) -> Neuron:
        """Walk with both losses, from this score and at this rate."""
        self.start, self.rate = float(start), float(rate)
        self.half = {name: steps_to_half(name, start, rate) for name in NAMES}
        with own_style():
            self._show()
        return self

    def state(self) -> str:
        """Say how many steps each loss needs, in a sentence that a notebook stores."""
        steps = " and ".join(f"{self._steps(name)} under {name}" for name in NAMES)
        return f"From z = {number(self.start)} at the rate {number(self.rate)}, steps to one half: {steps}."

    def words(self) -> str:
        """Describe the whole picture."""
        ends = " and ".join(f"{name} {number(output_after(name, self.start, self.rate), 4)}" for name in NAMES)
        return (
            f"The output of a neuron with the label 0, from {number(_sigmoid(self.start), 4)} on, over the steps. "
            f"{self.state()} After {SEEN} steps: {ends}."
        )

    def _steps(self, name: str) -> str:
        return f"{self.half[name]:,}" if self.half[name] < MOST else f"over {MOST:,}"

    def _draw(self) -> None:
        self.figure = blank(4.2)
        ax = self._ax = axes_for_labels(self.figure, NAMES, left=0.7)
        ax.set(xscale="log", ylim=(0, 1.04))
        ax.axhline(0.5, color=GREY, lw=1.2)
        name_axes(ax, "steps", "output p, label 0; grey line: one half")
        self._lines = [ax.plot([], [], label=name, **look(k))[0] for k, name in enumerate(NAMES)]
        ax.xaxis.set_major_formatter(FuncFormatter(lambda tick, _: f"{tick:,.0f}"))

    def _show(self) -> None:
        for thing in [*self._ax.texts, *self._ax.lines[3:]]:
            thing.remove()
        reach = int(min(MOST, max(100, 10 * max(self.half.values()))))
        marks = np.unique(np.geomspace(1, reach, 240).round().astype(int))
        self._ax.set_xlim(1, reach)
        for line, name in zip(self._lines, NAMES, strict=True):
            outputs = np.array(walk(name, self.start, self.rate, reach))
            line.set_data(marks, outputs[marks])
            line.set_markevery((20, 60))
            self._count(name, line.get_color(), math.log(self.half[name]) / math.log(reach))
        label_ends(self._ax, self._lines)

    def _count(self, name: str, colour, share: float) -> None:
        """Write the count where the line meets one half: left and below, or, without room there, right and above."""
        left = name == "cross-entropy" and share > 0.2
        self._ax.annotate(
            f"{self._steps(name)} step{'s' * (self.half[name] != 1)}",
            (self.half[name], 0.5),
            (-8, -8) if left else (8, 8),
            textcoords="offset points",
            ha="right" if left else "left",
            va="top" if left else "bottom",
            fontsize=SIZE,
            color=dark(colour),
        )


def neuron_walk(start: float, rate: float, *, caption: str = "") -> None:
    """Draw both walks from a start at a rate: the still picture of the widget."""
    picture = Neuron().at(start, rate)
    show(picture.figure, picture.words(), caption)
