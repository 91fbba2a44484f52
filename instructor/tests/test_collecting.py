"""What is handed in is found, whoever has packed it, and nobody is left out in silence."""

from __future__ import annotations

import io
import json
import os
import stat
import struct
import subprocess
import tracemalloc
import unicodedata
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lossgrade import archives, collecting, course, steps
from lossgrade.book import Book
from lossgrade.notebook import Unreadable
from lossgrade.refusals import NoMatch, NothingFound
from lossgrade.workspace import Workspace, safe_name

NAME = "01_what_is_a_loss"
FILE = f"{NAME}.ipynb"
EARLY, LATE = (2026, 11, 30, 12, 0, 0), (2026, 12, 2, 12, 0, 0)


@pytest.fixture(scope="session")
def notebook(chapter):
    """A notebook of chapter 01 that is like no other."""

    def made(text):
        cells = [{"cell_type": "markdown", "metadata": {}, "source": text}, *chapter.release["cells"]]
        return json.dumps(chapter.release | {"cells": cells}).encode()

    return made


def zipped(file, entries, when=LATE, method=zipfile.ZIP_DEFLATED):
    """Write an archive of {name: bytes}; a name that ends with / is a folder."""
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in entries.items():
            archive.writestr(zipfile.ZipInfo(name, when), data, method)
    return file


def packed(entries):
    """Return an archive's bytes."""
    file = io.BytesIO()
    zipped(file, entries)
    return file.getvalue()


def folder(place, entries):
    """Write a folder of {path: bytes}; a path that ends with / is an empty folder."""
    for name, data in entries.items():
        path = place / name
        (path if name.endswith("/") else path.parent).mkdir(parents=True, exist_ok=True)
        if not name.endswith("/"):
            path.write_bytes(data)
    return place


def found(place, chapter):
    """Return {student: bytes} of what counts, and the lines about the rest."""
    all_of_it = collecting.collected(place, chapter)
    return {one.student: one.read() for one in all_of_it.chosen}, all_of_it.notes


def lines(notes, beginning):
    return [note for note in notes if note.startswith(f"{beginning}: ")]


# --- whose it is ---


def test_a_plain_folder_names_its_students(tmp_path, chapter, notebook):
    folder(tmp_path, {f"ada/{FILE}": notebook("a"), f"Jürgen O'Neil 2_b/{FILE}": notebook("b")})
    counts, notes = found(tmp_path, chapter)
    assert counts == {"ada": notebook("a"), "Jürgen O_Neil 2_b": notebook("b")}
    assert notes == []


def test_a_students_folder_may_be_deep(tmp_path, chapter, notebook):
    folder(tmp_path, {f"ada/week 1/mine/{FILE}": notebook("a"), "bob/x.txt": b""})
    counts, notes = found(tmp_path, chapter)
    assert counts == {"ada": notebook("a")}
    assert lines(notes, "bob")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no folders as deep as this")
def test_a_folder_may_be_deeper_than_python_calls_itself(tmp_path, chapter, notebook):
    place = folder(tmp_path, {f"ada/{FILE}": notebook("a"), "eve/": b""})
    os.makedirs(place / "eve" / "/".join(["d"] * 550))
    (place / "eve" / "d").rename(tmp_path / "d")
    os.makedirs(place / "eve" / "/".join(["e"] * 550))
    (tmp_path / "d").rename(place / "eve" / "/".join(["e"] * 550) / "d")
    try:
        counts, notes = found(place, chapter)
    finally:
        subprocess.run(["rm", "-rf", place / "eve"], check=True)  # as pytest could not
    assert counts == {"ada": notebook("a")}
    assert notes == [f"eve: nothing of {NAME}; handed in: an empty folder."]


# as mod/assign/classes/downloader.php writes them: underscores of a name are spaces, the id follows
MOODLE = {
    "Ada Lovelace_1001_assignsubmission_file": ("1001", "Ada Lovelace"),
    "Jörg Müller-Lüdenscheidt_1002_assignsubmission_file": ("1002", "Jörg Müller-Lüdenscheidt"),
    "Sinéad O'Connor_1003_assignsubmission_file": ("1003", "Sinéad O'Connor"),
    "R2 D2 42_1004_assignsubmission_file": ("1004", "R2 D2 42"),
    "李 小龙_1005_assignsubmission_file": ("1005", "李 小龙"),
    "Participant_1006_assignsubmission_file": ("1006", "Participant"),
    "Default group_assignsubmission_file": ("Default group", "Default group"),
}


@pytest.mark.parametrize("between", ["/", "_/", "_"], ids=["folders", "folders of old", "flat"])
def test_moodles_archive_names_its_students(tmp_path, chapter, notebook, between):
    entries = {f"{name}{between}{FILE}": notebook(name) for name in MOODLE}
    everything = collecting.collected(zipped(tmp_path / "all.zip", entries), chapter)
    assert everything.students == dict(MOODLE.values())
    assert {one.student: one.read() for one in everything.chosen} == {
        student: notebook(name) for name, (student, _) in MOODLE.items()
    }
    unpacked = folder(tmp_path / "unpacked", entries)
    assert collecting.collected(unpacked, chapter).students == dict(MOODLE.values())


def test_a_name_with_underscores_is_read_to_its_number(tmp_path, chapter, notebook):
    folder(tmp_path, {f"Ada_B_2_Love_77_assignsubmission_file_/{FILE}": notebook("a")})
    assert collecting.collected(tmp_path, chapter).students == {"77": "Ada_B_2_Love"}


