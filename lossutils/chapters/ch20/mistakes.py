"""What learners write instead in chapter 20: the sentence, then what stands in the reference and what they write there.

Where two mistakes return the same, the first one is named.
"""

from __future__ import annotations

# Learnt weights --------------------------------------------------------------------------------------------------

VARIANCE, DEVIATION = '"variance": (0.5, 1, 0.5)', '"deviation": (0.5, 2, 1.0)'
ABSOLUTE, CLASSES = '"absolute": (1.0, 1, 1.0)', '"classes": (1.0, 1, «price»)'
WEIGHED, VALUE = "c * np.exp(-m * s) * R", "np.sum(weighed + d * s)"
SLOPES, BEST, LEAST = "d - m * weighed", "np.log(m * c * R / d) / m", "np.sum(d / m + d * best)"
LOG_VARIANCES = (
    ("the weight is exp(−s), not exp(s): a large s makes a term small", (WEIGHED, "c * np.exp(m * s) * R")),
    ("the s that pays for a small weight is forgotten in the value", (VALUE, "np.sum(weighed)")),
    ("the slopes have the wrong sign", (SLOPES, "m * weighed - d")),
    ("the derivative of exp(−2s) has a factor 2", (SLOPES, "d - weighed")),
    ("the best s is where the slope is 0; solve for s, with the factors of the term", (BEST, "np.log(R)")),
    ("solve for s: the factor 2 in the exponent divides the logarithm", (BEST, "np.log(m * c * R / d)")),
    (
        "the best s has the other sign: its weight is small where the loss is large",
        (BEST, "-np.log(m * c * R / d) / m"),
    ),
    ("the least value is that at the best s of each term, not at the s that is given", (LEAST, "value")),
    ("at the best s the weighted losses are not 0; insert it into both summands", (LEAST, "np.sum(d * best)")),
    ("the least value is a sum over the terms, not a mean", (LEAST, "np.mean(d / m + d * best)")),
    ("the value is a sum over the terms, not a mean", (VALUE, "np.mean(weighed + d * s)")),
    ('under "classes" only the s has the factor «PRICES[price].words»', (CLASSES, '"classes": («price», 1, «price»)')),
    ('under "absolute" nothing is halved', (ABSOLUTE, '"absolute": (0.5, 1, 0.5)')),
    ('under "deviation" s itself is not halved', (DEVIATION, '"deviation": (0.5, 2, 0.5)')),
    ('under "deviation" the exponent is −2s', (DEVIATION, '"deviation": (0.5, 1, 1.0)')),
    ('under "variance" both summands are halved', (VARIANCE, '"variance": (1.0, 1, 0.5)')),
)

# Epochs ----------------------------------------------------------------------------------------------------------

FARTHEST, CENTRED, STANDARD = "abs(mean) + «far» * sd", "farthest = «far» * sd\n", "farthest = «far».0"
STEPS, WAY, EPOCHS = "np.ceil(rows / batch)", "(neurons + 1) * rate * steps", "int(np.ceil(farthest / way))"
EPOCHS_NEEDED = (
    ("the last batch is smaller, but it makes a step too", (STEPS, "rows // batch or 1")),
    ("an epoch makes one step a batch, not one a row", (STEPS, "rows")),
    ("these are steps; divide by the steps of an epoch", (WAY, "(neurons + 1) * rate")),
    ("the bias moves too", (WAY, "neurons * rate * steps")),
    ("all weights of the output move in each step, not one", (WAY, "rate * steps")),
    ("the rate is forgotten", (WAY, "(neurons + 1) * steps")),
    (
        "a weight before the loss does not make the steps shorter or longer: Adam divides it out",
        (WAY, "(neurons + 1) * rate * steps * weight"),
    ),
    (
        "a weight before the loss does not make the way shorter or longer",
        (EPOCHS, "int(np.ceil(farthest * weight / way))"),
    ),
    ("the farthest target lies «COUNT[far]» standard deviations beyond the mean", (FARTHEST, "abs(mean)")),
    ("«COUNT[far]» standard deviations, not one", (FARTHEST, "abs(mean) + sd")),
    ("a mean below 0 is as far as one above", (FARTHEST, "max(mean + «far» * sd, 0.001)")),
    ("centred, the way is «COUNT[far]» standard deviations; the mean is gone", (CENTRED, f"farthest = {FARTHEST}\n")),
    ("standardised, the way is «far», whatever the standard deviation was", (STANDARD, "farthest = «far» * sd")),
    ("an epoch that is not full does not reach it: round up", (EPOCHS, "int(farthest / way)")),
    ("an epoch that is not full does not reach it: round up", (EPOCHS, "int(round(farthest / way))")),
    ("the number of epochs is whole; round up", (EPOCHS, "float(farthest / way)")),
    ("only whole epochs beyond the first are counted; round up, and no more", (EPOCHS, "int(farthest / way) + 2")),
)

# Errors in units -------------------------------------------------------------------------------------------------

