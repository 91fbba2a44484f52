"""The functions of exercise 08, as a learner may write them, and what its texts compute."""

from __future__ import annotations

import numpy as np

from lossutils import data


def any_of(z, y, m):
    """The mean cross-entropy of "at least one of m rings is damaged", and its slopes in the scores of the rings."""
    none = m * np.logaddexp(0, z)  # minus the log of the chance that all m stay whole
    some = -np.expm1(-none)  # the chance of at least one, with all digits where it is small
    p = np.exp(-np.logaddexp(0, -z))  # of one ring
    loss = np.mean(np.where(y == 1, -np.log(some), none))
    slope = np.where(y == 1, -m * p * np.exp(-none) / some, m * p) / len(z)
    return loss, slope


def fit_logistic(X, y, penalty=0.0):
    """The weights with the least total cross-entropy and penalty, by Newton's steps; None if there are none."""
    w = np.zeros(X.shape[1])
    strength = np.full(X.shape[1], float(penalty))
    strength[0] = 0.0  # the intercept is free
    for _ in range(100):
        z = X @ w
        separated = np.all((2 * y - 1) * z > 0)  # every score has the right sign
        if separated and penalty == 0:
            return None  # larger weights cost less, without end
        p = 1 / (1 + np.exp(-z))
        gradient = X.T @ (p - y) + strength * w
        hessian = X.T @ ((p * (1 - p))[:, np.newaxis] * X) + np.diag(strength)
        step = np.linalg.solve(hessian, gradient)
        w = w - step
        size = np.max(np.abs(step))
        if size < 1e-10:
            break
    return w


def predicted_fit(change, intercept, coefficient, k):
    """Intercept and coefficient of a logistic regression after a change, told from what they were before."""
    if change == "unit":
        return intercept, coefficient / k  # a step of one new unit is a k-th of an old one
    if change == "origin":
        return intercept + coefficient * k, coefficient  # x is the new input plus k
    if change == "mirror":
        return intercept + coefficient * k, -coefficient  # x is k minus the new input
    if change == "labels":
        return -intercept, -coefficient  # the odds are turned over
    if change == "offset":
        return intercept - k, coefficient  # the scores are the same as before
    return intercept, coefficient  # copies


def diagnose(f):
    """What is wrong with f(z, y), which should return the mean cross-entropy of scores, and its slopes."""
    z, y = np.array([2.0, -1.0, 0.5, -3.0]), np.array([0.0, 1.0, 1.0, 0.0])
    p = 1 / (1 + np.exp(-z))
    loss, slope = f(z, y)
    right = np.mean(np.where(y == 1, -np.log(p), -np.log(1 - p)))
    is_sum = np.isclose(loss, len(z) * right)
    is_turned = np.allclose(slope, (y - p) / len(z))
    is_squared = np.isclose(loss, np.mean((p - y) ** 2))
    is_right = np.isclose(loss, right)
    if is_sum:
        return "sum"
    if is_turned:
        return "sign"
    if is_squared:
        return "squared"
    if not is_right:
        return "one label"
    pairs = [np.array([far, -far]) for far in (40.0, 1000.0)]
    for scores in pairs:
        for labels in ([0.0, 1.0], [1.0, 0.0]):
            answer = np.concatenate([np.ravel(part) for part in f(scores, np.array(labels))])
            finite = np.all(np.isfinite(answer))
            if not finite:
                return "not finite"
    for scores in pairs:
        slopes = f(scores, np.array([0.0, 1.0]))[1]  # both are wrong, and each has half of the mean
        weakest = np.min(np.abs(slopes))
        if weakest < 0.25:
            return "flat"
    return "right"


# What the texts compute --------------------------------------------------------------------------------------------

FLOWN = data.challenger()
SMALL_X = np.column_stack([np.ones(4), [0.0, 1.0, 2.0, 3.0]])
MIXED, SPLIT = np.array([0, 1, 0, 1]), np.array([0, 0, 1, 1])


def of_three(m, part):
    """The loss (part 0) or the slopes (part 1) of the scores −2, −2 and 1 with the labels 0, 1, 1."""
    return any_of(np.array([-2.0, -2.0, 1.0]), np.array([0, 1, 1]), m)[part]