# as lib/content_zipper.rb writes them
CANVAS = {
    "lovelaceada_4711_815": ("4711", "lovelaceada"),
    "müllerjörg_LATE_4712_816": ("4712", "müllerjörg"),
    "o_brien_jr_4713_817": ("4713", "o_brien_jr"),
    "r2d2_4714_818": ("4714", "r2d2"),
    "99_4715_819": ("4715", "99"),
    "_4716_820": ("4716", ""),
    "group1_10000000004717_821": ("10000000004717", "group1"),
    "anon_aB3dE_822": ("anon_aB3dE", ""),
    "LATE_anon_12345_823": ("anon_12345", ""),
}


def test_canvas_archive_names_its_students(tmp_path, chapter, notebook):
    entries = {f"{name}_{FILE}": notebook(name) for name in CANVAS}
    everything = collecting.collected(zipped(tmp_path / "submissions.zip", entries), chapter)
    assert everything.students == dict(CANVAS.values())
    assert {one.student: one.read() for one in everything.chosen} == {
        student: notebook(name) for name, (student, _) in CANVAS.items()
    }
    late = {one.student for one in everything.chosen if "Canvas says that it was handed in late." in one.notes}
    assert late == {"4712", "anon_12345"}
    assert "4712: Canvas says that it was handed in late." in everything.notes


def test_what_was_typed_into_canvas_is_said(tmp_path, chapter):
    typed = {"lovelaceada_4711_text.html": b"hello", "bobb_LATE_4712_link.html": b"there"}
    counts, notes = found(zipped(tmp_path / "submissions.zip", typed), chapter)
    assert counts == {}
    assert f"4711: nothing of {NAME}; handed in: text.html." in notes
    assert f"4712: nothing of {NAME}; handed in: link.html." in notes


def test_nobody_hands_in_for_another_by_a_files_name(tmp_path, chapter, notebook):
    evil = f"evil_999_assignsubmission_file_{FILE}"
    entries = {
        f"evee_4711_815_{evil}": notebook("canvas"),
        f"anon_aB3dE_815_{evil}": notebook("anonymous"),
        f"Eve E_1001_assignsubmission_file_{evil}": notebook("flat"),
        f"Eve F_1002_assignsubmission_file/x_999_assignsubmission_file/{FILE}": notebook("folders"),
        f"plain/x_999_assignsubmission_file/{FILE}": notebook("plain"),
        f"exchange/ada+{NAME}+2026-12-01 15:58:23.9 UTC/{FILE}": notebook("exchange"),
        f"numbers/ada_77_88_{FILE}": notebook("numbers"),
    }
    for place in (zipped(tmp_path / "all.zip", entries), folder(tmp_path / "all", entries)):
        people = collecting.collected(place, chapter).students
        assert set(people) == {"4711", "anon_aB3dE", "1001", "1002", "plain", "exchange", "numbers"}


def test_nbgraders_exchange_names_its_students(tmp_path, chapter, notebook):
    inbound = {
        f"ada+{NAME}+2026-12-01 15:58:23.948203 UTC+q_-Zx8Yw": ("ada", notebook("old")),
        f"ada+{NAME}+2026-12-02 15:58:23.948203 UTC+aaaaaaaa": ("ada", notebook("new")),
        f"b+c+{NAME}+2026-12-01 15:58:23.948203 +0100+q_-Zx8Yw": ("b+c", notebook("plus")),
        f"dan+{NAME}+2026-12-01 15:58:23.948203 UTC": ("dan", notebook("short")),
    }
    course_folder = {f"inbound/{name}/{FILE}": data for name, (_, data) in inbound.items()}
    course_folder |= {f"inbound/{name}/timestamp.txt": b"2020-01-01 00:00:00.0 UTC" for name in inbound}
    course_folder |= {f"outbound/{NAME}/{FILE}": notebook("released")}
    course_folder |= {
        "inbound/eva+02_how_a_loss_teaches+2026-12-01 15:58:23.0 UTC+q/02_how_a_loss_teaches.ipynb": b"{}"
    }
    place = folder(tmp_path / "exchange", course_folder)
    for one in (place, place / "inbound"):
        everything = collecting.collected(one, chapter)
        assert {one.student: one.read() for one in everything.chosen} == {
            "ada": notebook("new"),
            "b+c": notebook("plus"),
            "dan": notebook("short"),
        }
        handed = {one.student: one.handed for one in everything.chosen}
        assert handed["ada"] == datetime(2026, 12, 2, 15, 58, 23, 948203, UTC)
        assert handed["b+c"] == datetime(2026, 12, 1, 14, 58, 23, 948203, UTC)
        assert f"eva: nothing of {NAME}; handed in: 02_how_a_loss_teaches.ipynb." in everything.notes


