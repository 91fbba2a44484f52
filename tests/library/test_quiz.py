"""The quiz is answered with the hand: each answer gets its reason, the score counts first tries, nothing is kept."""

import dataclasses

import pytest

from lossutils import questions, widgets
from lossutils.widgets.quiz import Number, Options, judged

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
    assert "Right: C." in opened.feedback and "the median 4." in opened.feedback
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


@pytest.mark.parametrize("text", ["4.667", " 4.67 ", "14/3", "4.66667e0", "4,667", "14/2 − 7/3", "4 + 2/3"])
def test_a_number_may_be_rounded_or_a_fraction_or_have_a_decimal_comma(text):
    opened = at("01", "mean-squared-by-hand")
    choose(opened, text)
    assert "Right: 4.667." in opened.feedback


def test_a_wrong_number_gets_its_reason():
    opened = at("01", "mean-squared-by-hand")
    choose(opened, "14")
    assert "Not 14. This is the sum." in opened.feedback
    choose(opened, "5")
    assert "Not 5." in opened.feedback and opened.score.endswith("0 of 1 answered")


NUMERIC = [question for question in ASKED if question.type == "numeric"]
each_number = pytest.mark.parametrize("question", NUMERIC, ids=lambda question: f"{question.chapter}-{question.id}")
TOO_FEW, SIGN, PER_CENT, SHARE = "too few digits", "the sign is not", "in per cent", "as a share of 1"


def right_number(question):
    return next(answer.value for answer in question.answers if answer.correct)


def slip_is_named(question, number, words):
    """The sentence about a slip comes, unless a stored answer has its own; a right number is right."""
    right, said = judged(question, repr(number))
    stored = question.to_number(number)
    if stored.correct:
        return right
    assert right is False
    return stored.feedback in said if stored.value is not None else words in said


@each_number
def test_right_with_too_few_digits_is_said(question):
    value = right_number(question)
    before_the_point = len(str(abs(int(value))).lstrip("0"))
    for digits in range(max(1, before_the_point), question.precision):
        coarse = float(f"{value:.{digits}g}")
        assert slip_is_named(question, coarse, TOO_FEW), coarse


@each_number
def test_a_wrong_sign_is_said(question):
    assert slip_is_named(question, -right_number(question), SIGN)


@each_number
def test_a_percentage_for_a_share_is_said_and_a_share_for_a_percentage(question):
    value = right_number(question)
    if 0 < value <= 1 and not question.unit:
        assert slip_is_named(question, round(100 * value, 6), PER_CENT)
        assert PER_CENT in judged(question, f"{100 * value:.10g} %")[1]
    in_per_cent = dataclasses.replace(question, unit="%", answers=tuple(a for a in question.answers if a.correct))
    if abs(value) > in_per_cent.tolerance * 1.1:
        assert slip_is_named(in_per_cent, value / 100, SHARE)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("always-a-half", "0.69", TOO_FEW),
        ("always-a-half", "0.7", TOO_FEW),
        ("always-a-half", "-0.6931", SIGN),
        ("always-a-half", "−0.69", SIGN),
        ("explained-share", "81", PER_CENT),
        ("explained-share", "81%", PER_CENT),
        ("when-to-wait", "9.09", PER_CENT),
        ("when-to-wait", "9.1", PER_CENT),
        ("threshold-of-costs", "13.04%", PER_CENT),
        ("mean-squared-by-hand", "5", TOO_FEW),
        ("mean-squared-by-hand", "-14/3", SIGN),
    ],
)
def test_a_slip_has_its_own_sentence(name, text, words):
    right, said = judged(BANK[name], text)
    assert right is False and f"Not {text}." in said and words in said


@pytest.mark.parametrize(
    ("name", "text"),
    [("weighted-median", "10"), ("always-a-half", "69.31"), ("always-a-half", "0.68"), ("free-weights", "2000")],
)
def test_what_is_no_slip_is_not_called_one(name, text):
    """12 is not rounded to 10; a loss in nats is no share."""
    said = judged(BANK[name], text)[1]
    assert not [words for words in (TOO_FEW, SIGN, PER_CENT, SHARE) if words in said]


def test_a_stored_reason_goes_before_a_slip():
    assert "This is the median without weights." in judged(BANK["weighted-median"], "7")[1]
    assert SIGN not in judged(BANK["score-of-minus-three"], "0.9526")[1]


@pytest.mark.parametrize("text", ["ln 2", "ln(2)", "log2", "−ln(0,5)", "0,6931"])
def test_a_number_may_be_written_as_the_formula_gives_it(text):
    assert judged(BANK["always-a-half"], text)[0] is True


def test_what_a_wrong_number_was_read_as_is_said_where_it_may_be_read_otherwise():
    assert "Not 1,234. It was read as 1.234. " in judged(BANK["mean-squared-by-hand"], "1,234")[1]
    assert "Not ln 1/2. It was read as 0. " in judged(BANK["always-a-half"], "ln 1/2")[1]
    assert "read as" not in judged(BANK["mean-squared-by-hand"], "3/4")[1]


def test_a_number_is_judged_when_it_is_sent_and_its_button_says_the_same():
    opened = at("01", "mean-squared-by-hand")
    opened.answer.box.value = "14"  # as the browser sends it at Enter
    said = opened.feedback
    assert "Not 14. This is the sum." in said and opened.score.endswith("0 of 1 answered")
    opened.check.click()
    assert opened.feedback == said
    opened.answer.box.value = "4,667"
    assert "Right: 4.667." in opened.feedback and opened.score.endswith("0 of 1 answered")


@pytest.mark.parametrize("text", ["", "four", "1/0", "<b>", "1e999", "nan", "9**9**9", "ln(-1)"])
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
        own = (kind for kind in type(widget).__mro__ if kind.__module__.startswith("ipywidgets"))
        return {next(own).__name__}.union(*(kinds(child) for child in getattr(widget, "children", ())))

    plain = {"VBox", "HBox", "HTML", "HTMLMath", "Button", "Checkbox", "Text", "Label"}
    found = set()
    for chapter in questions.chapters():
        opened = widgets.quiz(chapter)
        for place in range(sum(question.type != "open" for question in questions.load(chapter))):
            opened.go(place)
            found |= kinds(opened)
    assert found == plain


def test_a_chapter_that_only_asks_for_arguments_is_told_so(monkeypatch):
    monkeypatch.setattr(questions, "load", lambda chapter: [BANK["error-as-gradient"]])
    with pytest.raises(ValueError, match="chapter 08 asks open questions only"):
        widgets.quiz("08")
