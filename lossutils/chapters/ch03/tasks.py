"""Chapter 03: four negative log-likelihoods, a distribution for each kind of target, and a search for the best rate."""

from __future__ import annotations

import math

import numpy as np

from lossutils.chapters.ch03 import choice_mistakes, inputs, mistakes
from lossutils.judge.task import Check, Task


def nll_gaussian(pred, target, sigma):
    """Mean negative log-likelihood of Gaussian noise of spread sigma."""
    e = pred - target
    each = e**2 / (2 * sigma**2) + np.log(sigma) + np.log(2 * np.pi) / 2
    return float(np.mean(each))


def nll_laplace(pred, target, b):
    """Mean negative log-likelihood of Laplace noise of spread b."""
    each = np.abs(pred - target) / b + np.log(2 * b)
    return float(np.mean(each))


def nll_poisson(z, target):
    """Mean negative log-likelihood of counts, from the logarithm of the rate."""
    log_factorial = np.array([math.lgamma(y + 1) for y in target])  # log y!, which never overflows
    each = np.exp(z) - target * z + log_factorial
    return float(np.mean(each))


def nll_bernoulli(z, target):
    """Mean negative log-likelihood of labels 0 and 1, from the score z."""
    each = np.logaddexp(0, z) - target * z  # log(1 + e^z) without overflow
    return float(np.mean(each))


def choose_loss(case):
    """The distribution whose negative log-likelihood fits the target."""
    of_any_size = {"scale": "gaussian", "height": "gaussian", "gps": "laplace"}
    never_negative = {"waiting": "gamma", "goals": "poisson", "accidents": "poisson"}
    names = {"rain": "bernoulli", "exam": "bernoulli", "digit": "categorical", "party": "categorical"}
    answers = of_any_size | never_negative | names
    if case not in answers:
        raise ValueError(f"choose_loss: there is no case {case!r}, and no loss fits everything")
    return answers[case]


def best_rate(nll, low, high):
    """The place between low and high where a curve with one valley is least."""
    for _ in range(200):
        third = (high - low) / 3
        left = low + third
        right = high - third
        if nll(left) < nll(right):
            high = right  # the valley is not in the last third
        else:
            low = left  # the valley is not in the first third
    return (low + high) / 2


TASKS = (
    Task(
        "Gaussian noise",
        1,
        1,
        nll_gaussian,
        (
            Check("a few samples", inputs.real_numbers("sigma")),
            Check("errors of a thousand", inputs.far_numbers("sigma"), hidden=True),
            Check("200 samples", inputs.many_numbers("sigma"), hidden=True),
        ),
        mistakes.NLL_GAUSSIAN,
        (
            "write down the density, take minus the logarithm on paper, and only then write code.",
            "with e = pred − target, each sample costs e² / (2 sigma²) + log sigma + log(2π) / 2; return the mean.",
        ),
    ),
    Task(
        "Laplace noise",
        1,
        1,
        nll_laplace,
        (
            Check("a few samples", inputs.real_numbers("b")),
            Check("errors of a thousand", inputs.far_numbers("b"), hidden=True),
            Check("200 samples", inputs.many_numbers("b"), hidden=True),
        ),
        mistakes.NLL_LAPLACE,
        (
            "as for Gaussian noise, with another density; its constant is 1 / (2b).",
            "each sample costs |pred − target| / b + log(2b); return the mean.",
        ),
    ),
    Task(
        "Poisson counts",
        1,
        1,
        nll_poisson,
        (
            Check("a few counts", inputs.few_counts),
            Check("counts of some hundreds", inputs.large_counts, hidden=True),
            Check("200 counts", inputs.many_counts, hidden=True),
        ),
        mistakes.NLL_POISSON,
        (
            "the rate is e^z. Which of the three factors of the probability becomes which term?",
            "each sample costs e^z − y·z + log y!; math.lgamma(y + 1) is log y! for one number y. Return the mean.",
        ),
    ),
    Task(
        "Bernoulli labels",
        1,
        1,
        nll_bernoulli,
        (
            Check("a few labels", inputs.few_labels),
            Check("scores of a thousand", inputs.large_scores, hidden=True),
            Check("1200 labels", inputs.many_labels, hidden=True),
        ),
        mistakes.NLL_BERNOULLI,
        (
            "put p = 1 / (1 + e^(−z)) into the cross-entropy on paper; much of it cancels.",
            "each sample costs log(1 + e^z) − y·z; np.logaddexp(0, z) is log(e^0 + e^z) and never overflows. Return "
            "the mean.",
        ),
    ),
    Task(
        "choose a loss",
        2,
        3,
        choose_loss,
        (
            *(Check(f"the case {name!r}", inputs.one_case(name)) for name in ("goals", "rain", "scale")),
            *(
                Check(f"the case {name!r}", inputs.one_case(name), hidden=True)
                for name in ("height", "digit", "waiting", "gps", "exam", "accidents", "party")
            ),
            Check("cases that are not in the table", inputs.unknown_cases, hidden=True),
        ),
        choice_mistakes.CHOOSE_LOSS,
        (
            "ask what values a target can take, what a far-off value means, and whether the number is a number or a "
            "name. What counts is the noise that is left once the inputs are known.",
            "any number: gaussian, or laplace if a few are far off; positive, with a spread that grows with the size: "
            "gamma; how many: poisson; yes or no: bernoulli; one of several names: categorical.",
        ),
    ),
    Task(
        "the best rate",
        2,
        1,
        best_rate,
        (
            Check("the horse kicks", inputs.horse_kicks, tolerance=1e-5),
            Check("a few counts", inputs.random_counts, tolerance=1e-5),
            Check("a least value at an end", inputs.beyond_the_end, hidden=True, tolerance=1e-5),
            Check("the best spread", inputs.best_spreads, hidden=True, tolerance=1e-5),
            Check("a wide range", inputs.wide_ranges, hidden=True, tolerance=1e-5),
        ),
        choice_mistakes.BEST_RATE,
        (
            "compare the curve at two places inside. On one side of them the valley cannot be: cut that part off, and "
            "repeat.",
            "left = low + (high − low) / 3, right = high − (high − low) / 3. If nll(left) < nll(right), the valley is "
            "not beyond right: high = right. Else low = left. After 200 rounds return the middle.",
        ),
    ),
)
