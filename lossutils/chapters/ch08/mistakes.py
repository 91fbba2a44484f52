"""What learners write instead in chapter 08: the sentence, then what stands in the reference and what they write there.

Where two mistakes return the same, the first one is named.
"""

from __future__ import annotations

import numpy as np

# At least one of m rings -----------------------------------------------------------------------------------------

NONE, SOME, RING = "m * np.logaddexp(0, z)", "-np.expm1(-none)", "np.exp(-np.logaddexp(0, -z))"
LOSS, EACH = "np.where(y == 1, -np.log(some), none)", "np.mean(np.where(y == 1, -np.log(some), none))"
SLOPE, OF_ONE = "np.where(y == 1, -m * p * np.exp(-none) / some, m * p) / len(z)", "-m * p * np.exp(-none) / some"
AWAY = "far below 0 the chance of a damage is tiny, and 1 minus nearly 1 leaves no digit of it; np.expm1 keeps them"
ANY_OF = (
    (
        "the rings are not counted; all m have to stay whole for the label 0",
        (NONE, "np.logaddexp(0, z)"),
        (SLOPE, SLOPE.replace("m * p", "p")),
    ),
    (
        "this is m times the loss of one ring; 'at least one' is no product over the rings when the label is 1",
        (LOSS, "m * np.where(y == 1, np.logaddexp(0, -z), np.logaddexp(0, z))"),
        (SLOPE, "m * (p - y) / len(z)"),
    ),
    (
        "the chance of at least one is 1 minus the chance of none, not m times the chance of one",
        (SOME, "m * np.exp(-np.logaddexp(0, -z))"),
    ),
    (
        "the labels are the wrong way round",
        (LOSS, "np.where(y == 0, -np.log(some), none)"),
        (SLOPE, SLOPE.replace("y == 1", "y == 0")),
    ),
    (
        "the minus sign is missing: this is the log-likelihood",
        (EACH, f"-{EACH}"),
        (SLOPE, f"-{SLOPE}"),
    ),
    ("this is the sum of the losses, not their mean", (EACH, EACH.replace("np.mean", "np.sum"))),
    ("this is one loss for each score; the mean is missing", (EACH, LOSS)),
    ("the slopes of the mean have 1/n of each; that is missing", (" / len(z)", "")),
    ("the slopes are averaged into one number; each score has its own", (SLOPE, f"np.sum({SLOPE})")),
    ("the slope for the label 0 is that of one ring; there are m of them", (", m * p)", ", p)")),
    ("the slope for the label 1 has the wrong sign; a higher score makes a damage cheaper", (OF_ONE, OF_ONE[1:])),
    (
        "the slope for the label 1 is not the error of the probability; the m-th power stands between",
        (OF_ONE, "some - 1"),
    ),
    (
        "the slope for the label 1 lacks the factor p: that of the chance of no damage, (1 − p)^m, is −m·p·(1 − p)^m",
        (OF_ONE, "-m * np.exp(-none) / some"),
    ),
    (
        "the slope for the label 1 lacks the factor m",
        (OF_ONE, OF_ONE.replace("m * ", "")),
    ),
    (
        "the slope for the label 1 is not divided by the chance of at least one",
        (OF_ONE, "-m * p * np.exp(-none)"),
    ),
    (
        "these are the slopes in the probability of one ring; asked are those in its score",
        (SLOPE, "np.where(y == 1, -m * np.exp(-none) / some, m) / (1 - p) / len(z)"),
    ),
    (AWAY, (SOME, "1 - np.exp(-none)")),
    (AWAY, (SOME, "1 - (1 - 1 / (1 + np.exp(-z))) ** m")),
    (
        "the chance is kept from falling below a small number; beyond it the loss is flat",
        (SOME, "np.maximum(-np.expm1(-none), 1e-12)"),
    ),
    ("this is in bits; take the natural logarithm", (EACH, f"{EACH} / np.log(2)")),
    ("m is fixed at 6; use the argument", (NONE, "6 * np.logaddexp(0, z)"), (SLOPE, SLOPE.replace("m *", "6 *"))),
)

# A fit that ends -------------------------------------------------------------------------------------------------