def test_nbgraders_submitted_tree_has_its_own_times(tmp_path, chapter, notebook):
    tree = {
        f"submitted/ada/{NAME}/{FILE}": notebook("a"),
        f"submitted/ada/{NAME}/timestamp.txt": b"2015-02-02 15:58:23.948203 UTC\n",
        f"submitted/bob/{NAME}/timestamp.txt": b"2015-02-02 15:58:23.948203 UTC\n",
        f"submitted/bob/{NAME}/notes.txt": b"",
        f"submitted/cyd/{NAME}/{FILE}": notebook("c"),
        f"submitted/cyd/{NAME}/timestamp.txt": b"yesterday",
        f"submitted/dan/{NAME}/timestamp.txt": b"2015-02-02 15:58:23.948203 UTC\n",
        f"release/{NAME}/{FILE}": notebook("released"),
    }
    place = folder(tmp_path, tree)
    inside = {name.removeprefix("submitted/"): data for name, data in tree.items() if name.startswith("submitted/")}
    for one in (place, place / "submitted", zipped(tmp_path / "tree.zip", inside)):
        everything = collecting.collected(one, chapter)
        handed = {one.student: one.handed for one in everything.chosen}
        assert set(handed) == {"ada", "cyd"}
        assert handed["ada"] == datetime(2015, 2, 2, 15, 58, 23, 948203, UTC)
        assert handed["cyd"] > datetime(2020, 1, 1, tzinfo=UTC)
        assert f"bob: nothing of {NAME}; handed in: notes.txt." in everything.notes
        assert f"dan: nothing of {NAME}; handed in: an empty folder." in everything.notes


def test_a_students_own_timestamp_is_believed_nowhere_else(tmp_path, chapter, notebook):
    tree = {
        f"ada/{FILE}": notebook("a"),
        "ada/timestamp.txt": b"2015-02-02 15:58:23.948203 UTC",
        f"Bob_1_assignsubmission_file/{NAME}/{FILE}": notebook("b"),
        f"Bob_1_assignsubmission_file/{NAME}/timestamp.txt": b"2015-02-02 15:58:23.948203 UTC",
    }
    for place in (folder(tmp_path / "all", tree), zipped(tmp_path / "all.zip", tree)):
        assert {
            one.student for one in collecting.collected(place, chapter).chosen if one.handed and one.handed.year < 2020
        } == set()


def test_a_folder_may_hold_several_archives(tmp_path, chapter, notebook):
    zipped(tmp_path / "group A.zip", {f"Ada L_1001_assignsubmission_file/{FILE}": notebook("monday")}, EARLY)
    zipped(tmp_path / "group B.ZIP", {f"Bob B_1002_assignsubmission_file/{FILE}": notebook("b")}, EARLY)
    zipped(tmp_path / "canvas.zip", {f"cydc_4711_815_{FILE}": notebook("c")})
    zipped(tmp_path / "again.zip", {f"Ada L_1001_assignsubmission_file/{FILE}": notebook("tuesday")}, LATE)
    counts, notes = found(tmp_path, chapter)
    assert counts == {"1001": notebook("tuesday"), "1002": notebook("b"), "4711": notebook("c")}
    assert any("handed in 2 notebooks" in line for line in lines(notes, "1001"))


def test_a_students_own_archive_is_not_taken_for_a_platforms(tmp_path, chapter, notebook):
    place = folder(tmp_path, {"lovelaceada_4711_815_mine.zip": packed({f"bob/{FILE}": notebook("a")})})
    counts, notes = found(place, chapter)
    assert counts == {"4711": notebook("a")}


def test_a_notebook_that_is_nobodys_is_said(tmp_path, chapter, notebook):
    entries = {f"ada/{FILE}": notebook("a"), "bob.ipynb": notebook("b")}
    for place in (folder(tmp_path / "all", entries), zipped(tmp_path / "all.zip", entries)):
        counts, notes = found(place, chapter)
        assert set(counts) == {"ada"}
        assert [line for line in notes if line.startswith("bob.ipynb is left out")]
    with pytest.raises(NothingFound, match=r"bob\.ipynb is left out"):
        collecting.collected(zipped(tmp_path / "one.zip", {"bob.ipynb": notebook("b")}), chapter)


TOO_HIGH = {
    "moodle": [f"Ada_1_assignsubmission_file/{FILE}"],
    "canvas": [f"ada_4711_815_{FILE}"],
    "exchange": [f"ada+{NAME}+2026-12-01 15:58:23.9 UTC/{FILE}"],
    "plain": [f"ada/{FILE}", f"bob/b/{FILE}", "cyd/x.txt"],
}


@pytest.mark.parametrize("kind", TOO_HIGH)
def test_a_folder_too_high_is_refused(tmp_path, chapter, notebook, kind):
    place = folder(tmp_path / "place", {f"download/{inside}": notebook("a") for inside in TOO_HIGH[kind]})
    archive = zipped(tmp_path / "all.zip", {f"download/{inside}": notebook("a") for inside in TOO_HIGH[kind]})
    for one in (place, archive):
        with pytest.raises(NothingFound, match="lies in the folder download"):
            collecting.collected(one, chapter)
    assert collecting.collected(place / "download", chapter).chosen


def test_one_students_folders_are_no_reason_to_refuse(tmp_path, chapter, notebook):
    for number, name in enumerate(("ada", "Ada_1_assignsubmission_file")):
        place = folder(tmp_path / str(number), {f"{name}/{FILE}": notebook("a"), f"{name}/old/{FILE}": notebook("b")})
        assert len(collecting.collected(place, chapter).chosen) == 1
    place = folder(tmp_path / "both", {f"{name}/a/{FILE}": notebook("a"), f"{name}/b/{FILE}": notebook("b")})
    assert len(collecting.collected(place, chapter).chosen) == 1


