"""Chapter 03, Where losses come from."""

import math

from lossexam.second.numerically import least, slope


def three_forecasts(p):
    """Minus the logarithm of the probability of all that happened."""
    return -math.log(p[0] * p[1] * (1 - p[2]))


def chance_of_none(mu):
    """The probabilities of 0, 1, 2, … go as mu^k / k!, and the first of these is 1."""
    return 100 / sum(mu**k / math.factorial(k) for k in range(30))


def slope_of_a_count(a, b, y):
    def mean_loss(intercept):
        scores = math.log(a) + intercept, math.log(b) + intercept
        return sum(math.exp(z) - count * z for z, count in zip(scores, y, strict=True)) / 2

    return slope(mean_loss, at=0)


def best_spread(e):
    return least(lambda spread: sum(math.log(spread) + one**2 / (2 * spread**2) for one in e), low=0.1, high=20)


def negative_loss(nll):
    """A target that lies at its prediction, with the spread for which it has this loss in kilometres."""
    spread = math.exp(nll) / math.sqrt(2 * math.pi)
    return -math.log(1 / (math.sqrt(2 * math.pi) * 1000 * spread))


def heads_and_tails(p, toss, **_):
    return -math.log(math.prod(p if side == "heads" else 1 - p for side in toss)) / len(toss)


def horse_kicks(n):
    hours = [count for count, times in enumerate(n) for _ in range(times)]
    return least(lambda mean: sum(mean - count * math.log(mean) for count in hours), low=0.01, high=3)


def printed_log_likelihood(n, ll):
    """Minus the logarithm of the likelihood's n-th root, what a target has on average."""
    return -math.log(math.exp(ll) ** (1 / n))


def two_pulls(s, e):
    first, second = (slope(lambda p, spread=spread: (p - 10) ** 2 / (2 * spread**2), at=10 + e) for spread in s)
    return first / second
