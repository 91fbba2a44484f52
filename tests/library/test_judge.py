"""What is said of a function that is wrong in some other way, by the example of one task."""

import contextlib
import dataclasses
import gc
import inspect
import io
import re
import sys

import numpy as np
import pytest
from practising import PASSED, said

from lossutils import practice, rng
from lossutils.judge.judge import judge
from lossutils.judge.task import Check, Limits, Task

pytestmark = pytest.mark.usefixtures("stored")


# What else goes wrong, by the example of one task ----------------------------------------------------------------


def prints(pred, target, weight=None):
    print(np.mean((pred - target) ** 2))


def changes(pred, target, weight=None):
    pred -= target
    return np.mean(pred**2)


def stumbles(pred, target, weight=None):
    error = pred - target
    return (error**2).average()


def unknown(pred, target, weight=None):
    return np.mean(erorr**2)  # noqa: F821


def two_arguments(pred, target):
    return np.mean((pred - target) ** 2)


def only_unweighted(pred, target, weight=None):
    return np.mean((pred - target) ** 2) if weight is None else None


def leaves(pred, target, weight=None):
    sys.exit(3)


def recurses(pred, target, weight=None):
    return recurses(pred, target, weight)


FAULTS = {
    prints: "it prints its result but returns nothing; end with `return`",
    changes: "changes its input pred",
    stumbles: "raises AttributeError in line {return} (`return (error**2).average()`): 'numpy.ndarray' object has no",
    unknown: "raises NameError in line {return} (`return np.mean(erorr**2)",
    two_arguments: "cannot be called with 3 arguments (pred, target, weight); write `def mse(pred, target, weight",
    only_unweighted: "fails for weights. For pred = ",
    leaves: "raises SystemExit in line",
    recurses: "raises RecursionError in line",
}
ANSWERS = {
    "one more": (lambda p, y, w=None: np.mean((p - y) ** 2) + 1, "fails for predictions and targets. For pred = ["),
    "infinite": (lambda p, y, w=None: np.inf, "it returns inf, expected is "),
    "nan": (lambda p, y, w=None: np.nan, "it returns nan, expected is "),
    "list": (lambda p, y, w=None: [1.0, 2.0], "it returns a list of 2; one number is expected"),
    "array of one": (lambda p, y, w=None: np.ones(1), "it returns an array of shape (1,); one number is expected"),
    "text": (lambda p, y, w=None: "2.5", "it returns the text '2.5'; one number is expected"),
    "truth": (lambda p, y, w=None: p.sum() > 0, "one number is expected"),
    "complex": (lambda p, y, w=None: 2j, "it returns complex numbers; one number is expected"),
    "method": (lambda p, y, w=None: (p - y).mean, "it returns a function instead of its result; perhaps parentheses"),
    "class": (lambda p, y, w=None: int, "it returns a function instead of its result"),
    "object": (lambda p, y, w=None: object(), "it returns a value of type object; one number is expected"),
    "ragged": (lambda p, y, w=None: [[1], [2, 3]], "it returns rows of unequal length; one number is expected"),
}


@pytest.mark.parametrize("f", FAULTS, ids=lambda f: f.__name__)
def test_a_fault_of_the_code_is_one_plain_sentence(f):
    lines, start = inspect.getsourcelines(f)
    last = start + len(lines) - 1
    sentence = said(practice.check, "mse", f)
    assert FAULTS[f].replace("{return}", str(last)) in sentence
    assert "\n" not in sentence and "Traceback" not in sentence and sentence.startswith("mse: ")


@pytest.mark.parametrize("kind", ANSWERS)
def test_a_wrong_kind_of_answer_is_said_in_words(kind):
    f, words = ANSWERS[kind]
    sentence = said(practice.check, "mse", f)
    assert words in sentence and "\n" not in sentence


