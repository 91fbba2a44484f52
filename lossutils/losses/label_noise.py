"""Losses that forgive wrong labels: bounded, so that a sample nobody could get right stops pulling."""

from __future__ import annotations

import numpy as np

from lossutils.engine.best_constants import change, class_shares
from lossutils.engine.domain import CLASSES, POSITIVE, SCORE, Domain
from lossutils.engine.parameter import param
from lossutils.loss import Loss
from lossutils.numerics import bend_through_softmax, softmax_parts, through_softmax

UP_TO_ONE = Domain("a number from 2e-15 to 1", low=2.0**-49, high=1.0)  # below it is cross-entropy to the last digit
NEGATIVE = Domain("a number below 0", high=0.0, open_high=True)


class GeneralizedCrossEntropy(Loss):
    """Between cross-entropy (q near 0) and 1 - p of the right class (q = 1): fast to learn, hard to mislead.

    The parameter `q` is Zhang and Sabuncu's; the memberships are called y here. They mix the losses of all classes.
    """

    prediction = SCORE
    target = CLASSES
    row_wise = True
    tex = r"\sum_k y_k \frac{1 - p_k^q}{q}, \quad p = \mathrm{softmax}(z), \quad y_k \;\mathrm{a\;membership}, \quad q \;\mathrm{an\;exponent}"  # noqa: E501
    derivative_tex = r"p_k \sum_j y_j\,p_j^q - y_k\,p_k^q, \quad p = \mathrm{softmax}(z)"
    curvature_tex = r"p_k\,(1 - p_k) \sum_j y_j\,p_j^q - q \left(y_k\,p_k^q\,(1 - 2 p_k) + p_k^2 \sum_j y_j\,p_j^q\right), \quad p = \mathrm{softmax}(z)"  # noqa: E501
    convex = False
    smooth = True
    bounded_influence = True
    proper = False
    link = r"p = \mathrm{softmax}(z)"
    shows_bad_input = True
    predicts = "log of the mean memberships, divided by $1 - q$; for $q = 1$ the most frequent class alone"
    chance = r"\frac{1 - K^{-q}}{q}"
    unit = "none"
    cite = "Zhang and Sabuncu 2018, Generalized cross entropy loss for training deep neural networks with noisy labels"
    elsewhere = {"keras": "keras.losses.CategoricalGeneralizedCrossEntropy(q=q)(y, keras.ops.softmax(z))"}
    differs = {
        "keras": (
            "it takes probabilities, class numbers only, and q below 1; "
            "its slope is nan where the right class's probability rounds to 0: a score 750 below another "
            "(float32: 104)"
        )
    }
    q: float = param(0.7, UP_TO_ONE, slider=(0.05, 1.0))

    def formula(self, z, y):
        log_p = softmax_parts(z)[2]
        return -np.sum(y * np.expm1(self.q * log_p), axis=1) / self.q  # expm1: continuous in q at 0

    def derivative(self, z, y):
        p, rest, log_p = softmax_parts(z)
        return through_softmax(p, rest, -y * np.exp(self.q * log_p))

    def second_derivative(self, z, y):
        p, rest, log_p = softmax_parts(z)
        pull = -y * np.exp(self.q * log_p)
        return bend_through_softmax(p, rest, pull, self.q * pull)

    def constant(self, y, w):
        share = class_shares(y, w)
        if self.q == 1:  # only the most frequent classes
            return np.log(share == share.max(), dtype=float)
        return np.log(share) / (1 - self.q)


class SymmetricCrossEntropy(Loss):
    """Cross-entropy plus its mirror image, in which prediction and target change places and log 0 counts as A.

    The mirror is bounded, so a wrong label pulls less once the model is sure. `A` also stands for log q wherever that
    is lower still.
    """

    prediction = SCORE
    target = CLASSES
    row_wise = True
    tex = r"-\sum_k \left(\alpha\,q_k \log p_k + \beta\,p_k \max(\log q_k, A)\right), \quad p = \mathrm{softmax}(z)"
    derivative_tex = r"\alpha\,(p_k - q_k) - \beta\,p_k \left(l_k - \sum_j p_j l_j\right), \quad l_k = \max(\log q_k, A), \quad p = \mathrm{softmax}(z)"  # noqa: E501
    curvature_tex = r"\alpha\,p_k\,(1 - p_k) - \beta\,p_k\,(1 - 2 p_k) \left(l_k - \sum_j p_j l_j\right), \quad l_k = \max(\log q_k, A), \quad p = \mathrm{softmax}(z)"  # noqa: E501
    smooth = True
    bounded_influence = True
    proper = False
    link = r"p = \mathrm{softmax}(z)"
    shows_bad_input = True
    unit = "nats"
    cite = "Wang, Ma, Chen, Luo, Yi and Bailey 2019, Symmetric cross entropy for robust learning with noisy labels"
    alpha: float = param(0.1, POSITIVE, slider=(0.01, 2.0))
    beta: float = param(1.0, POSITIVE, slider=(0.01, 2.0))
    A: float = param(-4.0, NEGATIVE, slider=(-10.0, -1.0))

    @property
    def convex(self):
        """Whether alpha is at least -beta A.

        With m and u for the means of l and v by p, the curvature along a direction v of the scores is the mean by p of
        (α - β (l - m)) (v - u)². Every l lies from A to 0, so none exceeds m by more than -A. The l of the right class
        comes as near to that as you like, if its p is small.
        """
        return self.alpha >= -self.beta * self.A

    def _log_target(self, q):
        with np.errstate(divide="ignore"):
            return np.maximum(np.log(q), self.A)

    def formula(self, z, q):
        p, _, log_p = softmax_parts(z)
        forward = np.where(q > 0, q * log_p, 0)
        return -np.sum(self.alpha * forward + self.beta * p * self._log_target(q), axis=1)

    def _mirror_pull(self, p, q):
        level = self._log_target(q)
        return self.beta * p * (level - np.sum(p * level, axis=1, keepdims=True))

    def derivative(self, z, q):
        p, rest, _ = softmax_parts(z)
        return self.alpha * through_softmax(p, rest, -q) - self._mirror_pull(p, q)

    def second_derivative(self, z, q):
        p, rest, _ = softmax_parts(z)
        return self.alpha * p * rest - (rest - p) * self._mirror_pull(p, q)

    def constant(self, y, w):
        share = class_shares(y, w)
        level = (1 - share) * self.A if y.ndim == 1 else np.average(self._log_target(y), axis=0, weights=w)

        def probabilities(price):  # at the optimum every class with a share has the same slope
            return np.where(share > 0, self.alpha * share / (price - self.beta * level), 0)

        least = float(self.beta * level[share > 0].max())
        price = change(lambda price: probabilities(price).sum() <= 1, least, least + 2 * self.alpha)
        return np.log(probabilities(price))
