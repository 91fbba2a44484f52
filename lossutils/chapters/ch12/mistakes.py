"""What learners write instead in chapter 12. Where two mistakes return the same, the first one is named."""

from __future__ import annotations

import numpy as np

from lossutils.chapters.ch12 import inputs
from lossutils.judge.task import Mistake


def softplus(z):
    return np.logaddexp(0, z)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


# Weighted cross-entropy ------------------------------------------------------------------------------------------


def bce(combine=np.mean, one=lambda w: w, zero=lambda w: 1.0, plus=softplus, sign=1):
    """`weighted_bce` with another part."""

    def wrong_bce(z, y, w):
        z = sign * z
        return combine(one(w) * y * plus(-z) + zero(w) * (1 - y) * plus(z))

    return wrong_bce


def over_the_weights(z, y, w):
    each = w * y * softplus(-z) + (1 - y) * softplus(z)
    return np.sum(each) / np.sum(w * y + (1 - y))


def from_probabilities(z, y, w):
    p = sigmoid(z)
    return np.mean(-w * y * np.log(p) - (1 - y) * np.log(1 - p))


def clipped(z, y, w):
    p = np.clip(sigmoid(z), 1e-7, 1 - 1e-7)
    return np.mean(-w * y * np.log(p) - (1 - y) * np.log(1 - p))


def probabilities_given(z, y, w):
    return np.mean(-w * y * np.log(z) - (1 - y) * np.log(1 - z))


WEIGHTED_BCE = (
    Mistake("the weight is ignored", bce(one=lambda w: 1.0)),
    Mistake(
        "the weight is on the negatives; it belongs to the positives, y = 1", bce(one=lambda w: 1.0, zero=lambda w: w)
    ),
    Mistake(
        "the weight is on all samples, which only makes the loss larger; it belongs to the positives",
        bce(zero=lambda w: w),
    ),
    Mistake("this is the sum, not the mean", bce(np.sum)),
    Mistake("this is one loss per sample; the mean is missing", bce(np.array)),
    Mistake("the sum is divided by the sum of the weights; here the mean is over the n samples", over_the_weights),
    Mistake("the classes are the wrong way round: a positive costs log(1 + exp(−z))", bce(sign=-1)),
    Mistake("z is a score, not a probability; its logarithm may not even exist", probabilities_given),
    Mistake(
        "exp overflows for scores of hundreds; np.logaddexp(0, z) does not", bce(plus=lambda z: np.log(1 + np.exp(z)))
    ),
    Mistake(
        "the sigmoid rounds to 0 or 1, and the logarithm of 0 is infinite; take the loss from the score",
        from_probabilities,
    ),
    Mistake("clipping the probability caps the loss near 16; take the loss from the score", clipped),
    Mistake(
        "a label between 0 and 1 is a mixture of both losses; y == 1 and np.where miss it",
        lambda z, y, w: np.mean(np.where(y == 1, w * softplus(-z), softplus(z))),
    ),
)

PRIOR_CORRECT = (
    Mistake("the probability is divided by w; the weight acts on the odds p/(1 − p)", lambda p, w: p / w),
    Mistake("this puts the weight on once more; take it away", lambda p, w: w * p / (w * p + 1 - p)),
    Mistake("these are the odds; go back to a probability, odds/(1 + odds)", lambda p, w: p / (1 - p) / w),
    Mistake("nothing is corrected", lambda p, w: p),
    Mistake("take log(w) from the log-odds, not w", lambda p, w: sigmoid(np.log(p / (1 - p)) - w)),
    Mistake(
        "these are the log-odds; go back to a probability with the sigmoid",
        lambda p, w: np.log(p / (1 - p)) - np.log(w),
    ),
    Mistake(
        "this is the share of the weight, 1/(1 + w), as a factor; the correction depends on p", lambda p, w: p / (1 + w)
    ),
    Mistake(
        "p = 1 has infinite odds, and infinite over infinite is nan; write p/(p + w·(1 − p))",
        lambda p, w: (p / (1 - p) / w) / (1 + p / (1 - p) / w),
    ),
)


# Focal loss ------------------------------------------------------------------------------------------------------


