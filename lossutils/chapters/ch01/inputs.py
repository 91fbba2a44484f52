"""What the tasks of chapter 01 are tried on: the smallest input first."""

from __future__ import annotations

import numpy as np

from lossutils import data
from lossutils.judge import draws

# Weights ---------------------------------------------------------------------------------------------------------


def fractions(rng):
    """A single sample, then several, with weights that are not whole."""
    yield {"pred": np.array([7.0]), "target": np.array([float(rng.randint(-9, 5))]), "weight": np.array([0.25])}
    yield from draws.fractions_as_weights(rng)
    for tiny in (1e-6, 1e-12):  # of all samples, or of one whose error is large
        yield from (case | {"weight": tiny * case["weight"]} for case in draws.weighted_pairs(rng))
        yield {"pred": np.array([2.0, 3.0 / np.sqrt(tiny)]), "target": np.zeros(2), "weight": np.array([1.0, tiny])}


# Best constants --------------------------------------------------------------------------------------------------


def samples(rng, sizes):
    """Whole numbers in any order, all different; then more of them that aren't whole."""
    for n in sizes:
        yield rng.choice(np.arange(1, 30), n, replace=False).astype(float)
    yield np.round(rng.gamma(3.0, 40.0, 51), 2) + 1


def copies(rng):
    """Of three values, the first or the last stands there four times."""
    for times in ([4, 1, 1], [1, 1, 4]):
        yield rng.permutation(np.repeat(np.sort(rng.choice(np.arange(10.0, 20), 3, replace=False)), times))


def constants_of(loss, sizes=(2, 3, 4, 5)):
    """Draw samples for one loss."""

    def draw(rng):
        yield from ({"loss": loss, "y": y} for y in (*samples(rng, sizes), *copies(rng)))

    return draw


def percentages(rng):
    """Samples whose median needs weights; then values below 1, of which the least weighs more than all others."""
    yield from constants_of("percentage", (3, 5, 7, 8, 9))(rng)
    for _ in range(2):
        y = np.array([1, *rng.choice(np.arange(3, 10), 4, replace=False)])
        yield {"loss": "percentage", "y": rng.permutation(y) / 10}


def other_sizes(rng):
    """Values in a thousandth of the unit and a million times as large, and some of very different size."""
    for loss in ("ratio", "squared percentage", "percentage"):
        for times in (1e-3, 1e6, 10.0 ** rng.permutation(np.arange(-2, 3))):
            yield from ({"loss": loss, "y": times * rng.choice(np.arange(1.0, 30), 5, replace=False)} for _ in "ab")
    for loss in ("ratio", "squared percentage", "percentage"):  # so many that no product fits a float
        yield {"loss": loss, "y": rng.randint(200, 2000, 235).astype(float)}


def balanced_percentages(rng):
    """Weights 1/y below and above that balance exactly, in any order; then some that nearly do.

    As floats, the shares of all but the first lie a little below one half, or a little above.
    """
    for y in ([1, 2, 2], [6, 9, 18], [3, 5, 12, 20], [2, 3, 6], [2, 3, 10, 15], [3, 9, 9, 9], [1, 3, 3, 3]):
        yield {"loss": "percentage", "y": rng.permutation(rng.choice([1.0, 2.0, 4.0]) * np.array(y))}
    for nearly in (0.9999, 1.0001):
        yield {"loss": "percentage", "y": rng.permutation(np.array([nearly, 2.0, 2.0]) * rng.randint(1, 9))}


def equal_values(rng):
    for n in (1, 4):
        value = float(rng.randint(2, 30))
        yield from ({"loss": loss, "y": np.full(n, value)} for loss in ("ratio", "squared percentage", "percentage"))


# Moves -----------------------------------------------------------------------------------------------------------


def far(rng):
    """How far the largest value moves: sometimes a whole number, sometimes less than 1, sometimes very far."""
    return float(rng.choice([rng.randint(2, 60), rng.randint(1, 10) / 16, rng.randint(2, 9) * 1e4]))


def moves(loss, sizes):
    """Draw moves under a loss that has no parameter."""

    def draw(rng):
        yield {"loss": loss, "n": sizes[0], "t": float(rng.randint(7, 60))}
        for n in sizes[1:]:
            yield {"loss": loss, "n": n, "t": far(rng)}

    return draw