@pytest.mark.parametrize("name", ["a\x1b[2Jb", "a\u202eb", "a\nb", "a\x07b"])
def test_no_name_moves_the_cursor_of_the_lecturers_terminal(tmp_path, chapter, name):
    entries = {f"ada/{name}": b"", f"{name}.txt": b""}
    places = [zipped(tmp_path / "all.zip", entries)]
    places += [folder(tmp_path / "all", entries)] if os.name != "nt" else []
    for place in places:
        _, notes = found(place, chapter)
        assert all(line.isprintable() for line in notes) and len(notes) == 2


def test_a_name_in_no_encoding_can_be_shown(tmp_path, chapter):
    (tmp_path / "ada").mkdir()
    try:
        with open(os.fsencode(tmp_path) + b"/ada/\xff.txt", "wb"):
            pass
    except OSError:
        pytest.skip("this system has no such names")
    _, notes = found(tmp_path, chapter)
    assert notes == [f"ada: nothing of {NAME}; handed in: \ufffd.txt."]
    assert "".join(notes).encode()


def test_names_are_the_same_whichever_system_has_written_them(tmp_path, chapter, notebook):
    for form in ("NFC", "NFD"):
        name = unicodedata.normalize(form, "Jörg Ångström")
        place = folder(tmp_path / form, {f"{name}/{FILE}": notebook("a")})
        assert set(collecting.collected(place, chapter).students) == {"Jörg Ångström"}
    name = unicodedata.normalize("NFD", "Jörg")
    place = zipped(tmp_path / "nfd.zip", {f"{name}_7_assignsubmission_file/{FILE}": notebook("a")})
    assert collecting.collected(place, chapter).students == {"7": "Jörg"}
    archive = packed({f"Jörg/{FILE}": notebook("a")})
    place = tmp_path / "macos.zip"
    place.write_bytes(_without_flag(archive))
    assert set(collecting.collected(place, chapter).students) == {"Jörg"}


def _without_flag(data):
    """macOS writes names in UTF-8 and leaves out the flag that says so."""
    for head, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        place = data.index(head) + at
        data = data[:place] + b"\0\0" + data[place + 2 :]
    return data


# --- which of them ---

COPIES = [
    FILE,
    f"{NAME} (1).ipynb",
    f"{NAME}(12).ipynb",
    f"{NAME}-Copy1.ipynb",
    f"{NAME}-1.ipynb",
    f"{NAME}-2.IPYNB",
    f"{NAME} - Kopie.ipynb",
    f"{NAME} - Kopie (2).ipynb",
    f"{NAME} - Copy.ipynb",
    f"{NAME} copy.ipynb",
    f"{NAME} copy 2.ipynb",
    f"{NAME}_copy.ipynb",
    f"{NAME}-Copy1 (1).ipynb",
    f"copy of {NAME}.ipynb",
    f"Copy of {NAME} (1).ipynb",
    f"Kopie von {NAME}.ipynb",
    f"Copy_of_{NAME}.ipynb".replace("Copy_of", "copy of"),
    f"{NAME}.ipynb.txt",
    f"{NAME}.ipynb.json",
    NAME.upper() + ".ipynb",
]


@pytest.mark.parametrize("name", COPIES)
def test_a_copys_name_is_recognised(tmp_path, chapter, name):
    counts, notes = found(folder(tmp_path, {f"ada/{name}": b"{}"}), chapter)  # with no cells to go by
    assert counts == {"ada": b"{}"}
    assert notes == []


@pytest.mark.parametrize("name", [f"{NAME}s.ipynb", "02_how_a_loss_teaches.ipynb", "loss.ipynb", f"{NAME}.pdf"])
def test_another_name_is_not(tmp_path, chapter, name):
    assert found(folder(tmp_path, {f"ada/{name}": b"{}"}), chapter)[0] == {}


def test_a_renamed_notebook_is_recognised_by_its_cells(tmp_path, chapter, notebook):
    lost = json.dumps({"cells": [{"cell_type": "code", "source": f"def {chapter.tasks[0].name}(x):\n    pass"}]})
    place = folder(tmp_path, {"ada/mine.ipynb": notebook("a"), "bob/Untitled.ipynb": lost.encode()})
    counts, notes = found(place, chapter)
    assert counts == {"ada": notebook("a"), "bob": lost.encode()}
    assert f"ada: mine.ipynb is taken for {NAME}, by its cells." in notes


def test_a_renamed_notebook_beside_the_right_name_is_said(tmp_path, chapter, notebook):
    counts, notes = found(folder(tmp_path, {f"ada/{FILE}": notebook("a"), "ada/done.ipynb": notebook("b")}), chapter)
    assert counts == {"ada": notebook("a")}
    assert lines(notes, "ada") == [f"ada: done.ipynb holds cells of the chapter too, but {FILE} has its name."]


def test_the_newer_of_two_counts_and_the_note_says_so(tmp_path, chapter, notebook):
    place = folder(tmp_path, {f"ada/{FILE}": notebook("old"), f"ada/b/{NAME} (1).ipynb": notebook("new")})
    for name, day in ((FILE, 3), (f"b/{NAME} (1).ipynb", 2)):
        time = datetime(2026, 12, day, tzinfo=UTC).timestamp()
        os.utime(place / "ada" / name, (time, time))
    counts, notes = found(place, chapter)
    assert counts == {"ada": notebook("old")}  # the file's time counts, not its name's number
    assert notes == [f"ada: handed in 2 notebooks; {FILE} is the newest, and counts ({NAME} (1).ipynb does not)."]


