"""What the tasks of chapter 09 are tried on: the smallest input first."""

from __future__ import annotations

import numpy as np

from lossutils import data

# Rows of scores --------------------------------------------------------------------------------------------------


def scores(rng, n, classes):
    """Rows of different half numbers from −4 to 4, so that no two classes of a row have the same score."""
    halves = np.arange(-8, 9) / 2
    return np.array([rng.choice(halves, classes, replace=False) for _ in range(n)])


def shares(rng, n, classes, parts=10):
    """Rows of tenths above 0 that sum to 1, no two classes equal where that is possible."""
    rows = []
    while len(rows) < n:
        row = 1 + rng.multinomial(parts - classes, np.ones(classes) / classes)
        rows += [row / parts] if len(set(row)) > 1 else []
    return np.array(rows)


def certain(rng, n, classes):
    """One-hot rows, the last class among them."""
    y = rng.randint(0, classes, n)
    y[rng.randint(n)] = classes - 1
    return np.eye(classes)[y]


# Classes that are ruled out --------------------------------------------------------------------------------------


def masks(rng, n, classes):
    """A mask for each row: one to K − 1 classes are allowed."""
    mask = np.zeros((n, classes), dtype=bool)
    for row in mask:
        row[rng.choice(classes, rng.randint(1, classes), replace=False)] = True
    return mask


def all_allowed(rng):
    for n, classes in ((1, 3), (2, 3), (3, 4)):
        yield {"z": scores(rng, n, classes), "allowed": np.ones((n, classes), dtype=bool)}


def some_allowed(rng):
    """Masks that differ from row to row; in one row the largest score is ruled out."""
    for n, classes in ((1, 3), (2, 4), (3, 4), (5, 6)):
        z, mask = scores(rng, n, classes), masks(rng, n, classes)
        mask[0] = True
        mask[0, z[0].argmax()] = False
        yield {"z": z, "allowed": mask}


def far_apart(rng):
    """Scores of thousands, with a level of its own for each row."""
    for n, classes in ((1, 3), (3, 4), (4, 5)):
        z = 1000 * scores(rng, n, classes) + 1e4 * rng.choice(np.arange(-5.0, 6.0), (n, 1), replace=n > 11)
        mask = np.ones((n, classes), dtype=bool)
        mask[:, 0] = False
        yield {"z": z, "allowed": mask}
    z = scores(rng, 2, 4) + np.array([[-5e3], [5e3]])
    yield {"z": z, "allowed": masks(rng, 2, 4)}


def giants_ruled_out(rng):
    """The class that is ruled out has a score far above all others, or infinitely far."""
    for n, classes, giant in ((1, 3, 900.0), (2, 4, 1e5), (3, 4, 1e300), (2, 3, np.inf), (2, 4, -np.inf)):
        z, mask = scores(rng, n, classes), np.ones((n, classes), dtype=bool)
        rows, place = np.arange(n), rng.randint(0, classes, n)
        z[rows, place] = giant
        mask[rows, place] = False
        yield {"z": z, "allowed": mask}


def one_left(rng):
    """One class is left: it is certain. And masks of 0 and 1."""
    for n, classes in ((2, 3), (3, 5)):
        mask = np.eye(classes)[rng.randint(0, classes, n)]
        yield {"z": 50 * scores(rng, n, classes), "allowed": mask.astype(int)}
    yield {"z": scores(rng, 3, 4).astype(int), "allowed": masks(rng, 3, 4).astype(int)}


def nothing_left(rng):
    """A row that rules out every class, alone and among others."""
    for n, classes in ((1, 3), (3, 4)):
        mask = np.ones((n, classes), dtype=bool)
        mask[rng.randint(n)] = False
        yield {"z": scores(rng, n, classes), "allowed": mask}


# The temperature -------------------------------------------------------------------------------------------------


def at_one(rng):
    """T = 1 and certain targets; none of the slopes is near 0."""
    for n, classes in ((1, 2), (1, 3), (2, 3), (3, 4)):
        yield {"z": scores(rng, n, classes), "q": certain(rng, n, classes), "T": 1.0}


def warm_and_cold(rng):
    for n, T in ((1, 2.0), (2, 0.5), (3, 4.0), (12, 1.5)):
        yield {"z": scores(rng, n, 4), "q": certain(rng, n, 4), "T": T}


