"""One notebook behind its walls: it runs the cells, then answers what the grader asks until nobody asks any more."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Callable

from lossgrade.inside import answers, cells, limits, wire


def serve(channel: wire.Channel, tidy: Callable[[], None]) -> None:
    """Answer each request that comes through the channel, and tidy up after it."""
    cells.same_start()
    notebook = Notebook(channel)
    with contextlib.suppress(EOFError, OSError):
        while True:
            answer = notebook.answer(channel.receive())
            tidy()
            channel.send(answer)


class Notebook:
    """What has run so far, and the functions that it has defined."""

    def __init__(self, channel: wire.Channel):
        self._channel = channel
        self._shell = cells.Shell.instance()
        self._names: list[str] = []
        self._found: dict[str, list] = {}

    def answer(self, asked: dict) -> dict:
        """Return what is answered to a request."""
        match asked["do"]:
            case "watch":
                self._names = asked["names"]
                return {}
            case "cell":
                return self._cell(asked["source"])
            case "about":
                return {"found": answers.about(self._found.get(asked["name"], []), tuple(asked["forbids"]))}
            case "try here":
                before = dict(self._shell.user_ns)
                outcomes = answers.tried_here(self._function(asked), asked, self._channel, _allow)
                self._shell.user_ns.update(before)
                return {"outcomes": outcomes}
            case "try":
                with self._channel.aside(asked) as aside:
                    return {"outcomes": answers.tried(self._function(asked), asked, aside)}
            case "accepts":
                return {"accepts": answers.accepted(self._function(asked), asked, self._channel)}
        raise ValueError(asked["do"])

    def _cell(self, source):
        _allow(limits.CELL_COMPUTING)
        outputs = self._shell.run(source)
        _allow(0)
        space = self._shell.user_ns
        for name in self._names:
            if name in space and all(space[name] is not one for one in self._found.get(name, [])):
                self._found.setdefault(name, []).append(space[name])
        names = sorted(name for name in space if callable(space[name]))[:500]
        return {"outputs": outputs, "names": names, "found": [len(self._found.get(name, [])) for name in self._names]}

    def _function(self, asked):
        return self._found[asked["name"]][asked["which"]]


def _allow(computing, waiting=0.0):
    """Let this process end after so many seconds of computing, or by the clock; 0 takes a limit off.

    Code can do that, too: the grader looks after it from outside.
    """
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, computing)
        signal.setitimer(signal.ITIMER_REAL, waiting)
