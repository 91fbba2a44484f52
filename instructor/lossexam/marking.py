"""Marks a table of answers, and writes what the lecturer hands back and what she learns from it."""

from __future__ import annotations

import argparse

from jinja2 import ChoiceLoader, PackageLoader

from lossexam import items, kept, scoring
from lossexam.making import KEY
from lossexam.paper.web import templates
from lossexam.refusals import Refusal
from lossgrade import tables
from lossgrade.workspace import write


def score(asked: argparse.Namespace) -> list[str]:
    """Mark typed-in answers: points.csv, and report.html with what the class and its questions are like."""
    folder = asked.of or asked.answers.parent
    if not (folder / KEY).is_file():
        raise Refusal(f"there is no {KEY} in {folder}: say with --of where the test is that was answered")
    exam = kept.read((folder / KEY).read_text(encoding="utf-8"))
    tests = scoring.marked(exam, tables.read(asked.answers))
    handed_in = [test for test in tests if not test.is_empty]
    if not handed_in:
        raise Refusal(f"{asked.answers} holds no answers yet")
    found = items.items(handed_in)
    write(folder / "points.csv", points(exam, tests))
    write(folder / "report.html", report(exam, tests, found))
    return [
        f"{len(handed_in)} of {len(exam.variants)} tests are marked",
        *(f"look again: {line}" for line in unclear(tests)),
        *(str(folder / name) for name in ("points.csv", "report.html")),
    ]


def points(exam, tests) -> str:
    """Return the table of points: a row a test, a column a question. Who handed in nothing has an empty row."""
    numbers = range(1, len(exam.questions) + 1)
    rows = {test.variant.name: _row(test) for test in tests if not test.is_empty}
    lines = [
        [
            variant.name,
            tables.plain(variant.student),
            variant.number,
            *rows.get(variant.name, ["", *("" for _ in numbers)]),
        ]
        for variant in exam.variants
    ]
    return tables.written([["variant", "student", "number", f"points of {exam.points}", *numbers], *lines])


def _row(test):
    return [f"{number:.4g}" for number in (test.points, *test.each)]


def unclear(tests) -> list[str]:
    """Say which answers a person should look at: what could not be read, and what is nearly right."""
    return [
        f"{test.variant.student or 'test'} {test.variant.name}, question {number}, {one.typed!r}: {one.trouble}"
        for test in tests
        for number, one in enumerate(test.given, 1)
        if one.trouble
    ]


def report(exam, tests, found) -> str:
    """Return the lecturer's page."""
    made = templates(ChoiceLoader([PackageLoader("lossexam.paper", ""), PackageLoader("lossgrade", "templates")]))
    handed_in = [test for test in tests if not test.is_empty]
    return made.get_template("report.html.j2").render(
        exam=exam,
        tests=sorted(handed_in, key=lambda test: -test.points),
        items=found,
        repeat=items.to_repeat(found),
        unclear=unclear(tests),
        absent=[variant for variant in exam.variants if variant.name not in {test.variant.name for test in handed_in}],
    )
