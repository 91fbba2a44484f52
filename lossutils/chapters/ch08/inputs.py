"""What the tasks of chapter 08 are tried on: scores with labels, rows with labels, changes, programs with a fault."""

from __future__ import annotations

import numpy as np

from lossutils import data

# At least one of m -----------------------------------------------------------------------------------------------


def labels(rng, n):
    """Return n labels, of both kinds where there are two or more."""
    y = rng.randint(0, 2, n).astype(float)
    y[:2] = (1.0, 0.0)[: len(y[:2])]
    return rng.permutation(y)


def scores(rng, n):
    """Return n different half numbers from −4 to 3, without 0."""
    return rng.choice(np.array([k / 2 for k in range(-8, 7) if k]), n, replace=False)


def of_one_label(label):
    """Draw scores that all have this label, and another m each time."""

    def draw(rng):
        for n, m in zip((1, 2, 3), rng.choice(np.arange(2, 9), 3, replace=False), strict=True):
            yield {"z": scores(rng, n), "y": np.full(n, label), "m": int(m)}

    return draw


def of_both_labels(rng):
    """Scores with both labels, few and many."""
    for n, m in ((2, 6), (3, int(rng.randint(2, 6))), (5, int(rng.randint(7, 12))), (40, 6)):
        yield {"z": np.round(rng.uniform(-4, 3, n), 2), "y": labels(rng, n), "m": m}


def of_one(rng):
    """One ring alone, which is binary cross-entropy; then very many."""
    for m in (1, 1, 200):
        yield {"z": scores(rng, 4), "y": labels(rng, 4), "m": m}


def far_below(rng):
    """Scores from −20 to −400: a damage that was next to impossible; alone, and among others."""
    for m in (6, 1, 3):
        for y in (1.0, 0.0):
            yield {"z": np.array([-float(rng.randint(20, 30))]), "y": np.array([y]), "m": m}
        yield {"z": -rng.randint(38, 400, 3).astype(float), "y": np.array([1.0, 0.0, 1.0]), "m": m}


def far_above(rng):
    """Scores from 15 to 400: a ring is surely damaged."""
    for m in (6, 2):
        yield {"z": rng.randint(40, 400, 2).astype(float), "y": np.array([1.0, 0.0]), "m": m}
        yield {"z": rng.randint(15, 19, 3).astype(float), "y": np.array([0.0, 1.0, 0.0]), "m": m}


# Fits ------------------------------------------------------------------------------------------------------------


def table(rng, n, columns=1, separable=False):
    """An intercept and whole numbers, with labels that no line separates, or that the first column separates."""
    while True:
        x = rng.randint(-4, 5, (n, columns)).astype(float)
        y = (x[:, 0] > 0).astype(float) if separable else labels(rng, n)
        if separable:
            x[:, 0] += np.sign(y - 0.5)  # a gap between the classes
        X = np.column_stack([np.ones(n), x])
        fits = separable or overlaps(x[:, 0], y)
        if 0.2 < y.mean() < 0.8 and np.linalg.matrix_rank(X) == columns + 1 and fits:
            return X, y


def overlaps(x, y):
    """Whether samples of both labels lie beyond each other's nearest ones: a tie alone would leave no minimum."""
    return x[y == 0].max() > x[y == 1].min() and x[y == 1].max() > x[y == 0].min()


def plain(rng):
    """Small tables without a separating line, and no penalty."""
    for n in (6, 8, 10, 12):
        X, y = table(rng, n)
        yield {"X": X, "y": y}


def penalised(rng):
    """The same with a penalty; the last ones have two columns."""
    for n, penalty, columns in ((6, 1.0, 1), (7, 2.5, 1), (12, 0.5, 2), (20, 10.0, 2)):
        X, y = table(rng, n, columns)
        yield {"X": X, "y": y, "penalty": penalty}


