"""The functions of exercise 01, as a learner may write them, and what its texts compute."""

from __future__ import annotations

import numpy as np

from lossutils import data


def mse(pred, target, weight=None):
    """Mean squared error."""
    error = np.asarray(pred, dtype=float) - np.asarray(target, dtype=float)  # as floats: small integers overflow
    if error.size == 0:
        raise ValueError("mse: there is no sample, so there is no mean")
    return float(np.average(error**2, weights=weight))  # without weights, all count the same


def best_constant(loss, y):
    """The one guess for all values of y that costs least."""
    y = np.sort(np.asarray(y, dtype=float))  # a sorted copy
    if loss == "ratio":
        return float(np.exp(np.mean(np.log(y))))  # log c is the mean of the logarithms
    if loss == "squared percentage":
        return float(np.sum(1 / y) / np.sum(1 / y**2))  # the slope, the mean of 2 (c − y) / y², is 0 here
    weight = 1 / y  # a unit off costs so much
    share = np.cumsum(weight) / np.sum(weight)  # of the weight up to here
    first = y[share > 0.5 - 1e-9][0]  # where the share reaches one half, up to rounding
    last = y[share > 0.5 + 1e-9][0]  # where it passes one half: another value only if it was hit exactly
    return float(first + last) / 2


def predicted_move(loss, n, t, tau=0.5):
    """How far the best guess for n values moves up when the largest of them moves up by t."""
    if loss == "squared":
        return t / n  # the sum grows by t
    if loss == "maximum":
        return t / 2 if n > 1 else t  # halfway between the smallest and the largest
    if loss == "huber":
        return 0.0  # beyond the edge the largest pulls as hard as before
    tau = tau if loss == "pinball" else 0.5
    above = (1 - tau) * n  # so many values may lie above the best guess
    if abs(above - 1) < 1e-9:
        return t / 2  # all between the two largest are equally good: the midpoint moves
    return t if above < 1 else 0.0  # it is the largest itself, or one that stays


def find_fault(f):
    """What is wrong with a function that should be the mean squared error."""
    errors, target = np.array([2.0, -1.0, 4.5]), np.array([1.0, 7.0, 30.0])

    def ask(times):
        return f(target + times * errors, target)

    near = ask(2e-3) / ask(1e-3)  # squares of errors twice as large are four times as large
    far = ask(2e6) / ask(1e6)
    if abs(near - 4) < 1e-6 and far < 3:
        return "capped"
    formulas = {"right": np.mean(errors**2)}
    formulas["root"] = np.sqrt(np.mean(errors**2))
    formulas["absolute"] = np.mean(np.abs(errors))
    formulas["mean first"] = np.mean(errors) ** 2
    formulas["one side"] = [np.mean(np.maximum(errors, 0) ** 2), np.mean(np.minimum(errors, 0) ** 2)]
    formulas["every pair"] = np.mean((target + errors - target[:, np.newaxis]) ** 2)
    got = ask(1)
    for fault in formulas:
        off = np.min(np.abs(np.subtract(formulas[fault], got)))
        if off < 1e-9 * got:
            return fault
    alone = f(np.array([3.0]), np.array([0.0]))  # of one error, the sum is the mean
    return "sum" if abs(alone - 9) < 1e-6 else "factor"


def huber_location(y, k=1.5):
    """Huber's location: far values pull no harder than those at the edge."""
    y = np.asarray(y, dtype=float)
    mu = np.median(y)  # the start
    scale = 1.4826 * np.median(np.abs(y - mu))  # computed once
    for _ in range(10_000):
        step = np.mean(np.clip(y - mu, -k * scale, k * scale))  # the mean of the clipped residuals
        mu = mu + step
        if abs(step) <= 1e-9 * scale:  # at once where the scale is 0: nothing may pull, and the median stays
            break
    return float(mu)


def bed_cost(beds, demand, near=5):
    """The mean cost of a day: an empty bed 1, a missing bed 3 for the first `near` patients, then 9."""
    missing = np.asarray(demand, dtype=float) - beds  # below 0, so many beds are empty
    empty = np.maximum(-missing, 0)
    far = np.maximum(missing - near, 0)  # who is driven to the next city
    neighbour = np.maximum(missing, 0) - far
    return float(np.mean(empty + 3 * neighbour + 9 * far))


# What the texts compute --------------------------------------------------------------------------------------------

COPPER = data.chem()["copper"]


def first_step(k):
    """The first step of Huber's location for 1, 2, 3, 4, 100."""
    return np.mean(np.clip([-2, -1, 0, 1, 97], -k * 1.4826, k * 1.4826))
