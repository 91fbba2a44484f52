"""Chapter 01, What is a loss?"""

from lossexam.second.numerically import slope


def mean_squared_by_hand(guess, y, **_):
    """The variance of the targets, and the square of how far the guess is from their mean."""
    mean = sum(y) / 3
    return sum(one**2 for one in y) / 3 - mean**2 + (guess - mean) ** 2


def mean_absolute_by_hand(y, p):
    """What the later times exceed the earlier ones by, promised or not."""
    return (sum(map(max, y, p)) - sum(map(min, y, p))) / 3


def weighted_median(y, w):
    """Every announcement in whole minutes is tried."""
    late = [y[0]] * 10 * w + [y[1]] * 10 + [y[2]] * 10
    return min(range(25), key=lambda said: sum(abs(said - one) for one in late))


def huber_slope(near, far, delta):
    def loss(guess):
        sizes = abs(guess - near), abs(guess - far)
        return sum(size**2 / 2 if size <= delta else delta * (size - delta / 2) for size in sizes) / 2

    return slope(loss, at=0)


def price_to_tau(over, under, y):
    """Every number of rolls is tried."""
    return min(range(120), key=lambda baked: sum(max(over * (baked - one), under * (one - baked)) for one in y))