def with_and_without_a_line(rng):
    """Tables that a line separates, and others, in any order; no penalty."""
    cases = [table(rng, n, separable=split) for n, split in ((6, True), (7, False), (9, True), (10, False))]
    yield from ({"X": cases[k][0], "y": cases[k][1]} for k in rng.permutation(len(cases)))


def separated_with_penalty(rng):
    """A line separates the classes, and the penalty keeps the weights finite; some penalties are small."""
    for n, penalty in ((8, 1.0), (9, 0.2), (12, 0.05)):
        X, y = table(rng, n, separable=True)
        yield {"X": X, "y": y, "penalty": penalty}


def launches(rng):
    """The 23 launches, as they are, and with the temperature from 70 °F and a penalty."""
    flown = data.challenger()
    X, y = np.column_stack([np.ones(len(flown)), flown["temperature"]]), flown["damage"].astype(float)
    yield {"X": X, "y": y}
    yield {"X": X - [0, 70], "y": y, "penalty": 30.0}
    warm = (flown["damage"] == 0) | (flown["temperature"] < 70)
    yield {"X": X[warm] - [0, 70], "y": y[warm]}  # one temperature separates these


def all_but_one(rng):
    """Only one label of many is on the wrong side of the best place: nearly separated, and yet there is a minimum."""
    for n in (9, 11):
        x = np.arange(n, dtype=float)
        y = (x > n // 2).astype(float)
        y[1 if rng.randint(2) else 2] = 1.0
        yield {"X": np.column_stack([np.ones(n), x]), "y": y}
    x = np.array([0.0, 0, 1, 1, 2, 2, 3, 3, 6, 6, 7, 7, 8])  # a single one, at 1, is on the wrong side in the end
    yield {"X": np.column_stack([np.ones(13), x]), "y": ((x > 5) | (np.arange(13) == 2)).astype(float)}
    yield {"X": np.column_stack([np.ones(13), -x]), "y": ((x > 5) | (np.arange(13) == 2)).astype(float)}
    steep = np.array([1.0, 2, 3, 4, 4.9, 5, 6, 7, 8, 9])  # the coefficient is large, and takes many steps to grow
    yield {"X": np.column_stack([np.ones(10), steep]), "y": np.array([0.0, 0, 0, 0, 1, 0, 1, 1, 1, 1])}
    x = np.array([1.0, 2, 3, 4, 4, 5, 6, 7])
    yield {"X": np.column_stack([np.ones(8), x]), "y": np.array([0.0, 0, 0, 1, 0, 1, 1, 1]), "penalty": 0.1}


def more_columns(rng):
    """Three columns beside the intercept, of different sizes."""
    for n, penalty in ((40, 0.0), (60, 3.0)):
        X = np.column_stack([np.ones(n), rng.normal(0, 1, (n, 3)) * [1.0, 3.0, 0.5]])
        p = 1 / (1 + np.exp(-X @ np.array([-0.5, 1.0, -0.3, 0.8])))
        yield {"X": X, "y": (rng.uniform(size=n) < p).astype(float), "penalty": penalty}


def nearly_and_together(rng):
    """Two inputs that separate the labels together, neither alone; then 60 rows of which two have changed places."""
    while True:
        u = np.round(rng.uniform(-2, 2, (30, 2)), 2)
        u = u[np.abs(u.sum(axis=1)) > 0.15]
        y = (u.sum(axis=1) > 0).astype(float)
        if all(overlaps(column, y) for column in u.T):
            break
    yield {"X": np.column_stack([np.ones(len(u)), u]), "y": y}
    x = np.arange(60.0) - 30
    y = (x >= 0).astype(float)
    y[[29, 30]] = y[[30, 29]]
    yield {"X": np.column_stack([np.ones(60), x]), "y": y}
    X, y = table(rng, 8, separable=True)
    yield {"X": X, "y": y, "penalty": 0.001}


# Changes ---------------------------------------------------------------------------------------------------------


def changes(*kinds):
    """Draw each of these changes three times, with numbers of both signs."""

    def draw(rng):
        for kind in kinds:
            for signs in ((1, 1), (-1, 1), (1, -1)):
                yield {
                    "change": kind,
                    "intercept": signs[0] * float(rng.choice([3, 5, 7, 15])),
                    "coefficient": signs[1] * float(rng.choice([0.25, 0.5, 1.5])),
                    "k": float(rng.choice([2, 4, 10])),
                }

    return draw


def small_and_negative_k(rng):
    """Each change with a k below 1, where that makes sense below 0; then with an ordinary one."""
    kinds = ("unit", "origin", "offset", "mirror", "unit")
    for kind, k in (*zip(kinds, (0.01, -32.0, -2.5, -3.0, 0.4), strict=True), *((kind, 5.0) for kind in kinds[:4])):
        yield {
            "change": kind,
            "intercept": float(rng.randint(1, 9)),
            "coefficient": float(rng.choice([-0.2, 0.3])),
            "k": k,
        }


# Programs --------------------------------------------------------------------------------------------------------


def sigmoid(z):
    return np.exp(np.minimum(z, 0)) / (1 + np.exp(-np.abs(z)))


def each_loss(z, y):
    return np.logaddexp(0, (1 - 2 * y) * z)


def program(says, loss, slope, total=False):
    """A program f(z, y) that returns a mean loss and its slopes, and nothing else; it is shown by what it says."""

    def f(z, y):
        z, y = np.asarray(z, float), np.asarray(y, float)
        n = 1 if total else len(z)
        with np.errstate(all="ignore"):
            return float(np.sum(loss(z, y)) / n), np.asarray(slope(z, y), float) / n

    f.__name__ = says
    return f


def error(z, y):
    return sigmoid(z) - y


def literal(z, y):
    p = sigmoid(z)
    return -y * np.log(p) - (1 - y) * np.log(1 - p)


def naive(z, y):
    return np.log(1 + np.exp(z)) - y * z


def by_exp(z, y):
    return np.exp(z) / (1 + np.exp(z)) - y


RIGHT = (
    program("loss log(1 + e^∓z), slope p − y", each_loss, error),
    program("loss from the score, slope by tanh", each_loss, lambda z, y: 0.5 * np.tanh(z / 2) + 0.5 - y),
)
NOT_FINITE = (
    program("loss −y·log p − (1 − y)·log(1 − p)", literal, error),
    program("loss log(1 + e^z) − y·z", naive, error),
    program("loss log(1 + e^−z) + (1 − y)·z", lambda z, y: np.log(1 + np.exp(-z)) + (1 - y) * z, error),
    program("slope e^z / (1 + e^z) − y", each_loss, by_exp),
    program("slope 1 − y − e^−z / (1 + e^−z)", each_loss, lambda z, y: 1 - y - np.exp(-z) / (1 + np.exp(-z))),
    program(
        "loss −log of what happened, slope 0 where p is 0 or 1",
        lambda z, y: -np.log(np.where(y == 1, sigmoid(z), 1 - sigmoid(z))),
        lambda z, y: np.where((sigmoid(z) > 0) & (sigmoid(z) < 1), error(z, y), 0.0),
    ),
)
RIGHT_BREAKS = program(
    "loss from the score for mistakes, −y·log p − (1 − y)·log(1 − p) for right answers",
    lambda z, y: np.where((z > 0) == (y == 1), literal(z, y), each_loss(z, y)),
    error,
)


def breaks_for(label):
    """A program that takes the literal logarithm for one label only."""
    return program(
        f"−y·log p − (1 − y)·log(1 − p) for label {label}, from the score for the other",
        lambda z, y: np.where(y == label, literal(z, y), each_loss(z, y)),
        error,
    )


SUM = program("sum of the losses, slope p − y", each_loss, error, total=True)
SIGN = program("slope y − p", each_loss, lambda z, y: -error(z, y))
SQUARED = program(
    "loss (p − y)²", lambda z, y: error(z, y) ** 2, lambda z, y: 2 * error(z, y) * sigmoid(z) * sigmoid(-z)
)


def one_label(label):
    """A program that charges one label only."""
    return program(
        f"charges label {label} only",
        lambda z, y: np.where(y == label, each_loss(z, y), 0.0),
        lambda z, y: np.where(y == label, error(z, y), 0.0),
    )


def cut(tiny, only=(0.0, 1.0)):
    """A program that keeps p from tiny to 1 − tiny for these labels, and so has slope 0 beyond."""

    def inside(z, y):
        return (np.minimum(sigmoid(z), sigmoid(-z)) > tiny) | ~np.isin(y, only)

    words = "" if len(only) == 2 else f" for label {only[0]:g}"
    return program(
        f"p cut at {tiny:.0e}{words}",
        lambda z, y: np.where(np.isin(y, only), np.minimum(each_loss(z, y), -np.log(tiny)), each_loss(z, y)),
        lambda z, y: np.where(inside(z, y), error(z, y), 0.0),
    )


def capped(height):
    """A program that cuts the loss itself."""
    return program(
        f"loss cut at {height:g}",
        lambda z, y: np.minimum(each_loss(z, y), height),
        lambda z, y: np.where(each_loss(z, y) < height, error(z, y), 0.0),
    )


def fading(tiny):
    """A program that divides by p (1 − p), but by nothing below tiny: its slope fades, and is never 0 before it is."""

    def slope(z, y):
        through = sigmoid(z) * sigmoid(-z)
        return error(z, y) / np.maximum(through, tiny) * through

    return program(f"loss cut at 100, divisor at {tiny:.0e}", lambda z, y: np.minimum(each_loss(z, y), 100), slope)


def leaky(share):
    """A program whose slope far out is a share of what it should be, below one half: flat, and not 0."""
    return program(
        f"slope {share:g}·(p − y) from |z| = 30 on",
        each_loss,
        lambda z, y: error(z, y) * np.where(np.abs(z) < 30, 1.0, share),
    )


def mixed(rng, wrong):
    """Wrong programs among right ones, in any order."""
    programs = [*wrong, *(RIGHT[k] for k in rng.randint(0, 2, rng.randint(1, 4)))]
    yield from ({"f": programs[k]} for k in rng.permutation(len(programs)))


def near_by(rng):
    yield from mixed(rng, (SUM, SIGN, SQUARED, one_label(rng.randint(2))))


def not_finite(rng):
    yield from mixed(
        rng, (NOT_FINITE[0], NOT_FINITE[rng.randint(1, 3)], NOT_FINITE[rng.randint(3, 5)], NOT_FINITE[5], RIGHT_BREAKS)
    )


def flat(rng):
    yield from mixed(rng, (cut(10.0 ** -rng.randint(5, 10)), capped(float(rng.randint(12, 30))), SQUARED))


def not_finite_all(rng):
    """Every way to overflow, and a program that is silent too: the first line that fits counts."""
    yield from mixed(rng, (*NOT_FINITE, RIGHT_BREAKS, breaks_for(0), breaks_for(1)))


def flat_all(rng):
    """One label alone, late cuts, slopes that fade or leak and are not 0."""
    ways = (cut(1e-7, (0.0,)), cut(1e-7, (1.0,)), cut(1e-12), capped(float(rng.randint(100, 600))))
    yield from mixed(rng, (*ways, fading(1e-12), leaky(0.4), leaky(0.1)))


def near_by_all(rng):
    """Each fault of ordinary scores, some of them with a second fault far out."""
    overflowing = program("loss log(1 + e^z) − y·z, slope y − p", naive, lambda z, y: -error(z, y))
    silent = program(
        "(p − y)², slope 0 beyond 8",
        lambda z, y: error(z, y) ** 2,
        lambda z, y: np.where(np.abs(z) < 8, 2 * error(z, y) * sigmoid(z) * sigmoid(-z), 0.0),
    )
    yield from mixed(rng, (overflowing, silent, SUM, SIGN, one_label(0), one_label(1)))
