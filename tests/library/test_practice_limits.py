"""Nothing that a learner's function does stops the notebook, or costs points that it does not concern.

Limits are short here and no test asks how long something took: a busy computer may take as long as it needs.
"""

import asyncio
import builtins
import contextlib
import dataclasses
import io
import multiprocessing
import os
import random
import signal
import sys
import threading
import time
import warnings

import numpy as np
import pytest
from IPython.core.autocall import ExitAutocall

from lossutils import practice
from lossutils.judge import interrupt, limits, parcel
from lossutils.judge.judge import drawn, judge
from lossutils.judge.parcel import packed, unpacked
from lossutils.judge.run import Outcome
from lossutils.judge.task import Limits

MSE = practice.tasks()["mse"]
QUICK = dataclasses.replace(MSE, limits=Limits(computing=0.2))
IMPATIENT = dataclasses.replace(MSE, limits=Limits(waiting=0.5))
WAYS = {"interrupt": interrupt.until_lost, "none": interrupt.without_limits}
if sys.platform == "linux":
    from lossutils.judge import process

    WAYS["process"] = process.until_lost


def by(*names):
    """Run a test once for each of these ways to try a function."""
    known = [name for name in names if name in WAYS]
    return pytest.mark.parametrize("way", known, indirect=True)


@pytest.fixture
def way(request, monkeypatch):
    monkeypatch.setattr(limits, "way", lambda: WAYS[request.param])
    return request.param


@pytest.fixture(autouse=True)
def nothing_is_left_behind(tmp_path, monkeypatch):
    """Settings, threads, processes and handlers are the same after each test."""
    monkeypatch.setenv("LOSSUTILS_PROGRESS", str(tmp_path / "progress.json"))

    def settings():
        return (
            threading.active_count(),
            multiprocessing.active_children(),
            signal.getsignal(signal.SIGINT),
            builtins.input,
            os.getcwd(),
            np.geterr(),
            len(warnings.filters),
            sys.stdout,
            sys.stderr,
            random.getstate(),
            np.random.get_state()[2],
        )

    before = settings()
    yield
    assert settings() == before


# Functions that a learner may write -------------------------------------------------------------------------------


def endless(pred, target, weight=None):
    while True:
        pass


def catches_everything(pred, target, weight=None):
    while True:
        try:
            while True:
                np.sort(np.arange(1000.0))
        except:  # noqa: E722
            pass


def prints_without_end(pred, target, weight=None):
    while True:
        print("still at it " * 100)


def sleeps(pred, target, weight=None):
    time.sleep(10_000)


def naps(pred, target, weight=None):
    while True:
        time.sleep(0.01)


def waits_for_nobody(pred, target, weight=None):
    threading.Event().wait()


def sorts_for_ever(pred, target, weight=None):
    return max(range(10**15))  # one call of compiled code


def asks(pred, target, weight=None):
    return float(input("the loss? "))


def leaves(pred, target, weight=None):
    sys.exit(3)


def interrupts(pred, target, weight=None):
    raise KeyboardInterrupt("mine")


def cancels(pred, target, weight=None):
    raise asyncio.CancelledError


class TwoParts(Exception):
    """An error that cannot be sent to another process, and fails when it is to be shown."""

    def __init__(self, one, two):
        super().__init__(one)

    def __str__(self):
        raise ZeroDivisionError


def raises_a_strange_error(pred, target, weight=None):
    raise TwoParts(1, 2)


def recurses(pred, target, weight=None):
    return recurses(pred, target, weight)


def returns_a_local_function(pred, target, weight=None):
    return lambda: MSE.reference(pred, target, weight)


def yields(pred, target, weight=None):
    yield 1.0


class Unspeakable:
    """A value that fails when it is to be shown, and cannot be copied."""

    def __repr__(self):
        raise ZeroDivisionError

    def __reduce__(self):
        raise ZeroDivisionError


def returns_the_unspeakable(pred, target, weight=None):
    return Unspeakable()


