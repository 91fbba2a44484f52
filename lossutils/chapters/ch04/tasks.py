"""Chapter 04: least squares, R² and its root, refits on resamples, the parts of an error, the most influential row."""

from __future__ import annotations

import numpy as np

from lossutils.chapters.ch04 import inputs, mistakes
from lossutils.chapters.ch04 import resample_mistakes as later_mistakes
from lossutils.judge import draws
from lossutils.judge.task import Check, Task

# The references, as a learner may write them ---------------------------------------------------------------------


def lstsq_mse(X, y):
    """The weights with the least mean squared error, intercept first, and that error."""
    A = np.column_stack([np.ones(len(X)), X])
    Q, R = np.linalg.qr(A)
    w = np.linalg.solve(R, Q.T @ y)
    e = A @ w - y
    return w, float(np.mean(e**2))


def r2(pred, target):
    """The share of the targets' variance that the predictions explain."""
    pred = np.asarray(pred, dtype=float)
    target = np.asarray(target, dtype=float)
    if pred.shape != target.shape:
        raise ValueError("r2: one prediction for each target, in the same shape")
    if max(target) == min(target):
        raise ValueError("r2: all targets are equal, so there is nothing to explain")
    mse = np.mean((pred - target) ** 2)
    return float(1 - mse / np.var(target))


def rmse(pred, target):
    """The root of the mean squared error, in the target's own unit."""
    pred = np.asarray(pred, dtype=float)
    target = np.asarray(target, dtype=float)
    if pred.shape != target.shape:
        raise ValueError("rmse: one prediction for each target, in the same shape")
    if pred.size == 0:
        raise ValueError("rmse: no prediction at all")
    mse = np.mean((pred - target) ** 2)
    return float(np.sqrt(mse))


def refits(X, y, rows, X_new):
    """What lines predict at new places, each fitted to other rows: one line of numbers for each line."""
    A = np.column_stack([np.ones(len(X)), X])
    A_new = np.column_stack([np.ones(len(X_new)), X_new])
    pred = np.zeros((len(rows), len(X_new)))
    for b in range(len(rows)):
        w = np.linalg.lstsq(A[rows[b]], y[rows[b]], rcond=None)[0]
        pred[b] = A_new @ w
    return pred


def bias_variance(pred, target):
    """Three parts of the mean squared error: bias², variance and noise."""
    usual = np.mean(pred, axis=0)  # what the models predict on average, at each place
    truth = np.mean(target, axis=1)  # what is measured on average, at each place
    bias2 = np.mean((usual - truth) ** 2)
    variance = np.mean(np.var(pred, axis=0))
    noise = np.mean(np.var(target, axis=1))
    return float(bias2), float(variance), float(noise)


def most_influential(X, y, j):
    """The row whose removal changes coefficient j most, and that change."""
    A = np.column_stack([np.ones(len(X)), X])
    w = np.linalg.lstsq(A, y, rcond=None)[0]
    change = np.zeros(len(y))
    for i in range(len(y)):
        rest = np.arange(len(y)) != i
        without = np.linalg.lstsq(A[rest], y[rest], rcond=None)[0]
        change[i] = without[j] - w[j]
    most = int(np.argmax(np.abs(change)))
    return most, float(change[most])


# The tasks -------------------------------------------------------------------------------------------------------

TASKS = (
    Task(
        "least squares",
        3,
        2,
        lstsq_mse,
        (
            Check("one input", inputs.regressions(((3, 1), (4, 1), (6, 1)))),
            Check("several inputs", inputs.regressions(((5, 2), (7, 3), (40, 4)))),
            Check("the stack loss of some days", inputs.stackloss_days, hidden=True),
            Check("inputs far from 0", inputs.far_inputs, hidden=True),
        ),
        mistakes.LSTSQ_MSE,
        (
            "put a column of ones before the inputs; then one factorisation and one set of equations.",
            "A = (1, X), A = QR, R w = Qᵀy; the error is e = A w − y, and the loss the mean of e².",
        ),
    ),
    Task(
        "R²",
        1,
        1,
        r2,
        (
            Check("a few predictions", inputs.varied_pairs),
            Check("predictions worse than the mean", inputs.bad_pairs, hidden=True),
            Check("targets that are all equal, or nearly", inputs.nearly_equal_targets, hidden=True),
            Check("a column of predictions", inputs.columns, hidden=True),
        ),
        mistakes.R2,
        (
            "compare the model with the best constant: what does each of them leave?",
            "1 − MSE / variance of the targets, with n below both; ValueError for two shapes, or targets all equal.",
        ),
    ),
    Task(
        "the root mean squared error",
        1,
        1,
        rmse,
        (
            Check("a few predictions", inputs.varied_pairs),
            Check("small integers", draws.small_integers, hidden=True),
            Check("a column of predictions", inputs.columns, hidden=True),
            Check("an empty input", draws.nothing, hidden=True),
        ),
        mistakes.RMSE,
        (
            "square, mean, root: in which order?",
            "√(mean of (pred − target)²), both converted to float; ValueError for two shapes, or nothing at all.",
        ),
    ),
    Task(
        "lines on resamples",
        1,
        1,
        refits,
        (
            Check("a line on a few resamples", inputs.resampled_lines),
            Check("several inputs", inputs.resampled_planes, hidden=True),
            Check("one resample, of fewer rows", inputs.small_resamples, hidden=True),
        ),
        later_mistakes.REFITS,
        (
            "A[rows[b]] and y[rows[b]] are resample b; a row that was drawn twice stands there twice.",
            "for each b: w from least squares on A[rows[b]] and y[rows[b]], intercept included; row b of the answer is "
            "A_new @ w.",
        ),
    ),
    Task(
        "bias, variance and noise",
        2,
        2,
        bias_variance,
        (
            Check("a few models", inputs.models(((2, 3, 4), (3, 2, 2), (4, 3, 2)))),
            Check("many models", inputs.models(((30, 8, 5),))),
            Check("as many models as places and measurements", inputs.models(((3, 3, 3), (4, 4, 4))), hidden=True),
            Check("one model, or one measurement at each place", inputs.models(((1, 3, 2), (3, 4, 1))), hidden=True),
        ),
        later_mistakes.BIAS_VARIANCE,
        (
            "first average: over the models, at each place; over the measurements, at each place. The rest is three "
            "means of squares.",
            "usual = mean over the rows of pred, truth = mean over the columns of target; bias² = mean (usual − "
            "truth)², variance = mean of the variances of pred's columns, noise = mean of the variances of target's "
            "rows.",
        ),
    ),
    Task(
        "the most influential row",
        1,
        2,
        most_influential,
        (
            Check("the slope of a line", inputs.influenced_lines),
            Check("any coefficient", inputs.influenced_planes, hidden=True),
            Check("the stack loss", inputs.influenced_stackloss, hidden=True),
        ),
        later_mistakes.MOST_INFLUENTIAL,
        (
            "leave out one row, fit again, compare; then the next row.",
            "change[i] = (coefficient j without row i) − (coefficient j with all rows); the answer is the row with the "
            "largest |change|, counted from 0, and its change.",
        ),
    ),
)
