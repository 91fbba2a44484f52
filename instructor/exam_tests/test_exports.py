"""What all exports share: which questions go where, under which ids, and how a text becomes HTML."""

import os

import pytest
from exporting import SEED, VARIANTS, bank, exported, items, made

from lossexam import cli, exports, second
from lossexam.exports import carried, texts
from lossexam.exports.asked import by_chapter
from lossexam.exports.asked import items as drawn
from lossexam.refusals import Refusal
from lossutils import questions
from tools.plumbing.pages import ROOT


def test_every_question_of_the_bank_is_exported_once_or_drawn():
    assert [one.question for asked in exported().values() for one in asked] == list(bank())
    for one, item in items():
        assert one.drawn == bool(one.question.numbers)
        assert one.drawn or item == (one.question.id, one.question)


def test_questions_of_a_chapter_need_not_stand_together():
    first, second = questions.load("01"), questions.load("02")
    chapters = by_chapter([first[0], *second, *first[1:]], 0, SEED)
    assert [one.question for one in chapters["01"]] == list(first)
    assert [one.question for one in chapters["02"]] == list(second)


def test_no_two_exported_questions_have_the_same_id():
    ids = [item.id for _, item in items()]
    assert len(set(ids)) == len(ids) > len(bank())


def test_an_id_names_the_seed_of_its_numbers():
    for one, item in items():
        if one.drawn:
            seed = int(item.id.removeprefix(f"{one.question.id}-"))
            assert one.question.at(seed) == item.question


def test_an_id_has_the_same_numbers_whatever_seed_is_asked_for():
    question = next(question for question in bank() if question.numbers)
    first, second = dict(drawn(question, VARIANTS, SEED)), dict(drawn(question, VARIANTS, SEED + 3))
    common = first.keys() & second.keys()
    assert common
    assert all(first[name] == second[name] for name in common)


def test_variants_differ_from_one_another_and_from_the_notebook():
    for one in (one for asked in exported().values() for one in asked if one.drawn):
        shown = [
            texts.shown(question) + str(question.answers) for question in (one.question, *dict(one.items).values())
        ]
        assert len(set(shown)) == len(shown)
        assert len(one.items) == VARIANTS, f"{one.question.id} has {len(one.items)} variants"


def test_without_variants_a_template_has_the_numbers_of_the_course():
    for one, item in items(by_chapter(bank(), 0, SEED)):
        assert not one.drawn
        assert item == (one.question.id, one.question)


def test_the_same_questions_give_the_same_bytes(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    files = [exports.export(exports.FORMATS, questions.load("02"), tmp_path / name) for name in ("first", "second")]
    assert len(files[0]) == len(exports.FORMATS)
    for one, other in zip(*files, strict=True):
        assert one.name == other.name
        assert one.read_bytes() == other.read_bytes(), one.name


def test_an_export_lies_in_a_folder_of_its_format_and_may_be_written_again(tmp_path):
    for times in range(2):
        files = exports.export(["gift", "moodle"], questions.load("02"), tmp_path, variants=times)
        assert files == [tmp_path / "gift" / "chapter_02.gift", tmp_path / "moodle" / "chapter_02.xml"]
    assert b"-7</idnumber>" in files[1].read_bytes(), "the second export, with a variant, has not replaced the first"
    found = sorted(os.path.join(here, name) for here, _, names in os.walk(tmp_path) for name in names)
    assert found == sorted(map(str, files)), "something else was left behind"


def test_a_format_that_nobody_knows_writes_nothing(tmp_path):
    with pytest.raises(KeyError):
        exports.export(["moodle", "papyrus"], questions.load("02"), tmp_path)
    assert not list(tmp_path.iterdir())


def test_the_table_of_what_is_carried_has_all_formats_and_stands_in_the_docstring():
    assert tuple(exports.FORMATS) == carried.FORMATS
    assert all(len(told) == len(exports.FORMATS) for told in carried.CARRIED.values())
    assert carried.table() in exports.__doc__


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("is $a < b$ **so**?", r"is \(a &lt; b\) <strong>so</strong>?"),
        ("$$x^2$$", r"\[x^2\]"),
        ("`$x$ < 1` and 2 < 3", "<code>$x$ &lt; 1</code> and 2 &lt; 3"),
        ("*a* & b", "<em>a</em> &amp; b"),
    ],
)
def test_a_text_becomes_html_with_its_formulas_for_mathjax(text, html):
    assert texts.inline(text) == html


def test_paragraphs_stay_paragraphs():
    assert texts.html("one\n\ntwo") == "<p>one</p><p>two</p>"


@pytest.mark.parametrize(
    ("number", "text"),
    [(4.667, "4.667"), (-12.0, "-12"), (0.0, "0"), (12960000.0, "12960000"), (1e-5, "0.00001"), (0.1 + 0.2, "0.3")],
)
def test_numbers_are_written_so_that_every_program_reads_them(number, text):
    assert texts.plain(number) == text


def test_a_slip_is_a_number_that_the_notebook_s_quiz_answers_with_the_same_sentence():
    numeric = [item.question for _, item in items() if item.question.type == "numeric"]
    found = [(question, slip) for question in numeric for slip in texts.slips(question)]
    assert {slip.feedback.split(":")[0][:12] for _, slip in found} >= {"The size is ", "This is righ", "This is the "}
    for question, slip in found:
        answer = question.to_number(slip.value)
        assert not answer.correct
        assert (answer.feedback or question.slip(slip.value)) == slip.feedback


def test_an_answer_in_words_is_marked_by_its_rubric_and_its_samples():
    question = made(
        type="open",
        rubric=[{"points": 1, "what": "says $a$"}, {"points": 2, "what": "says why"}],
        samples=[{"text": "Both.", "points": 3, "why": "Everything is there."}],
    )
    said = texts.marking(question)
    assert said.startswith("<p>So much.</p>")
    assert r"<li>1 point: says \(a\)</li><li>2 points: says why</li>" in said
    assert "<strong>An answer worth 3 points:</strong></p><p>Both.</p><p>Everything is there.</p>" in said


def test_the_page_for_lecturers_has_the_table_of_what_is_carried():
    assert carried.table() in (ROOT / "instructor" / "exams.md").read_text(encoding="utf-8")


def test_a_key_that_its_second_way_refutes_is_not_exported(monkeypatch):
    question = next(one for one in bank() if one.type == "numeric" and one.numbers)
    monkeypatch.setattr(second, "answer", lambda question: 1e9)
    with pytest.raises(Refusal, match="the second way gives"):
        drawn(question, VARIANTS, SEED)


def test_the_command_writes_the_formats_that_are_asked_for(tmp_path, capsys):
    words = ["export", "--to", "moodle", "gift", "--chapters", "01-02", "--variants", "2", "--into", str(tmp_path)]
    assert cli.main(words) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].endswith("questions, 2 drawings of each with numbers") and len(said) == 5
    assert {path.name for path in (tmp_path / "moodle").iterdir()} == {"chapter_01.xml", "chapter_02.xml"}
    assert cli.main(["export", "--to", "gift", "--variants", "-1", "--into", str(tmp_path)]) == 2
