"""The functions of exercise 19, as a learner may write them, and what its texts compute."""

from __future__ import annotations

import numpy as np


def centre_slopes(x, y, centres, widths, lines, shape="gaussian"):
    """The slope of the mean squared error of a blend in the centre of each rule."""
    x, y = np.asarray(x, dtype=float)[:, np.newaxis], np.asarray(y, dtype=float)[:, np.newaxis]
    u = (x - centres) / widths  # a column for each rule
    if shape == "gaussian":
        logs, slopes = -(u**2) / 2, u
    elif shape == "hill":
        logs, slopes = -np.log1p(u**2), 2 * u / (1 + u**2)
    else:
        logs, slopes = -np.logaddexp(u, -u), np.tanh(u)  # up to a constant, which no share feels
    strengths = np.exp(logs - np.max(logs, axis=1, keepdims=True))  # the largest is 1, however far the row lies
    shares = strengths / np.sum(strengths, axis=1, keepdims=True)
    says = x * lines[:, 0] + lines[:, 1]
    blend = np.sum(shares * says, axis=1, keepdims=True)
    return np.mean(2 * (blend - y) * shares * (says - blend) * slopes / widths, axis=0)


def least_loss(q, link, constant=False):
    """The least mean loss that any model can reach on rows of memberships q."""
    q = np.asarray(q, dtype=float)
    off = np.max(np.abs(np.sum(q, axis=1) - 1))
    if link == "softmax" and off > 1e-6:
        raise ValueError("least_loss: a row of memberships does not sum to 1")
    if constant:
        q = np.mean(q, axis=0, keepdims=True)  # the best constant is the mean row
    parts = [q] if link == "softmax" else [q, 1 - q]  # each class and its rest
    logs = [np.log(np.where(part > 0, part, 1.0)) for part in parts]  # 0 · log 0 counts as 0
    entropies = -sum(part * log for part, log in zip(parts, logs, strict=True))
    return float(np.mean(np.sum(entropies, axis=1)))


def fault_of_rules(f):
    """What is wrong with a function that should blend four rules over two inputs."""
    says = np.array([10.0, 23.0, 41.0, 77.0])

    def expected(q1, q2):
        strengths = np.outer(q1, q2).ravel()
        least, total = np.minimum.outer(q1, q2).ravel(), np.add.outer(q1, q2).ravel()
        shares = {"right": strengths, "minimum": least, "sum": total, "squared": strengths**2}
        shares["softmax"] = np.exp(strengths)
        shares["order"] = np.outer(q2, q1).ravel()
        shares["first alone"] = np.repeat(q1, 2)
        shares["second alone"] = np.tile(q2, 2)
        shares["plain mean"] = np.ones(4)
        shares["winner"] = strengths == np.max(strengths)
        blends = {name: says @ share / np.sum(share) for name, share in shares.items()}
        return blends | {"not divided": says @ strengths}

    fits = set(expected(np.ones(2), np.ones(2)))
    for size in (1.0, 1e-6):  # no share changes when all strengths shrink
        q1, q2 = size * np.array([0.9, 0.4]), np.array([0.3, 0.8])
        got = f(q1, q2, says)
        fits = {name for name in fits if abs(expected(q1, q2)[name] - got) <= 1e-9 * abs(got)}
    fault = min(fits, default="dropped")
    return "one input" if fault in ("first alone", "second alone") else fault


def noise_memberships(X, centres, reach, m=2.0, rounds=10):
    """The memberships in K groups and, in the last column, in a group for rows that belong to none of them."""
    X, centres = np.asarray(X, dtype=float), np.asarray(centres, dtype=float)
    for done in range(rounds + 1):
        squares = np.sum((X[:, np.newaxis] - centres) ** 2, axis=2)
        squares = np.column_stack([squares, np.full(len(X), float(reach) ** 2)])  # all rows are equally far from it
        nearest = np.min(squares, axis=1, keepdims=True)
        ratio = np.divide(nearest, squares, out=np.ones_like(squares), where=squares > 0)  # 1 on a centre
        parts = ratio ** (1 / (m - 1))
        q = parts / np.sum(parts, axis=1, keepdims=True)
        if done < rounds:
            weight = q[:, :-1] ** m
            centres = weight.T @ X / np.sum(weight, axis=0)[:, np.newaxis]
    return q


# What the texts compute --------------------------------------------------------------------------------------------

TWO_RULES = {
    "x": np.array([1.0, 3.0, 2.5]),
    "y": np.array([5.0, 2.0, 4.0]),
    "centres": np.array([0.0, 4.0]),
    "widths": np.array([1.5, 1.5]),
    "lines": np.array([[1.0, 2.0], [-1.0, 6.0]]),
}
ROWS = [[0.0], [1.0], [9.0], [10.0], [60.0]]
IN_WORDS = {"gaussian": "the Gaussian shape", "hill": 'the shape `"hill"`', "cosh": 'the shape `"cosh"`'}
