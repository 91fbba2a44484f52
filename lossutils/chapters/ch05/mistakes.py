"""What learners write instead in chapter 05: the sentence, then what stands in the reference and what they write there.

Where two mistakes return the same, the first one is named.
"""

from __future__ import annotations

import numpy as np

# Weights of other losses -----------------------------------------------------------------------------------------

SCALED = "np.abs(np.asarray(e, dtype=float)) / c"
FAIR, WELSCH = "return 1 / (1 + u)", "return np.exp(-(u**2) / 2)"
TANH, SINE, LIMIT = (
    "np.tanh(near) / near",
    "np.where(u < np.pi, np.sin(near) / near, 0.0)",
    "np.where(u == 0, 1.0, weight)",
)
NEAR = "near = np.where(u == 0, 1.0, u)"
ROBUST_WEIGHT = (
    (
        "these are the slopes; divide them by the errors",
        (FAIR, "return np.asarray(e) / (1 + u)"),
        (WELSCH, "return e * np.exp(-(u**2) / 2)"),
        (LIMIT, "np.where(u == 0, 1.0, weight) * e"),
    ),
    ("the edge is ignored; u is e divided by c", (SCALED, "np.abs(np.asarray(e, dtype=float))")),
    ("u is e divided by c, not multiplied with it", (SCALED, "np.abs(np.asarray(e, dtype=float)) * c")),
    (
        "this is the derivative with respect to u, divided by e; that with respect to e has one c less",
        (FAIR, "return c / (1 + u)"),
        (WELSCH, "return c * np.exp(-(u**2) / 2)"),
        (LIMIT, "np.where(u == 0, 1.0, weight) * c"),
    ),
    (
        "this is the derivative with respect to u, divided by u; take both with respect to e, and c² cancels",
        (FAIR, "return c**2 / (1 + u)"),
        (WELSCH, "return c**2 * np.exp(-(u**2) / 2)"),
        (LIMIT, "np.where(u == 0, 1.0, weight) * c**2"),
    ),
    (
        "the loss is divided by e here, not its slope",
        (FAIR, "return (u - np.log1p(u)) * c / np.maximum(u, 1e-300)"),
    ),
    (
        "the size of u counts under the fair loss; for e below 0 this is another number",
        (SCALED, "np.asarray(e, dtype=float) / c"),
    ),
    ("the slope of the fair loss is e / (1 + |u|), without a square", (FAIR, "return 1 / (1 + u**2)")),
    ("the slope of the fair loss is e / (1 + |u|), without a square", (FAIR, "return 1 / (1 + u) ** 2")),
    (
        "this is the weight of Huber's loss, not of the fair one",
        (FAIR, "return np.minimum(1, 1 / np.maximum(u, 1e-300))"),
    ),
    ("the ½ in the exponent stays when you take the derivative", (WELSCH, "return np.exp(-(u**2))")),
    (
        "this is the loss itself, for c = 1; take its derivative, and divide by e",
        (WELSCH, "return 1 - np.exp(-(u**2) / 2)"),
    ),
    ("the exponent of the Welsch loss holds u², not u", (WELSCH, "return np.exp(-u / 2)")),
    ("the slope of ln cosh u is tanh u, and is still to be divided by the error", (TANH, "np.tanh(near)")),
    ("the slope of ln cosh u is tanh u, and not its square", (TANH, "np.tanh(near) ** 2 / near")),
    ("the derivative of cosh is sinh; ln cosh u has the slope tanh u", (TANH, "np.sinh(np.minimum(near, 300)) / near")),
    ("beyond u = π the loss is flat, and the weight is 0", (SINE, "np.sin(near) / near")),
    ("beyond u = π the loss is flat, and the weight is 0", (SINE, "np.where(u < np.pi, np.sin(near) / near, 1.0)")),
    ("the loss is flat beyond u = π, not beyond u = 1", (SINE, "np.where(u < 1, np.sin(near) / near, 0.0)")),
    (
        "the loss is flat beyond u = π, not beyond π/2, where the pull is largest",
        (SINE, "np.where(u < np.pi / 2, np.sin(near) / near, 0.0)"),
    ),
    ("the derivative of −cos u is sin u", (SINE, "np.where(u < np.pi, np.cos(near) / near, 0.0)")),
    ("np.sinc(u) is sin(πu)/(πu); here sin(u)/u is asked for", (SINE, "np.where(u < np.pi, np.sinc(u), 0.0)")),
    ("where the error is 0 this divides by 0; the limit is 1", (LIMIT, "np.where(u == 0, np.nan, weight)")),
    ("a row that is met has the weight 1, the limit, not 0", (LIMIT, "np.where(u == 0, 0.0, weight)")),
)

