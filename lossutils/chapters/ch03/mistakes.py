"""What learners write instead in chapter 03: the sentence, then what stands in the reference and what they write there.

Where two mistakes return the same, the first one is named.
"""

from __future__ import annotations

import math

import numpy as np

# Best parameters -------------------------------------------------------------------------------------------------

GEOMETRIC, RAYLEIGH = "float(1 / (1 + np.mean(y)))", "float(np.sqrt(np.mean(y**2) / 2))"
PARETO, UNIFORM = "float(1 / np.mean(np.log(y)))", "float(np.max(y))"
GUESS = "this makes the mean of the {0} equal to that of the values; the likelihood asks for another {1}"
BEST_PARAMETER = (
    (
        "the slope is −1/p + y/(1 − p); solve it for p: ȳ rounds fail for each one that succeeds",
        (GEOMETRIC, "np.mean(y)"),
    ),
    ("the mean of y is (1 − p)/p, not 1/p; the round that succeeds is not counted in y", (GEOMETRIC, "1 / np.mean(y)")),
    (
        "this is 1 − p, the chance that a round fails; p is the chance that it succeeds",
        (GEOMETRIC, "np.mean(y) / (1 + np.mean(y))"),
    ),
    (
        "the share of zeros uses the zeros alone; all values tell something about p",
        (GEOMETRIC, "np.mean(y == 0)"),
    ),
    ("the likelihood asks for the mean of y, not for its median", (GEOMETRIC, "1 / (1 + np.median(y))")),
    (
        "this is e to the minus mean, which a Poisson count would have; solve −1/p + ȳ/(1 − p) = 0",
        (GEOMETRIC, "np.exp(-np.mean(y))"),
    ),
    (
        "this is the mean of 1/(1 + y); in the slope stands the mean of y, so take that first",
        (GEOMETRIC, "np.mean(1 / (1 + y))"),
    ),
    (
        "the factor ½ is missing: 2/s is the mean of y²/s³, so that s² is half the mean of y²",
        (RAYLEIGH, "np.sqrt(np.mean(y**2))"),
    ),
    ("this is s²; take the root", (RAYLEIGH, "np.mean(y**2) / 2")),
    (GUESS.format("Rayleigh distribution", "s"), (RAYLEIGH, "np.mean(y) * np.sqrt(2 / np.pi)")),
    ("this is the mean; the likelihood asks for the mean of the squares", (RAYLEIGH, "np.mean(y)")),
    (
        "this is the standard deviation; take the squares of y itself, not of its distance from the mean",
        (RAYLEIGH, "np.std(y)"),
    ),
    ("the value with the highest density is s, but s is not the median of the values", (RAYLEIGH, "np.median(y)")),
    ("the factor ½ stands inside the root, not before it", (RAYLEIGH, "np.sqrt(np.mean(y**2)) / 2")),
    (
        "the factor log y in front of the density has no s; 2/s comes from the y/s² alone",
        (RAYLEIGH, "np.sqrt(np.mean(y**2) / 3)"),
    ),
    ("the fraction is upside down; 1/a is the mean of log y", (PARETO, "np.mean(np.log(y))")),
    ("the logarithm of the mean is not the mean of the logarithms", (PARETO, "1 / np.log(np.mean(y))")),
    (GUESS.format("Pareto distribution", "a"), (PARETO, "np.mean(y) / (np.mean(y) - 1) if np.mean(y) > 1 else 1.0")),
    (
        "this is the mean of 1/log y; the mean of log y comes first, and the fraction after it",
        (PARETO, "np.mean(1 / np.log(y))"),
    ),
    (
        "this logarithm has base 10; minus the logarithm of the density needs the natural one",
        (PARETO, "1 / np.mean(np.log10(y))"),
    ),
    (
        "−log a + (a + 1) log y has the slope −1/a + log y; the 1 in a + 1 falls away",
        (PARETO, "1 / np.mean(np.log(y)) - 1"),
    ),
    ("the sum is not the mean; n values have n times −1/a", (PARETO, "1 / np.sum(np.log(y))")),
    ("the likelihood asks for the mean of log y, not for its median", (PARETO, "1 / np.median(np.log(y))")),
    (GUESS.format("uniform distribution", "t"), (UNIFORM, "2 * np.mean(y)")),
    (
        "this corrects the largest value upwards; the likelihood falls when t grows, so t is the largest value itself",
        (UNIFORM, "np.max(y) * (len(y) + 1) / len(y)"),
    ),
    ("the values come in any order; the last one need not be the largest", (UNIFORM, "y[-1]")),
    ("with such a t a value beyond it has the probability 0; no value may lie above t", (UNIFORM, "np.mean(y)")),
    ("from 0 to t; the smallest value does not count", (UNIFORM, "np.max(y) - np.min(y)")),
    ("this is 1/t, the density; t is asked for", (UNIFORM, "1 / np.max(y)")),
)

