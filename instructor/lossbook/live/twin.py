"""The twin of a widget: every picture and sentence that a page needs of it, made by the widget itself."""

from __future__ import annotations

import numpy as np

from lossbook.live.columns import column
from lossbook.live.controls import Branch, Control, Fews, branches
from lossbook.live.landings import Landings
from lossbook.live.markup import Twin, picture
from lossbook.live.states import NOTHING, Seen, Table, everywhere
from lossutils.widgets import Explorer

FEWER = "Here the sliders stop at fewer places than in the notebook, and numbers can't be typed."
ALL = "Here numbers can't be typed; in the notebook they can."


def twin(explorer: Explorer, key: str, few: Fews) -> Twin:
    """Put a widget into all states that a page keeps, and return its twin."""
    seen, lines = Seen(explorer, key), branches(explorer, few)
    begin = seen.state(lines[0].values(lines[0].start))
    tables = [everywhere(branch, seen) for branch in lines]
    landings = Landings(seen)
    buttons = [landings.buttons(branch) for branch in lines]
    landings.follow(lines)
    slots = Slots(seen.pieces, [pieces for pieces, _ in tables], [one.pieces for one in landings.all])
    controls = Numbered(lines)
    data = {
        "controls": [one.as_data() for one in controls.all],
        "menu": _menu(explorer, lines[0]),
        "buttons": list(explorer.actions),
        "branches": [
            {
                "controls": controls.of[branch.line],
                "slots": [column(numbers) for numbers in slots.moving(pieces)],
                "said": column(said),
                "buttons": pressed,
            }
            for branch, (pieces, said), pressed in zip(lines, tables, buttons, strict=True)
        ],
        "landings": [
            {
                "places": one.places,
                "texts": one.texts,
                "slots": [numbers.item() for numbers in slots.moving(np.array(one.pieces))],
                "said": one.sentence,
                "then": one.then,
            }
            for one in landings.all
        ],
        "pieces": slots.used.things,
        "sentences": seen.sentences.things,
    }
    less = FEWER if few else ALL
    svg = picture(seen.frames.recorder, slots.parts(begin.pieces))
    return Twin(key, svg, seen.sentences.things[begin.sentence], data, less)


class Slots:
    """The places of a picture at which pieces stand, from the lowest to the highest: some change, the others stay."""

    def __init__(self, pieces: Table, tables: list[np.ndarray], rows: list[list[int]]):
        self._pieces, self.used = pieces, Table()
        self._wide = max(table.shape[-1] for table in tables)
        every = np.vstack([self._filled(table).reshape(-1, self._wide) for table in [*tables, *map(np.array, rows)]])
        every = every[(every != NOTHING).all(axis=1)]
        self._moving = np.flatnonzero((every != every[0]).any(axis=0)).tolist()

    def moving(self, table: np.ndarray) -> list[np.ndarray]:
        """Return for each slot that changes the numbers of its pieces among those that are used."""
        return [np.vectorize(self._number, otypes=[int])(self._filled(table)[..., slot]) for slot in self._moving]

    def parts(self, row: list[int]) -> list[str]:
        """Return the pieces of one state; each slot that changes is a group of its own."""
        parts = [self._pieces.things[number] for number in self._filled(np.array(row)).tolist()]
        for slot in self._moving:
            parts[slot] = f"<g data-slot>{parts[slot]}</g>"
        return parts

    def _filled(self, table: np.ndarray) -> np.ndarray:
        """Return the table with as many slots as the widest has; where a state has no picture, it stays without."""
        more = np.full((*table.shape[:-1], self._wide - table.shape[-1]), self._pieces[""])
        more[(table == NOTHING).any(axis=-1)] = NOTHING
        return np.concatenate([table, more], axis=-1)

    def _number(self, piece: int) -> int:
        return NOTHING if piece == NOTHING else self.used[self._pieces.things[piece]]


class Numbered:
    """All controls of a widget: those beside its picker once, those of the picker's lines for each of them."""

    def __init__(self, lines: list[Branch]):
        self.all: list[Control] = []
        self.of: list[list[int]] = []
        shared: dict[str, int] = {}
        for branch in lines:
            numbers = []
            for one, own, name in zip(branch.controls, branch.own, branch.names, strict=True):
                if own or name not in shared:
                    shared[name] = len(self.all)
                    self.all.append(one)
                numbers.append(shared[name])
            self.of.append(numbers)


def _menu(explorer: Explorer, branch: Branch) -> dict | None:
    if branch.picker is None:
        return None
    menu = explorer.controls[branch.picker].menu
    return {"name": menu.description, "texts": [text for text, _ in menu.options]}
