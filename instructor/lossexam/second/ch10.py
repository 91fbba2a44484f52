"""Chapter 10, Squared error or cross-entropy for classification?"""

import math

from lossexam.second.numerically import crossing, least, slope


def steeper_at_a_sure_mistake(p):
    """Both losses as functions of the score, and their slopes by differences."""
    z = math.log(p / (1000 - p))
    cross_entropy = slope(lambda score: math.log(1 + math.exp(score)), at=z)
    return cross_entropy / slope(lambda score: 1 / (1 + math.exp(-score)) ** 2 / 2, at=z)


def two_units_surer(n, z, more):
    """The rate comes from the first count."""
    rate = math.exp(z) / 2 / n
    return math.exp(z + more) / 2 / rate


def steps_under_cross_entropy(z, percent):
    """Where the slope is 1, weight and bias each lose the rate in a step; the last step is taken in part."""
    weight = bias = z / 2
    steps, rate = 0, percent / 100
    while weight + bias > 1e-9:
        part = min(1, (weight + bias) / 2 / rate)
        weight, bias, steps = weight - part * rate, bias - part * rate, steps + part
    return steps


def rate_of_a_mean_over_classes(k, percent):
    """Every class costs the square of one number, which makes a step under both losses."""
    of_sum = slope(lambda w: sum(w**2 for _ in range(k)), at=1)
    of_mean = slope(lambda w: sum(w**2 for _ in range(k)) / k, at=1)
    return crossing(lambda rate: rate * of_mean - percent / 100 * of_sum, low=0, high=10)


def no_to_every_class(k, percent):
    return sum((percent / 100 - label) ** 2 for label in [1] + [0] * (k - 1))


def rows_of_the_last_batch(n, b):
    """An epoch in which the slope of each row is 1: what does each add to the steps?"""
    rows = list(range(n))
    batches = [rows[at : at + b] for at in range(0, n, b)]
    counts = [1 / len(batch) for batch in batches for _ in batch]
    return counts[-1] / counts[0]


def constant_rain(rain, n):
    return least(lambda p: rain * (p - 1) ** 2 + (n - rain) * p**2, low=0, high=1)
