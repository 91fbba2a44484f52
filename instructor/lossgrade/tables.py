"""Tables as platforms and spreadsheets write them: lists of students, worksheets, grades."""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from lossgrade.refusals import NoMatch
from lossgrade.workspace import distinct, safe_name

TEST_STUDENT = "Student, Test"  # whom Canvas makes for the lecturer's student view
LARGEST_CELL = 10_000_000  # Moodle's worksheet holds what was typed in online
# What a spreadsheet computes: also after a semicolon, where its country separates cells by it
FORMULA = re.compile(r"(^|[;\t\r\n])(?=\s*[=+@\t\r]|\s*-(?![\d.]+$))")


class Sheet(NamedTuple):
    """A table as a platform has written it."""

    header: list[str]
    rows: list[list[str]]
    delimiter: str

    @classmethod
    def read(cls, text: str, what: str) -> Sheet:
        """Read a table whose cells are separated by commas, semicolons or tabs; NoMatch if there is none."""
        text = text.lstrip("\ufeff")
        delimiter = max(",;\t", key=text.partition("\n")[0].count)
        csv.field_size_limit(LARGEST_CELL)
        try:
            lines = [line for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if any(line)]
        except csv.Error as error:
            raise NoMatch(f"{what} is no CSV table: {error}") from None
        if not lines:
            raise NoMatch(f"{what} is empty")
        width = len(lines[0])
        return cls(lines[0], [line + [""] * (width - len(line)) for line in lines[1:]], delimiter)

    def place(self, name: str) -> int | None:
        """Return where a column is."""
        return self.header.index(name) if name in self.header else None


def written(lines: Iterable, delimiter: str = ",") -> str:
    """Return a table as text."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(lines)
    return out.getvalue()


def plain(value: object) -> str:
    """Return a text that a spreadsheet doesn't compute, whatever a student has written."""
    return FORMULA.sub(r"\1'", str(value))


NAMES = {  # of the columns in lists of students
    "id": ("id", "identifier", "student id", "id number", "username"),
    "first_name": ("first_name", "first name", "firstname"),
    "last_name": ("last_name", "last name", "surname", "lastname", "name", "full name", "student"),
    "email": ("email", "email address", "e-mail"),
}


def roster(text: str) -> dict[str, dict]:
    """Return the students of a list: Canvas' gradebook, Moodle's worksheet, or columns called id, name and email."""
    sheet = Sheet.read(text, "the list of students")
    names = [name.strip().lower() for name in sheet.header]
    columns = {what: [names.index(name) for name in called if name in names] for what, called in NAMES.items()}
    if not columns["id"]:
        raise NoMatch(f"the list of students has no column 'id': its columns are {', '.join(sheet.header)}")
    found: dict[str, dict] = {}
    for row in sheet.rows:
        about = {what: next((row[place].strip() for place in places if row[place].strip()), "")
                 for what, places in columns.items()}  # fmt: skip
        student = re.sub(r"^(Participant |Teilnehmer[/*:]in)(?=\d+$)", "", about.pop("id"))
        if about["last_name"] == TEST_STUDENT or not (student or _is_somebody(row, about)):
            continue
        if not student or student in found:
            raise NoMatch(
                f"the list of students has {'two rows' if student else 'no id'} for {student or ', '.join(row)}"
            )
        found[student] = about
    distinct(found)
    return {safe_name(student): about for student, about in found.items()}


def _is_somebody(row, about):
    """Whether a row without a number is a person's: Canvas has two that aren't."""
    return "Points Possible" not in row[0] and any(about.values())


def read(file: str | Path) -> str:
    """Return the text of a CSV file, as spreadsheets and platforms write it."""
    data = Path(file).read_bytes()
    if data.startswith(b"PK"):
        raise NoMatch(f"{file} is a spreadsheet program's own file; save it as CSV")
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        with contextlib.suppress(UnicodeDecodeError):
            return data.decode(encoding)
    raise NoMatch(f"{file} is no text: neither in UTF-8 nor as Windows writes it")
