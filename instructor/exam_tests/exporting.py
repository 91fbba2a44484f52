"""The whole bank as the exports get it, each template drawn ten times, and questions that it doesn't have yet."""

import functools
from collections.abc import Iterator

from lossexam.exports.asked import Asked, Item, by_chapter
from lossutils import questions
from lossutils.questions import Question

VARIANTS, SEED = 10, 7


@functools.cache
def bank() -> tuple[Question, ...]:
    return tuple(question for chapter in questions.chapters() for question in questions.load(chapter))


@functools.cache
def exported() -> dict[str, list[Asked]]:
    return by_chapter(bank(), VARIANTS, SEED)


def items(chapters=None) -> Iterator[tuple[Asked, Item]]:
    """Every question and variant, with the question of the bank that it comes from."""
    for asked in (chapters or exported()).values():
        for one in asked:
            yield from ((one, item) for item in one.items)


def made(**fields) -> Question:
    """A question of chapter 01 with the given fields, and others that do."""
    entry = {
        "id": "made",
        "type": "numeric",
        "section": "The idea",
        "difficulty": 2,
        "sentence": "speed",
        "question": "How much?",
        "explanation": "So much.",
        "answers": [],
    }
    return Question.of("01", entry | fields)


def tries(question: Question) -> list[float]:
    """Numbers to answer with: the right one, just inside and outside its tolerance, the wrong ones, one far away."""
    right = question.key
    low, high = right.range or (right.value - question.tolerance, right.value + question.tolerance)
    step = 0.02 * (high - low)
    inside = [(low + high) / 2, low + step, high - step]
    outside = [low - step, high + step, -(low + high) / 2, 100 * high, 987654.321]
    return inside + outside + [answer.value for answer in question.answers if answer.value is not None]
