"""How two ways of finding a rare class are compared fairly: without a threshold, at chosen ones, and with intervals."""

from __future__ import annotations

import numpy as np

from lossutils import evaluation
from lossutils.numerics import sigmoid


def precision_by_recall(score, y) -> tuple[np.ndarray, np.ndarray]:
    """Return recall and precision for every threshold that calls at least one positive right, highest first."""
    score, y = np.asarray(score, float), np.asarray(y, float)
    order = np.argsort(-score, kind="stable")
    hits = np.cumsum(y[order])
    last = np.append(np.diff(score[order]) != 0, True) & (hits > 0)  # equal scores are called together
    return (hits / hits[-1])[last], (hits / np.arange(1, len(y) + 1))[last]


def average_precision(score, y) -> float:
    """Return the mean precision over the positives: lower the threshold to each of them, and take the precision."""
    recall, precision = precision_by_recall(score, y)
    return float(np.sum(np.diff(recall, prepend=0) * precision))


def wilson(hits: int, n: int) -> tuple[float, float]:
    """Return the interval of 95 % for a share, from so many hits among n. Wilson 1927."""
    z = 1.959964
    middle, half = hits + z * z / 2, z * np.sqrt(hits * (n - hits) / n + z * z / 4)
    return float((middle - half) / (n + z * z)), float((middle + half) / (n + z * z))


def recalibration(z, y) -> tuple[float, float]:
    """Return the intercept and the coefficient of the line in z that tells the log-odds best; 0 and 1 if z is honest.

    By Newton's steps on the logistic loss.
    """
    A, line = np.column_stack([np.ones(len(z)), z]), np.zeros(2)  # from a line of 1, huge scores leave no curvature
    for _ in range(30):
        p = sigmoid(A @ line)
        line = line - np.linalg.solve((A.T * (p * (1 - p))) @ A, A.T @ (p - y))
    return float(line[0]), float(line[1])


def cheapest_threshold(score, y, miss: float, false_alarm: float = 1.0) -> float:
    """Return the threshold at which the mistakes on these samples cost least, midway between two scores."""
    score, y = np.asarray(score, float), np.asarray(y, float)
    places = np.unique(score)
    middles = np.concatenate([[places[0] - 1], (places[1:] + places[:-1]) / 2, [places[-1] + 1]])
    positive, negative = np.sort(score[y == 1]), np.sort(score[y == 0])
    missed = np.searchsorted(positive, middles, "right")
    alarms = len(negative) - np.searchsorted(negative, middles, "right")
    return float(middles[np.argmin(miss * missed + false_alarm * alarms)])


def chosen_cost(z, y, folds, miss: float, false_alarm: float = 1.0) -> float:
    """Return what all mistakes cost if each fold's threshold is the cheapest one on the other folds."""
    total = 0.0
    for fold in np.unique(folds):
        here = folds == fold
        threshold = cheapest_threshold(z[~here], y[~here], miss, false_alarm)
        total += evaluation.cost(z[here], y[here], miss, false_alarm, threshold)
    return total
