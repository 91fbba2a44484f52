"""A slider for a number: its handle stops at round numbers, the box before it takes any number between the ends."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence

import ipywidgets
import numpy as np
import traitlets

from lossutils.plot.texts import number
from lossutils.widgets.live import PLAIN
from lossutils.widgets.typed import typed_number

WIDE = ipywidgets.Layout(width="560px", max_width="calc(100% - 4px)")  # 4: its margins
NAMED = {"description_width": "140px"}
# Shared by all sliders: a lecture stores each layout once
BOX = ipywidgets.Layout(width="232px", flex="0 0 auto")
HANDLE = ipywidgets.Layout(flex="1 1 180px", width="auto", min_width="120px")
ROW = ipywidgets.Layout(width="564px", max_width="100%", flex_flow="row wrap", overflow="visible")
STEPS, FINE_STEPS = 100, 600  # from end to end, about: of the handle, and to which the ends are rounded
IN_A_DECADE = (1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.8, 2, 2.2, 2.5, 2.8, 3, 3.2, 3.5, 4, 4.5, 5, 5.5, 6, 7, 8, 9)


class Slider(ipywidgets.HBox):
    """A named number between the first and the last of `places`, at which the handle stops.

    The box takes what `typed_number` reads. What is no number, or lies beyond the ends, stays in it, with a sentence;
    the value stays what it was. Where all places are integers, so is the value.

    ipywidgets' own FloatSlider has a readout that reads 3,5 as 3, cuts what is beyond the ends without a word, and
    moves each number that is typed or set to its next step.
    """

    value = traitlets.Any()

    def __init__(self, name: str, places: Sequence[float], value: float):
        self.name, self.places = name, list(places)
        self._whole = all(isinstance(place, int) for place in self.places)
        self.box = ipywidgets.Text(description=name, continuous_update=False, style=NAMED, layout=BOX)
        self.handle = ipywidgets.IntSlider(min=0, max=len(self.places) - 1, readout=False, layout=HANDLE)
        self.told = ipywidgets.HTML(layout=PLAIN)
        super().__init__([self.box, self.handle, self.told], layout=ROW, value=value)
        self._show()
        self.observe(self._show, "value")
        self.box.observe(self._read_box, "value")
        self.handle.observe(self._read_handle, "value")

    min = property(lambda self: self.places[0])
    max = property(lambda self: self.places[-1])

    @traitlets.validate("value")
    def _between_the_ends(self, proposal):
        """Keep what a button or a program sets within the ends, as every slider of ipywidgets does."""
        kept = min(max(proposal["value"], self.min), self.max)
        return int(kept) if self._whole else float(kept)

    def _nearest(self) -> int:
        """Return the number of the place nearest to the value."""
        return int(np.argmin(np.abs(np.asarray(self.places, float) - self.value)))

    def _show(self, _change=None) -> None:
        """Write the value into the box, move the handle to it, and take back what was said."""
        self.box.value = number(self.value, 6)
        self.handle.value = self._nearest()
        self.handle.tooltip = self.box.value  # what a screen reader says of the handle's place
        self.told.value = ""

    def _read_handle(self, change) -> None:
        if change.new != self._nearest():
            self.value = self.places[change.new]

    def _read_box(self, change) -> None:
        if change.new == number(self.value, 6):
            return
        try:
            self.value = self._legal(typed_number(change.new))
        except ValueError as error:
            words = f"{error} It stays at {number(self.value, 6)}."
            self.told.value = f'<div role="alert">{html.escape(words)}</div>'
        else:
            self._show()

    def _legal(self, typed: float) -> float:
        """Return a typed number that this slider can take."""
        if self._whole and typed != round(typed):
            raise ValueError(f"{number(typed, 6)} is no whole number.")
        if not self.min <= typed <= self.max:
            raise ValueError(f"{number(typed, 6)} is not from {number(self.min)} to {number(self.max)}.")
        return typed


@np.errstate(all="ignore")
def float_slider(name: str, low: float, high: float, value: float) -> Slider:
    """Return a slider with a round step and round ends."""
    fine, step = (_round_step((high - low) / steps) for steps in (FINE_STEPS, STEPS))
    decimals = max(0, -math.floor(math.log10(fine)))
    first, last = math.floor(low / fine + 1e-9) * fine, math.ceil(high / fine - 1e-9) * fine
    if low > 0 >= first:
        first = low  # what must be positive stays so
    inside = np.arange(math.ceil(first / step), math.floor(last / step) + 1) * step
    inside = inside[(inside > first + step / 4) & (inside < last - step / 4)]
    places = [first if first == low else round(first, decimals), *inside.round(decimals), round(last, decimals)]
    return Slider(name, [float(place) for place in places], value)


def ratio_slider(name: str, low: float, high: float, value: float) -> Slider:
    """Return a slider whose steps are about a tenth of the number where it stands, for what is multiplied."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    round_numbers = [float(f"{digits}e{power}") for power in powers for digits in IN_A_DECADE]
    return Slider(name, [low, *(place for place in round_numbers if low < place < high), high], value)


def _round_step(x: float) -> float:
    """Return the nearest of 1, 2 and 5 times a power of ten, in ratio."""
    power = math.floor(math.log10(x))
    steps = [float(f"{digit}e{p}") for p in (power, power + 1) for digit in (1, 2, 5)]
    return min(steps, key=lambda step: abs(math.log(step / x)))
