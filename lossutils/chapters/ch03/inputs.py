"""What the functions of chapter 03 are tried on, the smallest input first."""

from __future__ import annotations

import math

import numpy as np

from lossutils import data
from lossutils.judge.showing import shown


def real_numbers(spread):
    """Draw predictions and targets with small whole errors of both signs, and spreads that are not 1."""

    def draw(rng):
        for n in (1, 2, 3, 4):
            target = rng.randint(-9, 10, n).astype(float)
            e = rng.permutation(np.resize([1.0, -1.0], n)) * rng.choice(np.arange(1.0, 7.0), n, replace=False)
            yield {"pred": target + e, "target": target, spread: float(rng.choice([0.5, 2.0, 3.0]))}

    return draw


def far_numbers(spread):
    """Draw errors of some hundred to a thousand spreads, whose density is 0 for a computer."""

    def draw(rng):
        for n in (1, 2, 3):
            target = rng.randint(-9, 10, n).astype(float)
            yield {"pred": target + rng.randint(800, 1200, n), "target": target, spread: float(rng.choice([0.5, 2.0]))}

    return draw


def many_numbers(spread):
    """Draw 200 samples, whose densities have a product of 0 for a computer."""

    def draw(rng):
        target = rng.normal(0.0, 30.0, 200)
        yield {"pred": target + rng.normal(3.0, 25.0, 200), "target": target, spread: round(rng.uniform(20, 30), 1)}

    return draw


def few_counts(rng):
    """Small counts, one of them 0 and one above 2, and logarithms of rates of both signs."""
    for n in (1, 2, 3, 4):
        target = np.array([3, 0, *rng.randint(1, 7, 2)])[:n]
        yield {"z": np.round(rng.uniform(0.2, 1.6, n) * np.resize([1, -1], n), 1), "target": rng.permutation(target)}


def large_counts(rng):
    """Counts of some hundreds, whose factorials overflow."""
    for n in (1, 2, 3):
        yield {"z": np.round(rng.uniform(5.5, 6.5, n), 1), "target": rng.randint(200, 500, n)}


def many_counts(rng):
    """200 counts and rates; the product of their probabilities is 0."""
    z = rng.uniform(3.5, 5.0, 200)
    yield {"z": z, "target": rng.poisson(3 * np.exp(z))}


def few_labels(rng):
    """Scores of both signs and labels, among them right and wrong ones."""
    for n in (1, 2, 3, 4):
        z = np.round(rng.uniform(0.3, 3.0, n) * np.resize([1, -1], n), 1)
        yield {"z": z, "target": np.resize([1, 1, 0, 0], n) if n > 1 else np.array([1])}


def large_scores(rng):
    """Scores of a thousand, first one that is right, then right and wrong ones."""
    yield {"z": np.array([1.0 * rng.randint(800, 1200)]), "target": np.array([1])}
    for n in (1, 2, 4):
        sign = np.resize([1, -1], n)
        yield {"z": sign * rng.randint(800, 1200, n).astype(float), "target": (np.resize([-1, -1, 1, 1], n) > 0) * 1}


def many_labels(rng):
    """1200 labels, and scores that know little; the product of the probabilities is 0."""
    yield {"z": rng.normal(0.0, 2.0, 1200), "target": rng.randint(0, 2, 1200)}


def one_case(name):
    """The same case always: there is no other way to ask."""
    return lambda rng: [{"case": name}]


def unknown_cases(rng):
    yield from ({"case": str(name)} for name in rng.permutation(["profit", "mood", "beauty", "traffic", "snow"])[:2])


def poisson_nll_of(y, name=None):
    """The total Poisson NLL of counts as a function of the rate, with a name that a person can read."""
    y = np.asarray(y)
    constant = sum(math.lgamma(count + 1) for count in y)

    def nll(rate):
        return len(y) * rate - np.sum(y) * np.log(rate) + constant

    nll.__name__ = name or f"the Poisson NLL of {shown(y)}"
    return nll


def gaussian_nll_of(e):
    """The total Gaussian NLL of errors as a function of the spread."""

    def nll(sigma):
        return np.sum(e**2) / (2 * sigma**2) + len(e) * np.log(sigma)

    nll.__name__ = f"the Gaussian NLL in sigma of the errors {shown(e)}"
    return nll


def horse_kicks(rng):
    kicks = data.horse_kicks()
    deaths = kicks["deaths"][~np.isin(kicks["corps"], ["G", "I", "VI", "XI"])]
    nll = poisson_nll_of(deaths, "the Poisson NLL of the horse kicks")
    yield {"nll": nll, "low": 0.01 * rng.randint(1, 9), "high": 0.5 * rng.randint(3, 9)}


def random_counts(rng):
    for n in (3, 4, 7, 40):
        y = rng.poisson(2.0, n)
        y[0] += 1
        yield {"nll": poisson_nll_of(y), "low": 0.1, "high": 1.0 * rng.randint(9, 30)}


def beyond_the_end(rng):
    """The mean lies outside, so that the least value is at an end."""
    y = rng.randint(3, 9, 5)
    yield {"nll": poisson_nll_of(y), "low": 0.5, "high": 2.0}
    yield {"nll": poisson_nll_of(y), "low": 1.0 * rng.randint(9, 12), "high": 20.0}


def best_spreads(rng):
    for n in (3, 5, 30):
        yield {"nll": gaussian_nll_of(np.round(rng.normal(0, 2, n), 1)), "low": 0.01, "high": 1.0 * rng.randint(9, 30)}


def wide_ranges(rng):
    for n in (4, 9):
        yield {"nll": poisson_nll_of(rng.randint(1, 90, n)), "low": 1e-6, "high": 1e4 * rng.randint(1, 9)}
