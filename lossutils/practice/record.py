"""Remembers what a learner has tried and reached: one small file in the user's own data folder, and nowhere else.

`lossutils.engine.keeping` says where it is. Nothing is sent anywhere. A folder that cannot be written to, or a damaged
file, never stops a check.
"""

from __future__ import annotations

import contextlib

from lossutils.engine import keeping
from lossutils.engine.saying import say


def load() -> dict[str, dict]:
    """Return {task: {"attempts": …, "points": …, "hints": …}}; empty when there is no readable file."""
    try:
        stored, words = keeping.read(keeping.place())
    except OSError:
        return {}
    _say_what_happened(words)
    return {name: entry for name, entry in stored.items() if isinstance(entry, dict)}


def number(entry: dict, what: str) -> float:
    """Return a number of an entry, 0 if it is missing or damaged."""
    value = entry.get(what, 0)
    return value if isinstance(value, int | float) else 0


def attempt(name: str, points: float, different: bool) -> None:
    """Count one attempt, whether it differs from those before, and keep the best points of the open checks."""

    def counted(entry):
        return {
            "attempts": number(entry, "attempts") + 1,
            "different": number(entry, "different") + different,
            "points": max(number(entry, "points"), points),
        }

    _store(name, counted)


def hint(name: str, step: int) -> None:
    """Keep how far up the ladder of hints somebody went."""
    _store(name, lambda entry: {"hints": max(number(entry, "hints"), step)})


def _store(name, changed):
    def change(everything):
        entry = everything.get(name)
        entry = entry if isinstance(entry, dict) else {}
        everything[name] = entry | changed(entry)

    with contextlib.suppress(OSError):  # a full disk or a read-only home is no reason to withhold an answer
        _say_what_happened(keeping.change(keeping.place(), change))


def _say_what_happened(words):
    if words:
        say(words)


def forget() -> None:
    """Remove the file."""
    try:
        keeping.remove(keeping.place())
    except OSError as error:
        print(f"The progress could not be removed: {error.strerror}.")
