"""Which questions go to print: those whose key was reached in two ways.

The key of a number is computed by the bank's own expression, and once more by a function of `lossexam.second`, each
time that numbers are drawn. The key of a choice is the bank's, and that of two readers who answered without it; the
bank keeps the fingerprint of the text that they read, so a question that is changed needs two readers again. Where a
choice has numbers, the bank says besides what must hold of them, and that is computed at each draw.
"""

from __future__ import annotations

import hashlib
import json

from lossexam import second
from lossexam.refusals import Refusal
from lossutils import questions
from lossutils.questions import Question
from lossutils.questions.template import evaluated

LETTERS = 10  # of a fingerprint


def chosen_chapters(text: str | None) -> list[str]:
    """Return the chapters that a text names, as in "01-04,08"; all that ask questions without one."""
    known = questions.chapters()
    if not text:
        return list(known)
    found = set()
    for part in text.replace(" ", "").split(","):
        first, _, last = part.partition("-")
        if not first.isdigit() or not (last or first).isdigit():
            raise Refusal(f"{part!r} names no chapter; write them as in 01-04,08")
        inside = {one for one in known if int(first) <= int(one) <= int(last or first)}
        if not inside:
            raise Refusal(f"no chapter of {part} asks questions; those that do are {', '.join(known)}")
        found |= inside
    return sorted(found)


def printable(chapters: list[str], kind: str = "closed") -> list[Question]:
    """Return the questions of some chapters that may be printed: the closed ones, or the open ones."""
    every = (question for chapter in chapters for question in questions.load(chapter))
    return [one for one in every if (one.type == "open") == (kind == "open") and not unproved(one)]


def unproved(question: Question) -> str:
    """Say why a question may not be printed; an empty text where it may."""
    if question.type == "open":
        return "" if question.rubric else "it has no rubric"
    if question.type == "numeric":
        return disagreement(question)
    if question.agreed != fingerprint(question):
        return "no two readers have answered this text without its key"
    return ""


def disagreement(question: Question) -> str:
    """Say where the two ways to a key part, with the numbers that the question has; an empty text where they agree.

    A choice with numbers has the readers' key; what it states of its numbers must hold.
    """
    if question.options:
        false = [line for line in question.proof if not evaluated(line, question.numbers)]
        return f"{false[0]} does not hold" if false else ""
    found = second.answer(question)
    if found is None:
        return "nobody wrote a second way to its key"
    right = question.key
    if right.covers(found, question.tolerance):
        return ""
    return f"the key is {question.shown(right)}, the second way gives {found:.10g}"


def proved(question: Question) -> Question:
    """Return a question with drawn numbers; raise Refusal where the two ways to its key part."""
    if trouble := disagreement(question):
        raise Refusal(f"question {question.id} of chapter {question.chapter}, {question.numbers}: {trouble}")
    return question


def fingerprint(question: Question) -> str:
    """Return what changes with the text of a question, its options and its key, but not with their order."""
    options = sorted([answer["answer"], bool(answer.get("correct"))] for answer in question.template["answers"])
    asked = [question.type, question.template["question"], question.template.get("code", ""), options]
    return hashlib.sha256(json.dumps(asked, ensure_ascii=False).encode()).hexdigest()[:LETTERS]
