"""The check of units: a loss measured in metres and one measured in feet are the same loss."""

from __future__ import annotations

import dataclasses
import math

import numpy as np

from lossutils.checks.refute import Refuted, plain_examples, point, where_wrong

POWERS = {"the target's unit": 1, "the target's unit, squared": 2, "none": 0, "nats": 0}  # how often 2 is a factor


def units(loss, rng) -> str:
    """In a unit half as large all numbers double: prediction, target, parameters, and the loss as its unit says."""
    declared = {f.name: f.metadata["unit"] for f in dataclasses.fields(loss) if f.metadata.get("unit")}
    power = POWERS.get(loss.unit.split(";")[0].split(":")[0])
    if loss.row_wise or power is None or not (power or any(POWERS.get(unit) for unit in declared.values())):
        return "no unit of the target"
    claims = ", ".join([f"the loss has {loss.unit!r}", *(f"{name} {unit!r}" for name, unit in declared.items())])
    start = {name: _plain(loss, name) for name in declared}
    once = dataclasses.replace(loss, **start)
    try:
        twice = dataclasses.replace(
            loss, **{name: x * 2.0 ** POWERS.get(declared[name], 0) for name, x in start.items()}
        )
    except ValueError as trouble:
        raise Refuted(f"{loss!r}: claims that {claims}; but twice as large it is not legal: {trouble}") from None
    p, y = plain_examples(loss, rng, 400)
    with np.errstate(all="ignore"):
        before, after = once.derivative(p.copy(), y.copy()), twice.derivative(2 * p, 2 * y)
    i = where_wrong(~np.isclose(after, before * 2.0 ** (power - 1), rtol=1e-6, atol=1e-12))
    if i is None:
        return ""
    undeclared = [field.name for field in dataclasses.fields(loss) if field.name not in declared]
    if undeclared:
        return f"not known: the unit of {' and '.join(undeclared)} is not declared"
    raise Refuted(
        f"{loss!r}: claims that {claims}; but where prediction and target double, its slope at {point(p[i], y[i])} "
        f"becomes {after[i]:.6g}, not {2.0 ** (power - 1):g} times {before[i]:.6g}"
    )


def _plain(loss, name: str) -> float:
    """Return a parameter's value, or its default where doubling the value would say nothing."""
    field = next(field for field in dataclasses.fields(loss) if field.name == name)
    value = getattr(loss, name)
    return value if value and math.isfinite(value) else field.default
