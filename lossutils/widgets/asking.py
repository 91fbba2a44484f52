"""A widget that asks: one question at a time, a reason for every answer, and a score of first tries.

Everything works with the keyboard: Tab walks from answer to answer and to the buttons, Space ticks and presses, Enter
sends a number.
"""

from __future__ import annotations

from collections.abc import Iterable

import ipywidgets

from lossutils.questions import Question, markup
from lossutils.widgets.judging import judged, shown
from lossutils.widgets.live import PLAIN, TIGHT, Live

WIDE = ipywidgets.Layout(width="auto", max_width="640px")


class Asking(Live):
    """Questions, one after the other, and what stands below them. The score counts those right at the first try."""

    def __init__(self, name: str, questions: Iterable[Question], below: Iterable[ipywidgets.Widget]):
        self._name, self.questions = name, list(questions)
        self._first_tries: dict[int, bool] = {}
        self._at = 0
        self._position, self._text = ipywidgets.HTML(layout=PLAIN), ipywidgets.HTMLMath(layout=WIDE)
        self._place = ipywidgets.VBox(layout=PLAIN)
        self._feedback, self._score = ipywidgets.HTMLMath(layout=WIDE), ipywidgets.HTML(layout=PLAIN)
        self.check = button("Check my answer", self._judge)
        self.back = button("Question before", lambda _: self.go(self._at - 1))
        self.on = button("Next question", lambda _: self.go(self._at + 1))
        steps = ipywidgets.HBox([self.back, self.on], layout=PLAIN)
        super().__init__([self._position, self._text, self._place, self.check, self._feedback, steps, self._score])
        self.children += (*below, self._hint)
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

    def tried(self, right: bool) -> None:
        """Do what is to be done when the question on show was answered for the first time."""
        raise NotImplementedError

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
        if right is not None and self._at not in self._first_tries:
            self._first_tries[self._at] = right
            self.tried(right)
        # an alert is read out when it is inserted; a polite region that is inserted together with its text is not
        self._feedback.value = f'<div role="alert" aria-live="assertive">{words}</div>'
        self._score.value = self.score


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


def _control(question):
    return Number(question) if question.type == "numeric" else Options(question)


def button(text: str, action) -> ipywidgets.Button:
    """Return a button as wide as its text."""
    made = ipywidgets.Button(description=text, layout=TIGHT)
    made.on_click(action)
    return made


def numbers_of(seed: int) -> str:
    """Say which numbers a question has."""
    return f"numbers of seed {seed}"


def paragraph(inside: str) -> str:
    """Return HTML whose lines stand as close as a text's."""
    return f'<div style="line-height: 1.4">{inside}</div>'
