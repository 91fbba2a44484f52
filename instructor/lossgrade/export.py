"""Points as the learning platforms import them: their column names, their ids.

What a platform has written is handed back as it was, but for the points. Who gets none is said, one way or the other.
"""

from __future__ import annotations

import contextlib
import html
import re

from lossgrade.book import Record
from lossgrade.course import Chapter
from lossgrade.refusals import NoMatch
from lossgrade.tables import TEST_STUDENT, Sheet, plain, written

# Moodle's grading worksheet of an assignment (mod/assign/gradingtable.php); its import needs the identifier, the grade
# and when it was last modified, under the names that they have in the language of whoever imports
MOODLE = [
    "Identifier",
    "Full name",
    "Email address",
    "Status",
    "Grade",
    "Maximum grade",
    "Grade can be changed",
    "Last modified (submission)",
    "Last modified (grade)",
    "Feedback comments",
]
NEEDED = ("Identifier", "Grade", "Last modified (grade)")
PARTICIPANT = re.compile(r"\D(\d+)$")  # "Participant 123", "Teilnehmer/in123"
# What Canvas knows students by (lib/gradebook_importer.rb, reserved names); Section is the last of them
CANVAS = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
KNOWN = {*CANVAS, "LastName", "FirstName", "Integration ID", "Root Account"}
IDS = ("ID", "SIS User ID", "SIS Login ID")
POINTS_POSSIBLE = "    Points Possible"


def table(chapter: Chapter, records: list[Record]) -> str:
    """Return a table of a chapter: a line for each student, a column for each task."""
    return tables([(chapter, records)])


def tables(several: list[tuple[Chapter, list[Record]]]) -> str:
    """Return grades.csv: a line for each student and chapter, a column for each task of any of them."""
    names = [one.name for chapter, _ in several for one in (*chapter.tasks, *chapter.arguments)]
    head = [
        "student",
        "name",
        "chapter",
        "points",
        "of",
        "to grade by hand",
        "late penalty",
        "handed in",
        *names,
        "notes",
    ]
    lines = [_line(chapter, record, names) for chapter, records in several for record in records]
    return written([head, *([plain(one) for one in line] for line in lines)])


def _line(chapter, record, names):
    earned = {score.name: score.points for score in record.scores}
    return (
        [record.student, record.full_name, chapter.name, f"{record.points:g}", record.most]
        + [sum(points is None for points in earned.values()), f"{record.late_penalty:g}", record.handed]
        + ["" if earned.get(name) is None else f"{earned[name]:g}" for name in names]
        + [" ".join(record.notes)]
    )


def moodle(chapter: Chapter, records: list[Record], worksheet: str = "", column: str = "") -> tuple[str, list[str]]:
    """Return Moodle's grading worksheet with the points, the one downloaded or else a new one, and who gets none.

    `column` is the column of the points where the worksheet's language doesn't call it "Grade".
    """
    if not worksheet:
        return _new_worksheet(records)
    sheet = Sheet.read(worksheet, "the worksheet")
    grade = _moodles_columns(sheet, column)
    key = sheet.place("Identifier") or 0  # which is the first column in every language
    ids = [match[1] if (match := PARTICIPANT.search(row[key].strip())) else "" for row in sheet.rows]
    if not any(ids):
        raise NoMatch("no row of the worksheet says 'Participant 123'; take Moodle's own: Download grading worksheet")
    given, feedback = _given(records), sheet.place("Feedback comments")
    for row, student in zip(sheet.rows, ids, strict=True):
        if record := given.get(student):
            row[grade] = f"{record.points:.2f}"
            if feedback is not None:
                row[feedback] = comments(record)
    says = _absences(records, dict(zip(ids, ids, strict=True)))
    if (most := sheet.place("Maximum grade")) is not None:
        says += _scale(records, {row[most] for row in sheet.rows}, "Moodle takes no more than its own")
    return written([sheet.header, *sheet.rows], sheet.delimiter), says


def _moodles_columns(sheet, column):
    """Where the points stand; NoMatch where Moodle would not import the sheet."""
    for name in NEEDED if "Identifier" in sheet.header else ():
        if name not in sheet.header and not (name == "Grade" and column):
            raise NoMatch(f"the worksheet has no column {name!r}; take Moodle's own: Download grading worksheet")
    grade = sheet.place(column or "Grade")
    if grade is None:
        there = ", ".join(sheet.header)
        raise NoMatch(
            f"the worksheet has no column {column or 'Grade'!r}; name that of the points by --column: {there}"
        )
    return grade


def _new_worksheet(records):
    lines, says = [MOODLE], waiting(records)
    for record in _given(records).values():
        about = [f"Participant {record.student}", plain(record.full_name), "", "", f"{record.points:.2f}"]
        lines.append([*about, f"{record.most:.2f}", "Yes", "", "", comments(record)])
    strangers = [record.student for record in _given(records).values() if not record.student.isdecimal()]
    return written(lines), says + _listed(strangers, "Not known to Moodle by a number, and passed over there")


