"""Finds what a learner's function uses, to refuse what would answer the task for them."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType, MethodType, ModuleType


def forbidden_use(f: Callable, forbids: tuple[str, ...]) -> str:
    """Return the first name that f uses, itself or in a function of the learner's, and that is forbidden; "" if none.

    A name is forbidden as it is written (`SquaredError`; `quantile` for `np.quantile`), and as what it stands for,
    under whatever name it was imported: a class of this name, what is made of it or of its subclasses (`Loss` forbids
    every loss), or anything of a package (`sklearn`).
    """
    if not forbids:
        return ""
    itself = getattr(f, "__name__", type(f).__name__), f  # a loss of the library, given as the answer
    used = [itself] if not hasattr(f, "__code__") else _used(f, set())
    return next((name for name, thing in used if _is_one_of(name, thing, forbids)), "")


def _used(f: Callable, seen: set) -> Iterator[tuple[str, object]]:
    """Yield the names in f's code with what they stand for, if it is known, and those of the functions beside it."""
    code = getattr(f, "__code__", None)
    if code is None or code in seen:
        return
    seen.add(code)
    space, names = getattr(f, "__globals__", {}), list(_names(code))
    known = {name: space[name] if name in space else sys.modules.get(name) for name in names}  # imported in f itself
    modules = [thing for thing in known.values() if isinstance(thing, ModuleType)]
    for name, thing in known.items():
        yield name, thing
        with warnings.catch_warnings():  # NumPy warns when a name is asked for that it had once
            warnings.simplefilter("ignore")
            found = [getattr(module, name) for module in modules if hasattr(module, name)]
        yield from ((name, thing) for thing in found)
        if isinstance(thing, FunctionType) and thing.__module__ == f.__module__:
            yield from _used(thing, seen)
    for cell, name in zip(getattr(f, "__closure__", None) or (), code.co_freevars, strict=False):
        try:
            thing = cell.cell_contents
        except ValueError:  # not yet filled
            continue
        yield name, thing
        if isinstance(thing, FunctionType):
            yield from _used(thing, seen)


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)


def _is_one_of(name: str, thing: object, forbids: tuple[str, ...]) -> bool:
    if set(name.split(".")) & set(forbids):
        return True
    if isinstance(thing, ModuleType):
        return thing.__name__.split(".")[0] in forbids
    if isinstance(thing, MethodType):  # what belongs to a loss is the loss
        return _is_one_of(name, thing.__self__, forbids)
    kind = thing if isinstance(thing, type) else type(thing)
    names = {parent.__name__ for parent in kind.__mro__} | {getattr(thing, "__name__", "")}
    packages = {str(getattr(one, "__module__", "")).split(".")[0] for one in (thing, kind)}
    return bool((names | packages) & set(forbids))
