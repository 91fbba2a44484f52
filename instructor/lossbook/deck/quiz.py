"""Questions of the quiz for a show of hands: with options, and short enough for a slide."""

from __future__ import annotations

from lossbook.deck.blocks import Block
from lossbook.deck.pages import Slide, height, room_under
from lossutils import questions
from lossutils.questions import Question

HEADING = "What do you think?"


def asked(chapter: str, many: int) -> list[Slide]:
    """Return so many of the chapter's short questions: its last, or its first and its last, or none."""
    choices = (one for one in questions.load(chapter) if one.type == "multiple_choice" and not one.code)
    fitting = [made for made in map(slide, choices) if height(made.blocks) <= room_under(HEADING)]
    return [fitting[0], fitting[-1]][2 - many :]


def slide(question: Question) -> Slide:
    """Return a question, its options, and its answer for later; what is wrong with the others is said."""
    options = "\n".join(f"- **{letter}:** {answer.answer}" for letter, answer in question.options)
    answer = f"**Answer: {question.right()}.** {question.explanation}"
    shown = [Block("question", question.question), Block("list", options), Block("text", answer, later=True)]
    return Slide(HEADING, shown, [f"{letter}: {reason}" for letter, reason in question.reasons()])
