"""Robust losses: squared error near the target, and far from it a slope that fades, so that gross errors lose the vote.

The slope of the first four is the error itself near 0, as Huber's is; c says, in the target's unit, where "far" begins.
None of these four is convex: a search may end in the wrong valley, and `best_constant` looks at all of them. Barron's
slope fades only for alpha below 1, and from 1 on the loss is convex. The defaults of
Cauchy, Welsch and Tukey keep 95 % of the mean's precision where errors are normal with standard deviation 1.
"""

from __future__ import annotations

import math

import numpy as np

from lossutils.engine.domain import SCALE, Domain
from lossutils.engine.parameter import param
from lossutils.loss import Loss
from lossutils.numerics import log1p_square

FLAT = -1e20  # a Barron alpha below it is minus infinity to the last digit
MANY = "a place where many targets lie for small c, the mean for large c; a far target hardly moves it"
REAL_OR_MINUS_INFINITY = Domain("a number, or minus infinity", infinities=(-math.inf,))


def parts(e, c: float):
    """Return min(|e|, c), min(c / |e|, 1), and the square of |e| / c or of its inverse: what can't overflow."""
    size = np.abs(e)
    near, far = np.minimum(size, c), np.maximum(size, c)
    return near, c / far, np.square(near / far)


class Cauchy(Loss):
    """Likelihood of errors with heavy tails: the pull is largest at distance c and fades slowly beyond."""

    tex = r"\frac{c^2}{2} \log\left(1 + \left(\frac{\hat{y} - y}{c}\right)^2\right)"
    derivative_tex = r"\frac{\hat{y} - y}{1 + \left(\frac{\hat{y} - y}{c}\right)^2}"
    curvature_tex = r"\frac{1 - u^2}{(1 + u^2)^2}, \quad u = \frac{\hat{y} - y}{c}"
    convex = False
    smooth = True
    bounded_influence = True
    shows_bad_input = True
    predicts = MANY
    unit = "the target's unit, squared"
    cite = "Holland and Welsch 1977, Robust regression using iteratively reweighted least-squares"
    also = (
        "Student's t: with ν degrees of freedom and scale s, "
        "its -log density is (ν + 1)/(ν s²) Cauchy(s √ν) and a constant"
    )
    elsewhere = {"statsmodels": "statsmodels.robust.norms.StudentT(c, df=1).rho(p - y).mean()"}
    differs = {"statsmodels": "with df degrees of freedom, `StudentT(c, df)` is Cauchy(c √df)"}
    c: float = param(2.385, SCALE, slider=(0.1, 10.0), unit="the target's unit")

    def formula(self, p, y):
        return self.c * self.c / 2 * log1p_square((p - y) / self.c)

    def derivative(self, p, y):
        e = p - y
        near, fade, q = parts(e, self.c)
        return np.copysign(near * fade / (1 + q), e)  # c u / (1 + u²), which is the same for 1 / u

    def second_derivative(self, p, y):
        u = (p - y) / self.c
        near = 1 / (1 + u * u)
        return near * (2 * near - 1)  # (1 - u²) near², where u² could overflow


class GemanMcClure(Loss):
    """Bounded: however wrong a sample is, it costs at most c²/2, and its pull fades with the cube of the error."""

    tex = r"\frac{(\hat{y} - y)^2}{2\,(1 + u^2)}, \quad u = \frac{\hat{y} - y}{c}"
    derivative_tex = r"\frac{\hat{y} - y}{(1 + u^2)^2}, \quad u = \frac{\hat{y} - y}{c}"
    curvature_tex = r"\frac{1 - 3 u^2}{(1 + u^2)^3}, \quad u = \frac{\hat{y} - y}{c}"
    convex = False
    smooth = True
    bounded_influence = True
    finite_slope = True
    predicts = MANY
    unit = "the target's unit, squared"
    cite = "Geman and McClure 1985, Bayesian image analysis: an application to single photon emission tomography"
    c: float = param(2.0, SCALE, slider=(0.1, 10.0), unit="the target's unit")

    def formula(self, p, y):
        near, _, q = parts(p - y, self.c)
        return near / (1 + q) * near / 2  # u² / (1 + u²) is 1 / (1 + 1 / u²)

    def derivative(self, p, y):
        return self.value_and_derivative(p, y)[1]

    def second_derivative(self, p, y):
        u = (p - y) / self.c
        near = 1 / (1 + u * u)
        return near * near * (4 * near - 3)

    def value_and_derivative(self, p, y):
        e = p - y
        near, fade, q = parts(e, self.c)
        half = near / (1 + q)
        return half * near / 2, np.copysign(half / (1 + q) * fade * fade * fade, e)


