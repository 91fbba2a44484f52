"""Parameters of losses: a default, what is legal, and the range a slider offers."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np

from lossutils.domain import REAL, Domain

LARGEST = 2**63 - 1  # whole number that NumPy can compute with


def param(default: Any = dataclasses.MISSING, domain: Domain = REAL, slider: tuple[float, float] | None = None) -> Any:
    """Declare a loss's parameter: its default, its legal values and the range of its slider."""
    return dataclasses.field(default=default, metadata={"domain": domain, "slider": slider})


def refuse_data(cls, given: tuple) -> None:
    """Refuse more arguments than a loss has parameters: predictions and targets, most likely."""
    names = [field.name for field in dataclasses.fields(cls)]
    if len(given) > len(names):
        raise TypeError(
            f"{cls.__name__}({', '.join(names)}) was given {len(given)} arguments; make the loss first, then call it: "
            f"{cls.__name__}({'…' if names else ''})(pred, target)"
        )


def refuse_change(loss, name: str, *value) -> None:
    """Refuse to set or delete an attribute."""
    raise dataclasses.FrozenInstanceError(f"{loss!r} can't be changed; make another one instead of setting {name}")


def check_parameters(loss) -> None:
    """Turn NumPy numbers into plain ones and refuse what is not in the parameter's domain, with a sentence."""
    for field in dataclasses.fields(loss):
        value = getattr(loss, field.name)
        domain = field.metadata.get("domain")
        if domain is None or (value is None and field.default is None):
            continue
        if isinstance(value, np.generic):
            value = value.item()
        elif isinstance(value, int) and abs(value) > LARGEST:
            value = float(min(max(value, -(2**1023)), 2**1023))
        object.__setattr__(loss, field.name, value)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise TypeError(
                f"{type(loss).__name__}: {field.name} is {value!r}, but must be {domain.words}; "
                f"NumPy would broadcast, convert or reject it far from here"
            )
        if not domain.contains(value):
            raise ValueError(
                f"{type(loss).__name__}: {field.name} is {value!r}, but must be {domain.words}; "
                f"NumPy would compute a loss that is not this one"
            )
