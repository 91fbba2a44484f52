"""Chapter 01: best constants to derive, a move to predict, a fault to find, Huber's location, a loss for beds."""

from __future__ import annotations

from lossutils.chapters.ch01 import inputs, mistakes
from lossutils.chapters.ch01.references import bed_cost, best_constant, find_fault, huber_location, mse, predicted_move
from lossutils.judge import draws
from lossutils.judge.exercise import Argument, Exercise, Level, Part
from lossutils.judge.task import Check, Slot, Task

# What they are tried on ------------------------------------------------------------------------------------------

MSE_CHECKS = (
    Check("predictions and targets", draws.pairs),
    Check("weights", draws.weighted_pairs),
    Check("weights that are not whole", inputs.fractions, hidden=True),
    Check("weights given by name, as in `weight=w`", draws.weighted_pairs, hidden=True, by_name="weight"),
    Check("an empty input", inputs.nothing_with_weights, hidden=True),
    Check("integers of few bits", inputs.small_integers_with_weights, hidden=True),
)
CONSTANT_CHECKS = (
    Check("the squared logarithm of the ratio", inputs.constants_of("ratio")),
    Check("the squared percentage error", inputs.constants_of("squared percentage")),
    Check("the percentage error", inputs.percentages),
    Check("values far below 1 and far above", inputs.other_sizes, hidden=True),
    Check("weights that balance exactly", inputs.balanced_percentages, hidden=True),
    Check("a single value, and values that are all equal", inputs.equal_values, hidden=True),
)
MOVE_CHECKS = (
    Check("the squared error", inputs.moves("squared", (3, 5, 8, 24))),
    Check("the absolute error", inputs.moves("absolute", (2, 3, 4, 25))),
    Check("the maximum error or the Huber loss", inputs.moves_of_two),
    Check("the pinball loss", inputs.moves_of_a_quantile),
    Check("the pinball loss, where the best guess is a midpoint", inputs.moves_of_a_midpoint, hidden=True),
    Check("a single value", inputs.moves_of_one, hidden=True),
    Check("every loss with a `tau`, which counts for the pinball loss only", inputs.moves_with_a_tau, hidden=True),
)
FAULT_CHECKS = (
    Check("a function that is right, sum, root or absolute", inputs.functions("right", "sum", "root", "absolute")),
    Check("a function that is right, mean first or every pair", inputs.functions("right", "mean first", "every pair")),
    Check(
        "a function that is right, one side, factor or capped",
        inputs.functions("right", "one side", "factor", "capped"),
    ),
    Check("factors of all sizes", inputs.factors, hidden=True),
    Check("caps from 0.1 to 1000, and faults that look like a cap", inputs.caps, hidden=True),
    Check("errors of one sign only, and faults that look alike", inputs.sides, hidden=True),
)
LOCATION_CHECKS = (
    Check("values of which one is far off", inputs.contaminated, tolerance=1e-4),
    Check("the copper in the flour, four decimals", inputs.copper, tolerance=2e-5),
    Check("another k", inputs.other_k, tolerance=1e-4),
    Check("the copper in the flour, six decimals", inputs.copper, hidden=True, tolerance=3e-7),
    Check("other units", inputs.other_units, hidden=True),
    Check("values far from 0", inputs.far_from_zero, hidden=True, tolerance=3e-10),
    Check("a small k, which takes many small steps", inputs.small_k, hidden=True),
    Check("a scale of 0", inputs.more_than_half_equal, hidden=True),  # last: here some loops never end
)
BED_CHECKS = (
    Check("one number of beds for all days", inputs.days),
    Check("another `near`", inputs.other_near),
    Check("no neighbour at all", inputs.no_neighbour, hidden=True),
    Check("beds that differ from day to day, and parts of beds", inputs.beds_by_day, hidden=True),
    Check("demands just at the limit, and far beyond", inputs.at_the_limit, hidden=True),
)

# The exercise ----------------------------------------------------------------------------------------------------

WEIGHTS = Part(
    "weights",
    "Weights are copies",
    (
        Task(
            title="Mean squared error",
            open=1,
            hidden=1,
            reference=mse,
            checks=MSE_CHECKS,
            typical=mistakes.MSE,
            forbids=("Loss", "sklearn"),
            hints=(
                "subtract, square, average, in this order. np.average knows weights.",
                "Σ w·(pred − target)² / Σ w. Without weights every w is 1. Convert to float first, and raise a "
                "ValueError when there is no sample.",
            ),
        ),
    ),
    taught="The weight of a target says how many copies there are",
)

CONSTANT = Part(
    "constants",
    "Best guesses that the lecture does not derive",
    (
        Task(
            title="best constant",
            kind="derive",
            open=2,
            hidden=2,
            reference=best_constant,
            checks=CONSTANT_CHECKS,
            typical=mistakes.BEST_CONSTANT,
            forbids=("Loss", "scipy", "statsmodels"),
            hints=(
                "set the slope to 0 for the two squares; for the ratio, call log c and log y by new letters first. For "
                "the percentage error ask what each value adds to the slope: 1/y if it lies below c, −1/y if above.",
                "ratio: exp of the mean of log y. Squared percentage: Σ 1/y divided by Σ 1/y². Percentage: the median "
                "with the weights 1/y. Sort y; share[i] = (w[0] + … + w[i]) / Σ w; take the first y whose share "
                "reaches ½, and if it hits ½ up to rounding, the midpoint of this y and the next.",
            ),
        ),
    ),
    taught="The best constant is where the slope turns from minus to plus",
)

