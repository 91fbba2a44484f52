"""A question's texts as HTML. Each format has its own way to write a formula."""

from __future__ import annotations

import html as entities
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from lossutils.questions import Question, markup
from lossutils.questions.question import rounded

Formula = Callable[[str, bool], str]  # TeX, and whether it stands on a line of its own, to HTML


def mathjax(tex: str, display: bool) -> str:
    r"""Return a formula between \( and \), as MathJax reads it in Moodle and in Anki."""
    escaped = entities.escape(tex, quote=False)
    return rf"\[{escaped}\]" if display else rf"\({escaped}\)"


def inline(text: str, formula: Formula = mathjax) -> str:
    """Return one paragraph of the bank as HTML."""
    parts = markup.VERBATIM.split(text)
    return "".join(_formula(part, formula) if part.startswith("$") else markup.inline(part) for part in parts)


def _formula(part, formula):
    return formula(part.strip("$").strip(), part.startswith("$$"))


def html(text: str, formula: Formula = mathjax) -> str:
    """Return paragraphs, parted by empty lines, as HTML."""
    return "".join(f"<p>{inline(paragraph, formula)}</p>" for paragraph in text.strip().split("\n\n"))


def shown(question: Question, formula: Formula = mathjax) -> str:
    """Return a question as it is asked, without its options."""
    parts = [html(question.question, formula)]
    if question.code:
        parts.append(markup.block(question.code))
    if question.type == "many_choice":
        parts.append("<p>More than one answer may be right.</p>")
    if question.unit:
        parts.append(f"<p>Unit: {entities.escape(question.unit, quote=False)}</p>")
    return "".join(parts)


def listed(lines: list[str]) -> str:
    """Return lines of HTML as a list; nothing if there are none."""
    return f"<ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>" if lines else ""


def marking(question: Question, formula: Formula = mathjax) -> str:
    """Return how an open question is marked: its answer, what is worth how much, and answers worth more and less."""
    worth = [f"{_points(part['points'])}: {inline(part['what'], formula)}" for part in question.rubric]
    samples = "".join(
        f"<p><strong>An answer worth {_points(one['points'])}:</strong></p>{html(one['text'], formula)}"
        f"<p>{inline(one['why'], formula)}</p>"
        for one in question.samples
    )
    return html(question.explanation, formula) + listed(worth) + samples


def _points(number):
    return f"{number:g} point{'s' * (number != 1)}"


def plain(number: float) -> str:
    """Return a number as every program reads it: with a point, without an exponent."""
    text = f"{Decimal(f'{number:.12g}'):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class Number(NamedTuple):
    """What may be answered to a numeric question: a value, how far off it may be, and what is said then."""

    value: float
    tolerance: float
    feedback: str

    @property
    def low(self) -> str:
        """The smallest number that is still this one."""
        return plain(self.value - self.tolerance)

    @property
    def high(self) -> str:
        """The largest number that is still this one."""
        return plain(self.value + self.tolerance)


def right_number(question: Question) -> Number:
    """Return the right answer of a numeric question."""
    return _number(question, question.key)


def typical_mistakes(question: Question) -> list[Number]:
    """Return the wrong numbers that the bank knows, with the reasons why they are wrong."""
    wrong = (answer for answer in question.answers if not answer.correct and answer.type != "default")
    return [_number(question, answer) for answer in wrong]


def _number(question, answer):
    if answer.range is None:
        return Number(answer.value, question.width(answer), answer.feedback)
    low, high = answer.range
    return Number((low + high) / 2, (high - low) / 2, answer.feedback)


def slips(question: Question) -> list[Number]:
    """Return the numbers that are nearly right, such as that with too few digits, as the quiz in the notebook does."""
    right, tolerance, _ = right_number(question)
    near = [(-right, tolerance), (100 * right, 100 * tolerance), (right / 100, tolerance / 100)]
    near += [(coarse, 0.0) for coarse in rounded(right, question.precision)]
    found = [Number(value, off, question.slip(value)) for value, off in near]
    return [one for one in found if one.feedback and not _is_known(question, one.value)]


def _is_known(question, value):
    answer = question.to_number(value)
    return answer.correct or (answer.type != "default" and answer.feedback)


def otherwise(question: Question) -> str:
    """Return what the bank says to every other number."""
    return next((answer.feedback for answer in question.answers if answer.type == "default"), "")
