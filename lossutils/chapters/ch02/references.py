"""The functions of exercise 02, as a learner may write them, and what its texts compute."""

from __future__ import annotations

import numpy as np

from lossutils import AbsoluteError


def slope_and_curvature(loss, e, c=1.0):
    """Slope and curvature of a loss at the errors e: two arrays."""
    e = np.asarray(e, dtype=float)
    u = e / c
    if loss == "fourth power":
        return e**3, 3 * e**2
    if loss == "pseudo-Huber":
        root = np.sqrt(1 + u**2)
        return e / root, 1 / root**3
    return e / (1 + u**2), (1 - u**2) / (1 + u**2) ** 2  # Cauchy


def rate_limit(X, bend=1.0, weight=None):
    """The rate up to which gradient descent settles for whatever targets."""
    X = np.asarray(X, dtype=float)
    w = np.ones(len(X)) if weight is None else np.asarray(weight, dtype=float)
    H = bend * X.T @ (w[:, np.newaxis] * X) / np.sum(w)
    return float(2 / np.max(np.linalg.eigvalsh(H)))


def steps_needed(curvatures, rate, times):
    """After how many steps every distance is at most 1/times of what it was; infinity if never."""
    factors = np.abs(1 - rate * np.asarray(curvatures, dtype=float))
    slowest = np.max(factors)
    if slowest >= 1:
        return np.inf
    if slowest == 0:
        return 1
    exact = np.log(times) / -np.log(slowest)
    return int(np.ceil(exact - 1e-9))  # as floats, log 125 / log 5 lies a little above 3


def gradient_fault(f, gradient, k):
    """What is wrong with a gradient of f, a function of k weights."""
    places = 2 * np.sin(np.outer([1.0, 2.0, 3.0], np.arange(1, k + 1)))  # three places that are nothing special
    for place in places:
        claimed = gradient(place)
        right = np.array([(f(place + step) - f(place - step)) / 2e-5 for step in 1e-5 * np.eye(k)])
        near = 1e-5 * np.max(np.abs(right))  # what rounding may do
        off = np.abs(claimed - right) > near
        wrong = np.sum(off)  # so many slopes
        turned = np.abs(claimed + right) <= near
        gone = np.all(claimed[off] == 0)
        exchanged = np.all(np.abs(claimed[off][::-1] - right[off]) <= near)
        factor = claimed @ right / (right @ right)
        scaled = np.all(np.abs(claimed - factor * right) <= near)
        if wrong == 0:
            continue
        if wrong == 1 and gone:
            return "one missing"
        if all(turned):
            return "sign"
        if wrong == 1 and all(turned[off]):
            return "one sign"
        if wrong == 2 and exchanged:
            return "swapped"
        if scaled:
            return "factor"
        return "penalty"
    return "right"


def careful_walk(X, y, loss, rate, steps):
    """Walk downhill from w = 0; a step that would raise the risk is not made, and the rate is halved instead."""
    w = np.zeros(X.shape[1])
    risk = loss(X @ w, y)
    for _ in range(steps):
        there = w - rate * X.T @ loss.grad(X @ w, y)
        its_risk = loss(X @ there, y)
        if its_risk > risk:
            rate = rate / 2
        else:
            w, risk = there, its_risk
    return w, rate


# What the texts compute --------------------------------------------------------------------------------------------

TWO, TARGETS, ABSOLUTE = np.array([[1.0], [2.0]]), np.array([2.0, 2.0]), AbsoluteError()
SQUARE = np.array([[1.0, 1.0], [1.0, -1.0], [1.0, 3.0]])
