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
FAILS = "(lambda: 1 / 0)()"  # what shows errors is loaded by the first


def main() -> None:
    """Make a copy for every pair of channels that arrives, until the grader goes."""
    grader = socket.socket(fileno=int(sys.argv[1]))
    isolation.become_ordinary()
    shutil.copytree(sys.argv[2], os.environ["MPLCONFIGDIR"])  # the list of fonts, where Matplotlib may write
    from lossgrade.inside import cells, wire  # which load Matplotlib

    for room in ROOMS:
        __import__(room)
    shell = cells.Shell.warm()
    cells_of_the_course = wire.Channel.through(grader).receive()["rehearse"]  # never a student's
    for source in (FAILS, *cells_of_the_course):
        shell.run(source)
    shell.reset(new_session=False)
    for name in [name for name in vars(sys) if name.startswith("last_")]:  # where Python keeps the last error
        delattr(sys, name)
    shell.input_transformer_manager.learn(cells_of_the_course)
    isolation.hide()
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # who ends is forgotten
    user, group = os.getuid(), os.getgid()
    wire.Channel.through(grader).send({"say": "warm"})
    while True:
        order, files, *_ = socket.recv_fds(grader, 1, 2)
        if not order:
            return
        try:
            if isolation.copied() == 0:
                _behind_walls(grader, *files, user, group)
        except isolation.Refused as error:
            _refuse(files[0], error)
        for file in files:
            os.close(file)


def _refuse(control, error):
    from lossgrade.inside import wire

    with socket.socket(fileno=os.dup(control)) as connected:
        wire.Channel.through(connected).send({"say": "refused", "why": str(error)})


def _behind_walls(grader, control, lifeline, user, group):
    """Be a notebook's process; never return."""
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

        isolation.walled(work, lifeline, user, group, limits.SPACE)
    except OSError as error:
        _refuse(control, error)
    finally:
        os._exit(0)


if __name__ == "__main__":
    main()
