"""The catalogue: one ordered tuple of all losses, with parameters that are no special case."""

from __future__ import annotations

from lossutils.loss import Loss
from lossutils.losses.binary import LogisticLoss
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

CATALOGUE: tuple[Loss, ...] = (
    SquaredError(),
    AbsoluteError(),
    Huber(delta=1.5),
    LogCosh(c=0.7),
    Pinball(tau=0.8),
    Expectile(tau=0.3),
    EpsilonInsensitive(epsilon=0.4),
    AbsolutePercentageError(),
    SquaredLogarithmicError(),
    Cauchy(c=1.3),
    GemanMcClure(c=1.7),
    Welsch(c=1.4),
    Tukey(c=2.5),
    Barron(alpha=-0.7, c=1.3),
    LogisticLoss(),
    SoftmaxCrossEntropy(),
)
