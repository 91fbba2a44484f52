"""GIFT, read by ua-exam, and where npm is there by gift-pegjs, the grammar that editors of GIFT use."""

import html
import json
import shutil
import subprocess

import pytest
from exporting import exported, items, made
from ua_exam.gift_parser import parse_gift_content

from lossexam.exports import gift, texts
from lossexam.exports.asked import Asked, Item, tags, title
from lossexam.exports.moodle import fractions

PEGJS = "gift-pegjs@1.0.2"
READ = """
const quiz = require("gift-pegjs").parse(require("fs").readFileSync(0, "utf-8"));
process.stdout.write(JSON.stringify(quiz));
"""
KINDS = {"multiple_choice": "MC", "many_choice": "MC", "numeric": "Numerical", "open": "Essay"}


@pytest.fixture(scope="module")
def written():
    return {chapter: gift.document(chapter, asked) for chapter, asked in exported().items()}


def test_one_reader_finds_the_questions_as_the_bank_has_them(written):
    """It makes characters of HTML's entities before it reads, and knows neither feedback nor numbers."""
    found = {one["title"]: one for text in written.values() for one in parse_gift_content(text)}
    assert len(found) == len(list(items()))
    for one, (name, question) in items():
        read = found[name]
        assert lines(read["text"]) == f"[html]{html.unescape(texts.shown(question))}"
        place = [title(question.chapter), *([one.question.id] if one.drawn else [])]
        assert read["category"] == "/".join(["$course$", "top", "Loss functions", *place])
        options = [(lines(option["text"]), option["is_correct"]) for option in read["options"]]
        if question.options:
            answers = [(html.unescape(texts.inline(one.answer)), one.correct) for one in question.answers]
            assert options == answers
        elif question.type == "numeric":
            right = texts.right_number(question)
            assert options[0] == (f"{texts.plain(right.value)}:{texts.plain(right.tolerance)}", True)
            assert not any(correct for _, correct in options[1:])
            assert len(options) > len(texts.typical_mistakes(question))
        else:
            assert (read["type"], options) == ("essay", [])


def lines(text):
    r"""It leaves \n in code as it is."""
    before, code, rest = text.partition("<pre><code>")
    inside, end, after = rest.partition("</code></pre>")
    return before + code + inside.replace(r"\n", "\n") + end + after


@pytest.fixture(scope="module")
def parsed(written, tmp_path_factory):
    """What gift-pegjs reads of each chapter."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if not (npm and node):
        pytest.skip("there is no npm, which brings gift-pegjs")
    folder = tmp_path_factory.mktemp("npm")
    subprocess.run([npm, "install", "--silent", "--prefix", folder, PEGJS], check=True)
    return {
        chapter: json.loads(subprocess.run([node, "-e", READ], input=text, cwd=folder, **QUIET).stdout)
        for chapter, text in written.items()
    }


QUIET = {"check": True, "capture_output": True, "text": True}


@pytest.mark.long  # npm fetches the reader
def test_another_reader_finds_reasons_shares_and_tolerances_too(parsed):
    category, found = None, {}
    for one in (one for chapter in parsed.values() for one in chapter):
        if one["type"] == "Category":
            category = one["title"]
        else:
            found[one["title"]] = one | {"category": category}
    assert len(found) == len(list(items()))
    for one, (name, question) in items():
        read = found[name]
        assert (read["id"], read["tags"], read["type"]) == (name, tags(question), KINDS[question.type])
        assert read["stem"] == {"format": "html", "text": texts.shown(question)}
        assert said(read["globalFeedback"]) == texts.html(question.explanation)
        assert read["category"].endswith(f"/{one.question.id}" if one.drawn else f"/{title(question.chapter)}")
        if question.options:
            check_options(read["choices"], question)
        elif question.type == "numeric":
            check_numbers(read["choices"], question)


def said(text):
    assert text is None or text["format"] == "html"
    return text and text["text"]


def check_options(choices, question):
    for choice, answer, share in zip(choices, question.answers, fractions(question), strict=True):
        assert said(choice["text"]) == texts.inline(answer.answer)
        assert said(choice["feedback"]) == (texts.inline(answer.feedback) if answer.feedback else None)
        if question.type == "many_choice":
            assert choice["weight"] == pytest.approx(share, abs=1e-4)
        else:
            assert choice["isCorrect"] == answer.correct


def check_numbers(choices, question):
    right, wrong = choices[0], choices[1:]
    assert right["weight"] is None
    assert all(choice["weight"] == 0 for choice in wrong)
    known = [texts.right_number(question), *texts.typical_mistakes(question), *texts.slips(question)]
    for choice, number in zip(choices, known, strict=True):
        found = choice["text"]
        assert found["type"] == "range"
        assert [found["number"], found["range"]] == pytest.approx([number.value, number.tolerance], rel=1e-12)
        assert said(choice["feedback"]) == (texts.inline(number.feedback) if number.feedback else None)


def test_what_is_markup_in_gift_is_escaped():
    assert gift.escaped(r"\frac{a}{b} ~ c = d: #1") == r"\\frac\{a\}\{b\} \~ c \= d\: \#1"
    assert gift.escaped("two\nlines") == r"two\nlines"


def test_a_question_takes_no_blank_line_and_no_line_that_would_be_a_comment(written):
    for text in written.values():
        for part in text.strip().split("\n\n"):
            assert part.startswith(("$CATEGORY: ", "// [id:"))
            assert not any(line.startswith("//") for line in part.splitlines()[1:])


def test_all_other_numbers_have_their_reason():
    answers = [{"value": 1.5, "correct": True}, {"type": "default", "feedback": "Think: 3/2."}]
    question = made(answers=answers, tolerance=0.1, precision=2)
    text = gift.document("01", [Asked(question, (Item("made", question),))])
    assert "\t=1.5:0.1\n" in text
    assert "\t~#Think\\: 3/2.\n" in text