MOVE = Part(
    "moves",
    "How far does the best guess move?",
    (
        Task(
            title="predicted move",
            kind="predict",
            open=2,
            hidden=1,
            reference=predicted_move,
            checks=MOVE_CHECKS,
            typical=mistakes.PREDICTED_MOVE,
            forbids=("Loss", "scipy"),
            slots=(Slot("tau", 0.5, (0.9, 0.25), "tau={}"),),
            hints=(
                "write down each best guess as a rule: a sum divided by n, a value in the middle, a midpoint. What "
                "does it see of the largest value?",
                "squared t/n; maximum t/2, or t for n = 1; Huber 0. A quantile: (1 − tau)·n values may lie above the "
                "guess (tau = ½ for the absolute error). Fewer than 1: it is the largest value, which moves by t. "
                "Exactly 1: the midpoint of the two largest, t/2. More: 0.",
            ),
        ),
    ),
    taught="The pinball loss asks for a quantile",
)

FAULT = Part(
    "fault",
    "Somebody's mean squared error",
    (
        Task(
            title="find the fault",
            kind="find the fault",
            open=2,
            hidden=1,
            reference=find_fault,
            checks=FAULT_CHECKS,
            typical=mistakes.FIND_FAULT,
            forbids=("__name__", "inspect"),
            hints=(
                "choose errors of your own, by hand, so that the nine answers are nine different numbers: at least "
                "three errors, of both signs and different sizes, and targets that differ. For a cap, try errors of a "
                "million.",
                "for a few errors e compute mean(e²), its root, mean|e|, (mean e)², the mean over max(e, 0)² and over "
                "min(e, 0)², and the mean over all pairs; compare with what f returns. What is left is a sum, a factor "
                "or a cap: with a single error the sum is right and the factor is not; a cap is right for small errors "
                "and far too small for an error of a million.",
            ),
        ),
    ),
    taught="Each loss is one line of NumPy, and the library gives the same number",
)

LOCATION = Part(
    "location",
    "Huber's location",
    (
        Task(
            title="Huber's location",
            open=2,
            hidden=1,
            reference=huber_location,
            checks=LOCATION_CHECKS,
            typical=mistakes.HUBER_LOCATION,
            forbids=("Loss", "scipy", "statsmodels"),
            slots=(Slot("k", 1.5, (1.345, 2.0), "k={}"),),
            hints=(
                "start at the median and walk: how far, the residuals y − mu say. But none may say more than k · "
                "scale.",
                "scale = 1.4826 · median|y − median(y)|, once. Then mu ← mu + mean(clip(y − mu, −k·scale, k·scale)), "
                "until a step is at most 1e-9 · scale.",
            ),
        ),
    ),
    taught="You can limit an outlier's pull without deleting it",
)

BED_COST = Part(
    "hospital",
    "A loss made for a hospital",
    (
        Task(
            title="the cost of a day",
            kind="design",
            open=1,
            hidden=1,
            reference=bed_cost,
            checks=BED_CHECKS,
            typical=mistakes.BED_COST,
            forbids=("Loss",),
            slots=(Slot("near", 5, (4, 6), "near={}"), Slot("city", 9, (7, 12), ("then {}.", "{} * far"))),
            hints=(
                "draw the cost of one day against the number of missing beds: three straight lines that join.",
                "with m = demand − beds: an empty bed costs 1, so max(−m, 0). Of m missing beds, max(m − near, 0) cost "
                "«city» each, and the rest of max(m, 0) costs 3 each. Then the mean over the days.",
            ),
        ),
    ),
    taught="Four losses have four opinions about the same error",
)


BEDS = Argument(
    name="beds",
    title="Which loss plans hospital beds?",
    levels=(
        Level(
            3,
            "names the asymmetric cost, chooses the pinball loss (or builds another one that charges 9 to 1), and "
            "says that it learns a quantile, the one at 9 / (9 + 1) = 0.9, where mean or median would fall short.",
            "A missing bed costs 9, an empty one 1, so I take the pinball loss with tau = 0.9. A constant prediction "
            "learns the 0.9-quantile of the demand: the beds suffice on nine days of ten. The absolute error would "
            "learn the median, and on every second day somebody would be turned away.",
        ),
        Level(
            2,
            "names the asymmetric cost and a loss that respects it, but not what it learns, or with tau the wrong "
            "way round.",
            "Too few beds are worse than too many, so I use a pinball loss, which punishes predictions that are too "
            "low more.",
        ),
        Level(
            0,
            "treats both errors alike, or argues about something else.",
            "The mean absolute error, because it is robust against outliers and easy to explain.",
        ),
    ),
    taught="The pinball loss asks for a quantile",
)

EXERCISE = Exercise(__name__, (WEIGHTS, CONSTANT, MOVE, FAULT, LOCATION, BED_COST, BEDS))
TASKS = EXERCISE.tasks
