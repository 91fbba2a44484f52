"""What `tools/course.py` does with notebooks, inside .venv: python -m tools.notebooks COMMAND [NOTEBOOK…].

A notebook is named by its path or by how its name begins (01: lecture, solution and exercise); without names, all.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tools.plumbing import colab, mock_exam
from tools.plumbing.claims import ledger
from tools.plumbing.exercise_cells import fill as fill_exercise
from tools.plumbing.generate import exercise_of
from tools.plumbing.normal_form import cleaned, written
from tools.plumbing.pages import FOLDERS, ROOT, paths, read
from tools.plumbing.proofs import fold
from tools.plumbing.question_bank import bank, fill
from tools.plumbing.refresh import BrokenNotebook, executed, write_atomically
from tools.rules import advice, complaints_of_bank, complaints_of_what_it_is_made_of, every_fault, lonely
from tools.setup.environment import Problem
from tools.setup.printing import spell_out_strange_letters
from tools.setup.readme import draw_first_map

WORKERS = 2


def refresh(names=(), root=ROOT):
    """Run the notebooks, write those that changed, say which; stops with a sentence where one is broken.

    It ends with the rules of what it wrote: the number of faults.
    """
    meant = chosen(names, root)
    if count := _say(line for path in meant for line in complaints_of_what_it_is_made_of(path, root)):
        print("Nothing was written.", flush=True)
        return count
    with ThreadPoolExecutor(WORKERS) as pool:
        runs = [(path, pool.submit(_run, path, root)) for path in meant]
        try:
            for path, run in runs:
                _write(path, run.result(), root)
        except (BrokenNotebook, Problem) as error:
            pool.shutdown(cancel_futures=True)
            raise SystemExit(f"{error}\nThis notebook and those after it stay as they were.") from None
    wishes = sum(len(advice(path, root)) for path in meant)
    if wishes:
        print(f"{wishes} remarks on style: {' '.join(['python tools/course.py check', *names])}", flush=True)
    return _say(line for path in meant for line in every_fault(path, root))


def generate(names=(), root=ROOT):
    """Make the exercises; their outputs are missing until refresh has run them."""
    for path in chosen(names, root):
        if path.parent.name == "exercises":
            _write(path, cleaned(exercise_of(path, root)), root)


def check(names=(), root=ROOT):
    """Print what must be mended, then what is unusual in style; the number of faults."""
    meant = [path for path in chosen(names, root) if path.exists()]
    found = [line for path in meant for line in every_fault(path, root)]
    count = _say(found + ([] if names else lonely(root)))
    if not count:
        print("Every rule that must hold is kept.")
    _say(line for path in meant for line in advice(path, root))
    return count


def questions(names=(), root=ROOT):
    """Write the question banks into their lectures, without running these; the number of faults."""
    lectures = [path for path in chosen(names, root) if path.parent.name == "notebooks"]
    for path in lectures:
        nb = read(path)
        _fill_questions(nb, path, root)
        _write(path, cleaned(nb), root)
    return _say(line for path in lectures for line in complaints_of_bank(path, root))


def claims(names=(), root=ROOT):
    """Print the ledger of claims: what each chapter says, and the cell that proves it."""
    print(ledger(root))


def chosen(names, root=ROOT):
    """The notebooks that are meant, those of solutions/ before what is made of them; without names, all."""
    promised = [root / "exercises" / path.name for path in paths("solutions", root)]
    known = {*promised, *(path for folder in FOLDERS for path in paths(folder, root))}
    found = set() if names else known
    for name in names:
        hits = {path for path in known if path == Path(name).resolve() or path.name.startswith(name)}
        if not hits:
            raise SystemExit(f"There is no notebook {name!r}: give a path, or the beginning of a name, as in 01.")
        found |= hits
    found |= {root / "exercises" / path.name for path in found if path.parent.name == "solutions"}
    return sorted(found, key=lambda path: (FOLDERS.index(path.parent.name), path.name))


def prepared(path, root):
    """The notebook with all that is made for it: its cell for Colab, its questions, the map; an exercise is made whole.

    Cells are found by what they are, not by their ids, which some editors replace.
    """
    made_of_a_solution = path.parent.name == "exercises" and (root / "solutions" / path.name).exists()
    nb = exercise_of(path, root) if made_of_a_solution else read(path)
    if path.parent.name == "solutions" and (anew := fill_exercise(nb, path.name)):
        print(f"{path.relative_to(root).as_posix()}: written anew from the tasks: {', '.join(anew)}", flush=True)
    colab.place(nb, root)
    if path.parent.name == "notebooks":
        _fill_questions(nb, path, root)
        fold(nb)
    if path.parent.name == "notebooks" and path.stem.startswith("00"):
        draw_first_map(nb, root)
    return nb


def _fill_questions(nb, path, root):
    """Write the questions of its chapter into a lecture, those of the whole course into the mock exam."""
    fill(nb, bank(path, root))
    if path.name == mock_exam.NAME:
        mock_exam.fill(nb, path.parent)


def _run(path, root):
    return executed(prepared(path, root), path.parent, path.relative_to(root).as_posix())


def _write(path, nb, root):
    changed = write_atomically(path, written(nb))
    print(f"{path.relative_to(root).as_posix()}: {'written' if changed else 'as it was'}", flush=True)


def _say(lines):
    """Print the lines; how many they were."""
    lines = list(lines)
    for line in lines:
        print(line, flush=True)
    return len(lines)


COMMANDS = {"refresh": refresh, "generate": generate, "check": check, "questions": questions, "claims": claims}

if __name__ == "__main__":
    spell_out_strange_letters()
    command, *arguments = sys.argv[1:]
    sys.exit(1 if COMMANDS[command](arguments) else 0)
