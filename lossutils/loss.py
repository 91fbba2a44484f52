"""The base class of all losses: validation, weights, mean, gradient, best constant, card, once for everybody."""

from __future__ import annotations

import dataclasses
import inspect
import math
from functools import cached_property
from typing import ClassVar, dataclass_transform

import numpy as np

from lossutils import complaints, inputs
from lossutils.batch import Batch
from lossutils.domain import CLASSES, REAL, Domain
from lossutils.naming import words_of
from lossutils.parameter import check_parameters, param, refuse_change, refuse_data


@dataclass_transform(frozen_default=True, field_specifiers=(param,))
@dataclasses.dataclass(frozen=True)
class Loss:
    """One number for how wrong predictions are: the (weighted) mean of a loss per sample.

    A subclass states `formula(p, y)`, one loss per sample, and as much of the rest as it knows: `derivative`,
    `second_derivative`, `constant`, domains, parameters, TeX and claims. Element-wise losses take arrays of any one
    shape; row-wise losses have their classes on the last axis and give one loss a row. float32 and float64 are kept,
    other numbers become float64. Illegal input raises ValueError or TypeError with a sentence that says what is wrong.
    """

    prediction: ClassVar[Domain] = REAL
    target: ClassVar[Domain] = REAL
    row_wise: ClassVar[bool] = False
    tex: ClassVar[str] = ""
    derivative_tex: ClassVar[str] = ""
    curvature_tex: ClassVar[str] = ""
    convex: ClassVar[bool | None] = None  # in the prediction
    smooth: ClassVar[bool | None] = None  # the slope has no jumps
    bounded_influence: ClassVar[bool | None] = None  # the slope stays below some number
    proper: ClassVar[bool | None] = None  # the best constant is the true probability, or tells it
    predicts: ClassVar[str] = ""  # what a constant learns: "mean", "median"…
    chance: ClassVar[str] = ""  # TeX of the loss at chance level
    cite: ClassVar[str] = ""
    elsewhere: ClassVar[dict[str, str]] = {}  # library: the same number in its words
    differs: ClassVar[dict[str, str]] = {}  # library: where its answer is another one; sentences joined by "; "
    also: ClassVar[str] = ""  # its other names, and what their parameters are here; sentences joined by "; "
    unit: ClassVar[str] = ""  # of the loss, in words

    def __init_subclass__(cls, **kwargs) -> None:
        super().__init_subclass__(**kwargs)
        for base in cls.__mro__[1:-1]:
            if base is not Loss and "formula" in vars(base):
                raise TypeError(f"{cls.__name__}: {base.__name__} is a finished loss; write a new subclass of Loss")
        if inspect.get_annotations(cls):
            dataclasses.dataclass(frozen=True)(cls)

    def __new__(cls, *given, **named):
        refuse_data(cls, given)
        return super().__new__(cls)

    def __post_init__(self) -> None:
        check_parameters(self)

    # What a subclass states -------------------------------------------------------------------------------------

    def formula(self, p: np.ndarray, y: np.ndarray) -> np.ndarray:
        """One loss per sample: p and y of one shape; row-wise (n, K) and memberships (n, K) to (n,)."""
        raise NotImplementedError(f"{type(self).__name__} states no formula(self, p, y)")

    def derivative(self, p: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Return the slope of each sample's loss in its prediction, of the shape of p; numerical unless stated."""
        from lossutils.search import numerical_derivative

        return numerical_derivative(self, p, y)

    def second_derivative(self, p: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Second derivative of each sample's loss, of the shape of p (row-wise: its diagonal)."""
        raise NotImplementedError(f"{self.name} states no curvature")

    def constant(self, y: np.ndarray, w: np.ndarray):
        """Best constant prediction for flattened targets and weights; a numerical search unless stated."""
        from lossutils.search import best_constant

        return best_constant(self, y, w)

    def value_and_derivative(self, p: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Both at once. A loss whose value and slope share work overrides it (row-wise: y may be class numbers)."""
        y = self._memberships(p, y)
        return self.formula(p, y), self.derivative(p, y)

    # What everybody calls ---------------------------------------------------------------------------------------

    def __call__(self, pred, target, weight=None) -> float:
        """Return the (weighted) mean loss as a Python float, summed in float64.

        `pred` and `target` have one shape, or `pred` is one number for all targets; row-wise targets are class
        numbers (one axis less) or memberships. `weight` has one number a row. The unit is the loss's own.
        """
        batch = self._batch(pred, target, weight)
        total = 0.0
        with np.errstate(all="ignore"):
            for _, p, y, w in batch.blocks():
                self._refuse_illegal(p, y, batch)
                total += self._add(self._checked(self._value(p, y), p, y, batch), w)
            return total / batch.mass if math.isfinite(total) else self._careful_mean(batch)

    def value_and_grad(self, pred, target, weight=None) -> tuple[float, np.ndarray | float]:
        """Return the mean loss and its gradient in the prediction, which has the prediction's shape and dtype."""
        batch = self._batch(pred, target, weight)
        slopes = np.empty(batch.p.shape, batch.p.dtype)
        total = 0.0
        with np.errstate(all="ignore"):
            for cut, p, y, w in batch.blocks():
                self._refuse_illegal(p, y, batch)
                value, slope = self.value_and_derivative(p, y)
                if getattr(slope, "shape", None) != p.shape:
                    complaints.refuse_derivative(self.name, slope, p.shape)
                total += self._add(self._checked(value, p, y, batch), w)
                share = 1.0 / batch.mass if w is None else w / batch.mass
                if w is not None and self.row_wise:
                    share = share[:, np.newaxis]
                np.multiply(slope, share, out=slopes[cut])
            mean = total / batch.mass if math.isfinite(total) else self._careful_mean(batch)
            if batch.w is not None and not math.isfinite(total):  # 0 times an infinite slope
                slopes[batch.w == 0] = 0.0
        return mean, self._shaped(slopes, batch)

    def grad(self, pred, target, weight=None) -> np.ndarray | float:
        """Return the gradient of the (weighted) mean loss in the prediction; one number for one number."""
        return self.value_and_grad(pred, target, weight)[1]

    def each(self, pred, target) -> np.ndarray | float:
        """Return one loss per sample, not averaged: the shape of `target`, row-wise one number a row."""
        batch = self._batch(pred, target, None)
        values = np.empty(len(batch.p), batch.p.dtype)
        with np.errstate(all="ignore"):
            for cut, p, y, _ in batch.blocks():
                self._refuse_illegal(p, y, batch)
                values[cut] = self._checked(self._value(p, y), p, y, batch)
                if not math.isfinite(np.add.reduce(values[cut])):
                    self._complain(batch)
                    complaints.refuse_nan(self.name, values[cut])
        return values.reshape(batch.rows) if batch.rows else values.item()

    def curvature(self, pred, target) -> np.ndarray | float:
        """Second derivative per element, never divided by n: the shape of `target`, row-wise that of `pred`."""
        batch = self._batch(pred, target, None)
        self._complain(batch)
        with np.errstate(all="ignore"):
            bends = self.second_derivative(batch.p, self._memberships(batch.p, batch.y))
        shape = batch.shape if self.row_wise else batch.rows
        return np.asarray(bends, batch.p.dtype).reshape(shape) if shape else float(bends[0])

    def best_constant(self, target, weight=None):
        """Return the constant prediction with the least mean loss, the midpoint where many are equally good.

        A float, or for a row-wise loss an array (K,): scores or probabilities as the loss takes them. It may be
        infinite where only an unreachable score is best (all labels equal).
        """
        y, w = inputs.targets_alone(self, target, weight)
        with np.errstate(all="ignore"):
            return self.constant(y, w)

    @cached_property
    def name(self) -> str:
        """The loss's name in words, as errors and cards print it."""
        return words_of(type(self).__name__)

    def states(self, what: str) -> bool:
        """Whether the loss states a method such as "derivative" itself, or leaves it to this base class."""
        return getattr(type(self), what) is not getattr(Loss, what)

    def _repr_markdown_(self) -> str:
        from lossutils.card import card

        return card(self)

    # How it is done ---------------------------------------------------------------------------------------------
    def _batch(self, pred, target, weight) -> Batch:
        p, y, shape, rows = inputs.pair(self, pred, target)
        if weight is None:
            return Batch(p, y, None, len(p), shape, rows)
        w = inputs.weights(self.name, weight, rows, {"prediction": pred, "target": target})
        return Batch(p, y, w, float(np.add.reduce(w)), shape, rows)

    def _memberships(self, p: np.ndarray, y: np.ndarray) -> np.ndarray:
        if self.target is CLASSES and y.ndim < p.ndim:
            return (y[:, np.newaxis] == np.arange(p.shape[1])).astype(p.dtype)
        return y

    def _value(self, p: np.ndarray, y: np.ndarray) -> np.ndarray:
        if self.states("value_and_derivative"):
            return self.value_and_derivative(p, y)[0]  # the faster way; a law says that they agree
        return self.formula(p, self._memberships(p, y))

    def _refuse_illegal(self, p: np.ndarray, y: np.ndarray, batch: Batch) -> None:
        """Raise for a number outside the domains that the loss itself would not show."""
        if self.prediction.bounded and not self.prediction.holds(p):
            self._complain(batch)
        if self.target.bounded and self.target is not CLASSES and not self.target.holds(y):
            self._complain(batch)

    def _complain(self, batch: Batch) -> None:
        """Raise for the first number that is outside the domains, with its place in what the caller gave."""
        p = batch.p if batch.shape or self.row_wise else batch.p[:1]
        complaints.complain(self.name, "prediction", self.prediction, p.reshape(batch.shape))
        if self.target is not CLASSES:
            shape = batch.shape if self.row_wise else batch.rows
            complaints.complain(self.name, "target", self.target, batch.y.reshape(shape))

    def _checked(self, value: np.ndarray, p: np.ndarray, y: np.ndarray, batch: Batch) -> np.ndarray:
        """Return one block's losses, once it is known that there is one a sample, and that the input is finite."""
        if getattr(value, "shape", ()) != p.shape[:1]:
            complaints.refuse_formula(self.name, value, len(p))
        if not self._total_tells and not (math.isfinite(np.add.reduce(p, axis=None) + np.add.reduce(y, axis=None))):
            self._complain(batch)
        return value

    def _add(self, value: np.ndarray, w: np.ndarray | None) -> float:
        """Sum one block's losses in float64."""
        return float(np.add.reduce(value if w is None else value * w, dtype=np.float64))

    @cached_property
    def _total_tells(self) -> bool:
        """Whether nan or infinity in the input always makes the loss nan or infinite, so that the total proves it.

        True for squared error, false for a bounded loss such as Tukey's; found out by trying, once an instance.
        """
        from lossutils.search import total_tells

        return total_tells(self)

    def _careful_mean(self, batch: Batch) -> float:
        """Mean when the quick total is not finite: name the culprit, or return what float64 can represent."""
        self._complain(batch)
        y = batch.y if batch.y.dtype.kind == "i" else batch.y.astype(np.float64)
        values = self._value(batch.p.astype(np.float64), y)
        share = np.full(len(values), 1.0) if batch.w is None else batch.w
        values, share = values[share > 0], share[share > 0]
        complaints.refuse_nan(self.name, values)
        return float(np.add.reduce(values * (share / batch.mass)))

    def _shaped(self, slopes: np.ndarray, batch: Batch) -> np.ndarray | float:
        if batch.shape:
            return slopes.reshape(batch.shape)
        return float(np.add.reduce(slopes, dtype=np.float64))  # one number as the prediction: its slopes add up


Loss.__setattr__ = Loss.__delattr__ = refuse_change  # of losses without parameters too
