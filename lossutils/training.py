"""Walk downhill: gradient descent, momentum, Adam, and a history of what happened on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from numbers import Real

import numpy as np

from lossutils.arguments import check_made, check_rng, check_whole, shown
from lossutils.complaints import check_same_index, complain
from lossutils.domain import REAL
from lossutils.inputs import as_floats, weights


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
class Momentum:
    """Step along a fading sum of gradients: velocity = decay * velocity + gradient (Polyak 1964)."""

    rate: float
    decay: float = 0.9

    def __post_init__(self) -> None:
        _refuse_rate(self.rate)
        _refuse_decay(self.decay)
        self._velocity = None

    @np.errstate(all="ignore")
    def step(self, theta: np.ndarray, gradient: np.ndarray) -> None:
        """Change `theta` in place."""
        _check_step(theta, gradient, self._velocity)
        if self._velocity is None:
            self._velocity = np.zeros_like(_wide(theta))
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
        if not isinstance(self.tiny, Real) or not 1e-30 <= self.tiny < np.inf:
            raise ValueError(f"tiny is {self.tiny!r}, but must be from 1e-30 upwards; else 0 / 0 is nan where the "
                             f"gradient is 0")  # fmt: skip
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


@dataclass
class History:
    """What happened on the way: the mean loss of each epoch (or step), and whatever was watched."""

    loss: list[float] = field(default_factory=list)
    watched: dict[str, list[float]] = field(default_factory=dict)

    def note(self, loss: float, watched: dict[str, float]) -> None:
        """Add one epoch."""
        if not isinstance(watched, Mapping):
            raise TypeError(f'train: watch() returned {shown(watched)}, but must return named numbers: {{"size": 0.5}}')
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
    check_whole("descend", "steps", steps, 0)
    theta = np.array(as_floats("descend", "start", start), dtype=float)
    complain("descend", "start", REAL, theta)
    if theta.ndim > 1 or theta.size == 0:
        raise ValueError(f"descend: start has shape {theta.shape}, but must hold the k weights in one row: (k,)")
    optimiser = GradientDescent(rate)
    path, values = np.full((steps + 1, theta.size), np.nan), np.full(steps + 1, np.nan)
    for i in range(steps + 1):
        path[i] = theta
        values[i], gradient = _value_and_gradient(objective, theta)
        if not (np.isfinite(values[i]) and np.isfinite(gradient).all()):
            break
        optimiser.step(theta, gradient)
        if not np.isfinite(theta).all():
            break
    return path, values


def _value_and_gradient(objective, theta: np.ndarray) -> tuple[float, np.ndarray]:
    """Ask the objective, which gets a copy: the walk stays its own whatever is done there."""
    with np.errstate(all="ignore"):
        answer = objective(theta.copy())
    if not isinstance(answer, tuple | list) or len(answer) != 2:
        raise TypeError(f"descend: the objective returned {shown(answer)}, but must return a value and its gradient")
    value, gradient = (as_floats("descend", role, x) for role, x in zip(("value", "gradient"), answer, strict=True))
    if value.size != 1 or gradient.size != theta.size or (gradient.shape != theta.shape and theta.size > 1):
        raise ValueError(
            f"descend: for weights of shape {theta.shape} the objective returned a value of shape {value.shape} and a "
            f"gradient of shape {gradient.shape}, but the value must be one number and the gradient one for each "
            f"weight; NumPy would broadcast them"
        )
    return value.item(), gradient.reshape(theta.shape)


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
    """Teach a model by mini-batches of `batch` rows, shuffled anew each epoch; return the history.

    `loss` is anything with `value_and_grad(pred, target, weight)`. The loss of an epoch is the (weighted) mean over
    all rows, each measured before its batch's step. A batch's mean is divided by the sum of its own weights, so a
    weight acts a little weaker than in one mean over all rows. A row of weight 0 is not there, whatever it holds: no
    batch counts it. `watch()` is called after each epoch; what it returns is kept by name. Nothing that was given is
    changed, save the model and the optimiser. What can't be trained is refused before the first step.
    """
    check_made("train", "the model", model, "forward", "backward", "theta", instead="see Network in lossutils.models")
    check_made("train", "the loss", loss, "value_and_grad", instead="a formula(self, p, y) in a class of Loss has it")
    check_made("train", "the optimiser", optimiser, "step", instead="take GradientDescent, Momentum or Adam")
    check_whole("train", "epochs", epochs, 0)
    check_whole("train", "batch", batch, 1)
    check_rng("train", rng)
    if watch is not None and not callable(watch):
        raise TypeError(f"train: watch is {shown(watch)}, but must be a function, called without arguments")
    X, y, weight = _rows_that_count(X, y, weight)
    history = History()
    for _ in range(epochs):
        order = rng.permutation(len(X))
        total = mass = 0.0
        for start in range(0, len(X), batch):
            rows = order[start : start + batch]
            w = None if weight is None else weight[rows]
            share = len(rows) if w is None else float(w.sum())
            value, slope = loss.value_and_grad(model.forward(X[rows]), y[rows], w)
            optimiser.step(model.theta, model.backward(slope))
            total, mass = total + float(value) * share, mass + share
        history.note(total / mass, watch() if watch else {})
    return history


def _rows_that_count(X, y, weight) -> tuple[np.ndarray, np.ndarray, np.ndarray | None]:
    """Return the rows whose weight is not 0, as arrays, once it is known that they belong together and are finite."""
    check_same_index("train", "X", X, "y", y, axes=("index",))
    inputs, targets = as_floats("train", "X", X), as_floats("train", "y", y)
    if inputs.ndim == 0 or targets.shape[:1] != inputs.shape[:1]:
        raise ValueError(
            f"train: X has shape {inputs.shape} and y {targets.shape}, but each row of X needs one target; NumPy would "
            f"leave rows out, or fail far from here"
        )
    n = len(inputs)
    if n == 0:
        raise ValueError("train: X has no rows, and the mean loss of nothing would be nan")
    there = np.ones(n, bool)
    if weight is not None:
        rows = targets.shape if as_floats("train", "weight", weight).ndim == targets.ndim else (n,)
        weight = weights("train", weight, rows, {"X": X, "y": y}).reshape(rows)
        there = weight.reshape(n, -1).any(axis=1)
        weight = weight[there]
    for role, rows in (("X", inputs), ("y", targets)):
        complain("train", role, REAL, np.where(there, rows.T, 0).T)
    return inputs[there], targets[there], weight