def ends_python(pred, target, weight=None):
    os._exit(3)


def crashes(pred, target, weight=None):
    os.kill(os.getpid(), signal.SIGSEGV)


def takes_all_memory(pred, target, weight=None):
    return np.ones(2**40)


def returns_too_much(pred, target, weight=None):
    return np.ones(1000)


def returns_a_long_range(pred, target, weight=None):
    return range(10**12)


COMPUTES = (endless, catches_everything, prints_without_end)
WAITS = (sleeps, naps, waits_for_nobody)
ANSWERED = {
    asks: 'raises EOFError in line {last} (`return float(input("the loss? "))`): nobody answers input() here',
    leaves: "raises SystemExit in line {last} (`sys.exit(3)`): 3.",
    interrupts: "it raises KeyboardInterrupt: mine.",
    cancels: "raises CancelledError in line {last}",
    raises_a_strange_error: "raises TwoParts in line {last} (`raise TwoParts(1, 2)`).",
    recurses: "raises RecursionError in line {last}",
    returns_a_local_function: "it returns a function instead of its result",
    yields: "it returns a value of type generator; one number is expected.",
    returns_the_unspeakable: "it returns a value of type Unspeakable; one number is expected.",
}
IN_A_PROCESS = {
    ends_python: "ends Python itself, with exit code 3, for pred = [",
    crashes: "makes Python crash (SIGSEGV) for pred = [",
    takes_all_memory: "MemoryError in line",
    returns_too_much: "it returns a value of type ndarray; one number is expected.",
    returns_a_long_range: "it returns a value of type range; one number is expected.",
}


def ids(f):
    return getattr(f, "__name__", None)


# Each of them -----------------------------------------------------------------------------------------------------


@by("process", "interrupt")
@pytest.mark.parametrize("f", COMPUTES, ids=ids)
def test_what_computes_without_end_is_stopped(f, way):
    sentence = judge(QUICK, f, 1).sentence
    assert sentence.startswith("mse: takes longer than 0.2 s of computing for pred = [")
    assert sentence.endswith(". The other inputs of this check were not tried.")
    assert judge(MSE, MSE.reference, 1).passed


@by("process")
def test_compiled_code_that_does_not_return_is_stopped(way):
    assert "takes longer than 0.2 s of computing" in judge(QUICK, sorts_for_ever, 1).sentence


@by("process", "interrupt")
@pytest.mark.parametrize("f", WAITS, ids=ids)
def test_what_waits_without_end_is_stopped(f, way):
    assert judge(IMPATIENT, f, 1).sentence.startswith("mse: waits for longer than 0.5 s for pred = [")


@by("process", "interrupt", "none")
@pytest.mark.parametrize("f", ANSWERED, ids=ids)
def test_what_is_raised_or_returned_is_one_plain_sentence(f, way):
    if (f, way) == (interrupts, "none"):
        pytest.skip("without limits it can't be told from an interrupt by a person, which goes through")
    sentence = judge(MSE, f, 1).sentence
    last = f.__code__.co_firstlineno + 1
    assert ANSWERED[f].replace("{last}", str(last)) in sentence and "\n" not in sentence


@by("process")
@pytest.mark.parametrize("f", IN_A_PROCESS, ids=ids)
def test_what_would_take_the_kernel_with_it_is_one_plain_sentence(f, way, monkeypatch):
    monkeypatch.setattr(parcel, "LARGEST", 5000)  # bytes; a thousand numbers are more
    assert IN_A_PROCESS[f] in judge(MSE, f, 1).sentence


class Shell:
    """As much of IPython's as `exit()` needs."""

    left = False

    def ask_exit(self):
        self.left = True


