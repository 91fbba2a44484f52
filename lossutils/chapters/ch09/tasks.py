"""Chapter 09: softmax cross-entropy and its gradient, smoothed labels, Kullback-Leibler, and finding wrong labels."""

from __future__ import annotations

import numpy as np

from lossutils import SoftmaxCrossEntropy
from lossutils.chapters.ch09 import inputs, mistakes, target_mistakes
from lossutils.judge.task import Check, Task

# The references, as a learner may write them ---------------------------------------------------------------------


def softmax_ce(z, target):
    """The mean cross-entropy of rows of scores; the target holds class numbers, or rows of memberships."""
    z, target = np.asarray(z, dtype=float), np.asarray(target)
    top = np.max(z, axis=1, keepdims=True)  # one for each row: then no exponent is above 0
    log_p = z - top - np.log(np.sum(np.exp(z - top), axis=1, keepdims=True))
    if target.ndim == 1:
        return float(-np.mean(log_p[np.arange(len(z)), target]))
    return float(-np.mean(np.sum(target * log_p, axis=1)))


def softmax_ce_grad(z, target):
    """The gradient of the mean cross-entropy in the scores."""
    z, target = np.asarray(z, dtype=float), np.asarray(target)
    p = np.exp(z - np.max(z, axis=1, keepdims=True))  # no exponent is above 0
    p = p / np.sum(p, axis=1, keepdims=True)
    if target.ndim == 1:
        target = target[:, None] == np.arange(z.shape[1])  # class numbers as rows of 0 and 1
    return (p - target) / len(z)


def smooth_labels(y, classes, epsilon):
    """Class numbers as rows of memberships, of which the share epsilon is spread over all classes."""
    y = np.asarray(y)
    outside = (y < 0) | (y >= classes)
    if any(outside):
        raise ValueError("smooth_labels: there is no such class")
    one_hot = y[:, None] == np.arange(classes)
    return (1 - epsilon) * one_hot + epsilon / classes


def kl(p, q):
    """How far the predicted rows p are from the target's rows q: one number for each row."""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    some = np.where(q > 0, q, 1)  # the logarithm of 1 is 0, so a class without membership costs nothing
    said = np.where(q > 0, p, 1)
    return np.sum(q * (np.log(some) - np.log(said)), axis=1)


def find_mislabelled(X, y, k, rate=1.0, steps=100):
    """The k rows of largest loss, the largest first, after training on these very labels."""
    loss = SoftmaxCrossEntropy()
    W = np.zeros((X.shape[1], np.max(y) + 1))
    for _ in range(steps):
        W = W - rate * X.T @ loss.grad(X @ W, y)
    each = loss.each(X @ W, y)
    return np.argsort(-each)[:k]


# The tasks -------------------------------------------------------------------------------------------------------

TASKS = (
    Task(
        "softmax cross-entropy",
        2,
        2,
        softmax_ce,
        (
            Check("class numbers", inputs.numbered),
            Check("rows of memberships", inputs.memberships),
            Check("scores of ten thousand", inputs.huge, hidden=True),
            Check("the same scores, a thousand higher or lower", inputs.shifted, hidden=True),
            Check("the scores whose loss PyTorch printed", inputs.printed_by_torch, hidden=True),
        ),
        mistakes.VALUE,
        (
            "work with the logarithms of the probabilities from the start, and take the largest score of each row away "
            "before the exponential. Then: which of them does the target ask for?",
            "log p = z − top − log Σ e^(z − top), row by row, with top the row's largest score. One loss is −log p of "
            "the right class, or −Σ q·log p for memberships q; target.ndim tells which. Then the mean over the rows.",
        ),
    ),
    Task(
        "its gradient",
        2,
        1,
        softmax_ce_grad,
        (
            Check("class numbers", inputs.numbered),
            Check("rows of memberships", inputs.memberships),
            Check("scores of ten thousand", inputs.huge, hidden=True),
        ),
        mistakes.GRADIENT,
        (
            "the slopes of one row are an error: what was said minus what was asked for. Then: how much of the mean is "
            "one row?",
            "(p − q) / n, of the scores' shape, where p is the softmax of each row, n the number of rows, and q the "
            "memberships; a class number as a row is y[:, None] == np.arange(K).",
        ),
    ),
    Task(
        "smoothed labels",
        1,
        2,
        smooth_labels,
        (
            Check("three to five classes", inputs.labels),
            Check("up to a hundred classes", inputs.more_labels, hidden=True),
            Check("class numbers that do not exist", inputs.no_such_class, hidden=True),
        ),
        target_mistakes.SMOOTH,
        (
            "each row is a mixture of two rows that sum to 1: the certain one, and the one with equal shares.",
            "(1 − ε)·onehot + ε/K, where K is the number of classes and onehot is y[:, None] == np.arange(K). Before "
            "that, look for numbers below 0, or K and more.",
        ),
    ),
    Task(
        "Kullback-Leibler",
        2,
        2,
        kl,
        (
            Check("rows without zeros", inputs.pairs_of_rows),
            Check("rows that agree, and rows that nearly do", inputs.near_rows),
            Check("zeros in the target", inputs.zeros_in_target, hidden=True),
            Check("a zero in the prediction", inputs.zeros_in_prediction, hidden=True),
        ),
        target_mistakes.DIVERGENCE,
        (
            "it is the cross-entropy of a row minus the entropy of its target. What does a class cost that the target "
            "does not hold at all?",
            "Σ q·(log q − log p) over the classes, one number for each row; where q is 0 the term is 0, whatever p is. "
            "np.where can put a harmless 1 inside the logarithms there.",
        ),
    ),
    Task(
        "finding wrong labels",
        3,
        3,
        find_mislabelled,
        (
            Check("a few rows, some with a wrong label", inputs.few_rows),
            Check("other rates and steps", inputs.other_training),
            Check("400 digits, 20 of them mislabelled", inputs.flipped_digits(400), hidden=True),
            Check("600 digits, 20 of them mislabelled", inputs.flipped_digits(600), hidden=True),
            Check("a class that no label names", inputs.a_class_without_rows, hidden=True),
        ),
        target_mistakes.FINDER,
        (
            "train on the labels as they are, wrong ones included, as chapter 02 does; then ask what each row costs, "
            "and with which label.",
            "W starts at 0, one column a class; each step is W ← W − rate·Xᵀ·loss.grad(X @ W, y). Then "
            "np.argsort(−each) has the largest of the losses first, where each = loss.each(X @ W, y).",
        ),
    ),
)
