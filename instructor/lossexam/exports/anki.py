"""A package for Anki: a deck for each chapter with a note for each question, and a deck of the catalogue's losses.

A note keeps its GUID, so that a newer package changes the notes that a learner has and leaves their schedule alone. A
card comes back many times, and its learner is to know it again: so the numbers are the course's own, not drawn ones.

Anki takes over a changed note only if it is younger than its own. So the notes are dated now, or by SOURCE_DATE_EPOCH;
with that set, the same questions give the same bytes.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path

import genanki

from lossexam.exports import loss_cards, texts
from lossexam.exports.asked import COURSE, Chapters, tags, title
from lossexam.exports.files import saved, zipped
from lossutils.losses.catalogue import CATALOGUE
from lossutils.questions import Question

LOSSES = "The losses"
STYLE = """\
.card { font: 18px/1.45 sans-serif; max-width: 42em; margin: 0 auto; padding: 0 0.5em; text-align: left; }
.card img { max-width: 100%; }
pre { overflow-x: auto; padding: 0.5em; border: 1px solid #888; }
td { vertical-align: top; padding: 0.15em 0.6em 0.15em 0; }
.from { color: #777; font-size: 80%; }
"""
QUESTION = genanki.Model(
    1731840211,
    f"{COURSE}: question",
    fields=[{"name": name} for name in ("Id", "Question", "Options", "Right", "Explanation", "Reasons", "From")],
    templates=[
        {
            "name": "Question",
            "qfmt": '{{Question}}{{Options}}<p class="from">{{From}}</p>',
            "afmt": "{{FrontSide}}<hr id=answer><p><b>{{Right}}</b></p>{{Explanation}}{{Reasons}}",
        }
    ],
    css=STYLE,
)
LOSS = genanki.Model(
    1731840212,
    f"{COURSE}: loss",
    fields=[{"name": name} for name in loss_cards.FIELDS],
    templates=[
        {
            "name": "Loss",
            "qfmt": "<h3>{{Name}}</h3><p>Its formula, its slope, and what a constant learns from it?</p>",
            "afmt": "{{FrontSide}}<hr id=answer><p>{{Sentence}}</p><table>"
            + "".join(
                f"{{{{#{name}}}}}<tr><td>{name}</td><td>{{{{{name}}}}}</td></tr>{{{{/{name}}}}}"
                for name in loss_cards.FACTS
            )
            + "</table>{{Picture}}",
        }
    ],
    css=STYLE,
)


def write(chapters: Chapters, folder: Path) -> list[Path]:
    """Write one package with all chapters and the losses."""
    decks = [_deck(title(chapter), chapter, (one.question for one in asked)) for chapter, asked in chapters.items()]
    losses = genanki.Deck(_number(LOSSES), f"{COURSE}::{LOSSES}")
    with tempfile.TemporaryDirectory() as place:
        pictures = []
        for loss in CATALOGUE:
            picture = loss_cards.picture(loss)
            if picture:
                pictures.append(saved(Path(place), loss_cards.file_name(loss), picture))
            guid = genanki.guid_for("lossutils", "loss", type(loss).__name__)
            fields = loss_cards.fields(loss, pictured=bool(picture))
            losses.add_note(genanki.Note(LOSS, fields, guid=guid, tags=["loss"]))
        return [saved(folder, "loss_functions.apkg", _package([*decks, losses], pictures, Path(place)))]


def _package(decks, pictures, place):
    """The bytes of a package, in a ZIP that says nothing of when it was made."""
    moment = float(os.environ.get("SOURCE_DATE_EPOCH") or time.time())
    genanki.Package(decks, [str(file) for file in pictures]).write_to_file(str(place / "made.zip"), moment)
    with zipfile.ZipFile(place / "made.zip") as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()})


def _deck(name, chapter, questions: Iterable[Question]):
    deck = genanki.Deck(_number(chapter), f"{COURSE}::{name}")
    for question in questions:
        guid = genanki.guid_for("lossutils", "question", question.id)
        words = [tag.replace(" ", "::", 1) for tag in tags(question)]  # Anki folds sentence::speed under sentence
        deck.add_note(genanki.Note(QUESTION, _fields(question), guid=guid, tags=words))
    return deck


def _number(name):
    """A number for a deck, the same for ever."""
    return int.from_bytes(hashlib.sha256(f"lossutils {name}".encode()).digest()[:4], "big") | 1 << 32


def _fields(question):
    options = "".join(f"<li>{texts.inline(answer.answer)}</li>" for _, answer in question.options)
    reasons = [f"{what}: {texts.inline(why)}" for what, why in question.reasons()]
    return [
        question.id,
        texts.shown(question),
        f'<ol type="A">{options}</ol>' if options else "",
        _right(question),
        texts.marking(question) if question.type == "open" else texts.html(question.explanation),
        texts.listed(reasons),
        f"{title(question.chapter)}, {question.section}",
    ]


def _right(question):
    if question.type == "open":
        return "An answer:"
    if question.type == "numeric":
        return f"{question.right()} (give or take {texts.plain(texts.right_number(question).tolerance)})"
    return question.right()
