"""Chapter 05, Robust losses."""

import itertools
import math
import statistics

from lossexam.second.numerically import slope


def weight_of_a_far_row(a, b, m, c, far):
    def huber(u, edge=1.345):
        return u**2 / 2 if abs(u) <= edge else edge * (abs(u) - edge / 2)

    u = far / (statistics.median([a, b, m, c, far]) / 0.6745)
    return slope(huber, at=u) / u


def tukey_before_the_edge(percent):
    """The slope of Tukey's loss, divided by the error."""
    u = percent / 100
    return slope(lambda e: (1 - (1 - e**2) ** 3) / 6, at=u) / u


def weight_from_a_slope(edge, far):
    """The loss with this slope is pseudo-Huber's."""
    return slope(lambda e: edge**2 * math.sqrt(1 + (e / edge) ** 2), at=-far) / -far


def median_scale_holds(n):
    """Errors of size 1 become wild, one after the other, until the median is."""
    return max(k for k in range(n) if statistics.median([1] * (n - k) + [1e9] * k) == 1)


def pairs_to_try(n):
    return len(list(itertools.combinations(range(n), 2)))
