"""Measures how long each notebook runs, and writes it down for the book."""

import os
import platform
import subprocess
import tempfile
import time

import nbformat
from nbclient import NotebookClient

from tools.plumbing.kernels import isolated_environment, kernel_manager
from tools.plumbing.pages import FOLDERS, ROOT, paths

FILE = ROOT / "instructor" / "book" / "run_times.toml"
HEAD = "# Measured, not typed: python tools/course.py run-times\n"


def main():
    """Run every notebook, one after the other, and write its seconds and megabytes."""
    computer = f"{os.cpu_count()} processors of the kind {platform.machine()}, {platform.system()}"
    lines = [HEAD, f'computer = "{computer}, Python {platform.python_version()}"\n']
    for folder in FOLDERS:
        for path in paths(folder):
            seconds, megabytes = one(path)
            name = path.relative_to(ROOT).with_suffix("").as_posix()
            lines += [f'[notebooks."{name}"]', f"seconds = {seconds:.2f}", f"megabytes = {megabytes:.0f}\n"]
            print(f"{name}: {seconds:.1f} s, {megabytes:.0f} MB", flush=True)
    FILE.write_text("\n".join(lines), encoding="utf-8")


def one(path):
    """Return the seconds from the start of a kernel to the last cell, and the most MB that it held."""
    nb = nbformat.read(path, as_version=4)
    nb.cells.append(nbformat.v4.new_code_cell("import resource; resource.getrusage(resource.RUSAGE_SELF).ru_maxrss"))
    with tempfile.TemporaryDirectory() as home:  # nothing of the user's is read or changed: not even progress
        client = NotebookClient(
            nb, km=kernel_manager(), timeout=None, resources={"metadata": {"path": str(path.parent)}}
        )
        begun = time.perf_counter()
        client.execute(env=isolated_environment(home), cleanup_kc=True, stderr=subprocess.DEVNULL)
        seconds = time.perf_counter() - begun
    return seconds, int(nb.cells[-1].outputs[0].data["text/plain"]) / 1024


if __name__ == "__main__":
    main()