def test_in_a_platforms_archive_the_number_says_which_is_newer(tmp_path, chapter, notebook):
    names = [f"{NAME}-10.ipynb", f"{NAME}-2.ipynb", FILE]
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:  # whose times are those of the download
        for second, name in enumerate(names):
            entry = zipfile.ZipInfo(f"lovelaceada_4711_81{second}_{name}", (2026, 12, 2, 12, 0, 2 * second))
            archive.writestr(entry, notebook(name))
    counts, notes = found(tmp_path / "all.zip", chapter)
    assert counts == {"4711": notebook(names[0])}
    assert f"4711: handed in 3 notebooks; {names[0]} is the newest, and counts ({names[1]}, {FILE} does not)." in notes


def test_a_platforms_archive_makes_nobody_late(tmp_path, chapter, notebook):
    place = zipped(tmp_path / "all.zip", {f"Ada_1_assignsubmission_file/{FILE}": notebook("a")})
    everything = collecting.collected(place, chapter)
    assert [one.handed for one in everything.chosen] == [None]
    assert everything.notes[-1] == "Nothing says when these were handed in, and they count as in time: 1 notebooks."


@pytest.mark.parametrize(
    "name", ["essay.pdf", "02_how_a_loss_teaches.ipynb", "code.py", "a/b.zip", "x.rar"], ids=lambda name: name[-4:]
)
def test_who_hands_in_something_else_gets_a_line(tmp_path, chapter, notebook, name):
    data = json.dumps(course.chapter("02").release).encode() if name.endswith(".ipynb") else b"%PDF"
    entries = {f"ada/{name}": data, f"bob/{FILE}": notebook("b")}
    for place in (folder(tmp_path / "all", entries), zipped(tmp_path / "all.zip", entries)):
        everything = collecting.collected(place, chapter)
        assert [one.student for one in everything.chosen] == ["bob"]
        assert lines(everything.notes, "ada")[-1] == f"ada: nothing of {NAME}; handed in: {name.split('/')[-1]}."
        assert "ada" in everything.students


def test_an_empty_folder_is_mentioned(tmp_path, chapter, notebook):
    entries = {
        f"ada/{FILE}": notebook("a"),
        "ada/empty/": b"",
        "Bob_7_assignsubmission_file/": b"",
        "cyd/deep/er/": b"",
        "dan/.ipynb_checkpoints/x.ipynb": b"{}",
    }
    for place in (folder(tmp_path / "all", entries), zipped(tmp_path / "all.zip", entries)):
        everything = collecting.collected(place, chapter)
        assert set(everything.students) == {"ada", "7", "cyd", "dan"}
        for student in ("7", "cyd", "dan"):
            assert f"{student}: nothing of {NAME}; handed in: an empty folder." in everything.notes


def test_what_systems_leave_behind_is_ignored(tmp_path, chapter, notebook):
    left = ["__MACOSX/ada/._x.ipynb", f"ada/.ipynb_checkpoints/{FILE}", "ada/.DS_Store", "ada/Thumbs.db", ".hidden/x"]
    entries = {f"ada/{FILE}": notebook("a")} | {name: notebook("left") for name in left}
    for place in (folder(tmp_path / "all", entries), zipped(tmp_path / "all.zip", entries)):
        assert found(place, chapter) == ({"ada": notebook("a")}, [])


# --- archives in archives ---


def test_the_one_notebook_in_a_students_archive_is_taken(tmp_path, chapter, notebook):
    inside = {f"home/{FILE}": notebook("a"), "__MACOSX/._x.ipynb": b"", "home/.ipynb_checkpoints/x.ipynb": b"{}"}
    entries = {
        "Ada_1_assignsubmission_file/mine.zip": packed(inside),
        "Bob_2_assignsubmission_file/mine.ZIP": packed({"mine.ipynb": notebook("b")}),
        "Cyd_3_assignsubmission_file/all.zip": packed({FILE: notebook("c"), "02_x.ipynb": b"{}"}),
    }
    for place in (folder(tmp_path / "all", entries), zipped(tmp_path / "all.zip", entries)):
        counts, notes = found(place, chapter)
        assert counts == {"1": notebook("a"), "2": notebook("b"), "3": notebook("c")}
        assert f"1: {FILE} is taken out of mine.zip." in notes