def parts(z, y, alpha):
    sign = np.where(y == 1, 1.0, -1.0)
    loss = softplus(-sign * z)
    return sign, np.where(y == 1, alpha, 1 - alpha), loss, np.exp(-loss), np.exp(-softplus(sign * z))


def rule(wrong, right, gamma, loss):
    """The slope's last factor."""
    return wrong + gamma * right * loss


def other_focal(
    weigh=lambda a, sign, alpha: a,
    fade=lambda wrong, right, sign, g: wrong**g,
    bend=rule,
    up=-1,
    share=lambda slope: slope / len(slope),
    combine=np.mean,
):
    """`focal` with another part."""

    def wrong_focal(z, y, gamma, alpha):
        sign, weight, loss, right, wrong = parts(z, y, alpha)
        factor = weigh(weight, sign, alpha) * fade(wrong, right, sign, gamma)
        return combine(factor * loss), share(up * sign * factor * bend(wrong, right, gamma, loss))

    return wrong_focal


def unstable(z, y, gamma, alpha):
    p = sigmoid(z)
    right, weight = np.where(y == 1, p, 1 - p), np.where(y == 1, alpha, 1 - alpha)
    wrong, sign = 1 - right, np.where(y == 1, 1, -1)
    slope = -sign * weight * wrong**gamma * (wrong - gamma * right * np.log(right)) / len(z)
    return np.mean(-weight * wrong**gamma * np.log(right)), slope


def swapped_results(z, y, gamma, alpha):
    return other_focal()(z, y, gamma, alpha)[::-1]


def value_alone(z, y, gamma, alpha):
    return other_focal()(z, y, gamma, alpha)[0]


FOCAL = (
    Mistake("the value alone is returned; return the value and the gradient", value_alone),
    Mistake("value and gradient are in the wrong order", swapped_results),
    Mistake("alpha is missing", other_focal(weigh=lambda a, sign, alpha: 1.0)),
    Mistake(
        "gamma is ignored, so nothing fades",
        other_focal(fade=lambda wrong, right, sign, g: 1.0, bend=lambda wrong, right, g, loss: wrong),
    ),
    Mistake(
        "the factor is the right class's probability; what is right should fade, so take 1 − right",
        other_focal(fade=lambda wrong, right, sign, g: right**g),
    ),
    Mistake(
        "both classes fade with 1 − p; for class 0 the right class's probability is 1 − p",
        other_focal(fade=lambda wrong, right, sign, g: np.where(sign > 0, wrong, right) ** g),
    ),
    Mistake(
        "the factor (1 − right)**gamma depends on the score too; the slope needs the product rule",
        other_focal(bend=lambda wrong, right, g, loss: wrong),
    ),
    Mistake(
        "in the product rule the sign of the second part is wrong; −log(right) is positive, so both parts add",
        other_focal(bend=lambda wrong, right, g, loss: wrong - g * right * loss),
    ),
    Mistake("the gradient points the wrong way; the score of a positive must rise", other_focal(up=1)),
    Mistake(
        "these are the slopes of each sample's own loss; in the mean, each counts 1/n only",
        other_focal(share=lambda slope: slope),
    ),
    Mistake("the value is the sum, not the mean", other_focal(combine=np.sum)),
    Mistake(
        "alpha is the wrong way round; it weighs class 1, and 1 − alpha class 0",
        other_focal(weigh=lambda a, sign, alpha: 1 - a),
    ),
    Mistake(
        "alpha weighs class 1 only; class 0 has 1 − alpha",
        other_focal(weigh=lambda a, sign, alpha: np.full_like(a, alpha)),
    ),
    Mistake(
        "for scores of thousands the probability rounds to 0 and its logarithm is infinite; take the loss from "
        "the score, np.logaddexp(0, −s·z)",
        unstable,
    ),
)


# Threshold of costs ----------------------------------------------------------------------------------------------


def threshold(alarm, miss):
    """`cost_threshold` from other prices."""
    return lambda costs: alarm(costs) / (alarm(costs) + miss(costs))


def alarm(c):
    return c[0, 1] - c[0, 0]


def miss(c):
    return c[1, 0] - c[1, 1]


