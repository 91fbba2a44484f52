"""What learners write instead in chapter 04: the sentence, then what stands in the reference and what they write there.

Where two mistakes return the same, the first one is named.
"""

from __future__ import annotations

import numpy as np

from lossutils.judge.wrong import OVERFLOW

# A coefficient that is held back ---------------------------------------------------------------------------------

RESULT = "float((products + penalty * towards) / (squares + penalty))"
PRODUCTS, SQUARES = "np.average(x * y, weights=weight)", "np.average(x * x, weights=weight)"
STAY = "return float(towards)"
FLOATS = "x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)"
TOTALS = ((PRODUCTS, f"{PRODUCTS} * len(x)"), (SQUARES, f"{SQUARES} * len(x)"))
BEST_COEFFICIENT = (
    ("the penalty is ignored", (RESULT, "float(products / squares)")),
    (
        "the sums are not divided by n, so the penalty weighs too little; the risk is a mean",
        *TOTALS,
    ),
    (
        "the penalty is multiplied by n; the risk is a mean, and the penalty is added once",
        (RESULT, "float((products + len(x) * penalty * towards) / (squares + len(x) * penalty))"),
        ("squares + penalty == 0", "squares == 0"),
    ),
    (
        "the slope of the penalty is 2 λ (w − t); the factor 2 cancels against that of the squares",
        (RESULT, "float((products + 2 * penalty * towards) / (squares + 2 * penalty))"),
    ),
    (
        "the slope of the penalty is 2 λ (w − t), and so is that of the squares; no ½ is left",
        (RESULT, "float((products + penalty * towards / 2) / (squares + penalty / 2))"),
    ),
    (
        "the penalty is subtracted below; it adds to the mean of x²",
        (RESULT, "float((products + penalty * towards) / (squares - penalty))"),
    ),
    ("the penalty draws to 0 here; it draws to `towards`", (RESULT, "float(products / (squares + penalty))")),
    (
        "the penalty draws away from `towards`; check the sign of λ (w − t)",
        (RESULT, "float((products - penalty * towards) / (squares + penalty))"),
    ),
    ("`towards` is not multiplied by the penalty", (RESULT, "float((products + towards) / (squares + penalty))")),
    (
        "this is a weighted mean of the two coefficients; λ counts beside the mean of x², not beside 1",
        (RESULT, "float((products / squares + penalty * towards) / (1 + penalty))"),
    ),
    (
        "this is the coefficient of a line with an intercept; the line goes through the origin",
        (RESULT, "float((np.average((x - x.mean()) * (y - y.mean())) + penalty * towards) / (np.var(x) + penalty))"),
    ),
    (
        "this is the mean of the ratios y/x; the squared error weighs them by x²",
        (
            RESULT,
            "float((np.average(y / np.where(x, x, 1)) * squares + penalty * towards) / (squares + penalty))",
        ),
    ),
    (
        "this is the ratio of the means; the slope is the mean of x (w x − y)",
        (RESULT, "float((y.mean() * x.mean() + penalty * towards) / (x.mean() ** 2 + penalty))"),
    ),
    ("x and y are swapped below; the squares are those of the inputs", (SQUARES, SQUARES.replace("x * x", "y * y"))),
    ("the square of the mean is not the mean of the squares", (SQUARES, "np.average(x, weights=weight) ** 2")),
    ("the weights are ignored", (PRODUCTS, "np.average(x * y)"), (SQUARES, "np.average(x * x)")),
    ("the weights are missing in the mean of x²", (SQUARES, "np.average(x * x)")),
    ("the weights are missing in the mean of x y", (PRODUCTS, "np.average(x * y)")),
    (
        "the weighted sums are not divided by the sum of the weights",
        (PRODUCTS, "np.average(x * y) if weight is None else np.sum(weight * x * y)"),
        (SQUARES, "np.average(x * x) if weight is None else np.sum(weight * x * x)"),
    ),
    (
        "the weighted sums are divided by n, not by the sum of the weights",
        (PRODUCTS, "np.average(x * y) if weight is None else np.mean(weight * x * y)"),
        (SQUARES, "np.average(x * x) if weight is None else np.mean(weight * x * x)"),
    ),
    (
        "the weights are squared; each weighs a squared error, not an error",
        (PRODUCTS, PRODUCTS.replace("weights=weight", "weights=None if weight is None else np.square(weight)")),
        (SQUARES, SQUARES.replace("weights=weight", "weights=None if weight is None else np.square(weight)")),
    ),
    ("without inputs and penalty every coefficient costs the same; return `towards`, not 0", (STAY, "return 0.0")),
    ("without inputs and penalty this divides by 0; return `towards`", (STAY, "return np.nan")),
    ("without inputs and penalty this raises an error; return `towards`", (STAY, "raise ZeroDivisionError")),
    (
        "tiny inputs are no zeros; compare with 0 itself",
        ("squares + penalty == 0", "squares + penalty < 1e-8"),
    ),
    (OVERFLOW, (FLOATS, "x, y = np.asarray(x), np.asarray(y)")),
)

