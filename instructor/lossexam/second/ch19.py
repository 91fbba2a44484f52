"""Chapter 19, Losses in neuro-fuzzy systems."""

import itertools
import math

from lossexam.second.numerically import crossing, least, slope


def blend_of_two_rules(a, b, f, s):
    """A weighted mean has the least weighted squared error."""
    return least(lambda said: a * (said - f) ** 2 + b * (said - s) ** 2, low=0, high=100)


def strength_of_and(a, b):
    """In a square of a hundred by a hundred points: the share of those that both memberships hold."""
    return sum(x < a and y < b for x in range(100) for y in range(100)) / 10_000


def coefficients_of_rules(d, first, sets):
    """Every rule picks a set of each input, and has d + 1 numbers."""
    return sum(d + 1 for _ in itertools.product(range(first), *[range(sets)] * (d - 1)))


def slope_in_a_strength(a, b, f, s):
    def blend(log_strength):
        strength = math.exp(log_strength)
        return (strength * f + b / 10 * s) / (strength + b / 10)

    return slope(blend, at=math.log(a / 10))


def slipped_share_and_factor(percent, factor):
    """A hundred rows whose targets should be 1: at which constant is the slope of the squared error 0?"""
    return crossing(lambda c: percent * 2 * (c - factor) + (100 - percent) * 2 * (c - 1), low=0, high=factor)


def memberships_for_three(n, p):
    """The row's part of J, where it is least."""
    return least(lambda q: q**3 * n**2 + (1 - q) ** 3 * p**2, low=0, high=1)


def floor_of_a_membership_row(a):
    """The cross-entropy of two scores, one of them 0, where it is least in the other."""

    def cost(z):
        return math.log(1 + math.exp(z)) - a / 100 * z

    return cost(least(cost, low=-10, high=10))
