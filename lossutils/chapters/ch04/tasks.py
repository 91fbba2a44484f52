"""Chapter 04: a penalised coefficient to derive, units to predict, a fault to find, three parts and groups left out."""

from __future__ import annotations

from lossutils.chapters.ch04 import inputs, mistakes
from lossutils.chapters.ch04.references import (
    best_coefficient,
    fault_of_r2,
    in_new_units,
    left_out_rmse,
    three_parts,
)
from lossutils.judge.exercise import Argument, Exercise, Level, Part
from lossutils.judge.task import Check, Slot, Task

# What they are tried on ------------------------------------------------------------------------------------------

COEFFICIENT_CHECKS = (
    Check("a line through the origin, without a penalty", inputs.lines),
    Check("a penalty", inputs.penalised),
    Check("a penalty towards another number than 0", inputs.drawn_towards),
    Check("weights", inputs.weighted, hidden=True),
    Check("a single point, and inputs that are all 0", inputs.no_inputs, hidden=True),
    Check("other sizes, and whole numbers of few bits", inputs.other_sizes, hidden=True),
)
UNITS_CHECKS = (
    Check("mse, rmse, variance and r2", inputs.units_of("mse", "rmse", "variance", "r2")),
    Check("coefficient and intercept", inputs.units_of("coefficient", "intercept")),
    Check("slope, curvature and rate", inputs.units_of("slope", "curvature", "rate")),
    Check("intercept with a shift", inputs.units_of("intercept", shift=True), hidden=True),
    Check("every number, with a shift", inputs.units_of(*inputs.EVERYTHING, shift=True), hidden=True),
    Check("one new unit only", inputs.one_unit, hidden=True),
    Check("a number that is 0 or below", inputs.zero_and_below, hidden=True),
)
FAULT_CHECKS = (
    Check(
        "a function that is right, left over, roots or correlation",
        inputs.functions("right", "left over", "roots", "correlation"),
    ),
    Check(
        "a function that is right, every pair, n minus one or swapped",
        inputs.functions("right", "every pair", "n minus one", "swapped"),
    ),
    Check(
        "a function that is right, never negative, spread or other mean",
        inputs.functions("right", "never negative", "spread", "other mean"),
    ),
    Check("other means of all sizes", inputs.other_means, hidden=True),
    Check("faults that show with some predictions only", inputs.twins, hidden=True),
)
PARTS_CHECKS = (
    Check("a few fits", inputs.fitted(((2, 2), (3, 4), (4, 2), (30, 12)))),
    Check("a noise for each place", inputs.fitted(((2, 3), (4, 3), (9, 5)), inputs.by_place)),
    Check("weights", inputs.fitted(((2, 3), (4, 5), (3, 4)), inputs.by_place, weights=True), hidden=True),
    Check("as many fits as places, and a single fit", inputs.fitted(((3, 3), (4, 4), (1, 3), (1, 1))), hidden=True),
    Check("an estimate of bias² below 0", inputs.near_the_truth),
    Check("whole numbers, with a noise that is not whole", inputs.whole_numbers, hidden=True),
    Check("no noise, and other sizes", inputs.no_noise, hidden=True),
)
GROUPS_CHECKS = (
    Check("groups of one", inputs.grouped((((1, 1, 1, 1), 1), ((1, 1, 1, 1, 1, 1), 1)))),
    Check("groups of several", inputs.grouped((((2, 3, 4), 1), ((3, 5, 2, 6), 2)))),
    Check("labels that are no places", inputs.grouped((((2, 4, 3), 1), ((5, 2, 7, 3), 2)), inputs.years), hidden=True),
    Check("labels that are letters", inputs.grouped((((2, 5, 3), 1), ((6, 2, 9), 3)), inputs.letters), hidden=True),
    Check("whole targets, labels that are not whole, and inputs far from 0", inputs.far_and_whole, hidden=True),
    Check("the plant", inputs.plant, hidden=True),
)

# The exercise ----------------------------------------------------------------------------------------------------

COEFFICIENT = Part(
    "penalty",
    "A coefficient that is held back",
    (
        Task(
            title="best coefficient",
            kind="derive",
            open=2,
            hidden=2,
            reference=best_coefficient,
            checks=COEFFICIENT_CHECKS,
            typical=mistakes.BEST_COEFFICIENT,
            forbids=("Loss", "scipy", "sklearn", "statsmodels"),
            slots=(Slot("towards", 0.0, (1.0, 3.0), "towards={}"),),
            hints=(
                "write the risk as a mean plus the penalty, and take the derivative in w. It is a straight line in w: "
                "where is it 0?",
                "2 · mean of x (w x − y) + 2 λ (w − t) = 0. So w is (mean of x y + λ t) divided by (mean of x² + λ); "
                "with weights both means are weighted means.",
            ),
        ),
    ),
    taught="At the best line the errors stand at right angles to every input",
)

