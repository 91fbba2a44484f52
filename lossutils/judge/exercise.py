"""An exercise is data too: its parts in order, each with its tasks, or an argument that a person grades."""

from __future__ import annotations

import dataclasses
import sys
from dataclasses import dataclass
from typing import NamedTuple

from lossutils.engine.fields import filled
from lossutils.judge import texts
from lossutils.judge.task import KINDS, Task


class Level(NamedTuple):
    """So many points for an answer that does so much, with an answer as one may meet it."""

    points: int
    says: str
    example: str


@dataclass(frozen=True)
class Argument:
    """A question that is answered in words, on one of three levels. Its texts are `name` and `name: answer`."""

    name: str  # words, as in "beds"
    title: str
    levels: tuple[Level, ...]  # the best first, the last one with 0 points
    kind: str = "design"
    taught: str = ""  # the heading of the lecture's section to read again

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.name}: its kind is {self.kind!r}, not one of {', '.join(KINDS)}")
        points = [level.points for level in self.levels]
        if len(points) != 3 or sorted(set(points), reverse=True) != points or points[-1] != 0:
            raise ValueError(f"{self.name}: the levels have {points} points, not three falling to 0")

    @property
    def points(self) -> int:
        """What the best answer is worth."""
        return self.levels[0].points


@dataclass(frozen=True)
class Part:
    """A part of an exercise: one task, or several that belong together and share the text of this name."""

    name: str  # words, as in "weights"
    title: str
    tasks: tuple[Task, ...]
    taught: str = ""  # the heading of the lecture's section to read again


@dataclass(frozen=True)
class Exercise:
    """The exercise of a chapter: `Exercise(__name__, Part(…), …, Argument(…))`."""

    module: str  # the chapter's tasks.py
    parts: tuple[Part | Argument, ...]

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The functions to write, in order."""
        return tuple(task for part in self.parts if isinstance(part, Part) for task in part.tasks)

    @property
    def points(self) -> int:
        """What everything is worth."""
        arguments = [part for part in self.parts if isinstance(part, Argument)]
        return sum(one.points for one in (*self.tasks, *arguments))

    def part_of(self, name: str) -> Part | Argument:
        """Return the part of a task, or the argument, of this name."""
        for part in self.parts:
            names = [part.name] if isinstance(part, Argument) else [task.name for task in part.tasks]
            if name in names:
                return part
        raise ValueError(f"the exercise has no task and no argument {name!r}")

    def text(self, name: str) -> tuple[str, ...]:
        """Return the text cells of this name, their numbers computed from names of tasks.py and of the references."""
        found = texts.cells(self.module.rpartition(".")[0], name)
        names: dict[str, object] = {}
        for module in (*(task.reference.__module__ for task in self.tasks), self.module):
            names |= vars(sys.modules[module])
        return tuple(filled(cell, names) for cell in found)

    def varied(self, slots: dict[str, dict]) -> Exercise:
        """Return the exercise with other numbers in its tasks: `{"huber_location": {"k": 2.0}}`."""

        def other(part: Part | Argument) -> Part | Argument:
            if isinstance(part, Argument):
                return part
            tasks = tuple(task.varied(**slots.get(task.name, {})) for task in part.tasks)
            return dataclasses.replace(part, tasks=tasks)

        if unknown := set(slots) - {task.name for task in self.tasks}:
            raise ValueError(f"the exercise has no task {min(unknown)!r}")
        return dataclasses.replace(self, parts=tuple(other(part) for part in self.parts))
