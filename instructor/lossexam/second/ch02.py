"""Chapter 02, How a loss teaches: gradients, curvature, speed."""

import math
from fractions import Fraction

from lossexam.second.numerically import crossing, slope


def slope_of_a_line(w, y):
    return slope(lambda v: ((v * 1 - y[0]) ** 2 + (v * 2 - y[1]) ** 2) / 2, at=w)


def rate_limit_of_the_mean_square(a):
    """One row, whose input squared is the eigenvalue, and the target 0: at which rate does a step shrink nothing?"""
    x = math.sqrt(a)
    return crossing(lambda rate: abs(1 - rate * slope(lambda w: (w * x) ** 2, at=1)) - 1, low=1e-6, high=10)


def steps_of_the_slowest_direction(a, b, r):
    """Gradient descent itself, from the distance 1 in both directions."""
    distances, steps = [1, 1], 0
    while max(map(abs, distances)) > 0.01:
        distances = [one - r * curvature * one for one, curvature in zip(distances, (a, b), strict=True)]
        steps += 1
    return steps


def central_difference(k, h):
    """The errors of both differences for a fourth power, in fractions, which round nothing."""

    def error(step, w=Fraction(3)):
        return ((w + step) ** 4 - (w - step) ** 4) / (2 * step) - 4 * w**3

    small = Fraction(str(h))
    return error(k * small) / error(small)
