"""Probabilities that 569 tumours are malignant, each from a model that has not seen the tumour."""

from __future__ import annotations

import numpy as np

from lossutils import data, evaluation
from lossutils.numerics import sigmoid

FOLDS = 5
PENALTY = 0.5  # times the squared coefficients, beside the summed loss; the intercept is free
STEPS = 30  # of Newton; ten are enough


def tumour_probabilities() -> tuple[np.ndarray, np.ndarray]:
    """Return stated probabilities (569,) and labels, 1 for malignant.

    A logistic regression on the radius and the texture of the nuclei, both standardised on the rows that are learned.
    Each class is cut into five parts in the order of the file; each part is predicted from the other four.
    """
    tumours = data.breast_cancer()
    X, y = tumours.matrix("mean_radius", "mean_texture"), tumours["malignant"].astype(float)
    folds = np.empty(len(y), dtype=int)
    for label, first in ((0, 2), (1, 0)):  # where a class does not divide by five, two or three folds have one more
        rows = np.flatnonzero(y == label)
        sizes = len(rows) // FOLDS + (np.roll(np.arange(FOLDS), first) < len(rows) % FOLDS)
        folds[rows] = np.repeat(np.arange(FOLDS), sizes)
    return evaluation.out_of_fold(fit, X, y, folds), y


def fit(X, y):
    """Fit a logistic regression with a small penalty; return the function that predicts."""
    mean, spread = X.mean(axis=0), X.std(axis=0)
    A = np.column_stack([np.ones(len(y)), (X - mean) / spread])
    w, held = np.zeros(A.shape[1]), 2 * PENALTY * np.diag([0.0, *np.ones(X.shape[1])])
    for _ in range(STEPS):
        p = sigmoid(A @ w)
        w = w - np.linalg.solve((A.T * (p * (1 - p))) @ A + held, A.T @ (p - y) + held @ w)
    return lambda new: sigmoid(np.column_stack([np.ones(len(new)), (new - mean) / spread]) @ w)
