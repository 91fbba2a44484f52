"""Runs lossgrade as a person does, in a process of its own, on a class of simulated students."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import simulated

from lossgrade import checkout, course

WORDS = "The pinball loss with tau = 0.9."


def hand_in(folder: Path, n: int, number: str = "01") -> None:
    """Write the notebooks of n students: STUDENT/NN_name.ipynb."""
    chapter = course.chapter(number)
    for place, chosen in enumerate(simulated.students(chapter, n, seed=4)):
        file = folder / f"student{place:03}" / f"{chapter.name}.ipynb"
        file.parent.mkdir(parents=True)
        file.write_bytes(simulated.notebook(chapter, chosen, WORDS if place % 2 else ""))
        os.utime(file, (1_796_000_000 + place, 1_796_000_000 + place))


def start(*arguments: str, cwd: Path) -> subprocess.Popen:
    """Start lossgrade in a process group of its own."""
    env = {**os.environ, "LOSSGRADE_COURSE": str(checkout.ROOT)}
    command = [sys.executable, "-m", "lossgrade.cli", *arguments]
    return subprocess.Popen(
        command, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def run(*arguments: str, cwd: Path) -> str:
    """Run lossgrade to its end, and return what it says; fail with its words if it does."""
    process = start(*arguments, cwd=cwd)
    out, err = process.communicate(timeout=600)
    assert process.returncode == 0, err[-3000:]
    return out + err


def kill(process: subprocess.Popen) -> None:
    """End a process as kill -9 does, and only that one: its children are left to themselves."""
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()


def rows(database: Path) -> dict[str, list]:
    """Return everything in a gradebook, but for the order of the rows."""
    with sqlite3.connect(database) as db:
        tables = [name for (name,) in db.execute("select name from sqlite_master where type = 'table'")]
        return {name: sorted(map(repr, db.execute(f"select * from {name}"))) for name in tables}


def made(folder: Path) -> dict[str, bytes]:
    """Return the files that grading has made, without the database."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".db", ".part"))
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in files if not path.name.endswith("-journal")
    }


def with_answer(notebook: str, grade_id: str, source: str) -> str:
    """Return a notebook's file with another text in the cell that nbgrader calls so."""
    nb = json.loads(notebook)
    for cell in nb["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == grade_id:
            cell["source"] = source
    return json.dumps(nb)