# The largest pull ------------------------------------------------------------------------------------------------

AT_WELSCH, AT_SINE, FOREVER = "return c, c * np.exp(-0.5)", "return c * np.pi / 2, c", "return np.inf, c"
LARGEST_PULL = (
    (
        "error and pull are swapped; return the error first",
        (AT_WELSCH, "return c * np.exp(-0.5), c"),
        (AT_SINE, "return c, c * np.pi / 2"),
        (FOREVER, "return c, np.inf"),
    ),
    (
        "this is the weight there; the pull is the weight times the error",
        (AT_WELSCH, "return c, np.exp(-0.5)"),
        (AT_SINE, "return c * np.pi / 2, 2 / np.pi"),
        (FOREVER, "return np.inf, 0.0"),
    ),
    (
        "the edge is ignored; both numbers have the unit of the error",
        (AT_WELSCH, "return 1.0, np.exp(-0.5)"),
        (AT_SINE, "return np.pi / 2, 1.0"),
        (FOREVER, "return np.inf, 1.0"),
    ),
    (
        "the error where the pull is largest grows with the edge, too",
        (AT_WELSCH, "return 1.0, c * np.exp(-0.5)"),
        (AT_SINE, "return np.pi / 2, c"),
    ),
    (
        "the pull is the slope, which has the unit of the error; c² belongs to the loss",
        (AT_WELSCH, "return c, c**2 * np.exp(-0.5)"),
        (AT_SINE, "return c * np.pi / 2, c**2"),
        (FOREVER, "return np.inf, c**2"),
    ),
    (
        "the Welsch pull e · exp(−u²/2) has the slope 0 where u is 1, not √2",
        (AT_WELSCH, "return c * np.sqrt(2), c * np.sqrt(2) * np.exp(-1)"),
    ),
    (
        "the Welsch pull e · exp(−u²/2) has the slope 0 where u is 1, not √½",
        (AT_WELSCH, "return c * np.sqrt(0.5), c * np.sqrt(0.5) * np.exp(-0.25)"),
    ),
    ("the Welsch pull falls again beyond u = 1", (AT_WELSCH, "return np.inf, c")),
    ("the Welsch pull is 0 for far errors, and largest before", (AT_WELSCH, "return np.inf, 0.0")),
    ("at u = π the sine pull is 0 again; it is largest halfway", (AT_SINE, "return c * np.pi, c")),
    ("at u = π the sine pull is 0 again; it is largest halfway", (AT_SINE, "return c * np.pi, 0.0")),
    ("the sine pull is largest at u = π/2, where sin u is 1", (AT_SINE, "return c, c * np.sin(1)")),
    (
        "the pull grows for ever under the fair loss and log cosh; no error is the one where it is largest",
        (FOREVER, "return c, c / 2"),
    ),
    (
        "the pull grows for ever under the fair loss and log cosh, but it does not pass c",
        (FOREVER, "return np.inf, np.inf"),
    ),
    ("the limit of e / (1 + |u|) for huge e is c; at e = c it is a half of that", (FOREVER, "return np.inf, c / 2")),
)

# Where the constant lands ----------------------------------------------------------------------------------------

