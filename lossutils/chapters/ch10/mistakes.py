"""What learners write instead in chapter 10: the sentence, then what stands in the reference and what they write there.

Where two mistakes return the same, the first one is named.
"""

from __future__ import annotations

# Slopes behind a softmax -----------------------------------------------------------------------------------------

SQUARED, ABSOLUTE = "return p * (slope - np.sum(slope * p))", "slope = -1.0"
CUBED, ODDS = "slope = -3 * wrong**2", "slope = -0.5 / (right * np.sqrt(right * wrong))"
CHAIN, WRONG = "return slope * right * away", "np.sum(np.delete(p, label))"
EXPONENT, AWAY = "np.exp(z - np.max(z))", "slope = -2 * away"
SOFTMAX_SLOPE = (
    (
        "these are the slopes in the probabilities; each score moves them, by the slope of the softmax",
        (SQUARED, "return slope"),
        (CHAIN, "return slope * (np.arange(len(p)) == label)"),
    ),
    (
        "under the squared error a score moves all probabilities, not its own alone",
        (SQUARED, "return slope * p * (1 - p)"),
    ),
    ("this is the slope of cross-entropy behind a softmax", (SQUARED, "return -away"), (CHAIN, "return -away")),
    (
        "the other scores move the label's probability, too: their slopes are not 0",
        (CHAIN, "return slope * right * away * (np.arange(len(p)) == label)"),
    ),
    (
        "the slope of the label's probability in its own score is r (1 − r); here its r is missing",
        (CHAIN, "return slope * away"),
    ),
    (
        "this is uphill for downhill: the signs are turned",
        (SQUARED, SQUARED.replace("return ", "return -")),
        (CHAIN, "return -slope * right * away"),
    ),
    ("the square brings a factor 2 down", (AWAY, "slope = -away")),
    ("the third power brings a factor 3 down", (CUBED, "slope = -(wrong**2)")),
    ("the slope of (1 − r)³ in r is −3 (1 − r)², a square and not a third power", (CUBED, "slope = -3 * wrong**3")),
    ("the slope of (1 − r)³ in r is −3 (1 − r)², a square and not the first power", (CUBED, "slope = -3 * wrong")),
    ("the root brings a factor ½ down", (ODDS, "slope = -1 / (right * np.sqrt(right * wrong))")),
    (
        "the root is forgotten; this is the slope of (1 − r)/r",
        (ODDS, "slope = -1 / right**2"),
    ),
    (
        "under the root stands (1 − r)/r; its inner derivative is −1/r², not −1/r",
        (ODDS, "slope = -0.5 / np.sqrt(right * wrong)"),
    ),
    (
        "1 − r is 0 in floats where the row is sure; add up the other probabilities",
        (WRONG, "1 - p[label]"),
    ),
    ("large scores overflow; take the largest one away before the exponent", (EXPONENT, "np.exp(z)")),
    (
        "behind a softmax the probabilities sum to 1; these are sigmoids",
        ("p = e / np.sum(e)", "p = 1 / (1 + np.exp(-z))"),
    ),
)

# Steps to one half -----------------------------------------------------------------------------------------------

