"""What the tests know of lossutils/losses/relative.py beyond its code; __init__.py says what each table is for."""

from math import log

from lossutils import AbsolutePercentageError, SquaredLogarithmicError
from tests.proof.readings import sign

L2 = log(2)

READINGS = {
    # AbsolutePercentageError
    r"\frac{\vert\hat{y} - y\vert}{\vert y\vert}": lambda p, y, s: abs(p - y) / abs(y),
    r"\frac{\mathrm{sign}(\hat{y} - y)}{\vert y\vert}": lambda p, y, s: sign(p - y) / abs(y),
    r"0": lambda p, y, s: 0,
    # SquaredLogarithmicError
    r"\left(\log(1 + \hat{y}) - \log(1 + y)\right)^2": lambda p, y, s: (log(1 + p) - log(1 + y)) ** 2,
    r"\frac{2\,(\log(1 + \hat{y}) - \log(1 + y))}{1 + \hat{y}}": lambda p, y, s: (
        2 * (log(1 + p) - log(1 + y)) / (1 + p)
    ),
    r"\frac{2\,(1 - \log(1 + \hat{y}) + \log(1 + y))}{(1 + \hat{y})^2}": lambda p, y, s: (
        2 * (1 - log(1 + p) + log(1 + y)) / (1 + p) ** 2
    ),
}

BY_HAND = [
    (AbsolutePercentageError(), [3, 1], [2, -4], [0.5, 1.25], [0.5, 0.25]),
    (SquaredLogarithmicError(), [1, 0], [3, 0], [L2**2, 0], [-L2, 0]),
]
