"""Two readers' answers are noted where both say what the key says, and only there."""

import argparse
import json
import re
import tomllib

import pytest

from lossexam import agreeing, bank, cli
from lossexam.refusals import Refusal
from lossutils import chapters, questions

CHOICES = [one for chapter in questions.chapters() for one in questions.load(chapter) if one.options]


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """A copy of the bank, to be written into."""
    for chapter in questions.chapters():
        folder = tmp_path / f"ch{chapter}"
        folder.mkdir()
        (folder / "questions.toml").write_text(chapters.text(chapter, "questions.toml"), encoding="utf-8")
    monkeypatch.setattr(chapters, "__file__", str(tmp_path / "__init__.py"))
    return tmp_path


def agreed(folder, question):
    entries = tomllib.loads((folder / f"ch{question.chapter}" / "questions.toml").read_text(encoding="utf-8"))[
        "questions"
    ]
    return next(one for one in entries if one["id"] == question.id).get("agreed")


def key(question, seed):
    return agreeing._key(question, seed)


def given(tmp_path, *answers):
    files = []
    for place, one in enumerate(answers):
        files.append(tmp_path / f"{place}.json")
        files[-1].write_text(json.dumps(one), encoding="utf-8")
    return argparse.Namespace(answers=files)


def test_who_asks_gives_no_key_away(tmp_path, capsys):
    assert cli.main(["ask", "--all", "--seed", "3", "--into", str(tmp_path / "q.md")]) == 0
    text = (tmp_path / "q.md").read_text(encoding="utf-8")
    assert len(re.findall("^## ", text, re.MULTILINE)) == len(CHOICES)
    assert [one.id for one in CHOICES if one.explanation in text] == []
    assert agreeing._text(CHOICES[0], 3) in text


def test_what_both_say_is_noted_once_and_nothing_else_changes(copied, tmp_path):
    question = CHOICES[0]
    before = (copied / f"ch{question.chapter}" / "questions.toml").read_text(encoding="utf-8")
    agreeing.note(question, "0123456789")
    assert agreed(copied, question) == "0123456789"
    agreeing.note(question, bank.fingerprint(question))
    after = (copied / f"ch{question.chapter}" / "questions.toml").read_text(encoding="utf-8")
    strip = re.compile(r'^agreed = "[^"]*"\n', re.MULTILINE)
    assert strip.sub("", after) == strip.sub("", before) and agreed(copied, question) == bank.fingerprint(question)


def test_a_reader_who_says_something_else_stops_it(copied, tmp_path):
    question = CHOICES[0]
    wrong = next(letter for letter, answer in question.options if letter not in key(question, 2))
    found = agreeing.agree(given(tmp_path, {"seed": 1, question.id: key(question, 1)}, {"seed": 2, question.id: wrong}))
    assert found == [f"{question.chapter} {question.id}: not every reader answers as the key does"]


@pytest.mark.parametrize(
    ("one", "two", "message"),
    [({"seed": 1}, {"seed": 1}, "same order"), ({"seed": 1, "what": "A"}, {"seed": 2}, "no choice called what")],
)
def test_answers_that_prove_nothing_are_refused(one, two, message, tmp_path):
    with pytest.raises(Refusal, match=message):
        agreeing.agree(given(tmp_path, one, two))
