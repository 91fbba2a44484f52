"""Chapter 08, Binary cross-entropy."""

import math

from lossexam.second.numerically import crossing, slope


def _sigmoid(z):
    return 1 / (1 + math.exp(-z))


def _score(p):
    return math.log(p / (1 - p))


def always_a_half():
    """Each label costs log 2, whatever it is; here as a series."""
    return sum(1 / (k * 2**k) for k in range(1, 60))


def confident_and_wrong(p):
    """The loss of the score."""
    return math.log(1 + math.exp(-_score(p)))


def slope_in_the_intercept(z, y):
    def mean_loss(intercept):
        said = [_sigmoid(score + intercept) for score in z]
        return -sum(math.log(p if label else 1 - p) for p, label in zip(said, y, strict=True)) / 3

    return slope(mean_loss, at=0)


def squared_against_cross(z):
    return slope(lambda score: -math.log(1 - _sigmoid(score)), at=z) / slope(lambda score: _sigmoid(score) ** 2, at=z)


def odds_of_a_step(c, k):
    """A borrower with the score 1, before and after."""
    before, after = _sigmoid(1), _sigmoid(1 - k * c)
    return (after / (1 - after)) / (before / (1 - before))


def a_score_higher(p, d):
    return _sigmoid(_score(p) + d)


def where_half_precision_ends():
    return crossing(lambda z: 0.00098 / 2 - math.exp(-z), low=0, high=20)


def wait_above(a, b):
    """Where both decisions cost the same on average."""
    return crossing(lambda p: a * p - b * (1 - p), low=0, high=1)


def share_as_label(n, k):
    """The mean over the seeds, each with a label of its own."""
    p = k / n
    return sum(-math.log(p) if seed < k else -math.log(1 - p) for seed in range(n)) / n


def score_of_minus_three():
    return slope(lambda z: math.log(1 + math.exp(-z)), at=-3)


def when_to_wait():
    return crossing(lambda p: 10 * p - 1 * (1 - p), low=0, high=1)
