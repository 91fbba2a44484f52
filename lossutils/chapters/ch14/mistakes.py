"""What learners write instead in chapter 14: the sentence, then what stands in the reference and what they write there.

Where two mistakes return the same, the first one is named.
"""

from __future__ import annotations

# The truth behind a statement ------------------------------------------------------------------------------------

SPHERE, SMOOTHED = "return p  # a proper loss", "return (p - a / 2) / (1 - a)"
POWER = "for_one, for_zero = -a * (1 - p) ** (a - 1), a * p ** (a - 1)"
FOCAL_ONE = "for_one = a * (1 - p) ** (a - 1) * np.log(p) - (1 - p) ** a / p"
FOCAL_ZERO = "for_zero = p**a / (1 - p) - a * p ** (a - 1) * np.log1p(-p)"
SOLVED = "return for_zero / (for_zero - for_one)"
TRUTH_BEHIND = (
    (
        "this is p itself; only a proper loss asks for the truth",
        (SMOOTHED, "return p"),
        (SOLVED, "return p"),
    ),
    (
        "this is the way back: what the loss asks for where the truth is p",
        (SMOOTHED, "return p * (1 - a) + a / 2"),
        (
            "for_one, for_zero = -a * (1 - p) ** (a - 1), a * p ** (a - 1)",
            "for_one, for_zero = -((1 - p) ** (1 / (a - 1))), p ** (1 / (a - 1))",
        ),
    ),
    (
        "label 1 and label 0 are exchanged: this is the true probability of the label 0",
        (SMOOTHED, "return 1 - (p - a / 2) / (1 - a)"),
        (SOLVED, "return -for_one / (for_zero - for_one)"),
    ),
    ("the target is 1 − a/2 for the label 1 and a/2 for the label 0", (SMOOTHED, "return (p - a) / (1 - 2 * a)")),
    (
        "subtracting a/2 is half of it: the targets also lie closer together, by the factor 1 − a",
        (SMOOTHED, "return p - a / 2"),
    ),
    ("the loss for the label 0 asks for a/2, not for 0", (SMOOTHED, "return p / (1 - a / 2)")),
    ("the slope of pᵃ has the exponent a − 1", (POWER, "for_one, for_zero = -a * (1 - p) ** a, a * p**a")),
    (
        "the expected loss has no slope where the slopes balance, not where the losses do",
        (POWER, "for_one, for_zero = -((1 - p) ** a), p**a"),
        (FOCAL_ONE, "for_one = (1 - p) ** a * np.log(p)"),
        (FOCAL_ZERO, "for_zero = -(p**a) * np.log1p(-p)"),
    ),
    (
        "a product has two slopes: that of (1 − p)ᵃ is missing",
        (FOCAL_ONE, "for_one = -((1 - p) ** a) / p"),
        (FOCAL_ZERO, "for_zero = p**a / (1 - p)"),
    ),
    (
        "a product has two slopes: that of the logarithm is missing",
        (FOCAL_ONE, "for_one = a * (1 - p) ** (a - 1) * np.log(p)"),
        (FOCAL_ZERO, "for_zero = -a * p ** (a - 1) * np.log1p(-p)"),
    ),
    (
        "the slope of (1 − p)ᵃ is −a (1 − p)ᵃ⁻¹; a sign is lost",
        (FOCAL_ONE, "for_one = -a * (1 - p) ** (a - 1) * np.log(p) - (1 - p) ** a / p"),
        (FOCAL_ZERO, "for_zero = p**a / (1 - p) + a * p ** (a - 1) * np.log1p(-p)"),
    ),
    (
        "in the slope of the focal loss the exponent a stays in front as a factor",
        (FOCAL_ONE, "for_one = (1 - p) ** (a - 1) * np.log(p) - (1 - p) ** a / p"),
        (FOCAL_ZERO, "for_zero = p**a / (1 - p) - p ** (a - 1) * np.log1p(-p)"),
    ),
    ("the focal exponent is a here, not 2", (FOCAL_ONE, "a = 2.0\n        " + FOCAL_ONE)),
    (
        "this divides by the sum of the slopes; one of them is negative",
        (SOLVED, "return for_zero / (for_zero + for_one)"),
    ),
    ("this is the ratio of the slopes, the odds; turn it into a probability", (SOLVED, "return -for_zero / for_one")),
    (
        "the sphere's loss is proper: it asks for the truth, whatever a is",
        (SPHERE, "return p / np.sqrt(p**2 + (1 - p) ** 2)"),
    ),
    (
        "the sphere's loss is proper: it asks for the truth, whatever a is",
        (SPHERE, "return p**2 / (p**2 + (1 - p) ** 2)"),
    ),
)

