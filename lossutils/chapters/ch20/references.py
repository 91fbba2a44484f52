"""The functions of exercise 20, as a learner may write them, and what its texts compute."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


def log_variances(kinds, losses, s):
    """Value and slopes of a sum with learnt weights, the best s of each term, and the least value of the sum."""
    forms = {"variance": (0.5, 1, 0.5), "deviation": (0.5, 2, 1.0), "absolute": (1.0, 1, 1.0), "classes": (1.0, 1, 0.5)}
    c, m, d = np.array([forms[kind] for kind in kinds]).T  # a term is c · exp(−m s) · R + d s
    R, s = np.asarray(losses, dtype=float), np.asarray(s, dtype=float)
    weighed = c * np.exp(-m * s) * R
    value = np.sum(weighed + d * s)
    slopes = d - m * weighed
    best = np.log(m * c * R / d) / m  # where the slope is 0
    least = np.sum(d / m + d * best)
    return float(value), slopes, best, float(least)


def epochs_needed(mean, sd, rows, batch, neurons, rate=0.01, scale="raw", weight=1.0):
    """The first epoch after which an output that starts at 0 may have come to the farthest target."""
    farthest = abs(mean) + 2 * sd
    if scale == "centred":
        farthest = 2 * sd
    if scale == "standardised":
        farthest = 2.0
    steps = np.ceil(rows / batch)  # the last batch may be smaller
    way = (neurons + 1) * rate * steps  # of one epoch; the bias moves too, and a weight of the loss is divided out
    return int(np.ceil(farthest / way))


def errors_in_units(outputs, targets, learn):
    """The root mean squared error of each column on the other rows, in the column's own unit."""
    targets = np.asarray(targets, dtype=float)
    mean, sd = targets[learn].mean(axis=0), targets[learn].std(axis=0)
    predictions = mean + sd * np.asarray(outputs, dtype=float)
    errors = (predictions - targets)[~learn]
    return np.sqrt(np.mean(errors**2, axis=0))


def planted_fault(f):
    """What is wrong with a function that should return the mean cross-entropy of the rows that count."""
    z = np.array([[1.0, 2, -1], [0, 0.5, 3], [2, 0, 0], [-1, 1, 0], [0.3, 4, 2]])
    y, mask = np.array([0, 1, 2, 1, 0]), np.array([1.0, 1, 0, 1, 1])
    far = f(np.array([[0.0, 300.0]]), np.array([0]), np.array([1.0]))
    if far > 1e9:
        return "float32"  # the share of the right class is rounded to 0, and its logarithm is infinite
    each = np.log(np.sum(np.exp(z), axis=1)) - z[np.arange(5), y]
    p = np.exp(z) / np.sum(np.exp(z), axis=1, keepdims=True)
    again = np.log(np.sum(np.exp(p), axis=1)) - p[np.arange(5), y]
    values = {"right": np.sum(each * mask) / 4}
    values["softmax twice"] = np.sum(again * mask) / 4
    values["all pairs"] = np.sum(each)
    values["classes"] = values["right"] / 3
    values["batch means"] = (np.sum((each * mask)[:4]) / 3 + each[4]) / 2
    values["padding"] = np.sum(each * mask) / 5
    found = f(z, y, mask)
    return min(values, key=lambda name: abs(values[name] - found))


def choose_forecast(y, columns, low, high, off):
    """The number of the forecast that costs least among those whose total is right enough."""
    y, columns = np.asarray(y, dtype=float), np.asarray(columns, dtype=float)
    errors = columns - y[:, np.newaxis]
    costs = np.sum(np.where(errors < 0, -low * errors, high * errors), axis=0)
    missed = np.abs(np.sum(errors, axis=0))
    allowed = missed <= off * np.sum(y)
    if not any(allowed):
        return int(np.argmin(missed))
    return int(np.argmin(np.where(allowed, costs, np.inf)))


# What the texts say ------------------------------------------------------------------------------------------------


class Price(NamedTuple):
    """A factor of s in TeX and in words, and where it is found."""

    letters: str
    words: str
    where: str


PRICES = {
    0.5: Price(r"\frac{1}{2}", "a half", "in a well-known paper, for a cross-entropy"),
    0.25: Price(r"\frac{1}{4}", "a quarter", "for a cross-entropy, at half the price of a well-known paper"),
    2.0: Price("2", "2", "for a cross-entropy, at four times the price of a well-known paper"),
}
COUNT = {2: "two", 3: "three"}
