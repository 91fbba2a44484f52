"""The quiz is answered with the hand: every answer gets its reason, first tries are counted, what was wrong returns."""

import dataclasses
import json

import pytest

from lossutils import questions, widgets
from lossutils.questions import boxes
from lossutils.widgets.asking import Number, Options
from lossutils.widgets.judging import judged

pytestmark = pytest.mark.usefixtures("stored")
BANK = {question.id: question for chapter in questions.chapters() for question in questions.load(chapter)}
ASKED = [question for question in BANK.values() if question.type != "open"]
BY_HAND_OF_SEED_7 = {"guess": 5, "y": [2, 3, 6], "e": [3, 2, -1]}


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
    return question.key.value


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
    boxes.wrong("best-constants")
    found = kinds(widgets.quiz_again())
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


# Fresh numbers -------------------------------------------------------------------------------------------------------


def asked(opened):
    """What every question of a quiz asks, with its answers."""
    return [(question.question, question.answers) for question in opened.questions]


def test_fresh_numbers_are_those_of_the_next_seed_and_the_quiz_starts_anew():
    opened = at("01", "mean-squared-by-hand")
    choose(opened, "4.667")
    assert "the course's numbers" in texts(opened) and "seed" not in texts(opened)
    for seed in (1, 2):
        opened.fresh.click()
        assert f"numbers of seed {seed}, in" in texts(opened) and repr(opened).endswith(f"numbers of seed {seed}")
        assert opened.position.startswith("Question 1 of") and opened.back.disabled
        assert opened.score == "Right at the first try: 0 of 0 answered" and opened.score in texts(opened)
        choose(opened, "A")
        assert opened.feedback and opened.score.endswith("1 answered")
    assert 'role="alert">numbers of seed 2' in texts(opened), "which numbers these are is read out"


def test_a_question_without_numbers_stays_and_the_others_are_counted():
    opened, drawn = widgets.quiz("08"), widgets.quiz("08", seed=1)
    differ = [a != b for a, b in zip(asked(opened), asked(drawn), strict=True)]
    templates = [bool(question.numbers) for question in opened.questions]
    assert differ == templates and 0 < sum(templates) < len(templates)
    assert f"in {sum(templates)} of {len(templates)} questions" in texts(drawn)


def test_a_seed_gives_the_same_quiz_and_the_button_goes_on_from_there():
    opened = widgets.quiz("01", seed=7)
    assert "numbers of seed 7, in" in texts(opened) and asked(opened) == asked(widgets.quiz("01", seed=7))
    by_hand = next(question for question in opened.questions if question.id == "mean-squared-by-hand")
    assert by_hand.numbers == BY_HAND_OF_SEED_7, "whatever machine this is"
    opened.fresh.click()
    assert asked(opened) == asked(widgets.quiz("01", seed=8)) != asked(widgets.quiz("01", seed=7))


def test_the_mock_exam_has_fresh_numbers_too():
    opened = widgets.quiz("exam", seed=1)
    assert [question.id for question in opened.questions] == [one.id for one in widgets.quiz("exam").questions]
    assert asked(opened) != asked(widgets.quiz("exam"))


@pytest.mark.parametrize("chapter", questions.chapters())
def test_the_right_answers_of_a_quiz_with_fresh_numbers_are_right(chapter):
    opened = widgets.quiz(chapter, seed=3)
    for place, question in enumerate(opened.questions):
        opened.go(place)
        right = repr(right_number(question)) if question.type == "numeric" else question.right().split(", ")
        choose(opened, right)
        assert "Right:" in opened.feedback, question.id
    assert opened.score.endswith(f"{len(opened.questions)} of {len(opened.questions)} answered")


# What went wrong comes back ------------------------------------------------------------------------------------------


def answer(opened, right):
    """Answer the question on show, right or wrong."""
    question = opened.question
    if question.type == "numeric":
        choose(opened, repr(right_number(question) if right else right_number(question) + 12345))
    else:
        choose(
            opened,
            question.right().split(", ") if right else [letter for letter, a in question.options if not a.correct][:1],
        )


def hold(right):
    """Hold a session, in which every first try is right or wrong; return it."""
    opened = widgets.quiz_again()
    for place in range(len(opened.questions)):
        opened.go(place)
        answer(opened, right)
    return opened


def kept():
    return json.loads(boxes.file().read_text())


def test_only_a_wrong_first_try_is_kept_and_where_is_said():
    opened = at("01", "best-constants")
    choose(opened, "C")
    choose(opened, "A")
    opened.on.click()
    choose(opened, "four")
    assert not boxes.file().exists() and "quiz_again" not in texts(opened)
    choose(opened, "14")
    choose(opened, "4.667")
    assert kept() == {"mean-squared-by-hand": 1}
    said = texts(opened)
    assert "widgets.quiz_again()" in said and str(boxes.file()) in said and "widgets.forget_boxes()" in said


