"""Points leave as the platforms import them, and who gets none is said."""

from __future__ import annotations

import csv
import io

import pytest

from lossgrade import cli, export, tables
from lossgrade.book import Book, Record
from lossgrade.grading import Graded, Score
from lossgrade.naming import answer_cell, points_cell
from lossgrade.refusals import NoMatch


def scored(chapter, points, waits=False, says=()):
    """Scores of a chapter: these points for the first task, nothing for the others."""
    scores = [Score(task.name, points_cell(task), 0.0, task.points) for task in chapter.tasks]
    scores += [Score(one.name, answer_cell(one), None if waits else 0.0, one.points) for one in chapter.arguments]
    scores[0].points, scores[0].says = points, list(says)
    return scores


@pytest.fixture(scope="session")
def record(chapter):
    """What the gradebook knows of a student."""

    def made(student, points=1.5, name="", waits=False, nothing=False, says=(), notes=()):
        sha256 = "" if nothing else "5" * 64
        scores = scored(chapter, points, waits, says)
        return Record(student, chapter.name, sha256, scores=scores, notes=list(notes), full_name=name)

    return made


@pytest.fixture(scope="session")
def most(chapter):
    return sum(score.most for score in scored(chapter, 0))


def table(text, delimiter=","):
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def sheet(*lines, delimiter=","):
    """A table as a platform writes it."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(lines)
    return out.getvalue()


# --- grades.csv ---


def test_the_table_has_a_line_for_everybody_and_a_column_for_every_task(chapter, record, most):
    header, ada, bob, cyd = table(
        export.table(chapter, [record("ada", 1.5, "Ada L"), record("bob", waits=True), record("cyd", 0, nothing=True)])
    )
    names = [*(task.name for task in chapter.tasks), *(one.name for one in chapter.arguments)]
    assert header[8:-1] == names
    assert dict(zip(header, ada, strict=True)) | {
        "student": "ada",
        "name": "Ada L",
        "points": "1.5",
        "of": str(most),
    } == (dict(zip(header, ada, strict=True)))
    assert dict(zip(header, bob, strict=True))["to grade by hand"] == "1"
    assert dict(zip(header, bob, strict=True))[chapter.arguments[0].name] == ""
    assert cyd[0] == "cyd"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+1", "@sum(a)", "\t=1", "\r=1", " =1", "x;=1+1", "x\n=1", "a;\t@b"])
def test_what_a_student_has_written_is_never_a_formula(chapter, record, text):
    for written in (
        export.table(chapter, [record("ada", name=text, notes=[text])]),
        export.moodle(chapter, [record("1", name=text)])[0],
        export.canvas(chapter, [record("1", name=text), record(text)])[0],
    ):
        for delimiter in ",;\t":  # however the lecturer's country separates cells
            cells = [cell.strip(' "') for line in table(written, delimiter) for cell in line]
            parts = [part.strip() for cell in cells for part in cell.split("\n")]
            assert not [part for part in parts if part[:1] in tuple("=+@") or part.startswith("-1+")]


def test_numbers_and_plain_texts_stay_as_they_are():
    for text in ("-3.5", "1e3", "Ada-Maria", "a = b", "x <= 3", "me@home", "3 + 4", ""):
        assert tables.plain(text) == text


# --- Moodle ---

# as a worksheet of mod_assign stands there, with what nobody asked for in between
HEADER = [*export.MOODLE[:4], "Group", *export.MOODLE[4:8], "Online text", *export.MOODLE[8:]]


def participant(number, name, grade="", of="20.00"):
    return [
        f"Participant {number}",
        name,
        "x@y",
        "Submitted for grading - ",
        "=G1",
        grade,
        of,
        "Yes",
        "-",
        "a\r\nb",
        "-",
        "",
    ]


@pytest.fixture
def worksheet(most):
    def made(*numbers, of=None, header=HEADER, delimiter=","):
        rows = [participant(number, f"N {number}", of=of or f"{most:.2f}") for number in numbers]
        return sheet(header, *rows, delimiter=delimiter)

    return made


def test_moodles_worksheet_comes_back_with_nothing_changed_but_the_points(chapter, record, worksheet):
    given = worksheet(11, 12, 13)
    text, says = export.moodle(chapter, [record("11", 1.5, says=["a < b", "c"]), record("12", 2)], given)
    before, after = table(given), table(text)
    assert [row[5] for row in after] == ["Grade", "1.50", "2.00", ""]
    assert [row[11] for row in after] == ["Feedback comments", "<p>a &lt; b</p><p>c</p>", "", ""]
    for row, old in zip(after, before, strict=True):
        assert [*row[:5], *row[6:11]] == [*old[:5], *old[6:11]]
    assert says == ["In the platform's file, and not in the gradebook (1): 13."]


def test_a_row_that_a_spreadsheet_has_cut_short_is_filled(chapter, record, worksheet):
    short = worksheet(11).replace(',"a\r\nb",-,', "")
    assert short != worksheet(11)
    assert table(export.moodle(chapter, [record("11", says=["c"])], short)[0])[1][-1] == "<p>c</p>"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_worksheet_is_read_however_it_was_saved(tmp_path, chapter, record, most, encoding, delimiter):
    given = sheet(HEADER, participant(11, "Jörg", of=f"{most:.2f}"), delimiter=delimiter)
    (tmp_path / "w.csv").write_bytes(given.encode(encoding))
    text, says = export.moodle(chapter, [record("11")], tables.read(tmp_path / "w.csv"))
    assert table(text, delimiter)[1][:2] == ["Participant 11", "Jörg"]
    assert table(text, delimiter)[1][5] == "1.50"  # Moodle reads a point in every language
    assert says == []


def test_a_worksheet_in_another_language_needs_the_name_of_one_column(chapter, record, most):
    german = ["ID", "Vollständiger Name", "Status", "Bewertung", "Bestwertung", "Zuletzt geändert (Bewertung)"]
    given = sheet(german, ["Teilnehmer/in11", "Jörg", "", "", "20,00", "-"])
    with pytest.raises(NoMatch, match="--column: ID, Vollständiger Name, Status, Bewertung"):
        export.moodle(chapter, [record("11")], given)
    text, says = export.moodle(chapter, [record("11")], given, "Bewertung")
    assert table(text)[1] == ["Teilnehmer/in11", "Jörg", "", "1.50", "20,00", "-"]
    assert says == []


def test_what_moodle_would_not_import_is_refused(chapter, record, worksheet):
    for missing in export.NEEDED[1:]:
        place = HEADER.index(missing)
        cut = sheet(*([*row[:place], *row[place + 1 :]] for row in table(worksheet(11))))
        with pytest.raises(NoMatch, match=f"no column {missing!r}".replace("(", r"\(").replace(")", r"\)")):
            export.moodle(chapter, [record("11")], cut)
    with pytest.raises(NoMatch, match="Participant 123"):
        export.moodle(chapter, [record("11")], sheet(["Grade", "x"], ["ada", "1"]))
    for nothing in ("\ufeff", "\n\n"):
        with pytest.raises(NoMatch, match="the worksheet is empty"):
            export.moodle(chapter, [record("11")], nothing)


def test_other_points_than_the_exercises_are_said(chapter, record, worksheet, most):
    _, says = export.moodle(chapter, [record("11")], worksheet(11, of="100.00"))
    assert says[-1].startswith(f"The exercise has {most} points, and the platform's assignment 100.00")
    for of, lines in ((f'"{most},00"', 0), ('"100,00"', 1), ("", 0)):  # some countries write a decimal comma
        assert len(export.moodle(chapter, [record("11")], worksheet(11).replace(f"{most}.00", of))[1]) == lines


def test_a_new_worksheet_has_what_moodles_import_needs(chapter, record, most):
    text, says = export.moodle(chapter, [record("11", 1.5, "Ada"), record("ada"), record("12", nothing=True)])
    header, *rows = table(text)
    assert set(export.NEEDED) <= set(header)
    ada = dict(zip(header, rows[0], strict=True))
    assert (ada["Identifier"], ada["Grade"], ada["Maximum grade"]) == ("Participant 11", "1.50", f"{most:.2f}")
    assert says == ["Not known to Moodle by a number, and passed over there (1): ada."]


# --- Canvas ---

COLUMNS = ["Student", "ID", "SIS User ID", "SIS Login ID", "Integration ID", "Root Account", "Section", "Notes"]


def gradebook(chapter, people, possible="20.00", column=None, delimiter=","):
    """As lib/gradebook_exporter.rb writes it, with the row of manual posting and the test student."""
    assignment = column or f"{chapter.name} (4711)"
    header = [*COLUMNS, "Essay (4710)", assignment, "Assignments Current Score", "Final Score"]
    manual = [""] * 9 + ["Manual Posting", "", ""]
    points = [export.POINTS_POSSIBLE] + [""] * 6 + ["(read only)", "5.00", possible, "(read only)", "(read only)"]
    rows = [[name, *ids, "", "", "Section 1", "n", "3.00", old, "80", "B"] for name, ids, old in people]
    rows.append(["Student, Test", "9999", "", "0123", "", "", "Section 1", "", "", "", "", ""])
    return sheet(header, manual, points, *rows, delimiter=delimiter)


LOVELACE = ("Lovelace, Ada", ["11", "s11", "ada"], "")
BOOLE = ("Boole, George", ["12", "s12", "george"], "7.00")


def test_canvas_gradebook_comes_back_with_the_points_and_what_it_knows_students_by(chapter, record, most):
    given = gradebook(chapter, [LOVELACE, BOOLE], f"{most:.2f}")
    text, says = export.canvas(chapter, [record("11", 1.5)], given)
    header, manual, points, ada, george, test = table(text)
    assert header == [*COLUMNS[:-1], f"{chapter.name} (4711)"]  # Section is the last before the assignment
    assert manual[-1] == "Manual Posting" and points[0] == export.POINTS_POSSIBLE and points[-1] == f"{most:.2f}"
    assert ada == ["Lovelace, Ada", "11", "s11", "ada", "", "", "Section 1", "1.5"]
    assert george[-1] == "7.00" and test[-1] == ""
    assert says == ["In the platform's file, and not in the gradebook (1): Boole, George."]


def test_first_and_last_names_of_canvas_are_kept(chapter, record):
    header = ["LastName", "FirstName", "ID", "SIS Login ID", "Section", f"{chapter.name} (1)"]
    text, _ = export.canvas(chapter, [record("11")], sheet(header, ["Lovelace", "Ada", "11", "ada", "S", ""]))
    assert table(text) == [header, ["Lovelace", "Ada", "11", "ada", "S", "1.5"]]


@pytest.mark.parametrize(("students", "place"), [(("11", "12"), 1), (("s11", "s12"), 2), (("ada", "george"), 3)])
def test_canvas_students_are_found_by_the_id_they_were_collected_under(chapter, record, students, place):
    records = [record(student, points) for student, points in zip(students, (1, 2), strict=True)]
    text, says = export.canvas(chapter, records, gradebook(chapter, [LOVELACE, BOOLE]))
    assert [row[-1] for row in table(text)[3:5]] == ["1", "2"]
    assert table(text)[3][place] == students[0] and says[:0] == []


def test_a_number_of_another_kind_gives_nobody_anothers_points(chapter, record):
    crossed = [("Lovelace, Ada", ["11", "12", "ada"], ""), ("Boole, George", ["12", "s12", "george"], "")]
    text, _ = export.canvas(chapter, [record("12", 2)], gradebook(chapter, crossed))
    assert [row[-1] for row in table(text)[3:5]] == ["", "2"]


def test_excused_students_stay_excused(chapter, record):
    people = [("Lovelace, Ada", ["11", "", "ada"], "EX"), ("Boole, George", ["12", "", "george"], "N/A")]
    text, says = export.canvas(chapter, [record("11"), record("12")], gradebook(chapter, people))
    assert [row[-1] for row in table(text)[3:5]] == ["EX", "N/A"]
    assert "EX or N/A in Canvas, and stay so (2): 11, 12." in says


def test_the_column_is_named_or_found(chapter, record):
    given = gradebook(chapter, [LOVELACE], column="Exercise 1 (5)")
    for column in ("Exercise 1 (5)", "Exercise 1"):
        text, _ = export.canvas(chapter, [record("11")], given, column)
        assert table(text)[0][-1] == "Exercise 1 (5)" and table(text)[3][-1] == "1.5"
    for column in ("", "Exercise"):
        with pytest.raises(NoMatch, match="has 0 columns"):
            export.canvas(chapter, [record("11")], given, column)
    twice = gradebook(chapter, [LOVELACE]).replace("Essay (4710)", f"{chapter.name} again (1)")
    with pytest.raises(NoMatch, match="has 2 columns"):
        export.canvas(chapter, [record("11")], twice)
    with pytest.raises(NoMatch, match="lets nobody change the column 'Final Score'"):
        export.canvas(chapter, [record("11")], given, "Final Score")


def test_canvas_may_separate_by_semicolons_and_write_commas(chapter, record, most):
    given = gradebook(chapter, [LOVELACE, BOOLE], f"{most},00", delimiter=";")
    text, says = export.canvas(chapter, [record("11"), record("12")], "\ufeff" + given)
    assert [row[-1] for row in table(text, ";")[3:5]] == ["1.5", "1.5"]  # which Canvas reads as well
    assert says == []


def test_other_points_possible_are_said(chapter, record, most):
    _, says = export.canvas(chapter, [record("11")], gradebook(chapter, [LOVELACE], "100"))
    assert says == [f"The exercise has {most} points, and the platform's assignment 100: set them in Canvas."]


def test_what_is_no_gradebook_of_canvas_is_refused(chapter, record):
    for column in ("ID", "Section"):
        given = (
            gradebook(chapter, [LOVELACE]).replace(f"{column},", "x,", 1) if column == "Section" else "Student,x\na,b"
        )
        with pytest.raises(NoMatch, match=f"no column '{column}'"):
            export.canvas(chapter, [record("11")], given)


def test_a_new_gradebook_has_the_columns_that_canvas_asks_for(chapter, record, most):
    text, says = export.canvas(chapter, [record("11", 1.5, "Lovelace, Ada"), record("george", 2)], "", "Exercise 1")
    header, points, ada, george = table(text)
    assert header == [*export.CANVAS, "Exercise 1"] and header[-2] == "Section"
    assert points == [export.POINTS_POSSIBLE, "", "", "", "", str(most)]
    assert ada == ["Lovelace, Ada", "11", "", "", "", "1.5"]
    assert george == ["george", "", "", "george", "", "2"]  # a login is no number of Canvas'
    assert says == []


# --- nobody is dropped in silence ---


def test_everybody_without_points_is_said(chapter, record, worksheet, most):
    records = [
        record("11"),
        record("12", waits=True),
        record("13", nothing=True),
        record("15"),
        record("16", nothing=True),
    ]
    expected = [
        "To be graded by hand, and without points yet (1): 12.",
        "Handed in, and not in the platform's file (1): 15.",
        "In the platform's file, and not in the gradebook (1): {}.",
        "Handed in nothing, and keep what the platform's file says (1): {}.",
    ]
    text, says = export.moodle(chapter, records, worksheet(11, 12, 13, 14))
    assert [row[5] for row in table(text)] == ["Grade", "1.50", "", "", ""]
    assert says == [line.format(number) for line, number in zip(expected, ("", "", 14, 13), strict=True)]
    people = [(f"N {number}", [str(number), "", ""], "") for number in (11, 12, 13, 14)]
    text, says = export.canvas(chapter, records, gradebook(chapter, people, str(most)))
    assert [row[-1] for row in table(text)[3:7]] == ["1.5", "", "", ""]
    assert says == [line.format(name) for line, name in zip(expected, ("", "", "N 14", "N 13"), strict=True)]


def test_long_lists_of_names_are_cut():
    (line,) = export._listed([f"{number:03}" for number in range(100)], "x")
    assert line.startswith("x (100): 000, ") and line.endswith("019 and 80 more.")


@pytest.fixture
def graded(tmp_path, chapter):
    """A gradebook: 11 has points, 12 waits for a person, 13 has handed in nothing."""
    with Book(f"sqlite:///{tmp_path / 'gradebook.db'}") as book:
        book.know(chapter)
        book.enrol({"13": {"last_name": "Cyd"}})
        for student, waits in (("11", False), ("12", True)):
            one = Graded(scored(chapter, 1.5, waits), [], {}, "5" * 64, 1)
            book.record(chapter, student, one, "edition", None, 0.0)
    return tmp_path


@pytest.mark.parametrize("flag", ["--csv", "--moodle", "--canvas"])
def test_the_command_says_on_the_side_who_gets_none(graded, capsys, flag):
    assert cli.main(["export", "01", "--into", str(graded), flag]) == 0
    said = capsys.readouterr()
    assert "11" in said.out
    assert said.err == "To be graded by hand, and without points yet (1): 12.\n"


def test_the_command_reads_and_writes_files(graded, capsys, worksheet, chapter):
    (graded / "w.csv").write_bytes(worksheet(11, 12, 14).encode("utf-8-sig"))
    command = ["export", "01", "--into", str(graded), "--output", str(graded / "out.csv")]
    assert cli.main([*command, "--moodle", str(graded / "w.csv")]) == 0
    assert [row[5] for row in table((graded / "out.csv").read_text(encoding="utf-8"))] == ["Grade", "1.50", "", ""]
    assert "not in the gradebook (1): 14." in capsys.readouterr().err
    (graded / "w.csv").write_text(sheet(["ID", "Bewertung"], ["Teilnehmer/in11", ""]), encoding="utf-8")
    assert cli.main([*command, "--moodle", str(graded / "w.csv"), "--column", "Bewertung"]) == 0
    assert table((graded / "out.csv").read_text(encoding="utf-8"))[1] == ["Teilnehmer/in11", "1.50"]
    (graded / "g.csv").write_text(gradebook(chapter, [LOVELACE], column="Ex (5)"), encoding="cp1252")
    assert cli.main([*command, "--canvas", str(graded / "g.csv"), "--column", "Ex"]) == 0
    assert table((graded / "out.csv").read_text(encoding="utf-8"))[3][-1] == "1.5"
    capsys.readouterr()
    for wrong in (["--moodle", str(graded / "nowhere.csv")], ["--canvas", str(graded / "w.csv")]):
        assert cli.main([*command, *wrong]) == 2
        assert capsys.readouterr().err.startswith("lossgrade: ")


# --- lists of students, and files that are none ---


@pytest.mark.parametrize(
    ("text", "students"),
    [
        ("id,name,email\n11,Ada L,a@x\n", {"11": ("", "Ada L", "a@x")}),
        ("\ufeffid;first_name;last_name;email\nada;Ada;L;\n\n", {"ada": ("Ada", "L", "")}),
        ("First name\tSurname\tUsername\tEmail address\nAda\tL\tada\ta@x", {"ada": ("Ada", "L", "a@x")}),
        ("ID,name\n Jörg/1 ,x\n", {"Jörg_1": ("", "x", "")}),
        ("Identifier,Full name,Email address\nParticipant 11,Ada,a@x\n", {"11": ("", "Ada", "a@x")}),
        ("ID,Name\nTeilnehmer/in11,Ada\n", {"11": ("", "Ada", "")}),
        ("LastName,FirstName,ID,Section\nL,Ada,11,S\n", {"11": ("Ada", "L", "")}),
        ("id\n11\n12\n", {"11": ("", "", ""), "12": ("", "", "")}),
    ],
)
def test_a_list_of_students_is_read_in_every_form(text, students):
    found = {
        student: (about["first_name"], about["last_name"], about["email"])
        for student, about in tables.roster(text).items()
    }
    assert found == students


def test_canvas_gradebook_is_a_list_of_students_without_its_other_rows(chapter):
    found = tables.roster(gradebook(chapter, [LOVELACE, BOOLE]))
    assert {student: about["last_name"] for student, about in found.items()} == {
        "11": "Lovelace, Ada",
        "12": "Boole, George",
    }


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty"),
        ("who,mail\nada,x\n", "no column 'id': its columns are who, mail"),
        ("id,name\n,Ada\n", "has no id for , Ada"),
        ("id,name\n11,Ada\n11,Bob\n", "has two rows for 11"),
        ("id\na/b\na_b\n", "would share a folder"),
        ("id\nAda\nada\n", "would share a folder"),
        ('id\n"' + "x" * 20_000_000, "no CSV table"),
    ],
    ids=lambda text: text[:12],
)
def test_a_list_that_is_none_is_refused(text, says):
    with pytest.raises(NoMatch, match=says):
        tables.roster(text)


def test_a_rosters_students_are_the_gradebooks(tmp_path, chapter):
    with Book(f"sqlite:///{tmp_path / 'gradebook.db'}") as book:
        book.know(chapter)
        book.enrol(tables.roster("id,first_name,last_name,email\n11,Ada,L,a@x\n"))
        assert [(one.student, one.full_name) for one in book.records(chapter)] == [("11", "Ada L")]


def test_a_file_that_is_no_text_is_refused(tmp_path):
    for data, says in (
        (b"PK\3\4 xlsx", "save it as CSV"),
        (b"\x81\x8d\xff", "is no text"),
        (b"\xff\xfe\0", "is no text"),
    ):
        (tmp_path / "x.csv").write_bytes(data)
        with pytest.raises(NoMatch, match=says):
            tables.read(tmp_path / "x.csv")
