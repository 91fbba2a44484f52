"""The sentences that refuse bad input: the loss's name, what is wrong, where it is first wrong, what NumPy would do."""

from __future__ import annotations

import numpy as np

from lossutils.engine.domain import SCORE, Domain


def check_same_index(name: str, role: str, one, other_role: str, other, axes=("index", "columns")) -> None:
    """Refuse two pandas or xarray objects whose labels differ: here they would be matched by position."""
    library = type(one).__module__.split(".")[0]
    if library not in ("pandas", "xarray") or type(other).__module__.split(".")[0] != library:
        return
    mine, theirs = _labels(one, axes), _labels(other, axes)
    for axis in mine.keys() & theirs.keys():
        if not mine[axis].equals(theirs[axis]):
            raise ValueError(
                f"{name}: {role} and {other_role} have a different {library} {axis}; NumPy would pair them by "
                f"position, {library} by label. Align them first, or give .to_numpy() where position is meant"
            )


def _labels(x, axes) -> dict:
    """Return the labels of each axis by its name, as an xarray or pandas object has them."""
    if hasattr(x, "indexes"):
        return {f"coordinate {name!r}": index for name, index in x.indexes.items()}
    return {axis: getattr(x, axis) for axis in axes if hasattr(x, axis)}


def refuse_shapes(name: str, p: tuple, y: tuple) -> None:
    """Raise the sentence for two shapes that do not match."""
    try:
        silently = f"NumPy would broadcast them to {np.broadcast_shapes(p, y)}"
    except ValueError:
        silently = "NumPy could not broadcast them either"
    raise ValueError(f"{name}: prediction has shape {p} but target has shape {y}; {silently}")


def refuse_empty(name: str, shape: tuple) -> None:
    """Raise the sentence for input without a single number."""
    raise ValueError(f"{name}: the input of shape {shape} is empty; NumPy would return nan as the mean of nothing")


def refuse_object(name: str, role: str, value, place: tuple[int, ...]) -> None:
    """Raise for a Python object that is no number, or too large a one, with its place."""
    words = repr(value) if len(repr(value)) <= 40 else f"a {type(value).__name__}"
    raise TypeError(
        f"{name}: {role} holds Python objects: {words}{at(place)}, where numbers are needed (a missing value, "
        f"perhaps, or text); NumPy would compute object by object"
    )


def refuse_masked(name: str, role: str) -> None:
    """Raise for a masked array, with the way to leave out what it hides."""
    raise TypeError(
        f"{name}: {role} is a masked array; NumPy would use the hidden values too. A row of weight 0 is not there, "
        f"whatever it holds: give {role}.data and weight=~np.ma.getmaskarray({role})"
    )


def refuse_foreign(name: str, role: str, x, trouble: Exception) -> None:
    """Raise for something of another library that can't become an array."""
    raise TypeError(
        f"{name}: {role} is a {type(x).__name__} that NumPy can't read ({trouble}); of a PyTorch tensor give "
        f"{role}.detach().cpu().float().numpy()"
    )


def refuse_lost_digits(name: str, role: str, x: np.ndarray) -> None:
    """Raise for the first whole number that float64 can't hold; return if there is none."""
    kept = np.array([int(value) == int(np.float64(value)) for value in x.flat]).reshape(x.shape)
    if not kept.all():
        value, where = first(x, kept)
        raise ValueError(
            f"{name}: {role} is {value}{where}, which float64 can't hold; NumPy would round it, and differences of "
            f"such numbers would lose their last digits. Subtract a large part of both before you call"
        )


def refuse_many_classes(name: str, y: np.ndarray) -> None:
    """Raise for a class number far beyond the number of rows: the best constant has a number for every class below."""
    value, where = first(y, y < y.max())
    raise ValueError(
        f"{name}: target is class {value}{where} of {y.size} rows, and a constant has one number for every class up to "
        f"it; NumPy would ask for {8e-9 * value:.3g} GB. Number the classes anew: "
        f"np.unique(target, return_inverse=True)[1]"
    )


def refuse_writing(name: str, trouble: ValueError) -> None:
    """Say in words what NumPy says where a formula changes its input, which is the caller's and can't be written to."""
    if "read-only" in str(trouble):
        raise ValueError(
            f"{name}: its formula or derivative changes its input, which NumPy would do in the caller's own array; "
            f"make a new one instead, as in `e = p - y`, or take a copy first, as in `p = p.copy()`"
        ) from trouble


def at(place: tuple) -> str:
    """Say a place in words: " at index 3", " at index (0, 2)", or nothing for a single number."""
    return f" at index {place[0] if len(place) == 1 else place}" if place else ""


def first(x: np.ndarray, legal: np.ndarray) -> tuple[object, str]:
    """Return the first illegal number and its place in words."""
    place = tuple(int(i) for i in np.unravel_index(int(np.argmin(legal)), np.shape(x)))
    return x[place].item(), at(place)


def complain(name: str, role: str, domain: Domain, x: np.ndarray) -> None:
    """Raise for the first number of `x` that is not in `domain`; return if there is none."""
    legal = domain.contains(x)
    if legal.all():
        if domain is SCORE:
            refuse_no_class(name, x)
        return
    value, where = first(x, legal)
    otherwise = domain.otherwise if np.isfinite(value) else "NumPy would return nan or inf for the whole mean"
    raise ValueError(f"{name}: {role} is {value!r}{where}, but must be {domain.words}; {otherwise}")


def refuse_no_class(name: str, x: np.ndarray) -> None:
    """Raise for the first row whose classes are all ruled out."""
    left = (x > -np.inf).any(axis=-1)
    if not left.all():
        raise ValueError(
            f"{name}: every score is -inf{first(left, left)[1]}, but one class at least must be left; "
            f"NumPy would compute inf - inf and return nan for the whole mean"
        )


def refuse_formula(name: str, value, samples: int) -> None:
    """Raise for a formula that doesn't return one loss per sample."""
    raise ValueError(
        f"{name}: its formula returned {_kind(value)} for {samples} samples; it must give one loss per sample, the "
        f"mean is taken by Loss"
    )


def refuse_derivative(name: str, slope, shape: tuple[int, ...]) -> None:
    """Raise for a derivative that doesn't return one slope for each prediction."""
    raise ValueError(
        f"{name}: its derivative returned {_kind(slope)} for predictions of shape {shape}; it must give the slope of "
        f"each sample's loss, not their mean; NumPy would broadcast it"
    )


def _kind(x) -> str:
    return f"shape {x.shape}" if hasattr(x, "shape") else f"a {type(x).__name__}"


def refuse_nan(name: str, values: np.ndarray, whose: str = "its formula") -> None:
    """Raise for a formula that gives nan for legal input."""
    nan = np.isnan(values).reshape(len(values), -1).any(axis=1)
    if nan.any():
        raise FloatingPointError(
            f"{name}: {whose} gives nan for legal input, first at sample {int(np.argmax(nan))}; NumPy would return "
            f"nan for the whole mean"
        )
