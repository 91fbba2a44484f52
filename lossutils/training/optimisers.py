"""One step downhill: against the gradient, or by Adam's rule."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real

import numpy as np

from lossutils.engine.arguments import shown


@dataclass
class GradientDescent:
    """Step against the gradient: theta -= rate * gradient."""

    rate: float

    def __post_init__(self) -> None:
        _refuse_rate(self.rate)

    @np.errstate(all="ignore")
    def step(self, theta: np.ndarray, gradient: np.ndarray) -> None:
        """Change `theta` in place."""
        _check_step(theta, gradient)
        theta -= self.rate * gradient


@dataclass
class Adam:
    """Step along the mean gradient, divided by its typical size (Kingma and Ba 2015)."""

    rate: float = 0.001
    decay: float = 0.9
    decay_square: float = 0.999
    tiny: float = 1e-8

    def __post_init__(self) -> None:
        _refuse_rate(self.rate)
        _refuse_decay(self.decay)
        _refuse_decay(self.decay_square)
        if not isinstance(self.tiny, Real) or not 1e-30 <= self.tiny < np.inf:
            raise ValueError(
                f"tiny is {self.tiny!r}, but must be from 1e-30 upwards; else 0 / 0 is nan where the gradient is 0"
            )
        self._mean = self._square = None
        self._count = 0

    @np.errstate(all="ignore")
    def step(self, theta: np.ndarray, gradient: np.ndarray) -> None:
        """Change `theta` in place."""
        _check_step(theta, gradient, self._mean)
        gradient = _wide(gradient)
        if self._mean is None:
            self._mean, self._square = np.zeros_like(_wide(theta)), np.zeros_like(_wide(theta))
        self._count += 1
        self._mean += (1 - self.decay) * (gradient - self._mean)
        self._square += (1 - self.decay_square) * (gradient * gradient - self._square)
        size = np.sqrt(self._square / (1 - self.decay_square**self._count)) + self.tiny
        theta -= (self.rate / (1 - self.decay**self._count)) * self._mean / size


def _wide(x: np.ndarray) -> np.ndarray:
    """Keep sums of gradients in float32 at least: in float16, Adam's `tiny` and the square of 1e-4 are 0."""
    return x.astype(np.promote_types(x.dtype, np.float32), copy=False)


def _check_step(theta: np.ndarray, gradient: np.ndarray, memory: np.ndarray | None = None) -> None:
    if not (isinstance(theta, np.ndarray) and theta.dtype.kind == "f"):
        raise TypeError(f"step: theta is {shown(theta)}, but must be an array of floats: it is changed in place")
    if getattr(gradient, "shape", None) != theta.shape:
        raise ValueError(
            f"step: the gradient has shape {np.shape(gradient)}, the parameters {theta.shape}; "
            f"NumPy would broadcast one to the other, or fail"
        )
    if memory is not None and memory.shape != theta.shape:
        raise ValueError(
            f"step: this optimiser remembers gradients of shape {memory.shape}, the parameters have {theta.shape}; "
            f"each model needs an optimiser of its own"
        )


def _refuse_rate(rate) -> None:
    if not isinstance(rate, Real) or not 0 < rate < np.inf:
        raise ValueError(f"rate is {rate!r}, but must be a finite number above 0; a step of 0 or nan learns nothing")


def _refuse_decay(decay) -> None:
    if not isinstance(decay, Real) or not 0 <= decay < 1:
        raise ValueError(f"decay is {decay!r}, but must be from 0 to less than 1; else old gradients never fade")
