"""Domains say what is legal and draw from it; parameters are checked against theirs."""

import dataclasses

import numpy as np
import pytest

import lossutils
from lossutils import CATALOGUE, Domain, Huber, Loss, param, rng
from lossutils.engine import domain
from lossutils.engine.domain import CLASSES, SCORE

DOMAINS = {name: thing for name, thing in vars(domain).items() if isinstance(thing, Domain)}
PARAMETERS = [(loss, field) for loss in CATALOGUE for field in dataclasses.fields(loss)]

each_domain = pytest.mark.parametrize("name", DOMAINS)

CONTAINS = {  # domain: some that are legal, some that aren't
    "REAL": ([-1e300, 0, 5], [np.inf, -np.inf]),
    "POSITIVE": ([5e-324, 7], [0.0, -0.0, -1, np.inf]),
    "NONNEGATIVE": ([0.0, -0.0, 7], [-5e-324, np.inf]),
    "NONZERO": ([-3, 5e-324], [0.0, -0.0, np.inf]),
    "ABOVE_MINUS_ONE": ([-0.999, 0, 9], [-1, -2, np.inf]),
    "PROBABILITY": ([0, 0.5, 1], [-1e-9, 1 + 1e-9, np.inf]),
    "LABEL": ([0, 1, 0.3], [-1, 2, np.inf]),
    "UNIT_OPEN": ([5e-324, 0.5, 1 - 2.0**-53], [0, 1, -1, 2]),
    "SCALE": ([1e-100, 7, 1e100], [0, -1, 1e-101, 1e101, np.inf]),
    "POSITIVE_OR_INFINITE": ([1e-9, np.inf], [0, -1, -np.inf]),
    "SCORE": ([0, -np.inf, 1e300], [np.inf]),
}


@pytest.mark.parametrize("name", CONTAINS)
def test_a_domain_contains_what_it_says(name):
    legal, illegal = CONTAINS[name]
    assert DOMAINS[name].contains(np.array(legal, float)).all()
    assert not DOMAINS[name].contains(np.array([*illegal, np.nan], float)).any()
    assert DOMAINS[name].contains(legal[0]) and not DOMAINS[name].contains(np.nan)


def test_every_domain_has_examples_of_both_kinds():
    assert set(DOMAINS) - {"CLASSES"} == set(CONTAINS)


@each_domain
def test_the_quick_proof_agrees_with_the_careful_one(name):
    one = DOMAINS[name]
    special = np.array([-2, -1, -1e-9, 0, 1e-9, 0.5, 1, 1 + 1e-9, 2])
    for seed in range(30):
        x = rng(seed).choice(special, 3)
        assert one.holds(x) == one.contains(x).all()
    assert one.bounded == (not one.contains(special).all())


@each_domain
def test_draws_are_legal_vary_and_come_from_the_given_source(name):
    one = DOMAINS[name]
    x = one.draw(rng(0), (40, 5))
    assert x.shape == (40, 5) and x.dtype == np.float64
    assert one.contains(x).all() and len(np.unique(x)) > 30
    assert np.array_equal(x, one.draw(rng(0), (40, 5))) and not np.array_equal(x, one.draw(rng(1), (40, 5)))
    closed = [end for end, is_open in ((one.low, one.open_low), (one.high, one.open_high)) if not is_open]
    assert all((x == end).any() for end in closed if np.isfinite(end)), "an edge is never hit"
    assert one.draw(rng(0), ()).shape == ()


@each_domain
def test_a_domain_says_what_is_legal_in_words(name):
    assert DOMAINS[name].words.startswith("a") and "NumPy would" in DOMAINS[name].otherwise


def test_a_domain_of_ones_own_draws_inside_itself():
    for one in (Domain("a", low=0.0), Domain("a", low=50.0), Domain("a", high=-7.0), Domain("a", low=10, high=10.5)):
        x = one.draw(rng(0), (50,))
        assert one.contains(x).all() and len(np.unique(x)) > 30


def test_domains_are_values():
    assert Domain("a number") == Domain("a number") != Domain("a number", low=0)
    assert pytest.raises(dataclasses.FrozenInstanceError, setattr, domain.REAL, "low", 0)
    assert lossutils.REAL is domain.REAL


def test_the_losses_of_classes_use_the_domains_that_the_core_knows():
    for loss in CATALOGUE:
        if loss.target is CLASSES:
            assert loss.row_wise and loss.prediction in (SCORE, domain.PROBABILITY)


@pytest.mark.parametrize("loss, field", PARAMETERS, ids=[f"{type(a).__name__}.{b.name}" for a, b in PARAMETERS])
def test_a_parameter_declares_its_domain_and_a_slider_inside_it(loss, field):
    allowed, slider = field.metadata["domain"], field.metadata["slider"]
    assert isinstance(allowed, Domain) and field.default is not dataclasses.MISSING
    if slider:
        assert slider[0] < slider[1] and allowed.contains(np.array(slider)).all()
        for value in slider:
            dataclasses.replace(loss, **{field.name: value})
    illegal = [x for x in (-1.0, 0.0, 1.0, 2.0, np.inf, -np.inf, np.nan) if not allowed.contains(x)]
    assert illegal
    for value in illegal:
        with pytest.raises(ValueError, match=f"{field.name} is {value!r}".replace("inf", "inf")):
            dataclasses.replace(loss, **{field.name: value})


def test_numpy_parameters_become_plain_numbers():
    for value in (np.float32(2), np.int64(2), np.float64(2)):
        assert type(Huber(value).delta) in (int, float) and Huber(value) == Huber(2)


def test_a_parameter_without_a_declaration_is_taken_as_it_is():
    class Mine(Loss):
        words: str = "free"
        size: float = param(2.0)

        def formula(self, p, y):
            return self.size * np.abs(p - y)

    assert Mine().words == "free" and Mine(words="tied", size=3)([1], [0]) == 3
    with pytest.raises(ValueError, match="Mine: size is inf"):
        Mine(size=np.inf)
