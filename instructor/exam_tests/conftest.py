"""A test that was made, for three variants and for six students."""

from types import SimpleNamespace

import pytest
from asking import asked

from lossexam import cli
from lossexam.making import exam_of

PEOPLE = ("Ada Lovelace", "George Boole", "=Emmy Noether", "Kurt Gödel", "Alan Turing", "Grace Hopper")
STUDENTS = "\n".join(["id,name", *(f"{number},{name}" for number, name in enumerate(PEOPLE, 101))])


@pytest.fixture(scope="session")
def exam():
    """A test of all chapters in three variants."""
    return exam_of(asked("--seed", 7, "--variants", "A", "B", "C"))


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """The folder of a test for six students, as the command makes it."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "students.csv").write_text(STUDENTS, encoding="utf-8")
    words = ["make", "--seed", "7", "--students", str(folder / "students.csv"), "--into", str(folder / "exam")]
    assert cli.main([*words, "--sheet", "--formulas", "--open", "1"]) == 0
    return SimpleNamespace(folder=folder / "exam", students=folder / "students.csv")
