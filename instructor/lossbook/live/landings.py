"""Where the buttons of a widget lead to: to places of the sliders, or to a state of its own between them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

import numpy as np

from lossbook.live.columns import column
from lossbook.live.controls import Branch
from lossbook.live.states import Seen
from lossutils.plot.texts import number

NONE = -1


@dataclass
class Landing:
    """A state between the places: what its controls hold, and the places nearest to that."""

    branch: int
    values: dict
    places: list[int]
    texts: list[str]
    pieces: list[int]
    sentence: int
    then: list[int | list[int]] = field(default_factory=list)  # where each button leads from here


class Landings:
    """The buttons of a widget. `all` are the states between the places to which they lead."""

    def __init__(self, seen: Seen):
        self.seen, self.all = seen, []
        self._known: dict[tuple, int] = {}

    def buttons(self, branch: Branch) -> list[dict[str, object]]:
        """Return for each button what it does in every state of a branch.

        `to` maps controls to the places that they get, `lands` says in which state between the places it ends;
        `idle` is 1 where it changes nothing.
        """
        return [self._button(branch, text) for text in self.seen.explorer.actions]

    def follow(self, branches: list[Branch]) -> None:
        """Press each button in each state between the places, and in those that come of it."""
        for landing in self.all:  # which grows on the way
            branch = branches[landing.branch]
            for text in self.seen.explorer.actions:
                landing.then.append(self._press(branch, landing.values, text))

    def _button(self, branch: Branch, text: str) -> dict[str, object]:
        ends = [
            (places, self._press(branch, branch.values(places), text))
            for places in itertools.product(*map(range, branch.shape))
        ]
        lands = np.array([end if isinstance(end, int) else NONE for _, end in ends]).reshape(branch.shape)
        to = np.array([list(places) if isinstance(end, int) else end for places, end in ends])
        idle = np.array([list(places) == end for places, end in ends]).astype(int).reshape(branch.shape)
        found: dict[str, object] = {"to": {}}
        for k in range(len(branch.shape)):
            if (to[:, k] != [places[k] for places, _ in ends]).any():
                found["to"][k] = column(to[:, k].reshape(branch.shape))
        return found | {"lands": column(lands), "idle": column(idle)}

    def _press(self, branch: Branch, values: dict, text: str) -> int | list[int]:
        """Return the places at which a button leaves the controls, or the number of a state between them."""
        wanted = values | self.seen.explorer.actions[text](**values)
        if (places := branch.places(wanted)) is not None:
            return places
        state = self.seen.state(wanted)
        if (places := branch.places(state.values)) is not None:  # a slider keeps what is set within its ends
            return places
        apart = branch.apart(state.values)
        key = (branch.line, *apart)
        if key not in self._known:
            self._known[key] = len(self.all)
            nearest = [one.nearest(value) for one, value in zip(branch.controls, apart, strict=True)]
            texts = [
                one.texts[k] if one.values[k] == value else number(value, 6)
                for one, k, value in zip(branch.controls, nearest, apart, strict=True)
            ]
            self.all.append(Landing(branch.line, state.values, nearest, texts, state.pieces, state.sentence))
        return self._known[key]
