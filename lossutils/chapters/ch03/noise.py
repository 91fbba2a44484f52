"""Distributions of a target around a prediction, as the pictures of likelihoods need them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

Spans = tuple[tuple[float, float], ...]  # for each parameter, the least and the largest value worth trying
log_gamma = np.vectorize(math.lgamma, otypes=[float])


@dataclass(frozen=True)
class Noise:
    """How a target scatters: `log_p(y, *parameters)` is the log of its probability, or of its density, shape (n,)."""

    name: str
    parameters: tuple[str, ...]  # the first is what a model predicts
    usual: tuple[float, ...]  # values of the others where nobody gives one
    whole: bool  # targets are whole numbers and have probabilities; else they have densities
    log_p: Callable[..., np.ndarray]
    fit: Callable[[np.ndarray], tuple[float, ...]]  # the parameters with the least negative log-likelihood
    spans: Callable[[np.ndarray], Spans]


def lowest(f: Callable[[float], float], low: float, high: float) -> float:
    """Return where a function with one valley is least, by cutting off a third of the stretch again and again."""
    for _ in range(120):
        third = (high - low) / 3
        if f(low + third) < f(high - third):
            high -= third
        else:
            low += third
    return (low + high) / 2


def _gaussian(y, centre, spread):
    return -(((y - centre) / spread) ** 2) / 2 - math.log(spread) - math.log(2 * math.pi) / 2


def _laplace(y, centre, size):
    return -np.abs(y - centre) / size - math.log(2 * size)


def _gamma(y, mean, shape):
    return shape * math.log(shape / mean) + (shape - 1) * np.log(y) - shape * y / mean - math.lgamma(shape)


def _poisson(y, rate):
    return y * math.log(rate) - rate - log_gamma(y + 1)


def _bernoulli(y, p):
    with np.errstate(divide="ignore"):  # what has the probability 0 has the logarithm −inf
        return np.log(np.where(y == 1, p, 1 - p))


def _categorical(y, *scores):
    """The last class has the score 0."""
    scores = np.array([*scores, 0.0])
    return scores[np.asarray(y, int)] - np.log(np.sum(np.exp(scores)))


def _gamma_fit(y) -> tuple[float, float]:
    mean = float(np.mean(y))
    return mean, lowest(lambda shape: -np.sum(_gamma(y, mean, shape)), 0.01, 1000.0)


def _log_ratios(y) -> tuple[float, ...]:
    counts = np.bincount(np.asarray(y, int), minlength=3)
    return tuple(np.log(counts[:-1] / counts[-1]).tolist())


def _around(y) -> tuple[float, float]:
    """The middle of the values, with some room."""
    low, high = np.quantile(y, [0.05, 0.95])
    return float(low), float(high)


def _real_spans(y) -> Spans:
    near = np.subtract(*np.quantile(y, [0.75, 0.25])) / 1.35
    return _around(y), (0.3 * float(min(near, np.std(y))), 1.6 * float(np.std(y)))


GAUSSIAN = Noise(
    "Gaussian",
    ("prediction ŷ", "spread σ"),
    (1.0,),
    False,
    _gaussian,
    lambda y: (float(np.mean(y)), float(np.std(y))),
    _real_spans,
)
LAPLACE = Noise(
    "Laplace",
    ("prediction ŷ", "scale b"),
    (1.0,),
    False,
    _laplace,
    lambda y: (float(np.median(y)), float(np.mean(np.abs(y - np.median(y))))),
    _real_spans,
)
GAMMA = Noise("gamma", ("mean μ", "shape"), (1.0,), False, _gamma, _gamma_fit, lambda y: (_around(y), (0.5, 20.0)))
POISSON = Noise(
    "Poisson",
    ("mean μ",),
    (),
    True,
    _poisson,
    lambda y: (float(np.mean(y)),),
    lambda y: ((0.02, max(5.0, 2 * float(np.mean(y)))),),
)
BERNOULLI = Noise(
    "Bernoulli", ("probability p",), (), True, _bernoulli, lambda y: (float(np.mean(y)),), lambda y: ((0.01, 0.99),)
)
CATEGORICAL = Noise(
    "categorical",
    ("score of class 0", "score of class 1"),
    (0.0,),
    True,
    _categorical,
    _log_ratios,
    lambda y: ((-3.0, 3.0),) * 2,
)
NOISES = {noise.name: noise for noise in (GAUSSIAN, LAPLACE, GAMMA, POISSON, BERNOULLI, CATEGORICAL)}
