"""Chapter 20: learnt weights to derive, epochs to predict, errors in units, faults to find, a choice to design."""

from __future__ import annotations

from lossutils.chapters.ch20 import inputs, mistakes
from lossutils.chapters.ch20.references import (
    choose_forecast,
    epochs_needed,
    errors_in_units,
    log_variances,
    planted_fault,
)
from lossutils.judge.exercise import Argument, Exercise, Level, Part
from lossutils.judge.task import Check, Slot, Task

# What they are tried on ------------------------------------------------------------------------------------------

SUM_CHECKS = (
    Check('terms of the kind "variance"', inputs.terms("variance")),
    Check('terms of the kind "deviation"', inputs.terms("deviation")),
    Check('terms of the kinds "absolute" and "classes"', inputs.terms("absolute", "classes")),
    Check("several kinds in one sum", inputs.mixed_terms, hidden=True),
    Check("losses of very different sizes", inputs.far_terms, hidden=True, tolerance=1e-11),
    Check("whole numbers in lists", inputs.plain_lists, hidden=True),
)
EPOCH_CHECKS = (
    Check("raw targets", inputs.raw_targets),
    Check("a last batch that is smaller", inputs.smaller_last_batch),
    Check("centred and standardised targets", inputs.scaled),
    Check("a weight before the loss", inputs.weighted, hidden=True),
    Check("other rates", inputs.other_rates, hidden=True),
    Check("ways that fit exactly", inputs.ways_that_fit, hidden=True),
    Check("means below 0", inputs.means_below_zero, hidden=True),
    Check("one epoch, and thousands", inputs.one_epoch_or_thousands, hidden=True),
)
UNIT_CHECKS = (
    Check("two columns in one unit", inputs.tables((40, 9), (12, 5)), tolerance=1e-10),
    Check("grams and millimetres", inputs.tables((4200, 800), (200, 14)), tolerance=1e-10),
    Check("one column", inputs.tables((-30, 8)), hidden=True, tolerance=1e-10),
    Check("units that are far apart", inputs.tables((1, 0.3), (9e6, 2e5), (-50, 40)), hidden=True, tolerance=1e-12),
    Check("whole numbers, and few rows", inputs.whole_targets, hidden=True, tolerance=1e-10),
)
FAULT_CHECKS = (
    Check("right, softmax twice and classes", inputs.functions("right", "softmax twice", "classes")),
    Check("right, all pairs and padding", inputs.functions("right", "all pairs", "padding")),
    Check("right and float32", inputs.functions("right", "float32")),
    Check("right and batch means", inputs.functions("right", "batch means")),
    Check("all seven", inputs.functions(*inputs.MADE), hidden=True),
    Check("faults that look alike", inputs.functions("padding", "batch means", "right", "all pairs"), hidden=True),
)
FORECAST_CHECKS = (
    Check("every total is right enough", inputs.all_pass),
    Check("the cheapest misses the total", inputs.cheapest_fails),
    Check("no total is right enough", inputs.none_passes),
    Check("totals at the limit", inputs.at_the_limit, hidden=True),
    Check("equal costs", inputs.equal_costs, hidden=True),
    Check("prices the other way round", inputs.cheapest_fails, hidden=True),
    Check("lists, one forecast, many forecasts", inputs.whole_and_lists, hidden=True),
)

# Where the reference has the standard deviations to the farthest target, for each scale
FARTHEST = """farthest = abs(mean) + {0} * sd
    if scale == "centred":
        farthest = {0} * sd
    if scale == "standardised":
        farthest = {0}.0"""

# The exercise ----------------------------------------------------------------------------------------------------

SUM = Part(
    "sum",
    "A sum whose weights are learnt",
    (
        Task(
            title="value, slopes, best s, least value",
            kind="derive",
            open=2,
            hidden=2,
            reference=log_variances,
            checks=SUM_CHECKS,
            typical=mistakes.LOG_VARIANCES,
            forbids=("LearntWeights", "scipy", "sympy", "torch", "jax"),
            slots=(Slot("price", 0.5, (0.25, 2.0), '"classes": (1.0, 1, {})'),),
            hints=(
                "each term has the form c · exp(−m·s) · R + d·s. Write down c, m and d for each of the four kinds, and "
                "derive once, with letters.",
                "slope d − m·c·exp(−m·s)·R. It is 0 at s = ln(m·c·R/d) / m, and there the term is d/m + d·s.",
            ),
        ),
    ),
    taught="A weight can be learnt, if it has to pay for being small",
)

