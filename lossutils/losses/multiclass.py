"""Losses for several classes: one row of scores or probabilities for each sample, classes on the last axis."""

from __future__ import annotations

import numpy as np

from lossutils.engine.best_constants import class_shares
from lossutils.engine.domain import CLASSES, PROBABILITY, SCORE
from lossutils.loss import Loss
from lossutils.numerics import FEW_CLASSES, rows_first, softmax_parts, xdivy, xlogy


class CategoricalCrossEntropy(Loss):
    """Minus the log of the probability given to the right class; memberships share the right answer out."""

    prediction = PROBABILITY
    target = CLASSES
    row_wise = True
    tex = r"-\sum_k q_k \log p_k"
    derivative_tex = r"-\frac{q_k}{p_k}"
    curvature_tex = r"\frac{q_k}{p_k^2}"
    convex = True
    smooth = True
    bounded_influence = False
    proper = True
    predicts = "mean memberships"
    chance = r"\log K"
    unit = "nats"
    cite = "Good 1952, Rational decisions, doi:10.1111/j.2517-6161.1952.tb00104.x"
    elsewhere = {
        "torch": "torch.nn.NLLLoss()(torch.log(p), y)",
        "keras": "keras.losses.CategoricalCrossentropy()(q, p)",
        "sklearn": "sklearn.metrics.log_loss(y, p, labels=range(p.shape[1]))",
    }
    differs = {
        "torch": (
            "it takes rows that do not sum to 1; "
            "in these words, a class with p = 0 has slope nan, here 0 unless it is the right one; "
            "`torch.nn.CrossEntropyLoss()` takes scores: given probabilities it applies a second softmax"
        ),
        "keras": (
            "it divides a row by its sum and stops at 1e-7, so p = 0 for the right class costs 16.118, with slope 0"
        ),
        "sklearn": (
            "it stops at the rounding error, so p = 0 for the right class costs 36.044 (float32: 15.942); "
            "it only warns of rows that do not sum to 1"
        ),
    }

    def formula(self, p, q):
        return -np.sum(xlogy(q, p), axis=1)

    def derivative(self, p, q):
        return xdivy(-q, p)

    def second_derivative(self, p, q):
        return xdivy(xdivy(q, p), p)

    def constant(self, y, w):
        return class_shares(y, w)


class KullbackLeibler(Loss):
    """How far predicted probabilities are from the target's: cross-entropy minus what no prediction can avoid."""

    prediction = PROBABILITY
    target = CLASSES
    row_wise = True
    tex = r"\sum_k q_k \log \frac{q_k}{p_k}"
    derivative_tex = r"-\frac{q_k}{p_k}"
    curvature_tex = r"\frac{q_k}{p_k^2}"
    convex = True
    smooth = True
    bounded_influence = False
    proper = True
    predicts = "mean memberships"
    chance = r"\log K"
    unit = "nats"
    cite = "Kullback and Leibler 1951, On information and sufficiency, doi:10.1214/aoms/1177729694"
    elsewhere = {
        "torch": "torch.nn.KLDivLoss(reduction='batchmean')(torch.log(p), q)",
        "keras": "keras.losses.KLDivergence()(q, p)",
        "optax": "optax.kl_divergence(jax.numpy.log(p), q).mean()",
    }
    differs = {
        "torch": (
            "with its default `reduction='mean'` it divides by the number of classes too; "
            "a class with p = 0 and q = 0 makes it nan, here it adds 0; "
            "it takes rows that do not sum to 1, and is negative for some"
        ),
        "keras": (
            "it moves both distributions into [1e-7, 1], so p = 0 costs 16.118 where q = 1; "
            "it takes rows that do not sum to 1, and is negative for some"
        ),
        "optax": (
            "a class with p = 0 and q = 0 makes it nan, here it adds 0; "
            "it takes rows that do not sum to 1, and is negative for some"
        ),
    }

    def formula(self, p, q):
        return np.maximum(np.sum(xlogy(q, q) - xlogy(q, p), axis=1), 0)  # never below, but for rounding

    def derivative(self, p, q):
        return xdivy(-q, p)

    def second_derivative(self, p, q):
        return xdivy(xdivy(q, p), p)

    def constant(self, y, w):
        return class_shares(y, w)


