"""What the grader asks of a notebook that has run: which functions there are, and what they do with these inputs."""

from __future__ import annotations

import builtins
import time
from collections.abc import Callable

from lossgrade.inside import wire
from lossutils.judge import limits
from lossutils.judge.answer import Seen
from lossutils.judge.parcel import error_stand_in, harmless
from lossutils.judge.run import Lost, NotTried, Outcome, accepts, run
from lossutils.judge.surroundings import closed, put_back
from lossutils.judge.task import Call, Check, Limits

TEXT = 10_000  # characters of an error's message
UNLIKE = (UnicodeError, BaseExceptionGroup, KeyError)  # a text alone makes none of them, or one that says another


class Given:
    """A function of the grader's that a task hands to the student's: it is called here, and computed there.

    A function that is given to it goes the other way: it is called there, and computed here.
    """

    def __init__(self, number: int, channel: wire.Channel):
        self._number, self._channel = number, channel

    def __call__(self, *places, **names):
        functions: list[Callable] = []
        asked = call(self._number, places, names, functions)
        tag = asked["tag"] = time.monotonic_ns()
        self._channel.send(asked)
        while True:
            said = self._channel.receive()
            if said.get("say") == "call":
                self._channel.send(computed(functions, said))
            elif said.get("tag") == tag:  # another one belongs to a call that was stopped before its answer came
                return result(said)

    def __deepcopy__(self, memory):
        return self

    def __repr__(self):
        return "<function>"


def joining(functions: list[Callable]) -> Callable[[Callable], dict]:
    """Return how a function is written that is handed over: by its number among these, which it joins."""

    def known(function):
        functions.append(function)
        return {"#": "function", "number": len(functions) - 1}

    return known


def call(number: int, places: tuple, names: dict, functions: list[Callable]) -> dict:
    """Return the message that calls a function of the other side; those among its arguments join `functions`."""

    known = joining(functions)
    said = {name: wire.encoded(value, known) for name, value in names.items()}
    return {"say": "call", "function": number, "places": [wire.encoded(one, known) for one in places], "names": said}


def computed(functions: list[Callable], said: dict, function: Callable[[dict], Callable] | None = None) -> dict:
    """Call one of the functions as the other side asks, and return the message with its value, or its error."""
    try:
        places = [wire.decoded(one, function) for one in said["places"]]
        names = {str(name): wire.decoded(one, function) for name, one in said["names"].items()}
        return {"value": wire.encoded(functions[said["function"]](*places, **names)), "tag": _tag(said)}
    except Exception as error:
        return {"error": encoded_error(error), "tag": _tag(said)}


def _tag(said):
    return said.get("tag") if isinstance(said.get("tag"), int) else 0


def result(said: dict) -> object:
    """Return the value that such a message brings, or raise its error."""
    if said.get("error"):
        error = error_of(said["error"])
        raise error if isinstance(error, Exception) else RuntimeError(type(error).__name__)  # which would end a grader
    return wire.decoded(said["value"])


def about(candidates: list, forbids: tuple[str, ...]) -> list[dict]:
    """Say of each function of one name what can be seen without calling it."""
    return [Seen.of(f, forbids)._asdict() for f in candidates]


def tried(f: Callable, asked: dict, channel: wire.Channel) -> list[dict]:
    """Call f as it is asked, in a process of its own, up to the first call that does not come back."""
    until_lost = limits.way()
    return [encoded_outcome(one) for one in until_lost(f, _calls(asked["calls"], channel), Limits(*asked["limits"]))]


def tried_here(f: Callable, asked: dict, channel: wire.Channel, allow: Callable[..., None]) -> list[dict]:
    """Call f as it is asked, in this process, which ends over a call that takes too long: most answers need no copy."""
    most, found = Limits(*asked["limits"]), []
    with put_back(), closed():
        for call in _calls(asked["calls"], channel):
            allow(most.computing, most.computing + most.waiting)
            try:
                outcome = run(f, call.case, call.by_name)
            except KeyboardInterrupt as raised:  # nobody but the function itself can have raised it
                outcome = Outcome(error=raised)
            allow(0, 0)
            found.append(encoded_outcome(harmless(outcome)))
    return found


def accepted(f: Callable, asked: dict, channel: wire.Channel) -> bool:
    """Say whether f can be called like this."""
    (call,) = _calls(asked["calls"], channel)
    return accepts(f, call.case, call.by_name)


def _calls(asked, channel):
    def given(said):
        return Given(said["number"], channel)

    return [Call(Check("", None, by_name=one["by_name"]), wire.decoded(one["case"], given)) for one in asked]


def encoded_outcome(outcome: Outcome) -> dict:
    """Return an outcome as JSON can hold it."""
    said = {"value": wire.encoded(outcome.value), "place": outcome.place, "printed": outcome.printed}
    return said | {"changed": outcome.changed, "error": encoded_error(outcome.error)}


def encoded_error(error):
    if error is None:
        return None
    kinds = [kind.__name__ for kind in type(error).__mro__ if kind.__module__ == "builtins"]
    ours = {Lost: "lost", NotTried: "not tried"}.get(type(error), "")
    return {"ours": ours, "type": type(error).__name__, "kinds": kinds, "text": str(error)[:TEXT]}


def error_of(said: dict) -> BaseException:
    """Return the error that was encoded, made of built-in parts only."""
    try:
        ours, name, kinds, text = said["ours"], said["type"], said["kinds"], said["text"]
        if not all(isinstance(part, str) for part in (name, text, *kinds)):
            raise wire.Nonsense("an error without a name")
        text = text[:TEXT]
        if ours:
            return {"lost": Lost(text), "not tried": NotTried()}[ours]
        kind = next(getattr(builtins, kind) for kind in kinds if _is_error(getattr(builtins, kind, None)))
        return (
            kind(text)
            if kind.__name__ == name and not issubclass(kind, UNLIKE)
            else error_stand_in(name[:100], kind, text)
        )
    except (KeyError, TypeError, ValueError, StopIteration):
        raise wire.Nonsense("an error of no kind") from None


def _is_error(kind):
    return isinstance(kind, type) and issubclass(kind, BaseException)
