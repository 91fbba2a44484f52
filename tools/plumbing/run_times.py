"""Measures how long each notebook runs, and writes it down for the book."""

from __future__ import annotations

import os
import platform
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from lossbook.places import ROOT, RUN_TIMES
from tools.plumbing.pages import FOLDERS, paths

HEAD = "# Measured, not typed: python tools/course.py run-times\n"


def run_times() -> int:
    """Run every notebook, one after the other, and write its seconds and megabytes."""
    computer = f"{os.cpu_count()} processors of the kind {platform.machine()}, {platform.system()}"
    lines = [HEAD, f'computer = "{computer}, Python {platform.python_version()}"\n']
    for folder in FOLDERS:
        for path in paths(folder):
            seconds, megabytes = one(path)
            name = path.relative_to(ROOT).with_suffix("").as_posix()
            lines += [f'[notebooks."{name}"]', f"seconds = {seconds:.2f}", f"megabytes = {megabytes:.0f}\n"]
            print(f"{name}: {seconds:.1f} s, {megabytes:.0f} MB", flush=True)
    RUN_TIMES.write_text("\n".join(lines), encoding="utf-8")
    return 0


def one(path: Path) -> tuple[float, float]:
    """Return the seconds from the start of a kernel to the last cell, and the most MB that it held."""
    nb = nbformat.read(path, as_version=4)
    nb.cells.append(nbformat.v4.new_code_cell("import resource; resource.getrusage(resource.RUSAGE_SELF).ru_maxrss"))
    begun = time.perf_counter()
    NotebookClient(nb, timeout=None, resources={"metadata": {"path": str(path.parent)}}).execute()
    seconds = time.perf_counter() - begun
    return seconds, int(nb.cells[-1].outputs[0].data["text/plain"]) / 1024
