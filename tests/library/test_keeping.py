"""What a learner has reached is kept in the user's own folder, and nothing of it is lost."""

import json
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from threading import Thread

import pytest

from lossutils.engine import keeping
from lossutils.questions import boxes
from tools.plumbing.kernels import isolated_environment
from tools.plumbing.pages import ROOT

# Where -----------------------------------------------------------------------------------------------------------


def test_a_home_that_no_shell_has_filled_in_is_the_users_home(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))  # what Windows calls it
    monkeypatch.setenv("LOSSUTILS_PROGRESS", "~/deep/p.json")
    assert keeping.place() == tmp_path / "deep" / "p.json"


@pytest.mark.parametrize(
    ("system", "variable", "place"),
    [
        ("linux", None, ".local/share"),
        ("linux", "XDG_DATA_HOME", "given"),
        ("darwin", None, "Library/Application Support"),
        ("win32", "LOCALAPPDATA", "given"),
        ("win32", None, "AppData/Local"),
    ],
)
def test_progress_lies_in_the_users_data_folder(system, variable, place, monkeypatch, tmp_path):
    for name in ("LOSSUTILS_PROGRESS", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr("os.path.expanduser", lambda path: str(tmp_path))
    if variable:
        monkeypatch.setenv(variable, str(tmp_path / "given"))
    assert keeping.place() == tmp_path / place / "lossutils" / "progress.json"
    assert not keeping.place().is_relative_to(ROOT)


def test_what_else_is_kept_stands_beside_the_progress_that_is_named(monkeypatch, tmp_path):
    for name, beside in {"anna": "anna_boxes", "ben.json": "ben_boxes.json"}.items():
        monkeypatch.setenv("LOSSUTILS_PROGRESS", str(tmp_path / name))
        assert keeping.place("boxes") == tmp_path / beside


def test_a_run_of_the_course_keeps_nothing_in_the_users_folder(monkeypatch, tmp_path):
    """`make refresh`, `make test` and the browser's tests run every notebook with these settings."""
    for name, value in isolated_environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    assert keeping.place().parent == boxes.file().parent == tmp_path


# One after the other -------------------------------------------------------------------------------------------------


def put(path, name):
    return keeping.change(path, lambda content: content.update({name: 1}))


def put_many(path, first):
    for number in range(40):
        put(path, f"{first}{number}")


def test_what_others_keep_stays(tmp_path):
    path = tmp_path / "folder" / "kept.json"
    for name in "ab":
        assert put(path, name) == ""
    assert keeping.read(path) == ({"a": 1, "b": 1}, "")
    assert [one.name for one in path.parent.iterdir()] == ["kept.json"]


def test_a_second_writer_waits_for_the_first(tmp_path):
    path = tmp_path / "kept.json"
    second = Thread(target=put, args=(path, "second"))

    def first(content):
        second.start()
        second.join(timeout=0.5)
        assert second.is_alive()
        content["first"] = 1

    keeping.change(path, first)
    second.join()
    assert set(keeping.read(path)[0]) == {"first", "second"}


def test_of_four_notebooks_that_write_at_once_nothing_is_lost(tmp_path):
    path = tmp_path / "kept.json"
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        list(pool.map(put_many, [path] * 4, "abcd"))
    assert len(keeping.read(path)[0]) == 160


def test_who_was_stopped_in_the_middle_keeps_nobody_waiting_for_ever(tmp_path, monkeypatch):
    monkeypatch.setattr(keeping, "PAUSES", 2)
    path = tmp_path / "kept.json"
    (tmp_path / "kept.json.part").write_text('{"half')
    put(path, "a")
    assert keeping.read(path)[0] == {"a": 1} and [one.name for one in tmp_path.iterdir()] == ["kept.json"]


@pytest.mark.parametrize("stopped", [ValueError, KeyboardInterrupt])
def test_a_change_that_fails_changes_nothing_and_keeps_nobody_waiting(stopped, tmp_path, monkeypatch):
    monkeypatch.setattr(keeping, "PAUSES", 0)
    path = tmp_path / "kept.json"
    put(path, "a")

    def fail(content):
        content.clear()
        raise stopped

    with pytest.raises(stopped):
        keeping.change(path, fail)
    assert keeping.read(path)[0] == {"a": 1} and [one.name for one in tmp_path.iterdir()] == ["kept.json"]


# Damaged -------------------------------------------------------------------------------------------------------------


DAMAGED = ["", "{", "[]", "3", "\0\0", "[" * 100_000, "\ud800"]
each_damage = pytest.mark.parametrize(
    "text", DAMAGED, ids=["empty", "half", "list", "number", "zeros", "deep", "bytes"]
)


@each_damage
@pytest.mark.parametrize("call", [keeping.read, lambda path: put(path, "a")], ids=["read", "changed"])
def test_a_damaged_file_is_set_aside_and_that_is_said(call, text, tmp_path):
    path, aside = tmp_path / "kept.json", tmp_path / "kept_damaged_1.json"
    path.write_bytes(text.encode(errors="surrogatepass"))
    said = call(path)
    assert "It is now kept_damaged_1.json" in (said if isinstance(said, str) else said[1])
    assert aside.read_bytes().decode(errors="surrogatepass") == text
    assert set(json.loads(path.read_text())) == (set() if call is keeping.read else {"a"})
    assert keeping.read(path)[1] == ""


def test_a_second_damaged_file_does_not_replace_the_first_and_both_can_be_removed(tmp_path):
    path = tmp_path / "kept.json"
    (tmp_path / "kept_other.json").write_text("{}")
    for text in ("first", "second"):
        path.write_text(text)
        keeping.read(path)
    assert [(tmp_path / f"kept_damaged_{n}.json").read_text() for n in (1, 2)] == ["first", "second"]
    keeping.remove(path)
    keeping.remove(path)
    assert [one.name for one in tmp_path.iterdir()] == ["kept_other.json"]


def test_what_cannot_be_read_is_not_replaced(tmp_path):
    path = tmp_path / "kept.json"
    path.mkdir()
    for call in (keeping.read, lambda path: put(path, "a")):
        with pytest.raises(OSError):
            call(path)
    assert path.is_dir() and [one.name for one in tmp_path.iterdir()] == ["kept.json"]
