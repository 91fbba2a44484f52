"""Losses of overlap: one row is one mask, and what counts is how much of it is hit, not how many pixels are right.

Predictions are probabilities, targets labels or memberships; sums run over the row, and the mean is over masks. Two
empty masks agree: loss 0 and slope 0. There is no smoothing constant, so a mask's size does not matter; the
smaller a mask's total membership, the harder its pixels pull.
"""

from __future__ import annotations

import numpy as np

from lossutils.engine.domain import LABEL, POSITIVE, PROBABILITY
from lossutils.engine.parameter import param
from lossutils.loss import Loss

IN_KERAS = (
    "it adds 1e-7 to the denominator; unless `axis=-1` the whole batch is one mask; two empty masks cost 1, here 0"
)
IN_OPTAX = (
    "it takes scores: in these words, a pixel with p = 0 or 1 has slope nan; "
    "`smooth=s` is s more pixels with p = y = 1, and s is 1 unless told; "
    "two empty masks with `smooth=0.0` are nan, here 0"
)


def parts(p: np.ndarray, y: np.ndarray, alpha: float, beta: float) -> tuple[np.ndarray, ...]:
    """Return for each row what is hit and what is wrong, their sum, all three in a unit, and that unit: (n, 1) each.

    The unit is a power of 2 near the largest number, and what is hit, a sum of products, is in the square of it: so the
    products of a faint mask don't vanish. alpha is the price of a false positive, beta of a false negative. Both masks
    empty: nothing is hit or wrong, of a whole of 1.
    """
    unit = np.ldexp(p.dtype.type(1), np.frexp(np.maximum(p, y).max(axis=1, keepdims=True))[1])
    a, b = p / unit, y / unit
    hit = np.sum(a * b, axis=1, keepdims=True)
    wrong = np.sum(alpha * a * (1 - y) + beta * (1 - p) * b, axis=1, keepdims=True)
    whole = hit * unit + wrong
    return hit, wrong, np.where(whole == 0, 1, whole), unit


def value(p, y, alpha: float, beta: float) -> np.ndarray:
    """One minus the share hit; taken as the share wrong, a nearly perfect mask keeps its digits."""
    _, wrong, whole, _ = parts(p, y, alpha, beta)
    return (wrong / whole)[:, 0]


def slope(p, y, alpha: float, beta: float) -> np.ndarray:
    """Slope of the share wrong in each pixel: where the mask is, towards it; elsewhere, away."""
    hit, wrong, whole, unit = parts(p, y, alpha, beta)
    return alpha * (1 - y) * (hit / whole / whole) - y / unit * ((wrong + beta * hit * unit) / whole / whole)


def bend(p, y, alpha: float, beta: float) -> np.ndarray:
    """Second derivative in each pixel: in one pixel the loss is a quotient of two straight lines."""
    _, _, whole, unit = parts(p, y, alpha, beta)
    return -2 * (y + alpha * (1 - y) - beta * y) * slope(p, y, alpha, beta) / whole / unit


class Dice(Loss):
    """One minus twice the overlap divided by both sizes: the F1 score made soft."""

    prediction = PROBABILITY
    target = LABEL
    row_wise = True
    tex = r"1 - \frac{2 \sum_k p_k y_k}{\sum_k p_k + \sum_k y_k}"
    derivative_tex = r"\frac{2 I - 2\,y_k S}{S^2}, \quad I = \sum_j p_j y_j, \quad S = \sum_j (p_j + y_j)"
    curvature_tex = r"\frac{4\,(y_k S - I)}{S^3}, \quad I = \sum_j p_j y_j, \quad S = \sum_j (p_j + y_j)"
    convex = False
    smooth = True
    bounded_influence = True
    proper = False
    shows_bad_input = True
    unit = "none"
    cite = "Milletari, Navab and Ahmadi 2016, V-Net, doi:10.1109/3DV.2016.79"
    elsewhere = {
        "keras": "keras.losses.Dice(axis=-1)(y, p)",
        "optax": "optax.losses.dice_loss(jax.scipy.special.logit(p)[..., None], y[..., None], smooth=0.0).mean()",
    }
    differs = {"keras": IN_KERAS, "optax": IN_OPTAX}

    def formula(self, p, y):
        return value(p, y, 0.5, 0.5)

    def derivative(self, p, y):
        return slope(p, y, 0.5, 0.5)

    def second_derivative(self, p, y):
        return bend(p, y, 0.5, 0.5)


