"""Chapter 02: slopes to derive, a rate and a number of steps to predict, a gradient to debug, a walk to design."""

from __future__ import annotations

from lossutils import Huber, SquaredError
from lossutils.chapters.ch02 import inputs, mistakes
from lossutils.chapters.ch02.references import (
    careful_walk,
    gradient_fault,
    rate_limit,
    slope_and_curvature,
    steps_needed,
)
from lossutils.judge.exercise import Argument, Exercise, Level, Part
from lossutils.judge.task import Check, Slot, Task

# What they are tried on ------------------------------------------------------------------------------------------

BEND_CHECKS = (
    Check("the fourth power", inputs.bends_of("fourth power")),
    Check("the pseudo-Huber loss", inputs.bends_of("pseudo-Huber")),
    Check("the Cauchy loss", inputs.bends_of("Cauchy")),
    Check("errors and scales in other units", inputs.other_sizes, hidden=True),
    Check("the error 0, and a table of errors", inputs.at_zero, hidden=True),
    Check("errors as large as the scale", inputs.at_the_scale, hidden=True),
)
LIMIT_CHECKS = (
    Check("inputs alone", inputs.inputs_alone),
    Check("other curvatures of the loss", inputs.other_bends),
    Check("weights of the samples", inputs.weighted_tables),
    Check("inputs far from 0", inputs.far_from_zero, hidden=True),
    Check("a light sample with huge inputs, and weights in other units", inputs.light_weights, hidden=True),
)
STEPS_CHECKS = (
    Check("one direction", inputs.one_direction),
    Check("several directions", inputs.several_directions),
    Check("a walk that never arrives", inputs.never, hidden=True),
    Check("a direction that arrives at once", inputs.at_once, hidden=True),
    Check("a number of times that is met exactly", inputs.whole_powers, hidden=True),
)
FAULT_CHECKS = (
    Check("a gradient that is right, or has a wrong sign", inputs.faults("right", "sign", "one sign")),
    Check(
        "a gradient that has a slope missing, two exchanged or a factor",
        inputs.faults("one missing", "swapped", "factor"),
    ),
    Check("a gradient without its penalty, or a right one", inputs.faults("penalty", "right")),
    Check("two weights", inputs.two_weights, hidden=True),
    Check("factors near 1, and small penalties", inputs.small_faults, hidden=True),
    Check("many weights", inputs.many_weights, hidden=True),
)
WALK_CHECKS = (
    Check("a rate that is small enough", inputs.walks_at(SquaredError(), 0.3, (1, 2, 5))),
    Check("a rate that is far too large", inputs.walks_at(SquaredError(), 9.0, (3, 8, 12))),
    Check("the absolute error and Huber's loss", inputs.bouncing),
    Check("the last step", inputs.last_step, hidden=True),
    Check("no step, and a single one", inputs.no_steps, hidden=True),
    Check("a start that is already the best place", inputs.at_rest, hidden=True),
    Check("the patients of the lecture", inputs.patients, hidden=True),
    Check("many steps with Huber's loss", inputs.walks_at(Huber(delta=1.5), 4.0, (15, 40)), hidden=True),
)

# The exercise ----------------------------------------------------------------------------------------------------

BENDS = Part(
    "bends",
    "Slopes and curvatures that the lecture does not derive",
    (
        Task(
            title="slopes and curvatures",
            kind="derive",
            open=2,
            hidden=2,
            reference=slope_and_curvature,
            checks=BEND_CHECKS,
            typical=mistakes.SLOPE_AND_CURVATURE,
            forbids=("Loss", "scipy", "sympy", "torch"),
            slots=(Slot("c", 1.0, (2.0, 0.5), "c={}"),),
            hints=(
                "write u for e/c. The chain rule gives each slope a factor 1/c, which one of the two c in c² cancels. "
                "For the curvature differentiate the slope once more, as a quotient.",
                "fourth power: e³ and 3e². Pseudo-Huber: e/√(1 + u²) and (1 + u²)^(−3/2). Cauchy: e/(1 + u²) and "
                "(1 − u²)/(1 + u²)².",
            ),
        ),
    ),
    taught="Four losses have four slopes",
)