# The predicted report --------------------------------------------------------------------------------------------

SCORE, RIGHT = "k * (np.log(q) - np.log1p(-q))", "np.mean(np.maximum(q, 1 - q))"
COST, ERROR = "np.mean(softplus - q * z)", "np.mean(np.abs(stated - q))"
SOFTPLUS = "np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))"
STATED = "np.exp(np.minimum(z, 0) - np.log1p(np.exp(-np.abs(z))))"
BACK = "float(right), float(cost), float(error), float(k)"
PREDICTED_REPORT = (
    (
        "this is what is promised; how many are right depends on the truth",
        (RIGHT, "np.mean(1 / (1 + np.exp(-np.minimum(np.abs(z), 700))))"),
    ),
    ("the answer is the more probable label, so max(q, 1 − q) of such answers are right", (RIGHT, "np.mean(q)")),
    ("this counts the answers 1; how many are right?", (RIGHT, "np.mean(q > 0.5)")),
    (
        "a factor moves no score to the other side of 0, so it changes no answer",
        (RIGHT, "1 / k * np.mean(np.maximum(q, 1 - q))"),
    ),
    (
        "this is the cross-entropy of the honest probabilities; those that are stated cost more",
        (COST, "np.mean(softplus / k - q * z / k) if k == 1 else -np.mean(q * np.log(q) + (1 - q) * np.log1p(-q))"),
    ),
    (
        "this is the entropy of what is stated; the labels follow the truth",
        (COST, "np.mean(softplus - z / (1 + np.exp(-np.clip(z, -700, 700))))"),
    ),
    ("this is the loss of the label 1 alone; the label 0 has its share, too", (COST, "np.mean(softplus - z)")),
    ("each row is weighed by its true probability, for both labels", (COST, "np.mean(q * (softplus - z))")),
    ("this is Brier's loss, not the cross-entropy", (COST, "np.mean(q * (1 - stated) ** 2 + (1 - q) * stated**2)")),
    ("this is the total over the rows, not the mean", (COST, "np.sum(softplus - q * z)")),
    (
        "the probability is multiplied here, not the score",
        (
            "z = k * (np.log(q) - np.log1p(-q))",
            "s = np.clip(k * q, 1e-12, 1 - 1e-12)\n    z = np.log(s) - np.log1p(-s)",
        ),
    ),
    ("the score of q is its log-odds, log(q / (1 − q)), not log q", (SCORE, "k * np.log(q)")),
    ("the scores are k times too large, not too small", (SCORE, "(np.log(q) - np.log1p(-q)) / k")),
    ("the distances must not cancel: take the size of each", (ERROR, "np.mean(stated - q)")),
    ("the distances must not cancel: take the size of each", (ERROR, "abs(np.mean(stated - q))")),
    ("this is the mean of the squares, a part of Brier's loss", (ERROR, "np.mean((stated - q) ** 2)")),
    ("this is the largest distance, not their mean", (ERROR, "np.max(np.abs(stated - q))")),
    (
        "the best temperature divides by the factor that was multiplied in",
        (BACK, "float(right), float(cost), float(error), 1 / k"),
    ),
    (
        "scores that are k times too large need the temperature k",
        (BACK, "float(right), float(cost), float(error), 1.0"),
    ),
    (
        "large scores overflow in the exponential; use log1p of exp of minus the size",
        (SOFTPLUS, "np.log(1 + np.exp(z))"),
    ),
)

# Curves ----------------------------------------------------------------------------------------------------------

