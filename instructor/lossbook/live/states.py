"""Puts a widget into every state that a page keeps of it, and takes down what it shows."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import NamedTuple
from unittest import mock

import numpy as np
from matplotlib.figure import Figure

from lossbook.live.controls import Branch
from lossbook.live.frames import Frames
from lossutils.plot import paper
from lossutils.plot.paper import Drawn
from lossutils.widgets import Explorer

NOTHING = -1  # instead of a piece: the picture stays as it was


class Table:
    """Each distinct thing once, and its number."""

    def __init__(self):
        self.things: list[str] = []
        self._numbers: dict[str, int] = {}

    def __getitem__(self, thing: str) -> int:
        if thing not in self._numbers:
            self._numbers[thing] = len(self.things)
            self.things.append(thing)
        return self._numbers[thing]


class State(NamedTuple):
    """What a widget shows: the numbers of its pieces, None without a picture, and of its sentence; what it holds."""

    pieces: list[int] | None
    sentence: int
    values: dict


class Seen:
    """What a widget shows in each state: numbers of pieces, and of a sentence."""

    def __init__(self, explorer: Explorer, key: str):
        self.explorer, self.frames = explorer, Frames(key)
        self.pieces, self.sentences = Table(), Table()
        self.figure: Figure | None = None  # the last one that was drawn
        self._known: dict[tuple, State] = {}

    def state(self, values: Mapping) -> State:
        """Put the widget into a state, and return what it shows."""
        key = tuple(values.items())
        if key not in self._known:
            drawn: list[Figure] = []
            with _watching(drawn), drawn_once():
                self.explorer.set(**values)
            pieces = None
            if drawn:
                self.figure = drawn[-1]
                pieces = [self.pieces[piece] for piece in self.frames.of(self.figure)]
            self._known[key] = State(pieces, self.sentences[self.explorer.sentence], self.explorer.values)
        return self._known[key]


@contextmanager
def _watching(drawn: list[Figure]) -> Iterator[None]:
    """Let pictures be taken down instead of printed."""

    def takes(figure):
        drawn.append(figure)
        return b""

    with mock.patch.object(paper, "png", takes):
        yield


@contextmanager
def drawn_once() -> Iterator[None]:
    """Let a picture stand when it is asked to stand as it does: a widget asks for it, and again for its sentence."""
    with ExitStack() as patches:
        for kind in Drawn.__subclasses__():
            if "at" in vars(kind) and not hasattr(kind, "under"):  # what lies under some can change between
                patches.enter_context(mock.patch.object(kind, "at", _once(kind.at)))
        yield


def _once(at: Callable) -> Callable:
    def standing(self, *args):
        if not _same(vars(self).get("stands", ()), args):
            self.stands = ()  # what fails on the way stands nowhere
            at(self, *args)
            self.stands = args
        return self

    return standing


def _same(before: tuple, now: tuple) -> bool:
    """Whether two calls ask for the same; arrays do if they are one."""
    pairs = zip(before, now, strict=False)
    return len(before) == len(now) and all(a is b or not isinstance(a, np.ndarray) and a == b for a, b in pairs)


def everywhere(branch: Branch, seen: Seen) -> tuple[np.ndarray, np.ndarray]:
    """Visit all states of a branch: the numbers of pieces (*places, pieces), and those of sentences (places)."""
    order = np.argsort(branch.shape, kind="stable")  # in which neighbours differ least, so that little is drawn anew
    rows, said = {}, np.zeros(branch.shape, int)
    for turn in itertools.product(*(range(branch.shape[axis]) for axis in order)):
        places = tuple(turn[k] for k in np.argsort(order))
        state = seen.state(branch.values(places))
        rows[places], said[places] = state.pieces, state.sentence
    wide = max((len(row) for row in rows.values() if row is not None), default=0)
    table = np.full((*branch.shape, wide), NOTHING)
    for places, row in rows.items():
        if row is not None:
            table[places] = row + [seen.pieces[""]] * (wide - len(row))
    return table, said
