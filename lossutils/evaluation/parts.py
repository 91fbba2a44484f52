"""What a score is made of: how false the probabilities are, how much they tell apart, and what nobody can know."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from lossutils.engine.arguments import check_made
from lossutils.engine.domain import PROBABILITY
from lossutils.engine.legal import check_domain
from lossutils.evaluation.calibration import places
from lossutils.evaluation.judged import judged


class BrierParts(NamedTuple):
    """reliability − resolution + uncertainty + variance − covariance is the Brier score, exactly.

    The last two are what happens inside the bins: the mean variance of p there, and twice its covariance with y. Where
    each bin holds one value of p both are 0, and Murphy's three parts of 1973 are left.
    """

    reliability: float
    resolution: float
    uncertainty: float
    variance: float
    covariance: float

    @property
    def score(self) -> float:
        """The Brier score, put together again."""
        return self.reliability - self.resolution + self.uncertainty + self.variance - self.covariance


@np.errstate(all="ignore")
def brier_parts(p, y, edges: np.ndarray) -> BrierParts:
    """Split the Brier score, the mean of (p − y)², into five parts. Stephenson, Coelho and Jolliffe 2008.

    They depend on the bins, whose edges are rising: `equal_widths(10)`. With three parts alone the sum is off.
    """
    p, y = (values.astype(float) for values in judged("brier parts", p, y))
    check_domain("brier parts", "p", PROBABILITY, p)
    which = places("brier parts", p, edges)
    _, which, count = np.unique(which, return_inverse=True, return_counts=True)
    said, happened = (np.bincount(which, values) / count for values in (p, y))
    base = y.mean()
    return BrierParts(
        reliability=float(np.average((said - happened) ** 2, weights=count)),
        resolution=float(np.average((happened - base) ** 2, weights=count)),
        uncertainty=float(base * (1 - base)),
        variance=float(np.mean((p - said[which]) ** 2)),
        covariance=float(2 * np.mean((p - said[which]) * (y - happened[which]))),
    )


class ScoreParts(NamedTuple):
    """miscalibration − discrimination + uncertainty is the mean loss, exactly.

    Miscalibration is what the best rising correction of p would gain, discrimination what the corrected p gain over
    the share of positives, and uncertainty is what that share costs: the mean loss of a model that knows nothing else.
    """

    miscalibration: float
    discrimination: float
    uncertainty: float

    @property
    def score(self) -> float:
        """The mean loss, put together again."""
        return self.miscalibration - self.discrimination + self.uncertainty


def score_parts(loss, p, y) -> ScoreParts:
    """Split the mean of a proper loss of probabilities into three parts, without bins. Dimitriadis and others 2021.

    `loss` is one that is least, on average, at the true probability: `BinaryCrossEntropy()`, or `SquaredError()` for
    the Brier score. p is corrected by the rising steps that fit y best (`np.unique` of them are the bins).
    """
    check_made("score parts", "the loss", loss, "best_constant", instead="see BinaryCrossEntropy")
    p, y = (values.astype(float) for values in judged("score parts", p, y))
    check_domain("score parts", "p", PROBABILITY, p)
    stated, corrected, share = loss(p, y), loss(rising(p, y), y), loss(np.full(len(y), y.mean()), y)
    return ScoreParts(stated - corrected, share - corrected, share)


def rising(p: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return the shares of positives (n,) that never fall where p rises, and are nearest to the labels.

    Neighbours that would fall are pooled, again and again, and equal p from the start. Ayer and others 1955.
    """
    values, which, count = np.unique(p, return_inverse=True, return_counts=True)
    pools: list[tuple[float, int, int]] = []  # positives, samples, values of p
    for hits, n in zip(np.bincount(which, y), count, strict=True):
        pools.append((hits, n, 1))
        while len(pools) > 1 and pools[-2][0] * pools[-1][1] >= pools[-1][0] * pools[-2][1]:
            last = pools.pop()
            pools[-1] = tuple(a + b for a, b in zip(pools[-1], last, strict=True))
    shares = np.repeat([hits / n for hits, n, _ in pools], [width for _, _, width in pools])
    return shares[which]
