"""A tiny course, made in memory, whose every notebook keeps the rules. Tests plant faults in it."""

import base64
import io
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image

from tools.plumbing import colab, proofs
from tools.plumbing.normal_form import STATE, VIEW, cleaned, written
from tools.rules.chapters import PARTS

ABOUT = {
    "title": "Loss",
    "chapter": "01",
    "track": "core",
    "minutes": 45,
    "needs": [],
    "data": "chem",
    "question": "what a loss is",
}
MODEL = "f" * 32
PROOF = 'with holds("The mean is {0}."):\n    assert {0}'
MARKED = """
rubric = [{ points = 0.5, what = "One." }, { points = 0.5, what = "Another." }]
samples = [
    { points = 1, text = "Both.", why = "All." },
    { points = 0.5, text = "One.", why = "Half." },
    { points = 0, text = "None.", why = "Nothing." },
]
"""  # how an open question is marked
NO_ROOT = Path("nowhere")  # a course without an address
WIDGET = {"state": {MODEL: {"model_name": "VBoxModel", "model_module": "m", "state": {}}}}


def png(width=40, height=30, colour="white"):
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(buffer, "png")
    return base64.b64encode(buffer.getvalue()).decode()


def text(name, source, *tags):
    return new_markdown_cell(source, id=name, metadata={"tags": list(tags)})


def code(name, source, *outputs, tags=()):
    return new_code_cell(source, id=name, outputs=list(outputs), metadata={"tags": list(tags)})


def shown(**data):
    return new_output("display_data", {kind.replace("__", "/"): value for kind, value in data.items()})


def result(value):
    return new_output("execute_result", {"text/plain": str(value)})


def figure():
    return [shown(text__plain="<figure>", image__png=png()), shown(text__markdown="*Figure: a line.*")]


def captioned(caption):
    folded = f"*{caption}*\n\n<details><summary>Numbers in this figure</summary>\n\na line.\n\n</details>"
    return [figure()[0], shown(text__markdown=folded)]


def chapter():
    """A chapter with all its parts, three claims and a widget."""
    cells = [
        text("title", "# 01 · Loss\n\nYou will be able to\n\n- compute a loss", "goal"),
        code("imports", "from lossutils import data\nfrom lossutils.proof import holds", tags=["setup"]),
    ]
    cells += [text(part.lower().replace(" ", "-"), f"## {part}", *filter(None, [tag])) for part, tag in PARTS.items()]
    widget = new_output("display_data", {"text/plain": "slider", VIEW: {"model_id": MODEL}})
    extra = {
        "the-idea": [code("picture", "plot(1)", *captioned("A line."))],
        "explore": [
            code("twin", "plot(2)", *captioned("The line again.")),
            text("look-for", "Move it."),
            code("widget", "w", widget),
        ],
    }
    for number in (1, 2, 3):
        claim = text(f"claim-{number}", f"The mean is **{number}**.", "claim")
        line = new_output("stream", text=f"✓ The mean is {number}.\n")
        proof = code(f"check-{number}", PROOF.format(number), line, tags=["check"])
        extra.setdefault("on-real-data", []).extend([claim, proof])
    placed = [after for cell in cells for after in (cell, *extra.get(cell.id, []))]
    nb = nbformat.from_dict(new_notebook(cells=placed))
    colab.place(nb, NO_ROOT)
    proofs.fold(nb)
    metadata = {"course": dict(ABOUT), "widgets": {STATE: WIDGET}}
    return nbformat.from_dict({**nb, "metadata": metadata})


INSTRUCTOR = """
ask = ["Why?"]
short_of_time = "the widget"
plan = [{minutes = 20, do = "ask"}, {minutes = 30, do = "show"}]
common_wrong_answers = [{answer = "9", reply = "a sum"}]
"""


def write_notes(root, text=INSTRUCTOR, number="01"):
    """What a lecturer needs, in the folder of the chapter."""
    folder = root / "lossutils" / "chapters" / f"ch{number}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "instructor.toml").write_text(text, encoding="utf-8")


def start():
    about = ABOUT | {"title": "Start here", "chapter": "00", "track": "start", "minutes": 10}
    return new_notebook(cells=[text("title", "# 00 · Start here")], metadata={"course": about})


def graded(name, **marks):
    default = {"grade": False, "grade_id": name, "locked": False, "schema_version": 3, "solution": False, "task": False}
    return {"nbgrader": default | marks}


def solution():
    """A task with open and hidden points, and an argument with its mark scheme: 20 points."""
    task = 'def mean(y):\n    """The mean."""\n    ### BEGIN SOLUTION\n    return sum(y) / len(y)\n    ### END SOLUTION'
    score = (
        "score = 6 if mean([1, 3]) == 2 else 0\n### BEGIN HIDDEN TESTS\n"
        "score += 6 if mean([2, 4, 9]) == 5 else 0\n### END HIDDEN TESTS\nscore"
    )
    levels = "# 8 points: names the cost\n# 4 points: names the loss\n# 0 points: neither"
    cells = [
        text("title", "# 01 · Loss · exercise"),
        code("mean", task),
        code("mean-points", score, result(12)),
        text("argument", "Which loss, and why?"),
        text("answer", "### BEGIN SOLUTION\nThe pinball loss, since beds cost more.\n### END SOLUTION"),
        code("rubric", f"# By hand.\n### BEGIN HIDDEN TESTS\n{levels}\n### END HIDDEN TESTS"),
    ]
    cells[1].metadata = graded("mean", solution=True)
    cells[2].metadata = graded("mean-points", grade=True, locked=True, points=12)
    cells[3].metadata = graded("argument", locked=True)
    cells[4].metadata = graded("answer", grade=True, solution=True, points=8)
    cells[5].metadata = graded("rubric", grade=True, locked=True, points=0)
    return new_notebook(cells=cells, metadata={"course": ABOUT | {"chapter": "90"}})  # one without an EXERCISE


def write(root, folder, name, nb):
    """Write the notebook in normal form; nbformat's objects may be used for several courses."""
    path = root / folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(written(cleaned(nbformat.from_dict(nb))), encoding="utf-8", newline="\n")
    return path
