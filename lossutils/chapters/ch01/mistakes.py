"""What learners write instead in chapter 01: the sentence, then what stands in the reference and what they write there.

Where two mistakes return the same, the first one is named.
"""

from __future__ import annotations

import numpy as np

from lossutils.judge import wrong

# Weights are copies ----------------------------------------------------------------------------------------------

MEAN_SQUARE = "np.average(error**2, weights=weight)"
ROOT = f"np.sqrt({MEAN_SQUARE})"

MSE = (
    ("this is the root mean squared error; leave out the root", (MEAN_SQUARE, ROOT)),
    ("this is the mean absolute error; square the errors", ("error**2", "np.abs(error)")),
    (
        "every prediction is compared with every target; compare each with its own",
        (MEAN_SQUARE, "np.mean((np.asarray(pred)[:, np.newaxis] - np.asarray(target)) ** 2)"),
    ),
    (
        "this is the variance of the errors, from which their mean is missing; square the errors themselves",
        (MEAN_SQUARE, "np.cov(error, aweights=weight, ddof=0) if error.size > 1 else 0.0"),
    ),
    (
        "the errors are averaged before they are squared, so that those of both signs cancel",
        (MEAN_SQUARE, "np.average(error, weights=weight) ** 2"),
    ),
    ("this is half the mean squared error; leave out the factor ½", (MEAN_SQUARE, f"{MEAN_SQUARE} / 2")),
    (
        "the weight is squared too; weigh the squared errors, not the errors",
        (MEAN_SQUARE, f"{MEAN_SQUARE} if weight is None else np.sum((weight * error) ** 2) / np.sum(weight)"),
    ),
    (
        "weights need not be whole; np.repeat, or rounding them, loses the rest",
        (MEAN_SQUARE, "np.mean(error**2 if weight is None else np.repeat(error**2, np.asarray(weight).astype(int)))"),
    ),
    (
        "the sum is divided by n − 1, as for a sample's variance; a mean divides by n",
        (
            MEAN_SQUARE,
            f"{MEAN_SQUARE} if weight is not None else np.sum(error**2) / max(error.size - 1, 1)",
        ),
    ),
    (
        "weights of few bits are added in these few bits; convert them to float, too",
        (
            MEAN_SQUARE,
            f"{MEAN_SQUARE} if weight is None else "
            "np.sum(weight * error**2) / np.sum(weight, dtype=np.asarray(weight).dtype)",
        ),
    ),
    *wrong.of_a_mean("error**2", 'raise ValueError("mse: there is no sample, so there is no mean")'),
)

# Best constants that nobody derived ------------------------------------------------------------------------------

