"""What the tests know of lossutils/losses/regression.py beyond its code; __init__.py says what each table is for."""

from math import cosh, inf, log, tanh

from lossutils import AbsoluteError, EpsilonInsensitive, Huber, LogCosh, SquaredError
from tests.proof.readings import sign

L2 = log(2)

READINGS = {
    # SquaredError
    r"(\hat{y} - y)^2": lambda p, y, s: (p - y) ** 2,
    r"2\,(\hat{y} - y)": lambda p, y, s: 2 * (p - y),
    r"2": lambda p, y, s: 2,
    # AbsoluteError
    r"\vert\hat{y} - y\vert": lambda p, y, s: abs(p - y),
    r"\mathrm{sign}(\hat{y} - y)": lambda p, y, s: sign(p - y),
    r"0": lambda p, y, s: 0,
    # Huber
    r"\frac{1}{2} m^2 + \delta\,(\vert\hat{y} - y\vert - m), \quad m = \min(\vert\hat{y} - y\vert, \delta)": lambda p, y, s: (
        min(abs(p - y), s.delta) ** 2 / 2 + (s.delta * (abs(p - y) - s.delta) if abs(p - y) > s.delta else 0)
    ),
    r"\mathrm{clip}(\hat{y} - y, -\delta, \delta)": lambda p, y, s: max(-s.delta, min(p - y, s.delta)),
    r"1 \;\mathrm{if}\; \vert\hat{y} - y\vert \leq \delta, \;\mathrm{else}\; 0": lambda p, y, s: int(
        abs(p - y) <= s.delta
    ),
    # LogCosh
    r"c^2 \log \cosh\left(\frac{\hat{y} - y}{c}\right)": lambda p, y, s: s.c**2 * log(cosh((p - y) / s.c)),
    r"c \tanh\left(\frac{\hat{y} - y}{c}\right)": lambda p, y, s: s.c * tanh((p - y) / s.c),
    r"1 - \tanh^2\left(\frac{\hat{y} - y}{c}\right)": lambda p, y, s: 1 - tanh((p - y) / s.c) ** 2,
    # EpsilonInsensitive
    r"\max(\vert\hat{y} - y\vert - \varepsilon,\; 0)": lambda p, y, s: max(abs(p - y) - s.epsilon, 0),
    r"\mathrm{sign}(e) \;\mathrm{if}\; \vert e\vert > \varepsilon, \;\mathrm{else}\; 0, \quad e = \hat{y} - y": lambda p, y, s: (
        sign(p - y) if abs(p - y) > s.epsilon else 0
    ),
}

BY_HAND = [
    (SquaredError(), [3, 1], [1, 4], [4, 9], [4, -6]),
    (AbsoluteError(), [3, 1, 2], [1, 4, 2], [2, 3, 0], [1, -1, 0]),
    (Huber(delta=2), [1, 5, -5, 2], [0, 0, 0, 0], [0.5, 8, 8, 2], [1, 2, -2, 2]),
    (LogCosh(c=2), [2 * L2, 0], [0, 0], [4 * log(1.25), 0], [2 * 0.6, 0]),
    (EpsilonInsensitive(epsilon=0.5), [1, 1.5, 3, 0], [1, 1, 1, 1], [0, 0, 1.5, 0.5], [0, 0, 1, -1]),
]

SPECIAL = [Huber(), Huber(delta=inf), LogCosh(), EpsilonInsensitive(epsilon=0)]
