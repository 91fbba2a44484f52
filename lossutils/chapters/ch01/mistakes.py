"""What learners write instead in chapter 01: the sentence, then what stands in the reference and what they write there.

Where two mistakes return the same, the first one is named.
"""

from __future__ import annotations

from lossutils.judge import wrong

# Three losses ----------------------------------------------------------------------------------------------------

MEAN_SQUARE, MEAN_SIZE = "np.average(error**2, weights=weight)", "np.average(np.abs(error), weights=weight)"
ROOT = f"np.sqrt({MEAN_SQUARE})"

MSE = (
    ("this is the root mean squared error; leave out the root", (MEAN_SQUARE, ROOT)),
    ("this is the mean absolute error; square the errors", ("error**2", "np.abs(error)")),
    (
        "the errors are averaged before they are squared, so that those of both signs cancel",
        (MEAN_SQUARE, "np.average(error, weights=weight) ** 2"),
    ),
    ("this is half the mean squared error; leave out the factor ½", (MEAN_SQUARE, f"{MEAN_SQUARE} / 2")),
    (
        "the weight is squared too; weigh the squared errors, not the errors",
        (MEAN_SQUARE, f"{MEAN_SQUARE} if weight is None else np.sum((weight * error) ** 2) / np.sum(weight)"),
    ),
    *wrong.of_a_mean("error**2", 'raise ValueError("mse: there is no sample, so there is no mean")'),
)

MAE = (
    ("the absolute value is missing, so that errors of both signs cancel", ("np.abs(error)", "error")),
    (
        "the absolute value comes after the mean, when errors of both signs have cancelled",
        (MEAN_SIZE, "abs(np.average(error, weights=weight))"),
    ),
    ("this is the mean squared error; take the absolute value, not the square", ("np.abs(error)", "error**2")),
    (
        "this is the root mean squared error, which is not the mean of the absolute errors",
        (MEAN_SIZE, ROOT),
    ),
    *wrong.of_a_mean("np.abs(error)", 'raise ValueError("mae: there is no sample, so there is no mean")'),
)

LARGEST, PRESENT = "np.max(np.abs(error))", "error[np.asarray(weight) > 0]"
MULTIPLIED = "the error is multiplied by its weight; two copies of a sample have the same largest error as one"
TWO_LARGEST = "this compares the two largest values; compare each prediction with its own target"
SMALL_IS_NONE = "a small weight counts as none; a sample is there as soon as its weight is above 0"
MAX_ERROR = (
    ("negative errors are not seen; take the absolute values first", (LARGEST, "np.max(error)")),
    (
        "the absolute value comes too late; take it of every error, then the largest of them",
        (LARGEST, "abs(np.max(error))"),
    ),
    (TWO_LARGEST, (LARGEST, "np.max(pred) - np.max(target)")),
    (TWO_LARGEST, (LARGEST, "abs(np.max(pred) - np.max(target))")),
    ("this is the place of the largest error, not its size", (LARGEST, "np.argmax(np.abs(error))")),
    ("this is the mean of the absolute errors, not the largest", (LARGEST, "np.mean(np.abs(error))")),
    ("this is the square of the largest error", (LARGEST, "np.max(error**2)")),
    ("the weights are ignored; a sample of weight 0 is not there", (PRESENT, "error")),
    (MULTIPLIED, (PRESENT, "weight * error")),
    (MULTIPLIED, (PRESENT, "weight * error / np.max(weight)")),
    (MULTIPLIED, (PRESENT, "weight * error / np.sum(weight) * len(error)")),
    (SMALL_IS_NONE, ("> 0]", ">= 1]")),
    (SMALL_IS_NONE, ("> 0]", ">= 0.1]")),
    (wrong.OVERFLOW, (wrong.ERROR, "pred - target")),
    (wrong.TOO_NARROW, (wrong.ERROR, wrong.IN_16_BITS)),
    (
        wrong.EMPTY_IS_ZERO,
        ('raise ValueError("max_error: there is no sample, so there is no largest error")', "return 0.0"),
    ),
)

# One constant for a whole sample ---------------------------------------------------------------------------------

MIDDLE, MIDRANGE = "float(first + last) / 2", "float(y[0] + y[-1]) / 2"
PRICE, SHARE, OF_TAU = "1 / y if", "np.cumsum(weight) / np.sum(weight)", 'tau if loss == "pinball"'
SORTED = "    y = np.sort("
AS_GIVEN = (SORTED, f"    given = np.asarray(y, dtype=float)\n{SORTED}")
NO_MIDDLE = "all values between two neighbours are equally good: take the midpoint"


def only(loss: str, answer: str) -> tuple[str, str]:
    """Another answer for one of the losses that ask for a quantile."""
    return MIDDLE, f'({answer}) if loss == "{loss}" else {MIDDLE}'


