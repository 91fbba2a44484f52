"""What is exported of a question: itself, or a few drawings of it, each under an id that says which it is."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable
from typing import NamedTuple

from lossexam.bank import proved
from lossgrade import checkout
from lossutils.questions import Question

COURSE = "Loss functions"
TRIES = 10  # draws for each variant that is wanted: few numbers can't give many


class Item(NamedTuple):
    """A question with an id that stays the same for ever: that of the bank, and the seed of its numbers if drawn."""

    id: str
    question: Question


class Asked(NamedTuple):
    """A question of the bank, and what is exported of it: one item, or where numbers were drawn any number."""

    question: Question
    items: tuple[Item, ...]

    @property
    def drawn(self) -> bool:
        """Whether the items are variants, of which somebody who is tested gets one."""
        return self.items[0].id != self.question.id


Chapters = dict[str, list[Asked]]


def by_chapter(questions: Iterable[Question], variants: int, seed: int) -> Chapters:
    """Return the questions of each chapter; a template has its variants, or the course's own numbers if these are 0."""
    chapters: Chapters = {}
    for question in questions:
        chapters.setdefault(question.chapter, []).append(Asked(question, items(question, variants, seed)))
    return chapters


def items(question: Question, variants: int, seed: int) -> tuple[Item, ...]:
    """Return the question, or so many drawings of it that look different, from it and from one another."""
    if not (question.numbers and variants):
        return (Item(question.id, question),)
    found = {_look(question): Item(question.id, question)}
    for number in range(seed, seed + TRIES * variants):
        if len(found) <= variants:
            made = proved(question.at(number))
            found.setdefault(_look(made), Item(f"{question.id}-{number}", made))
    return tuple(found.values())[1:]


def _look(question):
    return question.question, question.code, tuple(answer.answer for answer in question.answers)


def tags(question: Question) -> list[str]:
    """Return the words by which a question may be searched for."""
    return [f"chapter {question.chapter}", f"difficulty {question.difficulty}", f"sentence {question.sentence}"]


@functools.cache
def title(chapter: str) -> str:
    """Return the title of a chapter's lecture, as in "01 · What is a loss?"."""
    lecture = next((checkout.ROOT / "notebooks").glob(f"{chapter}_*.ipynb"))
    first = json.loads(lecture.read_text(encoding="utf-8"))["cells"][0]["source"]
    return "".join(first).splitlines()[0].removeprefix("# ")
