"""The chapters that can be graded: their tasks, and the notebooks that are handed out."""

from __future__ import annotations

import functools
import importlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from lossgrade import checkout, private, variants
from lossgrade.refusals import NoChapter
from lossutils import chapters
from lossutils.judge.exercise import Argument, Exercise
from lossutils.judge.task import Task


@dataclass(frozen=True)
class Chapter:
    """A chapter's exercise, as this term or this student has it."""

    number: str  # "01"
    file: Path  # of the exercise that the course hands out
    exercise: Exercise
    variant: dict  # the numbers in which it differs from the course's: {"huber_location": {"k": 2.0}}
    private: tuple[Task, ...] = ()  # tasks of the lecturer's own

    @property
    def name(self) -> str:
        """The name of the assignment and of its notebook, as in 01_what_is_a_loss."""
        return self.file.stem

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The functions to write, in order."""
        return self.exercise.tasks

    @property
    def arguments(self) -> tuple[Argument, ...]:
        """What is answered in words, in order."""
        return tuple(part for part in self.exercise.parts if isinstance(part, Argument))

    @functools.cached_property
    def source(self) -> dict:
        """The solution, with this variant's numbers."""
        text = (checkout.ROOT / "solutions" / self.file.name).read_text(encoding="utf-8")
        return variants.source(self, text) if self.variant or self.private else json.loads(text)

    @functools.cached_property
    def release(self) -> dict:
        """The notebook that is handed out."""
        if self.variant or self.private:
            return variants.release(self)
        return json.loads(self.file.read_text(encoding="utf-8"))

    @functools.cached_property
    def graded(self) -> list[dict]:
        """The cells that nbgrader knows, as it keeps them: without answers, with what only a grader sees."""
        whole = {_grade_id(cell): cell for cell in self.source["cells"]}
        known = [cell for cell in self.release["cells"] if _grade_id(cell)]
        return [{**cell, "source": _kept(cell, whole[_grade_id(cell)])} for cell in known]

    @functools.cached_property
    def title(self) -> str:
        """The title of the exercise."""
        first = "".join(self.release["cells"][0]["source"])
        return first.splitlines()[0].lstrip("# ")

    def heading(self, name: str) -> str:
        """Return the heading of the lecture's section that teaches a task or an argument; "" for a lecturer's own."""
        return self.exercise.part_of(name).taught

    def address(self, name: str, lectures: str) -> str:
        """Return where that section stands, if it is said where the lectures are: https://…/{chapter}.html"""
        heading = self.heading(name)
        if not lectures or not heading:
            return ""
        place = lectures.replace("{chapter}", self.name)
        words = heading.replace(" ", "-")  # as Jupyter names it, and below as a book does
        slug = re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-") if place.endswith(".html") else words
        return f"{place}#{quote(slug)}"

    def task_title(self, name: str) -> str:
        """Return what a student knows a task or an argument by: the title of its part."""
        part = self.exercise.part_of(name)
        alone = isinstance(part, Argument) or len(part.tasks) == 1
        return part.title if alone else next(task.title for task in part.tasks if task.name == name)

    @property
    def code(self) -> list[str]:
        """The code cells that are handed out."""
        return ["".join(cell["source"]) for cell in self.release["cells"] if cell["cell_type"] == "code"]

    @functools.cached_property
    def given(self) -> tuple[str, ...]:
        """What runs before a student's cells: the cells that nobody was meant to change and that are no check."""
        marked = [(cell, cell["metadata"].get("nbgrader", {})) for cell in self.release["cells"]]
        return tuple(
            "".join(cell["source"])
            for cell, marks in marked
            if cell["cell_type"] == "code" and marks.get("locked") and not marks.get("grade")
        )


def _grade_id(cell):
    return cell["metadata"].get("nbgrader", {}).get("grade_id", "")


def _kept(cell, whole):
    """The text of a locked cell with its hidden part; a student's cell as it is handed out."""
    marks = cell["metadata"]["nbgrader"]
    return "".join((whole if marks.get("locked") and marks.get("grade") else cell)["source"])


def chapter(number: str, variant: dict | None = None) -> Chapter:
    """Return a chapter by its number, or by the name of its notebook; NoChapter if there is none."""
    return _chapter(number.removesuffix(".ipynb").partition("_")[0].zfill(2), json.dumps(variant or {}, sort_keys=True))


@functools.lru_cache(maxsize=100)
def _chapter(number, variant):
    files = sorted((checkout.ROOT / "exercises").glob(f"{number}_*.ipynb"))
    if not files or number not in numbers():
        raise NoChapter(f"there is no exercise {number}; there are {', '.join(numbers())}")
    exercise, own = private.extended(importlib.import_module(f"lossutils.chapters.ch{number}.tasks").EXERCISE, number)
    other = json.loads(variant)
    return Chapter(number, files[0], exercise.varied(other), other, own)


def numbers() -> tuple[str, ...]:
    """Return the numbers of the chapters that have an exercise."""
    return chapters.numbers("tasks.py")