class SoftmaxCrossEntropy(Loss):
    """Cross-entropy from scores: the log of all exponentials' sum, minus the score of the right class."""

    prediction = SCORE
    target = CLASSES
    row_wise = True
    tex = r"\log \sum_k e^{z_k} - \sum_k q_k z_k"
    derivative_tex = r"\mathrm{softmax}(z)_k - q_k"
    curvature_tex = r"\mathrm{softmax}(z)_k\,(1 - \mathrm{softmax}(z)_k)"
    convex = True
    smooth = True
    bounded_influence = True
    proper = True
    link = r"p = \mathrm{softmax}(z)"
    shows_bad_input = True
    finite_slope = True
    takes_class_numbers = True
    predicts = "log of the mean memberships"
    chance = r"\log K"
    unit = "nats"
    cite = "Bridle 1990, Probabilistic interpretation of feedforward classification network outputs"
    elsewhere = {
        "torch": "torch.nn.CrossEntropyLoss()(z, y)",
        "keras": "keras.losses.CategoricalCrossentropy(from_logits=True)(q, z)",
        "optax": "optax.safe_softmax_cross_entropy(z, q).mean()",
    }
    differs = {
        "torch": (
            "given memberships for y, it is nan if a class is at -inf (given class numbers, it is not); "
            "`torch.nn.CrossEntropyLoss(label_smoothing=0.1)` is the loss of the rows 0.9 · one-hot + 0.1 / K"
        ),
        "keras": "it is nan if a class is at -inf (`SparseCategoricalCrossentropy`, with class numbers, is not)",
        "optax": "`optax.softmax_cross_entropy` is nan if a class is at -inf",
    }

    def formula(self, z, y):
        return (self._of_numbers if y.ndim == 1 else self._of_memberships)(z, y)[0]

    def _exponentials(self, z):
        """Return the scores, their row's largest and e^(score - largest), and on which axis the classes lie."""
        z, axis = (rows_first(z), 0) if z.shape[1] < FEW_CLASSES else (np.ascontiguousarray(z), 1)
        top = np.maximum.reduce(z, axis=axis, keepdims=True)
        return z, top, np.exp(z - top), axis

    def _of_memberships(self, z, q):
        """Return the loss, and of what it was made: in differences of scores, which have no level."""
        z, top, e, axis = self._exponentials(z)
        q = q if axis else q.T
        is_top = e == 1
        others = np.add.reduce(np.where(is_top, 0, e), axis=axis, keepdims=True)  # what is left of a confident row
        others += np.add.reduce(is_top, axis=axis, keepdims=True) - 1  # equals of the top
        value = np.log1p(others).ravel() + np.add.reduce(np.where(q > 0, q * (top - z), 0), axis=axis)
        return value, e, is_top, others

    def _of_numbers(self, z, y):
        """Return the loss, the exponentials without the right class's own, that and their sum, and its place."""
        (n, classes), samples = z.shape, np.arange(len(z))
        z, top, e, axis = self._exponentials(z)
        place = samples * classes + y if axis else y * n + samples  # in memory: faster than by row and column
        right, own = z.ravel()[place], e.ravel()[place]
        e.ravel()[place] = 0
        others = np.add.reduce(e, axis=axis)  # what is left of a confident row; 1 - p would have no digits
        return np.log1p((own - 1) + others) + (top.ravel() - right), e, own, others, place

    def derivative(self, z, q):
        p, rest, _ = softmax_parts(z)
        return np.where(p > 0.5, (1 - q) - rest, p - q)  # p - 1 has no digits left in a confident row

    def second_derivative(self, z, q):
        p, rest, _ = softmax_parts(z)
        return p * rest

    def value_and_derivative(self, z, y):
        few = z.shape[1] < FEW_CLASSES
        if y.ndim == 2:
            value, e, is_top, others = self._of_memberships(z, y)
            q, total = y.T if few else y, 1 + others
            slope = np.where(is_top, (1 - q) - others / total, e / total - q)
        else:
            value, slope, own, others, place = self._of_numbers(z, y)
            total = own + others
            slope /= total if few else total[:, np.newaxis]
            slope.ravel()[place] = -others / total
        return value, slope.T if few else slope

    def constant(self, y, w):
        return np.log(class_shares(y, w))
