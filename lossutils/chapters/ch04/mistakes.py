"""What learners write instead in the first tasks of chapter 04. Where two return the same, the first one is named."""

from __future__ import annotations

import numpy as np

from lossutils.judge.task import Mistake
from lossutils.judge.wrong import EMPTY_IS_NAN, EMPTY_IS_ZERO, OVERFLOW


def with_ones(X):
    return np.column_stack([np.ones(len(X)), X])


def weights(A, y):
    return np.linalg.lstsq(A, y, rcond=None)[0]


# Least squares ---------------------------------------------------------------------------------------------------


def fit(matrix=with_ones, solve=weights, size=lambda e, k: np.mean(e**2), give=lambda w, loss: (w, loss)):
    """`lstsq_mse` with another matrix, another way to solve, another loss, or another form."""

    def wrong_fit(X, y):
        A = matrix(X)
        w = solve(A, y)
        return give(w, float(size(A @ w - y, A.shape[1])))

    return wrong_fit


LSTSQ_MSE = (
    Mistake("there is no intercept; put a column of ones before the inputs", fit(lambda X: X)),
    Mistake("the intercept comes last; it should come first", fit(lambda X: np.column_stack([X, np.ones(len(X))]))),
    Mistake("this is the sum of the squares; divide by n", fit(size=lambda e, k: np.sum(e**2))),
    Mistake(
        "the squares are divided by n less the number of weights, as to estimate the noise; the loss on these "
        "data is divided by n",
        fit(size=lambda e, k: np.sum(e**2) / max(len(e) - k, 0.5)),
    ),
    Mistake("this is the root of the mean squared error", fit(size=lambda e, k: np.sqrt(np.mean(e**2)))),
    Mistake("this is the mean absolute error of the right weights", fit(size=lambda e, k: np.mean(np.abs(e)))),
    Mistake(
        "these are the weights of standardised inputs; the inputs should stay as they are",
        fit(lambda X: with_ones((X - X.mean(axis=0)) / X.std(axis=0))),
    ),
    Mistake(
        "these are the weights of inputs whose means were taken away; the inputs should stay as they are",
        fit(lambda X: with_ones(X - X.mean(axis=0))),
    ),
    Mistake("only the weights come back; return w and the mean squared error", fit(give=lambda w, loss: w)),
    Mistake(
        "the two results are the wrong way round: first the weights, then the mean squared error",
        fit(give=lambda w, loss: (loss, w)),
    ),
    Mistake(
        "the normal equations lose twice as many digits; for inputs far from 0 none that matter are left: solve "
        "R w = Qᵀy, or ask np.linalg.lstsq",
        fit(solve=lambda A, y: np.linalg.solve(A.T @ A, A.T @ y)),
    ),
)


# R² and the root mean squared error ------------------------------------------------------------------------------


def score(formula, equal_shapes=True, constant=None, is_constant=lambda y: y.max() == y.min()):
    """`r2` by another formula, or with another answer where it should refuse."""

    def wrong_score(pred, target):
        pred, target = np.asarray(pred, dtype=float), np.asarray(target, dtype=float)
        if equal_shapes and pred.shape != target.shape:
            raise ValueError
        if is_constant(target):
            if constant is None:
                raise ValueError
            return constant(pred, target)
        return float(formula(pred - target, pred, target))

    return wrong_score


def share(e, pred, target):
    return 1 - np.mean(e**2) / np.var(target)