# Totals ----------------------------------------------------------------------------------------------------------

COPIES, UNIT, CHANCE = "return k * total", "return total + n * math.log(k)", "return total - n * math.log(k)"
OF_GAUSS, OF_LAPLACE = "n * (math.log(k) + (1 / k**2 - 1) / 2)", "n * (math.log(k) + 1 / k - 1)"
PER_TARGET = "log k is what one target gains or loses; there are n of them"
PREDICTED_TOTAL = (
    ("the mean stays, but the total of k times as many targets is k times as large", (COPIES, "return total")),
    ("copies change no density; each term stands there k times", (COPIES, "return total + n * math.log(k)")),
    ("k copies of each make k times as many, not k more", (COPIES, "return (k + 1) * total")),
    ("the total counts each copy; this divides by k", (COPIES, "return total / k")),
    (PER_TARGET, (UNIT, UNIT.replace("n * ", ""))),
    (PER_TARGET, (CHANCE, "return total - math.log(k)")),
    (
        "numbers k times as large have densities that are a k-th, so each −log p is larger, not smaller",
        (UNIT, UNIT.replace("+", "-")),
    ),
    (
        "a density has a unit: per kilogram and per gram are not the same number",
        (UNIT, UNIT.replace("total + n * math.log(k)", "total")),
    ),
    (
        "a total in nats does not grow with the unit itself, but with its logarithm",
        (UNIT, UNIT.replace("total + n * math.log(k)", "k * total")),
    ),
    (
        "this is what a factor k would do to a squared error; in the NLL the errors are measured in spreads, which "
        "grow too",
        (UNIT, UNIT.replace("total + n * math.log(k)", "k**2 * total")),
    ),
    (
        "the variance is k² times as large, but log σ stands in the loss, not log σ²",
        (UNIT, UNIT.replace("n *", "2 * n *")),
    ),
    ("a k times as large probability makes minus its logarithm smaller", (CHANCE, "return total + n * math.log(k)")),
    ("the loss is minus the logarithm; it does not fall by a factor", (CHANCE, "return total / k")),
    ("the loss is minus the logarithm; it does not grow by a factor", (CHANCE, "return total * k")),
    ("the logarithms of the course are natural, not to base 10", (UNIT, UNIT.replace("log", "log10"))),
    ("the logarithms of the course are natural, not to base 10", (CHANCE, "return total - n * math.log10(k)")),
    (
        "at the old spread e²/2σ² had the mean ½ already; take it off before you add the new one",
        (OF_GAUSS, "n * (math.log(k) + 1 / k**2 / 2)"),
    ),
    (
        "k is the factor of the spread σ, not of the variance",
        (OF_GAUSS, "n * (math.log(k) / 2 + (1 / k - 1) / 2)"),
    ),
    (
        "only log σ is counted; a wider bell also makes each error smaller in units of σ",
        (OF_GAUSS, "n * math.log(k)"),
    ),
    ("only the errors in units of σ are counted; log σ grows as well", (OF_GAUSS, "n * (1 / k**2 - 1) / 2")),
    (
        "at the best spread e²/2σ² has the mean ½, not 1",
        (OF_GAUSS, "n * (math.log(k) + 1 / k**2 - 1)"),
    ),
    ("under Gaussian noise the error is squared, and so is k", (OF_GAUSS, "n * (math.log(k) + 1 / k - 1)")),
    (
        "a wider bell divides the errors by k, it does not multiply them",
        (OF_GAUSS, "n * (math.log(k) + (k**2 - 1) / 2)"),
    ),
    (PER_TARGET, (OF_GAUSS, "math.log(k) + (1 / k**2 - 1) / 2")),
    ("only log b is counted; the errors in units of b become smaller, too", (OF_LAPLACE, "n * math.log(k)")),
    (
        "Laplace noise does not square: |e|/b has the mean 1 at the best b",
        (OF_LAPLACE, "n * (math.log(k) + (1 / k**2 - 1) / 2)"),
    ),
    ("at the best b, |e|/b has the mean 1, not ½", (OF_LAPLACE, "n * (math.log(k) + (1 / k - 1) / 2)")),
    (PER_TARGET, (OF_LAPLACE, "math.log(k) + 1 / k - 1")),
)

