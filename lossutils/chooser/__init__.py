"""Choose a loss: questions about the task, the noise and the cost, and twenty answers, each with a case against it.

    choose()                                   the first question
    choose("a number")                         the next one
    choose("a number", "with many gross slips")

The answers stand in tree.toml; the numbers in their texts in numbers.csv, which `python tools/course.py chooser` makes.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

import lossutils.joint
import lossutils.losses
from lossutils.engine.arguments import shown
from lossutils.engine.card import LIBRARIES, card
from lossutils.loss import Loss

FIRST = "task"


@dataclass(frozen=True)
class Question:
    """A question on the way: `asks`, what it is `about` (task, noise or cost), and its `answers`, in order."""

    about: str
    asks: str
    answers: tuple[str, ...]
    path: tuple[str, ...] = ()
    note: str = ""

    def __repr__(self) -> str:
        return f"{self.asks}  " + "  ".join(f"{k} {answer}" for k, answer in enumerate(self.answers, 1))

    def _repr_markdown_(self) -> str:
        said = ", ".join(repr(answer) for answer in self.path)
        rows = "\n".join(
            f"| {k} | {answer} | `choose({', '.join(filter(None, [said, repr(answer)]))})` |"
            for k, answer in enumerate(self.answers, 1)
        )
        table = f"**{self.asks}** ({self.about})\n\n| | answer | next |\n|--:|:--|:--|\n{rows}\n"
        return f"{table}\n{self.note}\n" if self.note else table


@dataclass(frozen=True)
class Choice:
    """One of the twenty ends: the `losses` to take, the `reason`, a `counter` example (beware!), how to `judge` it.

    `lines` holds the words of other libraries for the first loss, `estimator` a model of scikit-learn that minimises
    one of the losses, or "". `path` are the answers that led here, `chapter` the chapter that teaches it, or "".
    """

    number: int
    name: str
    losses: tuple
    reason: str
    counter: str
    judge: str
    note: str = ""
    lines: dict = field(default_factory=dict, repr=False)
    estimator: str = ""
    chapter: str = ""
    path: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"{self.number} {' or '.join(map(str, self.losses))}: {self.reason}"

    def texts(self) -> dict[str, str]:
        """Return what is said about the losses, in order, each text by the words that begin it."""
        said = {"Why:": f"{self.reason} {self.note}".strip(), "Beware:": self.counter, "Judge it by": f"{self.judge}."}
        return said | ({"Taught in": f"chapter {self.chapter}."} if self.chapter else {})

    def elsewhere(self) -> dict[str, str]:
        """Return what to write with other libraries, by their names."""
        words = {LIBRARIES[library]: words for library, words in self.lines.items() if library in LIBRARIES}
        return words | ({"scikit-learn, a model": self.estimator} if self.estimator else {})

    def _repr_markdown_(self) -> str:
        parts = [
            f"**{self.number} · {' or '.join(f'`{loss}`' for loss in self.losses)}**",
            " → ".join(self.path),
            *(f"**{label}** {text}" for label, text in self.texts().items()),
            _table(self.elsewhere()),
            *(card(loss) for loss in self.losses[:1] if isinstance(loss, Loss)),
        ]
        return "\n\n".join(part for part in parts if part)


def choose(*answers: str | int) -> Question | Choice:
    """Return the next question, or the choice that the answers lead to; an answer is its text, or its number from 1.

    A text may be cut short where it is clear: "several", or "things", for "several things at once".
    """
    from lossutils.chooser.tree import leaves, questions

    place, path = FIRST, []
    for given in answers:
        if place in leaves():
            raise ValueError(
                f"choose: after {', '.join(map(repr, path))} nothing is left to ask, but {shown(given)} was given too"
            )
        options = [said for said, _ in questions()[place]["answers"]]
        said = _meant(given, options, questions()[place]["asks"])
        path.append(said)
        place = dict(questions()[place]["answers"])[said]
    if place in leaves():
        return _choice(place, tuple(path))
    node = questions()[place]
    answers_there = tuple(said for said, _ in node["answers"])
    return Question(node["about"], node["asks"], answers_there, tuple(path), node.get("note", ""))


def every_choice() -> list[Choice]:
    """Return the twenty choices in the order of their numbers, each with the first path that leads to it."""
    choices = [_choice(name, found[0]) for name, found in paths().items()]
    return sorted(choices, key=lambda choice: choice.number)


def paths() -> dict[str, list[tuple[str, ...]]]:
    """Return, by the name of an end, all the answers that lead to it."""
    from lossutils.chooser.tree import leaves, questions

    found: dict[str, list[tuple[str, ...]]] = {}
    waiting: list[tuple[tuple[str, ...], str]] = [((), FIRST)]
    while waiting:
        path, place = waiting.pop(0)
        if place in leaves():
            found.setdefault(place, []).append(path)
        else:
            waiting += [((*path, said), to) for said, to in questions()[place]["answers"]]
    return found


def _meant(given, options: list[str], asked: str) -> str:
    """Return the answer that was meant, or say which there are."""
    number = int(given) if isinstance(given, str) and given.strip().isdecimal() else given
    if isinstance(number, int | np.integer) and not isinstance(number, bool) and 1 <= number <= len(options):
        return options[number - 1]
    alike = _alike(given.strip().lower(), options) if isinstance(given, str) and given.strip() else []
    if len(alike) == 1:
        return alike[0]
    fault = "fits more than one answer" if alike else "answers nothing"
    raise ValueError(f"choose: {shown(given)} {fault}. {asked} " + "; ".join(map(repr, alike or options)))


def _alike(wanted: str, options: list[str]) -> list[str]:
    """Return the answer that is meant to the letter, else those that begin so, else those that hold it."""
    for fits in (str.__eq__, str.startswith, str.__contains__):
        if found := [said for said in options if fits(said, wanted)]:
            return found
    return []


def _choice(name: str, path: tuple[str, ...]) -> Choice:
    from lossutils.chooser.tree import leaves, numbers

    leaf = leaves()[name]
    losses = tuple(made(words) for words in leaf["losses"])
    first = losses[0]
    lines = leaf.get("lines") or (dict(first.elsewhere) if isinstance(first, Loss) else {})
    return Choice(
        number=leaf["number"],
        name=name,
        losses=losses,
        reason=leaf["reason"].format(**numbers()),
        counter=leaf["counter"].format(**numbers()),
        judge=leaf["judge"],
        note=leaf.get("note", ""),
        lines=lines,
        estimator=leaf["estimator"],
        chapter=leaf["chapter"],
        path=path,
    )


def made(words: str):
    """Return the loss that is written down in words of Python."""
    names = {name: getattr(room, name) for room in (lossutils.losses, lossutils.joint) for name in dir(room)}
    return eval(words, {"__builtins__": {"slice": slice}}, names)


def _table(elsewhere: dict[str, str]) -> str:
    """The words of other libraries, one a row."""
    rows = [f"| {library} | `{words}` |" for library, words in elsewhere.items()]
    return "\n".join(["| in | |", "|:--|:--|", *rows]) if rows else ""
