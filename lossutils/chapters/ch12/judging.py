"""What a threshold costs, and a threshold that is chosen where it does not pay."""

from __future__ import annotations

import numpy as np

from lossutils import evaluation


def costs_at(thresholds, score, y, miss: float, false_alarm: float = 1.0) -> np.ndarray:
    """Return what all mistakes cost at each of these thresholds."""
    score, y = np.asarray(score, float), np.asarray(y, float)
    positive, negative = np.sort(score[y == 1]), np.sort(score[y == 0])
    missed = np.searchsorted(positive, thresholds, "right")
    return miss * missed + false_alarm * (len(negative) - np.searchsorted(negative, thresholds, "right"))


def cheapest_threshold(score, y, miss: float, false_alarm: float = 1.0) -> float:
    """Return the threshold at which the mistakes on these samples cost least, midway between two scores."""
    places = np.unique(np.asarray(score, float))
    middles = np.concatenate([[places[0] - 1], (places[1:] + places[:-1]) / 2, [places[-1] + 1]])
    return float(middles[np.argmin(costs_at(middles, score, y, miss, false_alarm))])


def chosen_cost(z, y, folds, miss: float, false_alarm: float = 1.0) -> float:
    """Return what all mistakes cost if each fold's threshold is the cheapest one on the other folds."""
    total = 0.0
    for fold in np.unique(folds):
        here = folds == fold
        threshold = cheapest_threshold(z[~here], y[~here], miss, false_alarm)
        total += evaluation.cost(z[here], y[here], miss, false_alarm, threshold)
    return total
