"""Faults planted into the losses' own source die: here one in thirty-three, all of them in tools/mutants.py."""

from functools import cache

import pytest

from lossutils import CATALOGUE
from tools.mutants import HARMLESS, harmless, killer, mutants


@cache  # not when the file is read: every process of the test run reads it
def planted():
    return [mutant for loss in CATALOGUE for mutant in mutants(loss)]


def test_there_are_many_mutants_of_every_loss():
    assert len(planted()) > 1000
    for loss in CATALOGUE:
        mine = [mutant for mutant in planted() if mutant.loss == type(loss).__name__]
        assert len(mine) >= 12 and {"formula", "derivative"} & {mutant.method for mutant in mine}


@pytest.mark.parametrize("start", range(11))
def test_mutants_die(start):
    survivors = [str(m) for m in planted()[start::363] if not killer(m) and not harmless(m)]
    assert not survivors


def test_what_is_called_harmless_is_called_so_for_a_reason():
    used = {pattern for mutant in planted() for pattern in HARMLESS if harmless(mutant) == HARMLESS[pattern]}
    assert used == set(HARMLESS)
