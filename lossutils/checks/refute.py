"""Tools to refute a loss: examples drawn from its own domains, the slopes at both sides, and a sentence."""

from __future__ import annotations

import dataclasses

import numpy as np

from lossutils.engine.domain import CLASSES, PROBABILITY

CLASSES_DRAWN = 4  # not 2: with two classes many mistakes cancel
STEP = 2.0**-20  # of a one-sided slope: small against the curve, large against rounding


class Refuted(AssertionError):
    """A loss does not do what it states or claims; the sentence says where, with both numbers."""


def examples(loss, rng: np.random.RandomState, n: int = 400) -> tuple[np.ndarray, np.ndarray]:
    """Draw n predictions and targets (row-wise: rows, and memberships), with kinks and edges hit exactly.

    Only pairs with a finite loss: a probability 0 for what happened is left to `extremes`.
    """
    p, y = _rows(loss, rng, n) if loss.row_wise else _numbers(loss, rng, n)
    with np.errstate(all="ignore"):
        fine = np.isfinite(loss.formula(p.copy(), y.copy()))
    if not fine.any():
        raise Refuted(f"{loss!r}: its formula is finite for none of {n} examples, such as {point(p[0], y[0])}")
    return p[fine], y[fine]


def plain_examples(loss, rng: np.random.RandomState, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw n predictions and targets away from kinks, where rounding to float32 doesn't change the side."""
    if loss.row_wise:
        return examples(loss, rng, n)
    p, y = loss.prediction.draw(rng, (n,)), loss.target.draw(rng, (n,))
    with np.errstate(all="ignore"):
        fine = np.isfinite(loss.formula(p.copy(), y.copy()))
    return p[fine], y[fine]


def special_numbers(loss) -> np.ndarray:
    """Return where a kink may be: 0, 1 and the loss's parameters, with both signs."""
    values = [getattr(loss, f.name) for f in dataclasses.fields(loss)]
    values = [float(v) for v in values if isinstance(v, (int, float)) and np.isfinite(v)]
    return np.unique([0.0, 1.0, -1.0, *values, *(-v for v in values)])


def _numbers(loss, rng, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Plain draws, far ones, and draws whose error or prediction is exactly a special number."""
    p, y = loss.prediction.draw(rng, (n,)), loss.target.draw(rng, (n,))
    offset = rng.choice(special_numbers(loss), n)
    kind = np.arange(n) % 6
    eighths = np.round(8 * y) / 8  # a sum of such a number and a parameter is often exact, so the kink is hit
    y = np.where((kind >= 3) & loss.target.contains(eighths), eighths, y)
    y = np.where((kind == 5) & loss.target.contains(np.zeros(n)), 0.0, y)
    proposals = np.select([kind == 1, kind == 2, kind >= 4], [5 * p, offset, y + offset], p)
    return np.where(loss.prediction.contains(proposals), proposals, p), y


def _rows(loss, rng, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows of numbers for each class (or pixel), every third one far out where that is legal."""
    p = loss.prediction.draw(rng, (n, CLASSES_DRAWN))
    p[::3] = np.where(loss.prediction.contains(5 * p[::3]), 5 * p[::3], p[::3])
    y = loss.target.draw(rng, p.shape)
    if loss.target is CLASSES:
        y = memberships(rng, n)
        if loss.prediction is PROBABILITY:
            p = p + 1e-3 * (p.sum(axis=1, keepdims=True) == 0)
            p /= p.sum(axis=1, keepdims=True)
    elif n > 2:
        y[0] = 0.0  # an empty mask
    return p, y


def memberships(rng, n: int) -> np.ndarray:
    """Draw rows that sum to 1: half of them one class alone, the others spread, sometimes with a 0."""
    spread = rng.uniform(size=(n, CLASSES_DRAWN)) * (rng.uniform(size=(n, CLASSES_DRAWN)) > 0.2) + 1e-9
    spread[:, 0] += 0.05
    one = np.eye(CLASSES_DRAWN)[rng.randint(0, CLASSES_DRAWN, n)]
    rows = np.where((np.arange(n) % 2 == 0)[:, np.newaxis], one, spread)
    return rows / rows.sum(axis=1, keepdims=True)


def point(p, y) -> str:
    """Say a prediction and its target in a sentence."""
    return f"prediction {_short(p)}, target {_short(y)}"


def _short(x) -> str:
    x = np.asarray(x)
    return f"{x.item():.6g}" if x.ndim == 0 else "[" + ", ".join(f"{v:.6g}" for v in x.flat[:6]) + "]"


def where_wrong(wrong: np.ndarray) -> int | None:
    """Return the first sample with something wrong, or None."""
    wrong = wrong.reshape(len(wrong), -1).any(axis=1)
    return int(np.argmax(wrong)) if wrong.any() else None


def refuse_difference(loss, what: str, got, expected, p=None, y=None, ulps: float = 64, size=0.0) -> None:
    """Raise Refuted where two results differ by more than some ulp of the larger one (or of `size`)."""
    got, expected = np.asarray(got), np.asarray(expected)
    if got.shape != expected.shape:
        raise Refuted(f"{loss!r}: {what} has shape {got.shape}, but must have {expected.shape}")
    coarse = got.dtype if got.dtype.char in "fd" else np.dtype(float)
    with np.errstate(invalid="ignore"):
        scale = np.maximum(np.maximum(np.abs(got), np.abs(expected)), size)
        wrong = np.atleast_1d(~((np.abs(got - expected) <= ulps * np.finfo(coarse).eps * scale) | (got == expected)))
    i = where_wrong(wrong)
    if i is not None:
        got, expected = np.atleast_1d(got)[i], np.atleast_1d(expected)[i]
        at = f" at {point(p[i], y[i])}" if p is not None and len(p) == len(wrong) else ""
        raise Refuted(f"{loss!r}: {what}{at} is {_digits(got)}, but must be {_digits(expected)}")


def _digits(x) -> str:
    x = np.asarray(x)
    return f"{x.item():.10g}" if x.ndim == 0 else "[" + ", ".join(f"{v:.10g}" for v in x.flat[:6]) + "]"


def columns(p: np.ndarray) -> list:
    """Return the index of each number to move: the whole of (n,), or one column of (n, K) after the other."""
    return [...] if p.ndim == 1 else [(slice(None), k) for k in range(p.shape[1])]


def side_slopes(loss, f, p: np.ndarray, y: np.ndarray, column, gap: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the least and the largest slope of f beside p, from the left and from the right, with their rounding.

    At the edge of the domain one side is missing, and the curve is continued there as it tends.
    """
    step = STEP * np.maximum(1.0, np.abs(p[column]))
    sides = [_one_side(loss, f, p, y, column, sign * step, gap) for sign in (-1, 1)]
    missing = np.isnan(sides[0][0]) | np.isnan(sides[1][0])
    slopes = [slope for near, limit, beyond in sides for slope in (near, limit, np.where(missing, beyond, np.nan))]
    unknown = np.isnan(slopes).all(axis=0)
    rounding = _rounding(f, p, y, column, gap) / step
    low = np.where(np.isnan(slopes), np.inf, slopes).min(axis=0) - rounding
    high = np.where(np.isnan(slopes), -np.inf, slopes).max(axis=0) + rounding
    return np.where(unknown, -np.inf, low), np.where(unknown, np.inf, high)


def _one_side(loss, f, p, y, column, step: np.ndarray, gap: int) -> list[np.ndarray]:
    """Return the slope of f near p, at p, and as far beyond p, all seen from one side; nan where that is missing.

        p . . . gap ──near── gap + 1 . . . 2 gap ──far── 2 (gap + 1)    steps from p

    The slope tends to 2 near - far at p, and to 2 limit - near on the other side.
    """
    near, legal_near = _one_slope(loss, f, p, y, column, step * gap, step * (gap + 1))
    far, legal_far = _one_slope(loss, f, p, y, column, step * 2 * gap, step * 2 * (gap + 1))
    limit = 2 * near - far
    return [np.where(legal_near & legal_far, slope, np.nan) for slope in (near, limit, 2 * limit - near)]


def _rounding(f, p, y, column, gap: int) -> np.ndarray:
    """Return how far a difference of two values of f may be off."""
    value = f(p.copy(), y)
    largest = [np.abs(x).reshape(len(x), -1).max(axis=1) for x in (p, y)]
    return 16 * np.finfo(float).eps * (np.abs(value if gap == 0 else value[column]) + sum(largest) + 1)


def _one_slope(loss, f, p, y, column, first, second) -> tuple[np.ndarray, np.ndarray]:
    a, b = p.copy(), p.copy()
    a[column] += first
    b[column] += second
    legal = loss.prediction.contains(a[column]) & loss.prediction.contains(b[column])
    a[column], b[column] = np.where(legal, a[column], p[column]), np.where(legal, b[column], p[column])
    rise = f(b.copy(), y) - f(a.copy(), y)
    rise = rise[column] if rise.ndim == 2 else rise
    run = np.where(legal, b[column] - a[column], 1.0)
    return rise / run, legal & np.isfinite(rise)
