"""Chapter 14: a truth to derive, a report to predict, curves to read, a rise to split, parts for other groups."""

from __future__ import annotations

from lossutils.chapters.ch14 import inputs, mistakes
from lossutils.chapters.ch14.references import group_parts, predicted_report, read_curves, split_rise, truth_behind
from lossutils.judge.exercise import Argument, Exercise, Level, Part
from lossutils.judge.task import Check, Slot, Task

OTHERS = ("scipy", "sklearn", "torch", "statsmodels", "temperature", "ece", "brier_parts", "score_parts")
LIBRARY = ("Loss", *OTHERS)

# What they are tried on ------------------------------------------------------------------------------------------

TRUTH_CHECKS = (
    Check("the power loss", inputs.told_by("power", (2.0, 3.0, 1.5))),
    Check("the smoothed loss", inputs.told_by("smoothed", (0.1, 0.2))),
    Check("focal loss", inputs.told_by("focal", (1.0, 2.0, 3.0))),
    Check("the sphere's loss", inputs.told_by("sphere", (1.0, 2.0))),
    Check("other settings", inputs.other_settings, hidden=True),
    Check("statements near 0, near 1, and a half", inputs.near_the_ends, hidden=True),
)
REPORT_CHECKS = (
    Check("scores that are too large", inputs.honest_rows(2.0, 3.0)),
    Check("scores that are too small, and honest ones", inputs.honest_rows(0.5, 1.0)),
    Check("true probabilities on one side of a half", inputs.on_one_side, hidden=True),
    Check("huge and tiny factors, and many rows", inputs.extremes, hidden=True),
)
CURVE_CHECKS = (
    Check("seven trainings on ten digits", inputs.curves_of((0, 1, 2), classes=(10,))),
    Check("seven trainings on five digits", inputs.curves_of((0, 1, 2), classes=(5,))),
    Check("other seeds, losses in bits", inputs.curves_of((3, 4, 5), unit=0.6931471805599453), hidden=True),
    Check("trainings that learn nothing", inputs.all_seeds("rate too big", "dead start"), hidden=True),
    Check("leaks and healthy trainings", inputs.all_seeds("leak", "healthy"), hidden=True),
    Check("healthy trainings that were stopped early", inputs.stopped_at_the_least, hidden=True),
    Check("overfit trainings and noisy labels", inputs.all_seeds("overfit", "label noise"), hidden=True),
    Check("underfit trainings", inputs.all_seeds("underfit"), hidden=True),
    Check("data that are easier beside chance", inputs.easier_data, hidden=True),
)
RISE_CHECKS = (
    Check("three classes", inputs.rises(3, ((1.0, 3.0), (1.5, 4.0))), tolerance=1e-5),
    Check("scores that are not sure enough", inputs.rises(4, ((0.3, 0.6), (0.5, 2.0))), tolerance=1e-5),
    Check("ten classes, and a fall", inputs.rises(10, ((1.0, 2.5), (4.0, 1.0)), (80,)), hidden=True, tolerance=1e-5),
    Check("few rows that choose, or that judge", inputs.few_choose, hidden=True, tolerance=1e-5),
    Check("rows with a constant of their own, huge and tiny scores", inputs.shifted, hidden=True, tolerance=1e-5),
    Check("temperatures at the ends", inputs.at_the_ends, hidden=True, tolerance=1e-5),
)
PARTS_CHECKS = (
    Check("labels", inputs.labels_by_group),
    Check("shares", inputs.shares_by_group),
    Check("weights", inputs.weighted_groups, hidden=True),
    Check("one group, a row a group, other names, a group without weight", inputs.odd_groups, hidden=True),
)

# The exercise ----------------------------------------------------------------------------------------------------

TRUTH = Part(
    "truth",
    "What is true if the model says 0.7?",
    (
        Task(
            title="the truth behind a statement",
            kind="derive",
            open=2,
            hidden=2,
            reference=truth_behind,
            checks=TRUTH_CHECKS,
            typical=mistakes.TRUTH_BEHIND,
            forbids=(*LIBRARY, "imag"),
            hints=(
                "write down what is expected, q · (loss for 1) + (1 − q) · (loss for 0), and its slope in p. At the "
                "best p the slope is 0; solve for q, not for p.",
                "q = s0 / (s0 − s1), with the slope s1 of the loss for the label 1 and s0 of that for 0. Power: s1 = "
                "−a (1 − p)^(a−1), s0 = a p^(a−1). Smoothed: (p − a/2) / (1 − a). The sphere's loss is proper.",
            ),
        ),
    ),
    taught="A proper loss is least where you state the truth",
)

