"""Iteratively reweighted least squares: fit coefficients under a loss by least squares with weights, again and again.

The slope of a loss at an error e is (slope / e) · e: that of least squares with the weight slope / e. Where the weights
belong to the fit that they lead to, the loss has no slope left. Holland and Welsch 1977.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from numbers import Real

import numpy as np

from lossutils.engine.arguments import check_made, check_whole, shown
from lossutils.engine.domain import REAL
from lossutils.engine.inputs import as_floats
from lossutils.engine.legal import check_domain, check_same_index

NAME = "reweighted least squares"
HALF = 0.6745  # half of a normal curve's draws are less than 0.6745 standard deviations off; rounded as R software does
BESIDE = 1e-8  # of the scale: so near an error counts as so large, where slope / error is still no 0 / 0


@dataclass(frozen=True)
class Fit:
    """A fit by least squares with weights: `coefficients` (k,), `weights` (n,), one a row, and `scale`.

    The weights are those of the last step; 1 is the weight that a tiny error has under Huber's loss. `steps` were
    made. `settled` says whether the last one still moved the errors by more than the tolerance: a loss that is not
    convex can swing between two fits for ever.
    """

    coefficients: np.ndarray
    weights: np.ndarray = field(repr=False)
    scale: float
    steps: int
    settled: bool


def median_scale(errors: np.ndarray) -> float:
    """Return median |e| / 0.6745: the standard deviation of normal errors, read off from the smaller half of them.

    Half of the errors may be as wrong as they like, and the scale stays of the size of the others. Hampel 1974.
    """
    return float(np.median(np.abs(errors)) / HALF)


@np.errstate(all="ignore")
def irls(
    loss,
    X: np.ndarray,
    y: np.ndarray,
    scale: float | Callable[[np.ndarray], float] = 1.0,
    start: np.ndarray | None = None,
    steps: int = 100,
    tolerance: float = 1e-10,
) -> Fit:
    """Fit y by X @ coefficients under a loss of the error, by iteratively reweighted least squares.

    `X` (n, k) has the column of ones in it, if there is to be an intercept. The loss judges errors divided by `scale`:
    a number in the target's unit, or a function of the errors that is asked anew before each step, such as
    `median_scale`. The search begins at least squares, or at the coefficients `start` (k,): under a loss that is not
    convex it matters where. It ends when a step moves the errors by no more than `tolerance` (root of the sum of
    squares, relative to that of the errors; R software takes 1e-4), or after so many `steps`.

    Refused are losses whose slope jumps, as the weight of a row that is met would be infinite, and weights that leave
    too few rows to tell the coefficients apart: NumPy would return the smallest of all fits.
    """
    X, y, theta = _prepared(loss, X, y, start)
    check_whole(NAME, "steps", steps, 1)
    if isinstance(tolerance, bool) or not isinstance(tolerance, int | float) or not tolerance >= 0:
        raise ValueError(f"{NAME}: tolerance is {shown(tolerance)}, but must be a number from 0 upwards")
    if theta is None:
        theta = _least_squares(X, y, np.ones(len(y)), "they hold no more")
    errors = X @ theta - y
    for made in range(1, steps + 1):
        unit = _unit(scale, errors)
        heard = _weights(loss, errors / unit)
        theta = _least_squares(X, y, heard, f"at scale {unit:.3g} the loss hears only {np.sum(heard > 0)} of {len(y)}")
        before, errors = errors, X @ theta - y
        if np.linalg.norm(errors - before) <= tolerance * np.linalg.norm(before):
            return Fit(theta, heard, unit, made, True)
    return Fit(theta, heard, unit, steps, False)


def _prepared(loss, X, y, start) -> tuple[np.ndarray, np.ndarray, np.ndarray | None]:
    """Return X, y and the start as floats, once they are known to fit together and the loss to be one of errors."""
    check_made(NAME, "the loss", loss, "derivative", instead="a formula(self, p, y) in a class of Loss has it")
    if loss.row_wise or loss.target is not REAL or loss.derivative(np.zeros(1), np.zeros(1))[0] != 0:
        raise TypeError(f"{NAME}: {loss.name} is not least where the error, prediction − target, is 0")
    if loss.smooth is False:
        raise TypeError(
            f"{NAME}: the slope of {loss.name} jumps, so that a row which the fit meets would have an infinite weight. "
            f"One of the best fits meets as many rows as there are coefficients: try them all, or take Huber(delta=…)"
        )
    check_same_index(NAME, "X", X, "y", y, axes=("index",))
    inputs, targets = as_floats(NAME, "X", X), as_floats(NAME, "y", y)
    if inputs.ndim != 2 or targets.shape != inputs.shape[:1] or inputs.size == 0:
        raise ValueError(
            f"{NAME}: X has shape {inputs.shape} and y {targets.shape}, but X must be (n, k) and y (n,); NumPy would "
            f"broadcast them, or fail far from here"
        )
    for role, values in (("X", inputs), ("y", targets)):
        check_domain(NAME, role, REAL, values)
    if start is None:
        return inputs, targets, None
    begin = as_floats(NAME, "start", start)
    check_domain(NAME, "start", REAL, begin)
    if begin.shape != inputs.shape[1:]:
        raise ValueError(f"{NAME}: start has shape {begin.shape}, but must be (k,), one coefficient a column of X")
    return inputs, targets, begin


def _unit(scale, errors: np.ndarray) -> float:
    """Return the scale that the errors are divided by: as given, or asked of a function."""
    unit = scale(errors) if callable(scale) else scale
    if isinstance(unit, bool) or not isinstance(unit, Real) or not 0 < unit < np.inf:
        half = "; half of the rows are met, or nearly" if unit == 0 and callable(scale) else ""
        raise ValueError(
            f"{NAME}: scale is {shown(unit)}, but must be a number above 0{half}; NumPy would divide by it"
        )
    return float(unit)


def _weights(loss, errors: np.ndarray) -> np.ndarray:
    """Return slope / error; at an error of 0 its limit, taken from beside it."""
    e = np.where(np.abs(errors) < BESIDE, np.copysign(BESIDE, errors), errors)
    found = loss.derivative(e, np.zeros_like(e)) / e
    if not (found >= 0).all():
        i = int(np.argmin(found >= 0))
        raise ValueError(
            f"{NAME}: the slope of {loss.name} at the error {e[i]:.6g} pulls away from 0; no weight is below 0"
        )
    return found


def _least_squares(X: np.ndarray, y: np.ndarray, weight: np.ndarray, why: str) -> np.ndarray:
    """Return the coefficients of least squares with weights; the root of a weight multiplies its row."""
    root = np.sqrt(weight)
    theta, _, rank, _ = np.linalg.lstsq(root[:, np.newaxis] * X, root * y, rcond=None)
    if rank < X.shape[1]:
        raise ValueError(
            f"{NAME}: the rows tell only {rank} of {X.shape[1]} coefficients: {why}; NumPy would take the smallest fit"
        )
    return theta
