"""Rules for the lectures, and for the plan that every chapter from 01 on follows."""

import ast
import re
import tomllib

from tools.plumbing.claims import assertions, pairs
from tools.plumbing.colab import is_for_colab
from tools.plumbing.normal_form import VIEW
from tools.plumbing.pages import headings, tags, tree
from tools.rules.notebooks import at

PARTS = {  # the second-level headings of a chapter, and the tag of the cell that each stands in
    "Predict first": "predict",
    "The idea": None,
    "The formula": None,
    "From scratch": None,
    "On real data": None,
    "A published number": None,
    "Explore": "widget",
    "Where it goes wrong": None,
    "On your next test": "review",
    "Summary": "summary",
}
ABOUT = {"title": str, "chapter": str, "track": str, "minutes": int, "needs": list, "data": str, "question": str}
INSTRUCTOR = {"plan", "ask", "common_wrong_answers", "short_of_time"}
TRACKS = ("core", "extension", "start", "reference")


def own_cells(page):
    """All cells but the one for Colab, which each notebook has."""
    return [cell for cell in page.nb.cells if not is_for_colab(cell)]


def has_its_title(page):
    first = page.nb.cells[0] if page.nb.cells else None
    titles = [title for _, title in headings(page.nb, 1)]
    about = page.nb.metadata.get("course", {})
    expected = f"{page.number} · {about.get('title')}" if about.get("track") != "reference" else about.get("title")
    if titles != [expected] or not first.source.startswith(f"# {expected}"):
        yield f"the title is {' and '.join(titles) or 'missing'}; it should be the first line, '# {expected}'"


def says_what_it_is_about(page):
    about = page.nb.metadata.get("course", {})
    if set(about) != set(ABOUT):
        yield f"the metadata 'course' has {sorted(about)}, not {sorted(ABOUT)}"
        return
    for name, kind in ABOUT.items():
        if not isinstance(about[name], kind):
            yield f"course.{name} is not a {kind.__name__}"
    if about["chapter"] != (page.number if about["track"] != "reference" else ""):
        yield f"course.chapter is {about['chapter']!r}"
    if about["track"] not in TRACKS:
        yield f"course.track is {about['track']!r}, not one of {', '.join(TRACKS)}"
    for number in about["needs"]:
        if number >= page.number or not list(page.path.parent.glob(f"{number}_*.ipynb")):
            yield f"course.needs names chapter {number!r}, which does not come before this one"


def has_all_parts_in_order(page):
    titles = [title for _, title in headings(page.nb, 2)]
    fits = len(titles) == len(PARTS) and all(title.startswith(part) for title, part in zip(titles, PARTS, strict=True))
    if not fits:
        yield f"its parts are {titles}, not {list(PARTS)}"


def tags_its_parts(page):
    expected = [(page.nb.cells[0], "goal")]
    for cell, title in headings(page.nb, 2):
        expected += [(cell, tag) for part, tag in PARTS.items() if tag and title.startswith(part)]
    yield from (at(cell, f"lacks the tag {tag!r}") for cell, tag in expected if tag not in tags(cell))
    if "You will be able to" not in page.nb.cells[0].source:
        yield "the first cell does not say what you will be able to do"


def imports_in_one_cell(page):
    setups = [cell for cell in page.nb.cells if "setup" in tags(cell)]
    if len(setups) != 1 or setups[0] not in page.sections()[0][1]:
        yield f"{len(setups)} cells tagged 'setup'; there should be one, before the first part"
    for cell in (cell for cell in own_cells(page) if cell.cell_type == "code"):
        imports = [isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(tree(cell))]
        if cell in setups and not all(isinstance(node, ast.Import | ast.ImportFrom) for node in tree(cell).body):
            yield at(cell, "does more than import")
        if cell not in setups and any(imports):
            yield at(cell, "imports outside the setup cell")


def proves_its_claims(page):
    found = list(pairs(page.nb))
    for claim, check in found:
        if claim.cell_type != "markdown" or not re.search(r"\d", claim.source):
            yield at(claim, "a claim is a text cell with its numbers")
        if check is None or "check" not in tags(check) or not assertions(check.source):
            yield at(claim, "the next code cell is not tagged 'check' or asserts nothing")
    proofs = [check.id for _, check in found if check is not None]
    for cell in page.nb.cells:
        if "check" in tags(cell) and proofs.count(cell.id) != 1:
            yield at(cell, f"is the check of {proofs.count(cell.id)} claims, not of one")


def has_a_picture_beside_each_widget(page):
    """Saved notebooks on the web have no kernel."""
    for title, cells in page.sections():
        kinds = {kind for cell in cells for output in cell.get("outputs", []) for kind in output.get("data", {})}
        if title.startswith("Explore") and VIEW not in kinds:
            yield f"the part {title!r} shows no widget"
        folded = any("question" in tags(cell) for cell in cells)  # the quiz's questions, as text
        if VIEW in kinds and "image/png" not in kinds and not folded:
            yield f"the part {title!r} has no static picture beside its widget"


def instructor_notes(page):
    """What instructor.toml of the chapter says; nothing where there is no such file."""
    file = page.root / "lossutils" / "chapters" / f"ch{page.number}" / "instructor.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def helps_the_instructor(page):
    """A plan of the lecture, what to ask, what will be answered wrongly, what to show when time is short."""
    notes = instructor_notes(page)
    if set(notes) != INSTRUCTOR or not all(notes.values()):
        file = f"lossutils/chapters/ch{page.number}/instructor.toml"
        yield f"{file} has {sorted(notes)}, not {sorted(INSTRUCTOR)}, each filled"


def shows_its_own_sections(page):
    """The slides of the plan: each is a cell of the core path in which a section begins, in the notebook's order."""
    begin = {cell.id: place for place, cell in enumerate(page.nb.cells) if re.search("^###? ", cell.source, re.M)}
    core = [cell.id for cell in page.nb.cells if "core" in tags(cell)]
    shown = [name for step in instructor_notes(page).get("plan", []) for name in step.get("show", [])]
    for name in shown:
        if name not in begin or name not in core:
            yield f"the plan shows {name!r}, which is no cell of the core path with a heading"
    places = [begin.get(name, -1) for name in shown]
    if places != sorted(set(places)):
        yield f"the plan shows {shown}, not each once and in the order of the notebook"


LECTURES = (has_its_title, says_what_it_is_about)
CHAPTERS = (
    has_all_parts_in_order,
    tags_its_parts,
    imports_in_one_cell,
    proves_its_claims,
    has_a_picture_beside_each_widget,
    helps_the_instructor,
    shows_its_own_sections,
)
