"""Losses of several columns: a network with several outputs, each judged by a loss of its own, or two by one.

`train` takes them as it takes any loss. They are no `Loss`: a prediction here is a row of unlike things.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from numbers import Real

import numpy as np

from lossutils.engine.arguments import check_made, shown
from lossutils.engine.domain import REAL
from lossutils.engine.inputs import as_floats, weights
from lossutils.engine.legal import check_domain, check_same_index

LARGEST = 700  # log variance: e to this power is still a float


@dataclass(frozen=True)
class Part:
    """A loss that judges some columns of a prediction: `columns` is a whole number or a slice.

    `target` tells which column or columns of the target belong to it; None means the whole target. The part is
    multiplied by `weight`, in the unit of all parts divided by the unit of this one.
    """

    loss: object
    columns: int | slice
    target: int | slice | None = None
    weight: float = 1.0

    def __post_init__(self) -> None:
        check_made("Part", "the loss", self.loss, "value_and_grad", instead="a formula(self, p, y) of a Loss has it")
        for role, where in (("columns", self.columns), ("target", self.target)):
            if not _is_number(where) and not _is_slice(where) and not (where is None and role == "target"):
                raise TypeError(
                    f"Part: {role} is {shown(where)}, but must be a column's number from 0, or a slice that goes "
                    f"forward, such as slice(0, 3)"
                )
        if isinstance(self.weight, bool) or not isinstance(self.weight, Real) or not 0 < self.weight < np.inf:
            raise ValueError(
                f"Part: weight is {shown(self.weight)}, but must be a finite number above 0; a part of weight 0 is "
                f"better left out"
            )


class Joint:
    """The weighted sum of losses that judge different columns of one prediction (n, k): several tasks at once.

        Joint(Part(SoftmaxCrossEntropy(), slice(0, 3), target=0), Part(SquaredError(), 3, target=1, weight=0.5))
        Joint(Part(Pinball(tau=0.05), 0), Part(Pinball(tau=0.95), 1))        an interval for one target (n,)

    Columns that two parts share get the sum of both slopes. A column that no part judges is refused: it would never
    learn.
    """

    def __init__(self, *parts: Part) -> None:
        if not parts or not all(isinstance(part, Part) for part in parts):
            raise TypeError("Joint: give one or more parts: Joint(Part(loss, columns), Part(loss, columns))")
        self.parts = parts

    def __call__(self, pred, target, weight=None) -> float:
        """Return the weighted sum of the mean losses of all parts."""
        return self._sum(self.each_part(pred, target, weight))

    def each_part(self, pred, target, weight=None) -> tuple[float, ...]:
        """Return the mean loss of each part, without its weight: each in its own unit."""
        return tuple(value for value, _ in self._asked(pred, target, weight)[1])

    def value_and_grad(self, pred, target, weight=None) -> tuple[float, np.ndarray]:
        """Return the sum and its gradient in the prediction, of the prediction's shape (n, k)."""
        means, slopes = self.means_and_grad(pred, target, [part.weight for part in self.parts], weight)
        return self._sum(means), slopes

    def means_and_grad(self, pred, target, shares, weight=None) -> tuple[tuple[float, ...], np.ndarray]:
        """Return the mean loss of each part, and the gradient of their sum with other weights than their own.

        `shares` holds those weights, a number a part.
        """
        pred, answers = self._asked(pred, target, weight)
        slopes = np.zeros(pred.shape, np.result_type(pred.dtype, np.float32))
        for part, share, (_, slope) in zip(self.parts, shares, answers, strict=True):
            slopes[:, part.columns] += float(share) * slope
        return tuple(value for value, _ in answers), slopes

    def grad(self, pred, target, weight=None) -> np.ndarray:
        """Return the gradient of the sum in the prediction."""
        return self.value_and_grad(pred, target, weight)[1]

    def _sum(self, means: tuple[float, ...]) -> float:
        return sum(part.weight * value for part, value in zip(self.parts, means, strict=True))

    def _asked(self, pred, target, weight) -> tuple[np.ndarray, list[tuple[float, np.ndarray]]]:
        """Return the prediction as an array, and each part's mean and slope."""
        check_same_index("Joint", "prediction", pred, "target", target, axes=("index",))
        pred, target = as_floats("Joint", "prediction", pred), as_floats("Joint", "target", target)
        if pred.ndim != 2 or target.ndim not in (1, 2) or len(target) != len(pred):
            raise ValueError(
                f"Joint: the prediction has shape {pred.shape} and the target {target.shape}, but must have (n, k) and "
                f"(n,) or (n, columns); NumPy would broadcast them"
            )
        judged = np.zeros(pred.shape[1], bool)
        asked = np.zeros(target.shape[1] if target.ndim == 2 else 0, bool)
        for part in self.parts:
            _check_there("prediction", part.columns, pred.shape[1])
            judged[part.columns] = True
            if part.target is None:
                asked[:] = True
            else:
                _check_there("target", part.target, len(asked))
                asked[part.target] = True
        if not judged.all():
            raise ValueError(
                f"Joint: no part judges column {int(np.argmin(judged))} of the prediction: it never learns"
            )
        if not asked.all():
            raise ValueError(
                f"Joint: no part asks for column {int(np.argmin(asked))} of the target: it would be ignored"
            )
        return pred, [self._answer(number, pred, target, weight) for number in range(len(self.parts))]

    def _answer(self, number: int, pred, target, weight) -> tuple[float, np.ndarray]:
        """Return mean and slope of one part; what its loss refuses is refused in the name of the part."""
        part = self.parts[number]
        its_target = target if part.target is None else target[:, part.target]
        try:
            return part.loss.value_and_grad(pred[:, part.columns], its_target, weight)
        except (TypeError, ValueError) as error:
            raise type(error)(f"Joint, part {number + 1} of {len(self.parts)}: {error}") from error

    def __repr__(self) -> str:
        return f"Joint({', '.join(f'{part.weight:g} * {part.loss}' for part in self.parts)})"


