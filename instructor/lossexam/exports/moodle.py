"""Moodle XML: a file for each chapter, for "Import" in Moodle's question bank, with "Get category from file".

Each chapter is a category. A template is a category in it, with its drawings: a quiz that takes one of them at random
gives everybody other numbers. A question keeps its idnumber. What is imported twice is there twice, but Moodle gives an
idnumber only once in a category, so the copies are those without one.

The typical mistakes of a number are wrong answers with a reason, in the order in which Moodle looks for one that fits.
Where more than one option may be right, a wrong tick takes away so much that ticking all of them earns nothing.
"""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from lossexam.exports import texts
from lossexam.exports.asked import COURSE, Asked, Chapters, tags, title
from lossexam.exports.files import leaf, saved, xml
from lossutils.questions import Question

PENALTY = "0.3333333"  # of the points, for each further try where a quiz allows several: Moodle's own habit
RANDOM = "Drawings of one question. Let a quiz take one of them at random."
LINES = "15"  # of the box for an answer in words


def write(chapters: Chapters, folder: Path) -> list[Path]:
    """Write a file for each chapter."""
    return [saved(folder, f"chapter_{number}.xml", xml(document(number, asked))) for number, asked in chapters.items()]


def document(chapter: str, asked: list[Asked]) -> ElementTree.Element:
    """Return the questions of a chapter as Moodle's XML."""
    quiz = ElementTree.Element("quiz")
    _category(quiz, [title(chapter)], f"Chapter {title(chapter)}")
    for one in (one for one in asked if not one.drawn):
        _question(quiz, *one.items[0])
    for one in (one for one in asked if one.drawn):
        _category(quiz, [title(chapter), one.question.id], RANDOM)
        for item in one.items:
            _question(quiz, *item)
    return quiz


def _category(quiz, names, about):
    category = ElementTree.SubElement(quiz, "question", type="category")
    path = "/".join(name.replace("/", "//") for name in ("$course$", "top", COURSE, *names))
    _text(category, "category", path)
    _text(category, "info", about, format="plain_text")


def _text(parent, tag, text, **attributes):
    return leaf(ElementTree.SubElement(parent, tag, attributes), "text", text)


def _html(parent, tag, text):
    return _text(parent, tag, text, format="html")


def _question(quiz, name, question):
    kind, more = KINDS[question.type]
    element = ElementTree.SubElement(quiz, "question", type=kind)
    _text(element, "name", name)
    _html(element, "questiontext", texts.shown(question))
    _html(element, "generalfeedback", texts.html(question.explanation))
    leaf(element, "defaultgrade", str(question.difficulty))
    leaf(element, "penalty", PENALTY)
    leaf(element, "hidden", "0")
    leaf(element, "idnumber", name)
    more(element, question)
    words = ElementTree.SubElement(element, "tags")
    for tag in tags(question):
        _text(words, "tag", tag)


def _choice(element, question):
    one = question.type == "multiple_choice"
    leaf(element, "single", "true" if one else "false")
    leaf(element, "shuffleanswers", "true")
    leaf(element, "answernumbering", "ABCD")
    for tag, said in (("correct", "Right."), ("partiallycorrect", "Partly right."), ("incorrect", "Not right.")):
        _html(element, f"{tag}feedback", f"<p>{said}</p>")
    if not one:
        leaf(element, "shownumcorrect")
    for answer, share in zip(question.answers, fractions(question), strict=True):
        _answer(element, texts.inline(answer.answer), share, answer.feedback, format="html")


def fractions(question: Question) -> list[float]:
    """Return what each option earns, in per cent: the right ones 100 together, and all options together nothing."""
    if question.type == "multiple_choice":
        return [100.0 * answer.correct for answer in question.answers]
    right = sum(answer.correct for answer in question.answers)
    wrong = len(question.answers) - right
    return [100 / right if answer.correct else -100 / wrong for answer in question.answers]


def _answer(element, text, share, feedback, **attributes):
    answer = ElementTree.SubElement(element, "answer", {"fraction": f"{share:.7g}", **attributes})
    leaf(answer, "text", text)
    _html(answer, "feedback", texts.html(feedback) if feedback else "")
    return answer


def _numerical(element, question):
    _value(element, texts.right_number(question), 100)
    for wrong in texts.typical_mistakes(question) + texts.slips(question):
        _value(element, wrong, 0)
    if said := texts.otherwise(question):
        leaf(_answer(element, "*", 0, said, format="plain_text"), "tolerance", "0")
    if question.unit:
        unit = ElementTree.SubElement(ElementTree.SubElement(element, "units"), "unit")
        leaf(unit, "multiplier", "1")
        leaf(unit, "unit_name", question.unit)
    leaf(element, "unitgradingtype", "0")  # the unit may be left out
    leaf(element, "showunits", "0" if question.unit else "3")


def _value(element, number, share):
    answer = _answer(element, texts.plain(number.value), share, number.feedback, format="plain_text")
    leaf(answer, "tolerance", texts.plain(number.tolerance))


def _essay(element, question):
    for tag, text in {
        "responseformat": "editor",
        "responserequired": "1",
        "responsefieldlines": LINES,
        "attachments": "0",
        "attachmentsrequired": "0",
    }.items():
        leaf(element, tag, text)
    _html(element, "graderinfo", texts.marking(question))
    _html(element, "responsetemplate", "")


KINDS = {
    "multiple_choice": ("multichoice", _choice),
    "many_choice": ("multichoice", _choice),
    "numeric": ("numerical", _numerical),
    "open": ("essay", _essay),
}
