"""Chapter 12: a bounded loss, numbers to predict, a fault to find, a way to choose, an alarm to argue about."""

from __future__ import annotations

from lossutils.chapters.ch12 import inputs, mistakes
from lossutils.chapters.ch12.references import after_weight, bounded_loss, choose_way, fault_of_prices
from lossutils.judge.exercise import Argument, Exercise, Level, Part
from lossutils.judge.task import Check, Slot, Task

# What they are tried on ------------------------------------------------------------------------------------------

BOUNDED_CHECKS = (
    Check("scores and labels", inputs.weighted),
    Check("weights below 1, and the usual weight", inputs.light),
    Check("labels between 0 and 1", inputs.soft, hidden=True),
    Check("large scores", inputs.far, hidden=True),
    Check("labels of one class", inputs.one_class, hidden=True),
)
AFTER_CHECKS = (
    Check("what is stated and what is meant", inputs.numbers("stated", "meant")),
    Check("thresholds, weights and kept negatives", inputs.numbers("threshold", "weight", "kept")),
    Check("means and sums", inputs.means),
    Check("probabilities of 0 and 1, and near them", inputs.sure, hidden=True),
    Check("the usual weight", inputs.usual_weight, hidden=True),
    Check("batches of one class", inputs.one_class_batches, hidden=True),
)
FAULT_CHECKS = (
    Check("a function that is right, swapped, sum or shapes", inputs.functions("right", "swapped", "sum", "shapes")),
    Check("a function that is right, slope or far", inputs.functions("right", "slope", "far")),
    Check("a function that is by prices or labels", inputs.functions("by prices", "labels", "right")),
    Check("each function whose value is wrong", inputs.all_of("swapped", "sum", "by prices", "labels"), hidden=True),
    Check("each function whose slope is wrong", inputs.all_of("slope", "right"), hidden=True),
    Check(
        "each function that is wrong far out, or for other shapes", inputs.all_of("far", "shapes", "right"), hidden=True
    ),
)
WAY_CHECKS = (
    Check("validation and new samples", inputs.either_way),
    Check("false alarms of another price", inputs.other_prices),
    Check("probabilities that are needed", inputs.needs_probabilities, hidden=True),
    Check("ways or thresholds that cost the same", inputs.ties, hidden=True),
    Check("misses that are very costly or very cheap", inputs.extreme_prices, hidden=True),
)

# The exercise ----------------------------------------------------------------------------------------------------

BOUNDED = Part(
    "bounded",
    "A loss that no wrong label can dominate",
    (
        Task(
            title="a bounded loss",
            kind="derive",
            open=2,
            hidden=2,
            reference=bounded_loss,
            checks=BOUNDED_CHECKS,
            typical=mistakes.BOUNDED_LOSS,
            forbids=("Loss", "scipy", "best_constant"),
            slots=(Slot("w", 28.0, (10.0, 50.0), "w={}"),),
            hints=(
                "for the slope, use the chain rule twice: the square, then p, whose slope in z is p(1 − p). For the "
                "best constant, set the mean slope to 0, and divide what all terms have in common away.",
                "slope of one sample: 2p(1 − p)·((1 − y)·p − w·y·(1 − p)), divided by n for the mean. With the share s "
                "of the labels, the mean of y, the best p is w·s/(w·s + 1 − s).",
            ),
        ),
    ),
    taught="A weight multiplies the odds",
)

AFTER = Part(
    "after",
    "What a weight does to a number",
    (
        Task(
            title="after the weight",
            kind="predict",
            open=2,
            hidden=2,
            reference=after_weight,
            checks=AFTER_CHECKS,
            typical=mistakes.AFTER_WEIGHT,
            forbids=("Loss", "sklearn"),
            slots=(Slot("w", 28.0, (10.0, 50.0), "w={}"),),
            hints=(
                "write everything in odds: a weight multiplies them. For the means, write the sum of the weighted "
                "losses first.",
                "times w: w·v/(w·v + 1 − v); divided by w: v/(v + w·(1 − v)). The weight that passes one half at t "
                "solves w·t = 1 − t. The sum is n·v, and the weights sum to w·positives + n − positives.",
            ),
        ),
    ),
    taught="A weight multiplies the odds",
)