COLUMN = "a column minus a row makes all n² differences; compare the shapes first, and raise a ValueError"
R2 = (
    Mistake("this is the share that is left; subtract it from 1", score(lambda e, p, y: np.mean(e**2) / np.var(y))),
    Mistake(
        "compare squares, not their roots: MSE with the variance",
        score(lambda e, p, y: 1 - np.sqrt(np.mean(e**2)) / np.std(y)),
    ),
    Mistake(
        "prediction and target are swapped: the variance is that of the targets",
        score(lambda e, p, y: 1 - np.mean(e**2) / np.var(p) if np.var(p) else -np.inf),
    ),
    Mistake(
        "this is the squared correlation; it forgives predictions that are off by a constant or a factor",
        score(lambda e, p, y: np.corrcoef(p, y)[0, 1] ** 2 if np.ptp(p) else 0.0),
    ),
    Mistake(
        "this is the variance of the predictions over that of the targets; R² looks at the errors",
        score(lambda e, p, y: np.var(p) / np.var(y)),
    ),
    Mistake(
        "the variance of the errors forgives predictions that are all too high; take their mean square",
        score(lambda e, p, y: 1 - np.var(e) / np.var(y)),
    ),
    Mistake(
        "the variance is divided by n − 1, the mean square by n; take n for both",
        score(lambda e, p, y: 1 - np.mean(e**2) / np.var(y, ddof=1)),
    ),
    Mistake(
        "the targets are compared with 0; R² compares with their mean",
        score(lambda e, p, y: 1 - np.sum(e**2) / np.sum(y**2)),
    ),
    Mistake("R² may be negative: leave it as it is", score(lambda e, p, y: max(0.0, share(e, p, y)))),
    Mistake(COLUMN, score(share, equal_shapes=False)),
    Mistake(
        "targets without variance leave nothing to explain; 0 hides that, so raise a ValueError",
        score(share, constant=lambda pred, target: 0.0),
    ),
    Mistake(
        "targets without variance leave nothing to explain; this divides by 0, or nearly, so raise a ValueError",
        score(share, is_constant=lambda y: False),
    ),
    Mistake(
        "in floating point the variance of 0.1, 0.1, 0.1 is not 0; ask whether the largest target is the smallest",
        score(share, is_constant=lambda y: np.var(y) == 0),
    ),
    Mistake(
        "these targets differ, by millionths; in another unit they would differ by ones: ask whether the largest "
        "is the smallest",
        score(share, is_constant=lambda y: np.isclose(np.var(y), 0)),
    ),
)


def root(formula, equal_shapes=True, convert=lambda a: np.asarray(a, dtype=float), empty=None):
    """`rmse` by another formula, without a conversion, or with an answer where it should refuse."""

    def wrong_root(pred, target):
        pred, target = convert(pred), convert(target)
        if equal_shapes and pred.shape != target.shape:
            raise ValueError
        if pred.size == 0:
            if empty is None:
                raise ValueError
            return empty
        return float(formula(pred - target))

    return wrong_root


def right_root(e):
    return np.sqrt(np.mean(e**2))


RMSE = (
    Mistake("this is the mean squared error; take its root", root(lambda e: np.mean(e**2))),
    Mistake("this is the root of the sum; take the mean before the root", root(lambda e: np.sqrt(np.sum(e**2)))),
    Mistake(
        "n stands outside the root; divide by n before you take it", root(lambda e: np.sqrt(np.sum(e**2)) / e.size)
    ),
    Mistake(
        "the root is taken of each square, which gives the mean absolute error; take it of the mean",
        root(lambda e: np.mean(np.sqrt(e**2))),
    ),
    Mistake(
        "this is the standard deviation of the errors, which forgives predictions that are all too high", root(np.std)
    ),
    Mistake(
        "the squares are divided by n − 1; the mean squared error divides by n",
        root(lambda e: np.sqrt(np.sum(e**2) / (e.size - 1))),
    ),
    Mistake("without a square, errors of opposite signs cancel", root(lambda e: np.abs(np.mean(e)))),
    Mistake(COLUMN, root(right_root, equal_shapes=False)),
    Mistake(OVERFLOW, root(right_root, convert=np.asarray)),
    Mistake(EMPTY_IS_NAN, root(right_root, empty=np.nan)),
    Mistake(EMPTY_IS_ZERO, root(right_root, empty=0.0)),
)
