"""What an older copy of a notebook calls, and where it is now."""

from __future__ import annotations

from collections.abc import Callable, Mapping


def moved(room: str, places: Mapping[str, str]) -> Callable[[str], object]:
    """Return a module's `__getattr__`, which says of a name that has moved where it is: "ch04.squares".

    It says so in an ImportError: an AttributeError's sentence would be lost in `from lossutils.plot import squares`.
    """

    def missing(name: str) -> object:
        if name not in places:
            raise AttributeError(f"lossutils.{room} has no {name!r}")
        chapter, place = places[name].split(".")
        raise ImportError(
            f"{room}.{name} is now {chapter}.{place}; write `from lossutils.chapters import {chapter}`. This notebook "
            f"is older than the course: `python tools/course.py renew {chapter[2:]}` brings the chapter's new edition "
            f"and keeps yours beside it"
        )

    return missing
