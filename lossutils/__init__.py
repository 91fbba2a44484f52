"""Loss functions to learn from: each states its formula and its claims, and every claim is checked."""

from lossutils.data import rng
from lossutils.domain import (
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
from lossutils.loss import Loss
from lossutils.losses.binary import LogisticLoss
from lossutils.losses.catalogue import CATALOGUE
from lossutils.losses.multiclass import SoftmaxCrossEntropy
from lossutils.losses.regression import (
    AbsoluteError,
    EpsilonInsensitive,
    Expectile,
    Huber,
    LogCosh,
    Pinball,
    SquaredError,
)
from lossutils.losses.relative import AbsolutePercentageError, SquaredLogarithmicError
from lossutils.losses.robust import Barron, Cauchy, GemanMcClure, Tukey, Welsch
from lossutils.parameter import param

__all__ = [
    "Loss", "param", "rng", "CATALOGUE",
    "SquaredError", "AbsoluteError", "Huber", "LogCosh", "Pinball", "Expectile", "EpsilonInsensitive",
    "AbsolutePercentageError", "SquaredLogarithmicError",
    "Cauchy", "GemanMcClure", "Welsch", "Tukey", "Barron",
    "LogisticLoss", "SoftmaxCrossEntropy",
    "Domain", "REAL", "POSITIVE", "NONNEGATIVE", "NONZERO", "ABOVE_MINUS_ONE", "PROBABILITY", "LABEL", "UNIT_OPEN",
]  # fmt: skip
