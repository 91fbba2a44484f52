"""What the tasks of chapter 09 are tried on: rows of scores with targets, pairs of rows, and labels of which some are
wrong."""

from __future__ import annotations

import numpy as np

from lossutils import data

# Scores and targets ----------------------------------------------------------------------------------------------


def scores(rng, n, classes):
    """Rows of different half numbers from −4 to 4, so that no two classes of a row have the same score."""
    halves = np.arange(-8, 9) / 2
    return np.array([rng.choice(halves, classes, replace=False) for _ in range(n)])


def numbered(rng):
    """Three to five classes, each row with the number of its class."""
    for n, classes in ((1, 3), (2, 3), (3, 4), (5, 4)):
        yield {"z": scores(rng, n, classes), "target": numbers(rng, n, classes)}
    yield {"z": np.round(rng.uniform(-5, 5, (40, 5)), 3), "target": rng.randint(0, 5, 40)}


def numbers(rng, n, classes):
    """Class numbers, the last class among them."""
    y = rng.randint(0, classes, n)
    y[0] = classes - 1
    return rng.permutation(y)


def memberships(rng):
    """The same with rows of memberships, none of them a half and a half."""
    for case in numbered(rng):
        yield {"z": case["z"], "target": shares(rng, *case["z"].shape)}


def shares(rng, n, classes, parts=10):
    """Rows of tenths above 0 that sum to 1, not all equal."""
    rows = []
    while len(rows) < n:
        row = 1 + rng.multinomial(parts - classes, np.ones(classes) / classes)
        rows += [row / parts] if len(set(row)) > 1 else []
    return np.array(rows)


def huge(rng):
    """Scores of ten thousand, some of them on the wrong class, with both kinds of targets."""
    for n, classes in ((1, 3), (2, 3), (4, 5)):
        z = 1e4 * scores(rng, n, classes)
        yield {"z": z, "target": z.argmin(axis=1)}
        yield {"z": z, "target": shares(rng, n, classes)}


def shifted(rng):
    """Ordinary scores, a thousand higher or lower, each row by another shift."""
    for case in numbered(rng):
        n = len(case["z"])
        yield case | {"z": case["z"] + 1000 * rng.choice([-3, -1, 1, 2], (n, 1))}


TORCH_SCORES = np.array([[2.0, 1, 0], [0.5, -1.25, 3], [-30, 20, 4], [1000, -1000, 999]])
TORCH_LABELS = np.array([0, 2, 0, 1])


def printed_by_torch(rng):
    """Four rows for which PyTorch's answer is known; see tests/chapters/test_09.py."""
    yield {"z": TORCH_SCORES, "target": TORCH_LABELS}


# Labels ----------------------------------------------------------------------------------------------------------


def labels(rng):
    """A few labels, and shares from 0 to a half."""
    for n, classes in ((1, 3), (2, 3), (3, 4), (4, 5)):
        yield {"y": numbers(rng, n, classes), "classes": classes, "epsilon": float(rng.choice([0.1, 0.2, 0.3]))}
    yield {"y": numbers(rng, 3, 4), "classes": 4, "epsilon": 0.0}


def more_labels(rng):
    """Labels that leave classes out, so that their number cannot be read off."""
    for classes in (2, 10, 100):
        yield {"y": rng.randint(0, classes - 1, 6), "classes": classes, "epsilon": float(rng.uniform(0.05, 0.5))}


def no_such_class(rng):
    """One class number that is −1, or as large as the number of classes."""
    for n, wrong in ((2, -1), (3, -1), (3, 4), (4, 5)):
        y = rng.randint(0, 4, n)
        y[rng.randint(n)] = wrong
        yield {"y": y, "classes": 4, "epsilon": 0.1}


# Pairs of rows ---------------------------------------------------------------------------------------------------


def pairs_of_rows(rng):
    """Predictions and targets in tenths, none 0, no two rows equal."""
    for n, classes in ((1, 3), (2, 3), (3, 4), (4, 2)):
        yield different(rng, n, classes)
    yield different(rng, 12, 5, parts=40)


