"""Runs notebooks in fresh kernels and writes them down in normal form, outputs included."""

import os
import re
import subprocess
import tempfile

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from tools.plumbing.kernels import isolated_environment, kernel_manager
from tools.plumbing.normal_form import cleaned

CELL_TIMEOUT = 300  # seconds
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


class BrokenNotebook(Exception):
    """A notebook could not be run from top to bottom; the message says where and why."""


def executed(nb, folder, name):
    """Run the notebook from top to bottom in its folder and return it in normal form."""
    nb = cleaned(nb)  # from here on the ids are words, and errors can be found by them
    nb.metadata.pop("widgets", None)
    client = NotebookClient(
        nb,
        km=kernel_manager(),
        timeout=CELL_TIMEOUT,
        record_timing=False,
        shutdown_kernel="immediate",
        resources={"metadata": {"path": str(folder)}},
    )
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        try:
            client.execute(env=isolated_environment(home), cleanup_kc=True, stderr=subprocess.DEVNULL)
        except CellExecutionError as error:
            raise BrokenNotebook(f"{name}: {_failing_cell(nb)} stopped\n{COLOURS.sub('', str(error))}") from None
        except (CellTimeoutError, DeadKernelError) as error:
            raise BrokenNotebook(f"{name}: {_failing_cell(nb)} did not finish\n{error}") from None
    return cleaned(nb)


def _failing_cell(nb):
    """The last cell that was started: a run stops at the first error."""
    started = [cell.id for cell in nb.cells if cell.cell_type == "code" and cell.execution_count is not None]
    failed = [cell.id for cell in nb.cells if any(out.output_type == "error" for out in cell.get("outputs", []))]
    return f"cell {(failed or started or ['?'])[-1]!r}"


def write_atomically(path, text):
    """Write the whole file or nothing; True when that changed it."""
    path.parent.mkdir(exist_ok=True)
    if path.exists() and path.read_bytes() == text.encode():
        return False
    with tempfile.NamedTemporaryFile(
        "w", dir=path.parent, suffix=".part", delete=False, encoding="utf-8", newline="\n"
    ) as part:
        part.write(text)
    os.chmod(part.name, path.stat().st_mode & 0o777 if path.exists() else 0o644)
    os.replace(part.name, path)
    return True