FEW, SQUARED, HALF = "min(m, n - m)", "moved = few * t / n\n", "elif 2 * m == n:"
LIMITED, DEAF, BACK = "min(few * t / n, few * edge / (n - few))", "moved = 0.0", "moved if 2 * m <= n else t - moved"
WHERE_IT_LANDS = (
    ("the squared error lands at the mean, m · t / n", (SQUARED, "moved = few * t / (n - few) if few < n else t\n")),
    (
        "the squared error hears each slip in full; its limit is none",
        (SQUARED, "moved = min(few * t / n, few * edge / (n - few))\n"),
    ),
    (
        "the absolute error lands at the median, not at the mean",
        ("elif 2 * m == n:", 'elif loss == "absolute":\n        moved = few * t / n\n    elif 2 * m == n:'),
    ),
    (
        "with half of the values at 0 and half at t every constant between is equally good; take the midpoint",
        (HALF, 'elif 2 * m == n and loss != "absolute":'),
    ),
    (
        "with half of the values at 0 and half at t every constant between is equally good; take the midpoint",
        (HALF, 'elif 2 * m == n and loss == "huber":\n        moved = min(edge, t / 2)\n    elif 2 * m == n:'),
    ),
    (
        "Huber's loss limits the pull of a slip, but does not drop it: m pulls of one edge are left",
        (LIMITED, "0.0 if t > edge else few * t / n"),
    ),
    ("Huber's loss limits the pull of a slip: it does not land at the mean once t is far", (LIMITED, "few * t / n")),
    (
        "the pulls balance where (n − m) · c = m · edge; divide by n − m, not by n",
        (LIMITED, "min(few * t / n, few * edge / n)"),
    ),
    (
        "the values at 0 are n − m, and pull by c each; so c is m · edge / (n − m), not edge / (n − m)",
        (LIMITED, "min(few * t / n, edge / (n - few))"),
    ),
    (
        "where no value is farther than the edge from the constant, Huber's loss lands at the mean",
        (LIMITED, "few * edge / (n - few)"),
    ),
    (
        "the distance to the constant decides, t − c, not t itself",
        (LIMITED, "few * t / n if t <= edge else few * edge / (n - few)"),
    ),
    ("where both are possible, the smaller one holds", (LIMITED, "max(few * t / n, few * edge / (n - few))")),
    (
        "where few have slipped Tukey's loss does not hear them: the median is 0, and t lies beyond the edge",
        (DEAF, 'moved = few * edge / (n - few) if loss == "tukey" else 0.0'),
    ),
    (
        "where few have slipped Tukey's loss does not hear them: the median is 0, and t lies beyond the edge",
        (DEAF, 'moved = few * t / n if loss == "tukey" else 0.0'),
    ),
    ("if most values have slipped, they are the majority, and the constant lands near t", (BACK, "moved")),
    (
        "if most values have slipped, count from t: the few at 0 pull the constant down from there",
        (BACK, "moved if 2 * m <= n else t + moved"),
    ),
    (
        "if most values have slipped, absolute error and Tukey's loss land at t, all of it",
        (BACK, 'moved if 2 * m <= n or loss in ("absolute", "tukey") else t - moved'),
    ),
    ("the few are those that have slipped, or those that have not, whichever are fewer", (FEW, "m"), (BACK, "moved")),
    (
        "the edge left out is «edge:g», and not without effect",
        (LIMITED, "min(few * t / n, few * edge / (n - few) if edge != «edge:g» else np.inf)"),
    ),
)

# Somebody's weights ----------------------------------------------------------------------------------------------


def no_far_row(f):
    """Asks with errors of which none is far: nearly all functions return 1."""
    e = np.array([1.0, -2.0, 2.0, -1.5])
    got = f(e)
    return "right" if np.allclose(got, 1) else "slope" if np.any(got < 0) else "no factor"


def one_far_row(f):
    """Asks once, for the weight of one far row that is too high."""
    got = f(np.array([1.0, -2.0, 3.0, -4.0, 20.0]))[-1]
    table = {"right": 1.345 * 3 / 0.6745 / 20, "no factor": 1.345 * 3 / 20, "slope": 1.345, "dropped": 0.0}
    table |= {"root": np.sqrt(table["right"]), "one side": 1.0}
    return next((word for word, value in table.items() if np.isclose(got, value)), "deviation")


