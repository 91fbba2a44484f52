"""Fair predictions of every sample: by a model that has not seen it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lossutils.engine.arguments import check_rng, check_whole, shown
from lossutils.engine.legal import check_same_index


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