LIMIT = Part(
    "limit",
    "The wall, with weights",
    (
        Task(
            title="the largest rate",
            kind="derive",
            open=1,
            hidden=1,
            reference=rate_limit,
            checks=LIMIT_CHECKS,
            typical=mistakes.RATE_LIMIT,
            forbids=("descend", "scipy"),
            slots=(Slot("bend", 1.0, (2.0, 0.25), "bend={}"),),
            hints=(
                "write the risk as Σ wᵢ ℓᵢ / Σ wᵢ and take the slope of the slope: what becomes of 1/n, and where do "
                "the weights stand?",
                "H = bend · Xᵀ W X / Σ w, where W has the weights on its diagonal; the limit is 2 / the largest "
                "eigenvalue of H.",
            ),
        ),
    ),
    taught="With many weights each direction has its own factor",
)

STEPS = Part(
    "steps",
    "How many steps?",
    (
        Task(
            title="steps needed",
            kind="predict",
            open=2,
            hidden=2,
            reference=steps_needed,
            checks=STEPS_CHECKS,
            typical=mistakes.STEPS_NEEDED,
            forbids=("descend", "scipy"),
            hints=(
                "each direction has its own factor. Which one is the slowest? It need not be the flattest.",
                "the slowest factor q is the largest |1 − rate · λ|. After t steps its distance is qᵗ of what it was: "
                "you need the smallest whole t with qᵗ ≤ 1/times, which is log(times) / −log(q), rounded up. With "
                "q ≥ 1 it is infinity, with q = 0 one step.",
            ),
        ),
    ),
    taught="With many weights each direction has its own factor",
)

FAULT = Part(
    "fault",
    "Somebody's gradient",
    (
        Task(
            title="find the fault",
            kind="find the fault",
            open=2,
            hidden=2,
            reference=gradient_fault,
            checks=FAULT_CHECKS,
            typical=mistakes.GRADIENT_FAULT,
            forbids=("__name__", "__closure__", "inspect", "scipy"),
            hints=(
                "compute the right slopes yourself, by central differences, at two or three random places. Then ask "
                "in how many slopes the claimed gradient differs, and how.",
                "with r the right and g the claimed slopes: none differs: right. g = −r: sign. One differs: one sign "
                "if g = −r there, one missing if g = 0 there. Two differ and g has r's two values exchanged: swapped. "
                "g = a·r with the same a in all slopes: factor. What is left is the penalty, where r − g is a "
                "multiple of w.",
            ),
        ),
    ),
    taught="A gradient that lowers the loss can still be wrong: check it",
)

WALK = Part(
    "walk",
    "A walk that mends its own rate",
    (
        Task(
            title="a careful walk",
            kind="design",
            open=2,
            hidden=2,
            reference=careful_walk,
            checks=WALK_CHECKS,
            typical=mistakes.CAREFUL_WALK,
            forbids=("descend", "scipy"),
            hints=(
                "do not move at once: compute where the step would lead, and what the risk is there.",
                "there = w − rate · Xᵀg with g = loss.grad(Xw, y). If the risk there is larger than at w, halve the "
                "rate and stay; else w = there. Do this exactly `steps` times.",
            ),
        ),
    ),
    taught="Gradient descent is a few lines, for any loss",
)

CURVE = Argument(
    name="curve",
    title="What does this curve tell?",
    levels=(
        Level(
            2,
            "says that at a fixed rate the absolute error bounces in a band, so that the curve shows neither a bug nor "
            "the best that can be reached, and proposes an experiment whose outcome would tell: a smaller (or falling) "
            "rate, which must lower the band, and a gradient check against a bug.",
            "At a fixed rate the slope of the absolute error does not fade, so the risk ends in a band. I go on at a "
            "tenth of the rate: if the band falls, it was the rate and not the data. A gradient check at three random "
            "places tells whether there is a bug as well.",
        ),
        Level(
            1,
            "names the bouncing or the rate, but proposes no experiment that could tell it from the two other causes.",
            "The learning rate is too large, it jumps around the minimum.",
        ),
        Level(
            0,
            "agrees with the colleague, or argues about something else.",
            "The data are noisy, and 0.05 is the irreducible part.",
        ),
    ),
    taught="At a fixed rate the absolute error bounces",
)

EXERCISE = Exercise(__name__, (BENDS, LIMIT, STEPS, FAULT, WALK, CURVE))
TASKS = EXERCISE.tasks
