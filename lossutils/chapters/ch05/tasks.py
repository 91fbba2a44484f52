"""Chapter 05: weights and pulls to derive, a place to predict, a fault to find, best lines and a second stage."""

from __future__ import annotations

from lossutils.chapters.ch05 import inputs, mistakes
from lossutils.chapters.ch05.references import (
    best_lines,
    fault_of_weights,
    largest_pull,
    robust_weight,
    tukey_line,
    where_it_lands,
)
from lossutils.judge.exercise import Argument, Exercise, Level, Part
from lossutils.judge.task import Check, Slot, Task

# What they are tried on ------------------------------------------------------------------------------------------

WEIGHT_CHECKS = (
    Check("the fair loss", inputs.weights_of("fair")),
    Check("the Welsch loss", inputs.weights_of("welsch")),
    Check("log cosh", inputs.weights_of("log cosh")),
    Check("the sine loss", inputs.weights_of("sine")),
    Check("tiny errors and 0", inputs.rows_that_are_met, hidden=True),
    Check("rows that all lie beyond the edge", inputs.far_rows_only, hidden=True),
    Check("the sine loss close to u = π", inputs.close_to_flat, hidden=True),
    Check("other sizes, whole numbers, and a single row", inputs.other_sizes, hidden=True),
)
PULL_CHECKS = (
    Check("the two losses whose pull falls again", inputs.pulls("welsch", "sine")),
    Check("the two losses whose pull grows for ever", inputs.pulls("fair", "log cosh")),
    Check("other edges", inputs.pulls_of_other_edges, hidden=True),
)
LANDING_CHECKS = (
    Check("few slips under the squared and the absolute error", inputs.slips("squared", "absolute")),
    Check("few slips under Huber's and Tukey's loss", inputs.slips("huber", "tukey")),
    Check("slips near the edge of Huber's loss", inputs.near_slips),
    Check("more slips than other values", inputs.majorities, hidden=True),
    Check("as many slips as other values", inputs.halves, hidden=True),
    Check("no slip, or nothing else", inputs.none_or_all, hidden=True),
    Check("an edge that counts, or does not", inputs.one_edge, hidden=True),
)
FAULT_CHECKS = (
    Check(
        "a function that is right, no factor, slope or dropped",
        inputs.functions("right", "no factor", "slope", "dropped"),
    ),
    Check(
        "a function that is right, deviation, about the median or root",
        inputs.functions("right", "deviation", "about the median", "root"),
    ),
    Check("a function that is right, fixed scale or one side", inputs.functions("right", "fixed scale", "one side")),
    Check("fixed scales of all sizes", inputs.fixed_scales, hidden=True),
    Check("both one-sided functions, and faults that look alike", inputs.sides, hidden=True),
    Check("faults that agree on some errors", inputs.look_alikes, hidden=True),
)
LINES_CHECKS = (
    Check("a few points", inputs.few_points),
    Check("points of which some are far off", inputs.with_slips),
    Check("points with many best lines", inputs.tied, hidden=True),
    Check("totals that differ in the sixth digit", inputs.nearly_tied, hidden=True),
    Check("several targets at one input", inputs.same_inputs, hidden=True),
    Check("points on one line", inputs.on_a_line, hidden=True),
    Check("other sizes, and whole numbers", inputs.lines_in_other_units, hidden=True),
    Check("points with many best lines, in other units", inputs.ties_in_other_units, hidden=True),
)
SEARCH_CHECKS = (
    Check("a search from least squares", inputs.searches(inputs.least_squares)),
    Check("a search from a line beside the right one", inputs.searches(inputs.beside_the_truth)),
    Check("another edge", inputs.searches(inputs.tilted, (3.44, 6.0)), hidden=True),
    Check("starts that end at different lines", inputs.two_starts, hidden=True),
    Check("other units, and a line that is a list", inputs.in_other_units, hidden=True),
)

# The exercise ----------------------------------------------------------------------------------------------------
WEIGHTS = Part(
    "weights",
    "Four losses that the lecture does not treat",
    (
        Task(
            title="weights of four losses",
            kind="derive",
            open=2,
            hidden=2,
            reference=robust_weight,
            checks=WEIGHT_CHECKS,
            typical=mistakes.ROBUST_WEIGHT,
            forbids=("Loss", "scipy", "statsmodels", "irls"),
            slots=(Slot("c", 1.0, (2.0, 1.5), "c={}"),),
            hints=(
                "differentiate by the chain rule: the derivative with respect to u, times 1/c. Then divide by e = c·u. "
                "What cancels?",
                "with u = |e|/c: fair 1 / (1 + u), Welsch exp(−u²/2), log cosh tanh(u) / u, sine sin(u) / u up to "
                "u = π and 0 beyond. At u = 0 the last two are 1.",
            ),
        ),
    ),
    taught="The weight of a row is its slope divided by its error",
)

