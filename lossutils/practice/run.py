"""Runs a learner's function so that nothing that it does can stop the notebook or spoil what comes after."""

from __future__ import annotations

import _thread
import contextlib
import copy
import inspect
import io
import linecache
import threading
import traceback
import warnings
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from lossutils.practice.task import Case
from lossutils.practice.words import equal, shortened

MESSAGE, LINE = 200, 80  # characters of an error's message, and of a line of code, that are worth reading


class TooLong(Exception):
    """A call was stopped because it did not end."""


class Outcome(NamedTuple):
    """What one call did: returned a value, raised an error, printed, changed its input."""

    value: object = None
    error: BaseException | None = None
    printed: str = ""
    changed: str = ""  # the first argument that is not what it was

    @property
    def nothing(self) -> bool:
        """True for a stub: nothing returned, nothing printed, or NotImplementedError."""
        if self.error is not None:
            return isinstance(self.error, NotImplementedError)
        return self.value is None and not self.printed.strip() and not self.changed


def run_all(f: Callable, calls: list[tuple[Case, str]], seconds: float) -> list[Outcome]:
    """Call f on every case, with the argument to give by its name; where the time runs out, the rest is TooLong."""
    found: list[Outcome] = []
    try:
        with _limit(seconds):
            for case, by_name in calls:
                found.append(run(f, case, by_name))
    except TooLong as late:
        found += [Outcome(error=late)] * (len(calls) - len(found))
    return found


def run(f: Callable, case: Case, by_name: str = "") -> Outcome:
    """Call f with copies of the case's arguments, by position but for one, and say what happened."""
    given = copy.deepcopy(case)
    printed = io.StringIO()
    value = error = None
    try:
        with _quiet(printed):
            places, names = _arguments(given, by_name)
            value = f(*places, **names)
            if inspect.iscoroutine(value):
                value.close()  # nobody awaits it, of which Python would warn with a line of this library
    except (Exception, SystemExit) as raised:
        error = raised
    changed = next((name for name in case if not equal(case[name], given[name])), "")
    return Outcome(value, error, printed.getvalue(), changed)


def _arguments(case, by_name):
    """What is given by its place, and what by its name."""
    return [case[name] for name in case if name != by_name], {name: case[name] for name in case if name == by_name}


@contextlib.contextmanager
def _quiet(printed):
    with contextlib.redirect_stdout(printed), warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


@contextlib.contextmanager
def _limit(seconds):
    """Raise TooLong inside the block after some time: a loop that does not end would take the kernel with it.

    Works by the interrupt of Ctrl-C, which reaches the main thread only; elsewhere there is no limit.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    late = threading.Event()

    def stop():
        late.set()
        _thread.interrupt_main()

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        try:
            yield
        finally:
            timer.cancel()
            timer.join()  # an interrupt under way arrives here, not in the middle of something else
    except KeyboardInterrupt:
        if late.is_set():
            raise TooLong from None
        raise


def accepts(f: Callable, case: Case, by_name: str = "") -> bool:
    """Say whether f can be called with these arguments at all."""
    places, names = _arguments(case, by_name)
    try:
        inspect.signature(f).bind(*places, **names)
    except TypeError:
        return False
    except ValueError:  # a built-in function that doesn't tell its signature
        return True
    return True


def error_in_words(error: BaseException, f: Callable) -> str:
    """Return type, line and message of an error, as in: raises ValueError in line 3 (`x = 1 / 0`): message."""
    message = shortened(str(error), MESSAGE)
    return f"raises {type(error).__name__}{_place(error, f)}" + (f": {message}" if message else "")


def _place(error, f):
    """The last line of the learner's own code that the error passed; the library's lines tell a learner nothing."""
    if isinstance(error, SyntaxError):
        return ""
    file = getattr(getattr(inspect.unwrap(f), "__code__", None), "co_filename", None)
    lines = [line for frame, line in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == file]
    if not lines:
        return ""
    text = shortened(linecache.getline(file, lines[-1]), LINE)
    return f" in line {lines[-1]}" + (f" (`{text}`)" if text else "")
