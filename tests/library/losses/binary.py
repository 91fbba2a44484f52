"""What the tests know of lossutils/losses/binary.py beyond its code; __init__.py says what each table is for."""

from math import exp, log

from lossutils import BinaryCrossEntropy, Brier, LogisticLoss
from tests.proof.readings import over, sigma, xlog

L2 = log(2)
L3 = log(3)

READINGS = {
    # BinaryCrossEntropy
    r"-y \log p - (1 - y) \log(1 - p)": lambda p, y, s: -xlog(y, p) - xlog(1 - y, 1 - p),
    r"\frac{1 - y}{1 - p} - \frac{y}{p}": lambda p, y, s: over(1 - y, 1 - p) - over(y, p),
    r"\frac{y}{p^2} + \frac{1 - y}{(1 - p)^2}": lambda p, y, s: over(y, p**2) + over(1 - y, (1 - p) ** 2),
    # Brier
    r"(p - y)^2": lambda p, y, s: (p - y) ** 2,
    r"2\,(p - y)": lambda p, y, s: 2 * (p - y),
    r"2": lambda p, y, s: 2,
    # LogisticLoss
    r"y \log(1 + e^{-z}) + (1 - y) \log(1 + e^{z})": lambda z, y, s: y * log(1 + exp(-z)) + (1 - y) * log(1 + exp(z)),
    r"\sigma(z) - y": lambda z, y, s: sigma(z) - y,
    r"\sigma(z)\,(1 - \sigma(z))": lambda z, y, s: sigma(z) * (1 - sigma(z)),
}

LINKS = {
    r"p = \sigma(z)": sigma,
}

CHANCES = {
    r"\log 2 \approx 0.6931": lambda s, K: log(2),
    r"\frac{1}{4}": lambda s, K: 1 / 4,
}

BY_HAND = [
    (BinaryCrossEntropy(), [0.25, 0.25], [1, 0], [2 * L2, log(4 / 3)], [-4, 4 / 3]),
    (Brier(), [0.25, 0.25], [1, 0], [0.5625, 0.0625], [-1.5, 0.5]),
    (LogisticLoss(), [L3, L3, 0], [1, 0, 1], [log(4 / 3), log(4), L2], [-0.25, 0.75, -0.5]),
]


HARMLESS = {
    r"(BinaryCrossEntropy|Brier).predicts: predicts = 'mean'": "the same mean",
}