def test_what_is_not_taken_from_a_students_archive_is_said(tmp_path, chapter, notebook):
    link = zipfile.ZipInfo(FILE)
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    linked = io.BytesIO()
    with zipfile.ZipFile(linked, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    entries = {
        "two/x.zip": packed({"a.ipynb": notebook("a"), "b.ipynb": notebook("b")}),
        "twice/x.zip": packed({f"a/{FILE}": notebook("a"), f"b/{FILE}": notebook("b")}),
        "none/x.zip": packed({"essay.pdf": b""}),
        "deep/x.zip": packed({"y.zip": packed({FILE: notebook("a")})}),
        "other/x.zip": packed({"02_x.ipynb": b"{}"}),
        "damaged/x.zip": packed({FILE: notebook("a")})[:-30],
        "outside/x.zip": packed({f"../{FILE}": notebook("a")}),
    }
    place = folder(tmp_path / "all", entries)
    counts, notes = found(place, chapter)
    assert counts == {}
    said = {student: lines(notes, student)[0].removeprefix(f"{student}: nothing is taken out of x.zip: ")
            for student in (name.split("/")[0] for name in entries)}  # fmt: skip
    assert said["two"] == f"it holds 2 notebooks, 0 of them called {NAME}."
    assert said["twice"] == f"it holds 2 notebooks, 2 of them called {NAME}."
    assert said["none"] == said["deep"] == said["outside"] == f"it holds 0 notebooks, 0 of them called {NAME}."
    assert said["other"] == f"02_x.ipynb is not of {NAME}."
    assert said["damaged"].startswith("it is no ZIP archive, or it is damaged")
    place = folder(tmp_path / "linked", {"eve/x.zip": linked.getvalue()})
    (only,) = collecting.collected(place, chapter).chosen
    with pytest.raises(Unreadable, match="link"):
        only.read()


def test_a_students_archive_of_too_many_files_is_not_opened(monkeypatch, tmp_path, chapter):
    monkeypatch.setattr(archives, "ENTRIES", 50)
    entries = {"ada/x.zip": packed({f"{number}.txt": b"" for number in range(51)})}
    _, notes = found(folder(tmp_path, entries), chapter)
    assert notes[0] == "ada: nothing is taken out of x.zip: it holds more than 50 files."


# --- what is built to do harm ---


def reading(place, chapter):
    (only,) = collecting.collected(place, chapter).chosen
    return only.read()


def test_a_bomb_is_not_unpacked(tmp_path, chapter):
    zipped(tmp_path / "bomb.zip", {f"eve/{FILE}": bytes(120_000_000)})
    tracemalloc.start()
    with pytest.raises(Unreadable, match="would have 120 MB when it is unpacked"):
        reading(tmp_path / "bomb.zip", chapter)
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_a_lying_size_gives_no_more_than_it_says(tmp_path, chapter):
    data = packed({f"eve/{FILE}": bytes(30_000_000)})
    lying = data.replace(struct.pack("<I", 30_000_000), struct.pack("<I", 1000))
    assert lying != data
    (tmp_path / "lying.zip").write_bytes(lying)
    tracemalloc.start()
    with pytest.raises(Unreadable, match="cannot be unpacked"):
        reading(tmp_path / "lying.zip", chapter)
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_zipfile_would_unpack_whole_is_not_read(tmp_path, chapter, method):
    zipped(tmp_path / "bomb.zip", {f"eve/{FILE}": bytes(10_000_000)}, method=method)
    with pytest.raises(Unreadable, match="packed in a way that is not read here"):
        reading(tmp_path / "bomb.zip", chapter)


def test_an_archive_of_too_many_or_too_large_files_is_refused(monkeypatch, tmp_path, chapter):
    place = zipped(tmp_path / "many.zip", {f"s{number}/{FILE}": b"{}" for number in range(51)})
    monkeypatch.setattr(archives, "ENTRIES", 50)
    with pytest.raises(NothingFound, match=r"many\.zip cannot be opened: it holds 51 files, more than 50"):
        collecting.collected(place, chapter)
    monkeypatch.setattr(archives, "ENTRIES", 51)
    monkeypatch.setattr(archives, "TOGETHER", 100)
    with pytest.raises(NothingFound, match="it holds more than"):
        collecting.collected(place, chapter)


def test_names_that_lead_elsewhere_are_left_out(tmp_path, chapter, notebook):
    away = [
        f"../../{FILE}",
        f"/etc/{FILE}",
        f"ada/../../bob/{FILE}",
        f"C:/eve/{FILE}",
        f"..\\eve\\{FILE}",
        f"\\x\\{FILE}",
    ]
    place = zipped(tmp_path / "all.zip", {f"ada/{FILE}": notebook("a")} | {name: notebook("x") for name in away})
    counts, notes = found(place, chapter)
    assert counts == {"ada": notebook("a")}
    assert len([line for line in notes if "is left out" in line]) == len(away)


def test_an_archives_link_is_not_followed(tmp_path, chapter):
    entry = zipfile.ZipInfo(f"eve/{FILE}")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr(entry, "/etc/passwd")
    with pytest.raises(Unreadable, match="the file is a link"):
        reading(tmp_path / "all.zip", chapter)


def test_an_encrypted_file_is_said_to_be_so(tmp_path, chapter):
    data = bytearray(packed({f"eve/{FILE}": b"secret"}))
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    (tmp_path / "all.zip").write_bytes(data)
    with pytest.raises(Unreadable, match="encrypted"):
        reading(tmp_path / "all.zip", chapter)


def test_damaged_data_harm_one_student_only(tmp_path, chapter, notebook):
    data = bytearray(packed({f"ada/{FILE}": notebook("a"), f"eve/{FILE}": notebook("e")}))
    start = data.index(b"eve/") + 100
    data[start : start + 200] = bytes(255 - byte for byte in data[start : start + 200])
    (tmp_path / "all.zip").write_bytes(data)
    ada, eve = collecting.collected(tmp_path / "all.zip", chapter).chosen
    assert ada.read() == notebook("a")
    with pytest.raises(Unreadable, match="cannot be unpacked"):
        eve.read()


@pytest.mark.parametrize("damage", [lambda data: b"", lambda data: data[:-30], lambda data: b"no zip" * 99,
                                    lambda data: data.replace(b"J\xc3\xb6rg", b"J\xff\xffrg")])  # fmt: skip
def test_a_damaged_archive_is_refused_by_its_name(tmp_path, chapter, notebook, damage):
    place = folder(tmp_path, {f"ada/{FILE}": notebook("a")})
    (place / "moodle.zip").write_bytes(damage(packed({f"Jörg/{FILE}": notebook("a")})))
    with pytest.raises(NothingFound, match=r"moodle\.zip cannot be opened"):
        collecting.collected(place, chapter)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes of this kind")
def test_links_and_pipes_in_folders_are_never_followed_and_never_block(tmp_path, chapter, notebook):
    secret = folder(tmp_path / "secret", {FILE: notebook("secret")})
    place = folder(tmp_path / "all", {f"ada/{FILE}": notebook("a"), "eve/": b"", "fay/": b"", f"gus/{FILE}/": b""})
    (place / "eve" / FILE).symlink_to(secret / FILE)
    os.mkfifo(place / "fay" / FILE)
    os.mkfifo(place / "fay" / "x.zip")
    (place / "hal").symlink_to(secret)
    (place / "ivy").mkdir()
    (place / "ivy" / NAME).symlink_to(secret)
    os.mkfifo(place / "ivy" / "timestamp.txt")
    everything = collecting.collected(place, chapter)
    chosen = {one.student: one for one in everything.chosen}
    assert set(chosen) == {"ada", "eve", "fay"}
    for student, says in (("eve", "the file is a link"), ("fay", "the file is a pipe or a device")):
        with pytest.raises(Unreadable, match=says):
            chosen[student].read()
    assert f"gus: nothing of {NAME}; handed in: an empty folder." in everything.notes
    assert f"ivy: nothing of {NAME}; handed in: {NAME}." in everything.notes
    assert "hal is left out: it is in nobody's folder, and its name doesn't say whose it is." in everything.notes


def test_a_pipe_for_an_archive_is_refused(tmp_path, chapter, notebook):
    folder(tmp_path, {f"ada/{FILE}": notebook("a")})
    (tmp_path / "x.zip").symlink_to(zipped(tmp_path.parent / "elsewhere.zip", {f"bob/{FILE}": notebook("b")}))
    with pytest.raises(NothingFound, match="neither a folder nor a ZIP"):
        collecting.collected(tmp_path, chapter)


def test_a_large_file_in_a_folder_is_not_read(tmp_path, chapter):
    place = folder(tmp_path, {f"ada/{FILE}": b""})
    os.truncate(place / "ada" / FILE, 60_000_000)
    with pytest.raises(Unreadable, match="the file has 60 MB"):
        reading(place, chapter)


def test_a_place_that_is_none_is_refused(tmp_path, chapter):
    with pytest.raises(NothingFound, match="there is no"):
        collecting.collected(tmp_path / "nowhere", chapter)
    with pytest.raises(NothingFound, match="holds nobody's work"):
        collecting.collected(tmp_path, chapter)
    (tmp_path / FILE).write_bytes(b"{}")
    with pytest.raises(NothingFound, match="cannot be opened"):
        collecting.collected(tmp_path / FILE, chapter)


# --- names that would share a folder ---


def test_students_who_would_share_a_folder_are_refused(tmp_path, chapter, notebook):
    for number, names in enumerate([("a:b", "a_b"), ("Ada", "ada"), ("x" * 120 + "1", "x" * 120 + "2")]):
        place = zipped(tmp_path / f"{number}.zip", {f"{name}/{FILE}": notebook(name) for name in names})
        with pytest.raises(NoMatch, match="would share a folder"):
            collecting.collected(place, chapter)


def test_nor_may_they_share_one_with_who_was_there_before(tmp_path, chapter, notebook):
    workspace = Workspace(tmp_path / "grades")
    steps.collect(workspace, chapter, folder(tmp_path / "one", {f"Ada/{FILE}": notebook("one")}))
    with pytest.raises(NoMatch, match="would share a folder"):
        steps.collect(workspace, chapter, folder(tmp_path / "two", {f"ada/{FILE}": notebook("two")}))
    assert workspace.notebook("submitted", "Ada", NAME).read_bytes() == notebook("one")


@pytest.mark.parametrize("name", ["..", ".", "", "a/b", "a\\b", "C:", "x\n", "a\0b", "-rf", "Jörg", "~", "a" * 300])
def test_a_safe_name_is_one_part_of_a_path(name):
    safe = safe_name(name)
    assert Path(safe).name == safe and safe not in (".", "..") and len(safe) <= 100 and "\\" not in safe


def test_a_safe_name_is_the_same_whichever_system_has_written_it():
    assert safe_name(unicodedata.normalize("NFD", "Jörg")) == safe_name("Jörg") == "Jörg"


# --- bringing it in ---


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path / "grades")


