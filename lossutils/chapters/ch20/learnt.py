"""Weights of several losses that are learnt with the model (Kendall, Gal and Cipolla 2018), one form for all."""

from __future__ import annotations

import numpy as np

from lossutils.joint import Joint
from lossutils.training import Adam


class LearntWeights:
    """The sum of (exp(−s) · loss + s) / 2 over the parts of a Joint: each s learns by an Adam of its own.

    `start` holds the first s of each part, (parts,). `train` takes it as it takes any loss. After each batch every s
    makes one step, from the losses of that batch; the model's step uses the s before it.
    """

    def __init__(self, joint: Joint, start, rate: float = 0.01) -> None:
        self.joint, self.s, self._adam = joint, np.array(start, dtype=float), Adam(rate)
        if self.s.shape != (len(joint.parts),):
            raise ValueError(f"LearntWeights: start has shape {self.s.shape}, but there are {len(joint.parts)} parts")

    def value_and_grad(self, pred, target, weight=None) -> tuple[float, np.ndarray]:
        """Return the sum and its gradient in the prediction; then step every s."""
        weights, shares = np.array([part.weight for part in self.joint.parts]), np.exp(-self.s) / 2
        means, slopes = self.joint.means_and_grad(pred, target, weights * shares, weight)
        each = weights * means
        value = float(np.sum(shares * each + self.s / 2))
        self._adam.step(self.s, (1 - np.exp(-self.s) * each) / 2)
        return value, slopes