def hardly_apart(rng):
    """Scores that hardly differ: the loss is the same to its last digit nearby, and its slope is not."""
    for n, T in ((1, 1e-3), (2, 2e-3), (4, 1e-3)):
        yield {"z": scores(rng, n, 4) * 1e-12, "q": certain(rng, n, 4), "T": T}


def shared_targets(rng):
    """Rows of shares, also such with zeros."""
    for n, T in ((1, 1.0), (2, 2.0), (4, 0.5), (9, 3.0)):
        q = shares(rng, n, 4)
        if n > 1:
            q[0, 1] += q[0, 0]
            q[0, 0] = 0
        yield {"z": scores(rng, n, 4), "q": q, "T": T}


def other_levels(rng):
    """A row's level does not count, however large it is: powers of two, so that no digit is lost."""
    for n, T in ((1, 1.0), (3, 2.0)):
        z = scores(rng, n, 3) + 2.0 ** rng.randint(9, 14, (n, 1)) * rng.choice([-1, 1], (n, 1))
        yield {"z": z, "q": certain(rng, n, 3), "T": T}


def extremes(rng):
    """Temperatures near 0 and far above 1, scores to match and scores of ten thousand."""
    for T in (1e-6, 1e-3, 30.0, 1e3):
        size = T if T < 1 else 1.0
        yield {"z": size * scores(rng, 3, 4), "q": shares(rng, 3, 4), "T": T}
    yield {"z": 1e4 * scores(rng, 3, 4), "q": certain(rng, 3, 4), "T": 0.5}
    yield {"z": 1e4 * scores(rng, 2, 5), "q": shares(rng, 2, 5, 20), "T": 700.0}


def whole_scores(rng):
    """Scores and targets as whole numbers."""
    for n, T in ((2, 2), (3, 5)):
        z, q = (2 * scores(rng, n, 4)).astype(np.int64), certain(rng, n, 4).astype(np.int64)
        yield {"z": z, "q": q, "T": T}


# A loss without data ---------------------------------------------------------------------------------------------


def of(what, *values):
    """Draw this situation for some numbers of classes and these values of a, in any order."""

    def draw(rng):
        for k in rng.permutation(len(values)):
            classes = int(rng.choice([3, 4, 5, 7, 12, 100]))
            yield {"what": what, "K": classes, "a": values[k]}

    return draw


def one_after_another(*draws):
    def draw(rng):
        for one in draws:
            yield from one(rng)

    return draw


KNOWS_LITTLE = one_after_another(of("equal", 0.0, 0.0), of("one of a", 2, 3))
LEADS = one_after_another(of("ahead", 0.0, 1.0, 4.5), of("behind", 0.0, 1.0, 3.0))
FLOORS = one_after_another(of("wrong labels", 0.1, 0.25), of("smoothed", 0.1, 0.3))
TWICE = of("twice", 0.25, 0.5, 1.0, 0.9)
FAR_LEADS = one_after_another(of("ahead", 20.0, 45.0, 1000.0), of("behind", 50.0, 1000.0, 1e5))
EDGES = one_after_another(of("wrong labels", 0.0, 1.0), of("smoothed", 0.0, 1.0), of("one of a", 1), of("twice", 0.0))


def two_classes(rng):
    """With two classes a formula with K − 1 or K shows little; with a million it shows."""
    for K in (2, 10**6):
        for what, a in (("equal", 0.5), ("ahead", 2.0), ("behind", 2.0), ("one of a", 2)):
            yield {"what": what, "K": K, "a": a}
        for what, a in (("wrong labels", 0.2), ("smoothed", 0.2), ("twice", 0.7)):
            yield {"what": what, "K": K, "a": a}


# Somebody's loss -------------------------------------------------------------------------------------------------


def faulty(words, formula):
    """A function that should be the mean cross-entropy; its name says what it computes, as a learner reads it."""

    def f(z, y):
        z, y = np.asarray(z, dtype=float), np.asarray(y, dtype=int)
        with np.errstate(all="ignore"):
            return float(formula(z, y))

    f.__name__ = words
    return f


