"""Writes a table of states shortly: a number that doesn't depend on a control is written once for all its places."""

from __future__ import annotations

import numpy as np

Column = list  # [controls that it depends on, numbers over their places]


def column(numbers: np.ndarray) -> Column:
    """Return the controls that the numbers, one for each state (*places), depend on, and the numbers over those."""
    axes = list(range(numbers.ndim))
    for axis in reversed(range(numbers.ndim)):
        first = numbers.take([0], axis=axis)
        if (numbers == first).all():
            numbers = first.squeeze(axis)
            axes.remove(axis)
    return [axes, numbers.ravel().tolist()]
