"""The package for Anki, imported by Anki's own library into a new collection, and its cards as Anki shows them."""

import dataclasses
import re
import tempfile
import zipfile

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from exporting import bank

from lossexam.exports import anki, loss_cards, texts
from lossexam.exports.asked import by_chapter, title
from lossutils.engine import card
from lossutils.losses.catalogue import CATALOGUE

DECK = "Loss functions"


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1700000000")
        [file] = anki.write(by_chapter(bank(), 0, 7), tmp_path_factory.mktemp("anki"))
    return file


@pytest.fixture(scope="module")
def collection(package, tmp_path_factory):
    opened = Collection(str(tmp_path_factory.mktemp("collection") / "collection.anki2"))
    assert counts(opened, package) == {"new": len(bank()) + len(CATALOGUE), "updated": 0, "duplicate": 0}
    yield opened
    opened.close()


def counts(collection, package):
    """Import, and return how many notes Anki says are new, changed, and already there."""
    request = ImportAnkiPackageRequest(package_path=str(package), options=ImportAnkiPackageOptions())
    log = collection.import_anki_package(request).log
    others = (log.conflicting, log.first_field_match, log.missing_notetype, log.missing_deck, log.empty_first_field)
    assert not any(others)
    return {"new": len(log.new), "updated": len(log.updated), "duplicate": len(log.duplicate)}


@pytest.fixture(scope="module")
def cards(collection):
    """The one card of each note, by what stands in its first field."""
    found = {}
    for note in map(collection.get_note, collection.find_notes("")):
        [one] = note.cards()
        found[note.fields[0]] = one
    return found


def test_every_question_is_a_card_in_the_deck_of_its_chapter(collection, cards):
    for question in bank():
        deck = collection.decks.name(cards[question.id].did)
        assert deck == f"{DECK}::{title(question.chapter)}"
        tags = cards[question.id].note().tags
        assert {f"difficulty::{question.difficulty}", f"sentence::{question.sentence}"} < set(tags)


def test_the_front_asks_and_does_not_tell(cards):
    for question in bank():
        front = shown(cards[question.id].question())
        assert texts.shown(question) in front
        options = "".join(f"<li>{texts.inline(answer.answer)}</li>" for _, answer in question.options)
        assert options in front
        assert texts.html(question.explanation) not in front


def test_the_back_tells_what_is_right_and_why_the_rest_is_wrong(cards):
    for question in bank():
        back = shown(cards[question.id].answer())
        assert back.startswith(shown(cards[question.id].question()))
        assert texts.html(question.explanation) in back
        if question.type != "open":
            assert f"<b>{question.right()}" in back
        for what, why in question.reasons():
            assert f"<li>{what}: {texts.inline(why)}</li>" in back


def shown(page):
    """The card without its style."""
    return page.partition("</style>")[2]


def test_a_number_has_its_unit_and_its_tolerance(cards):
    assert "<b>3 hours (give or take 0.01)</b>" in cards["mean-absolute-by-hand"].answer()


def test_formulas_stand_between_the_marks_of_anki_s_mathjax(cards):
    for question in bank():
        page = cards[question.id].answer()
        asked = [question.question, question.explanation, *(answer.answer for _, answer in question.options)]
        formulas = [part for text in asked for part in re.findall(r"(?<!\$)\$([^$]+)\$", re.sub("`[^`]*`", "", text))]
        for tex in formulas:
            assert texts.mathjax(tex, display=False) in page
        assert "$" not in page.replace("$$", "").replace("<code>$", "")


def test_every_loss_of_the_catalogue_is_a_card_with_what_its_own_card_says(collection, cards):
    for loss in CATALOGUE:
        one = cards[loss.name]
        assert collection.decks.name(one.did) == f"{DECK}::{anki.LOSSES}"
        front, back = shown(one.question()), shown(one.answer())
        assert f"<h3>{loss.name}</h3>" in front
        assert "\\(" not in front
        for formula in card.formulas(loss.tex).strip("$").split("$, $"):
            assert texts.mathjax(formula, display=False) in back
        for line in filter(None, [*loss.elsewhere.values()]):
            assert f"<code>{texts.entities.escape(line, quote=False)}</code>" in back
        assert "<td></td>" not in back, "an empty line"


def test_the_picture_of_a_loss_arrives(collection, cards):
    pictured = [loss for loss in CATALOGUE if not loss.row_wise]
    assert len(pictured) > 20
    for loss in CATALOGUE:
        has = f'<img src="{loss_cards.file_name(loss)}">' in cards[loss.name].answer()
        assert has == (loss in pictured)
    checked = collection.media.check()
    assert (list(checked.missing), list(checked.unused)) == ([], [])
    names = [loss_cards.file_name(loss) for loss in pictured]
    assert sorted(collection.media.files_in_str(cards["Huber"].note().mid, cards["Huber"].answer())) == [
        loss_cards.file_name(next(loss for loss in pictured if loss.name == "Huber"))
    ]
    assert all(collection.media.have(name) for name in names)


def test_what_is_imported_again_is_known(collection, package):
    assert counts(collection, package) == {"new": 0, "updated": 0, "duplicate": len(bank()) + len(CATALOGUE)}


def test_a_newer_package_changes_a_note_and_leaves_its_schedule(collection, cards, tmp_path, monkeypatch):
    before = cards["median-proof"]
    before.due, before.ivl, before.type, before.queue, before.reps = 40, 30, 2, 2, 5
    collection.update_card(before)
    question = next(question for question in bank() if question.id == "median-proof")
    corrected = [dataclasses.replace(question, explanation="A better one.")]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    [file] = anki.write(by_chapter(corrected, 0, 7), tmp_path)
    assert counts(collection, file)["new"] == 0
    after = collection.get_card(before.id)
    assert "A better one." in after.answer()
    assert (after.due, after.ivl, after.reps) == (40, 30, 5)


def test_a_package_says_nothing_of_when_and_where_it_was_made(package):
    with zipfile.ZipFile(package) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert tempfile.gettempdir().encode() not in b"".join(archive.read(one) for one in archive.infolist())