EPOCHS = Part(
    "epochs",
    "How many epochs does an output need?",
    (
        Task(
            title="predict the epochs",
            kind="predict",
            open=1,
            hidden=2,
            reference=epochs_needed,
            checks=EPOCH_CHECKS,
            typical=mistakes.EPOCHS_NEEDED,
            forbids=("train", "Network", "Adam"),
            slots=(Slot("far", 2, (3,), FARTHEST),),
            hints=(
                "how far does the output come in one step, and how many steps has an epoch? Which of the arguments do "
                "not count?",
                "one step (neurons + 1) · rate; an epoch has rows / batch steps, rounded up; the way is |mean| + "
                "«far» sd, «far» sd or «far». Divide, and round up.",
            ),
        ),
    ),
    taught="An output can go only so far",
)

UNITS = Part(
    "units",
    "Back to the unit of the reader",
    (
        Task(
            title="errors in units",
            open=1,
            hidden=1,
            reference=errors_in_units,
            checks=UNIT_CHECKS,
            typical=mistakes.ERRORS_IN_UNITS,
            forbids=("sklearn", "scipy", "pandas"),
            hints=(
                "which rows give the mean and the standard deviation, and on which rows do you judge?",
                "prediction = mean + sd · output, with mean and sd of each column over the rows learnt from; then the "
                "root of the mean squared error over the other rows.",
            ),
        ),
    ),
    taught="Standardise, and both losses start near 1",
)

FAULT = Part(
    "fault",
    "Six planted faults",
    (
        Task(
            title="find the fault",
            kind="find the fault",
            open=2,
            hidden=2,
            reference=planted_fault,
            checks=FAULT_CHECKS,
            typical=mistakes.PLANTED_FAULT,
            forbids=("__name__", "inspect"),
            hints=(
                "choose five rows by hand: scores that differ, three classes, one row of padding. Then work out what "
                "each of the seven functions returns. One fault needs a row of its own, with scores far apart.",
                "with z = (0, 300), class 0, float32 gives ∞. For the others compute the seven values on five rows, "
                "one of them padding, and take the nearest.",
            ),
        ),
    ),
    taught='"It runs, and the loss is a number, so it is right"',
)

FORECAST = Part(
    "forecast",
    "Judge by what you pay",
    (
        Task(
            title="choose a forecast",
            kind="design",
            open=1,
            hidden=2,
            reference=choose_forecast,
            checks=FORECAST_CHECKS,
            typical=mistakes.CHOOSE_FORECAST,
            forbids=("choose", "Loss", "sklearn", "pandas"),
            hints=(
                "compute two numbers for each column: its cost, and how far its total is off. Which one decides, when?",
                "cost = sum of low · (target − prediction) where it is too low and of high · (prediction − target) "
                "where it is too high. np.where(allowed, costs, np.inf) and np.argmin.",
            ),
        ),
    ),
    taught='"The model with the smaller error is better": ask what you report',
)

LUNCHES = Argument(
    name="lunches",
    title="The report: lunches for twelve wards",
    taught="A report names the cost before the loss",
    levels=(
        Level(
            4,
            "gives all seven lines, derives τ = 0.75 or the price 9 to 3 for the lunches from the cost, treats the "
            "slips, puts both tasks on one scale or trains them apart, judges by francs on later weeks over several "
            "seeds beside a simpler rival, and names a case against the choice.",
            "Lunches are counts; a missing one costs 9 francs, one left over 3, so I want the 0.75-quantile: pinball. "
            "The two weeks in trays I find and mend first. The share gets a logistic loss. Lunches are standardised "
            "before I add. Rival: last week's number, and its own best margin. I report francs a day in the last ten "
            "weeks, five seeds. Against it: the wards' quantiles do not add up to the kitchen's.",
        ),
        Level(
            2,
            "lets the loss follow from the cost and judges by francs on new weeks, but two or three of the seven lines "
            "are missing, or both tasks are added as they are.",
            "Because a missing lunch costs three times as much, I take the pinball loss with τ = 0.75 and compare the "
            "francs on the last ten weeks. For the share I take the logistic loss and add it.",
        ),
        Level(
            0,
            "names a loss without its cost, compares losses by their own values, or chooses on the reported weeks.",
            "I tried the squared error and the absolute error, and the absolute error was smaller, so I take it.",
        ),
    ),
)

EXERCISE = Exercise(__name__, (SUM, EPOCHS, UNITS, FAULT, FORECAST, LUNCHES))
TASKS = EXERCISE.tasks