# Other units -----------------------------------------------------------------------------------------------------

SQUARED, ROOT, COEFFICIENT = "value * u**2", "return value * u\n", "value * u / v"
INTERCEPT, SLOPE, CURVATURE, RATE, REST = (
    "value * u + shift",
    "value * u * v",
    "value * v**2",
    "value / v**2",
    "    return value  #",
)
FIRST = "    if what in ("
IN_NEW_UNITS = (
    ("a squared error has the squared unit; it grows by u²", (SQUARED, "value * u")),
    (
        "mse and variance are in the squared unit of the target, whatever the inputs are",
        (SQUARED, "value * u**2 / v**2"),
    ),
    (
        "the variance of the targets is in their squared unit, as the mse is",
        (FIRST, f'{FIRST[:-4]} == "variance":\n        return value * u\n{FIRST}'),
    ),
    ("no number stays but r2", (SQUARED, "value")),
    ("the root takes the square of u back; rmse grows by u", (ROOT, "return value * u**2\n")),
    ("rmse is no longer a square; it grows by u, not by its root", (ROOT, "return value * u**0.5\n")),
    (
        "R² compares two squares of the same unit; it does not change",
        (REST, f'    if what == "r2":\n        return value * u**2\n{REST}'),
    ),
    (
        "R² compares two squares of the same unit; it does not change",
        (REST, f'    if what == "r2":\n        return value * u\n{REST}'),
    ),
    ("the coefficient is in targets per input; multiply by u and divide by v", (COEFFICIENT, "value * u * v")),
    ("the coefficient is in targets per input; multiply by u and divide by v", (COEFFICIENT, "value * v / u")),
    ("the unit of the inputs counts, too: a larger v makes the coefficient smaller", (COEFFICIENT, "value * u")),
    ("the unit of the targets counts, too: a larger u makes the coefficient larger", (COEFFICIENT, "value / v")),
    ("the coefficient of the same line is another number in other units", (COEFFICIENT, "value")),
    ("a shift moves the whole line up, and leaves its coefficient", (COEFFICIENT, "(value * u + shift) / v")),
    ("the intercept is a prediction, the one for x = 0; it does not see v", (INTERCEPT, "value * u / v + shift")),
    ("the intercept is a prediction; the shift moves it as it moves the targets", (INTERCEPT, "value * u")),
    ("the targets are u · y + shift: first times u, then plus the shift", (INTERCEPT, "(value + shift) * u")),
    ("the intercept grows by u as every prediction does", (INTERCEPT, "value + shift")),
    ("the intercept moves up with the targets", (INTERCEPT, "value * u - shift")),
    ("the slope is the mean of 2 · error · input: both factors count", (SLOPE, "value * u")),
    ("the slope is the mean of 2 · error · input: both factors count", (SLOPE, "value * v")),
    ("the slope is the mean of 2 · error · input; it is multiplied by v, not divided", (SLOPE, "value * u / v")),
    ("the slope has one factor that is an error, and one that is an input", (SLOPE, "value * u**2 * v")),
    ("the slope holds one error, not its square, and one input", (SLOPE, "value * u**2 / v")),
    ("the curvature is the mean of 2 · input²; it grows by v²", (CURVATURE, "value * v")),
    ("the curvature is the mean of 2 · input²; the targets are not in it", (CURVATURE, "value * u**2 * v**2")),
    ("the curvature is the mean of 2 · input²; the targets are not in it", (CURVATURE, "value * u**2")),
    ("the curvature is the mean of 2 · input²; the targets are not in it", (CURVATURE, "value * u**2 / v**2")),
    ("the curvature sees the unit of the inputs", (CURVATURE, "value")),
    ("the largest safe rate is 2 divided by the curvature: it falls where the curvature grows", (RATE, "value * v**2")),
    ("the largest safe rate is 2 divided by the curvature, which grows by v²", (RATE, "value / v")),
    ("the largest safe rate of a line does not see the targets", (RATE, "value / u")),
    ("the largest safe rate of a line does not see the targets", (RATE, "value / u**2")),
    ("the largest safe rate of a line does not see the targets", (RATE, "value / (u * v)")),
    ("the largest safe rate of a line sees the unit of the inputs", (RATE, "value")),
    ("targets and inputs are swapped", ("u, v, shift", "v, u, shift")),
    (
        "the inputs are multiplied by v: the mean of their squares grows by v², and with it the curvature",
        (RATE, "value * v * v"),
        (CURVATURE, "value / v / v"),
        (SLOPE, "value * u / v "),
    ),
    (
        "a shift moves targets and predictions alike, and so no error",
        (SQUARED, "(value**0.5 * u + shift) ** 2 if shift else value * u**2"),
        (ROOT, "return value * u + shift\n"),
    ),
    (
        "a shift does not change how far the targets vary",
        (FIRST, f'{FIRST[:-4]} == "variance":\n        return value * u**2 + shift\n{FIRST}'),
    ),
)

