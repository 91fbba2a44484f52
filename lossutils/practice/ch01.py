"""Chapter 01: three losses from scratch, the best constant of five losses, and Huber's location."""

from __future__ import annotations

import numpy as np

from lossutils import data
from lossutils.practice import ch01_mistakes, draws
from lossutils.practice.task import Check, Task

# The references, as a learner may write them ---------------------------------------------------------------------


def mse(pred, target, weight=None):
    """Mean squared error."""
    error = np.asarray(pred, dtype=float) - np.asarray(target, dtype=float)  # as floats: small integers overflow
    if error.size == 0:
        raise ValueError("mse: there is no sample, so there is no mean")
    return float(np.average(error**2, weights=weight))  # without weights, all count the same


def mae(pred, target, weight=None):
    """Mean absolute error."""
    error = np.asarray(pred, dtype=float) - np.asarray(target, dtype=float)  # as floats: small integers overflow
    if error.size == 0:
        raise ValueError("mae: there is no sample, so there is no mean")
    return float(np.average(np.abs(error), weights=weight))  # without weights, all count the same


def max_error(pred, target, weight=None):
    """The largest absolute error."""
    error = np.asarray(pred, dtype=float) - np.asarray(target, dtype=float)  # as floats: small integers overflow
    if error.size == 0:
        raise ValueError("max_error: there is no sample, so there is no largest error")
    if weight is not None:
        error = error[np.asarray(weight) > 0]  # no copy, no error; two copies have the same largest error as one
    return float(np.max(np.abs(error)))


def best_constant(loss, y, tau=0.5):
    """The one guess for all values of y that costs least."""
    y = np.sort(np.asarray(y, dtype=float))  # a sorted copy
    if loss == "squared":
        return float(np.mean(y))
    if loss == "maximum":
        return float(y[0] + y[-1]) / 2
    weight = 1 / y if loss == "percentage" else np.ones(len(y))
    tau = tau if loss == "pinball" else 0.5
    share = np.cumsum(weight) / np.sum(weight)  # of the weight up to here
    first = y[share > tau - 1e-9][0]  # where the share reaches tau, up to rounding
    last = y[share > tau + 1e-9][0]  # where it passes tau: another value only if it hit tau exactly
    return float(first + last) / 2


def huber_location(y, k=1.5):
    """Huber's location: far values pull no harder than those at the edge."""
    y = np.asarray(y, dtype=float)
    mu = np.median(y)  # the start
    scale = 1.4826 * np.median(np.abs(y - mu))  # computed once
    for _ in range(200):
        mu = mu + np.mean(np.clip(y - mu, -k * scale, k * scale))  # one step: the mean of the clipped residuals
    return float(mu)


# What they are tried on: the smallest input first ------------------------------------------------------------------


def largest_error_weighs_nothing(rng):
    """Weights where the sample with the largest error has none, which a weight of 0 means: it is not there."""
    for case in draws.weighted_pairs(rng):
        case["weight"][np.argmax(np.abs(case["pred"] - case["target"]))] = 0.0
        yield case


def samples(rng, sizes, low=1):
    """Whole numbers in any order, all different and none in the middle of the others; then larger ones that aren't."""
    for n in sizes:
        yield rng.choice(np.arange(low, 30), n, replace=False).astype(float)
    yield np.round(rng.gamma(3.0, 40.0, 41), 2) + 1


def constants_of(loss, sizes, taus=(), low=1):
    """Draw samples for one loss."""

    def draw(rng):
        for y in samples(rng, sizes, low):
            yield from ({"loss": loss, "y": y, "tau": tau} for tau in taus)
            yield from [] if taus else [{"loss": loss, "y": y}]

    return draw


def ties(rng):
    """Shares that hit tau exactly: ten values, whose quantiles at .1 and .9 are not one value but an interval."""
    for tau in (0.1, 0.9):
        yield from ({"loss": "pinball", "y": y, "tau": tau} for y in list(samples(rng, (10, 10, 20)))[:-1])


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


# The tasks -------------------------------------------------------------------------------------------------------

LOSS_CHECKS = (
    Check("predictions and targets", draws.pairs),
    Check("weights", draws.weighted_pairs),
    Check("weights that are not whole", draws.fractions_as_weights, hidden=True),
    Check("an empty input", draws.nothing, hidden=True),
    Check("integers of few bits", draws.small_integers, hidden=True),
)
MAX_CHECKS = (LOSS_CHECKS[0], Check("weights", largest_error_weighs_nothing), *LOSS_CHECKS[2:])

TASKS = (
    Task("01", "mean squared error", 1, 1, mse, LOSS_CHECKS, ch01_mistakes.MSE, (
        "subtract, square, average, in this order. np.average knows weights.",
        "Σ w·(pred − target)² / Σ w. Without weights every w is 1. Convert to float first, and raise a ValueError "
        "when there is no sample.")),
    Task("01", "mean absolute error", 1, 1, mae, LOSS_CHECKS, ch01_mistakes.MAE, (
        "as for mse, with another price of an error: its size, whatever its sign.",
        "Σ w·|pred − target| / Σ w. Without weights every w is 1. Convert to float first, and raise a ValueError "
        "when there is no sample.")),
    Task("01", "maximum error", 1, 1, max_error, MAX_CHECKS, ch01_mistakes.MAX_ERROR, (
        "a weight says how many copies there are. What do two copies change about the largest error? And no copy?",
        "the largest |pred − target| among the samples whose weight is above 0. Convert to float first, and raise a "
        "ValueError when there is no sample.")),
    Task("01", "best constant", 3, 3, best_constant, (
        Check("squared error", constants_of("squared", (3, 4, 5))),
        Check("absolute error", constants_of("absolute", (3, 5, 7))),
        Check("maximum error", constants_of("maximum", (3, 4, 5), low=-20)),
        Check("the pinball loss", constants_of("pinball", (3, 5, 7), taus=(0.25, 0.7))),
        Check("the percentage error", constants_of("percentage", (3, 5, 7, 8, 9))),
        Check("the median of an even number", constants_of("absolute", (4, 6, 8), low=-20), hidden=True),
        Check("quantiles that are not one value", ties, hidden=True),
        Check("weights that balance exactly", balanced_percentages, hidden=True),
    ), ch01_mistakes.BEST_CONSTANT, (
        "three of the five are quantiles: the absolute error asks for the one at ½, the pinball loss for the one at "
        "tau, the percentage error for the one at ½ when each value has weight 1/y. Sort first.",
        "with sorted y and weights w, share[i] = (w[0] + … + w[i]) / Σ w. The quantile is the first y whose share "
        "reaches tau; if it hits tau exactly, the midpoint of this y and the next. Squared: mean. Maximum: "
        "(smallest + largest) / 2.")),
    Task("01", "Huber's location", 3, 2, huber_location, (
        Check("values of which one is far off", contaminated, tolerance=1e-4),
        Check("the copper in the flour, four decimals", copper, tolerance=2e-5),
        Check("another k", other_k, tolerance=1e-4),
        Check("the copper in the flour, six decimals", copper, hidden=True, tolerance=3e-7),
        Check("other units", other_units, hidden=True),
    ), ch01_mistakes.HUBER_LOCATION, (
        "start at the median and walk: how far, the residuals y − mu say. But none may say more than k · scale.",
        "scale = 1.4826 · median|y − median(y)|, once. Then mu ← mu + mean(clip(y − mu, −k·scale, k·scale)), until mu "
        "no longer moves.")),
)  # fmt: skip
