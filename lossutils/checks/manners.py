"""Checks of manners: weights, order, inputs, dtypes, blocks and shapes must change nothing they shouldn't.

Each takes a loss and a source of random numbers, and raises `Refuted` with a counterexample.
"""

from __future__ import annotations

import numpy as np

from lossutils.checks.refute import CLASSES_DRAWN, Refuted, examples, plain_examples, refuse_difference
from lossutils.engine.batch import BLOCK
from lossutils.engine.domain import CLASSES, PROBABILITY


def weights(loss, rng) -> str:
    """Weight 2 is a sample given twice, weight 0 one left out, and a common factor changes nothing."""
    p, y = examples(loss, rng, 40)
    w = rng.randint(0, 4, len(p)).astype(float)
    w[0] = 2.0
    twice = np.repeat(np.arange(len(p)), w.astype(int))
    value, slope = loss.value_and_grad(p, y, w)
    value_twice, slope_twice = loss.value_and_grad(p[twice], y[twice])
    refuse_difference(loss, "the weighted mean", value, value_twice, size=_size(loss, p, y))
    refuse_difference(loss, "the weighted mean", loss(p, y, w), value_twice, size=_size(loss, p, y))
    added = np.zeros_like(p)
    np.add.at(added, twice, slope_twice)
    refuse_difference(loss, "the gradient with weights", slope, added, p, y, size=1 / len(twice))
    for factor in (7.3, 1e-300, 1e300):
        refuse_difference(loss, f"the mean with weights times {factor:g}", loss(p, y, factor * w), value)
    return ""


def _size(loss, p, y) -> float:
    with np.errstate(all="ignore"):
        return float(np.abs(loss.formula(p.copy(), y.copy())).mean() + np.abs(p).max())


def permutation(loss, rng) -> str:
    """The order of the samples doesn't matter."""
    p, y = examples(loss, rng, 200)
    order = rng.permutation(len(p))
    size = _size(loss, p, y)
    refuse_difference(loss, "the mean in another order", loss(p[order], y[order]), loss(p, y), size=size)
    refuse_difference(loss, "each in another order", loss.each(p[order], y[order]), loss.each(p, y)[order], size=size)
    slopes = loss.grad(p, y)[order]
    refuse_difference(loss, "the gradient in another order", loss.grad(p[order], y[order]), slopes, size=1 / len(p))
    return ""


def inputs_unchanged(loss, rng) -> str:
    """No method writes into the arrays it is given."""
    p, y = examples(loss, rng, 30)
    w = np.arange(1.0, len(p) + 1)
    calls = {
        "loss(pred, target, weight)": lambda: loss(p, y, w),
        "each": lambda: loss.each(p, y),
        "value_and_grad": lambda: loss.value_and_grad(p, y, w),
        "curvature": lambda: loss.curvature(p, y) if loss.states("second_derivative") else None,
        "best_constant": lambda: loss.best_constant(y, w) if loss.states("constant") or not loss.row_wise else None,
    }
    before = p.copy(), y.copy(), w.copy()
    for call, run in calls.items():
        try:
            run()
        except ValueError as trouble:
            raise Refuted(f"{loss!r}: {call}: {trouble}") from None
        for role, old, new in zip(("prediction", "target", "weight"), before, (p, y, w), strict=True):
            if not np.array_equal(old, new):
                raise Refuted(f"{loss!r}: {call} changes the {role} it is given, from {old[:3]}… to {new[:3]}…")
    return ""


def dtype(loss, rng) -> str:
    """float32 and float64 are kept; integers and bools of any width give what floats give, without overflow."""
    p, y = plain_examples(loss, rng, 60)
    for kind in (np.float32, np.float64):
        a, b = p.astype(kind), y.astype(kind)
        for what, got in (("each", loss.each(a, b)), ("the gradient", loss.grad(a, b))):
            if got.dtype != kind:
                raise Refuted(f"{loss!r}: {what} of {np.dtype(kind)} numbers has dtype {got.dtype}")
        if type(loss(a, b)) is not float:
            raise Refuted(f"{loss!r}: the mean is a {type(loss(a, b)).__name__}, not a Python float")
        value, slope = loss.value_and_grad(a.astype(float), b.astype(float))
        coarse = np.finfo(kind).eps / np.finfo(float).eps
        refuse_difference(loss, f"the mean of {np.dtype(kind)} numbers", loss(a, b), value, ulps=1e4 * coarse)
        what, slope = f"the gradient of {np.dtype(kind)} numbers", slope.astype(kind)
        refuse_difference(loss, what, loss.grad(a, b), slope, a, b, ulps=1e4, size=1 / len(a))
    for kind in (np.int8, np.uint8, np.int64, np.bool_):
        _integers(loss, rng, np.dtype(kind))
    return ""


def _integers(loss, rng, kind: np.dtype) -> None:
    whole = np.unique(np.array([-100, -1, 0, 1, 2, 3, 100]).astype(kind))
    if loss.row_wise:
        p = rng.choice(whole, (20, CLASSES_DRAWN))
        if loss.prediction is PROBABILITY:
            p = np.eye(CLASSES_DRAWN)[rng.randint(0, CLASSES_DRAWN, 20)].astype(kind)
        y = rng.randint(0, 2 if kind.kind == "b" else CLASSES_DRAWN, 20).astype(kind)
        y = y if loss.target is CLASSES else rng.randint(0, 2, p.shape).astype(kind)
    else:
        p, y = (a.ravel() for a in np.meshgrid(whole, whole))
    legal = loss.prediction.contains(p).reshape(len(p), -1).all(axis=1)
    legal &= (loss.target is CLASSES) | loss.target.contains(y).reshape(len(y), -1).all(axis=1)
    if not legal.any():
        return
    p, y = p[legal], y[legal]
    floats = y if loss.target is CLASSES else y.astype(float)
    q = p.astype(float)
    refuse_difference(loss, f"each of {kind} numbers", loss.each(p, y), loss.each(q, floats), p, y)
    refuse_difference(loss, f"the gradient of {kind} numbers", loss.grad(p, y), loss.grad(q, floats), p, y)


