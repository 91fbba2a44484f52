"""QTI 1.2 for Canvas: a ZIP for each chapter, for "Import Course Content" with "QTI .zip file".

Each chapter is a practice quiz, unpublished. A template is a question group in it, of which Canvas draws one question.
Everything keeps its identifier, so that a second import changes what the first one made.

It is written here, in the form of Canvas' own exports, and not by text2qti. That library names a question by a hash of
its text, so that a corrected question would be a second one; its formulas name one university's server; and it makes
typographic quotation marks of the bank's.

Canvas takes each number among the answers for a right one. So the typical mistakes stand together in what it says to
a wrong answer. It has no place for how an answer in words is marked: this follows the answer in its feedback.
"""

from __future__ import annotations

import html as entities
from functools import partial
from pathlib import Path
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement

from lossexam.exports import texts
from lossexam.exports.asked import COURSE, Asked, Chapters, title
from lossexam.exports.files import leaf, saved, xml, zipped
from lossutils.questions import Question

QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
PACKAGE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
LOADED_WITH = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
RESPONSE = "response1"
TYPES = {
    "multiple_choice": "multiple_choice_question",
    "many_choice": "multiple_answers_question",
    "numeric": "numerical_question",
    "open": "essay_question",
}


def write(chapters: Chapters, folder: Path) -> list[Path]:
    """Write a file for each chapter."""
    return [saved(folder, f"chapter_{number}.zip", package(number, asked)) for number, asked in chapters.items()]


def package(chapter: str, asked: list[Asked]) -> bytes:
    """Return a quiz with the questions of a chapter as a ZIP."""
    quiz = f"lossutils-{chapter}"
    files = {
        "imsmanifest.xml": _manifest(quiz),
        f"{quiz}/{quiz}.xml": _assessment(quiz, chapter, asked),
        f"{quiz}/assessment_meta.xml": _meta(quiz, chapter, asked),
    }
    return zipped({name: xml(root) for name, root in files.items()})


def formula(tex: str, display: bool) -> str:
    """Return a formula as Canvas' editor writes it: a picture that the server makes, with its TeX for MathJax."""
    attributes = {
        "class": "equation_image",
        "title": tex,
        "src": f"/equation_images/{quote(quote(tex, safe=''), safe='')}",  # twice, as Canvas stores it
        "alt": f"LaTeX: {tex}",
        "data-equation-content": tex,
    }
    image = "<img" + "".join(f' {name}="{entities.escape(value)}"' for name, value in attributes.items()) + ">"
    return f"<br>{image}<br>" if display else image


inline, html = partial(texts.inline, formula=formula), partial(texts.html, formula=formula)


def _manifest(quiz):
    root = Element("manifest", identifier=f"{quiz}-manifest", xmlns=PACKAGE)
    about = SubElement(root, "metadata")
    leaf(about, "schema", "IMS Content")
    leaf(about, "schemaversion", "1.1.3")
    SubElement(root, "organizations")
    resources = SubElement(root, "resources")
    questions = SubElement(resources, "resource", identifier=quiz, type="imsqti_xmlv1p2")
    SubElement(questions, "file", href=f"{quiz}/{quiz}.xml")
    SubElement(questions, "dependency", identifierref=f"{quiz}-meta")
    meta = f"{quiz}/assessment_meta.xml"
    SubElement(
        SubElement(resources, "resource", identifier=f"{quiz}-meta", type=LOADED_WITH, href=meta), "file", href=meta
    )
    return root


def _meta(quiz, chapter, asked):
    root = Element("quiz", identifier=quiz, xmlns=CANVAS)
    for tag, text in {
        "title": f"{COURSE}: {title(chapter)}",
        "description": "",
        "shuffle_answers": "true",
        "scoring_policy": "keep_highest",
        "quiz_type": "practice_quiz",
        "points_possible": str(sum(one.question.difficulty for one in asked)),
        "show_correct_answers": "true",
        "allowed_attempts": "-1",
        "available": "false",
    }.items():
        leaf(root, tag, text)
    return root


def _assessment(quiz, chapter, asked):
    root = Element("questestinterop", xmlns=QTI)
    assessment = SubElement(root, "assessment", ident=quiz, title=f"{COURSE}: {title(chapter)}")
    _fields(assessment, cc_maxattempts="unlimited")
    section = SubElement(assessment, "section", ident="root_section")
    for one in asked:
        parent = _group(section, one.question) if one.drawn else section
        for item in one.items:
            _item(parent, *item)
    return root


def _fields(parent, **fields):
    data = SubElement(parent, "qtimetadata")
    for label, entry in fields.items():
        field = SubElement(data, "qtimetadatafield")
        leaf(field, "fieldlabel", label)
        leaf(field, "fieldentry", entry)


