"""The sentences that refuse a loss as it is written or made, as exceptions to raise: they say what to write instead."""

from __future__ import annotations

import dataclasses
import difflib

import numpy as np

# Parameters -----------------------------------------------------------------------------------------------------------


def data_as_parameters(cls, names: list[str], given: int) -> TypeError:
    """There are more arguments than parameters: predictions and targets, most likely."""
    return TypeError(
        f"{cls.__name__}({', '.join(names)}) was given {given} arguments; make the loss first, then call it: "
        f"{cls.__name__}({'…' if names else ''})(pred, target)"
    )


def own_init(cls) -> TypeError:
    """A subclass takes its parameters in its own way: equality, card and checks would not know them."""
    return TypeError(
        f"{cls.__name__}: a loss has no __init__ of its own; state each parameter in the class, with its default, "
        f"as in `k: float = param(2.0)`"
    )


def finished(cls, base) -> TypeError:
    """A subclass is made of a loss that has its formula already."""
    return TypeError(f"{cls.__name__}: {base.__name__} is a finished loss; write a new subclass of Loss")


def unknown_parameter(cls, name: str, names: list[str]) -> TypeError:
    """The loss has no such parameter: the sentence has the nearest name, or the way to state it."""
    near = difflib.get_close_matches(name, names, n=1)
    if isinstance(vars(cls).get(name), int | float):
        cure = f"{name} is a plain attribute; write `{name}: float = param({getattr(cls, name)!r})` in the class"
    elif near:
        cure = f"did you mean {near[0]}?"
    else:
        cure = f"it has {', '.join(names) or 'none'}"
    return TypeError(f"{cls.__name__} has no parameter {name}: {cure}")


def frozen(loss, name: str) -> dataclasses.FrozenInstanceError:
    """A loss can't be changed once it is made."""
    return dataclasses.FrozenInstanceError(f"{loss!r} can't be changed; make another one instead of setting {name}")


def parameter_is_array(loss, name: str, value, instead: str) -> TypeError:
    """An array stands where one number for all samples is needed."""
    return TypeError(
        f"{type(loss).__name__}: {name} has shape {np.shape(value)}, but a parameter is one number for "
        f"all samples; NumPy would broadcast it. {instead}"
    )


def parameter_is_no_number(loss, name: str, value, domain) -> TypeError:
    """A parameter is text, a bool, or whatever else is no number."""
    return TypeError(
        f"{type(loss).__name__}: {name} is {value!r}, but must be {domain.words}; "
        f"NumPy would broadcast, convert or reject it far from here"
    )


def illegal_parameter(loss, name: str, value, domain) -> ValueError:
    """A parameter is not in its domain."""
    return ValueError(
        f"{type(loss).__name__}: {name} is {value!r}, but must be {domain.words}; "
        f"NumPy would compute a loss that is not this one"
    )


# Formulas -------------------------------------------------------------------------------------------------------------


def writing(name: str) -> ValueError:
    """A formula changes its input, which is the caller's and can't be written to."""
    return ValueError(
        f"{name}: its formula or derivative changes its input, which NumPy would do in the caller's own array; "
        f"make a new one instead, as in `e = p - y`, or take a copy first, as in `p = p.copy()`"
    )


def formula(name: str, value, samples: int) -> ValueError:
    """A formula doesn't return one loss per sample."""
    return ValueError(
        f"{name}: its formula returned {_kind(value)} for {samples} samples; it must give one loss per sample, the "
        f"mean is taken by Loss"
    )


def derivative(name: str, slope, shape: tuple[int, ...]) -> ValueError:
    """A derivative doesn't return one slope for each prediction."""
    return ValueError(
        f"{name}: its derivative returned {_kind(slope)} for predictions of shape {shape}; it must give the slope of "
        f"each sample's loss, not their mean; NumPy would broadcast it"
    )


def _kind(x) -> str:
    return f"shape {x.shape}" if hasattr(x, "shape") else f"a {type(x).__name__}"


def nan(name: str, whose: str, sample: int) -> FloatingPointError:
    """A formula gives nan for legal input."""
    return FloatingPointError(
        f"{name}: {whose} gives nan for legal input, first at sample {sample}; NumPy would return "
        f"nan for the whole mean"
    )
