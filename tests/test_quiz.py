"""The quiz is answered with the hand: each answer gets its reason, the score counts first tries, nothing is kept."""

import dataclasses

import pytest

from lossutils import questions, widgets
from lossutils.quiz import Number, Options, judged

BANK = {question.id: question for chapter in questions.chapters() for question in questions.load(chapter)}
ASKED = [question for question in BANK.values() if question.type != "open"]


def at(chapter, name):
    """The quiz of a chapter, opened at a question."""
    opened = widgets.quiz(chapter)
    asked = [question.id for question in questions.load(chapter) if question.type != "open"]
    opened.go(asked.index(name))
    return opened


def choose(opened, letters):
    if isinstance(opened.answer, Options):
        for letter, box in opened.answer.boxes.items():
            box.value = letter in letters
    else:
        opened.answer.box.value = letters
    opened.check.click()


def texts(widget):
    """Every value and text that a widget and its children show."""
    found = [str(getattr(widget, name, "")) for name in ("value", "description", "placeholder")]
    return " ".join([*found, *(texts(child) for child in getattr(widget, "children", ()))])


def test_the_first_question_is_open_and_its_repr_says_so():
    opened = widgets.quiz("01")
    count = sum(question.type != "open" for question in questions.load("01"))
    assert repr(opened) == f"quiz of chapter 01: question 1 of {count}; right at the first try: 0 of 0 answered"
    assert opened._repr_mimebundle_()["text/plain"] == repr(opened) == repr(widgets.quiz("01"))
    assert f"Question 1 of {count}" in texts(opened) and opened.back.disabled and not opened.on.disabled


def test_the_buttons_walk_through_every_question_and_back():
    opened, seen = widgets.quiz("01"), []
    while True:
        seen.append(opened.question.id)
        if opened.on.disabled:
            break
        opened.on.click()
    assert seen == [question.id for question in questions.load("01") if question.type != "open"]
    opened.back.click()
    assert opened.question.id == seen[-2] and not opened.on.disabled


def test_a_wrong_option_gets_its_reason_and_the_right_one_the_explanation():
    opened = at("01", "best-constants")
    choose(opened, "A")
    assert "Not A: Swapped: squared error asks for the mean." in opened.feedback
    assert opened.score == "Right at the first try: 0 of 1 answered"
    choose(opened, "C")
    assert "Right: C." in opened.feedback and "midrange $(1 + 6)/2$" in opened.feedback
    assert "Not D: Only squared error asks for the mean." in opened.feedback
    assert opened.score == "Right at the first try: 0 of 1 answered"


def test_the_score_counts_what_was_right_at_once():
    opened = at("01", "best-constants")
    choose(opened, "C")
    opened.on.click()
    choose(opened, "4.667")
    assert "Right: 4.667." in opened.feedback
    choose(opened, "2")
    assert opened.score == "Right at the first try: 2 of 2 answered" and opened.score in texts(opened)


def test_many_right_answers_must_all_be_ticked_and_no_other():
    opened = at("01", "low-forecasts")
    choose(opened, "AB")
    assert "Not B: Too low costs nine times as much." in opened.feedback
    assert "Right answers still missing: 1." in opened.feedback
    choose(opened, "AD")
    assert "Right: A, D." in opened.feedback


@pytest.mark.parametrize("text", ["4.667", " 4.67 ", "14/3", "4.66667e0"])
def test_a_number_may_be_rounded_or_a_fraction(text):
    opened = at("01", "mean-squared-by-hand")
    choose(opened, text)
    assert "Right: 4.667." in opened.feedback


def test_a_wrong_number_gets_its_reason():
    opened = at("01", "mean-squared-by-hand")
    choose(opened, "14")
    assert "Not 14. This is the sum." in opened.feedback
    choose(opened, "5")
    assert "Not 5." in opened.feedback and opened.score.endswith("0 of 1 answered")


@pytest.mark.parametrize("text", ["", "four", "1/0", "<b>", "1e999", "nan"])
def test_what_is_no_number_is_not_counted(text):
    opened = at("01", "mean-squared-by-hand")
    choose(opened, text)
    assert opened.score == "Right at the first try: 0 of 0 answered"
    assert ("Answer first." if not text else "is not a number") in opened.feedback and "<b>" not in opened.feedback


def test_of_a_multiple_choice_one_box_is_ticked_at_a_time():
    opened = at("01", "best-constants")
    for letter in "AC":
        opened.answer.boxes[letter].value = True
    assert opened.answer.given == {"C"}
    opened.answer.boxes["C"].value = False
    assert opened.answer.given is None
    several = at("01", "low-forecasts").answer
    for letter in "AC":
        several.boxes[letter].value = True
    assert several.given == {"A", "C"} and "$\\tau = 0.2$" in several.boxes["A"].description


def test_nothing_chosen_is_no_answer():
    for name in ("best-constants", "low-forecasts"):
        opened = at("01", name)
        opened.check.click()
        assert "Answer first." in opened.feedback and opened.score.endswith("0 of 0 answered")


def test_a_number_and_its_unit_stand_together():
    number = next(question for question in ASKED if question.type == "numeric")
    box = Number(dataclasses.replace(number, unit="ppm"))
    assert box.children[1].value == "ppm" and box.given is None


@pytest.mark.parametrize("question", ASKED, ids=lambda question: f"{question.chapter}-{question.id}")
def test_every_stored_answer_of_the_bank_is_judged_as_it_is_stored(question):
    if question.type == "numeric":
        given = {question.shown(answer): answer for answer in question.answers if answer.value is not None}
    elif question.type == "multiple_choice":
        given = dict(question.options)
    else:
        given = {letter: dataclasses.replace(answer, correct=False) for letter, answer in question.options}
        assert judged(question, set(question.right().split(", ")))[0] is True
    for text, answer in given.items():
        right, words = judged(question, text if question.type == "numeric" else {text})
        assert right is answer.correct and words


def test_feedback_is_read_out_and_moving_on_clears_it():
    opened = at("01", "best-constants")
    choose(opened, "A")
    assert 'aria-live="assertive"' in opened.feedback
    opened.on.click()
    assert opened.feedback == "" and "Swapped" not in texts(opened)


def test_a_question_that_is_left_takes_its_control_with_it():
    opened = widgets.quiz("01")
    left = opened.answer
    opened.on.click()
    assert left.comm is None and opened.answer.comm is not None and len(opened._place.children) == 1


def test_it_is_made_of_plain_controls():
    def kinds(widget):
        return {type(widget).__mro__[1 if type(widget).__module__ == "lossutils.quiz" else 0].__name__}.union(
            *(kinds(child) for child in getattr(widget, "children", ())))  # fmt: skip

    plain = {"VBox", "HBox", "HTML", "HTMLMath", "Button", "Checkbox", "Text", "Label"}
    found = set()
    for chapter in questions.chapters():
        opened = widgets.quiz(chapter)
        for place in range(sum(question.type != "open" for question in questions.load(chapter))):
            opened.go(place)
            found |= kinds(opened)
    assert found == plain
