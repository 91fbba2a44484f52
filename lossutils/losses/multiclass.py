"""Losses for several classes: one row of scores or probabilities for each sample, classes on the last axis."""

from __future__ import annotations

import numpy as np

from lossutils.domain import CLASSES, SCORE
from lossutils.loss import Loss
from lossutils.numerics import FEW_CLASSES, logsumexp, rows_first, softmax


class SoftmaxCrossEntropy(Loss):
    """Cross-entropy from scores: the log of all exponentials' sum, minus the score of the right class."""

    prediction = SCORE
    target = CLASSES
    row_wise = True
    tex = r"\log \sum_k e^{\hat{z}_k} - \sum_k q_k \hat{z}_k"
    derivative_tex = r"\mathrm{softmax}(\hat{z})_k - q_k"
    curvature_tex = r"\mathrm{softmax}(\hat{z})_k\,(1 - \mathrm{softmax}(\hat{z})_k)"
    convex = True
    smooth = True
    bounded_influence = True
    proper = True
    predicts = "log of the mean memberships"
    chance = r"\log K"
    unit = "nats"
    cite = "Bridle 1990, Probabilistic interpretation of feedforward classification network outputs"
    elsewhere = {
        "torch": "torch.nn.CrossEntropyLoss()(p, y)",
        "keras": "keras.losses.CategoricalCrossentropy(from_logits=True)(q, p)",
        "optax": "optax.softmax_cross_entropy(p, q).mean()",
    }

    def formula(self, z, q):
        return logsumexp(z) - np.sum(np.where(q > 0, q * z, 0), axis=-1)

    def derivative(self, z, q):
        return softmax(z) - q

    def second_derivative(self, z, q):
        p = softmax(z)
        return p * (1 - p)

    def value_and_derivative(self, z, y):
        if z.shape[1] < FEW_CLASSES:
            return self._by_columns(rows_first(z), y)
        top = np.maximum.reduce(z, axis=1)
        p = np.exp(z - top[:, np.newaxis])
        total = np.add.reduce(p, axis=1)
        p /= total[:, np.newaxis]
        rows = np.arange(len(z))
        if y.ndim == 1:
            p[rows, y] -= 1
            return np.log(total) + (top - z[rows, y]), p
        right = np.add.reduce(np.where(y > 0, y * z, 0), axis=1)
        return np.log(total) + (top - right), p - y

    def _by_columns(self, z, y):
        top = np.maximum.reduce(z, axis=0)
        p = np.exp(z - top)
        total = np.add.reduce(p, axis=0)
        p /= total
        if y.ndim == 1:
            samples = np.arange(z.shape[1])
            right = z[y, samples]
            p[y, samples] -= 1
            return np.log(total) + (top - right), p.T
        right = np.add.reduce(np.where(y.T > 0, y.T * z, 0), axis=0)
        return np.log(total) + (top - right), p.T - y

    def constant(self, y, w):
        with np.errstate(divide="ignore"):
            return np.log(np.average(y, axis=0, weights=w))
