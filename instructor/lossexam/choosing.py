"""A balanced choice: by chapter, by difficulty and by sentence of the page that the course explains."""

from __future__ import annotations

from collections import Counter

from lossexam.refusals import Refusal
from lossutils import rng
from lossutils.questions import Question

DIFFICULTIES = {1: 0.35, 2: 0.5, 3: 0.15}  # of the questions of a test
DRAWN = 0.6  # of them have numbers of their own for everybody


def chosen(candidates: list[Question], how_many: int, seed: int) -> list[Question]:
    """Choose so many, in the order of the chapters; the same seed chooses the same.

    Each kind of question (a chapter, a sentence, a difficulty) has its share of a test. One after the other is taken
    that leaves the sum of count² / share smallest, which is where every kind has its share; among equals the seed
    decides.
    """
    if how_many > len(candidates):
        raise Refusal(f"{how_many} questions are asked for; of these chapters {len(candidates)} have two proofs")
    shares = _shares(candidates)
    left = [candidates[place] for place in rng(seed).permutation(len(candidates))]
    taken: list[Question] = []
    counts: Counter = Counter()
    while len(taken) < how_many:
        best = min(left, key=lambda one: sum((2 * counts[kind] + 1) / shares[kind] for kind in kinds(one)))
        left.remove(best)
        taken.append(best)
        counts.update(kinds(best))
    places = {question.id: place for place, question in enumerate(candidates)}
    return sorted(taken, key=lambda question: places[question.id])


def kinds(question: Question) -> list[tuple[str, object]]:
    """Return of which kinds a question is."""
    return [
        ("chapter", question.chapter),
        ("sentence", question.sentence),
        ("difficulty", question.difficulty),
        ("drawn", bool(question.numbers)),
    ]


def _shares(candidates):
    """The share of a test that each kind should have: chapters and sentences have equal ones."""
    there = Counter({kind for one in candidates for kind in kinds(one)})
    equal = Counter(what for what, _ in there)
    fixed = {"difficulty": DIFFICULTIES, "drawn": {True: DRAWN, False: 1 - DRAWN}}
    return {(what, one): fixed[what][one] if what in fixed else 1 / equal[what] for what, one in there}
