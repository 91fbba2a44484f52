"""Chapter 09: classes to rule out, a slope to derive, losses to predict, a fault to find, wrong labels to look for."""

from __future__ import annotations

from lossutils.chapters.ch09 import inputs, mistakes
from lossutils.chapters.ch09.references import (
    fault_of_loss,
    log_shares,
    predicted_loss,
    suspects,
    temperature_slope,
)
from lossutils.judge.exercise import Exercise, Part
from lossutils.judge.task import Check, Slot, Task

OTHERS_WORK = ("lossutils", "scipy", "sklearn", "torch")

# What they are tried on ------------------------------------------------------------------------------------------

SHARES_CHECKS = (
    Check("rows in which every class is allowed", inputs.all_allowed),
    Check("rows with classes that are ruled out", inputs.some_allowed),
    Check("scores of thousands", inputs.far_apart, hidden=True),
    Check("a huge score of a class that is ruled out", inputs.giants_ruled_out, hidden=True),
    Check("one class that is left, and whole numbers", inputs.one_left, hidden=True),
    Check("a row that rules out every class", inputs.nothing_left, hidden=True),
)
SLOPE_CHECKS = (
    Check("one class as the target, T = 1", inputs.at_one),
    Check("other temperatures", inputs.warm_and_cold),
    Check("targets that share", inputs.shared_targets, hidden=True),
    Check("rows with levels of their own", inputs.other_levels, hidden=True),
    Check("extreme temperatures, and scores of ten thousand", inputs.extremes, hidden=True),
    Check("whole numbers", inputs.whole_scores, hidden=True),
    Check("scores that hardly differ", inputs.hardly_apart, hidden=True),
)
PREDICTED_CHECKS = (
    Check("equal scores, and one of a classes", inputs.KNOWS_LITTLE),
    Check("a lead of the label, or of another class", inputs.LEADS),
    Check("the two floors", inputs.FLOORS),
    Check("two softmaxes", inputs.TWICE, hidden=True),
    Check("large leads", inputs.FAR_LEADS, hidden=True),
    Check("shares of 0 and 1", inputs.EDGES, hidden=True),
    Check("two classes, and a million", inputs.two_classes, hidden=True),
)
FAULT_CHECKS = (
    Check(
        "a function that is right, softmax twice, columns or from one",
        inputs.functions("right", "softmax twice", "columns", "from one"),
    ),
    Check(
        "a function that is right, all entries, total or overflow",
        inputs.functions("right", "all entries", "total", "overflow"),
    ),
    Check(
        "a function that is right, one shift, rounded or cut off",
        inputs.functions("right", "one shift", "rounded", "cut off"),
    ),
    Check("cuts at all sizes", inputs.every_cut, hidden=True),
    Check("scores that e to the z cannot take", inputs.every_overflow, hidden=True),
    Check("all ten once more", inputs.functions(*inputs.MADE), hidden=True),
)
SUSPECTS_CHECKS = (
    Check("a few rows", inputs.few_rows),
    Check("other rates and steps", inputs.other_training),
    Check("classes that some folds, or all, do not have", inputs.missing_classes, hidden=True),
    Check("folds with names of their own", inputs.named_folds, hidden=True),
    Check("inputs of hundreds", inputs.far_inputs, hidden=True),
    Check("400 digits, 20 of them mislabelled", inputs.digits_with_wrong_labels, hidden=True),
)

# The exercise ----------------------------------------------------------------------------------------------------

RULED_OUT = Part(
    "ruled-out",
    "Classes that are ruled out",
    (
        Task(
            title="log-probabilities of the classes that are left",
            open=1,
            hidden=2,
            reference=log_shares,
            checks=SHARES_CHECKS,
            typical=mistakes.LOG_SHARES,
            forbids=OTHERS_WORK,
            hints=(
                "a class that is ruled out adds nothing to the sum of the exponentials: which score does the same?",
                "put −∞ in the place of the scores that do not count, take each row's largest away, and then take away "
                "the log of the sum of the exponentials. NumPy's e to the −∞ is 0.",
            ),
        ),
    ),
    taught="Take each row's largest score away first",
)

TEMPERATURE = Part(
    "temperature",
    "The slope in the temperature",
    (
        Task(
            title="the slope in the temperature",
            kind="derive",
            open=2,
            hidden=2,
            reference=temperature_slope,
            checks=SLOPE_CHECKS,
            typical=mistakes.TEMPERATURE_SLOPE,
            forbids=OTHERS_WORK,
            hints=(
                "call the divided scores u = z / T. You know the slope of the loss in each u. How does each u move "
                "with T?",
                "the slope of the loss in u is p − q, that of u in T is −z / T². So a row's slope is the sum of "
                "(q − p)·z over its classes, divided by T²; p is the softmax of z / T.",
            ),
        ),
    ),
    taught="The slope is prediction minus target",
)

PREDICTED = Part(
    "without-data",
    "Losses without data",
    (
        Task(
            title="predict the loss",
            kind="predict",
            open=2,
            hidden=2,
            reference=predicted_loss,
            checks=PREDICTED_CHECKS,
            typical=mistakes.PREDICTED_LOSS,
            forbids=OTHERS_WORK,
            hints=(
                "each situation gives you either K scores or K probabilities. Write them down for K = 3, and insert "
                "them into the loss.",
                "equal: log K. ahead: log(1 + (K − 1)·exp(−a)). behind: log(exp(a) + K − 1). one of a: log a. wrong "
                "labels and smoothed: the entropy of a row with one large share and K − 1 equal small ones. twice: the "
                "probabilities a and (1 − a)/(K − 1) are the scores of the second softmax.",
            ),
        ),
    ),
    taught="You pay minus the log of what the label got",
)

FAULT = Part(
    "somebody",
    "Somebody's cross-entropy",
    (
        Task(
            title="find the fault",
            kind="find the fault",
            open=2,
            hidden=2,
            reference=fault_of_loss,
            checks=FAULT_CHECKS,
            typical=mistakes.FAULT_OF_LOSS,
            forbids=("__name__", "inspect", "lossutils", "scipy", "sklearn"),
            hints=(
                "five of the faults show with three ordinary rows of four scores: compute what each would return. The "
                "other four agree with the right one there, or nearly (a cut of 0.001 shows in the third digit). Which "
                "scores does each of them not survive?",
                "a score of 1000 alone: overflow. One row far below another: one shift. A label whose score is 1000 "
                "below the largest costs 1000: rounded gives ∞, cut off gives a few dozens or hundreds.",
            ),
        ),
    ),
    taught="Take each row's largest score away first",
)

SUSPECTS = Part(
    "second-look",
    "Which labels deserve a second look?",
    (
        Task(
            title="wrong labels, judged by models that have not seen them",
            kind="design",
            open=2,
            hidden=3,
            reference=suspects,
            checks=SUSPECTS_CHECKS,
            typical=mistakes.SUSPECTS,
            forbids=OTHERS_WORK,
            slots=(Slot("steps", 100, (40, 200), "steps={}"),),
            hints=(
                "for each fold: train on the rows of all other folds, then ask what the labels of this fold cost. Rank "
                "all rows when every fold is done.",
                "W starts at 0, one column for each of the K classes. A step is W ← W − rate·Xᵀ(p − q)/n over the rows "
                "that are seen. np.argsort(−loss)[:k] has the largest losses first; hide the label's own column before "
                "you take the best class.",
            ),
        ),
    ),
    taught="Ask a model that has not seen the image",
)

EXERCISE = Exercise(__name__, (RULED_OUT, TEMPERATURE, PREDICTED, FAULT, SUSPECTS))
TASKS = EXERCISE.tasks
