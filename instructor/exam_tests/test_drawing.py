"""Everybody has numbers and an order of their own, and every key holds."""

import dataclasses

import pytest
from asking import asked

from lossexam import second
from lossexam.bank import chosen_chapters, printable
from lossexam.drawing import Person, variants
from lossexam.making import exam_of
from lossexam.refusals import Refusal

PEOPLE = [Person(f"{number:02}") for number in range(1, 31)]


def test_nobody_has_the_whole_set_of_numbers_of_somebody_else():
    drawn = [one for one in printable(chosen_chapters(None)) if one.numbers]
    for column in zip(*(variant.questions for variant in variants(drawn, PEOPLE, 7)), strict=True):
        assert len({repr(sorted(one.numbers.items())) for one in column}) == len(PEOPLE), column[0].id


def test_options_stand_in_every_order_and_keep_their_reasons():
    questions = [one for one in printable(["08", "09"]) if one.options]
    made = variants(questions, PEOPLE, 7)
    for place, question in enumerate(questions):
        right = {one.questions[place].right() for one in made}
        assert len(right) > 1 or len(question.answers) == sum(one.correct for one in question.answers)
        for one in made:
            shown = one.questions[place].answers
            assert [question.answers[k] for k in one.orders[place]] == list(shown) or question.numbers


def test_the_same_seed_gives_the_same_test(exam):
    again = exam_of(asked("--seed", 7, "--variants", "A", "B", "C"))
    assert again == exam
    assert exam_of(asked("--seed", 8)).variants[0].questions != exam.variants[0].questions


def test_a_variant_does_not_depend_on_the_others():
    alone = exam_of(asked("--seed", 7, "--variants", "B")).variants[0]
    beside = exam_of(asked("--seed", 7, "--variants", "A", "B")).variants[1]
    same = [left == right for left, right in zip(alone.questions, beside.questions, strict=True)]
    assert sum(same) >= len(same) - 2  # those that would have had A's numbers differ


def test_too_few_numbers_for_so_many_are_said():
    question = next(one for one in printable(["01"]) if one.numbers)
    narrow = {name: {**one, "drawn": repr(one["here"])} for name, one in question.template["numbers"].items()}
    stuck = dataclasses.replace(question, template={**question.template, "numbers": narrow, "keep": []})
    with pytest.raises(Refusal, match="for 1 people only"):
        variants([stuck], PEOPLE, 7)


def test_a_key_that_its_second_way_refutes_stops_the_test(monkeypatch):
    question = next(one for one in printable(["08"]) if one.type == "numeric" and one.numbers)
    monkeypatch.setattr(second, "answer", lambda question: 1e9)
    with pytest.raises(Refusal, match="the second way gives"):
        variants([question], PEOPLE[:1], 7)