class Welsch(Loss):
    """Bounded, with a pull that fades like a bell curve: what lies three c away is not heard at all."""

    tex = r"c^2 \left(1 - e^{-u^2 / 2}\right), \quad u = \frac{\hat{y} - y}{c}"
    derivative_tex = r"(\hat{y} - y)\,e^{-u^2 / 2}, \quad u = \frac{\hat{y} - y}{c}"
    curvature_tex = r"(1 - u^2)\,e^{-u^2 / 2}, \quad u = \frac{\hat{y} - y}{c}"
    convex = False
    smooth = True
    bounded_influence = True
    predicts = MANY
    unit = "the target's unit, squared"
    cite = "Dennis and Welsch 1978, Techniques for nonlinear least squares and robust regression"
    also = (
        "first published with exp(-u²) and the constant 2.985, "
        "which is √2 times the c = 2.111 that belongs to the exp(-u²/2) here"
    )
    c: float = param(2.111, SCALE, slider=(0.1, 10.0), unit="the target's unit")

    def _ratio(self, p, y):
        return ((p - y) / self.c).clip(-100, 100)  # the bell is 0 long before, and infinity times 0 cannot arise

    def formula(self, p, y):
        u = self._ratio(p, y)
        return -self.c * self.c * np.expm1(-u * u / 2)

    def derivative(self, p, y):
        u = self._ratio(p, y)
        return self.c * u * np.exp(-u * u / 2)

    def second_derivative(self, p, y):
        u = self._ratio(p, y)
        return (1 - u * u) * np.exp(-u * u / 2)


class Tukey(Loss):
    """The biweight: beyond c the loss is flat and the pull is exactly 0."""

    tex = r"\frac{c^2}{6} \left(1 - (1 - u^2)^3\right), \quad u = \min\left(\frac{\vert\hat{y} - y\vert}{c}, 1\right)"
    derivative_tex = r"(\hat{y} - y)\,(1 - u^2)^2, \quad u = \min\left(\frac{\vert\hat{y} - y\vert}{c}, 1\right)"
    curvature_tex = r"(1 - u^2)\,(1 - 5 u^2), \quad u = \min\left(\frac{\vert\hat{y} - y\vert}{c}, 1\right)"
    convex = False
    smooth = True
    bounded_influence = True
    predicts = MANY
    unit = "the target's unit, squared"
    cite = "Beaton and Tukey 1974, The fitting of power series, doi:10.1080/00401706.1974.10489171"
    elsewhere = {"statsmodels": "statsmodels.robust.norms.TukeyBiweight(c).rho(p - y).mean()"}
    c: float = param(4.685, SCALE, slider=(0.1, 10.0), unit="the target's unit")

    def _ratio(self, p, y):
        return ((p - y) / self.c).clip(-1, 1)  # at ±1 value, slope and curvature are those of everything beyond

    def formula(self, p, y):
        v = np.square(self._ratio(p, y))
        return self.c * self.c / 6 * v * (3 - v * (3 - v))  # 1 - (1 - v)³, which would lose small v

    def derivative(self, p, y):
        u = self._ratio(p, y)
        return self.c * u * np.square((1 - u) * (1 + u))

    def second_derivative(self, p, y):
        u = self._ratio(p, y)
        return (1 - u) * (1 + u) * (1 - 5 * u * u)


