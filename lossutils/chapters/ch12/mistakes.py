"""What learners write instead in chapter 12: the sentence, then what stands in the reference and what they write there.

Where two mistakes return the same, the first one is named.
"""

from __future__ import annotations

# A loss that no wrong label can dominate -------------------------------------------------------------------------

VALUE = "np.mean(w * y * (1 - p) ** 2 + (1 - y) * p**2)"
SLOPE = "2 * p * (1 - p) * ((1 - y) * p - w * y * (1 - p)) / len(z)"
BEST = "w * share / (w * share + 1 - share)"

BOUNDED_LOSS = (
    ("the slope of the mean is divided by n too", (SLOPE, "2 * p * (1 - p) * ((1 - y) * p - w * y * (1 - p))")),
    (
        "this is the slope in p; multiply by dp/dz = p(1 − p) to get the slope in z",
        (SLOPE, "2 * ((1 - y) * p - w * y * (1 - p)) / len(z)"),
    ),
    (
        "the 2 from the square is missing in the slope",
        (SLOPE, "p * (1 - p) * ((1 - y) * p - w * y * (1 - p)) / len(z)"),
    ),
    (
        "the slope has the wrong sign: for a positive the loss falls as the score grows",
        (SLOPE, "-2 * p * (1 - p) * ((1 - y) * p - w * y * (1 - p)) / len(z)"),
    ),
    (
        "the weight is missing in the slope",
        (SLOPE, "2 * p * (1 - p) * ((1 - y) * p - y * (1 - p)) / len(z)"),
    ),
    (
        "this is the slope of the weighted logistic loss, not of the squared distance",
        (SLOPE, "((1 - y) * p - w * y * (1 - p)) / len(z)"),
    ),
    (
        "loss and slope are divided by the sum of the weights; divide by n",
        (VALUE, f"{VALUE} * len(z) / np.sum(w * y + 1 - y)"),
        (SLOPE, "2 * p * (1 - p) * ((1 - y) * p - w * y * (1 - p)) / np.sum(w * y + 1 - y)"),
    ),
    ("the losses are divided by the weights; divide by n", (VALUE, f"{VALUE} * len(z) / np.sum(w * y + 1 - y)")),
    ("this is the sum of the losses; divide by n", (VALUE, f"{VALUE} * len(z)")),
    (
        "the weight is squared too; it stands before the square",
        (VALUE, "np.mean((w * y * (1 - p)) ** 2 + (1 - y) * p**2)"),
    ),
    (
        "the weight is on the negatives; it belongs to the positives",
        (VALUE, "np.mean(y * (1 - p) ** 2 + w * (1 - y) * p**2)"),
        (SLOPE, "2 * p * (1 - p) * (w * (1 - y) * p - y * (1 - p)) / len(z)"),
        (BEST, "share / (share + w * (1 - share))"),
    ),
    ("the weight is ignored", ("y = np.asarray(y, dtype=float)", "y, w = np.asarray(y, dtype=float), 1.0")),
    (
        "weights below 1 are weights too; do not raise them to 1",
        ("z = np.asarray(z, dtype=float)", "z, w = np.asarray(z, dtype=float), max(w, 1.0)"),
    ),
    (
        "labels between 0 and 1 mix both losses; do not round them",
        ("y = np.asarray(y, dtype=float)", "y = np.round(np.asarray(y, dtype=float))"),
    ),
    (
        "the weight of a label between 0 and 1 is missing",
        (VALUE, "np.mean(np.where(y == 1, w, 1) * y * (1 - p) ** 2 + (1 - y) * p**2)"),
        (SLOPE, "2 * p * (1 - p) * ((1 - y) * p - np.where(y == 1, w, 1) * y * (1 - p)) / len(z)"),
    ),
    ("the best constant is the mean label only without a weight", (BEST, "share")),
    (
        "this is the best score, the log-odds; the probability is asked for",
        (BEST, "np.log(w * share / (1 - share)) if 0 < share < 1 else np.inf"),
    ),
    ("a weight multiplies the odds, not the probability", (BEST, "min(w * share, 1.0)")),
    ("a weight multiplies the odds, not the mean label", (BEST, "w * share")),
    (
        "this best constant belongs to the mean absolute distance; set the slope of the squares to 0",
        (BEST, "float(w * share > 1 - share)"),
    ),
)