FREE = "    strength[0] = 0.0  # the intercept is free\n"
NO_END, SEPARATED = "separated and penalty == 0", "np.all((2 * y - 1) * z > 0)"
NEWTON, GRADIENT, BEND = "np.linalg.solve(hessian, gradient)", "X.T @ (p - y) + strength * w", "(p * (1 - p))"
HESSIAN = "X.T @ ((p * (1 - p))[:, np.newaxis] * X) + np.diag(strength)"
FIT = (
    ("the intercept is charged, too; the penalty leaves it free", (FREE, "")),
    (
        "the penalty is ignored",
        ("strength = np.full(X.shape[1], float(penalty))", "strength = np.zeros(X.shape[1])"),
        (NO_END, "penalty == 0 and separated"),
    ),
    (
        "½·penalty·w² has the slope penalty·w, not twice as much",
        ("float(penalty)", "2.0 * penalty"),
    ),
    (
        "½·penalty·w² has the slope penalty·w, not half of it: the ½ cancels the 2 of the square",
        ("float(penalty)", "0.5 * penalty"),
    ),
    (
        "the penalty is added to the mean loss; it belongs to the total",
        ("float(penalty)", "float(penalty) * len(y)"),
    ),
    (
        "the penalty is divided by n, but the cross-entropy is a total here",
        ("float(penalty)", "float(penalty) / len(y)"),
    ),
    ("the penalty is subtracted, which rewards large weights", (GRADIENT, "X.T @ (p - y) - strength * w")),
    ("this charges the size of the weights, not their square", (GRADIENT, "X.T @ (p - y) + strength * np.sign(w)")),
    ("only the last weight is charged; all but the intercept are", (FREE, "    strength[:-1] = 0.0\n")),
    ("the step goes uphill: subtract it", ("w = w - step", "w = w + step")),
    (
        "one step from 0 is not the minimum; go on until a step is tiny",
        ("range(100)", "range(1)"),
    ),
    ("three steps are too few; go on until a step is tiny", ("range(100)", "range(3)")),
    (
        "the gradient is that of the squared error; for cross-entropy it is Xᵀ(p − y)",
        (GRADIENT, "X.T @ ((p - y) * p * (1 - p)) + strength * w"),
    ),
    (
        "this is the straight line of least squares, not a logistic regression",
        ("    return w", "    return np.linalg.lstsq(X, y.astype(float), rcond=None)[0]"),
    ),
    (
        "weights that separate the classes are returned, but there is no minimum without a penalty; return None",
        (NO_END, "False"),
        ("range(100)", "range(12)"),
    ),
    (
        "a separating line is no trouble once there is a penalty; return None only without one",
        (NO_END, "separated"),
    ),
    (
        "weights may be large and yet have a minimum; there is none only if every score has the right sign",
        (SEPARATED, "np.max(np.abs(w)) > 4"),
    ),
    (
        "it is not enough that most scores have the right sign: one on the wrong side holds the weights back",
        (SEPARATED, "np.mean((2 * y - 1) * z > 0) > 0.8"),
    ),
)

# How a fit changes -----------------------------------------------------------------------------------------------

UNIT, ORIGIN = "return intercept, coefficient / k", "return intercept + coefficient * k, coefficient  #"
MIRROR, LABELS = "return intercept + coefficient * k, -coefficient", "return -intercept, -coefficient"
OFFSET, COPIES = "return intercept - k, coefficient", "return intercept, coefficient  # copies"
PREDICTED_FIT = (
    (
        "the coefficient is per unit: numbers k times as large have a coefficient k times as small",
        (UNIT, "return intercept, coefficient * k"),
    ),
    ("another unit changes the coefficient: it is per unit", (UNIT, "return intercept, coefficient")),
    ("another unit does not move the score at input 0, the intercept", (UNIT, "return intercept / k, coefficient / k")),
    (
        "the intercept is the score where the new input is 0, that is at the old input k: add coefficient · k",
        (ORIGIN, "return intercept - coefficient * k, coefficient  #"),
    ),
    (
        "k is added to the intercept as it is; it is an input, so the coefficient goes with it",
        (ORIGIN, "return intercept + k, coefficient  #"),
    ),
    (
        "k is added to the intercept as it is; it is an input, so the coefficient goes with it",
        (ORIGIN, "return intercept - k, coefficient  #"),
    ),
    ("another origin moves the intercept", (ORIGIN, "return intercept, coefficient  #")),
    ("in the mirror the coefficient changes its sign", (MIRROR, "return intercept + coefficient * k, coefficient")),
    (
        "in the mirror the new input 0 is the old input k, so the intercept becomes that score",
        (MIRROR, "return intercept, -coefficient"),
    ),
    (
        "in the mirror the new input 0 is the old input k, so the intercept becomes that score",
        (MIRROR, "return -intercept, -coefficient"),
    ),
    (
        "in the mirror the new input 0 is the old input k: add coefficient · k, do not take it off",
        (MIRROR, "return intercept - coefficient * k, -coefficient"),
    ),
    (
        "when the labels change places, the odds are turned over: both numbers change their sign",
        (LABELS, "return intercept, -coefficient"),
    ),
    (
        "when the labels change places, the odds are turned over: both numbers change their sign",
        (LABELS, "return -intercept, coefficient"),
    ),
    (
        "a score is a log-odds, no probability: swapped labels change its sign, they do not take it from 1",
        (LABELS, "return 1 - intercept, -coefficient"),
    ),
    (
        "the fit keeps the scores that cost least; what is added from outside is taken off the intercept",
        (OFFSET, "return intercept + k, coefficient"),
    ),
    (
        "the fit keeps the scores that cost least; what is added from outside is taken off the intercept",
        (OFFSET, "return intercept, coefficient"),
    ),
    (
        "copies multiply the loss of all weights alike: the same weights are best",
        (COPIES, "return intercept * k, coefficient * k"),
    ),
    (
        "copies multiply the loss of all weights alike: the same weights are best",
        (COPIES, "return intercept + np.log(k), coefficient"),
    ),
    (
        "copies multiply the loss of all weights alike: the same weights are best",
        (COPIES, "return intercept / k, coefficient / k"),
    ),
)

