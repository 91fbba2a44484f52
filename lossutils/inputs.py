"""Turn what a caller gives into arrays of one dtype and matching shapes, or into a sentence that says why not.

Every error names the loss, what is wrong, where it is first wrong, and what NumPy would have done silently.
"""

from __future__ import annotations

import math
from numbers import Real

import numpy as np

from lossutils.complaints import check_same_index, complain, first, refuse_empty, refuse_object, refuse_shapes
from lossutils.domain import CLASSES, LABEL, PROBABILITY, SCORE

KINDS = {
    "U": (TypeError, "text", "NumPy would raise an error about ufuncs or, for an object array, join the texts"),
    "S": (TypeError, "text", "NumPy would raise an error about ufuncs or, for an object array, join the texts"),
    "c": (TypeError, "complex numbers", "NumPy would compute a complex loss, which has no minimum"),
    "T": (TypeError, "text", "NumPy would raise an error about ufuncs"),
    "M": (TypeError, "dates", "NumPy would subtract them and return a time span"),
    "m": (TypeError, "time spans", "NumPy would square or compare their integer counts, whatever the unit"),
    "V": (TypeError, "records, or a type foreign to NumPy (bfloat16, perhaps)", "NumPy would refuse to compute"),
}
UNKNOWN = 2**63  # a number of classes that every whole number stays below


def as_floats(name: str, role: str, x) -> np.ndarray:
    """Return `x` as an array of float32 or float64, or of integers or bools; raise a sentence for anything else."""
    if type(x) is np.ndarray and x.dtype.char in "df":
        return x
    if isinstance(x, np.ma.MaskedArray):
        raise TypeError(
            f"{name}: {role} is a masked array; NumPy would use the hidden values too. Give the legal values alone, "
            f"or weight 0 where the mask is"
        )
    try:
        array = np.asarray(x)
    except ValueError:
        raise ValueError(
            f"{name}: {role} has rows of unequal length; NumPy would refuse it or make an array of Python objects"
        ) from None
    kind = array.dtype.kind
    if kind == "O":
        return from_objects(name, role, array)
    if kind in KINDS:
        error, what, otherwise = KINDS[kind]
        raise error(f"{name}: {role} holds {what}, numbers are needed; {otherwise}")
    if array.dtype.char == "e":
        return array.astype(np.float32)
    if array.dtype.char == "g":
        return array.astype(np.float64)
    return array


def from_objects(name: str, role: str, array: np.ndarray) -> np.ndarray:
    """Return numbers that came as Python objects, as pandas gives columns of several types; refuse anything else."""
    numbers = np.empty(array.shape)
    for place, value in np.ndenumerate(array):
        if not isinstance(value, Real | np.bool_):
            refuse_object(name, role, value, place)
        try:
            numbers[place] = value
        except OverflowError:  # a whole number beyond the largest float
            refuse_object(name, role, value, place)
    return numbers


def common_dtype(pred, p: np.ndarray, y: np.ndarray) -> np.dtype:
    """Return float32 if the prediction is float32 and the target is not float64, else float64.

    A plain Python number as the prediction takes the target's dtype, as it would in NumPy.
    """
    if type(pred) in (int, float, bool):
        return np.dtype(np.float32 if y.dtype.char == "f" else np.float64)
    return np.dtype(np.float32 if p.dtype.char == "f" and y.dtype.char != "d" else np.float64)


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


def pair(loss, pred, target) -> tuple[np.ndarray, np.ndarray, tuple[int, ...], tuple[int, ...]]:
    """Return flattened predictions and targets of one dtype, the prediction's shape, and the shape of `each`."""
    name = loss.name
    p, y = as_floats(name, "prediction", pred), as_floats(name, "target", target)
    if p is not pred or y is not target:
        check_same_index(name, "prediction", pred, "target", target)
    if loss.row_wise:
        return row_pair(loss, pred, p, y)
    if p.shape != y.shape and p.shape != ():
        refuse_shapes(name, p.shape, y.shape)
    if y.size == 0:
        refuse_empty(name, y.shape)
    if p.dtype is not y.dtype or p.dtype.kind != "f":
        dtype = common_dtype(pred, p, y)
        p, y = p.astype(dtype, copy=False), y.astype(dtype, copy=False)
    shape, rows = p.shape, y.shape
    if shape != rows:
        p = np.broadcast_to(p, rows)
    if p.ndim != 1:
        p, y = p.reshape(-1), y.reshape(-1)
    return p, y, shape, rows


