"""What learners write instead of smoothed labels, a divergence, and a search for wrong labels in chapter 09.

Where two mistakes return the same, the first one is named.
"""

from __future__ import annotations

import numpy as np

from lossutils import SoftmaxCrossEntropy
from lossutils.judge.task import Mistake
from lossutils.numerics import softmax

# Smoothed labels -------------------------------------------------------------------------------------------------


def smooth(mix, refuse=True):
    """`smooth_labels` with another mixture, or without its refusal."""

    def wrong(y, classes, epsilon):
        y = np.asarray(y)
        if refuse and ((y < 0) | (y >= classes)).any():
            raise ValueError("no such class")
        return mix(y, (y[:, None] == np.arange(classes)).astype(float), classes, epsilon)

    return wrong


def right_mix(y, one_hot, classes, epsilon):
    return (1 - epsilon) * one_hot + epsilon / classes


def from_the_end(y, classes, epsilon):
    return (1 - epsilon) * np.eye(classes)[y] + epsilon / classes


def from_the_end_or_raising(y, classes, epsilon):
    if np.max(y) >= classes:
        raise ValueError("no such class")
    return from_the_end(y, classes, epsilon)


COUNTED = "a class −1 does not exist; NumPy counts it from the end, as the last one; raise a ValueError"

SMOOTH = (
    Mistake(
        "epsilon is spread over the other classes only; it is spread over all of them, the right one included",
        smooth(lambda y, one_hot, k, eps: (1 - eps) * one_hot + eps / (k - 1) * (1 - one_hot)),
    ),
    Mistake(
        "the right class keeps its whole 1, so the rows sum to more than 1; it gives epsilon away first",
        smooth(lambda y, one_hot, k, eps: one_hot + eps / k),
    ),
    Mistake(
        "every class gets the whole epsilon; shared out, each gets epsilon / K",
        smooth(lambda y, one_hot, k, eps: (1 - eps) * one_hot + eps),
    ),
    Mistake(
        "the rows don't sum to 1: the share that was taken away is given to nobody",
        smooth(lambda y, one_hot, k, eps: (1 - eps) * one_hot),
    ),
    Mistake(
        "the two parts are the wrong way round: the certain row has the share 1 − epsilon",
        smooth(lambda y, one_hot, k, eps: eps * one_hot + (1 - eps) / k),
    ),
    Mistake("these are the rows before smoothing", smooth(lambda y, one_hot, k, eps: one_hot)),
    Mistake(
        "the number of classes is taken from the labels, but a batch may miss the last one; use `classes`",
        lambda y, classes, epsilon: smooth(right_mix)(y, max(int(np.max(y)) + 1, 1), epsilon),
    ),
    Mistake(
        "the classes lie along the rows; each label needs a row of its own, shape (n, K)",
        smooth(lambda y, one_hot, k, eps: right_mix(y, one_hot, k, eps).T),
    ),
    Mistake(COUNTED, from_the_end),
    Mistake(COUNTED, from_the_end_or_raising),
    Mistake(
        "a label that does not exist becomes a row without a right class; raise a ValueError",
        smooth(right_mix, refuse=False),
    ),
)

# Kullback-Leibler ------------------------------------------------------------------------------------------------


def xlogx(q, p):
    """q log p, and 0 where q is 0."""
    return np.where(q == 0, 0, q * np.log(np.where(q == 0, 1, p)))


def terms(p, q):
    return xlogx(q, q) - xlogx(q, p)


def divergence(each=terms, combine=lambda each: np.sum(each, axis=1)):
    """`kl` with other terms, or summed up in another way."""
    return lambda p, q: combine(each(np.asarray(p, dtype=float), np.asarray(q, dtype=float)))


def infinity_left_out(p, q):
    return np.where(p == 0, 0, terms(np.where(p == 0, 1, p), q))


