"""Grading on several computers: a Dask scheduler hands notebooks to workers, each with the same sandbox.

Every worker needs the same edition of the course and of lossgrade; one that has another refuses. A worker that is lost
takes nothing with it: the scheduler gives its notebooks to others, and only this process writes the gradebook.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lossgrade import work
from lossgrade.grading import Graded

AHEAD = 3  # notebooks that wait for each thread of the workers


class NoCluster(OSError):
    """There is nobody to grade; the message says why."""


def on_other_computers(jobs: Iterable[work.Job], address: str) -> Iterator[tuple[work.Job, Graded | Exception]]:
    """Let the workers of a Dask scheduler grade all jobs, and yield each as it is done."""
    try:
        import distributed
    except ModuleNotFoundError:
        raise NoCluster("--scheduler needs Dask: pip install './instructor[cluster]'") from None
    try:
        client = distributed.Client(address, timeout="20s", set_as_default=False)
    except OSError as error:
        raise NoCluster(f"no Dask scheduler answers at {address}: {error}") from None
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise NoCluster(f"the scheduler at {address} has no workers")
        waiting, busy = iter(jobs), distributed.as_completed(with_results=False)
        under_way: dict = {}

        def hand_out(most):
            while len(under_way) < most and (job := next(waiting, None)) is not None:
                future = client.submit(work.do, job, pure=False, retries=work.TRIES)
                under_way[future] = job
                busy.add(future)

        hand_out(AHEAD * threads)
        for future in busy:
            job = under_way.pop(future)
            yield job, future.exception() or future.result()
            future.release()
            hand_out(AHEAD * max(1, sum(client.nthreads().values())))
