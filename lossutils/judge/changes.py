"""A function with a piece of its text replaced: how a typical mistake, or another parameter, is written."""

from __future__ import annotations

import inspect
import itertools
import linecache
import sys
from collections.abc import Callable

Change = tuple[str, str]  # a piece that stands once in the text, and what stands there instead
_numbers = itertools.count(1)


def changed(function: Callable, changes: tuple[Change, ...]) -> Callable:
    """Return the function with these pieces of its text replaced, one after the other.

    Raises ValueError where a piece does not stand there exactly once.
    """
    text = changed_text(function, changes)
    file = f"<{function.__name__}, changed {next(_numbers)}>"
    linecache.cache[file] = len(text), None, text.splitlines(keepends=True), file  # inspect finds the source there
    space = dict(vars(sys.modules[function.__module__]))
    exec(compile(text, file, "exec"), space)
    return space[function.__name__]


def changed_text(function: Callable, changes: tuple[Change, ...]) -> str:
    """Return the function's text with these pieces replaced."""
    text = inspect.getsource(function)
    for old, new in changes:
        if (times := text.count(old)) != 1:
            raise ValueError(f"{function.__name__}: {old!r} stands there {times} times, not once, in\n{text}")
        text = text.replace(old, new)
    return text
