"""Brier's loss for several classes, of scores: what a network is trained with here that no other chapter needs."""

from __future__ import annotations

import numpy as np

from lossutils.numerics import softmax


class SoftmaxBrier:
    """The sum over the classes of (p − q)², where p = softmax(z), and q is 1 for the right class. Brier 1950."""

    def value_and_grad(self, z, y, weight=None):
        """Return the mean over the rows of scores z (n, K), with class numbers y (n,), and its gradient in z."""
        if weight is not None:
            raise ValueError("SoftmaxBrier: it takes no weights")
        p = softmax(z)
        e = p - np.eye(z.shape[1])[np.asarray(y, int)]
        slope = 2 * p * (e - np.sum(p * e, axis=1, keepdims=True))
        return float(np.mean(np.sum(e * e, axis=1))), slope / len(z)
