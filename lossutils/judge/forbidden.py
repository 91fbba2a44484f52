"""Finds what a learner's function uses, to refuse what would answer the task for them."""

from __future__ import annotations

import functools
import itertools
import re
import sys
import warnings
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType, MethodType, ModuleType

# what finds a thing by a text
REACH = {"getattr", "attrgetter", "__import__", "import_module", "eval", "exec", "__dict__", "vars", "globals"}
MANY = 1000  # parts of a list that are looked at


def forbidden_use(f: Callable, forbids: tuple[str, ...]) -> str:
    """Return the first name that f uses, itself or in what the learner has made beside it, and that is forbidden.

    A name is forbidden as it is written (`SquaredError`; `quantile` for `np.quantile`), and as what it stands for,
    under whatever name it was imported: a class of this name, what is made of it or of its subclasses (`Loss` forbids
    every loss), or anything of a package (`sklearn`). "" is returned where there is none.
    """
    if not forbids:
        return ""
    name = getattr(f, "__name__", type(f).__name__)
    itself = [] if isinstance(f, FunctionType) else [(name, f)]  # a loss of the library, given as the answer
    used = itertools.chain(itself, _used(name, f, _home(f), {}))
    return next((name for name, thing in used if _is_one_of(name, thing, forbids)), "")


def _home(f):
    """The module that is the learner's."""
    while isinstance(f, functools.partial):
        f = f.func
    return getattr(f if isinstance(f, FunctionType | MethodType | type) else type(f), "__module__", "")


def _used(name: str, thing: object, home: str, seen: dict) -> Iterator[tuple[str, object]]:
    """Yield what a thing of the learner's uses, with its name, and what the learner's own among it uses."""
    if id(thing) in seen or not _is_own(thing, home):
        return
    seen[id(thing)] = thing  # which keeps it, and its number
    for own, part in itertools.islice(_parts(name, thing), MANY):
        yield own, part
        yield from _used(own, part, home, seen)


def _is_own(thing, home):
    if isinstance(thing, MethodType | functools.partial | list | tuple | set | dict):
        return True
    kind = thing if isinstance(thing, FunctionType | type) else type(thing)
    return kind.__module__ == home and home != "builtins"


def _parts(name: str, thing: object) -> Iterator[tuple[str, object]]:
    if isinstance(thing, FunctionType):
        yield from _in_code(thing)
        several = [*(thing.__defaults__ or ()), *(thing.__kwdefaults__ or {}).values(), *vars(thing).values()]
    elif isinstance(thing, MethodType):
        several = [thing.__func__, thing.__self__]
    elif isinstance(thing, functools.partial):
        several = [thing.func, *thing.args, *thing.keywords.values()]
    elif isinstance(thing, list | tuple | set | dict):
        several = list(thing.values() if isinstance(thing, dict) else thing)
    else:
        several = [*getattr(thing, "__dict__", {}).values()] + [type(thing)] * (not isinstance(thing, type))
    yield from ((name, one) for one in several)


def _in_code(f):
    """The names in f's code with what they stand for, if it is known."""
    space, names = f.__globals__, list(dict.fromkeys(_names(f.__code__)))
    names += _texts(f.__code__) if REACH & set(names) else []
    known = {name: space[name] if name in space else sys.modules.get(name) for name in names}  # imported in f itself
    modules = [thing for thing in known.values() if isinstance(thing, ModuleType)]
    for name, thing in known.items():
        yield name, thing
        if thing is None or isinstance(thing, ModuleType):
            with warnings.catch_warnings():  # NumPy warns when a name is asked for that it had once
                warnings.simplefilter("ignore")
                yield from ((name, getattr(module, name)) for module in modules if hasattr(module, name))
                yield name, _of_the_library(name)
    for cell, name in zip(f.__closure__ or (), f.__code__.co_freevars, strict=False):
        try:
            yield name, cell.cell_contents
        except ValueError:  # not yet filled
            continue


def _of_the_library(name):
    """The class of this name, however f comes by it: `lossutils` may stand behind a variable."""
    found = vars(sys.modules.get("lossutils", sys)).get(name)
    return found if isinstance(found, type) else None


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)


def _texts(code):
    """The names within the texts of a code."""
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _texts(constant)
        elif isinstance(constant, str):
            yield from (name for name in re.split(r"\W+", constant) if name)


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