LOGS, SHARES_OF_SQUARES, MIDDLE = (
    "float(np.exp(np.mean(np.log(y))))",
    "float(np.sum(1 / y) / np.sum(1 / y**2))",
    ("float(first + last) / 2"),
)
HALF, PRICE, SHARE = "share > 0.5 - 1e-9", "weight = 1 / y", "np.cumsum(weight) / np.sum(weight)"
SORTED = "    y = np.sort("
AS_GIVEN = (SORTED, f"    given = np.asarray(y, dtype=float)\n{SORTED}")
NO_MIDDLE = "where the weights below and above balance exactly, all values between two neighbours are equally good"
NO_MEAN = "the mean is best for the squared error of c − y only; {}"
BEST_CONSTANT = (
    (NO_MEAN.format("here log c is the mean of the logarithms"), (LOGS, "np.mean(y)")),
    ("the logarithm of the best ratio guess is still to be undone; return exp of it", (LOGS, "np.mean(np.log(y))")),
    ("this is the median; the squared logarithm asks for exp of the mean of log y", (LOGS, "np.median(y)")),
    ("the logarithm of the mean is not the mean of the logarithms", (LOGS, "np.log(np.mean(y))")),
    (
        "the best ratio guess is the geometric mean, the n-th root of the product; this is its square root",
        (LOGS, "np.sqrt(np.prod(y))"),
    ),
    ("this is the harmonic mean; the squared logarithm asks for the geometric one", (LOGS, "len(y) / np.sum(1 / y)")),
    (
        "this adds 1 before the logarithm, as the squared logarithmic error of the library does; here the ratio counts",
        (LOGS, "np.expm1(np.mean(np.log1p(y)))"),
    ),
    ("the base of the logarithm and of the power differ; exp undoes log", (LOGS, "10 ** np.mean(np.log(y))")),
    (NO_MEAN.format("here the slope is the mean of 2 (c − y) / y²"), (SHARES_OF_SQUARES, "np.mean(y)")),
    (
        "this is the harmonic mean, which (c − y)² / y would ask for; the squared percentage error divides by y²",
        (SHARES_OF_SQUARES, "len(y) / np.sum(1 / y)"),
    ),
    (
        "the fraction is upside down; Σ c/y² = Σ 1/y is solved for c by Σ 1/y divided by Σ 1/y²",
        (SHARES_OF_SQUARES, "np.sum(1 / y**2) / np.sum(1 / y)"),
    ),
    (
        "the slope is the mean of 2 (c − y) / y², so that Σ c/y² is Σ y/y² = Σ 1/y, not n",
        (SHARES_OF_SQUARES, "len(y) / np.sum(1 / y**2)"),
    ),
    (
        "the weights are upside down; an error of 1 costs 1/y², so small values weigh most",
        (SHARES_OF_SQUARES, "np.sum(y**3) / np.sum(y**2)"),
    ),
    (
        "the square of a sum is not the sum of the squares; below stands Σ 1/y²",
        (SHARES_OF_SQUARES, "np.sum(1 / y) / np.sum(1 / y) ** 2"),
    ),
    (
        "this is the median with weights 1/y²; a squared error asks for a mean, not for a median",
        (SHARES_OF_SQUARES, "y[np.cumsum(1 / y**2) / np.sum(1 / y**2) >= 0.5][0]"),
    ),
    (
        "this is the guess of the percentage error without the square",
        (SHARES_OF_SQUARES, "y[np.cumsum(1 / y) / np.sum(1 / y) >= 0.5][0]"),
    ),
    ("for the percentage error the median needs weights, because an error of 1 costs 1/y", (MIDDLE, "np.median(y)")),
    ("the weights are upside down; an error of 1 costs 1/y, not y", (PRICE, "weight = y")),
    ("the weights are squared; without the square of the error, an error of 1 costs 1/y", (PRICE, "weight = 1 / y**2")),
    ("values below 1 get other weights than 1/y; an error costs most there", (PRICE, "weight = 1 / np.maximum(y, 1)")),
    (
        "this is the mean with weights 1/y; the percentage error asks for the median with these weights",
        (MIDDLE, "len(y) / np.sum(1 / y)"),
    ),
    (
        "this is the guess of the squared percentage error; without the square it is a median",
        (MIDDLE, SHARES_OF_SQUARES),
    ),
    (
        "the middle value is the weighted median only after sorting",
        AS_GIVEN,
        (MIDDLE, "given[np.cumsum(1 / given) / np.sum(1 / given) >= 0.5][0]"),
    ),
    (
        "the weights 1/y no longer stand beside their values; sort y first, then compute them",
        AS_GIVEN,
        (PRICE, "weight = 1 / given"),
    ),
    ("a value that stands there several times counts once; drop no copies", (SORTED, "    y = np.unique(")),
    (
        "as floats, shares that should be one half are a little less or more; allow for 1e-9",
        (HALF, "share >= 0.5"),
        ("share > 0.5 + 1e-9", "share > 0.5"),
    ),
    (f"{NO_MIDDLE}, not the lower one alone; take the midpoint", (MIDDLE, "float(first)")),
    (f"{NO_MIDDLE}, not the upper one alone; take the midpoint", (MIDDLE, "float(last)")),
)

