"""Checks at the edges: numbers as small and large as a type holds, rows that are not there, gross outliers, far scores.

Each takes a loss and a source of random numbers, and raises `Refuted` with a counterexample.
"""

from __future__ import annotations

import warnings

import numpy as np

from lossutils.checks.extreme_examples import extreme_examples
from lossutils.checks.refute import (
    CLASSES_DRAWN,
    Refuted,
    examples,
    memberships,
    plain_examples,
    point,
    refuse_difference,
    where_wrong,
)
from lossutils.engine.domain import CLASSES, LABEL, REAL, SCORE
from lossutils.engine.wide import WIDEST, wider


def extremes(loss, rng) -> str:
    """Huge and tiny numbers give what a wider type gives, infinite only where a type can't hold it; never nan."""
    for kind in (np.float64, np.float32):
        a, b = extreme_examples(loss, rng, kind)
        with warnings.catch_warnings(), np.errstate(over="ignore", under="ignore"):
            warnings.simplefilter("error")
            _as_in_a_wider_type(loss, a, b)
            for i in rng.permutation(len(a))[:60]:
                _as_in_a_wider_type(loss, a[i : i + 1], b[i : i + 1])
    return ""


def _as_in_a_wider_type(loss, p: np.ndarray, y: np.ndarray) -> None:
    """Compare each, mean, gradient and curvature with the formulas evaluated in the widest type."""
    n = len(p)
    with np.errstate(all="ignore"):
        a, b = wider(p, y, WIDEST)
        value = loss.formula(a.copy(), b.copy())
        exact = {"each": value}
        if n == 1:
            exact["the mean"] = value
        if loss.states("derivative"):
            exact["the gradient"] = loss.derivative(a.copy(), b.copy()) / n
        if loss.states("second_derivative"):
            exact["the curvature"] = loss.second_derivative(a.copy(), b.copy())
    calls = {"each": loss.each, "the mean": loss, "the gradient": loss.grad, "the curvature": loss.curvature}
    slack = _cancelling(loss, p, y, value)
    for what, wanted in exact.items():
        got = np.atleast_1d(_called(loss, calls[what], p, y))
        off = slack
        if wanted.ndim == 2:
            largest = np.abs(wanted).max(axis=1) if loss.target is LABEL else 0  # of a mask whose numbers hardly count
            off = (slack + 64 * np.finfo(p.dtype).eps * largest)[:, np.newaxis]
        _refuse_difference(loss, what, got, wanted, off, p, y)


def _called(loss, call, p: np.ndarray, y: np.ndarray):
    """Call, and raise Refuted for a warning or for nan, with the sample that does it."""
    try:
        return call(p, y)
    except (Warning, ArithmeticError) as trouble:
        if len(p) == 1:
            raise Refuted(f"{loss!r}: at {point(p[0], y[0])} ({p.dtype}): {trouble}") from None
        for i in range(len(p)):
            _called(loss, call, p[i : i + 1], y[i : i + 1])
        raise Refuted(f"{loss!r}: of {len(p)} samples together ({p.dtype}): {trouble}") from None


def _cancelling(loss, p: np.ndarray, y: np.ndarray, value: np.ndarray) -> np.ndarray:
    """Return how far each sample's results may be off: where terms of both signs add up, their rounding is left."""
    size = np.maximum(np.abs(p), np.abs(y)) if p.ndim == 1 else np.ones(len(p))
    if loss.target is REAL:
        size = np.zeros(len(p))  # one difference, and it is rounded once
    elif loss.target in (LABEL, CLASSES):
        settled = ((y == 0) | (y == 1)).reshape(len(y), -1).all(axis=1)
        size = np.where(settled, np.minimum(np.abs(value), 1), 1)  # a confident right answer keeps its digits
    with np.errstate(all="ignore"):
        return np.float64(64 * np.finfo(p.dtype).eps * size)


def _refuse_difference(loss, what: str, got, wanted, slack, p, y) -> None:
    """Raise where a result is nan, or off by more than a thousandth and what its type can't tell from 0."""
    with np.errstate(all="ignore"):
        held = wanted.astype(got.dtype)
        close = np.abs(got - held) <= 1e-3 * np.abs(held) + 8 * np.finfo(p.dtype).tiny + slack
        known = np.isfinite(held) if WIDEST is np.float64 else ~np.isnan(held)
        wrong = np.isnan(got) | (known & ~close & (got != held))
    i = where_wrong(wrong)
    if i is not None:
        raise Refuted(
            f"{loss!r}: {what} at {point(p[i], y[i])} ({p.dtype}) is {got[i]}, but a wider type gives {held[i]}"
        )


