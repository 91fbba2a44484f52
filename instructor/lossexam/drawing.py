"""Variants of a test: the same questions, with numbers of their own and options in an order of their own."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from typing import NamedTuple

from lossexam.bank import proved
from lossexam.refusals import Refusal
from lossutils import rng
from lossutils.questions import Question

TRIES = 400  # draws of a question, until its numbers are nobody else's


class Variant(NamedTuple):
    """One test: its name, whose it is, and its questions as they are printed.

    `orders` says for each question which option of the bank stands at each place.
    """

    name: str
    student: str
    number: str  # the student's
    questions: list[Question]
    orders: list[list[int]]


class Person(NamedTuple):
    """Somebody who sits a test: a student, or just the letter of a variant."""

    variant: str
    student: str = ""
    number: str = ""


def variants(questions: list[Question], people: list[Person], seed: int) -> list[Variant]:
    """Return a test for each person. Nobody's question has the whole set of numbers of somebody else's."""
    columns = [_column(question, people, seed) for question in questions]
    rows = zip(*columns, strict=True)
    return [Variant(*one, *map(list, zip(*row, strict=True))) for one, row in zip(people, rows, strict=True)]


def _column(question, people, seed):
    """A question for everybody, one after the other, each with the order of its options."""
    taken: set[str] = set()
    for person in people:
        made = _drawn(question, seed, person.variant, taken)
        order = order_of(made, seed_of(seed, person.variant, question.id, "options"))
        yield in_order(made, order), order


def _drawn(question, seed, variant, taken):
    """The question with numbers that nobody has, and whose key was reached in two ways."""
    if not question.numbers:
        return question
    for attempt in range(TRIES):
        made = question.at(seed_of(seed, variant, question.id, attempt))
        numbers = json.dumps(made.numbers, sort_keys=True, default=repr)
        if numbers not in taken:
            taken.add(numbers)
            return proved(made)
    raise Refusal(f"question {question.id} of chapter {question.chapter} has numbers for {len(taken)} people only")


def order_of(question: Question, seed: int) -> list[int]:
    """Return an order of the options; that of typical wrong numbers stays, since it is not seen."""
    order = rng(seed).permutation if question.options else range
    return [int(place) for place in order(len(question.answers))]


def in_order(question: Question, order: list[int]) -> Question:
    """Return the question with its answers in an order of their own."""
    return dataclasses.replace(question, answers=tuple(question.answers[place] for place in order))


def seed_of(*parts: object) -> int:
    """Return a seed that follows from words and numbers, on every machine the same."""
    digest = hashlib.sha256(json.dumps(list(map(str, parts))).encode()).digest()
    return int.from_bytes(digest[:4], "big")
