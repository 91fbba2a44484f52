"""Parameters of losses: a default, what is legal, the range a slider offers, and the unit."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np

from lossutils.engine import loss_complaints
from lossutils.engine.domain import REAL, Domain

LARGEST = 2**63 - 1  # whole number that NumPy can compute with


def param(
    default: Any = dataclasses.MISSING,
    domain: Domain = REAL,
    slider: tuple[float, float] | None = None,
    unit: str = "",
    instead: str = "Give samples their own say by weights: loss(pred, target, weight)",
) -> Any:
    """Declare a loss's parameter: default, legal values, the range of its slider, its unit.

    A unit is "the target's unit", where a figure's or slider's range grows with the data, "the target's unit, squared",
    or "none"; unless it is declared, nothing is said of it. `instead` says what to do instead of giving an array.
    """
    metadata = {"domain": domain, "slider": slider, "unit": unit, "instead": instead}
    return dataclasses.field(default=default, metadata=metadata)


def check_arguments(cls, given: tuple, named: dict) -> None:
    """Refuse more arguments than a loss has parameters, and names of parameters that it doesn't have."""
    names = [field.name for field in dataclasses.fields(cls)]
    if len(given) > len(names):
        raise loss_complaints.data_as_parameters(cls, names, len(given))
    for name in named:
        if name not in names:
            raise loss_complaints.unknown_parameter(cls, name, names)


def check_parameters(loss) -> None:
    """Turn NumPy numbers into plain ones and refuse what is not in the parameter's domain, with a sentence."""
    for field in dataclasses.fields(loss):
        name, value, domain = field.name, getattr(loss, field.name), field.metadata.get("domain")
        if domain is None or (value is None and field.default is None):
            continue
        if isinstance(value, np.generic):
            value = value.item()
        elif isinstance(value, int) and abs(value) > LARGEST:
            value = float(min(max(value, -(2**1023)), 2**1023))
        object.__setattr__(loss, name, value)
        if np.ndim(value):
            raise loss_complaints.parameter_is_array(loss, name, value, field.metadata["instead"])
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise loss_complaints.parameter_is_no_number(loss, name, value, domain)
        if not domain.contains(value):
            raise loss_complaints.illegal_parameter(loss, name, value, domain)
