"""Walk downhill: a plain walk, training by mini-batches with a history of what happened, weighted least squares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from lossutils.engine.arguments import check_made, check_rng, check_whole, shown
from lossutils.engine.domain import REAL
from lossutils.engine.inputs import as_floats, weights
from lossutils.engine.legal import check_domain, check_same_index
from lossutils.training.comparing import Comparison, Diverged, Tuned, fair_compare
from lossutils.training.optimisers import Adam, GradientDescent
from lossutils.training.reweighting import Fit, irls, median_scale

__all__ = [
    "Adam",
    "Comparison",
    "Diverged",
    "Fit",
    "GradientDescent",
    "History",
    "Tuned",
    "descend",
    "fair_compare",
    "irls",
    "median_scale",
    "train",
]


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
    check_domain("descend", "start", REAL, theta)
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
    changed, save the model and the optimiser. What can't be trained is refused before the first step; a training whose
    predictions leave the finite numbers ends with `Diverged`, a ValueError.
    """
    check_made("train", "the model", model, "forward", "backward", "theta", instead="see Network in lossutils.models")
    check_made("train", "the loss", loss, "value_and_grad", instead="a formula(self, p, y) in a class of Loss has it")
    check_made("train", "the optimiser", optimiser, "step", instead="take GradientDescent or Adam")
    check_whole("train", "epochs", epochs, 0)
    check_whole("train", "batch", batch, 1)
    check_rng("train", rng)
    if watch is not None and not callable(watch):
        raise TypeError(f"train: watch is {shown(watch)}, but must be a function, called without arguments")
    X, y, weight, share = _rows_that_count(X, y, weight)
    history = History()
    for _ in range(epochs):
        order = rng.permutation(len(X))
        total = mass = 0.0
        for start in range(0, len(X), batch):
            rows = order[start : start + batch]
            w = None if weight is None else weight[rows]
            predictions = model.forward(X[rows])
            if not np.isfinite(predictions).all():
                raise Diverged(_left(optimiser, len(history.loss)))
            value, slope = loss.value_and_grad(predictions, y[rows], w)
            optimiser.step(model.theta, model.backward(slope))
            part = float(share[rows].sum())
            total, mass = total + float(value) * part, mass + part
        history.note(total / mass, watch() if watch else {})
    return history


def _left(optimiser, epochs: int) -> str:
    """Say that training left the finite numbers, and why it mostly does."""
    rate = getattr(optimiser, "rate", None)
    size = "" if rate is None else f" {rate:g}"
    return (
        f"train: the predictions are no finite numbers in epoch {epochs + 1}: the steps have run away. Mostly the rate"
        f"{size} is too large, or the inputs are; NumPy would go on with inf and nan"
    )


def _rows_that_count(X, y, weight) -> tuple[np.ndarray, np.ndarray, np.ndarray | None, np.ndarray]:
    """Return X, y and weight of the rows whose weight is not 0, once they are known to be finite and to fit together.

    With them comes what each row adds to the loss of an epoch.
    """
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
    share = np.ones(n)
    if weight is not None:
        given = as_floats("train", "weight", weight)
        rows = targets.shape if given.ndim == targets.ndim else (n,)
        share = weights("train", weight, rows, {"X": X, "y": y}).reshape(n, -1).sum(axis=1)
        weight = given[share > 0]
    there = share > 0
    for role, rows in (("X", inputs), ("y", targets)):
        check_domain("train", role, REAL, np.where(there, rows.T, 0).T)
    return inputs[there], targets[there], weight, share[there]
