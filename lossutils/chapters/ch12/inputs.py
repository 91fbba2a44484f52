"""What the tasks of chapter 12 are tried on: scores with rare positives, costs, and implementations of one loss."""

from __future__ import annotations

import numpy as np

SIZES = (3, 4, 5, 40)

# Scores and labels -----------------------------------------------------------------------------------------------


def scored(rng, *spreads: float):
    """Scores and labels of both classes, not as many of one as of the other; none of the scores is 0."""
    for n, spread in zip(SIZES, np.resize(spreads, len(SIZES)), strict=True):
        y = np.zeros(n)
        y[: max(1, n // 4)] = 1
        z = np.round(rng.uniform(0.2, 1, n) * spread, 1) * rng.permutation(np.resize([1.0, -1.0], n))
        yield {"z": z, "y": rng.permutation(y)}


def weighted(rng):
    for case in scored(rng, 4):
        yield case | {"w": float(rng.randint(2, 30))}


def light(rng):
    for case in scored(rng, 4):
        yield case | {"w": rng.randint(1, 9) / 10}


def weighted_far(rng):
    for case in scored(rng, 300, 300, 5000):  # where the sigmoid is 0 or 1 already, and where exp overflows, too
        yield case | {"w": 28.0}


def weighted_soft(rng):
    for case in weighted(rng):
        yield case | {"y": np.round(rng.uniform(0.1, 0.9, len(case["z"])), 1)}


def probabilities(rng):
    for n in (1, 2, 5, 30):
        yield {"p": np.round(rng.uniform(0.05, 0.95, n), 2), "w": float(rng.randint(2, 30))}


def certainty(rng):
    for n in (2, 3, 6):
        p = np.round(rng.uniform(0.05, 0.95, n), 2)
        p[:2] = 1, 0
        yield {"p": p, "w": float(rng.randint(2, 30))}


def unfocused(rng):
    for case in scored(rng, 4):
        yield case | {"gamma": 0.0, "alpha": 0.5}


def focused(rng):
    for case, gamma in zip(scored(rng, 4), (2.0, 1.0, 0.5, 3.0), strict=True):
        yield case | {"gamma": gamma, "alpha": 0.5}


def lopsided(rng):
    for case, gamma in zip(scored(rng, 4), (0.0, 2.0, 1.5, 3.0), strict=True):
        yield case | {"gamma": gamma, "alpha": rng.choice([0.1, 0.25, 0.75, 0.9])}


def focal_far(rng):
    for case in scored(rng, 5000):
        yield case | {"gamma": 2.0, "alpha": 0.5}


# Costs: a row a truth, a column a decision -----------------------------------------------------------------------


def matrix(rng, right, n: int):
    """Costs in which being right is cheaper than being wrong; `right` draws what being right costs."""
    for _ in range(n):
        none, hit = right(rng), right(rng)
        alarm, miss = rng.choice(np.arange(1, 30), 2, replace=False)
        yield {"costs": np.array([[none, none + alarm], [hit + miss, hit]], dtype=float)}


def mistakes_cost(rng):
    yield from matrix(rng, lambda rng: 0, 5)


def right_alarm_costs(rng):
    for case in mistakes_cost(rng):
        costs = case["costs"]
        costs[1] += rng.randint(1, 6)
        yield case


def all_cost(rng):
    yield from matrix(rng, lambda rng: rng.randint(1, 9), 8)


def gains(rng):
    yield from matrix(rng, lambda rng: -rng.randint(1, 20), 8)


# Implementations of the Tversky loss, and what is not one --------------------------------------------------------


def counted(pred, target):
    return np.sum(pred * target), np.sum(pred * (1 - target)), np.sum((1 - pred) * target)


def tversky(pred, target, alpha, beta):
    hit, false_positive, false_negative = counted(pred, target)
    return 1 - hit / (hit + alpha * false_positive + beta * false_negative)


def tversky_with_epsilon(pred, target, alpha, beta):
    hit, false_positive, false_negative = counted(pred, target)
    return 1 - hit / (hit + alpha * false_positive + beta * false_negative + 1e-7)


def tversky_as_share_wrong(pred, target, alpha, beta):
    hit, false_positive, false_negative = counted(pred, target)
    wrong = alpha * false_positive + beta * false_negative
    return wrong / (hit + wrong)


def index_instead_of_loss(pred, target, alpha, beta):
    return 1 - tversky(pred, target, alpha, beta)


def share_of_wrong_pixels(pred, target, alpha, beta):
    return np.mean(np.abs(pred - target))


def loss_in_percent(pred, target, alpha, beta):
    return 100 * tversky(pred, target, alpha, beta)


def tversky_smoothed(pred, target, alpha, beta):
    hit, false_positive, false_negative = counted(pred, target)
    return 1 - hit / (hit + alpha * false_positive + beta * false_negative + 0.02)


def dearer_prices(pred, target, alpha, beta):
    return tversky(pred, target, alpha + 0.2, beta + 0.2)


def swapped_prices(pred, target, alpha, beta):
    return tversky(pred, target, beta, alpha)


def averaged_prices(pred, target, alpha, beta):
    return tversky(pred, target, (alpha + beta) / 2, (alpha + beta) / 2)


def alpha_for_both(pred, target, alpha, beta):
    return tversky(pred, target, alpha, alpha)


def always_dice(pred, target, alpha, beta):
    return tversky(pred, target, 0.5, 0.5)


RIGHT = (tversky, tversky_with_epsilon, tversky_as_share_wrong)
TENTHS = np.arange(1, 10) / 10
UNEQUAL = (*((a, b) for a in TENTHS for b in TENTHS if a != b), (0, 1), (1, 0), (1, 2), (2, 1))


def masks(rng):
    """One mask that says too much, one that says too little: more false positives, more false negatives."""
    for extra in (1, -1):
        target = rng.permutation(np.resize([1.0, 0.0], 6))
        pred = np.where(target == (1 if extra < 0 else 0), rng.randint(20, 50, 6), rng.randint(80, 100, 6)) / 100
        pred = np.where((target == 0) & (extra < 0), 0.1, pred)
        yield {"pred": pred, "target": target}


def is_found_out(function, mask) -> bool:
    """Whether this mask tells a wrong function from the right loss for all prices that a learner may try."""
    return all(abs(function(**mask, alpha=a, beta=b) - tversky(**mask, alpha=a, beta=b)) > 2e-4 for a, b in UNEQUAL)


def telling(function, rng):
    """Draw masks; from a wrong function, no chance may make a right one."""
    while True:
        drawn = list(masks(rng))
        if function in RIGHT or all(is_found_out(function, mask) for mask in drawn):
            return drawn


def tried(*functions):
    """Draw masks for each of these functions."""

    def draw(rng):
        for function in functions:
            yield from ({"tversky": function} | mask for mask in telling(function, rng))

    return draw


def opposite(rng):
    """Also on a mask with as much too much as too little, where swapped prices don't show."""
    yield from tried(tversky, index_instead_of_loss)(rng)
    target = rng.permutation(np.resize([1.0, 0.0], 6))
    yield {"tversky": tversky, "pred": np.where(target == 1, 0.7, 0.3), "target": target}


others = tried(tversky_with_epsilon, tversky_smoothed, share_of_wrong_pixels, loss_in_percent, dearer_prices)
swapped = tried(swapped_prices, tversky, share_of_wrong_pixels)
equal_only = tried(averaged_prices, alpha_for_both, always_dice, tversky_as_share_wrong)