MEAN_SD = "mean, sd = targets[learn].mean(axis=0), targets[learn].std(axis=0)"
PREDICTIONS = "mean + sd * np.asarray(outputs, dtype=float)"
ERRORS, RESULT = "(predictions - targets)[~learn]", "np.sqrt(np.mean(errors**2, axis=0))"
ERRORS_IN_UNITS = (
    (
        "the error is in standard deviations here; it is asked for in the column's unit",
        (RESULT, "np.sqrt(np.mean(errors**2, axis=0)) / sd"),
    ),
    (
        "mean and standard deviation come from the rows that were learnt from, not from all",
        (MEAN_SD, "mean, sd = targets.mean(axis=0), targets.std(axis=0)"),
    ),
    (
        "mean and standard deviation come from the rows that were learnt from, not from the others",
        (MEAN_SD, "mean, sd = targets[~learn].mean(axis=0), targets[~learn].std(axis=0)"),
    ),
    (
        "the error is asked for on the other rows, not on those that were learnt from",
        (ERRORS, "(predictions - targets)[learn]"),
    ),
    ("the error is asked for on the other rows only, not on all", (ERRORS, "predictions - targets")),
    ("an output gets the mean back", (PREDICTIONS, "sd * np.asarray(outputs, dtype=float)")),
    ("an output is multiplied by the standard deviation", (PREDICTIONS, "mean + np.asarray(outputs, dtype=float)")),
    (
        "an output is multiplied by the standard deviation, not by the variance",
        (PREDICTIONS, "mean + sd**2 * np.asarray(outputs, dtype=float)"),
    ),
    (
        "the standard deviation divides by n here, as np.std does",
        (MEAN_SD, "mean, sd = targets[learn].mean(axis=0), targets[learn].std(axis=0, ddof=1)"),
    ),
    (
        "each column has its own mean and standard deviation",
        (MEAN_SD, "mean, sd = targets[learn].mean(), targets[learn].std()"),
    ),
    ("the root is missing", (RESULT, "np.mean(errors**2, axis=0)")),
    ("this is the mean absolute error", (RESULT, "np.mean(np.abs(errors), axis=0)")),
    ("this is the standard deviation of the errors; a constant error counts, too", (RESULT, "np.std(errors, axis=0)")),
    ("one number for each column is asked for", (RESULT, "np.sqrt(np.mean(errors**2))")),
)

# Faults ----------------------------------------------------------------------------------------------------------

FAR, HALF = "np.array([[0.0, 300.0]])", 'return "float32"'
MASK, CLASSES_THERE = "np.array([1.0, 1, 0, 1, 1])", "np.array([0, 1, 2, 1, 0])"
SCORES = "np.array([[1.0, 2, -1], [0, 0.5, 3], [2, 0, 0], [-1, 1, 0], [0.3, 4, 2]])"
PICKED = "min(values, key=lambda name: abs(values[name] - found))"
PLANTED_FAULT = (
    (
        "perhaps the scores are not far apart; in float32 a share is rounded to 0 only when they are",
        (FAR, "np.array([[0.0, 30.0]])"),
    ),
    (
        "all rows count in your test; with a mask of ones nobody sees what is done with padding",
        (MASK, "np.ones(5)"),
        ("np.sum((each * mask)[:4]) / 3", "np.sum((each * mask)[:4]) / 4"),
        ('values = {"right": np.sum(each * mask) / 4}', 'values = {"right": np.sum(each * mask) / 5}'),
        ("np.sum(again * mask) / 4", "np.sum(again * mask) / 5"),
    ),
    ("with equal scores one softmax and two cost the same", (SCORES, "np.zeros((5, 3))")),
    (
        "perhaps the last batch has as many rows as the others in your test; then a mean of batch means is the mean",
        (
            'values["batch means"] = (np.sum((each * mask)[:4]) / 3 + each[4]) / 2',
            'values["batch means"] = values["right"]',
        ),
    ),
    (
        "a mean over the classes too is K times smaller",
        ('values["classes"] = values["right"] / 3', 'values["classes"] = values["right"]'),
    ),
    (
        "a sum over all pairs is the sum of all rows' losses, padding too",
        ('values["all pairs"] = np.sum(each)\n', 'values["all pairs"] = np.sum(each) * 5\n'),
    ),
    ("every function is called right", (PICKED, '"right"')),
)

# Forecasts -------------------------------------------------------------------------------------------------------

COSTS = "np.where(errors < 0, -low * errors, high * errors)"
MISSED, ALLOWED = "np.abs(np.sum(errors, axis=0))", "missed <= off * np.sum(y)"
NONE, CHOSEN = "return int(np.argmin(missed))", "return int(np.argmin(np.where(allowed, costs, np.inf)))"
CHOOSE_FORECAST = (
    (
        "the prices are the wrong way round: an error is prediction minus target",
        (COSTS, "np.where(errors < 0, -high * errors, low * errors)"),
    ),
    ("both sides cost the same here", (COSTS, "np.abs(errors)")),
    ("the errors are squared; the price is that of a unit", (COSTS, "np.where(errors < 0, low, high) * errors**2")),
    ("the total is forgotten: the cheapest of all is taken", (CHOSEN, "return int(np.argmin(costs))")),
    (
        "the total decides alone here; among those that pass, the cost decides",
        (CHOSEN, "return int(np.argmin(missed))"),
    ),
    (
        "a forecast may not be off in its total by more than the share, day by day it may",
        (MISSED, "np.sum(np.abs(errors), axis=0)"),
    ),
    ("a total that is too low is off, too", (MISSED, "np.sum(errors, axis=0)")),
    ("a total that is too high is off, too", (MISSED, "-np.sum(errors, axis=0)")),
    ("exactly as much as the share is still allowed", (ALLOWED, "missed < off * np.sum(y)")),
    ("the share is one of the true total", (ALLOWED, "missed <= off * np.sum(columns, axis=0)")),
    ("the share is one of the total, not of the mean", (ALLOWED, "missed <= off * np.mean(y)")),
    (
        "if none passes, the one with the nearest total is asked for, not the cheapest",
        (NONE, "return int(np.argmin(costs))"),
    ),
    ("columns are counted from 0", (CHOSEN, "return int(np.argmin(np.where(allowed, costs, np.inf))) + 1")),
    (
        "of several that cost the same the first one is asked for",
        (CHOSEN, "return int(len(costs) - 1 - np.argmin(np.where(allowed, costs, np.inf)[::-1]))"),
    ),
)