@by("process", "interrupt", "none")
def test_exit_in_a_notebook_is_an_error_and_the_kernel_stays(way, monkeypatch):
    shell = Shell()
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)

    def leaves_the_notebook(pred, target, weight=None):
        ExitAutocall(shell)()

    sentence = judge(MSE, leaves_the_notebook, 1).sentence
    assert "raises SystemExit in line" in sentence and "(`ExitAutocall(shell)()`)" in sentence
    assert not shell.left
    shell.ask_exit()
    assert shell.left  # afterwards it is what it was


def changes_settings(pred, target, weight=None):
    np.seterr(all="raise")
    np.random.seed(1)
    random.seed(1)
    warnings.simplefilter("error")
    os.chdir(os.path.dirname(os.getcwd()))
    print("noise", file=sys.stderr)
    return MSE.reference(pred, target, weight)


@by("process", "interrupt", "none")
def test_settings_that_it_changes_are_as_before(way, capfd):
    assert judge(MSE, changes_settings, 1).passed
    assert capfd.readouterr() == ("", "")  # and the fixture compares the rest


def leaves_a_thread(pred, target, weight=None):
    threading.Thread(target=threading.Event().wait).start()
    return MSE.reference(pred, target, weight)


def leaves_a_process(pred, target, weight=None):
    os.system("sleep 10000 & echo started")
    return MSE.reference(pred, target, weight)


@by("process")
@pytest.mark.parametrize("f", [leaves_a_thread, leaves_a_process], ids=ids)
def test_what_it_starts_ends_with_it_and_a_right_answer_is_right(f, way, capfd):
    assert judge(MSE, f, 1).passed
    assert capfd.readouterr() == ("", "")


@by("process")
def test_variables_of_the_notebook_stay_as_they_are(way):
    seen = []

    def counts(pred, target, weight=None):
        seen.append(1)
        return MSE.reference(pred, target, weight)

    assert judge(MSE, counts, 1).passed and not seen


# Limits decide about one case ---------------------------------------------------------------------------------------


@by("process", "interrupt")
def test_a_loop_that_ends_but_for_a_scale_of_zero_loses_that_check_only(way):
    def strict(y, k=1.5):
        mu = np.median(y)
        scale = 1.4826 * np.median(np.abs(y - mu))
        while True:
            step = np.mean(np.clip(y - mu, -k * scale, k * scale))
            mu = mu + step
            if abs(step) < 1e-9 * scale:
                return mu

    task = dataclasses.replace(practice.tasks()["huber_location"], limits=Limits(computing=0.5))
    verdict = judge(task, strict, 1, hidden=True)
    assert "takes longer than 0.5 s of computing for y = [" in verdict.sentence
    assert "(4 of 5 hidden checks passed.)" in verdict.sentence


@by("process", "interrupt")
def test_one_case_of_each_check_is_waited_for_and_every_check_is_tried(way):
    def slow_for_many(pred, target, weight=None):
        return endless(pred, target) if len(pred) == 3 else MSE.reference(pred, target, weight)

    calls = [asked.call for asked in drawn(MSE, False, 1)]
    outcomes = limits.try_all(slow_for_many, calls, QUICK.limits)
    found = ["late" if outcome.error else "right" for outcome in outcomes if outcome.came_back or outcome.error.args]
    assert found == ["right", "late", "right", "late"]  # two checks, each left at its first input of three numbers
    assert [call.check.says for call in calls].count("weights") > 2


@by("process", "interrupt")
def test_a_mistake_beside_a_case_that_never_ends_is_named(way):
    def sums(pred, target, weight=None):
        return endless(pred, target) if len(pred) > 10 else np.sum((pred - target) ** 2)

    assert "this is the sum, not the mean" in judge(QUICK, sums, 1).sentence


@by("process", "interrupt")
def test_the_limit_is_for_one_call_not_for_all(way):
    def takes_a_tenth(pred, target, weight=None):
        until = time.thread_time() + 0.06
        while time.thread_time() < until:
            pass
        return MSE.reference(pred, target, weight)

    task = dataclasses.replace(MSE, limits=Limits(computing=0.6))
    assert len(drawn(task, False, 1)) * 0.06 > 0.6
    assert judge(task, takes_a_tenth, 1).passed


