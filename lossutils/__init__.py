"""Loss functions to learn from: each states its formula and its claims, and every claim is checked."""

from lossutils.chooser import choose
from lossutils.engine.domain import (
    ABOVE_MINUS_ONE,
    LABEL,
    NONNEGATIVE,
    NONZERO,
    POSITIVE,
    PROBABILITY,
    REAL,
    UNIT_OPEN,
    Domain,
)
from lossutils.engine.parameter import param
from lossutils.loss import Loss
from lossutils.losses import *  # noqa: F403
from lossutils.losses.catalogue import CATALOGUE
from lossutils.numerics import rng

__all__ = [
    "Loss",
    "param",
    "rng",
    "choose",
    "CATALOGUE",
    *(type(loss).__name__ for loss in CATALOGUE),  # in teaching order
    "Domain",
    "REAL",
    "POSITIVE",
    "NONNEGATIVE",
    "NONZERO",
    "ABOVE_MINUS_ONE",
    "PROBABILITY",
    "LABEL",
    "UNIT_OPEN",
]
