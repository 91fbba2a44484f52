"""The question bank: each chapter's questions.toml, from which notebooks, the quiz and printed tests are made.

    questions.load("01")           the questions of a chapter, in the order in which they are asked
    questions.load("01")[0].folded(1)      the text cell of the notebook, its answer folded
    questions.exam.mock_exam()             the parts of the mock exam

How a question is written
-------------------------
The words are those of jupyterquiz's JSON; TOML spares the doubled backslashes ('…' and '''…''' are taken as they are).

    type         multiple_choice (one right answer), many_choice (one or more), numeric, or open (a short argument)
    question     the text; `code` may follow, a few lines of Python
    answers      of a choice: `answer`, `correct`, and for each wrong one its reason, `feedback`
                 of a number: `value` or `range` [from, to), `correct`, `feedback`; `type = "default"` for all others
    precision    numeric: how many significant digits a stored value has, and a reader is asked for
    explanation  what the answer is, and why: it is folded in the notebook
What jupyterquiz lacks:
    id           words, unique in the whole bank, never changed: records of old tests refer to it
    section      the part of the chapter where it is taught
    difficulty   1 recall or one step, 2 a few steps, 3 a proof or a judgement; also the points in a printed test
    sentence     which sentence of `source.toml` it examines
    tolerance    numeric: how far an answer may be off, absolutely; `unit` is shown behind the box
    computed     with each value: the Python expression that gives it (names of lossutils, data, numerics, np, math)
    proof        Python expressions that must be true: the numbers in the texts
    numbers      a template: for each name its value in the notebook (`here`) and the expression that draws another one
                 (`drawn`, with `rng`); «n» in a text, and `n` in an expression, is that number. An answer's value is
                 then what `computed` gives. `keep`: expressions that must hold, or it is drawn again
    agreed       a choice: the fingerprint of the text that two readers answered without its key, and as the key does;
                 without it the question is not printed (`lossexam agree` writes it)
    rubric       open: what is worth how many `points`, and `what` it is; all together are the difficulty
    samples      open: three answers, `text`, with their `points` and `why`: a full one, half of one, and none
    in_notebook  false: for the quiz and printed tests only, where the notebook has no room for another cell

Texts are plain paragraphs with **bold**, *italics*, `code`, $TeX$ and $$TeX$$, no HTML, links, lists or tables:
so much survives every export. `tools/rules/questions.py` says what is checked.
"""

from __future__ import annotations

import functools
import tomllib
from importlib import resources

from lossutils import chapters as finding
from lossutils.questions import exam
from lossutils.questions.question import Answer, Question

__all__ = ["Answer", "Question", "chapters", "exam", "load", "places", "read", "source"]


def chapters() -> tuple[str, ...]:
    """Return the numbers of the chapters that have questions: "01", "02", …"""
    return finding.numbers("questions.toml")


def load(chapter: str) -> tuple[Question, ...]:
    """Return the questions of a chapter, named by its number as in "01"."""
    if chapter not in chapters():
        raise ValueError(f"questions: there are none for chapter {chapter!r}; there are for {', '.join(chapters())}")
    return _loaded(chapter)


def source() -> dict[str, str]:
    """Return the sentences that the course explains, by their keys."""
    return tomllib.loads((resources.files(__package__) / "source.toml").read_text(encoding="utf-8"))


def places() -> dict[str, dict[str, str]]:
    """Say by sentence where it is taught, shown and practised: a chapter, and the heading or the task there."""
    return tomllib.loads((resources.files(__package__) / "coverage.toml").read_text(encoding="utf-8"))


def read(text: str, chapter: str) -> tuple[Question, ...]:
    """Return the questions that a TOML text holds."""
    return tuple(Question.of(chapter, entry) for entry in tomllib.loads(text)["questions"])


@functools.cache
def _loaded(chapter):
    return read(finding.text(chapter, "questions.toml"), chapter)
