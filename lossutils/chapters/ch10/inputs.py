"""What the tasks of chapter 10 are tried on: the smallest input first."""

from __future__ import annotations

import numpy as np

LOSSES = ("squared", "absolute", "cubed", "odds")
WALKED = ("absolute", "cubed", "exponential", "hinge")

# Slopes behind a softmax -----------------------------------------------------------------------------------------


def rows_of_scores(*losses):
    """Draw small whole scores of three classes, then of more, for each loss."""

    def draw(rng):
        for loss in losses:
            yield {"loss": loss, "z": rng.permutation([-1.0, 0.0, 2.0]), "label": int(rng.randint(3))}
            for k in (2, 4, 10):
                yield {"loss": loss, "z": np.round(rng.normal(0, 2, k), 1), "label": int(rng.randint(k))}

    return draw


def sure_mistakes(rng):
    """Rows that are sure of a wrong class: the label's probability is tiny, and counts."""
    for gap in (12.0, 25.0, 40.0):
        for loss in LOSSES:
            k = int(rng.randint(2, 6))
            z = np.round(rng.normal(0, 1, k), 2)
            wrong, label = rng.choice(k, 2, replace=False)
            z[wrong] = z.max() + gap
            yield {"loss": loss, "z": z, "label": int(label)}


def sure_and_right(rng):
    """Rows that are sure of the label: what is left for the others is below the rounding of 1."""
    for gap in (12.0, 25.0, 40.0):
        for loss in LOSSES:
            k = int(rng.randint(3, 6))
            z = np.round(rng.normal(0, 1, k), 2)
            label = int(rng.randint(k))
            z[label] = z.max() + gap
            yield {"loss": loss, "z": z, "label": label}


def all_alike(rng):
    """Rows that are moved as a whole, rows of equal scores, whole numbers, and the first and the last class."""
    for loss in LOSSES:
        k = int(rng.randint(3, 7))
        z = np.round(rng.normal(0, 1.5, k), 1)
        for shift in (900.0, -900.0):
            yield {"loss": loss, "z": z + shift, "label": int(rng.randint(k))}
        yield {"loss": loss, "z": np.zeros(k), "label": k - 1}
        yield {"loss": loss, "z": rng.randint(-4, 5, k), "label": 0}


# Steps to one half -----------------------------------------------------------------------------------------------


def off(steps: float) -> float:
    """Move a number of steps to where rounding does not decide about one more."""
    return np.floor(steps) + 0.37


def walks(*losses):
    """Starts of every size, at rates of every size."""

    def draw(rng):
        for loss in losses:
            for z, rate in ((2.0, 0.1), (4.0, 0.15), (float(rng.randint(10, 60)) / 10, 0.02), (0.5, 0.03)):
                if loss == "hinge":
                    z = off(z / (2 * rate)) * 2 * rate
                yield {"loss": loss, "z": z, "rate": rate}

    return draw


def surer(rng):
    """Starts where the slope has nearly faded, or is huge."""
    for loss in ("absolute", "cubed"):
        for z, rate in ((7.0, 0.5), (9.0 + float(rng.randint(9)) / 10, 2.0)):
            yield {"loss": loss, "z": z, "rate": rate}
    for z, rate in ((12.0, 0.001), (30.0, 0.0005), (60.0, 0.003)):
        yield {"loss": "exponential", "z": z + float(rng.randint(9)) / 10, "rate": rate}
    yield {"loss": "hinge", "z": off(60 / 0.1) * 0.1, "rate": 0.05}
    yield {"loss": "hinge", "z": off(100 / 0.005) * 0.005, "rate": 0.0025}  # some 20,000 steps


