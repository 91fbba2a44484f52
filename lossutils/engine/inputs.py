"""Turn what a caller gives into arrays of one dtype and matching shapes, or into a sentence that says why not.

Every error names the loss, what is wrong, where it is first wrong, and what NumPy would have done silently.
"""

from __future__ import annotations

import math
from decimal import Decimal
from numbers import Real

import numpy as np

from lossutils.engine import complaints
from lossutils.engine.batch import Batch
from lossutils.engine.class_rows import check_distribution, check_rows, class_numbers
from lossutils.engine.domain import CLASSES, PROBABILITY
from lossutils.engine.legal import check_digits, check_domain, check_same_index

MANY = 1_000_000  # classes: as many as a row of scores may well have
EXACT = 2**53  # beyond it float64 skips whole numbers


def as_floats(name: str, role: str, x) -> np.ndarray:
    """Return `x` as an array of float16, float32, float64, integers or bools; raise a sentence for anything else."""
    if type(x) is np.ndarray and x.dtype.char in "df":
        return x
    if isinstance(x, np.ma.MaskedArray):
        raise complaints.masked(name, role)
    try:
        array = np.asarray(x)
    except ValueError:
        raise complaints.unequal_rows(name, role) from None
    except (RuntimeError, TypeError) as trouble:  # a PyTorch tensor that asks for gradients, or lies elsewhere
        raise complaints.foreign(name, role, x, trouble) from trouble
    if array.dtype.kind == "O":
        return from_objects(name, role, array)
    if array.dtype.kind in complaints.KINDS:
        raise complaints.kind(name, role, array.dtype.kind)
    if array.dtype.char == "g":
        return array.astype(np.float64)
    return array


def from_objects(name: str, role: str, array: np.ndarray) -> np.ndarray:
    """Return numbers that came as Python objects, as pandas gives columns of several types; refuse anything else."""
    numbers = np.empty(array.shape)
    for place, value in np.ndenumerate(array):
        if not isinstance(value, Real | np.bool_ | Decimal):
            raise complaints.python_object(name, role, value, place)
        try:
            numbers[place] = value
        except OverflowError:  # a whole number beyond the largest float
            raise complaints.python_object(name, role, value, place) from None
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
            check_digits(name, role, x)
    return x.astype(dtype)


def weights(name: str, weight, each_shape: tuple[int, ...], beside: dict) -> np.ndarray:
    """Return one float64 weight per sample, flattened, and divided by a power of 2 so that their sum is finite.

    `each_shape` is that of one loss per sample. `beside` holds by name what the weights belong to: a pandas index must
    be the same everywhere.
    """
    for role, other in beside.items():
        check_same_index(name, role, other, "weight", weight)
    w = np.asarray(as_floats(name, "weight", weight), dtype=np.float64)
    if w.shape != each_shape and (w.shape != each_shape[:1] or not each_shape):
        raise complaints.weight_shape(name, w.shape, each_shape)
    least, most = np.minimum.reduce(w, axis=None), np.maximum.reduce(w, axis=None)  # both are nan if one is
    if not (least >= 0 and most < np.inf):
        raise complaints.weight(name, *complaints.first(w, np.isfinite(w) & (w >= 0)))
    if most == 0:
        raise complaints.no_weight(name)
    w = np.ldexp(w, -math.frexp(most)[1])  # exact, so that whole numbers stay exact
    if w.shape != each_shape:
        w = np.repeat(w, int(np.prod(each_shape[1:])))
    return w.reshape(-1)


def pair(loss, pred, target, weight=None) -> Batch:
    """Return predictions, targets and weights, checked and flattened. What a row of weight 0 holds doesn't matter."""
    name = loss.name
    p, y = as_floats(name, "prediction", pred), as_floats(name, "target", target)
    if p is not pred or y is not target:
        check_same_index(name, "prediction", pred, "target", target)
    if loss.row_wise:
        return row_pair(loss, pred, p, target, y, weight)
    shape, each_shape, w = p.shape, y.shape, None
    if shape != each_shape and shape != ():
        raise complaints.shapes(name, shape, each_shape)
    if y.size == 0:
        raise complaints.empty(name, each_shape)
    if weight is not None:
        w = weights(name, weight, each_shape, {"prediction": pred, "target": target})
        p, y = without_absent(loss, p, y, w, each_shape)
    dtype = p.dtype
    if dtype is not y.dtype or dtype.char not in "df":
        wide, dtype = common_dtype(pred, p, y)
        p, y = exact(name, "prediction", p, wide), exact(name, "target", y, wide)
    if shape != each_shape:
        p = np.broadcast_to(p, each_shape)
    return Batch.protected(p.reshape(-1), y.reshape(-1), w, shape, each_shape, dtype)


def row_pair(loss, pred, p: np.ndarray, target, y: np.ndarray, weight) -> Batch:
    """Do the same for rows (n, K) with class numbers (n,) or memberships (n, K)."""
    name, shape, each_shape, w = loss.name, p.shape, p.shape[:-1], None
    numbers = loss.target is CLASSES and y.ndim == p.ndim - 1
    if shape == ():
        raise complaints.no_row(name)
    if y.shape != (each_shape if numbers else shape):
        raise complaints.shapes(name, shape, y.shape)
    if p.size == 0:
        raise complaints.empty(name, shape)
    if weight is not None:
        w = weights(name, weight, each_shape, {"prediction": pred, "target": target})
        p, y = without_absent(loss, p, y, w, each_shape)
    if loss.target is CLASSES:
        check_rows(loss, p, y)
    wide, dtype = common_dtype(pred, p, p if numbers else y)
    p = exact(name, "prediction", p, wide).reshape(-1, shape[-1])
    y = class_numbers(name, y, shape[-1]).reshape(-1) if numbers else exact(name, "target", y, wide).reshape(p.shape)
    return Batch.protected(p, y, w, shape, each_shape, dtype)


def without_absent(loss, p: np.ndarray, y: np.ndarray, w: np.ndarray, each_shape: tuple[int, ...]):
    """Return predictions and targets in which rows of weight 0 hold something legal."""
    if w.all():
        return p, y
    absent = (w == 0).reshape(each_shape)
    return p if p.shape == () else without(loss.prediction, p, absent), without(loss.target, y, absent)


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
        raise complaints.empty(name, y.shape)
    numbers = loss.target is CLASSES and y.ndim <= 1
    each_shape = y.shape if numbers or not loss.row_wise else y.shape[:-1]
    w = np.ones(math.prod(each_shape)) if weight is None else weights(name, weight, each_shape, {"target": target})
    if not w.all():
        y, w = y[(w > 0).reshape(each_shape)], w[w > 0]
    if numbers:
        y = class_numbers(name, y).reshape(-1)
        if y.max() >= MANY + 1000 * y.size:
            raise complaints.many_classes(name, *complaints.first(y, y < y.max()), y.size)
        return y, w
    if loss.target is CLASSES:
        check_distribution(name, "target", y)
    else:
        check_domain(name, "target", loss.target, y)
    y = exact(name, "target", y, np.dtype(np.float64))
    return y.reshape(-1, y.shape[-1]) if loss.row_wise else y.reshape(-1), w
