"""Turn what a caller gives into arrays of one dtype and matching shapes, or into a sentence that says why not.

Every error names the loss, what is wrong, where it is first wrong, and what NumPy would have done silently.
"""

from __future__ import annotations

import math
from decimal import Decimal
from numbers import Real

import numpy as np

from lossutils.engine.batch import Batch
from lossutils.engine.complaints import (
    check_same_index,
    complain,
    first,
    refuse_empty,
    refuse_foreign,
    refuse_lost_digits,
    refuse_many_classes,
    refuse_masked,
    refuse_object,
    refuse_shapes,
)
from lossutils.engine.domain import CLASSES, PROBABILITY, SCORE
from lossutils.engine.rows import check_distribution, class_numbers, refuse_softmax_twice

KINDS = {
    "U": (TypeError, "text", "NumPy would raise an error about ufuncs or, for an object array, join the texts"),
    "S": (TypeError, "text", "NumPy would raise an error about ufuncs or, for an object array, join the texts"),
    "c": (TypeError, "complex numbers", "NumPy would compute a complex loss, which has no minimum"),
    "T": (TypeError, "text", "NumPy would raise an error about ufuncs"),
    "M": (TypeError, "dates", "NumPy would subtract them and return a time span"),
    "m": (TypeError, "time spans", "NumPy would square or compare their integer counts, whatever the unit"),
    "V": (TypeError, "records, or a type foreign to NumPy (bfloat16, perhaps)", "NumPy would refuse to compute"),
}
MANY = 1_000_000  # classes: as many as a row of scores may well have
EXACT = 2**53  # beyond it float64 skips whole numbers


def as_floats(name: str, role: str, x) -> np.ndarray:
    """Return `x` as an array of float16, float32, float64, integers or bools; raise a sentence for anything else."""
    if type(x) is np.ndarray and x.dtype.char in "df":
        return x
    if isinstance(x, np.ma.MaskedArray):
        refuse_masked(name, role)
    try:
        array = np.asarray(x)
    except ValueError:
        raise ValueError(
            f"{name}: {role} has rows of unequal length; NumPy would refuse it or make an array of Python objects"
        ) from None
    except (RuntimeError, TypeError) as trouble:  # a PyTorch tensor that asks for gradients, or lies elsewhere
        refuse_foreign(name, role, x, trouble)
    kind = array.dtype.kind
    if kind == "O":
        return from_objects(name, role, array)
    if kind in KINDS:
        error, what, otherwise = KINDS[kind]
        raise error(f"{name}: {role} holds {what}, numbers are needed; {otherwise}")
    if array.dtype.char == "g":
        return array.astype(np.float64)
    return array


def from_objects(name: str, role: str, array: np.ndarray) -> np.ndarray:
    """Return numbers that came as Python objects, as pandas gives columns of several types; refuse anything else."""
    numbers = np.empty(array.shape)
    for place, value in np.ndenumerate(array):
        if not isinstance(value, Real | np.bool_ | Decimal):
            refuse_object(name, role, value, place)
        try:
            numbers[place] = value
        except OverflowError:  # a whole number beyond the largest float
            refuse_object(name, role, value, place)
    return numbers


def common_dtype(pred, p: np.ndarray, y: np.ndarray) -> tuple[np.dtype, np.dtype]:
    """Return the type to compute in, float32 or float64, and the type of the result.

    What is computed has all digits of both; the result has the prediction's type, so that a float32 network with
    float64 labels stays float32. A plain Python number as the prediction takes the target's, as it would in NumPy.
    """
    single = np.dtype(np.float32)
    if type(pred) in (int, float, bool):
        wide = single if y.dtype.char in "fe" else np.dtype(np.float64)
        return wide, wide
    result = single if p.dtype.char in "fe" else np.dtype(np.float64)
    return np.result_type(p, y, result), result


def exact(name: str, role: str, x: np.ndarray, dtype: np.dtype) -> np.ndarray:
    """Return `x` in the type to compute in; refuse whole numbers so large that float64 would change them."""
    if x.dtype == dtype:
        return x
    if x.dtype.kind in "iu" and x.dtype.itemsize == 8 and x.size:
        size = max(int(np.maximum.reduce(x, axis=None)), -int(np.minimum.reduce(x, axis=None)))
        if size > EXACT:
            refuse_lost_digits(name, role, x)
    return x.astype(dtype)


def weights(name: str, weight, rows: tuple[int, ...], beside: dict) -> np.ndarray:
    """Return one float64 weight per sample, flattened, and divided by a power of 2 so that their sum is finite.

    `beside` holds by name what the weights belong to: a pandas index must be the same everywhere.
    """
    for role, other in beside.items():
        check_same_index(name, role, other, "weight", weight)
    w = np.asarray(as_floats(name, "weight", weight), dtype=np.float64)
    if w.shape != rows and (w.shape != rows[:1] or not rows):
        raise ValueError(
            f"{name}: weight has shape {w.shape}, but the input has rows of shape {rows[:1] or rows}; "
            f"NumPy would broadcast it, or fail far from here"
        )
    least, most = np.minimum.reduce(w, axis=None), np.maximum.reduce(w, axis=None)  # both are nan if one is
    if not (least >= 0 and most < np.inf):
        value, where = first(w, np.isfinite(w) & (w >= 0))
        raise ValueError(
            f"{name}: weight is {value!r}{where}, but must be a finite number from 0 upwards; "
            f"NumPy would return nan, or let the sample's loss count as a gain"
        )
    if most == 0:
        raise ValueError(f"{name}: the weights sum to 0; NumPy would divide by it and return nan")
    w = np.ldexp(w, -math.frexp(most)[1])  # exact, so that whole numbers stay exact
    if w.shape != rows:
        w = np.repeat(w, int(np.prod(rows[1:])))
    return w.reshape(-1)


