"""What is looked at number by number: labels, lost digits, domains, nan. A check raises a complaint or returns."""

from __future__ import annotations

import math

import numpy as np

from lossutils.engine import complaints, loss_complaints
from lossutils.engine.batch import Batch
from lossutils.engine.domain import CLASSES, SCORE, Domain


def check_same_index(name: str, role: str, one, other_role: str, other, axes=("index", "columns")) -> None:
    """Refuse two pandas or xarray objects whose labels differ: here they would be matched by position."""
    library = type(one).__module__.split(".")[0]
    if library not in ("pandas", "xarray") or type(other).__module__.split(".")[0] != library:
        return
    mine, theirs = _labels(one, axes), _labels(other, axes)
    for axis in mine.keys() & theirs.keys():
        if not mine[axis].equals(theirs[axis]):
            raise complaints.other_labels(name, role, other_role, library, axis)


def _labels(x, axes) -> dict:
    """Return the labels of each axis by its name, as an xarray or pandas object has them."""
    if hasattr(x, "indexes"):
        return {f"coordinate {name!r}": index for name, index in x.indexes.items()}
    return {axis: getattr(x, axis) for axis in axes if hasattr(x, axis)}


def check_columns(name: str, X: np.ndarray, columns: int) -> None:
    """Refuse inputs of a model that are not (n, columns)."""
    if X.ndim != 2 or X.shape[1] != columns:
        column = "; x[:, np.newaxis] makes a column of x" if X.ndim == 1 and columns == 1 else ""
        raise ValueError(f"{name}: the inputs have shape {X.shape}, but must have (n, {columns}){column}")


def check_digits(name: str, role: str, x: np.ndarray) -> None:
    """Refuse the first whole number that float64 can't hold."""
    kept = np.array([int(value) == int(np.float64(value)) for value in x.flat]).reshape(x.shape)
    if not kept.all():
        raise complaints.lost_digits(name, role, *complaints.first(x, kept))


def check_domain(name: str, role: str, domain: Domain, x: np.ndarray) -> None:
    """Refuse the first number of `x` that is not in `domain`, and the first row of scores that leaves no class."""
    legal = domain.contains(x)
    if not legal.all():
        raise complaints.illegal(name, role, *complaints.first(x, legal), domain)
    if domain is SCORE:
        left = (x > -np.inf).any(axis=-1)
        if not left.all():
            raise complaints.no_class_left(name, complaints.first(left, left)[1])


def check_batch(loss, batch: Batch) -> None:
    """Refuse the first number of a batch outside the loss's domains, with its place in what the caller gave."""
    p = batch.p if batch.shape or loss.row_wise else batch.p[:1]
    check_domain(loss.name, "prediction", loss.prediction, p.reshape(batch.shape))
    if loss.target is not CLASSES:  # class numbers and memberships were looked at before
        shape = batch.shape if loss.row_wise else batch.each_shape
        check_domain(loss.name, "target", loss.target, batch.y.reshape(shape))


def check_block(loss, p: np.ndarray, y: np.ndarray, batch: Batch) -> None:
    """Refuse what is illegal in one block of a batch, as far as the loss itself would not show it."""
    if not (
        (loss.shows_bad_input or math.isfinite(np.add.reduce(p, axis=None) + np.add.reduce(y, axis=None)))
        and (not loss.prediction.bounded or loss.prediction.holds(p))
        and (not loss.target.bounded or loss.target is CLASSES or loss.target.holds(y))
    ):
        check_batch(loss, batch)


def check_nan(name: str, values: np.ndarray, whose: str = "its formula") -> None:
    """Refuse a formula that gives nan for legal input."""
    nan = np.isnan(values).reshape(len(values), -1).any(axis=1)
    if nan.any():
        raise loss_complaints.nan(name, whose, int(np.argmax(nan)))
