"""Losses with special parameters: at the edges of what is legal, and the default ones."""

import numpy as np

from lossutils import (
    Barron,
    EpsilonInsensitive,
    Expectile,
    Focal,
    GeneralizedCrossEntropy,
    Huber,
    LogCosh,
    Pinball,
    SoftmaxFocal,
    SymmetricCrossEntropy,
    Tversky,
    TweedieNLL,
)

SPECIAL = (
    Huber(),
    Huber(delta=np.inf),
    LogCosh(),
    Pinball(tau=0.1),
    Expectile(tau=0.9),
    EpsilonInsensitive(epsilon=0),
    Barron(alpha=2, c=0.8),
    Barron(alpha=1, c=0.8),
    Barron(alpha=0, c=0.8),
    Barron(alpha=-2, c=0.8),
    Barron(alpha=-np.inf, c=0.8),
    TweedieNLL(power=1.7),
    Focal(gamma=2),
    Focal(gamma=0),
    Focal(gamma=0.5, alpha=0.8),
    SoftmaxFocal(gamma=0),
    SoftmaxFocal(gamma=0.5),
    GeneralizedCrossEntropy(q=1.0),
    GeneralizedCrossEntropy(q=0.1),
    SymmetricCrossEntropy(),
    Tversky(),
    Tversky(alpha=1.0, beta=1.0),
)
