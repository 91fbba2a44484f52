"""What the tests know of lossutils/losses/likelihood.py beyond its code; __init__.py says what each table is for."""

from math import exp, log, pi

from lossutils import GammaNLL, GaussianNLL, LaplaceNLL, PoissonNLL, TweedieNLL
from tests.proof.readings import sign

L2 = log(2)

READINGS = {
    # GaussianNLL
    r"\frac{1}{2} \log(2 \pi \sigma^2) + \frac{(\hat{y} - y)^2}{2 \sigma^2}": lambda p, y, s: (
        log(2 * pi * s.variance) / 2 + (p - y) ** 2 / (2 * s.variance)
    ),
    r"\frac{\hat{y} - y}{\sigma^2}": lambda p, y, s: (p - y) / s.variance,
    r"\frac{1}{\sigma^2}": lambda p, y, s: 1 / s.variance,
    # LaplaceNLL
    r"\log(2 b) + \frac{\vert\hat{y} - y\vert}{b}": lambda p, y, s: log(2 * s.scale) + abs(p - y) / s.scale,
    r"\frac{\mathrm{sign}(\hat{y} - y)}{b}": lambda p, y, s: sign(p - y) / s.scale,
    r"0": lambda p, y, s: 0,
    # PoissonNLL
    r"e^{z} - y\,z": lambda n, y, s: exp(n) - y * n,
    r"e^{z} - y": lambda n, y, s: exp(n) - y,
    r"e^{z}": lambda n, y, s: exp(n),
    # GammaNLL
    r"y\,e^{-z} + z": lambda n, y, s: y * exp(-n) + n,
    r"1 - y\,e^{-z}": lambda n, y, s: 1 - y * exp(-n),
    r"y\,e^{-z}": lambda n, y, s: y * exp(-n),
    # TweedieNLL
    r"\frac{y\,e^{(1 - \rho) z}}{\rho - 1} + \frac{e^{(2 - \rho) z}}{2 - \rho}, \quad \rho \;\mathrm{the\;power}": lambda n, y, s: (
        y * exp((1 - s.power) * n) / (s.power - 1) + exp((2 - s.power) * n) / (2 - s.power)
    ),
    r"e^{(2 - \rho) z} - y\,e^{(1 - \rho) z}": lambda n, y, s: exp((2 - s.power) * n) - y * exp((1 - s.power) * n),
    r"(2 - \rho)\,e^{(2 - \rho) z} + (\rho - 1)\,y\,e^{(1 - \rho) z}": lambda n, y, s: (
        (2 - s.power) * exp((2 - s.power) * n) + (s.power - 1) * y * exp((1 - s.power) * n)
    ),
}

BY_HAND = [
    (GaussianNLL(variance=4), [3], [1], [log(8 * pi) / 2 + 0.5], [0.5]),
    (LaplaceNLL(scale=2), [3], [0], [log(4) + 1.5], [0.5]),
    (PoissonNLL(), [0, L2], [2, 0], [1, 2], [-1, 2]),
    (GammaNLL(), [0, L2], [3, 4], [3, 2 + L2], [-2, -1]),
    (TweedieNLL(power=1.5), [0, 2 * L2], [1, 2], [4, 6], [0, 1]),
]

SPECIAL = [TweedieNLL(power=1.7)]

HARMLESS = {
    r"PoissonNLL.formula: 709 becomes 710": "between them only targets beyond 1e305 can overflow",
    r"PoissonNLL.*: 1000 becomes 1001": "a cap far beyond what can be represented",
}