FAULT = Part(
    "fault",
    "Somebody's loss with two prices",
    (
        Task(
            title="find the fault",
            kind="find the fault",
            open=2,
            hidden=2,
            reference=fault_of_prices,
            checks=FAULT_CHECKS,
            typical=mistakes.FAULT_OF_PRICES,
            forbids=("__name__", "inspect", "Loss"),
            hints=(
                "take the five steps of the lecture. Which prices, labels and scores make all five values different? "
                "No price may be 1, and they may not be equal.",
                "prices 3 and 2, scores 0.7, −1.3, 0.4, labels 1, 0, 0.3. Shapes: does f(z[:, None], y, 3, 2) raise a "
                "ValueError? Value: compare with the mean, the mean with exchanged prices, the sum, the sum divided by "
                "the sum of the prices, and the mean for rounded labels. Slope: compare with your own. Far: scores of "
                "±1000, each with the label 0 and with 1.",
            ),
        ),
    ),
    taught="Five steps before it trains, and each finds another fault",
)

WAY = Part(
    "way",
    "Weight or threshold: choose on one half, pay on the other",
    (
        Task(
            title="choose the way",
            kind="design",
            open=2,
            hidden=2,
            reference=choose_way,
            checks=WAY_CHECKS,
            typical=mistakes.CHOOSE_WAY,
            forbids=("evaluation", "ch12", "sklearn"),
            hints=(
                "write a small function that says what one model costs on some rows at one threshold. The rest is to "
                "call it for every threshold, for both models, and once more on the new rows.",
                "for each column 1 and 2: thresholds = np.unique of 0 and the column in valid; the costs of all; the "
                "least, and the first threshold that has it (np.argmin). Column 1 wins if probabilities are needed, "
                "or if its least cost is at most that of column 2.",
            ),
        ),
    ),
    taught="If the probabilities are not honest, choose the threshold on data",
)

ALARM = Argument(
    name="alarm",
    title="An alarm on a ward",
    taught="Weight, threshold, or neither?",
    levels=(
        Level(
            4,
            "says that the displayed number is wrong (its odds are 200 times too high; 0.7 means about 0.01), and that "
            "it must be undone or come from a plain model because people read it; takes the threshold of the costs, "
            "1/101, for true probabilities (or chooses one on data that the model has not seen); sees that one half "
            "with weight 200 is another threshold, 1/201; and names what is checked on new patients: bins of stated "
            "and true shares, or the cost with an interval.",
            "The display says 0.7, but the weight has multiplied the odds by 200: 2.33/200 is 0.0117, so about one "
            "patient in 87 has an emergency. Nurses read this number, so I undo the weight (or train without it). A "
            "miss costs 100 false alarms, so the alarm belongs at 1/101 of the true probability. One half under weight "
            "200 is 1/201, so the ward hears more alarms than its own costs ask for. Before that I check on new "
            "patients, in bins, whether the undone probabilities are true, and give the cost with an interval, because "
            "there are few emergencies.",
        ),
        Level(
            2,
            "says that the displayed number is too high and why, and chooses a way, but without the threshold of the "
            "costs or without a check on new patients.",
            "The 0.7 is too high because of the weight. I train again without it and lower the threshold until enough "
            "emergencies are found.",
        ),
        Level(
            0,
            "leaves the number as it is, or argues by accuracy, or wants more weight.",
            "Only one hour in 200 has an emergency, so the weight 200 is right, and 0.7 means danger.",
        ),
    ),
)

EXERCISE = Exercise(__name__, (BOUNDED, AFTER, FAULT, WAY, ALARM))
TASKS = EXERCISE.tasks