FLAT = "distance = 2 * z + np.exp(z) - np.exp(-z)"
THIRD = "distance = np.exp(z) - 1 + 4 * z + 6 * (1 - np.exp(-z)) + 2 * (1 - np.exp(-2 * z)) + (1 - np.exp(-3 * z)) / 3"
HALVED, LINEAR = "distance = 4 * (1 - np.exp(-z / 2))", "distance = z\n"
PREDICTED, COUNTED = "predicted = distance / («factor» * rate)", "counted = 0\n"
STEP, ROUND = "z = z - «factor» * rate * slopes[loss]", "while z > 0:"
ANSWER = "return float(predicted), counted"
PREDICTED_AND_COUNTED = (
    (
        "weight and bias both step, so the score moves by «TIMES[factor]» the rate; here it moves by the rate alone",
        (PREDICTED, "predicted = distance / rate"),
        (STEP, "z = z - rate * slopes[loss]"),
    ),
    (
        "the prediction forgets that weight and bias both step; the walk does not",
        (PREDICTED, "predicted = distance / rate"),
    ),
    (
        "the walk moves the score by the rate alone; weight and bias both step",
        (STEP, "z = z - rate * slopes[loss]"),
    ),
    (
        "the integral is multiplied by the rate here; a larger rate needs fewer steps",
        (PREDICTED, "predicted = distance * «factor» * rate"),
    ),
    ("only the largest term of the integral is taken for the absolute error", (FLAT, "distance = np.exp(z)")),
    (
        "1/p times 1/(1 − p) is e^z + 2 + e^−z; the 2 is lost",
        (FLAT, "distance = np.exp(z) - np.exp(-z)"),
    ),
    (
        "the integral from 0: take what the antiderivative is at 0 away",
        (THIRD, "distance = np.exp(z) + 4 * z - 6 * np.exp(-z) - 2 * np.exp(-2 * z) - np.exp(-3 * z) / 3"),
    ),
    (
        "the integral from 0: take what the antiderivative is at 0 away",
        (HALVED, "distance = -4 * np.exp(-z / 2)"),
    ),
    ("only the largest term of the integral is taken for the cube", (THIRD, "distance = np.exp(z) - 1")),
    (
        "this is the integral for half the squared error, of the lecture; the cube has one p more",
        (THIRD, "distance = np.exp(z) - 1 + 3 * z + 3 * (1 - np.exp(-z)) + (1 - np.exp(-2 * z)) / 2"),
    ),
    (
        "the antiderivative of 2 e^(−z/2) is −4 e^(−z/2); the inner ½ is forgotten here",
        (HALVED, "distance = 2 * (1 - np.exp(-z / 2))"),
    ),
    (
        "the slope is in the denominator: the time for dz is dz divided by the slope",
        (HALVED, "distance = np.exp(z / 2) - 1"),
    ),
    (
        "the count in place of the prediction: the integral is asked for first",
        (ANSWER, "return float(counted), counted"),
    ),
    (
        "the rounded prediction is no count; walk, and count the steps",
        (ANSWER, "return float(predicted), int(np.ceil(predicted))"),
    ),
    ("the two numbers are swapped: first the prediction, then the count", (ANSWER, "return counted, float(predicted)")),
    ("the start is counted as a step", (COUNTED, "counted = 1\n")),
    ("the walk ends one step before the score is 0 or less", (COUNTED, "counted = -1\n")),
    ("a score of exactly 0 has arrived: the output is one half", (ROUND, "while z >= 0:")),
    ("the walk goes on to another output than one half", (ROUND, "while z > 0.5:")),
)

# A verdict -------------------------------------------------------------------------------------------------------

FEW, MEDIAN = "if seeds < «enough»:", "np.argmin(np.median(validation, axis=1))"
BEST = f"best = int({MEDIAN})"
EDGE, ORDER = "if best in (0, len(rates) - 1):", "np.argsort(rates)"
CHOSEN, ALL_A, ALL_B = "test[best]", "if won == seeds:", "if lost == seeds:"
MISSING = "np.nan_to_num(np.asarray(validation, dtype=float), nan=np.inf, posinf=np.inf)"
MISSING_TEST = "np.nan_to_num(np.asarray(test, dtype=float), nan=np.inf, posinf=np.inf)"
FAIR_VERDICT = (
    (
        "B gets the rate of A here; each loss has a rate of its own",
        (BEST, f"best = best if at_own_rate else int({MEDIAN})"),
    ),
    ("the test errors choose the rate; that is what validation is for", (MEDIAN, "np.argmin(np.median(test, axis=1))")),
    (
        "the validation errors are compared; they have chosen the rate, so take the test errors",
        (CHOSEN, "validation[best]"),
    ),
    (
        "the mean chooses the rate; take the median, which one odd seed cannot move",
        (MEDIAN, "np.argmin(np.mean(validation, axis=1))"),
    ),
    (
        "the luckiest seed chooses the rate; take the median over the seeds",
        (MEDIAN, "np.argmin(np.min(validation, axis=1))"),
    ),
    (
        "the largest error chooses the rate; these are errors, not accuracies",
        (MEDIAN, "np.argmax(np.median(validation, axis=1))"),
    ),
    (
        "medians are compared in the end; the rule asks for every seed",
        (ALL_A, "if np.median(a) < np.median(b):"),
        (ALL_B, "if np.median(b) < np.median(a):"),
    ),
    (
        "most seeds are not every seed",
        (ALL_A, "if won > lost:"),
        (ALL_B, "if lost > won:"),
    ),
    ("a seed in which both are equal is not won", (ALL_A, "if np.all(a <= b):"), (ALL_B, "if np.all(b <= a):")),
    (
        "one seed is enough here; the rule asks for every seed",
        (ALL_A, "if won > 0:"),
        (ALL_B, "if lost > 0:"),
    ),
    ("A and B are swapped", ('return "A"', 'return "C"'), ('return "B"', 'return "A"'), ('return "C"', 'return "B"')),
    ("fewer than «COUNT[enough]» seeds decide nothing, however clear they look", (FEW, "if seeds < 1:")),
    ("«COUNT[enough]» seeds are enough; fewer are not", (FEW, "if seeds <= «enough»:")),
    ("«COUNT[enough - 1]» seeds are not enough", (FEW, "if seeds < «enough - 1»:")),
    ("a best rate at the edge of the rates says nothing yet; ask for more rates", (EDGE, "if False:")),
    ("the smallest rate is an edge as well", (EDGE, "if best == len(rates) - 1:")),
    ("the largest rate is an edge as well", (EDGE, "if best == 0:")),
    ("the first and the last row are no edges unless the rates are sorted", (ORDER, "np.arange(len(rates))")),
    ("of two rates that are equally good the smaller one counts", (ORDER, "np.argsort(rates)[::-1]")),
    (
        "runs that diverged are left out before the median; count them as the worst",
        (MEDIAN, "np.argmin(np.nanmedian(np.where(np.isinf(validation), np.nan, validation), axis=1))"),
    ),
    (
        "nan is no number: argmin takes it for the least; count it as the worst",
        (MISSING, "np.asarray(validation, dtype=float)"),
    ),
    (
        "a run that diverged counts as 0 here, the best of all",
        (MISSING, "np.nan_to_num(np.asarray(validation, dtype=float), nan=0.0, posinf=0.0)"),
    ),
    (
        "a comparison with nan is false, so a loss is not ahead of a run that diverged; count it as the worst",
        (MISSING_TEST, "np.asarray(test, dtype=float)"),
    ),
)