# What a weight does to a number ----------------------------------------------------------------------------------

TIMES, DIVIDED = "w * value / (w * value + 1 - value)", "value / (value + w * (1 - value))"
AFTER_WEIGHT = (
    ("the weight acts on the odds, not on the probability", (TIMES, "min(w * value, 1.0)"), (DIVIDED, "value / w")),
    ("divide the odds by the weight, not the probability", (DIVIDED, "value / w")),
    (
        "the weight that is given is ignored; «w:g» is only the usual one",
        (TIMES, "«w» * value / («w» * value + 1 - value)"),
        (DIVIDED, "value / (value + «w» * (1 - value))"),
    ),
    (
        "what is stated and what is meant are exchanged",
        (TIMES, "value / (w * (1 - value) + value)"),
        (DIVIDED, "value * w / (w * value + 1 - value)"),
    ),
    (
        "these are the odds; turn them back into a probability",
        (TIMES, "w * value / (1 - value) if value < 1 else 1.0"),
        (DIVIDED, "value / (1 - value) / w if value < 1 else 1.0"),
    ),
    (
        "keeping one in w negatives multiplies the odds by w; the true probability divides them",
        ('("meant", "kept")', '("meant",)'),
    ),
    (
        "leaving negatives out changes what a model states",
        ("return n * value / (", "return n * value / ("),
        ('if what in ("meant", "kept"):', 'if what == "kept":\n        return value\n    if what == "meant":'),
    ),
    (
        "the weighted model's threshold is not the plain one's",
        (
            'if what in ("meant", "kept"):',
            'if what == "threshold":\n        return value\n    if what in ("meant", "kept"):',
        ),
    ),
    (
        "the threshold moves the other way: the weighted model states more",
        ('("meant", "kept")', '("meant", "kept", "threshold")'),
    ),
    ("the weight that passes one half at t has w·t = 1 − t, so it is (1 − t)/t", ("(1 - value) / value", "1 / value")),
    ("this is the inverse of the weight", ("(1 - value) / value", "value / (1 - value)")),
    (
        "the sum of the weighted losses is n times the mean over n",
        ("return n * value\n", "return (w * positives + n - positives) * value\n"),
    ),
    (
        "all positives together have the weight w · positives; the negatives count too",
        ("w * positives + n - positives", "w * positives"),
    ),
    ("each of the samples counts; only the positives count w times", ("w * positives + n - positives", "w * n")),
    (
        "a mean divided by the weights is smaller than the one divided by n, if w is above 1",
        ("n * value / (w * positives + n - positives)", "value * (w * positives + n - positives) / n"),
    ),
    ("w is not always «w:g»", ('if what == "weight":', 'w = «w»\n    if what == "weight":')),
)

# Somebody's loss with two prices ---------------------------------------------------------------------------------

