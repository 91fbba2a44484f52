"""Makes a test for everybody: chosen, drawn, printed and kept."""

from __future__ import annotations

import argparse
from pathlib import Path

from lossexam import kept
from lossexam.bank import chosen_chapters, printable, unproved
from lossexam.choosing import chosen
from lossexam.drawing import Person, variants
from lossexam.exam import Exam
from lossexam.formulas import formulas
from lossexam.paper import pages, web
from lossexam.refusals import Refusal
from lossgrade import tables
from lossgrade.workspace import write
from lossutils import questions

KEY = "key.json"
ON_PAGES = 2  # stands a test, on the two sides of a sheet


def make(asked: argparse.Namespace) -> list[str]:
    """Make a test for each variant or student, and the key."""
    exam = exam_of(asked)
    folder = asked.into or Path("exams") / str(asked.seed)
    asked_for = {name: str(value) for name, value in vars(asked).items() if name not in ("does", "into")}
    _refuse_another(folder, asked_for)
    files: dict[str, str | bytes] = {
        "tests.pdf": pages.tests(exam, asked.pages or (None if asked.mock else ON_PAGES)),
        "tests.html": web.page(exam, "test"),
        "key.pdf": pages.key(exam),
        "key.html": web.page(exam, "key"),
        KEY: kept.written(exam, asked_for),
        "answers.csv": _to_fill_in(exam),
    }
    if asked.sheet:
        files["sheets.pdf"] = pages.sheets(exam)
    if asked.formulas:
        files["formulas.pdf"] = pages.formulas(exam)
    for name, content in files.items():
        if name != "answers.csv" or not (folder / name).exists():
            write(folder / name, content)
    return [f"{len(exam.variants)} tests: {exam.how_long}", *(str(folder / name) for name in files)]


def exam_of(asked: argparse.Namespace) -> Exam:
    """Choose the questions and draw everybody's numbers."""
    people = _people(asked)
    every = _mock() if asked.mock else _choice(asked)
    needed = sorted({question.chapter for question in every})
    return Exam(
        asked.title, asked.seed, variants(every, people, asked.seed), formulas(needed) if asked.formulas else []
    )


def _choice(asked):
    chapters = chosen_chapters(asked.chapters)
    if asked.questions < 1 or not 0 <= asked.open <= asked.questions:
        raise Refusal(f"{asked.questions} questions, {asked.open} of them open, are no test")
    closed = chosen(printable(chapters), asked.questions - asked.open, asked.seed)
    return [*closed, *chosen(printable(chapters, "open"), asked.open, asked.seed)]


def _mock():
    """The questions of the mock exam, all of them or none."""
    bank = {one.id: one for chapter in questions.chapters() for one in questions.load(chapter)}
    asked = [bank[one.id] for one in questions.exam.all_questions()]
    missing = [f"{one.chapter} {one.id}: {why}" for one in asked if (why := unproved(one))]
    if missing:
        raise Refusal(f"the mock exam can't be printed, because a key has one proof only: {'; '.join(missing)}")
    return asked


def _people(asked) -> list[Person]:
    if asked.students is None:
        names = asked.variants or ["A"]
        if len(set(names)) < len(names):
            raise Refusal(f"a variant's name stands twice: {' '.join(names)}")
        return [Person(name) for name in names]
    roster = tables.roster(tables.read(asked.students))
    if not roster:
        raise Refusal(f"{asked.students} lists nobody")
    digits = len(str(len(roster)))
    return [
        Person(f"{place:0{digits}}", f"{about['first_name']} {about['last_name']}".strip() or number, number)
        for place, (number, about) in enumerate(roster.items(), 1)
    ]


def _refuse_another(folder, asked_for):
    """A folder that holds another test stays as it is: its key is what its answers are marked by."""
    file = folder / KEY
    if file.exists() and kept.asked_for(file.read_text(encoding="utf-8")) != asked_for:
        raise Refusal(f"{folder} holds a test that was asked for in other words; say another place with --into")


def _to_fill_in(exam):
    """The table to type answers into: a row for each test."""
    numbers = range(1, len(exam.questions) + 1)
    rows = [
        [variant.name, tables.plain(variant.student), variant.number, *("" for _ in numbers)]
        for variant in exam.variants
    ]
    return tables.written([["variant", "student", "number", *numbers], *rows])
