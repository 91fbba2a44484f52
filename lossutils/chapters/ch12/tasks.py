"""Chapter 12: a weighted loss and how to undo the weight, focal loss, the threshold of costs, and a hunt for a bug."""

from __future__ import annotations

import numpy as np

from lossutils.chapters.ch12 import inputs, mistakes
from lossutils.judge.task import Check, Task

# The references, as a learner may write them ---------------------------------------------------------------------


def weighted_bce(z, y, w):
    """Binary cross-entropy from scores; the positives count w times."""
    z = np.asarray(z, dtype=float)
    y = np.asarray(y, dtype=float)
    each = w * y * np.logaddexp(0, -z) + (1 - y) * np.logaddexp(0, z)  # log(1 + exp(z)) without overflow
    return float(np.mean(each))


def prior_correct(p, w):
    """The probability that a model means whose positives counted w times."""
    p = np.asarray(p, dtype=float)
    return p / (p + w * (1 - p))


def focal(z, y, gamma, alpha):
    """Mean focal loss and its gradient in the scores; alpha weighs class 1, 1 − alpha class 0."""
    z = np.asarray(z, dtype=float)
    sign = np.where(np.asarray(y) == 1, 1.0, -1.0)
    weight = np.where(np.asarray(y) == 1, alpha, 1 - alpha)
    loss = np.logaddexp(0, -sign * z)  # minus the log of the right class's probability
    right = np.exp(-loss)
    wrong = np.exp(-np.logaddexp(0, sign * z))  # 1 − right, without cancelling
    value = np.mean(weight * wrong**gamma * loss)
    slope = -sign * weight * wrong**gamma * (wrong + gamma * right * loss) / len(z)
    return float(value), slope


def cost_threshold(costs):
    """The probability of class 1 above which deciding for it costs less; costs[truth][decision]."""
    costs = np.asarray(costs, dtype=float)
    alarm = costs[0, 1] - costs[0, 0]  # how much more a wrong decision costs, where the truth is 0
    miss = costs[1, 0] - costs[1, 1]  # and where it is 1
    return float(alarm / (alarm + miss))


def tversky_is_right(tversky, pred, target):
    """Whether a function computes the Tversky loss: alpha prices false positives, beta false negatives."""
    alpha, beta = 0.3, 0.9  # unequal, or swapped prices would not show
    hit = np.sum(pred * target)
    false_positive = np.sum(pred * (1 - target))
    false_negative = np.sum((1 - pred) * target)
    expected = 1 - hit / (hit + alpha * false_positive + beta * false_negative)
    return bool(abs(tversky(pred, target, alpha, beta) - expected) < 1e-4)


# The tasks -------------------------------------------------------------------------------------------------------

TASKS = (
    Task(
        "weighted cross-entropy",
        2,
        2,
        weighted_bce,
        (
            Check("scores and labels", inputs.weighted),
            Check("weights below 1", inputs.light),
            Check("scores of thousands", inputs.weighted_far, hidden=True),
            Check("labels between 0 and 1", inputs.weighted_soft, hidden=True),
        ),
        mistakes.WEIGHTED_BCE,
        (
            "write the loss of a positive and the loss of a negative; the weight belongs to one of them. Then average "
            "over all samples.",
            "mean of w·y·log(1 + exp(−z)) + (1 − y)·log(1 + exp(z)). np.logaddexp(0, z) is log(1 + exp(z)) for "
            "every z.",
        ),
    ),
    Task(
        "undoing the weight",
        1,
        1,
        prior_correct,
        (
            Check("probabilities", inputs.probabilities),
            Check("certainty, p = 0 and p = 1", inputs.certainty, hidden=True),
        ),
        mistakes.PRIOR_CORRECT,
        (
            "the weight multiplies the odds p/(1 − p). Divide them, and go back from odds to a probability.",
            "odds = p/(w·(1 − p)), and the probability is odds/(1 + odds). Multiply both parts of that fraction by "
            "w·(1 − p), so that p = 1 divides by nothing.",
        ),
    ),
    Task(
        "focal loss",
        3,
        3,
        focal,
        (
            Check("gamma = 0", inputs.unfocused),
            Check("gamma above 0", inputs.focused),
            Check("an alpha that is not a half", inputs.lopsided, hidden=True),
            Check("scores of thousands", inputs.focal_far, hidden=True),
        ),
        mistakes.FOCAL,
        (
            "call the probability of the right class right. The loss is −log(right), times (1 − right) to the power "
            "gamma, times the class's weight. Both factors depend on the score, so the slope needs the product rule.",
            "with s = 1 for class 1 and −1 for class 0, right = σ(s·z) and wrong = 1 − right: value = mean of "
            "weight·wrong**gamma·(−log right), gradient = −s·weight·wrong**gamma·(wrong − gamma·right·log right)/n.",
        ),
    ),
    Task(
        "threshold of costs",
        2,
        2,
        cost_threshold,
        (
            Check("costs of mistakes alone", inputs.mistakes_cost),
            Check("a right alarm that costs something", inputs.right_alarm_costs),
            Check("all four costs", inputs.all_cost, hidden=True),
            Check("gains, which are negative costs", inputs.gains, hidden=True),
        ),
        mistakes.COST_THRESHOLD,
        (
            "write down what each decision costs on average when class 1 has the probability p. At the threshold both "
            "cost the same.",
            "(1 − p)·costs[0][0] + p·costs[1][0] = (1 − p)·costs[0][1] + p·costs[1][1]. Solve for p.",
        ),
    ),
    Task(
        "hunt for a bug",
        2,
        2,
        tversky_is_right,
        (
            Check("the right loss, and one minus it", inputs.opposite),
            Check("a loss with 1e-7 in its denominator, and other losses", inputs.others),
            Check("swapped prices", inputs.swapped, hidden=True),
            Check("losses that are right for equal prices only", inputs.equal_only, hidden=True),
        ),
        mistakes.TVERSKY_IS_RIGHT,
        (
            "compute by hand what should come out for some alpha and beta, and compare. For which alpha and beta does "
            "a swapped function return the same?",
            "1 − hit/(hit + alpha·FP + beta·FN), where hit = Σ pred·target, FP = Σ pred·(1 − target) and "
            "FN = Σ (1 − pred)·target. Choose alpha and beta unequal, and allow a difference of 1e-4.",
        ),
    ),
)
