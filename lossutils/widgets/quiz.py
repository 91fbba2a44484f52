"""The quiz of a chapter: one question at a time, a reason for every answer, fresh numbers at the press of a button.

    widgets.quiz("01")              of a chapter
    widgets.quiz("exam")            the mock exam, but for its open questions
    widgets.quiz("01", seed=7)      the numbers that a seed draws, the same on every machine

Which questions went wrong is kept on this computer, for `widgets.quiz_again`; nothing is sent.
Open questions are not asked here; they stand in the notebook with their answers.
"""

from __future__ import annotations

import html as entities

import ipywidgets

from lossutils import questions
from lossutils.questions import boxes
from lossutils.widgets.asking import WIDE, Asking, button, numbers_of, paragraph
from lossutils.widgets.live import PLAIN
from lossutils.widgets.quiz_again import where_it_is_kept

EXAM = "exam"
COMES_BACK = "What goes wrong at the first try comes back: <code>widgets.quiz_again()</code> asks it again."


class Quiz(Asking):
    """The questions of a chapter, with the course's numbers (`seed` is None) or with those that a seed draws."""

    def __init__(self, chapter: str, seed: int | None):
        name = "mock exam" if chapter == EXAM else f"quiz of chapter {chapter}"
        bank = questions.exam.all_questions() if chapter == EXAM else questions.load(chapter)
        asked = [question for question in bank if question.type != "open"]
        if not asked:
            raise ValueError(f"quiz: chapter {chapter} asks open questions only, which a quiz can't judge")
        self.seed = seed
        self.fresh = button("Fresh numbers", lambda _: self.draw((self.seed or 0) + 1))
        self._numbers, self._kept = ipywidgets.HTML(layout=PLAIN), ipywidgets.HTML(layout=WIDE)
        below = [ipywidgets.HBox([self.fresh, self._numbers], layout=PLAIN), self._kept]
        super().__init__(name, asked if seed is None else _drawn(asked, seed), below)
        self._numbers.value = self.numbers

    @property
    def numbers(self) -> str:
        """Which numbers the questions have; some have none that could be drawn."""
        if self.seed is None:
            return "the course's numbers"
        drawn = sum(bool(question.numbers) for question in self.questions)
        return f"{numbers_of(self.seed)}, in {drawn} of {len(self.questions)} questions"

    def __repr__(self) -> str:
        return super().__repr__() if self.seed is None else f"{super().__repr__()}; {numbers_of(self.seed)}"

    def draw(self, seed: int) -> None:
        """Ask again from the first question on, with the numbers that a seed draws; the score starts anew."""
        self.answered()
        self.questions, self.seed = _drawn(self.questions, seed), seed
        self._first_tries.clear()
        self._numbers.value = f'<span role="alert">{self.numbers}</span>'
        self._show(0)

    def tried(self, right: bool) -> None:
        """Keep that a question went wrong."""
        if not right:
            words = boxes.wrong(self.question.id)
            self._kept.value = paragraph(entities.escape(words) or f"{COMES_BACK} {where_it_is_kept()}")


def _drawn(asked, seed):
    return [question.at(seed) for question in asked]


def quiz(chapter: str, seed: int | None = None) -> Quiz:
    """Return the quiz of a chapter, named by its number as in "01", or the mock exam, "exam".

    `seed` draws other numbers than the course's, the same on every machine.
    """
    return Quiz(chapter, seed)
