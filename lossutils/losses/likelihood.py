"""Negative log-likelihoods: choose how the data vary, and the loss follows.

`GaussianNLL` and `LaplaceNLL` predict the centre and keep their constants, so they are likelihoods to the last digit.
The other three predict the logarithm of the mean (a log link), so that every score is a legal mean; they leave out
what does not depend on the prediction, which changes neither slope nor minimum.
"""

from __future__ import annotations

import math

import numpy as np

from lossutils.engine.best_constants import middle_quantile
from lossutils.engine.domain import NONNEGATIVE, POSITIVE, Domain
from lossutils.engine.parameter import param
from lossutils.loss import Loss
from lossutils.numerics import times_exp

ONE_TO_TWO = Domain("a number between 1 and 2", low=1.0, high=2.0, open_low=True, open_high=True)


class GaussianNLL(Loss):
    """Normal errors of a known variance: squared error in disguise, with its price for a wide bell."""

    tex = r"\frac{1}{2} \log(2 \pi \sigma^2) + \frac{(\hat{y} - y)^2}{2 \sigma^2}"
    derivative_tex = r"\frac{\hat{y} - y}{\sigma^2}"
    curvature_tex = r"\frac{1}{\sigma^2}"
    convex = True
    smooth = True
    bounded_influence = False
    shows_bad_input = True
    predicts = "mean"
    unit = "nats; negative where the density is above 1"
    cite = "Gauss 1809, Theoria motus"
    elsewhere = {"torch": "torch.nn.GaussianNLLLoss(full=True)(p, y, torch.full_like(p, variance))"}
    differs = {"torch": "unless `full=True` it leaves the constant log(2π)/2 out; a variance below 1e-6 becomes 1e-6"}
    variance: float = param(
        1.0,
        POSITIVE,
        slider=(0.05, 5.0),
        unit="the target's unit, squared",
        instead="A variance that differs from sample to sample is not predicted here; if you know it, "
        "SquaredError()(pred, target, weight=1 / variance) has the same minimum",
    )

    def formula(self, p, y):
        e = p - y
        return e / self.variance * e / 2 + math.log(2 * math.pi * self.variance) / 2

    def derivative(self, p, y):
        return (p - y) / self.variance

    def second_derivative(self, p, y):
        return np.full_like(p, 1 / self.variance)

    def constant(self, y, w):
        return float(np.average(y, weights=w))


class LaplaceNLL(Loss):
    """Errors with sharper peak and heavier tails than normal: absolute error in disguise."""

    tex = r"\log(2 b) + \frac{\vert\hat{y} - y\vert}{b}"
    derivative_tex = r"\frac{\mathrm{sign}(\hat{y} - y)}{b}"
    curvature_tex = r"0"
    convex = True
    smooth = False
    bounded_influence = True
    shows_bad_input = True
    predicts = "median"
    unit = "nats; negative where the density is above 1"
    cite = "Laplace 1774, Mémoire sur la probabilité des causes par les évènements"
    elsewhere = {"torch": "-torch.distributions.Laplace(p, scale).log_prob(y).mean()"}
    scale: float = param(1.0, POSITIVE, slider=(0.05, 5.0), unit="the target's unit")

    def formula(self, p, y):
        return np.abs(p - y) / self.scale + math.log(2 * self.scale)

    def derivative(self, p, y):
        return np.sign(p - y) / self.scale

    def second_derivative(self, p, y):
        return np.zeros_like(p)

    def constant(self, y, w):
        return middle_quantile(y, w, 0.5)


class PoissonNLL(Loss):
    """Counts: the prediction is the logarithm of the expected count. log(y!) is left out."""

    target = NONNEGATIVE
    tex = r"e^{z} - y\,z"
    derivative_tex = r"e^{z} - y"
    curvature_tex = r"e^{z}"
    convex = True
    smooth = True
    bounded_influence = False
    shows_bad_input = True
    finite_slope = True
    predicts = "log of the mean"
    unit = "nats, without log(y!)"
    cite = "Nelder and Wedderburn 1972, Generalized linear models, doi:10.2307/2344614"
    elsewhere = {
        "torch": "torch.nn.PoissonNLLLoss()(z, y)",
        "keras": "keras.losses.Poisson()(y, keras.ops.exp(z))",
    }
    differs = {
        "torch": "unless `log_input=True`, its default, it takes the mean itself; `full=True` adds Stirling's log(y!)",
        "keras": ("it takes the mean and adds 1e-7 inside the logarithm; a mean that overflows costs nan, here inf"),
        "sklearn": "`mean_poisson_deviance(y, np.exp(z))` is twice what this loss has above its least value",
    }

    def formula(self, z, y):
        loss = np.exp(z)
        loss -= y * z
        return loss if z.max() < 709 else np.fmin(loss, np.inf)  # infinity where infinity is taken from infinity

    def derivative(self, z, y):
        return np.exp(z) - y

    def second_derivative(self, z, y):
        return np.exp(z)

    def value_and_derivative(self, z, y):
        mean = np.exp(z)  # one exponential serves both
        return mean - y * np.minimum(z, 1000), mean - y

    def constant(self, y, w):
        return log_mean(y, w)


