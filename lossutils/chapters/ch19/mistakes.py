"""What learners write instead in chapter 19: the sentence, then what stands in the reference and what they write there.

Where two mistakes return the same, the first one is named.
"""

from __future__ import annotations

import numpy as np

# The slope in a centre -------------------------------------------------------------------------------------------

MEAN = "np.mean(2 * (blend - y) * shares * (says - blend) * slopes / widths, axis=0)"
STRENGTHS, SHARES = (
    "np.exp(logs - np.max(logs, axis=1, keepdims=True))",
    "strengths / np.sum(strengths, axis=1, keepdims=True)",
)
GAUSSIAN, HILL, COSH = (
    "logs, slopes = -(u**2) / 2, u",
    "logs, slopes = -np.log1p(u**2), 2 * u / (1 + u**2)",
    "np.tanh(u)",
)
CENTRE_SLOPES = (
    (
        "the blend is not subtracted: a rule matters by how far it lies from the blend",
        (MEAN, MEAN.replace("(says - blend)", "says")),
    ),
    ("the sign is turned: blend and rule are swapped in their difference", (MEAN, "-" + MEAN)),
    ("the share is missing as a factor", (MEAN, MEAN.replace("shares * ", ""))),
    ("the strengths are not divided by their sum", (SHARES, "np.exp(logs)")),
    (
        "the strengths must become shares before they multiply the rule's distance to the blend",
        (MEAN, MEAN.replace("shares * ", "np.exp(logs) * ")),
    ),
    ("the width is forgotten: u = (x − c) / h has the slope −1/h in the centre", (MEAN, MEAN.replace(" / widths", ""))),
    (
        "the slope of log strength in the centre is divided by the width once more than needed",
        (MEAN, MEAN.replace("/ widths", "/ widths**2")),
    ),
    (
        "u in the slope of the membership is counted in widths",
        (
            MEAN,
            MEAN.replace("/ widths", ""),
        ),
        (GAUSSIAN, "logs, slopes = -(u**2) / 2, u * widths"),
    ),
    ("the squared error has the slope 2 e, not e", (MEAN, MEAN.replace("2 * ", ""))),
    ("this is the total over the rows, not the mean", (MEAN, MEAN.replace("np.mean", "np.sum"))),
    (
        "the error is prediction minus target, not the distance of the rule to the target",
        (MEAN, MEAN.replace("(blend - y)", "(says - y)")),
    ),
    (
        "the rule is compared with the target; compare it with the blend",
        (MEAN, MEAN.replace("(says - blend)", "(says - y)")),
    ),
    (
        "this differentiates the membership of the Gaussian, not its logarithm",
        (GAUSSIAN, "logs, slopes = -(u**2) / 2, u * np.exp(-(u**2) / 2)"),
    ),
    (
        "this differentiates the membership, not its logarithm: divide by the membership",
        (HILL, "logs, slopes = -np.log1p(u**2), 2 * u / (1 + u**2) ** 2"),
    ),
    (
        "the logarithm of 1 + u² has the derivative 2u / (1 + u²): the 2 is missing",
        (HILL, HILL.replace("2 * u /", "u /")),
    ),
    (
        "this is the bell of the lecture, with u⁴; the hill has u²",
        (HILL, "logs, slopes = -np.log1p(u**4), 4 * u**3 / (1 + u**4)"),
    ),
    ("ln cosh u has the derivative tanh u", (COSH, "np.sinh(np.clip(u, -300, 300))")),
    ("the slope of cosh is not bounded; ln cosh u has the derivative tanh u", (COSH, "u")),
    (
        "far away every strength is 0 in a float, and 0/0 is no share; subtract the largest logarithm first",
        (STRENGTHS, "np.exp(logs)"),
    ),
    (
        "the largest logarithm of each row is to be subtracted, not that of the whole table",
        (STRENGTHS, "np.exp(logs - np.max(logs))"),
    ),
)

# The least loss --------------------------------------------------------------------------------------------------

