"""The catalogue: one ordered tuple of all losses, with parameters that are no special case."""

from __future__ import annotations

from lossutils.loss import Loss
from lossutils.losses.binary import LogisticLoss
from lossutils.losses.multiclass import SoftmaxCrossEntropy
from lossutils.losses.regression import (
    AbsoluteError,
    AbsolutePercentageError,
    Expectile,
    Huber,
    LogCosh,
    Pinball,
    SquaredError,
)

CATALOGUE: tuple[Loss, ...] = (
    SquaredError(),
    AbsoluteError(),
    Huber(delta=1.5),
    LogCosh(c=0.7),
    Pinball(tau=0.8),
    Expectile(tau=0.3),
    AbsolutePercentageError(),
    LogisticLoss(),
    SoftmaxCrossEntropy(),
)
