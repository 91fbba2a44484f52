"""Chapter 03: best parameters to derive, totals to predict, a fault to find, two losses to build, an argument."""

from __future__ import annotations

from lossutils.chapters.ch03 import inputs, mistakes
from lossutils.chapters.ch03.references import (
    best_parameter,
    find_nll_fault,
    laplace_scale_nll,
    predicted_total,
    waiting_nll,
)
from lossutils.judge.exercise import Argument, Exercise, Level, Part
from lossutils.judge.task import Check, Slot, Task

# What they are tried on ------------------------------------------------------------------------------------------

PARAMETER_CHECKS = (
    Check("the geometric distribution", inputs.waits_in_rounds),
    Check("the Rayleigh distribution", inputs.distances),
    Check("the Pareto distribution", inputs.sizes),
    Check("the uniform distribution", inputs.stretches),
    Check("values in another unit, or far apart", inputs.other_values, hidden=True),
    Check("values that are all equal, or a single one", inputs.equal_values, hidden=True),
    Check("five hundred values", inputs.many_sizes, hidden=True),
)
TOTAL_CHECKS = (
    Check("copies of the targets", inputs.changes("copies")),
    Check("another unit", inputs.changes("unit")),
    Check("other chances", inputs.changes("chance")),
    Check("another spread, Gaussian noise", inputs.changes("spread", "gaussian")),
    Check("another spread, Laplace noise", inputs.changes("spread", "laplace"), hidden=True),
    Check("every change with either `noise`, and without one", inputs.noises_that_do_not_count, hidden=True),
    Check("factors near 1, and huge ones", inputs.factors, hidden=True),
)
FAULT_CHECKS = (
    Check("a function that is right, sum or no constant", inputs.functions("right", "sum", "no constant")),
    Check("a function that is no log sigma, sign or variance", inputs.functions("no log sigma", "sign", "variance")),
    Check("a function that is base 10, log in code or clipped", inputs.functions("base 10", "log in code", "clipped")),
    Check("clipped at any height", inputs.clips, hidden=True),
    Check("all that may be right or nearly so", inputs.nearly_right, hidden=True),
    Check("all nine, in any order", inputs.functions(*inputs.MADE), hidden=True),
)
SCALE_CHECKS = (
    Check("a few targets", inputs.few_with_scales),
    Check("an error of 0", inputs.no_error),
    Check("targets with decimals", inputs.many_with_scales),
    Check("a single target", inputs.one_with_a_scale, hidden=True),
    Check("large and small scales", inputs.wide_and_narrow, hidden=True),
    Check("200 targets", inputs.two_hundred_with_scales, hidden=True),
    Check("centres and targets that are integers", inputs.whole_with_scales, hidden=True),
    Check("errors of a thousand scales", inputs.far_with_scales, hidden=True),
)
WAITING_CHECKS = (
    Check("some have come, some still wait", inputs.waits),
    Check("nobody has come, or everybody", inputs.waits_of_one_kind, hidden=True),
    Check("scores for each person, of both signs", inputs.waits_with_scores, hidden=True),
    Check("very long waits, and very short ones", inputs.long_and_short_waits, hidden=True),
)

# The exercise ----------------------------------------------------------------------------------------------------

PARAMETERS = Part(
    "parameters",
    "Best parameters that the lecture does not derive",
    (
        Task(
            title="best parameter",
            kind="derive",
            open=2,
            hidden=2,
            reference=best_parameter,
            checks=PARAMETER_CHECKS,
            typical=mistakes.BEST_PARAMETER,
            forbids=("Loss", "scipy", "statsmodels"),
            hints=(
                "take minus the logarithm of the probability or density of one value, on paper; its slope in the "
                "parameter has the mean 0. One of the four has no such place: draw its total NLL against t.",
                "geometric: −log p − y log(1 − p) has the slope −1/p + y/(1 − p). Rayleigh: 2 log s + y²/2s² has "
                "2/s − y²/s³. Pareto: −log a + (a + 1) log y has −1/a + log y. Uniform: log t rises, but below the "
                "largest value the likelihood is 0.",
            ),
        ),
    ),
    taught="A bell curve gives the squared error",
)