UNITS = Part(
    "units",
    "The same line in other units",
    (
        Task(
            title="predict what units do",
            kind="predict",
            open=2,
            hidden=2,
            reference=in_new_units,
            checks=UNITS_CHECKS,
            typical=mistakes.IN_NEW_UNITS,
            forbids=("Loss",),
            hints=(
                "which unit has each number? mpg, mpg², mpg per horsepower, horsepower², none? A shift moves all "
                "targets and all predictions alike, and so no error.",
                "variance and mse u², rmse u, r2 1, coefficient u/v, intercept u and then + shift, slope u·v, "
                "curvature v², rate 1/v².",
            ),
        ),
    ),
    taught="\"Large targets need a small rate\": a network's do, a line's do not",
)

FAULT = Part(
    "somebody",
    "Somebody's R²",
    (
        Task(
            title="find the fault",
            kind="find the fault",
            open=2,
            hidden=2,
            reference=fault_of_r2,
            checks=FAULT_CHECKS,
            typical=mistakes.FAULT_OF_R2,
            forbids=("__name__", "inspect"),
            hints=(
                "choose predictions by hand so that all ten answers are different numbers: errors whose mean is not "
                "0, few samples, and once predictions that are worse than the mean.",
                "for one choice compute the eight formulas of the table that you know numbers for, and compare with "
                "what f returns. If none fits, it is another mean. If the right one fits, ask once more with "
                "predictions that are far off: the right one is below 0 there.",
            ),
        ),
    ),
    taught="RMSE has the target's unit, $R^2$ compares with the mean",
)

PARTS = Part(
    "estimate",
    "Three parts from single measurements",
    (
        Task(
            title="bias², variance and noise",
            kind="design",
            open=1,
            hidden=2,
            reference=three_parts,
            checks=PARTS_CHECKS,
            typical=mistakes.THREE_PARTS,
            forbids=("Loss",),
            hints=(
                "average over the fits first, at each place. What has the square of (mean prediction − measurement) "
                "as its mean, if the measurement is off by the noise?",
                "usual = mean over the fits; variance = mean over the places of the mean of (pred − usual)²; noise = "
                "its mean over the places; bias² = mean of (usual − target)² minus that noise. With weights, the means "
                "over the places are weighted.",
            ),
        ),
    ),
    taught="The error of a model that learns has three parts",
)

GROUPS = Part(
    "groups",
    "Leave whole groups out",
    (
        Task(
            title="training error and error on new groups",
            open=1,
            hidden=1,
            reference=left_out_rmse,
            checks=GROUPS_CHECKS,
            typical=mistakes.LEFT_OUT_RMSE,
            forbids=("Loss", "sklearn", "statsmodels"),
            hints=(
                "for each group: fit without it, predict it, and write the predictions into their places. The roots "
                "come last.",
                "for each label g in np.unique(group): w from the rows with group ≠ g, predictions A w for those with "
                "group = g. Then one RMSE of all these predictions, beside the one of the fit to all rows.",
            ),
        ),
    ),
    taught="Leave each car out once: the textbook's 24.23",
)

REPORT = Argument(
    name="report",
    title="Which number, for whom?",
    levels=(
        Level(
            3,
            "gives each of the three readers a number that suits them, with a reason from what it measures (unit, "
            "comparison with the mean, weight of large errors), and names one thing that all of them hide, with the "
            "picture or table that shows it.",
            "The customer gets the mean absolute error or the RMSE: both are in kWh. The colleague gets R²: towns "
            "with large variance have large errors, and R² compares with the variance of each town. The operator gets "
            "the MSE, because its cost grows with the square. None of them shows that the errors in winter are three "
            "times those in summer; I add the errors drawn against the temperature.",
        ),
        Level(
            2,
            "gives two of the readers a suitable number with a reason, or all three without what is hidden.",
            "For the customer the RMSE, since it has the unit kWh. For the colleague R², since it does not depend on "
            "the unit. For the operator also the RMSE.",
        ),
        Level(
            0,
            "gives everybody the same number, or gives no reasons.",
            "I report the MSE to all, because the model was trained with it.",
        ),
    ),
    taught="RMSE has the target's unit, $R^2$ compares with the mean",
)

EXERCISE = Exercise(__name__, (COEFFICIENT, UNITS, FAULT, PARTS, GROUPS, REPORT))
TASKS = EXERCISE.tasks
