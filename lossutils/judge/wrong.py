"""What learners of several chapters get wrong in a mean over samples: the sentence, and the change that makes it."""

from __future__ import annotations

OVERFLOW = "small integers overflow; convert both to float before you subtract"
TOO_NARROW = "the integers have more bits now, but not enough for large errors; convert both to float"
EMPTY_IS_ZERO = "an empty input is no perfect prediction; raise a ValueError"
EMPTY_IS_NAN = "the mean of nothing is nan, and nan spreads unseen; raise a ValueError"

ERROR = "np.asarray(pred, dtype=float) - np.asarray(target, dtype=float)"  # how a reference writes it
IN_16_BITS = "pred.astype(np.result_type(pred, np.int16)) - target.astype(np.result_type(target, np.int16))"


def of_a_mean(each: str, refusal: str) -> tuple:
    """Return the mistakes of a reference that returns `float(np.average(each, weights=weight))`.

    `refusal` is the statement by which it refuses an empty input.
    """
    mean = f"np.average({each}, weights=weight)"
    return (
        ("this is the sum, not the mean", (mean, f"np.sum({each})")),
        ("this is one loss per sample; the mean over the samples is missing", (f"float({mean})", each)),
        ("this is the median of the losses, not their mean", (mean, f"np.median({each})")),
        ("the weights are ignored", (", weights=weight", "")),
        (
            "the weighted sum is divided by n, not by the sum of the weights",
            (mean, f"np.mean({each} if weight is None else weight * {each})"),
        ),
        (
            "the weighted sum is not divided by the sum of the weights",
            (mean, f"np.mean({each}) if weight is None else np.sum(weight * {each})"),
        ),
        (
            "weight is None when nobody gives weights; then all samples count the same",
            (mean, f"np.sum(weight * {each}) / np.sum(weight)"),
        ),
        (
            "the numbers are cut to whole ones; convert to float before you subtract",
            (ERROR, "np.asarray(pred).astype(np.int16) - np.asarray(target).astype(np.int16)"),
        ),
        (OVERFLOW, (ERROR, "pred - target")),
        (TOO_NARROW, (ERROR, IN_16_BITS)),
        (EMPTY_IS_ZERO, (refusal, "return 0.0")),
        (EMPTY_IS_NAN, (refusal, "return np.nan")),
    )
