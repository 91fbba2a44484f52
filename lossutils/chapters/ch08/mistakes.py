"""What learners write instead in chapter 08. Where two mistakes return the same, the first one is named."""

from __future__ import annotations

import numpy as np

from lossutils.judge.task import Mistake


def softplus(x):
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def right(z, y):
    return softplus(z) - y * z


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def mean(each, w):
    return np.average(each) if w is None else np.average(each, weights=w)


def value(each=right, combine=mean):
    """`bce_with_logits` with another loss for each score, or put together in another way."""
    return lambda z, y, weight=None: combine(each(np.asarray(z), np.asarray(y)), weight)


def cut_log(eps):
    def each(z, y):
        p = np.clip(sigmoid(z), eps, 1 - eps)
        return -y * np.log(p) - (1 - y) * np.log(1 - p)

    return each


def shifted_log(z, y):
    p = sigmoid(z)
    return -y * np.log(p + 1e-7) - (1 - y) * np.log(1 - p + 1e-7)


def sigmoid_then_log(z, y):
    p = sigmoid(z)
    return np.where(y == 1, -np.log(p), np.where(y == 0, -np.log(1 - p), -y * np.log(p) - (1 - y) * np.log(1 - p)))


def ones(each):
    return np.ones(len(each))


VALUE = (
    Mistake(
        "the probability is computed first and its logarithm after that; once it is rounded to 0 or 1, the loss is "
        "lost; compute the loss from the score",
        value(sigmoid_then_log),
    ),
    Mistake(
        "the probability is computed first and its logarithm after that; once it is rounded to 0 or 1, the loss is "
        "lost; compute the loss from the score",
        value(lambda z, y: -y * np.log(sigmoid(z)) - (1 - y) * np.log(1 - sigmoid(z))),
    ),
    Mistake(
        "e^z overflows for large scores; write log(1 + e^z) with an exponent that is never above 0",
        value(lambda z, y: np.log(1 + np.exp(z)) - y * z),
    ),
    Mistake(
        "e^z overflows for large scores; write log(1 + e^z) with an exponent that is never above 0",
        value(lambda z, y: np.log1p(np.exp(-z)) + (1 - y) * z),
    ),
    Mistake("the probability is clipped, so that all losses beyond the clip are the same", value(cut_log(1e-7))),
    Mistake("the probability is clipped, so that all losses beyond the clip are the same", value(cut_log(1e-12))),
    Mistake(
        "a small number is added inside the logarithm, which makes every loss wrong a little, and large ones much",
        value(shifted_log),
    ),
    Mistake(
        "the minus sign is missing: this is the log-likelihood, which is never above 0",
        value(lambda z, y: -right(z, y)),
    ),
    Mistake(
        "the labels are the wrong way round: a large score should be cheap for label 1",
        value(lambda z, y: right(z, 1 - y)),
    ),
    Mistake("the term y·z has the wrong sign", value(lambda z, y: softplus(z) + y * z)),
    Mistake("only label 1 is charged; the term with 1 − y is missing", value(lambda z, y: y * softplus(-z))),
    Mistake("this is the squared error of the probability", value(lambda z, y: (sigmoid(z) - y) ** 2)),
    Mistake(
        "this loss is in bits: the logarithm of base 2; take the natural one",
        value(lambda z, y: right(z, y) / np.log(2)),
    ),
    Mistake(
        "this is the sum, not the mean", value(combine=lambda each, w: np.sum(each) if w is None else np.sum(w * each))
    ),
    Mistake("this is one loss per score; the mean over the scores is missing", value(combine=lambda each, w: each)),
    Mistake("the weights are ignored", value(combine=lambda each, w: np.mean(each))),
    Mistake(
        "the weighted sum is divided by n, as PyTorch does, not by the sum of the weights",
        value(combine=lambda each, w: np.mean(each if w is None else w * each)),
    ),
    Mistake(
        "weight is None when nobody gives weights; then all scores count the same",
        value(combine=lambda each, w: np.sum(w * each) / np.sum(w)),
    ),
)


def gradient(slope=lambda p, y: p - y, share=lambda each, w: w / np.sum(w), probability=sigmoid):
    """`bce_with_logits_grad` with another slope, or another share of each score in the mean."""

    def wrong(z, y, weight=None):
        each = slope(probability(np.asarray(z)), np.asarray(y))
        return each * share(each, ones(each) if weight is None else weight)

    return wrong