DIVERGENCE = (
    Mistake(
        "this is KL the other way round: the first argument is the prediction p, and the target q weighs the sum",
        divergence(lambda p, q: terms(q, p)),
    ),
    Mistake(
        "this is the cross-entropy; the entropy of the target has to be taken away",
        divergence(lambda p, q: -xlogx(q, p)),
    ),
    Mistake("the sign is wrong: it is Σ q·log(q/p), which is never below 0", divergence(lambda p, q: -terms(p, q))),
    Mistake(
        "0·log 0 is nan in NumPy; a class without membership costs 0",
        divergence(lambda p, q: q * (np.log(q) - np.log(p))),
    ),
    Mistake("0·log 0 is nan in NumPy; a class without membership costs 0", divergence(lambda p, q: q * np.log(q / p))),
    Mistake(
        "a small number is added inside the logarithm, so that a class that is ruled out costs little",
        divergence(lambda p, q: q * np.log((q + 1e-9) / (p + 1e-9))),
    ),
    Mistake(
        "the probabilities are clipped, so that a class that is ruled out costs little",
        divergence(lambda p, q: q * np.log(np.clip(q, 1e-7, 1) / np.clip(p, 1e-7, 1))),
    ),
    Mistake(
        "a class that the prediction rules out, but the target holds, costs infinitely much, not 0",
        divergence(infinity_left_out),
    ),
    Mistake(
        "this is one number for all rows; asked is one for each",
        divergence(combine=lambda each: np.mean(np.sum(each, axis=1))),
    ),
    Mistake(
        "the sum is divided by the number of classes, as PyTorch does by default",
        divergence(combine=lambda each: np.mean(each, axis=1)),
    ),
    Mistake(
        "this is in bits: the logarithm of base 2; take the natural one",
        divergence(combine=lambda each: np.sum(each, axis=1) / np.log(2)),
    ),
    Mistake(
        "both directions are added or averaged; asked is one of them",
        divergence(lambda p, q: (terms(p, q) + terms(q, p)) / 2),
    ),
    Mistake(
        "both directions are added or averaged; asked is one of them",
        divergence(lambda p, q: terms(p, q) + terms(q, p)),
    ),
    Mistake(
        "single terms may be below 0, and belong to the sum as they are", divergence(lambda p, q: np.abs(terms(p, q)))
    ),
)

# Wrong labels ----------------------------------------------------------------------------------------------------


def finder(
    pick=lambda each, z, y, k: np.argsort(-each)[:k],
    sign=-1.0,
    slope=lambda g: g,
    more=0,
    classes=lambda y: np.max(y) + 1,
):
    """`find_mislabelled` with another training, another number of classes, or another choice of rows."""

    def wrong(X, y, k, rate=1.0, steps=100):
        loss, W = SoftmaxCrossEntropy(), np.zeros((X.shape[1], classes(y)))
        for _ in range(max(steps + more, 0)):
            W = W + sign * rate * X.T @ slope(loss.grad(X @ W, y))
        return pick(loss.each(X @ W, y), X @ W, y, k)

    return wrong


def unsure(each, z, y, k):
    return np.argsort(softmax(z).max(axis=1))[:k]


def disagreeing(each, z, y, k):
    return np.flatnonzero(z.argmax(axis=1) != y)[:k]


def fixed_training(X, y, k, rate=1.0, steps=100):
    return finder()(X, y, k)


FINDER = (
    Mistake(
        "these are the rows of the smallest losses: the labels that fit best",
        finder(lambda each, z, y, k: np.argsort(each)[:k]),
    ),
    Mistake(
        "these are the right rows, but the largest loss comes last", finder(lambda each, z, y, k: np.argsort(each)[-k:])
    ),
    Mistake(
        "these are the right rows, but in the order of their numbers; the largest loss comes first",
        finder(lambda each, z, y, k: np.sort(np.argsort(-each)[:k])),
    ),
    Mistake(
        "these are the losses, not the rows; np.argsort tells where they are",
        finder(lambda each, z, y, k: np.sort(each)[::-1][:k]),
    ),
    Mistake(
        "these are the rows that the model is least sure of; that does not ask what their labels cost", finder(unsure)
    ),
    Mistake("these are the first rows that the model contradicts; rank them by their loss", finder(disagreeing)),
    Mistake(
        "the scores are ranked, not the losses; a high score of another class counts too",
        finder(lambda each, z, y, k: np.argsort(z[np.arange(len(y)), y])[:k]),
    ),
    Mistake("all rows are returned; asked are k", finder(lambda each, z, y, k: np.argsort(-each))),
    Mistake(
        "this is a mask; asked are the numbers of the rows, the largest loss first",
        finder(lambda each, z, y, k: (each >= np.sort(each)[-k]).astype(int)),
    ),
    Mistake(
        "the column of ones is left out; X has it already, so train on X as it is",
        lambda X, y, *rest: finder()(X[:, 1:], y, *rest),
    ),
    Mistake(
        "ten classes are fixed; how many there are, the labels tell: the largest of them is the last",
        finder(classes=lambda y: 10),
    ),
    Mistake(
        "the different labels are counted; a class may have no rows, so take the largest number, plus 1",
        finder(classes=lambda y: len(np.unique(y))),
    ),
    Mistake("the step goes uphill: subtract it", finder(sign=1.0)),
    Mistake(
        "loss.grad already is the gradient of the mean; don't divide by n again",
        lambda X, y, *rest: finder(slope=lambda g: g / len(y))(X, y, *rest),
    ),
    Mistake(
        "the gradient of the sum is n times too long; take that of the mean",
        lambda X, y, *rest: finder(slope=lambda g: g * len(y))(X, y, *rest),
    ),
    Mistake("this is one step fewer than was asked for", finder(more=-1)),
    Mistake("this is one step more than was asked for", finder(more=1)),
    Mistake("rate and steps are ignored", fixed_training),
)
