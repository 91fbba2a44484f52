"""Marks answers that somebody typed in: points for each test, and a list of what could not be read."""

from __future__ import annotations

from typing import NamedTuple

from lossexam.drawing import Variant
from lossexam.exam import Exam
from lossexam.refusals import Refusal
from lossgrade.tables import Sheet
from lossutils.questions import Question
from lossutils.widgets.typed import typed_number

WHO = ("variant", "test", "student", "number", "id")


class Given(NamedTuple):
    """An answer: as it was typed, what it earns of 1, which answers of the bank it is, and what is wrong with it."""

    typed: str
    share: float = 0.0
    places: tuple[int, ...] = ()  # of the bank's answers; none where nothing fits
    trouble: str = ""


class Marked(NamedTuple):
    """A test that was handed in."""

    variant: Variant
    given: list[Given]

    @property
    def each(self) -> list[float]:
        """The points of each question."""
        return [one.share * asked.difficulty for one, asked in zip(self.given, self.variant.questions, strict=True)]

    @property
    def points(self) -> float:
        """What it earns."""
        return sum(self.each)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was handed in."""
        return not any(one.typed for one in self.given)


def marked(exam: Exam, text: str) -> list[Marked]:
    """Mark a table: a column that says whose test it is, and a column for each question, named by its number.

    Raises Refusal where a test is not known, stands twice, or a question has no column: nobody's points depend on a
    guess. Open questions get their points typed in.
    """
    sheet = Sheet.read(text, "the table of answers")
    names = [name.strip().lower().removeprefix("q") for name in sheet.header]
    who = next((names.index(name) for name in WHO if name in names), None)
    if who is None:
        raise Refusal(f"the table has no column 'variant' or 'student'; its columns are {', '.join(sheet.header)}")
    wanted = [str(number) for number in range(1, len(exam.questions) + 1)]
    if missing := [name for name in wanted if name not in names]:
        raise Refusal(f"the table has no column for question {', '.join(missing)}")
    known = _known(exam)
    found: dict[str, Marked] = {}
    for row in sheet.rows:
        variant = known.get(row[who].strip().lower())
        if variant is None:
            raise Refusal(f"the table names {row[who]!r}, whose test is not among those of this exam")
        if variant.name in found:
            raise Refusal(f"the table has two rows for {row[who]!r}")
        typed = [row[names.index(name)].strip() for name in wanted]
        found[variant.name] = Marked(variant, list(map(mark, variant.questions, variant.orders, typed)))
    return list(found.values())


def _known(exam):
    """Each test by its name, and by its student's number and name where only one has it."""
    known: dict[str, Variant] = {}
    for names in ("student", "number", "name"):
        every = [getattr(variant, names).strip().lower() for variant in exam.variants]
        known |= {name: one for name, one in zip(every, exam.variants, strict=True) if name and every.count(name) == 1}
    return known


def mark(question: Question, order: list[int], typed: str) -> Given:
    """Mark one answer; an empty one is none."""
    if not typed:
        return Given(typed)
    if question.type == "open":
        return _points(question, typed)
    return _letters(question, order, typed) if question.options else _number(question, typed)


def _letters(question, order, typed):
    ticked = {letter for letter in typed.upper() if letter not in " ,;+/&"}
    options = dict(question.options)
    if strange := sorted(ticked - set(options)):
        return Given(typed, trouble=f"there is no option {', '.join(strange)}")
    letters = list(options)
    return Given(typed, share(question, ticked), tuple(sorted(order[letters.index(letter)] for letter in ticked)))


def share(question: Question, ticked: set[str]) -> float:
    """Return what ticks earn of 1. Of several right options each is worth its part, and a wrong tick costs as much as
    there are wrong ones: ticking everything earns nothing."""
    right = {letter for letter, answer in question.options if answer.correct}
    wrong = {letter for letter, _ in question.options} - right
    if question.type == "multiple_choice":
        return float(ticked == right)
    return max(0.0, len(ticked & right) / len(right) - len(ticked & wrong) / max(len(wrong), 1))


def _number(question, typed):
    try:
        number = typed_number(typed)
    except ValueError as error:
        return Given(typed, trouble=str(error))
    answer = question.to_number(number)
    places = tuple(place for place, one in enumerate(question.answers) if one is answer)
    return Given(typed, float(answer.correct), places, "" if answer.correct else question.slip(number))


def _points(question, typed):
    """The points of an open question, as its reader gave them."""
    try:
        points = float(typed.replace(",", "."))
    except ValueError:
        points = -1.0
    if not 0 <= points <= question.difficulty:
        return Given(typed, trouble=f"{typed} are no points from 0 to {question.difficulty}")
    return Given(typed, points / question.difficulty)
