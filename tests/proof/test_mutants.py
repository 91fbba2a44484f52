"""Faults planted into the losses' own source die: here one in thirty-three, all of them in tests/proof/mutants.py."""

import re
from collections import Counter
from functools import cache

import pytest

from lossutils import CATALOGUE, Barron, Huber
from tests.library import losses as known
from tests.proof.faults import Mutant, mutants, parsed
from tests.proof.mutants import HARMLESS, HEAD, TABLE, harmless, killer, stored


@cache  # not when the file is read: every process of the test run reads it
def planted():
    return [mutant for loss in CATALOGUE for mutant in mutants(loss)]


def test_there_are_many_mutants_of_every_loss():
    assert len(planted()) > 1000
    for loss in CATALOGUE:
        mine = [mutant for mutant in planted() if mutant.loss == type(loss).__name__]
        assert len(mine) >= 12 and {"formula", "derivative"} & {mutant.method for mutant in mine}, (
            f"{loss!r}: only {len(mine)} faults can be planted; teach tests/proof/faults.py what this loss is made of"
        )


@pytest.mark.parametrize("loss", CATALOGUE, ids=lambda loss: type(loss).__name__)
def test_the_stored_table_counts_the_mutants_of_today_and_none_survives(loss):
    name = type(loss).__name__
    found, today = stored().get(name, Counter()), sum(mutant.loss == name for mutant in planted())
    assert found.total() == today, (
        f"docs/mutants.md knows {found.total()} faults of {name}, and today there are {today}; "
        f"run python tools/course.py mutants {name}, which writes its row"
    )
    assert not found["SURVIVES"], (
        f"{name}: no law finds {found['SURVIVES']} planted faults; python tools/course.py mutants {name} shows them. "
        f"If they are none, say why in HARMLESS of {known.place(loss)}"
    )


def test_the_stored_table_is_as_it_would_be_written_today():
    names = [type(loss).__name__ for loss in CATALOGUE]
    head = TABLE.read_text(encoding="utf-8").startswith(HEAD)
    assert head and list(stored()) == [name for name in names if name in stored()], (
        "docs/mutants.md has another head, or rows of other losses; run python tools/course.py mutants"
    )


@pytest.mark.parametrize("start", range(11))
def test_mutants_die(start):
    survivors = [str(mutant) for mutant in planted()[start::363] if not killer(mutant) and not harmless(mutant)]
    assert not survivors, (
        f"no law finds {survivors}; if these are no faults, say why in HARMLESS of the family's file in "
        f"tests/library/losses"
    )


@pytest.mark.parametrize("loss", [Huber(), Barron()], ids=repr)
def test_without_a_fault_nothing_is_found(loss):
    """The printed formulas of these two are limits at some of the parameters that are tried."""
    cls = type(loss)
    assert not killer(Mutant(cls, "formula", "unchanged", 0, parsed(cls).body[0].body[0]))


def test_what_is_called_harmless_is_planted():
    unused = [pattern for pattern in HARMLESS if not any(re.fullmatch(pattern, str(mutant)) for mutant in planted())]
    assert not unused, f"no planted fault has these names; delete or correct them in HARMLESS: {unused}"