def few_steps(rng):
    """One step or a few: large rates, small scores, and a walk that ends exactly at 0."""
    for loss in WALKED:
        for z, rate in ((0.1, 0.4), (1.7, 0.9), (3.1, 6.0)):
            yield {"loss": loss, "z": z + float(rng.randint(5)) / 100, "rate": rate}
    yield {"loss": "hinge", "z": 3.0, "rate": 0.25}
    yield {"loss": "hinge", "z": 5.0, "rate": 0.25}
    yield {"loss": "hinge", "z": 4.0, "rate": 2.0}


# A verdict -------------------------------------------------------------------------------------------------------

RATES = np.array([0.01, 0.03, 0.1, 0.3, 1.0])


def case(rates, a, b):
    return {"rates": rates, "validation_a": a[0], "test_a": a[1], "validation_b": b[0], "test_b": b[1]}


def errors_at(rng, best: int, level: float, n: int = 5, seeds: int = 5, spread: float = 0.01):
    """Validation and test errors (n, seeds), the least in row `best`, test errors around `level`."""
    valley = 0.1 + 0.08 * np.abs(np.arange(n) - best)
    validation = np.round(valley[:, np.newaxis] + rng.uniform(-0.02, 0.02, (n, seeds)), 3)
    test = np.round(
        level + 0.08 * np.abs(np.arange(n) - best)[:, np.newaxis] + rng.uniform(-spread, spread, (n, seeds)), 3
    )
    return validation, test


def clear(rng):
    """One of the two is ahead in every seed, at another rate than the other."""
    for first, second in ((0.1, 0.2), (0.2, 0.1), (0.15, 0.11), (0.1, 0.15)):
        best = rng.choice([1, 2, 3], 2, replace=False)
        yield case(RATES, errors_at(rng, best[0], first), errors_at(rng, best[1], second))


def close(rng):
    """Neither is ahead in every seed, though one may be in the median, or in all but one."""
    a, b = errors_at(rng, 2, 0.12), errors_at(rng, 3, 0.12)
    a[1][2], b[1][3] = [0.10, 0.20, 0.50, 0.51, 0.30], [0.11, 0.21, 0.12, 0.13, 0.31]
    yield case(RATES, a, b)  # A is ahead in most seeds, B in the median
    yield case(RATES, b, a)
    for gap in (0.0, 0.01, 0.03):
        a, b = errors_at(rng, 1, 0.12), errors_at(rng, 3, 0.12 + gap)
        b[1][3, rng.randint(5)] = 0.05
        yield case(RATES, a, b)
        yield case(RATES, b, a)
    a, b = errors_at(rng, 2, 0.12), errors_at(rng, 3, 0.12)
    a[1][2], b[1][3] = [0.10, 0.20, 0.30, 0.40, 0.50], [0.52, 0.42, 0.32, 0.22, 0.12]
    yield case(RATES, a, b)  # sorted, A is ahead in every place
    a, b = errors_at(rng, 2, 0.12), errors_at(rng, 1, 0.2)
    b[1][1, 2] = a[1][2, 2]  # a tie in one seed
    yield case(RATES, a, b)
    yield case(RATES, b, a)
    yield case(RATES, a, (a[0], a[1].copy()))


def too_few(rng):
    """Fewer than five seeds, and exactly five or six."""
    for seeds in (1, 3, 4, 5, 6):
        yield case(RATES, errors_at(rng, 2, 0.1, seeds=seeds), errors_at(rng, 1, 0.2, seeds=seeds))
    yield case(RATES, errors_at(rng, 0, 0.1, seeds=4), errors_at(rng, 1, 0.2, seeds=4))


def edges(rng):
    """The best rate of one of them is the smallest or the largest."""
    for best in ((0, 2), (2, 0), (4, 1), (1, 4), (0, 4)):
        yield case(RATES, errors_at(rng, best[0], 0.1), errors_at(rng, best[1], 0.2))
    yield case(RATES[::-1].copy(), errors_at(rng, 3, 0.2), errors_at(rng, 1, 0.1))


