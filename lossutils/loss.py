"""The base class of all losses: validation, weights, mean, gradient, best constant, card, once for everybody."""

from __future__ import annotations

import dataclasses
import inspect
import math
from functools import cached_property
from typing import ClassVar, dataclass_transform

import numpy as np

from lossutils.engine import inputs, loss_complaints, wide
from lossutils.engine.card import card
from lossutils.engine.domain import REAL, Domain
from lossutils.engine.fallback_constant import best_constant
from lossutils.engine.fallback_slope import numerical_derivative
from lossutils.engine.legal import check_batch, check_block, check_nan
from lossutils.engine.machinery import Machinery
from lossutils.engine.naming import words_of
from lossutils.engine.parameter import check_arguments, check_parameters, param


@dataclass_transform(frozen_default=True, field_specifiers=(param,))
@dataclasses.dataclass(frozen=True)
class Loss(Machinery):
    """One number for how wrong predictions are: the (weighted) mean of a loss per sample.

    A subclass states `formula(p, y)`, one loss per sample, and as much of the rest as it knows: `derivative`,
    `second_derivative`, `constant`, domains, parameters, TeX and claims. Element-wise losses take arrays of any one
    shape; row-wise losses have their classes on the last axis and give one loss a row. Results have the prediction's
    type, float32 (for float16 too) or float64 (for whole numbers too); a mean is a Python float, so the mean of float32
    losses may be finite where `each` of them is infinite. What a result's type can hold is returned, else infinity.
    Illegal input raises ValueError or TypeError with a sentence that says what is wrong.
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
    link: ClassVar[str] = ""  # TeX, of a loss of scores: how the score tells a probability
    predicts: ClassVar[str] = ""  # what a constant learns: "mean", "median"…
    chance: ClassVar[str] = ""  # TeX of the loss at chance level
    cite: ClassVar[str] = ""
    elsewhere: ClassVar[dict[str, str]] = {}  # library: the same number in its words
    differs: ClassVar[dict[str, str]] = {}  # library: where its answer is another one; sentences joined by "; "
    also: ClassVar[str] = ""  # its other names, and what their parameters are here; sentences joined by "; "
    unit: ClassVar[str] = ""  # of the loss, in words
    shows_bad_input: ClassVar[bool] = False  # nan or infinity in prediction or target make it nan or infinite
    finite_slope: ClassVar[bool] = False  # where the loss is finite, so is its slope
    takes_class_numbers: ClassVar[bool] = False  # formula and value_and_derivative do, beside memberships

    def __init_subclass__(cls, **kwargs) -> None:
        super().__init_subclass__(**kwargs)
        for base in cls.__mro__[1:-1]:
            if base is not Loss and "formula" in vars(base):
                raise loss_complaints.finished(cls, base)
        if "__init__" in vars(cls):
            raise loss_complaints.own_init(cls)
        if inspect.get_annotations(cls):
            dataclasses.dataclass(frozen=True)(cls)

    def __new__(cls, *given, **named):
        check_arguments(cls, given, named)
        return super().__new__(cls)

    def __post_init__(self) -> None:
        check_parameters(self)

    # What a subclass states -------------------------------------------------------------------------------------

    def formula(self, p: np.ndarray, y: np.ndarray) -> np.ndarray:
        """One loss per sample: p and y of one shape; row-wise (n, K) and memberships (n, K) to (n,).

        Class numbers arrive as memberships, unless the loss says that it `takes_class_numbers` (n,) too.
        """
        raise NotImplementedError(f"{type(self).__name__} states no formula(self, p, y)")

    def derivative(self, p: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Return the slope of each sample's loss in its prediction, of the shape of p; numerical unless stated."""
        return numerical_derivative(self, p, y)

    def second_derivative(self, p: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Second derivative of each sample's loss, of the shape of p (row-wise: its diagonal)."""
        raise NotImplementedError(f"{self.name} states no curvature")

    def constant(self, y: np.ndarray, w: np.ndarray):
        """Best constant prediction for flattened targets (n,), class numbers (n,) or rows (n, K), and weights (n,).

        A numerical search unless stated.
        """
        return best_constant(self, y, w)

    def value_and_derivative(self, p: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Both at once. A loss overrides it where value and slope share work and together are faster."""
        return self.formula(p, y), self.derivative(p, y)

    # What everybody calls ---------------------------------------------------------------------------------------

    def __call__(self, pred, target, weight=None) -> float:
        """Return the (weighted) mean loss as a Python float, summed in float64.

        `pred` and `target` have one shape, or `pred` is one number for all targets; row-wise targets are class
        numbers (one axis less) or memberships. `weight` has one number a row; a row of weight 0 is not there, whatever
        it holds. The unit is the loss's own.
        """
        batch = inputs.pair(self, pred, target, weight)
        total = 0.0
        with np.errstate(all="ignore"):
            for _, p, y, w in batch.blocks():
                check_block(self, p, y, batch)
                values = self._values(p, y)
                total += float(np.add.reduce(values if w is None else values * w, dtype=np.float64))
            return total / batch.mass if math.isfinite(total) else self._careful_mean(batch)

    def value_and_grad(self, pred, target, weight=None) -> tuple[float, np.ndarray | float]:
        """Return the mean loss and its gradient in the prediction, which has the prediction's shape and dtype."""
        batch = inputs.pair(self, pred, target, weight)
        slopes = np.empty(batch.p.shape, batch.dtype)
        total, fits = 0.0, True
        with np.errstate(all="ignore"):
            for cut, p, y, w in batch.blocks():
                check_block(self, p, y, batch)
                values, slope = self._values_and_slopes(p, y)
                total += float(np.add.reduce(values if w is None else values * w, dtype=np.float64))
                np.multiply(slope, batch.share(w, self.row_wise), out=slopes[cut], casting="same_kind")
                fits = fits and (
                    (self.finite_slope and math.isfinite(total)) or math.isfinite(np.add.reduce(slopes[cut], axis=None))
                )
            mean = total / batch.mass if math.isfinite(total) else self._careful_mean(batch)
            if not fits:
                wide.mend_gradient(self.name, slopes, self._values_and_slopes, batch, self.row_wise)
        return mean, self._shaped(slopes, batch)

    def grad(self, pred, target, weight=None) -> np.ndarray | float:
        """Return the gradient of the (weighted) mean loss in the prediction; one number for one number."""
        return self.value_and_grad(pred, target, weight)[1]

    def each(self, pred, target) -> np.ndarray | float:
        """Return one loss per sample, not averaged: the shape of `target`, row-wise one number a row."""
        batch = inputs.pair(self, pred, target)
        values = np.empty(len(batch.p), batch.dtype)
        with np.errstate(all="ignore"):
            for cut, p, y, _ in batch.blocks():
                check_block(self, p, y, batch)
                np.add(self._values(p, y), 0, out=values[cut], casting="same_kind")  # no -0
                if not math.isfinite(np.add.reduce(values[cut])):
                    check_batch(self, batch)
                    values[cut] = wide.mended(values[cut], self._values(*wide.wider(p, y)))
                    check_nan(self.name, values[cut])
        return values.reshape(batch.each_shape) if batch.each_shape else values.item()

    def curvature(self, pred, target) -> np.ndarray | float:
        """Second derivative per element, never divided by n: the shape of `target`, row-wise that of `pred`."""
        batch = inputs.pair(self, pred, target)
        check_batch(self, batch)
        with np.errstate(all="ignore"):
            bends = np.asarray(self._bends(batch.p, batch.y), batch.dtype)
            if not math.isfinite(np.add.reduce(bends, axis=None)):
                bends = wide.mended(bends, self._bends(*wide.wider(batch.p, batch.y)))
                check_nan(self.name, bends, "its curvature")
        shape = batch.shape if self.row_wise else batch.each_shape
        return bends.reshape(shape) if shape else float(bends[0])

    def best_constant(self, target, weight=None):
        """Return the constant prediction with the least mean loss, the midpoint where many are equally good.

        A float, or for a row-wise loss an array (K,): scores or probabilities as the loss takes them; of class numbers
        K is the largest one plus 1 (give memberships, `np.eye(K)[target]`, where there are more). It may be
        infinite where only an unreachable score is best (all labels equal).
        """
        y, w = inputs.targets_alone(self, target, weight)
        y.flags.writeable = w.flags.writeable = False
        with np.errstate(all="ignore"):
            return self._ask(self.constant, y, w)

    @cached_property
    def name(self) -> str:
        """The loss's name in words, as errors and cards print it."""
        return words_of(type(self).__name__)

    def states(self, what: str) -> bool:
        """Whether the loss states a method such as "derivative" itself, or leaves it to this base class."""
        return getattr(type(self), what) is not getattr(Loss, what)

    def _repr_markdown_(self) -> str:
        return card(self)
