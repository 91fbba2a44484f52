"""What learners write instead of the softmax cross-entropy and its gradient in chapter 09.

Where two mistakes return the same, the first one is named.
"""

from __future__ import annotations

import numpy as np

from lossutils.judge.task import Mistake
from lossutils.numerics import log_softmax, softmax


def rows_of(target, classes):
    """Class numbers as rows; rows as they are."""
    target = np.asarray(target)
    return (target[:, None] == np.arange(classes)).astype(float) if target.ndim == 1 else target


# The value -------------------------------------------------------------------------------------------------------


def value(
    log_p=log_softmax,
    each=lambda q, log_p: -np.sum(q * log_p, axis=1),
    combine=np.mean,
    asked=lambda target, classes: rows_of(target, classes),
):
    """`softmax_ce` with another log-probability, another loss of a row, or put together in another way."""

    def wrong(z, target):
        z = np.asarray(z, dtype=float)
        q = asked(np.asarray(target), z.shape[1])
        each_row = each(q, log_p(z))
        if log_p is not log_softmax and np.asarray(target).ndim == 1:  # as by indexing: 0 times infinity never arises
            each_row = -log_p(z)[np.arange(len(z)), target]
        return combine(each_row)

    return wrong


def without_shift(z):
    return z - np.log(np.sum(np.exp(z), axis=1, keepdims=True))


def softmax_then_log(z):
    return np.log(softmax(z))


def one_shift_for_all(z):
    e = np.exp(z - np.max(z))
    return np.log(e / np.sum(e, axis=1, keepdims=True))


def one_shift_in_logs(z):
    return z - np.max(z) - np.log(np.sum(np.exp(z - np.max(z)), axis=1, keepdims=True))


def only_the_shift(z):
    return z - np.max(z, axis=1, keepdims=True)


def numbers_as_factors(z, target):
    log_p = log_softmax(np.asarray(z, dtype=float))
    if np.asarray(target).ndim == 1:
        return np.mean(-np.asarray(target) * log_p[:, 0])
    return np.mean(-np.sum(target * log_p, axis=1))


def hardened(target, classes):
    return rows_of(target if target.ndim == 1 else target.argmax(axis=1), classes)


def from_one(target, classes):
    return rows_of(target if target.ndim == 2 else target - 1, classes)


def every_class(z, target):
    """log_p[:, y] instead of log_p[np.arange(n), y]."""
    log_p = log_softmax(np.asarray(z, dtype=float))
    if np.asarray(target).ndim == 1:
        return np.mean(-log_p[:, target])
    return np.mean(-np.sum(target * log_p, axis=1))


def numbers_only(z, target):
    return np.mean(-log_softmax(np.asarray(z, dtype=float))[np.arange(len(z)), target])


OVERFLOW = "e^z overflows for large scores, and underflows for low ones; take each row's largest score away first"
ROUNDED = (
    "the probability is computed first and its logarithm after that; where it is rounded to 0, the loss is "
    "infinite; compute log p from the scores"
)
GLOBAL = "the largest score of the whole table is taken away; in a row far below it, all exponentials become 0"

