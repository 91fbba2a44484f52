"""The bank in the JSON of jupyterquiz (https://github.com/jmshea/jupyterquiz), whose words it uses."""

from __future__ import annotations

import math
from collections.abc import Iterable

from lossutils.questions.markup import inline
from lossutils.questions.question import Question


def to_jupyterquiz(questions: Iterable[Question]) -> list[dict]:
    """Return the questions as a list of dicts for `display_quiz`; open questions, which it doesn't know, are left out.

    Values become ranges: its `precision` counted decimals before version 2.7 and counts significant digits since.
    """
    return [_one(question) for question in questions if question.type != "open"]


def _one(question):
    numeric = question.type == "numeric"
    unit = f" (in {question.unit})" if question.unit else ""
    answers = [(_number if numeric else _option)(question, answer) for answer in question.answers]
    if numeric and not any(answer.get("type") == "default" for answer in answers):
        answers.append({"type": "default", "feedback": "Not this number. Try again."})
    converted = {"question": inline(question.question) + unit, "type": question.type, "answers": answers}
    return converted | ({"code": question.code.strip()} if question.code else {})


def _option(question, answer):
    return {"answer": inline(answer.answer), "correct": answer.correct, "feedback": _feedback(question, answer)}


def _number(question, answer):
    if answer.type == "default":
        return {"type": "default", "feedback": inline(answer.feedback)}
    start, end = answer.range or (answer.value - question.tolerance, answer.value + question.tolerance)
    end = end if answer.range else math.nextafter(end, math.inf)  # its ranges don't contain their end
    return {"type": "range", "range": [start, end], "correct": answer.correct, "feedback": _feedback(question, answer)}


def _feedback(question, answer):
    return inline(answer.feedback or question.explanation)
