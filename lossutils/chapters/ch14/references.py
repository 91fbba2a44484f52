"""The functions of exercise 14, as a learner may write them, and what its texts compute."""

from __future__ import annotations

import numpy as np


def truth_behind(loss, p, a=0.0):
    """The true probability at which this loss asks for the stated p."""
    p = np.asarray(p, dtype=float)
    if loss == "sphere":
        return p  # a proper loss
    if loss == "smoothed":
        return (p - a / 2) / (1 - a)
    if loss == "power":
        for_one, for_zero = -a * (1 - p) ** (a - 1), a * p ** (a - 1)  # the slopes for the label 1 and 0
    else:
        for_one = a * (1 - p) ** (a - 1) * np.log(p) - (1 - p) ** a / p
        for_zero = p**a / (1 - p) - a * p ** (a - 1) * np.log1p(-p)
    return for_zero / (for_zero - for_one)  # where q · for_one + (1 − q) · for_zero is 0


def predicted_report(q, k):
    """What a report will say if scores are k times too large: right answers, cross-entropy, calibration error, T."""
    q = np.asarray(q, dtype=float)
    z = k * (np.log(q) - np.log1p(-q))
    right = np.mean(np.maximum(q, 1 - q))
    softplus = np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))
    cost = np.mean(softplus - q * z)
    stated = np.exp(np.minimum(z, 0) - np.log1p(np.exp(-np.abs(z))))
    error = np.mean(np.abs(stated - q))
    return float(right), float(cost), float(error), float(k)


def read_curves(train, validation, chance, usual):
    """What a training suffers from, by where its curves start, end and turn."""
    starts, ends = train[0] / chance, train[-1] / chance
    last, least = validation[-1], np.min(validation)
    if ends > 0.9:
        return "rate too big" if starts > 1.02 else "dead start"
    if ends > 0.4:
        return "underfit"
    if last < usual / 2:
        return "leak"
    if last < 1.7 * usual:
        return "healthy"
    return "label noise" if last > 1.27 * least else "overfit"


def split_rise(before, after, y, chosen):
    """The temperatures at two times, how far the loss rises in between, and what of it the temperatures take back."""
    y, chosen = np.asarray(y), np.asarray(chosen, dtype=bool)
    found, raw, corrected = [], [], []
    for z in (before, after):
        z = np.asarray(z, dtype=float)
        z = z - z[np.arange(len(y)), y][:, np.newaxis]  # the right class has the score 0

        def cost(a, rows, z=z):
            top = np.max(a * z[rows], axis=1)
            return np.mean(top + np.log(np.sum(np.exp(a * z[rows] - top[:, np.newaxis]), axis=1)))

        def slope(a, z=z):
            e = np.exp(a * z[chosen] - np.max(a * z[chosen], axis=1, keepdims=True))
            return np.mean(np.sum(e * z[chosen], axis=1) / np.sum(e, axis=1))

        low, high = 0.01, 100.0
        for _ in range(200):
            middle = (low + high) / 2
            if slope(middle) <= 0:
                low = middle
            else:
                high = middle
        found = [*found, 1 / low]
        raw = [*raw, cost(1.0, ~chosen)]
        corrected = [*corrected, cost(low, ~chosen)]
    rise = raw[1] - raw[0]
    taken_back = rise - (corrected[1] - corrected[0])
    return float(found[0]), float(found[1]), float(rise), float(taken_back)


def group_parts(p, y, group, weight=None):
    """The five parts of the weighted mean of (p − y)², over groups that have names; y may be shares."""
    p, y = np.asarray(p, dtype=float), np.asarray(y, dtype=float)
    w = np.ones(len(p)) if weight is None else np.asarray(weight, dtype=float)
    w = w / np.sum(w)
    base = np.sum(w * y)
    reliability = resolution = variance = covariance = 0.0
    for name in set(group):
        here = np.array([other == name for other in group])
        share = np.sum(w[here])
        if share > 0:
            v = w[here] / share
            said, came = np.sum(v * p[here]), np.sum(v * y[here])
            reliability += share * (said - came) ** 2
            resolution += share * (came - base) ** 2
            variance += share * np.sum(v * (p[here] - said) ** 2)
            covariance += share * 2 * np.sum(v * (p[here] - said) * (y[here] - came))
    uncertainty = np.sum(w * (y - base) ** 2)
    return tuple(float(part) for part in (reliability, resolution, uncertainty, variance, covariance))
