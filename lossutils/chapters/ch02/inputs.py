"""What the tasks of chapter 02 are tried on: the smallest input first."""

from __future__ import annotations

import numpy as np

from lossutils import AbsoluteError, Huber, LogCosh, SquaredError, data
from lossutils.judge import draws


def slopes_of(loss, deltas=()):
    """Draw predictions and targets for one loss; none of the errors is 0. Without a delta, the default counts."""

    def draw(rng):
        for case in draws.pairs(rng):
            if loss == "log-cosh":  # whole errors would all have the slopes -1 and 1
                case["pred"] = case["target"] + (case["pred"] - case["target"]) / 8
            yield from ({"loss": loss, **case, "delta": delta} for delta in deltas)
            yield {"loss": loss, **case}

    return draw


def large_errors(rng):
    """Errors of a thousand, where cosh overflows."""
    for loss in ("log-cosh", "huber"):
        for case in draws.pairs(rng):
            yield {"loss": loss, "pred": 1000 * case["pred"], "target": case["target"], "delta": 0.5}


def tables(rng):
    """Predictions with more than one column: the mean is over all numbers."""
    for loss in ("squared", "huber", "absolute", "log-cosh"):
        for shape in ((2, 3), (3, 2), (5, 4)):
            target = rng.randint(-9, 10, shape).astype(float)
            yield {"loss": loss, "pred": target + rng.normal(0, 2, shape), "target": target, "delta": 0.75}


def exact_hits(rng):
    """Errors of 0 among others, where the absolute error has its kink."""
    for n in draws.SMALL:
        target = rng.randint(-9, 10, n).astype(float)
        pred = target + draws.errors(rng, n)
        hit = rng.randint(n)
        pred[hit] = target[hit]
        yield {"loss": "absolute", "pred": pred, "target": target}


# Functions to check, of whole numbers and with steps of ½ and ¼, so that rounding plays no part
def squares(w):
    return float(np.sum(w * w))


def slopes_of_squares(w):
    return 2.0 * w


def cubes(w):
    return float(np.sum(w * w * w))


def slopes_of_cubes(w):
    return 3.0 * w * w


def signs_flipped(w):
    return -3.0 * w * w


def first_sign_flipped(w):
    slopes = 3.0 * w * w
    slopes[0] = -slopes[0]
    return slopes


def doubled_slopes(w):
    return 6.0 * w * w


def falling_cubes(w):
    return -cubes(w)


def million_cubes(w):
    return 1e6 * cubes(w)


def million_slopes(w):
    return 1e6 * slopes_of_cubes(w)


def small_cubes(w):
    return cubes(w) / 64


def small_slopes(w):
    return slopes_of_cubes(w) / 64


def spots(rng, sizes=(1, 2, 3, 5)):
    """Places to check at: whole numbers of both signs, none of them 0, none like another in size."""
    for n in sizes:
        yield rng.permutation(np.resize([1.0, -1.0], n)) * rng.choice(np.arange(1.0, 8.0), n, replace=False)


def claims(f, gradient, steps):
    """Draw places and steps for a function and the gradient that is claimed for it."""

    def draw(rng):
        for w in spots(rng):
            yield from ({"f": f, "gradient": gradient, "w": w, "h": h} for h in steps)

    return draw


def right_claims(rng):
    yield from claims(cubes, slopes_of_cubes, (0.5, 0.25))(rng)
    yield from claims(falling_cubes, signs_flipped, (0.5,))(rng)
    yield from claims(squares, slopes_of_squares, (0.5,))(rng)


def wrong_claims(rng):
    """The opposite signs; and twice the slopes, where the claimed gradient is the larger of the two."""
    for w in spots(rng):
        yield {"f": cubes, "gradient": signs_flipped, "w": w}
        yield {"f": cubes, "gradient": doubled_slopes, "w": w}


def one_wrong_sign(rng):
    for w in spots(rng, (2, 3, 5, 6)):
        yield {"f": cubes, "gradient": first_sign_flipped, "w": w}


def flat_places(rng):
    """Where both gradients are 0 there is nothing to divide by."""
    for n in (1, 2, 4):
        yield {"f": squares, "gradient": slopes_of_squares, "w": np.zeros(n), "h": 0.5}
    yield from one_wrong_sign(rng)


def other_units(rng):
    """Slopes of millions and of hundredths: only a relative error stays the same."""
    yield from claims(million_cubes, million_slopes, (0.5, 0.25))(rng)
    yield from claims(small_cubes, small_slopes, (0.5, 0.25))(rng)


def whole_places(rng):
    """Places given as integers, to which a small step can't be added in place."""
    for w in spots(rng):
        yield {"f": cubes, "gradient": slopes_of_cubes, "w": w.astype(int), "h": 0.25}


def limit(X):
    """The largest safe rate for squared error."""
    return 1 / np.max(np.linalg.eigvalsh(X.T @ X / len(X)))


def small_lines(rng):
    """Few samples with few inputs, and targets that a line doesn't hit."""
    for n, k in ((2, 1), (3, 2), (5, 2)):
        X = rng.randint(1, 4, (n, k)).astype(float)
        X[0, -1] += 2
        yield X, rng.permutation(np.arange(3.0, 3.0 + 2 * n, 2)) * 1.0


def walks_with(loss, share, counts):
    """Draw regressions and walk at a share of the rate that is safe."""

    def draw(rng):
        for X, y in small_lines(rng):
            rate = float(f"{share * limit(X):.2g}")
            yield from ({"X": X, "y": y, "loss": loss, "rate": rate, "steps": steps} for steps in counts)

    return draw


def bouncing(rng):
    """The absolute error rises now and then, and doesn't run away. No error is ever 0, where rounding would decide."""
    for n, k in ((3, 1), (4, 2), (8, 3)):
        X, y = rng.normal(1, 1, (n, k)), rng.normal(20, 5, n)
        for loss, steps in ((AbsoluteError(), 40), (AbsoluteError(), 200), (Huber(delta=1.5), 20)):
            yield {"X": X, "y": y, "loss": loss, "rate": 3.0 * limit(X), "steps": steps}


def standardised(a):
    return (a - a.mean(axis=0)) / a.std(axis=0)


def patients(rng):
    """Two rows of the lecture's table, one of them at a rate that the seed decides."""
    table = data.diabetes()
    X = np.column_stack([np.ones(len(table)), standardised(table.matrix(*table.columns[:10]))])
    y = standardised(table["progression"])
    for loss, rate in ((SquaredError(), round(rng.uniform(0.15, 0.24), 2)), (LogCosh(), 0.4)):
        yield {"X": X, "y": y, "loss": loss, "rate": rate, "steps": 100}


def inputs_of(shapes, curvatures=(), shift=0.0):
    """Draw matrices of inputs: whole numbers first, a few columns that go together."""

    def draw(rng):
        for n, k in shapes:
            X = rng.randint(-4, 5, (n, k)) + shift
            X[:, -1] += X[:, 0]
            X[0] += 3.0
            yield from ({"X": X, "curvature": c} for c in curvatures)
            yield from [] if curvatures else [{"X": X}]

    return draw


def long_tables(rng):
    """Unseen matrices: columns of very different sizes, far from 0, one of them with more columns than rows."""
    for n, k in ((60, 3), (200, 5), (6, 9)):
        yield {"X": rng.normal(rng.uniform(-3, 3, k), 10.0 ** rng.uniform(-1, 1, k), (n, k)), "curvature": 1.0}