# Somebody's negative log-likelihood ------------------------------------------------------------------------------


def one_sample(f):
    """Asks for one error of two spreads."""
    right = 2 + math.log(3) + math.log(2 * math.pi) / 2
    got = f(np.array([6.0]), np.array([0.0]), 3.0)
    table = {"right": right, "base 10": right / math.log(10), "no constant": 2 + math.log(3)}
    table |= {"no log sigma": right - math.log(3), "sign": right - 2 * math.log(3)}
    return min(table, key=lambda fault: abs(table[fault] - got))


FAR, HUGE, SIGMA = "np.array([1000.0])", "far < 1000", "np.array([2.0, -1.0, 4.5]), 3.0"
FIND_NLL_FAULT = (
    ("one error cannot tell the mean from the sum; ask for three", one_sample),
    (
        "at the spread 1 a missing log σ, a turned sign and σ for σ² change nothing; take another spread",
        (SIGMA, "np.array([2.0, -1.0, 4.5]), 1.0"),
    ),
    (
        "so near, the density is still above 0, and above ε; ask for an error of a thousand spreads",
        (FAR, "np.array([3.0])"),
        (HUGE, "far < 0"),
    ),
    (
        "so near, the density is still above 0, and above ε; ask for an error of a thousand spreads",
        (FAR, "np.array([30.0])"),
        (HUGE, "far < 190"),
    ),
    ("what is infinite far away is the log in code; a clip keeps it finite", ('"log in code"', '"clipped"')),
    ("what is clipped stays finite; only the log in code is infinite", ('return "clipped"', 'return "log in code"')),
    ("a clip may lie at hundreds of nats; the right loss of a thousand spreads is 500,000", (HUGE, "far < 100")),
    ("a far error of finite cost is not right yet; the clip keeps it so small", (HUGE, "far < 0")),
    (
        "the sum of the losses is not taken into account; with three errors it is three times the mean",
        ('"sum": 3 * right, ', ""),
    ),
    (
        "logarithms to base 10 are not taken into account; they make everything smaller by log 10",
        (', "base 10": right / math.log(10)', ""),
    ),
    (
        "the missing constant and the missing log sigma are swapped",
        ('["no constant"]', '["no log sigma"]'),
        ('["no log sigma"] = right - log_sigma', '["no constant"] = right - log_sigma'),
    ),
    ("with − log σ for + log σ the loss is lower by twice log σ", ("right - 2 * log_sigma", "-right")),
    (
        "where σ is taken for the variance, log σ is halved as well: ½ log σ² is log σ",
        ("squares / sigma + log_sigma / 2 + constant", "squares / sigma + log_sigma + constant"),
    ),
    ("the missing constant is ½ log 2π, not log 2π", ("right - constant", "right - 2 * constant")),
)