AVERAGE = "q = np.mean(q, axis=0, keepdims=True)  # the best constant is the mean row\n"
PARTS = '[q] if link == "softmax" else [q, 1 - q]'
SAFE = "np.log(np.where(part > 0, part, 1.0))"
RESULT = "float(np.mean(np.sum(entropies, axis=1)))"
OFF = "np.max(np.abs(np.sum(q, axis=1) - 1))"
LEAST_LOSS = (
    ("no model is needed: the floor of memberships is their entropy, not 0", (RESULT, "0.0")),
    ("this is the total over the rows, not the mean", (RESULT, "float(np.sum(entropies))")),
    ("the mean is taken over classes as well; sum over them", (RESULT, "float(np.mean(entropies))")),
    ("the sign is missing: logarithms of shares are below 0", (RESULT, "float(-np.mean(np.sum(entropies, axis=1)))")),
    (
        "these are bits; with the natural logarithm it is nats",
        (RESULT, "float(np.mean(np.sum(entropies, axis=1)) / np.log(2))"),
    ),
    (
        "a model without inputs says one row to all: its floor is the entropy of the mean row",
        (AVERAGE, "q = q + 0.0\n"),
    ),
    (
        "the mean row comes first, then its entropy; a model with inputs may say a row of its own to each",
        ("if constant:", "if True:"),
    ),
    (
        "each class is a question of its own: its rest, 1 − q, pays as well",
        (PARTS, "[q]"),
    ),
    (
        "under the softmax only the memberships pay; the rest of each belongs to the other classes",
        (PARTS, "[q, 1 - q]"),
    ),
    ("0 · log 0 is nan in NumPy; it counts as 0", (SAFE, "np.log(part)")),
    (
        "a number is added inside the logarithm, and changes it; leave out the zeros instead",
        (SAFE, "np.log(part + 1e-9)"),
    ),
    ("the memberships are cut off, which changes their entropy", (SAFE, "np.log(np.clip(part, 1e-6, 1.0))")),
    (
        "rows that do not sum to 1 are no distribution; raise a ValueError",
        (OFF, "0.0"),
    ),
    (
        "the sum over all rows says nothing of a single one; look at each row",
        (OFF, "abs(np.sum(q) - len(q))"),
    ),
    (
        "only the softmax needs rows that sum to 1; logistic losses ask each class alone",
        ('link == "softmax" and off', "off"),
    ),
    (
        "the largest membership as the only label has the floor 0; the memberships themselves are the target",
        (RESULT, "float(np.mean(-np.log(np.max(parts[0], axis=1))))"),
    ),
)

# Somebody's rules ------------------------------------------------------------------------------------------------


def equal_memberships(f):
    """Asks with memberships that are all one half: all shares are equal then."""
    got = f(np.full(2, 0.5), np.full(2, 0.5), np.array([10.0, 23.0, 41.0, 77.0]))
    return "right" if abs(got - 37.75) < 1e-9 else "not divided"


def one_question(f):
    """Asks once, with memberships that sum to 1."""
    q1, q2, says = np.array([0.7, 0.3]), np.array([0.2, 0.8]), np.array([10.0, 23.0, 41.0, 77.0])
    got, a = f(q1, q2, says), np.outer(q1, q2).ravel()
    table = {"right": a, "minimum": np.minimum.outer(q1, q2).ravel(), "sum": np.add.outer(q1, q2).ravel()}
    table |= {"squared": a**2, "softmax": np.exp(a), "order": np.outer(q2, q1).ravel(), "winner": a == a.max()}
    table |= {"plain mean": np.ones(4), "one input": np.repeat(q1, 2)}
    for name, share in table.items():
        if abs(says @ share / share.sum() - got) < 1e-9:
            return name
    return "dropped"


