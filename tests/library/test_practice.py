"""What a learner calls: hints and the solution open step by step, and progress is kept."""

import inspect
import json

import numpy as np
import pytest
from practising import PASSED, each_task, said

from lossutils import practice

pytestmark = pytest.mark.usefixtures("stored")


# The solution opens ----------------------------------------------------------------------------------------------


def closed(name):
    return said(practice.solution, name).startswith("Try first: write ")


@each_task
def test_the_solution_is_shown_with_all_open_points_and_not_before(task, ours):
    assert closed(task.name)
    said(practice.check, task.name, lambda *args: 0.0)
    assert closed(task.name) and "(so far 1)" in said(practice.solution, task.name)
    said(practice.check, task.name, task.reference)
    assert said(practice.solution, task.name) == inspect.getsource(task.reference).rstrip()


def test_three_different_attempts_open_the_solution_and_the_same_one_thrice_does_not():
    def again():
        return lambda pred, target, weight=None: 0.0

    for _ in range(3):
        said(practice.check, "mse", lambda pred, target, weight=None: None)  # no attempt at all
        said(practice.check, "mse", again())
    assert closed("mse") and "(so far 1)" in said(practice.solution, "mse")
    said(practice.check, "mse", lambda pred, target, weight=None: 1.0)
    assert closed("mse")
    said(practice.points, "mse", lambda pred, target, weight=None: np.sum(pred))
    assert not closed("mse")


def test_the_last_hint_opens_the_solution_and_says_so():
    for step in range(3):
        assert closed("mse")
        words = said(practice.hint, "mse")
        assert ('practice.solution("mse") shows our answer' in words) == (step == 2)
    assert not closed("mse")


@pytest.mark.parametrize("entry", [{"points": 1}, {"hints": 3}, {"different": 3}], ids=repr)
def test_what_was_reached_before_the_kernel_was_started_counts(entry, stored):
    stored.parent.mkdir()
    stored.write_text(json.dumps({"mse": entry}))
    assert not closed("mse")
    stored.write_text(json.dumps({"mse": {name: number - 1 for name, number in entry.items()}}))
    assert closed("mse")


# Progress --------------------------------------------------------------------------------------------------------


def progress_of(name):
    """What the table of progress says of a task: tries, hints, points."""
    (row,) = [line.split() for line in said(practice.progress).splitlines() if line.split()[1] == name]
    return row[2:]


def test_the_table_of_a_chapters_progress_fits_a_phone(stored):
    lines = said(practice.progress, "01").splitlines()
    assert max(map(len, lines)) <= 42
    assert [line.split()[0] for line in lines[1:]] == ["01"] * len(
        [t for t in practice.tasks().values() if t.chapter == "01"]
    )


def test_progress_is_kept_shown_and_forgotten(stored):
    mse = practice.tasks()["mse"]
    said(practice.check, "mse", mse.mistakes[0].code)
    said(practice.points, "mse", mse.reference)
    said(practice.check, "mse", mse.mistakes[0].code)
    said(practice.hint, "mse")
    assert json.loads(stored.read_text()) == {"mse": {"attempts": 3, "different": 2, "points": 1, "hints": 1}}
    assert progress_of("mse") == ["3", "1", "1", "of", "1"]
    assert [path.name for path in stored.parent.iterdir()] == ["progress.json"]
    practice.forget()
    practice.forget()
    assert not stored.exists()
    assert progress_of("mse") == ["0", "0", "0", "of", "1"]


def test_points_of_an_older_edition_are_never_more_than_a_task_has(stored):
    stored.parent.mkdir()
    stored.write_text(json.dumps({"mse": {"attempts": 2, "points": 3}}))
    assert progress_of("mse") == ["2", "0", "1", "of", "1"]


def test_what_is_not_attempted_is_not_kept(stored):
    said(practice.check, "mse", lambda *args: None)
    assert not stored.exists()


@pytest.mark.parametrize("text", ['{"mse": 5}', '{"mse": {"attempts": "x"}}'])
def test_a_damaged_entry_never_stops_a_check(stored, text):
    stored.parent.mkdir()
    stored.write_text(text)
    assert said(practice.check, "mse", practice.tasks()["mse"].reference) == PASSED
    assert progress_of("mse")[0] == "1"


def test_a_damaged_file_never_stops_a_check_and_is_set_aside(stored):
    stored.parent.mkdir()
    stored.write_text("{")
    told, passed = said(practice.check, "mse", practice.tasks()["mse"].reference).splitlines()
    assert "It is now progress_damaged_1.json" in told and passed == PASSED
    assert (stored.parent / "progress_damaged_1.json").read_text() == "{"
    assert progress_of("mse")[0] == "1"
    stored.write_text("{")
    assert "It is now progress_damaged_2.json" in said(practice.progress)


def test_a_place_that_cannot_be_written_to_never_stops_a_check(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("LOSSUTILS_PROGRESS", str(tmp_path / "file" / "progress.json"))
    assert said(practice.check, "mse", practice.tasks()["mse"].reference) == PASSED
    said(practice.hint, "mse")
    assert said(practice.solution, "mse").startswith("def mse(")  # the attempt is known all the same
    said(practice.progress)
    said(practice.forget)


def test_answers_do_not_depend_on_progress(stored):
    f = practice.tasks()["bed_cost"].mistakes[0].code
    before = [said(practice.points, "bed_cost", f), said(practice.hint, "bed_cost")]
    practice._hints_given.clear()  # as a fresh kernel
    assert [said(practice.points, "bed_cost", f), said(practice.hint, "bed_cost")] == before