ERRORS, UNIT = "[-1.0, 2.0, 3.0, -4.5, 5.0, 7.0, 11.0, -16.0, 40.0]", "moved > 1e-9"
NO_FACTOR, SD = (
    "np.minimum(1, 1.345 * np.median(np.abs(e)) / np.abs(e))",
    "np.minimum(1, 1.345 * np.std(e) / np.abs(e))",
)
ABOUT, ROOT = "np.minimum(1, 1.345 * spread / np.abs(e))", "np.sqrt(right)"
DROPPED, OTHER, ANSWER = (
    "np.where(right < 1, 0.0, 1.0)",
    "np.where(e < 0, right, 1.0)",
    'return "one side" if fault == "other side" else fault',
)
FAULT_OF_WEIGHTS = (
    ("without a far row nearly all of them return 1; ask with one that is many scales off", no_far_row),
    (
        "a single far row cannot tell all nine apart; ask with errors of both signs, of which several are far",
        one_far_row,
    ),
    (
        "all errors that were tried have one sign, so the free side is never seen; take errors of both",
        (ERRORS, "[1.0, 2.0, 3.0, 4.5, 5.0, 7.0, 11.0, 16.0, 40.0]"),
    ),
    (
        "the median of the errors that were tried is 0, and then two scales agree; take errors that lean to one side",
        (ERRORS, "[-40.0, -11.0, -3.0, -1.0, 1.0, 3.0, 11.0, 40.0]"),
    ),
    ("a fixed scale shows when the same errors are written in another unit; ask twice", (UNIT, "False")),
    (
        "a fixed scale may be as large as a million; write the errors in a much smaller unit",
        ("f(1e9 * e) - f(e)", "f(10 * e) - f(e)"),
    ),
    ("either side may be the free one; try both", (OTHER, "np.where(e > 0, right, 1.0)")),
    (
        "two of the words are swapped: dropped rows have the weight 0, the root makes a weight larger",
        (DROPPED, "np.sqrt(np.minimum(1, 1.345 / np.abs(u)))"),
        (ROOT, "np.where(right < 1, 0.0, 1.0)"),
    ),
)

# Best lines ------------------------------------------------------------------------------------------------------

PAIRS, DIFFERENT = "for j in range(i):", "if x[i] != x[j]:"
COEFFICIENT, TOTAL = "(y[i] - y[j]) / (x[i] - x[j])", "np.sum(np.abs(errors))"
TIES, RESULT = (
    "best = coefficient[total <= least + 1e-9 * len(x) * np.ptp(y)]",
    "return float(least), float(np.min(best)), float(np.max(best))",
)
BEST_LINES = (
    ("only neighbours in the order given are paired; try every pair", (PAIRS, "for j in range(max(i - 1, 0), i):")),
    ("the total is a mean here; sum up the sizes of the errors", (TOTAL, "np.mean(np.abs(errors))")),
    ("these are squared errors; the total of their sizes is asked for", (TOTAL, "np.sum(errors**2)")),
    ("errors of both signs cancel; sum up their sizes", (TOTAL, "np.abs(np.sum(errors))")),
    ("this is the largest error, not the total", (TOTAL, "np.max(np.abs(errors))")),
    ("this is the median of the sizes, not their total", (TOTAL, "np.median(np.abs(errors))")),
    (
        "one best line is named, and the others with the same total are lost",
        (TIES, "best = coefficient[[np.argmin(total)]]"),
    ),
    (
        "equal totals differ in the last digits of a float; allow for rounding",
        (TIES, "best = coefficient[total == least]"),
    ),
    (
        "so wide a tolerance lets in lines that are not best",
        (TIES, "best = coefficient[total <= 1.01 * least + 1e-9 * np.ptp(y)]"),
    ),
    (
        "np.isclose counts numbers as equal that differ in the sixth digit; rounding moves the fifteenth",
        (TIES, "best = coefficient[np.isclose(total, least)]"),
    ),
    ("this is the range of all coefficients, not of those with the least total", (TIES, "best = coefficient")),
    (
        "smallest and largest coefficient are swapped",
        (RESULT, "return float(least), float(np.max(best)), float(np.min(best))"),
    ),
    (
        "the coefficient is the difference of the targets divided by that of the inputs",
        (COEFFICIENT, "(x[i] - x[j]) / (y[i] - y[j] + 1e-300)"),
    ),
    (
        "a line through the origin is taken; the line goes through both points",
        (COEFFICIENT, "(y[i] + y[j]) / (x[i] + x[j] + 1e-300)"),
    ),
    ("points with the same input make no line; leave such pairs out", (DIFFERENT, "if True:")),
    (
        "the first result is the least total, not the coefficient of a line",
        (RESULT, "return float(np.min(best)), float(least), float(np.max(best))"),
    ),
)

