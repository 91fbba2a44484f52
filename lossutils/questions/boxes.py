"""Three boxes, as Leitner had them for cards: a question that went wrong comes back until it is learnt.

Wrong at the first try, a question goes to box 1. A session asks box 1, every second session box 2 too, every fourth
box 3 too. There a question moves a box up when it is right at the first try, and out of box 3 it is learnt; wrong, it
goes back to box 1. Sessions are counted, not days, and each from its first answer on.

Kept are the ids of the questions, their boxes and how many sessions there were: beside the progress in the exercises,
on this computer only. An id that the bank does not have is not asked, and stays where it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lossutils.engine import keeping

EVERY = {1: 1, 2: 2, 3: 4}  # box: the sessions in which it is asked
SESSIONS = "number of sessions"  # no id has a space


@dataclass(frozen=True)
class Session:
    """A session: its number, the questions that it asks, and what is to be said of the file, "" if nothing.

    Each question has its box; those of box 1 come first.
    """

    number: int
    due: dict[str, int]
    words: str = ""


def file() -> Path:
    """Return where the boxes are kept."""
    return keeping.place("boxes")


def waiting(known: Iterable[str]) -> dict[str, int]:
    """Return the box of each question that waits, of those that are known."""
    return _boxes(_read()[0], known)


def session(known: Iterable[str]) -> Session:
    """Return the next session, of the questions that are known. Sessions in which nothing is due are passed over."""
    kept, words = _read()
    boxes, number = _boxes(kept, known), _sessions(kept) + 1
    while boxes and not _due(number, boxes):
        number += 1
    return Session(number, _due(number, boxes), words)


def _boxes(kept, known):
    boxes = {name: kept.get(name) for name in known}
    return {name: box for name, box in boxes.items() if isinstance(box, int) and box in EVERY}


def _due(number, boxes):
    asked = [box for box, every in EVERY.items() if number % every == 0]
    return {name: box for box in asked for name, its_box in boxes.items() if its_box == box}


def wrong(name: str) -> str:
    """Put a question into box 1; return what is to be said of the file, "" if nothing."""
    return _change(lambda kept: kept.update({name: 1}))


def answered(name: str, right: bool, now: Session) -> str:
    """Count a session, and move a question that it asked; return what is to be said of the file, "" if nothing."""

    def move(kept):
        kept[SESSIONS] = max(_sessions(kept), now.number)
        if not right:
            kept[name] = 1
        elif kept.get(name) == now.due[name]:  # else another notebook has moved it meanwhile
            kept[name] += 1
            if kept[name] not in EVERY:
                del kept[name]

    return _change(move)


def forget() -> str:
    """Remove the file; return what is to be said of it, "" if nothing."""
    try:
        keeping.remove(file())
    except OSError as error:
        return f"The boxes could not be removed: {error.strerror}."
    return ""


def _sessions(kept):
    number = kept.get(SESSIONS)
    return number if isinstance(number, int) and number >= 0 else 0


def _read():
    try:
        return keeping.read(file())
    except OSError as error:
        return {}, f"{file()} can't be read: {error.strerror}."


def _change(how):
    try:
        return keeping.change(file(), how)
    except OSError as error:
        return f"This is not kept: {file()} can't be written: {error.strerror}."
