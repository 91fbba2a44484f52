"""Chapter 14, What the loss tells you."""

import math

from lossexam.second.numerically import least


def entropy_of_a_rare_class(percent):
    """The mean cross-entropy of a constant, where it is least."""

    def cost(p):
        return -(percent * math.log(p) + (100 - percent) * math.log(1 - p)) / 100

    return cost(least(cost, low=0.001, high=0.999))


def calibration_error_of_three_bins(a, b):
    """In answers: by how many are there too few or too many right ones in each bin?"""
    answers = 20 * a, 20 * b, 2000 - 20 * a - 20 * b
    stated, came = (0.55, 0.75, 0.95), (0.65, 0.55, 0.65)
    return sum(abs(n * p - n * y) for n, p, y in zip(answers, stated, came, strict=True)) / 2000


def what_five_parts_leave(low, happened):
    """Brier's loss itself, row by row."""
    p = low / 10
    rows = [(p, 1), (1 - p, 0)] * happened + [(p, 0), (1 - p, 1)] * (100 - happened)
    return sum((p - y) ** 2 for p, y in rows) / 200


def how_sure_is_a_wrong_answer(right, small, price):
    """A hundred answers."""
    costs = [small / 100] * right + [price] * (100 - right)
    return 100 * sum(costs[right:]) / sum(costs)


def mcnemar_by_hand(first, second, **_):
    """Chi squared: of the messages on which they differ, half are expected on each side."""
    expected = (first + second) / 2
    return sum((count - expected) ** 2 / expected for count in (first, second))
