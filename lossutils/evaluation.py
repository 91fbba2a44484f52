"""What to report about two classes: fair test predictions, recall and precision, ranking, calibration, cost.

`y` are labels 0 and 1; the rare class, the positives, is 1. `p` are probabilities, and a sample is called positive
where p is above the threshold. None of these is a loss: they judge a model, they do not train it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np


def stratified_folds(y, k: int, rng: np.random.RandomState) -> np.ndarray:
    """Deal the samples into k folds at random so that each fold has its share of each class; fold numbers (n,).

    The classes are dealt one after the other, in the order in which they first appear: for the same seed the folds are
    those of scikit-learn's StratifiedKFold(k, shuffle=True).
    """
    y = np.asarray(y)
    classes, first = np.unique(y, return_index=True)
    classes = classes[np.argsort(first)]
    counts = np.array([np.sum(y == c) for c in classes])
    if k < 2 or counts.min() < k:
        raise ValueError(f"stratified folds: {k} folds need k >= 2 and {k} samples of each class, not {counts.min()}")
    owner = np.repeat(np.arange(len(classes)), counts)  # the classes laid out in a row, and every k-th goes to one fold
    share = np.array([np.bincount(owner[fold::k], minlength=len(classes)) for fold in range(k)])
    folds = np.empty(len(y), dtype=int)
    for c in range(len(classes)):
        dealt = np.repeat(np.arange(k), share[:, c])
        rng.shuffle(dealt)
        folds[y == classes[c]] = dealt
    return folds


def out_of_fold(fit: Callable, X: np.ndarray, y: np.ndarray, folds: np.ndarray) -> np.ndarray:
    """Predict every sample by a model that has not seen it: predictions (n,).

    `fit(X, y)` learns from the samples of all folds but one, and returns a function that predicts from inputs.
    """
    predictions = np.empty(len(y))
    for fold in np.unique(folds):
        unseen = folds == fold
        predictions[unseen] = fit(X[~unseen], y[~unseen])(X[unseen])
    return predictions


def confusion(p, y, threshold: float = 0.5) -> tuple[int, int, int, int]:
    """Count true positives, false positives, false negatives and true negatives."""
    called, positive = np.asarray(p) > threshold, np.asarray(y) == 1
    return tuple(int(np.sum(both)) for both in (called & positive, called & ~positive, ~called & positive,
                                                ~called & ~positive))  # fmt: skip


def recall(p, y, threshold: float = 0.5) -> float:
    """Return the share of the positives that are called positive."""
    hit, _, missed, _ = confusion(p, y, threshold)
    return hit / (hit + missed) if hit + missed else float("nan")


def precision(p, y, threshold: float = 0.5) -> float:
    """Return the share of true positives among those called positive; nan where none is called so."""
    hit, false, _, _ = confusion(p, y, threshold)
    return hit / (hit + false) if hit + false else float("nan")


def cost(p, y, miss: float, false_alarm: float, threshold: float = 0.5) -> float:
    """Return what all mistakes together cost."""
    _, false, missed, _ = confusion(p, y, threshold)
    return miss * missed + false_alarm * false


def auc(score, y) -> float:
    """Return how often a positive has the higher score than a negative, over all such pairs; a tie counts half.

    Only the order counts, so scores serve as well as probabilities. Hanley and McNeil 1982.
    """
    score, positive = np.asarray(score), np.asarray(y) == 1
    below = np.sort(score[~positive])
    if not len(below) or len(below) == len(score):
        return float("nan")
    wins = np.searchsorted(below, score[positive], "left") + np.searchsorted(below, score[positive], "right")
    return float(np.mean(wins) / (2 * len(below)))


def equal_widths(bins: int) -> np.ndarray:
    """Return the edges of bins of one width from 0 to 1."""
    return np.linspace(0, 1, bins + 1)


def equal_counts(p, bins: int) -> np.ndarray:
    """Return the edges of bins that hold as many samples each as ties allow."""
    return np.quantile(p, np.linspace(0, 1, bins + 1))


def reliability(p, y, edges: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return mean probability, share of positives and number of samples of each bin that is not empty.

    A probability on an inner edge belongs to the bin above it.
    """
    p, y = np.asarray(p, dtype=float), np.asarray(y, dtype=float)
    which = np.searchsorted(edges[1:-1], p, side="right")
    count = np.bincount(which, minlength=len(edges) - 1)
    full = count > 0
    sums = (np.bincount(which, values, len(edges) - 1)[full] for values in (p, y))
    mean, share = (total / count[full] for total in sums)
    return mean, share, count[full]


def ece(p, y, edges: np.ndarray) -> float:
    """Expected calibration error: how far said and true shares lie apart, averaged over the samples' bins.

    It depends on the bins, so name them: `equal_widths(10)`, `equal_counts(p, 10)`. Naeini, Cooper, Hauskrecht 2015.
    """
    mean, share, count = reliability(p, y, edges)
    return float(np.average(np.abs(mean - share), weights=count))
