"""Compare losses fairly: each at a learning rate of its own, chosen on validation data, from the same starts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy as np

from lossutils.engine.arguments import check_whole, shown

NAME = "fair compare"


class Diverged(ValueError):
    """Training ran away: the predictions are no finite numbers any more."""


@dataclass(frozen=True)
class Tuned:
    """One way at its own rate: what was seen on validation data at each rate, and on test data at the chosen one.

    `validation` (rates, seeds) and `test` (seeds,) are errors, infinite where a run diverged; `rate` has the least
    median validation error, the smaller rate of two that are as good. `at_edge` says that it is the smallest or the
    largest of the `rates`: a better one may lie outside.
    """

    rates: tuple[float, ...]
    validation: np.ndarray
    rate: float
    test: np.ndarray

    @property
    def at_edge(self) -> bool:
        """Whether the chosen rate is the smallest or the largest that was tried."""
        return self.rate in (min(self.rates), max(self.rates))

    @property
    def diverged(self) -> int:
        """How many runs diverged, at all rates together."""
        return int(np.sum(np.isinf(self.validation)))


class Comparison(dict[str, Tuned]):
    """The ways by name; printed, it is a table."""

    def __repr__(self) -> str:
        head = f"{'':24} rate         validation, median    test, least to most    diverged"
        return "\n".join([head, *(self._row(name, way) for name, way in self.items())])

    @staticmethod
    def _row(name: str, way: Tuned) -> str:
        rate = f"{way.rate:g}{' (edge)' if way.at_edge else ''}"
        best = np.median(way.validation[way.rates.index(way.rate)])
        runs = f"{way.diverged} of {way.validation.size}"
        return f"{name:24} {rate:12} {best:<21.4g} {f'{way.test.min():.4g} to {way.test.max():.4g}':22} {runs}"


def fair_compare(
    run: Callable[[Any, float, int], tuple[float, float]],
    ways: Mapping[str, Any],
    rates: Sequence[float],
    seeds: Sequence[int],
) -> Comparison:
    """Give each way the rate that serves it best on validation data, and then compare on test data.

    `ways` are losses, or whatever is compared, by name. `run(way, rate, seed)` trains anew, from the start and in the
    order that the seed gives, and returns two errors: on validation data, which chooses the rate, and on test data,
    which is only reported. Smaller is better: give 1 − accuracy, not accuracy. All ways get the same rates and seeds.
    A run that diverges (it returns nan or infinity, or raises `Diverged`, as `train` does) counts as the worst.
    """
    if not callable(run):
        raise TypeError(f"{NAME}: run is {shown(run)}, but must be a function of a way, a rate and a seed")
    if not isinstance(ways, Mapping) or not ways:
        raise TypeError(f"{NAME}: ways is {shown(ways)}, but must hold losses by name")
    rates, seeds = tuple(rates), tuple(seeds)
    for rate in rates:
        if isinstance(rate, bool) or not isinstance(rate, Real) or not 0 < rate < np.inf:
            raise ValueError(f"{NAME}: a rate is {shown(rate)}, but must be a number above 0")
    for seed in seeds:
        check_whole(NAME, "a seed", seed, 0)
    if len(set(rates)) < 2 or not seeds:
        raise ValueError(
            f"{NAME}: {len(set(rates))} rate and {len(seeds)} seeds; with one rate for all nothing is tuned"
        )
    return Comparison({name: _tuned(run, way, tuple(sorted(set(rates))), seeds) for name, way in ways.items()})


def _tuned(run, way, rates: tuple[float, ...], seeds: tuple[int, ...]) -> Tuned:
    errors = np.array([[_errors(run, way, rate, seed) for seed in seeds] for rate in rates])  # (rates, seeds, 2)
    best = int(np.argmin(np.median(errors[:, :, 0], axis=1)))
    return Tuned(rates, errors[:, :, 0], rates[best], errors[best, :, 1])


def _errors(run, way, rate: float, seed: int) -> tuple[float, float]:
    try:
        found = run(way, rate, seed)
    except Diverged:
        return np.inf, np.inf
    if not isinstance(found, tuple | list) or len(found) != 2 or not all(isinstance(error, Real) for error in found):
        raise TypeError(f"{NAME}: run returned {shown(found)}, but must return two errors: on validation and test data")
    return tuple(np.inf if np.isnan(error) else float(error) for error in found)
