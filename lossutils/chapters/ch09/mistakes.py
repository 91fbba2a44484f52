"""What learners write instead in chapter 09: the sentence, then what stands in the reference and what they write there.

Where two mistakes return the same, the first one is named.
"""

from __future__ import annotations

# Classes that are ruled out --------------------------------------------------------------------------------------

KEPT, SHIFT = "np.where(allowed, z, -np.inf)", "kept - np.max(kept, axis=1, keepdims=True)"
RESULT = "kept - np.log(np.sum(np.exp(kept), axis=1, keepdims=True))"
REFUSAL, NONE_LEFT = 'raise ValueError("log_shares: a row rules out every class")', "np.all(np.any(allowed, axis=1))"
LOG_SHARES = (
    ("the mask is ignored", (KEPT, "z + 0.0")),
    ("the mask is the wrong way round: True means that a class may be", (KEPT, "np.where(allowed, -np.inf, z)")),
    (
        "a score of 0 is a score like any other; a class that is ruled out needs −∞",
        (KEPT, "np.where(allowed, z, 0.0)"),
    ),
    (
        "a score multiplied by 0 is 0, a score like any other; a class that is ruled out needs −∞",
        (KEPT, "z * allowed"),
    ),
    (
        "a very low score still is a score; where all others are lower, it wins",
        (KEPT, "np.where(allowed, z, -1000.0)"),
    ),
    (
        "the softmax runs over all classes, and then the others are struck out: what is left does not sum to 1",
        (RESULT, "np.where(allowed, z - np.max(z) - np.log(np.sum(np.exp(z - np.max(z)), 1, keepdims=True)), -np.inf)"),
    ),
    ("these are the probabilities; take their logarithm", (RESULT, f"np.exp({RESULT})")),
    (
        "a class that is ruled out has the log-probability −∞, not 0",
        (RESULT, f"np.where(allowed, {RESULT}, 0.0)"),
    ),
    (
        "the classes of a row lie along axis 1; here the softmax runs down the columns",
        (SHIFT, "kept - np.max(kept, axis=0, keepdims=True)"),
        (RESULT, RESULT.replace("axis=1", "axis=0")),
    ),
    ("e to the z overflows for large scores; take each row's largest score away first", (SHIFT, "kept")),
    (
        "the largest score of the whole table is taken away; in a row far below it all exponentials become 0",
        (SHIFT, "kept - np.max(kept)"),
    ),
    (
        "the largest score of all classes is taken away, also of those that are ruled out; then nothing may be left",
        (SHIFT, "kept - np.max(z, axis=1, keepdims=True)"),
    ),
    (
        "the probability is computed first, and its log then: where it is rounded to 0, the log is −∞",
        (RESULT, "np.log(np.exp(kept) / np.sum(np.exp(kept), axis=1, keepdims=True))"),
    ),
    (
        "the probability is computed first, and its log then: where it is rounded to 0, the log is −∞",
        (RESULT, "np.log(np.exp(kept) / np.sum(np.exp(kept), axis=1, keepdims=True) + 1e-300)"),
    ),
    (
        "a small number is added inside the logarithm, so that a class that is ruled out gets a finite one",
        (RESULT, "np.log(np.exp(kept) / np.sum(np.exp(kept), axis=1, keepdims=True) + 1e-12)"),
    ),
    (
        "a row without a class has no probabilities; raise a ValueError",
        (REFUSAL, "return np.full(z.shape, -np.inf)"),
    ),
    ("a row without a class has no probabilities; raise a ValueError", (NONE_LEFT, "np.any(allowed)")),
    ("a row that allows one class is no error; only a row without any is", (NONE_LEFT, "np.all(allowed.sum(1) > 1)")),
    ("these are logarithms of base 2; take the natural one", (RESULT, f"({RESULT}) / np.log(2)")),
)

# The temperature -------------------------------------------------------------------------------------------------

