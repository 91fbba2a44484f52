"""Walk downhill: gradient descent, momentum, Adam, and a history of what happened on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from numbers import Real

import numpy as np


@dataclass
class GradientDescent:
    """Step against the gradient: theta -= rate * gradient."""

    rate: float

    def __post_init__(self) -> None:
        _refuse_rate(self.rate)

    def step(self, theta: np.ndarray, gradient: np.ndarray) -> None:
        """Change `theta` in place."""
        theta -= self.rate * gradient


@dataclass
class Momentum:
    """Step along a fading sum of gradients: velocity = decay * velocity + gradient (Polyak 1964)."""

    rate: float
    decay: float = 0.9

    def __post_init__(self) -> None:
        _refuse_rate(self.rate)
        _refuse_decay(self.decay)
        self._velocity = None

    def step(self, theta: np.ndarray, gradient: np.ndarray) -> None:
        """Change `theta` in place."""
        if self._velocity is None:
            self._velocity = np.zeros_like(theta)
        self._velocity *= self.decay
        self._velocity += gradient
        theta -= self.rate * self._velocity


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
        self._mean = self._square = None
        self._count = 0

    def step(self, theta: np.ndarray, gradient: np.ndarray) -> None:
        """Change `theta` in place."""
        if self._mean is None:
            self._mean, self._square = np.zeros_like(theta), np.zeros_like(theta)
        self._count += 1
        self._mean += (1 - self.decay) * (gradient - self._mean)
        self._square += (1 - self.decay_square) * (gradient * gradient - self._square)
        size = np.sqrt(self._square / (1 - self.decay_square**self._count)) + self.tiny
        theta -= (self.rate / (1 - self.decay**self._count)) * self._mean / size


def _refuse_rate(rate) -> None:
    if not isinstance(rate, Real) or not 0 < rate < np.inf:
        raise ValueError(f"rate is {rate!r}, but must be a finite number above 0; a step of 0 or nan learns nothing")


def _refuse_decay(decay) -> None:
    if not isinstance(decay, Real) or not 0 <= decay < 1:
        raise ValueError(f"decay is {decay!r}, but must be from 0 to less than 1; else old gradients never fade")


@dataclass
class History:
    """What happened on the way: the mean loss of each epoch (or step), and whatever was watched."""

    loss: list[float] = field(default_factory=list)
    watched: dict[str, list[float]] = field(default_factory=dict)

    def note(self, loss: float, watched: dict[str, float]) -> None:
        """Add one epoch."""
        self.loss.append(loss)
        for name, value in watched.items():
            self.watched.setdefault(name, []).append(value)

    def __repr__(self) -> str:
        if not self.loss:
            return "History(nothing yet)"
        return f"History({len(self.loss)} epochs, loss {self.loss[0]:.3g} to {self.loss[-1]:.3g})"


def descend(
    objective: Callable[[np.ndarray], tuple[float, np.ndarray]], start, rate: float, steps: int
) -> tuple[np.ndarray, np.ndarray]:
    """Walk `steps` steps of plain gradient descent; return the path (steps + 1, k) and the values on it (steps + 1,).

    `objective(theta)` returns value and gradient. A walk that leaves the finite numbers stops there: the rest is nan.
    """
    theta = np.array(start, dtype=float)
    optimiser = GradientDescent(rate)
    path, values = np.full((steps + 1, theta.size), np.nan), np.full(steps + 1, np.nan)
    for i in range(steps + 1):
        with np.errstate(over="ignore", invalid="ignore"):
            value, gradient = objective(theta)
        path[i], values[i] = theta, value
        if not (np.isfinite(value) and np.isfinite(gradient).all()):
            break
        optimiser.step(theta, gradient)
        if not np.isfinite(theta).all():
            break
    return path, values


def train(
    model,
    loss,
    X: np.ndarray,
    y: np.ndarray,
    optimiser,
    epochs: int,
    batch: int,
    rng: np.random.RandomState,
    weight: np.ndarray | None = None,
    watch: Callable[[], dict[str, float]] | None = None,
) -> History:
    """Teach a model by mini-batches, shuffled anew each epoch; return the history.

    `loss` is anything with `value_and_grad(pred, target, weight)`. The loss of an epoch is the mean over its batches,
    each measured before its step. A batch's mean is divided by the sum of its own weights, so a weight acts a little
    weaker than in one mean over all rows. `watch()` is called after each epoch; what it returns is kept by name.
    """
    history = History()
    X, y, weight = np.asarray(X), np.asarray(y), None if weight is None else np.asarray(weight)
    n = len(X)
    if len(y) != n or batch < 1:
        raise ValueError(f"train: {n} inputs need {n} targets, not {len(y)}, and batches of 1 or more, not {batch}")
    for _ in range(epochs):
        order = rng.permutation(n)
        total = 0.0
        for start in range(0, n, batch):
            rows = order[start : start + batch]
            value, slope = loss.value_and_grad(
                model.forward(X[rows]), y[rows], None if weight is None else weight[rows]
            )
            optimiser.step(model.theta, model.backward(slope))
            total += value * len(rows)
        history.note(total / n, watch() if watch else {})
    return history
