"""Faults planted into the losses' own source die: here one in thirty-three, all of them in tests/proof/mutants.py."""

from collections import Counter
from functools import cache

import pytest

from lossutils import CATALOGUE
from tests.proof.faults import mutants
from tests.proof.mutants import HARMLESS, HEAD, TABLE, harmless, killer


@cache  # not when the file is read: every process of the test run reads it
def planted():
    return [mutant for loss in CATALOGUE for mutant in mutants(loss)]


def test_there_are_many_mutants_of_every_loss():
    assert len(planted()) > 1000
    for loss in CATALOGUE:
        mine = [mutant for mutant in planted() if mutant.loss == type(loss).__name__]
        assert len(mine) >= 12 and {"formula", "derivative"} & {mutant.method for mutant in mine}


def test_the_stored_table_counts_the_mutants_of_today_and_none_survives():
    text = TABLE.read_text(encoding="utf-8")
    lines = [line.strip("| ").split(" | ") for line in text.removeprefix(HEAD).splitlines()]
    found = {name: (int(count), by) for name, count, by in lines}
    planted_in = Counter(mutant.loss for mutant in planted())
    stale = [name for name, count in planted_in.items() if found.get(name, (0, ""))[0] != count]
    assert not stale, f"run python tools/course.py mutants, which writes docs/mutants.md; it is stale for {stale}"
    assert found.pop("all")[0] == planted_in.total() and set(found) == set(planted_in) and "SURVIVES" not in text


@pytest.mark.parametrize("start", range(11))
def test_mutants_die(start):
    survivors = [str(m) for m in planted()[start::363] if not killer(m) and not harmless(m)]
    assert not survivors


def test_what_is_called_harmless_is_called_so_for_a_reason():
    used = {pattern for mutant in planted() for pattern in HARMLESS if harmless(mutant) == HARMLESS[pattern]}
    assert used == set(HARMLESS)
