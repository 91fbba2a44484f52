"""What a notebook does to others, to the grader and to its own points: nothing that it should not."""

from __future__ import annotations

import hostile
import pytest
import simulated

from lossgrade import grading, sandbox

SEED = 7


@pytest.fixture(autouse=True)
def impatience(monkeypatch):
    """Cells are given up sooner, too."""
    monkeypatch.setattr(sandbox, "SLACK", 1)
    monkeypatch.setattr(sandbox, "CELL", (2, 2))


@pytest.fixture(scope="module")
def all_right(chapter, right):
    return simulated.notebook(chapter, right)


@pytest.mark.parametrize("case", hostile.CASES, ids=lambda case: case.name)
def test_it_gets_its_points_and_a_sentence_and_nobody_else_notices(case, walls, chapter, all_right):
    graded = grading.grade(walls, chapter, case.notebook(all_right), SEED)
    earned = {score.name: score.points for score in graded.scores}
    assert earned == {task.name: case.points.get(task.name, task.points) for task in chapter.tasks} | {"beds": 0}
    said = " ".join(line for score in graded.scores if score.name in case.points for line in score.says)
    assert case.says in (said if case.points else " ".join(graded.notes))
    after = grading.grade(walls, chapter, all_right, SEED)
    assert [score.points for score in after.scores] == [task.points for task in chapter.tasks] + [0]
    assert after.notes == []
