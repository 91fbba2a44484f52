"""A test: what is asked, of whom, and what stands at the head of its pages."""

from __future__ import annotations

import dataclasses
import math

from lossexam.drawing import Variant
from lossutils.questions import Question

MINUTES = {1: 2.0, 2: 3.0, 3: 5.0}  # for a question of each difficulty
A_LITTLE_MORE = 5  # minutes: what a test lasts is a multiple of this
ADVICE = (
    "Tick one box, unless a question says that more than one answer may be right; then a wrong tick costs points.",
    "A number may have more digits than are asked for; where none are asked for, give four significant ones.",
    "The logarithm is the natural one. A pocket calculator is allowed.",
)
PROVED = (
    "Each number of this key was computed in two ways that know nothing of one another;"
    " each choice was answered by two readers who had not seen its key."
)


@dataclasses.dataclass(frozen=True)
class Exam:
    """The same questions for everybody, with numbers of their own."""

    title: str
    seed: int
    variants: list[Variant]
    formulas: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    advice: tuple[str, ...] = ADVICE
    how_proved: str = PROVED

    @property
    def questions(self) -> list[Question]:
        """The questions as the first of all is asked them."""
        return self.variants[0].questions

    @property
    def points(self) -> int:
        """What all questions together are worth."""
        return sum(question.difficulty for question in self.questions)

    @property
    def minutes(self) -> int:
        """How long the test lasts."""
        needed = sum(MINUTES[question.difficulty] for question in self.questions)
        return A_LITTLE_MORE * math.ceil(needed / A_LITTLE_MORE)

    @property
    def how_long(self) -> str:
        """How many questions, points and minutes there are."""
        return f"{len(self.questions)} questions, {self.points} points, {self.minutes} minutes."

    def worth(self, question: Question) -> str:
        """What a question is worth, in a word."""
        return "1 point" if question.difficulty == 1 else f"{question.difficulty} points"

    def label(self, variant: Variant, kind: str = "test") -> str:
        """What the pages of a variant are called: test A, key to A."""
        return {"test": "Test", "key": "Key to", "answers": "Answers to"}[kind] + f" {variant.name}"

    def mark(self, variant: Variant) -> str:
        """What a machine reads at the head of a page."""
        return ":".join(["lossexam", str(self.seed), variant.name, variant.number])
