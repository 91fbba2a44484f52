"""Numbers, losses and units in words, as axes and descriptions print them."""

from __future__ import annotations

import dataclasses

import numpy as np

GREEK = {"alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "sigma": "σ", "tau": "τ", "mu": "μ"}
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def number(x: float, digits: int = 4) -> str:
    """Print a number with so many significant digits and a true minus sign; powers of ten only where it is needed."""
    x = float(x)
    if not np.isfinite(x):
        return {np.inf: "∞", -np.inf: "−∞"}.get(x, "undefined")
    if x == 0:
        return "0"
    if 1e-7 <= abs(x) < 1e12:
        text = np.format_float_positional(x, digits, unique=False, fractional=False, trim="-")
    else:
        mantissa, power = f"{x:.{digits - 1}e}".split("e")
        text = f"{float(mantissa):g} · 10" + str(int(power)).translate(RAISED)
    return text.replace("-", "−")


def span(low: float, high: float, digits: int = 4) -> str:
    """Print "0.42 to 0.44", or one number where both look alike."""
    return " to ".join(dict.fromkeys((number(low, digits), number(high, digits))))


def listed(parts) -> str:
    """Join parts as an English list: a, b and c."""
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


def letter(parameter: str) -> str:
    """Return the Greek letter that a parameter's name spells, or the name in words."""
    return GREEK.get(parameter, parameter.replace("_", " "))


def label(loss) -> str:
    """Name a loss with its parameters: "Huber, δ = 1.5"."""
    values = [f"{letter(f.name)} = {number(getattr(loss, f.name))}" for f in dataclasses.fields(loss)]
    return ", ".join([loss.name, *values])


def mean_of(loss) -> str:
    """Name a loss's mean: "mean squared error", "mean Huber loss"."""
    return f"mean {loss.name}" if loss.name.endswith(("error", "loss", "entropy")) else f"mean {loss.name} loss"


def with_unit(what: str, unit: str) -> str:
    """Write an axis label: "constant c (ppm)"."""
    return f"{what} ({unit})" if unit else what


def unit_of(loss, unit: str) -> str:
    """Return the unit of a loss whose target is measured in `unit`, or "" if nothing is known."""
    if loss.unit.startswith("none"):
        return "no unit"
    if not loss.unit.startswith("the target's unit"):
        return loss.unit
    if not unit or not loss.unit.endswith("squared"):
        return unit
    return f"{unit}²" if " " not in unit and "/" not in unit else f"({unit})²"


def has_target_unit(loss, parameter: str) -> bool:
    """Say whether a parameter is declared to be in the target's unit, as Huber's δ is and the pinball's τ is not."""
    field = next(field for field in dataclasses.fields(loss) if field.name == parameter)
    return field.metadata.get("unit") == "the target's unit"