# Scales of their own ---------------------------------------------------------------------------------------------

LOSS, RATIO = "np.mean(ratio + u + np.log(2))", "np.abs(e) * np.exp(-u)"
SLOPE_C, SLOPE_U = "np.sign(e) * np.exp(-u) / n", "(1 - ratio) / n"
LAPLACE_SCALE_NLL = (
    (
        "np.zeros_like of whole numbers holds whole numbers only; make the slopes from floats",
        ("np.sign(e) * np.exp(-u) / n", "(np.sign(e) * np.exp(-u) / n).astype(np.asarray(centre).dtype)"),
    ),
    ("the constant log 2 is missing; the density has two sides", (LOSS, "np.mean(ratio + u)")),
    ("log 2b is u + log 2, not 2u", (LOSS, "np.mean(ratio + 2 * u)")),
    ("this is the total; a loss of the course is the mean", (LOSS, "np.sum(ratio + u + np.log(2))")),
    ("u is missing; without it a wide scale would cost nothing", (LOSS, "np.mean(ratio + np.log(2))")),
    ("log b is added, since b stands below in the density; this subtracts u", (LOSS, "np.mean(ratio - u + np.log(2))")),
    (
        "log 2b is not halved; that is the constant of the bell",
        (LOSS, "np.mean(ratio + u / 2 + np.log(2 * np.pi) / 2)"),
    ),
    (
        "this is the Gaussian loss; Laplace noise takes the size of the error, not its square",
        (LOSS, "np.mean(e**2 * np.exp(-2 * u) / 2 + u + np.log(2 * np.pi) / 2)"),
        (SLOPE_C, "e * np.exp(-2 * u) / n"),
        (SLOPE_U, "(1 - e**2 * np.exp(-2 * u)) / n"),
    ),
    (
        "the logarithm comes after the density, and that is 0 for far targets; take it on paper",
        (LOSS, "np.mean(-np.log(np.exp(-ratio) / (2 * np.exp(u))))"),
    ),
    ("u is the logarithm of the scale b; exp(−2u) divides twice", (RATIO, "np.abs(e) * np.exp(-2 * u)")),
    ("a larger scale makes an error cheaper: exp(−u), not exp(u)", (RATIO, "np.abs(e) * np.exp(u)")),
    ("u is a logarithm; divide by exp(u), not by u", (RATIO, "np.abs(e) / u")),
    ("the size of the error is missing, so that errors of both signs cancel", (RATIO, "e * np.exp(-u)")),
    ("the slope in the centre is sign(e) divided by the scale; this divides by nothing", (SLOPE_C, "np.sign(e) / n")),
    ("the centre minus the target: the slope has the sign of the error", (SLOPE_C, "-np.sign(e) * np.exp(-u) / n")),
    ("of |e| the slope is the sign of e, not e", (SLOPE_C, "e * np.exp(-u) / n")),
    ("too low and too high pull in two directions; the sign of e is missing", (SLOPE_C, "np.exp(-u) / n")),
    ("at an error of 0 the slope in the centre is 0", (SLOPE_C, "np.where(e < 0, -1, 1) * np.exp(-u) / n")),
    ("the slopes belong to the mean; divide them by n", (SLOPE_C, "np.sign(e) * np.exp(-u)"), (SLOPE_U, "1 - ratio")),
    ("the slope in the centre belongs to the mean, too; divide it by n", (SLOPE_C, "np.sign(e) * np.exp(-u)")),
    ("the slope in u belongs to the mean, too; divide it by n", (SLOPE_U, "1 - ratio")),
    ("the derivative of exp(−u) is −exp(−u); this has the other sign", (SLOPE_U, "(1 + ratio) / n")),
    (
        "the slope is turned round; a large error makes u grow, so the slope in u is negative there",
        (SLOPE_U, "(ratio - 1) / n"),
    ),
    ("this is the slope in b, not in u = log b; multiply by b", (SLOPE_U, "(1 - ratio) / n / np.exp(u)")),
    ("u itself has the slope 1, and it is missing", (SLOPE_U, "-ratio / n")),
    ("the slope in v = log σ² of the bell has a ½; here the slope of u is 1", (SLOPE_U, "(1 - ratio) / (2 * n)")),
    ("one slope for all targets is not asked; each has its own u", (SLOPE_U, "np.sum(1 - ratio) / n * np.ones(n)")),
)

