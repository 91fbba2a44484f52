"""What the tests know of lossutils/losses/margin.py beyond its code; __init__.py says what each table is for."""

from math import exp, log

from lossutils import Exponential, Hinge, Savage, SquaredHinge
from tests.proof.readings import sigma, with_sigma

L2 = log(2)
L3 = log(3)

READINGS = {
    # Hinge
    r"y \max(1 - z, 0) + (1 - y) \max(1 + z, 0)": lambda z, y, s: y * max(1 - z, 0) + (1 - y) * max(1 + z, 0),
    r"(1 - y)\,[z > -1] - y\,[z < 1]": lambda z, y, s: (1 - y) * (z > -1) - y * (z < 1),
    r"0": lambda p, y, s: 0,
    # SquaredHinge
    r"y \max(1 - z, 0)^2 + (1 - y) \max(1 + z, 0)^2": lambda z, y, s: (
        y * max(1 - z, 0) ** 2 + (1 - y) * max(1 + z, 0) ** 2
    ),
    r"2\,(1 - y) \max(1 + z, 0) - 2\,y \max(1 - z, 0)": lambda z, y, s: (
        2 * (1 - y) * max(1 + z, 0) - 2 * y * max(1 - z, 0)
    ),
    r"2\,(1 - y)\,[z > -1] + 2\,y\,[z < 1]": lambda z, y, s: 2 * (1 - y) * (z > -1) + 2 * y * (z < 1),
    # Exponential
    r"y\,e^{-z} + (1 - y)\,e^{z}": lambda z, y, s: y * exp(-z) + (1 - y) * exp(z),
    r"(1 - y)\,e^{z} - y\,e^{-z}": lambda z, y, s: (1 - y) * exp(z) - y * exp(-z),
    # Savage
    r"y\,(1 - p)^2 + (1 - y)\,p^2, \quad p = \sigma(2 z)": with_sigma(
        lambda p, y, s: y * (1 - p) ** 2 + (1 - y) * p**2, 2
    ),
    r"4\,p\,(1 - p)\left((1 - y)\,p - y\,(1 - p)\right), \quad p = \sigma(2 z)": with_sigma(
        lambda p, y, s: 4 * p * (1 - p) * ((1 - y) * p - y * (1 - p)), 2
    ),
    r"8\,p\,(1 - p)\left(y\,(1 - p)\,(3 p - 1) + (1 - y)\,p\,(2 - 3 p)\right), \quad p = \sigma(2 z)": with_sigma(
        lambda p, y, s: 8 * p * (1 - p) * (y * (1 - p) * (3 * p - 1) + (1 - y) * p * (2 - 3 * p)), 2
    ),
}

LINKS = {
    r"p = \frac{1 + z}{2}": lambda z: (1 + z) / 2,
    r"p = \sigma(2 z)": lambda z: sigma(2 * z),
}

CHANCES = {
    r"1": lambda s, K: 1,
    r"\frac{1}{4}": lambda s, K: 1 / 4,
}

BY_HAND = [
    (Hinge(), [0.5, 0.5, 2], [1, 0, 1], [0.5, 1.5, 0], [-1, 1, 0]),
    (SquaredHinge(), [0.5, 0.5, 2], [1, 0, 1], [0.25, 2.25, 0], [-1, 3, 0]),
    (Exponential(), [L2, L2], [1, 0], [0.5, 2], [-0.5, 2]),
    (Savage(), [L3 / 2, L3 / 2], [1, 0], [1 / 16, 9 / 16], [-3 / 16, 9 / 16]),
]
