"""The mock exam in its notebook: a heading a part, a cell a question, with a link to where the answer is taught."""

import copy
import re

import nbformat

from lossutils import questions
from lossutils.questions import exam
from tools.plumbing.pages import read, tags

NAME = "mock_exam.ipynb"
TAG = "exam-question"  # not that of a lecture's own questions
PART = re.compile(r"## Part \d+ · ")  # how the heading of a part begins
AFTER = "## How did it go?"  # the heading behind all parts
COVERAGE = "| the course says | taught | shown on real data | practised | questions |"


def fill(nb, folder):
    """Write the parts and their questions where the first of them stands; all other cells stay as they are."""
    for cell in nb.cells:
        if COVERAGE in cell.source:
            cell.source = f"{cell.source.partition(COVERAGE)[0]}{coverage(folder)}"
    made = [k for k, cell in enumerate(nb.cells) if _is_made(cell)]
    place = made[0] if made else [cell.source.startswith(AFTER) for cell in nb.cells].index(True)
    kept = [cell for cell in nb.cells[place:] if not _is_made(cell)]
    nb.cells = [cell for cell in nb.cells[:place] if not _is_made(cell)] + _cells(folder) + kept


def disagreements(path):
    """Where the notebook does not show the exam, a line each."""
    if path.name != NAME:
        return []
    nb = read(path)
    filled = copy.deepcopy(nb)
    fill(filled, path.parent)
    return [] if filled == nb else [f"{path.name}: its questions are not those of the exam: run `make refresh`"]


def _is_made(cell):
    """Whether it is a part's heading or a question, known by its tag or, where an editor dropped that, by its id."""
    names = {question.cell for question in exam.all_questions()}
    return TAG in tags(cell) or cell.id in names or PART.match(cell.source) is not None


def _cells(folder):
    cells, number = [], 0
    for k, part in enumerate(exam.mock_exam(), start=1):
        worth = sum(question.difficulty for question in part.questions)
        cells.append(_text(f"part-{_word(part.title)}", f"## Part {k} · {part.title}\n\n{worth} points."))
        for question in part.questions:
            number += 1
            plural = "s" if question.difficulty > 1 else ""
            text = question.folded(number, f"({question.difficulty} point{plural}) ", _where(question, folder))
            cells.append(_text(question.cell, text, TAG))
    return cells


def _text(name, source, *marks):
    cell = nbformat.v4.new_markdown_cell(source, id=name)
    if marks:
        cell.metadata["tags"] = list(marks)
    return cell


def _word(title):
    return re.sub(r"\W+", "-", title.lower()).strip("-")


def _where(question, folder):
    """Say which lecture teaches the answer."""
    return f"Taught in [chapter {question.chapter}]({_notebook(question.chapter, folder)}), *{question.section}*."


def coverage(folder):
    """The table of the sentences that the course explains: where each is taught, shown, practised, how often asked."""
    asked = [question.sentence for chapter in questions.chapters() for question in questions.load(chapter)]
    rows = [COVERAGE, "|:--|:--|:--|:--|--:|"]
    for key, sentence in questions.source().items():
        place = questions.places()[key]
        cells = [_link(place["taught"], folder), _link(place["shown"], folder), _exercise(place["practised"], folder)]
        rows.append(f"| {sentence} | {' | '.join(cells)} | {asked.count(key)} |")
    return "\n".join(rows)


def _link(place, folder):
    chapter, _, heading = place.partition(" ")
    return f"[{chapter}]({_notebook(chapter, folder)}) {heading}"


def _exercise(place, folder):
    chapter, _, task = place.partition(" ")
    return f"[{chapter}](../exercises/{_notebook(chapter, folder)}) `{task}`"


def _notebook(chapter, folder):
    """The name of a chapter's lecture, which is that of its exercise too."""
    return next(folder.glob(f"{chapter}_*.ipynb")).name
