"""Yes or no: what is found, what is missed, what it costs, and how well a score orders the samples."""

from __future__ import annotations

from numbers import Real

import numpy as np

from lossutils.engine.arguments import shown
from lossutils.evaluation.judged import judged


def confusion(p, y, threshold: float = 0.5) -> tuple[int, int, int, int]:
    """Count true positives, false positives, false negatives and true negatives."""
    scores, positive = judged("confusion", p, y)
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
    score, positive = judged("area under the curve", score, y)
    below = np.sort(score[~positive])
    if not len(below) or len(below) == len(score):
        return float("nan")
    wins = np.searchsorted(below, score[positive], "left") + np.searchsorted(below, score[positive], "right")
    return float(np.mean(wins) / (2 * len(below)))


def precision_by_recall(score, y) -> tuple[np.ndarray, np.ndarray]:
    """Return recall and precision at each threshold that finds a positive, the highest first. Without one, none.

    Equal scores are called together.
    """
    score, positive = judged("precision by recall", score, y)
    order = np.argsort(-score, kind="stable")
    hits = np.cumsum(positive[order])
    last = np.append(np.diff(score[order]) != 0, True) & (hits > 0)
    return hits[last] / max(hits[-1], 1), (hits / np.arange(1, len(score) + 1))[last]


def average_precision(score, y) -> float:
    """Return the mean precision over the positives: the threshold is lowered to each of them, one after the other.

    Equal scores are called together. Of one class alone it is nan. Where positives are rare, guessing has about their
    share, not a half as under `auc`.
    """
    _, positive = judged("average precision", score, y)
    if positive.all() or not positive.any():
        return float("nan")
    recalls, precisions = precision_by_recall(score, y)
    return float(np.sum(np.diff(recalls, prepend=0) * precisions))
