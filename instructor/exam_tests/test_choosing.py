"""A choice is even: by chapter, difficulty and sentence, and the same for the same seed."""

from collections import Counter

import pytest

from lossexam.bank import chosen_chapters, printable
from lossexam.choosing import chosen
from lossexam.refusals import Refusal

CANDIDATES = printable(chosen_chapters(None))
SEEDS = range(20)


@pytest.mark.parametrize("seed", SEEDS)
def test_twenty_questions_are_even(seed):
    found = chosen(CANDIDATES, 20, seed)
    assert len({one.id for one in found}) == 20
    chapters = Counter(one.chapter for one in found)
    assert set(chapters) == {one.chapter for one in CANDIDATES} and max(chapters.values()) <= 3
    sentences = Counter(one.sentence for one in found)
    assert set(sentences) == {one.sentence for one in CANDIDATES} and max(sentences.values()) <= 4
    difficulties = Counter(one.difficulty for one in found)
    assert 5 <= difficulties[1] <= 9 and 8 <= difficulties[2] <= 12 and 1 <= difficulties[3] <= 5
    assert 9 <= sum(bool(one.numbers) for one in found) <= 15


def test_the_seed_decides_and_the_order_is_the_courses():
    first, again, other = (chosen(CANDIDATES, 20, seed) for seed in (7, 7, 8))
    assert first == again != other
    assert [one.chapter for one in first] == sorted(one.chapter for one in first)


def test_seeds_reach_the_whole_bank():
    found = {one.id for seed in range(300) for one in chosen(CANDIDATES, 20, seed)}
    assert {one.id for one in CANDIDATES} - found == set()


def test_more_than_there_are_is_refused():
    with pytest.raises(Refusal, match="have two proofs"):
        chosen(CANDIDATES, len(CANDIDATES) + 1, 7)
