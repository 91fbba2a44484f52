"""Moodle XML, read by moodle-xml-parser, and by the rules of Moodle's importer, which publishes no schema.

The rules are those of question/format/xml/format.php, question/format.php, question/engine/bank.php (the shares of the
points that an answer may earn) and question/type/numerical/question.php (the first answer that fits counts).
"""

import html
from collections import Counter
from xml.etree import ElementTree

import pytest
from exporting import exported, items, made, tries
from moodle_xml_parser.parser import parse_bytes

from lossexam.exports import files, moodle, texts
from lossexam.exports.asked import Asked, Item, tags, title
from lossutils.questions.question import CHOICES

SHARES = [
    1,
    0.9,
    5 / 6,
    0.8,
    0.75,
    0.7,
    2 / 3,
    0.6,
    0.5,
    0.4,
    1 / 3,
    0.3,
    0.25,
    0.2,
    1 / 6,
    1 / 7,
    1 / 8,
    1 / 9,
    0.1,
    0.05,
]
ALLOWED = [0, *SHARES, *(-share for share in SHARES)]
NEAR = 1e-5  # how far from one of them a share may be
QUESTION = [
    "name",
    "questiontext",
    "generalfeedback",
    "defaultgrade",
    "penalty",
    "hidden",
    "idnumber",
]  # of each, in the order in which Moodle itself writes them
KINDS = {"multiple_choice": "multichoice", "many_choice": "multichoice", "numeric": "numerical", "open": "essay"}


@pytest.fixture(scope="module")
def written():
    return {chapter: files.xml(moodle.document(chapter, asked)) for chapter, asked in exported().items()}


@pytest.fixture(scope="module")
def read(written):
    """Each question by its idnumber, with the path of the category in which Moodle puts it."""
    found = {}
    for text in written.values():
        path = None
        for element in ElementTree.fromstring(text):
            if element.get("type") == "category":
                path = element.findtext("category/text")
            else:
                found[element.findtext("idnumber")] = element, path
    return found


def test_another_reader_finds_all_choices_as_the_bank_has_them(written):
    found = {one.name: one for text in written.values() for one in parse_bytes(text)["multichoice"]}
    choices = [item for _, item in items() if item.question.type in CHOICES]
    assert len(found) == len(choices) > 90
    for name, question in choices:
        one = found[name]
        assert one.text_pre_parse == html.unescape(texts.shown(question))
        assert one.general_feedback == html.unescape(texts.html(question.explanation))
        assert one.default_grade == question.difficulty
        assert one.single == (question.type == "multiple_choice")
        assert one.shuffle_answers
        for option, answer in zip(one.options, question.answers, strict=True):
            assert option.answer == html.unescape(texts.inline(answer.answer))
            assert option.feedback == html.unescape(texts.html(answer.feedback) if answer.feedback else "")
            assert (option.score_fraction > 0) == answer.correct


def test_every_question_has_what_moodle_asks_for(read):
    assert len(read) == len(list(items()))
    for one, (name, question) in items():
        element, path = read[name]
        assert element.get("type") == KINDS[question.type]
        assert [child.tag for child in element][: len(QUESTION)] == QUESTION
        assert element.findtext("name/text") == name
        assert len(name) <= 100, "an idnumber is cut off there"
        assert element.find("questiontext").get("format") == "html"
        assert element.findtext("questiontext/text") == texts.shown(question)
        assert element.findtext("generalfeedback/text") == texts.html(question.explanation)
        assert float(element.findtext("defaultgrade")) == question.difficulty
        assert [tag.text for tag in element.iterfind("tags/tag/text")] == tags(question)
        inside = [title(question.chapter), *([one.question.id] if one.drawn else [])]
        assert path == "/".join(["$course$", "top", "Loss functions", *inside])