MEMBERSHIPS, SIZES = "size * np.array([0.9, 0.4]), np.array([0.3, 0.8])", "(1.0, 1e-6)"
LAST, SWAPPED = 'return "one input" if fault in ("first alone", "second alone") else fault', "np.outer(q2, q1).ravel()"
FAULT_OF_RULES = (
    ("with equal memberships nearly all of them return the mean; ask with memberships that differ", equal_memberships),
    ("memberships that sum to 1 hide a division that is missing; take others, and ask again", one_question),
    (
        "the two inputs were asked with the same memberships, so a swapped order is never seen",
        (MEMBERSHIPS, "size * np.array([0.9, 0.4]), np.array([0.9, 0.4])"),
    ),
    (
        "rules that are left out below a strength show only when all strengths are tiny; ask a second time",
        (SIZES, "(1.0,)"),
    ),
    ("strengths a tenth as large may still lie above the cut; make them tiny", (SIZES, "(1.0, 0.1)")),
    ("either of the two inputs may be ignored; try both", ('shares["second alone"] = np.tile(q2, 2)', "pass")),
    ("either of the two inputs may be ignored; try both", ('shares["first alone"] = np.repeat(q1, 2)', "pass")),
    ("the four rules count the second input's sets first: 00, 01, 10, 11", (SWAPPED, "np.outer(q1, q2).ravel()[::-1]")),
    (
        "two of the words are swapped: the smaller membership is the minimum, their sum is the sum",
        ('"minimum": least, "sum": total', '"minimum": total, "sum": least'),
    ),
    (
        "two of the words are swapped: the winner takes all, squared strengths are still shared",
        ('shares["winner"] = strengths == np.max(strengths)', 'shares["winner"] = strengths**2'),
        ('"squared": strengths**2', '"squared": strengths == np.max(strengths)'),
    ),
)

# A group for rows that belong to none ----------------------------------------------------------------------------

NOISE, SQUARES = "np.full(len(X), float(reach) ** 2)", "np.sum((X[:, np.newaxis] - centres) ** 2, axis=2)\n"
POWER, NORM = "ratio ** (1 / (m - 1))", "parts / np.sum(parts, axis=1, keepdims=True)"
WEIGHT, ROUNDS, ONCE = "q[:, :-1] ** m", "range(rounds + 1)", "if done < rounds:"
RATIO = "np.divide(nearest, squares, out=np.ones_like(squares), where=squares > 0)  # 1 on a centre\n"
NOISE_MEMBERSHIPS = (
    ("the reach is a distance; it is squared like the others", (NOISE, "np.full(len(X), float(reach))")),
    (
        "the distances are not squared; the cost counts their squares",
        (SQUARES, "np.sqrt(np.sum((X[:, np.newaxis] - centres) ** 2, axis=2))\n"),
        (NOISE, "np.full(len(X), float(reach))"),
    ),
    (
        "the noise group is left out, so every row belongs to the others entirely",
        (NOISE, "np.full(len(X), 1e300)"),
    ),
    (
        "the noise gets what the reach leaves over here; it takes part in the same division as the groups",
        (NORM, "np.column_stack([parts[:, :-1] / np.sum(parts[:, :-1], axis=1, keepdims=True), parts[:, -1]])"),
    ),
    ("the exponent 1 / (m − 1) is right for m = 2 only if it is left out; m is another here", (POWER, "ratio")),
    ("the exponent is 1 / (m − 1), not m − 1", (POWER, "ratio ** (m - 1)")),
    (
        "squared distances have the exponent 1 / (m − 1); 2 / (m − 1) belongs to plain ones",
        (POWER, "ratio ** (2 / (m - 1))"),
    ),
    (
        "the sum runs over the groups of a row, not over the rows of a group",
        (NORM, "parts / np.sum(parts, axis=0, keepdims=True)"),
    ),
    ("the nearer group has the larger membership", (POWER, "(1 / np.maximum(ratio, 1e-300)) ** (1 / (m - 1))")),
    ("a centre is the mean with the weights q to the power m, not q", (WEIGHT, "q[:, :-1]")),
    ("the weights are q to the power m, and m need not be 2", (WEIGHT, "q[:, :-1] ** 2")),
    (
        "the noise counts in a centre here; it belongs to none",
        (WEIGHT, "(q[:, :-1] + q[:, -1:]) ** m"),
    ),
    (
        "a centre divides by the sum of its weights, not by the number of rows",
        ("np.sum(weight, axis=0)[:, np.newaxis]", "len(X)"),
    ),
    (
        "the memberships belong to the last centres: compute them once more after the last round",
        (ROUNDS, "range(max(rounds, 1))"),
    ),
    ("the given centres are never moved", (ONCE, "if False:")),
    (
        "where a row meets a centre this divides by 0; it belongs to that centre entirely",
        (RATIO, "nearest / squares\n"),
    ),
    (
        "a small number is added to the distances, and changes the memberships",
        (RATIO, "(nearest + 1e-3) / (squares + 1e-3)\n"),
    ),
    (
        "inverse powers of tiny distances are no floats; divide by the nearest first",
        (RATIO, "1 / np.maximum(squares, 1e-300)\n"),
    ),
)
