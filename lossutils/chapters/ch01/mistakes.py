"""What learners write instead in chapter 01. Where two mistakes return the same, the first one is named."""

from __future__ import annotations

import numpy as np

from lossutils.judge import wrong
from lossutils.judge.task import Mistake
from lossutils.judge.wrong import unweighted, weighted


def signed(error):
    return error


def root_mean(each):
    return np.sqrt(np.mean(each))


MSE = (
    Mistake("this is the root mean squared error; leave out the root", unweighted(np.square, root_mean)),
    Mistake("this is the mean absolute error; square the errors", unweighted(np.abs)),
    Mistake(
        "the errors are averaged before they are squared, so that those of both signs cancel",
        unweighted(signed, lambda error: np.mean(error) ** 2),
    ),
    Mistake("this is half the mean squared error; leave out the factor ½", unweighted(lambda error: error**2 / 2)),
    Mistake(
        "the weight is squared too; weigh the squared errors, not the errors",
        weighted(signed, lambda error, w: np.sum((w * error) ** 2) / np.sum(w)),
    ),
    *wrong.of_a_mean(np.square),
)

MAE = (
    Mistake("the absolute value is missing, so that errors of both signs cancel", unweighted(signed)),
    Mistake(
        "the absolute value comes after the mean, when errors of both signs have cancelled",
        unweighted(signed, lambda error: abs(np.mean(error))),
    ),
    Mistake("this is the mean squared error; take the absolute value, not the square", unweighted(np.square)),
    Mistake(
        "this is the root mean squared error, which is not the mean of the absolute errors",
        unweighted(np.square, root_mean),
    ),
    *wrong.of_a_mean(np.abs),
)


def weight_is(weight):
    """Which samples are there."""
    return slice(None) if weight is None else weight > 0


def counted(least):
    """The largest among the errors that weigh so much or more."""
    return weighted(np.abs, lambda each, w: np.max(each[w >= least]))


MULTIPLIED = "the error is multiplied by its weight; two copies of a sample have the same largest error as one"
TWO_LARGEST = "this compares the two largest values; compare each prediction with its own target"
MAX_ERROR = (
    Mistake("negative errors are not seen; take the absolute values first", unweighted(signed, np.max)),
    Mistake(
        "the absolute value comes too late; take it of every error, then the largest of them",
        unweighted(signed, lambda error: abs(np.max(error))),
    ),
    Mistake(TWO_LARGEST, lambda pred, target, weight=None: np.max(pred) - np.max(target)),
    Mistake(TWO_LARGEST, lambda pred, target, weight=None: abs(np.max(pred) - np.max(target))),
    Mistake("this is the place of the largest error, not its size", unweighted(np.abs, np.argmax)),
    Mistake("this is the mean of the absolute errors, not the largest", unweighted(np.abs)),
    Mistake("this is the square of the largest error", unweighted(np.square, np.max)),
    Mistake("the weights are ignored; a sample of weight 0 is not there", unweighted(np.abs, np.max)),
    Mistake(MULTIPLIED, weighted(np.abs, lambda each, w: np.max(w * each))),
    Mistake(MULTIPLIED, weighted(np.abs, lambda each, w: np.max(w * each) / np.max(w))),
    Mistake(MULTIPLIED, weighted(np.abs, lambda each, w: np.max(w * each) / np.sum(w) * len(each))),
    Mistake("a small weight counts as none; a sample is there as soon as its weight is above 0", counted(1.0)),
    Mistake("a small weight counts as none; a sample is there as soon as its weight is above 0", counted(0.1)),
    Mistake(wrong.OVERFLOW, lambda pred, target, weight=None: np.max(np.abs(pred - target)[weight_is(weight)])),
    Mistake(
        wrong.TOO_NARROW,
        lambda pred, target, weight=None: np.max(
            np.abs(wrong.widened(pred, np.int16) - wrong.widened(target, np.int16))[weight_is(weight)]
        ),
    ),
    Mistake(
        wrong.EMPTY_IS_ZERO,
        lambda pred, target, weight=None: np.max(np.abs(wrong.errors(pred, target))[weight_is(weight)], initial=0.0),
    ),
)


# One constant for a whole sample ---------------------------------------------------------------------------------


def constant(**instead):
    """`best_constant` with another answer for some of the losses: a function of (y, tau) for each."""

    def wrong_constant(loss, y, tau=0.5):
        return float((RIGHT | instead)[loss](np.asarray(y, dtype=float), tau))

    return wrong_constant


def quantile(y, tau, weight=None):
    """The right one: the midpoint of all tau-quantiles."""
    y, weight = np.asarray(y), np.ones(len(y)) if weight is None else weight
    order = np.argsort(y)
    y, share = y[order], np.cumsum(weight[order]) / np.sum(weight)
    return (y[share > tau - 1e-9][0] + y[share > tau + 1e-9][0]) / 2


RIGHT = {
    "squared": lambda y, tau: np.mean(y),
    "absolute": lambda y, tau: np.median(y),
    "maximum": lambda y, tau: (np.min(y) + np.max(y)) / 2,
    "pinball": quantile,
    "percentage": lambda y, tau: quantile(y, 0.5, 1 / y),
}