WARM, EACH, SLOPE = "- np.max(z, axis=1, keepdims=True)) / T)", "(q - p) * z, axis=1)", "np.mean(each) / T**2"
BY_DIFFERENCES = (
    (
        "    each = ",
        "    def risk(t):\n        u = (z - np.max(z, axis=1, keepdims=True)) / t\n"
        "        return np.mean(np.log(np.sum(np.exp(u), axis=1)) - np.sum(q * u, axis=1))\n\n    each = ",
    ),
    (f"float({SLOPE})", "(risk(T + 1e-5) - risk(T - 1e-5)) / 2e-5"),
)
TEMPERATURE_SLOPE = (
    ("the sign is wrong: with z / T, more warmth makes each score smaller", (EACH, "(p - q) * z, axis=1)")),
    ("the derivative of 1 / T is −1 / T²; here one T is missing", (SLOPE, "np.mean(each) / T")),
    ("the derivative of 1 / T is −1 / T²; the factor 1 / T² is missing", (SLOPE, "np.mean(each)")),
    ("the derivative of 1 / T is −1 / T²; here it is multiplied by T²", (SLOPE, "np.mean(each) * T**2")),
    ("each score is divided by T once; here the power is too high", (SLOPE, "np.mean(each) / T**3")),
    (
        "this is the sum of p − q, which is always 0; each slope is multiplied by its score",
        (EACH, "q - p, axis=1)"),
    ),
    ("p belongs to z / T, not to z", (WARM, "- np.max(z, axis=1, keepdims=True)))")),
    ("the scores are divided by T, not multiplied", (WARM, "- np.max(z, axis=1, keepdims=True)) * T)")),
    ("this is one slope a row; the mean over the rows is missing", ("float(np.mean(each) / T**2)", "each / T**2")),
    ("this is the total over the rows, not the mean", (SLOPE, "np.sum(each) / T**2")),
    (
        "the sum over the classes is divided by K as well; only the rows are averaged",
        (SLOPE, "np.mean(each) / T**2 / z.shape[1]"),
    ),
    (
        "the target's row is replaced by its largest class; each class counts with its own share",
        (EACH, "(np.eye(q.shape[1])[q.argmax(axis=1)] - p) * z, axis=1)"),
    ),
    ("only the right class counts here; the others have a slope, too", (EACH, "q * (1 - p) * z, axis=1)")),
    ("this is minus the mean score under p; the target's part is missing", (EACH, "-p * z, axis=1)")),
    ("this is the target's mean score; the prediction's part is missing", (EACH, "q * z, axis=1)")),
    ("e to the z overflows for large scores; take each row's largest score away first", (WARM, ") / T)")),
    (
        "the largest score of the whole table is taken away; in a row far below it all exponentials become 0",
        (WARM, "- np.max(z)) / T)"),
    ),
    (
        "this is a difference of two losses, divided by a small step: it has no digits left at some temperatures",
        *BY_DIFFERENCES,
    ),
    (
        "this is a difference of two losses, divided by a small step: it has no digits left at some temperatures",
        *((old, new.replace("1e-5", "1e-3").replace("2e-5", "2e-3")) for old, new in BY_DIFFERENCES),
    ),
    (
        "the rows are averaged before they are multiplied; the mean comes last",
        (EACH, "np.mean(q - p, axis=0) * np.mean(z, axis=0), axis=-1)"),
    ),
)


# A loss without data ---------------------------------------------------------------------------------------------

