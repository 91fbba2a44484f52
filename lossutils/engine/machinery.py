"""How a loss is evaluated: what is legal, block by block, weighted, and summed. `loss.py` says what everybody calls."""

from __future__ import annotations

import math
from functools import cached_property

import numpy as np

from lossutils.engine import complaints, wide
from lossutils.engine.batch import Batch
from lossutils.engine.domain import CLASSES


class Machinery:
    """The private half of every loss."""

    def _memberships(self, p: np.ndarray, y: np.ndarray) -> np.ndarray:
        if self.target is CLASSES and y.ndim < p.ndim:
            return (y[:, np.newaxis] == np.arange(p.shape[1])).astype(p.dtype)
        return y

    def _ask(self, method, *given):
        """Call what a subclass states; if it works in place, say so."""
        try:
            return method(*given)
        except ValueError as trouble:
            complaints.refuse_writing(self.name, trouble)
            raise

    def _value(self, p: np.ndarray, y: np.ndarray) -> np.ndarray:
        if self._value_tells:
            return self._ask(self.value_and_derivative, p, y)[0]  # the faster way; a law says that they agree
        return self._by_formula(p, y)

    def _by_formula(self, p: np.ndarray, y: np.ndarray) -> np.ndarray:
        return self._ask(self.formula, p, self._memberships(p, y))

    def _value_and_slope(self, p: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        value, slope = self._ask(self.value_and_derivative, p, y)
        if getattr(slope, "shape", None) != p.shape:
            complaints.refuse_derivative(self.name, slope, p.shape)
        return value, slope

    def _curvature(self, p: np.ndarray, y: np.ndarray) -> np.ndarray:
        return self._ask(self.second_derivative, p, self._memberships(p, y))

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
    def _value_tells(self) -> bool:
        """Whether a finite loss has a finite slope: what states both at once promises it."""
        return self.states("value_and_derivative")

    @cached_property
    def _total_tells(self) -> bool:
        """Whether nan or infinity in the input always makes the loss nan or infinite, so that the total proves it.

        True for squared error, false for a bounded loss such as Tukey's; found out by trying, once an instance.
        """
        from lossutils.engine.fallback_constant import total_tells

        return total_tells(self)

    def _careful_mean(self, batch: Batch) -> float:
        """Mean when the quick total is not finite: name the culprit, or return what float64 can represent."""
        self._complain(batch)
        return wide.mean(self.name, self._by_formula, batch)

    def _shaped(self, slopes: np.ndarray, batch: Batch) -> np.ndarray | float:
        if batch.shape:
            return slopes.reshape(batch.shape)
        return float(np.add.reduce(slopes, dtype=np.float64))  # one number as the prediction: its slopes add up