# How far the best guess moves ------------------------------------------------------------------------------------

TO_N, TO_MIDDLE, STAYS = "return t / n", "return t / 2 if n > 1 else t", "return 0.0"
OF_TAU, ABOVE, LAST = 'tau if loss == "pinball" else 0.5', "(1 - tau) * n", "t if above < 1 else 0.0"
TIE = "    if abs(above - 1) < 1e-9:\n        return t / 2"
QUANTILE = "    tau = tau if"
SHARED_OUT = "a quantile does not share out the move; it moves by t, by t/2 or not at all"
PREDICTED_MOVE = (
    (SHARED_OUT, (QUANTILE, f'    if loss == "pinball":\n        return t / n\n{QUANTILE}')),
    (SHARED_OUT, (QUANTILE, f'    if loss == "pinball":\n        return tau * t / n\n{QUANTILE}')),
    (
        "the quantile moves by t/2 only where the share is met exactly; else it is a value, which moves by t or stays",
        (QUANTILE, f'    if loss == "pinball":\n        return t / 2\n{QUANTILE}'),
    ),
    ("the mean does not follow the largest value; its sum grows by t, so it moves by t/n", (TO_N, "return t")),
    ("the mean is no midpoint; its sum grows by t, so it moves by t/n", (TO_N, "return t / 2")),
    ("the mean sees every value; its sum grows by t, so it moves by t/n", (TO_N, "return 0.0")),
    ("t is divided by n − 1; the mean divides by n", (TO_N, "return t / max(n - 1, 1)")),
    ("the mean does not move by 1/n of what it was; t is how far the value moves", (TO_N, "return 1 / n")),
    ("the squared error squares the errors, not the move; the mean moves by t/n", (TO_N, "return t**2 / n")),
    ("the guess of the maximum error lies halfway, so it moves half as far", (TO_MIDDLE, "return t")),
    ("the maximum error sees the largest value, and its guess moves by t/2", (TO_MIDDLE, "return 0.0")),
    ("the guess of the maximum error is no mean; it lies halfway between two values", (TO_MIDDLE, "return t / n")),
    (
        "of a single value the smallest is the largest too, so that the guess of the maximum error moves by t",
        (TO_MIDDLE, "return t / 2"),
    ),
    ("beyond the edge a target pulls as hard as before, so that Huber's guess stays", (STAYS, "return t / n")),
    (
        "the median does not see how far away the largest value is; only its place in the order counts",
        (OF_TAU, OF_TAU),
        (LAST, 't if above < 1 else t / n if loss == "absolute" else 0.0'),
    ),
    (
        "of two values all between them are equally good for the absolute error, and the midpoint moves by t/2",
        (TIE, '    if abs(above - 1) < 1e-9:\n        return t / 2 if loss == "pinball" else 0.0'),
    ),
    (
        "tau is the wrong way round; at most 1 − tau of the values lie above the best guess",
        (ABOVE, "tau * n"),
    ),
    ("tau counts for the pinball loss only; the absolute error asks for the median", (OF_TAU, "tau")),
    ("tau is ignored; the pinball loss asks for the tau-quantile, not for the median", (OF_TAU, "0.5")),
    (
        "a high quantile is not always the largest value: with (1 − tau)·n above 1 the guess lies below it, and stays",
        (LAST, 't if above < 1 or loss == "pinball" and tau > 0.5 else 0.0'),
    ),
    (
        "a quantile can be the largest value itself: with (1 − tau)·n below 1 it moves by t",
        (LAST, 't if above < 1 and loss != "pinball" else 0.0'),
    ),
    (
        "this is the move of np.quantile, which interpolates; the pinball loss asks for one of the values, or for a "
        "midpoint",
        (TIE, '    if loss == "pinball":\n        return t * max(0.0, tau * (n - 1) - (n - 2)) if n > 1 else t'),
    ),
    (
        "as a float, (1 − 0.9) · 10 is 0.9999999999999998, so that this midpoint is missed; allow for 1e-9",
        ("abs(above - 1) < 1e-9", "above == 1"),
    ),
    ("exactly one value may lie above: then the midpoint of the two largest moves, by t/2", (TIE, "")),
    (
        "exactly one value may lie above: then the midpoint of the two largest moves, by t/2",
        (TIE, "    if abs(above - 1) < 1e-9:\n        return 0.0"),
    ),
)

