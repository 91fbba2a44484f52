"""The process that has imported everything: for each notebook the grader asks it for a copy of itself, behind walls."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import socket
import sys

from lossgrade.inside import isolation, limits

ROOMS = (
    "matplotlib.pyplot",
    "ipywidgets",
    "lossutils.data",
    "lossutils.evaluation",
    "lossutils.models",
    "lossutils.plot",
    "lossutils.practice",
    "lossutils.training",
    "lossutils.widgets",
    "lossutils.judge.process",
)


def main() -> None:
    """Make a copy for every pair of channels that arrives, until the grader goes."""
    grader = socket.socket(fileno=int(sys.argv[1]))
    isolation.become_ordinary()
    shutil.copytree(sys.argv[2], os.environ["MPLCONFIGDIR"])  # the list of fonts, where Matplotlib may write
    from lossgrade.inside import cells, wire  # which load Matplotlib

    for room in ROOMS:
        __import__(room)
    shell = cells.Shell.warm()
    for source in wire.Channel.through(grader).receive()["rehearse"]:  # the course's own cells, never a student's
        shell.run(source)
    shell.reset(new_session=False)
    isolation.hide()
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # who ends is forgotten
    wire.Channel.through(grader).send({"say": "warm"})
    while True:
        order, files, *_ = socket.recv_fds(grader, 1, 2)
        if not order:
            return
        if os.fork() == 0:
            _copy(grader, *files)
        for file in files:
            os.close(file)


def _copy(grader, control, lifeline):
    from lossgrade.inside import cells, student, wire

    try:
        grader.close()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        channel = wire.Channel.through(socket.socket(fileno=control))

        def work():
            isolation.limit(limits.PROCESSES, limits.MEMORY, limits.FILE, limits.COMPUTING)
            cells.quiet_process()
            channel.send({"say": "ready"})
            student.serve(channel, isolation.tidy)

        isolation.walled(work, lifeline, limits.SPACE)
    except OSError as error:
        channel.send({"say": "refused", "why": str(error)})
    finally:
        os._exit(0)


if __name__ == "__main__":
    main()
