"""What learners write instead of the likelihoods of chapter 03. Of two that return the same, the first is named."""

from __future__ import annotations

import math

import numpy as np

from lossutils.judge.task import Mistake

ROOT = np.sqrt(2 * np.pi)


def log_factorial(target):
    return np.array([math.lgamma(y + 1) for y in target])


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


# Each as a function of the task's arguments: the loss per sample, and the probability of each target.


def gaussian(pred, target, sigma):
    return (pred - target) ** 2 / (2 * sigma**2) + np.log(sigma) + np.log(2 * np.pi) / 2


def gaussian_density(pred, target, sigma):
    return np.exp(-((pred - target) ** 2) / (2 * sigma**2)) / (ROOT * sigma)


def laplace(pred, target, b):
    return np.abs(pred - target) / b + np.log(2 * b)


def laplace_density(pred, target, b):
    return np.exp(-np.abs(pred - target) / b) / (2 * b)


def poisson(z, target):
    return np.exp(z) - target * z + log_factorial(target)


def poisson_probability(z, target):
    """With products as the formula has them: y! and the power overflow."""
    factorial = np.array([np.prod(np.arange(1.0, y + 1)) for y in target])
    return np.exp(z) ** target * np.exp(-np.exp(z)) / factorial


def poisson_safely(z, target):
    return np.exp(-poisson(z, target))


def bernoulli(z, target):
    return np.logaddexp(0, z) - target * z


def bernoulli_probability(z, target):
    return np.where(target == 1, sigmoid(z), 1 - sigmoid(z))


PRODUCT = "the probabilities are multiplied first, and the product of many is 0; add up their logs"


def mean(formula):
    """The mean of another formula."""
    return lambda *args: np.mean(formula(*args))


def of_a_likelihood(each, probability, safely, tail) -> tuple[Mistake, ...]:
    """What goes wrong with every likelihood: `tail` says when its probability is 0 or not a number for a computer."""
    return (
        Mistake(tail, lambda *args: -np.mean(np.log(probability(*args)))),
        Mistake("this is the log-likelihood; a loss is minus it", mean(lambda *args: -each(*args))),
        Mistake("this is the sum, not the mean", lambda *args: np.sum(each(*args))),
        Mistake("this is one loss per sample; the mean over the samples is missing", each),
        Mistake("this is the mean probability; take minus the logarithm of each", mean(probability)),
        Mistake(
            "the logarithm comes after the mean; take it of each probability, then the mean",
            lambda *args: -np.log(np.mean(safely(*args))),
        ),
        Mistake(
            "this logarithm has base 10; the course uses the natural one, np.log",
            lambda *args: np.mean(each(*args)) / np.log(10),
        ),
        Mistake(PRODUCT, lambda *args: -np.log(np.prod(safely(*args))) / len(args[0])),
    )


NLL_GAUSSIAN = (
    *of_a_likelihood(
        gaussian,
        gaussian_density,
        gaussian_density,
        "far from the prediction the density is 0 for a computer, and the loss infinite; take the logarithm on paper",
    ),
    Mistake(
        "this is the mean squared error; divide by 2 sigma² and add the constants",
        mean(lambda pred, target, sigma: (pred - target) ** 2),
    ),
    Mistake(
        "both constants are missing, log sigma and log(2π) / 2",
        mean(lambda pred, target, sigma: (pred - target) ** 2 / (2 * sigma**2)),
    ),
    Mistake(
        "the constant log(2π) / 2 is missing",
        mean(lambda pred, target, sigma: gaussian(pred, target, sigma) - np.log(2 * np.pi) / 2),
    ),
    Mistake(
        "log sigma is missing; a wide bell is flat, and that costs",
        mean(lambda pred, target, sigma: gaussian(pred, target, sigma) - np.log(sigma)),
    ),
    Mistake(
        "the constant is log sigma, not log sigma²: the root of the variance stands in the density",
        mean(lambda pred, target, sigma: gaussian(pred, target, sigma) + np.log(sigma)),
    ),
    Mistake(
        "the square of sigma is missing under e²",
        mean(
            lambda pred, target, sigma: (
                gaussian(pred, target, sigma) + (pred - target) ** 2 * (1 / (2 * sigma) - 1 / (2 * sigma**2))
            )
        ),
    ),
    Mistake(
        "the factor ½ of e² is missing",
        mean(lambda pred, target, sigma: gaussian(pred, target, sigma) + (pred - target) ** 2 / (2 * sigma**2)),
    ),
    Mistake(
        "sigma is the spread; its square is the variance, which the library's GaussianNLL asks for",
        mean(lambda pred, target, sigma: gaussian(pred, target, np.sqrt(sigma))),
    ),
    Mistake(
        "the constant is log(2π) / 2, not log(2π): the density has a root",
        mean(lambda pred, target, sigma: gaussian(pred, target, sigma) + np.log(2 * np.pi) / 2),
    ),
)