def test_a_template_is_a_category_that_holds_nothing_but_its_variants(read):
    inside = Counter(path for _, path in read.values())
    for one in (one for asked in exported().values() for one in asked if one.drawn):
        path = f"$course$/top/Loss functions/{title(one.question.chapter)}/{one.question.id}"
        assert inside[path] == len(one.items)


def test_an_answer_earns_a_share_that_moodle_allows(read):
    for element, _ in read.values():
        for answer in element.iterfind("answer"):
            share = float(answer.get("fraction")) / 100
            assert min(abs(share - allowed) for allowed in ALLOWED) < NEAR, element.findtext("name/text")


def test_right_options_earn_all_and_all_options_together_nothing(read):
    for _, (name, question) in items():
        if question.type == "many_choice":
            element, _ = read[name]
            shares = [float(answer.get("fraction")) for answer in element.iterfind("answer")]
            assert round(sum(share for share in shares if share > 0), 2) == 100
            assert sum(shares) < 1e-4, f"{name}: ticking everything earns points"
            assert element.find("shownumcorrect") is not None
            assert element.findtext("single") == "false"


def graded(element, number):
    """What Moodle gives for a number: the share of the first answer that fits, and what it says."""
    for answer in element.iterfind("answer"):
        text = answer.findtext("text")
        if text == "*" or abs(number - float(text)) <= float(answer.findtext("tolerance")) + 1e-9:
            return float(answer.get("fraction")) / 100, answer.findtext("feedback/text")
    return 0, ""


def test_a_number_is_judged_as_the_quiz_in_the_notebook_judges_it(read):
    for _, (name, question) in items():
        if question.type == "numeric":
            for number in tries(question):
                answer = question.to_number(number)
                why = answer.feedback or question.slip(number)
                said = texts.html(why) if why and not answer.correct else ""
                assert graded(read[name][0], number) == (answer.correct, said), f"{name}: {number}"


def test_a_unit_is_shown_and_may_be_typed_but_need_not(read):
    for _, (name, question) in items():
        if question.type == "numeric":
            element, _ = read[name]
            assert element.findtext("units/unit/unit_name", "") == question.unit
            assert element.findtext("unitgradingtype") == "0"
            assert element.findtext("showunits") == ("0" if question.unit else "3")
            assert f"<p>Unit: {question.unit}</p>" in element.findtext("questiontext/text") or not question.unit


def test_who_marks_an_answer_in_words_sees_how(read):
    for _, (name, question) in items():
        if question.type == "open":
            element, _ = read[name]
            assert element.findtext("graderinfo/text") == texts.marking(question)
            assert element.findtext("responseformat") == "editor"


def test_code_and_formulas_with_less_than_arrive_whole(read):
    element, _ = read["column-minus-row"]
    shown = element.findtext("questiontext/text")
    assert "<pre><code>pred = np.array([[0.0], [3.0], [6.0]])\ntarget = " in shown
    element, _ = read["largest-rate-proof"]
    assert r"\(0 &lt; \eta a &lt; 2\)" in element.findtext("generalfeedback/text")


def test_a_range_and_all_other_numbers_are_answers_too():
    answers = [
        {"range": [1.0, 2.0], "correct": True},
        {"range": [2.0, 4.0], "feedback": "Twice."},
        {"type": "default", "feedback": "Think of *one*."},
    ]
    question = made(answers=answers, tolerance=0.1, precision=2)
    element = document_of(question)[1]
    assert graded(element, 1.4) == (1, "")
    assert graded(element, 3.9) == (0, "<p>Twice.</p>")
    assert graded(element, 77) == (0, "<p>Think of <em>one</em>.</p>")


def test_a_slash_in_a_name_parts_no_category(monkeypatch):
    monkeypatch.setattr(moodle, "title", lambda chapter: "01 · and/or")
    assert document_of(made(type="open"))[0].findtext("category/text").endswith("/01 · and//or")


def document_of(question):
    return moodle.document("01", [Asked(question, (Item("made", question),))])
