"""What the tests know of lossutils/losses/robust.py beyond its code; __init__.py says what each table is for."""

from math import exp, inf, log, sqrt

from lossutils import Barron, Cauchy, GemanMcClure, Tukey, Welsch

L2 = log(2)


def with_u(f):
    """Turn a reading that uses e = p - y and u = e / c into one of p and y."""
    return lambda p, y, s: f(p - y, (p - y) / s.c, s)


def with_capped_u(f):
    """Turn a reading that uses e = p - y and u = min(|e| / c, 1) into one of p and y."""
    return lambda p, y, s: f(p - y, min(abs(p - y) / s.c, 1), s)


def with_limits(f, limits):
    """Turn a reading of u, alpha and c, and those of u and c where it is a limit in alpha, into one of p and y."""

    def reading(p, y, s):
        u = (p - y) / s.c
        return limits[s.alpha](u, s.c) if s.alpha in limits else f(u, s.alpha, s.c)

    return reading


READINGS = {
    # Cauchy
    r"\frac{c^2}{2} \log\left(1 + \left(\frac{\hat{y} - y}{c}\right)^2\right)": with_u(
        lambda e, u, s: s.c**2 / 2 * log(1 + u**2)
    ),
    r"\frac{\hat{y} - y}{1 + \left(\frac{\hat{y} - y}{c}\right)^2}": with_u(lambda e, u, s: e / (1 + u**2)),
    r"\frac{1 - u^2}{(1 + u^2)^2}, \quad u = \frac{\hat{y} - y}{c}": with_u(
        lambda e, u, s: (1 - u**2) / (1 + u**2) ** 2
    ),
    # GemanMcClure
    r"\frac{(\hat{y} - y)^2}{2\,(1 + u^2)}, \quad u = \frac{\hat{y} - y}{c}": with_u(
        lambda e, u, s: e**2 / (2 * (1 + u**2))
    ),
    r"\frac{\hat{y} - y}{(1 + u^2)^2}, \quad u = \frac{\hat{y} - y}{c}": with_u(lambda e, u, s: e / (1 + u**2) ** 2),
    r"\frac{1 - 3 u^2}{(1 + u^2)^3}, \quad u = \frac{\hat{y} - y}{c}": with_u(
        lambda e, u, s: (1 - 3 * u**2) / (1 + u**2) ** 3
    ),
    # Welsch
    r"c^2 \left(1 - e^{-u^2 / 2}\right), \quad u = \frac{\hat{y} - y}{c}": with_u(
        lambda e, u, s: s.c**2 * (1 - exp(-(u**2) / 2))
    ),
    r"(\hat{y} - y)\,e^{-u^2 / 2}, \quad u = \frac{\hat{y} - y}{c}": with_u(lambda e, u, s: e * exp(-(u**2) / 2)),
    r"(1 - u^2)\,e^{-u^2 / 2}, \quad u = \frac{\hat{y} - y}{c}": with_u(lambda e, u, s: (1 - u**2) * exp(-(u**2) / 2)),
    # Tukey
    r"\frac{c^2}{6} \left(1 - (1 - u^2)^3\right), \quad u = \min\left(\frac{\vert\hat{y} - y\vert}{c}, 1\right)": with_capped_u(
        lambda e, u, s: s.c**2 / 6 * (1 - (1 - u**2) ** 3)
    ),
    r"(\hat{y} - y)\,(1 - u^2)^2, \quad u = \min\left(\frac{\vert\hat{y} - y\vert}{c}, 1\right)": with_capped_u(
        lambda e, u, s: e * (1 - u**2) ** 2
    ),
    r"(1 - u^2)\,(1 - 5 u^2), \quad u = \min\left(\frac{\vert\hat{y} - y\vert}{c}, 1\right)": with_capped_u(
        lambda e, u, s: (1 - u**2) * (1 - 5 * u**2)
    ),
    # Barron
    r"\frac{\vert\alpha - 2\vert}{\alpha} \left(\left(1 + \frac{u^2}{\vert\alpha - 2\vert}\right)^{\alpha / 2} - 1\right), \quad u = \frac{\hat{y} - y}{c}, \quad \mathrm{limits\;at}\; \alpha = 0, 2, -\infty": with_limits(
        lambda u, a, c: abs(a - 2) / a * ((1 + u**2 / abs(a - 2)) ** (a / 2) - 1),
        {2: lambda u, c: u**2 / 2, 0: lambda u, c: log(1 + u**2 / 2), -inf: lambda u, c: 1 - exp(-(u**2) / 2)},
    ),
    r"\frac{u}{c} \left(1 + \frac{u^2}{\vert\alpha - 2\vert}\right)^{\alpha / 2 - 1}, \quad u = \frac{\hat{y} - y}{c}, \quad \mathrm{limits\;at}\; \alpha = 2, -\infty": with_limits(
        lambda u, a, c: u / c * (1 + u**2 / abs(a - 2)) ** (a / 2 - 1),
        {2: lambda u, c: u / c, -inf: lambda u, c: u / c * exp(-(u**2) / 2)},
    ),
    r"\frac{1}{c^2} \left(1 + \frac{u^2}{\vert\alpha - 2\vert}\right)^{\alpha / 2 - 2} \left(1 + \frac{(\alpha - 1)\,u^2}{\vert\alpha - 2\vert}\right), \quad u = \frac{\hat{y} - y}{c}, \quad \mathrm{limits\;at}\; \alpha = 2, -\infty": with_limits(
        lambda u, a, c: (1 + u**2 / abs(a - 2)) ** (a / 2 - 2) * (1 + (a - 1) * u**2 / abs(a - 2)) / c**2,
        {2: lambda u, c: 1 / c**2, -inf: lambda u, c: (1 - u**2) * exp(-(u**2) / 2) / c**2},
    ),
}

BY_HAND = [
    (Cauchy(c=2), [2, 0, 4], [0, 0, 0], [2 * L2, 0, 2 * log(5)], [1, 0, 0.8]),
    (GemanMcClure(c=2), [2, 0, 4], [0, 0, 0], [1, 0, 1.6], [0.5, 0, 0.16]),
    (Welsch(c=2), [2, 0], [0, 0], [4 * (1 - exp(-0.5)), 0], [2 * exp(-0.5), 0]),
    (Tukey(c=2), [1, 2, 9], [0, 0, 0], [2 / 3 * (1 - 27 / 64), 2 / 3, 2 / 3], [9 / 16, 0, 0]),
    (Barron(alpha=1, c=2), [2 * sqrt(3)], [0], [1], [sqrt(3) / 4]),
]

SPECIAL = [
    Barron(alpha=2, c=0.8),
    Barron(alpha=1, c=0.8),
    Barron(alpha=0, c=0.8),
    Barron(alpha=-2, c=0.8),
    Barron(alpha=-inf, c=0.8),
]

HARMLESS = {
    r"(Welsch._ratio|Barron.*): 100 becomes 101": "a cap far beyond what can be represented",
    r"Barron.formula: 1 becomes 2": "where a power and its limit are the same to the last digit",
}
