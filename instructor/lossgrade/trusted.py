"""Running notebooks without walls, for a lecturer who says --trusted: a process for each, with all the rights."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from lossgrade import checkout, sandbox, staging
from lossgrade.sandbox import Gone

START = 120  # seconds that a process may need until it listens


class Unwalled(contextlib.AbstractContextManager):
    """Stands where a sandbox does. Its notebooks begin in an empty folder, and end when they take too long."""

    def __exit__(self, *_) -> None:
        """There is nothing to close: every notebook has a process of its own."""

    @contextlib.contextmanager
    def notebook(self) -> Iterator[Notebook]:
        """Open a new process for a notebook; it ends with the block."""
        with socket.create_server(("127.0.0.1", 0)) as server, tempfile.TemporaryDirectory() as folder:
            server.settimeout(START)
            command = [staging.executable(), "-m", "lossgrade.inside.alone", str(server.getsockname()[1])]
            nowhere = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            process = subprocess.Popen(command, cwd=folder, env=variables(folder), **nowhere)
            try:
                connected, _ = server.accept()
                with connected:
                    notebook = Notebook(connected, process)
                    notebook.greet()
                    yield notebook
            finally:
                process.kill()
                process.wait()


def variables(folder: str) -> dict[str, str]:
    """Return the environment of such a process: the lecturer's, but it finds the course and keeps no progress."""
    path = os.pathsep.join([str(Path(__file__).resolve().parents[1]), str(checkout.ROOT)])
    backend = "module://matplotlib_inline.backend_inline"
    return {**os.environ, "PYTHONPATH": path, "MPLBACKEND": backend, "LOSSUTILS_PROGRESS": f"{folder}/progress.json"}


class Notebook(sandbox.Notebook):
    """A notebook's process without walls: all goes through one channel, and only the clock is watched."""

    def __init__(self, connected: socket.socket, process: subprocess.Popen):
        super().__init__(connected, connected)
        self._process = process

    def _ask_with_functions(self, asked: dict, functions: Sequence[Callable]) -> dict:
        return self._ask_on_one_channel(asked, functions)

    def greet(self) -> None:
        """Wait until it is there."""
        self._channel.receive()

    def _look_after(self, waits: bool) -> None:
        self._waited += sandbox.LOOK
        if self._waited > self._waits + self._computes:
            raise Gone(f"takes longer than {self._waits + self._computes:g} s")

    def _why(self) -> str:
        code = self._process.wait(5)
        return f"makes Python crash ({code})" if code and sys.platform != "win32" and code < 0 else "ends Python itself"