# Somebody's R² ---------------------------------------------------------------------------------------------------


def good_predictions(f):
    """Asks with four good predictions only: nothing is ever below 0."""
    target, error = np.array([1.31, 7.13, 30.77, 12.49]), np.array([2.0, -1.0, 4.5, 3.0])
    pred, mse = target + error, np.mean(error**2)
    table = {
        "right": 1 - mse / np.var(target),
        "left over": mse / np.var(target),
        "roots": 1 - np.sqrt(mse / np.var(target)),
        "swapped": 1 - mse / np.var(pred),
        "correlation": np.corrcoef(pred, target)[0, 1] ** 2,
        "spread": 1 - np.var(error) / np.var(target),
        "n minus one": 1 - mse / np.var(target, ddof=1),
        "every pair": 1 - np.mean((pred - target[:, np.newaxis]) ** 2) / np.var(target),
    }
    return next((name for name, value in table.items() if np.isclose(f(pred, target), value)), "other mean")


TARGET, ERRORS = "[1.31, 7.13, 30.77, 12.49]", "[2.0, -1.0, 4.5, 3.0]"
LEFT, FAR, CLOSE = 'return "other mean"', "f(target + 100, target) >= 0", "abs(formulas[fault] - got) > 1e-9"
ROOTS, SPREAD = "1 - np.sqrt(mse / variance)", "1 - np.var(e) / variance"
CORRELATION, BESSEL = "np.corrcoef(pred, target)[0, 1] ** 2", "np.var(target, ddof=1)"
FAULT_OF_R2 = (
    (
        "good predictions cannot show whether R² can fall below 0; ask once with predictions worse than the mean",
        good_predictions,
    ),
    (
        "the mean of the errors that were tried is 0; there the variance of the errors and their mean square agree",
        (ERRORS, "[2.0, -1.0, 4.0, -5.0]"),
    ),
    (
        "the mean of the targets that were tried is a number that somebody may compare with; take odd numbers",
        (TARGET, "[2.0, 3.0, 0.0, 3.0]"),
    ),
    (
        "the mean of the targets that were tried is a number that somebody may compare with; take odd numbers",
        (TARGET, "[1.0, 9.0, 4.0, 6.0]"),
    ),
    (
        "the predictions that were tried are shifted targets, whose squared correlation is 1; let the errors vary",
        (ERRORS, "[3.0, 3.0, 3.0, 3.0]"),
    ),
    ("what is left may be another mean; a formula that fits only nearly does not fit", (CLOSE, "False")),
    (
        "what is left may be another mean; a formula that fits only nearly does not fit",
        (CLOSE, "abs(formulas[fault] - got) > 0.05"),
    ),
    (
        "not everything that fits no formula is the right one; it may compare with another mean",
        (LEFT, 'return "right"'),
    ),
    (
        "not everything that fits no formula is never negative; it may compare with another mean",
        (LEFT, 'return "never negative"'),
    ),
    (
        "the sign is the wrong way round: the right R² is below 0 for predictions that are far off",
        (FAR, "f(target + 100, target) < 0"),
    ),
    (
        "the share that is left and the right one are swapped",
        ('{"right": 1 - mse / variance}', '{"left over": 1 - mse / variance}'),
        ('formulas["left over"] = mse / variance', 'formulas["right"] = mse / variance'),
    ),
    (
        "the root is taken of the ratio, then subtracted from 1; here it is the square root of R²",
        (ROOTS, "np.sqrt(1 - mse / variance)"),
    ),
    (
        "a swapped function divides by the variance of the predictions",
        ("1 - mse / np.var(pred)", "1 - variance / np.var(pred)"),
    ),
    ("the correlation is to be squared", (CORRELATION, CORRELATION[:-5])),
    ("the variance of the errors stands in the place of their mean square", (SPREAD, "1 - np.std(e) / variance")),
    ("n − 1 stands below the variance of the targets only, not below the mean square", (BESSEL, "np.var(target)")),
)

