"""A question as a quiz shows it, and what it says of an answer: a reason for each that is wrong, as HTML."""

from __future__ import annotations

import html as entities
import re

from lossutils.plot.texts import number as number_in_words
from lossutils.questions import Question, markup
from lossutils.widgets.typed import typed_number


def shown(question: Question) -> str:
    """Return a question as it is asked, as HTML."""
    code = markup.block(question.code) if question.code else ""
    more = "<p>More than one answer may be right.</p>" if question.type == "many_choice" else ""
    return markup.html(question.question) + code + more


def judged(question: Question, given) -> tuple[bool | None, str]:
    """Return whether an answer is right, and what to say about it, as HTML; None when nothing was answered."""
    if given is None:
        return None, "Answer first."
    return _judged_number(question, given) if question.type == "numeric" else _judged_options(question, given)


def _judged_options(question, letters):
    wrong = [(letter, answer) for letter, answer in question.options if letter in letters and not answer.correct]
    missing = sum(answer.correct for letter, answer in question.options if letter not in letters)
    if not wrong and not missing:
        return True, _right(question)
    words = "".join(f"<p>Not {letter}: {markup.inline(answer.feedback)}</p>" for letter, answer in wrong)
    if missing and question.type == "many_choice":
        words += f"<p>Right answers still missing: {missing}.</p>"
    return False, words


def _judged_number(question, text):
    try:
        number = typed_number(re.sub(r"\s*(%|per cent)$", "", text))
    except ValueError as error:
        return None, entities.escape(str(error))
    answer = question.to_number(number)
    if answer.correct:
        return True, _right(question)
    is_stored = answer.type != "default" and answer.feedback
    why = answer.feedback if is_stored else question.slip(number) or answer.feedback
    return False, f"<p>Not {entities.escape(text)}. {_reading(text, number)}{markup.inline(why)}</p>"


def _reading(text, number):
    """Say as what a text was read that may be read otherwise, such as 1,234 or ln 1/2."""
    return f"It was read as {number_in_words(number)}. " if re.search(r"[^\W\d]|,|\s", text.rstrip("% ")) else ""


def _right(question):
    """What is said about a right answer: why it is right, and why the options beside it are not."""
    reasons = (
        ""
        if question.type == "numeric"
        else "".join(f"<p>Not {letter}: {markup.inline(why)}</p>" for letter, why in question.reasons())
    )
    return f"<p><strong>Right: {question.right()}.</strong> {markup.inline(question.explanation)}</p>{reasons}"
