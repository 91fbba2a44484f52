"""What is kept of a test, key.json: all that is needed to mark it, even when the bank has changed since."""

from __future__ import annotations

import contextlib
import dataclasses
import json

from lossexam.drawing import Variant
from lossexam.exam import Exam
from lossexam.refusals import Refusal
from lossutils.questions import Answer, Question

FORM = 1  # of the file
LEFT_OUT = ("template", "numbers", "proof", "agreed")


def written(exam: Exam, asked_for: dict) -> str:
    """Return the text of key.json; `asked_for` is what the command said."""
    variants = [
        {
            "name": variant.name,
            "student": variant.student,
            "number": variant.number,
            "orders": variant.orders,
            "questions": [_plain(question) for question in variant.questions],
        }
        for variant in exam.variants
    ]
    about = {"form": FORM, "title": exam.title, "seed": exam.seed, "asked_for": asked_for}
    return json.dumps({**about, "variants": variants}, ensure_ascii=False, indent=1) + "\n"


def read(text: str) -> Exam:
    """Return the test that key.json keeps."""
    with _readable():
        kept = json.loads(text)
        if kept["form"] != FORM:
            raise Refusal(f"key.json has the form {kept['form']}; this lossexam reads form {FORM}")
        variants = [
            Variant(
                one["name"],
                one["student"],
                one["number"],
                [_question(entry) for entry in one["questions"]],
                one["orders"],
            )
            for one in kept["variants"]
        ]
        return Exam(kept["title"], kept["seed"], variants)


def asked_for(text: str) -> dict:
    """Return what the command said that made a test."""
    with _readable():
        return json.loads(text)["asked_for"]


@contextlib.contextmanager
def _readable():
    try:
        yield
    except (ValueError, KeyError, TypeError) as error:
        raise Refusal(f"key.json is not what lossexam wrote: {error!r}") from error


def _plain(question):
    every = {field.name: getattr(question, field.name) for field in dataclasses.fields(question)}
    kept = {name: value for name, value in every.items() if name not in LEFT_OUT}
    return {**kept, "answers": [dataclasses.asdict(answer) for answer in question.answers]}


def _question(entry):
    answers = tuple(
        Answer(**{**one, "range": tuple(one["range"]) if one["range"] else None}) for one in entry["answers"]
    )
    tuples = {name: tuple(entry[name]) for name in ("rubric", "samples")}
    return Question(**{**entry, "answers": answers, **tuples})