def pair(loss, pred, target, weight=None) -> Batch:
    """Return predictions, targets and weights, checked and flattened. What a row of weight 0 holds doesn't matter."""
    name = loss.name
    p, y = as_floats(name, "prediction", pred), as_floats(name, "target", target)
    if p is not pred or y is not target:
        check_same_index(name, "prediction", pred, "target", target)
    if loss.row_wise:
        return row_pair(loss, pred, p, target, y, weight)
    if p.shape != y.shape and p.shape != ():
        refuse_shapes(name, p.shape, y.shape)
    if y.size == 0:
        refuse_empty(name, y.shape)
    shape, rows, w = p.shape, y.shape, None
    if weight is not None:
        w = weights(name, weight, rows, {"prediction": pred, "target": target})
        if not w.all():
            absent = (w == 0).reshape(rows)
            p, y = p if shape == () else without(loss.prediction, p, absent), without(loss.target, y, absent)
    dtype = p.dtype
    if dtype is not y.dtype or dtype.char not in "df":
        wide, dtype = common_dtype(pred, p, y)
        p, y = exact(name, "prediction", p, wide), exact(name, "target", y, wide)
    if shape != rows:
        p = np.broadcast_to(p, rows)
    return Batch.protected(p.reshape(-1), y.reshape(-1), w, shape, rows, dtype)


def row_pair(loss, pred, p: np.ndarray, target, y: np.ndarray, weight) -> Batch:
    """Do the same for rows (n, K) with class numbers (n,) or memberships (n, K)."""
    name = loss.name
    if p.ndim == 0:
        raise ValueError(
            f"{name}: prediction is one number, but a row with one number for each class is needed; "
            f"NumPy would broadcast it to every class"
        )
    shape, rows, w = p.shape, p.shape[:-1], None
    numbers = loss.target is CLASSES and y.ndim == p.ndim - 1
    if y.shape != (rows if numbers else shape):
        refuse_shapes(name, shape, y.shape)
    if p.size == 0:
        refuse_empty(name, shape)
    if weight is not None:
        w = weights(name, weight, rows, {"prediction": pred, "target": target})
        if not w.all():
            absent = (w == 0).reshape(rows)
            p, y = without(loss.prediction, p, absent), without(loss.target, y, absent)
    if loss.target is CLASSES and loss.prediction is PROBABILITY:
        check_distribution(name, "prediction", p)
    if loss.target is CLASSES and not numbers:
        check_distribution(name, "target", y)
    p = p.reshape(-1, shape[-1])
    if loss.prediction is SCORE and len(p) > 1 and 0 <= p[0, 0] <= 1:  # one number tells most scores apart
        refuse_softmax_twice(name, p)
    wide, dtype = common_dtype(pred, p, p if numbers else y)
    p = exact(name, "prediction", p, wide)
    y = class_numbers(name, y, shape[-1]) if numbers else exact(name, "target", y, wide)
    return Batch.protected(p, y.reshape(-1) if numbers else y.reshape(p.shape), w, shape, rows, dtype)


def without(domain, x: np.ndarray, absent: np.ndarray) -> np.ndarray:
    """Return a copy in which rows that are not there hold something legal."""
    x = x.copy()
    if x.ndim > absent.ndim and domain in (PROBABILITY, CLASSES):
        x[absent] = np.eye(1, x.shape[-1])  # sums to 1
    else:
        x[absent] = 0 if domain is CLASSES else domain.example
    return x


def targets_alone(loss, target, weight) -> tuple[np.ndarray, np.ndarray]:
    """Return flattened targets (float64, or class numbers) and their weights, for the best constant."""
    name = loss.name
    y = as_floats(name, "target", target)
    if y.size == 0:
        refuse_empty(name, y.shape)
    numbers = loss.target is CLASSES and y.ndim <= 1
    rows = y.shape if numbers or not loss.row_wise else y.shape[:-1]
    w = np.ones(math.prod(rows)) if weight is None else weights(name, weight, rows, {"target": target})
    if not w.all():
        y, w = y[(w > 0).reshape(rows)], w[w > 0]
    if numbers:
        y = class_numbers(name, y).reshape(-1)
        if y.max() >= MANY + 1000 * y.size:
            refuse_many_classes(name, y)
        return y, w
    if loss.target is CLASSES:
        check_distribution(name, "target", y)
    else:
        complain(name, "target", loss.target, y)
    y = exact(name, "target", y, np.dtype(np.float64))
    return y.reshape(-1, y.shape[-1]) if loss.row_wise else y.reshape(-1), w