def moves_of_two(rng):
    for n in (2, 3, 7, 12):
        yield {"loss": "maximum", "n": n, "t": far(rng)}
    for n in (3, 6, 24):
        yield {"loss": "huber", "n": n, "t": far(rng)}


def moves_of_a_quantile(rng):
    """The largest value itself is the best guess, or one below it."""
    for n, tau in ((5, 0.9), (9, 0.9), (12, 0.9), (3, 0.25), (2, 0.7), (24, 0.97), (20, 0.97), (40, 0.97)):
        yield {"loss": "pinball", "n": n, "t": far(rng), "tau": tau}
    yield {"loss": "pinball", "n": 2, "t": far(rng)}  # whatever tau the signature says


def moves_of_a_midpoint(rng):
    """Exactly one value may lie above the best guess; as a float, (1 − 0.9) · 10 is not 1."""
    for n, tau in ((4, 0.75), (2, 0.5), (8, 0.875), (10, 0.9), (20, 0.95), (100, 0.99), (5, 0.8)):
        yield {"loss": "pinball", "n": n, "t": far(rng), "tau": tau}
    for n, tau in ((100, 0.9899), (100, 0.9901)):
        yield {"loss": "pinball", "n": n, "t": far(rng), "tau": tau}


def moves_of_one(rng):
    for loss in ("squared", "absolute", "maximum"):
        yield {"loss": loss, "n": 1, "t": far(rng)}
    yield {"loss": "pinball", "n": 1, "t": far(rng), "tau": float(rng.choice([0.1, 0.25]))}


def moves_with_a_tau(rng):
    for loss, n in (("absolute", 5), ("absolute", 2), ("squared", 4), ("maximum", 6), ("huber", 7)):
        yield from ({"loss": loss, "n": n, "t": far(rng), "tau": tau} for tau in (0.1, 0.95))


# Faults ----------------------------------------------------------------------------------------------------------


def faulty(words, formula):
    """A function of predictions and targets that is called what it computes, as a person would write it."""

    def f(pred, target):
        pred, target = np.asarray(pred, dtype=float), np.asarray(target, dtype=float)
        return float(formula(pred - target, pred, target))

    f.__name__ = words
    return f


def a_factor(c):
    return faulty(f"{c:g} · mean of e²", lambda e, p, y: c * np.mean(e**2))


def a_cap(d):
    words = f"mean of (e² up to |e| = {d:g}, the tangent beyond)"
    return faulty(words, lambda e, p, y: np.mean(np.where(np.abs(e) <= d, e**2, d * (2 * np.abs(e) - d))))


TOO_HIGH = faulty("mean of max(e, 0)²", lambda e, p, y: np.mean(np.maximum(e, 0) ** 2))
TOO_LOW = faulty("mean of min(e, 0)²", lambda e, p, y: np.mean(np.minimum(e, 0) ** 2))
MADE = {
    "right": lambda rng: faulty("mean of e²", lambda e, p, y: np.mean(e**2)),
    "sum": lambda rng: faulty("sum of e²", lambda e, p, y: np.sum(e**2)),
    "root": lambda rng: faulty("root of the mean of e²", lambda e, p, y: np.sqrt(np.mean(e**2))),
    "absolute": lambda rng: faulty("mean of |e|", lambda e, p, y: np.mean(np.abs(e))),
    "mean first": lambda rng: faulty("(mean of e)²", lambda e, p, y: np.mean(e) ** 2),
    "every pair": lambda rng: faulty(
        "mean over all pairs of (p − y)²", lambda e, p, y: np.mean((np.ravel(p) - np.reshape(y, (-1, 1))) ** 2)
    ),
    "one side": lambda rng: (TOO_HIGH, TOO_LOW)[rng.randint(2)],
    "factor": lambda rng: a_factor(rng.choice([0.5, 2.0, 10.0])),
    "capped": lambda rng: a_cap(float(rng.randint(2, 60))),
}


def functions(*kinds):
    """Draw a function of each of these kinds, in any order."""

    def draw(rng):
        yield from ({"f": MADE[kinds[k]](rng)} for k in rng.permutation(len(kinds)))

    return draw


