"""The quiz of a chapter: one question at a time, a reason for every answer; nothing is stored or sent.

    widgets.quiz("01")      of a chapter
    widgets.quiz("exam")    the mock exam, but for its open questions

Everything works with the keyboard: Tab walks from answer to answer and to the buttons, Space ticks and presses, Enter
sends a number.
Open questions are not asked here; they stand in the notebook with their answers.
"""

from __future__ import annotations

import html as entities
import re

import ipywidgets

from lossutils import questions
from lossutils.plot.texts import number as number_in_words
from lossutils.questions import Question, markup
from lossutils.widgets.live import PLAIN, TIGHT, Live
from lossutils.widgets.typed import typed_number

EXAM = "exam"
WIDE = ipywidgets.Layout(width="auto", max_width="640px")


class Quiz(Live):
    """The questions of a chapter, one after the other. The score counts those right at the first try."""

    def __init__(self, chapter: str):
        self._name = "mock exam" if chapter == EXAM else f"quiz of chapter {chapter}"
        asked = questions.exam.all_questions() if chapter == EXAM else questions.load(chapter)
        self.questions = [question for question in asked if question.type != "open"]
        if not self.questions:
            raise ValueError(f"quiz: chapter {chapter} asks open questions only, which a quiz can't judge")
        self._first_tries: dict[int, bool] = {}
        self._at = 0
        self._position, self._text = ipywidgets.HTML(layout=PLAIN), ipywidgets.HTMLMath(layout=WIDE)
        self._place = ipywidgets.VBox(layout=PLAIN)
        self._feedback, self._score = ipywidgets.HTMLMath(layout=WIDE), ipywidgets.HTML(layout=PLAIN)
        self.check = self._button("Check my answer", self._judge)
        self.back = self._button("Question before", lambda _: self.go(self._at - 1))
        self.on = self._button("Next question", lambda _: self.go(self._at + 1))
        steps = ipywidgets.HBox([self.back, self.on], layout=PLAIN)
        super().__init__([self._position, self._text, self._place, self.check, self._feedback, steps, self._score])
        self.children += (self._hint,)
        self._show(0)

    @property
    def question(self) -> Question:
        """The question on show."""
        return self.questions[self._at]

    @property
    def position(self) -> str:
        """Where you are, as it stands above the question."""
        return f"Question {self._at + 1} of {len(self.questions)}"

    @property
    def score(self) -> str:
        """How many questions were answered right at the first try."""
        return f"Right at the first try: {sum(self._first_tries.values())} of {len(self._first_tries)} answered"

    @property
    def feedback(self) -> str:
        """What the last check said, as HTML; empty before it."""
        return self._feedback.value

    def __repr__(self) -> str:
        return f"{self._name}: {self.position.lower()}; {self.score.lower()}"

    def go(self, to: int) -> None:
        """Go to a question, counted from 0."""
        self.answered()
        self._show(to)

    def _show(self, to: int) -> None:
        self._at = to
        self.answer = _control(self.question)
        before, self._place.children = self._place.children, (self.answer,)
        for control in before:
            control.close()
        if isinstance(self.answer, Number):
            self.answer.box.observe(self._judge, "value")
        self._position.value = f"<strong>{self.position}</strong>"
        self._text.value = shown(self.question)
        self._feedback.value = ""
        self._score.value = self.score
        self.back.disabled, self.on.disabled = to == 0, to == len(self.questions) - 1

    def _judge(self, _button_or_change) -> None:
        self.answered()
        right, words = judged(self.question, self.answer.given)
        if right is not None:
            self._first_tries.setdefault(self._at, right)
        # an alert is read out when it is inserted; a polite region that is inserted together with its text is not
        self._feedback.value = f'<div role="alert" aria-live="assertive">{words}</div>'
        self._score.value = self.score

    @staticmethod
    def _button(text, action):
        button = ipywidgets.Button(description=text, layout=TIGHT)
        button.on_click(action)
        return button


class Options(ipywidgets.VBox):
    """A box to tick for each option; `given` are the letters of those ticked.

    Not RadioButtons: JupyterLab takes the arrow keys for itself, and without them only one of the buttons is in reach.
    """

    def __init__(self, question: Question):
        self.boxes = {
            letter: self._box(f"<strong>{letter}:</strong> {markup.inline(answer.answer)}")
            for letter, answer in question.options
        }
        super().__init__(list(self.boxes.values()))
        if question.type == "multiple_choice":
            for box in self.boxes.values():
                box.observe(self._untick_others, "value")

    @staticmethod
    def _box(text):
        return ipywidgets.Checkbox(description=text, description_allow_html=True, indent=False, layout=WIDE)

    def _untick_others(self, change):
        if change.new:
            for box in self.boxes.values():
                box.value = box is change.owner

    given = property(lambda self: {letter for letter, box in self.boxes.items() if box.value} or None)


class Number(ipywidgets.HBox):
    """A box for a number, empty at first; `given` is what stands in it.

    The browser sends it at Enter, and when it is left: letter by letter, a click or Enter may overtake the end.
    """

    def __init__(self, question: Question):
        self.box = ipywidgets.Text(
            description="Answer", placeholder="such as 0.25, 1/4 or ln 2", continuous_update=False
        )
        super().__init__([self.box, ipywidgets.Label(question.unit)])

    given = property(lambda self: self.box.value.strip() or None)


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


def _control(question):
    return Number(question) if question.type == "numeric" else Options(question)


def shown(question: Question) -> str:
    """Return a question as it is asked, as HTML."""
    code = markup.block(question.code) if question.code else ""
    more = "<p>More than one answer may be right.</p>" if question.type == "many_choice" else ""
    return markup.html(question.question) + code + more


def quiz(chapter: str) -> Quiz:
    """Return the quiz of a chapter, named by its number as in "01", or the mock exam, "exam"."""
    return Quiz(chapter)