def test_a_quiz_shows_nothing_of_what_is_kept():
    """It stands in notebooks, whose outputs are the same for everybody."""
    before = repr(widgets.quiz("01")), texts(widgets.quiz("01"))
    boxes.wrong("best-constants")
    content = boxes.file().read_text()
    assert (repr(widgets.quiz("01")), texts(widgets.quiz("01"))) == before
    assert boxes.file().read_text() == content


def test_right_in_a_quiz_moves_nothing_for_the_next_session_asks():
    boxes.wrong("best-constants")
    choose(at("01", "best-constants"), "C")
    assert kept() == {"best-constants": 1}


def test_what_went_wrong_is_asked_again_with_fresh_numbers_until_it_is_learnt():
    answer(at("01", "mean-squared-by-hand"), right=False)
    seen = []
    for box in (1, 2, 3):
        opened = widgets.quiz_again()
        assert len(opened.questions) == 1 and f"from box {box}, numbers of seed {opened.seed}" in opened.position
        seen.append(opened.question.question)
        answer(opened, right=True)
    assert len({*seen, BANK["mean-squared-by-hand"].question}) == 4
    assert "Nothing waits in the boxes any more." in texts(opened)
    assert repr(widgets.quiz_again()) == "quiz again: no question waits"


def test_a_question_without_numbers_comes_back_as_it_is():
    still = next(question for question in ASKED if not question.numbers)
    boxes.wrong(still.id)
    opened = widgets.quiz_again()
    assert opened.question == still and opened.position == "Question 1 of 1, from box 1"


def test_a_session_says_what_waits_and_when_it_is_over():
    for name in ("best-constants", "always-a-half"):
        boxes.wrong(name)
    opened = widgets.quiz_again()
    assert "Waiting: 2 in box 1, none in box 2, none in box 3." in texts(opened)
    opened.on.click()
    answer(opened, right=True)
    assert "Waiting: 1 in box 1, 1 in box 2, none in box 3." in texts(opened) and "is over" not in texts(opened)
    opened.back.click()
    answer(opened, right=False)
    answer(opened, right=True)
    assert kept() == {"best-constants": 1, "always-a-half": 2, boxes.SESSIONS: 1}
    assert "This session is over; run the cell again" in texts(opened) and "1 of 2 answered" in opened.score
    assert [question.id for question in widgets.quiz_again().questions] == ["best-constants", "always-a-half"]


def test_running_a_session_counts_nothing_before_it_is_answered():
    boxes.wrong("best-constants")
    content = boxes.file().read_text()
    assert asked(widgets.quiz_again()) == asked(widgets.quiz_again()) and boxes.file().read_text() == content


def test_the_numbers_of_a_session_are_not_those_of_the_last():
    boxes.wrong("mean-squared-by-hand")
    assert asked(hold(right=False)) != asked(hold(right=False))


def test_a_button_forgets_all_boxes_when_it_is_pressed_twice():
    for name in ("best-constants", "always-a-half"):
        boxes.wrong(name)
    opened = widgets.quiz_again()
    opened.forget.click()
    assert boxes.file().exists() and "Press again" in opened.forget.description
    opened.on.click()
    opened.forget.click()
    assert boxes.file().exists(), "in between something else was done"
    opened.forget.click()
    assert not boxes.file().exists()
    assert "Nothing waits" in texts(opened) and 'role="alert">Their file is removed.' in texts(opened)


def test_a_function_forgets_all_boxes(capsys, monkeypatch):
    boxes.wrong("best-constants")
    widgets.forget_boxes()
    assert not boxes.file().exists() and capsys.readouterr().out == ""
    monkeypatch.setattr(boxes, "forget", lambda: "The boxes could not be removed: read-only.")
    widgets.forget_boxes()
    assert capsys.readouterr().out == "The boxes could not be removed: read-only.\n"


def test_a_damaged_file_is_said_in_the_widget_and_stops_nothing():
    boxes.wrong("best-constants")
    for show in (lambda: at("01", "best-constants"), widgets.quiz_again):
        boxes.file().write_text("{")
        opened = show()
        if opened.children[1:]:
            choose(opened, "A")
            assert "Not A" in opened.feedback
        assert "was damaged" in texts(opened)


def test_where_nothing_can_be_kept_a_quiz_says_so_and_goes_on(tmp_path, monkeypatch):
    (tmp_path / "<file>").write_text("not a folder")
    monkeypatch.setenv("LOSSUTILS_PROGRESS", str(tmp_path / "<file>" / "progress.json"))
    opened = at("01", "best-constants")
    choose(opened, "A")
    assert "Not A" in opened.feedback and "This is not kept:" in texts(opened) and "quiz_again" not in texts(opened)
    assert "&lt;file&gt;" in texts(opened) and "can&#x27;t be read" in texts(widgets.quiz_again())
