"""Whatever comes out of a sandbox, the grader makes points and sentences of it: it never breaks, and never waits."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import pickle
import random
import signal
import socket

import numpy as np
import pytest
import simulated

from lossgrade import autograded, course, grading, sandbox, work
from lossgrade.inside import answers, wire
from lossgrade.notebook import Handed
from lossutils.judge.judge import judged
from lossutils.judge.run import Outcome, error_in_words, run, said

SEED, ODDS = 7, 0.03


def array(dtype, shape, data=b"", kind="array"):
    return {"#": kind, "dtype": dtype, "shape": shape, "data": base64.b64encode(data).decode()}


def deep(n):
    found = []
    for _ in range(n):
        found = [found]
    return found


JUNK = [
    *(None, True, False, 0, -1, 3.5, 10**300, float("inf"), float("nan"), "", "x", "\ud800\0<script>", "y" * 30_000),
    *([], {}, [[]], [None, 1, "x"], deep(90), deep(800), {"#": "nothing"}, {"#": "tuple", "items": [1, [2], None]}),
    *({"#": "int", "hex": "f" * 5000}, {"#": "int", "hex": 3}, [{"#": "int", "hex": "-" + "f" * 400}] * 3),
    *(array("<U0", [10**12]), array("<f8", [0, 10**18]), array("<f8", [2], bytes(8)), array("<U1", [], b"\xff" * 4)),
    *(array("<U1", [], b"\xff" * 4, "scalar"), array("<f8", [-1]), array("|b1", [3], b"\7\0\1"), array(None, [])),
    *(array("<c16", [], bytes(16)), array("f8,f8", [1], bytes(16)), array("<f2", [4], bytes(range(8)))),
    {"#": "dict", "items": [[(2**61 - 1) * n, 0] for n in range(2000)]},
    *({"#": "dict", "items": [[[], 1]]}, {"#": "dict", "items": [["a", {"#": "function", "number": 0}]]}),
    *({"#": "function", "number": 10**9}, {"#": "function", "number": {}}),
    *({"#": "thing", "type": name, "text": "<b>", "callable": True} for name in ("x" * 500, "", "None", 3)),
    *({"#": "loss", "name": name, "fields": {"delta": -1}} for name in ("Huber", "Loss", "__doc__", "regression")),
    *({"#": "loss", "name": "Huber", "fields": fields} for fields in ([], {"delta": deep(9)}, {"delta": "x"})),
    *({"ours": ours, "type": "Lost", "kinds": [], "text": "</td><script>"} for ours in ("lost", "not tried", "x", "")),
    *({"ours": "", "type": kind, "kinds": [kind], "text": "x"} for kind in ("SystemExit", "UnicodeDecodeError")),
    *({"ours": "", "type": kind, "kinds": [kind], "text": "x"} for kind in ("OSError", "ExceptionGroup", "print", "")),
    *({"say": "call", "function": n, "places": [1, [2]], "names": {"x": 1}, "tag": deep(9)} for n in (0, -1, 99, "0")),
    {"output_type": "stream", "name": [], "text": {}},
    {"output_type": "error", "ename": 1, "evalue": [], "traceback": "abc"},
    {"output_type": "display_data", "data": {"text/html": "<script>", "image/png": '"><script>alert(1)</script>'}},
]


class Mutant:
    """Sends what an honest process would, with something else in some places."""

    def __init__(self, to: socket.socket, source: random.Random):
        self._to, self._source = to, source

    def __call__(self, data: bytes) -> None:
        message = json.loads(data[wire.HEAD.size :])
        if message and self._source.random() < ODDS / 10:
            self._break_bytes(bytearray(data))
        times = self._source.choice([0, 1, 3, 9]) if "outputs" not in message else self._source.random() < 3 * ODDS
        for _ in range(times if message else 0):
            message = self._changed(message)
        body = json.dumps(message).encode()
        self._to.sendall(wire.HEAD.pack(len(body)) + body)

    def _changed(self, value):
        """Something else in a random place of a value."""
        source = self._source
        if not (isinstance(value, dict | list) and value) or source.random() < 5 * ODDS:
            return source.choice(JUNK)
        places = list(value) if isinstance(value, dict) else range(len(value))
        place = source.choice(places)
        if source.random() < ODDS:
            return _without(value, place)
        changed = value.copy()
        changed[place] = self._changed(value[place])
        return changed

    def _break_bytes(self, data):
        for _ in range(3):
            data[self._source.randrange(len(data))] = self._source.randrange(256)
        with contextlib.suppress(OSError):
            self._to.sendall(data[: self._source.randrange(len(data))])
        os._exit(0)


def _without(value, place):
    if isinstance(value, list):
        return value[:place] + value[place + 1 :]
    return {name: one for name, one in value.items() if name != place}


def serve(connected: socket.socket, functions: dict, source: random.Random) -> None:
    """Speak the inside's part: all cells are empty, and the functions are there."""
    channel = wire.Channel(connected.recv, Mutant(connected, source))
    while True:
        asked = channel.receive()
        f = functions.get(asked.get("name"))
        match asked["do"]:
            case "cell":
                shown = {"output_type": "stream", "name": "stdout", "text": "hello"}
                picture = {"output_type": "display_data", "data": {"text/plain": "x"}, "metadata": {}}
                channel.send({"outputs": [shown, picture], "names": ["mse", "MSE"]})
            case "about":
                channel.send({"found": answers.about([f], tuple(asked["forbids"]))})
            case "try here" | "try":
                here = asked | {"limits": [0, 0]}
                channel.send({"outcomes": answers.tried_here(f, here, channel, lambda *_: None)})
            case "accepts":
                channel.send({"accepts": answers.accepted(f, asked, channel)})
            case _:
                channel.send({})