def together(loss, rng) -> str:
    """Value and gradient are the same whether they are asked for together or apart."""
    p, y = examples(loss, rng)
    for kind in (np.float64, np.float32):
        a, b, w = p.astype(kind), y.astype(kind), rng.uniform(0.5, 2, len(p))
        with np.errstate(all="ignore"):
            value, slope = loss.value_and_derivative(a.copy(), b.copy())
            size = np.abs(a) if a.ndim == 1 else np.abs(a).max(axis=1)
            refuse_difference(loss, "the value of value_and_derivative", value, loss.formula(a, b), a, b, 32, size)
            if loss.states("second_derivative"):  # how far rounding of the input moves the slope
                size = np.abs(loss.second_derivative(a, b)) * (np.abs(a) + np.abs(b))
            size = np.full_like(a, 1.0) if loss.row_wise else size
            refuse_difference(loss, "the slope of value_and_derivative", slope, loss.derivative(a, b), a, b, 32, size)
        value, slope = loss.value_and_grad(a, b, w)
        refuse_difference(loss, "the value of value_and_grad", value, loss(a, b, w), ulps=4)
        refuse_difference(loss, "the gradient of value_and_grad", slope, loss.grad(a, b, w), a, b, ulps=4)
    return ""


def class_numbers(loss, rng) -> str:
    """A class number means full membership of that class, however many classes there are."""
    if loss.target is not CLASSES:
        return "no classes"
    for classes in (2, 3, CLASSES_DRAWN, 150):
        p = loss.prediction.draw(rng, (30, classes))
        p = p / p.sum(axis=1, keepdims=True) if loss.prediction is PROBABILITY else p * rng.choice([1, 300], (30, 1))
        numbers = rng.randint(0, classes, 30)
        spread = rng.uniform(size=p.shape)
        for y in (np.eye(classes)[numbers], spread / spread.sum(axis=1, keepdims=True)):
            with np.errstate(all="ignore"):
                value, slope = loss.formula(p.copy(), y), loss.derivative(p.copy(), y) / 30
            for given in (numbers, y) if y.max() == 1 else (y,):
                what = f"of {classes} classes, target {'numbers' if given.ndim == 1 else 'memberships'}"
                refuse_difference(loss, f"each {what}", loss.each(p, given), value, p, y, size=np.abs(p).max())
                refuse_difference(loss, f"the gradient {what}", loss.grad(p, given), slope, p, y, size=1 / 30)
        w = rng.uniform(0.5, 2, 30)
        numbers[0] = classes - 1
        if loss.states("constant"):
            constants = loss.best_constant(numbers, w), loss.best_constant(np.eye(classes)[numbers], w)
            refuse_difference(loss, f"the best constant of {classes} classes", *constants, ulps=1e4, size=1.0)
    return ""


def blocks(loss, rng) -> str:
    """Many samples, evaluated block by block, give what the formula gives for all at once."""
    p, y = examples(loss, rng, 64)
    for n in (BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK + 17):
        pick = rng.randint(0, len(p), n if p.ndim == 1 else n // CLASSES_DRAWN + 1)
        a, b, w = p[pick], y[pick], rng.uniform(0, 2, len(pick))
        with np.errstate(all="ignore"):
            values, slopes = loss.formula(a.copy(), b.copy()), loss.derivative(a.copy(), b.copy())
        size = float(np.abs(values).mean() + np.abs(a).max())
        refuse_difference(loss, f"the mean of {n} numbers", loss(a, b), np.mean(values), ulps=1e4, size=size)
        refuse_difference(loss, f"each of {n} numbers", loss.each(a, b), values, size=size)
        share = w / w.sum() if p.ndim == 1 else (w / w.sum())[:, np.newaxis]
        gradient = loss.grad(a, b, w)
        refuse_difference(loss, f"the gradient of {n} numbers", gradient, slopes * share, ulps=256, size=2 / n)
    return ""


def shapes(loss, rng) -> str:
    """Single numbers, tables and one number for all targets mean what they mean as a list of samples."""
    p, y = examples(loss, rng, 60)
    p, y = p[:12], y[:12]
    size = _size(loss, p, y)
    each, slopes = loss.each(p, y), loss.grad(p, y)
    a, b = p.reshape(3, 4, *p.shape[1:]), y.reshape(3, 4, *y.shape[1:])
    refuse_difference(loss, "each of a table", loss.each(a, b), each.reshape(3, 4), size=size)
    refuse_difference(loss, "the gradient of a table", loss.grad(a, b), slopes.reshape(a.shape), size=1 / 12)
    weighted = loss(p, y, np.repeat([1, 0, 3], 4))
    refuse_difference(loss, "a table with weighted rows", loss(a, b, [1, 0, 3]), weighted, size=size)
    refuse_difference(loss, "the loss of a single sample", loss(p[0], y[0]), each[0], size=size)
    refuse_difference(loss, "each of a single sample", loss.each(p[0], y[0]), each[0], size=size)
    if not loss.row_wise:
        one = float(p[0])
        full = loss.each(np.full(12, one), y)
        if np.isfinite(full).all():
            refuse_difference(loss, f"the loss of {one:g} for all targets", loss(one, y), full.mean(), size=size)
            total = loss.grad(np.full(12, one), y).sum()
            refuse_difference(loss, f"the gradient of {one:g} for all targets", loss.grad(one, y), total, size=size)
    return ""
