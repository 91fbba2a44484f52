"""A notebook as the book shows it: with its stored outputs, its figures in words, its proofs folded."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable

from nbformat.v4 import new_markdown_cell

from lossbook import course, linked_words
from lossbook.keeping_together import NUMBER
from lossbook.pages.markdown import with_dois

LEFT_OUT = ("colab", "install")  # cells that set up another place
WIDGET = "application/vnd.jupyter.widget-view+json"
SUMMARY = re.compile(r"<summary>.*?</summary>")
FORMULA = re.compile(r"\$([^$]+)\$")
IN_HTML = r'<span class="math">\\(\1\\)</span>'  # inside HTML Markdown's dollars are letters
STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
TAUGHT = re.compile(r"(\*\*Taught in\*\* )chapter (\d\d)")
COLAB_TITLE = re.compile(r"\A# @title .*\n")
UNSOLVED = """\
```{note}
Here the sheet is as it is handed out, and nobody has solved it. `not attempted yet`, `nan` and `None` below the cells
are what it prints until your code stands in it; nothing is broken.
```"""


def page(nb: dict, ways_to_run: str = "", twin: Callable[[str], str | None] = lambda cell: None) -> dict:
    """Return the notebook with what a reader of the book has use for; the original stays as it is.

    `twin` returns the HTML that stands in the place of the widget that a cell shows, or None.
    """
    made = copy.deepcopy(nb)
    made["cells"] = [_cell(cell, twin) for cell in made["cells"] if cell.get("id") not in LEFT_OUT]
    made["metadata"].pop("widgets", None)  # their state is for a kernel
    if made["metadata"].get("course", {}).get("kind") == "exercise":
        made["cells"].insert(1, new_markdown_cell(UNSOLVED, id="unsolved"))
    chapter = made["metadata"].get("course", {}).get("chapter")
    if chapter:
        symbols = linked_words.symbols(made["cells"])
        linked_words.link(made["cells"], chapter)
        made["cells"].insert(1, new_markdown_cell(symbols, id="symbols-of-the-page"))
    if ways_to_run:
        made["cells"].insert(1, new_markdown_cell(ways_to_run, id="ways-to-run"))
    return made


def _cell(cell, twin):
    if cell["cell_type"] != "code":
        cell["source"] = SUMMARY.sub(lambda line: NUMBER.sub("\xa0", FORMULA.sub(IN_HTML, line[0])), cell["source"])
        return cell
    cell["source"] = COLAB_TITLE.sub("", cell["source"])
    if any(WIDGET in output.get("data", {}) for output in cell["outputs"]) and (live := twin(cell["id"])):
        cell["outputs"] = [{"output_type": "display_data", "data": {"text/html": live}, "metadata": {}}]
        return cell
    cell["outputs"] = [_output(output) for output in cell["outputs"] if WIDGET not in output.get("data", {})]
    for output in cell["outputs"]:
        if words := _in_words(output):
            cell["metadata"].setdefault("mystnb", {})["image"] = {"alt": words}  # the only place where it is kept
    return cell


def _output(output):
    data = output.get("data", {})
    if "text/html" in data:
        data["text/html"] = STYLE.sub("", data["text/html"])
    if "text/markdown" in data:
        data["text/markdown"] = _with_links(data["text/markdown"])
    return output


def _with_links(text):
    """Return what a card says with its DOIs and chapters as links."""
    return TAUGHT.sub(lambda found: f"{found[1]}[chapter {found[2]}]({course.lecture(found[2]).name})", with_dois(text))


def _in_words(output):
    return output.get("metadata", {}).get("image/png", {}).get("alt", "")


def figures(nb: dict) -> list[tuple[str, str]]:
    """Return for each figure of a notebook its cell, and what is said of it."""
    return [
        (cell["id"], _in_words(output))
        for cell in nb["cells"]
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
