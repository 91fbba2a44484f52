"""Only a question whose key was reached in two ways is printed."""

import dataclasses

import pytest

from lossexam import bank, second
from lossexam.refusals import Refusal
from lossutils import questions

EVERY = [question for chapter in questions.chapters() for question in questions.load(chapter)]
TEMPLATES = [question for question in EVERY if question.numbers]


@pytest.mark.parametrize("question", [one for one in EVERY if one.type != "open"], ids=lambda one: one.id)
def test_every_closed_question_may_be_printed(question):
    assert bank.unproved(question) == ""


@pytest.mark.parametrize("question", [one for one in EVERY if one.type == "open"], ids=lambda one: one.id)
def test_an_open_question_has_a_rubric_and_three_answers(question):
    assert bank.unproved(question) == ""
    assert sum(one["points"] for one in question.rubric) == question.difficulty
    points = [one["points"] for one in question.samples]
    assert len(points) == 3 and points[0] == question.difficulty and points[-1] == 0
    assert points == sorted(points, reverse=True) and len(set(points)) == 3


def test_there_are_sixty_templates_and_five_a_chapter():
    assert len(TEMPLATES) >= 60
    of_chapter = {chapter: sum(one.chapter == chapter for one in TEMPLATES) for chapter in questions.chapters()}
    assert {chapter: many for chapter, many in of_chapter.items() if many < 5} == {}


def numeric():
    return next(one for one in EVERY if one.type == "numeric" and one.numbers)


def choice():
    return next(one for one in EVERY if one.type == "multiple_choice" and not one.numbers)


def test_a_number_whose_ways_part_is_not_printed(monkeypatch):
    monkeypatch.setattr(second, "answer", lambda question: -1234.5)
    assert bank.unproved(numeric()).startswith("the key is ")
    monkeypatch.setattr(second, "answer", lambda question: None)
    assert "nobody wrote" in bank.unproved(numeric())


@pytest.mark.parametrize("field", ["question", "code"])
def test_a_choice_that_was_changed_needs_two_readers_again(field):
    template = {**choice().template, field: choice().template.get(field, "") + " Really?"}
    assert "no two readers" in bank.unproved(dataclasses.replace(choice(), template=template))


def test_the_fingerprint_knows_the_key_and_not_the_order():
    entry = choice().template
    turned = dataclasses.replace(choice(), template={**entry, "answers": entry["answers"][::-1]})
    assert bank.fingerprint(turned) == bank.fingerprint(choice())
    other = [{**one, "correct": not one.get("correct", False)} for one in entry["answers"]]
    changed = dataclasses.replace(choice(), template={**entry, "answers": other})
    assert bank.fingerprint(changed) != bank.fingerprint(choice())


def test_chapters_are_named_as_people_do():
    assert bank.chosen_chapters("01-03, 08") == ["01", "02", "03", "08"]
    assert bank.chosen_chapters(None) == list(questions.chapters())
    assert bank.chosen_chapters("1-2") == ["01", "02"]
    for wrong in ("eight", "99", "05-02", "01,"):
        with pytest.raises(Refusal, match="chapter"):
            bank.chosen_chapters(wrong)
