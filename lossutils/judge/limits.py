"""Tries a learner's function on all its inputs so that nothing that it does can stop the notebook.

On Linux it runs in a process of its own (process.py), on macOS and Windows in the notebook's, stopped by interrupts
(interrupt.py), which reach the main thread only. Elsewhere it runs without limits, as in the browser, which has neither
threads nor processes. CONTRIBUTING.md has the table of what is promised where.

After a call that did not come back, the other inputs of the same check are not tried, since it has failed anyway;
those of other checks are. So the limits can be reached once for each check, and no task has more than eight of a kind.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable

from lossutils.judge import interrupt
from lossutils.judge.run import NotTried, Outcome
from lossutils.judge.task import Call, Limits

if sys.platform == "linux":
    from lossutils.judge import process

UNLIMITED = "Here nothing can stop a function that does not end: if there is no answer, restart the kernel."


def try_all(f: Callable, calls: list[Call], limits: Limits) -> list[Outcome]:
    """Return an outcome for each call."""
    found: list[Outcome] = []
    until_lost = way()
    while len(found) < len(calls):
        found += until_lost(f, calls[len(found) :], limits)
        if not found[-1].came_back:
            given_up = calls[len(found) - 1].check
            while len(found) < len(calls) and calls[len(found)].check is given_up:
                found.append(Outcome(error=NotTried()))
    return found


def way() -> Callable[[Callable, list[Call], Limits], list[Outcome]]:
    """Return the safest way to try a function that there is here."""
    if sys.platform == "linux":
        return process.until_lost
    there_are_threads = sys.platform not in ("emscripten", "wasi")
    if there_are_threads and threading.current_thread() is threading.main_thread():
        return interrupt.until_lost
    return interrupt.without_limits


def warning() -> str:
    """Return what somebody should know before a function is tried; "" where it can be stopped."""
    return UNLIMITED if way() is interrupt.without_limits else ""
