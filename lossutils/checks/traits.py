"""Checks of what a loss claims to be: convex, smooth, of bounded influence, proper.

Each takes a loss and a source of random numbers, raises `Refuted` with a counterexample, and returns a remark where
the loss claims nothing.
"""

from __future__ import annotations

import numpy as np

from lossutils.checks.meanings import MEANINGS
from lossutils.checks.refute import (
    CLASSES_DRAWN,
    Refuted,
    columns,
    examples,
    point,
    side_slopes,
    where_wrong,
)
from lossutils.engine.domain import CLASSES, PROBABILITY, Domain
from lossutils.numerics import sigmoid

SHARES = (0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95)  # of label 1, for what a binary loss learns
JUMP = 1e-2  # of a slope, relative to 1 + its size: much more than a smooth loss turns within two steps


def convexity(loss, rng) -> str:
    """A convex loss lies below each of its chords; one that claims not to be convex rises above one of them."""
    if loss.convex is None:
        return "not claimed"
    p, y = examples(loss, rng, 4000)
    q = p[rng.permutation(len(p))]
    t = rng.uniform(size=len(p))
    share = t if p.ndim == 1 else t[:, np.newaxis]
    middle = share * p + (1 - share) * q
    with np.errstate(all="ignore"):
        chord = t * loss.formula(p.copy(), y) + (1 - t) * loss.formula(q.copy(), y)
        value = loss.formula(middle.copy(), y)
        size = np.abs(chord) + np.square(p).reshape(len(p), -1).max(axis=1) + 1
    i = where_wrong(value > chord + 1e-11 * size)
    if loss.convex and i is not None:
        raise Refuted(
            f"{loss!r}: claims to be convex, but with target {y[i]} the loss at {middle[i]} is {value[i]:.6g}, above "
            f"the chord from {p[i]} to {q[i]}, which is {chord[i]:.6g} there"
        )
    if not loss.convex and i is None:
        raise Refuted(f"{loss!r}: claims not to be convex, but none of {len(p)} chords lies below the loss")
    return ""


def smooth(loss, rng) -> str:
    """The slope of a smooth loss has no jumps; one that claims a jump has it at some example."""
    if loss.smooth is None:
        return "not claimed"
    p, y = examples(loss, rng, 1200)
    jumps = []
    with np.errstate(all="ignore"):
        for column in columns(p):
            low, high = side_slopes(loss, loss.formula, p, y, column, 0)
            jumps.append(np.where(np.isinf(low), 0.0, high - low) / (1 + np.minimum(np.abs(low), np.abs(high))))
    jump = np.max(jumps, axis=0)
    i = int(np.argmax(jump))
    if loss.smooth and jump[i] > JUMP:
        raise Refuted(f"{loss!r}: claims to be smooth, but its slope jumps by {jump[i]:.3g} at {point(p[i], y[i])}")
    if not loss.smooth and jump[i] <= JUMP:
        raise Refuted(f"{loss!r}: claims a kink or a jump, but its slope jumps at none of {len(p)} examples")
    return ""


def bounded_influence(loss, rng) -> str:
    """However far a sample is out, or however close to the edge of its domain, its slope stays below some number."""
    if loss.bounded_influence is None:
        return "not claimed"
    p, y = examples(loss, rng, 200)
    steepest = [_steepest(loss, p, y, far) for far in (1e3, 1e7)]
    grows = not (np.isfinite(steepest[1]) and steepest[1] <= 1.05 * steepest[0])
    if loss.bounded_influence == grows:
        raise Refuted(
            f"{loss!r}: claims that its slope {'stays below some number' if grows else 'has no limit'}, but the "
            f"steepest slope is {steepest[0]:.4g} for samples 1,000 times, and {steepest[1]:.4g} for samples "
            f"10,000,000 times as far out"
        )
    return ""


def _steepest(loss, p: np.ndarray, y: np.ndarray, far: float) -> float:
    rows = loss.target is CLASSES
    steepest = 0.0
    with np.errstate(all="ignore"):
        for moved in _moved(loss.prediction, p, far, normed=rows):
            for target in [y] if rows else _moved(loss.target, y, far):
                steepest = max(steepest, float(np.nanmax(np.abs(loss.derivative(moved.copy(), target)))))
    return steepest


def _moved(domain: Domain, x: np.ndarray, far: float, normed: bool = False) -> list[np.ndarray]:
    """Return x, x far out, and x close to each edge of the domain, wherever that is legal."""
    moved = [x, x * far]
    for edge in (domain.low, domain.high, 0.0):
        if np.isfinite(edge):
            moved.append(edge + (x - edge) / far)
    if normed and domain is PROBABILITY:  # a row of probabilities: nearly all on one class
        return [x, (x / far + np.eye(x.shape[1])[np.argmin(x, axis=1)]) / (1 + 1 / far)]
    return [np.where(domain.contains(one), one, x) for one in moved]


def proper(loss, rng) -> str:
    """A proper loss is best served by the true probability: a constant learns it, or a score that tells it."""
    if loss.proper is None:
        return "not claimed"
    if loss.row_wise:
        return _proper_rows(loss, rng)
    best = np.array([loss.best_constant([0.0, 1.0], [1 - share, share]) for share in SHARES])
    truth = np.array(SHARES)
    learned = best if loss.prediction is PROBABILITY else sigmoid(best)
    off = float(np.max(np.abs(learned - truth)))
    exact = off < 1e-6
    tells = exact if loss.prediction is PROBABILITY else bool((np.diff(best) > 1e-6).all())
    if loss.proper and not tells:
        raise Refuted(f"{loss!r}: claims to be proper, but for shares {SHARES} of label 1 a constant learns {best}")
    if not loss.proper and (exact or (tells and loss.predicts in MEANINGS)):  # a score that tells the share by name
        raise Refuted(f"{loss!r}: claims not to be proper, but a constant learns each of the shares {SHARES}")
    return ""


def _proper_rows(loss, rng) -> str:
    """The expected slope at the true probabilities is 0 along every direction that keeps their sum."""
    steepest = 0.0
    for q in rng.dirichlet(np.full(CLASSES_DRAWN, 2.0), 20):
        p = q if loss.prediction is PROBABILITY else np.log(q)
        slopes = loss.derivative(np.tile(p, (CLASSES_DRAWN, 1)), np.eye(CLASSES_DRAWN))
        expected = q @ slopes
        steepest = max(steepest, float(np.ptp(expected)))
    if loss.proper != (steepest < 1e-6):
        claim = "to be proper" if loss.proper else "not to be proper"
        raise Refuted(f"{loss!r}: claims {claim}, but the expected slope at the true probabilities is {steepest:.3g}")
    return ""