class GammaNLL(Loss):
    """Positive amounts whose spread grows with their size: the prediction is the logarithm of the mean.

    The shape of the gamma distribution only scales it, and terms without the prediction are left out.
    """

    target = POSITIVE
    tex = r"y\,e^{-z} + z"
    derivative_tex = r"1 - y\,e^{-z}"
    curvature_tex = r"y\,e^{-z}"
    convex = True
    smooth = True
    bounded_influence = False
    shows_bad_input = True
    finite_slope = True
    predicts = "log of the mean"
    unit = "nats for shape 1, without terms in y alone"
    cite = "Nelder and Wedderburn 1972, Generalized linear models, doi:10.2307/2344614"
    elsewhere = {"torch": "-torch.distributions.Exponential(torch.exp(-z)).log_prob(y).mean()"}
    differs = {
        "torch": (
            "a score of 800 is refused, as its rate rounds to 0 (float32: 104); "
            "a score of -800 costs nan, here inf (float32: -89, here 4.5e38)"
        ),
        "sklearn": "`mean_gamma_deviance(y, np.exp(z))` is twice what this loss has above its least value",
    }

    def formula(self, z, y):
        return times_exp(y, -z) + z

    def derivative(self, z, y):
        return 1 - times_exp(y, -z)

    def second_derivative(self, z, y):
        return times_exp(y, -z)

    def value_and_derivative(self, z, y):
        ratio = times_exp(y, -z)  # one exponential serves both
        return ratio + z, 1 - ratio

    def constant(self, y, w):
        return log_mean(y, w)


class TweedieNLL(Loss):
    """Amounts that are often exactly 0 and else positive: between Poisson (power 1) and gamma (power 2).

    The prediction is the logarithm of the mean. Terms without the prediction are left out.
    """

    target = NONNEGATIVE
    tex = r"\frac{y\,e^{(1 - \rho) z}}{\rho - 1} + \frac{e^{(2 - \rho) z}}{2 - \rho}, \quad \rho \;\mathrm{the\;power}"
    derivative_tex = r"e^{(2 - \rho) z} - y\,e^{(1 - \rho) z}"
    curvature_tex = r"(2 - \rho)\,e^{(2 - \rho) z} + (\rho - 1)\,y\,e^{(1 - \rho) z}"
    convex = True
    smooth = True
    bounded_influence = False
    predicts = "log of the mean"
    unit = "the target's unit to the power 2 - ρ, without terms in y alone"
    cite = "Tweedie 1984; Jørgensen 1987, Exponential dispersion models, doi:10.1111/j.2517-6161.1987.tb01685.x"
    differs = {
        "sklearn": (
            "`mean_tweedie_deviance(y, np.exp(z), power=power)` is twice what this loss has above its least value"
        )
    }
    power: float = param(1.5, ONE_TO_TWO, slider=(1.05, 1.95))

    def _terms(self, z, y):
        return times_exp(y, (1 - self.power) * z), np.exp((2 - self.power) * z)

    def formula(self, z, y):
        amount, mean = self._terms(z, y)
        return amount / (self.power - 1) + mean / (2 - self.power)

    def derivative(self, z, y):
        amount, mean = self._terms(z, y)
        return mean - amount

    def second_derivative(self, z, y):
        amount, mean = self._terms(z, y)
        return (2 - self.power) * mean + (self.power - 1) * amount

    def constant(self, y, w):
        return log_mean(y, w)


def log_mean(y: np.ndarray, w: np.ndarray) -> float:
    """Return the logarithm of the weighted mean; minus infinity if all targets are 0."""
    return float(np.log(np.average(y, weights=w)))
