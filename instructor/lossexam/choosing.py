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

    One after the other is taken that leaves the test most even; among equals the seed decides.
    """
    if how_many > len(candidates):
        raise Refusal(f"{how_many} questions are asked for; of these chapters {len(candidates)} have two proofs")
    order = rng(seed).permutation(len(candidates))
    left = [candidates[place] for place in order]
    taken: list[Question] = []
    while len(taken) < how_many:
        best = min(left, key=lambda one: unevenness([*taken, one], how_many, candidates))
        left.remove(best)
        taken.append(best)
    places = {question.id: place for place, question in enumerate(candidates)}
    return sorted(taken, key=lambda question: places[question.id])


def unevenness(taken: list[Question], how_many: int, candidates: list[Question]) -> float:
    """How far a choice is from an even one: 0 where every chapter, sentence and difficulty has its share."""
    chapters = {one.chapter: 1 for one in candidates}
    sentences = {one.sentence: 1 for one in candidates}
    drawn = {True: DRAWN, False: 1 - DRAWN}
    return (
        _beyond(Counter(one.chapter for one in taken), _shares(chapters), how_many)
        + _beyond(Counter(one.sentence for one in taken), _shares(sentences), how_many)
        + _beyond(Counter(one.difficulty for one in taken), DIFFICULTIES, how_many)
        + _beyond(Counter(bool(one.numbers) for one in taken), drawn, how_many)
    )


def _shares(kinds):
    return {kind: 1 / len(kinds) for kind in kinds}


def _beyond(counts, shares, how_many):
    """The sum of squares of what each kind has, measured by what it should have."""
    return sum(count**2 / (shares[kind] * how_many) for kind, count in counts.items()) / how_many
