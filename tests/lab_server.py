"""A JupyterLab for tests, started as `make learn` starts it, by somebody who never used Jupyter."""

import contextlib
import socket
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tools.plumbing.kernels import isolated_environment
from tools.setup import serve


@contextlib.contextmanager
def running(course, home):
    """The address of a JupyterLab on the folder `course`; what it keeps goes to the folder `home`."""
    names = {
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_RUNTIME_DIR": "runtime",
    }
    environment = isolated_environment(home) | {name: str(home / folder) for name, folder in names.items()}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = serve.command(["--IdentityProvider.token="], port, root=serve.is_root(), display=False)
    with (home / "log").open("w") as log:
        server = subprocess.Popen([sys.executable, *command], cwd=course, env=environment, stdout=log, stderr=log)
        try:
            yield _answering(f"http://127.0.0.1:{port}", server, home / "log")
        finally:
            server.terminate()
            server.wait(timeout=300)


def _answering(address, server, log):
    for _ in range(3000):
        try:
            urlopen(f"{address}/api", timeout=5).close()
            return address
        except (URLError, OSError):
            time.sleep(0.2)
        if server.poll() is not None:
            break
    pytest.fail(f"JupyterLab does not answer:\n{log.read_text(encoding='utf-8', errors='replace')}", pytrace=False)
