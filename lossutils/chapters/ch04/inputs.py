"""What the tasks of chapter 04 are tried on: the smallest input first."""

from __future__ import annotations

import numpy as np

from lossutils import data
from lossutils.judge import draws

# A line through the origin ---------------------------------------------------------------------------------------


def points(rng, n):
    """Whole inputs and targets that no line through the origin meets; their products do not cancel."""
    while True:
        x, y = rng.choice(np.arange(-4.0, 8.0), n, replace=False), rng.randint(-9, 10, n).astype(float)
        if abs(np.sum(x * y)) > 2 and np.sum(x * x) > 1 and np.ptp(y) > 1 and (x != 0).sum() > 1:
            return x, y


def lines(rng):
    for n in (2, 3, 4, 5):
        x, y = points(rng, n)
        yield {"x": x, "y": y}
    x = rng.normal(3, 2, 40)
    yield {"x": x, "y": 1.5 * x + rng.normal(4, 1, 40)}


def penalised(rng):
    for n, penalty in ((2, 2.0), (3, 0.5), (5, 10.0), (8, 0.25)):
        x, y = points(rng, n)
        yield {"x": x, "y": y, "penalty": penalty}


def drawn_towards(rng):
    """A penalty that draws the coefficient to another number than 0; then that number without a penalty."""
    for n, penalty in ((2, 2.0), (4, 0.5), (6, 20.0)):
        x, y = points(rng, n)
        yield {"x": x, "y": y, "penalty": penalty, "towards": float(rng.choice([-3, 2, 5]))}
    for n in (3, 4):
        x, y = points(rng, n)
        yield {"x": x, "y": y, "penalty": 0.0, "towards": float(rng.choice([-3, 2, 5]))}


def weighted(rng):
    """Weights that do not sum to n, some 0, some not whole, with a penalty and without one."""
    for n, penalty, towards in ((3, 0.0, 0.0), (4, 1.5, 0.0), (5, 4.0, -2.0), (6, 0.5, 3.0)):
        x, y = points(rng, n)
        w = draws.weights(rng, n)
        for weight in (w, w / 8, w / w.sum(), 9 * w, (4 * w).astype(int).tolist()):
            yield {"x": x, "y": y, "penalty": penalty, "towards": towards, "weight": weight}


def no_inputs(rng):
    """A single point, with a penalty; then all inputs are 0, then all that count."""
    yield {"x": np.array([2.0]), "y": np.array([float(rng.randint(3, 9))]), "penalty": 4.0, "towards": 1.0}
    for n, penalty in ((1, 0.0), (3, 0.0), (3, 2.0)):
        y = rng.randint(2, 9, n).astype(float)
        yield {"x": np.zeros(n), "y": y, "penalty": penalty, "towards": float(rng.choice([-3, 2, 5]))}
    yield {"x": np.array([0.0, 3.0]), "y": np.array([2.0, 5.0])} | {
        "penalty": 0.0,
        "towards": 4.0,
        "weight": np.array([2.0, 0.0]),
    }


def other_sizes(rng):
    """Inputs in thousands or in thousandths, and a penalty that fits them; whole numbers of 8 bits."""
    for size in (1e3, 1e-3, 1e-6, 1e-10):
        x, y = points(rng, 4)
        yield {"x": size * x, "y": y, "penalty": size**2 * 3.0}
        yield {"x": size * x, "y": y}
    for n in (3, 5):
        yield {"x": rng.randint(20, 250, n).astype(np.uint8), "y": rng.randint(20, 250, n).astype(np.uint8)}


# Other units -----------------------------------------------------------------------------------------------------


def factor(rng):
    """A factor that is no 1, and whose square is no other factor here."""
    return float(rng.choice([0.5, 2.0, 3.0, 10.0, 0.25, 1000.0]))


def units_of(*names, shift=False, u=None, v=None):
    """Draw a number of each of these kinds, and new units."""

    def draw(rng):
        for what in names:
            for shift_by in (-32.0, 7.0, 273.0):
                value = float(rng.randint(2, 60)) / float(rng.choice([1, 10]))
                if what == "r2":
                    value = value / 100
                if what in ("coefficient", "intercept", "slope"):
                    value *= float(rng.choice([-1, 1]))
                case = {"what": what, "value": value, "u": u or factor(rng), "v": v or 1.5 * factor(rng)}
                yield case | ({"shift": shift_by} if shift else {})

    return draw


