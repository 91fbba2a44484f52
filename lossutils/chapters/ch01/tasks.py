"""Chapter 01: three losses from scratch, the best constant of five losses, and Huber's location."""

from __future__ import annotations

import numpy as np

from lossutils import data
from lossutils.chapters.ch01 import inputs, mistakes
from lossutils.judge import draws
from lossutils.judge.exercise import Argument, Exercise, Level, Part
from lossutils.judge.task import Check, Slot, Task

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
    for _ in range(100_000):
        step = np.mean(np.clip(y - mu, -k * scale, k * scale))  # the mean of the clipped residuals
        mu = mu + step
        if abs(step) <= 1e-9 * scale:  # at once where the scale is 0: nothing may pull, and the median stays
            break
    return float(mu)


# What they are tried on ------------------------------------------------------------------------------------------

LOSS_CHECKS = (
    Check("predictions and targets", draws.pairs),
    Check("weights", draws.weighted_pairs),
    Check("weights that are not whole", draws.fractions_as_weights, hidden=True),
    Check("weights given by name, as in `weight=w`", draws.weighted_pairs, hidden=True, by_name="weight"),
    Check("an empty input", draws.nothing, hidden=True),
    Check("integers of few bits", draws.small_integers, hidden=True),
)
MAX_CHECKS = (
    LOSS_CHECKS[0],
    Check("weights", inputs.largest_error_weighs_nothing),
    Check("weights that are not whole", inputs.largest_error_weighs_little, hidden=True),
    *LOSS_CHECKS[3:],
)
CONSTANT_CHECKS = (
    Check("squared error", inputs.constants_of("squared", (3, 4, 5))),
    Check("absolute error", inputs.constants_of("absolute", (3, 5, 7))),
    Check("maximum error", inputs.constants_of("maximum", (3, 4, 5), low=-20)),
    Check("the pinball loss", inputs.constants_of("pinball", (3, 5, 7), taus=(0.25, 0.7))),
    Check("the percentage error", inputs.percentages),
    Check("the median of an even number", inputs.constants_of("absolute", (4, 6, 8), low=-20), hidden=True),
    Check("quantiles that are not one value", inputs.ties, hidden=True),
    Check("weights that balance exactly", inputs.balanced_percentages, hidden=True),
)
LOCATION_CHECKS = (
    Check("values of which one is far off", inputs.contaminated, tolerance=1e-4),
    Check("the copper in the flour, four decimals", inputs.copper, tolerance=2e-5),
    Check("another k", inputs.other_k, tolerance=1e-4),
    Check("the copper in the flour, six decimals", inputs.copper, hidden=True, tolerance=3e-7),
    Check("other units", inputs.other_units, hidden=True),
    Check("a small k, which takes many small steps", inputs.small_k, hidden=True),
    Check("a scale of 0", inputs.more_than_half_equal, hidden=True),  # last: here some loops never end
)

# The exercise ----------------------------------------------------------------------------------------------------

THREE_LOSSES = Part(
    "three-losses",
    "Three losses",
    (
        Task(
            title="Mean squared error",
            open=1,
            hidden=1,
            reference=mse,
            checks=LOSS_CHECKS,
            typical=mistakes.MSE,
            forbids=("Loss",),
            hints=(
                "subtract, square, average, in this order. np.average knows weights.",
                "Σ w·(pred − target)² / Σ w. Without weights every w is 1. Convert to float first, and raise a "
                "ValueError when there is no sample.",
            ),
        ),
        Task(
            title="Mean absolute error",
            open=1,
            hidden=1,
            reference=mae,
            checks=LOSS_CHECKS,
            typical=mistakes.MAE,
            forbids=("Loss",),
            hints=(
                "as for mse, with another price of an error: its size, whatever its sign.",
                "Σ w·|pred − target| / Σ w. Without weights every w is 1. Convert to float first, and raise a "
                "ValueError when there is no sample.",
            ),
        ),
        Task(
            title="Maximum error",
            open=1,
            hidden=1,
            reference=max_error,
            checks=MAX_CHECKS,
            typical=mistakes.MAX_ERROR,
            forbids=("Loss",),
            hints=(
                "a weight says how many copies there are. What do two copies change about the largest error? And no "
                "copy?",
                "the largest |pred − target| among the samples whose weight is above 0. Convert to float first, and "
                "raise a ValueError when there is no sample.",
            ),
        ),
    ),
)

CONSTANT = Part(
    "constants",
    "The best constant",
    (
        Task(
            title="best constant",
            open=3,
            hidden=3,
            reference=best_constant,
            checks=CONSTANT_CHECKS,
            typical=mistakes.BEST_CONSTANT,
            forbids=("Loss",),
            hints=(
                "three of the five are quantiles: the absolute error asks for the one at ½, the pinball loss for the "
                "one at tau, the percentage error for the one at ½ when each value has weight 1/y. Sort first.",
                "with sorted y and weights w, share[i] = (w[0] + … + w[i]) / Σ w. The quantile is the first y whose "
                "share reaches tau; if it hits tau, up to rounding, the midpoint of this y and the next. Squared: "
                "mean. Maximum: (smallest + largest) / 2.",
            ),
        ),
    ),
)

LOCATION = Part(
    "location",
    "Huber's location",
    (
        Task(
            title="Huber's location",
            open=3,
            hidden=2,
            reference=huber_location,
            checks=LOCATION_CHECKS,
            typical=mistakes.HUBER_LOCATION,
            forbids=("Loss",),
            slots=(Slot("k", 1.5, (1.345, 2.0), "k={}"),),
            hints=(
                "start at the median and walk: how far, the residuals y − mu say. But none may say more than k · "
                "scale.",
                "scale = 1.4826 · median|y − median(y)|, once. Then mu ← mu + mean(clip(y − mu, −k·scale, k·scale)), "
                "until a step is at most 1e-9 · scale.",
            ),
        ),
    ),
)


# What the texts compute --------------------------------------------------------------------------------------------

COPPER = data.chem()["copper"]


def first_step(k):
    """The first step of Huber's location for 1, 2, 3, 4, 100."""
    return np.mean(np.clip([-2, -1, 0, 1, 97], -k * 1.4826, k * 1.4826))


BEDS = Argument(
    name="beds",
    title="Which loss plans hospital beds?",
    levels=(
        Level(
            3,
            "names the asymmetric cost, chooses the pinball loss (or builds another one that charges 9 to 1), and "
            "says that it learns a quantile, the one at 9 / (9 + 1) = 0.9, where mean or median would fall short.",
            "A missing bed costs 9, an empty one 1, so I take the pinball loss with tau = 0.9. A constant prediction "
            "learns the 0.9-quantile of the demand: the beds suffice on nine days of ten. The absolute error would "
            "learn the median, and on every second day somebody would be turned away.",
        ),
        Level(
            2,
            "names the asymmetric cost and a loss that respects it, but not what it learns, or with tau the wrong "
            "way round.",
            "Too few beds are worse than too many, so I use a pinball loss, which punishes predictions that are too "
            "low more.",
        ),
        Level(
            0,
            "treats both errors alike, or argues about something else.",
            "The mean absolute error, because it is robust against outliers and easy to explain.",
        ),
    ),
)

EXERCISE = Exercise(__name__, (THREE_LOSSES, CONSTANT, LOCATION, BEDS))
TASKS = EXERCISE.tasks
