"""Chapter 02: slopes of four losses, a gradient check, gradient descent, and the rate at which it runs away."""

from __future__ import annotations

import numpy as np

from lossutils import SquaredError
from lossutils.chapters.ch02 import check_mistakes, inputs, mistakes
from lossutils.judge.task import Check, Task

# The references, as a learner may write them ---------------------------------------------------------------------


def loss_gradient(loss, pred, target, delta=1.0):
    """The gradient of the mean loss in the predictions."""
    e = np.asarray(pred, dtype=float) - np.asarray(target, dtype=float)
    if loss == "squared":
        slope = 2 * e
    elif loss == "absolute":
        slope = np.sign(e)
    elif loss == "huber":
        slope = np.clip(e, -delta, delta)
    else:  # log-cosh
        slope = np.tanh(e)
    return slope / e.size


def gradient_check(f, gradient, w, h=1e-5):
    """How far a claimed gradient is from central differences, relative to the larger of the two."""
    w = np.asarray(w, dtype=float)
    steps = h * np.eye(len(w))  # row j moves weight j only
    numeric = np.array([(f(w + step) - f(w - step)) / (2 * h) for step in steps])
    claimed = gradient(w)
    size = max(np.max(np.abs(claimed)), np.max(np.abs(numeric)))
    if size == 0:
        return 0.0
    return float(np.max(np.abs(claimed - numeric)) / size)


def gd(X, y, loss, rate, steps):
    """Walk downhill from w = 0; return the weights, and whether the walk ran away."""
    w = np.zeros(X.shape[1])
    start = loss(X @ w, y)
    for _ in range(steps):
        w = w - rate * X.T @ loss.grad(X @ w, y)
        if loss(X @ w, y) > 1000 * start:
            return w, True
    return w, False


def rate_limit(X, curvature=2.0):
    """The rate beyond which gradient descent runs away."""
    H = curvature * X.T @ X / len(X)
    return float(2 / np.max(np.linalg.eigvalsh(H)))


# The tasks -------------------------------------------------------------------------------------------------------

TASKS = (
    Task(
        "gradients of four losses",
        3,
        3,
        loss_gradient,
        (
            Check("squared error", inputs.slopes_of("squared")),
            Check("absolute error", inputs.slopes_of("absolute")),
            Check("the Huber loss", inputs.slopes_of("huber", deltas=(3.5, 5.5))),
            Check("log-cosh", inputs.slopes_of("log-cosh")),
            Check("errors of a thousand", inputs.large_errors, hidden=True),
            Check("a table of predictions", inputs.tables, hidden=True),
            Check("errors of 0", inputs.exact_hits, hidden=True),
        ),
        mistakes.LOSS_GRADIENT,
        (
            "first the slope of each loss in its own prediction, as in the lecture's table. Then: how much of the mean "
            "is one prediction?",
            "with e = pred − target, the slopes are 2e, sign(e), e clipped to ±delta, and tanh(e). The gradient of the "
            "mean is slope / n, where n counts all the numbers in e, and has the shape of e.",
        ),
    ),
    Task(
        "a gradient check",
        2,
        2,
        gradient_check,
        (
            Check("a gradient that is right", inputs.right_claims),
            Check("a gradient that is wrong everywhere", inputs.wrong_claims),
            Check("one wrong sign", inputs.one_wrong_sign, hidden=True),
            Check("other units", inputs.other_units, hidden=True),
            Check("places given as integers", inputs.whole_places, hidden=True),
            Check("a flat place", inputs.flat_places, hidden=True),
        ),
        check_mistakes.GRADIENT_CHECK,
        (
            "move one weight at a time, by h to both sides, and see how much f changes. Then compare the two gradients "
            "at their worst place.",
            "numeric[j] = (f(w + h·e_j) − f(w − h·e_j)) / (2h), where e_j has a 1 at place j and 0 elsewhere. The "
            "answer is max|claimed − numeric| / max(max|claimed|, max|numeric|), and 0 when both gradients are 0.",
        ),
    ),
    Task(
        "gradient descent",
        3,
        3,
        gd,
        (
            Check("a few steps with squared error", inputs.walks_with(SquaredError(), 0.4, (1, 2, 5))),
            Check("absolute error and Huber", inputs.bouncing),
            Check("a rate that is too large", inputs.walks_with(SquaredError(), 1.5, (60,))),
            Check("many steps near the limit", inputs.walks_with(SquaredError(), 0.95, (30, 200)), hidden=True),
            Check("the patients of the lecture", inputs.patients, hidden=True),
            Check("a rate a little too large", inputs.walks_with(SquaredError(), 1.1, (3, 300)), hidden=True),
        ),
        mistakes.GD,
        (
            "four lines of the lecture do the walk. What is new is to look at the loss after each step.",
            "w ← w − rate · Xᵀg with g = loss.grad(Xw, y), from w = 0, so many times. If the loss after a step is over "
            "1000 times that at w = 0, return w and True at once; after the last step, w and False.",
        ),
    ),
    Task(
        "the largest rate",
        2,
        2,
        rate_limit,
        (
            Check("squared error", inputs.inputs_of(((2, 1), (3, 2), (4, 2))), tolerance=0.01),
            Check("other curvatures", inputs.inputs_of(((3, 2), (5, 3)), curvatures=(1.0, 0.5)), tolerance=0.01),
            Check("unseen matrices", inputs.long_tables, hidden=True, tolerance=0.01),
            Check(
                "inputs far from 0",
                inputs.inputs_of(((4, 2), (9, 3)), curvatures=(2.0,), shift=5.0),
                hidden=True,
                tolerance=0.01,
            ),
        ),
        mistakes.RATE_LIMIT,
        (
            "which matrix holds the curvatures in all directions? Its steepest one decides. NumPy's eigvalsh finds the "
            "eigenvalues of a symmetric matrix.",
            "H = curvature · XᵀX / n, where n is the number of rows; the limit is 2 / the largest eigenvalue of H.",
        ),
    ),
)
