"""`course.py renew 04`: the new edition takes its place, and nothing that a learner wrote is ever lost."""

import shutil

import pytest

from tools import commands
from tools.setup import my_course, renewal
from tools.setup.environment import Problem

LECTURE, EXERCISE, SOLUTION = (f"{folder}/04_squares.ipynb" for folder in my_course.FOLDERS)


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


@pytest.fixture
def root(tmp_path):
    """A course in its first edition, and a learner's copy of it."""
    for name in (LECTURE, EXERCISE, SOLUTION, "notebooks/08_binary.ipynb", "notebooks/cheat_sheet.ipynb"):
        write(tmp_path / name, f"{name}, first edition")
    my_course.update(tmp_path, tmp_path / "my_course")
    return tmp_path


def renew(root, *names):
    return renewal.renew(root, root / "my_course", names)


def edition(root, text, *names):
    for name in names or (LECTURE, EXERCISE, SOLUTION):
        write(root / name, text)


def kept(root):
    """What lies in the copy, by name."""
    files = ((path, path.relative_to(root / "my_course").as_posix()) for path in (root / "my_course").rglob("*.ipynb"))
    return {name: path.read_text(encoding="utf-8") for path, name in sorted(files)}


def test_an_untouched_copy_is_replaced_and_a_changed_one_kept_beside_the_new_edition(root):
    write(root / "my_course" / EXERCISE, "my answers")
    edition(root, "second edition")
    before = kept(root)
    assert renew(root, "04") == [
        f"{LECTURE}: the new edition. You had not changed yours.",
        f"{EXERCISE}: the new edition. Yours is beside it: 04_squares (mine, 1).ipynb",
        f"{SOLUTION}: the new edition. You had not changed yours.",
    ]
    new = dict.fromkeys((LECTURE, EXERCISE, SOLUTION), "second edition")
    assert kept(root) == before | new | {"exercises/04_squares (mine, 1).ipynb": "my answers"}
    assert my_course.update(root, root / "my_course") == ([], [])


def test_several_renewals_keep_all(root):
    for number in (1, 2, 3):
        write(root / "my_course" / LECTURE, f"my work {number}")
        edition(root, f"edition {number + 1}")
        renew(root, "4")
    assert [kept(root)[f"notebooks/04_squares (mine, {n}).ipynb"] for n in (1, 2, 3)] == [
        "my work 1",
        "my work 2",
        "my work 3",
    ]
    assert kept(root)[LECTURE] == "edition 4"


@pytest.mark.parametrize("record", [None, "{", "[]", "{}"])
def test_without_a_record_a_copy_that_differs_counts_as_changed(root, record):
    file = root / "my_course" / my_course.RECORD
    file.unlink() if record is None else file.write_text(record)
    edition(root, "second edition", LECTURE)
    assert renew(root, "04") == [f"{LECTURE}: the new edition. Yours is beside it: 04_squares (mine, 1).ipynb"]
    assert kept(root)["notebooks/04_squares (mine, 1).ipynb"] == f"{LECTURE}, first edition"


def test_nothing_to_renew_is_said_and_nothing_is_touched(root):
    before = kept(root)
    assert renew(root, "04", "08") == [f"Nothing to renew: {root / 'my_course'} has the newest edition of 04, 08."]
    write(root / "my_course" / LECTURE, "my notes")
    assert renew(root, "04") == [f"{LECTURE}: nothing new; yours, with your changes, stays."]
    assert kept(root) == before | {LECTURE: "my notes"}


def test_what_is_new_or_was_deleted_is_added(root):
    shutil.rmtree(root / "my_course" / "solutions")
    assert renew(root, "04") == [f"{SOLUTION}: added."]
    assert kept(root)[SOLUTION] == f"{SOLUTION}, first edition"


def test_all_renews_every_notebook_and_a_number_no_other(root):
    edition(root, "second edition", LECTURE, "notebooks/08_binary.ipynb", "notebooks/cheat_sheet.ipynb")
    renew(root, "cheat_sheet")
    assert kept(root)["notebooks/08_binary.ipynb"] == "notebooks/08_binary.ipynb, first edition"
    assert len(renew(root, "all")) == 2
    assert my_course.update(root, root / "my_course") == ([], [])


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ((), "Say which chapter: python tools/course.py renew 04"),
        (("77",), "There is no chapter 77. There are: 04, 08, cheat_sheet."),
        (("04", "5", "x"), "There is no chapter 05, x."),
        (("../04_squares",), "There is no chapter ../04_squares."),
    ],
)
def test_what_is_not_there_is_refused_in_words_and_nothing_is_done(root, names, words):
    edition(root, "second edition")
    before = kept(root)
    with pytest.raises(Problem) as problem:
        renew(root, *names)
    assert str(problem.value).startswith(words) and kept(root) == before


def test_without_a_copy_the_command_that_makes_one_is_named(root):
    with pytest.raises(Problem, match="make learn"):
        renewal.renew(root, root / "elsewhere", ["04"])
    assert not (root / "elsewhere").exists()


@pytest.mark.parametrize("fails", ["copyfile", "replace"])
def test_a_folder_that_cannot_be_written_to_gives_a_sentence_and_the_work_is_there(root, monkeypatch, fails):
    write(root / "my_course" / LECTURE, "my work")
    edition(root, "second edition", LECTURE)

    def refuse(*_, **__):  # permission bits would not stop root, who tests in containers
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(shutil if fails == "copyfile" else renewal.os, fails, refuse)
    with pytest.raises(Problem, match=r"can't be renewed, and nothing of yours is lost:\n.*Permission denied"):
        renew(root, "04")
    assert "my work" in kept(root).values()
    monkeypatch.undo()
    renew(root, "04")
    assert (kept(root)[LECTURE], "my work" in kept(root).values()) == ("second edition", True)


def test_the_report_of_changed_originals_names_the_command(root):
    edition(root, "second edition", LECTURE, "notebooks/cheat_sheet.ipynb")
    report = my_course.report(root / "my_course", *my_course.update(root, root / "my_course"))
    assert report.endswith("  python tools/course.py renew 04 cheat_sheet")


def test_the_command_renews_the_copy_that_the_variable_names(root, monkeypatch, capsys):
    monkeypatch.setattr(commands, "ROOT", root)
    monkeypatch.setenv(my_course.PLACE, str(root / "my_course"))
    edition(root, "second edition", LECTURE)
    assert commands.main(["renew", "04"]) == 0
    assert capsys.readouterr().out == f"{LECTURE}: the new edition. You had not changed yours.\n"
    assert commands.main(["renew", "99"]) == 1
    assert capsys.readouterr().err.startswith("There is no chapter 99.")
