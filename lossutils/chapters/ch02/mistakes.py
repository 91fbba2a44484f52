"""What learners write instead in chapter 02. Where two mistakes return the same, the first one is named."""

from __future__ import annotations

import numpy as np

from lossutils.judge.task import Mistake

# Slopes of four losses -------------------------------------------------------------------------------------------


def error(pred, target):
    return np.asarray(pred, dtype=float) - np.asarray(target, dtype=float)


RIGHT = {
    "squared": lambda e, delta: 2 * e,
    "absolute": lambda e, delta: np.sign(e),
    "huber": lambda e, delta: np.clip(e, -delta, delta),
    "log-cosh": lambda e, delta: np.tanh(e),
}
LOSSES = {
    "squared": lambda e, delta: e * e,
    "absolute": lambda e, delta: np.abs(e),
    "huber": lambda e, delta: np.where(np.abs(e) < delta, e * e / 2, delta * (np.abs(e) - delta / 2)),
    "log-cosh": lambda e, delta: np.log(np.cosh(e)),
}


def slopes(instead=None, share=lambda slope: slope / slope.size, sign=1):
    """`loss_gradient` with other slopes for some losses, or another share of the mean."""

    def wrong_gradient(loss, pred, target, delta=1.0):
        return share((RIGHT | (instead or {}))[loss](sign * error(pred, target), delta))

    return wrong_gradient


AT_ZERO = "an error of 0 has no direction: code takes the subgradient 0 there, as np.sign does"
LOSS_GRADIENT = (
    Mistake("the error is the wrong way round, so every slope points uphill; it is pred − target", slopes(sign=-1)),
    Mistake(
        "these are the slopes of each prediction's own loss; in the mean, each counts 1/n only",
        slopes(share=lambda slope: slope),
    ),
    Mistake(
        "this is one number, the slope for one constant; return one slope for each prediction", slopes(share=np.mean)
    ),
    Mistake("these are the losses, not their slopes", slopes(LOSSES)),
    Mistake("the factor 2 is missing: the slope of e² is 2e", slopes({"squared": lambda e, delta: e})),
    Mistake(
        "the sign got lost; without it all predictions are pushed the same way",
        slopes({"squared": lambda e, delta: 2 * np.abs(e)}),
    ),
    Mistake(
        "the slope of |e| is 1 only above the target; below it is −1",
        slopes({"absolute": lambda e, delta: np.ones_like(e)}),
    ),
    Mistake(
        "the slope of |e| doesn't grow with the error; only its sign counts", slopes({"absolute": lambda e, delta: e})
    ),
    Mistake("delta is ignored; clip the error to ±delta", slopes({"huber": lambda e, delta: np.clip(e, -1, 1)})),
    Mistake(
        "beyond delta the slope of the Huber loss is ±delta, not ±1",
        slopes({"huber": lambda e, delta: np.where(np.abs(e) <= delta, e, np.sign(e))}),
    ),
    Mistake(
        "beyond delta the slope of the Huber loss stays at ±delta; it isn't 0",
        slopes({"huber": lambda e, delta: np.where(np.abs(e) <= delta, e, 0.0)}),
    ),
    Mistake(
        "nothing is clipped; beyond delta the slope of the Huber loss stays at ±delta",
        slopes({"huber": lambda e, delta: e}),
    ),
    Mistake(
        "delta counts for the Huber loss only; log-cosh has none",
        slopes({"log-cosh": lambda e, delta: np.clip(np.tanh(e), -delta, delta)}),
    ),
    Mistake(
        "this is the curvature of log-cosh; its slope is tanh(e)",
        slopes({"log-cosh": lambda e, delta: 1 - np.tanh(e) ** 2}),
    ),
    Mistake(
        "the quotient is upside down; the slope of log-cosh is sinh(e)/cosh(e), which is tanh(e)",
        slopes({"log-cosh": lambda e, delta: np.cosh(e) / np.sinh(e)}),
    ),
    Mistake(
        "cosh and exp overflow for errors of a thousand, and the slope becomes nan; np.tanh doesn't",
        slopes({"log-cosh": lambda e, delta: np.sinh(e) / np.cosh(e)}),
    ),
    Mistake(
        "the sum is divided by the number of rows; the mean is over all numbers, so divide by e.size",
        slopes(share=lambda slope: slope / len(slope)),
    ),
    Mistake(AT_ZERO, slopes({"absolute": lambda e, delta: np.where(e > 0, 1.0, -1.0)})),
    Mistake(AT_ZERO, slopes({"absolute": lambda e, delta: np.where(e >= 0, 1.0, -1.0)})),
    Mistake(AT_ZERO, slopes({"absolute": lambda e, delta: e / np.abs(e)})),
)


# Gradient descent ------------------------------------------------------------------------------------------------


def plain(X, y, loss, w, rate):
    return w - rate * X.T @ loss.grad(X @ w, y)


def far(now, before, start):
    return now > 1000 * start


def walk(step=plain, runs_away=far, start=np.zeros, count=lambda steps: steps, at_once=True, keep=False):
    """`gd` with another step, another sign of running away, another start or number of steps."""

    def wrong_gd(X, y, loss, rate, steps):
        w, gone = start(X.shape[1]), False
        first = before = loss(X @ w, y)
        for _ in range(count(steps)):
            new = step(X, y, loss, w, rate)
            now = loss(X @ new, y)
            gone = gone or bool(runs_away(now, before, first))
            w, before = (w if gone and keep else new), now
            if gone and at_once:
                break
        return w, gone

    return wrong_gd


