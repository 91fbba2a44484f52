"""Typed-in answers become points; what can't be read is said, and nobody is left out."""

import csv
import io
import re

import numpy as np
import pytest

from lossexam import cli, items, kept, scoring
from lossexam.refusals import Refusal
from lossutils import questions

BANK = {question.id: question for chapter in questions.chapters() for question in questions.load(chapter)}
SEVERAL = next(one for one in BANK.values() if one.type == "many_choice")
ONE = next(one for one in BANK.values() if one.type == "multiple_choice")
NUMBER = BANK["confident-and-wrong"]


def right(question):
    if question.options:
        return question.right().replace(", ", "")
    return f"{question.key.value:.10g}"


def table(exam, answers):
    head = ["variant", *range(1, len(exam.questions) + 1)]
    out = io.StringIO()
    csv.writer(out).writerows([head, *answers])
    return out.getvalue()


def test_who_answers_all_right_gets_all_points(exam):
    rows = [[variant.name, *map(right, variant.questions)] for variant in exam.variants]
    assert [test.points for test in scoring.marked(exam, table(exam, rows))] == [exam.points] * 3


def test_the_key_of_another_variant_earns_little(exam):
    first, second = exam.variants[:2]
    (test,) = scoring.marked(exam, table(exam, [[second.name, *map(right, first.questions)]]))
    assert test.points < 0.5 * exam.points


@pytest.mark.parametrize("question", [one for one in BANK.values() if one.options], ids=lambda one: one.id)
def test_ticking_everything_earns_nothing_unless_all_is_right(question):
    everything = {letter for letter, _ in question.options}
    right_ones = {letter for letter, answer in question.options if answer.correct}
    assert scoring.share(question, everything) == 0 or everything == right_ones
    assert scoring.share(question, right_ones) == 1 and scoring.share(question, set()) == 0


def test_of_several_right_options_each_counts():
    letters = sorted(letter for letter, answer in SEVERAL.options if answer.correct)
    order = list(range(len(SEVERAL.answers)))
    assert scoring.mark(SEVERAL, order, letters[0].lower()).share == pytest.approx(1 / len(letters))
    assert scoring.mark(SEVERAL, order, ", ".join(letters)).share == 1


def test_a_number_is_read_as_people_write_it():
    value = right(NUMBER)
    order = list(range(len(NUMBER.answers)))
    assert scoring.mark(NUMBER, order, value.replace(".", ",")).share == 1
    assert scoring.mark(NUMBER, order, "many").trouble.startswith("many is not a number")
    assert "too few digits" in scoring.mark(NUMBER, order, f"{float(value):.1g}").trouble


def test_a_letter_that_is_no_option_is_said():
    assert scoring.mark(ONE, list(range(len(ONE.answers))), "Z").trouble == "there is no option Z"


def test_points_of_an_open_question_are_typed_in():
    question = next(one for one in BANK.values() if one.type == "open")
    assert scoring.mark(question, [], str(question.difficulty)).share == 1
    assert "are no points" in scoring.mark(question, [], "99").trouble


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: text.replace("variant", "who"), "no column 'variant'"),
        (lambda text: text.replace("A,", "Q,", 1), "names 'Q'"),
        (lambda text: text + text.splitlines()[1] + "\n", "two rows for 'A'"),
        (lambda text: text.replace(",20", ",21", 1), "no column for question 20"),
    ],
)
def test_a_table_that_leaves_a_doubt_is_refused(exam, change, message):
    text = table(exam, [["A", *map(right, exam.variants[0].questions)]])
    with pytest.raises(Refusal, match=message):
        scoring.marked(exam, change(text))


def test_a_test_is_marked_as_it_was_printed_even_when_the_bank_has_changed(exam):
    text = kept.written(exam, {"seed": "7"})
    again = kept.read(text)
    assert kept.asked_for(text) == {"seed": "7"}
    rows = [[variant.name, *map(right, variant.questions)] for variant in exam.variants]
    assert [test.points for test in scoring.marked(again, table(exam, rows))] == [exam.points] * 3
    for damaged in ("", "{}", text.replace('"form": 1', '"form": 2')):
        with pytest.raises(Refusal, match="key.json"):
            kept.read(damaged)


# A class whose answers are known ---------------------------------------------------------------------------------


