"""Chapter 09, Categorical cross-entropy."""

import itertools
import math

from lossexam.second.numerically import least, slope


def three_scores(a, b):
    """Only differences count: the right score is moved to 0."""
    return math.log1p(math.exp(a - b) + math.exp(0 - b))


def slope_of_a_shared_target(n, r):
    """Three scores stay at 0, and the first one moves."""
    return slope(lambda z: r / n * (math.log(math.exp(z) + 3) - z) + (n - r) / n * math.log(math.exp(z) + 3), at=0)


def floor_of_readers(n, r):
    """The readers' mean loss, at the prediction where it is least."""

    def cost(cat):
        return -(r * math.log(cat) + (n - r) * math.log(1 - cat)) / n

    return cost(least(cost, low=0.01, high=0.99))


def warmer(lead, T):
    """Dividing a score by T takes the T-th root of the odds."""
    odds = math.exp(lead) ** (1 / T)
    return odds / (1 + odds)


def floor_of_smoothing(K, e):
    """The lead at which the cross-entropy is least, where all other scores are 0."""
    spread = e / K
    return least(
        lambda lead: math.log(math.exp(lead) + K - 1) - (1 - e + spread) * lead,
        low=0,
        high=20,
    )


def same_odds(K, d):
    """Both probabilities, with any other scores beside them."""
    powers = [math.exp(z) for z in (1 + d, 1, *range(K - 2))]
    probabilities = [power / sum(powers) for power in powers]
    return probabilities[0] / probabilities[1]


def free_weights(K, d):
    """For each input and the constant: how many differences between classes do not follow from those before?"""
    group, independent = list(range(K)), 0
    for one, other in itertools.combinations(range(K), 2):
        if group[one] != group[other]:
            group = [group[one] if name == group[other] else name for name in group]
            independent += 1
    return independent * (d + 1)
