"""The quiz of a chapter as a page has it: the questions of the bank, the reasons, and what judges a typed number."""

from __future__ import annotations

import re

from lossbook.live.markup import board
from lossutils.questions import Question, markup
from lossutils.questions.question import PER_CENT, rounded
from lossutils.widgets import quiz
from lossutils.widgets.judging import judged, shown

TEX = re.compile(r"\$\$(.+?)\$\$|\$([^$]+)\$", re.DOTALL)
LESS = "Nothing is stored or sent."
WAITS = "Here a quiz asks, where scripts may run. The questions stand below, each with its answer."


def data(chapter: str) -> dict:
    """Return the questions that the quiz of a chapter, or "exam", asks."""
    return {"kind": "quiz", "questions": [_question(one) for one in quiz(chapter).questions]}


def html(chapter: str) -> str:
    """Return what stands in the page in the widget's place."""
    key = f"quiz{chapter}"
    inside = f'<div class="live-quiz mathjax_process">{WAITS}</div>'
    return board(key, inside, LESS, (f"live/{key}", "numbers", "live-quiz", "live"))


def _question(question: Question) -> dict:
    asked = {"type": question.type, "shown": tex(shown(question))}
    return asked | (_number(question) if question.type == "numeric" else _options(question))


def _options(question: Question) -> dict:
    right = {letter for letter, answer in question.options if answer.correct}
    return {
        "options": [
            {
                "letter": letter,
                "text": tex(markup.inline(answer.answer)),
                "correct": answer.correct,
                "why": tex(markup.inline(answer.feedback)),
            }
            for letter, answer in question.options
        ],
        "right": tex(judged(question, right)[1]),
    }


def _number(question: Question) -> dict:
    right = question.key
    middle = sum(right.range) / 2 if right.range else right.value
    return {
        "unit": question.unit,
        "precision": question.precision,
        "coarse": rounded(right.value, question.precision),
        "share": right.is_share and not question.unit,
        "perCent": question.unit in PER_CENT,
        "answers": [
            {
                "value": answer.value,
                "range": answer.range,
                "width": question.width(answer),
                "correct": answer.correct,
                "default": answer.type == "default",
                "why": tex(markup.inline(answer.feedback)),
            }
            for answer in sorted(question.answers, key=lambda answer: not answer.correct)
        ],
        "right": tex(judged(question, f"{middle!r}")[1]),
    }


def tex(html: str) -> str:
    """Return HTML whose formulas stand between the marks that MathJax reads in the book."""
    return TEX.sub(lambda found: rf"\[{found[1]}\]" if found[1] else rf"\({found[2]}\)", html)