def unsorted(rng):
    """Rates in any order: the first or last row need not be an edge, and an edge may stand in the middle."""
    orders = [[2, 0, 4, 1, 3], [1, 4, 3, 0, 2], [3, 2, 1, 0, 4], list(rng.permutation(5))]
    for best in ((0, 2), (3, 4), (1, 2), (2, 3), (1, 3)):
        for order in orders:
            a, b = errors_at(rng, best[0], 0.2), errors_at(rng, best[1], 0.1)
            yield case(RATES[order], tuple(part[order] for part in a), tuple(part[order] for part in b))


def diverged(rng):
    """Some runs diverged: nan and infinity count as worse than anything else."""
    for missing in (np.nan, np.inf):
        a, b = errors_at(rng, 2, 0.1), errors_at(rng, 1, 0.2)
        a[0][3], a[0][3, :2], a[1][3] = missing, 0.01, 0.9  # without the three that diverged, this rate looks best
        yield case(RATES, a, b)
        yield case(RATES, b, a)
        g, h = errors_at(rng, 2, 0.1), errors_at(rng, 1, 0.2)
        g[0][3], g[0][3, :2], g[1][3] = missing, 0.9, 0.9  # the three that diverged are not the best
        yield case(RATES, g, h)
        a, b = (tuple(100 * part for part in errors_at(rng, k, level)) for k, level in ((2, 0.1), (1, 0.2)))
        a[0][3], a[1][3], a[1][2, 3], b[1][1, 3] = missing, 90.0, 150.0, missing  # errors of another size
        yield case(RATES, a, b)
        c, d = errors_at(rng, 2, 0.1), errors_at(rng, 3, 0.2)
        c[1][2, 4] = missing  # ahead in four seeds, and away in the fifth
        yield case(RATES, c, d)
        yield case(RATES, d, c)
        e, f = errors_at(rng, 1, 0.1), errors_at(rng, 3, 0.2)
        f[1][3, 0] = missing
        yield case(RATES, e, f)
        e[0][4] = missing
        yield case(RATES, f, e)
    a, b = errors_at(rng, 2, 0.1), errors_at(rng, 1, 0.2)
    a[1][2, 1] = b[1][1, 1] = np.inf  # in one seed both are away
    yield case(RATES, a, b)


def ties(rng):
    """Two rates have the same median: the smaller one counts, whichever stands first. Test errors must not choose."""
    for swap in (False, True):
        a, b = errors_at(rng, 2, 0.2), errors_at(rng, 1, 0.1)
        a[0][1] = a[0][2] = np.round(0.1 + np.array([-0.02, -0.01, 0, 0.01, 0.02]), 3)
        a[1][1], a[1][2] = 0.02, 0.4
        rates, rows = (RATES[::-1].copy(), slice(None, None, -1)) if swap else (RATES, slice(None))
        yield case(rates, tuple(part[rows] for part in a), tuple(part[rows] for part in b))
    a, b = errors_at(rng, 2, 0.2), errors_at(rng, 1, 0.1)
    a[1][3] = 0.001  # the best test error stands at another rate
    yield case(RATES, a, b)
    a, b = errors_at(rng, 2, 0.2), errors_at(rng, 1, 0.1)
    a[0][0, 0] = a[0][4, 0] = 0.0  # one lucky seed at each edge
    b[0][0, 1] = b[0][4, 2] = 0.0
    yield case(RATES, a, b)
    a, b = errors_at(rng, 2, 0.1), errors_at(rng, 3, 0.2)
    a[0][2, :2], a[1][[1, 3]] = 0.95, 0.5  # the median bears it, the mean does not
    yield case(RATES, a, b)
    a, b = errors_at(rng, 2, 0.1), errors_at(rng, 3, 0.2)
    a[1][2], a[1][3] = 0.35, 0.02  # ahead only where the other one's rate is taken
    yield case(RATES, a, b)


# Somebody's comparison -------------------------------------------------------------------------------------------


