"""Losses for two classes; labels are 0 and 1, or a membership between. The name says what is predicted."""

from __future__ import annotations

import numpy as np

from lossutils.domain import LABEL
from lossutils.loss import Loss
from lossutils.numerics import sigmoid, softplus


class LogisticLoss(Loss):
    """Binary cross-entropy from a score: a confident mistake costs as much as the score is large."""

    target = LABEL
    tex = r"y \log(1 + e^{-\hat{z}}) + (1 - y) \log(1 + e^{\hat{z}})"
    derivative_tex = r"\sigma(\hat{z}) - y"
    curvature_tex = r"\sigma(\hat{z})\,(1 - \sigma(\hat{z}))"
    convex = True
    smooth = True
    bounded_influence = True
    proper = True
    predicts = "log-odds of the mean label"
    chance = r"\log 2 \approx 0.6931"
    unit = "nats"
    cite = "Cox 1958, The regression analysis of binary sequences; Good 1952, Rational decisions"
    elsewhere = {
        "torch": "torch.nn.BCEWithLogitsLoss()(p, y)",
        "keras": "keras.losses.BinaryCrossentropy(from_logits=True)(y, p)",
        "optax": "optax.sigmoid_binary_cross_entropy(p, y).mean()",
    }

    def formula(self, z, y):
        return y * softplus(-z) + (1 - y) * softplus(z)

    def derivative(self, z, y):
        return (1 - y) * sigmoid(z) - y * sigmoid(-z)

    def second_derivative(self, z, y):
        return sigmoid(z) * sigmoid(-z)

    def value_and_derivative(self, z, y):
        e = np.exp(-np.abs(z))  # one exponential serves both, and no branch is taken
        right = z >= 0
        d = right - y
        return np.log1p(e) + z * d, d + (1 - 2 * right) * (e / (1 + e))

    def constant(self, y, w):
        share = np.average(y, weights=w)
        with np.errstate(divide="ignore"):
            return float(np.log(share) - np.log1p(-share))