def canvas(chapter: Chapter, records: list[Record], gradebook: str = "", column: str = "") -> tuple[str, list[str]]:
    """Return Canvas' gradebook with the points, the one that was exported or else a new one, and who gets none.

    `column` is the assignment's column, as in "Exercise 01 (4711)"; else the one that names the chapter.
    """
    if not gradebook:
        return _new_gradebook(records, column or chapter.name)
    sheet = Sheet.read(gradebook, "the gradebook")
    for name in ("ID", "Section"):
        if name not in sheet.header:
            raise NoMatch(f"the gradebook has no column {name!r}; export it in Canvas: Grades, Export")
    target, given = _assignment(sheet, chapter, column), _given(records)
    possible = [row for row in sheet.rows if "Points Possible" in row[0]]
    if any("read only" in row[target] for row in possible):
        raise NoMatch(f"Canvas lets nobody change the column {sheet.header[target]!r}")
    people = [row for row in sheet.rows if row[sheet.place("ID")].strip()]
    key = _key(sheet, people, {record.student for record in records})
    excused = []
    for row in people:
        if record := given.get(row[key].strip()):
            if row[target].strip() in ("EX", "N/A"):  # excused, or not assigned
                excused.append(record.student)
            else:
                row[target] = f"{record.points:g}"
    says = _absences(records, {row[key].strip(): row[0] for row in people if row[0] != TEST_STUDENT})
    says += _listed(excused, "EX or N/A in Canvas, and stay so")
    says += _scale(records, {row[target] for row in possible}, "set them in Canvas")
    kept = [place for place, name in enumerate(sheet.header) if name in KNOWN or place == target]
    return written([[row[place] for place in kept] for row in (sheet.header, *sheet.rows)], sheet.delimiter), says


def _assignment(sheet, chapter, column):
    """Where an assignment's points stand; Canvas writes its number behind its name."""
    chosen = [
        place
        for place, name in enumerate(sheet.header)
        if (column in (name, re.sub(r" \(\d+\)$", "", name)) if column else chapter.name in name)
    ]
    if len(chosen) != 1:
        raise NoMatch(f"the gradebook has {len(chosen)} columns for {column or chapter.name!r}; name one by --column")
    return chosen[0]


def _key(sheet, people, students):
    """The one column by which most students are known: Canvas' number, or what the university calls them."""
    places = [place for place in map(sheet.place, IDS) if place is not None]
    return max(places, key=lambda place: sum(row[place].strip() in students for row in people))


def _new_gradebook(records, column):
    most = records[0].most if records else ""
    lines = [[*CANVAS[:-1], "Section", column], [POINTS_POSSIBLE, "", "", "", "", most]]
    for record in _given(records).values():
        ids = [record.student, "", ""] if record.student.isdecimal() else ["", "", plain(record.student)]
        lines.append([plain(record.full_name or record.student), *ids, "", f"{record.points:g}"])
    return written(lines), waiting(records)


def _given(records):
    """Who gets points: who has handed in, and waits for nobody."""
    return {record.student: record for record in records if record.sha256 and not record.waits}


def waiting(records: list[Record]) -> list[str]:
    """Say who waits for a person's points."""
    return _listed(
        [record.student for record in records if record.waits], "To be graded by hand, and without points yet"
    )


def _absences(records, there):
    """Say who gets no points, of the gradebook and of the platform's file, whose students are {id: name}."""
    known = {record.student: record for record in records}
    missing = [record.student for record in records if record.sha256 and record.student not in there]
    strange = [name for student, name in there.items() if student and student not in known]
    nothing = [name for student, name in there.items() if student in known and not known[student].sha256]
    says = waiting(records) + _listed(missing, "Handed in, and not in the platform's file")
    says += _listed(strange, "In the platform's file, and not in the gradebook")
    return says + _listed(nothing, "Handed in nothing, and keep what the platform's file says")


def _listed(names, what):
    names = sorted(names)
    more = f" and {len(names) - 20} more" if len(names) > 20 else ""
    return [f"{what} ({len(names)}): {', '.join(names[:20])}{more}."] if names else []


def _scale(records, said, then):
    """Say that the platform counts other points than the exercise has."""
    most = records[0].most if records else 0
    others = [text for text in sorted(said) if records and _number(text) not in (None, most)]
    return (
        [f"The exercise has {most} points, and the platform's assignment {', '.join(others)}: {then}."]
        if others
        else []
    )


def _number(text):
    with contextlib.suppress(ValueError):
        return float(text.replace(",", "."))
    return None


def comments(record: Record) -> str:
    """Return what a student is told, as Moodle shows it: as HTML."""
    lines = (line for score in record.scores for line in score.says)
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines)