# Somebody's mean squared error -----------------------------------------------------------------------------------


def same_target(f):
    """Asks with one target for all, and with few errors."""
    errors = np.array([2.0, -1.0])
    got = f(np.array([5.0, 2.0]), np.array([3.0, 3.0]))
    right = np.mean(errors**2)
    table = {"right": right, "sum": 2 * right, "root": right**0.5, "absolute": 1.5, "mean first": 0.25}
    return next((fault for fault, value in table.items() if np.isclose(got, value)), "factor")


def one_sample(f):
    """Asks for a single error."""
    got = f(np.array([3.0]), np.array([0.0]))
    return {9.0: "right", 3.0: "absolute", 0.0: "one side"}.get(got, "factor")


ERRORS, CAP, FARTHER = "[2.0, -1.0, 4.5]", "far < 3", "abs(near - 4) < 1e-6 and "
ABSOLUTE = 'formulas["absolute"] = np.mean(np.abs(errors))'
SIDES = "[np.mean(np.maximum(errors, 0) ** 2), np.mean(np.minimum(errors, 0) ** 2)]"
LEFT_OVER = 'return "sum" if abs(alone - 9) < 1e-6 else "factor"'
EVERYTHING = "if off < 1e-9 * got:"
FIND_FAULT = (
    (
        "a single error cannot tell a mean from a sum, nor a root from a size; ask for three errors or more",
        one_sample,
    ),
    (
        "with one target for all, every pair looks right; ask with targets that differ, errors of both signs, and far "
        "ones",
        same_target,
    ),
    (
        "all errors that were tried have one sign, where a free side does not show; take errors of both",
        (ERRORS, "[2.0, 1.0, 4.5]"),
    ),
    (
        "the errors that were tried are small, where a cap does not show; ask for an error of a million",
        (CAP, "False"),
    ),
    (
        "a cap may lie at 1000; ask for an error of a million",
        (CAP, "ask(200) / ask(100) < 3"),
    ),
    (
        "what grows in proportion is not always capped: the mean of the sizes and the root do so near 0, too",
        (FARTHER, ""),
    ),
    (
        "sum and factor are swapped; with a single error the sum is right",
        (LEFT_OVER, LEFT_OVER.replace("if", "if not")),
    ),
    (
        "a sum is n times the mean, but so is a factor of n; ask with more errors, or with fewer",
        (LEFT_OVER, 'return "sum" if np.isclose(ask(1), 3 * np.mean(errors**2)) else "factor"'),
    ),
    ("not every fault that is left is a sum; it may be a factor", (LEFT_OVER, 'return "sum"')),
    ("not every fault that is left is a factor; it may be the sum", (LEFT_OVER, 'return "factor"')),
    (
        "a factor of 1.01 is a factor; compare more closely than by a hundredth",
        (EVERYTHING, "if off < 0.02 * got:"),
    ),
    (
        "the free side may be either one: errors that are too high, or those that are too low",
        (SIDES, "[np.mean(np.maximum(errors, 0) ** 2)]"),
    ),
    (
        "the free side may be either one: errors that are too high, or those that are too low",
        (SIDES, "[np.mean(np.minimum(errors, 0) ** 2)]"),
    ),
    (
        "the root of a mean of squares is called absolute; that is the mean of |e|",
        ('["root"]', '["absolute"]'),
        (ABSOLUTE, ABSOLUTE.replace("absolute", "root")),
    ),
    (
        "the square of the mean error and the mean over one side are swapped",
        ('["mean first"]', '["one side"]'),
        (f'["one side"] = {SIDES}', f'["mean first"] = {SIDES}'),
    ),
)