def absent(loss, rng) -> str:
    """A row of weight 0 is not there, whatever it holds: nan, infinity, a class that doesn't exist."""
    p, y = examples(loss, rng, 24)
    if loss.target is CLASSES:
        y = np.argmax(y, axis=1).astype(float)
    w = rng.uniform(0.5, 2, len(p))
    out = np.arange(len(p)) % 3 == 1
    value, slope = loss.value_and_grad(p[~out], y[~out], w[~out])
    w[out] = 0
    for nothing in (np.nan, np.inf, -np.inf, -100.0, 255.0, 1e-40, 0.0):
        a, b = p.copy(), y.copy()
        a[out], b[out] = nothing, nothing
        for kind in (np.float64, np.float32):
            what, ulps = f"with {nothing} in rows of weight 0 ({np.dtype(kind)})", 64 if kind is np.float64 else 1e11
            got, grad = loss.value_and_grad(a.astype(kind), b.astype(kind), w)
            refuse_difference(loss, f"the mean {what}", loss(a.astype(kind), b.astype(kind), w), got, ulps=64)
            refuse_difference(loss, f"the mean {what}", got, value, ulps=ulps, size=1e-300)
            if np.any(grad[out] != 0):
                raise Refuted(f"{loss!r}: the gradient {what} is {grad[out][0]} there, but must be 0")
            if kind is np.float64:
                refuse_difference(loss, f"the gradient {what}", grad[~out], slope, size=1 / len(p))
    if not loss.row_wise or loss.states("constant"):
        constants = [np.asarray(loss.best_constant(*given)) for given in ((b, w), (y[~out], w[~out]))]
        refuse_difference(loss, "the best constant with rows of weight 0", *constants, ulps=1e7, size=1.0)
    return ""


def mixed_types(loss, rng) -> str:
    """The wider of two types decides the digits, the prediction's type is the result's; float16 becomes float32."""
    p, y = plain_examples(loss, rng, 30)
    single, half = p.astype(np.float32), p.astype(np.float16)
    rows = loss.target is CLASSES
    for given, other in ((single, y), (half, y), (single, y.astype(np.float16)), (half, y.astype(np.float16))):
        legal = loss.prediction.contains(given).reshape(len(p), -1).all(axis=1)
        legal &= loss.target.contains(other).reshape(len(p), -1).all(axis=1)
        a, b = given[legal], other[legal]
        if not legal.any():
            continue
        for what, got in (("each", loss.each(a, b)), ("the gradient", loss.grad(a, b))):
            if got.dtype != np.float32:
                raise Refuted(f"{loss!r}: {what} of {a.dtype} predictions and {b.dtype} targets has dtype {got.dtype}")
        wide = a.astype(np.float64), b.astype(np.float64)
        if rows:  # rows that float16 has rounded don't sum to 1 in float64
            wide = tuple(np.float64(x / x.sum(axis=1, keepdims=True)) if x.min() >= 0 else x for x in wide)
        ulps, coarse = (1e13, 1e-2) if half.dtype in (a.dtype, b.dtype) and rows else (1e10, 1e-5)
        what = f"the mean of {a.dtype} predictions and {b.dtype} targets"
        refuse_difference(loss, what, loss(a, b), loss(*wide), ulps=ulps, size=coarse)
    return ""


def outliers(loss, rng) -> str:
    """Gross outliers, a thousand to ten million away, don't hide the best constant: a dense search finds no better."""
    if loss.row_wise or loss.target is not REAL or loss.prediction is not REAL:
        return "not for these targets"
    for trial in range(8):
        n = rng.randint(2, 7)
        near = [rng.normal(0, 1, n), rng.randint(0, 3, n).astype(float), rng.normal(0, 10, n)][trial % 3]
        y = np.append(np.round(near, 3) + 1000 * (trial % 4 == 0), 10.0 ** rng.uniform(3, 7, rng.randint(1, 3)))
        w = rng.randint(1, 4, len(y)).astype(float)
        c = loss.best_constant(y, w)
        tried = np.unique(np.concatenate([t + np.linspace(-15, 15, 301) for t in y]))
        with np.errstate(all="ignore"):
            risks = [np.sum(w * loss.formula(np.full(len(y), one), y.copy())) for one in (c, *tried)]
        least = int(np.argmin(risks))
        if risks[0] > risks[least] * (1 + 1e-9):
            raise Refuted(
                f"{loss!r}: the best constant for targets {y} with weights {w} is said to be {c}, at a total loss of "
                f"{risks[0]:.8g}, but {tried[least - 1]} costs {risks[least]:.8g}"
            )
    return ""


def shift(loss, rng) -> str:
    """Scores have no level: the same number added to all scores of a row changes nothing, however large it is."""
    if loss.prediction is not SCORE or not loss.row_wise:
        return "no scores of classes"
    z, q = rng.randint(-24, 25, (60, CLASSES_DRAWN)) / 8, memberships(rng, 60)
    for kind, largest in ((np.float64, 1e12), (np.float32, 1e6)):
        for by in (100.0, 1e3, 1e5, largest):
            a = z.astype(kind)
            b = (a + kind(by)).astype(kind)
            a = b - kind(by)  # eighths that survive the sum
            for target in (q.astype(kind), np.argmax(q, axis=1)):
                what = f"of scores raised by {by:g} ({np.dtype(kind)})"
                refuse_difference(loss, f"each {what}", loss.each(b, target), loss.each(a, target), size=0.1)
                refuse_difference(loss, f"the gradient {what}", loss.grad(b, target), loss.grad(a, target), size=0.1)
    return ""