def stable(z, axis=1):
    z = z - np.max(z, axis=axis, keepdims=True)
    return z - np.log(np.sum(np.exp(z), axis=axis, keepdims=True))


def at(log_p, y):
    return log_p[np.arange(len(y)), y]


def cut(p, y, low, add):
    """The loss with a probability that is kept above `low`, or raised by it."""
    p = at(p, y)
    return np.mean(-np.log(p + low if add else np.maximum(p, low)))


def cut_off(rng):
    low, add = float(rng.choice([1e-7, 1e-12, 1e-15])), bool(rng.randint(2))
    words = f"mean of −log(p + {low:g})" if add else f"mean of −log of p, but of {low:g} at least"
    return faulty(words, lambda z, y: cut(np.exp(stable(z)), y, low, add))


def one_shift(z):
    z = z - np.max(z)
    return z - np.log(np.sum(np.exp(z), axis=1, keepdims=True))


MADE = {
    "right": lambda rng: faulty("mean of −log p", lambda z, y: np.mean(-at(stable(z), y))),
    "softmax twice": lambda rng: faulty(
        "mean of −log of softmax(softmax(z))", lambda z, y: np.mean(-at(stable(np.exp(stable(z))), y))
    ),
    "columns": lambda rng: faulty(
        "mean of −log p, the softmax down each column", lambda z, y: np.mean(-at(stable(z, axis=0), y))
    ),
    "from one": lambda rng: faulty(
        "mean of −log p of the class y − 1, −1 being the last", lambda z, y: np.mean(-at(stable(z), y - 1))
    ),
    "all entries": lambda rng: faulty("sum of −log p, divided by n·K", lambda z, y: np.sum(-at(stable(z), y)) / z.size),
    "total": lambda rng: faulty("sum of −log p", lambda z, y: np.sum(-at(stable(z), y))),
    "overflow": lambda rng: faulty(
        "mean of −log p, with e to the z as it is",
        lambda z, y: np.mean(-np.log(at(np.exp(z) / np.sum(np.exp(z), axis=1, keepdims=True), y))),
    ),
    "one shift": lambda rng: faulty(
        "mean of −log p, the largest score of the whole table taken away first",
        lambda z, y: np.mean(-at(one_shift(z), y)),
    ),
    "rounded": lambda rng: faulty(
        "mean of −log p, where p is rounded before its log is taken",
        lambda z, y: np.mean(-np.log(at(np.exp(stable(z)), y))),
    ),
    "cut off": cut_off,
}


def functions(*kinds):
    """Draw a function of each of these kinds, in any order."""

    def draw(rng):
        yield from ({"f": MADE[kinds[k]](rng)} for k in rng.permutation(len(kinds)))

    return draw


def every_cut(rng):
    """All ways to cut off, beside the right one and the one that rounds."""
    for low in (1e-3, 1e-7, 1e-12, 1e-15, 1e-30, 1e-300):
        for add in (True, False):
            words = f"mean of −log(p + {low:g})" if add else f"mean of −log of p, but of {low:g} at least"
            yield {"f": faulty(words, lambda z, y, low=low, add=add: cut(np.exp(stable(z)), y, low, add))}
    yield from functions("right", "rounded")(rng)


def shifted_logs(z):
    """With logarithms the overflow is another: minus infinity, not 0 divided by 0."""
    return z - np.log(np.sum(np.exp(z), axis=1, keepdims=True))


def every_overflow(rng):
    yield {"f": faulty("mean of log Σ e to the z, minus z_y, as it is", lambda z, y: np.mean(-at(shifted_logs(z), y)))}
    yield from functions("overflow", "one shift", "right", "rounded", "total")(rng)


# Wrong labels ----------------------------------------------------------------------------------------------------


