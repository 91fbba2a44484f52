"""The stable form of each delicate function, exactly once.

All take arrays (or numbers) of float32 or float64 and keep the dtype; errors in ulp are measured against mpmath in
`tests/library/test_numerics.py`. What is too small for the dtype rounds to 0, on purpose: losses, figures and widgets
call them where NumPy's floating-point errors are ignored. They don't do so themselves (it would make a small softplus
a quarter slower): who sets `np.seterr(all="raise")` and calls them hears of such roundings.
"""

from __future__ import annotations

import numpy as np

FEW_CLASSES = 100  # below this a softmax is faster with the classes on the first axis (benchmarks/kernels.py)


def softplus(x: np.ndarray) -> np.ndarray:
    """log(1 + e^x): e^x overflows at x = 710, so the exponent is kept at or below 0."""
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def sigmoid(x: np.ndarray) -> np.ndarray:
    """1 / (1 + e^-x): e^-x overflows at x = -710, so both sides are written with e^-|x|."""
    e = np.exp(-np.abs(x))
    return np.maximum(e, x >= 0) / (1 + e)


def log_sigmoid(x: np.ndarray) -> np.ndarray:
    """log(1 / (1 + e^-x)): the sigmoid rounds to 0 at x = -746, its logarithm is -746."""
    return -softplus(-x)


def log_cosh(x: np.ndarray) -> np.ndarray:
    """log(cosh(x)): cosh overflows at x = 711, and log(1 + tiny) loses all digits near 0.

    cosh(x) = 1 + 2 sinh(x/2)^2 keeps the digits near 0; beyond 20 the result is |x| - log 2 and grows with |x|.
    """
    inside = np.asarray(x).clip(-20, 20)
    half = np.sinh(0.5 * inside)
    return np.log1p(2 * (half * half)) + np.abs(x - inside)


def xlogy(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """x log(y), and 0 where x is 0, whatever y is: 0 * log(0) would be nan."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(x == 0, 0, x * np.log(y))


def xlog1py(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """x log(1 + y), and 0 where x is 0, whatever y is; a tiny y keeps its digits."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(x == 0, 0, x * np.log1p(y))


def xdivy(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """x / y, and 0 where x is 0, whatever y is: the slope of x log(y), where 0 / 0 would be nan."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(x == 0, 0, x / y)


def times_exp(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """x e^y for x >= 0, and 0 where x is 0, whatever y is; e^(y/2) twice, so that a small x meets no overflow."""
    with np.errstate(over="ignore", invalid="ignore"):
        half = np.exp(y / 2)
        return np.where(x == 0, 0, x * half * half)


def log1p_square(x: np.ndarray) -> np.ndarray:
    """log(1 + x^2): x^2 overflows at x = 1e154, so beyond 1 it is written 2 log|x| + log(1 + 1/x^2)."""
    far = np.maximum(np.abs(x), 1)
    near = np.minimum(np.abs(x), 1) / far
    return np.log1p(near * near) + 2 * np.log(far)


def logsumexp(x: np.ndarray, axis: int = -1) -> np.ndarray:
    """log(sum(e^x)) along an axis: the largest score is taken out first, so that nothing overflows.

    -inf is a class that is ruled out; if all are, the result is -inf.
    """
    top = np.max(x, axis=axis, keepdims=True)
    base = np.where(np.isfinite(top), top, 0)
    with np.errstate(divide="ignore"):
        return np.log(np.sum(np.exp(x - base), axis=axis)) + np.squeeze(base, axis=axis)


def log_softmax(x: np.ndarray, axis: int = -1) -> np.ndarray:
    """log(softmax(x)): a softmax can round to 0, its logarithm stays finite."""
    return x - np.expand_dims(logsumexp(x, axis=axis), axis)


def softmax(x: np.ndarray, axis: int = -1) -> np.ndarray:
    """e^x / sum(e^x) along an axis: shifted by the largest score, which changes nothing but the overflow."""
    e = np.exp(x - np.max(x, axis=axis, keepdims=True))
    return e / np.sum(e, axis=axis, keepdims=True)


def log1mexp(x: np.ndarray) -> np.ndarray:
    """log(1 - e^x) for x <= 0: two forms, since each loses its digits where the other keeps them (Maechler 2012)."""
    with np.errstate(divide="ignore"):
        return np.where(x > -np.log(2), np.log(-np.expm1(x)), np.log1p(-np.exp(x)))


def rows_first(x: np.ndarray) -> np.ndarray:
    """Copy (n, K) into (K, n): sums over few classes then run along long rows of memory."""
    return np.ascontiguousarray(x.T)


def softmax_parts(x: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Softmax of rows, 1 - softmax and log softmax, (n, K) each: a confident row keeps the digits of what is left.

    1 - p is 0 once p rounds to 1; the sum of the other exponentials is not.
    """
    rows, top = np.arange(len(x)), np.argmax(x, axis=1)
    shifted = x - x[rows, top][:, np.newaxis]
    e = np.exp(shifted)
    e[rows, top] = 0
    others = np.sum(e, axis=1)
    e[rows, top] = 1
    p = e / (1 + others)[:, np.newaxis]
    rest = 1 - p
    rest[rows, top] = others / (1 + others)
    return p, rest, shifted - np.log1p(others)[:, np.newaxis]


def sum_of_others(x: np.ndarray) -> np.ndarray:
    """Sum of all the other numbers of the row, for each: (n, K). The whole sum minus the own one would lose digits."""
    others = np.zeros_like(x)
    np.cumsum(x[:, :-1], axis=1, out=others[:, 1:])
    others[:, :-1] += np.cumsum(x[:, :0:-1], axis=1)[:, ::-1]
    return others


def through_softmax(p: np.ndarray, rest: np.ndarray, pull: np.ndarray) -> np.ndarray:
    """Slope in the scores of a sum of f_k(p_k), where pull is p_k f_k'(p_k), by the chain rule: (n, K).

    Written pull_k (1 - p_k) - p_k (the pull of the others), so that a confident row keeps its digits.
    """
    return pull * rest - p * sum_of_others(pull)


def bend_through_softmax(p: np.ndarray, rest: np.ndarray, pull: np.ndarray, bend: np.ndarray) -> np.ndarray:
    """Diagonal of the second derivative of the same sum, where bend is p_k times the derivative of pull_k: (n, K)."""
    others = sum_of_others(bend)
    return bend * rest * rest + p * (p * others) - p * rest * np.sum(pull, axis=1, keepdims=True)  # p² could vanish


def rng(seed):
    """A source of random numbers that gives the same stream on every machine and in every year.

    `seed` is a whole number. NumPy guarantees the stream of `RandomState` for ever; that of `default_rng` may change.
    """
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer):
        raise TypeError(f"rng: the seed must be a whole number, not {seed!r}; without one, no run could be repeated")
    return np.random.RandomState(seed)
