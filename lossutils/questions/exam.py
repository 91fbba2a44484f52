"""The mock exam: questions of the bank in parts, with other numbers than the chapters have."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib import resources

from lossutils.questions.question import Question


@dataclass(frozen=True)
class ExamPart:
    """A part of the exam: its title and its questions."""

    title: str
    questions: tuple[Question, ...]


@functools.cache
def mock_exam() -> tuple[ExamPart, ...]:
    """Return the parts of the mock exam, in the order in which they are asked."""
    plan = _plan()
    return tuple(
        ExamPart(part["title"], tuple(_question(line, plan["seed"]) for line in part["asked"]))
        for part in plan["parts"]
    )


def all_questions() -> tuple[Question, ...]:
    """Return the questions of all parts, one after the other."""
    return tuple(question for part in mock_exam() for question in part.questions)


def points() -> int:
    """What all questions together are worth: each as many points as it is difficult."""
    return sum(question.difficulty for question in all_questions())


def _question(line: str, seed: int) -> Question:
    """Find a question of the bank, as in "01 best-constants", and draw its numbers."""
    from lossutils.questions import load

    chapter, _, name = line.partition(" ")
    found = next((question for question in load(chapter) if question.id == name), None)
    if found is None:
        raise ValueError(f"mock exam: chapter {chapter} has no question {name!r}")
    return found.at(seed)


def _plan() -> dict:
    return tomllib.loads((resources.files(__package__) / "mock_exam.toml").read_text(encoding="utf-8"))
