"""The losses, a file a family, each named here once; `catalogue` has them in teaching order."""

from lossutils.losses.asymmetric import Expectile, Pinball
from lossutils.losses.binary import BinaryCrossEntropy, Brier, LogisticLoss
from lossutils.losses.imbalance import Focal, SoftmaxFocal
from lossutils.losses.label_noise import GeneralizedCrossEntropy, SymmetricCrossEntropy
from lossutils.losses.likelihood import GammaNLL, GaussianNLL, LaplaceNLL, PoissonNLL, TweedieNLL
from lossutils.losses.margin import Exponential, Hinge, Savage, SquaredHinge
from lossutils.losses.multiclass import CategoricalCrossEntropy, KullbackLeibler, SoftmaxCrossEntropy
from lossutils.losses.overlap import Dice, Jaccard, Tversky
from lossutils.losses.regression import AbsoluteError, EpsilonInsensitive, Huber, LogCosh, SquaredError
from lossutils.losses.relative import AbsolutePercentageError, SquaredLogarithmicError
from lossutils.losses.robust import Barron, Cauchy, GemanMcClure, Tukey, Welsch

__all__ = [name for name in dir() if name[0].isupper()]  # the losses, not the files they stand in
