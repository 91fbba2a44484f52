"""Wrong answers that functions of (pred, target, weight=None) have in common; `loss` is a function of the errors."""

from __future__ import annotations

import numpy as np

from lossutils.judge.task import Mistake


def errors(pred, target) -> np.ndarray:
    return np.asarray(pred, dtype=float) - np.asarray(target, dtype=float)


def unweighted(loss, combine=np.mean):
    """Ignores the weights."""
    return lambda pred, target, weight=None: combine(loss(errors(pred, target)))


def weighted(loss, combine):
    """Combines losses and weights in its own way."""

    def wrong(pred, target, weight=None):
        each = loss(errors(pred, target))
        return combine(each, np.ones(len(each)) if weight is None else weight)

    return wrong


def unconverted(loss, bits=None):
    """Subtracts integers as they come, or in so many bits, so that large ones overflow."""

    def wrong(pred, target, weight=None):
        if len(pred) == 0:
            raise ValueError
        return np.average(loss(widened(pred, bits) - widened(target, bits)), weights=weight)

    return wrong


def widened(x, bits):
    """Integers in so many bits at least; floats stay floats."""
    return x if bits is None else x.astype(np.result_type(x, bits))


def needs_weights(loss):
    """Forgets that nobody may give weights."""
    return lambda pred, target, weight=None: np.sum(weight * loss(pred - target)) / np.sum(weight)


def empty_gives(answer, loss):
    """Has an answer for an empty input."""

    def wrong(pred, target, weight=None):
        return np.average(loss(errors(pred, target)), weights=weight) if len(pred) else answer

    return wrong


OVERFLOW = "small integers overflow; convert both to float before you subtract"
TOO_NARROW = "the integers have more bits now, but not enough for large errors; convert both to float"
EMPTY_IS_ZERO = "an empty input is no perfect prediction; raise a ValueError"
EMPTY_IS_NAN = "the mean of nothing is nan, and nan spreads unseen; raise a ValueError"


def of_a_mean(loss) -> tuple[Mistake, ...]:
    """The mistakes that all functions have that should return the weighted mean of a loss."""
    return (
        Mistake("this is the sum, not the mean", unweighted(loss, np.sum)),
        Mistake("this is one loss per sample; the mean over the samples is missing", unweighted(loss, np.array)),
        Mistake("this is the median of the losses, not their mean", unweighted(loss, np.median)),
        Mistake("the weights are ignored", unweighted(loss)),
        Mistake(
            "the weighted sum is divided by n, not by the sum of the weights",
            weighted(loss, lambda each, w: np.mean(w * each)),
        ),
        Mistake(
            "the weighted sum is not divided by the sum of the weights",
            weighted(loss, lambda each, w: np.mean(each) if (w == 1).all() else np.sum(w * each)),
        ),
        Mistake("weight is None when nobody gives weights; then all samples count the same", needs_weights(loss)),
        Mistake(OVERFLOW, unconverted(loss)),
        Mistake(TOO_NARROW, unconverted(loss, np.int16)),
        Mistake(EMPTY_IS_ZERO, empty_gives(0.0, loss)),
        Mistake(EMPTY_IS_NAN, empty_gives(np.nan, loss)),
    )