class GaussianLogVariance:
    """Normal errors whose variance is predicted too: columns (mean, log variance), target (n,).

    The loss of a row is (s + e² / exp(s) + log 2π) / 2 nats with e = mean − target and s = log variance. It has no
    least value: a row that is met exactly pays ever less for a smaller variance. So s counts as `floor` below it, where
    its slope is 0. With `beta` above 0 the slopes are multiplied by variance ** beta, held fixed, so that rows of large
    variance teach the mean as well (Seitzer and others 2022); the value stays. Nix and Weigend 1994.
    """

    def __init__(self, floor: float = -8.0, beta: float = 0.0) -> None:
        for role, value, low, high in (("floor", floor, -700, 700), ("beta", beta, 0, 1)):
            if isinstance(value, bool) or not isinstance(value, Real) or not low <= value <= high:
                raise ValueError(f"GaussianLogVariance: {role} is {shown(value)}, but must be from {low} to {high}")
        self.floor, self.beta = float(floor), float(beta)

    def __call__(self, pred, target, weight=None) -> float:
        """Return the (weighted) mean loss."""
        return self.value_and_grad(pred, target, weight)[0]

    @np.errstate(over="ignore", invalid="ignore")
    def value_and_grad(self, pred, target, weight=None) -> tuple[float, np.ndarray]:
        """Return the (weighted) mean loss and its gradient in the prediction (n, 2)."""
        check_same_index("GaussianLogVariance", "prediction", pred, "target", target, axes=("index",))
        given = as_floats("GaussianLogVariance", "prediction", pred)
        pred = np.asarray(given, dtype=float)
        target = as_floats("GaussianLogVariance", "target", target)
        if target.size == 0:
            raise ValueError("GaussianLogVariance: there are no rows, and the mean loss of nothing would be nan")
        if pred.ndim != 2 or pred.shape[1] != 2 or target.shape != pred.shape[:1]:
            raise ValueError(
                f"GaussianLogVariance: the prediction has shape {pred.shape} and the target {target.shape}, but must "
                f"have (n, 2), mean and log variance, and (n,); NumPy would broadcast them"
            )
        for role, values in (("prediction", pred), ("target", target)):
            check_domain("GaussianLogVariance", role, REAL, values)
        if pred[:, 1].max() > LARGEST:
            raise ValueError(
                f"GaussianLogVariance: a log variance is {pred[:, 1].max():g}, but must not be above {LARGEST}: its "
                f"variance is no float"
            )
        share = np.ones(len(target)) if weight is None else weights("GaussianLogVariance", weight, target.shape, {})
        share = share / share.sum()
        s = np.maximum(pred[:, 1], self.floor)
        error = pred[:, 0] - target
        squared = np.exp(-s) * error * error
        slopes = np.column_stack([np.exp(-s) * error, np.where(pred[:, 1] < self.floor, 0.0, (1 - squared) / 2)])
        slopes *= (share * np.exp(self.beta * s))[:, np.newaxis]
        kept = np.result_type(given.dtype, np.float32)
        return float(np.sum(share * (s + squared + math.log(2 * math.pi)) / 2)), slopes.astype(kept, copy=False)

    def grad(self, pred, target, weight=None) -> np.ndarray:
        """Return the gradient of the mean in the prediction (n, 2)."""
        return self.value_and_grad(pred, target, weight)[1]

    def __repr__(self) -> str:
        return f"GaussianLogVariance(floor={self.floor:g}, beta={self.beta:g})"


def _check_there(role: str, columns: int | slice, there: int) -> None:
    """Refuse columns that the array does not have; of a slice NumPy would silently take what there is."""
    if isinstance(columns, slice):
        wanted = range(columns.start or 0, there if columns.stop is None else columns.stop, columns.step or 1)
        missing, silently = not wanted or wanted[-1] >= there, "; NumPy would take what there is"
    else:
        missing, silently = columns >= there, ""
    if missing:
        raise ValueError(
            f"Joint: a part asks for {columns} of the {role}, which has {there} columns, numbered from 0{silently}"
        )


def _is_number(where) -> bool:
    return isinstance(where, int | np.integer) and not isinstance(where, bool) and where >= 0


def _is_slice(where) -> bool:
    """Whether it is a slice that goes forward, counted from the left."""
    if not isinstance(where, slice):
        return False
    ends = [end for end in (where.start, where.stop, where.step) if end is not None]
    return all(_is_number(end) for end in ends) and where.step != 0