NLL_LAPLACE = (
    *of_a_likelihood(
        laplace,
        laplace_density,
        laplace_density,
        "far from the prediction the density is 0 for a computer, and the loss infinite; take the logarithm on paper",
    ),
    Mistake(
        "this is the mean absolute error; divide by b and add log(2b)",
        mean(lambda pred, target, b: np.abs(pred - target)),
    ),
    Mistake("the constant log(2b) is missing", mean(lambda pred, target, b: np.abs(pred - target) / b)),
    Mistake(
        "the constant is log(2b), not log b: the density has two sides",
        mean(lambda pred, target, b: np.abs(pred - target) / b + np.log(b)),
    ),
    Mistake(
        "the size of the error is missing, so that errors of both signs cancel",
        mean(lambda pred, target, b: (pred - target) / b + np.log(2 * b)),
    ),
    Mistake(
        "the error is squared, as in Gaussian noise; Laplace noise takes its size",
        mean(lambda pred, target, b: (pred - target) ** 2 / b + np.log(2 * b)),
    ),
    Mistake(
        "the error is multiplied by b; divide by it",
        mean(lambda pred, target, b: np.abs(pred - target) * b + np.log(2 * b)),
    ),
    Mistake(
        "b is the spread itself; there is no factor 2 under the error",
        mean(lambda pred, target, b: np.abs(pred - target) / (2 * b) + np.log(2 * b)),
    ),
)

NLL_POISSON = (
    *of_a_likelihood(
        poisson,
        poisson_probability,
        poisson_safely,
        "powers and factorials of large counts overflow; take the logarithm on paper",
    ),
    Mistake(
        "log y! is missing; the library leaves it out, but then this is no longer the likelihood",
        mean(lambda z, target: np.exp(z) - target * z),
    ),
    Mistake(
        "z is the logarithm of the rate; the rate is e^z",
        mean(lambda z, target: z - target * np.log(z) + log_factorial(target)),
    ),
    Mistake(
        "this subtracts log y!; it stands under the fraction, so minus its log is added",
        mean(lambda z, target: np.exp(z) - target * z - log_factorial(target)),
    ),
    Mistake(
        "math.lgamma(y) is log (y − 1)!; log y! is math.lgamma(y + 1)",
        mean(lambda z, target: np.exp(z) - target * z + np.array([math.lgamma(y) if y else np.inf for y in target])),
    ),
    Mistake(
        "y! itself overflows for large counts; math.lgamma(y + 1) is its logarithm without it",
        mean(
            lambda z, target: (
                np.exp(z) - target * z + np.log(np.array([np.prod(np.arange(1.0, y + 1)) for y in target]))
            )
        ),
    ),
    Mistake("the first term is the rate, e^z, not z", mean(lambda z, target: z - target * z + log_factorial(target))),
    Mistake(
        "y is multiplied by the logarithm of the rate, which is z, not by the rate",
        mean(lambda z, target: np.exp(z) - target * np.exp(z) + log_factorial(target)),
    ),
    Mistake(
        "this adds y! itself; add its logarithm",
        mean(lambda z, target: np.exp(z) - target * z + np.exp(log_factorial(target))),
    ),
    Mistake(
        "the rate is missing: minus the logarithm of e^(−rate) is the rate, e^z",
        mean(lambda z, target: -target * z + log_factorial(target)),
    ),
    Mistake(
        "this is the squared error of the rate; a count has its own distribution",
        mean(lambda z, target: (np.exp(z) - target) ** 2),
    ),
)

CLIPPED = "the clipped probability hides how wrong a score is; log(1 + e^z) − y·z needs no clipping"
NLL_BERNOULLI = (
    *of_a_likelihood(
        bernoulli,
        bernoulli_probability,
        bernoulli_probability,
        "for large scores the probability is 0 or 1 for a computer; put the sigmoid into the formula on "
        "paper, and use np.logaddexp(0, z)",
    ),
    Mistake(
        "e^z overflows; np.logaddexp(0, z) is log(1 + e^z) without that",
        mean(lambda z, target: np.log(1 + np.exp(z)) - target * z),
    ),
    Mistake(
        "z is a score, not a probability; the probability is 1 / (1 + e^(−z))",
        mean(lambda z, target: -target * np.log(z) - (1 - target) * np.log(1 - z)),
    ),
    Mistake(
        "y·z is subtracted, not added: a high score makes a yes cheap",
        mean(lambda z, target: np.logaddexp(0, z) + target * z),
    ),
    Mistake(
        "labels 0 cost nothing here; add −(1 − y) log(1 − p)", mean(lambda z, target: target * np.logaddexp(0, -z))
    ),
    Mistake("the labels are swapped: p is the probability of a 1", mean(lambda z, target: bernoulli(-z, target))),
    Mistake(
        "log(1 + e^(−yz)) is for labels −1 and 1; these are 0 and 1",
        mean(lambda z, target: np.logaddexp(0, -target * z)),
    ),
    Mistake(
        "this is the squared error of the probability, the Brier score",
        mean(lambda z, target: (sigmoid(z) - target) ** 2),
    ),
    Mistake("this is the share of wrong labels, a metric with slope 0", mean(lambda z, target: (z > 0) != target)),
    *(
        Mistake(
            CLIPPED,
            mean(lambda z, target, tiny=tiny: -np.log(np.clip(bernoulli_probability(z, target), tiny, 1 - tiny))),
        )
        for tiny in (1e-7, 1e-12, 1e-15)
    ),
)
