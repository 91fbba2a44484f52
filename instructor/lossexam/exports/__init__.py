"""The question bank for learning platforms: Moodle, Canvas, whatever reads GIFT, and Anki.

    exports.export(["moodle", "anki"], questions, Path("exports"), variants=10, seed=7)

Each format has a folder, and a module here that says how it is imported. The same questions, number of variants and
seed give the same files, but for Anki's dates. Every question, and every drawing of a template, has an identifier that
stays: the id in the bank, and for a drawing the seed that gives its numbers too, as in `best-constants-7`.

Not made is H5P: it has no numeric question with a tolerance, shows formulas only where a site was set up for that, and
takes no package without the libraries of its content types. Nor is SCORM: that is a web page in a ZIP which reports a
score, and no platform could put one question of it into a test. The quizzes in the book's pages do the same.

What the others carry, and what they lose:

"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from lossexam.exports import anki, canvas, carried, gift, moodle
from lossexam.exports.asked import Chapters, by_chapter
from lossutils.questions import Question

__doc__ += carried.table()

FORMATS: dict[str, Callable[[Chapters, Path], list[Path]]] = {
    "moodle": moodle.write,
    "canvas": canvas.write,
    "gift": gift.write,
    "anki": anki.write,
}


def export(
    formats: Iterable[str], questions: Iterable[Question], folder: Path, variants: int = 10, seed: int = 7
) -> list[Path]:
    """Write questions for some formats, each into a folder of its name, and return the files.

    Of each template so many `variants` are drawn, the first with the seed `seed`; with 0 it has the course's numbers.
    """
    writers = {name: FORMATS[name] for name in formats}
    chapters = by_chapter(questions, variants, seed)
    return [file for name, write in writers.items() for file in write(chapters, folder / name)]