NEVER, HIGH, LEAK = "if ends > 0.9:", "if ends > 0.4:", "if last < usual / 2:"
START, GOOD, TURN = '"rate too big" if starts > 1.02 else "dead start"', "if last < 1.7 * usual:", "last > 1.27 * least"
READ_CURVES = (
    (
        "a rate that is too big and a dead start are exchanged: who starts at chance?",
        (START, '"dead start" if starts > 1.02 else "rate too big"'),
    ),
    ("this calls a dead start a rate that is too big; where does its training loss start?", (START, '"rate too big"')),
    ("this calls a rate that is too big a dead start; its first epoch costs more than chance", (START, '"dead start"')),
    ("a training that never came down is called underfit; underfit falls, and slowly", (START, '"underfit"')),
    ("an underfit training is taken for one that never learned; its loss still falls", (NEVER, "if ends > 0.4:")),
    ("an underfit training is taken for overfit or noisy labels; look at its training loss", (HIGH, "if ends > 0.95:")),
    (
        "label noise is taken for underfit; its training loss goes on falling, far below the validation loss",
        (HIGH, "if ends > 0.08:"),
    ),
    ("a leak is called healthy: a loss far below the usual is too good", (LEAK, "if last < 0:")),
    ("a healthy training is called a leak; compare with the usual", (LEAK, "if last < 1.7 * usual:")),
    (
        "the leak is sought in the training loss, which is small for the healthy ones as well",
        (LEAK, "if train[-1] < usual / 2:"),
    ),
    ("overfit is called healthy: its validation loss ends far above the usual", (GOOD, "if last < 10 * usual:")),
    (
        "a healthy training is called overfit because its loss turns; where does it end?",
        (GOOD, "if last < 1.02 * least:"),
    ),
    ("noise is called overfit: its validation loss turns early and rises far", (TURN, "last > 9 * least")),
    ("overfit is called noise: it turns as well, but hardly rises", (TURN, "last > least")),
    ("noise and overfit are exchanged: which of them rises far?", (TURN, "last < 1.27 * least")),
    (
        "chance is log 10 only for ten classes, and in nats; use what is given",
        ("train[0] / chance, train[-1] / chance", "train[0] / np.log(10), train[-1] / np.log(10)"),
    ),
)

# The rise --------------------------------------------------------------------------------------------------------

FOUND, RAW, CORRECTED = (
    "found = [*found, 1 / low]",
    "raw = [*raw, cost(1.0, ~chosen)]",
    "corrected = [*corrected, cost(low, ~chosen)]",
)
SLOPE, LOW = "return np.mean(np.sum(e * z[chosen], axis=1) / np.sum(e, axis=1))", "if slope(middle) <= 0:"
RISE, TAKEN = "rise = raw[1] - raw[0]", "taken_back = rise - (corrected[1] - corrected[0])"
ENDS, RETURNED = "low, high = «least», 100.0", "float(found[0]), float(found[1]), float(rise), float(taken_back)"
EXPONENTIALS = "e = np.exp(a * z[chosen] - np.max(a * z[chosen], axis=1, keepdims=True))"
SPLIT_RISE = (
    ("this is 1/T; the scores are divided by T", (FOUND, "found = [*found, low]")),
    (
        "the temperature is chosen on the rows that judge",
        (
            EXPONENTIALS,
            "chosen_ = ~chosen\n            e = np.exp(a * z[chosen_] - np.max(a * z[chosen_], axis=1, keepdims=True))",
        ),
        (SLOPE, "return np.mean(np.sum(e * z[~chosen], axis=1) / np.sum(e, axis=1))"),
    ),
    (
        "the temperature is chosen on all rows, also on those that judge",
        (EXPONENTIALS, "e = np.exp(a * z - np.max(a * z, axis=1, keepdims=True))"),
        (SLOPE, "return np.mean(np.sum(e * z, axis=1) / np.sum(e, axis=1))"),
    ),
    (
        "the losses are judged on the rows that chose the temperature",
        (RAW, "raw = [*raw, cost(1.0, chosen)]"),
        (CORRECTED, "corrected = [*corrected, cost(low, chosen)]"),
    ),
    (
        "the losses are judged on all rows, also on those that chose the temperature",
        (RAW, "raw = [*raw, cost(1.0, chosen | True)]"),
        (CORRECTED, "corrected = [*corrected, cost(low, chosen | True)]"),
    ),
    (
        "each time has its own temperature; this takes the first one for both",
        (CORRECTED, "corrected = [*corrected, cost(1 / found[0], ~chosen)]"),
    ),
    (
        "the scores are multiplied by T here; divide them",
        (CORRECTED, "corrected = [*corrected, cost(1 / low, ~chosen)]"),
    ),
    ("the rise is the later loss minus the earlier one", (RISE, "rise = raw[0] - raw[1]")),
    (
        "this is what stays of the rise; what was taken back is the rest",
        (TAKEN, "taken_back = corrected[1] - corrected[0]"),
    ),
    (
        "this is what T gains at the later time alone; at the earlier time it gains something, too",
        (TAKEN, "taken_back = raw[1] - corrected[1]"),
    ),
    (
        "this is the share of the rise; asked is how many nats",
        (TAKEN, "taken_back = 1 - (corrected[1] - corrected[0]) / rise"),
    ),
    ("this keeps T above 1; scores that are not sure enough need a smaller one", (ENDS, "low, high = «least», 1.0")),
    ("this keeps T below 1; scores that are too sure need a larger one", (ENDS, "low, high = 1.0, 100.0")),
    ("T may lie between 0.01 and «1 / least:g», and this stops before", (ENDS, "low, high = 0.1, 10.0")),
    (
        "this chooses T by the share of right answers in the place of the loss, and T changes no answer",
        (FOUND, "low = 1.0\n        found = [*found, 1 / low]"),
    ),
    (
        "T should make the loss least; this makes the mean promise equal to the share of right answers",
        (SLOPE, "return np.mean(1 / np.sum(e, axis=1)) - np.mean(np.max(z[chosen], axis=1) <= 0)"),
    ),
    ("this is the total over the rows, not the mean", ("return np.mean(top + np.log(", "return np.sum(top + np.log(")),
    (
        "the order is T before, T after, rise, taken back",
        (RETURNED, "float(rise), float(taken_back), float(found[0]), float(found[1])"),
    ),
)

