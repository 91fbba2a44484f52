"""The controls of a widget as a page has them: each stops at a few places, a picker's sliders come with its line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from ipywidgets import Checkbox, Dropdown

from lossutils.plot.texts import number
from lossutils.widgets import Explorer, Slider


class Few(NamedTuple):
    """How many places a slider keeps, evenly among its own, and numbers at which it stops in any case.

    It keeps the place where it begins, too; with none beside it, it stands still.
    """

    count: int
    also: Sequence[float] = ()


@dataclass(frozen=True)
class Control:
    """One control: its values in order, what is said of each, and at which it begins."""

    name: str
    kind: str  # range, select or check
    values: tuple
    texts: tuple[str, ...]
    start: int

    def as_data(self) -> dict:
        """Return what a page needs of it."""
        return {"name": self.name, "kind": self.kind, "texts": self.texts, "start": self.start}

    def with_values(self) -> dict:
        """Return what a page needs that computes, and takes typed numbers."""
        return self.as_data() | {"values": self.values}

    def nearest(self, value) -> int:
        """Return the place of a value, or the place nearest to it."""
        if value in self.values:
            return self.values.index(value)
        return int(np.argmin(np.abs(np.array(self.values, float) - value)))


Fews = Mapping[str | tuple[int, str], Few]  # by a slider's name, or by the line of its menu and its name


def control(widget, few: Fews, line: int) -> Control:
    """Return a widget's control with the places that a page keeps of it."""
    if isinstance(widget, Slider):
        every = Few(len(widget.places))
        places = kept(widget, few.get((line, widget.name), few.get(widget.name, every)))
        texts = tuple(number(place, 6) for place in places)
        return Control(widget.name, "range", places, texts, places.index(widget.value))
    if isinstance(widget, Checkbox):
        return Control(widget.description, "check", (False, True), ("off", "on"), int(widget.value))
    assert isinstance(widget, Dropdown), widget
    pairs = [one if isinstance(one, tuple) else (str(one), one) for one in widget.options]
    texts, values = zip(*pairs, strict=True)
    return Control(widget.description, "select", values, texts, values.index(widget.value))


def kept(slider: Slider, few: Few) -> tuple:
    """Return the places that are kept of a slider, from the least to the largest."""
    among = np.unique(np.linspace(0, len(slider.places) - 1, few.count).round().astype(int))
    return tuple(sorted({slider.value, *few.also, *(slider.places[k] for k in among)}))


class Branch:
    """One line of a widget's picker, or the widget itself if it has none: its controls, in their order."""

    def __init__(self, explorer: Explorer, few: Fews, line: int = 0):
        self.explorer, self.line, self.picker = explorer, line, None
        self.controls, self.names = [], []  # the names are those of the widget's controls that they are part of
        for name, widget in explorer.controls.items():
            if hasattr(widget, "menu"):
                self.picker = name
                inside = widget.sliders(line)
                widgets = list(inside.values() if isinstance(inside, dict) else inside)
            else:
                widgets = [widget]
            self.controls += [control(one, few, line) for one in widgets]
            self.names += [name] * len(widgets)
        self.own = [name == self.picker for name in self.names]  # of the picker's line
        self.shape = tuple(len(one.values) for one in self.controls)

    @property
    def start(self) -> tuple[int, ...]:
        """The places at which the controls begin."""
        return tuple(one.start for one in self.controls)

    def values(self, places: Sequence[int]) -> dict:
        """Return what the widget's controls hold when these stand at these places."""
        return self._together([one.values[k] for one, k in zip(self.controls, places, strict=True)])

    def apart(self, values: Mapping) -> list:
        """Return the values of the controls, one by one, from what the widget's controls hold."""
        rest, found = {name: list(self._parts(name, value)) for name, value in values.items()}, []
        for name in self.names:
            found.append(rest[name].pop(0))
        return found

    def places(self, values: Mapping) -> list[int] | None:
        """Return the places at which the controls hold these values; None if one of them lies between."""
        pairs = list(zip(self.controls, self.apart(values), strict=True))
        if any(value not in one.values for one, value in pairs):
            return None
        return [one.values.index(value) for one, value in pairs]

    def _together(self, values: list) -> dict:
        made: dict = {}
        for name, widget in self.explorer.controls.items():
            own = [value for at, value in zip(self.names, values, strict=True) if at == name]
            made[name] = widget.at(self.line, own) if name == self.picker else own[0]
        return made

    def _parts(self, name: str, value) -> Sequence:
        if name != self.picker:
            return [value]
        if isinstance(value, tuple):
            return value[1:]
        return [getattr(value, parameter) for parameter in self.explorer.controls[name].sliders(self.line)]


def branches(explorer: Explorer, few: Fews) -> list[Branch]:
    """Return a branch for each line of the widget's picker."""
    pickers = [widget for widget in explorer.controls.values() if hasattr(widget, "menu")]
    lines = range(len(pickers[0].menu.options)) if pickers else [0]
    return [Branch(explorer, few, line) for line in lines]