# Waiting ---------------------------------------------------------------------------------------------------------

EACH = "minutes * np.exp(-z) + arrived * z"
WAITING_NLL = (
    (
        "who still waits is counted as if the bus had come; a wait that goes on has a probability, not a density",
        (EACH, "minutes * np.exp(-z) + z"),
    ),
    (
        "who still waits is left out; that they have waited so long tells something",
        (EACH, "(minutes * np.exp(-z) + z)[np.asarray(arrived) == 1]"),
    ),
    (
        "the two are swapped; the density, with z, is for those whose wait is over",
        (EACH, "minutes * np.exp(-z) + (1 - arrived) * z"),
    ),
    (
        "who still waits counts as 0; minus the logarithm of exp(−y/μ) is y/μ",
        (EACH, "arrived * (minutes * np.exp(-z) + z)"),
    ),
    (
        "the sum is divided by the number of those who have come, not by the number of all",
        ("np.mean(each)", "np.sum(each) / np.sum(arrived) if np.sum(arrived) else np.inf"),
    ),
    ("this is the total; a loss of the course is the mean", ("np.mean(each)", "np.sum(each)")),
    ("a longer mean makes long waits cheap: exp(−z), not exp(z)", (EACH, "minutes * np.exp(z) + arrived * z")),
    ("minus the logarithm of 1/μ is + z", (EACH, "minutes * np.exp(-z) - arrived * z")),
    (
        "z is missing; minus the logarithm of 1/μ is z for those who have come",
        (EACH, "minutes * np.exp(-z) + 0 * arrived"),
    ),
    ("z is the logarithm of the mean; the mean is exp(z)", (EACH, "minutes / z + arrived * np.log(np.abs(z))")),
    (
        "this is the probability of having come by now; the wait is known to the minute",
        (
            EACH,
            "-np.log(np.where(np.equal(arrived, 1), 1 - np.exp(-minutes * np.exp(-z)), np.exp(-minutes * np.exp(-z))))",
        ),
    ),
    ("this is the log-likelihood; a loss is minus it", (EACH, "-minutes * np.exp(-z) - arrived * z")),
    (
        "minus the logarithm of a density may be below 0; nothing is to be cut off",
        (EACH, "np.maximum(minutes * np.exp(-z) + arrived * z, 0)"),
    ),
    (
        "minus the logarithm of a density may be below 0; nothing is to be cut off",
        ("float(np.mean(each))", "max(float(np.mean(each)), 0.0)"),
    ),
    (
        "the computer makes a tiny probability 0 before it takes the logarithm; take it on paper",
        (EACH, "-np.log(np.exp(-minutes * np.exp(-z)) * np.where(np.equal(arrived, 1), np.exp(-z), 1))"),
    ),
    (
        "this is the probability to wait shorter; who still waits has waited longer",
        (
            EACH,
            "np.where(np.equal(arrived, 1), minutes * np.exp(-z) + z, -np.log(1 - np.exp(-minutes * np.exp(-z))))",
        ),
    ),
    (
        "these are the probabilities; minus their logarithm is missing",
        (EACH, "np.exp(-minutes * np.exp(-z) - arrived * z)"),
    ),
)
