"""One notebook's way through a worker: a process of this computer, or of another."""

from __future__ import annotations

import atexit
import concurrent.futures
import contextlib
import multiprocessing
import os
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures.process import BrokenProcessPool
from typing import NamedTuple

from lossgrade import course, staging
from lossgrade.editions import edition
from lossgrade.grading import Graded, grade
from lossgrade.sandbox import Sandbox
from lossgrade.trusted import Unwalled

TRIES = 2  # of a notebook over which its worker ends


class Job(NamedTuple):
    """All that a worker needs, wherever it is."""

    student: str
    chapter: str
    variant: dict  # other numbers in its tasks: {"huber_location": {"k": 2.0}}
    data: bytes
    seed: int
    edition: str
    trusted: bool = False


class OtherEdition(Exception):
    """A worker has another edition of the course than the one who asks."""


class Ended(Exception):
    """A worker ended over a notebook, again and again."""


_mine = threading.local()


def do(job: Job) -> Graded:
    """Grade one notebook, in a sandbox that this thread keeps."""
    if job.edition != edition():
        raise OtherEdition(f"this worker has edition {edition()} of the course, not {job.edition}")
    return grade(open_sandbox(job.chapter, job.trusted), course.chapter(job.chapter, job.variant), job.data, job.seed)


def open_sandbox(chapter: str, trusted: bool) -> Sandbox | Unwalled:
    """Return this thread's sandbox, with the chapter's own cells rehearsed in it."""
    if getattr(_mine, "of", None) != (chapter, trusted):
        opened = contextlib.ExitStack()
        if getattr(_mine, "opened", None):
            _mine.opened.close()
        _mine.opened, _mine.of = opened, (chapter, trusted)
        atexit.register(opened.close)
        walls = Unwalled() if trusted else Sandbox(opened.enter_context(staging.staged()), course.chapter(chapter).code)
        _mine.sandbox = opened.enter_context(walls)
    return _mine.sandbox


def on_this_computer(jobs: Iterable[Job], workers: int) -> Iterator[tuple[Job, Graded | Exception]]:
    """Grade all jobs in so many processes, and yield each as it is done.

    Each process has one notebook at a time: when it ends over it, it is known which, and no other is touched.
    """
    waiting, again, tries = iter(jobs), [], {}
    desks = [_desk() for _ in range(workers)]
    idle, busy = list(range(workers)), {}
    try:
        while True:
            while idle and (job := again.pop() if again else next(waiting, None)) is not None:
                place = idle.pop()
                busy[desks[place].submit(do, job)] = place, job
            if not busy:
                return
            for done in concurrent.futures.wait(busy, return_when=concurrent.futures.FIRST_COMPLETED).done:
                place, job = busy.pop(done)
                idle.append(place)
                error = done.exception()
                if not isinstance(error, BrokenProcessPool):
                    yield job, error or done.result()
                    continue
                desks[place].shutdown(wait=False)
                desks[place] = _desk()
                tries[job.student] = tries.get(job.student, 0) + 1
                if tries[job.student] < TRIES:
                    again.append(job)
                else:
                    yield job, Ended(f"the grader's process ended over it {TRIES} times")
    finally:
        for desk in desks:
            desk.shutdown(wait=False, cancel_futures=True)


def _desk():
    context = multiprocessing.get_context("spawn")
    return concurrent.futures.ProcessPoolExecutor(1, context, _start, (os.getpid(),))


def _start(parent):
    """End with the process that has started this one, however it ends."""

    def watch():
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