def on_probabilities(p, y):
    return (1 - y) / (1 - p) - y / p


GRADIENT = (
    Mistake("the sign is wrong: the slope is p − y, prediction minus label", gradient(lambda p, y: y - p)),
    Mistake(
        "there is a factor p(1 − p) too many: the logarithm's slope has cancelled it",
        gradient(lambda p, y: (p - y) * p * (1 - p)),
    ),
    Mistake("this is the slope in the probability; asked is the slope in the score", gradient(on_probabilities)),
    Mistake("this is p; subtract the label", gradient(lambda p, y: p)),
    Mistake(
        "the score is used as if it were a probability; apply the sigmoid first", gradient(probability=lambda z: z)
    ),
    Mistake(
        "the probability is rounded to a label first, so that sure and unsure answers pull alike",
        gradient(lambda p, y: np.round(p) - y),
    ),
    Mistake("the gradient of the mean has 1/n of each slope", gradient(share=lambda each, w: 1.0)),
    Mistake(
        "this is one number; a gradient has one for each score",
        lambda z, y, weight=None: np.mean(sigmoid(np.asarray(z)) - y),
    ),
    Mistake("the weights are ignored", gradient(share=lambda each, w: 1 / len(each))),
    Mistake(
        "the weighted slopes are divided by n, as PyTorch does, not by the sum of the weights",
        gradient(share=lambda each, w: w / len(each)),
    ),
    Mistake(
        "e^z / (1 + e^z) is infinity by infinity for large scores; use e^−|z|",
        gradient(probability=lambda z: np.exp(z) / (1 + np.exp(z))),
    ),
    Mistake(
        "the probability is clipped; beyond the clip, the slope is gone",
        lambda z, y, weight=None: gradient(lambda p, y: (p - y) * (p > 1e-7) * (p < 1 - 1e-7))(z, y, weight),
    ),
)


def newton(
    direction=lambda X, y, p: X.T @ (p - y),
    bend=lambda p: p * (1 - p),
    matrix=None,
    sign=-1.0,
    more=0,
    frozen=False,
    result=lambda X, y, w: w,
):
    """`newton_logistic` with one part of the step, or of the loop, replaced."""

    def wrong(X, y, steps=10):
        w = np.zeros(X.shape[1])
        for k in range(steps + more):
            if k == 0 or not frozen:
                p = sigmoid(X @ w)
            hessian = X.T @ (bend(p)[:, None] * X)
            w = w + sign * (
                np.linalg.solve(hessian, direction(X, y, p)) if matrix is None else matrix(hessian, direction(X, y, p))
            )
        return result(X, y, w)

    return wrong


def half_frozen(X, y, steps=10):
    """Computes the Hessian once, at the start."""
    w = np.zeros(X.shape[1])
    hessian = X.T @ X / 4
    for _ in range(steps):
        w = w - np.linalg.solve(hessian, X.T @ (sigmoid(X @ w) - y))
    return w


NEWTON = (
    Mistake("the step goes uphill: subtract it", newton(sign=1.0)),
    Mistake("the curvature p(1 − p) of each row is missing, so this is no Newton step", newton(bend=np.ones_like)),
    Mistake("the curvature of a row is p(1 − p), not p", newton(bend=lambda p: p)),
    Mistake("the curvature is computed once, at the start; it changes with w", half_frozen),
    Mistake("p is computed once, at the start; it changes with w", newton(frozen=True)),
    Mistake("this is gradient descent; divide the gradient by the Hessian", newton(matrix=lambda H, g: g / 10)),
    Mistake("this is gradient descent; divide the gradient by the Hessian", newton(matrix=lambda H, g: g)),
    Mistake(
        "only the diagonal of the Hessian is used; the weights bend the loss together, so solve the equations",
        newton(matrix=lambda H, g: g / np.diag(H)),
    ),
    Mistake("the gradient is multiplied by the Hessian, not divided by it", newton(matrix=lambda H, g: H @ g)),
    Mistake(
        "gradient and Hessian must both be sums or both be means; here one is divided by n and the other isn't",
        lambda X, y, steps=10: newton(direction=lambda X, y, p: X.T @ (p - y) / len(y))(X, y, steps),
    ),
    Mistake(
        "the gradient is that of the squared error; for the cross-entropy it is Xᵀ(p − y)",
        newton(direction=lambda X, y, p: X.T @ ((p - y) * p * (1 - p))),
    ),
    Mistake("this is one step more than was asked for", newton(more=1)),
    Mistake("this is one step fewer than was asked for", newton(more=-1)),
    Mistake(
        "this is the straight line of least squares, not a logistic regression",
        lambda X, y, steps=10: np.linalg.lstsq(X, np.asarray(y, float), rcond=None)[0],
    ),
    Mistake("these are the probabilities; asked are the weights", newton(result=lambda X, y, w: sigmoid(X @ w))),
)