def answers_of_a_class(exam):
    """Ada has all right; Boole misses what is difficult; Gödel picks the first wrong answer of each choice."""
    ada, boole, goedel = exam.variants

    def first_wrong(question):
        if question.options:
            return next(letter for letter, answer in question.options if not answer.correct)
        return f"{next(a.value for a in question.answers if not a.correct and a.value is not None):.10g}"

    return [
        [ada.name, *map(right, ada.questions)],
        [boole.name, *("" if one.difficulty > 1 else right(one) for one in boole.questions)],
        [goedel.name, *map(first_wrong, goedel.questions)],
    ]


def test_items_say_how_many_solved_them_and_which_mistakes_were_made(exam):
    tests = scoring.marked(exam, table(exam, answers_of_a_class(exam)))
    for item, easy in zip(items.items(tests), [one.difficulty == 1 for one in exam.questions], strict=True):
        assert item.solved == pytest.approx(2 / 3 if easy else 1 / 3)
        assert item.empty == (not easy)
        ((count, what, why),) = item.chosen
        wrong = exam.variants[2].questions[item.number - 1].reasons()
        assert count == 1 and what and why in [reason for _, reason in wrong]


def test_discrimination_is_the_correlation_with_all_other_questions(exam):
    tests = scoring.marked(exam, table(exam, answers_of_a_class(exam)))
    points = np.array(
        [[a.share * q.difficulty for a, q in zip(t.given, t.variant.questions, strict=True)] for t in tests]
    )
    for place, item in enumerate(items.items(tests)):
        rest = points.sum(axis=1) - points[:, place]
        assert item.discrimination == pytest.approx(np.corrcoef(points[:, place], rest)[0, 1])
    assert {item.discrimination for item in items.items(tests[:1])} == {None}


def test_an_option_is_the_same_in_whatever_order_it_stood(exam):
    """Three people who pick the same wrong option are counted together, though its letter differs."""
    place = next(k for k, one in enumerate(exam.questions) if one.options and not one.numbers)
    wrong = next(a.answer for a in exam.questions[place].answers if not a.correct)
    rows = []
    for variant in exam.variants:
        row = [""] * len(exam.questions)
        row[place] = next(letter for letter, a in variant.questions[place].options if a.answer == wrong)
        rows.append([variant.name, *row])
    item = items.items(scoring.marked(exam, table(exam, rows)))[place]
    assert [(count, what) for count, what, _ in item.chosen] == [(3, wrong)]


def test_what_to_repeat_begins_with_the_worst(exam):
    tests = scoring.marked(exam, table(exam, answers_of_a_class(exam)))
    lost = [share for *_, share, _ in items.to_repeat(items.items(tests))]
    assert lost == sorted(lost, reverse=True)
    assert sum(worth for *_, worth in items.to_repeat(items.items(tests))) == exam.points


# The command -----------------------------------------------------------------------------------------------------


def test_the_command_writes_points_and_a_report(made, capsys):
    exam = kept.read((made.folder / "key.json").read_text(encoding="utf-8"))
    file = made.folder / "answers.csv"
    sheet = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"))))
    assert [row[:3] for row in sheet[1:3]] == [["1", "Ada Lovelace", "101"], ["2", "George Boole", "102"]]
    assert sheet[3][1] == "'=Emmy Noether"  # no spreadsheet computes a name
    assert cli.main(["score", str(file)]) == 2 and "no answers yet" in capsys.readouterr().err
    for row, variant in zip(sheet[1:5], exam.variants, strict=False):
        row[3:] = ["2" if one.type == "open" else right(one) for one in variant.questions]
    sheet[2][3] = "oops!"
    text = io.StringIO()
    csv.writer(text).writerows(sheet)
    (made.folder / "filled.csv").write_text(text.getvalue(), encoding="utf-8")
    assert cli.main(["score", str(made.folder / "filled.csv")]) == 0
    said = capsys.readouterr().out
    assert "4 of 6 tests are marked" in said and "George Boole" in said and "oops!" in said
    rows = list(csv.reader(io.StringIO((made.folder / "points.csv").read_text(encoding="utf-8"))))
    assert [row[2] for row in rows[1:]] == ["101", "102", "103", "104", "105", "106"]
    assert [bool(row[3]) for row in rows[1:]] == [True] * 4 + [False] * 2
    page = (made.folder / "report.html").read_text(encoding="utf-8")
    assert "Alan Turing, Grace Hopper" in page
    assert re.findall(r"(?:src|href)=|url\(|<script", page) == []  # it needs nothing beside it
