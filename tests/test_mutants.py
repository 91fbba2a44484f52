"""Faults planted into the losses' own source die: here every eleventh of them, all of them in tools/mutants.py."""

import pytest

from lossutils import CATALOGUE
from tools.mutants import HARMLESS, harmless, killer, mutants

ALL = [mutant for loss in CATALOGUE for mutant in mutants(loss)]


def test_there_are_many_mutants_of_every_loss():
    assert len(ALL) > 1000
    for loss in CATALOGUE:
        mine = [mutant for mutant in ALL if mutant.loss == type(loss).__name__]
        assert len(mine) >= 12 and {"formula", "derivative"} & {mutant.method for mutant in mine}


@pytest.mark.parametrize("start", range(11))
def test_mutants_die(start):
    survivors = [str(m) for m in ALL[start::121] if not killer(m) and not harmless(m)]
    assert not survivors


def test_what_is_called_harmless_is_called_so_for_a_reason():
    used = {pattern for mutant in ALL for pattern in HARMLESS if harmless(mutant) == HARMLESS[pattern]}
    assert used == set(HARMLESS)