BELOW_ONE = "values below 1 get other weights than 1/y; an error costs most there"
PLACE = "int(tau * len(y))"
BEST_CONSTANT = (
    ("the mean is best for squared error only", (MIDRANGE, "np.mean(y)"), (MIDDLE, "np.mean(y)")),
    ("the median is best for absolute error; for squared error it is the mean", ("np.mean(y)", "np.median(y)")),
    ("the mean is not best for absolute error; the median is", only("absolute", "np.mean(y)")),
    ("a value that stands there several times counts once; drop no copies", (SORTED, "    y = np.unique(")),
    (
        "the middle value is the median only after sorting",
        AS_GIVEN,
        only("absolute", "given[len(y) // 2]"),
    ),
    (
        "the median of an even number of values is the midpoint of the two in the middle, not the upper one",
        only("absolute", "y[len(y) // 2]"),
    ),
    (
        "the median of an even number of values is the midpoint of the two in the middle, not the lower one",
        only("absolute", "y[(len(y) - 1) // 2]"),
    ),
    (
        "the largest value is too far out; the largest error is least halfway between smallest and largest value",
        (MIDRANGE, "y[-1]"),
    ),
    (
        "this is half the range; the midrange is the middle between smallest and largest value",
        (MIDRANGE, "float(y[-1] - y[0]) / 2"),
    ),
    ("the mean is not in the middle between smallest and largest value", (MIDRANGE, "np.mean(y)")),
    ("the median is not in the middle between smallest and largest value", (MIDRANGE, "np.median(y)")),
    (
        "tau is the wrong way round; with a large tau too low a guess costs more, so the best one is high",
        (OF_TAU, f"1 - {OF_TAU}"),
    ),
    (
        "tau is ignored; the pinball loss asks for the tau-quantile, not for the median",
        (OF_TAU, '0.5 if loss == "pinball"'),
    ),
    (
        "np.quantile interpolates between two values, and its answer costs more than the value where the share "
        "reaches tau",
        only("pinball", "np.quantile(y, tau)"),
    ),
    (
        f"where tau times n is a whole number, {NO_MIDDLE}",
        only("pinball", 'np.quantile(y, tau, method="inverted_cdf")'),
    ),
    (
        "as floats, 0.1 added nine times is less than 0.9; count the samples, or allow for 1e-9",
        (SHARE, "np.cumsum(weight / np.sum(weight))"),
        ("share > tau - 1e-9", "share >= tau"),
        ("share > tau + 1e-9", "share > tau"),
    ),
    (
        "as a float, 0.29 · 100 is 28.999999999999996, so that this tie is missed; allow for 1e-9",
        only("pinball", f"(y[{PLACE} - 1] + y[{PLACE}]) / 2 if {PLACE} == tau * len(y) else y[{PLACE}]"),
    ),
    (
        "for the percentage error the median needs weights, because an error of 1 costs 1/y",
        only("percentage", "np.median(y)"),
    ),
    ("the weights are upside down; an error of 1 costs 1/y, not y", (PRICE, "y if")),
    (BELOW_ONE, (PRICE, "1 / np.maximum(y, 1) if")),
    (BELOW_ONE, (PRICE, "1 / (1 + y) if")),
    (
        "this is the mean with weights 1/y; the percentage error asks for the median with these weights",
        only("percentage", "np.average(y, weights=1 / y)"),
    ),
    (
        "the weights 1/y no longer stand beside their values; sort y first, then compute them",
        AS_GIVEN,
        (PRICE, "1 / given if"),
    ),
    (
        f"where the weights below and above balance exactly, {NO_MIDDLE}",
        only("percentage", "first"),
    ),
)

# Huber's location ------------------------------------------------------------------------------------------------

SCALE, EDGES = "1.4826 * np.median(np.abs(y - mu))", "-k * scale, k * scale"
STEPS, STEP, END = "100_000", "np.mean(np.clip(y - mu, -k * scale, k * scale))", "abs(step) <= 1e-9 * scale"
RESULT = "float(mu)"
STOPS = (
    "the iteration stops too early, or at a step that is small in one unit and large in another; compare the step "
    "with 1e-9 of the scale"
)
CLOSE = (
    "np.isclose stops too early, as it calls equal what differs by a hundred-thousandth; compare the step with 1e-9 "
    "of the scale"
)
TOO_FEW = "so many steps do for a large k only; the smaller k, the more: go on until one is below 1e-9 of the scale"
NO_SCALE = "the scale is 0, as more than half of the values are equal; return the median then"
SPREAD = "the scale is the standard deviation, which far values blow up; use the MAD"
DROPPED = "far values are thrown away; clip their residuals instead, so that they still pull"
HUBER_LOCATION = (
    ("this is the mean; nothing is clipped", (RESULT, "np.mean(y)")),
    ("this is the median, where the iteration starts", (RESULT, "np.median(y)")),
    ("this is one step only; repeat it until mu no longer moves", (STEPS, "1")),
    ("this is the step; add it to mu", (STEPS, "1"), (RESULT, "step")),
    ("these are two steps only; repeat them until mu no longer moves", (STEPS, "2")),
    ("the scale is the bare MAD; the factor 1.4826 is missing", ("1.4826 * ", "")),
    ("the scale is divided by 1.4826 instead of multiplied", ("1.4826 * ", "1 / 1.4826 * ")),
    (SPREAD, (SCALE, "np.std(y)")),
    (SPREAD, (SCALE, "np.std(y, ddof=1)")),
    ("the MAD is measured from the mean; measure it from the median", ("np.abs(y - mu)", "np.abs(y - np.mean(y))")),
    (
        "the scale is the mean distance from the median; MAD is the median distance",
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
    (CLOSE, (END, "np.isclose(mu + step, mu)")),
    (
        "the step is compared with mu, which says nothing about how far there is to go; compare it with 1e-9 of "
        "the scale",
        (END, "abs(step) < 1e-6 * abs(mu)"),
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