def clouds(rng, n, classes=3):
    """Three clouds of points beside a column of ones, the labels of some points wrong.

    They lie close to 0, so that steps of the rate 1 are safe: a walk that jumps about would rank rows by rounding.
    """
    right = np.resize(np.arange(classes), n)
    centres = np.array([[0.0, 1.0], [1.0, -1.0], [-1.0, -0.5]])
    X = np.column_stack([np.ones(n), centres[right] + rng.normal(0, 0.4, (n, 2))])
    y = right.copy()
    y[: n // 6] = (right[: n // 6] + rng.randint(1, classes, n // 6)) % classes
    mixed = rng.permutation(n)
    return X[mixed], y[mixed]


def dealt(rng, y, names, K):
    """Folds of nearly the same size, by these names; without any fold, one of the K classes is missing at most.

    Two classes without a row would have the same score everywhere, and which is proposed would be a matter of rounding.
    """
    while True:
        fold = rng.permutation(np.resize(names, len(y)))
        if all(len(np.unique(y[fold != one])) >= K - 1 for one in np.unique(fold)):
            return fold


def few_rows(rng):
    """Eight to thirty points in two to four folds."""
    for n, k, folds in ((8, 2, 2), (9, 3, 3), (12, 4, 3), (30, 8, 4)):
        X, y = clouds(rng, n)
        yield {"X": X, "y": y, "fold": dealt(rng, y, np.arange(folds), 3), "K": 3, "k": k}


def other_training(rng):
    """So few steps, or so slow ones, that the order of the losses depends on them."""
    for n, rate, steps in ((9, 0.5, 3), (12, 1.5, 1), (24, 0.1, 5), (24, 0.8, 60)):
        X, y = clouds(rng, n)
        fold = dealt(rng, y, np.arange(3), 3)
        yield {"X": X, "y": y, "fold": fold, "K": 3, "k": n, "rate": rate, "steps": steps}


def missing_classes(rng):
    """A class that no label names: in the middle, or the last one; and one that stands in a single fold."""
    for n in (9, 18):
        X, y = clouds(rng, n)
        y[y == 1] = 0
        yield {"X": X, "y": y, "fold": dealt(rng, y, np.arange(3), 3), "K": 3, "k": n}
    for n, steps in ((12, 1), (24, 3)):
        X, y = clouds(rng, n)
        yield {"X": X, "y": y, "fold": dealt(rng, y, np.arange(3), 4), "K": 4, "k": n, "rate": 0.9, "steps": steps}
    X, y = clouds(rng, 12)
    fold = np.where(y == 2, 0, dealt(rng, y, [1, 2], 3))
    yield {"X": X, "y": y, "fold": fold, "K": 3, "k": 12}


def named_folds(rng):
    """Folds of unequal size, whose names are no places; then letters."""
    for names in ([2, 7, 7], [-1, 4, 4, 30]):
        X, y = clouds(rng, 14)
        yield {"X": X, "y": y, "fold": dealt(rng, y, names, 3), "K": 3, "k": 5, "rate": 0.7, "steps": 30}
    X, y = clouds(rng, 15)
    yield {"X": X, "y": y, "fold": dealt(rng, y, list("nord"), 3), "K": 3, "k": 15, "rate": 0.5, "steps": 40}


def far_inputs(rng):
    """Inputs of hundreds: after two steps the scores reach tens of thousands, and a probability rounds to 0.

    Every other label is wrong, so that more than k losses are far above 0: those that round to 0 would be equal.
    """
    for n in (12, 18):
        X, y = clouds(rng, n)
        y[::2] = (y[::2] + rng.randint(1, 3, len(y[::2]))) % 3
        X[:, 1:] *= 700
        yield {"X": X, "y": y, "fold": dealt(rng, y, np.arange(3), 3), "K": 3, "k": 3, "rate": 1.0, "steps": 2}


def flipped(rng, n):
    """So many digits with a column of ones, twenty labels of which are wrong: X, y and the rows of the wrong ones."""
    digits = data.digits()
    rows = rng.choice(len(digits), n, replace=False)
    X, y = np.column_stack([np.ones(n), digits["pixels"][rows] / 16]), digits["digit"][rows]
    wrong = rng.choice(n, 20, replace=False)
    y[wrong] = (y[wrong] + rng.randint(1, 10, 20)) % 10
    return X, y, wrong


def digits_with_wrong_labels(rng):
    """400 digits, twenty of them with a wrong label; then those without a 3."""
    X, y, _ = flipped(rng, 400)
    fold = dealt(rng, y, np.arange(4), 10)
    yield {"X": X, "y": y, "fold": fold, "K": 10, "k": 20}
    kept = y != 3
    yield {"X": X[kept], "y": y[kept], "fold": fold[kept], "K": 10, "k": 10, "rate": 0.5, "steps": 60}
