"""The rules of the course. Each rule is a function: a notebook in, sentences about its faults out."""

from tools.plumbing.pages import FOLDERS, Page, read
from tools.plumbing.proofs import is_converted
from tools.rules.chapters import CHAPTERS, LECTURES
from tools.rules.exercises import PAIRS
from tools.rules.notebooks import EVERYWHERE
from tools.rules.proofs import PROOFS


def rules_for(page):
    lecture = page.path.parent.name == "notebooks"
    track = page.nb.metadata.get("course", {}).get("track")
    chapter = lecture and page.number != "00" and track != "reference"  # the cheat sheet has a plan of its own
    return EVERYWHERE + LECTURES * lecture + CHAPTERS * chapter + PROOFS * (chapter and is_converted(page.number))


def complaints(path, root):
    """All faults of one notebook, a line each."""
    page = Page.read(path, root)
    return [f"{page.name}: {fault}" for rule in rules_for(page) for fault in rule(page)]


def complaints_of_pair(path, root):
    """All faults of an exercise beside its solution."""
    solution = root / "solutions" / path.name
    if path.parent.name != "exercises" or not solution.exists():
        return []
    pair = read(solution), read(path)
    return [f"exercises/{path.name}: {fault}" for rule in PAIRS for fault in rule(*pair)]


def lonely(root):
    """Notebooks whose exercise, solution or lecture of the same name is missing; 00 and the cheat sheet have none."""
    lectures, solutions, exercises = ({path.name for path in (root / folder).glob("*.ipynb")} for folder in FOLDERS)
    faults = [f"solutions/{name} has no exercise" for name in sorted(solutions - exercises)]
    faults += [f"exercises/{name} has no solution" for name in sorted(exercises - solutions)]
    faults += [f"solutions/{name} has no lecture" for name in sorted(solutions - lectures)]
    pages = [Page.read(root / "notebooks" / name, root) for name in sorted(lectures - solutions)]
    return faults + [f"{page.name} has no solution" for page in pages if CHAPTERS[0] in rules_for(page)]
