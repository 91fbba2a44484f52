"""What learners write instead in the later tasks of chapter 04: refits, the parts of an error, the influential row."""

from __future__ import annotations

import numpy as np

from lossutils.chapters.ch04.mistakes import weights, with_ones
from lossutils.judge.task import Mistake

# Lines on resamples ----------------------------------------------------------------------------------------------


def refit(rows_of=lambda drawn, n: drawn, targets=lambda y, drawn: y[drawn], matrix=with_ones, give=lambda pred: pred):
    """`refits` with other rows, other targets, another matrix or another form."""

    def wrong_refit(X, y, rows, X_new):
        A, A_new = matrix(X), matrix(X_new)
        chosen = [rows_of(drawn, len(X)) for drawn in rows]
        return give(np.array([A_new @ weights(A[drawn], targets(y, drawn)) for drawn in chosen]))

    return wrong_refit


def at_old_places(X, y, rows, X_new):
    A = with_ones(X)
    return np.array([A @ weights(A[drawn], y[drawn]) for drawn in rows])


REFITS = (
    Mistake(
        "all models are fitted to all rows; model b should see the rows in rows[b] only",
        refit(lambda drawn, n: np.arange(n)),
    ),
    Mistake(
        "each row counts once, however often it was drawn; a row that was drawn twice counts twice",
        refit(lambda drawn, n: np.unique(drawn)),
    ),
    Mistake(
        "the models are fitted to the rows that were not drawn",
        refit(lambda drawn, n: np.setdiff1d(np.arange(n), drawn)),
    ),
    Mistake(
        "inputs and targets are no longer pairs; take the drawn rows of both",
        refit(targets=lambda y, drawn: y[: len(drawn)]),
    ),
    Mistake("there is no intercept; put a column of ones before the inputs", refit(matrix=lambda X: X)),
    Mistake("with one resample the answer still has one row, of shape (1, places)", refit(give=np.squeeze)),
    Mistake("this is the average model; return what each of them predicts", refit(give=lambda pred: pred.mean(axis=0))),
    Mistake("rows and columns are swapped: one row for each model", refit(give=np.transpose)),
    Mistake("these are predictions for the old inputs X; they should be for X_new", at_old_places),
)


# Bias, variance and noise ----------------------------------------------------------------------------------------


def squared_bias(pred, target):
    return np.mean((np.mean(pred, axis=0) - np.mean(target, axis=1)) ** 2)


def spread_of_models(pred, target):
    return np.mean(np.var(pred, axis=0))


def spread_of_targets(pred, target):
    return np.mean(np.var(target, axis=1))


def three(bias=squared_bias, variance=spread_of_models, noise=spread_of_targets, give=lambda parts: parts):
    """`bias_variance` with other parts, or another form."""
    return lambda pred, target: give(tuple(float(part(pred, target)) for part in (bias, variance, noise)))


def off(pred, target):
    return np.mean(pred, axis=0) - np.mean(target, axis=1)


BIAS_VARIANCE = (
    Mistake(
        "errors of opposite signs cancel: square the bias at each place first, then take the mean",
        three(bias=lambda pred, target: np.mean(off(pred, target)) ** 2),
    ),
    Mistake("this is the bias without its square", three(bias=lambda pred, target: np.mean(np.abs(off(pred, target))))),
    Mistake(
        "the average model is compared with single measurements, so its bias holds the noise too",
        three(bias=lambda pred, target: np.mean((np.mean(pred, axis=0)[:, np.newaxis] - target) ** 2)),
    ),
    Mistake(
        "single models are compared with the truth, so the bias holds the variance too",
        three(bias=lambda pred, target: np.mean((pred - np.mean(target, axis=1)) ** 2)),
    ),
    Mistake(
        "this is how one model's predictions vary from place to place; the variance is how the models vary at one",
        three(variance=lambda pred, target: np.mean(np.var(pred, axis=1))),
    ),
    Mistake(
        "this is the variance of all predictions together; take it at each place, then the mean",
        three(variance=lambda pred, target: np.var(pred)),
    ),
    Mistake(
        "the models are compared with the truth, so the variance holds the bias too",
        three(variance=lambda pred, target: np.mean((pred - np.mean(target, axis=1)) ** 2)),
    ),
    Mistake(
        "these are standard deviations; the parts of a squared error are variances",
        three(
            variance=lambda pred, target: np.mean(np.std(pred, axis=0)),
            noise=lambda pred, target: np.mean(np.std(target, axis=1)),
        ),
    ),
    Mistake(
        "the variances are divided by n − 1; only with n do the three parts sum to the mean squared error",
        three(
            variance=lambda pred, target: np.mean(np.var(pred, axis=0, ddof=1)),
            noise=lambda pred, target: np.mean(np.var(target, axis=1, ddof=1)),
        ),
    ),
    Mistake(
        "this is the variance of all targets together; the noise is how the measurements at one place vary",
        three(noise=lambda pred, target: np.var(target)),
    ),
    Mistake(
        "this is how the targets vary from place to place; the noise is how the measurements at one place vary",
        three(noise=lambda pred, target: np.mean(np.var(target, axis=0))),
    ),
    Mistake("this is the sum of the three parts; return them one by one", three(give=sum)),
    Mistake("the order is bias², variance, noise", three(give=lambda parts: (parts[1], parts[0], parts[2]))),
)


# The most influential row ----------------------------------------------------------------------------------------


def removal(choose=np.argmax, of=np.abs, give=lambda row, change: (row, change), which=lambda j: j):
    """`most_influential` that chooses another row, or gives another answer."""

    def wrong_removal(X, y, j):
        A, j = with_ones(X), which(j)
        w = weights(A, y)
        rest = [np.arange(len(y)) != i for i in range(len(y))]
        change = np.array([weights(A[rows], y[rows])[j] - w[j] for rows in rest])
        row = int(choose(of(change)))
        return give(row, float(change[row]))

    return wrong_removal


def hat(X):
    A = with_ones(X)
    return np.sum(A * np.linalg.pinv(A).T, axis=1)


def of_row(score):
    """The change for the row that another quantity would choose."""

    def wrong_row(X, y, j):
        A = with_ones(X)
        row = int(np.argmax(score(X, A @ weights(A, y) - y)))
        rest = np.arange(len(y)) != row
        return row, float(weights(A[rest], y[rest])[j] - weights(A, y)[j])

    return wrong_row


MOST_INFLUENTIAL = (
    Mistake(
        "this is the row with the largest error; a row may bend the line towards itself and have a small one",
        of_row(lambda X, e: np.abs(e)),
    ),
    Mistake(
        "this is the row with the largest leverage; it has influence only if its target is off as well",
        of_row(lambda X, e: hat(X)),
    ),
    Mistake(
        "this is the row with the largest Cook's distance, which looks at all predictions; coefficient j was asked",
        of_row(lambda X, e: e**2 * hat(X) / (1 - hat(X)) ** 2),
    ),
    Mistake("a large change may be negative; compare the sizes", removal(of=np.asarray)),
    Mistake("this is the row that changes the coefficient least", removal(choose=np.argmin)),
    Mistake(
        "the sign is the wrong way round: without the row, minus with all rows",
        removal(give=lambda row, change: (row, -change)),
    ),
    Mistake("the change has lost its sign", removal(give=lambda row, change: (row, abs(change)))),
    Mistake("rows are counted from 0, as NumPy does", removal(give=lambda row, change: (row + 1, change))),
    Mistake("only the row comes back; return it and its change", removal(give=lambda row, change: row)),
    Mistake("j counts the intercept as 0; this is the coefficient before", removal(which=lambda j: j - 1)),
)
