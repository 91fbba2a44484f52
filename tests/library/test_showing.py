"""How answers are compared, and values shown."""

import numpy as np
import pytest

from lossutils.judge.showing import difference, shown, shown_apart

pytestmark = pytest.mark.usefixtures("stored")


# Words -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expected", "got", "answer"),
    [
        (2.0, 2, ""),
        (2.0, np.float32(2), ""),
        (2.0, np.array(2.0), ""),
        (2.0, 2.1, "value"),
        (2.0, 2 + 1e-7, ""),
        (0.0, 1e-13, ""),
        (0.0, 1e-5, "value"),
        (np.inf, np.inf, ""),
        (np.inf, 3.0, "value"),
        (3.0, np.nan, "value"),
        (2e-6, 2.1e-6, "value"),
        (np.array([1.0, 2]), [1, 2], ""),
        (np.array([1.0, 2]), [1, 3], "value"),
        (np.array([1.0, 2]), np.ones((2, 1)), "an array of shape (2, 1); an array of shape (2,) is expected"),
        ("mean", "mean", ""),
        ("mean", "median", "value"),
        ("mean", 3, "one number; the text 'mean' is expected"),
        (True, np.True_, ""),
        (True, False, "value"),
        (True, 1, "one number; True is expected"),
        ((1.0, "a"), (1.0, "a"), ""),
        ((1.0, "a"), [1.0, "b"], "value"),
        ((1.0, 2.0), 1.0, "one number; 2 results are expected, as in `return a, b`"),
        ((1.0, 2.0), (1.0, None), "as result 2 nothing (None); one number is expected"),
    ],
    ids=repr,
)
def test_two_answers_are_compared(expected, got, answer):
    assert difference(expected, got, 1e-6) == answer


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2.0, "2"),
        (np.float64(1 / 3), "0.333333"),
        (np.array([1.0, 2.5]), "[1, 2.5]"),
        ("pinball", "'pinball'"),
        (np.arange(11.0), "[0, 1, 2, … 11 numbers]"),
        (np.array([3], dtype=np.uint8), "[3] (uint8)"),
        (None, "None"),
        (np.ones((2, 2)), "[[1, 1], [1, 1]]"),
        (np.ones((9, 2)), "an array of shape (9, 2)"),
        (len, "len"),
        ([1.0, "a"], "[1, 'a']"),
        (np.True_, "True"),
        (np.array(2.0), "2"),
        (np.array([]), "[]"),
        ({"a": 1}, "{'a': 1}"),
    ],
    ids=repr,
)
def test_values_are_shown_as_a_person_would_write_them(value, text):
    assert shown(value) == text


@pytest.mark.parametrize(
    ("expected", "got", "texts"),
    [
        (1.5, 1.25, ("1.5", "1.25")),
        (1.5, 1.50000001, ("1.5", "1.50000001")),
        (np.array([1.0, 2.0]), np.array([1.0000001, 2.0]), ("[1, 2]", "[1.0000001, 2]")),
        (
            np.eye(4),
            np.eye(4) + [[0], [0], [0.5], [1]],
            (
                "an array of shape (4, 4) with [0, 0, 1, 0] at [2]",
                "an array of shape (4, 4) with [0.5, 0.5, 1.5, 0.5] at [2]",
            ),
        ),
        (
            np.arange(12.0),
            np.array([*range(11), 7]),
            ("[0, 1, 2, … 12 numbers] with 11 at [11]", "[0, 1, 2, … 12 numbers] with 7 at [11]"),
        ),
        ("a", "a", ("'a'", "'a'")),
        (0.0, -0.0, ("0", "0")),
        ((1.0, np.array([[2.0]])), (1.0, np.array([[2.0000003]])), ("(1, [[2]])", "(1, [[2.0000003]])")),
    ],
    ids=repr,
)
def test_what_six_digits_would_show_alike_gets_more_of_them(expected, got, texts):
    assert shown_apart(expected, got) == texts
