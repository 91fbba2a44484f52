"""What went wrong in a quiz comes back, with fresh numbers, until it is learnt: a session with the three boxes.

    widgets.quiz_again()        asks what is due
    widgets.forget_boxes()      removes what is kept

`lossutils.questions.boxes` says which question is due when, and what is kept.
"""

from __future__ import annotations

import html as entities
from collections.abc import Mapping

import ipywidgets

from lossutils import questions
from lossutils.engine.saying import say
from lossutils.questions import Question, boxes
from lossutils.widgets.asking import WIDE, Asking, button, numbers_of, paragraph
from lossutils.widgets.live import Live

SEEDS_FROM = 1000  # so that a session has other numbers than a quiz whose button was pressed a few times
NOTHING = (
    "No question waits in the boxes. One that you answer wrong at the first try in a quiz, such as "
    '<code>widgets.quiz("01")</code>, comes here.'
)
RULES = (
    "Box 1 is asked in every session, box 2 in every second, box 3 in every fourth. Right at the first try moves a "
    "question a box up, and out of box 3 it is learnt; wrong takes it back to box 1."
)
OVER = " This session is over; run the cell again for the next one."
FORGET, SURE = "Forget all boxes", "Press again to forget all boxes"


class QuizAgain(Asking):
    """The questions of a session, those of box 1 first."""

    def __init__(self, session: boxes.Session, bank: Mapping[str, Question]):
        self.session, self._bank = session, bank
        self.seed = SEEDS_FROM + session.number
        self._waiting, self._kept = ipywidgets.HTML(layout=WIDE), ipywidgets.HTML(layout=WIDE)
        self.forget = button(FORGET, self._forget)
        rules = ipywidgets.HTML(paragraph(f"{RULES} {where_it_is_kept()}"), layout=WIDE)
        asked = [bank[name].at(self.seed) for name in session.due]
        super().__init__("quiz again", asked, [self._waiting, self._kept, rules, self.forget])
        self._tell(session.words)

    @property
    def position(self) -> str:
        """Where you are, and from which box the question comes."""
        numbers = f", {numbers_of(self.seed)}" if self.question.numbers else ""
        return f"{super().position}, from box {self.session.due[self.question.id]}{numbers}"

    @property
    def waiting(self) -> str:
        """How many questions wait in each box, and what follows when all were asked."""
        kept = list(boxes.waiting(self._bank).values())
        if not kept:
            return "Nothing waits in the boxes any more."
        counts = ", ".join(f"{kept.count(box) or 'none'} in box {box}" for box in boxes.EVERY)
        is_over = len(self._first_tries) == len(self.questions)
        return f"Waiting: {counts}.{OVER * is_over}"

    def tried(self, right: bool) -> None:
        """Move the question to its next box."""
        self._tell(boxes.answered(self.question.id, right, self.session))

    def _show(self, to: int) -> None:
        self.forget.description = FORGET
        super()._show(to)

    def _forget(self, _button) -> None:
        self.answered()
        if self.forget.description == FORGET:
            self.forget.description = SURE
            return
        self.forget.description = FORGET
        self._tell(boxes.forget() or "Their file is removed.")

    def _tell(self, words):
        self._waiting.value = paragraph(self.waiting)
        self._kept.value = f'<span role="alert">{entities.escape(words)}</span>' if words else ""


class NothingWaits(Live):
    """What is said when no question waits."""

    def __init__(self, words: str):
        super().__init__([ipywidgets.HTML(paragraph(f"{NOTHING} {entities.escape(words)}"), layout=WIDE)])

    def __repr__(self) -> str:
        return "quiz again: no question waits"


def quiz_again() -> Live:
    """Return a session: the questions that went wrong and are due, with fresh numbers."""
    bank = {question.id: question for chapter in questions.chapters() for question in questions.load(chapter)}
    session = boxes.session(bank)
    return QuizAgain(session, bank) if session.due else NothingWaits(session.words)


def forget_boxes() -> None:
    """Remove what is kept of quizzes: which questions wait in which box."""
    if words := boxes.forget():
        say(words)


def where_it_is_kept() -> str:
    """Say what is kept and where, as HTML."""
    file = entities.escape(str(boxes.file()))
    return (
        f"The file <code>{file}</code> on this computer keeps the names of these questions, their boxes and the number "
        "of sessions; nothing is sent. <code>widgets.forget_boxes()</code> removes it."
    )