def different(rng, n, classes, parts=10):
    while True:
        p, q = shares(rng, n, classes, parts), shares(rng, n, classes, parts)
        # reversed rows, as (.3, .7) and (.7, .3), are equally far apart both ways
        if all(sorted(one) != sorted(other) for one, other in zip(p, q, strict=True)):
            return {"p": p, "q": q}


def near_rows(rng):
    """Rows that agree, beside rows that differ by a hundredth."""
    for n, classes in ((2, 3), (3, 4), (4, 5)):
        q = shares(rng, n, classes)
        p = q.copy()
        p[0] += np.eye(classes)[0] / 100 - np.eye(classes)[-1] / 100
        yield {"p": p, "q": q}


def zeros_in_target(rng):
    """Targets without one of the classes, and certain ones; now and then the prediction leaves the same class out."""
    for n, classes in ((1, 3), (2, 3), (3, 4)):
        case = different(rng, n, classes)
        case["q"][:, -1] += case["q"][:, 0]
        case["q"][:, 0] = 0
        yield case
        yield {"p": case["p"], "q": np.eye(classes)[rng.randint(0, classes, n)]}
        both = case["p"].copy()
        both[:, 1] += both[:, 0]
        both[:, 0] = 0
        yield {"p": both, "q": case["q"]}


def zeros_in_prediction(rng):
    """One prediction that rules out what the target holds: infinitely far, and only that row."""
    for n, classes in ((1, 3), (2, 3), (4, 5)):
        case = different(rng, n, classes)
        case["p"][0, -1] += case["p"][0, 0]
        case["p"][0, 0] = 0
        yield case


# Wrong labels ----------------------------------------------------------------------------------------------------


def clouds(rng, n, classes=3):
    """Three clouds of points beside a column of ones, the labels of some points wrong."""
    right = np.resize(np.arange(classes), n)
    centres = 3 * np.array([[0.0, 1.0], [1.0, -1.0], [-1.0, -0.5]])
    X = np.column_stack([np.ones(n), centres[right] + rng.normal(0, 1.1, (n, 2))])
    y = right.copy()
    y[: n // 6] = (right[: n // 6] + rng.randint(1, classes, n // 6)) % classes
    mixed = rng.permutation(n)
    return X[mixed], y[mixed]


def few_rows(rng):
    """Eight to thirty points."""
    for n, k in ((8, 1), (9, 2), (12, 3), (30, 8)):
        X, y = clouds(rng, n)
        yield {"X": X, "y": y, "k": k, "rate": 1.0, "steps": 40}


def other_training(rng):
    """So few steps, or so slow ones, that the order of the losses depends on them."""
    for n, rate, steps in ((9, 0.1, 3), (12, 0.5, 1), (24, 0.02, 5)):
        X, y = clouds(rng, n)
        yield {"X": X, "y": y, "k": 6, "rate": rate, "steps": steps}


def a_class_without_rows(rng):
    """Three clouds, of which the labels call none the middle one: the numbers go on to 2 all the same."""
    for n, k in ((9, 2), (18, 4)):
        X, y = clouds(rng, n)
        y[y == 1] = 0
        y[0] = 2  # the last class is there
        yield {"X": X, "y": y, "k": k, "rate": 1.0, "steps": 20}


def flipped(rng, n):
    """So many digits with a column of ones, twenty labels of which are wrong: X, y and the rows of the wrong ones."""
    digits = data.digits()
    rows = rng.choice(len(digits), n, replace=False)
    X, y = np.column_stack([np.ones(n), digits["pixels"][rows] / 16]), digits["digit"][rows]
    wrong = rng.choice(n, 20, replace=False)
    y[wrong] = (y[wrong] + rng.randint(1, 10, 20)) % 10
    return X, y, wrong


def flipped_digits(n):
    """Draw so many digits with twenty wrong labels."""

    def draw(rng):
        X, y, _ = flipped(rng, n)
        yield {"X": X, "y": y, "k": 20}

    return draw