def mean(y, tau):
    return np.mean(y)


def median(y, tau):
    return np.median(y)


def lower(y, tau):
    return np.quantile(y, tau, method="inverted_cdf")


def at_place(y, tau):
    """Asks whether tau times n is a whole number, as floats: 0.29 times 100 is not."""
    y, place = np.sort(y), int(tau * len(y))
    return (y[place - 1] + y[place]) / 2 if place == tau * len(y) else y[place]


def rounding(y, tau):
    """Adds 1/n up, as floats: nine times .1 is less than .9."""
    share = np.cumsum(np.ones(len(y)) / len(y))
    y = np.sort(y)
    return (y[min(np.sum(share < tau), len(y) - 1)] + y[min(np.sum(share <= tau), len(y) - 1)]) / 2


def once(loss):
    """The right answer for the values without their copies."""
    return lambda y, tau: RIGHT[loss](np.unique(y), tau)


BEST_CONSTANT = (
    Mistake(
        "the mean is best for squared error only", constant(absolute=mean, pinball=mean, percentage=mean, maximum=mean)
    ),
    Mistake("the median is best for absolute error; for squared error it is the mean", constant(squared=median)),
    Mistake("the mean is not best for absolute error; the median is", constant(absolute=mean)),
    Mistake(
        "a value that stands there several times counts once; drop no copies",
        constant(
            squared=once("squared"), absolute=once("absolute"), pinball=once("pinball"), percentage=once("percentage")
        ),
    ),
    Mistake("the middle value is the median only after sorting", constant(absolute=lambda y, tau: y[len(y) // 2])),
    Mistake(
        "the median of an even number of values is the midpoint of the two in the middle, not the upper one",
        constant(absolute=lambda y, tau: np.sort(y)[len(y) // 2]),
    ),
    Mistake(
        "the median of an even number of values is the midpoint of the two in the middle, not the lower one",
        constant(absolute=lambda y, tau: np.sort(y)[(len(y) - 1) // 2]),
    ),
    Mistake(
        "the largest value is too far out; the largest error is least halfway between smallest and largest value",
        constant(maximum=lambda y, tau: np.max(y)),
    ),
    Mistake(
        "this is half the range; the midrange is the middle between smallest and largest value",
        constant(maximum=lambda y, tau: (np.max(y) - np.min(y)) / 2),
    ),
    Mistake("the mean is not in the middle between smallest and largest value", constant(maximum=mean)),
    Mistake("the median is not in the middle between smallest and largest value", constant(maximum=median)),
    Mistake(
        "tau is the wrong way round; with a large tau too low a guess costs more, so the best one is high",
        constant(pinball=lambda y, tau: quantile(y, 1 - tau)),
    ),
    Mistake("tau is ignored; the pinball loss asks for the tau-quantile, not for the median", constant(pinball=median)),
    Mistake(
        "np.quantile interpolates between two values, and its answer costs more than the value where the share "
        "reaches tau",
        constant(pinball=lambda y, tau: np.quantile(y, tau)),
    ),
    Mistake(
        "where tau times n is a whole number, all values between two neighbours are equally good: take the midpoint",
        constant(pinball=lower),
    ),
    Mistake(
        "as floats, 0.1 added nine times is less than 0.9; count the samples, or allow for 1e-9",
        constant(pinball=rounding),
    ),
    Mistake(
        "as a float, 0.29 · 100 is 28.999999999999996, so that this tie is missed; allow for 1e-9",
        constant(pinball=at_place),
    ),
    Mistake(
        "for the percentage error the median needs weights, because an error of 1 costs 1/y",
        constant(percentage=median),
    ),
    Mistake(
        "the weights are upside down; an error of 1 costs 1/y, not y",
        constant(percentage=lambda y, tau: quantile(y, 0.5, y)),
    ),
    Mistake(
        "values below 1 get other weights than 1/y; an error costs most there",
        constant(percentage=lambda y, tau: quantile(y, 0.5, 1 / np.maximum(y, 1))),
    ),
    Mistake(
        "values below 1 get other weights than 1/y; an error costs most there",
        constant(percentage=lambda y, tau: quantile(y, 0.5, 1 / (1 + y))),
    ),
    Mistake(
        "this is the mean with weights 1/y; the percentage error asks for the median with these weights",
        constant(percentage=lambda y, tau: np.average(y, weights=1 / y)),
    ),
    Mistake(
        "the weights 1/y no longer stand beside their values; sort y first, then compute them",
        constant(percentage=lambda y, tau: quantile(np.sort(y), 0.5, 1 / y)),
    ),
    Mistake(
        "where the weights below and above balance exactly, all values between two neighbours are equally good: "
        "take the midpoint",
        constant(percentage=lambda y, tau: np.sort(y)[np.cumsum(1 / np.sort(y)) >= np.sum(1 / y) / 2 - 1e-9][0]),
    ),
)
