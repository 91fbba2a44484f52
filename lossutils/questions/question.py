"""One question: its parts, whether an answer is right, and how it looks in a notebook."""

from __future__ import annotations

import math
import string
from dataclasses import dataclass, field

from lossutils.questions import template

CHOICES = ("multiple_choice", "many_choice")
PER_CENT = ("%", "per cent")
TYPES = (*CHOICES, "numeric", "open")


def rounded(value: float | None, digits: int) -> list[float]:
    """Return a value rounded to fewer significant digits, but none before the point: 14 is not nearly 10."""
    if not value:
        return []
    whole = math.floor(math.log10(abs(value))) + 1  # digits before the point; 0 or less for 0.69
    return [float(f"{value:.{fewer}g}") for fewer in range(max(whole, 1), digits)]


def half_of_the_last_digit(value: float, digits: int) -> float:
    """Return how far a value with so many significant digits may be from the one that it was rounded from."""
    return 0.5 * 10.0 ** (math.floor(math.log10(abs(value))) - digits + 1) if value else 0.0


@dataclass(frozen=True)
class Answer:
    """What may be answered: an option's text, a value or a range; the default stands for all other numbers."""

    answer: str = ""
    value: float | None = None
    range: tuple[float, float] | None = None
    type: str = ""
    correct: bool = False
    feedback: str = ""
    computed: str = ""

    @property
    def is_share(self) -> bool:
        """Whether the value may be a share of 1."""
        return self.value is not None and 0 < self.value <= 1

    def covers(self, number: float, tolerance: float) -> bool:
        """Whether a number is this answer, up to the tolerance."""
        if self.range is not None:
            return self.range[0] <= number < self.range[1]
        # 1e-12: a number at the edge of the tolerance counts, whichever way it was rounded
        return self.value is not None and abs(number - self.value) <= tolerance + 1e-12 * abs(self.value)


@dataclass(frozen=True)
class Question:
    """A question of the bank; the package's docstring says what its fields hold."""

    chapter: str
    id: str
    type: str
    section: str
    difficulty: int
    sentence: str
    question: str
    explanation: str
    answers: tuple[Answer, ...] = ()
    code: str = ""
    unit: str = ""
    precision: int | None = None
    tolerance: float | None = None
    proof: tuple[str, ...] = ()
    in_notebook: bool = True
    agreed: str = ""
    rubric: tuple[dict, ...] = ()
    samples: tuple[dict, ...] = ()
    numbers: dict = field(default_factory=dict)  # the values of the fields
    template: dict = field(default_factory=dict, repr=False, compare=False)  # as it stands in the file

    @classmethod
    def of(cls, chapter: str, entry: dict, numbers: dict | None = None) -> Question:
        """Make a question of what stands in a file, with the course's own numbers or others.

        A misspelt field raises TypeError, and one that can't be computed ValueError.
        """
        try:
            numbers = template.course_numbers(entry) if numbers is None else numbers
            filled = template.with_numbers(entry, numbers)
        except (ValueError, KeyError) as trouble:
            raise ValueError(f"question {entry.get('id')!r} of chapter {chapter}: {trouble}") from trouble
        filled.pop("keep", None)
        answers = tuple(
            Answer(**{**a, **({"range": tuple(a["range"])} if "range" in a else {})}) for a in filled["answers"]
        )
        lists = {name: tuple(entry.get(name, ())) for name in ("proof", "rubric", "samples")}
        more = {"answers": answers, **lists, "numbers": numbers, "template": entry}
        return cls(chapter, **{**filled, **more})

    def at(self, seed: int) -> Question:
        """Return the question with numbers that the seed draws; one without numbers is always the same."""
        return Question.of(self.chapter, self.template, template.drawn_numbers(self.template, seed))

    @property
    def options(self) -> tuple[tuple[str, Answer], ...]:
        """Letter and answer of each option of a choice."""
        return tuple(zip(string.ascii_uppercase, self.answers, strict=False)) if self.type in CHOICES else ()

    @property
    def key(self) -> Answer:
        """The answer that is right, or the first of several; a question in words has none."""
        return next(answer for answer in self.answers if answer.correct)

    @property
    def cell(self) -> str:
        """The id of its cell in the notebook."""
        return f"question-{self.id}"

    def to_number(self, number: float) -> Answer:
        """Return the stored answer that a number is; the default answer, or an empty one, where it is none.

        A wrong answer is stored rounded, and whoever gives more digits of it has made that mistake, too.
        """
        right_first = sorted(self.answers, key=lambda answer: not answer.correct)
        default = next((answer for answer in self.answers if answer.type == "default"), Answer())
        return next((answer for answer in right_first if answer.covers(number, self.width(answer))), default)

    def width(self, answer: Answer) -> float:
        """How far off a number may be that still is this answer."""
        if answer.correct or answer.value is None:
            return self.tolerance
        return max(self.tolerance, half_of_the_last_digit(answer.value, self.precision))

    def slip(self, number: float) -> str:
        """Say by which slip a wrong number is nearly right, such as too few digits; "" where it is none."""
        right = self.key
        if self._nearly(right, number):
            return f"This is right, but it has too few digits: give {self.precision} of them."
        if self._nearly(right, -number):
            return "The size is right, the sign is not."
        if self._nearly(right, number / 100) and right.is_share and not self.unit:
            return "This is the right number in per cent: divide it by 100."
        if self._nearly(right, number * 100) and self.unit in PER_CENT:
            return "This is the right number as a share of 1: multiply it by 100."
        return ""

    def _nearly(self, right, number):
        """Whether a number is the right one, or what is left of that when it is rounded."""
        coarse = rounded(right.value, self.precision)
        return right.covers(number, self.tolerance) or any(math.isclose(number, one, rel_tol=1e-9) for one in coarse)

    def right(self) -> str:
        """Return the right answer in a word: the letters of the options, or the number with its unit."""
        if self.type == "numeric":
            return f"{self.shown(self.key)} {self.unit}".strip()
        return ", ".join(letter for letter, answer in self.options if answer.correct)

    def shown(self, answer: Answer) -> str:
        """Return a number as it is printed, such as 4.667 or 14."""
        numbers = (answer.value,) if answer.range is None else answer.range
        return " to ".join(f"{number:.10g}".replace("-", "−") for number in numbers)

    def reasons(self) -> list[tuple[str, str]]:
        """Return what is wrong, and why, for each wrong answer in turn."""
        if self.type == "numeric":
            wrong = [answer for answer in self.answers if not answer.correct]
            return [(self.shown(a) if a.type != "default" else "other numbers", a.feedback) for a in wrong]
        return [(letter, answer.feedback) for letter, answer in self.options if not answer.correct]

    def folded(self, number: int, worth: str = "", after: str = "") -> str:
        """Return the question as the text of a notebook's cell, its answer folded away.

        `worth` stands before the question, `after` behind the answer.
        """
        several = " (More than one answer may be right.)" if self.type == "many_choice" else ""
        parts = [f"**{number}.** {worth}{self.question}{several}"]
        if self.code:
            parts.append(f"```python\n{self.code.strip()}\n```")
        if self.options:
            parts.append("\n".join(f"- **{letter}:** {answer.answer}" for letter, answer in self.options))
        solution = f"**{self.right()}.** {self.explanation}" if self.answers else self.explanation
        parts += ["<details><summary>Answer</summary>", solution]
        if reasons := self.reasons():
            parts.append("\n".join(f"- {what}: {why}" for what, why in reasons))
        return "\n\n".join([*parts, *filter(None, [after]), "</details>"])