REPORT = Part(
    "report",
    "A report before any label is seen",
    (
        Task(
            title="predict the report",
            kind="predict",
            open=1,
            hidden=2,
            reference=predicted_report,
            checks=REPORT_CHECKS,
            typical=mistakes.PREDICTED_REPORT,
            forbids=LIBRARY,
            hints=(
                "take one row. Its label is 1 with the probability q. What is its answer, how often is that right, and "
                "what does it expect to pay?",
                "with z = k · log(q / (1 − q)): right max(q, 1 − q); cost log(1 + e^z) − q z, computed without an "
                "exponent above 0; error |σ(z) − q|; temperature k. Then the means.",
            ),
        ),
    ),
    taught="The calibration error: the distance from what is promised to what is kept",
)

CURVES = Part(
    "curves",
    "Somebody's curves",
    (
        Task(
            title="find the fault in the curves",
            kind="find the fault",
            open=1,
            hidden=2,
            reference=read_curves,
            checks=CURVE_CHECKS,
            typical=mistakes.READ_CURVES,
            forbids=("curve_inputs", "stored", "ch14"),
            hints=(
                "ask in the order of the lecture: where does the training loss end, beside chance? Where does the "
                "validation loss end, beside the usual? Has it risen far above its least?",
                "training ends near chance: dead start if it starts there, else rate too big. Ends above 0.4 of "
                "chance: underfit. Validation below half of the usual: leak; below 1.7 of it: healthy. Else label "
                "noise if it ends more than a quarter above its least, and overfit if not.",
            ),
        ),
    ),
    taught="Seven trainings, one healthy: name the six diseases",
)

RISE = Part(
    "rise",
    "How much of a rise is promises?",
    (
        Task(
            title="split a rise",
            kind="design",
            open=2,
            hidden=2,
            reference=split_rise,
            checks=RISE_CHECKS,
            typical=mistakes.SPLIT_RISE,
            forbids=OTHERS,
            slots=(Slot("least", 0.01, (0.02, 0.05), "low, high = {}, 100.0"),),  # the least a; the largest T is 1/a
            hints=(
                "the slope of the mean loss in a = 1/T stands in the lecture, and it rises with a. So halve an "
                "interval of a again and again. Which half do you keep?",
                "slope in a: mean over the rows that choose of Σ p_k z_k − z_y, with p = softmax(a z). Keep the upper "
                "half while it is not above 0. Taken back = (raw after − raw before) − (corrected after − before).",
            ),
        ),
    ),
    taught="At the best temperature, labels have the score that the model expects",
)

PARTS = Part(
    "parts",
    "Five parts for hospitals",
    (
        Task(
            title="parts by group, for shares and weights",
            open=1,
            hidden=2,
            reference=group_parts,
            checks=PARTS_CHECKS,
            typical=mistakes.GROUP_PARTS,
            forbids=LIBRARY,
            hints=(
                "go through the derivation again. Where did it use that a label is 0 or 1? There and only there the "
                "shares of experts change something.",
                "the uncertainty is the weighted variance of y. In each group, with weights that sum to 1 there: "
                "(p̄ − ȳ)², (ȳ − mean of all y)², variance of p, twice the covariance; each times the group's share.",
            ),
        ),
    ),
    taught="Brier's loss has three parts, and two more that come from the bins",
)

VERDICT = Argument(
    name="decision",
    title="Stop, go on, or throw away?",
    taught='"A test loss that rises says: stop"',
    levels=(
        Level(
            3,
            "compares with chance, says that the rise without a loss of right answers is a matter of promises, names "
            "the check that decides (temperature on validation rows, corrected loss on other rows), and judges the "
            "difference of the two models by the patients on whom they differ, or by several runs.",
            "Chance costs 0.50 here, so 0.31 and 0.36 are both better. Right answers stay, so probably only the "
            "promises grew. I choose T on validation patients and compare the corrected losses on others. For the two "
            "models I count on which patients only one is right; 9 against 6 is what a coin does.",
        ),
        Level(
            2,
            "judges two of the three points rightly: chance, the rise, the comparison.",
            "Both are below chance. The later model is too sure, so I would divide its scores by a temperature. 9 "
            "against 6 means that the new one is a bit better.",
        ),
        Level(
            0,
            "reads the rise as a worse classifier without a check, or believes the difference from one count.",
            "The validation loss rises, so it is overfit and gets worse; we stop at month 2 and keep the old model.",
        ),
    ),
)

EXERCISE = Exercise(__name__, (TRUTH, REPORT, CURVES, RISE, PARTS, VERDICT))
TASKS = EXERCISE.tasks
