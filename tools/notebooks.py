"""The notebooks of the course: python tools/notebooks.py refresh [NOTEBOOK…] | generate | check | claims.

refresh    run in fresh kernels, write outputs and file in normal form; exercises are first made from their solutions.
           A notebook is named by its path or by how its name begins (01: lecture, solution and exercise).
generate   make the exercises from their solutions, without running them
check      run nothing; say where a notebook breaks a rule of the course
claims     print the ledger of claims: what each chapter says, and the cell that proves it
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:  # run as a script
    sys.path.insert(0, str(ROOT))

from tools.plumbing import colab  # noqa: E402
from tools.plumbing.claims import ledger  # noqa: E402
from tools.plumbing.generate import exercise_of  # noqa: E402
from tools.plumbing.normal_form import cleaned, written  # noqa: E402
from tools.plumbing.pages import FOLDERS, paths, read  # noqa: E402
from tools.plumbing.question_bank import bank, fill  # noqa: E402
from tools.plumbing.refresh import BrokenNotebook, executed, write_atomically  # noqa: E402
from tools.rules import complaints, complaints_of_pair, lonely  # noqa: E402
from tools.setup.environment import Problem  # noqa: E402
from tools.setup.printing import spell_out_strange_letters  # noqa: E402
from tools.setup.readme import draw_first_map  # noqa: E402

WORKERS = 2


def refresh(names=(), root=ROOT):
    """Run the notebooks, write those that changed, say which; stops with a sentence where one is broken."""
    with ThreadPoolExecutor(WORKERS) as pool:
        runs = [(path, pool.submit(_run, path, root)) for path in chosen(names, root)]
        try:
            for path, run in runs:
                _write(path, run.result(), root)
        except (BrokenNotebook, Problem) as error:
            pool.shutdown(cancel_futures=True)
            raise SystemExit(f"{error}\nThis notebook and those after it stay as they were.") from None


def generate(names=(), root=ROOT):
    """Make the exercises; their outputs are missing until refresh has run them."""
    for path in chosen(names, root):
        if path.parent.name == "exercises":
            _write(path, cleaned(exercise_of(path, root)), root)


def check(names=(), root=ROOT):
    """Print every broken rule; stops with their number."""
    found = [
        line
        for path in chosen(names, root)
        if path.exists()
        for line in complaints(path, root) + complaints_of_pair(path, root)
    ]
    found += [] if names else lonely(root)
    if found:
        raise SystemExit("\n".join(found))
    print("Every notebook keeps the rules.")


def claims(root=ROOT):
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


def _run(path, root):
    made_of_a_solution = path.parent.name == "exercises" and (root / "solutions" / path.name).exists()
    nb = exercise_of(path, root) if made_of_a_solution else read(path)
    colab.place(nb, root)
    if path.parent.name == "notebooks":
        fill(nb, bank(path, root))
    if path.parent.name == "notebooks" and path.stem.startswith("00"):
        draw_first_map(nb, root)
    return executed(nb, path.parent, path.relative_to(root).as_posix())


def _write(path, nb, root):
    changed = write_atomically(path, written(nb))
    print(f"{path.relative_to(root).as_posix()}: {'written' if changed else 'as it was'}", flush=True)


COMMANDS = {"refresh": refresh, "generate": generate, "check": check, "claims": claims}

if __name__ == "__main__":
    spell_out_strange_letters()
    command, *arguments = sys.argv[1:] or ["help"]
    if command not in COMMANDS:
        sys.exit(__doc__)
    COMMANDS[command](*[arguments] if command != "claims" else [])