# Three parts -----------------------------------------------------------------------------------------------------

USUAL, SPREAD_AT = "np.mean(pred, axis=0)", "np.mean((pred - usual) ** 2, axis=0)"
MEAN_NOISE, VARIANCE = "np.average(known, weights=weight)", "np.average(spread, weights=weight)"
OFF = "np.average((usual - target) ** 2, weights=weight)"
GIVE = "return float(bias2), float(variance), float(noise)"
THREE_PARTS = (
    (
        "the measurements are taken for the true means, so that bias² holds the noise too; subtract it",
        (f"{OFF} - noise", OFF),
    ),
    (
        "the noise is added; a measurement is off by it, and the square of that is in the difference already",
        (f"{OFF} - noise", f"{OFF} + noise"),
    ),
    ("noise is a variance; it is not to be squared again", (f"{OFF} - noise", f"{OFF} - noise**2")),
    (
        "an estimate may fall below 0: cut off there, the parts no longer sum to the mean squared error",
        (f"{OFF} - noise", f"max({OFF} - noise, 0)"),
    ),
    (
        "the noise is cut off at 0 place by place; subtract its mean from the mean, and leave what is below 0",
        (f"{OFF} - noise", "np.average(np.maximum((usual - target) ** 2 - known, 0), weights=weight)"),
    ),
    (
        "the variance of the mean fit is subtracted too; so the parts do not sum to the mean squared error",
        (f"{OFF} - noise", f"{OFF} - noise - variance / len(pred)"),
    ),
    (
        "errors of opposite signs cancel: square the difference at each place, then take the mean",
        (OFF, "np.average(usual - target, weights=weight) ** 2"),
    ),
    ("this is the bias without its square", (OFF, "np.average(np.abs(usual - target), weights=weight)")),
    (
        "single fits are compared with the measurements, so that bias² holds the variance too",
        (OFF, "np.average(np.mean((pred - target) ** 2, axis=0), weights=weight)"),
    ),
    (
        "the variance is how the fits vary at one place, not how one fit varies from place to place",
        (SPREAD_AT, "np.mean((pred - pred.mean(axis=1, keepdims=True)) ** 2) * np.ones(len(target))"),
    ),
    (
        "this is the variance of all predictions together; take it at each place, then the mean",
        (SPREAD_AT, "np.var(pred) * np.ones(len(target))"),
    ),
    (
        "the fits are compared with the measurements; the variance is how they vary around their own mean",
        (SPREAD_AT, "np.mean((pred - target) ** 2, axis=0)"),
    ),
    ("these are standard deviations; the parts are variances", (SPREAD_AT, "np.std(pred, axis=0)")),
    (
        "the variance is divided by the number of fits less 1; so the parts do not sum to the mean squared error",
        (SPREAD_AT, "np.var(pred, axis=0, ddof=1) if len(pred) > 1 else 0 * usual"),
    ),
    (
        "the mean fit is a mean over the fits, which are the first axis; this is over the places",
        (USUAL, "np.mean(pred, axis=1)[: len(target)].mean()"),
    ),
    ("this is the median fit; the bias is that of the mean", (USUAL, "np.median(pred, axis=0)")),
    (
        "the weights are ignored",
        (MEAN_NOISE, "np.average(known)"),
        (VARIANCE, "np.average(spread)"),
        (OFF, "np.average((usual - target) ** 2)"),
    ),
    ("the weights are missing in the noise", (MEAN_NOISE, "np.average(known)")),
    ("the weights are missing in the variance", (VARIANCE, "np.average(spread)")),
    ("the weights are missing in bias²", (OFF, "np.average((usual - target) ** 2)")),
    (
        "the weighted sums are not divided by the sum of the weights",
        (MEAN_NOISE, "np.average(known) if weight is None else np.sum(weight * known)"),
        (VARIANCE, "np.average(spread) if weight is None else np.sum(weight * spread)"),
        (OFF, "(np.average((usual - target) ** 2) if weight is None else np.sum(weight * (usual - target) ** 2))"),
    ),
    ("the noise is summed over the places; take its mean", (MEAN_NOISE, "np.sum(known)")),
    ("the noise of the first place is taken for all", (MEAN_NOISE, "known[0]")),
    ("this is the sum of the three parts; return them one by one", (GIVE, "return float(bias2 + variance + noise)")),
    ("the order is bias², variance, noise", (GIVE, "return float(variance), float(bias2), float(noise)")),
)

