"""What the tasks of chapter 04 are tried on: the smallest input first."""

from __future__ import annotations

import numpy as np

from lossutils import data
from lossutils.judge import draws


def table(rng, n, k):
    """Whole inputs of which no two rows are equal, and whole targets that no plane hits."""
    X = rng.randint(-5, 6, (n, k)).astype(float)
    X[:, 0] = rng.permutation(n) + rng.randint(1, 4)
    y = np.round(X @ rng.choice([-3.0, -2.0, 2.0, 3.0], k)) + 7 + draws.errors(rng, min(n, 8))[np.arange(n) % 8]
    return X, y


def determined(X):
    """Whether the inputs and an intercept determine the weights, with digits to spare."""
    A = np.column_stack([np.ones(len(X)), X])
    return len(A) >= A.shape[1] and np.linalg.cond(A) < 1e4


def regressions(shapes):
    """Draw inputs and targets of these shapes."""

    def draw(rng):
        for n, k in shapes:
            X, y = table(rng, n, k)
            while not determined(X):
                X, y = table(rng, n, k)
            yield {"X": X, "y": y}

    return draw


def stackloss():
    days = data.stackloss()
    return days.matrix("air_flow", "water_temperature", "acid"), days["loss"].astype(float)


def stackloss_days(rng):
    """The plant of the lecture, once with all days, once with some of them."""
    X, y = stackloss()
    yield {"X": X, "y": y}
    some = np.sort(rng.choice(21, 16, replace=False))
    yield {"X": X[some], "y": y[some]}


def far_inputs(rng):
    """Inputs of some millions that differ by a few units: the normal equations lose their digits."""
    for n, k in ((6, 1), (12, 2), (40, 2)):
        X = rng.normal(0, 3, (n, k))
        yield {"X": X + 3e6, "y": 1 + X @ np.arange(1.0, k + 1) + rng.normal(0, 1, n)}


def varied_pairs(rng):
    """Predictions and targets that are not all equal."""
    for case in draws.pairs(rng):
        case["target"][0] += 1.0 + (np.ptp(case["target"]) == 1)
        yield case


def bad_pairs(rng):
    """Predictions that the mean of the targets would beat."""
    for n in draws.SMALL:
        target = 20 + rng.permutation(n).astype(float)
        yield {"pred": target + rng.choice([-1.0, 1.0]) * rng.randint(4, 9) + rng.randint(0, 3, n), "target": target}
    yield {"pred": rng.normal(0, 3, draws.LARGE), "target": rng.normal(24, 5, draws.LARGE)}


def equal_targets(rng):
    """Targets without variance. That of three times 0.1 is 2e-34 in floating point."""
    for value, n in ((4.0, 2), (0.1, 3), (0.1, 6)):
        yield {"pred": value + draws.errors(rng, n), "target": np.full(n, value)}


def nearly_equal_targets(rng):
    """Targets that differ by millionths, as another unit makes them: their variance is small, and not 0."""
    yield from equal_targets(rng)
    for n in (3, 6):
        target = 1e-6 * (rng.permutation(n) + rng.randint(2, 9))
        yield {"pred": target + 1e-6 * draws.errors(rng, n), "target": target}


def columns(rng):
    """Predictions as networks return them, shape (n, 1)."""
    for n in draws.SMALL:
        target = rng.permutation(n) + rng.randint(2, 9, n).astype(float)
        yield {"pred": (target + draws.errors(rng, n))[:, np.newaxis], "target": target}


def resamples(rng, X, count, size):
    """Draw rows with replacement, so that each resample holds a repeated row and determines a line."""
    found = []
    while len(found) < count:
        rows = rng.randint(0, len(X), size)
        if len(np.unique(rows)) < size and determined(X[rows]):
            found.append(rows)
    return np.array(found)


def refitted(rng, shapes):
    for n, k, count, size, places in shapes:
        X, y = table(rng, n, k)
        while not determined(X):
            X, y = table(rng, n, k)
        X_new = rng.randint(-5, 9, (places, k)).astype(float)
        yield {"X": X, "y": y, "rows": resamples(rng, X, count, size), "X_new": X_new}


def resampled_lines(rng):
    yield from refitted(rng, ((4, 1, 2, 4, 3), (5, 1, 3, 5, 2), (8, 1, 3, 8, 5)))


def resampled_planes(rng):
    yield from refitted(rng, ((8, 2, 3, 8, 2), (20, 3, 5, 20, 7), (40, 2, 30, 40, 4)))


def small_resamples(rng):
    yield from refitted(rng, ((6, 1, 1, 4, 3), (30, 2, 1, 10, 5)))


def models(shapes):
    """Draw what so many models predict at so many places, each measured so often; all whole numbers at first."""

    def draw(rng):
        for count, places, repeats in shapes:
            height = rng.choice(np.arange(-20.0, 30.0), places, replace=False)
            pred = height + draws_apart(rng, (count, places)) + rng.randint(1, 4, places)
            yield {"pred": pred, "target": height[:, np.newaxis] + draws_apart(rng, (places, repeats))}

    return draw


def draws_apart(rng, shape):
    """Whole numbers, most of them different."""
    return rng.choice(np.arange(-9.0, 10.0), shape)


def telling(X, y, j, sign):
    """Whether the most influential row is a clear one, whose change has this sign, and that no other quantity names.

    The others are the largest error, leverage and Cook's distance; error and distance name different rows.
    """
    if not determined(X):
        return False
    A = np.column_stack([np.ones(len(X)), X])
    inverse = np.linalg.inv(A.T @ A)
    error = A @ (inverse @ (A.T @ y)) - y
    leverage = np.sum(A @ inverse * A, axis=1)
    if leverage.max() > 0.98:
        return False  # without that row the weights are hardly determined
    size = error / (1 - leverage)
    change = (A @ inverse)[:, j] * size  # what leaving out each row does to coefficient j
    farthest, distant = np.argmax(np.abs(error)), np.argmax(size**2 * leverage)
    second, first = np.argsort(np.abs(change))[-2:]
    clear = abs(change[second]) < 0.97 * abs(change[first])
    alone = first not in (farthest, np.argmax(leverage), distant) and farthest != distant
    return bool(clear and alone and sign * change[first] > 0)


def influenced(rng, shapes):
    for n, k, j, sign in shapes:
        X, y = table(rng, n, k)
        while not telling(X, y, j, sign):
            X, y = rng.randint(-9, 10, (n, k)).astype(float), rng.randint(-20, 21, n).astype(float)
        yield {"X": X, "y": y, "j": j}


def influenced_lines(rng):
    yield from influenced(rng, ((6, 1, 1, -1), (6, 1, 1, 1), (8, 1, 1, -1)))


def influenced_planes(rng):
    yield from influenced(rng, ((7, 2, 0, -1), (9, 2, 2, 1), (12, 3, 1, -1)))


def influenced_stackloss(rng):
    """The plant of the lecture, its days in another order."""
    X, y = stackloss()
    for j in (1, 2, 3, 0):
        order = rng.permutation(len(y))
        yield {"X": X[order], "y": y[order], "j": j}
