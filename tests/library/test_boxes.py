"""Three boxes: what went wrong comes back in every session, in every second, in every fourth, until it is learnt."""

import json

import pytest

from lossutils.questions import boxes

pytestmark = pytest.mark.usefixtures("stored")
KNOWN = ["a", "b", "c"]


def kept():
    return json.loads(boxes.file().read_text())


def keep(**entries):
    boxes.file().parent.mkdir(exist_ok=True)
    boxes.file().write_text(json.dumps(entries))


def hold(wrong=()):
    """Hold a session in which all is right but these; return what it asked."""
    now = boxes.session(KNOWN)
    for name in now.due:
        assert boxes.answered(name, name not in wrong, now) == ""
    return now.due


def test_what_went_wrong_waits_in_box_1_and_nothing_else_is_kept():
    assert boxes.waiting(KNOWN) == {} and boxes.session(KNOWN).due == {}
    assert not boxes.file().exists()
    boxes.wrong("b")
    boxes.wrong("b")
    assert kept() == {"b": 1} and boxes.waiting(KNOWN) == boxes.session(KNOWN).due == {"b": 1}


def test_three_times_right_is_learnt():
    boxes.wrong("b")
    assert [hold(), hold(), hold(), hold()] == [{"b": 1}, {"b": 2}, {"b": 3}, {}]
    assert kept() == {boxes.SESSIONS: 4}


def test_wrong_goes_back_to_box_1_from_every_box():
    for box in (1, 2, 3):
        keep(b=box)
        assert hold(wrong="b") == {"b": box} and boxes.waiting(KNOWN) == {"b": 1}
    keep(b=3)
    boxes.wrong("b")
    assert kept() == {"b": 1}


def test_each_box_is_asked_in_its_sessions():
    asked = []
    for session in range(8):
        keep(a=3, b=2, c=1, **{boxes.SESSIONS: session})
        asked.append("".join(boxes.session(KNOWN).due))
    assert asked == ["c", "cb", "c", "cba"] * 2


def test_sessions_in_which_nothing_is_due_are_passed_over():
    for entries, number in (({"a": 3}, 4), ({"a": 2}, 2), ({"a": 3, boxes.SESSIONS: 4}, 8), ({"a": 1}, 1)):
        keep(**entries)
        assert boxes.session(KNOWN).number == number


def test_a_session_counts_once_and_from_its_first_answer_on():
    keep(a=1, b=1)
    now = boxes.session(KNOWN)
    assert boxes.session(KNOWN) == now
    for name in "ab":
        boxes.answered(name, True, now)
        assert kept()[boxes.SESSIONS] == now.number == 1
    boxes.wrong("c")
    assert boxes.session(KNOWN).number == 2


def test_two_notebooks_in_one_session_move_a_question_once():
    keep(a=1, b=2, **{boxes.SESSIONS: 1})
    one, other = boxes.session(KNOWN), boxes.session(KNOWN)
    for now in (one, other):
        boxes.answered("a", True, now)
    assert kept() == {"a": 2, "b": 2, boxes.SESSIONS: 2}
    boxes.wrong("b")
    boxes.answered("b", True, other)
    assert kept()["b"] == 1, "it went wrong meanwhile"


def test_what_the_bank_does_not_have_is_not_asked_and_stays():
    keep(older=1, a=1)
    assert hold() == {"a": 1}
    assert kept() == {"older": 1, "a": 2, boxes.SESSIONS: 1} and boxes.waiting(KNOWN) == {"a": 2}


@pytest.mark.parametrize("odd", [0, 4, -1, "1", None, 1.5, [1], {}], ids=repr)
def test_an_odd_entry_is_not_asked_stays_and_gives_way_to_an_answer(odd):
    keep(a=odd, b=1, **{boxes.SESSIONS: "many"})
    assert boxes.session(KNOWN) == boxes.Session(1, {"b": 1}) and boxes.waiting(KNOWN) == {"b": 1}
    boxes.answered("b", True, boxes.session(KNOWN))
    assert kept()["a"] == odd
    boxes.wrong("a")
    assert boxes.waiting(KNOWN) == {"a": 1, "b": 2}


def test_a_damaged_file_is_set_aside_and_said_once():
    keep()
    boxes.file().write_text("{")
    assert "was damaged" in boxes.session(KNOWN).words and boxes.session(KNOWN).words == ""
    boxes.file().write_text("{")
    assert "was damaged" in boxes.wrong("a") and kept() == {"a": 1}


def test_where_nothing_can_be_kept_that_is_said(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("LOSSUTILS_PROGRESS", str(tmp_path / "file" / "progress.json"))
    now = boxes.session(KNOWN)
    assert "can't be read: Not a directory" in now.words and now.due == boxes.waiting(KNOWN) == {}
    assert "This is not kept" in boxes.wrong("a")
    assert "could not be removed" in boxes.forget()


def test_all_can_be_forgotten(stored):
    stored.parent.mkdir()
    stored.write_text("{}")
    boxes.wrong("a")
    assert boxes.forget() == boxes.forget() == ""
    assert [path.name for path in stored.parent.iterdir()] == [stored.name], "the progress in the exercises stays"
