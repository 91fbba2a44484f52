"""Losses for ratios: a miss of 10 is large for a target of 20 and small for one of 2,000."""

from __future__ import annotations

import numpy as np

from lossutils.engine.best_constants import middle_quantile
from lossutils.engine.domain import ABOVE_MINUS_ONE, NONZERO
from lossutils.loss import Loss


class AbsolutePercentageError(Loss):
    """The error as a share of the target: the same mistake costs more on a small target, so low guesses win."""

    target = NONZERO
    tex = r"\frac{\vert\hat{y} - y\vert}{\vert y\vert}"
    derivative_tex = r"\frac{\mathrm{sign}(\hat{y} - y)}{\vert y\vert}"
    curvature_tex = r"0"
    convex = True
    smooth = False
    bounded_influence = False  # a target near 0 pulls without limit
    shows_bad_input = True
    predicts = r"median with the weights $1 / \vert y\vert$"
    unit = "none: a share of the target, 1 is 100 %"
    cite = "Gneiting 2011, Making and evaluating point forecasts, doi:10.1198/jasa.2011.r10138"
    elsewhere = {
        "torch": "(torch.abs(p - y) / torch.abs(y)).mean()",
        "keras": "keras.losses.MeanAbsolutePercentageError()(y, p) / 100",
        "sklearn": "sklearn.metrics.mean_absolute_percentage_error(y, p)",
    }
    differs = {
        "keras": (
            "without the division it answers in per cent; "
            "targets nearer to 0 than 1e-7 count as 1e-7: p = 1 for y = 1e-9 costs 1e7, here 1e9"
        ),
        "sklearn": "targets nearer to 0 than 2.2e-16 count as 2.2e-16, 0 itself too, which is refused here",
    }

    def formula(self, p, y):
        return np.abs(p - y) / np.abs(y)

    def derivative(self, p, y):
        return np.sign(p - y) / np.abs(y)

    def second_derivative(self, p, y):
        return np.zeros_like(p)

    def constant(self, y, w):
        return middle_quantile(y, w / np.abs(y), 0.5)


class SquaredLogarithmicError(Loss):
    """Squared error of the logarithms: a ratio counts, not a difference, so guesses come out low in sum."""

    prediction = ABOVE_MINUS_ONE
    target = ABOVE_MINUS_ONE
    tex = r"\left(\log(1 + \hat{y}) - \log(1 + y)\right)^2"
    derivative_tex = r"\frac{2\,(\log(1 + \hat{y}) - \log(1 + y))}{1 + \hat{y}}"
    curvature_tex = r"\frac{2\,(1 - \log(1 + \hat{y}) + \log(1 + y))}{(1 + \hat{y})^2}"
    convex = False
    smooth = True
    bounded_influence = False
    shows_bad_input = True
    finite_slope = True
    predicts = "geometric mean of $1 + y$, minus 1"
    unit = "none: the squared logarithm of a ratio"
    cite = "Tofallis 2015, A better measure of relative prediction accuracy, doi:10.1057/jors.2014.103"
    elsewhere = {
        "torch": "torch.nn.MSELoss()(torch.log1p(p), torch.log1p(y))",
        "keras": "keras.losses.MeanSquaredLogarithmicError()(y, p)",
        "sklearn": "sklearn.metrics.mean_squared_log_error(y, p)",
    }
    differs = {
        "keras": (
            "predictions and targets below 1e-7 become 1e-7; "
            "its slope is 0 for such a prediction, so p = 0 for y = 1 teaches nothing, here -1.386"
        )
    }

    def formula(self, p, y):
        log_ratio = np.log1p(p) - np.log1p(y)
        return log_ratio * log_ratio

    def derivative(self, p, y):
        return 2 * (np.log1p(p) - np.log1p(y)) / (1 + p)

    def second_derivative(self, p, y):
        return 2 * (1 - np.log1p(p) + np.log1p(y)) / (1 + p) / (1 + p)

    def value_and_derivative(self, p, y):
        log_ratio = np.log1p(p) - np.log1p(y)  # the two logarithms serve both
        return log_ratio * log_ratio, 2 * log_ratio / (1 + p)

    def constant(self, y, w):
        return float(np.expm1(np.average(np.log1p(y), weights=w)))