def _group(section, question):
    group = SubElement(section, "section", ident=f"lossutils-{question.id}-group", title=question.id)
    selection = SubElement(SubElement(group, "selection_ordering"), "selection")
    leaf(selection, "selection_number", "1")
    leaf(SubElement(selection, "selection_extension"), "points_per_item", str(question.difficulty))
    return group


def _item(parent, name, question):
    item = SubElement(parent, "item", ident=f"lossutils-{name}", title=name)
    answers = ",".join(ident for ident, _ in _options(question))
    about = {"question_type": TYPES[question.type], "points_possible": str(question.difficulty)}
    _fields(SubElement(item, "itemmetadata"), **about, original_answer_ids=answers)
    presentation = SubElement(item, "presentation")
    _text(presentation, f"<div>{texts.shown(question, formula)}</div>")
    _response(presentation, question)
    processing = SubElement(item, "resprocessing")
    outcomes = SubElement(processing, "outcomes")
    SubElement(outcomes, "decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal")
    feedback = dict(_feedback(question))
    _says(processing, "general_fb")
    for ident, answer in _options(question):
        if answer.feedback:
            _equal(_says(processing, f"{ident}_fb", other=False), ident)
    _scored(processing, question)
    if "general_incorrect_fb" in feedback:
        _says(processing, "general_incorrect_fb")
    for ident, text in feedback.items():
        _text(SubElement(SubElement(item, "itemfeedback", ident=ident), "flow_mat"), text)


def _options(question: Question):
    """The options of a choice, each under a number, as Canvas has it."""
    return [(str(1001 + place), answer) for place, (_, answer) in enumerate(question.options)]


def _text(parent, text):
    leaf(SubElement(parent, "material"), "mattext", text, texttype="text/html")


def _response(presentation, question):
    if question.options:
        several = "Multiple" if question.type == "many_choice" else "Single"
        response = SubElement(presentation, "response_lid", ident=RESPONSE, rcardinality=several)
        choice = SubElement(response, "render_choice")
        for ident, answer in _options(question):
            _text(SubElement(choice, "response_label", ident=ident), inline(answer.answer))
    else:
        response = SubElement(presentation, "response_str", ident=RESPONSE, rcardinality="Single")
        number = question.type == "numeric"
        box = SubElement(response, "render_fib", {"fibtype": "Decimal"} if number else {})
        SubElement(box, "response_label", {"ident": "answer1"} | ({} if number else {"rshuffle": "No"}))


def _feedback(question):
    """What is said: to everybody, to those whose answer is wrong, and of each option."""
    yield "general_fb", texts.marking(question, formula) if question.type == "open" else html(question.explanation)
    if question.type == "numeric":
        wrong = [answer for answer in question.answers if not answer.correct]
        yield "general_incorrect_fb", texts.listed([f"{_if(answer)}: {inline(answer.feedback)}" for answer in wrong])
    for ident, answer in _options(question):
        if answer.feedback:
            yield f"{ident}_fb", html(answer.feedback)


def _if(answer):
    numbers = (answer.value,) if answer.range is None else answer.range
    shown = " to ".join(texts.plain(number).replace("-", "−") for number in numbers if number is not None)
    return f"If you have {shown}" if shown else "Otherwise"


def _says(processing, feedback, *, other=True):
    """Say something, and go on; the condition is returned, unless it is always met."""
    condition = SubElement(processing, "respcondition", {"continue": "Yes"})
    variables = SubElement(condition, "conditionvar")
    if other:
        SubElement(variables, "other")
    SubElement(condition, "displayfeedback", feedbacktype="Response", linkrefid=feedback)
    return variables


def _equal(parent, text, tag="varequal"):
    leaf(parent, tag, text, respident=RESPONSE)


def _scored(processing, question):
    condition = SubElement(processing, "respcondition", {"continue": "No"})
    RIGHT[question.type](SubElement(condition, "conditionvar"), question)
    if question.type != "open":
        leaf(condition, "setvar", "100", action="Set", varname="SCORE")


def _one(variables, question):
    _equal(variables, next(ident for ident, answer in _options(question) if answer.correct))


def _several(variables, question):
    every = SubElement(variables, "and")
    for ident, answer in _options(question):
        _equal(every if answer.correct else SubElement(every, "not"), ident)


def _near(variables, question):
    right = texts.right_number(question)
    either = SubElement(variables, "or")
    _equal(either, texts.plain(right.value))
    both = SubElement(either, "and")
    _equal(both, right.low, "vargte")
    _equal(both, right.high, "varlte")


def _whatever(variables, question):
    SubElement(variables, "other")


RIGHT = {"multiple_choice": _one, "many_choice": _several, "numeric": _near, "open": _whatever}
