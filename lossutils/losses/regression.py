"""Losses for numbers: what is predicted is a number, and what counts is the error, prediction minus target."""

from __future__ import annotations

import numpy as np

from lossutils.engine.best_constants import middle_quantile
from lossutils.engine.domain import NONNEGATIVE, POSITIVE_OR_INFINITE, SCALE
from lossutils.engine.parameter import param
from lossutils.loss import Loss
from lossutils.numerics import log_cosh


class SquaredError(Loss):
    """The square of the error: twice as wrong costs four times as much, and the mean wins."""

    tex = r"(\hat{y} - y)^2"
    derivative_tex = r"2\,(\hat{y} - y)"
    curvature_tex = r"2"
    convex = True
    smooth = True
    bounded_influence = False
    shows_bad_input = True
    finite_slope = True
    predicts = "mean"
    unit = "the target's unit, squared"
    cite = "Legendre 1805, Nouvelles méthodes pour la détermination des orbites des comètes; Gauss 1809, Theoria motus"
    elsewhere = {
        "torch": "torch.nn.MSELoss()(p, y)",
        "keras": "keras.losses.MeanSquaredError()(y, p)",
        "optax": "optax.squared_error(p, y).mean()",
        "sklearn": "sklearn.metrics.mean_squared_error(y, p)",
    }
    also = "twice `optax.l2_loss`; twice LightGBM's `l2`; twice the `squared_error` of scikit-learn's gradient boosting"

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


class AbsoluteError(Loss):
    """The size of the error: twice as wrong costs twice as much, and the median wins."""

    tex = r"\vert\hat{y} - y\vert"
    derivative_tex = r"\mathrm{sign}(\hat{y} - y)"
    curvature_tex = r"0"
    convex = True
    smooth = False
    bounded_influence = True
    shows_bad_input = True
    finite_slope = True
    predicts = "median"
    unit = "the target's unit"
    cite = "Boscovich 1757; Laplace 1793; Edgeworth 1887"
    elsewhere = {
        "torch": "torch.nn.L1Loss()(p, y)",
        "keras": "keras.losses.MeanAbsoluteError()(y, p)",
        "sklearn": "sklearn.metrics.mean_absolute_error(y, p)",
    }

    def formula(self, p, y):
        return np.abs(p - y)

    def derivative(self, p, y):
        return np.sign(p - y)

    def second_derivative(self, p, y):
        return np.zeros_like(p)

    def value_and_derivative(self, p, y):
        e = p - y  # one subtraction serves both
        return np.abs(e), np.sign(e)

    def constant(self, y, w):
        return middle_quantile(y, w, 0.5)


class Huber(Loss):
    """Squared near the target, absolute far from it."""

    tex = r"\frac{1}{2} m^2 + \delta\,(\vert\hat{y} - y\vert - m), \quad m = \min(\vert\hat{y} - y\vert, \delta)"
    derivative_tex = r"\mathrm{clip}(\hat{y} - y, -\delta, \delta)"
    curvature_tex = r"1 \;\mathrm{if}\; \vert\hat{y} - y\vert \leq \delta, \;\mathrm{else}\; 0"
    convex = True
    smooth = True
    shows_bad_input = True
    finite_slope = True
    predicts = "the median for small δ, the mean for large δ, but it need not lie between the two"
    unit = "the target's unit, squared"
    cite = "Huber 1964, Robust estimation of a location parameter, doi:10.1214/aoms/1177703732"
    elsewhere = {
        "torch": "torch.nn.HuberLoss(delta=δ)(p, y)",
        "keras": "keras.losses.Huber(delta=δ)(y, p)",
        "optax": "optax.huber_loss(p, y, delta=δ).mean()",
    }
    differs = {"torch": "`torch.nn.SmoothL1Loss(beta=δ)` is this loss divided by δ"}
    delta: float = param(1.0, POSITIVE_OR_INFINITE, slider=(0.1, 5.0), unit="the target's unit")

    @property
    def bounded_influence(self):
        return self.delta < np.inf

    def formula(self, p, y):
        e = p - y
        c = e.clip(-self.delta, self.delta)  # e inside, and ±δ outside: no branch, which would cost more than both
        return c * (e - 0.5 * c)

    def derivative(self, p, y):
        return (p - y).clip(-self.delta, self.delta)

    def second_derivative(self, p, y):
        return (np.abs(p - y) <= self.delta).astype(p.dtype)

    def value_and_derivative(self, p, y):
        e = p - y
        c = e.clip(-self.delta, self.delta)  # the slope, which the value needs anyway
        return c * (e - 0.5 * c), c


