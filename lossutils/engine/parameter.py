"""Parameters of losses: a default, what is legal, and the range a slider offers."""

from __future__ import annotations

import dataclasses
import difflib
from typing import Any

import numpy as np

from lossutils.engine.domain import REAL, Domain

LARGEST = 2**63 - 1  # whole number that NumPy can compute with


def param(
    default: Any = dataclasses.MISSING,
    domain: Domain = REAL,
    slider: tuple[float, float] | None = None,
    instead: str = "Give samples their own say by weights: loss(pred, target, weight)",
) -> Any:
    """Declare a loss's parameter: default, legal values, the range of its slider, what to do instead of an array."""
    return dataclasses.field(default=default, metadata={"domain": domain, "slider": slider, "instead": instead})


def refuse_data(cls, given: tuple) -> None:
    """Refuse more arguments than a loss has parameters: predictions and targets, most likely."""
    names = [field.name for field in dataclasses.fields(cls)]
    if len(given) > len(names):
        raise TypeError(
            f"{cls.__name__}({', '.join(names)}) was given {len(given)} arguments; make the loss first, then call it: "
            f"{cls.__name__}({'…' if names else ''})(pred, target)"
        )


def refuse_own_init(cls) -> None:
    """Refuse a subclass that takes its parameters in its own way: equality, card and checks would not know them."""
    if "__init__" in vars(cls):
        raise TypeError(
            f"{cls.__name__}: a loss has no __init__ of its own; state each parameter in the class, with its default, "
            f"as in `k: float = param(2.0)`"
        )


def refuse_unknown(cls, named: dict) -> None:
    """Refuse a parameter that the loss doesn't have, with the nearest name or the way to state it."""
    names = [field.name for field in dataclasses.fields(cls)]
    for name in named:
        if name in names:
            continue
        near = difflib.get_close_matches(name, names, n=1)
        if isinstance(vars(cls).get(name), int | float):
            cure = f"{name} is a plain attribute; write `{name}: float = param({getattr(cls, name)!r})` in the class"
        elif near:
            cure = f"did you mean {near[0]}?"
        else:
            cure = f"it has {', '.join(names) or 'none'}"
        raise TypeError(f"{cls.__name__} has no parameter {name}: {cure}")


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
        if np.ndim(value):
            raise TypeError(
                f"{type(loss).__name__}: {field.name} has shape {np.shape(value)}, but a parameter is one number for "
                f"all samples; NumPy would broadcast it. {field.metadata['instead']}"
            )
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