class Jaccard(Loss):
    """One minus intersection over union: Dice's order of masks, with a harsher price for the middling ones."""

    prediction = PROBABILITY
    target = LABEL
    row_wise = True
    tex = r"1 - \frac{\sum_k p_k y_k}{\sum_k \left(p_k + y_k - p_k y_k\right)}"
    derivative_tex = (
        r"\frac{I\,(1 - y_k) - y_k U}{U^2}, \quad I = \sum_j p_j y_j, \quad U = \sum_j (p_j + y_j - p_j y_j)"
    )
    curvature_tex = r"\frac{2\,(1 - y_k) \left(y_k U - I\,(1 - y_k)\right)}{U^3}, \quad I = \sum_j p_j y_j, \quad U = \sum_j (p_j + y_j - p_j y_j)"  # noqa: E501
    convex = False
    smooth = True
    bounded_influence = True
    proper = False
    shows_bad_input = True
    unit = "none"
    cite = "Rahman and Wang 2016, Optimizing intersection-over-union in deep neural networks for image segmentation"
    elsewhere = {
        "keras": "keras.losses.Tversky(alpha=1, beta=1, axis=-1)(y, p)",
        "optax": "optax.losses.dice_loss(jax.scipy.special.logit(p)[..., None], y[..., None], smooth=0.0, alpha=1, beta=1).mean()",  # noqa: E501
    }
    differs = {"keras": IN_KERAS, "optax": IN_OPTAX}

    def formula(self, p, y):
        return value(p, y, 1.0, 1.0)

    def derivative(self, p, y):
        return slope(p, y, 1.0, 1.0)

    def second_derivative(self, p, y):
        return bend(p, y, 1.0, 1.0)


class Tversky(Loss):
    """Overlap with a price alpha for each false positive and beta for each false negative.

    Both 1/2 is Dice, both 1 is Jaccard.
    """

    prediction = PROBABILITY
    target = LABEL
    row_wise = True
    tex = r"1 - \frac{I}{I + \alpha \sum_k p_k (1 - y_k) + \beta \sum_k (1 - p_k)\,y_k}, \quad I = \sum_k p_k y_k"
    derivative_tex = r"\frac{\alpha\,(1 - y_k)\,I - y_k \left(D - (1 - \beta)\,I\right)}{D^2}, \quad I = \sum_j p_j y_j, \quad D \;\mathrm{the\;denominator\;above}"  # noqa: E501
    curvature_tex = r"\frac{2 \left(y_k + \alpha\,(1 - y_k) - \beta\,y_k\right) \left(y_k \left(D - (1 - \beta)\,I\right) - \alpha\,(1 - y_k)\,I\right)}{D^3}, \quad I \;\mathrm{and}\; D \;\mathrm{as\;above}"  # noqa: E501
    convex = False
    smooth = True
    bounded_influence = True
    proper = False
    shows_bad_input = True
    unit = "none"
    cite = "Salehi, Erdogmus and Gholipour 2017, Tversky loss function for image segmentation, doi:10.1007/978-3-319-67389-9_44"  # noqa: E501
    elsewhere = {
        "keras": "keras.losses.Tversky(alpha=β, beta=α, axis=-1)(y, p)",
        "optax": "optax.losses.dice_loss(jax.scipy.special.logit(p)[..., None], y[..., None], smooth=0.0, alpha=α, beta=β).mean()",  # noqa: E501
    }
    differs = {
        "keras": (
            "Keras 3.15.1 swaps alpha and beta against its own documentation, so β is given as alpha "
            f"(3.16 mends it: there alpha=α, beta=β); {IN_KERAS}"
        ),
        "optax": IN_OPTAX,
    }
    alpha: float = param(0.5, POSITIVE, slider=(0.05, 2.0))
    beta: float = param(0.5, POSITIVE, slider=(0.05, 2.0))

    def formula(self, p, y):
        return value(p, y, self.alpha, self.beta)

    def derivative(self, p, y):
        return slope(p, y, self.alpha, self.beta)

    def second_derivative(self, p, y):
        return bend(p, y, self.alpha, self.beta)