def handing(place, chapter, workspace, data, when):
    """Collect what ada hands in at a time."""
    time = datetime(*when, tzinfo=UTC).timestamp()
    file = folder(place, {f"ada/{FILE}": data}) / "ada" / FILE
    os.utime(file, (time, time))
    return steps.collect(workspace, chapter, place)


def test_a_newer_one_replaces_an_older_never_and_all_are_kept(tmp_path, chapter, notebook, workspace):
    there = workspace.notebook("submitted", "ada", NAME)
    for name, when, counts in (("b", EARLY, "b"), ("c", LATE, "c"), ("a", (2026, 11, 29), "c")):
        notes = handing(tmp_path / name, chapter, workspace, notebook(name), when)
        assert there.read_bytes() == notebook(counts)
    assert notes == [f"ada: {FILE} is older than what was collected before; the newer one stays."]
    assert steps.handed_at(there) == datetime(*LATE, tzinfo=UTC)
    kept = {file.read_bytes() for file in (workspace.folder / "submitted" / ".versions").iterdir()}
    assert kept == {notebook("b"), notebook("c")}


def test_the_same_file_again_keeps_its_first_time(tmp_path, chapter, notebook, workspace):
    there = workspace.notebook("submitted", "ada", NAME)
    handing(tmp_path / "one", chapter, workspace, notebook("a"), LATE)
    handing(tmp_path / "two", chapter, workspace, notebook("a"), EARLY)
    assert steps.handed_at(there) == datetime(*EARLY, tzinfo=UTC)
    handing(tmp_path / "three", chapter, workspace, notebook("a"), LATE)
    assert steps.handed_at(there) == datetime(*EARLY, tzinfo=UTC)


