"""The functions of exercise 05, as a learner may write them, and what its texts compute."""

from __future__ import annotations

import numpy as np


def robust_weight(loss, e, c=1.0):
    """The weight that a loss gives to rows with these errors: slope divided by error."""
    u = np.abs(np.asarray(e, dtype=float)) / c
    if loss == "fair":
        return 1 / (1 + u)
    if loss == "welsch":
        return np.exp(-(u**2) / 2)
    near = np.where(u == 0, 1.0, u)  # so that nothing is divided by 0
    weight = np.tanh(near) / near
    if loss == "sine":
        weight = np.where(u < np.pi, np.sin(near) / near, 0.0)
    return np.where(u == 0, 1.0, weight)  # the limit


def largest_pull(loss, c=1.0):
    """The error above 0 at which a row pulls hardest, and how hard it pulls there."""
    if loss == "welsch":
        return c, c * np.exp(-0.5)  # the slope of e · exp(−u²/2) is 0 where u is 1
    if loss == "sine":
        return c * np.pi / 2, c
    return np.inf, c  # the pull grows for ever, towards c


def where_it_lands(loss, n, m, t, edge=1.0):
    """The best constant for n values of which n − m are 0, and m have slipped to t."""
    few = min(m, n - m)  # the minority pulls the constant away from the majority
    if loss == "squared":
        moved = few * t / n
    elif 2 * m == n:
        moved = t / 2
    elif loss == "huber":
        moved = min(few * t / n, few * edge / (n - few))  # as the squared error, until the pull is limited
    else:
        moved = 0.0  # the median stays, and Tukey's loss does not hear the few
    return moved if 2 * m <= n else t - moved


def fault_of_weights(f):
    """What is wrong with a function that should return the weights under Huber's loss."""
    e = np.array([-1.0, 2.0, 3.0, -4.5, 5.0, 7.0, 11.0, -16.0, 40.0])
    moved = np.max(np.abs(f(1e9 * e) - f(e)))
    if moved > 1e-9:
        return "fixed scale"  # in another unit the same rows would weigh the same
    u = e / (np.median(np.abs(e)) / 0.6745)
    right = np.minimum(1, 1.345 / np.abs(u))
    formulas = {"right": right}
    formulas["no factor"] = np.minimum(1, 1.345 * np.median(np.abs(e)) / np.abs(e))
    formulas["deviation"] = np.minimum(1, 1.345 * np.std(e) / np.abs(e))
    spread = np.median(np.abs(e - np.median(e))) / 0.6745
    formulas["about the median"] = np.minimum(1, 1.345 * spread / np.abs(e))
    formulas["slope"] = np.clip(u, -1.345, 1.345)
    formulas["root"] = np.sqrt(right)
    formulas["dropped"] = np.where(right < 1, 0.0, 1.0)
    formulas["one side"] = np.where(e > 0, right, 1.0)
    formulas["other side"] = np.where(e < 0, right, 1.0)
    fault = min(formulas, key=lambda name: np.max(np.abs(formulas[name] - f(e))))
    return "one side" if fault == "other side" else fault


def best_lines(x, y):
    """The least total of absolute errors of a line, and the smallest and the largest coefficient that reach it."""
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    found = []
    for i in range(len(x)):
        for j in range(i):
            if x[i] != x[j]:
                coefficient = (y[i] - y[j]) / (x[i] - x[j])
                errors = y[i] + coefficient * (x - x[i]) - y
                total = np.sum(np.abs(errors))
                found = [*found, (total, coefficient)]
    total, coefficient = np.array(found).T
    least = np.min(total)
    best = coefficient[total <= least + 1e-9 * len(x) * np.ptp(y)]  # equal, up to rounding
    return float(least), float(np.min(best)), float(np.max(best))


def tukey_line(x, y, line, edge=4.685):
    """The line under Tukey's loss, from a line that is given, with the scale of that line's errors."""
    X = np.column_stack([np.ones(len(x)), x])
    line = np.asarray(line, dtype=float)
    scale = np.median(np.abs(X @ line - y)) / 0.6745  # once, and held
    for _ in range(1000):
        u = (X @ line - y) / (edge * scale)
        root = np.where(np.abs(u) < 1, 1 - u**2, 0.0)  # the root of the weight
        before = line
        line = np.linalg.lstsq(root[:, np.newaxis] * X, root * y, rcond=None)[0]
        step = np.max(np.abs(X @ (line - before)))
        if step <= 1e-11 * scale:
            break
    return float(line[0]), float(line[1])
