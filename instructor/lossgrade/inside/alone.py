"""A process for one notebook without walls, where the grader was told to trust."""

from __future__ import annotations

import socket
import sys

from lossgrade.inside import cells, student, wire


def main() -> None:
    """Serve the grader that listens at the port named by the command line."""
    connected = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
    cells.Shell.warm()
    channel = wire.Channel.through(connected)
    channel.send({"say": "ready"})
    student.serve(channel, lambda: None)


if __name__ == "__main__":
    main()