class Barron(Loss):
    """One slider for the whole family: alpha is 2 for squared error, 1 near absolute, 0 Cauchy, minus infinity Welsch.

    Its slope near 0 is the error divided by c², as in the paper: c² Barron(0, c) is Cauchy(√2 c), c² Barron(-2, c) is
    GemanMcClure(2c) and c² Barron(-inf, c) is Welsch(c).
    """

    tex = r"\frac{\vert\alpha - 2\vert}{\alpha} \left(\left(1 + \frac{u^2}{\vert\alpha - 2\vert}\right)^{\alpha / 2} - 1\right), \quad u = \frac{\hat{y} - y}{c}, \quad \mathrm{limits\;at}\; \alpha = 0, 2, -\infty"  # noqa: E501
    derivative_tex = r"\frac{u}{c} \left(1 + \frac{u^2}{\vert\alpha - 2\vert}\right)^{\alpha / 2 - 1}, \quad u = \frac{\hat{y} - y}{c}, \quad \mathrm{limits\;at}\; \alpha = 2, -\infty"  # noqa: E501
    curvature_tex = r"\frac{1}{c^2} \left(1 + \frac{u^2}{\vert\alpha - 2\vert}\right)^{\alpha / 2 - 2} \left(1 + \frac{(\alpha - 1)\,u^2}{\vert\alpha - 2\vert}\right), \quad u = \frac{\hat{y} - y}{c}, \quad \mathrm{limits\;at}\; \alpha = 2, -\infty"  # noqa: E501
    smooth = True
    predicts = "the mean for α = 2 or large c; a place where many targets lie for α ≤ 0 and small c"
    unit = "none"
    cite = "Barron 2019, A general and adaptive robust loss function, doi:10.1109/CVPR.2019.00446"
    also = (
        "pseudo-Huber, `scipy.special.pseudo_huber(δ, p - y)`: δ² Barron(1, δ); "
        "soft_l1 of `scipy.optimize.least_squares`: δ² Barron(1, δ) with δ its f_scale; "
        "Charbonnier, √(e² + δ²): δ Barron(1, δ) + δ"
    )
    alpha: float = param(1.0, REAL_OR_MINUS_INFINITY, slider=(-10.0, 2.0), unit="none")
    c: float = param(1.0, SCALE, slider=(0.1, 5.0), unit="the target's unit")

    @property
    def convex(self):
        return self.alpha >= 1

    @property
    def bounded_influence(self):
        return self.alpha <= 1

    def _log_factor(self, u):
        return log1p_square(u / math.sqrt(abs(self.alpha - 2)))  # of 1 + u²/|α - 2|, which is raised to a power

    def _root(self, u):
        """The square root of the slope's power: that itself may be too small for a number, its product with u not."""
        return np.exp((self.alpha / 4 - 0.5) * self._log_factor(u))

    def formula(self, p, y):
        u = (p - y) / self.c
        if self.alpha == 2:
            return u * u / 2
        if self.alpha < FLAT:
            return -np.expm1(-u * u / 2)
        if abs(self.alpha) < -1 / FLAT:  # 0 to the last digit
            return self._log_factor(u)
        x = np.expm1(self.alpha / 4 * self._log_factor(u))  # of half the power, so that its square comes last
        return abs(self.alpha - 2) / self.alpha * x * (x + 2)

    def derivative(self, p, y):
        u = (p - y) / self.c
        if self.alpha == 2:
            return u / self.c
        if self.alpha < FLAT:
            return u.clip(-100, 100) / self.c * np.exp(-u * u / 2)
        root = self._root(u)
        return u * root * root / self.c

    def second_derivative(self, p, y):
        u, c = (p - y) / self.c, self.c
        if self.alpha == 2:
            return np.full_like(u, 1 / c / c)
        if self.alpha < FLAT:
            u = u.clip(-100, 100)
            return (1 - u * u) * np.exp(-u * u / 2) / c / c
        s = math.sqrt(abs(self.alpha - 2))
        r = np.hypot(s, u)  # shares of r², since u² could overflow
        return np.square(self._root(u) / c) * (np.square(s / r) + (self.alpha - 1) * np.square(u / r))
