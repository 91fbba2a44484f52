"""How sure a share is, and whether two models differ by more than chance."""

from __future__ import annotations

import math
from numbers import Real
from statistics import NormalDist
from typing import NamedTuple

from lossutils.engine.arguments import check_whole, shown


def wilson(hits: int, n: int, level: float = 0.95) -> tuple[float, float]:
    """Return the ends of an interval for a share of which `hits` of `n` samples are seen. Wilson 1927.

    Drawn again and again, such intervals hold the true share in about `level` of all cases, for few samples too; the
    interval share ± 1.96 standard errors is empty where no sample, or each, is a hit.
    """
    check_whole("wilson", "hits", hits, 0)
    check_whole("wilson", "n", n, 1)
    if hits > n:
        raise ValueError(f"wilson: {hits} hits of {n} samples; the share would be above 1")
    if isinstance(level, bool) or not isinstance(level, Real) or not 0 < level < 1:
        raise ValueError(f"wilson: level is {shown(level)}, but must lie between 0 and 1: 0.95, not 95")
    z = NormalDist().inv_cdf((1 + level) / 2)
    middle, half = hits + z * z / 2, z * math.sqrt(hits * (n - hits) / n + z * z / 4)
    return max((middle - half) / (n + z * z), 0.0), min((middle + half) / (n + z * z), 1.0)


class McNemar(NamedTuple):
    """McNemar's test: `statistic` (about χ² with one degree of freedom), its `p`, and the `exact` p of the signs."""

    statistic: float
    p: float
    exact: float


def mcnemar(only_first: int, only_second: int) -> McNemar:
    """Compare two models on the same samples by those on which they differ. McNemar 1947.

    `only_first` counts the samples that only the first one has right, `only_second` those that only the second one
    has. Samples that both have right, or wrong, tell nothing about the difference. Without continuity correction. The
    exact p is that of a fair coin, thrown once for each differing sample. It compares two trained models, not the
    losses that trained them: other seeds would differ too.
    """
    check_whole("mcnemar", "only_first", only_first, 0)
    check_whole("mcnemar", "only_second", only_second, 0)
    n, fewer = int(only_first + only_second), int(min(only_first, only_second))
    if n == 0:
        return McNemar(0.0, 1.0, 1.0)
    statistic = (only_first - only_second) ** 2 / n
    tail = sum(math.comb(n, k) for k in range(fewer + 1))
    return McNemar(float(statistic), math.erfc(math.sqrt(statistic / 2)), min(2 * tail / 2**n, 1.0))