def one_by_one(X, y, loss, w, rate):
    """Moves the second weight after it has seen the first one move."""
    w = w.copy()
    for j in range(len(w)):
        w[j] -= rate * X[:, j] @ loss.grad(X @ w, y)
    return w


def stale(X, y, loss, w, rate):
    """The gradient of the start, again and again."""
    return w - rate * X.T @ loss.grad(0 * (X @ w), y)


RISES = "the loss may rise for a step and fall again, as the absolute error's does; only 1000 times the start counts"
GD = (
    Mistake(
        "this walks uphill; subtract the gradient",
        walk(lambda X, y, loss, w, rate: w + rate * X.T @ loss.grad(X @ w, y)),
    ),
    Mistake("this is one step too few", walk(count=lambda steps: steps - 1)),
    Mistake("this is one step too many", walk(count=lambda steps: steps + 1)),
    Mistake("this is one step only", walk(count=lambda steps: 1)),
    Mistake("the gradient is that of the start in every step; compute it anew at each w", walk(stale)),
    Mistake(
        "loss.grad is the gradient of the mean already; don't divide by n again",
        walk(lambda X, y, loss, w, rate: w - rate * X.T @ loss.grad(X @ w, y) / len(y)),
    ),
    Mistake(
        "this is the gradient of the sum; loss.grad belongs to the mean, leave it as it is",
        walk(lambda X, y, loss, w, rate: w - rate * X.T @ loss.grad(X @ w, y) * len(y)),
    ),
    Mistake("the walk starts at 1; start at w = 0", walk(start=np.ones)),
    Mistake(
        "the weights move one after the other; compute the whole gradient first, then move them together",
        walk(one_by_one),
    ),
    Mistake(
        "the slope is that of the squared error, whatever the loss; ask loss.grad",
        walk(lambda X, y, loss, w, rate: w - rate * 2 * X.T @ (X @ w - y) / len(y)),
    ),
    Mistake(
        "it never says that the walk ran away; compare each loss with 1000 times the loss at w = 0",
        walk(runs_away=lambda now, before, start: False),
    ),
    Mistake("it walks on after it ran away; return at once", walk(at_once=False)),
    Mistake("it returns the weights before the step that went too far; return those after it", walk(keep=True)),
    Mistake(RISES, walk(runs_away=lambda now, before, start: now > before)),
    Mistake(RISES, walk(runs_away=lambda now, before, start: now > start)),
    Mistake(
        "the limit is 1000 times the loss at the start, not 1000", walk(runs_away=lambda now, before, start: now > 1000)
    ),
)


# The largest rate ------------------------------------------------------------------------------------------------


def limit(of, top=2.0):
    """`rate_limit` with another number in place of the largest eigenvalue of H, or of the 2."""
    return lambda X, curvature=2.0: float(top / of(X, curvature))


def most(H):
    return np.max(np.linalg.eigvalsh(H))


RATE_LIMIT = (
    Mistake(
        "this is 1/λmax, the rate that arrives in one step along the steepest direction; the limit is twice that",
        limit(lambda X, c: most(c * X.T @ X / len(X)), top=1.0),
    ),
    Mistake("H belongs to the mean: divide by n, the number of rows", limit(lambda X, c: most(c * X.T @ X))),
    Mistake(
        "H is divided by the number of columns; divide by n, the number of rows",
        limit(lambda X, c: most(c * X.T @ X / X.shape[1])),
    ),
    Mistake(
        "the flattest direction doesn't limit the rate; take the largest eigenvalue",
        limit(lambda X, c: np.min(np.linalg.eigvalsh(c * X.T @ X / len(X)))),
    ),
    Mistake("this is the sum of the eigenvalues; take the largest", limit(lambda X, c: np.trace(c * X.T @ X / len(X)))),
    Mistake(
        "this is the largest number on H's diagonal; directions between the axes may be steeper",
        limit(lambda X, c: np.max(np.diag(c * X.T @ X / len(X)))),
    ),
    Mistake(
        "a singular value of X must be squared before it is an eigenvalue of XᵀX",
        limit(lambda X, c: c * np.linalg.norm(X, 2) / len(X)),
    ),
    Mistake(
        "the curvature is ignored; a loss that bends half as much allows twice the rate",
        limit(lambda X, c: most(2 * X.T @ X / len(X))),
    ),
    Mistake("the curvature is left out", limit(lambda X, c: most(X.T @ X / len(X)))),
    Mistake(
        "the curvature belongs below the fraction line: the more a loss bends, the smaller the limit",
        limit(lambda X, c: most(X.T @ X / len(X)) / c),
    ),
    Mistake(
        "this is the covariance, from which the means are gone; H keeps them",
        limit(lambda X, c: most(c * np.atleast_2d(np.cov(X.T, bias=True)))),
    ),
    Mistake(
        "this is the largest eigenvalue, not the rate", lambda X, curvature=2.0: most(curvature * X.T @ X / len(X))
    ),
)
