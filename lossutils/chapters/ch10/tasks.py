"""Chapter 10: slopes behind a softmax, steps to predict and count, a judge to build, an unfair comparison to find."""

from __future__ import annotations

from lossutils.chapters.ch10 import inputs, mistakes
from lossutils.chapters.ch10.references import (
    fair_verdict,
    fault_of_comparison,
    predicted_and_counted,
    softmax_slope,
)
from lossutils.judge.exercise import Argument, Exercise, Level, Part
from lossutils.judge.task import Check, Slot, Task

# What they are tried on ------------------------------------------------------------------------------------------

SLOPE_CHECKS = (
    Check("the squared error", inputs.rows_of_scores("squared")),
    Check("the absolute error", inputs.rows_of_scores("absolute")),
    Check("the third power", inputs.rows_of_scores("cubed")),
    Check("the root of the odds", inputs.rows_of_scores("odds")),
    Check("sure mistakes", inputs.sure_mistakes, hidden=True),
    Check("rows that are sure and right", inputs.sure_and_right, hidden=True),
    Check("rows that are moved as a whole, equal scores, whole numbers", inputs.all_alike, hidden=True),
)
WALK_CHECKS = (
    Check("the absolute error", inputs.walks("absolute")),
    Check("the third power", inputs.walks("cubed")),
    Check("the exponential loss and the hinge", inputs.walks("exponential", "hinge")),
    Check("very sure starts", inputs.surer, hidden=True),
    Check("few steps, and a walk that ends at 0", inputs.few_steps, hidden=True),
)
VERDICT_CHECKS = (
    Check("one loss is ahead in every seed", inputs.clear),
    Check("neither is ahead in every seed", inputs.close),
    Check("few seeds, and just enough", inputs.too_few),
    Check("rates at the edge", inputs.edges),
    Check("rates in any order", inputs.unsorted, hidden=True),
    Check("runs that diverged", inputs.diverged, hidden=True),
    Check("ties, lucky seeds, and test errors that tempt", inputs.ties, hidden=True),
)
FAULT_CHECKS = (
    Check(
        "a function that is right, one rate, largest or validation told",
        inputs.functions("right", "one rate", "largest", "validation told"),
    ),
    Check(
        "a function that is right, test chooses or best seed", inputs.functions("right", "test chooses", "best seed")
    ),
    Check(
        "a function that is right, other seeds or stops early", inputs.functions("right", "other seeds", "stops early")
    ),
    Check("runs that are dropped, and those that are not", inputs.functions("right", "drops diverged"), hidden=True),
    Check("the rate of the first way or of the last for all", inputs.both_of_one_rate, hidden=True),
    Check("all nine", inputs.all_nine, hidden=True),
)

# Where the reference has the factor by which the score moves: in the prediction and in the walk
BOTH_STEP = """predicted = distance / ({0} * rate)
    counted = 0
    while z > 0:
        p = 1 / (1 + np.exp(-z))
        slopes = {{"absolute": p * (1 - p), "cubed": p**3 * (1 - p), "exponential": np.exp(z / 2) / 2, "hinge": 1.0}}
        z = z - {0} * rate"""

# The exercise ----------------------------------------------------------------------------------------------------

SLOPES = Part(
    "slopes",
    "Four losses behind a softmax",
    (
        Task(
            title="slopes of four losses behind a softmax",
            kind="derive",
            open=2,
            hidden=2,
            reference=softmax_slope,
            checks=SLOPE_CHECKS,
            typical=mistakes.SOFTMAX_SLOPE,
            forbids=("Loss", "ch10", "scipy", "torch", "gradient"),
            slots=(Slot("factor", 1.0, (2.0,), "slope = -{}"),),  # 2 (1 − r) is the absolute error of all classes
            hints=(
                "for three of the losses only r matters: the slope in r, times the slope of r in each score. For the "
                "squared error add up over all probabilities that a score moves.",
                "with the slope g in the probabilities: p · (g − Σ g p). For a loss of r: (slope in r) · r · (q − p). "
                "In r the slopes are −«factor:g», −3 (1 − r)² and −½ / (r √(r (1 − r))).",
            ),
        ),
    ),
    taught="One of the two slopes has a factor that fades",
)