TOTALS = Part(
    "totals",
    "What will the total be?",
    (
        Task(
            title="predicted total",
            kind="predict",
            open=2,
            hidden=1,
            reference=predicted_total,
            checks=TOTAL_CHECKS,
            typical=mistakes.PREDICTED_TOTAL,
            forbids=("Loss", "scipy"),
            slots=(Slot("noise", "gaussian", ("laplace",), 'noise="{}"'),),
            hints=(
                "ask what becomes of the term of one target, −log p. Then remember that there are n of them. For the "
                "spread: what is the mean of e²/σ² when σ is the best one?",
                "copies: k · total. Unit: each density is divided by k, so each term grows by log k. Chance: each term "
                "falls by log k. Spread: log σ grows by log k in each term; at the best spread e²/2σ² has the mean ½, "
                "which becomes ½/k²; |e|/b has the mean 1, which becomes 1/k.",
            ),
        ),
    ),
    taught="A product of probabilities becomes a sum of losses",
)

FAULT = Part(
    "fault",
    "Somebody's negative log-likelihood",
    (
        Task(
            title="find the fault",
            kind="find the fault",
            open=2,
            hidden=2,
            reference=find_nll_fault,
            checks=FAULT_CHECKS,
            typical=mistakes.FIND_NLL_FAULT,
            forbids=("__name__", "inspect"),
            hints=(
                "ask first for one error of a thousand spreads: two of the nine give themselves away. Then choose a "
                "spread that is not 1, and three errors, so that the other seven answers are seven different numbers.",
                "a thousand spreads away the loss is 500,000.9; inf is the log in code, a few hundred nats or less is "
                "clipped. For the rest compute the right loss at σ = 3 and three errors, and from it by hand what "
                "the sum, base 10, a missing ½ log 2π or log σ, a turned sign and e²/2σ + ½ log σ would give. Compare.",
            ),
        ),
    ),
    taught="Take the logarithm on paper, not in code",
)

SCALES = Part(
    "scales",
    "A loss that predicts the scale, and forgives far targets",
    (
        Task(
            title="Laplace noise with its scale",
            kind="design",
            open=2,
            hidden=2,
            reference=laplace_scale_nll,
            checks=SCALE_CHECKS,
            typical=mistakes.LAPLACE_SCALE_NLL,
            forbids=("Loss", "scipy", "torch"),
            hints=(
                "write minus the logarithm of the density of one target with b = exp(u), and differentiate it twice, "
                "in the centre and in u. The mean over n targets divides each slope by n.",
                "each target costs |e| exp(−u) + u + log 2; the slopes are sign(e) exp(−u) / n and "
                "(1 − |e| exp(−u)) / n.",
            ),
        ),
    ),
    taught="The spread can be predicted too",
)

WAITING = Part(
    "waiting",
    "A loss for people who still wait",
    (
        Task(
            title="waiting NLL",
            kind="design",
            open=1,
            hidden=1,
            reference=waiting_nll,
            checks=WAITING_CHECKS,
            typical=mistakes.WAITING_NLL,
            forbids=("Loss", "scipy", "torch"),
            hints=(
                "the recipe: minus the logarithm of the probability that the model gave to what happened. What has "
                "happened to somebody who has waited 12 minutes and still waits?",
                "who has come: −log of exp(−y/μ)/μ, which is y/μ + log μ. Who still waits: −log of exp(−y/μ), which is "
                "y/μ. With μ = exp(z) both have the term y exp(−z); only the first has z.",
            ),
        ),
    ),
    taught="What was likely costs little, what was unlikely costs much",
)

CLAIMS = Argument(
    name="claims",
    title="May the insurer use the squared error?",
    levels=(
        Level(
            3,
            "says that the squared error asks for the mean whatever the noise is, and that the total is n times the "
            "mean, so it is right here; that the median, 0, would be useless; and that the question about one client "
            "in a hundred needs a distribution, or the pinball loss.",
            "The squared error learns the mean, and for that nobody needs a bell. The sum of all claims is 10,000 "
            "times the mean, so it is the right loss. The absolute error learns the median, which is 0 here, and the "
            "insurer would collect nothing. Which sum one client in a hundred exceeds, the mean does not say: for "
            "that he needs a distribution for the claims, such as a gamma for those above 0.",
        ),
        Level(
            2,
            "says that the squared error asks for the mean without any bell, but does not say what the median would "
            "do, or not what the distribution is needed for.",
            "The squared error is allowed, since it learns the mean, and chapter 01 proved that without a "
            "distribution. The insurer needs the mean, so it is fine.",
        ),
        Level(
            0,
            "says that the squared error needs Gaussian targets or noise, or argues about something else.",
            "The friend is right: the claims are not normally distributed, so the absolute error is safer.",
        ),
    ),
    taught="The squared error asks for the mean, bell or no bell",
)

EXERCISE = Exercise(__name__, (PARAMETERS, TOTALS, FAULT, SCALES, WAITING, CLAIMS))
TASKS = EXERCISE.tasks
