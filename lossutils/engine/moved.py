"""What an older copy of a notebook calls, and where it is now, or why it is no longer there."""

from __future__ import annotations

from collections.abc import Callable, Mapping

RENEW = (
    "This notebook is older than the course: `python tools/course.py renew {number}` brings the chapter's new edition "
    "and keeps yours beside it"
)


def moved(room: str, places: Mapping[str, str]) -> Callable[[str], object]:
    """Return a module's `__getattr__`, which says of a name that has moved where it is: "ch04.squares".

    It says so in an ImportError: an AttributeError's sentence would be lost in `from lossutils.plot import squares`.
    """

    def missing(name: str) -> object:
        if name not in places:
            raise AttributeError(f"lossutils.{room} has no {name!r}")
        chapter, place = places[name].split(".")
        raise ImportError(
            f"{room}.{name} is now {chapter}.{place}; write `from lossutils.chapters import {chapter}`. "
            f"{RENEW.format(number=chapter[2:])}"
        )

    return missing


def gone(room: str, reasons: Mapping[str, tuple[str, str]]) -> Callable[[str], object]:
    """Return a module's `__getattr__`, which says of a name that has gone why: its chapter, and a reason."""

    def missing(name: str) -> object:
        if name not in reasons:
            raise AttributeError(f"lossutils.{room} has no {name!r}")
        number, reason = reasons[name]
        raise ImportError(f"{room}.{name} is no longer there: {reason}. {RENEW.format(number=number)}")

    return missing
