"""Checks of the mathematics: slope, curvature, best constant.

Each takes a loss and a source of random numbers, raises `Refuted` with a counterexample, and returns a remark where
the loss claims nothing.
"""

from __future__ import annotations

import numpy as np

from lossutils.checks.meanings import MEANINGS, PROPERTIES
from lossutils.checks.refute import (
    CLASSES_DRAWN,
    Refuted,
    columns,
    examples,
    memberships,
    point,
    side_slopes,
    where_wrong,
)
from lossutils.engine.domain import CLASSES, PROBABILITY

SHARES = (0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95)  # of label 1, for what a binary loss learns


def derivative(loss, rng) -> str:
    """A derivative lies between the slopes of the formula to the left and to the right: kinks need no exception."""
    p, y = examples(loss, rng)
    stated = loss.states("derivative")
    with np.errstate(all="ignore"):
        mine = loss.derivative(p.copy(), y.copy())
        _between_sides(loss, "the derivative", mine, loss.formula, p, y, 0, 1e-8 if stated else 1e-6)
    return "" if stated else "numerical"


def curvature(loss, rng) -> str:
    """The curvature is the slope of the derivative; where that has a kink, the slope to one of its sides."""
    if not loss.states("second_derivative"):
        return "not stated"
    p, y = examples(loss, rng)
    with np.errstate(all="ignore"):
        mine = loss.second_derivative(p.copy(), y.copy())
        _between_sides(loss, "the curvature", mine, loss.derivative, p, y, 1, 1e-6)
    return ""


def _between_sides(loss, what: str, mine, f, p, y, gap: int, slack: float) -> None:
    if np.shape(mine) != p.shape:
        raise Refuted(f"{loss!r}: {what} has shape {np.shape(mine)}, but must have the prediction's, {p.shape}")
    for column in columns(p):
        low, high = side_slopes(loss, f, p, y, column, gap)
        margin = slack * (1 + np.abs(mine[column]))
        i = where_wrong(~((low - margin <= mine[column]) & (mine[column] <= high + margin)))
        if i is not None:
            raise Refuted(
                f"{loss!r}: {what} at {point(p[i], y[i])} is {mine[column][i]:.7g}, but the "
                f"{'loss' if gap == 0 else 'derivative'} rises beside it at a rate of {low[i]:.7g} to {high[i]:.7g}"
            )


def best_constant(loss, rng) -> str:
    """No other constant has a lower mean loss, and the best one is what `predicts` promises."""
    for trial in range(10):
        y = _targets(loss, rng, 1 + trial)
        w = np.ones(len(y)) if trial % 2 else np.append(rng.randint(0, 4, len(y) - 1), 2.0)
        try:
            c = loss.best_constant(y, w)
        except NotImplementedError:
            return "not stated"
        if np.shape(c) != y.shape[1:]:
            raise Refuted(f"{loss!r}: the best constant for targets {y} has shape {np.shape(c)}, not {y.shape[1:]}")
        _no_nudge_wins(loss, rng, c, y, w)
        if np.ndim(c) == 0 and np.isfinite(c) and loss.states("derivative"):
            _slope_turns(loss, c, y, w)
        if trial < 4 or loss.predicts not in PROPERTIES:  # which search again
            _keeps_its_promise(loss, c, y, w)
    return "" if loss.predicts else "predicts: not claimed"


def _targets(loss, rng, n: int) -> np.ndarray:
    if loss.target is CLASSES:
        return memberships(rng, n)
    if loss.row_wise:
        return loss.target.draw(rng, (n, CLASSES_DRAWN))
    y = loss.target.draw(rng, (n,))
    y[: n // 3] = y[0]  # ties
    return y


def _no_nudge_wins(loss, rng, c, y, w) -> None:
    def risk(constant) -> float:
        return loss(np.broadcast_to(constant, y.shape).copy() if loss.row_wise else float(constant), y, w)

    finite = np.clip(c, -1e4, 1e4) if not loss.row_wise else c  # an unreachable score: nearly as good far out
    least = risk(finite)
    for nudged in _nudges(loss, rng, np.asarray(finite, float), y):
        if risk(nudged) < least - 1e-12 * (1 + abs(least)):
            raise Refuted(
                f"{loss!r}: the best constant for targets {y} with weights {w} is said to be {c}, at a mean loss of "
                f"{least:.10g}, but {nudged} costs {risk(nudged):.10g}"
            )


def _slope_turns(loss, c: float, y, w) -> None:
    """The mean slope isn't above 0 to the left of a minimum, nor below 0 to the right: values show half the digits."""
    beside = np.array([c - 1e-9 * max(1, abs(c)), c + 1e-9 * max(1, abs(c))])
    if loss.prediction.contains(beside).all():
        left, right = (loss.grad(float(one), y, w) for one in beside)
        if left > 1e-10 or right < -1e-10:
            raise Refuted(
                f"{loss!r}: the best constant for targets {y} with weights {w} is said to be {c}, but the mean loss "
                f"has slope {left:.3g} to the left of it and {right:.3g} to the right"
            )


def _nudges(loss, rng, c: np.ndarray, y: np.ndarray):
    sizes = 10.0 ** rng.uniform(-6, 1, 30)
    if not loss.row_wise:
        nudged = np.concatenate([c + sizes, c - sizes, y, loss.prediction.draw(rng, (20,))])
        return nudged[loss.prediction.contains(nudged)]
    if loss.prediction is PROBABILITY and loss.target is CLASSES:
        return [(1 - t) * c + t * q for t, q in zip(np.minimum(sizes, 1) / 2, memberships(rng, 30), strict=True)]
    rows = [c + size * rng.uniform(-1, 1, c.shape) for size in sizes]
    return [row for row in rows if loss.prediction.contains(row).all()]


def _keeps_its_promise(loss, c, y, w) -> None:
    if not loss.predicts:
        return
    if loss.predicts in PROPERTIES:
        if failed := PROPERTIES[loss.predicts](loss, y, w):
            raise Refuted(f"{loss!r}: for targets {y} with weights {w} the best constant is not {failed}")
        return
    if loss.predicts not in MEANINGS:
        known = ", ".join(repr(word) for word in (*MEANINGS, *PROPERTIES))
        raise Refuted(f"{loss!r}: predicts {loss.predicts!r}, which can't be checked; words with a meaning are {known}")
    promised = MEANINGS[loss.predicts](loss, y, w)
    digits = 1e-9 if loss.states("constant") else 1e-6  # a search, perhaps with numerical slopes
    if not np.allclose(c, promised, rtol=digits, atol=digits):
        raise Refuted(
            f"{loss!r}: the best constant for targets {y} with weights {w} is {c}, but the "
            f"{loss.predicts} is {promised}"
        )
