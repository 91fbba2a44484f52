"""Grading on several computers: a Dask scheduler hands notebooks to workers, each with the same sandbox.

Every worker needs the same edition of the course and of lossgrade; one that has another refuses. A worker that is lost
takes nothing with it: the scheduler gives its notebooks to others, and only this process writes the gradebook.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator

from lossgrade import work
from lossgrade.grading import Graded
from lossgrade.refusals import NoCluster

AHEAD = 3  # notebooks that wait for each thread of the workers


class Elsewhere(contextlib.AbstractContextManager):
    """The workers of a Dask scheduler."""

    def __init__(self, address: str):
        try:
            import distributed
        except ModuleNotFoundError:
            raise NoCluster("--scheduler needs Dask: pip install './instructor[cluster]'") from None
        try:
            self._client = distributed.Client(address, timeout="20s", set_as_default=False)
        except OSError as error:
            raise NoCluster(f"no Dask scheduler answers at {address}: {error}") from None
        self._as_completed = distributed.as_completed

    def __exit__(self, *_) -> None:
        self._client.close()

    def ready(self) -> None:
        """Make sure that there are workers."""
        if not self._client.nthreads():
            raise NoCluster(f"the scheduler at {self._client.scheduler.address} has no workers")

    def __call__(self, jobs: Iterable[work.Job]) -> Iterator[tuple[work.Job, Graded | Exception]]:
        """Grade all jobs, and yield each as it is done."""
        waiting, done = iter(jobs), self._as_completed(loop=self._client.loop)
        under_way: dict = {}
        self._hand_out(waiting, under_way, done)
        for future in done:
            job = under_way.pop(future)
            yield job, future.exception() or future.result()
            future.release()
            self._hand_out(waiting, under_way, done)

    def _hand_out(self, waiting, under_way, done):
        most = AHEAD * max(1, sum(self._client.nthreads().values()))
        while len(under_way) < most and (job := next(waiting, None)) is not None:
            future = self._client.submit(work.do, job, pure=False, retries=work.TRIES)
            under_way[future] = job
            done.add(future)
