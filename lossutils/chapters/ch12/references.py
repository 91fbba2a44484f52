"""The functions of exercise 12, as a learner may write them, and what its texts compute."""

from __future__ import annotations

import numpy as np

from lossutils import data


def bounded_loss(z, y, w=28.0):
    """The mean of w·y·(1 − p)² + (1 − y)·p² with p = σ(z), its slope in each score, and the best constant p."""
    z = np.asarray(z, dtype=float)
    y = np.asarray(y, dtype=float)
    p = (1 + np.tanh(z / 2)) / 2  # the sigmoid, for every score
    value = np.mean(w * y * (1 - p) ** 2 + (1 - y) * p**2)
    slope = 2 * p * (1 - p) * ((1 - y) * p - w * y * (1 - p)) / len(z)  # dp/dz is p (1 − p)
    share = np.mean(y)
    best = w * share / (w * share + 1 - share)
    return float(value), slope, float(best)


def after_weight(what, value, w=28.0, n=0, positives=0):
    """What becomes of a number when each positive counts w times, or back."""
    if what == "weight":
        return (1 - value) / value  # where its odds are 1
    if what == "sum":
        return n * value
    if what == "by weights":
        return n * value / (w * positives + n - positives)
    if what in ("meant", "kept"):
        return value / (value + w * (1 - value))  # the odds, divided by w
    return w * value / (w * value + 1 - value)  # the odds, times w


def fault_of_prices(f):
    """What is wrong with a function that should be the logistic loss with two prices."""
    z, y, miss, alarm = np.array([0.7, -1.3, 0.4]), np.array([1.0, 0.0, 0.3]), 3.0, 2.0
    column = z.reshape(3, 1)
    try:
        f(column, y, miss, alarm)
        return "shapes"
    except ValueError:
        pass

    def total(z, y, miss, alarm):
        return np.sum(miss * y * np.logaddexp(0, -z) + alarm * (1 - y) * np.logaddexp(0, z))

    values = {"right": total(z, y, miss, alarm) / 3}
    values["swapped"] = total(z, y, alarm, miss) / 3
    values["sum"] = total(z, y, miss, alarm)
    values["by prices"] = total(z, y, miss, alarm) / np.sum(miss * y + alarm * (1 - y))
    values["labels"] = total(z, np.round(y), miss, alarm) / 3
    value, slope = f(z, y, miss, alarm)
    fault = min(values, key=lambda name: abs(values[name] - value))
    if fault != "right":
        return fault
    p = 1 / (1 + np.exp(-z))
    off = np.max(np.abs(slope - (alarm * (1 - y) * p - miss * y * (1 - p)) / 3))
    if off > 1e-6:
        return "slope"
    for score in (-1000.0, 1000.0):
        for label in (0.0, 1.0):
            one, its_label = np.array([score]), np.array([label])
            far, _ = f(one, its_label, miss, alarm)
            off = abs(far - total(one, its_label, miss, alarm))
            if not off < 1e-6:  # nan is not below
                return "far"
    return "right"


def choose_way(valid, new, miss, false_alarm=1.0, honest=False):
    """The cheaper way on the validation samples, its threshold there, and what it costs on new samples."""

    def cost(rows, column, threshold):
        yes, positive = rows[:, column] > threshold, rows[:, 0] == 1
        return float(miss * np.sum(positive & ~yes) + false_alarm * np.sum(yes & ~positive))

    cheapest, thresholds = {}, {}
    for column in (1, 2):
        tried = np.unique(np.append(valid[:, column], 0.0))  # from the lowest on
        costs = [cost(valid, column, threshold) for threshold in tried]
        cheapest[column] = min(costs)
        thresholds[column] = float(tried[np.argmin(costs)])  # the first of the least
    column = 1 if honest or cheapest[1] <= cheapest[2] else 2
    way = "threshold" if column == 1 else "weight"
    return way, thresholds[column], cost(new, column, thresholds[column])


# What the texts compute --------------------------------------------------------------------------------------------

VALID = np.array([[1, 0.4, 0.9], [0, 0.3, 0.5], [1, 0.1, 0.6], [0, 0.05, 0.7]])
NEW = np.array([[1, 0.2, 0.6], [0, 0.08, 0.8], [0, 0.02, 0.1]])


def real_rows():
    """The proteins with what the lecture's two networks say: label, plain, weight 28."""
    scores = data.yeast_scores()
    columns = [1 / (1 + np.exp(-scores[name])) for name in ("gamma0_ratio1", "gamma0_ratio28")]
    return np.column_stack([data.yeast()["me2"], *columns])