WALKS = Part(
    "walks",
    "Predict the steps, then count them",
    (
        Task(
            title="steps, predicted and counted",
            kind="predict",
            open=2,
            hidden=2,
            reference=predicted_and_counted,
            checks=WALK_CHECKS,
            typical=mistakes.PREDICTED_AND_COUNTED,
            forbids=("ch10", "scipy", "sympy", "descend"),
            slots=(Slot("factor", 2, (5,), BOTH_STEP),),  # 1 + the square of the input
            hints=(
                "write 1/slope as a sum of powers of e^z, and integrate each term from 0 to z. At z = 0 the integral "
                "is 0.",
                "1/slope: absolute e^z + 2 + e^−z; cubed e^z + 4 + 6 e^−z + 4 e^−2z + e^−3z; exponential 2 e^(−z/2); "
                "hinge 1. Divide the integral by «factor» · rate.",
            ),
        ),
    ),
    taught="Under the squared error, one unit surer means 2.7 times the steps",
)

VERDICT = Part(
    "verdict",
    "Build a judge of comparisons",
    (
        Task(
            title="a verdict on two losses",
            kind="design",
            open=2,
            hidden=2,
            reference=fair_verdict,
            checks=VERDICT_CHECKS,
            typical=mistakes.FAIR_VERDICT,
            forbids=("fair_compare", "Tuned", "ch10"),
            slots=(Slot("enough", 5, (4,), "if seeds < {}:"),),
            hints=(
                "first bring the rates into rising order, with all four arrays, and turn nan into infinity. After "
                "that every rule is a line.",
                "order = np.argsort(rates); best = np.argmin(np.median(validation, axis=1)), which takes the first of "
                "two that are equal; np.all(a < b) for every seed.",
            ),
        ),
    ),
    taught="A fair comparison gives each loss its own rate",
)

FAULT = Part(
    "somebody",
    "Somebody's comparison",
    (
        Task(
            title="find what is unfair",
            kind="find the fault",
            open=2,
            hidden=2,
            reference=fault_of_comparison,
            checks=FAULT_CHECKS,
            typical=mistakes.FAULT_OF_COMPARISON,
            forbids=("__name__", "inspect"),
            hints=(
                "take about seven rates, and put the least error of each kind at another rate: the least median, the "
                "least test error, the least error of one seed, the largest error.",
                "for the second way let the second rate be worse than the first, the right one be the third, one lucky "
                "seed stand at the fourth, nan in two of three seeds at the fifth. Give seeds that you did not ask for "
                "an error of their own.",
            ),
        ),
    ),
    taught="A fair comparison gives each loss its own rate",
)

ALPHABET = Argument(
    name="alphabet",
    title="New codes for old letters",
    taught="The loss falls by half, and nothing is learned",
    levels=(
        Level(
            4,
            "explains 1.9 and 1.0 as a wrong yes and a missed yes, and then no to every letter; says why patience does "
            "not help; takes cross-entropy or fresh weights; sees that the paper left the link out; and compares with "
            "a rate for each loss, validation and several seeds.",
            "1.9: the old letter is believed and the new one is not, each costs 1. 1.0: all say no, one is missed. "
            "There the slope is nearly 0, so steps grow like e to the score. I take cross-entropy on the same scores, "
            "or a fresh last layer. The paper had no sigmoids. I compare with a tuned rate each, and five seeds.",
        ),
        Level(
            2,
            "sees that the network is deaf where it is sure, and takes cross-entropy or a fresh start, but leaves one "
            "or two of the numbers, the paper and the comparison out.",
            "The network is sure and wrong, and the squared error behind sigmoids has no slope there. So use "
            "cross-entropy. The loss of 1.0 does not mean that it works. I would compare the accuracy.",
        ),
        Level(
            0,
            "believes the falling loss, or answers that one loss is always better, without a reason.",
            "The squared error is wrong for classification, so use cross-entropy.",
        ),
    ),
)

EXERCISE = Exercise(__name__, (SLOPES, WALKS, VERDICT, FAULT, ALPHABET))
TASKS = EXERCISE.tasks
