"""What the tasks of chapter 01 are tried on: the smallest input first."""

from __future__ import annotations

import numpy as np

from lossutils import data
from lossutils.judge import draws


def largest_error_weighs_nothing(rng):
    """Weights where the sample with the largest error has none, which a weight of 0 means: it is not there."""
    for case in draws.weighted_pairs(rng):
        case["weight"][largest(case)] = 0.0
        yield case


def largest_error_weighs_little(rng):
    """Weights that are not whole; the largest error counts, however little it weighs."""
    yield {"pred": np.array([5.0, 1.0]), "target": np.array([3.0, 13.0]), "weight": np.array([1.0, 0.25])}
    for case, little in zip(draws.fractions_as_weights(rng), np.resize([0.25, 0.01, 1e-6], 6), strict=True):
        case["weight"] += 1  # none is 0, and a weight of 1 or more is among them
        case["weight"][largest(case)] = little
        yield case


def largest(case):
    """Where the largest error is."""
    return np.argmax(np.abs(case["pred"] - case["target"]))


def samples(rng, sizes, low=1):
    """Whole numbers in any order, all different and none in the middle of the others; then larger ones that aren't."""
    for n in sizes:
        yield rng.choice(np.arange(low, 30), n, replace=False).astype(float)
    yield np.round(rng.gamma(3.0, 40.0, 51), 2) + 1


def copies(rng):
    """Of three values, the first or the last stands there four times."""
    for times in ([4, 1, 1], [1, 1, 4]):
        yield rng.permutation(np.repeat(np.sort(rng.choice(np.arange(10.0, 20), 3, replace=False)), times))


def constants_of(loss, sizes, taus=(), low=1):
    """Draw samples for one loss."""

    def draw(rng):
        for y in (*samples(rng, sizes, low), *copies(rng)):
            yield from ({"loss": loss, "y": y, "tau": tau} for tau in taus)
            yield from [] if taus else [{"loss": loss, "y": y}]

    return draw


def percentages(rng):
    """Samples whose median needs weights; then values below 1, of which the least weighs more than all others."""
    yield from constants_of("percentage", (3, 5, 7, 8, 9))(rng)
    for _ in range(2):
        y = np.array([1, *rng.choice(np.arange(3, 10), 4, replace=False)])
        yield {"loss": "percentage", "y": rng.permutation(y) / 10}


def ties(rng):
    """Shares that hit tau exactly: ten values, whose quantiles at .1 and .9 are not one value but an interval.

    As a float, 0.29 times 100 is 28.999999999999996.
    """
    for tau in (0.1, 0.9):
        yield from ({"loss": "pinball", "y": y, "tau": tau} for y in list(samples(rng, (10, 10, 20)))[:-1])
    yield {"loss": "pinball", "y": rng.choice(np.arange(1.0, 1000), 100, replace=False), "tau": 0.29}


def balanced_percentages(rng):
    """Weights 1/y below and above that balance exactly, in any order."""
    for y in ([1, 2, 2], [2, 4, 4], [1, 2, 4, 4], [1, 4, 4, 4, 4]):
        yield {"loss": "percentage", "y": rng.permutation(float(rng.randint(1, 4)) * np.array(y))}


def contaminated(rng):
    """Values near each other, of which one is far off."""
    for n in (5, 6, 7, 8, 8, 9, 24):
        y = np.round(rng.normal(30, 4, n))
        y[rng.randint(n)] += rng.randint(60, 90)
        yield {"y": y + np.arange(n) / 2}  # no two of them equal


def copper(rng):
    """24 measurements of copper in flour."""
    yield {"y": data.chem()["copper"]}


def other_k(rng):
    yield from (case | {"k": k} for case, k in zip(contaminated(rng), np.resize([0.7, 1.0, 2.5], 7), strict=True))


def other_units(rng):
    """The same values shifted, turned round, and in a millionth of the unit."""
    for case in contaminated(rng):
        yield from ({"y": 1000 + case["y"]}, {"y": -3 * case["y"]}, {"y": 1e-6 * case["y"]})


def small_k(rng):
    """Households' food: few values lie within so narrow an edge, so that each step is a small part of the way."""
    yield from ({"y": data.engel()["food"], "k": k} for k in (0.1, 0.02))


def more_than_half_equal(rng):
    """Values of which more than half are equal: the median of the distances is 0."""
    for n in (5, 6, 9):
        y = np.full(n, float(rng.randint(3, 9)))
        y[: (n - 1) // 2] += rng.randint(1, 20, (n - 1) // 2)
        yield {"y": rng.permutation(y)}
