"""The sentences that refuse what a caller gives, as exceptions to raise.

Each names the loss, what is wrong, where it is first wrong, and what NumPy would have done silently. What is wrong with
a loss itself stands in `loss_complaints`.
"""

from __future__ import annotations

import numpy as np

TEXT = "text", "NumPy would raise an error about ufuncs or, for an object array, join the texts"
KINDS = {  # of NumPy's types: what it holds, and what NumPy would do
    "U": TEXT,
    "S": TEXT,
    "c": ("complex numbers", "NumPy would compute a complex loss, which has no minimum"),
    "T": ("text", "NumPy would raise an error about ufuncs"),
    "M": ("dates", "NumPy would subtract them and return a time span"),
    "m": ("time spans", "NumPy would square or compare their integer counts, whatever the unit"),
    "V": ("records, or a type foreign to NumPy (bfloat16, perhaps)", "NumPy would refuse to compute"),
}


def at(place: tuple) -> str:
    """Say a place in words: " at index 3", " at index (0, 2)", or nothing for a single number."""
    return f" at index {place[0] if len(place) == 1 else place}" if place else ""


def first(x: np.ndarray, legal: np.ndarray) -> tuple[object, str]:
    """Return the first illegal number and its place in words."""
    place = tuple(int(i) for i in np.unravel_index(int(np.argmin(legal)), np.shape(x)))
    return x[place].item(), at(place)


# Arrays ---------------------------------------------------------------------------------------------------------------


def kind(name: str, role: str, letter: str) -> TypeError:
    """What NumPy's type of this letter holds is no number."""
    what, otherwise = KINDS[letter]
    return TypeError(f"{name}: {role} holds {what}, numbers are needed; {otherwise}")


def unequal_rows(name: str, role: str) -> ValueError:
    """A list of lists is no table."""
    return ValueError(
        f"{name}: {role} has rows of unequal length; NumPy would refuse it or make an array of Python objects"
    )


def masked(name: str, role: str) -> TypeError:
    """A masked array hides numbers; there is another way to leave them out."""
    return TypeError(
        f"{name}: {role} is a masked array; NumPy would use the hidden values too. A row of weight 0 is not there, "
        f"whatever it holds: give {role}.data and weight=~np.ma.getmaskarray({role})"
    )


def foreign(name: str, role: str, x, trouble: Exception) -> TypeError:
    """Something of another library can't become an array."""
    return TypeError(
        f"{name}: {role} is a {type(x).__name__} that NumPy can't read ({trouble}); of a PyTorch tensor give "
        f"{role}.detach().cpu().float().numpy()"
    )


def python_object(name: str, role: str, value, place: tuple[int, ...]) -> TypeError:
    """A Python object is no number, or too large a one."""
    words = repr(value) if len(repr(value)) <= 40 else f"a {type(value).__name__}"
    return TypeError(
        f"{name}: {role} holds Python objects: {words}{at(place)}, where numbers are needed (a missing value, "
        f"perhaps, or text); NumPy would compute object by object"
    )


def lost_digits(name: str, role: str, value: int, where: str) -> ValueError:
    """A whole number is so large that float64 can't hold it."""
    return ValueError(
        f"{name}: {role} is {value}{where}, which float64 can't hold; NumPy would round it, and differences of "
        f"such numbers would lose their last digits. Subtract a large part of both before you call"
    )


def other_labels(name: str, role: str, other_role: str, library: str, axis: str) -> ValueError:
    """Two pandas or xarray objects have different labels, and would be matched by position."""
    return ValueError(
        f"{name}: {role} and {other_role} have a different {library} {axis}; NumPy would pair them by "
        f"position, {library} by label. Align them first, or give .to_numpy() where position is meant"
    )


# Shapes ---------------------------------------------------------------------------------------------------------------


def shapes(name: str, p: tuple, y: tuple) -> ValueError:
    """Two shapes do not match."""
    try:
        silently = f"NumPy would broadcast them to {np.broadcast_shapes(p, y)}"
    except ValueError:
        silently = "NumPy could not broadcast them either"
    return ValueError(f"{name}: prediction has shape {p} but target has shape {y}; {silently}")