# Tukey's line ----------------------------------------------------------------------------------------------------

SCALE = "scale = np.median(np.abs(X @ line - y)) / 0.6745  # once, and held\n"
ROUND, U = "for _ in range(1000):\n", "u = (X @ line - y) / (edge * scale)"
HELD = "    scale = np.median(np.abs(X @ line - y)) / 0.6745  # once, and held\n    for _ in range(1000):\n"
ASKED_ANEW = "    for _ in range(1000):\n        scale = np.median(np.abs(X @ line - y)) / 0.6745\n"
WEIGHT, FIT = (
    "np.where(np.abs(u) < 1, 1 - u**2, 0.0)",
    "line = np.linalg.lstsq(root[:, np.newaxis] * X, root * y, rcond=None)[0]",
)
BEGIN, END = "line = np.asarray(line, dtype=float)", "return float(line[0]), float(line[1])"
STOP = "if step <= 1e-11 * scale:"
TUKEY_LINE = (
    ("the scale is computed anew in each round; here it is that of the given line, held fixed", (HELD, ASKED_ANEW)),
    (
        "the 0.6745 is forgotten; the scale is the median of the sizes divided by it",
        (SCALE, SCALE.replace(" / 0.6745", "")),
    ),
    ("the scale is divided by 0.6745, not multiplied with it", (SCALE, SCALE.replace("/ 0.6745", "* 0.6745"))),
    (
        "this is the standard deviation of the errors; take the median of their sizes, divided by 0.6745",
        (SCALE, "scale = np.std(X @ line - y)\n"),
    ),
    (
        "this is the spread of the targets; the scale is that of the errors",
        (SCALE, "scale = np.median(np.abs(y - np.median(y))) / 0.6745\n"),
    ),
    ("no scale is taken; the edge counts scales", (SCALE, "scale = 1.0\n")),
    (
        "the search begins at least squares here, not at the line that is given",
        (BEGIN, "line = np.linalg.lstsq(X, y, rcond=None)[0]"),
    ),
    ("one round is not enough; go on until the line stands still", (STOP, "if True:")),
    (
        "the line that was given is returned; fit",
        (END, "return float(before[0]), float(before[1])"),
        (STOP, "if True:"),
    ),
    (
        "a row is multiplied by the root of its weight, which is 1 − u²",
        (WEIGHT, "np.where(np.abs(u) < 1, (1 - u**2) ** 2, 0.0)"),
    ),
    ("beyond the edge the weight is 0; 1 − u² is below 0 there, and its square grows again", (WEIGHT, "1 - u**2")),
    ("these are the weights of Huber's loss", (WEIGHT, "np.sqrt(np.minimum(1, 1 / np.maximum(np.abs(u), 1e-12)))")),
    ("rows within the edge weigh (1 − u²)² each, not 1", (WEIGHT, "np.where(np.abs(u) < 1, 1.0, 0.0)")),
    ("the edge is ignored in the weights; divide the errors by edge · scale", (U, "u = (X @ line - y) / scale")),
    ("the edge is always the usual one; take the one that is given", (U, "u = (X @ line - y) / (4.685 * scale)")),
    ("only errors above 0 are judged; far rows lie on both sides", (WEIGHT, "np.where(u < 1, np.abs(1 - u**2), 0.0)")),
    ("intercept and coefficient are swapped", (END, "return float(line[1]), float(line[0])")),
    (
        "the targets are not multiplied by the root of the weights; inputs and target belong to one row",
        (FIT, FIT.replace("root * y", "y * (root > 0)")),
    ),
)
