"""The functions of exercise 03, as a learner may write them, and what its texts compute."""

from __future__ import annotations

import math

import numpy as np


def best_parameter(distribution, y):
    """The parameter with the least negative log-likelihood of the values y."""
    y = np.asarray(y, dtype=float)
    if distribution == "geometric":
        return float(1 / (1 + np.mean(y)))  # 1/p − ȳ/(1 − p) is 0 here
    if distribution == "rayleigh":
        return float(np.sqrt(np.mean(y**2) / 2))  # the mean of 2/s − y²/s³ is 0 here
    if distribution == "pareto":
        return float(1 / np.mean(np.log(y)))  # 1/a is the mean of log y
    return float(np.max(y))  # n log t rises, so t is as small as the values allow


def predicted_total(change, total, n, k, noise="gaussian"):
    """The total negative log-likelihood after a change, told from what it was before."""
    if change == "copies":
        return k * total  # each term stands k times
    if change == "unit":
        return total + n * math.log(k)  # each density is a k-th of what it was
    if change == "chance":
        return total - n * math.log(k)
    if noise == "gaussian":
        return total + n * (math.log(k) + (1 / k**2 - 1) / 2)  # at the best spread, e²/2σ² has the mean ½
    return total + n * (math.log(k) + 1 / k - 1)  # at the best spread, |e|/b has the mean 1


def find_nll_fault(f):
    """What is wrong with a function that should be the mean Gaussian negative log-likelihood."""
    far = f(np.array([1000.0]), np.array([0.0]), 1.0)  # costs 500,000 nats
    if far > 1e9:  # infinite
        return "log in code"
    if far < 1000:
        return "clipped"
    e, sigma, constant = np.array([2.0, -1.0, 4.5]), 3.0, math.log(2 * math.pi) / 2
    target = np.array([1.0, 7.0, 30.0])
    squares, log_sigma = np.mean(e**2) / 2, math.log(sigma)
    right = squares / sigma**2 + log_sigma + constant
    formulas = {"right": right, "sum": 3 * right, "base 10": right / math.log(10)}
    formulas["no constant"] = right - constant
    formulas["no log sigma"] = right - log_sigma
    formulas["sign"] = right - 2 * log_sigma
    formulas["variance"] = squares / sigma + log_sigma / 2 + constant
    got = f(target + e, target, sigma)
    return min(formulas, key=lambda fault: abs(formulas[fault] - got))


def laplace_scale_nll(centre, log_scale, target):
    """The mean negative log-likelihood of Laplace noise with a scale of its own for each target, and its two slopes."""
    e, u, n = centre - target, log_scale, len(target)
    ratio = np.abs(e) * np.exp(-u)  # the error in units of its scale
    loss = np.mean(ratio + u + np.log(2))
    slope_centre = np.sign(e) * np.exp(-u) / n
    slope_u = (1 - ratio) / n
    return float(loss), slope_centre, slope_u


def waiting_nll(z, minutes, arrived):
    """The mean negative log-likelihood of waits of mean e^z, of which some have not ended yet."""
    each = minutes * np.exp(-z) + arrived * z  # who still waits has no density: the factor 1/μ is missing
    return float(np.mean(each))


# What the texts compute --------------------------------------------------------------------------------------------

THREE = ([5.0, 1.0, 3.0], [0.0, 0.0, math.log(2)], [3.0, 1.0, 9.0])  # centres, log scales, targets


def of_three(result):
    """The loss, the slopes in the centres and those in u of the three targets of the text."""
    return laplace_scale_nll(*map(np.array, THREE))[result]
