"""The catalogue: one ordered tuple of all losses, with parameters that are no special case."""

from __future__ import annotations

from lossutils.loss import Loss
from lossutils.losses.binary import BinaryCrossEntropy, Brier, LogisticLoss
from lossutils.losses.imbalance import Focal, SoftmaxFocal
from lossutils.losses.label_noise import GeneralizedCrossEntropy, SymmetricCrossEntropy
from lossutils.losses.likelihood import GammaNLL, GaussianNLL, LaplaceNLL, PoissonNLL, TweedieNLL
from lossutils.losses.margin import Exponential, Hinge, Savage, SquaredHinge
from lossutils.losses.multiclass import CategoricalCrossEntropy, KullbackLeibler, SoftmaxCrossEntropy
from lossutils.losses.overlap import Dice, Jaccard, Tversky
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

FAMILIES: dict[str, tuple[Loss, ...]] = {
    "regression": (
        SquaredError(),
        AbsoluteError(),
        Huber(delta=1.5),
        LogCosh(c=0.7),
        Pinball(tau=0.8),
        Expectile(tau=0.3),
        EpsilonInsensitive(epsilon=0.4),
        AbsolutePercentageError(),
        SquaredLogarithmicError(),
    ),
    "robust": (
        Cauchy(c=1.3),
        GemanMcClure(c=1.7),
        Welsch(c=1.4),
        Tukey(c=2.5),
        Barron(alpha=-0.7, c=1.3),
    ),
    "likelihood": (
        GaussianNLL(variance=0.6),
        LaplaceNLL(scale=0.7),
        PoissonNLL(),
        GammaNLL(),
        TweedieNLL(power=1.3),
    ),
    "two classes": (
        BinaryCrossEntropy(),
        Brier(),
        LogisticLoss(),
        Hinge(),
        SquaredHinge(),
        Exponential(),
        Savage(),
        Focal(gamma=1.5, alpha=0.3),
    ),
    "several classes": (
        CategoricalCrossEntropy(),
        KullbackLeibler(),
        SoftmaxCrossEntropy(),
        SoftmaxFocal(gamma=1.5),
        GeneralizedCrossEntropy(q=0.6),
        SymmetricCrossEntropy(alpha=0.4, beta=0.7, A=-3.0),
    ),
    "overlap": (
        Dice(),
        Jaccard(),
        Tversky(alpha=0.3, beta=0.9),
    ),
}
CATALOGUE: tuple[Loss, ...] = tuple(loss for family in FAMILIES.values() for loss in family)
