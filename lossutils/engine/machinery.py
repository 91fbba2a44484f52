"""How a loss is evaluated, block by block: what it states is asked, and what it returns is looked at.

`loss.py` says what everybody calls.
"""

from __future__ import annotations

import numpy as np

from lossutils.engine import loss_complaints, wide
from lossutils.engine.batch import Batch
from lossutils.engine.class_rows import memberships
from lossutils.engine.legal import check_batch


class Machinery:
    """The private half of every loss."""

    def __setattr__(self, name: str, value) -> None:
        raise loss_complaints.frozen(self, name)

    def __delattr__(self, name: str) -> None:
        raise loss_complaints.frozen(self, name)

    def _values(self, p: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Return a block's losses, one a sample, by the formula."""
        if y.ndim < p.ndim and not self.takes_class_numbers:
            y = memberships(y, p)
        values = self._ask(self.formula, p, y)
        if getattr(values, "shape", None) != p.shape[:1]:
            raise loss_complaints.formula(self.name, values, len(p))
        return values

    def _values_and_slopes(self, p: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return a block's losses, one a sample, and their slopes, one a prediction."""
        if y.ndim < p.ndim and not self.takes_class_numbers:
            y = memberships(y, p)
        values, slopes = self._ask(self.value_and_derivative, p, y)
        if getattr(values, "shape", None) != p.shape[:1]:
            raise loss_complaints.formula(self.name, values, len(p))
        if getattr(slopes, "shape", None) != p.shape:
            raise loss_complaints.derivative(self.name, slopes, p.shape)
        return values, slopes

    def _bends(self, p: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Return the second derivatives, one a prediction."""
        return self._ask(self.second_derivative, p, memberships(y, p) if y.ndim < p.ndim else y)

    def _ask(self, method, *given):
        """Call what a subclass states; if it works in place, say so."""
        try:
            return method(*given)
        except ValueError as trouble:
            if "read-only" not in str(trouble):
                raise
            raise loss_complaints.writing(self.name) from trouble

    def _careful_mean(self, batch: Batch) -> float:
        """Return the mean where the quick total is not finite: as float64 can represent it, if the input is legal."""
        check_batch(self, batch)
        return wide.mean(self.name, self._values, batch)

    def _shaped(self, slopes: np.ndarray, batch: Batch) -> np.ndarray | float:
        if batch.shape:
            return slopes.reshape(batch.shape)
        return float(np.add.reduce(slopes, dtype=np.float64))  # one number as the prediction: its slopes add up