PULL = Part(
    "pull",
    "How hard can a row pull?",
    (
        Task(
            title="the largest pull",
            kind="derive",
            open=1,
            hidden=1,
            reference=largest_pull,
            checks=PULL_CHECKS,
            typical=mistakes.LARGEST_PULL,
            forbids=("Loss", "scipy", "statsmodels", "irls"),
            slots=(Slot("c", 1.0, (2.0, 0.5), "c={}"),),
            hints=(
                "the pull is weight times error. Where is its derivative 0, and what becomes of it for a huge error?",
                "Welsch e · exp(−u²/2): u = 1. Sine c · sin u: u = π/2. Fair e / (1 + u) and log cosh c · tanh u: both "
                "grow for ever, towards c.",
            ),
        ),
    ),
    taught="A robust loss limits how hard one row can pull",
)

LANDING = Part(
    "landing",
    "Where does the constant land?",
    (
        Task(
            title="predict where it lands",
            kind="predict",
            open=2,
            hidden=1,
            reference=where_it_lands,
            checks=LANDING_CHECKS,
            typical=mistakes.WHERE_IT_LANDS,
            forbids=("Loss", "scipy", "statsmodels", "irls"),
            slots=(Slot("edge", 1.0, (2.0, 0.5), "edge={}"),),
            hints=(
                "for each loss write down where the pull of the n − m values at 0 balances that of the m values at t. "
                "Begin with few slips, and turn the picture round for many.",
                "few slips: squared m·t/n; absolute and Tukey 0; Huber the smaller one of m·t/n and m·edge/(n − m). "
                "Many slips: t minus the same with n − m in the place of m. Half: t/2.",
            ),
        ),
    ),
    taught="The weight of a row is its slope divided by its error",
)

FAULT = Part(
    "somebody",
    "Somebody's weights",
    (
        Task(
            title="find the fault",
            kind="find the fault",
            open=2,
            hidden=1,
            reference=fault_of_weights,
            checks=FAULT_CHECKS,
            typical=mistakes.FAULT_OF_WEIGHTS,
            forbids=("__name__", "inspect"),
            hints=(
                "choose errors by hand on which the nine functions return nine different arrays: both signs, several "
                "far ones on either side, a median that is not 0.",
                "compute the eight arrays whose scale you know (the one-sided ones are two), and compare them with "
                "f(e). A fixed scale shows when f(1e9 · e) differs from f(e).",
            ),
        ),
    ),
    taught="Far compared with what? The scale comes from the middle of the errors",
)

LINES = Part(
    "lines",
    "All best lines of the absolute error",
    (
        Task(
            title="least total, and the range of best coefficients",
            kind="design",
            open=1,
            hidden=2,
            reference=best_lines,
            checks=LINES_CHECKS,
            typical=mistakes.BEST_LINES,
            forbids=("Loss", "best_pair_lines", "pair_lines", "scipy", "statsmodels", "sklearn"),
            hints=(
                "two loops give all pairs. Keep the total and the coefficient of each line; look for the least total "
                "only at the end.",
                "for points i and j: coefficient = (y_i − y_j) / (x_i − x_j), errors = y_i + coefficient · (x − x_i) − "
                "y. Best are the lines whose total is at most the least one + 1e-9 · n · (max y − min y).",
            ),
        ),
    ),
    taught="The absolute error has no edge, but many best lines here",
)

SEARCH = Part(
    "stages",
    "The second stage of a search",
    (
        Task(
            title="Tukey's line from a given one",
            open=1,
            hidden=1,
            reference=tukey_line,
            checks=SEARCH_CHECKS,
            typical=mistakes.TUKEY_LINE,
            forbids=("Loss", "irls", "median_scale", "scipy", "statsmodels", "sklearn"),
            slots=(Slot("edge", 4.685, (3.44, 6.0), "edge={}"),),
            hints=(
                "what is computed once, and what in each round? Only the errors, the weights and the line change.",
                "scale from the given line. In each round: u = errors / (edge · scale); root = 1 − u² where |u| < 1, "
                "else 0; lstsq of root · X and root · y.",
            ),
        ),
    ),
    taught="One round by hand, then ten lines of code",
)

TRACKS = Argument(
    name="tracks",
    title="Which loss for the tracks of vans?",
    levels=(
        Level(
            3,
            "takes a loss with limited or redescending pull, gives its edge a reason in metres or scales, names the "
            "start if the loss redescends, and judges all three faults: jumps are kept away or limited, the shift "
            "between houses is not removed by a symmetric loss, wrong times are inputs and are not seen.",
            "Huber first, then Tukey with 4.685 scales, the scale from the median of the sizes of the errors. Jumps of "
            "kilometres weigh nothing. Between houses all positions lean one way, so no symmetric loss removes it. "
            "Wrong times are inputs; their errors look small after the fit, so I check them before.",
        ),
        Level(
            2,
            "takes a suitable loss and judges two of the three faults rightly, or all three without edge or start.",
            "Huber's loss with an edge of 10 metres. The jumps can pull only as hard as 10 metres. The wrong times it "
            "does not see, because they are inputs. Between the houses it helps a little, too.",
        ),
        Level(
            0,
            "says that one loss repairs everything, or gives no reason.",
            "The absolute error, because it is robust against outliers of all kinds.",
        ),
    ),
    taught='"A robust loss protects me from slips": from those in the target first of all',
)

EXERCISE = Exercise(__name__, (WEIGHTS, PULL, LANDING, FAULT, LINES, SEARCH, TRACKS))
TASKS = EXERCISE.tasks