class LogCosh(Loss):
    """Huber's loss without its seam: squared near the target, absolute far from it, smooth everywhere."""

    tex = r"c^2 \log \cosh\left(\frac{\hat{y} - y}{c}\right)"
    derivative_tex = r"c \tanh\left(\frac{\hat{y} - y}{c}\right)"
    curvature_tex = r"1 - \tanh^2\left(\frac{\hat{y} - y}{c}\right)"
    convex = True
    smooth = True
    bounded_influence = True
    shows_bad_input = True
    finite_slope = True
    predicts = "the median for small c, the mean for large c, but it need not lie between the two"
    unit = "the target's unit, squared"
    cite = "Green 1990; Saleh and Saleh 2022, Statistical properties of the log-cosh loss function"
    elsewhere = {
        "keras": "c**2 * keras.losses.LogCosh()(y / c, p / c)",
        "optax": "(c**2 * optax.log_cosh(p / c, y / c)).mean()",
    }
    differs = dict.fromkeys(
        ("keras", "optax"), "a small error rounds to 0: 1e-9 c costs 0, here 5e-19 c² (float32: 1e-4 c)"
    )
    c: float = param(1.0, SCALE, slider=(0.1, 5.0), unit="the target's unit")

    def formula(self, p, y):
        return self.c * self.c * log_cosh((p - y) / self.c)

    def derivative(self, p, y):
        return self.c * np.tanh((p - y) / self.c)

    def second_derivative(self, p, y):
        decay = np.exp(-2 * np.abs(p - y) / self.c)  # 1 - tanh² would round to 0 far out
        return 4 * decay / (1 + decay) ** 2

    def value_and_derivative(self, p, y):
        x = (p - y) / self.c  # one subtraction and division serve both
        return self.c * self.c * log_cosh(x), self.c * np.tanh(x)


class EpsilonInsensitive(Loss):
    """No loss inside a tube around the target, the distance to the tube outside: nobody pays for small errors."""

    tex = r"\max(\vert\hat{y} - y\vert - \varepsilon,\; 0)"
    derivative_tex = (
        r"\mathrm{sign}(e) \;\mathrm{if}\; \vert e\vert > \varepsilon, \;\mathrm{else}\; 0, \quad e = \hat{y} - y"
    )
    curvature_tex = r"0"
    convex = True
    smooth = False
    bounded_influence = True
    shows_bad_input = True
    predicts = "the median of all y − ε and y + ε"
    unit = "the target's unit"
    cite = "Vapnik 1995, The nature of statistical learning theory"
    elsewhere = {"torch": "torch.relu(torch.abs(p - y) - ε).mean()"}
    epsilon: float = param(0.1, NONNEGATIVE, slider=(0.0, 3.0), unit="the target's unit")

    def formula(self, p, y):
        return np.maximum(np.abs(p - y) - self.epsilon, 0)

    def derivative(self, p, y):
        e = p - y
        return np.sign(e - e.clip(-self.epsilon, self.epsilon))

    def second_derivative(self, p, y):
        return np.zeros_like(p)

    def constant(self, y, w):  # the loss is the mean of |p - (y - ε)| and |p - (y + ε)|, minus ε
        shifted = np.concatenate([y - self.epsilon, y + self.epsilon])
        return middle_quantile(shifted, np.concatenate([w, w]), 0.5)
