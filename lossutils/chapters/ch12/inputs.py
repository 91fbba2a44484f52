"""What the tasks of chapter 12 are tried on: scores with rare positives, prices, and faulty functions of one loss."""

from __future__ import annotations

import numpy as np

from lossutils.chapters.ch12.references import choose_way

SIZES = (2, 3, 4, 5, 40)

# Scores and labels -----------------------------------------------------------------------------------------------


def scored(rng, spread: float, sizes=SIZES):
    """Scores and labels of both classes, fewer positives than negatives from three samples on; no score is 0."""
    for n in sizes:
        y = np.zeros(n)
        y[: max(1, n // 4)] = 1
        z = np.round(rng.uniform(0.2, 1, n) * spread, 1) * rng.permutation(np.resize([1.0, -1.0], n))
        yield {"z": z, "y": rng.permutation(y)}


def weighted(rng):
    for case in scored(rng, 4):
        yield case | {"w": float(rng.randint(2, 30))}


def light(rng):
    """Weights below 1, in another order than above: the usual weight is ignored, too."""
    for case in scored(rng, 3):
        yield case | {"w": rng.randint(1, 10) / 10}
    yield from scored(rng, 3, (3,))  # the usual weight


def soft(rng):
    """Labels between 0 and 1, also some of the kinds 0 and 1 beside them."""
    for case in weighted(rng):
        n = len(case["z"])
        yield case | {"y": rng.permutation(np.resize([0.0, 1.0, 0.3, 0.8, 0.5], n)) if n > 2 else np.array([0.2, 0.9])}


def far(rng):
    """Scores of which the sigmoid is 0 or 1, or of which exp overflows; and middling ones beside them."""
    for spread in (40, 300, 5000):
        for case in scored(rng, spread, (2, 4)):
            yield case | {"w": float(rng.randint(2, 30))}
    for case in scored(rng, 12, (4, 30)):
        yield case | {"w": 0.5}


def one_class(rng):
    """No positive at all, no negative at all, and a single sample."""
    for label in (0.0, 1.0):
        for n in (1, 3):
            z = np.round(rng.uniform(-2, 2, n), 1) + 0.05
            yield {"z": z, "y": np.full(n, label), "w": float(rng.randint(2, 30))}


# Numbers that a weight changes -----------------------------------------------------------------------------------


def probability(rng):
    return rng.randint(1, 100) / 100


def a_weight(rng, what="stated"):
    """Above 1, and below; one in so many negatives is kept, so that weight is a whole number."""
    return float(rng.choice([rng.randint(2, 60), rng.randint(2, 20) if what == "kept" else rng.randint(1, 10) / 10]))


def numbers(*kinds, times=3):
    """Draw a probability for each of these kinds."""

    def draw(rng):
        for _ in range(times):
            yield from ({"what": kind, "value": probability(rng), "w": a_weight(rng, kind)} for kind in kinds)

    return draw


def sure(rng):
    """Probabilities of 0 and 1, and others near them."""
    for what in ("stated", "meant", "threshold", "kept"):
        for value in (0.0, 1.0, 1e-4, 0.999):
            yield {"what": what, "value": value, "w": a_weight(rng, what)}
    for value in (0.001, 0.004, 0.999):
        yield {"what": "weight", "value": value}


def usual_weight(rng):
    """Without a weight that is given."""
    for what in ("stated", "meant", "kept", "threshold", "weight"):
        yield {"what": what, "value": probability(rng)}
    yield {"what": "by weights", "value": 2.5, "n": 7, "positives": 2}


def means(rng):
    """Mean losses of batches, with some positives, and with one; none of them with as many as negatives."""
    for n, positives in ((3, 1), (10, 2), (64, 3), (8, 5)):
        for what in ("sum", "by weights"):
            value = rng.randint(1, 90) / 8
            yield {"what": what, "value": value, "w": a_weight(rng), "n": n, "positives": positives}


def one_class_batches(rng):
    """A batch without a positive, and one of positives alone."""
    for n, positives in ((5, 0), (5, 5), (1, 1)):
        for what in ("by weights", "sum"):
            value = rng.randint(1, 90) / 8
            yield {"what": what, "value": value, "w": a_weight(rng), "n": n, "positives": positives}


# Faulty functions ------------------------------------------------------------------------------------------------


def log1pexp(z):
    return np.logaddexp(0, z)


def sigma(z):
    return (1 + np.tanh(z / 2)) / 2


def parts(z, y, miss, alarm):
    """One loss a sample, and its slope."""
    each = miss * y * log1pexp(-z) + alarm * (1 - y) * log1pexp(z)
    return each, alarm * (1 - y) * sigma(z) - miss * y * sigma(-z)


def made(words, compute, refuses=True):
    """A function of scores, labels and two prices that is called what it computes, as a person would write it."""

    def f(z, y, miss, alarm):
        z, y = np.asarray(z, dtype=float), np.asarray(y, dtype=float)
        if refuses and z.shape != y.shape:
            raise ValueError(f"scores {z.shape}, labels {y.shape}")
        with np.errstate(all="ignore"):
            value, slope = compute(z, y, miss, alarm)
        return float(value), slope

    f.__name__ = words
    return f


def mean_of(z, y, miss, alarm):
    each, slope = parts(z, y, miss, alarm)
    return np.mean(each), slope / len(each)


def every_pair(z, y, miss, alarm):
    """Right where the shapes agree; else NumPy broadcasts them, and the mean is taken over the samples."""
    each, slope = parts(z, y, miss, alarm)
    return np.sum(each) / len(z), slope / len(z)


def total_of(z, y, miss, alarm):
    each, slope = parts(z, y, miss, alarm)
    return np.sum(each), slope


def by_prices(z, y, miss, alarm):
    each, slope = parts(z, y, miss, alarm)
    price = np.sum(miss * y + alarm * (1 - y))
    return np.sum(each) / price, slope / price


def with_value(value):
    """Another value beside the right slope."""
    return lambda z, y, miss, alarm: (np.mean(value(z, y, miss, alarm)), mean_of(z, y, miss, alarm)[1])


def with_slope(slope):
    """Another slope beside the right value."""
    return lambda z, y, miss, alarm: (mean_of(z, y, miss, alarm)[0], slope(z, y, miss, alarm))


def mean_slope(z, y, miss, alarm):
    return np.full(z.shape, np.mean(mean_of(z, y, miss, alarm)[1]))


def slope_lost(place):
    """The slope of one score is 0: that of the first, or of the last."""

    def slope(z, y, miss, alarm):
        found = mean_of(z, y, miss, alarm)[1].copy()
        found[place] = 0
        return found

    return slope


def naive(z, y, miss, alarm):
    p = 1 / (1 + np.exp(-z))
    return -miss * y * np.log(p) - alarm * (1 - y) * np.log(1 - p)


def overflowing(z, y, miss, alarm):
    return miss * y * np.log(1 + np.exp(-z)) + alarm * (1 - y) * np.log(1 + np.exp(z))


def cut_probabilities(z, y, miss, alarm):
    p = np.clip(sigma(z), 1e-7, 1 - 1e-7)
    return -miss * y * np.log(p) - alarm * (1 - y) * np.log(1 - p)


def cut_scores(z, y, miss, alarm):
    return parts(np.clip(z, -30, 30), y, miss, alarm)[0]


def overflows_for_negatives(z, y, miss, alarm):
    return miss * y * log1pexp(-z) + np.where(y < 1, alarm * (1 - y) * np.log(1 + np.exp(z)), 0)


def overflows_for_positives(z, y, miss, alarm):
    return np.where(y > 0, miss * y * np.log(1 + np.exp(-z)), 0) + alarm * (1 - y) * log1pexp(z)


def nan_for_large_scores(z, y, miss, alarm):
    return miss * y * log1pexp(-z) - alarm * (1 - y) * np.log(1 - np.exp(z) / (1 + np.exp(z)))


RIGHT = (made("the loss of the text", mean_of), made("the loss, with softplus as max(z, 0) + log1p(e^−|z|)", mean_of))
KINDS = {
    "right": RIGHT,
    "shapes": (
        made("the loss, of shapes as they come", mean_of, refuses=False),
        made("the loss, every score with every label", every_pair, refuses=False),
    ),
    "swapped": (made("the loss with the prices exchanged", lambda z, y, a, b: mean_of(z, y, b, a)),),
    "sum": (made("the sum of the losses", total_of),),
    "by prices": (made("the sum of the losses, divided by the sum of the prices", by_prices),),
    "labels": (
        made("the loss of np.round(y)", lambda z, y, a, b: mean_of(z, np.round(y), a, b)),
        made("the loss of y > 0.5", lambda z, y, a, b: mean_of(z, (y > 0.5).astype(float), a, b)),
    ),
    "slope": (
        made("the loss, slope p − y", with_slope(lambda z, y, a, b: (sigma(z) - y) / len(z))),
        made("the loss, slope not divided by n", with_slope(lambda z, y, a, b: parts(z, y, a, b)[1])),
        made("the loss, slope with the other sign", with_slope(lambda z, y, a, b: -mean_of(z, y, a, b)[1])),
        made("the loss, slope with the prices exchanged", with_slope(lambda z, y, a, b: mean_of(z, y, b, a)[1])),
        made(
            "the loss, slope without the price of a false alarm", with_slope(lambda z, y, a, b: mean_of(z, y, a, 1)[1])
        ),
        made("the loss, slope without the price of a miss", with_slope(lambda z, y, a, b: mean_of(z, y, 1, b)[1])),
        made("the loss, its mean slope for every score", with_slope(mean_slope)),
        made("the loss, slope 0 for the last score", with_slope(slope_lost(-1))),
        made("the loss, slope 0 for the first score", with_slope(slope_lost(0))),
    ),
    "far": (
        made("the loss, by log(σ(z))", with_value(naive)),
        made("the loss, by log(1 + exp(z))", with_value(overflowing)),
        made("the loss, p cut at 1e-7", with_value(cut_probabilities)),
        made("the loss, scores cut at 30", with_value(cut_scores)),
        made("the loss, by log(1 + exp(z)) for negatives", with_value(overflows_for_negatives)),
        made("the loss, by log(1 + exp(−z)) for positives", with_value(overflows_for_positives)),
        made("the loss, by log(1 − exp(z)/(1 + exp(z))) for negatives", with_value(nan_for_large_scores)),
    ),
}


def functions(*kinds):
    """Draw a function of each of these kinds, in any order."""

    def draw(rng):
        for k in rng.permutation(len(kinds)):
            several = KINDS[kinds[k]]
            yield {"f": several[rng.randint(len(several))]}

    return draw


def all_of(*kinds):
    """Draw every function of these kinds."""

    def draw(rng):
        every = [f for kind in kinds for f in KINDS[kind]]
        yield from ({"f": every[k]} for k in rng.permutation(len(every)))

    return draw


# Validation and new samples --------------------------------------------------------------------------------------


def rows(rng, n: int, positives: int, better: int = 1, effect: float = 2.4):
    """Labels, and what two models say of them; the positives are higher on average, most of all in column `better`."""
    label = rng.permutation(np.arange(n) < positives).astype(float)
    columns = []
    for column, weight in ((1, 1), (2, 9)):
        z = rng.normal(0, 1.2, n) - 2 + (effect if column == better else effect / 2) * label
        odds = weight * np.exp(z)
        columns.append(np.round(odds / (1 + odds), 2).clip(0.01, 0.99))
    return np.column_stack([label, *columns])


def told(rng, n=14, better=1, effect=2.4, **more):
    """One case: validation and new samples, and whole prices."""
    return {
        "valid": rows(rng, n, max(2, n // 4), better, effect),
        "new": rows(rng, n + 3, max(2, n // 4), better, effect),
        "miss": float(rng.randint(3, 30)),
        "false_alarm": 1.0,
        **more,
    }


def either_way(rng):
    """Models that are good, then some that are hardly better than chance; all with the usual price of a false alarm."""
    for n, effect in ((6, 2.4), (14, 2.4), (40, 2.4), (8, 0.6), (15, 0.6), (30, 0.6)):
        for better in (1, 2):
            case = told(rng, n, better, effect)
            yield {name: case[name] for name in ("valid", "new", "miss")}


def other_prices(rng):
    """False alarms that cost something else than 1, even more than a miss."""
    for alarm, better in ((3.0, 1), (0.5, 2), (40.0, 1), (7.0, 2)):
        for effect in (2.4, 0.8):
            yield told(rng, 12, better, effect, false_alarm=alarm)


def needs_probabilities(rng):
    """The weighted model is cheaper on the validation samples, but the probabilities are needed, or not."""
    for n, effect in ((8, 2.4), (14, 2.4), (20, 6.0)):
        case = told(rng, n, 2, effect)
        while choose_way(**case)[0] != "weight":
            case = told(rng, n, 2, effect)
        yield case | {"honest": True}
        yield case | {"honest": False}
    yield told(rng, 14, 1, honest=True)


TIED = np.array([0.0, 1, 0, 0, 1, 1])  # by rising probability: with misses of 2, two thresholds cost 2, the least


def ties(rng):
    """Thresholds that cost the same, of models that cost the same; then the weighted one is better, or both coarse."""
    for _ in range(3):
        columns = [np.sort(rng.choice(np.arange(3, 98), 6, replace=False)) / 100 for _ in "ab"]
        case = told(rng, 9, miss=2.0)
        yield case | {"valid": rng.permutation(np.column_stack([TIED, *columns]))}
        for order in ([0, 1, 4, 5, 2, 3], [1, 0, 2, 4, 3, 5]):  # the plain one pays more, the last time only 1 more
            yield case | {"valid": rng.permutation(np.column_stack([TIED, columns[0][order], columns[1]]))}
    for n in (6, 10, 10):  # equal probabilities, of which some are positive
        case = told(rng, n, 2)
        for name in ("valid", "new"):
            case[name] = np.column_stack([case[name][:, 0], np.round(case[name][:, 1:], 1)])
        yield case


def extreme_prices(rng):
    """Misses that are very costly: everybody is called, as the lowest sample is a positive; or very cheap."""
    for better in (1, 2):
        for miss in (3000.0, 1e4):
            case = told(rng, 9, better, 0.0)
            for name, lowest in (("valid", 0.02), ("new", 0.01)):
                case[name][:, 1:] = case[name][:, 1:].clip(0.05)
                case[name][np.argmax(case[name][:, 0]), 1:] = lowest
            yield case | {"miss": miss}
        case = told(rng, 9, better, 9.0)  # a new positive that the validation samples did not foresee
        case["valid"][0, 1:] = 0.02
        case["valid"][0, 0], case["new"][np.argmax(case["new"][:, 0]), 1:] = 0, 0.01
        yield case | {"miss": 1e4}
        for miss in (0.01, 0.2):
            yield told(rng, 12, better, 0.0) | {"miss": miss}
        yield told(rng, 12, better, 0.8, false_alarm=40.0)
