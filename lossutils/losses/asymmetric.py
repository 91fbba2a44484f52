"""Losses for numbers that price the two sides differently: too much and too little."""

from __future__ import annotations

import numpy as np

from lossutils.engine.best_constants import expectile, middle_quantile
from lossutils.engine.domain import UNIT_OPEN
from lossutils.engine.parameter import param
from lossutils.loss import Loss


class Pinball(Loss):
    """One price for predicting too little, another for too much: a quantile wins."""

    tex = r"\max\left(\tau\,(y - \hat{y}),\; (1 - \tau)\,(\hat{y} - y)\right)"
    derivative_tex = r"-\tau \;\mathrm{if}\; \hat{y} \leq y, \;\mathrm{else}\; 1 - \tau"
    curvature_tex = r"0"
    convex = True
    smooth = False
    bounded_influence = True
    shows_bad_input = True
    finite_slope = True
    predicts = "τ-quantile"
    unit = "the target's unit"
    cite = "Koenker and Bassett 1978, Regression quantiles, doi:10.2307/1913643"
    elsewhere = {
        "torch": "torch.maximum(τ * (y - p), (1 - τ) * (p - y)).mean()",
        "sklearn": "sklearn.metrics.mean_pinball_loss(y, p, alpha=τ)",
    }
    differs = {"torch": "where p = y, the slope of `torch.maximum` is halfway between both sides, 0.5 - τ, here -τ"}
    tau: float = param(0.5, UNIT_OPEN, slider=(0.05, 0.95), unit="none")

    def formula(self, p, y):
        return np.subtract(p > y, self.tau, dtype=p.dtype) * (p - y)  # its own slope, 1 - τ or -τ, times the error

    def derivative(self, p, y):
        return np.subtract(p > y, self.tau, dtype=p.dtype)

    def second_derivative(self, p, y):
        return np.zeros_like(p)

    def value_and_derivative(self, p, y):
        slope = np.subtract(p > y, self.tau, dtype=p.dtype)
        return slope * (p - y), slope

    def constant(self, y, w):
        return middle_quantile(y, w, self.tau)


class Expectile(Loss):
    """Squared error with one price for predicting too little and another for too much."""

    tex = r"\vert\tau - [\hat{y} > y]\vert\,(\hat{y} - y)^2"
    derivative_tex = r"2\,\vert\tau - [\hat{y} > y]\vert\,(\hat{y} - y)"
    curvature_tex = r"2\,\vert\tau - [\hat{y} > y]\vert"
    convex = True
    smooth = True
    bounded_influence = False
    shows_bad_input = True
    predicts = "τ-expectile"
    unit = "the target's unit, squared"
    cite = "Newey and Powell 1987, Asymmetric least squares estimation and testing, doi:10.2307/1911031"
    elsewhere = {"torch": "(τ * torch.relu(y - p) ** 2 + (1 - τ) * torch.relu(p - y) ** 2).mean()"}
    tau: float = param(0.5, UNIT_OPEN, slider=(0.05, 0.95), unit="none")

    def _price(self, p, y):
        return np.abs(np.subtract(p > y, self.tau, dtype=p.dtype))

    def formula(self, p, y):
        return self._price(p, y) * (p - y) * (p - y)  # the square alone could overflow

    def derivative(self, p, y):
        return 2 * self._price(p, y) * (p - y)

    def second_derivative(self, p, y):
        return 2 * self._price(p, y)

    def constant(self, y, w):
        return expectile(y, w, self.tau)