# Huber's location ------------------------------------------------------------------------------------------------

SCALE, EDGES = "1.4826 * np.median(np.abs(y - mu))", "-k * scale, k * scale"
STEPS, STEP, END = "10_000", "np.mean(np.clip(y - mu, -k * scale, k * scale))", "abs(step) <= 1e-9 * scale"
RESULT, END_AT = "float(mu)", "abs(step) <= "
STOPS = (
    "the iteration stops too early, or at a step that is small in one unit and large in another; compare the step "
    "with 1e-9 of the scale"
)
TOO_FEW = "so many steps do for a large k only; the smaller k, the more: go on until one is below 1e-9 of the scale"
NO_SCALE = "the scale is 0, as more than half of the values are equal; return the median then"
SPREAD = "the scale is the standard deviation, which far values blow up; take the median of the distances"
DROPPED = "far values are thrown away; clip their residuals instead, so that they still pull"
HUBER_LOCATION = (
    ("only the high side is clipped; clip both sides", ("-k * scale, k * scale", "None, k * scale")),
    ("only the low side is clipped; clip both sides", ("-k * scale, k * scale", "-k * scale, None")),
    ("this is the mean; nothing is clipped", (RESULT, "np.mean(y)")),
    ("this is the median, where the iteration starts", (RESULT, "np.median(y)")),
    ("this is one step only; repeat it until mu no longer moves", (STEPS, "1")),
    ("this is the step; add it to mu", (STEPS, "1"), (RESULT, "step")),
    ("these are two steps only; repeat them until mu no longer moves", (STEPS, "2")),
    ("the factor 1.4826 of the scale is missing", ("1.4826 * ", "")),
    ("the scale is divided by 1.4826 instead of multiplied", ("1.4826 * ", "1 / 1.4826 * ")),
    (SPREAD, (SCALE, "np.std(y)")),
    (SPREAD, (SCALE, "np.std(y, ddof=1)")),
    (
        "the distances are measured from the mean; measure them from the median",
        ("np.abs(y - mu)", "np.abs(y - np.mean(y))"),
    ),
    (
        "the scale is the mean of the distances; take their median",
        ("np.median(np.abs(y - mu))", "np.mean(np.abs(y - mu))"),
    ),
    ("the scale is missing: clip at k times the scale, not at k", (EDGES, "-k, k")),
    ("k is missing: clip at k times the scale", (EDGES, "-scale, scale")),
    ("k is fixed at «k»; use the argument", (EDGES, "-«k» * scale, «k» * scale")),
    (DROPPED, (STEP, "np.mean(y[np.abs(y - mu) <= k * scale]) - mu"), (STEPS, "1")),
    (DROPPED, (STEP, "np.mean(np.where(np.abs(y - mu) > k * scale, 0, y - mu))")),
    (
        "the scale changes from step to step; compute it once, from the median",
        ("        step =", f"        scale = {SCALE}\n        step ="),
        (STEPS, "200"),
        (END, "False"),
    ),
    *((STOPS, (END, f"abs(step) < {least}")) for least in ("1e-3", "1e-4", "1e-6", "1e-8", "1e-9")),
    (STOPS, (END, "np.isclose(mu + step, mu)")),
    (
        "the step is compared with mu, which says nothing about how far there is to go; compare it with 1e-9 of "
        "the scale",
        (END, "abs(step) < 1e-6 * abs(mu)"),
    ),
    (
        "the step is compared with mu, which says nothing about how far there is to go; compare it with 1e-9 of "
        "the scale",
        (END, "abs(step) < 1e-9 * abs(mu)"),
    ),
    *(
        ("a step of that size is still a long way; go on until one is at most 1e-9 of the scale", (END, END_AT + least))
        for least in ("1e-3 * scale", "1e-4 * scale")
    ),
    (
        "a step of a millionth of the scale is too large to stop at when k is small; go on to 1e-9 of the scale",
        (END, "abs(step) < 1e-6 * scale"),
    ),
    *((TOO_FEW, (STEPS, steps)) for steps in ("5", "10", "20", "30", "50", "100", "200")),
    (
        NO_SCALE,
        (STEP, "np.mean(np.clip((y - mu) / scale, -k, k)) * scale"),
        (END, "not abs(step) > 1e-9 * scale"),
    ),
    (NO_SCALE, (RESULT, "float(mu if scale else np.mean(y))")),
)