# Somebody's cross-entropy ----------------------------------------------------------------------------------------

NEAR_Z, NEAR_Y = "np.array([2.0, -1.0, 0.5, -3.0])", "np.array([0.0, 1.0, 1.0, 0.0])"
FAR, BOTH = "(40.0, 1000.0)", "([0.0, 1.0], [1.0, 0.0])"
WEAKEST, ENOUGH = "np.min(np.abs(slopes))", "weakest < 0.25"
FINITE = "np.all(np.isfinite(answer))"
ANSWER = "np.concatenate([np.ravel(part) for part in f(scores, np.array(labels))])"
SUMMED = '    if is_sum:\n        return "sum"\n'


def sure_answers_too(f):
    """Calls a program flat when a sure and right answer has the slope 0."""
    z = np.array([40.0, -40.0])
    slopes = [f(z, np.array(y))[1] for y in ([0.0, 1.0], [1.0, 0.0])]
    return "flat" if np.min(np.abs(slopes)) < 1e-6 else "right"


DIAGNOSE = (
    ("it finds nothing: every program is called right", lambda f: "right"),
    (
        "nothing is tried far out; what overflows, or is silent, shows there only",
        (FAR, "()"),
    ),
    (
        "the scores are not far enough: in float64 e^z is finite up to z = 709",
        (FAR, "(40.0,)"),
    ),
    (
        "nan slips through: it is neither above nor below any number; ask np.isfinite",
        (FINITE, "not np.any(np.abs(answer) > 1e6)"),
    ),
    ("infinity slips through: it is not nan; ask np.isfinite", (FINITE, "not np.any(np.isnan(answer))")),
    (
        "only the loss is looked at far out; the slope may be nan, too",
        (ANSWER, "np.ravel(f(scores, np.array(labels))[0])"),
    ),
    (
        "only sure mistakes are tried; 0 · log 0 is nan for answers that are sure and right",
        (BOTH, "([0.0, 1.0],)"),
    ),
    (
        "only answers that are sure and right are tried; a mistake must have a slope",
        ("slopes = f(scores, np.array([0.0, 1.0]))[1]", "slopes = np.array([0.5, 0.5])"),
    ),
    (
        "a slope need not be exactly 0 to be too small; compare it with half of what it should be",
        (ENOUGH, "weakest == 0"),
    ),
    (
        "of two mistakes one still pulls; each of them has to",
        (WEAKEST, "np.max(np.abs(slopes))"),
    ),
    ("a slope of 0 is right where the answer is sure and right; only mistakes must pull", sure_answers_too),
    (
        "the mean is not looked for; a program may return the sum",
        (SUMMED, ""),
        ('"one label"', '"right"'),
    ),
    (
        "the slope of the sum is 1 for a mistake, that of the mean 1/n; 'flat' and 'right' are exchanged",
        (ENOUGH, "weakest > 0.25"),
    ),
    (
        "'not finite' and 'flat' are exchanged",
        ('"not finite"', '"flat "'),
        ('return "flat"\n', 'return "not finite"\n'),
        ('"flat "', '"flat"'),
    ),
    (
        "both labels have to be tried near 0: a program may charge one of them only",
        (NEAR_Y, "np.array([0.0, 0.0, 0.0, 0.0])"),
    ),
    (
        "both labels have to be tried near 0: a program may charge one of them only",
        (NEAR_Y, "np.array([1.0, 1.0, 1.0, 1.0])"),
    ),
    (
        "the sign of the slopes is not looked at; the loss alone does not show it",
        ("(y - p) / len(z)", "np.full(4, np.inf)"),
    ),
)
