"""Where the mean loss of a linear model is lowest, to the last digit: what gradient descent is compared with."""

from __future__ import annotations

import numpy as np


def lowest(X, y, loss) -> tuple[np.ndarray, float]:
    """Return the weights (k,) of least mean loss of the linear model Xw, and that loss; `X` is (n, k), `y` is (n,).

    The loss is convex. Where it bends, Newton's steps are halved until they go down; `newton` makes one. Where it only
    has a kink, as the absolute error, the best plane meets k targets exactly, and slopes between those beside the
    kinks balance all others: that proves the minimum, and a RuntimeError says where no such plane was found.
    """
    X, y = np.asarray(X, float), np.asarray(y, float)
    w = np.linalg.lstsq(X, y, rcond=None)[0]
    return _smooth(X, y, loss, w) if loss.curvature(np.zeros(1), np.zeros(1))[0] else _kinked(X, y, loss, w)


def newton(X, y, loss, w) -> np.ndarray:
    """Return where one step of Newton leads from w: the gradient is divided by the curvature."""
    hessian = X.T @ (loss.curvature(X @ w, y)[:, np.newaxis] * X) / len(y)
    return w - np.linalg.solve(hessian, X.T @ loss.grad(X @ w, y))


def _smooth(X, y, loss, w):
    risk = loss(X @ w, y)
    for _ in range(50):
        step = newton(X, y, loss, w) - w
        while loss(X @ (w + step), y) > risk and np.abs(step).max() > 1e-15:
            step = step / 2
        w, risk = w + step, loss(X @ (w + step), y)
        if np.abs(step).max() <= 1e-15 * max(1, np.abs(w).max()):
            break
    return w, risk


def _kinked(X, y, loss, w):
    met = np.sort(np.argsort(np.abs(X @ w - y), kind="stable")[: X.shape[1]])
    for _ in range(1000):  # from plane to plane, each through one other target, as linear programming walks
        w = np.linalg.solve(X[met], y[met])
        u = balancing_slopes(X, y, w, met)
        worst = np.argmax(np.abs(u))
        if np.abs(u[worst]) <= 1:
            return w, loss(X @ w, y)
        along = np.linalg.solve(X[met], np.sign(u[worst]) * np.eye(len(w))[worst])  # all other targets stay met
        met[worst] = _next_kink(X @ w - y, X @ along, met, np.abs(u[worst]) - 1)
    raise RuntimeError("lowest: no plane through as many targets as weights could be proved to be the best one")


def _next_kink(error, change, met, downhill) -> int:
    """Return the target at which Σ|error + t·change| stops falling, as t grows from 0, where its slope is −downhill."""
    with np.errstate(divide="ignore", invalid="ignore"):
        t = -error / change
    t[met] = np.inf
    crossed = np.flatnonzero((t > 0) & np.isfinite(t))
    crossed = crossed[np.argsort(t[crossed], kind="stable")]
    slope = np.cumsum(2 * np.abs(change[crossed])) - downhill  # each kink that is passed turns its slope round
    return int(crossed[np.argmax(slope >= 0)])


def balancing_slopes(X, y, w, met) -> np.ndarray:
    """Return the slopes of |e| at the kinks `met` that balance the slopes ±1 of all other targets, in every weight."""
    others = np.delete(np.arange(len(y)), met)
    push = X[others].T @ np.sign(X[others] @ w - y[others])
    return np.linalg.solve(X[met].T, -push)