VALUE = (
    Mistake(OVERFLOW, value(without_shift)),
    Mistake(ROUNDED, value(softmax_then_log)),
    Mistake(GLOBAL, value(one_shift_in_logs)),
    Mistake(GLOBAL, value(one_shift_for_all)),
    Mistake(
        "log Σ e^z is replaced by the largest score; they only agree when one score is far above the others",
        value(only_the_shift),
    ),
    Mistake(
        "the softmax runs down the columns; each row is a sample, so its classes lie along axis 1",
        value(lambda z: log_softmax(z, axis=0)),
    ),
    Mistake("the softmax is applied twice", value(lambda z: log_softmax(softmax(z)))),
    Mistake(
        "the probability is clipped, so that all losses beyond the clip are the same",
        value(lambda z: np.log(np.clip(softmax(z), 1e-7, 1))),
    ),
    Mistake(
        "a small number is added inside the logarithm, which makes every loss wrong a little, and large ones much",
        value(lambda z: np.log(softmax(z) + 1e-9)),
    ),
    Mistake(
        "each class has its own sigmoid; for classes that exclude each other it is one softmax",
        value(lambda z: -np.log1p(np.exp(-z))),
    ),
    Mistake(
        "the minus sign is missing: this is the log-likelihood, which is never above 0",
        value(combine=lambda each: -np.mean(each)),
    ),
    Mistake("this is the sum, not the mean", value(combine=np.sum)),
    Mistake("this is one loss per row; the mean over the rows is missing", value(combine=lambda each: each)),
    Mistake(
        "the sum is divided by the number of all scores; the mean is over the rows",
        value(each=lambda q, log_p: -np.mean(q * log_p, axis=1)),
    ),
    Mistake(
        "this loss is in bits: the logarithm of base 2; take the natural one",
        value(combine=lambda each: np.mean(each) / np.log(2)),
    ),
    Mistake(
        "the memberships are replaced by their largest class; each class counts with its own membership",
        value(asked=hardened),
    ),
    Mistake("class numbers are names, not quantities: they cannot be multiplied with", numbers_as_factors),
    Mistake("the classes are counted from 1; the first one has the number 0", value(asked=from_one)),
    Mistake(
        "`log_p[:, y]` takes every row with every label; `log_p[np.arange(n), y]` takes each with its own", every_class
    ),
    Mistake("rows of memberships are not provided for; target.ndim tells them from class numbers", numbers_only),
    Mistake(
        "this is the squared error of the probabilities",
        lambda z, target: np.mean(np.sum((softmax(np.asarray(z)) - rows_of(target, np.shape(z)[1])) ** 2, 1)),
    ),
)

# The gradient ----------------------------------------------------------------------------------------------------


def gradient(slope=lambda p, q: p - q, share=lambda slopes: slopes / len(slopes), probability=softmax):
    """`softmax_ce_grad` with other slopes, or another share of each row in the mean."""

    def wrong(z, target):
        z = np.asarray(z, dtype=float)
        return share(slope(probability(z), rows_of(target, z.shape[1])))

    return wrong


def unstable(z):
    e = np.exp(z)
    return e / np.sum(e, axis=1, keepdims=True)


def through_twice(z):
    return softmax(softmax(z))


def only_the_right_class(p, q):
    return np.where(q == q.max(axis=1, keepdims=True), p - q, 0)


GRADIENT = (
    Mistake("the sign is wrong: the slope is p − q, prediction minus target", gradient(lambda p, q: q - p)),
    Mistake(
        "these are the slopes of each row's own loss; in the mean, each row counts 1/n only",
        gradient(share=lambda slopes: slopes),
    ),
    Mistake(
        "the slopes are divided by the number of all scores; the mean is over the rows",
        gradient(share=lambda slopes: slopes / slopes.size),
    ),
    Mistake(
        "this is one row, the mean over the samples; a gradient has the scores' shape",
        gradient(share=lambda slopes: slopes.mean(axis=0)),
    ),
    Mistake("this is p; subtract the target", gradient(lambda p, q: p)),
    Mistake(
        "this is the slope in the probabilities, −q/p; asked is the slope in the scores", gradient(lambda p, q: -q / p)
    ),
    Mistake(
        "there is a factor p(1 − p) too many: the logarithm's slope has cancelled it",
        gradient(lambda p, q: (p - q) * p * (1 - p)),
    ),
    Mistake(
        "only the right class has a slope; the wrong ones are pushed down, each by its p",
        gradient(only_the_right_class),
    ),
    Mistake("e^z overflows for large scores; take the row's largest score away first", gradient(probability=unstable)),
    Mistake("the softmax is applied twice", gradient(probability=through_twice)),
    Mistake(
        "the scores are used as if they were probabilities; apply the softmax first", gradient(probability=lambda z: z)
    ),
    Mistake(
        "the softmax runs down the columns; each row is a sample, so its classes lie along axis 1",
        gradient(probability=lambda z: softmax(z, axis=0)),
    ),
)
