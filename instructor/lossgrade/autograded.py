"""The notebook that nbgrader's formgrader shows: what was handed in, with what its cells show and what they earn."""

from __future__ import annotations

import copy
import json
import re

import nh3

from lossgrade.course import Chapter
from lossgrade.grading import Graded
from lossgrade.notebook import Handed

HIDDEN = ("### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS")
SAFE = ("text/plain", "image/png", "image/jpeg")  # HTML and scripts of students run in the lecturer's browser
BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
RUNS = (
    (re.compile(r"&(?:amp;)*(?=#|(?!(?:lt|gt|amp|quot|nbsp);)\w+;)"), "& "),  # letters in disguise
    (re.compile(r"(script)(?=[\s\\]*:)", re.IGNORECASE), r"\1 "),  # javascript:
    (re.compile(r"\\(?:href|require|style|class|cssId|unicode|csname)(?![A-Za-z])"), r"\\text"),
    (re.compile(r"attachment(?=[\s\\]*:)", re.IGNORECASE), "attached "),
)
LEFT_OUT = "An output of type {} is left out: it could run in your browser."


def notebook(chapter: Chapter, handed: Handed | None, graded: Graded) -> str:
    """Return the notebook's file: the course's cells as they were handed out, a student's as they were handed in."""
    released = {_marks(cell)["grade_id"]: _shown(cell) for cell in chapter.graded}
    cells, seen = [], set()
    for place, cell in enumerate(handed.cells if handed else ()):
        own = released.get(cell.grade_id)
        if own is not None and cell.grade_id not in seen:
            seen.add(cell.grade_id)
            made = copy.deepcopy(own)
            if _marks(own).get("solution"):
                made["source"] = cell.source
            made["cell_type"] = own["cell_type"]
        else:
            made = {"cell_type": cell.kind if cell.kind in ("code", "markdown", "raw") else "raw", "metadata": {}}
            made["source"] = cell.source
        made["id"] = f"cell-{place}"
        if made["cell_type"] == "code":
            made |= {"execution_count": None, "outputs": [_safe(one) for one in graded.outputs.get(place, [])]}
        elif made["cell_type"] == "markdown" and own is None:
            made["source"] = harmless(made["source"])
        cells.append(made)
    cells += [_missing(cell, f"missing-{grade_id}") for grade_id, cell in released.items() if grade_id not in seen]
    by_cell = {score.cell: score for score in graded.scores}
    for cell in cells:
        score = by_cell.get(_marks(cell).get("grade_id"))
        if score is None:
            continue
        if cell["cell_type"] == "code":
            cell["outputs"] = _earned(score)
        else:
            cell["source"] = harmless(cell["source"])
    release = chapter.release
    whole = {"cells": cells, "metadata": release["metadata"], "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, ensure_ascii=False) + "\n"


def harmless(text: str) -> str:
    """Return a student's Markdown without what could run in a browser; most texts stay as they are.

    Links and MathJax need no HTML to run a script; and nbgrader shows no notebook that lacks a pasted picture's file.
    """
    text = nh3.clean(text) if "<" in text and nh3.is_html(text) else text
    for pattern, instead in RUNS:
        text = pattern.sub(instead, text)
    return text


def _marks(cell):
    return cell["metadata"].get("nbgrader", {})


def _shown(cell):
    """A rubric as a person who grades needs it; of a cell with points what was handed out, for students see it, too."""
    marks = _marks(cell)
    lines = "".join(cell["source"]).splitlines()
    if marks.get("grade") and marks.get("locked") and marks["points"]:
        begin, end = (next((k for k, line in enumerate(lines) if line.startswith(mark)), 0) for mark in HIDDEN)
        lines[begin : end + 1] = []
    return {**cell, "source": "\n".join(line for line in lines if not line.startswith(HIDDEN))}


def _missing(cell, name):
    made = copy.deepcopy(cell) | {"id": name[:64]}
    if made["cell_type"] == "code":
        made |= {"execution_count": None, "outputs": []}
    return made


def _earned(score):
    says = {"output_type": "stream", "name": "stdout", "text": "\n".join(score.says) + "\n"}
    number = {"output_type": "execute_result", "data": {"text/plain": f"{score.points:g}"}, "metadata": {}}
    return [says, number | {"execution_count": None}]


def _safe(output):
    if "data" not in output:
        return output
    data = {kind: text for kind, text in output["data"].items() if _is_safe(kind, text)}
    if dropped := sorted(set(output["data"]) - set(data)):
        data["text/plain"] = "\n".join([*filter(None, [data.get("text/plain")]), LEFT_OUT.format(", ".join(dropped))])
    return output | {"data": data}


def _is_safe(kind, text):
    """Whether it is a text, or a picture that is one: it is put into a page as it is."""
    whole = text if isinstance(text, str) else "".join(map(str, text))
    return kind in SAFE and (kind == "text/plain" or BASE64.fullmatch(whole) is not None)
