"""Chapter 08: binary cross-entropy from scores, its gradient, Newton's steps, and what is wrong with a program."""

from __future__ import annotations

import numpy as np

from lossutils.chapters.ch08 import inputs, mistakes
from lossutils.judge.task import Check, Task

# The references, as a learner may write them ---------------------------------------------------------------------


def bce_with_logits(z, y, weight=None):
    """The mean binary cross-entropy of scores."""
    z, y = np.asarray(z, dtype=float), np.asarray(y, dtype=float)
    each = np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))  # no exponent is above 0
    return float(np.average(each, weights=weight))  # without weights, all count the same


def bce_with_logits_grad(z, y, weight=None):
    """The gradient of the mean binary cross-entropy in the scores."""
    z, y = np.asarray(z, dtype=float), np.asarray(y, dtype=float)
    small = np.exp(-np.abs(z))  # no exponent is above 0
    p = np.where(z >= 0, 1, small) / (1 + small)
    w = np.ones(z.size) if weight is None else np.asarray(weight, dtype=float)
    return w * (p - y) / np.sum(w)


def newton_logistic(X, y, steps=10):
    """The weights of a logistic regression after so many Newton steps from 0."""
    w = np.zeros(X.shape[1])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-X @ w))
        gradient = X.T @ (p - y)
        hessian = X.T @ ((p * (1 - p))[:, None] * X)  # the slope of the sigmoid, for each row
        w = w - np.linalg.solve(hessian, gradient)
    return w


def diagnose(f):
    """What is wrong with f(z, y), which should return the loss of one score and its slope."""
    for z, y in [(-2.0, 0.0), (-1.0, 1.0), (1.0, 0.0), (2.0, 1.0)]:  # ordinary scores
        loss, slope = f(z, y)
        expected = 1 / (1 + np.exp(-z)) - y
        if abs(slope - expected) > 1e-6:
            return "wrong slope"
    far = [(-1000.0, 1.0), (-40.0, 1.0), (40.0, 0.0), (1000.0, 0.0)]  # on the wrong side
    for z, y in far:
        for label in (y, 1 - y):
            finite = np.all(np.isfinite(f(z, label)))
            if not finite:
                return "not finite"
    for z, y in far:
        loss, slope = f(z, y)
        if abs(slope) < 0.5:
            return "no slope"
    return "right"


# The tasks -------------------------------------------------------------------------------------------------------

TASKS = (
    Task(
        "cross-entropy of scores",
        2,
        2,
        bce_with_logits,
        (
            Check("scores from −5 to 5", inputs.ordinary),
            Check("weights", inputs.weighted, hidden=True),
            Check("large scores", inputs.large, hidden=True),
            Check("scores in float32", inputs.single, hidden=True),
            Check("the scores whose loss PyTorch printed", inputs.printed_by_torch, hidden=True),
        ),
        mistakes.VALUE,
        (
            "don't compute a probability on the way: it is rounded, and its logarithm makes the rounding large. Which "
            "form of log(1 + e^z) has no exponent above 0?",
            "one loss is max(z, 0) − y·z + log1p(e^−|z|). Then the weighted mean, Σ w·loss / Σ w; without weights "
            "every w is 1.",
        ),
    ),
    Task(
        "its gradient",
        2,
        1,
        bce_with_logits_grad,
        (
            Check("scores from −5 to 5", inputs.ordinary),
            Check("weights", inputs.weighted, hidden=True),
            Check("large scores", inputs.large, hidden=True),
            Check("scores whose gradient PyTorch printed", inputs.printed_by_torch, hidden=True),
        ),
        mistakes.GRADIENT,
        (
            "the slope of one loss in its own score is an error. Then: how much of the mean is one score?",
            "w·(p − y) / Σ w, one number for each score, where p = 1 / (1 + e^−z). Without weights that is "
            "(p − y) / n.",
        ),
    ),
    Task(
        "Newton's steps",
        3,
        3,
        newton_logistic,
        (
            Check("one step", inputs.steps_of(1)),
            Check("two steps", inputs.steps_of(2)),
            Check("the launches, two decimals", inputs.launches, tolerance=1e-4),
            Check("the launches, six digits", inputs.launches, hidden=True),
            Check("other columns, more steps", inputs.more_columns, hidden=True),
            Check("labels between 0 and 1", inputs.shares, hidden=True),
        ),
        mistakes.NEWTON,
        (
            "a step is gradient divided by curvature. Both are sums over the rows of X; the division is a system of "
            "equations, np.linalg.solve.",
            "with p = σ(Xw): gradient = Xᵀ(p − y), Hessian = Xᵀ D X, where D has p(1 − p) on its diagonal. Then "
            "w ← w − Hessian⁻¹ gradient, with p computed anew in each step. Start at w = 0.",
        ),
    ),
    Task(
        "a bug hunt",
        2,
        2,
        diagnose,
        (
            Check("programs that are right, not finite, or wrong in sign", inputs.not_finite),
            Check("programs without a slope far out", inputs.no_slope, hidden=True),
            Check("programs with a wrong slope", inputs.wrong_slope, hidden=True),
        ),
        mistakes.DIAGNOSE,
        (
            "call f with scores whose loss and slope you know. Ordinary ones show a wrong formula; what do 1000 and "
            "−1000 show, with either label? nan is neither above nor below anything: ask np.isfinite.",
            "first some |z| ≤ 5, both signs and both labels: the slope must be σ(z) − y. Then z = ±40 and ±1000: all "
            "finite? Then the far ones on the wrong side (z = 40 with y = 0, z = −40 with y = 1): the slope must be "
            "near 1 and −1.",
        ),
    ),
)
