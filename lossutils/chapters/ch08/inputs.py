"""What the tasks of chapter 08 are tried on: scores with labels, rows with labels, and programs with a bug."""

from __future__ import annotations

import numpy as np

from lossutils import data
from lossutils.judge import draws


def ordinary(rng):
    """Scores from −5 to 5 and labels of both kinds."""
    for n in (1, 2, 3, 5):
        yield {"z": scores(rng, n), "y": labels(rng, n)}
    z = np.round(rng.uniform(-5, 5, 40), 3)
    z[rng.randint(40)] = 0.0
    yield {"z": z, "y": labels(rng, 40)}


def weighted(rng):
    """The same with weights, one of them 0, not all equal."""
    for case in list(ordinary(rng))[1:]:
        yield case | {"weight": draws.weights(rng, len(case["z"])) / 2}


def large(rng):
    """Scores of ten thousand, right and wrong ones; then right ones that are sure, and yet cost something."""
    for n in (1, 2, 3, 4):
        z = 1e4 * rng.choice([-1.0, 1.0], n)
        y = labels(rng, n)
        y[0] = float(z[0] < 0)  # at least one of them is wrong
        yield {"z": z, "y": y}
    for n in (1, 2, 4):
        y = labels(rng, n)
        yield {"z": (2 * y - 1) * rng.randint(6, 15, n), "y": y}


def single(rng):
    """Scores between 18 and 80, of float32, on the wrong side."""
    for n in (1, 2, 4):
        y = labels(rng, n)
        yield {"z": ((1 - 2 * y) * rng.randint(18, 80, n)).astype(np.float32), "y": y.astype(np.float32)}


TORCH_SCORES = np.array([-30.0, -3.0, -0.5, 0.25, 2.0, 17.0, 1000.0, -1000.0])
TORCH_LABELS = np.array([1.0, 1.0, 0.0, 1.0, 0.3, 0.0, 0.0, 0.0])


def printed_by_torch(rng):
    """Eight scores for which PyTorch's answer is known; see tests/chapters/test_08.py."""
    yield {"z": TORCH_SCORES, "y": TORCH_LABELS}


def scores(rng, n):
    """Return n different half numbers from −5 to 5, without 0."""
    return rng.choice(np.array([k / 2 for k in range(-10, 11) if k]), n, replace=False)


def labels(rng, n):
    """Return n labels, of both kinds where there are two or more."""
    y = rng.randint(0, 2, n).astype(float)
    y[:2] = (1.0, 0.0)[: len(y[:2])]
    return rng.permutation(y)


# Rows with labels ------------------------------------------------------------------------------------------------


def rows(rng, n, columns=1):
    """An intercept and whole numbers; labels that no line separates."""
    while True:
        x = rng.randint(-4, 5, (n, columns)).astype(float)
        y = labels(rng, n)
        first, second = (x[y == label, 0] for label in (0, 1))
        mixed = first.max() > second.min() and second.max() > first.min()
        X = np.column_stack([np.ones(n), x])
        if mixed and np.linalg.matrix_rank(X) == columns + 1 and abs(y.mean() - 0.5) > 0.05:
            return X, y


def steps_of(steps):
    """Draw small tables for so many steps."""

    def draw(rng):
        for n in (5, 6, 7, 9):
            X, y = rows(rng, n)
            yield {"X": X, "y": y, "steps": steps}

    return draw


def launches(rng):
    """The 23 launches: intercept and temperature, with the steps that are usual."""
    flown = data.challenger()
    yield {"X": np.column_stack([np.ones(len(flown)), flown["temperature"]]), "y": flown["damage"]}


def more_columns(rng):
    """Three columns beside the intercept, three to ten steps."""
    for n, steps in ((40, 3), (60, 7), (80, 10)):
        X = np.column_stack([np.ones(n), rng.normal(0, 1, (n, 3))])
        p = 1 / (1 + np.exp(-X @ np.array([-0.5, 1.0, -0.7, 0.4])))
        yield {"X": X, "y": (rng.uniform(size=n) < p).astype(float), "steps": steps}


def shares(rng):
    """Labels that are shares, as two rings of six."""
    for n in (6, 8, 12):
        X, _ = rows(rng, n)
        yield {"X": X, "y": rng.randint(0, 7, n) / 6, "steps": 4}


# Programs --------------------------------------------------------------------------------------------------------


def sigmoid(z):
    return np.exp(min(z, 0)) / (1 + np.exp(-abs(z)))


def loss_of(z, y):
    return max(z, 0) - y * z + np.log1p(np.exp(-abs(z)))


