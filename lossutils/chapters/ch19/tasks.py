"""Chapter 19: a slope to derive, the least loss to predict, a fault to find, a group for what belongs to none."""

from __future__ import annotations

from lossutils.chapters.ch19 import inputs, mistakes
from lossutils.chapters.ch19.references import centre_slopes, fault_of_rules, least_loss, noise_memberships
from lossutils.judge.exercise import Argument, Exercise, Level, Part
from lossutils.judge.task import Check, Slot, Task

OTHERS_WORK = ("lossutils", "scipy", "sklearn", "skfuzzy", "torch", "jax")

# What they are tried on ------------------------------------------------------------------------------------------

SLOPE_CHECKS = (
    Check("two rules of Gaussian shape, and the shape left out", inputs.slopes_of("gaussian")),
    Check("the two other shapes", inputs.slopes_of("hill", "cosh")),
    Check("three to five rules", inputs.several_rules, hidden=True),
    Check("rows far from all centres", inputs.far_rows, hidden=True),
    Check("rows on which the rules agree, with targets far off", inputs.agreeing_rules, hidden=True),
    Check("rows on a centre, whole numbers, and lists", inputs.on_a_centre, hidden=True),
    Check("other units", inputs.slopes_in_other_units, hidden=True),
)
LEAST_CHECKS = (
    Check("a model with inputs and a softmax", inputs.rows_for_the_softmax),
    Check("a model without inputs", inputs.constants_for_the_softmax),
    Check("a logistic loss for each class", inputs.questions),
    Check("memberships of 0 and 1", inputs.certain_rows, hidden=True),
    Check("memberships next to 0", inputs.nearly_certain, hidden=True, tolerance=1e-7),
    Check("rows that do not sum to 1", inputs.sums_that_are_wrong, hidden=True),
    Check("hundreds of rows", inputs.many_rows, hidden=True),
)
FAULT_CHECKS = (
    Check(
        "a function that is right, not divided, plain mean or winner",
        inputs.functions("right", "not divided", "plain mean", "winner"),
    ),
    Check("a function that is right, minimum, sum or squared", inputs.functions("right", "minimum", "sum", "squared")),
    Check(
        "a function that is right, softmax, order, one input or dropped",
        inputs.functions("right", "softmax", "order", "one input", "dropped"),
    ),
    Check("cuts of all sizes", inputs.every_cut, hidden=True),
    Check("either input that is ignored", inputs.either_input, hidden=True),
    Check("faults that agree on some memberships", inputs.look_alikes, hidden=True),
)
NOISE_CHECKS = (
    Check("the memberships for given centres", inputs.no_round),
    Check("one round, and two", inputs.one_round),
    Check("clouds of rows, with the defaults", inputs.clouds),
    Check("iris flowers and a giant", inputs.irises, hidden=True),
    Check("rows on a centre", inputs.on_centres, hidden=True),
    Check("tiny and huge distances, and other exponents", inputs.tiny_and_huge, hidden=True),
    Check("other reaches, one group, whole numbers and lists", inputs.other_reaches, hidden=True),
)

# The exercise ----------------------------------------------------------------------------------------------------

SLOPES = Part(
    "centres",
    "The slope in a centre",
    (
        Task(
            title="slope of the loss in each centre",
            kind="derive",
            open=2,
            hidden=2,
            reference=centre_slopes,
            checks=SLOPE_CHECKS,
            typical=mistakes.CENTRE_SLOPES,
            forbids=(*OTHERS_WORK, "imag"),
            slots=(Slot("shape", "gaussian", ("hill", "cosh"), 'shape="{}"'),),
            hints=(
                "multiply three slopes: of the loss in the prediction, of the prediction in a log strength, and of the "
                "log strength in the centre. The lecture has the one in the middle.",
                "with e = blend − y: 2 e · share · (rule − blend) · s / h, and the mean over the rows. s is u for "
                '"gaussian", 2u / (1 + u²) for "hill" and tanh u for "cosh".',
            ),
        ),
    ),
    taught="The slope in a strength asks: is this rule above the blend, or below?",
)

LEAST = Part(
    "floors",
    "The least loss",
    (
        Task(
            title="predict the least loss",
            kind="predict",
            open=2,
            hidden=2,
            reference=least_loss,
            checks=LEAST_CHECKS,
            typical=mistakes.LEAST_LOSS,
            forbids=OTHERS_WORK,
            slots=(Slot("digits", 6, (7, 8), "off > 1e-{}"),),
            hints=(
                "which row should a model say that knows the inputs? Which one, if it must say the same to all? What "
                "does it pay then?",
                "softmax: mean over rows of −Σ q log q. Sigmoid: −Σ (q log q + (1 − q) log(1 − q)). Without inputs "
                "take the mean row first. 0 · log 0 is 0.",
            ),
        ),
    ),
    taught="Memberships as targets leave a floor",
)

FAULT = Part(
    "somebody",
    "Somebody's rules",
    (
        Task(
            title="find the fault",
            kind="find the fault",
            open=2,
            hidden=2,
            reference=fault_of_rules,
            checks=FAULT_CHECKS,
            typical=mistakes.FAULT_OF_RULES,
            forbids=("__name__", "inspect"),
            hints=(
                "choose four memberships, all different, that do not sum to 1, and four rules that say different "
                "numbers. Which of the words then give the same answer?",
                "compute what each word would return, and compare. If it fits right, ask again with the first two "
                "memberships times a millionth: a right function returns the same, one that leaves rules out does not.",
            ),
        ),
    ),
    taught="Membership, strength, share, prediction: four short formulas",
)

NOISE = Part(
    "noise",
    "A group for what belongs to none",
    (
        Task(
            title="memberships with a noise group",
            kind="design",
            open=2,
            hidden=3,
            reference=noise_memberships,
            checks=NOISE_CHECKS,
            typical=mistakes.NOISE_MEMBERSHIPS,
            forbids=OTHERS_WORK,
            slots=(Slot("m", 2.0, (1.8, 2.2), "m={}"),),
            hints=(
                "the noise group is a column of squared distances like the others; but no centre follows from it.",
                "squares: one column a centre, and a last one of reach². q = shares of (1/squares)^(1/(m − 1)). New "
                "centre: Σ q^m · row / Σ q^m. Divide by the nearest square first, so that nothing overflows.",
            ),
        ),
    ),
    taught="Fuzzy c-means: a loss that looks for the sets itself",
)

GREENHOUSE = Argument(
    name="greenhouse",
    title="Would you buy these rules?",
    taught="Sixty-four rules fit every car they learnt from, and miss the others by hundreds",
    levels=(
        Level(
            3,
            "judges all three sentences rightly: more coefficients than days, so an error of 0 says nothing, and days "
            "that are new are asked for; the loss decides about slips, and one is named with its scale or edge; a "
            "membership is no probability. Says what would change the decision.",
            "405 coefficients for 300 days fit anything, so I ask for the error on days that were not used. The "
            "squared error believes every slip: predictions are 1.6 times too high on average. I would fit the same "
            "rules under Cauchy's loss, with the scale from a median. 0.8 says how far a temperature belongs to frost.",
        ),
        Level(
            2,
            "judges two of the sentences rightly, with a reason each, or all three without asking for new days.",
            "The error of 0 comes from too many coefficients. Slips need a robust loss, not rules.",
        ),
        Level(
            0,
            "trusts the training error, or gives no reason.",
            "I would buy them, since they are exact.",
        ),
    ),
)

EXERCISE = Exercise(__name__, (SLOPES, LEAST, FAULT, NOISE, GREENHOUSE))
TASKS = EXERCISE.tasks
