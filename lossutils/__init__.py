"""Loss functions to learn from: each states its formula and its claims, and every claim is checked."""

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
from lossutils.losses.asymmetric import Expectile, Pinball
from lossutils.losses.binary import BinaryCrossEntropy, Brier, LogisticLoss
from lossutils.losses.catalogue import CATALOGUE
from lossutils.losses.imbalance import Focal, SoftmaxFocal
from lossutils.losses.label_noise import GeneralizedCrossEntropy, SymmetricCrossEntropy
from lossutils.losses.likelihood import GammaNLL, GaussianNLL, LaplaceNLL, PoissonNLL, TweedieNLL
from lossutils.losses.margin import Exponential, Hinge, Savage, SquaredHinge
from lossutils.losses.multiclass import CategoricalCrossEntropy, KullbackLeibler, SoftmaxCrossEntropy
from lossutils.losses.overlap import Dice, Jaccard, Tversky
from lossutils.losses.regression import (
    AbsoluteError,
    EpsilonInsensitive,
    Huber,
    LogCosh,
    SquaredError,
)
from lossutils.losses.relative import AbsolutePercentageError, SquaredLogarithmicError
from lossutils.losses.robust import Barron, Cauchy, GemanMcClure, Tukey, Welsch
from lossutils.numerics import rng

__all__ = [
    "Loss",
    "param",
    "rng",
    "CATALOGUE",
    "SquaredError",
    "AbsoluteError",
    "Huber",
    "LogCosh",
    "Pinball",
    "Expectile",
    "EpsilonInsensitive",
    "AbsolutePercentageError",
    "SquaredLogarithmicError",
    "Cauchy",
    "GemanMcClure",
    "Welsch",
    "Tukey",
    "Barron",
    "GaussianNLL",
    "LaplaceNLL",
    "PoissonNLL",
    "GammaNLL",
    "TweedieNLL",
    "BinaryCrossEntropy",
    "Brier",
    "LogisticLoss",
    "Hinge",
    "SquaredHinge",
    "Exponential",
    "Savage",
    "Focal",
    "CategoricalCrossEntropy",
    "KullbackLeibler",
    "SoftmaxCrossEntropy",
    "SoftmaxFocal",
    "GeneralizedCrossEntropy",
    "SymmetricCrossEntropy",
    "Dice",
    "Jaccard",
    "Tversky",
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
