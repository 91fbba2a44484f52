"""Tries a function in the notebook's own process, and stops it by interrupts: where no process can be copied.

A function may catch an interrupt and go on. So an interrupt that has been caught is followed by the next one, until
the call is left. Only compiled code that never returns to Python can't be stopped.
"""

from __future__ import annotations

import _thread
import functools
import signal
import threading
import time
from collections.abc import Callable

from lossutils.judge.parcel import harmless
from lossutils.judge.run import Lost, Outcome, run
from lossutils.judge.surroundings import closed, put_back
from lossutils.judge.task import Call, Limits

TICK = 0.1  # seconds between two looks at the clock
IDLE = 0.01  # who computes for less than this share of a tick is waiting, or the computer has no time for it at all


def until_lost(f: Callable, calls: list[Call], limits: Limits) -> list[Outcome]:
    """Return the outcomes of the calls, up to the first that does not come back. In the main thread only."""
    found: list[Outcome] = []
    with put_back(), closed():
        for call in calls:
            found.append(_within_limits(f, call, limits))
            if not found[-1].came_back:
                break
    return found


def without_limits(f: Callable, calls: list[Call], limits: Limits) -> list[Outcome]:
    """Return the outcomes of all calls, however long they take: in the browser, and outside the main thread."""
    with put_back(), closed():
        return [harmless(run(f, call.case, call.by_name)) for call in calls]


def _within_limits(f, call, limits):
    watch = Watch(limits)
    before = signal.signal(signal.SIGINT, watch.handle)
    watch.start()
    try:
        outcome = harmless(run(watch.watched(f), call.case, call.by_name))
    except KeyboardInterrupt as raised:
        if watch.by_a_person:
            raise
        outcome = Outcome(error=raised)
    finally:
        watch.stop()
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)
    return Outcome(error=Lost(watch.late)) if watch.late else outcome


def _again() -> type[KeyboardInterrupt]:
    """Return a kind of interrupt that brings the next one as soon as it is caught and thrown away."""
    # __del__ is no Python function, because the next one would be raised in it, and lost
    return type("Again", (KeyboardInterrupt,), {"__del__": _thread.interrupt_main})


class Watch(threading.Thread):
    """Looks at the clock while one call runs, and interrupts the main thread when the time is over."""

    def __init__(self, limits: Limits):
        super().__init__(daemon=True)
        self.limits, self.over = limits, threading.Event()
        self.late = ""  # why the call is to be stopped, in words
        self.inside = self.by_a_person = False
        self.again = _again()

    def watched(self, f: Callable) -> Callable:
        """Return f, which may be interrupted while it runs, and only then."""

        @functools.wraps(f)
        def call(*places, **names):
            self.inside = True
            try:
                return f(*places, **names)
            finally:
                self.inside = False

        return call

    def handle(self, number, frame):
        """Answer the signal of an interrupt; called by Python in the main thread."""
        if not self.late:
            self.by_a_person = True
            raise KeyboardInterrupt
        if self.inside:
            raise self.again

    def run(self):
        """Watch until the call is over."""
        start = before = time.process_time()
        waited = 0.0
        while not self.over.wait(TICK):
            now = time.process_time()
            waited += TICK * (now - before < IDLE * TICK)
            before = now
            if now - start > self.limits.computing:
                self.late = f"takes longer than {self.limits.computing:g} s of computing"
            elif waited > self.limits.waiting:
                self.late = f"waits for longer than {self.limits.waiting:g} s"
            if self.late:
                _wake_main_thread()

    def stop(self):
        """Stop watching; no interrupt comes after this."""
        self.over.set()
        self.join()
        del self.again.__del__  # of those that are still to be thrown away


def _wake_main_thread():
    """Interrupt it as Ctrl-C does, which ends a `time.sleep` too."""
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
    else:
        signal.raise_signal(signal.SIGINT)
