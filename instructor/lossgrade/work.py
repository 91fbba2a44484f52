"""One notebook's way through a worker: a process of this computer, or of another."""

from __future__ import annotations

import atexit
import concurrent.futures
import contextlib
import multiprocessing
import multiprocessing.connection
import os
import pickle
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from lossgrade import course, staging, turns
from lossgrade.editions import edition
from lossgrade.grading import Graded, grade
from lossgrade.sandbox import Sandbox
from lossgrade.trusted import Unwalled

TRIES = 2  # of a notebook over which its worker ends
ROOMS = 2  # sandboxes that a process keeps; one holds a hundred megabytes
AT_ONCE = 3  # notebooks under way in a worker: one is judged while the others run


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


class Room:
    """A sandbox that this process keeps for a chapter, with the chapter's own cells rehearsed in it."""

    def __init__(self, chapter: str, trusted: bool, staged: Path | None):
        self.users, self._held = 0, contextlib.ExitStack()
        atexit.register(self.close)
        if trusted:
            walls = Unwalled()
        else:
            walls = Sandbox(staged or self._held.enter_context(staging.staged()), course.chapter(chapter).code)
        self.walls = self._held.enter_context(walls)

    def close(self) -> None:
        """End its processes, and remove what was made for it."""
        self._held.close()
        atexit.unregister(self.close)


_rooms: dict[tuple[str, bool], Room] = {}  # by chapter, the one used last at the end
_choosing = threading.Lock()


def do(job: Job) -> Graded:
    """Grade one notebook, in the sandbox that this process keeps."""
    if job.edition != edition():
        raise OtherEdition(f"this worker has edition {edition()} of the course, not {job.edition}")
    with room(job.chapter, job.trusted) as walls, turns.turn():
        return grade(walls, course.chapter(job.chapter, job.variant), job.data, job.seed)


@contextlib.contextmanager
def room(chapter: str, trusted: bool, staged: Path | None = None) -> Iterator[Sandbox | Unwalled]:
    """Give this process's sandbox for a chapter; of those that nobody is in, only a few are kept.

    `staged` is what it is given to read, where somebody else has made that and removes it.
    """
    key = chapter, trusted
    with _choosing:
        one = _rooms.pop(key, None) or Room(chapter, trusted, staged)
        _rooms[key] = one
        one.users += 1
        empty = [other for other, there in _rooms.items() if not there.users]
        for other in empty[: max(0, len(_rooms) - ROOMS)]:
            _rooms.pop(other).close()
    try:
        yield one.walls
    finally:
        with _choosing:
            one.users -= 1


# Many notebooks, on this computer ---------------------------------------------------------------------------------


class Here(contextlib.AbstractContextManager):
    """Processes on this computer that grade. They open their sandboxes while the caller does something else."""

    def __init__(self, workers: int, chapter: str, trusted: bool = False):
        self._open = contextlib.ExitStack()
        # here, for a process that is killed removes nothing
        staged = None if trusted else self._open.enter_context(staging.staged())
        self._for = chapter, trusted, staged
        self._desks = [Desk(*self._for) for _ in range(workers)]

    def __exit__(self, *_) -> None:
        for desk in self._desks:
            desk.close()
        self._open.close()

    def ready(self) -> None:
        """Wait until the first sandbox is open; NoSandbox if there can be none."""
        self._desks[0].ready()

    def __call__(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Graded | Exception]]:
        """Grade all jobs, and yield each as it is done.

        When a process ends, those that it had are given to others, one at a time: then it is known which ends it.
        """
        waiting, again, tries = iter(jobs), [], {}
        while True:
            for desk in self._desks:
                while desk.has_room(alone=bool(again)) and (job := _next(again, waiting)) is not None:
                    desk.give(job, alone=job.student in tries)
            if not any(desk.jobs for desk in self._desks):
                return
            for desk in Desk.who_have_something(self._desks):
                try:
                    yield desk.take()
                except EOFError:
                    for job in desk.jobs.values():
                        tries[job.student] = tries.get(job.student, 0) + 1
                        if tries[job.student] < TRIES:
                            again.append(job)
                        else:
                            yield job, Ended(f"the grader's process ended over it {TRIES} times")
                    self._desks[self._desks.index(desk)] = Desk(*self._for)


def _next(again, waiting):
    return again.pop() if again else next(waiting, None)


class Desk:
    """A process that grades, with AT_ONCE notebooks under way."""

    def __init__(self, chapter: str, trusted: bool, staged: Path | None):
        context = multiprocessing.get_context("spawn")
        self._ours, its = context.Pipe()
        self._process = context.Process(target=_sit, args=(its, os.getpid(), chapter, trusted, staged), daemon=True)
        self._process.start()
        its.close()
        self.jobs: dict[str, Job] = {}
        self._alone, self._is_ready = False, False

    def ready(self) -> None:
        """Wait until its sandbox is open, or raise what stands in the way."""
        if not self._is_ready:
            error = self._ours.recv()
            if error:
                raise error
            self._is_ready = True

    def has_room(self, alone: bool) -> bool:
        """Say whether it can take another job; one that is to be alone waits until the others are done."""
        return not self.jobs if alone or self._alone else len(self.jobs) < AT_ONCE

    def give(self, job: Job, alone: bool) -> None:
        """Hand over a job."""
        self.jobs[job.student], self._alone = job, alone
        with contextlib.suppress(OSError):  # a process that has ended is noticed when its answer is waited for
            self._ours.send(job)

    def take(self) -> tuple[Job, Graded | Exception]:
        """Return a job that is done; EOFError if the process has ended."""
        try:
            self.ready()
            student, graded = self._ours.recv()
        except OSError:
            raise EOFError from None
        return self.jobs.pop(student), graded

    @staticmethod
    def who_have_something(desks: list[Desk]) -> list[Desk]:
        """Wait for the next answer, or end."""
        ready = multiprocessing.connection.wait([desk._ours for desk in desks if desk.jobs])
        return [desk for desk in desks if desk._ours in ready]

    def close(self) -> None:
        """End the process."""
        self._ours.close()
        self._process.kill()
        self._process.join()


def _sit(connection, parent, chapter, trusted, staged):
    """Open the sandbox, then grade what arrives, AT_ONCE notebooks at a time, until nobody asks any more."""
    _end_with(parent)
    saying = threading.Lock()
    try:
        with room(chapter, trusted, staged):
            pass
    except Exception as error:
        connection.send(error)
        return
    connection.send(None)

    def work(job):
        try:
            graded = do(job)
        except BaseException as error:  # whatever it is: somebody waits for an answer
            graded = _that_can_be_sent(error)
        with saying:
            connection.send((job.student, graded))

    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as threads, contextlib.suppress(EOFError, OSError):
        while True:
            threads.submit(work, connection.recv())


def _that_can_be_sent(error):
    with contextlib.suppress(Exception):
        if isinstance(error, Exception) and pickle.loads(pickle.dumps(error)) is not None:
            return error
    return Ended(f"{type(error).__name__}: {error}"[:1000])


def _end_with(parent):
    """End with the process that has started this one, however it ends."""

    def watch():
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def cores() -> int:
    """Return how many processors there are for this process."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