# Somebody's comparison -------------------------------------------------------------------------------------------


def a_smooth_valley(compare):
    """Asks with a plain valley for both ways, the same in all seeds."""

    def run(way, rate, seed):
        error = abs(rate - (2 if way == "A" else 4)) / 10
        return error, error + 0.05

    (rate_a, error_a), (rate_b, error_b) = (compare(run, ["A", "B"], [1, 2, 3, 4, 5], [0, 1, 2])[way] for way in "AB")
    if rate_a == rate_b:
        return "one rate"
    if rate_b != 4:
        return "largest"
    return "validation told" if error_b < 0.05 else "right"


def never_diverges(compare):
    """Asks with a table in which no run diverges."""
    table = {1: (0.5, 0.5, 0.5), 2: (0.6, 0.4, 0.7), 3: (0.3, 0.36, 0.3), 4: (0.1, 0.7, 0.7), 5: (0.8, 0.05, 0.8)}

    def run(way, rate, seed):
        if way == "A":
            return (0.2 if rate == 2 else 0.9), 0.9
        first, test, others = table[rate]
        return (first if seed == 0 else others), (test if seed in (0, 1, 2) else 0.99)

    (rate_a, _), (rate_b, error_b) = (compare(run, ["A", "B"], [1, 2, 3, 4, 5], [0, 1, 2])[way] for way in "AB")
    if rate_a == rate_b:
        return "one rate"
    if error_b == 0.99:
        return "other seeds"
    if rate_b == 3:
        return "right" if error_b == 0.36 else "validation told"
    return {1: "stops early", 4: "best seed", 5: "test chooses", 2: "largest"}[rate_b]


FOUND, ELSE = "if rate_a == rate_b:", 'return "right" if error_b == 0.36 else "validation told"'
OTHER, LAST = (
    "if 0.99 in (error_a, error_b):",
    '{1: "stops early", 4: "best seed", 5: "drops diverged", 6: "test chooses", 7: "largest"}',
)
UNKNOWN = "return 0.5, 0.99"
FAULT_OF_COMPARISON = (
    (
        "in a smooth valley most of the faults find the right rate; think of a place where each goes wrong",
        a_smooth_valley,
    ),
    ("no run diverges in the table; then runs that are dropped are never seen", never_diverges),
    (
        "only the rate of the second way is looked at; compare the two rates",
        (FOUND, "if rate_b == 2 and rate_a == 2:"),
    ),
    ("the error that is told is not looked at: the rate may be right and the error not", (ELSE, 'return "right"')),
    (
        "seeds that were not given are never noticed; let run give them an error of their own, and look at it",
        (UNKNOWN, "seed = seed % 3"),
    ),
    (
        "two of the words are swapped: the median bears one lucky seed, the least error does not",
        (LAST, '{1: "best seed", 4: "stops early", 5: "drops diverged", 6: "test chooses", 7: "largest"}'),
    ),
    (
        "two of the words are swapped: look at which rate has the least test error",
        (LAST, '{1: "stops early", 4: "best seed", 5: "test chooses", 6: "drops diverged", 7: "largest"}'),
    ),
    (
        "two of the words are swapped: the largest error is not the least test error",
        (LAST, '{1: "stops early", 4: "best seed", 5: "drops diverged", 6: "largest", 7: "test chooses"}'),
    ),
    (
        "no seed is luckier than the others in the table, so the least error of one seed is never seen",
        ("0.30, 0.10, 0.20", "0.30, 0.71, 0.20"),
    ),
)
