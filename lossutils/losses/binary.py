"""Losses for two classes that give probabilities; labels are 0 and 1, or a membership between.

The name says what is predicted: `BinaryCrossEntropy` and `Brier` take probabilities, `LogisticLoss` takes a score.
"""

from __future__ import annotations

import numpy as np

from lossutils.engine.domain import LABEL, PROBABILITY
from lossutils.loss import Loss
from lossutils.numerics import sigmoid, xdivy, xlog1py, xlogy


class BinaryCrossEntropy(Loss):
    """Minus the log of the probability given to what happened: certainty that was wrong costs infinitely much."""

    prediction = PROBABILITY
    target = LABEL
    tex = r"-y \log p - (1 - y) \log(1 - p)"
    derivative_tex = r"\frac{1 - y}{1 - p} - \frac{y}{p}"
    curvature_tex = r"\frac{y}{p^2} + \frac{1 - y}{(1 - p)^2}"
    convex = True
    smooth = True
    bounded_influence = False
    proper = True
    shows_bad_input = True
    predicts = "mean label"
    chance = r"\log 2 \approx 0.6931"
    unit = "nats"
    cite = "Good 1952, Rational decisions, doi:10.1111/j.2517-6161.1952.tb00104.x"
    elsewhere = {
        "torch": "torch.nn.BCELoss()(p, y)",
        "keras": "keras.losses.BinaryCrossentropy()(y, p)",
        "sklearn": "sklearn.metrics.log_loss(y, p, labels=[0, 1])",
    }
    differs = {
        "torch": (
            "its logarithms stop at -100, so p = 0 for y = 1 costs 100, not infinity; "
            "its slope stops at 1e12: p = 1e-20 for y = 1 has -1e12, here -1e20; "
            "its slope is 0 where p is exactly the label, here 1 or -1"
        ),
        "keras": (
            "it moves p into [1e-7, 1 - 1e-7], so p = 0 for y = 1 costs 16.118, with slope 0; "
            "in float32, p = 1 for y = 0 costs 15.942"
        ),
        "sklearn": (
            "it moves p away from 0 and 1 by the rounding error, so p = 0 for y = 1 costs 36.044 (float32: 15.942); "
            "it takes labels only, no memberships"
        ),
    }

    def formula(self, p, y):
        return -xlogy(y, p) - xlog1py(1 - y, -p)

    def derivative(self, p, y):
        return xdivy(1 - y, 1 - p) - xdivy(y, p)

    def second_derivative(self, p, y):
        return xdivy(xdivy(y, p), p) + xdivy(xdivy(1 - y, 1 - p), 1 - p)

    def constant(self, y, w):
        return float(np.average(y, weights=w))


class Brier(Loss):
    """Squared error of a probability: proper as cross-entropy is, and bounded."""

    prediction = PROBABILITY
    target = LABEL
    tex = r"(p - y)^2"
    derivative_tex = r"2\,(p - y)"
    curvature_tex = r"2"
    convex = True
    smooth = True
    bounded_influence = True
    proper = True
    shows_bad_input = True
    finite_slope = True
    predicts = "mean label"
    chance = r"\frac{1}{4}"
    unit = "none"
    cite = "Brier 1950, Verification of forecasts expressed in terms of probability"
    elsewhere = {
        "torch": "torch.nn.MSELoss()(p, y)",
        "keras": "keras.losses.MeanSquaredError()(y, p)",
        "optax": "optax.squared_error(p, y).mean()",
        "sklearn": "sklearn.metrics.brier_score_loss(y, p)",
    }
    differs = {"sklearn": "it takes labels only, no memberships"}

    def formula(self, p, y):
        e = p - y
        return e * e

    def derivative(self, p, y):
        return 2 * (p - y)

    def second_derivative(self, p, y):
        return np.full_like(p, 2)

    def value_and_derivative(self, p, y):
        e = p - y  # one subtraction serves both
        return e * e, 2 * e

    def constant(self, y, w):
        return float(np.average(y, weights=w))


class LogisticLoss(Loss):
    """Binary cross-entropy from a score: a confident mistake costs as much as the score is large."""

    target = LABEL
    tex = r"y \log(1 + e^{-z}) + (1 - y) \log(1 + e^{z})"
    derivative_tex = r"\sigma(z) - y"
    curvature_tex = r"\sigma(z)\,(1 - \sigma(z))"
    convex = True
    smooth = True
    bounded_influence = True
    proper = True
    link = r"p = \sigma(z)"
    shows_bad_input = True
    finite_slope = True
    predicts = "log-odds of the mean label"
    chance = r"\log 2 \approx 0.6931"
    unit = "nats"
    cite = "Cox 1958, The regression analysis of binary sequences; Good 1952, Rational decisions"
    elsewhere = {
        "torch": "torch.nn.BCEWithLogitsLoss()(z, y)",
        "keras": "keras.losses.BinaryCrossentropy(from_logits=True)(y, z)",
        "optax": "optax.sigmoid_binary_cross_entropy(z, y).mean()",
    }
    differs = {
        "torch": (
            "its slope rounds to 0 for a sure and right score: z = 40 for y = 1 has 0, here -4.2e-18 "
            "(float32: z = 17, here -4.1e-8); "
            "`torch.nn.SoftMarginLoss()(z, 2 * y - 1)` is this loss for labels 0 and 1, "
            "but infinite for z = -710 and y = 1 (float32: -89); "
            "`torch.nn.MultiLabelSoftMarginLoss()` takes its mean over a row of labels"
        ),
        "keras": (
            "its slope rounds to 0 for a sure and right score: z = 40 for y = 1 has 0, here -4.2e-18 "
            "(float32: z = 17, here -4.1e-8)"
        ),
    }
    also = "soft margin loss"

    def formula(self, z, y):
        right = (z >= 0).astype(z.dtype)  # as numbers: converted once, and faster than np.copysign or np.where
        return np.log1p(np.exp(-np.abs(z))) + z * (right - y)  # softplus(±z) in one, and no branch is taken

    def derivative(self, z, y):
        return (1 - y) * sigmoid(z) - y * sigmoid(-z)

    def second_derivative(self, z, y):
        return sigmoid(z) * sigmoid(-z)

    def value_and_derivative(self, z, y):
        e = np.exp(-np.abs(z))  # one exponential serves both, and no branch is taken
        right = (z >= 0).astype(z.dtype)  # as numbers: converted once, and faster than np.copysign or np.where
        d = right - y
        return np.log1p(e) + z * d, d + (1 - 2 * right) * (e / (1 + e))

    def constant(self, y, w):
        share = np.average(y, weights=w)
        return float(np.log(share) - np.log1p(-share))