class Fake:
    """Stands where a sandbox does, and starts processes that lie."""

    def __init__(self, functions: dict, seed: int):
        self._functions, self._source = functions, random.Random(seed)

    @contextlib.contextmanager
    def notebook(self):
        ours, its = socket.socketpair()
        lifeline, end = socket.socketpair()
        seed = self._source.random()
        process = os.fork()
        if process == 0:
            with contextlib.suppress(BaseException):
                ours.close()
                serve(its, self._functions, random.Random(seed))
            os._exit(0)
        its.close(), end.close()
        notebook = sandbox.Notebook(ours, lifeline)
        notebook._ask_with_functions = notebook._ask_on_one_channel
        yield notebook
        notebook.close()
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)


@pytest.fixture(autouse=True)
def impatience(monkeypatch):
    monkeypatch.setattr(sandbox, "LOOK", 0.02)
    monkeypatch.setattr(sandbox, "CELL", (1, 0.2))
    monkeypatch.setattr(grading, "SEVERAL", 0.2)


@pytest.mark.parametrize("seed", range(int(os.environ.get("LOSSGRADE_FUZZ", "12"))))
def test_whatever_a_process_says_earns_points_or_a_sentence(seed, chapter, right):
    several = {task.name: simulated.answers(task) for task in chapter.tasks}
    chosen = {task.name: random.Random(seed).choice(several[task.name]) for task in chapter.tasks}
    functions = {task.name: simulated.function_of(task, chosen[task.name]) for task in chapter.tasks}
    data = simulated.notebook(chapter, chosen)
    graded = grading.grade(Fake(functions, seed), chapter, data, SEED)
    assert all(0 <= score.points <= score.most for score in graded.scores)
    assert all(isinstance(line, str) and len(line) < 2000 for score in graded.scores for line in score.says)
    made = autograded.notebook(chapter, Handed.read(data), graded)
    assert "<script>" not in json.dumps(json.loads(made)["cells"][0].get("outputs", []))


class Liar:
    """An answer that says of every call what the reference does, with something else in some places."""

    def __init__(self, task, source: random.Random):
        self._task, self._mutant = task, Mutant(None, source)
        self.seen = grading.Seen(True, False, False, "")

    def tried(self, calls, limits):
        return [self._outcome(call) for call in calls]

    def _outcome(self, call):
        said = answers.encoded_outcome(run(self._task.reference, call.case, call.by_name))
        for _ in range(self._mutant._source.choice([0, 1, 1, 2])):
            name = self._mutant._source.choice(["value", "value", "error"])
            said[name] = self._mutant._changed(said[name])
        try:
            return grading.outcome_of(wire.unpacked(json.dumps(said).encode()))
        except wire.Nonsense:
            return grading.outcome_of(answers.encoded_outcome(run(self._task.reference, call.case, call.by_name)))

    def accepts(self, call):
        return self._mutant._source.random() < 0.5


@pytest.mark.parametrize("number", course.numbers())
def test_whatever_a_function_is_said_to_return_the_judge_finds_a_sentence(number):
    source = random.Random(number)
    for task in course.chapter(number).tasks:
        for _ in range(int(os.environ.get("LOSSGRADE_FUZZ", "4"))):
            verdict = judged(task, Liar(task, source), SEED, hidden=source.random() < 0.3)
            assert 0 <= verdict.points <= task.points and len(verdict.sentence) < 5000


class Odd(Exception):
    def __init__(self, one, two):
        super().__init__(one)


@pytest.mark.parametrize("error", [SystemExit(3), KeyboardInterrupt(), Odd(1, 2), ValueError(lambda: 0), OSError("x")])
def test_every_job_is_answered_whatever_it_raises(error):
    sent = pickle.loads(pickle.dumps(work._that_can_be_sent(error)))
    assert isinstance(sent, Exception)


@pytest.mark.parametrize("kind", ["SystemExit", "KeyboardInterrupt", "GeneratorExit"])
def test_an_error_from_a_students_function_ends_no_grader(kind):
    with pytest.raises(RuntimeError, match=kind):
        answers.result({"error": {"ours": "", "type": kind, "kinds": [kind], "text": "x"}})


@pytest.mark.parametrize(
    "error",
    [
        ZeroDivisionError(),
        ValueError("shapes differ"),
        KeyError("huber"),
        IndexError(3),
        OSError(2, "No such file", "a.csv"),
        UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"),
        np.linalg.LinAlgError("Singular matrix"),
        np.exceptions.AxisError(3, 2),
        Odd("one", "two"),
    ],
)
def test_an_error_says_the_same_here_and_there(error):
    there = grading.outcome_of(answers.encoded_outcome(Outcome(error=error)))
    assert error_in_words(there) == error_in_words(Outcome(error=error))
    assert said(there.error) == said(error)