EQUAL, AHEAD = "float(np.log(K))", "float(np.log1p((K - 1) * np.exp(-a)))"
BEHIND, ONE_OF = "float(a + np.log1p((K - 1) * np.exp(-a)))", "float(np.log(a))"
TWICE, OTHER = "float(np.log(np.exp(a) + (K - 1) * np.exp(other)) - a)", "other = (1 - a) / (K - 1)"
WRONG, SMOOTHED = "other = a / (K - 1)", "other = a / K"
ENTROPY, GUARD = "float(-sum(n * share * np.log(share)", " if share > 1e-12))"
PREDICTED_LOSS = (
    ("K equal probabilities are 1/K each; the loss is log K", (EQUAL, "float(1 / K)")),
    ("K equal probabilities are 1/K each; the loss is log K", (EQUAL, "float(-np.log(1 - 1 / K))")),
    ("these are logarithms of base 2; take the natural one", (EQUAL, "float(np.log2(K))")),
    ("these are logarithms of base 2; take the natural one", (ONE_OF, "float(np.log2(a))")),
    ("one of a classes is left, each with 1/a; K does not count any more", (ONE_OF, "float(np.log(K / a))")),
    ("one of a classes is left, each with 1/a; K does not count any more", (ONE_OF, "float(np.log(K - a))")),
    ("of K classes, K − 1 are behind the label", (AHEAD, "float(np.log1p(K * np.exp(-a)))")),
    ("with two classes this is right; all K − 1 others count", (AHEAD, "float(np.log1p(np.exp(-a)))")),
    ("a lead lowers the loss; the sign of a is wrong", (AHEAD, "float(np.log1p((K - 1) * np.exp(a)))")),
    (
        "the lead is a score, not a probability; it goes through the exponential",
        (AHEAD, "float(-np.log(a)) if a else 0.0"),
    ),
    (
        "e to the a overflows for a large lead; take a out of the logarithm",
        (BEHIND, "float(np.log(np.exp(a) + K - 1))"),
    ),
    ("this is only the lead; the other K − 1 classes have probabilities, too", (BEHIND, "float(a)")),
    (
        "one class leads, and K − 1 are behind it, the label among them",
        (BEHIND, "float(a + np.log1p((K - 2) * np.exp(-a)))"),
    ),
    ("one class leads, and K − 1 are behind it, the label among them", (BEHIND, "float(a + np.log1p(K * np.exp(-a)))")),
    ("the sign of the lead is wrong: the label is behind", (BEHIND, "float(np.log1p((K - 1) * np.exp(-a)))")),
    (
        "the lead of the wrong class makes the label's probability small; the loss grows by about a",
        (BEHIND, "float(np.log1p((K - 1) * np.exp(a)))"),
    ),
    (
        "wrong labels go to the K − 1 other classes, smoothing to all K: the label keeps a part",
        (SMOOTHED, "other = a / (K - 1)"),
    ),
    ("smoothing goes to all K classes, wrong labels to the K − 1 others", (WRONG, "other = a / K")),
    (
        "this is only the label's part of the floor; the other classes cost, too",
        ("((1, right), (K - 1, other))", "((1, right),)"),
    ),
    (
        "there are K − 1 other classes, and each adds to the floor",
        ("((1, right), (K - 1, other))", "((1, right), (1, other))"),
    ),
    (
        "a floor is an entropy, Σ −q log q; here the share in front of the log is missing",
        ("n * share * np.log(share)", "n * np.log(share)"),
    ),
    ("0 · log 0 is nan in NumPy; a share of 0 adds nothing", (GUARD, "))")),
    (
        "the probability is the score of the second softmax; it is not its own result",
        (TWICE, "float(-np.log(a)) if a else 0.0"),
    ),
    ("the others share what is left, 1 − a; they are not 0 unless a is 1", (OTHER, "other = 0.0")),
    ("the others share what is left: each of the K − 1 gets (1 − a)/(K − 1)", (OTHER, "other = (1 - a) / K")),
    ("the others share what is left: each of the K − 1 gets (1 − a)/(K − 1)", (OTHER, "other = 1 - a")),
    ("of K classes, K − 1 are not the label", (TWICE, "float(np.log(np.exp(a) + K * np.exp(other)) - a)")),
    (
        "the label's own score is to be subtracted: −log of its share is log Σ − a",
        (TWICE, "float(np.log(np.exp(a) + (K - 1) * np.exp(other)))"),
    ),
)

# Somebody's loss -------------------------------------------------------------------------------------------------