def factors(rng):
    """Factors near 1, whole ones that a sum could have, and the sum and the right one beside them."""
    for c in (0.5, 1.01, 0.99, 1 / 3, 1e-3, *np.arange(2.0, 21.0), 100.0, float(rng.randint(21, 90))):
        yield {"f": a_factor(c)}
    yield from functions("sum", "right")(rng)


def caps(rng):
    """Caps below 1 and at a thousand; beside them what grows in another way than the square, too."""
    for d in (0.1, 0.5, float(rng.randint(3, 9)), float(rng.randint(200, 900)), 1000.0):
        yield {"f": a_cap(d)}
    yield from functions("right", "absolute", "root", "factor")(rng)


def sides(rng):
    """Both one-sided ones, and what a single error cannot tell from them."""
    yield from ({"f": f} for f in (TOO_HIGH, TOO_LOW))
    yield from functions("right", "mean first")(rng)


# Huber's location ------------------------------------------------------------------------------------------------


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


def far_from_zero(rng):
    """Values that differ little beside their distance from 0; as eighths, they are exact there."""
    for y in ([1.0, 2.0, 3.0, 5.0, 80.0, 90.0, 100.0], [1.0, 2.0, 4.0, 8.0, 16.0, 200.0, 300.0]):
        yield {"y": 2.0**17 + (rng.permutation(y) + rng.randint(9)) / 8, "k": 0.7}


def nothing_with_weights(rng):
    """An empty input, without weights and with empty ones."""
    yield from draws.nothing(rng)
    yield {"pred": np.array([]), "target": np.array([]), "weight": np.array([])}


def small_integers_with_weights(rng):
    """Integers of few bits; then weights of eight bits, whose sum these do not hold."""
    yield from draws.small_integers(rng)
    yield {
        "pred": np.array([7.0, 5.0]),
        "target": np.array([float(rng.randint(1, 5)), 6.0]),
        "weight": np.array([200, 100], dtype=np.uint8),
    }


def small_k(rng):
    """Households' food: few values lie within so narrow an edge, so that each step is a small part of the way."""
    yield from ({"y": data.engel()["food"], "k": k} for k in (0.1, 0.02, 0.01))


def more_than_half_equal(rng):
    """Values of which more than half are equal: the median of the distances is 0."""
    for n in (5, 6, 9):
        y = np.full(n, float(rng.randint(3, 9)))
        y[: (n - 1) // 2] += rng.randint(1, 20, (n - 1) // 2)
        yield {"y": rng.permutation(y)}


# Beds ------------------------------------------------------------------------------------------------------------


def demands(rng, beds, near):
    """Four days: beds stay empty, the neighbour is enough, one patient or many have to go on."""
    return rng.permutation(
        [beds - rng.randint(2, 9), beds + near - rng.randint(0, near), beds + near + 1, beds + near + rng.randint(4, 9)]
    ).astype(float)


def days(rng):
    for _ in range(4):
        beds = float(rng.randint(20, 60))
        for demand in (beds - 2, beds + 2, beds + rng.randint(6, 20)):
            yield {"beds": beds, "demand": np.array([demand])}
        yield {"beds": beds, "demand": demands(rng, beds, 5)}
    yield {"beds": 40.0, "demand": np.round(rng.normal(40, 9, 30))}


def other_near(rng):
    for near in (2, 8, 3):
        beds = float(rng.randint(20, 60))
        yield {"beds": beds, "demand": demands(rng, beds, near), "near": near}


def no_neighbour(rng):
    for _ in range(3):
        beds = float(rng.randint(20, 60))
        yield {"beds": beds, "demand": beds + rng.randint(-9, 10, 4), "near": 0}


def beds_by_day(rng):
    for near in (5, 2, 7):
        beds = rng.randint(20, 60, 6) + rng.choice([0.25, 0.5, 0.75], 6)
        yield {"beds": beds, "demand": np.round(beds) + rng.permutation([-6, -1, 1, near, near + 2, 30]), "near": near}


def at_the_limit(rng):
    for near in (5, 4):
        beds = float(rng.randint(20, 60))
        for more in (0, near, near + 1, 10_000, -20):
            yield {"beds": beds, "demand": np.array([beds + more, beds + more]), "near": near}
        yield {"beds": beds, "demand": beds + np.array([-1.0, near]), "near": near}
