"""JupyterLab on a copy of the course, or on the originals: one address, no questions, the first notebook open."""

import os
import shlex
import socket
import sys
from pathlib import Path

from tools.setup.environment import Problem, say

FIRST = "notebooks/00_start_here.ipynb"
FIRST_PORT, PORTS = 8888, 50
KEPT = ".jupyterlab"  # in the folder that is served; JupyterLab doesn't show what begins with a point
VALUED = (
    "--port",
    "--ServerApp.port",
    "--ServerApp.port_retries",
    "--notebook-dir",
    "--ServerApp.root_dir",
    "--LabApp.default_url",
    "--log-level",
)


def lab(environment, course, flags):
    """Serve the folder `course` until the person at the keyboard stops it; the exit code."""
    flags = joined(shlex.split(os.environ.get("JUPYTER_FLAGS", ""), posix=os.name != "nt") + list(flags))
    arguments = command(flags, port(flags), root=is_root(), display=has_display())
    say("Starting JupyterLab; stop it with Ctrl+C in this window.")
    # Tabs of other projects would otherwise open too, in the place of the first notebook.
    kept = {"JUPYTERLAB_WORKSPACES_DIR": str(course / KEPT / "workspaces"), **homeless(course)}
    return environment.run(*arguments, cwd=course, **kept)


def homeless(course):
    """Variables that keep what programs remember beside the notebooks, where the home folder can't be written to."""
    if os.access(Path.home(), os.W_OK):
        return {}
    places = "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR", "MPLCONFIGDIR"
    return {place: str(course / KEPT / place.lower()) for place in places}


def command(flags, number, root=False, display=True):
    """The arguments for Python; what the learner says in `flags` takes the place of what stands here."""
    chosen = ["--ServerApp.root_dir=.", f"--LabApp.default_url=/lab/tree/{FIRST}", f"--port={number}"]
    chosen += ["--ServerApp.port_retries=0", "--log-level=WARN", "-y"]
    chosen += ["--allow-root"] if root else []
    chosen += [] if display else ["--no-browser"]
    said = {_name(flag) for flag in flags}
    # -P: a learner's random.py is no business of the server; the kernels, which see their folder, don't get the flag.
    return ["-P", "-m", "jupyterlab", *(flag for flag in chosen if _name(flag) not in said), *flags]


def joined(flags):
    """The flags with `--port 9000`, which JupyterLab takes too, as `--port=9000`."""
    rest, found = list(flags), []
    while rest:
        flag = rest.pop(0)
        found.append(f"{flag}={rest.pop(0)}" if flag in VALUED and rest else flag)
    return found


def _name(flag):
    """What a flag sets; JupyterLab takes no setting twice, even under two names."""
    name = flag.partition("=")[0]
    return {"--ServerApp.port": "--port", "--notebook-dir": "--ServerApp.root_dir"}.get(name, name)


def port(flags):
    """The port that `flags` ask for, or the first free one from 8888 on."""
    asked = [flag.partition("=")[2] for flag in flags if _name(flag) == "--port"]
    if asked:
        number = int(asked[-1]) if asked[-1].isdecimal() else 0
        if not 0 < number < 65536:
            raise Problem(f"{asked[-1]!r} is not a port: take a number from 1024 to 65535.")
        if not is_free(number):
            raise Problem(f"Port {number} is taken, perhaps by another JupyterLab. Try --port={number + 1}.")
        return number
    free = [number for number in range(FIRST_PORT, FIRST_PORT + PORTS) if is_free(number)]
    if not free:
        raise Problem(f"All ports from {FIRST_PORT} to {FIRST_PORT + PORTS - 1} are taken. Stop a JupyterLab.")
    if free[0] != FIRST_PORT:
        say(f"Port {FIRST_PORT} is taken, perhaps by another JupyterLab; this one uses {free[0]}.")
    return free[0]


def is_free(number):
    with socket.socket() as probe:
        if os.name != "nt":  # there the option would allow a second server on the same port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", number))
        except OSError:
            return False
    return True


def is_root():
    """JupyterLab refuses root, which is who one is in most containers, unless told that it is meant."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def has_display():
    """Without a display Python would open a text browser in the terminal."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
