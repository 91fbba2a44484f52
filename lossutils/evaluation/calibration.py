"""Whether what is said with 30 % happens in 30 of 100 cases."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from lossutils.engine import complaints
from lossutils.engine.arguments import check_whole, shown
from lossutils.engine.domain import PROBABILITY, REAL
from lossutils.engine.inputs import as_floats
from lossutils.engine.legal import check_domain
from lossutils.evaluation.intervals import wilson
from lossutils.evaluation.judged import judged
from lossutils.numerics import sigmoid, softmax, softplus


def equal_widths(bins: int) -> np.ndarray:
    """Return the edges of bins of one width from 0 to 1."""
    check_whole("equal widths", "bins", bins, 1)
    return np.linspace(0, 1, bins + 1)


@np.errstate(all="ignore")
def equal_counts(p, bins: int) -> np.ndarray:
    """Return the edges of bins that hold as many samples each as ties allow."""
    check_whole("equal counts", "bins", bins, 1)
    p = as_floats("equal counts", "p", p)
    if p.size == 0:
        raise complaints.empty("equal counts", p.shape)
    check_domain("equal counts", "p", PROBABILITY, p)
    return np.quantile(p, np.linspace(0, 1, bins + 1))


def places(name: str, p: np.ndarray, edges) -> np.ndarray:
    """Return the number of the bin (n,) that each probability lies in: on an inner edge, the bin above it."""
    edges = as_floats(name, "edges", edges)
    if edges.ndim != 1 or len(edges) < 2 or not (np.diff(edges) >= 0).all():
        raise ValueError(
            f"{name}: the edges are {shown(edges)}, but must be rising numbers, one more than there are bins; "
            f"NumPy would count into wrong bins. Take equal_widths(10) or equal_counts(p, 10)"
        )
    return np.searchsorted(edges[1:-1], p, side="right")


@np.errstate(all="ignore")
def reliability(p, y, edges: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return mean probability, share of positives and number of samples of each bin that is not empty.

    A probability on an inner edge belongs to the bin above it.
    """
    p, y = (values.astype(float) for values in judged("reliability", p, y))
    check_domain("reliability", "p", PROBABILITY, p)
    which = places("reliability", p, edges)
    count = np.bincount(which)
    full = count > 0
    mean, share = (np.bincount(which, values)[full] / count[full] for values in (p, y))
    return mean, share, count[full]


class Bin(NamedTuple):
    """What one bin holds: mean probability, positives and samples, and an interval of 95 % for their share."""

    mean: float
    hits: int
    n: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share of positives."""
        return self.hits / self.n


def bins(p, y, edges: np.ndarray) -> list[Bin]:
    """Return each bin that is not empty, with Wilson's interval of its share: is it the bin's mean probability?

    An interval of a bin with 16 samples is wide: the distance from the diagonal alone would look like a fault.
    """
    mean, share, count = reliability(p, y, edges)
    found = [(float(m), round(float(s * n)), int(n)) for m, s, n in zip(mean, share, count, strict=True)]
    return [Bin(m, hits, n, *wilson(hits, n)) for m, hits, n in found]


@np.errstate(all="ignore")
def ece(p, y, edges: np.ndarray) -> float:
    """Expected calibration error: how far said and true shares lie apart, averaged over the samples' bins.

    Each bin counts by its number of samples. It depends on the bins, so name them: `equal_widths(10)`,
    `equal_counts(p, 10)`. Naeini, Cooper, Hauskrecht 2015.
    """
    mean, share, count = reliability(p, y, edges)
    return float(np.average(np.abs(mean - share), weights=count))


@np.errstate(all="ignore")
def recalibration(z, y) -> tuple[float, float]:
    """Return intercept and coefficient of the line in the score z that tells the log-odds of y best. Cox 1958.

    Honest scores have 0 and 1. An intercept of −3 says that all log-odds are 3 too high, a coefficient below 1 that
    the scores are too sure. Found by Newton's steps on the logistic loss.
    """
    z, y = (values.astype(float) for values in judged("recalibration", z, y))
    check_domain("recalibration", "z", REAL, z)
    if y.all() or not y.any() or np.ptp(z) == 0 or _separated(z, y):
        raise ValueError(
            "recalibration: a threshold of z tells all labels apart, or z or y never varies, and no line is best; "
            "Newton's steps would run away"
        )
    A, line = np.column_stack([np.ones(len(z)), (z - z.mean()) / z.std()]), np.zeros(2)
    value = np.log(2)
    for _ in range(200):
        p = sigmoid(A @ line)
        step = np.linalg.solve((A.T * (p * (1 - p))) @ A, A.T @ (p - y))
        while not (new := np.mean(softplus(A @ (line - step)) - y * (A @ (line - step)))) <= value:
            step = step / 2  # from far away a whole step can go too far
            if not np.abs(step).max() > 0:
                break
        line, value = line - step, min(new, value)
        if np.abs(step).max() <= 1e-12 * max(1, np.abs(line).max()):
            break
    return float(line[0] - line[1] * z.mean() / z.std()), float(line[1] / z.std())


def _separated(z: np.ndarray, y: np.ndarray) -> bool:
    above, below = z[y == 1], z[y == 0]
    return min(above) >= max(below) or min(below) >= max(above)


@np.errstate(all="ignore")
def temperature(z, y) -> float:
    """Return the T above 0 that makes the cross-entropy of z / T least: no class becomes more probable than another.

    `z` are scores (n, K) with class numbers `y` (n,), or scores (n,) with labels 0 and 1. T above 1 says that the
    scores were too sure. Choose it on samples that taught the model nothing. It is infinite where the scores tell the
    classes apart no better than chance, and it refuses scores that are right in every row: there the loss falls for
    ever as T does. Guo, Pleiss, Sun and Weinberger 2017.
    """
    z = as_floats("temperature", "z", z)
    if z.ndim == 1:
        z, y = (values.astype(float) for values in judged("temperature", z, y))
        z = np.column_stack([np.zeros(len(z)), z])
    y = np.asarray(y)
    check_domain("temperature", "z", REAL, z)
    if z.ndim != 2 or y.shape != z.shape[:1] or not len(y):
        raise ValueError(
            f"temperature: z has shape {z.shape} and y {y.shape}, but they must be (n, K) scores and (n,) class "
            f"numbers; NumPy would broadcast them, or fail"
        )
    if not np.isin(y, np.arange(z.shape[1])).all():
        raise ValueError(f"temperature: y must hold class numbers from 0 to {z.shape[1] - 1}, one a row")
    z = z - z[np.arange(len(z)), y.astype(int), np.newaxis]  # the right class has 0

    def slope(inverse):
        """The slope of the mean cross-entropy in 1 / T; it rises, as the loss is convex in 1 / T."""
        return np.mean(np.sum(softmax(inverse * z) * z, axis=1))

    if z.max() <= 0:
        raise ValueError("temperature: the right class has the largest score in every row, and no T is best")
    if slope(0.0) >= 0:
        return float("inf")
    low, high = 0.0, 1.0
    while slope(high) < 0:
        low, high = high, 2 * high
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if slope(middle) < 0 else (low, middle)
    return float(1 / middle)
