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


def run_all(f: Callable, cases: list[Case], seconds: float) -> list[Outcome]:
    """Call f on every case; where the time for all of them runs out, the rest is TooLong."""
    found: list[Outcome] = []
    try:
        with _limit(seconds):
            for case in cases:
                found.append(run(f, case))
    except TooLong as late:
        found += [Outcome(error=late)] * (len(cases) - len(found))
    return found


def run(f: Callable, case: Case) -> Outcome:
    """Call f with copies of the case's arguments, by position, and say what happened."""
    given = copy.deepcopy(case)
    printed = io.StringIO()
    value = error = None
    try:
        with _quiet(printed):
            value = f(*given.values())
    except (Exception, SystemExit) as raised:
        error = raised
    changed = next((name for name in case if not equal(case[name], given[name])), "")
    return Outcome(value, error, printed.getvalue(), changed)


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


def accepts(f: Callable, case: Case) -> bool:
    """Say whether f can be called with so many arguments at all."""
    try:
        inspect.signature(f).bind(*case.values())
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
