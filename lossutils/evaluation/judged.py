"""The check that all who judge two classes begin with."""

from __future__ import annotations

import numpy as np

from lossutils.engine import complaints
from lossutils.engine.inputs import as_floats
from lossutils.engine.legal import check_same_index


def judged(name: str, p, y) -> tuple[np.ndarray, np.ndarray]:
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
