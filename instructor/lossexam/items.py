"""What a class's answers say of the questions, and of what to repeat."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import NamedTuple

import numpy as np

from lossexam.scoring import Marked
from lossgrade.report import correlation
from lossutils.questions import Question


class Item(NamedTuple):
    """A question and its answers.

    `solved` is the mean share of its points; `discrimination` the correlation of this share with the points of all
    other questions, None where either is the same for everybody; `chosen` counts the bank's wrong answers, each with
    its reason, `others` wrong answers that the bank does not know, and `empty` those that are missing.
    """

    number: int
    question: Question
    solved: float
    discrimination: float | None
    chosen: list[tuple[int, str, str]]
    others: int
    empty: int

    @property
    def remark(self) -> str:
        """What the two numbers suggest to whoever asks the question again; empty where nothing."""
        if self.discrimination is not None and self.discrimination < 0:
            return "who did well elsewhere did worse here: read the question again, and its key"
        return "nobody solved it" if self.solved == 0 else ""


def items(tests: list[Marked]) -> list[Item]:
    """Return an item for each question, in the order of the test."""
    return [_item(number, tests) for number in range(len(tests[0].given))]


def _item(at, tests):
    asked = [test.variant.questions[at] for test in tests]
    given = [test.given[at] for test in tests]
    rest = [test.points - test.each[at] for test in tests]
    shares = [one.share for one in given]
    counts: Counter[int] = Counter()
    words: dict[int, tuple[str, str]] = {}
    others = 0
    for test, question, one in zip(tests, asked, given, strict=True):
        order = test.variant.orders[at]
        answers = {place: question.answers[order.index(place)] for place in one.places}
        others += bool(one.typed and one.share == 0 and not one.places and question.type != "open")
        for place, answer in answers.items():
            if not answer.correct:
                counts[place] += 1
                words.setdefault(place, (answer.answer or question.shown(answer), answer.feedback))
    chosen = [(count, *words[place]) for place, count in counts.most_common()]
    return Item(
        at + 1, asked[0], sum(shares) / len(shares), correlation(np.array(shares), np.array(rest)), chosen, others,
        sum(not one.typed for one in given),
    )  # fmt: skip


def to_repeat(found: list[Item]) -> list[tuple[str, str, float, int]]:
    """Return chapters and sections with the share of points that was lost there, and of how many; the worst first."""
    lost: dict[tuple[str, str], float] = defaultdict(float)
    worth: dict[tuple[str, str], int] = defaultdict(int)
    for item in found:
        place = item.question.chapter, item.question.section
        lost[place] += (1 - item.solved) * item.question.difficulty
        worth[place] += item.question.difficulty
    return sorted(((*place, lost[place] / worth[place], worth[place]) for place in worth), key=lambda one: -one[2])
