"""Programs that compute one loss in different ways: from the score, from a rounded probability, or another loss.

Each takes scores and labels 0 or 1, both (n,), and returns probability, loss and slope in the score of each.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lossutils.numerics import sigmoid, softplus

CUT = np.float32(100)  # where PyTorch's BCELoss cuts the loss
TINY = np.float32(1e-12)  # what it keeps p (1 - p) above when it divides by it


def from_score(z: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Cross-entropy, each of its parts computed from the score."""
    p = sigmoid(z)
    return p, y * softplus(-z) + (1 - y) * softplus(z), p - y


def bce_loss(z: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Cross-entropy as PyTorch's BCELoss after a sigmoid, in float32: the loss is cut, and so is the divisor."""
    y, p, happened = _rounded(z, y)
    with np.errstate(divide="ignore"):
        loss = np.minimum(-np.log(happened), CUT)
    through = p * (1 - p)
    return p, loss, (p - y) / np.maximum(through, TINY) * through


def literal_log(z: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Cross-entropy as the formula stands, in float32, its slope by the chain rule: inf, and inf times 0."""
    y, p, happened = _rounded(z, y)
    with np.errstate(divide="ignore", invalid="ignore"):
        return p, -np.log(happened), (1 - 2 * y) / happened * (p * (1 - p))


def squared_error(z: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The squared error of the probability."""
    p = sigmoid(z)
    return p, (p - y) ** 2, 2 * (p - y) * sigmoid(z) * sigmoid(-z)


def _rounded(z, y) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return label, probability, and the probability of what happened, rounded to float32."""
    z, y, one = z.astype(np.float32), y.astype(np.float32), np.float32(1)
    with np.errstate(over="ignore"):
        p = one / (one + np.exp(-z))
    return y, p, np.where(y == 1, p, one - p)


PROGRAMS: dict[str, Callable] = {
    "from the score": from_score,
    "BCELoss, float32": bce_loss,
    "literal log, float32": literal_log,
    "squared error of p": squared_error,
}


def programs() -> dict[str, Callable]:
    """Return the programs by name: each takes scores and labels, and returns probability, loss and slope."""
    return dict(PROGRAMS)
