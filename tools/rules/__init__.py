"""The rules of the course. Each rule is a function: a notebook in, sentences about its faults out.

What must hold (runs, compared, links, no leaks, points add up, claims proved) fails the tests; matters of style
(lengths, counts, minutes) are advice, which `course.py check` prints and nothing fails for.
"""

from tools.plumbing import mock_exam
from tools.plumbing.pages import FOLDERS, Page, read
from tools.plumbing.question_bank import asked, disagreements
from tools.rules import style
from tools.rules.chapters import CHAPTERS, LECTURES
from tools.rules.exercises import PAIRS
from tools.rules.notebooks import EVERYWHERE, captions_every_figure
from tools.rules.proofs import PROOFS
from tools.rules.questions import faults
from tools.rules.tasks import complaints_of_tasks
from tools.rules.words import WORDS


def is_chapter(page):
    """Every lecture but 00, and the cheat sheet, which has a plan of its own."""
    track = page.nb.metadata.get("course", {}).get("track")
    return _is_lecture(page) and page.number != "00" and track != "reference"


def rules_for(page):
    """What must hold for this notebook."""
    lecture, chapter = _is_lecture(page), is_chapter(page)
    return EVERYWHERE + (LECTURES + WORDS) * lecture + (*CHAPTERS, *PROOFS, captions_every_figure) * chapter


def wishes_for(page):
    """What is asked of the style of this notebook."""
    return style.LECTURES * _is_lecture(page) + style.CHAPTERS * is_chapter(page) + style.EVERYWHERE


def _is_lecture(page):
    return page.path.parent.name == "notebooks"


def complaints(path, root):
    """All faults of one notebook, a line each."""
    page = Page.read(path, root)
    return [f"{page.name}: {fault}" for rule in rules_for(page) for fault in rule(page)]


def advice(path, root):
    """What is unusual about the style of one notebook, a line each."""
    page = Page.read(path, root)
    return [f"{page.name}: style: {wish}" for rule in wishes_for(page) for wish in rule(page)]


def complaints_of_pair(path, root):
    """All faults of an exercise beside its solution."""
    solution = root / "solutions" / path.name
    if path.parent.name != "exercises" or not solution.exists():
        return []
    pair = read(solution), read(path)
    return [f"exercises/{path.name}: {fault}" for rule in PAIRS for fault in rule(*pair)]


def complaints_of_bank(path, root):
    """All faults of the questions that a lecture shows, and where it doesn't show them."""
    if path.parent.name != "notebooks":
        return []
    found = [fault for question in asked(path, root) for fault in faults(question)]
    return found + [f"notebooks/{line}" for line in disagreements(path, root) + mock_exam.disagreements(path)]


def complaints_of_what_it_is_made_of(path, root):
    """All faults of the tasks that a solution is filled from."""
    return complaints_of_tasks(path.name[:2]) if path.parent == root / "solutions" else []


def every_fault(path, root):
    """All that must be mended in a notebook: its tasks, itself, beside its solution, beside its questions."""
    parts = (complaints_of_what_it_is_made_of, complaints, complaints_of_pair, complaints_of_bank)
    return [line for part in parts for line in part(path, root)]


def lonely(root):
    """Notebooks whose exercise, solution or lecture of the same name is missing; 00 and the cheat sheet have none."""
    lectures, solutions, exercises = ({path.name for path in (root / folder).glob("*.ipynb")} for folder in FOLDERS)
    faults = [f"solutions/{name} has no exercise" for name in sorted(solutions - exercises)]
    faults += [f"exercises/{name} has no solution" for name in sorted(exercises - solutions)]
    faults += [f"solutions/{name} has no lecture" for name in sorted(solutions - lectures)]
    pages = [Page.read(root / "notebooks" / name, root) for name in sorted(lectures - solutions)]
    return faults + [f"{page.name} has no solution" for page in pages if is_chapter(page)]