def empty(name: str, shape: tuple) -> ValueError:
    """There is not a single number."""
    return ValueError(f"{name}: the input of shape {shape} is empty; NumPy would return nan as the mean of nothing")


def no_row(name: str) -> ValueError:
    """One number stands where a row of classes is needed."""
    return ValueError(
        f"{name}: prediction is one number, but a row with one number for each class is needed; "
        f"NumPy would broadcast it to every class"
    )


# Weights --------------------------------------------------------------------------------------------------------------


def weight_shape(name: str, shape: tuple, each_shape: tuple) -> ValueError:
    """The weights are not one a row."""
    return ValueError(
        f"{name}: weight has shape {shape}, but the input has rows of shape {each_shape[:1] or each_shape}; "
        f"NumPy would broadcast it, or fail far from here"
    )


def weight(name: str, value: float, where: str) -> ValueError:
    """A weight is negative, infinite or nan."""
    return ValueError(
        f"{name}: weight is {value!r}{where}, but must be a finite number from 0 upwards; "
        f"NumPy would return nan, or let the sample's loss count as a gain"
    )


def no_weight(name: str) -> ValueError:
    """All weights are 0."""
    return ValueError(f"{name}: the weights sum to 0; NumPy would divide by it and return nan")


# Numbers outside their domain -----------------------------------------------------------------------------------------


def illegal(name: str, role: str, value, where: str, domain) -> ValueError:
    """A number is not in its domain."""
    otherwise = domain.otherwise if np.isfinite(value) else "NumPy would return nan or inf for the whole mean"
    return ValueError(f"{name}: {role} is {value!r}{where}, but must be {domain.words}; {otherwise}")


def no_class_left(name: str, where: str) -> ValueError:
    """All classes of a row are ruled out."""
    return ValueError(
        f"{name}: every score is -inf{where}, but one class at least must be left; "
        f"NumPy would compute inf - inf and return nan for the whole mean"
    )


# Classes --------------------------------------------------------------------------------------------------------------


def softmax_twice(name: str) -> ValueError:
    """The scores are probabilities: a softmax was taken before."""
    return ValueError(
        f"{name}: every row of the prediction is a probability distribution, but scores are needed; NumPy "
        f"would apply the softmax a second time. Give the scores, or use CategoricalCrossEntropy"
    )


def row_sum(name: str, role: str, total: float, where: str) -> ValueError:
    """A row of probabilities or memberships does not sum to 1."""
    return ValueError(
        f"{name}: {role} sums to {total:.6g}{where}, but each row must sum to 1; NumPy would return a number for it. "
        f"Divide the row by its sum, or use a loss of scores if these are scores"
    )


def class_number(name: str, value: float, where: str, classes: int | None) -> ValueError:
    """A class number is no whole number from 0 to K - 1 (K may be unknown: None)."""
    counted = classes is not None and -classes <= value < 0 and value == int(value)
    silently = (
        f"NumPy would count it from the end, as class {classes + int(value)}"
        if counted
        else "NumPy would fail far from here, or return nan"
    )
    beyond = value < 0 or (classes is not None and value >= classes)
    cure = f"; to leave such rows out, give weight=(target != {value:g})" if beyond else ""
    known = (
        "classes are whole numbers from 0 upwards"
        if classes is None
        else f"the prediction has {classes} classes, numbered 0 to {classes - 1}"
    )
    return ValueError(f"{name}: target is class {value!r}{where}, but {known}; {silently}{cure}")


def many_classes(name: str, value: int, where: str, rows: int) -> ValueError:
    """A class number lies far beyond the number of rows: the best constant has a number for every class below."""
    return ValueError(
        f"{name}: target is class {value}{where} of {rows} rows, and a constant has one number for every class up to "
        f"it; NumPy would ask for {8e-9 * value:.3g} GB. Number the classes anew: "
        f"np.unique(target, return_inverse=True)[1]"
    )
