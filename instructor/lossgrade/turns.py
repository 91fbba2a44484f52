"""Lets several notebooks be under way in one process: one is judged while the others run in their sandboxes.

The judge changes what all threads share (where is printed to, which warnings are seen), so only one thread has its turn
at a time; it gives it away while it waits for a notebook.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

_lock = threading.Lock()
_owner: int | None = None


@contextlib.contextmanager
def turn() -> Iterator[None]:
    """Have the turn for a while."""
    _take()
    try:
        yield
    finally:
        _give()


@contextlib.contextmanager
def away() -> Iterator[None]:
    """Give the turn away while waiting, if this thread has it."""
    if _owner != threading.get_ident():
        yield
        return
    _give()
    try:
        yield
    finally:
        _take()


def _take():
    global _owner
    _lock.acquire()
    _owner = threading.get_ident()


def _give():
    global _owner
    _owner = None
    _lock.release()
