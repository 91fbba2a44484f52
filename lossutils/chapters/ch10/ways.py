"""Five ways to train a classifier: a link, or none, and behind it the squared error or cross-entropy.

Each is a loss of scores for several classes. A row costs the sum over its classes; the loss is the mean over rows.
"""

from __future__ import annotations

import numpy as np

from lossutils import Loss, SoftmaxCrossEntropy
from lossutils.engine.domain import CLASSES
from lossutils.numerics import sigmoid, softmax, softplus


class SquaredSigmoids(Loss):
    """The squared error of one sigmoid a class, summed over the classes."""

    target = CLASSES
    row_wise = True

    def formula(self, z, q):
        return np.sum((sigmoid(z) - q) ** 2, axis=1)

    def derivative(self, z, q):
        p = sigmoid(z)
        return 2 * (p - q) * p * (1 - p)


class CrossEntropySigmoids(Loss):
    """The binary cross-entropy of one sigmoid a class, summed over the classes."""

    target = CLASSES
    row_wise = True

    def formula(self, z, q):
        return np.sum(softplus(z) - q * z, axis=1)

    def derivative(self, z, q):
        return sigmoid(z) - q


class SquaredSoftmax(Loss):
    """The squared error of the softmax probabilities, summed over the classes: Brier's score of 1950."""

    target = CLASSES
    row_wise = True

    def formula(self, z, q):
        return np.sum((softmax(z) - q) ** 2, axis=1)

    def derivative(self, z, q):
        p = softmax(z)
        slope = 2 * (p - q)  # in the probabilities; every score moves all of them
        return p * (slope - np.sum(slope * p, axis=1, keepdims=True))


class SquaredScores(Loss):
    """The squared error of the scores themselves, without a link, summed over the classes."""

    target = CLASSES
    row_wise = True

    def formula(self, z, q):
        return np.sum((z - q) ** 2, axis=1)

    def derivative(self, z, q):
        return 2 * (z - q)


def five_ways() -> dict[str, Loss]:
    """Return the five losses by name, in the order in which the chapter names them."""
    return {
        "squared, sigmoids": SquaredSigmoids(),
        "cross-entropy, sigmoids": CrossEntropySigmoids(),
        "squared, softmax": SquaredSoftmax(),
        "cross-entropy, softmax": SoftmaxCrossEntropy(),
        "squared, no link": SquaredScores(),
    }


def own_loss_of(name: str) -> Loss:
    """Return the loss that taught the wrong labels to a network of this way: cross-entropy of the same link, or none.

    So two ways with one link begin to un-learn from the very same weights.
    """
    ways = five_ways()
    return ways.get(f"cross-entropy, {name.split(', ')[1]}", ways["squared, no link"])
