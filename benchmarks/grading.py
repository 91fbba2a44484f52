"""Grading: plain `nbgrader autograde` and `lossgrade grade` on the same notebooks, one after the other.

    make bench-grading        40 notebooks of chapter 01 by both, then how the cost of ours grows with their number

Both run every code cell of every notebook once and give the same points. nbgrader starts a kernel for each, with the
student's code and the answer key in one process and the lecturer's rights; ours makes a copy of a warm process, behind
walls. Printed are seconds a notebook, the ratio, and the memory of all processes together. Memory is measured in a
second run: whoever counts the pages of many processes ten times a second slows them.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "instructor" / "tests")]

import simulated  # noqa: E402

from lossgrade import course  # noqa: E402

WORDS = "The pinball loss with tau = 0.9, because a missing bed costs nine times as much as an empty one."
CONFIG = """c = get_config()
c.CourseDirectory.db_url = {url!r}
c.ClearSolutions.code_stub = {{"python": "# YOUR CODE HERE"}}
c.ClearSolutions.text_stub = "YOUR ANSWER HERE"
"""


def hand_in(folder: Path, chapter, n: int) -> None:
    """Write n notebooks: everything right, nothing, and typical mistakes in all tasks, in turn."""
    steady = {task.name: [one for one in simulated.answers(task) if is_steady(task, one)] for task in chapter.tasks}
    for place, chosen in enumerate(simulated.students(chapter, n, seed=1, among=steady)):
        file = folder / f"student{place:04}" / chapter.name / f"{chapter.name}.ipynb"
        file.parent.mkdir(parents=True)
        file.write_bytes(simulated.notebook(chapter, chosen, WORDS))


def is_steady(task, answer) -> bool:
    """Say whether an answer earns the same on any inputs: the two graders draw different ones."""
    return len({simulated.expected(task, answer, seed)[0] for seed in (20, 1, 2, 3)}) == 1


class Memory(threading.Thread):
    """Watches the most that all processes below this one hold together, shared pages counted once."""

    def __init__(self):
        super().__init__(daemon=True)
        self.most, self._over = 0, threading.Event()

    def run(self):
        """Look ten times a second."""
        while not self._over.wait(0.1):
            self.most = max(self.most, sum(map(_proportional, _below(os.getpid()))))

    def stop(self) -> float:
        """Return the most, in MB."""
        self._over.set()
        self.join()
        return self.most / 1e6


def _below(root):
    try:
        children = Path(f"/proc/{root}/task/{root}/children").read_text().split()
    except OSError:
        return
    for child in map(int, children):
        yield child
        yield from _below(child)


def _proportional(process):
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def run(command: list[str], cwd: Path) -> float:
    """Run a command; return its seconds."""
    start = time.perf_counter()
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, env=environment())
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr[-3000:]}")
    return time.perf_counter() - start


def memory(command: list[str], cwd: Path) -> float:
    """Run a command; return what its processes hold at most, in MB."""
    watch = Memory()
    watch.start()
    run(command, cwd)
    return watch.stop()


def environment() -> dict[str, str]:
    """Return the environment of both: they find alembic and the course, and no other kernel."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "JUPYTER_PREFER_ENV_PATH": "1"}


def nbgrader(folder: Path, chapter) -> list[str]:
    """Prepare a folder with submitted/ as nbgrader's users do; return the command that grades it."""
    (folder / "nbgrader_config.py").write_text(CONFIG.format(url=f"sqlite:///{folder / 'gradebook.db'}"))
    source = folder / "source" / chapter.name / f"{chapter.name}.ipynb"
    source.parent.mkdir(parents=True)
    source.write_text(json.dumps(chapter.source), encoding="utf-8")
    program = [sys.executable, "-m", "nbgrader"]
    run([*program, "generate_assignment", chapter.name], folder)
    return [*program, "autograde", chapter.name]


def lossgrade(_, chapter) -> list[str]:
    """Return the command that grades a folder with submitted/, by one worker."""
    return [sys.executable, "-m", "lossgrade.cli", "grade", chapter.number, "--workers", "1"]


def measured(grader, folder: Path, chapter) -> tuple[float, float, dict]:
    """Grade a folder twice, from the start; return seconds, then MB, and the points of the first."""
    again = shutil.copytree(folder, folder.with_name(f"{folder.name} again"))
    seconds = run(grader(folder, chapter), folder)
    return seconds, memory(grader(again, chapter), again), points(folder)


def points(folder: Path) -> dict:
    """Return what the gradebook says: points by student and cell."""
    from nbgrader.api import Gradebook, SubmittedNotebook

    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as book:
        notebooks = book.db.query(SubmittedNotebook)
        grades = [(one.student.id, grade) for one in notebooks for grade in one.grades]
        return {
            (who, grade.name): None if grade.auto_score is None else round(grade.auto_score, 2) for who, grade in grades
        }


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--chapter", default="01")
    parser.add_argument("--notebooks", type=int, default=40)
    parser.add_argument("--growth", type=int, nargs="*", default=[10, 100, 1000])
    asked = parser.parse_args()
    os.environ.pop("OPENBLAS_CORETYPE", None)
    chapter = course.chapter(asked.chapter)
    with tempfile.TemporaryDirectory() as made:
        plain, ours = Path(made, "plain"), Path(made, "ours")
        hand_in(plain / "submitted", chapter, asked.notebooks)
        shutil.copytree(plain / "submitted", ours / "submitted")
        slow, slow_memory, theirs = measured(nbgrader, plain, chapter)
        fast, fast_memory, mine = measured(lossgrade, ours, chapter)
        n = asked.notebooks
        different = {key for key in theirs | mine if theirs.get(key) != mine.get(key)}
        print(f"chapter {asked.chapter}, {n} notebooks, one worker")
        print(f"{'':22}{'s a notebook':>14}{'MB at most':>12}")
        print(f"{'nbgrader autograde':22}{slow / n:14.3f}{slow_memory:12.0f}")
        print(f"{'lossgrade grade':22}{fast / n:14.3f}{fast_memory:12.0f}")
        print(f"{slow / fast:.0f} times as fast, start included; {len(different)} of {len(mine)} points differ")
        for key in sorted(different)[:10]:
            print("   ", key, theirs.get(key), mine.get(key))
        for many in asked.growth:
            folder = Path(made, f"growth{many}")
            hand_in(folder / "submitted", chapter, many)
            seconds, most, _ = measured(lossgrade, folder, chapter)
            print(f"{many:6} notebooks: {seconds / many:.3f} s each, {most:.0f} MB at most")


if __name__ == "__main__":
    main()