def diagnoser(
    near=(-2.0, 1.0, 3.0),
    far=(-1000.0, -40.0, 40.0, 1000.0),
    labels=(0.0, 1.0),
    finite=np.isfinite,
    slopes=True,
    sign=1.0,
    any_zero=False,
    far_is_near=False,
    finite_first=False,
    names=(),
):
    """`diagnose` with a blind spot."""
    names = dict(names)

    def wrong_slope(f, z, y):
        return abs(f(z, y)[1] - sign * (sigmoid(z) - y)) > 1e-6

    def broken(f):
        return not all(np.all(finite(np.array(f(z, y)[: 1 + slopes]))) for z in far for y in labels)

    def wrong(f):
        if finite_first and broken(f):
            return "not finite"
        if slopes and any(wrong_slope(f, z, y) for z in near for y in labels):
            return names.get("wrong slope", "wrong slope")
        if broken(f):
            return "not finite"
        if far_is_near and any(wrong_slope(f, z, y) for z in far for y in labels):
            return "wrong slope"
        worst = [(z, y) for z in far for y in labels if any_zero or (z > 0) == (y == 0)]
        if slopes and any(abs(f(z, y)[1]) < (1e-9 if any_zero else 0.5) for z, y in worst):
            return names.get("no slope", "no slope")
        return "right"

    return wrong


DIAGNOSE = (
    Mistake("it finds nothing: every program is called right", lambda f: "right"),
    Mistake("only scores above 0 are tried; some programs fail below 0", diagnoser((1.0, 3.0), far=(40.0, 1000.0))),
    Mistake("only scores below 0 are tried; some programs fail above 0", diagnoser((-2.0,), far=(-40.0, -1000.0))),
    Mistake("only ordinary scores are tried; what overflows, or is cut, shows far out", diagnoser(far=())),
    Mistake("the scores are not large enough: in float64, e^z is finite up to z = 709", diagnoser(far=(-40.0, 40.0))),
    Mistake("only the loss is looked at, not the slope", diagnoser(slopes=False)),
    Mistake(
        "nan slips through: it is neither above nor below any number; ask np.isfinite",
        diagnoser(finite=lambda x: ~(np.abs(x) > 1e6)),
    ),
    Mistake("infinity slips through: it is not nan; ask np.isfinite", diagnoser(finite=lambda x: ~np.isnan(x))),
    Mistake(
        "a slope of 0 is right where the answer is sure and right; only the wrong side must pull",
        diagnoser(any_zero=True),
    ),
    Mistake("only label 0 is tried; some programs fail for label 1", diagnoser(labels=(0.0,))),
    Mistake("only label 1 is tried; some programs fail for label 0", diagnoser(labels=(1.0,))),
    Mistake("the right slope is p − y, not y − p", diagnoser(sign=-1.0)),
    Mistake(
        "only one ordinary score is tried; some slopes are right there and wrong elsewhere", diagnoser(near=(1.0,))
    ),
    Mistake("a program may have two bugs; the first line of the table that fits counts", diagnoser(finite_first=True)),
    Mistake(
        "a slope that is right for ordinary scores and 0 far out is called 'no slope', not 'wrong slope'",
        diagnoser(far_is_near=True),
    ),
    Mistake(
        "'no slope' and 'wrong slope' are exchanged",
        diagnoser(names=(("no slope", "wrong slope"), ("wrong slope", "no slope"))),
    ),
)
