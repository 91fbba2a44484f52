"""The question bank for learning platforms: Moodle, Canvas, everything that reads GIFT, and Anki.

    exports.export(["moodle", "anki"], questions, Path("exports"), variants=10, seed=7)

Each format has a folder, and a module here that says how it is imported. A file may be written again and again: the same
questions, number of variants and seed give the same file (but for Anki's dates). Every question, and every drawing of a
template, has an identifier of its own that stays the same for ever: the id in the bank, and for a drawing the seed that
gives its numbers, as in `best-constants-7`.

What each format carries, and what it loses (`CARRIED`, as Markdown by `table()`):

|  | moodle | canvas | gift | anki |
| --- | --- | --- | --- | --- |
| question, code, options | yes | yes | yes | yes |
| formulas | MathJax filter | equation pictures with their TeX | MathJax of the platform | MathJax |
| pictures | the bank has none | the bank has none | no | of the losses |
| why an option is wrong | yes | yes | yes | on the back |
| explanation | yes | yes | yes | on the back |
| several right options | shares of the points; ticking all earns 0 | Canvas' own rule for part of the points | shares of the points; ticking all earns 0 | yes |
| tolerance of a number | yes | yes | yes | shown |
| typical wrong numbers | each with its reason | all reasons together | each with its reason | on the back |
| slips (sign, digits, per cent) | yes | no | yes | no |
| unit | shown; may be typed | shown | shown | shown |
| answers in words: how to mark | for the marker | in the feedback | the answer only | on the back |
| points | yes | yes | no | as a tag |
| variants | a category a template | a question group a template | a category a template | no: the course's numbers |
| chapter, difficulty, sentence | category, tags | the chapter only | category, tags | deck, tags |
| imported twice | copies have no idnumber | the second replaces the first | copies have no idnumber | the second replaces the first |

No format carries `proof`, `computed`, the expressions of a template, or the sentence in words; these stay in the bank.

Not made: H5P, which has no numeric question with a tolerance, writes formulas only where the site was set up for it, and
takes a package only with the libraries of each content type in it or on the site. Not made: SCORM, which is a web page in
a ZIP that reports a score: no platform could use single questions of it, and the quizzes in the book's pages do the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from lossexam.exports import anki, canvas, gift, moodle
from lossexam.exports.asked import Chapters, by_chapter
from lossutils.questions import Question

FORMATS: dict[str, Callable[[Chapters, Path], list[Path]]] = {
    "moodle": moodle.write,
    "canvas": canvas.write,
    "gift": gift.write,
    "anki": anki.write,
}
CARRIED: dict[str, dict[str, str]] = {
    "question, code, options": {"moodle": "yes", "canvas": "yes", "gift": "yes", "anki": "yes"},
    "formulas": {
        "moodle": "MathJax filter",
        "canvas": "equation pictures with their TeX",
        "gift": "MathJax of the platform",
        "anki": "MathJax",
    },
    "pictures": {"moodle": "the bank has none", "canvas": "the bank has none", "gift": "no", "anki": "of the losses"},
    "why an option is wrong": {"moodle": "yes", "canvas": "yes", "gift": "yes", "anki": "on the back"},
    "explanation": {"moodle": "yes", "canvas": "yes", "gift": "yes", "anki": "on the back"},
    "several right options": {
        "moodle": "shares of the points; ticking all earns 0",
        "canvas": "Canvas' own rule for part of the points",
        "gift": "shares of the points; ticking all earns 0",
        "anki": "yes",
    },
    "tolerance of a number": {"moodle": "yes", "canvas": "yes", "gift": "yes", "anki": "shown"},
    "typical wrong numbers": {
        "moodle": "each with its reason",
        "canvas": "all reasons together",
        "gift": "each with its reason",
        "anki": "on the back",
    },
    "slips (sign, digits, per cent)": {"moodle": "yes", "canvas": "no", "gift": "yes", "anki": "no"},
    "unit": {"moodle": "shown; may be typed", "canvas": "shown", "gift": "shown", "anki": "shown"},
    "answers in words: how to mark": {
        "moodle": "for the marker",
        "canvas": "in the feedback",
        "gift": "the answer only",
        "anki": "on the back",
    },
    "points": {"moodle": "yes", "canvas": "yes", "gift": "no", "anki": "as a tag"},
    "variants": {
        "moodle": "a category a template",
        "canvas": "a question group a template",
        "gift": "a category a template",
        "anki": "no: the course's numbers",
    },
    "chapter, difficulty, sentence": {
        "moodle": "category, tags",
        "canvas": "the chapter only",
        "gift": "category, tags",
        "anki": "deck, tags",
    },
    "imported twice": {
        "moodle": "copies have no idnumber",
        "canvas": "the second replaces the first",
        "gift": "copies have no idnumber",
        "anki": "the second replaces the first",
    },
}


def export(
    formats: Iterable[str], questions: Iterable[Question], folder: Path, variants: int = 10, seed: int = 7
) -> list[Path]:
    """Write questions for some formats into folders named after them; the files that were written.

    `variants` is the number of drawings of each template, the first of them with the seed `seed`; with 0 it is asked
    with the numbers of the course.
    """
    writers = {name: FORMATS[name] for name in formats}
    chapters = by_chapter(questions, variants, seed)
    return [file for name, write in writers.items() for file in write(chapters, folder / name)]


def table() -> str:
    """Return what each format carries as a Markdown table."""
    rows = [["", *FORMATS], ["---"] * (1 + len(FORMATS))]
    rows += [[what, *(told[name] for name in FORMATS)] for what, told in CARRIED.items()]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