ORDINARY, LABELS = "[[2.0, 1.0, 0.0, -0.5], [0.5, -1.0, 1.5, 3.0], [0.3, 0.7, -2.0, 1.1]]", "np.array([1, 2, 0])"
CLOSE, LARGE = "abs(got - value) < 1e-6", "[[1000.0, 999.0, 998.0]]"
LOW, FAR = "[-3000.0, -3001.0, -3002.0]", "[[1000.0, 0.0, 1.0]]"
LAST, ROUNDED = 'return "right" if far > 999 else "cut off"', 'return "rounded"'
FAULT_OF_LOSS = (
    (
        "scores of 100 do not overflow; e to the z does so beyond 709",
        (LARGE, "[[100.0, 99.0, 98.0]]"),
    ),
    ("a row must lie far below another one; otherwise one shift does no harm", (LOW, "[-3.0, -4.0, -5.0]")),
    (
        "a label 20 behind has a probability that is small, but not rounded to 0; go further",
        (FAR, "[[20.0, 0.0, 1.0]]"),
        ("far > 999", "abs(far - 20) < 1e-3"),
    ),
    (
        "a label 100 behind has a probability that is small, but not rounded to 0; go further",
        (FAR, "[[100.0, 0.0, 1.0]]"),
        ("far > 999", "far > 99.9"),
    ),
    ("what is rounded to 0 costs infinity; what is cut off costs a finite number", (ROUNDED, 'return "cut off"')),
    ("a loss that is cut off and the right one are swapped", (LAST, 'return "cut off" if far > 999 else "right"')),
    ("what survives large scores may still cut off; try a label that is far behind", (LAST, 'return "right"')),
    (
        "with the same number of rows and classes, a mean over the rows and one over the entries differ all the same; "
        "here total and all entries are swapped",
        ('formulas["all entries"] = mean / 4', 'formulas["all entries"] = mean * 3'),
        ('formulas["total"] = mean * 3', 'formulas["total"] = mean / 4'),
    ),
    (
        "from one looks up the class y − 1, not y + 1",
        ("log_p[rows, y - 1]", "log_p[rows, (y + 1) % 4]"),
    ),
    (
        "columns takes the softmax down each column; the labels are still looked up row by row",
        ("np.mean(-down[rows, y])", "np.mean(-down[y, rows])"),
    ),
    (
        "the second softmax is taken of the probabilities, not of their logarithms: that changes nothing",
        ("np.mean(np.log(np.sum(np.exp(p), axis=1)) - p[rows, y])", "np.mean(-log_p[rows, y]) + 1e-3"),
    ),
    (
        "with one row the total and the mean agree; take several rows",
        (ORDINARY, "[[2.0, 1.0, 0.0, -0.5]]"),
        (LABELS, "np.array([1])"),
        ("rows = np.array([1]), np.arange(3)", "rows = np.array([1]), np.arange(1)"),
        ("mean * 3", "mean * 1"),
    ),
    (
        "overflow and one shift are swapped: e to the z fails for one large score, one shift for two rows far apart",
        ('return "overflow"', 'return "one shift"'),
        ('return "one shift"\n    if not survives[2]', 'return "overflow"\n    if not survives[2]'),
    ),
    ("a formula that fits only nearly does not fit", (CLOSE, "abs(got - value) < 0.5")),
)

# Wrong labels ----------------------------------------------------------------------------------------------------

