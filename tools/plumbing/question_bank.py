"""The question bank in the lectures: python tools/plumbing/question_bank.py fill | check.

fill     write the questions.toml of chapter NN into lecture NN, a cell each (`make refresh` does so too)
check    say what is wrong with a question, and where a lecture and the bank disagree
"""

import copy
import sys
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:  # run as a script
    sys.path.insert(0, str(ROOT))

from lossutils import questions  # noqa: E402
from tools.plumbing.normal_form import cleaned, written  # noqa: E402
from tools.plumbing.pages import code_cells, headings, paths, read, tags  # noqa: E402
from tools.plumbing.refresh import write_atomically  # noqa: E402
from tools.setup.printing import spell_out_strange_letters  # noqa: E402

PART = "On your next test"
TAG = "question"


def bank(path, root=ROOT):
    """The questions that a lecture shows, from the bank of the same tree; none where there is no file."""
    file = root / "lossutils" / "chapters" / f"ch{path.stem[:2]}" / "questions.toml"
    asked = questions.read(file.read_text(encoding="utf-8"), path.stem[:2]) if file.exists() else ()
    return tuple(question for question in asked if question.in_notebook)


def fill(nb, asked):
    """Put the questions into their part, in order, where the first one stands; all other cells stay as they are."""
    heading = next((cell for cell, title in headings(nb, 2) if title.startswith(PART)), None)
    if not asked or heading is None:
        return
    old = {cell.id: cell for cell in nb.cells if TAG in tags(cell)}
    ids = [cell.id for cell in nb.cells]
    place = ids.index(next(iter(old))) if old else ids.index(heading.id) + 1
    new = [_cell(old, question, number) for number, question in enumerate(asked, start=1)]
    before, after = ([cell for cell in part if cell.id not in old] for part in (nb.cells[:place], nb.cells[place:]))
    nb.cells = before + new + after


def _cell(old, question, number):
    cell = old.get(question.cell) or nbformat.v4.new_markdown_cell(id=question.cell, metadata={"tags": [TAG]})
    cell.source = question.folded(number)
    return cell


def disagreements(path, root=ROOT):
    """Where a lecture does not show what the bank holds, a line each."""
    asked, nb = bank(path, root), read(path)
    if not asked:
        return [f"{path.name}: cell {cell.id!r} is no question of the bank" for cell in nb.cells if TAG in tags(cell)]
    filled = copy.deepcopy(nb)
    fill(filled, asked)
    faults = [] if filled == nb else [f"{path.name}: its questions are not those of the bank: run `make refresh`"]
    parts = [title for _, title in headings(nb, 2)]
    faults += [
        f"{path.name}: no part teaches {question.section!r}, which {question.id!r} asks for"
        for question in asked
        if not any(title.startswith(question.section) for title in parts)
    ]
    quiz = f'widgets.quiz("{path.stem[:2]}")'
    if [cell.source for cell in code_cells(nb)].count(quiz) != 1:
        faults.append(f"{path.name}: there is not one cell that is {quiz}")
    return faults


def fill_all(root=ROOT):
    for path in paths("notebooks", root):
        nb = read(path)
        fill(nb, bank(path, root))
        if write_atomically(path, written(cleaned(nb))):
            print(f"{path.relative_to(root).as_posix()}: written")


def check(root=ROOT):
    from tools.rules.questions import faults

    found = [fault for path in paths("notebooks", root) for fault in disagreements(path, root)]
    found += [
        fault for chapter in questions.chapters() for question in questions.load(chapter) for fault in faults(question)
    ]
    if found:
        raise SystemExit("\n".join(found))
    print("Every question keeps the rules, and every lecture agrees with the bank.")


COMMANDS = {"fill": fill_all, "check": check}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
        sys.exit(__doc__)
    spell_out_strange_letters()
    COMMANDS[sys.argv[1]]()
