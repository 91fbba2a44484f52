"""The library's pages: what each room offers, its signatures and what is said of it, from the code itself."""

from __future__ import annotations

import importlib
import inspect
import re
from typing import ForwardRef

from lossbook.pages.markdown import Pages, first_line, page, table, toctree, told

ROOMS = {
    "loss": "what every loss can do",
    "numerics": "functions that neither overflow nor lose digits",
    "models": "a small network, and a fuzzy system",
    "training": "gradient descent and its relatives",
    "evaluation": "metrics, calibration, folds",
    "health": "what to look at before you train",
    "data": "measurements by name",
    "checks": "tries to refute a loss",
    "plot": "figures that several chapters need",
    "widgets": "sliders and a quiz",
    "practice": "what a learner calls in an exercise",
    "chooser": "which loss for which task",
    "clinic": "twenty bugs",
    "proof": "claims that are checked where they stand",
}
ADDRESS = re.compile(r"<function (?:[\w.]+\.)?([\w<>]+) at 0x[0-9a-f]+>")  # another one in each process
SPECIAL = ("__call__",)  # methods that are named with two underscores, and used


def pages() -> Pages:
    """Yield the list of the rooms, and a page for each."""
    rows = [(f"[lossutils.{room}]({room}.md)", first_line(_module(room)), ROOMS[room]) for room in ROOMS]
    intro = "Every loss has [a page of its own](../losses/index.md). The rest of the library, room by room:"
    listed = table(("room", "what it says of itself", "in a word"), rows)
    yield "library/index.md", page("# The library", intro, listed, toctree(ROOMS))
    for room in ROOMS:
        yield f"library/{room}.md", page(*parts(room))


def parts(room: str) -> list[str]:
    """Return the page of a room."""
    module = _module(room)
    found = [f"# lossutils.{room}", told(inspect.getdoc(module) or "")]
    for name in public(module):
        thing = getattr(module, name)
        if inspect.isclass(thing):
            found += _class(name, thing)
        elif callable(thing):
            found += [f"## {name}", f"```python\n{name}{signature(thing)}\n```", told(inspect.getdoc(thing) or "")]
        else:
            found += [f"## {name}", f"`{shortened(thing)}`"]
    return found


def public(module) -> list[str]:
    """Return what a room offers: what it lists, or else what is defined in it."""
    if hasattr(module, "__all__"):
        return list(module.__all__)
    own = {name: thing for name, thing in vars(module).items() if not name.startswith("_")}
    kinds = (inspect.isclass, inspect.isfunction)
    return [
        name for name, one in own.items() if any(k(one) for k in kinds) and one.__module__.startswith(module.__name__)
    ]


def signature(function) -> str:
    """Return how a function is called; one argument a line where it would be long."""
    try:
        found = inspect.signature(function)
    except ValueError:  # what Python's own classes take, such as an error's message
        return ""
    returned = _Typed(found.return_annotation) if isinstance(found.return_annotation, str) else found.return_annotation
    found = found.replace(parameters=map(_readable, found.parameters.values()), return_annotation=returned)
    line = str(found).replace("lossutils.", "")
    if len(line) <= 80:
        return line
    inside = "".join(f"    {argument},\n" for argument in found.parameters.values())
    return f"(\n{inside})" + (f" -> {returned}" if returned is not inspect.Signature.empty else "")


def _readable(parameter: inspect.Parameter) -> inspect.Parameter:
    """Return a parameter that is printed as it is typed: its kind without quotes, and a class by its name."""
    kind, default = parameter.annotation, parameter.default
    if isinstance(kind, (str, ForwardRef)):
        kind = _Typed(getattr(kind, "__forward_arg__", kind))
    if inspect.isclass(default) and default is not inspect.Parameter.empty:
        default = _Typed(default.__name__)
    return parameter.replace(annotation=kind, default=default)


class _Typed(str):
    """A text that is printed without quotes."""

    __repr__ = str.__str__


def shortened(thing: object, letters: int = 90) -> str:
    """Return the beginning of how Python shows a thing, with functions by their names."""
    text = ADDRESS.sub(r"\1", repr(thing))
    return text if len(text) <= letters else f"{text[:letters]}…"


def _module(room: str):
    return importlib.import_module(f"lossutils.{room}")


def _class(name: str, cls: type) -> list[str]:
    """Return a class: what is said of it, its own public methods and properties."""
    found = [f"## {name}", f"```python\n{name}{signature(cls)}\n```", told(inspect.getdoc(cls) or "")]
    for method, thing in vars(cls).items():
        if (method.startswith("_") and method not in SPECIAL) or not (
            words := inspect.getdoc(getattr(cls, method, None))
        ):
            continue
        if isinstance(thing, property):
            found += [f"**{method}** {told(words)}"]
        elif inspect.isfunction(thing) or isinstance(thing, (classmethod, staticmethod)):
            found += [f"### {name}.{method}", f"```python\n{method}{signature(getattr(cls, method))}\n```", told(words)]
    return found
