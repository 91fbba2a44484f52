"""The question bank in the lectures: questions.toml of chapter NN is written into lecture NN, a cell each."""

import copy

import nbformat

from lossutils import questions
from tools.plumbing.pages import ROOT, code_cells, headings, read, tags

PART = "On your next test"
TAG = "question"


def asked(path, root=ROOT):
    """The questions of a lecture's chapter, from the bank of the same tree; none where there is no file."""
    file = root / "lossutils" / "chapters" / f"ch{path.stem[:2]}" / "questions.toml"
    return questions.read(file.read_text(encoding="utf-8"), path.stem[:2]) if file.exists() else ()


def bank(path, root=ROOT):
    """Those that the lecture shows; the others are for the quiz and printed tests only."""
    return tuple(question for question in asked(path, root) if question.in_notebook)


def fill(nb, shown):
    """Put the questions into their part, in order, where the first one stands; all other cells stay as they are.

    That is never before the quiz: who has read the answers has no quiz any more.
    A cell is known by its tag or, where an editor dropped that, by its id.
    """
    heading = next((cell for cell, title in headings(nb, 2) if title.startswith(PART)), None)
    if not shown or heading is None:
        return
    names = {question.cell for question in shown}
    old = {cell.id: cell for cell in nb.cells if TAG in tags(cell) or cell.id in names}
    ids = [cell.id for cell in nb.cells]
    place = ids.index(next(iter(old))) if old else ids.index(heading.id) + 1
    quiz = next((k for k, cell in enumerate(nb.cells) if cell.source == quiz_of(shown[0].chapter)), None)
    if quiz is not None:
        place = max(place, quiz + 1)
    new = [_cell(old, question, number) for number, question in enumerate(shown, start=1)]
    before, after = ([cell for cell in part if cell.id not in old] for part in (nb.cells[:place], nb.cells[place:]))
    nb.cells = before + new + after


def quiz_of(number):
    """The code cell that is a chapter's quiz."""
    return f'widgets.quiz("{number}")'


def _cell(old, question, number):
    cell = old.get(question.cell) or nbformat.v4.new_markdown_cell()
    cell.id = question.cell  # if it isn't made of words, a rule says so
    cell.metadata["tags"] = [*(tag for tag in tags(cell) if tag != TAG), TAG]
    cell.source = question.folded(number)
    return cell


def disagreements(path, root=ROOT):
    """Where a lecture does not show what the bank holds, a line each."""
    shown, nb = bank(path, root), read(path)
    if not shown:
        return [f"{path.name}: cell {cell.id!r} is no question of the bank" for cell in nb.cells if TAG in tags(cell)]
    filled = copy.deepcopy(nb)
    fill(filled, shown)
    faults = [] if filled == nb else [f"{path.name}: its questions are not those of the bank: run `make refresh`"]
    parts = [title for _, title in headings(nb, 2)]
    if not any(title.startswith(PART) for title in parts):
        faults.append(f"{path.name}: has no part '## {PART}', where its questions belong")
    faults += [
        f"{path.name}: no part teaches {question.section!r}, which {question.id!r} asks for"
        for question in shown
        if not any(title.startswith(question.section) for title in parts)
    ]
    quiz = quiz_of(path.stem[:2])
    if [cell.source for cell in code_cells(nb)].count(quiz) != 1:
        faults.append(f"{path.name}: there is not one cell that is {quiz}")
    if _comes_late(quiz, nb):
        faults.append(f"{path.name}: the folded answers stand before the quiz, not behind it: run `make refresh`")
    return faults


def _comes_late(quiz, nb):
    """Whether a question stands before the quiz."""
    asked = [cell.source for cell in nb.cells if TAG in tags(cell) or cell.source == quiz]
    return quiz in asked[1:]