# Groups that are left out ----------------------------------------------------------------------------------------

FIT = "np.linalg.lstsq(A[~new], y[~new], rcond=None)[0]"
ONES, PLACE = "np.column_stack([np.ones(len(X)), X])", "outside[new] = A[new] @ w"
INSIDE, OUTSIDE = "float(np.sqrt(np.mean((inside - y) ** 2)))", "float(np.sqrt(np.mean((outside - y) ** 2)))"


def in_the_order_of_groups(X, y, group):
    """The predictions of the groups, one group after the other."""
    A = np.column_stack([np.ones(len(X)), X])
    inside, outside = A @ np.linalg.lstsq(A, y, rcond=None)[0], []
    for one in np.unique(group):
        new = group == one
        outside.extend(A[new] @ np.linalg.lstsq(A[~new], y[~new], rcond=None)[0])
    return float(np.sqrt(np.mean((inside - y) ** 2))), float(np.sqrt(np.mean((np.array(outside) - y) ** 2)))


SIZES = "[np.mean((outside - y)[group == one] ** 2) for one in np.unique(group)]"
LEFT_OUT_RMSE = (
    (
        "the predictions stand one group after the other, no longer beside their targets; write them into their rows",
        in_the_order_of_groups,
    ),
    (
        "this is the standard deviation of the errors, which forgives a mean error; take the root of their mean square",
        (INSIDE, "float(np.std(inside - y))"),
        (OUTSIDE, "float(np.std(outside - y))"),
    ),
    (
        "the group is still among the rows of the fit, so nothing is left out",
        (FIT, "np.linalg.lstsq(A, y, rcond=None)[0]"),
    ),
    ("the fit sees the group only; it should see all the others", (FIT, FIT.replace("~new", "new"))),
    (
        "single rows are left out, not whole groups",
        ("np.unique(group)", "range(len(y))"),
        ("group == one", "np.arange(len(y)) == one"),
    ),
    (
        "the roots of the groups are averaged; average the squares of all rows, then take the root once",
        (OUTSIDE, f"float(np.mean(np.sqrt({SIZES})))"),
    ),
    (
        "each group counts the same here, however many rows it has; average the squares of all rows",
        (OUTSIDE, f"float(np.sqrt(np.mean({SIZES})))"),
    ),
    (
        "these are mean squared errors; take their roots",
        (INSIDE, INSIDE.replace("np.sqrt", "")),
        (OUTSIDE, OUTSIDE.replace("np.sqrt", "")),
    ),
    (
        "the root is taken of each square, which gives the mean absolute error; take it of the mean",
        (INSIDE, "float(np.mean(np.abs(inside - y)))"),
        (OUTSIDE, "float(np.mean(np.abs(outside - y)))"),
    ),
    ("there is no intercept; put a column of ones before the inputs", (ONES, "np.asarray(X, dtype=float)")),
    (
        "the two results are the wrong way round: first in training, then on new groups",
        (f"{INSIDE}, {OUTSIDE}", f"{OUTSIDE}, {INSIDE}"),
    ),
    ("only the error on new groups comes back; return both", (f"{INSIDE}, {OUTSIDE}", OUTSIDE)),
    ("the labels are no places; go through np.unique(group)", ("np.unique(group)", "range(len(np.unique(group)))")),
    (
        "the squares are divided by n less the number of weights; the mean squared error divides by n",
        (INSIDE, "float(np.sqrt(np.sum((inside - y) ** 2) / max(len(y) - A.shape[1], 1)))"),
    ),
    ("the new group is predicted by the mean of the others; use their fit", (PLACE, "outside[new] = np.mean(y[~new])")),
)
