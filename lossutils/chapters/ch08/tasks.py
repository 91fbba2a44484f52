"""Chapter 08: a loss for at least one of m, a fit that ends, fits to predict, a fault to find, an argument."""

from __future__ import annotations

from lossutils.chapters.ch08 import inputs, mistakes
from lossutils.chapters.ch08.references import any_of, diagnose, fit_logistic, predicted_fit
from lossutils.judge.exercise import Argument, Exercise, Level, Part
from lossutils.judge.task import Check, Task

# What they are tried on ------------------------------------------------------------------------------------------

ANY_CHECKS = (
    Check("the label 0", inputs.of_one_label(0.0)),
    Check("the label 1", inputs.of_one_label(1.0)),
    Check("both labels", inputs.of_both_labels),
    Check("a single ring, and two hundred", inputs.of_one, hidden=True),
    Check("scores far below 0", inputs.far_below, hidden=True),
    Check("scores far above 0", inputs.far_above, hidden=True),
)
FIT_CHECKS = (
    Check("tables without a separating line, no penalty", inputs.plain),
    Check("a penalty", inputs.penalised),
    Check("tables with a separating line, and others", inputs.with_and_without_a_line),
    Check("a separating line and a penalty", inputs.separated_with_penalty, hidden=True),
    Check("the launches", inputs.launches, hidden=True),
    Check("one label on the wrong side", inputs.all_but_one, hidden=True),
    Check("three columns", inputs.more_columns, hidden=True),
    Check("inputs that separate together only, and a pair that does not fit", inputs.nearly_and_together, hidden=True),
)
PREDICTED_CHECKS = (
    Check("another unit", inputs.changes("unit")),
    Check("another origin", inputs.changes("origin")),
    Check("a mirror", inputs.changes("mirror")),
    Check("swapped labels or copies", inputs.changes("labels", "copies")),
    Check("an offset", inputs.changes("offset"), hidden=True),
    Check("a small or negative k", inputs.small_and_negative_k, hidden=True),
)
DIAGNOSE_CHECKS = (
    Check("programs with a fault near 0, and right ones", inputs.near_by),
    Check("programs that overflow, and right ones", inputs.not_finite),
    Check("programs that are flat, and right ones", inputs.flat),
    Check("every way to overflow", inputs.not_finite_all, hidden=True),
    Check("flat for one label, or only nearly flat", inputs.flat_all, hidden=True),
    Check("programs with two faults", inputs.near_by_all, hidden=True),
)
FORBIDDEN = ("Loss", "scipy", "sklearn", "statsmodels", "torch")

# The exercise ----------------------------------------------------------------------------------------------------

RINGS = Part(
    "rings",
    "At least one ring",
    (
        Task(
            title="at least one of m",
            kind="derive",
            open=2,
            hidden=2,
            reference=any_of,
            checks=ANY_CHECKS,
            typical=mistakes.ANY_OF,
            forbids=FORBIDDEN,
            hints=(
                "what happened for the label 0? All m rings stayed whole: a product of m equal factors. The label 1 is "
                "everything else. Take minus the logarithm of each on paper, then the slopes.",
                "let a = m·log(1 + e^z). The label 0 costs a, with the slope m·p. The label 1 costs −log(1 − e^−a), "
                "with the slope −m·p·e^−a / (1 − e^−a). Both slopes divided by n. −np.expm1(−a) is 1 − e^−a with all "
                "its digits; np.logaddexp(0, z) is log(1 + e^z).",
            ),
        ),
    ),
    taught="The loss is minus the logarithm of what happened",
)

FIT = Part(
    "fit",
    "A fit that always ends",
    (
        Task(
            title="logistic regression with a penalty",
            kind="design",
            open=3,
            hidden=2,
            reference=fit_logistic,
            checks=FIT_CHECKS,
            typical=mistakes.FIT,
            forbids=FORBIDDEN,
            hints=(
                "take Newton's steps of the lecture. What does the penalty add to the gradient, and what to the "
                "Hessian? And which scores tell you that larger weights would always cost less?",
                "gradient Xᵀ(p − y) + s·w, Hessian Xᵀ D X + diag(s), where s is the penalty for all columns but the "
                "first, and 0 there. Without a penalty: if (2y − 1)·z is above 0 for every row, return None.",
            ),
        ),
    ),
    taught="A few of Newton's steps fit the launches",
)

CHANGES = Part(
    "changes",
    "What will the fit say?",
    (
        Task(
            title="predicted fit",
            kind="predict",
            open=2,
            hidden=1,
            reference=predicted_fit,
            checks=PREDICTED_CHECKS,
            typical=mistakes.PREDICTED_FIT,
            forbids=("Loss", "scipy"),
            hints=(
                "the best scores of the samples stay the same in all six cases, or all change their sign. Write the "
                "old input as a formula of the new one, and insert it into intercept + coefficient · x.",
                "unit: x = new/k. Origin: x = new + k. Mirror: x = k − new. Labels: −z. Offset: intercept + "
                "coefficient · x + k must be the old score. Copies: the total loss is k times as large everywhere.",
            ),
        ),
    ),
    taught="One degree warmer multiplies the odds by 0.79",
)

HUNT = Part(
    "hunt",
    "Somebody's cross-entropy",
    (
        Task(
            title="find the fault",
            kind="find the fault",
            open=3,
            hidden=2,
            reference=diagnose,
            checks=DIAGNOSE_CHECKS,
            typical=mistakes.DIAGNOSE,
            forbids=("__name__", "inspect"),
            hints=(
                "start with a few scores near 0 whose loss and slopes you compute yourself, with both labels. Then ask "
                "what 40, −40, 1000 and −1000 show, with either label. nan is neither above nor below anything.",
                "near 0: compare loss with n times the right mean, slopes with (y − p)/n, loss with the mean of "
                "(p − y)², and then with the right mean; what is left charges one label. Far out, for both labels: "
                "np.isfinite of loss and slopes. Then two sure mistakes at once, z = (40, −40) with y = (0, 1): each "
                "slope must be about 1/2 in size, and not below 1/4. The same at ±1000.",
            ),
        ),
    ),
    taught="A confident mistake has three fates in float32",
)

LAUNCH = Argument(
    name="launch",
    title="Would you launch?",
    levels=(
        Level(
            3,
            "says that 31 °F is an extrapolation (22 degrees below the coldest launch; the interval, the shape of the "
            "curve, or that damage is not yet catastrophe); compares the costs of the two mistakes; draws a threshold "
            "from them and decides by it, also for the lower end of the doubt.",
            "You are right that 31 °F lies 22 degrees outside the data, so I don't defend 0.9996. But doubt does not "
            "speak for flying: even the lower end is 0.48 or 0.80, and all four launches below 65 °F had damage. A "
            "lost crew and shuttle cost more than a thousand times a day of waiting, so I wait as soon as the "
            "probability of a loss is above one in a thousand. Nothing in the data puts it below. We do not fly "
            "tomorrow.",
        ),
        Level(
            2,
            "two of the three: mostly extrapolation and costs without a threshold, or costs and threshold with 0.9996 "
            "taken as a fact.",
            "0.9996 is far outside the data, so nobody knows the probability. But seven lives are worth more than a "
            "million dollars, so we should not launch.",
        ),
        Level(
            0,
            "takes 0.9996 as a fact, or the lack of data as safety, and says nothing about costs.",
            "The probability of failure is 99.96 %, so the launch will fail.",
        ),
    ),
    taught="Doubt does not speak for flying",
)

EXERCISE = Exercise(__name__, (RINGS, FIT, CHANGES, HUNT, LAUNCH))
TASKS = EXERCISE.tasks
