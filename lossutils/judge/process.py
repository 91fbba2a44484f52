"""Tries a function in a process of its own, which can be stopped whatever it does.

The process is a copy of this one (a fork), so it has everything that the notebook has defined. It sends each outcome
through a pipe. Two limits hold for each call: seconds of computing, which the operating system counts and enforces,
so that a slow or busy computer decides nothing; and seconds of waiting, in which the process neither computes nor
queues for a processor. Linux only: on macOS a copied process may crash in Apple's linear algebra, Windows has none.
"""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import multiprocessing
import os
import resource
import signal
import warnings
from collections.abc import Callable

from lossutils.judge.parcel import packed, unpacked
from lossutils.judge.run import Lost, Outcome, run
from lossutils.judge.surroundings import closed
from lossutils.judge.task import Call, Limits

MEMORY = 2 * 2**30  # bytes that the process may have beyond what the notebook has


def until_lost(f: Callable, calls: list[Call], limits: Limits) -> list[Outcome]:
    """Return the outcomes of the calls, up to the first that does not come back."""
    open_standard_files()
    inbox, outbox = multiprocessing.Pipe(duplex=False)
    context = multiprocessing.get_context("fork")
    process = context.Process(target=_try_all, args=(f, calls, limits, outbox), daemon=True)
    found: list[Outcome] = []
    with inbox:
        with outbox, warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # Jupyter's threads hold no lock that the copy needs
            process.start()
        try:
            with contextlib.suppress(EOFError):
                while len(found) < len(calls):
                    if not _arrives(inbox, process.pid, limits.waiting):
                        return [*found, Outcome(error=Lost(f"waits for longer than {limits.waiting:g} s"))]
                    found.append(unpacked(inbox.recv_bytes()))
                return found
        finally:
            _stop(process)
    return [*found, Outcome(error=Lost(_end_in_words(process.exitcode, limits)))]


def open_standard_files() -> None:
    """Put something in the place of input, output and errors where somebody has closed them: what opens comes there."""
    for place in (0, 1, 2):
        try:
            os.fstat(place)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # which takes the lowest free place


def _arrives(inbox, pid, patience):
    """Wait until something can be read; False after so many seconds of waiting for a process that waits itself."""
    waited, step = 0.0, min(1.0, patience / 5)
    while not inbox.poll(step):
        if not _wants_to_compute(pid):
            waited += step
        if waited > patience:
            return False
    return True


def _wants_to_compute(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] == "R"
    except OSError:
        return False


def _stop(process):
    """End the process and all that it has started."""
    process.kill()
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.join()


def _end_in_words(code, limits):
    """Why a process ended that still had something to do."""
    if code == -signal.SIGPROF:
        return f"takes longer than {limits.computing:g} s of computing"
    if code >= 0:
        return f"ends Python itself, with exit code {code},"
    return f"makes Python crash ({signal.Signals(-code).name})"


# In the new process ------------------------------------------------------------------------------------------------


def _try_all(f, calls, limits, outbox):
    try:
        _leave_the_notebook()
        with closed():
            for call in calls:
                signal.setitimer(signal.ITIMER_PROF, limits.computing)
                parcel = packed(_tried(f, call))
                signal.setitimer(signal.ITIMER_PROF, 0)
                outbox.send_bytes(parcel)
    finally:
        os._exit(0)  # without tidying up what belongs to the notebook


def _tried(f, call):
    try:
        return run(f, call.case, call.by_name)
    except KeyboardInterrupt as raised:  # nobody but the function itself can have raised it
        return Outcome(error=raised)


def _leave_the_notebook():
    """Be out of reach of its interrupts, talk to nobody, take no more memory than is good."""
    os.setsid()
    gc.freeze()  # what the notebook has thrown away is not ours to tidy up
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    faulthandler.disable()  # a crash is reported in a sentence
    nowhere = os.open(os.devnull, os.O_RDWR)
    for place in (0, 1, 2):
        os.dup2(nowhere, place)
    with open("/proc/self/statm") as file:
        has = int(file.read().split()[0]) * resource.getpagesize()
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    if most == resource.RLIM_INFINITY or has + MEMORY < most:
        resource.setrlimit(resource.RLIMIT_AS, (has + MEMORY, most))
