"""Losses of the margin: how far a score lies on its label's side of 0; labels are 0 and 1.

With s = 2y - 1, the margin is s z. A membership y between 0 and 1 mixes the losses of both labels: y times that of
label 1 plus 1 - y times that of label 0, as one sample in both classes would cost.
"""

from __future__ import annotations

import numpy as np

from lossutils.engine.domain import LABEL
from lossutils.loss import Loss
from lossutils.numerics import sigmoid, times_exp


class Hinge(Loss):
    """No loss once the margin is 1, then one for each unit missing: only the samples near the border teach."""

    target = LABEL
    tex = r"y \max(1 - z, 0) + (1 - y) \max(1 + z, 0)"
    derivative_tex = r"(1 - y)\,[z > -1] - y\,[z < 1]"
    curvature_tex = r"0"
    convex = True
    smooth = False
    bounded_influence = True
    proper = False
    shows_bad_input = True
    predicts = "1 if label 1 is more frequent, $-1$ if label 0 is"
    chance = r"1"
    unit = "none"
    cite = "Cortes and Vapnik 1995, Support-vector networks, doi:10.1007/BF00994018"
    elsewhere = {
        "torch": "(y * torch.relu(1 - z) + (1 - y) * torch.relu(1 + z)).mean()",
        "keras": "keras.losses.Hinge()(y, z)",
        "optax": "optax.hinge_loss(z, 2 * y - 1).mean()",
        "sklearn": "sklearn.metrics.hinge_loss(y, z, labels=[0, 1])",
    }
    differs = {
        "keras": (
            "it turns labels 0 and 1 into -1 and 1, but only if all are 0 or 1; "
            "at a margin of exactly 1 it has half the slope, -0.5 for y = 1, here 0"
        ),
        "optax": (
            "it takes labels -1 and 1, and a membership for a label between; "
            "at a margin of exactly 1 it has half the slope, -0.5 for y = 1, here 0"
        ),
        "sklearn": "it takes labels only, no memberships; if all labels are 1, it takes them for 0",
    }

    def formula(self, z, y):
        return y * np.maximum(1 - z, 0) + (1 - y) * np.maximum(1 + z, 0)

    def derivative(self, z, y):
        return (1 - y) * (z > -1) - y * (z < 1)

    def second_derivative(self, z, y):
        return np.zeros_like(z)

    def constant(self, y, w):
        return float(np.sign(2 * np.average(y, weights=w) - 1))


class SquaredHinge(Loss):
    """The square of what is missing from a margin of 1: smooth, and without mercy for outliers."""

    target = LABEL
    tex = r"y \max(1 - z, 0)^2 + (1 - y) \max(1 + z, 0)^2"
    derivative_tex = r"2\,(1 - y) \max(1 + z, 0) - 2\,y \max(1 - z, 0)"
    curvature_tex = r"2\,(1 - y)\,[z > -1] + 2\,y\,[z < 1]"
    convex = True
    smooth = True
    bounded_influence = False
    proper = True
    link = r"p = \frac{1 + z}{2}"
    shows_bad_input = True
    predicts = "twice the mean label, minus 1"
    chance = r"1"
    unit = "none"
    cite = "Zhang 2004, Statistical behavior and consistency of classification methods, doi:10.1214/aos/1079120130"
    elsewhere = {
        "torch": "(y * torch.relu(1 - z) ** 2 + (1 - y) * torch.relu(1 + z) ** 2).mean()",
        "keras": "keras.losses.SquaredHinge()(y, z)",
    }
    differs = {"keras": "it turns labels 0 and 1 into -1 and 1, but only if all are 0 or 1"}

    def _missing(self, z):
        return np.maximum(1 - z, 0), np.maximum(1 + z, 0)

    def formula(self, z, y):
        one, zero = self._missing(z)
        return y * one * one + (1 - y) * zero * zero

    def derivative(self, z, y):
        one, zero = self._missing(z)
        return 2 * ((1 - y) * zero - y * one)

    def second_derivative(self, z, y):
        return 2 * ((1 - y) * (z > -1) + y * (z < 1))

    def constant(self, y, w):
        return float(2 * np.average(y, weights=w) - 1)


class Exponential(Loss):
    """The loss behind AdaBoost: a wrong sample's voice grows without limit, a mislabelled one's too."""

    target = LABEL
    tex = r"y\,e^{-z} + (1 - y)\,e^{z}"
    derivative_tex = r"(1 - y)\,e^{z} - y\,e^{-z}"
    curvature_tex = r"y\,e^{-z} + (1 - y)\,e^{z}"
    convex = True
    smooth = True
    bounded_influence = False
    proper = True
    link = r"p = \sigma(2 z)"
    finite_slope = True
    predicts = "half the log-odds of the mean label"
    chance = r"1"
    unit = "none"
    cite = "Freund and Schapire 1997, doi:10.1006/jcss.1997.1504; Friedman, Hastie and Tibshirani 2000, Additive logistic regression"  # noqa: E501

    def formula(self, z, y):
        return times_exp(y, -z) + times_exp(1 - y, z)

    def derivative(self, z, y):
        return times_exp(1 - y, z) - times_exp(y, -z)

    def second_derivative(self, z, y):
        return self.formula(z, y)

    def value_and_derivative(self, z, y):
        one, zero = times_exp(y, -z), times_exp(1 - y, z)  # the exponentials serve both
        return one + zero, zero - one

    def constant(self, y, w):
        return half_log_odds(y, w)


class Savage(Loss):
    """Brier's loss of the probability σ(2z): bounded, so that a hopeless sample stops pulling."""

    target = LABEL
    tex = r"y\,(1 - p)^2 + (1 - y)\,p^2, \quad p = \sigma(2 z)"
    derivative_tex = r"4\,p\,(1 - p)\left((1 - y)\,p - y\,(1 - p)\right), \quad p = \sigma(2 z)"
    curvature_tex = r"8\,p\,(1 - p)\left(y\,(1 - p)\,(3 p - 1) + (1 - y)\,p\,(2 - 3 p)\right), \quad p = \sigma(2 z)"
    convex = False
    smooth = True
    bounded_influence = True
    proper = True
    link = r"p = \sigma(2 z)"
    predicts = "half the log-odds of the mean label"
    chance = r"\frac{1}{4}"
    unit = "none"
    cite = "Masnadi-Shirazi and Vasconcelos 2008, On the design of loss functions for classification"

    def _both(self, z):
        return sigmoid(2 * z), sigmoid(-2 * z)  # 1 - σ would lose all digits far out

    def formula(self, z, y):
        p, q = self._both(z)
        return y * q * q + (1 - y) * p * p

    def derivative(self, z, y):
        p, q = self._both(z)
        return 4 * p * q * ((1 - y) * p - y * q)

    def second_derivative(self, z, y):
        p, q = self._both(z)
        return 8 * p * q * (y * q * (2 * p - q) + (1 - y) * p * (2 * q - p))

    def constant(self, y, w):
        return half_log_odds(y, w)


def half_log_odds(y: np.ndarray, w: np.ndarray) -> float:
    """Return half the log-odds of the weighted mean label; infinite if all labels are equal."""
    share = np.average(y, weights=w)
    return float((np.log(share) - np.log1p(-share)) / 2)