COST_THRESHOLD = (
    Mistake("this is the threshold for equal costs", lambda costs: 0.5),
    Mistake("this is the threshold from the other side; a dear miss means a low threshold", threshold(miss, alarm)),
    Mistake(
        "this is the ratio of the costs, which are odds; the probability is alarm/(alarm + miss)",
        lambda costs: alarm(costs) / miss(costs),
    ),
    Mistake(
        "rows and columns are mixed up; costs[truth][decision], so a miss is costs[1][0]",
        lambda costs: threshold(alarm, miss)(costs.T),
    ),
    Mistake(
        "what a right decision costs is ignored; only the difference to it counts",
        threshold(lambda c: c[0, 1], lambda c: c[1, 0]),
    ),
    Mistake("the cost of a right silence, costs[0][0], is ignored", threshold(lambda c: c[0, 1], miss)),
    Mistake("the cost of a right alarm, costs[1][1], is ignored", threshold(alarm, lambda c: c[1, 0])),
    Mistake(
        "what a right decision costs is added; subtract it",
        threshold(lambda c: c[0, 1] + c[0, 0], lambda c: c[1, 0] + c[1, 1]),
    ),
    Mistake(
        "this is the cost that the threshold has, not the threshold",
        lambda costs: alarm(costs) * miss(costs) / (alarm(costs) + miss(costs)),
    ),
)


# Hunt for a bug --------------------------------------------------------------------------------------------------


def compared(alpha, beta, right=inputs.tversky, limit=1e-4):
    """`tversky_is_right` with other prices, another expectation, or another limit."""
    return lambda f, pred, target: bool(abs(f(pred, target, alpha, beta) - right(pred, target, alpha, beta)) < limit)


def in_range(f, pred, target):
    return bool(0 <= f(pred, target, 0.3, 0.9) <= 1)


def rises_with_beta(f, pred, target):
    """In range, and dearer misses cost more: seen on a mask with misses only."""
    few, all_of_them = np.array([1.0, 0.0, 0.0]), np.array([1.0, 1.0, 0.0])
    return in_range(f, pred, target) and bool(f(few, all_of_them, 0.2, 0.8) > f(few, all_of_them, 0.8, 0.2))


def asserts(f, pred, target):
    assert compared(0.3, 0.9)(f, pred, target)


EQUAL = "alpha and beta are equal in this test, or F and M are, and then swapped prices don't show; choose unequal ones"
EXACT = "a right loss may differ by rounding, or by 1e-7 in its denominator; allow a difference of 1e-4"
TVERSKY_IS_RIGHT = (
    Mistake("everything passes this test", lambda f, pred, target: True),
    Mistake("nothing passes this test", lambda f, pred, target: False),
    Mistake(
        "the answers are the wrong way round; True means that the function is right",
        lambda f, pred, target: not compared(0.3, 0.9)(f, pred, target),
    ),
    Mistake("an assert returns nothing; return True or False", asserts),
    Mistake("this only looks whether the loss lies between 0 and 1", in_range),
    Mistake("this looks at range and direction only; compare with the number that should come out", rises_with_beta),
    Mistake("the allowed difference is too large: 1e-4 is enough for a right loss", compared(0.3, 0.9, limit=1e-2)),
    Mistake(
        "a perfect mask has loss 0 whatever the prices are; test a mask with mistakes",
        lambda f, pred, target: bool(abs(f(target, target, 0.3, 0.9)) < 1e-4),
    ),
    Mistake(
        "the expected number is the index; the loss is one minus it", compared(0.3, 0.9, inputs.index_instead_of_loss)
    ),
    Mistake(
        "the expected number itself has the prices swapped: alpha belongs to false positives",
        compared(0.3, 0.9, inputs.swapped_prices),
    ),
    Mistake(EXACT, compared(0.3, 0.9, limit=1e-15)),
    Mistake(EXACT, compared(0.3, 0.9, limit=1e-9)),
    Mistake(EQUAL, compared(0.5, 0.5)),
    Mistake(EQUAL, compared(1, 1)),
    Mistake(EQUAL, compared(0.3, 0.3)),
)