def program(says, loss, slope):
    """A program f(z, y) that returns loss and slope, and nothing else; it is shown by what it says."""

    def f(z, y):
        z, y = np.float64(z), np.float64(y)
        with np.errstate(all="ignore"):
            return float(loss(z, y)), float(slope(z, y))

    f.__name__ = says
    return f


def p_minus_y(z, y):
    return sigmoid(z) - y


def log_of_p(z, y):
    return -np.log(sigmoid(z) if y else 1 - sigmoid(z))


def by_exp(z, y):
    return np.exp(z) / (1 + np.exp(z)) - y


RIGHT = (
    program("the stable form", loss_of, p_minus_y),
    program(
        "logaddexp and tanh",
        lambda z, y: np.logaddexp(0, (1 - 2 * y) * z),
        lambda z, y: (0.5 - y) + 0.5 * np.tanh(z / 2),
    ),
)
NOT_FINITE = (
    program("log(1 + e^z) − y·z", lambda z, y: np.log(1 + np.exp(z)) - y * z, by_exp),
    program("log(1 + e^−z) + (1 − y)·z", lambda z, y: np.log(1 + np.exp(-z)) + (1 - y) * z, p_minus_y),
    program("−log p, or −log(1 − p)", lambda z, y: log_of_p(z, y), p_minus_y),
    program("slope e^z / (1 + e^z) − y", loss_of, by_exp),
    program("slope 1 − y − e^−z / (1 + e^−z)", loss_of, lambda z, y: 1 - y - np.exp(-z) / (1 + np.exp(-z))),
)
WRONG_SIGN = program("slope y − p", loss_of, lambda z, y: y - sigmoid(z))
WRONG_SLOPE = (
    WRONG_SIGN,
    program("slope (p − y)·p·(1 − p)", loss_of, lambda z, y: (sigmoid(z) - y) * sigmoid(z) * sigmoid(-z)),
    program("slope p", loss_of, lambda z, y: sigmoid(z)),
    program("slope p − 1", loss_of, lambda z, y: sigmoid(z) - 1),
    program("slope 2·(p − y)", loss_of, lambda z, y: 2 * (sigmoid(z) - y)),
    program("slope σ(|z|) − y", loss_of, lambda z, y: sigmoid(abs(z)) - y),
    program("slope σ(−|z|) − y", loss_of, lambda z, y: sigmoid(-abs(z)) - y),
    program("slope p − y, with ½ + z/4 from 0 to 1 as p", loss_of, lambda z, y: min(max(0.5 + z / 4, 0), 1) - y),
    program("log(1 + e^z) − y·z, slope y − p", lambda z, y: np.log(1 + np.exp(z)) - y * z, lambda z, y: y - sigmoid(z)),
)
# Infinite and without a slope: the first of the two counts.
DEAF = program(
    "−log p, or −log(1 − p), slope 0 where p is 0 or 1",
    log_of_p,
    lambda z, y: p_minus_y(z, y) if 0 < sigmoid(z) < 1 else 0.0,
)


def cut(tiny, labels=(0.0, 1.0)):
    """A program that keeps the probability from tiny to 1 − tiny for these labels, and so has slope 0 beyond."""

    def loss(z, y):
        p = np.clip(sigmoid(z), tiny, 1 - tiny)
        return -np.log(p if y else 1 - p) if y in labels else loss_of(z, y)

    def slope(z, y):
        beyond = y in labels and not tiny < sigmoid(z) < 1 - tiny
        return 0.0 if beyond else p_minus_y(z, y)

    only = "" if len(labels) == 2 else f" for label {labels[0]:g}"
    return program(f"p cut at {tiny:.0e}{only}", loss, slope)


def mixed(rng, wrong):
    """Wrong programs among right ones, in any order."""
    programs = [*wrong, *(RIGHT[k] for k in rng.randint(0, 2, rng.randint(2, 6)))]
    yield from ({"f": programs[k]} for k in rng.permutation(len(programs)))


def not_finite(rng):
    yield from mixed(rng, (*NOT_FINITE, WRONG_SIGN))


def no_slope(rng):
    """Cuts of the probability, for one label or both, and of the loss; some are not finite, one is both."""
    tiny = 10.0 ** -rng.randint(5, 10)
    capped = program(
        "the loss cut at 30",
        lambda z, y: min(loss_of(z, y), 30),
        lambda z, y: p_minus_y(z, y) if loss_of(z, y) < 30 else 0.0,
    )
    yield from mixed(rng, (cut(tiny), cut(tiny, (0.0,)), cut(tiny, (1.0,)), capped, DEAF, *NOT_FINITE[:2]))


def wrong_slope(rng):
    """The sign, a factor too many, the label or a side forgotten, a rough sigmoid; one also overflows."""
    yield from mixed(rng, WRONG_SLOPE)
