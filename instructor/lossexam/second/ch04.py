"""Chapter 04, Mean squared error, properly."""

import math

from lossexam.second.numerically import crossing


def explained_share(rmse, sd):
    """Two flats whose prices have this deviation, and predictions that are off by the root mean squared error."""
    prices = 300 - sd, 300 + sd
    predictions = 300 - sd + rmse, 300 + sd - rmse
    left = sum((p - y) ** 2 for p, y in zip(predictions, prices, strict=True))
    return 1 - left / sum((y - 300) ** 2 for y in prices)


def fourth_error(a, b):
    """Whole errors at 2 and at 3 are tried, until the errors, and their products with x, sum to 0."""
    tried = ((e3, e4) for e3 in range(-50, 51) for e4 in range(-50, 51))
    return next(e4 for e3, e4 in tried if a + b + e3 + e4 == 0 and b + 2 * e3 + 3 * e4 == 0)


def equal_errors(va, b2):
    """Predictions that scatter to both sides alike, around the truth (A) and beside it (B)."""

    def error(bias, spread):
        return ((bias + spread) ** 2 + (bias - spread) ** 2) / 2

    of_a = error(0, math.sqrt(va))
    return crossing(lambda spread: error(math.sqrt(b2), spread) - of_a, low=0, high=10) ** 2


def column_minus_row():
    pairs = [(p, y) for p in (0, 3, 6) for y in (0, 3, 6)]
    return sum((p - y) ** 2 for p, y in pairs) / len(pairs)


def wild_fit(a, b):
    """By how much the sum falls when the tenth is left out."""
    squares = [a] * 9 + [b]
    return 100 * (1 - sum(squares[:-1]) / sum(squares))


def negative_r_squared(d, s, **_):
    """Beyond the variance a constant pays the square of its distance from the mean; so much is R² below 0."""
    variance = (d**2 + 0 + d**2) / 3
    return -(s**2) / variance


def leverage_by_hand(h, e):
    """Two rows and a line through 0: the left-out error is the row's own target, as the other one has the target 0."""
    x, target = math.sqrt(h), 1
    coefficient = x * target / (x**2 + (1 - h))
    return e * target / (target - coefficient * x)


def mean_of_roots(a, b):
    """Two batches of two rows, each as far off as its RMSE says."""
    return math.hypot(a, a, b, b) / math.sqrt(4)
