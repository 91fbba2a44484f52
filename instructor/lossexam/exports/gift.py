r"""GIFT: a text for each chapter, for platforms that read no Moodle XML.

It has no points, no units and no information for those who mark an answer in words. The characters ~ = # { } : and the
backslash are escaped, those in formulas too; a line break in code is \n.
"""

from __future__ import annotations

import re
from pathlib import Path

from lossexam.exports import texts
from lossexam.exports.asked import COURSE, Asked, Chapters, tags, title
from lossexam.exports.files import saved
from lossexam.exports.moodle import fractions

SPECIAL = re.compile(r"[\\~=#{}:]")


def write(chapters: Chapters, folder: Path) -> list[Path]:
    """Write a file for each chapter."""
    return [saved(folder, f"chapter_{number}.gift", document(number, asked)) for number, asked in chapters.items()]


def document(chapter: str, asked: list[Asked]) -> str:
    """Return the questions of a chapter as GIFT."""
    parts = [_category(title(chapter))]
    parts += [_question(*one.items[0]) for one in asked if not one.drawn]
    for one in (one for one in asked if one.drawn):
        parts += [_category(title(chapter), one.question.id), *(_question(*item) for item in one.items)]
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """Return a text in which nothing is markup of GIFT."""
    return SPECIAL.sub(r"\\\g<0>", text).replace("\n", r"\n")


def _category(*names):
    return "$CATEGORY: " + "/".join(name.replace("/", "//") for name in ("$course$", "top", COURSE, *names))


def _question(name, question):
    about = " ".join([f"[id:{name}]", *(f"[tag:{tag}]" for tag in tags(question))])
    general = f"####{escaped(texts.html(question.explanation))}"
    lines = "".join(f"\t{line}\n" for line in [*ANSWERS[question.type](question), general])
    opening = "{#" if question.type == "numeric" else "{"
    return f"// {about}\n::{escaped(name)}::[html]{escaped(texts.shown(question))}{opening}\n{lines}}}"


def _because(reason):
    return f"#{escaped(texts.inline(reason))}" if reason else ""


def _one(question):
    for answer in question.answers:
        yield f"{'=' if answer.correct else '~'}{escaped(texts.inline(answer.answer))}{_because(answer.feedback)}"


def _several(question):
    for answer, share in zip(question.answers, fractions(question), strict=True):
        yield f"~%{share:.7g}%{escaped(texts.inline(answer.answer))}{_because(answer.feedback)}"


def _number(question):
    yield f"={_value(texts.right_number(question))}"
    for wrong in texts.typical_mistakes(question) + texts.slips(question):
        yield f"=%0%{_value(wrong)}{_because(wrong.feedback)}"
    if said := texts.otherwise(question):
        yield f"~{_because(said)}"


def _value(number):
    return f"{texts.plain(number.value)}:{texts.plain(number.tolerance)}"


ANSWERS = {"multiple_choice": _one, "many_choice": _several, "numeric": _number, "open": lambda _: ()}