# A loss for beds -------------------------------------------------------------------------------------------------

MISSING, COST = "np.asarray(demand, dtype=float) - beds", "np.mean(empty + 3 * neighbour + «city» * far)"
FAR, NEIGHBOUR = "np.maximum(missing - near, 0)", "np.maximum(missing, 0) - far"
BED_COST = (
    (
        "too many and too few are swapped; a bed is missing where the demand is larger",
        (MISSING, "beds - np.asarray(demand, dtype=float)"),
    ),
    ("this is the sum of all days; the mean is asked for", (COST, "np.sum(empty + 3 * neighbour + «city» * far)")),
    ("empty beds cost nothing here; each costs 1", (COST, "np.mean(3 * neighbour + «city» * far)")),
    ("an empty bed costs 1, not as much as a missing one", (COST, "np.mean(3 * empty + 3 * neighbour + «city» * far)")),
    ("empty beds lower the cost here; each costs 1 more", (COST, "np.mean(3 * neighbour + «city» * far - empty)")),
    (
        "the neighbour takes everybody here; only the first `near` patients cost 3, the others «city»",
        (COST, "np.mean(empty + 3 * (neighbour + far))"),
    ),
    (
        "every missing bed costs «city» here; the first `near` cost 3",
        (COST, "np.mean(empty + «city» * (neighbour + far))"),
    ),
    (
        "once the neighbour is full, all missing beds cost «city» here; the first `near` still cost 3 each",
        (COST, "np.mean(empty + np.where(far > 0, «city», 3) * (neighbour + far))"),
    ),
    (
        "once the neighbour is full, its patients cost nothing here; the first `near` still cost 3 each",
        (COST, "np.mean(empty + np.where(far > 0, 0, 3) * neighbour + «city» * far)"),
    ),
    (
        "those beyond the neighbour cost «city» on top of 3 here; they cost «city»",
        (COST, "np.mean(empty + 3 * (neighbour + far) + «city» * far)"),
    ),
    ("`near` is fixed at «near»; use the argument", (FAR, "np.maximum(missing - «near», 0)")),
    (
        "the days are averaged before they are priced, so that empty beds of one day make up for another; price each "
        "day",
        (MISSING, "np.mean(np.asarray(demand, dtype=float) - beds)"),
    ),
    (
        "the prices are swapped; the first `near` patients cost 3 each, the others «city»",
        (COST, "np.mean(empty + «city» * neighbour + 3 * far)"),
    ),
    (
        "the squares are counted; each bed has its price, however many there are",
        (COST, "np.mean((empty + 3 * neighbour + «city» * far) ** 2)"),
    ),
    (
        "this is one cost per day; the mean over the days is missing",
        (f"float({COST})", "empty + 3 * neighbour + «city» * far"),
    ),
    (
        "this is the pinball loss of «city» to 1, divided by «city + 1»; the neighbour is missing",
        (COST, "np.mean(empty + «city» * (neighbour + far)) / «city + 1»"),
    ),
    (
        "half a bed is lost; beds and demands need not be whole",
        (MISSING, "np.asarray(demand, dtype=int) - np.asarray(beds).astype(int)"),
    ),
)