def test_the_smallest_input_that_shows_a_difference_is_shown_with_both_answers():
    sentence = judge(practice.tasks()["mse"], lambda p, y, w=None: np.mean((p - y) ** 2) + (len(p) > 2), 1).sentence
    words = re.search(
        r"For pred = \[(.*)\] and target = \[(.*)\] it returns (.*), expected is (.*?)\.( \(|$)", sentence
    )
    pred, target = (np.array([float(number) for number in words[place].split(",")]) for place in (1, 2))
    right = np.mean((pred - target) ** 2)
    assert len(pred) == 3
    assert (words[3], words[4]) == (f"{right + 1:.6g}", f"{right:.6g}")


def test_a_second_mistake_waits_until_the_first_is_mended():
    """The sum of unweighted losses fails at the first check as a sum; once that is mended, the weights are missed."""
    names = ("this is the sum, not the mean", "the weights are ignored")
    for f, name in zip((np.sum, np.mean), names, strict=True):
        sentence = said(practice.check, "mse", lambda p, y, w=None, f=f: f((p - y) ** 2))
        assert name in sentence


def test_a_right_answer_that_changes_its_input_is_not_right():
    def sorts_in_place(loss, y):
        y.sort()
        return practice.tasks()["best_constant"].reference(loss, y)

    verdict = judge(practice.tasks()["best_constant"], sorts_in_place, 1)
    assert "best_constant: changes its input y (for loss = 'ratio' and y = [" in verdict.sentence
    assert verdict.points == 0


def test_the_error_must_be_of_the_kind_that_was_asked_for():
    def divides(pred, target, weight=None):
        if len(pred) == 0:
            return 1 / 0
        return practice.tasks()["mse"].reference(pred, target, weight)

    verdict = judge(practice.tasks()["mse"], divides, 1, hidden=True)
    assert "fails for an empty input. For pred = [] and target = [] it raises ZeroDivisionError" in verdict.sentence
    assert "it should raise ValueError. (3 of 4 hidden checks passed.)" in verdict.sentence


def renamed(pred, target, w=None):
    return practice.tasks()["mse"].reference(pred, target, w)


def test_the_names_of_the_arguments_count():
    assert judge(practice.tasks()["mse"], renamed, 1).passed
    verdict = judge(practice.tasks()["mse"], renamed, 1, hidden=True)
    assert "has no argument called weight; write `def mse(pred, target, weight=None):`" in verdict.sentence
    assert verdict.points == 0.75


async def later(pred, target, weight=None):
    return practice.tasks()["mse"].reference(pred, target, weight)


@pytest.mark.parametrize(
    ("f", "words"),
    [
        (later, "`async def` returns a coroutine, not its result; write `def mse(pred, target, weight=None):`"),
        (lambda pred, target, weight=None: later(pred, target), "it returns a value of type coroutine"),
    ],
    ids=["function", "result"],
)
def test_a_coroutine_is_no_number_and_nobody_is_warned_by_a_line_of_the_library(f, words, recwarn):
    gc.collect()  # what other tests have left behind may warn
    recwarn.clear()
    for hidden in (False, True):
        assert words in judge(practice.tasks()["mse"], f, 1, hidden).sentence or hidden
    gc.collect()
    assert not recwarn.list


def test_partial_credit_counts_the_passed_checks():
    task = practice.tasks()["best_constant"]
    only_ratio = lambda loss, y: float(np.exp(np.mean(np.log(y)))) if loss == "ratio" else None  # noqa: E731
    assert judge(task, only_ratio, 1).points == 0.67
    assert "(1 of 3 open checks passed.)" in judge(task, only_ratio, 1).sentence


def test_points_are_plain_numbers():
    for f in (practice.tasks()["mse"].reference, lambda *args: None, two_arguments):
        with contextlib.redirect_stdout(io.StringIO()):
            for points in (practice.points("mse", f), practice.hidden_points("mse", f)):
                assert type(points) in (int, float) and (points != int(points) or type(points) is int)


def test_points_print_what_check_says_and_are_repeatable():
    f = practice.tasks()["mse"].mistakes[0].code
    first = said(practice.points, "mse", f)
    assert first == said(practice.points, "mse", f) == said(practice.check, "mse", f, seed=practice.POINTS_SEED)
    assert len({said(practice.check, "mse", f) for _ in range(3)}) > 1  # fresh numbers each time


