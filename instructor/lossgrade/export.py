"""Points as the learning platforms import them: their column names, their ids."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from lossgrade.book import Record
from lossgrade.course import Chapter
from lossgrade.refusals import NoMatch

# Moodle's grading worksheet of an assignment (mod_assign, feedback plugin "offline")
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
CANVAS = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
POINTS_POSSIBLE = "    Points Possible"


def table(chapter: Chapter, records: list[Record]) -> str:
    """Return grades.csv: a line for each student, a column for each task."""
    names = [*(task.name for task in chapter.tasks), *(one.name for one in chapter.arguments)]
    lines = [
        ["student", "name", "chapter", "points", "of", "to grade by hand", "late penalty", "handed in", *names, "notes"]
    ]
    for record in records:
        earned = {score.name: score.points for score in record.scores}
        lines.append(
            [record.student, record.full_name, chapter.name, f"{record.points:g}", record.most]
            + [sum(points is None for points in earned.values()), f"{record.late_penalty:g}", record.handed]
            + ["" if earned.get(name) is None else f"{earned[name]:g}" for name in names]
            + [" ".join(record.notes)]
        )
    return _written(lines)


def moodle(chapter: Chapter, records: list[Record], worksheet: str = "") -> str:
    """Return Moodle's grading worksheet with the points: the one downloaded, else one with the same columns."""
    earned = {record.student: record for record in records}
    if not worksheet:
        lines = [MOODLE]
        for record in records:
            if record.sha256 and not record.waits:
                grade, says = f"{record.points:.2f}", comments(record)
                lines.append(
                    [
                        f"Participant {record.student}",
                        record.full_name,
                        "",
                        "",
                        grade,
                        f"{record.most:.2f}",
                        "Yes",
                        "",
                        "",
                        says,
                    ]
                )
        return _written(lines)
    header, *rows = list(csv.reader(io.StringIO(worksheet.lstrip("\ufeff"))))
    if missing := {"Identifier", "Grade"} - set(header):
        raise NoMatch(f"the worksheet has no column {min(missing)!r}; take Moodle's own: Download grading worksheet")
    place = {name: header.index(name) for name in header}
    for row in rows:
        record = earned.get(row[place["Identifier"]].removeprefix("Participant ").strip())
        if record is None or not record.sha256 or record.waits:
            continue
        row[place["Grade"]] = f"{record.points:.2f}"
        if "Feedback comments" in place:
            row[place["Feedback comments"]] = comments(record)
    return _written([header, *rows])


def canvas(chapter: Chapter, records: list[Record], gradebook: str = "", column: str = "") -> str:
    """Return Canvas' gradebook with the points: the one that was exported, else one with the same columns.

    `column` is the assignment's column, as in "Exercise 01 (4711)"; else the one that names the chapter.
    """
    earned = {record.student: record for record in records}
    if not gradebook:
        lines = [
            [*CANVAS, column or chapter.name],
            [POINTS_POSSIBLE, "", "", "", "", records[0].most if records else ""],
        ]
        for record in records:
            if record.sha256 and not record.waits:
                lines.append([record.full_name, record.student, "", "", "", f"{record.points:g}"])
        return _written(lines)
    header, *rows = list(csv.reader(io.StringIO(gradebook.lstrip("\ufeff"))))
    if "ID" not in header:
        raise NoMatch("the gradebook has no column 'ID'; export it in Canvas: Grades, Export")
    chosen = (
        [name for name in header if name == column] if column else [name for name in header if chapter.name in name]
    )
    if len(chosen) != 1:
        raise NoMatch(f"the gradebook has {len(chosen)} columns for {column or chapter.name!r}; name one by --column")
    kept = [place for place, name in enumerate(header) if name in CANVAS or name == chosen[0]]
    target = header.index(chosen[0])
    for row in rows:
        record = earned.get(row[header.index("ID")].strip())
        if record is not None and record.sha256 and not record.waits:
            row[target] = f"{record.points:g}"
    return _written([[row[place] for place in kept] for row in (header, *rows)])


def comments(record: Record) -> str:
    """Return what a student is told, as one text."""
    return "\n".join(line for score in record.scores for line in score.says)


def _written(lines):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([[_plain(one) for one in line] for line in lines])
    return out.getvalue()


def _plain(value):
    """A spreadsheet computes what begins with = + - or @, also where a student has written it."""
    text = str(value)
    return f"'{text}" if text[:1] in ("=", "+", "@", "\t", "\r") or (text[:1] == "-" and not _is_number(text)) else text


def _is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True


def roster(text: str) -> dict[str, dict]:
    """Return the students of a list: Canvas' gradebook, Moodle's worksheet, or columns called id, name and email."""
    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
    found = {}
    for row in rows:
        row = {
            (name or "").strip().lower(): (value or "").strip() for name, value in row.items() if isinstance(value, str)
        }
        student = row.get("id") or row.get("identifier", "").removeprefix("Participant ") or row.get("student id", "")
        if not student:
            continue
        name = row.get("name") or row.get("full name") or row.get("student", "")
        email = row.get("email") or row.get("email address", "")
        found[student.strip()] = {"last_name": name, "email": email}
    if rows and not found:
        raise NoMatch(f"the list of students has no column 'id': its columns are {', '.join(rows[0])}")
    return found


def read(file: str | Path) -> str:
    """Return the text of a CSV file, as spreadsheets and platforms write it."""
    data = Path(file).read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252")
