"""Tasks of a lecturer's own: handed out without checks, graded here, and in nobody else's reach."""

from __future__ import annotations

import pytest
import running

from lossgrade import cli, private

TASKS = """
from private_tasks.ch01.references import total_error
from lossutils.judge import draws
from lossutils.judge.exercise import Exercise, Part
from lossutils.judge.task import Check, Slot, Task

EXERCISE = Exercise(
    __name__,
    (
        Part(
            "totals",
            "The error of a whole shop",
            (
                Task(
                    title="total error",
                    open=1,
                    hidden=1,
                    reference=total_error,
                    checks=(Check("pairs", draws.pairs), Check("more pairs", draws.pairs, hidden=True)),
                    typical=(("this is the mean", ("np.sum", "np.mean")),),
                    hints=("add", "Σ e"),
                    slots=(Slot("price", 2.0, (3.0,), "price = {}"),),
                ),
            ),
        ),
    ),
)
"""
REFERENCES = '''
import numpy as np


def total_error(pred, target):
    """The price of all errors."""
    price = 2.0
    return float(price * np.sum(np.abs(np.asarray(pred) - np.asarray(target))))
'''
RIGHT = "def total_error(pred, target):\n    return float(2.0 * np.sum(np.abs(np.asarray(pred) - np.asarray(target))))"
MEAN = RIGHT.replace("np.sum", "np.mean")


@pytest.fixture
def tasks(tmp_path):
    folder = tmp_path / "mine" / "ch01"
    folder.mkdir(parents=True)
    (folder / "tasks.py").write_text(TASKS)
    (folder / "references.py").write_text(REFERENCES)
    (folder / "exercise.md").write_text("# totals\nHow wrong is a shop?\n\n# total_error\nEach unit costs «price».\n")
    return tmp_path / "mine"


def test_a_private_task_is_handed_out_without_its_answer_and_graded(tasks, tmp_path):
    said = running.run("assign", "01", "--tasks", "mine", "--into", "out", cwd=tmp_path)
    assert "release" in said
    text = (tmp_path / "out/release/01_what_is_a_loss/01_what_is_a_loss.ipynb").read_text(encoding="utf-8")
    assert (
        "The error of a whole shop" in text and "def total_error(pred, target)" in text and private.POINTS[:30] in text
    )
    assert 'practice.check("total_error"' not in text and "price = 2.0" not in text and "more pairs" not in text
    for name, source in (("ada", RIGHT), ("bob", MEAN)):
        file = tmp_path / "in" / name / "01_what_is_a_loss.ipynb"
        file.parent.mkdir(parents=True)
        nb = running.with_answer(text, "total-error", source)
        file.write_text(nb, encoding="utf-8")
    running.run("grade", "01", "--submitted", "in", "--into", "out", "--tasks", "mine", cwd=tmp_path)
    lines = (tmp_path / "out/grades.csv").read_text(encoding="utf-8").splitlines()
    place = lines[0].split(",").index("total_error")
    assert [line.split(",")[place] for line in lines[1:]] == ["2", "0"]
    assert "this is the mean" in (tmp_path / "out/feedback/bob.html").read_text(encoding="utf-8")


def test_what_is_wrong_with_a_folder_of_tasks_is_said(tasks, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(private.NAMED, raising=False)
    assert cli.main(["assign", "01", "--tasks", "nowhere"]) == 2
    assert "there is no folder nowhere" in capsys.readouterr().err
    assert cli.main(["grade", "01", "--tasks", "mine", "--scheduler", "tcp://127.0.0.1:1"]) == 2
    assert "stay on this computer" in capsys.readouterr().err
    (tasks / "ch01" / "tasks.py").write_text(TASKS.replace("total_error", "mse"))
    (tasks / "ch01" / "references.py").write_text(REFERENCES.replace("total_error", "mse"))
    with pytest.raises(AssertionError, match="the course has a task 'mse' already"):
        running.run("assign", "01", "--tasks", "mine", cwd=tmp_path)
    (tasks / "ch01" / "tasks.py").write_text("nonsense(")
    with pytest.raises(AssertionError, match="cannot be used: SyntaxError"):
        running.run("assign", "01", "--tasks", "mine", cwd=tmp_path)
