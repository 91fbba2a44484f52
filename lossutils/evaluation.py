"""What to report about two classes: fair test predictions, recall and precision, ranking, calibration, cost.

`y` are labels 0 and 1; the rare class, the positives, is 1. `p` are probabilities, and a sample is called positive
where p is above the threshold. None of these is a loss: they judge a model, they do not train it. Each refuses in words
what it would count wrongly: other lengths, nan, labels that are not 0 and 1, pandas objects with different indexes.
"""

from __future__ import annotations

from collections.abc import Callable
from numbers import Real

import numpy as np

from lossutils.engine import complaints
from lossutils.engine.arguments import check_rng, check_whole, shown
from lossutils.engine.domain import PROBABILITY
from lossutils.engine.inputs import as_floats
from lossutils.engine.legal import check_domain, check_same_index


def stratified_folds(y, k: int, rng: np.random.RandomState) -> np.ndarray:
    """Deal the samples into k folds at random so that each fold has its share of each class; fold numbers (n,).

    The classes are dealt one after the other, in the order in which they first appear: for the same seed the folds are
    those of scikit-learn's StratifiedKFold(k, shuffle=True).
    """
    check_whole("stratified folds", "k", k, 2)
    check_rng("stratified folds", rng)
    y = np.asarray(y)
    if y.ndim != 1 or y.size == 0 or (y.dtype.kind == "f" and np.isnan(y).any()):
        raise ValueError(f"stratified folds: y must hold one class a sample, shape (n,), none nan; not shape {y.shape}")
    classes, places = np.unique(y, return_index=True)
    classes = classes[np.argsort(places)]
    counts = np.array([np.sum(y == c) for c in classes])
    if counts.min() < k:
        raise ValueError(f"stratified folds: {k} folds need {k} samples of each class, not {counts.min()}")
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
    check_same_index("out of fold", "X", X, "y", y, axes=("index",))
    X, y, folds = np.asarray(X), np.asarray(y), np.asarray(folds)
    if X.ndim == 0 or y.shape != X.shape[:1] or folds.shape != y.shape:
        raise ValueError(
            f"out of fold: X has shape {X.shape}, y {y.shape} and folds {folds.shape}, but each row of X needs one "
            f"label and one fold; NumPy would leave rows out, or fail far from here"
        )
    names = np.unique(folds)
    if len(names) < 2:
        raise ValueError(f"out of fold: {len(names)} fold leaves nothing to learn from; deal 2 or more")
    predictions = np.empty(len(y))
    for fold in names:
        unseen = folds == fold
        predict = fit(X[~unseen], y[~unseen])
        if not callable(predict):
            raise TypeError(f"out of fold: fit returned {shown(predict)}, but must return a function that predicts")
        said = np.asarray(predict(X[unseen]))
        if said.shape != (unseen.sum(),):
            raise ValueError(
                f"out of fold: {unseen.sum()} samples got predictions of shape {said.shape}, but each needs one "
                f"number; NumPy would broadcast them"
            )
        predictions[unseen] = said
    return predictions


def _judged(name: str, p, y) -> tuple[np.ndarray, np.ndarray]:
    """Return scores or probabilities (n,) and which samples are positive, once both can be counted."""
    check_same_index(name, "p", p, "y", y, axes=("index",))
    scores, labels = as_floats(name, "p", p), as_floats(name, "y", y)
    if scores.ndim != 1 or scores.shape != labels.shape:
        column = "; take one column, that of class 1" if scores.ndim == 2 else ""
        raise ValueError(
            f"{name}: p has shape {scores.shape} and y {labels.shape}, but both must be (n,){column}; NumPy would "
            f"broadcast them, or fail"
        )
    if scores.size == 0:
        raise complaints.empty(name, scores.shape)
    if np.isnan(scores).any():
        where = complaints.first(scores, ~np.isnan(scores))[1]
        raise ValueError(f"{name}: p is nan{where}, and nan is above no threshold; NumPy would call it negative")
    legal = (labels == 0) | (labels == 1)
    if not legal.all():
        label, where = complaints.first(labels, legal)
        raise ValueError(
            f"{name}: y is {label!r}{where}, but a label is 0 or 1; NumPy would count it as 0. Labels -1 and 1 become "
            f"0 and 1 by (labels + 1) / 2, one of several classes by y == class"
        )
    return scores, labels == 1


def confusion(p, y, threshold: float = 0.5) -> tuple[int, int, int, int]:
    """Count true positives, false positives, false negatives and true negatives."""
    scores, positive = _judged("confusion", p, y)
    if not isinstance(threshold, Real) or np.isnan(threshold):
        raise ValueError(f"confusion: threshold is {shown(threshold)}, but must be one number; no p is above nan")
    called = scores > threshold
    return tuple(
        int(np.sum(both)) for both in (called & positive, called & ~positive, ~called & positive, ~called & ~positive)
    )


def recall(p, y, threshold: float = 0.5) -> float:
    """Return the share of the positives that are called positive; nan where there are none."""
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

    Only the order counts, so scores serve as well as probabilities. Of one class alone it is nan.
    Hanley and McNeil 1982.
    """
    score, positive = _judged("area under the curve", score, y)
    below = np.sort(score[~positive])
    if not len(below) or len(below) == len(score):
        return float("nan")
    wins = np.searchsorted(below, score[positive], "left") + np.searchsorted(below, score[positive], "right")
    return float(np.mean(wins) / (2 * len(below)))


def equal_widths(bins: int) -> np.ndarray:
    """Return the edges of bins of one width from 0 to 1."""
    check_whole("equal widths", "bins", bins, 1)
    return np.linspace(0, 1, bins + 1)


@np.errstate(all="ignore")
def equal_counts(p, bins: int) -> np.ndarray:
    """Return the edges of bins that hold as many samples each as ties allow."""
    check_whole("equal counts", "bins", bins, 1)
    p = as_floats("equal counts", "p", p)
    if p.size == 0:
        raise complaints.empty("equal counts", p.shape)
    check_domain("equal counts", "p", PROBABILITY, p)
    return np.quantile(p, np.linspace(0, 1, bins + 1))


@np.errstate(all="ignore")
def reliability(p, y, edges: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return mean probability, share of positives and number of samples of each bin that is not empty.

    A probability on an inner edge belongs to the bin above it.
    """
    p, y = (values.astype(float) for values in _judged("reliability", p, y))
    check_domain("reliability", "p", PROBABILITY, p)
    edges = as_floats("reliability", "edges", edges)
    if edges.ndim != 1 or len(edges) < 2 or not (np.diff(edges) >= 0).all():
        raise ValueError(
            f"reliability: the edges are {shown(edges)}, but must be rising numbers, one more than there are bins; "
            f"NumPy would count into wrong bins. Take equal_widths(10) or equal_counts(p, 10)"
        )
    which = np.searchsorted(edges[1:-1], p, side="right")
    count = np.bincount(which, minlength=len(edges) - 1)
    full = count > 0
    sums = (np.bincount(which, values, len(edges) - 1)[full] for values in (p, y))
    mean, share = (total / count[full] for total in sums)
    return mean, share, count[full]


@np.errstate(all="ignore")
def ece(p, y, edges: np.ndarray) -> float:
    """Expected calibration error: how far said and true shares lie apart, averaged over the samples' bins.

    It depends on the bins, so name them: `equal_widths(10)`, `equal_counts(p, 10)`. Naeini, Cooper, Hauskrecht 2015.
    """
    mean, share, count = reliability(p, y, edges)
    return float(np.average(np.abs(mean - share), weights=count))