# What is said -----------------------------------------------------------------------------------------------------


def test_what_the_function_prints_and_warns_stays_inside(recwarn, capsys):
    def noisy(pred, target, weight=None):
        print("working")
        np.array([1.0]) / 0
        return practice.tasks()["mse"].reference(pred, target, weight)

    practice.check("mse", noisy)
    assert capsys.readouterr().out == f"{PASSED}\n"
    assert not recwarn.list


def test_a_call_instead_of_the_function_is_explained():
    for value in (3.5, None, "mse"):
        assert said(practice.check, "mse", value) == "mse: give the function itself, `mse` without (…)."
        assert practice.points("mse", value) == 0


def test_an_unknown_name_says_which_is_near():
    for name, near in (("msee", "mse"), ("MSE", "mse"), ("Huber-Location", "huber_location")):
        with pytest.raises(ValueError, match=f"there is no task '{name}'; did you mean '{near}'"):
            practice.check(name, len)
    with pytest.raises(ValueError, match="there are: mse, "):
        practice.hint("zzz")


# When a mistake is named ------------------------------------------------------------------------------------------


def same(x):
    return x


def half_of_it(x):
    return x / 2


def of_one_input(*others):
    """A task whose first check has one input, always the same; the mistake is the half."""
    one = Check("the number 8", lambda source: [{"x": 8.0}])
    hidden = Check("hidden numbers", lambda source: [{"x": float(source.randint(2, 9))}], hidden=True)
    checks, typical = (one, *others, hidden), (("this is the half", half_of_it),)
    return Task(title="same", open=1, hidden=1, reference=same, checks=checks, typical=typical, hints=("", ""))


NEW_EACH_TIME = Check("a number", lambda source: [{"x": float(source.randint(10, 10**6))}])
SEVERAL = Check("numbers", lambda source: [{"x": 3.0}, {"x": 5.0}])


@pytest.mark.parametrize("others", [(), (NEW_EACH_TIME,), (SEVERAL,)], ids=["alone", "beside one", "beside several"])
def test_what_equals_a_mistake_on_the_one_input_of_a_check_is_not_called_that(others):
    verdict = judge(of_one_input(*others), lambda x: x / 2 if x == 8 else x, 1)
    assert "this is the half" not in verdict.sentence
    assert "fails for the number 8. For x = 8 it returns 4, expected is 8" in verdict.sentence


@pytest.mark.parametrize("others", [(NEW_EACH_TIME,), (SEVERAL,)], ids=["beside one", "beside several"])
def test_a_mistake_that_fits_other_inputs_too_is_named_by_a_check_of_one_input(others):
    assert "this is the half. For x = 8" in judge(of_one_input(*others), half_of_it, 1).sentence


def test_a_mistake_is_not_named_where_the_function_is_right_and_the_mistake_is_not():
    verdict = judge(of_one_input(SEVERAL), lambda x: x if x == 8 else x / 2, 1)
    assert "fails for numbers. For x = 3 it returns 1.5, expected is 3." in verdict.sentence


def test_where_one_drawn_input_shows_a_mistake_the_check_is_drawn_again():
    task = of_one_input()
    task = dataclasses.replace(task, checks=(NEW_EACH_TIME, task.checks[1]))
    (first,) = NEW_EACH_TIME.draw(rng(1))
    assert "this is the half" in judge(task, half_of_it, 1).sentence
    assert "this is the half" not in judge(task, lambda x: x / 2 if x == first["x"] else -x, 1).sentence


def test_an_input_that_came_back_is_no_proof_while_the_others_of_its_check_did_not():
    """The first input looks like the half, the second one never ends."""

    def stops(x):
        while x != 3:
            pass
        return x / 2

    checks = (SEVERAL, of_one_input().checks[1])
    task = dataclasses.replace(of_one_input(), checks=checks, limits=Limits(computing=0.3))
    assert "this is the half" not in judge(task, stops, 1).sentence