EVERYTHING = ("mse", "rmse", "r2", "variance", "coefficient", "slope", "curvature", "rate")


def one_unit(rng):
    """Only the targets have another unit, then only the inputs."""
    yield from units_of(*EVERYTHING, "intercept", u=1.0)(rng)
    yield from units_of(*EVERYTHING, "intercept", v=1.0)(rng)


def zero_and_below(rng):
    """A number that is 0, and R² below 0; with a shift, and without one."""
    for what in ("r2", "coefficient", "intercept", "slope", "mse"):
        value = -1.5 if what == "r2" else 0.0
        yield {"what": what, "value": value, "u": factor(rng), "v": 1.5 * factor(rng)}
        yield {"what": what, "value": value, "u": factor(rng), "v": 1.5 * factor(rng), "shift": 5.0}


# Faults ----------------------------------------------------------------------------------------------------------


def faulty(words, formula):
    """A function of predictions and targets that is called what it computes, as a person would write it."""

    def f(pred, target):
        p, y = np.asarray(pred, dtype=float), np.asarray(target, dtype=float)
        with np.errstate(all="ignore"):
            return float(formula(p, y, np.mean((p - y) ** 2)))

    f.__name__ = words
    return f


def another_mean(c):
    return faulty(f"1 − MSE / mean of (y − c)², with c = {c:g}", lambda p, y, mse: 1 - mse / np.mean((y - c) ** 2))


def correlation(p, y, mse):
    return np.mean((p - p.mean()) * (y - y.mean())) ** 2 / (np.var(p) * np.var(y))


MADE = {
    "right": lambda rng: faulty("1 − MSE / variance of y", lambda p, y, mse: 1 - mse / np.var(y)),
    "left over": lambda rng: faulty("MSE / variance of y", lambda p, y, mse: mse / np.var(y)),
    "roots": lambda rng: faulty("1 − RMSE / standard deviation of y", lambda p, y, mse: 1 - mse**0.5 / np.std(y)),
    "swapped": lambda rng: faulty("1 − MSE / variance of p", lambda p, y, mse: 1 - mse / np.var(p)),
    "correlation": lambda rng: faulty("squared correlation of p and y", correlation),
    "spread": lambda rng: faulty(
        "1 − variance of (p − y) / variance of y", lambda p, y, mse: 1 - np.var(p - y) / np.var(y)
    ),
    "n minus one": lambda rng: faulty(
        "1 − MSE / variance of y, divided by n − 1", lambda p, y, mse: 1 - mse / np.var(y, ddof=1)
    ),
    "every pair": lambda rng: faulty(
        "1 − mean over all pairs of (p − y)² / variance of y",
        lambda p, y, mse: 1 - np.mean((np.ravel(p) - np.reshape(y, (-1, 1))) ** 2) / np.var(y),
    ),
    "never negative": lambda rng: faulty(
        "the larger of 0 and 1 − MSE / variance of y", lambda p, y, mse: max(0.0, 1 - mse / np.var(y))
    ),
    "other mean": lambda rng: another_mean(float(rng.choice([0, 3, 20, 50]))),
}


def functions(*kinds):
    """Draw a function of each of these kinds, in any order."""

    def draw(rng):
        yield from ({"f": MADE[kinds[k]](rng)} for k in rng.permutation(len(kinds)))

    return draw


def other_means(rng):
    """Means that simple targets have, quarters and thirds, far ones, and the two that such a fault is taken for."""
    for c in (float(rng.randint(31, 60)), -1e4, 1e4, *np.arange(-2, 15.1, 0.125), *(np.arange(-6, 46) / 3)):
        yield {"f": another_mean(c)}
    for c in (0.1, 273.0, 273.15, *np.arange(-40.0, 120.0), *np.arange(200.0, 1001.0, 100)):
        yield {"f": another_mean(c)}
    yield from functions("right", "n minus one")(rng)


def twins(rng):
    """What is the same as the right one for some predictions: unbiased ones, good ones, those of least squares."""
    yield from functions("never negative", "spread", "right", "correlation", "swapped")(rng)


# Three parts -----------------------------------------------------------------------------------------------------


