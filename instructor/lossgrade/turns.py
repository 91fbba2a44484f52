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


class Away(contextlib.AbstractContextManager):
    """Gives the turn away while waiting, if this thread has it: `with Away():`."""

    def __enter__(self) -> None:
        self._had = _owner == threading.get_ident()
        if self._had:
            _give()

    def __exit__(self, *_) -> None:
        if self._had:
            _take()


def _take():
    global _owner
    _lock.acquire()
    _owner = threading.get_ident()


def _give():
    global _owner
    _owner = None
    _lock.release()