def comparing(words, choose=None, seeds_of=None, own=True, told=1, chosen_by=0):
    """A function that compares, called what it does: `choose` is a way's row of rates (rates, seeds) to a place."""
    choose = choose or (lambda errors: int(np.argmin(np.median(worst(errors), axis=1))))

    def compare(run, ways, rates, seeds):
        found, shared = {}, None
        for k, way in enumerate(ways):
            used = seeds_of(k, seeds) if seeds_of else list(seeds)
            both = np.array([[run(way, rate, seed) for seed in used] for rate in rates], dtype=float)
            place = choose(both[:, :, chosen_by])
            shared = place if shared is None else shared
            place = place if own else shared
            found[way] = rates[place], float(np.median(both[place, :, told]))
        return found

    compare.__name__ = words
    return compare


def worst(errors):
    """Count a run that diverged as worse than anything else."""
    return np.where(np.isnan(errors), np.inf, errors)


def _best_of_the_last(words):
    """All ways get the rate of the last way."""

    def compare(run, ways, rates, seeds):
        both = {way: np.array([[run(way, r, s) for s in seeds] for r in rates], dtype=float) for way in ways}
        place = int(np.argmin(np.median(worst(both[ways[-1]][:, :, 0]), axis=1)))
        return {way: (rates[place], float(np.median(both[way][place, :, 1]))) for way in ways}

    compare.__name__ = words
    return compare


def _with_other_seeds(jump):
    """Each way after the first gets seeds of its own."""
    return comparing("each way with seeds of its own", seeds_of=lambda k, seeds: [seed + jump * k for seed in seeds])


def _without_diverged(errors):
    with np.errstate(all="ignore"):
        kept = [row[~np.isnan(row)] for row in errors]
    return int(np.argmin([np.median(row) if len(row) else np.inf for row in kept]))


def _as_accuracy(errors):
    return int(np.argmax(np.median(np.where(np.isnan(errors), -np.inf, errors), axis=1)))


def _climb(errors):
    """Go up the rates until one is worse than the one before."""
    middle = np.median(worst(errors), axis=1)
    place = 0
    while place + 1 < len(middle) and middle[place + 1] <= middle[place]:
        place += 1
    return place


MADE = {
    "right": lambda rng: comparing("each way at the rate of its least median validation error"),
    "one rate": lambda rng: (
        comparing("every way at the best rate of the first way", own=False)
        if rng.randint(2)
        else _best_of_the_last("every way at the best rate of the last way")
    ),
    "test chooses": lambda rng: comparing("each way at the rate of its least median test error", chosen_by=1),
    "best seed": lambda rng: comparing(
        "each way at the rate of its least validation error of a single seed",
        lambda errors: int(np.argmin(worst(errors).min(axis=1))),
    ),
    "other seeds": lambda rng: _with_other_seeds(int(rng.choice([50, 1000]))),
    "drops diverged": lambda rng: comparing(
        "each way at its best rate, without the runs that diverged", _without_diverged
    ),
    "largest": lambda rng: comparing("each way at the rate with the largest errors", _as_accuracy),
    "stops early": lambda rng: comparing("each way at the last rate before the first that is worse", _climb),
    "validation told": lambda rng: comparing("each way at its own rate, its validation error told", told=0),
}


def functions(*kinds):
    """Draw a function of each of these kinds, in any order."""

    def draw(rng):
        yield from ({"compare": MADE[kinds[k]](rng)} for k in rng.permutation(len(kinds)))

    return draw


def both_of_one_rate(rng):
    """The rate of the first way for all, and the rate of the last way for all."""
    yield {"compare": comparing("every way at the best rate of the first way", own=False)}
    yield {"compare": _best_of_the_last("every way at the best rate of the last way")}
    yield from functions("right", "stops early", "best seed")(rng)


def all_nine(rng):
    yield from functions(*MADE)(rng)
