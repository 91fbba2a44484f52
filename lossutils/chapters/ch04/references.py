"""The functions of exercise 04, as a learner may write them, and what its texts compute."""

from __future__ import annotations

import numpy as np


def best_coefficient(x, y, penalty=0.0, towards=0.0, weight=None):
    """The coefficient of a line through the origin with the least mean squared error plus penalty."""
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    products = np.average(x * y, weights=weight)
    squares = np.average(x * x, weights=weight)
    if squares + penalty == 0:
        return float(towards)  # nothing depends on the coefficient: stay
    return float((products + penalty * towards) / (squares + penalty))


def in_new_units(what, value, u, v, shift=0.0):
    """What becomes of a number when the targets are written as u · y + shift, and the inputs as v · x."""
    if what in ("mse", "variance"):
        return value * u**2  # squares of what has the target's unit
    if what == "rmse":
        return value * u
    if what == "coefficient":
        return value * u / v
    if what == "intercept":
        return value * u + shift  # it is a prediction, the one for x = 0
    if what == "slope":
        return value * u * v  # the mean of 2 · error · input
    if what == "curvature":
        return value * v**2  # the mean of 2 · input²
    if what == "rate":
        return value / v**2  # 2 divided by the curvature
    return value  # R² has no unit


def fault_of_r2(f):
    """What is wrong with a function that should be R²."""
    target = np.array([1.31, 7.13, 30.77, 12.49])  # no simple number is their mean
    pred = target + np.array([2.0, -1.0, 4.5, 3.0])
    e = pred - target
    mse = np.mean(e**2)
    variance = np.var(target)
    formulas = {"right": 1 - mse / variance}
    formulas["left over"] = mse / variance
    formulas["roots"] = 1 - np.sqrt(mse / variance)
    formulas["swapped"] = 1 - mse / np.var(pred)
    formulas["correlation"] = np.corrcoef(pred, target)[0, 1] ** 2
    formulas["spread"] = 1 - np.var(e) / variance
    formulas["n minus one"] = 1 - mse / np.var(target, ddof=1)
    formulas["every pair"] = 1 - np.mean((pred - target[:, np.newaxis]) ** 2) / variance
    got = f(pred, target)
    fault = min(formulas, key=lambda name: abs(formulas[name] - got))
    if abs(formulas[fault] - got) > 1e-9:
        return "other mean"  # it compares with a number that none of the formulas knows
    if fault == "right" and f(target + 100, target) >= 0:
        return "never negative"
    return fault


def three_parts(pred, target, noise, weight=None):
    """Bias², variance and noise, from many fits and one measurement at each place."""
    pred, target = np.asarray(pred, dtype=float), np.asarray(target, dtype=float)
    usual = np.mean(pred, axis=0)  # what the fits predict on average, at each place
    spread = np.mean((pred - usual) ** 2, axis=0)
    known = noise * np.ones(len(target))
    noise = np.average(known, weights=weight)
    variance = np.average(spread, weights=weight)
    bias2 = np.average((usual - target) ** 2, weights=weight) - noise  # a measurement is off by the noise, too
    return float(bias2), float(variance), float(noise)


def left_out_rmse(X, y, group):
    """The root mean squared error in training, and on groups that the fit has not seen."""
    A, y, group = np.column_stack([np.ones(len(X)), X]), np.asarray(y, dtype=float), np.asarray(group)
    inside = A @ np.linalg.lstsq(A, y, rcond=None)[0]
    outside = np.zeros(len(y))
    labels = np.unique(group)
    for one in labels:
        new = group == one
        w = np.linalg.lstsq(A[~new], y[~new], rcond=None)[0]
        outside[new] = A[new] @ w
    return float(np.sqrt(np.mean((inside - y) ** 2))), float(np.sqrt(np.mean((outside - y) ** 2)))
