"""Whatever ends the grader, a worker or the connection: the same command again gives what an undisturbed run gives."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest
import running

from lossgrade import checkout, course, grading, sandbox, staging, work
from lossgrade.cluster import Elsewhere
from lossgrade.editions import edition
from lossgrade.refusals import NoCluster

GRADE = ("grade", "01", "--submitted", "in", "--into", "out", "--workers", "1")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """A class of ten, graded without any trouble: the folder, and how long it took."""
    folder = tmp_path_factory.mktemp("undisturbed")
    running.hand_in(folder / "in", 10)
    start = time.monotonic()
    running.run(*GRADE, cwd=folder)
    return folder, time.monotonic() - start


def disturbed(undisturbed, folder, kills, seed):
    """Grade the same class, killed at so many random moments, and compare everything that comes of it."""
    folder.mkdir()
    shutil.copytree(undisturbed[0] / "in", folder / "in", copy_function=shutil.copy2)
    handed = running.made(folder / "in")
    moments = random.Random(seed)
    for _ in range(kills):
        process = running.start(*GRADE, cwd=folder)
        time.sleep(moments.uniform(0, undisturbed[1]))
        running.kill(process)
    running.run(*GRADE, cwd=folder)
    assert running.rows(folder / "out" / "gradebook.db") == running.rows(undisturbed[0] / "out" / "gradebook.db")
    mine, theirs = running.made(folder / "out"), running.made(undisturbed[0] / "out")
    assert mine.keys() - {"nbgrader_config.py"} == theirs.keys() - {"nbgrader_config.py"}
    assert {name for name in theirs if mine[name] != theirs[name]} <= {"nbgrader_config.py"}
    assert running.made(folder / "in") == handed


def test_killed_at_three_moments_and_started_again_it_ends_as_if_nothing_had_been(undisturbed, tmp_path):
    disturbed(undisturbed, tmp_path / "again", 3, seed=0)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1, 11))
def test_killed_at_fifty_moments_in_all(seed, undisturbed, tmp_path):
    disturbed(undisturbed, tmp_path / "again", 5, seed)


def test_a_second_run_grades_nothing_anew_and_changes_nothing(undisturbed, tmp_path):
    folder = tmp_path / "again"
    shutil.copytree(undisturbed[0], folder, copy_function=shutil.copy2)
    before = running.rows(folder / "out" / "gradebook.db"), running.made(folder / "out")
    assert "notebook/s" not in running.run(*GRADE, cwd=folder)
    assert (running.rows(folder / "out" / "gradebook.db"), running.made(folder / "out")) == before


def test_a_newer_notebook_is_graded_and_an_older_one_never_overwrites_it(undisturbed, tmp_path):
    folder = tmp_path / "again"
    shutil.copytree(undisturbed[0], folder, copy_function=shutil.copy2)
    file = folder / "in" / "student001" / "01_what_is_a_loss.ipynb"
    empty, right = file.read_bytes(), (folder / "in" / "student000" / "01_what_is_a_loss.ipynb").read_bytes()
    file.write_bytes(right)
    os.utime(file, (1_796_500_000, 1_796_500_000))
    running.run(*GRADE, cwd=folder)
    assert points(folder) == {"student000": 17.0, "student001": 17.0}
    file.write_bytes(empty)
    os.utime(file, (1_796_400_000, 1_796_400_000))
    said = running.run(*GRADE, cwd=folder)
    assert "student001: 01_what_is_a_loss.ipynb is older than what was collected before; the newer one stays." in said
    assert points(folder) == {"student000": 17.0, "student001": 17.0}
    versions = {path.read_bytes() for path in (folder / "out" / "submitted" / ".versions").iterdir()}
    assert {empty, right} <= versions


def points(folder):
    lines = (folder / "out" / "grades.csv").read_text(encoding="utf-8").splitlines()[1:3]
    return {line.split(",")[0]: float(line.split(",")[3]) for line in lines}


def test_a_worker_that_is_killed_loses_nothing(undisturbed, tmp_path):
    folder = tmp_path / "again"
    shutil.copytree(undisturbed[0] / "in", folder / "in", copy_function=shutil.copy2)
    process = running.start(*GRADE, cwd=folder)
    wait_for(lambda: any((folder / "out" / "autograded").glob("*")))
    for child in children(process.pid):
        os.kill(child, signal.SIGKILL)
    process.communicate(timeout=300)
    assert process.returncode == 0
    assert running.rows(folder / "out" / "gradebook.db") == running.rows(undisturbed[0] / "out" / "gradebook.db")


def children(process):
    return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def wait_for(happened):
    for _ in range(1200):
        if happened():
            return
        time.sleep(0.05)
    raise AssertionError("it never happened")


def job(student="ada", of=None):
    chapter = course.chapter("01")
    return work.Job(student, "01", {}, chapter.file.read_bytes(), 1, of or edition())


def test_what_the_sandbox_reads_is_removed_when_the_grader_ends(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with work.Here(1, "01") as pool:
        assert [len(graded.scores) for _, graded in pool([job()])] == [7]
        assert list(tmp_path.glob("lossgrade-*"))
    assert not list(tmp_path.glob("lossgrade-*"))


@pytest.mark.parametrize("falls", [1, grading.FALLS + 1])
def test_where_the_whole_sandbox_is_killed_no_notebook_is_blamed(falls, monkeypatch):
    chapter = course.chapter("01")
    nb = json.loads(chapter.file.read_bytes())
    waits = {"cell_type": "code", "id": "waits", "metadata": {}, "outputs": [], "execution_count": None}
    nb["cells"].insert(8, waits | {"source": "import time\ntime.sleep(1)"})
    kills = [signal.SIGKILL] * falls

    @contextlib.contextmanager
    def mortal():
        with opens() as notebook:
            if kills:
                threading.Timer(0.3, os.kill, (walls.process, kills.pop())).start()
            yield notebook

    with staging.staged() as folder, sandbox.Sandbox(folder) as walls:
        opens = walls.notebook
        monkeypatch.setattr(walls, "notebook", mortal)
        if falls > grading.FALLS:
            with pytest.raises(sandbox.Fallen, match="killed"):
                grading.grade(walls, chapter, json.dumps(nb).encode(), 1)
        else:
            graded = grading.grade(walls, chapter, json.dumps(nb).encode(), 1)
            assert graded.notes == [] and "without it" not in str(graded.outputs)
    assert not kills


def test_a_process_keeps_sandboxes_for_a_few_chapters_and_closes_none_that_is_in_use(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(work, "_rooms", {})
    with work.room("01", False) as first:
        for number in ("02", "03", "04"):
            with work.room(number, False):
                pass
        assert [number for number, _ in work._rooms] == ["01", "04"]
        with first.notebook() as notebook:
            assert notebook.ask({"do": "cell", "source": "1"})["outputs"]
    assert len(list(tmp_path.glob("lossgrade-*"))) == work.ROOMS
    for one in work._rooms.values():
        one.close()
    assert not list(tmp_path.glob("lossgrade-*"))


class Bomb:
    """Ends the process that unpacks it."""

    def __reduce__(self):
        return os._exit, (1,)


def test_a_job_that_ends_its_worker_is_given_up_and_the_others_are_graded():
    with work.Here(1, "01") as pool:
        found = {
            one.student: graded for one, graded in pool([job("ada"), job("bad")._replace(variant=Bomb()), job("bob")])
        }
    assert isinstance(found["bad"], work.Ended) and "ended over it 2 times" in str(found["bad"])
    assert [len(found[name].scores) for name in ("ada", "bob")] == [7, 7]


def test_a_job_that_cannot_be_graded_is_named_and_the_others_are_graded():
    with work.Here(1, "01") as pool:
        bad = job("bad")._replace(variant={"huber_location": {"k": 7.0}})
        found = {one.student: graded for one, graded in pool([job("ada"), bad, job("bob")])}
    assert isinstance(found["bad"], ValueError) and "k may be" in str(found["bad"])
    assert [len(found[name].scores) for name in ("ada", "bob")] == [7, 7]


def test_a_worker_of_another_edition_refuses():
    with work.Here(1, "01") as pool:
        ((_, error),) = pool([job(of="older")])
    assert isinstance(error, work.OtherEdition) and "not older" in str(error)


def test_where_no_scheduler_answers_that_is_said():
    with pytest.raises(NoCluster, match="no Dask scheduler answers at tcp://127.0.0.1:1"):
        Elsewhere("tcp://127.0.0.1:1")


@pytest.mark.long
def test_two_workers_of_a_cluster_one_killed_in_the_middle_lose_nothing(undisturbed, tmp_path):
    folder = tmp_path / "again"
    shutil.copytree(undisturbed[0] / "in", folder / "in", copy_function=shutil.copy2)
    address, env = "tcp://127.0.0.1:8796", {**os.environ, "LOSSGRADE_COURSE": str(checkout.ROOT)}
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--port", "8796", "--no-dashboard"]
    worker = [
        sys.executable,
        "-m",
        "distributed.cli.dask_worker",
        address,
        "--nthreads",
        "1",
        "--no-nanny",
        "--no-dashboard",
    ]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": env, "cwd": tmp_path}
    processes = [subprocess.Popen(dask, **quiet)]
    try:
        processes += [subprocess.Popen(worker, **quiet) for _ in range(2)]
        wait_for(lambda: len(workers_of(address)) == 2)
        grading = running.start(*GRADE, "--scheduler", address, cwd=folder)
        wait_for(lambda: any((folder / "out" / "autograded").glob("*")))
        processes[1].kill()
        out, err = grading.communicate(timeout=300)
        assert grading.returncode == 0, err[-2000:]
    finally:
        for one in reversed(processes):
            one.kill()
            one.wait()
    assert running.rows(folder / "out" / "gradebook.db") == running.rows(undisturbed[0] / "out" / "gradebook.db")


def workers_of(address):
    import distributed

    try:
        with distributed.Client(address, timeout="5s", set_as_default=False) as client:
            return client.nthreads()
    except OSError:
        return {}