def test_an_older_download_never_replaces_a_newer(tmp_path, chapter, notebook, workspace):
    there = workspace.notebook("submitted", "1", NAME)
    for name, when, counts in (("tuesday", LATE, "tuesday"), ("monday", EARLY, "tuesday")):
        place = zipped(tmp_path / f"{name}.zip", {f"Ada_1_assignsubmission_file/{FILE}": notebook(name)}, when)
        steps.collect(workspace, chapter, place)
        assert there.read_bytes() == notebook(counts)
        assert steps.handed_at(there) is None  # nobody is late by the time of a download


def test_a_download_without_times_leaves_no_old_time_behind(tmp_path, chapter, notebook, workspace):
    handing(tmp_path / "one", chapter, workspace, notebook("a"), EARLY)
    (tmp_path / "one" / "ada").rename(tmp_path / "one" / "Ada_x_assignsubmission_file")
    target = workspace.notebook("submitted", "ada", NAME)
    assert steps.handed_at(target) is not None
    one = collecting.Submission("ada", FILE, lambda: notebook("b"))
    assert steps._bring(workspace, chapter, one) == []
    assert target.read_bytes() == notebook("b") and steps.handed_at(target) is None


def test_what_nbgrader_has_collected_is_kept_too(tmp_path, chapter, notebook, workspace):
    there = workspace.notebook("submitted", "ada", NAME)
    folder(there.parent, {FILE: notebook("nbgrader's"), "timestamp.txt": b"2026-11-01 12:00:00.0 UTC"})
    handing(tmp_path / "one", chapter, workspace, notebook("ours"), EARLY)
    kept = {file.read_bytes() for file in (workspace.folder / "submitted" / ".versions").iterdir()}
    assert kept == {notebook("nbgrader's"), notebook("ours")}


def test_everybody_who_handed_in_anything_is_in_the_gradebook(tmp_path, chapter, notebook, workspace):
    with Book(workspace.url) as book:
        book.enrol({"4711": {"last_name": "Ada Lovelace"}})
    entries = {f"lovelaceada_4711_815_{FILE}": notebook("a"), "bobb_4712_816_essay.pdf": b"%PDF"}
    notes = steps.collect(workspace, chapter, zipped(tmp_path / "all.zip", entries))
    assert f"4712: nothing of {NAME}; handed in: essay.pdf." in notes
    with Book(workspace.url) as book:
        names = {record.student: record.full_name for record in book.records(chapter)}
    assert names == {"4711": "Ada Lovelace", "4712": "bobb"}  # Canvas' squeezed name doesn't replace a real one


def test_an_unreadable_file_is_brought_in_and_said(tmp_path, chapter, workspace):
    place = zipped(tmp_path / "all.zip", {f"eve/{FILE}": b"x"}, method=zipfile.ZIP_BZIP2)
    notes = steps.collect(workspace, chapter, place)
    assert [line for line in notes if line.startswith(f"eve: {FILE}: the file is packed")]
    assert workspace.notebook("submitted", "eve", NAME).is_file()
    about = json.loads((workspace.notebook("submitted", "eve", NAME).parent / "lossgrade.json").read_text())
    assert any("packed" in note for note in about["notes"])  # which the student's page says too


def test_notebooks_are_read_one_at_a_time(tmp_path, chapter, workspace):
    size = 2_000_000
    entries = {f"s{number:02}/{FILE}": str(number).encode() * (size // 2) for number in range(10, 20)}
    place = zipped(tmp_path / "all.zip", entries)
    steps.collect(Workspace(tmp_path / "warm"), chapter, folder(tmp_path / "w", {f"a/{FILE}": b"{}"}))
    del entries
    tracemalloc.start()
    steps.collect(workspace, chapter, place)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 6 * size  # of ten
    assert len(workspace.handed_in()) == 10


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2026-12-01 15:58:23.948203 UTC", datetime(2026, 12, 1, 15, 58, 23, 948203, UTC)),
        ("2026-12-01 15:58:23 GMT\n", datetime(2026, 12, 1, 15, 58, 23, tzinfo=UTC)),
        ("2026-12-01 15:58:23.948203 +0100", datetime(2026, 12, 1, 14, 58, 23, 948203, UTC)),
        ("2026-12-01T15:58:23Z", datetime(2026, 12, 1, 15, 58, 23, tzinfo=UTC)),
        ("2026-12-01T15:58:23+01:00", datetime(2026, 12, 1, 14, 58, 23, tzinfo=UTC)),
        ("yesterday", None),
        ("", None),
    ],
)
def test_times_are_read_as_nbgrader_writes_them(text, time):
    assert collecting.moment(text) == time
    if time:
        assert collecting.moment(collecting.timestamp(time)) == time