PRICES = "3.0, 2.0"
OFF = "np.max(np.abs(slope - (alarm * (1 - y) * p - miss * y * (1 - p)) / 3))"
FAULT_OF_PRICES = (
    ("with equal prices a swap cannot be seen", (PRICES, "2.0, 2.0")),
    ("with a price of 1 a slope that forgets this price cannot be seen", (PRICES, "3.0, 1.0")),
    ("with labels of 0 and 1 alone, rounding them cannot be seen", ("[1.0, 0.0, 0.3]", "[1.0, 0.0, 1.0]")),
    (
        "with one sample a sum is a mean",
        (
            "np.array([0.7, -1.3, 0.4]), np.array([1.0, 0.0, 0.3]), 3.0, 2.0",
            "np.array([0.7]), np.array([0.3]), 3.0, 2.0",
        ),
        ("z.reshape(3, 1)", "np.array([[0.7], [0.1]])"),
        ("miss, alarm) / 3}", "miss, alarm)}"),
        ("alarm, miss) / 3", "alarm, miss)"),
        ("np.round(y), miss, alarm) / 3", "np.round(y), miss, alarm)"),
        ("(1 - p)) / 3))", "(1 - p))))"),
    ),
    ("the slope is not looked at", (OFF, "0.0")),
    (
        "only the sum of the slopes is looked at; look at each",
        (OFF, "np.abs(np.sum(slope - (alarm * (1 - y) * p - miss * y * (1 - p)) / 3))"),
    ),
    (
        "only the first slope is looked at; look at each",
        (OFF, "np.abs(slope - (alarm * (1 - y) * p - miss * y * (1 - p)) / 3)[0]"),
    ),
    ("the slope is compared with p − y, which knows no price", (OFF, "np.max(np.abs(slope - (p - y) / 3))")),
    ("scores far out are not tried", ("(-1000.0, 1000.0)", "()")),
    ("only one side is tried far out", ("(-1000.0, 1000.0)", "(-1000.0,)")),
    ("far out it is the value that counts, not only whether it is finite", ("not off < 1e-6", "not np.isfinite(far)")),
    ("a comparison with nan is never true, so nan is not found by >", ("not off < 1e-6", "off > 1e-6")),
    ("other shapes are not tried", ('return "shapes"', "pass")),
    (
        "everything is called right",
        ('if fault != "right":\n        return fault', 'return "right"'),
        ('return "shapes"', 'return "right"'),
    ),
)

# Weight or threshold ---------------------------------------------------------------------------------------------

CHOOSE_WAY = (
    (
        "the threshold is chosen on the new samples; they must only pay",
        ("np.unique(np.append(valid[:, column], 0.0))", "np.unique(np.append(new[:, column], 0.0))"),
        ("cost(valid, column, threshold) for", "cost(new, column, threshold) for"),
    ),
    (
        "this is what the validation samples cost; pay on the new ones",
        ("cost(new, column, thresholds[column])", "cost(valid, column, thresholds[column])"),
    ),
    (
        "the threshold of the costs is for true probabilities; here the cheapest one on the validation samples counts",
        ("float(tried[np.argmin(costs)])", "false_alarm / (false_alarm + miss)"),
    ),
    ("one half is not the cheapest threshold", ("float(tried[np.argmin(costs)])", "0.5")),
    (
        "positive is what lies above the threshold, not at it",
        ("rows[:, column] > threshold", "rows[:, column] >= threshold"),
    ),
    (
        "of equally cheap thresholds keep the lowest, not the highest",
        ("np.argmin(costs)", "len(costs) - 1 - np.argmin(costs[::-1])"),
    ),
    ("if both cost the same, take the plain model", ("cheapest[1] <= cheapest[2]", "cheapest[1] < cheapest[2]")),
    ("somebody will read the probabilities; then the plain model is taken in any case", ("honest or ", "")),
    (
        "without readers, the cheaper model is taken, also the weighted one",
        ("1 if honest or cheapest[1] <= cheapest[2] else 2", "1"),
    ),
    ("the weighted model is taken in any case", ("1 if honest or cheapest[1] <= cheapest[2] else 2", "2")),
    ("false alarms have a price of their own", ("false_alarm * np.sum(yes & ~positive)", "np.sum(yes & ~positive)")),
    (
        "misses and false alarms are exchanged",
        (
            "miss * np.sum(positive & ~yes) + false_alarm * np.sum(yes & ~positive)",
            "miss * np.sum(yes & ~positive) + false_alarm * np.sum(positive & ~yes)",
        ),
    ),
    (
        "the threshold 0, at which everybody is called, is tried too",
        ("np.unique(np.append(valid[:, column], 0.0))", "np.unique(valid[:, column])"),
    ),
    ("the total cost is asked for, not the mean", ("return float(miss", "return 1 / len(rows) * float(miss")),
    (
        "the models are compared by accuracy, not by cost",
        (
            "cheapest[column] = min(costs)",
            "cheapest[column] = min(np.sum((valid[:, column] > one) != (valid[:, 0] == 1)) for one in tried)",
        ),
    ),
)