def test_a_right_but_slow_function_gets_full_marks():
    def fixed_steps(y, k=1.5):
        mu = np.median(y)
        scale = 1.4826 * np.median(np.abs(y - mu))
        for _ in range(20_000):
            mu = mu + np.mean(np.minimum(np.maximum(y - mu, -k * scale), k * scale))
        return mu

    verdict = judge(practice.tasks()["huber_location"], fixed_steps, 1)
    assert verdict.passed, verdict.sentence


# Other computers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("system", "main", "found"),
    [
        ("linux", True, "process"),
        ("linux", False, "process"),
        ("darwin", True, "interrupt"),
        ("darwin", False, "none"),
        ("win32", True, "interrupt"),
        ("emscripten", True, "none"),
    ],
)
def test_each_system_has_its_way(system, main, found, monkeypatch):
    if found not in WAYS:
        pytest.skip("there is no fork here")
    monkeypatch.setattr(limits.sys, "platform", system)
    monkeypatch.setattr(limits.threading, "current_thread", lambda: threading.main_thread() if main else None)
    assert limits.way() is WAYS[found]
    assert bool(limits.warning()) == (found == "none")


@by("none")
def test_where_nothing_can_be_stopped_check_works_and_says_so_once(way, monkeypatch):
    monkeypatch.setattr(practice, "_warned", set())
    with contextlib.redirect_stdout(io.StringIO()) as out:
        assert practice.points("mse", MSE.reference) == 1
        assert practice.hidden_points("mse", MSE.reference) == 1
    lines = out.getvalue().splitlines()
    assert lines[0] == limits.UNLIMITED and len(lines) == 3 and "passed the open checks" in lines[1]


@by("process", "interrupt")
def test_an_interrupt_by_a_person_goes_through(way, tmp_path):
    begun = tmp_path / "begun"
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where a shell runs us in the background

    def begins_and_never_ends(pred, target, weight=None):
        begun.touch()
        endless(pred, target)

    def person():
        while not begun.exists():
            time.sleep(0.01)
        time.sleep(0.5)
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)

    thread = threading.Thread(target=person)
    thread.start()
    with pytest.raises(KeyboardInterrupt):
        practice.check("mse", begins_and_never_ends)
    thread.join()
    signal.signal(signal.SIGINT, before)


@by("process")
def test_outside_the_main_thread_a_process_is_as_good(way):
    sentences = []
    thread = threading.Thread(target=lambda: sentences.append(judge(QUICK, endless, 1).sentence))
    thread.start()
    thread.join()
    assert "takes longer than 0.2 s of computing" in sentences[0]


# What comes back from a process -------------------------------------------------------------------------------------


@by("process")
@pytest.mark.parametrize("task", practice.tasks().values(), ids=lambda task: task.name)
def test_a_process_finds_the_reference_right(task, way):
    for hidden in (False, True):
        assert judge(task, task.reference, practice.POINTS_SEED, hidden).passed


@pytest.mark.parametrize("value", [None, 2.5, "a", np.arange(3.0), (1.0, "b"), [np.float64(1)], True], ids=repr)
def test_an_answer_comes_back_as_it_was(value):
    back = unpacked(packed(Outcome(value, place=" in line 3", printed="x", changed="y")))
    assert repr(back) == repr(Outcome(value, place=" in line 3", printed="x", changed="y"))


def test_an_error_comes_back_as_what_it_was():
    for error in (ValueError("no"), KeyError("x"), NotImplementedError(), UnicodeDecodeError("utf-8", b"x", 0, 1, "")):
        back = unpacked(packed(Outcome(error=error)))
        assert type(back.error) is type(error) and repr(back.error) == repr(error)
    back = unpacked(packed(Outcome(error=TwoParts(1, 2))))
    assert type(back.error).__name__ == "TwoParts" and isinstance(back.error, Exception) and str(back.error) == ""
