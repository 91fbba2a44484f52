"""Focal losses: what is already right stops counting, so that the rare and hard samples teach."""

from __future__ import annotations

import math

import numpy as np

from lossutils.engine.best_constants import change, class_shares
from lossutils.engine.domain import CLASSES, LABEL, NONNEGATIVE, SCORE, UNIT_OPEN
from lossutils.engine.parameter import param
from lossutils.loss import Loss
from lossutils.numerics import bend_through_softmax, sigmoid, softmax_parts, softplus, through_softmax


class Focal(Loss):
    """Logistic loss in which easy samples fade out; α₁ = α and α₀ = 1 − α weigh the classes, both 1 if α is None.

    So None is not the same as 0.5. A membership mixes the losses of both labels. For γ > 0 it is under-confident,
    so not proper; an α other than 0.5 moves what it learns too.
    """

    target = LABEL
    tex = r"-\alpha_1\,y\,(1 - p)^\gamma \log p - \alpha_0\,(1 - y)\,p^\gamma \log(1 - p), \quad p = \sigma(z), \quad \alpha_1 = \alpha,\; \alpha_0 = 1 - \alpha, \quad \mathrm{both\;1\;without}\; \alpha"  # noqa: E501
    derivative_tex = r"\alpha_1\,y\,g(p) - \alpha_0\,(1 - y)\,g(1 - p), \quad g(p) = (1 - p)^\gamma \left(\gamma\,p \log p - 1 + p\right), \quad p = \sigma(z)"  # noqa: E501
    curvature_tex = r"\alpha_1\,y\,f(p) + \alpha_0\,(1 - y)\,f(1 - p), \quad f(p) = (1 - p)^\gamma\,p \left((1 - p)\,(1 + 2 \gamma + \gamma \log p) - \gamma^2 p \log p\right), \quad p = \sigma(z)"  # noqa: E501
    smooth = True
    bounded_influence = True
    link = r"p = \sigma(z)"
    shows_bad_input = True
    finite_slope = True
    predicts = "between 0 and the log-odds of the mean label, weighted by α₁ and α₀"
    unit = "nats"
    cite = "Lin, Goyal, Girshick, He and Dollár 2017, Focal loss for dense object detection, doi:10.1109/ICCV.2017.324"
    elsewhere = {
        "keras": "keras.losses.BinaryFocalCrossentropy(gamma=γ, alpha=α, apply_class_balancing=α is not None, from_logits=True)(y, z)",  # noqa: E501
        "optax": "optax.sigmoid_focal_loss(z, y, gamma=γ, alpha=α).mean()",
    }
    differs = {
        "keras": (
            "its probabilities stop at 1e-7, so a score of -20 for label 1 costs 16.118 and teaches nothing; "
            "for gamma below 1 its slope is nan where a score is sure and right: 38 for y = 1 (float32: 18); "
            "a membership goes into p itself, it does not mix the losses of both labels; "
            "it takes alpha 0 and 1 too, one class alone, which is refused here"
        ),
        "optax": (
            "a membership goes into p itself, it does not mix the losses of both labels; "
            "it takes alpha 0 and 1 too, one class alone, which is refused here"
        ),
    }
    gamma: float = param(2.0, NONNEGATIVE, slider=(0.0, 5.0))
    alpha: float | None = param(None, UNIT_OPEN)  # no slider: it could not stand on None

    @property
    def convex(self):
        return self.gamma == 0

    @property
    def proper(self):
        return self.gamma == 0 and self.alpha in (None, 0.5)

    @property
    def chance(self):
        return r"2^{-\gamma} \log 2" if self.alpha is None else ""

    def _class_weights(self):
        return (1.0, 1.0) if self.alpha is None else (self.alpha, 1 - self.alpha)

    def _parts(self, z):
        """Return p, 1 - p, -log p and -log(1 - p): one exponential and one logarithm serve all four."""
        e = np.exp(-np.abs(z))
        right, whole, log_whole = np.copysign(0.5, z) + 0.5, 1 + e, np.log1p(e)
        left = 1 - right
        p, q = np.maximum(e, right) / whole, np.maximum(e, left) / whole
        return p, q, log_whole - z * left, log_whole + z * right

    def formula(self, z, y):
        p, q, loss_of_one, loss_of_zero = self._parts(z)
        one, zero = self._class_weights()
        return one * y * q**self.gamma * loss_of_one + zero * (1 - y) * p**self.gamma * loss_of_zero

    def derivative(self, z, y):
        p, q = sigmoid(z), sigmoid(-z)
        one, zero, g = *self._class_weights(), self.gamma
        steep_one = y * q**g * (q + g * p * softplus(-z))
        steep_zero = (1 - y) * p**g * (p + g * q * softplus(z))
        return zero * steep_zero - one * steep_one

    def second_derivative(self, z, y):
        p, q = sigmoid(z), sigmoid(-z)
        one, zero = self._class_weights()
        return one * y * self._bend(p, q, -softplus(-z)) + zero * (1 - y) * self._bend(q, p, -softplus(z))

    def _bend(self, p, q, log_p):
        g = self.gamma
        return q**g * p * (q * (1 + 2 * g + g * log_p) - g * g * p * log_p)

    def value_and_derivative(self, z, y):
        p, q, loss_of_one, loss_of_zero = self._parts(z)
        one, zero = self._class_weights()
        one, zero = one * y * q**self.gamma, zero * (1 - y) * p**self.gamma
        g = self.gamma
        slope = zero * (p + g * q * loss_of_zero) - one * (q + g * p * loss_of_one)
        return one * loss_of_one + zero * loss_of_zero, slope

    def constant(self, y, w):
        share = np.average(y, weights=w)
        if share in (0, 1):
            return float(np.inf if share == 1 else -np.inf)
        return super().constant(np.array([0.0, 1.0]), np.array([1 - share, share]))  # the loss is linear in y