# Parts by group --------------------------------------------------------------------------------------------------

REL, RES = "reliability += share * (said - came) ** 2", "resolution += share * (came - base) ** 2"
VAR, COV = (
    "variance += share * np.sum(v * (p[here] - said) ** 2)",
    "covariance += share * 2 * np.sum(v * (p[here] - said) * (y[here] - came))",
)
UNC, MEANS = "uncertainty = np.sum(w * (y - base) ** 2)", "said, came = np.sum(v * p[here]), np.sum(v * y[here])"
GROUP_PARTS = (
    (
        "shares have a smaller variance than labels: ȳ (1 − ȳ) is that of labels 0 and 1",
        (UNC, "uncertainty = base * (1 - base)"),
    ),
    ("the uncertainty belongs to y, not to p", (UNC, "uncertainty = np.sum(w * (p - np.sum(w * p)) ** 2)")),
    ("the covariance counts twice", (COV, "covariance += share * np.sum(v * (p[here] - said) * (y[here] - came))")),
    (
        "the covariance is subtracted later; return it with its own sign",
        (COV, "covariance -= share * 2 * np.sum(v * (p[here] - said) * (y[here] - came))"),
    ),
    ("the parts inside the groups are missing", (VAR, "variance += 0"), (COV, "covariance += 0")),
    (
        "groups count by their rows, not all the same",
        (REL, "reliability += (said - came) ** 2 / len(set(group))"),
        (RES, "resolution += (came - base) ** 2 / len(set(group))"),
    ),
    (
        "groups count by their rows, also inside",
        (VAR, "variance += np.sum(v * (p[here] - said) ** 2) / len(set(group))"),
        (COV, "covariance += 2 * np.sum(v * (p[here] - said) * (y[here] - came)) / len(set(group))"),
    ),
    (
        "the weights are ignored",
        ("np.ones(len(p)) if weight is None else np.asarray(weight, dtype=float)", "np.ones(len(p))"),
    ),
    ("weights count for the means inside a group, too", (MEANS, "said, came = np.mean(p[here]), np.mean(y[here])")),
    ("the weights must sum to 1; divide by their sum, not by n", ("w = w / np.sum(w)", "w = w / len(w)")),
    (
        "the resolution is measured from the mean of y over all rows, not from that of p",
        (RES, "resolution += share * (came - np.sum(w * p)) ** 2"),
    ),
    (
        "reliability compares what was said with what came, in each group",
        (REL, "reliability += share * (said - base) ** 2"),
    ),
    ("reliability is a square; this is the size", (REL, "reliability += share * abs(said - came)")),
    (
        "resolution and reliability are exchanged",
        ("(reliability, resolution, uncertainty,", "(resolution, reliability, uncertainty,"),
    ),
    (
        "variance and covariance are exchanged",
        ("uncertainty, variance, covariance)", "uncertainty, covariance, variance)"),
    ),
    (
        "divide by n, not by n − 1, or the parts do not add up",
        (VAR, "variance += share * np.sum(v * (p[here] - said) ** 2) * np.sum(here) / max(np.sum(here) - 1, 1)"),
    ),
    ("the variance inside is that of p, not that of y", (VAR, "variance += share * np.sum(v * (y[here] - came) ** 2)")),
    (
        "the resolution is returned without a sign; it is subtracted later",
        ("(reliability, resolution, uncertainty,", "(reliability, -resolution, uncertainty,"),
    ),
)