STEP, SEEN, FOLD = "W = W - rate * X[seen].T @ (p - q[seen]) / np.sum(seen)", "seen = ~new", "new = fold == one"
WEIGHTS, STEPS = "W = np.zeros((X.shape[1], K))", "range(steps)"
ONE_HOT, LOSS = "y[:, np.newaxis] == np.arange(K)", "loss = -np.sum(q * log_p, axis=1)"
ROWS, OTHERS = "np.argsort(-loss)[:k]", "np.where(q == 1, -np.inf, log_p)"
RETURN, JUDGED = (
    "np.column_stack([rows, np.argmax(others[rows], axis=1)])",
    "z - np.log(np.sum(np.exp(z), axis=1, keepdims=True))",
)
SUSPECTS = (
    ("the model has seen every row that it judges; train on the rows of the other folds", (SEEN, "seen = new | ~new")),
    ("the model is trained on the fold that it judges, and on no other row", (SEEN, "seen = new")),
    (
        "the classes are counted from the labels that are there; K says how many there are",
        (ONE_HOT, "y[:, np.newaxis] == np.unique(y)"),
        (WEIGHTS, "W = np.zeros((X.shape[1], len(np.unique(y))))"),
    ),
    (
        "the largest label plus 1 may be fewer than K classes; a class without rows is a class, too",
        (ONE_HOT, "y[:, np.newaxis] == np.arange(y.max() + 1)"),
        (WEIGHTS, "W = np.zeros((X.shape[1], y.max() + 1))"),
    ),
    ("these are the rows of the smallest losses", (ROWS, "np.argsort(loss)[:k]")),
    ("these are the right rows, but the largest loss comes last", (ROWS, "np.argsort(loss)[-k:]")),
    ("these are the right rows, but in the order of their numbers", (ROWS, "np.sort(np.argsort(-loss)[:k])")),
    ("all rows are returned; asked are k", (ROWS, "np.argsort(-loss)")),
    (
        "the proposal is the label itself where the model agrees with it; hide the label's column",
        (OTHERS, "log_p + 0.0"),
    ),
    (
        "the proposal is the least probable class; take the most probable of the others",
        (OTHERS, "np.where(q == 1, -np.inf, -log_p)"),
    ),
    ("the second column is the label, not a proposal", (RETURN, "np.column_stack([rows, y[rows]])")),
    (
        "the two columns are swapped; the row comes first",
        (RETURN, "np.column_stack([np.argmax(others[rows], axis=1), rows])"),
    ),
    ("the proposals are missing", (RETURN, "rows")),
    (
        "the proposals belong to other rows; take those of the rows that are returned",
        (RETURN, "np.column_stack([rows, np.argmax(others, axis=1)[: len(rows)]])"),
    ),
    ("the step goes uphill: subtract it", (STEP, STEP.replace("W - rate", "W + rate"))),
    (
        "this is the gradient of the total; that of the mean is divided by the number of rows",
        (STEP, STEP.replace(" / np.sum(seen)", "")),
    ),
    (
        "the gradient is divided by the number of all rows; only those that are seen count",
        (STEP, STEP.replace("np.sum(seen)", "len(X)")),
    ),
    (
        "the weights are kept from fold to fold, so they have seen every row; start at 0 for each",
        (WEIGHTS, "W = W if one != names[0] else np.zeros((X.shape[1], K))"),
    ),
    ("rate and steps are ignored", (STEPS, "range(«steps»)"), (STEP, STEP.replace("rate * ", ""))),
    ("this is one step fewer than was asked for", (STEPS, "range(steps - 1)")),
    ("this is one step more than was asked for", (STEPS, "range(steps + 1)")),
    (
        "the column of ones is left out; X has it already",
        ("X, y, fold = np.asarray(X, dtype=float), ", "X, y, fold = np.asarray(X, dtype=float)[:, 1:], "),
    ),
    (
        "the rows are ranked by the best probability, not by what their label costs",
        (LOSS, "loss = -np.max(log_p, axis=1)"),
    ),
    (
        "this is the lead of the best other class, not the loss of the label",
        (LOSS, "loss = np.max(np.where(q == 1, -np.inf, log_p), axis=1) - np.sum(np.where(q == 1, log_p, 0), axis=1)"),
    ),
    (
        "the probability is computed first, and its log then: those that round to 0 can no longer be ranked",
        (JUDGED, "np.log(np.exp(z) / np.sum(np.exp(z), axis=1, keepdims=True))"),
        (LOSS, "loss = -np.sum(np.where(q == 1, log_p, 0), axis=1)"),
    ),
    (
        "the probability is computed first, and its log then: those that round to 0 can no longer be ranked",
        (JUDGED, "np.log(np.exp(z) / np.sum(np.exp(z), axis=1, keepdims=True) + 1e-12)"),
    ),
    (
        "the folds are taken for the numbers 0, 1, …; they may have any names",
        (FOLD, "new = fold == list(names).index(one)"),
    ),
)