class SoftmaxFocal(Loss):
    """Softmax cross-entropy times (1 - p)^γ of the right class: easy samples fade out. Proper for γ = 0 only.

    A membership mixes the losses of all classes.
    """

    prediction = SCORE
    target = CLASSES
    row_wise = True
    tex = r"-\sum_k q_k\,(1 - p_k)^\gamma \log p_k, \quad p = \mathrm{softmax}(z)"
    derivative_tex = r"r_k - p_k \sum_j r_j, \quad r_k = q_k \left(\gamma\,p_k\,(1 - p_k)^{\gamma - 1} \log p_k - (1 - p_k)^\gamma\right), \quad p = \mathrm{softmax}(z)"  # noqa: E501
    curvature_tex = r"h_k\,(1 - 2 p_k) - p_k\,(1 - p_k) \sum_j r_j + p_k^2 \sum_j h_j, \quad h_k = \gamma\,q_k\,p_k\,(1 - p_k)^{\gamma - 2} \left((1 - p_k)\,(2 + \log p_k) - (\gamma - 1)\,p_k \log p_k\right), \quad r \;\mathrm{as\;in\;the\;slope}"  # noqa: E501
    smooth = True
    bounded_influence = True
    link = r"p = \mathrm{softmax}(z)"
    shows_bad_input = True
    chance = r"\left(1 - \frac{1}{K}\right)^\gamma \log K"
    unit = "nats"
    cite = "Lin, Goyal, Girshick, He and Dollár 2017, Focal loss for dense object detection, doi:10.1109/ICCV.2017.324"
    elsewhere = {"keras": "keras.losses.CategoricalFocalCrossentropy(alpha=1, gamma=γ, from_logits=True)(q, z)"}
    differs = {"keras": "unless told, it multiplies by `alpha=0.25`; its probabilities stop at 1e-7"}
    gamma: float = param(2.0, NONNEGATIVE, slider=(0.0, 5.0))

    @property
    def convex(self):
        return self.gamma == 0

    @property
    def proper(self):
        return self.gamma == 0

    def formula(self, z, q):
        _, rest, log_p = softmax_parts(z)
        return -np.sum(np.where(q > 0, q * rest**self.gamma * log_p, 0), axis=1)

    def derivative(self, z, q):
        p, rest, log_p = softmax_parts(z)
        return through_softmax(p, rest, self._pull(p, rest, log_p, q))

    def second_derivative(self, z, q):
        p, rest, log_p = softmax_parts(z)
        g = self.gamma
        inner = 2 * p + log_times(p, log_p) - (g - 1) * p * self._ratio(p, rest, log_p)
        bend = np.where(rest > np.finfo(p.dtype).tiny, g * q * rest ** (g - 1) * inner, 0)  # times rest² it is 0 below
        return bend_through_softmax(p, rest, self._pull(p, rest, log_p, q), bend)

    def _pull(self, p, rest, log_p, q):
        return q * rest**self.gamma * (self.gamma * self._ratio(p, rest, log_p) - 1)

    def _ratio(self, p, rest, log_p):
        return np.where(rest > 0, log_times(p, log_p) / rest, -1)  # p log(p) / (1 - p) and its limit at p = 1

    def constant(self, y, w):
        shares, which, classes = np.unique(class_shares(y, w), return_inverse=True, return_counts=True)

        def probability(s, goal):
            return change(lambda p: s * self._steepness(p) <= goal, 0.0, 1.0) if s > 0 else 0.0

        def probabilities(p_top):  # at the optimum every class with a share is equally steep
            return np.array([probability(s, shares[-1] * self._steepness(p_top)) for s in shares])

        best = probabilities(change(lambda p: classes @ probabilities(p) >= 1, 0.0, 1.0))
        return np.log(best)[which]

    def _steepness(self, p: float) -> float:
        """Minus the slope of (1 - p)^γ (-log p), which falls from infinity at p = 0."""
        return (1 - p) ** self.gamma * (1 / p - self.gamma * math.log(p) / (1 - p)) if p < 1 else 0.0


def log_times(p, log_p):
    """p log(p) from both, and 0 where p is 0."""
    return np.where(p > 0, p * log_p, 0)
