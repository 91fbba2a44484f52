"""The mock exam: questions of the whole core with numbers of its own, in its notebook and in its quiz."""

import copy

import pytest

from lossutils import practice, questions, widgets
from lossutils.questions import exam
from tools.plumbing import mock_exam
from tools.plumbing.pages import ROOT, headings, read
from tools.rules import complaints_of_bank
from tools.rules.questions import OF_NUMBERS

PATH = ROOT / "notebooks" / mock_exam.NAME
ASKED = exam.all_questions()


def test_forty_questions_and_every_chapter_of_the_core_is_examined():
    assert len(ASKED) == 40
    assert {question.chapter for question in ASKED} == set(questions.chapters())
    assert len({question.id for question in ASKED}) == len(ASKED)


def test_each_part_says_its_points_and_all_sentences_of_the_source_page_are_asked_for():
    assert {question.sentence for question in ASKED} == set(questions.source())
    texts = [cell.source for cell in read(PATH).cells if mock_exam.PART.match(cell.source)]
    worth = [sum(question.difficulty for question in part.questions) for part in exam.mock_exam()]
    assert [text.splitlines()[-1] for text in texts] == [f"{points} points." for points in worth]
    assert sum(worth) == exam.points()


def test_templates_have_other_numbers_than_the_chapters():
    bank = {question.id: question for chapter in questions.chapters() for question in questions.load(chapter)}
    with_numbers = [question for question in ASKED if question.numbers]
    assert len(with_numbers) >= 0.4 * len(ASKED)
    assert [q.id for q in with_numbers if q.question == bank[q.id].question and q.numbers == bank[q.id].numbers] == []


@pytest.mark.parametrize("question", ASKED, ids=lambda question: question.id)
def test_a_question_holds_with_these_numbers(question):
    assert [fault for rule in OF_NUMBERS for fault in rule(question)] == []


def test_the_notebook_shows_the_exam_and_a_change_is_seen():
    assert mock_exam.disagreements(PATH) == []
    nb = read(PATH)
    shown = [cell for cell in nb.cells if mock_exam.TAG in cell.metadata.get("tags", [])]
    assert len(shown) == len(ASKED)
    assert all(f"**{number}.** " in cell.source for number, cell in enumerate(shown, start=1))
    changed = copy.deepcopy(nb)
    next(cell for cell in changed.cells if cell.id == shown[3].id).source += " "
    mock_exam.fill(changed, PATH.parent)
    assert [cell.source for cell in changed.cells] == [cell.source for cell in nb.cells]


def test_an_editor_that_drops_all_tags_leaves_a_notebook_that_can_be_filled_again():
    nb = read(PATH)
    bare = copy.deepcopy(nb)
    for cell in bare.cells:
        cell.metadata.pop("tags", None)
    mock_exam.fill(bare, PATH.parent)
    assert [cell.source for cell in bare.cells] == [cell.source for cell in nb.cells]


def test_a_notebook_that_shows_other_questions_breaks_a_rule(tmp_path):
    for file in PATH.parent.glob("*.ipynb"):
        (tmp_path / "notebooks").mkdir(exist_ok=True)
        (tmp_path / "notebooks" / file.name).write_bytes(file.read_bytes())
    copied = tmp_path / "notebooks" / PATH.name
    assert complaints_of_bank(copied, tmp_path) == []
    copied.write_text(copied.read_text(encoding="utf-8").replace("**2.** (", "**3.** (", 1), encoding="utf-8")
    assert complaints_of_bank(copied, tmp_path) == [
        "notebooks/mock_exam.ipynb: its questions are not those of the exam: run `make refresh`"
    ]


def test_the_quiz_asks_all_but_the_open_ones():
    opened = widgets.quiz("exam")
    closed = [question for question in ASKED if question.type != "open"]
    assert repr(opened) == f"mock exam: question 1 of {len(closed)}; right at the first try: 0 of 0 answered"
    assert 0 < len(ASKED) - len(closed) <= 6


@pytest.mark.parametrize("key", questions.source())
def test_a_sentence_of_the_source_page_is_taught_shown_practised_and_examined(key):
    place = questions.places()[key]
    for where in (place["taught"], place["shown"]):
        chapter, _, heading = where.partition(" ")
        lecture = read(next((ROOT / "notebooks").glob(f"{chapter}_*.ipynb")))
        assert heading in [title for level in (2, 3) for _, title in headings(lecture, level)]
    chapter, _, name = place["practised"].partition(" ")
    assert practice.task(name).reference.__module__ == f"lossutils.chapters.ch{chapter}.references"
    bank = [question for number in questions.chapters() for question in questions.load(number)]
    assert sum(question.sentence == key for question in bank) >= 6


def test_the_table_of_sentences_stands_in_the_notebook():
    assert set(questions.places()) == set(questions.source())
    text = next(cell.source for cell in read(PATH).cells if mock_exam.COVERAGE in cell.source)
    assert text.endswith(mock_exam.coverage(PATH.parent)) and text.count("\n|") == 12 + 1


def test_a_question_that_is_not_in_the_bank_is_refused(monkeypatch):
    with pytest.raises(ValueError, match="chapter 01 has no question 'nothing'"):
        exam._question("01 nothing", 1)
