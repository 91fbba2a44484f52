"""Without walls a notebook earns the same; who has no sandbox is told so, and asked to say --trusted."""

from __future__ import annotations

import pytest
import simulated

from lossgrade import cli, grading, sandbox
from lossgrade.refusals import NoSandbox
from lossgrade.trusted import Unwalled

SEED = 5


def test_a_notebook_without_walls_earns_the_same_and_is_told_the_same(walls, chapter):
    chosen = {task.name: simulated.answers(task)[1 + place % 4] for place, task in enumerate(chapter.tasks)}
    data = simulated.notebook(chapter, chosen, "words")
    with Unwalled() as unwalled:
        alone = grading.grade(unwalled, chapter, data, SEED)
    assert alone.scores == grading.grade(walls, chapter, data, SEED).scores


def test_without_walls_what_never_ends_is_stopped_too(chapter, right, monkeypatch):
    monkeypatch.setattr(sandbox, "CELL", (2, 2))
    monkeypatch.setattr(sandbox, "SLACK", 1)
    answers = right | {
        "mse": simulated.Answer("", "def mse(pred, target, weight=None):\n    while True:\n        pass")
    }
    with Unwalled() as unwalled:
        graded = grading.grade(unwalled, chapter, simulated.notebook(chapter, answers), SEED)
    assert [score.points for score in graded.scores] == [0, *(task.points for task in chapter.tasks[1:]), 0]


def test_a_computer_without_a_sandbox_refuses_before_it_does_anything(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv(sandbox.NAMED, str(tmp_path / "none"))
    handed = tmp_path / "in" / "ada"
    handed.mkdir(parents=True)
    assert cli.main(["grade", "01", "--submitted", str(tmp_path / "in"), "--into", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err
    assert "there is no bwrap" in said and "--trusted runs every notebook without walls" in said
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_other_systems_have_no_sandbox(platform, monkeypatch, tmp_path):
    monkeypatch.setattr(sandbox.sys, "platform", platform)
    with pytest.raises(NoSandbox, match=f"there is no bubblewrap for {platform}"), sandbox.Sandbox(tmp_path):
        pass