def fitted(shapes, noise=None, weights=False):
    """Draw what so many fits predict at so many places, one measurement there, and its noise."""

    def draw(rng):
        for fits, places in shapes:
            height = rng.choice(np.arange(-20.0, 30.0), places, replace=False)
            pred = height + rng.choice(np.arange(-9.0, 10.0), (fits, places)) + rng.randint(2, 5, places)
            case = {"pred": pred, "target": height + rng.choice([-2.0, -1.0, 1.0, 3.0], places)}
            case["noise"] = float(rng.randint(1, 5)) if noise is None else noise(rng, places)
            yield case | ({"weight": draws.weights(rng, places)} if weights else {})

    return draw


def by_place(rng, places):
    """A noise of its own at each place, with one place that has none."""
    return rng.permutation(np.arange(float(places))) + (rng.randint(places) == np.arange(places))


def near_the_truth(rng):
    """Fits whose mean is nearer to the measurements than the noise is: the estimate of bias² is below 0."""
    for places in (2, 4):
        target = rng.randint(5, 20, places).astype(float)
        off = rng.choice([-3.0, -2.0, 2.0, 3.0], places)
        yield {"pred": target + np.array([off, -off, 0 * off]), "target": target, "noise": 4.0}


def whole_numbers(rng):
    """Targets and fits as integers, with a noise that is not whole."""
    for case in fitted(((2, 2), (3, 4)))(rng):
        yield {"pred": case["pred"].astype(int), "target": case["target"].astype(int), "noise": 0.5 + case["noise"]}


def no_noise(rng):
    """Fits of targets without noise, large and tiny."""
    for size in (1.0, 1e4, 1e-5):
        for case in fitted(((3, 4),))(rng):
            yield {"pred": size * case["pred"], "target": size * case["target"], "noise": 0.0}


# Groups that are left out ----------------------------------------------------------------------------------------


def table(rng, n, k):
    """Whole inputs, and whole targets that no plane meets."""
    X = rng.randint(-5, 6, (n, k)).astype(float)
    X[:, 0] = rng.permutation(n) + rng.randint(1, 4)
    y = np.round(X @ rng.choice([-3.0, -2.0, 2.0, 3.0], k)) + 7 + draws.errors(rng, min(n, 8))[np.arange(n) % 8]
    return X, y


def determined(X, group):
    """Whether the weights are determined whatever group is left out, with digits to spare."""
    A = np.column_stack([np.ones(len(X)), X])
    return all(np.sum(group != g) > A.shape[1] and np.linalg.cond(A[group != g]) < 1e3 for g in np.unique(group))


def grouped(shapes, labels=lambda rng, sizes: np.repeat(np.arange(len(sizes)), sizes)):
    """Draw inputs, targets and groups of these sizes, in any order."""

    def draw(rng):
        for sizes, k in shapes:
            while True:
                X, y = table(rng, sum(sizes), k)
                group = rng.permutation(labels(rng, sizes))
                if determined(X, group):
                    break
            yield {"X": X, "y": y, "group": group}

    return draw


def years(rng, sizes):
    """Labels that are no places, neither in order nor without gaps; one is below 0."""
    return np.repeat(np.append([-5, 5], rng.choice([70, 71, 73, 82, -1], len(sizes) - 2, replace=False)), sizes)


def halves(rng, sizes):
    """Labels that are not whole: half years."""
    return np.repeat(70 + np.arange(len(sizes)) / 2, sizes)


def letters(rng, sizes):
    return np.repeat(np.array(["north", "nord", "south", "east", "n"])[: len(sizes)], sizes)


def whole_targets(rng):
    """Targets that are integers: the predictions are not."""
    for case in grouped((((2, 3, 4), 1), ((3, 5, 2), 2)), halves)(rng):
        yield case | {"y": np.round(case["y"]).astype(int)}


def far_inputs(rng):
    """Inputs far from 0, where the normal equations lose their digits."""
    for case in grouped((((3, 4, 3), 1), ((4, 5, 4), 1)))(rng):
        yield case | {"X": case["X"] + 1e6}


def far_and_whole(rng):
    yield from whole_targets(rng)
    yield from far_inputs(rng)


def plant(rng):
    """21 days of a plant, each a group of its own."""
    days = data.stackloss()
    order = rng.permutation(21)
    X, y = days.matrix("air_flow", "water_temperature", "acid"), days["loss"].astype(float)
    yield {"X": X[order], "y": y[order], "group": np.arange(21)}