def row_pair(loss, pred, p: np.ndarray, y: np.ndarray):
    """Return rows (n, K) with class numbers (n,) or memberships (n, K), and both shapes as `pair` does."""
    if p.ndim == 0:
        raise ValueError(
            f"{loss.name}: prediction is one number, but a row with one number for each class is needed; "
            f"NumPy would broadcast it to every class"
        )
    classes = p.shape[-1]
    numbers = loss.target is CLASSES and y.ndim == p.ndim - 1
    if y.shape != (p.shape[:-1] if numbers else p.shape):
        refuse_shapes(loss.name, p.shape, y.shape)
    if p.size == 0:
        refuse_empty(loss.name, p.shape)
    dtype = common_dtype(pred, p, p if numbers else y)
    shape, rows = p.shape, p.shape[:-1]
    p = p.astype(dtype, copy=False).reshape(-1, classes)
    if loss.target is CLASSES and loss.prediction is PROBABILITY:
        check_distribution(loss.name, "prediction", p.reshape(shape))
    if loss.prediction is SCORE and len(p) > 1 and 0 <= p[0, 0] <= 1:  # one number tells most scores apart
        refuse_softmax_twice(loss.name, p)
    if numbers:
        return p, class_numbers(loss.name, y, classes).reshape(-1), shape, rows
    y = y.astype(dtype, copy=False).reshape(-1, classes)
    if loss.target is CLASSES:
        check_distribution(loss.name, "target", y.reshape(shape))
    return p, y, shape, rows


def is_distribution(x: np.ndarray) -> bool:
    """Say whether every row has numbers from 0 to 1 that sum to 1, up to rounding."""
    return bool(np.minimum.reduce(x, axis=None) >= 0 and (np.abs(x.sum(axis=-1) - 1) <= tolerance(x)).all())


def refuse_softmax_twice(name: str, p: np.ndarray) -> None:
    """Raise for scores whose rows are all distributions: a softmax was taken before."""
    if abs(np.add.reduce(p[0]) - 1) <= 1e-5 and is_distribution(p):
        raise ValueError(
            f"{name}: every row of the prediction is a probability distribution, but scores are needed; NumPy "
            f"would apply the softmax a second time. Give the scores, or use CategoricalCrossEntropy"
        )


def tolerance(x: np.ndarray) -> float:
    """Return how far from 1 a row's sum may be by rounding alone."""
    return 1e-5 if x.dtype.char == "f" else 1e-6


def check_distribution(name: str, role: str, x: np.ndarray) -> None:
    """Refuse rows that are not probabilities or memberships, with the first of them."""
    if is_distribution(x):
        return
    complain(name, role, PROBABILITY if role == "prediction" else LABEL, x)
    sums = x.sum(axis=-1)
    total, where = first(sums, np.abs(sums - 1) <= tolerance(x))
    raise ValueError(
        f"{name}: {role} sums to {total:.6g}{where}, but each row must sum to 1; NumPy would return a number for it. "
        f"Divide the row by its sum, or use a loss of scores if these are scores"
    )


def class_numbers(name: str, y: np.ndarray, classes: int = UNKNOWN) -> np.ndarray:
    """Return class numbers as integers, refusing what is not a whole number from 0 to K - 1 (K may be unknown)."""
    if y.dtype.kind in "iu":
        numbers = y.astype(np.int64, copy=False)
        if np.maximum.reduce(numbers.view(np.uint64), axis=None) < classes:  # without its sign, -1 is a huge number
            return numbers
        legal = (y >= 0) & (y < classes)
    else:
        with np.errstate(invalid="ignore"):
            legal = (y >= 0) & (y < classes) & (y == np.floor(y))
    if not legal.all():
        value, where = first(y, legal)
        silently = (
            f"NumPy would count it from the end, as class {classes + int(value)}"
            if -classes <= value < 0 and value == int(value) and classes < np.inf
            else "NumPy would fail far from here, or return nan"
        )
        known = f"the prediction has {classes} classes, numbered 0 to {classes - 1}"
        raise ValueError(
            f"{name}: target is class {value!r}{where}, but "
            f"{known if classes < UNKNOWN else 'classes are whole numbers from 0 upwards'}; {silently}"
        )
    return y.astype(np.int64, copy=False)


def targets_alone(loss, target, weight) -> tuple[np.ndarray, np.ndarray]:
    """Return flattened float64 targets, class numbers as memberships, and their weights, for the best constant."""
    y = as_floats(loss.name, "target", target)
    if y.size == 0:
        refuse_empty(loss.name, y.shape)
    if not loss.row_wise:
        complain(loss.name, "target", loss.target, y)
        rows, y = y.shape, y.reshape(-1).astype(np.float64)
    elif loss.target is CLASSES and y.ndim <= 1:
        numbers = class_numbers(loss.name, y).reshape(-1)
        rows, y = y.shape, (numbers[:, np.newaxis] == np.arange(numbers.max() + 1)).astype(np.float64)
    else:
        rows, y = y.shape[:-1], y.reshape(-1, y.shape[-1]).astype(np.float64)
        if loss.target is CLASSES:
            check_distribution(loss.name, "target", y)
        else:
            complain(loss.name, "target", loss.target, y)
    return y, np.ones(len(y)) if weight is None else weights(loss.name, weight, rows, {"target": target})
