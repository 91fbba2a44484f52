"""The bug clinic: twenty bugs in code around losses, and what each library makes of the smallest case of each.

    clinic.elsewhere("softmax-twice")      a table: lossutils, PyTorch, Keras, optax, scikit-learn

The cases stand in bugs.toml. The line of lossutils is run when the table is made; the others are held by tests.
"""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from importlib import resources

import numpy as np

from lossutils import losses
from lossutils.engine.card import LIBRARIES
from lossutils.numerics import softmax

MORE = "_too"  # behind a library's name: a second line of it


@dataclass(frozen=True)
class Elsewhere:
    """What one line of each library gives for a bug: `rows` of (library, line, answer), for the case in `given`."""

    bug: str
    rows: tuple[tuple[str, str, str], ...]
    given: str

    def __repr__(self) -> str:
        return f"<{self.bug}: {'; '.join(f'{library}: {answer}' for library, _, answer in self.rows)}>"

    def _repr_markdown_(self) -> str:
        rows = "\n".join(f"| {library} | {answer} | `{line}` |" for library, line, answer in self.rows)
        return f"With {self.given}:\n\n| | gives | this line |\n|:--|:--|:--|\n{rows}\n"


def names() -> list[str]:
    """The bugs' names, in the order of the clinic."""
    return list(_bugs())


def bug(name: str) -> dict:
    """Return what bugs.toml says of a bug, the given arrays as NumPy has them."""
    if not isinstance(name, str) or name not in _bugs():
        raise ValueError(f"clinic: there is no bug {name!r}; there are {', '.join(_bugs())}")
    found = dict(_bugs()[name])
    dtype = found.setdefault("dtype", "float64")
    found.setdefault("elsewhere", {})
    found["given"] = {key: _array(values, dtype) for key, values in found.get("given", {}).items()}
    return found


def elsewhere(name: str) -> Elsewhere:
    """Return the table of a bug: what each library does with its smallest case."""
    found = bug(name)
    if "ours" not in found:
        raise ValueError(f"clinic: no line of a library shows {name!r}")
    rows = [("lossutils", found["ours"], answer(found["ours"], ours() | found["given"]))]
    rows += [
        (LIBRARIES[library.removesuffix(MORE)], line, gives) for library, (line, gives) in found["elsewhere"].items()
    ]
    signed = ((library, line, re.sub(r"(?<![\w-])-(?=\d)", "−", gives)) for library, line, gives in rows)
    return Elsewhere(name, tuple(signed), ", ".join(_written(key, array) for key, array in found["given"].items()))


def _written(name: str, array: np.ndarray) -> str:
    """Write an array of a case as one would type it; of a long one only the ends."""
    values = array.tolist()
    if len(values) > 8:
        values = f"[{values[0]:g}, {values[1]:g}, …, {values[-1]:g}]"
    text = re.sub(r"\b(\d+)\.0\b", r"\1", str(values))
    kind = "" if array.dtype.name in ("float64", "int64") else f" ({array.dtype.name})"
    return f"{name} = {text}{kind}"


def answer(line: str, given: dict) -> str:
    """Run a line, and return its number or numbers with four digits, or the sentence that refuses it."""
    try:
        value = eval(line, {"__builtins__": {}}, given)
    except (TypeError, ValueError) as error:
        return f"refuses: “{str(error).split(';')[0]}”"
    return figures(value)


def figures(value) -> str:
    """Write a number, or the numbers of an array, with four digits."""
    numbers = np.ravel(np.asarray(value, dtype=float))
    return ", ".join(f"{number:.0f}" if abs(number) >= 1e4 else f"{number:.4g}" for number in numbers)


def ours() -> dict:
    """The names that the lines of lossutils use."""
    return {name: getattr(losses, name) for name in losses.__all__} | {"softmax": softmax}


def _array(values, dtype: str) -> np.ndarray:
    array = np.array(values)
    return array.astype(dtype) if array.dtype.kind == "f" or dtype == "uint8" else array


@functools.cache
def _bugs() -> dict[str, dict]:
    text = resources.files(__package__).joinpath("bugs.toml").read_text(encoding="utf-8")
    return {entry["id"]: entry for entry in tomllib.loads(text)["bugs"]}
