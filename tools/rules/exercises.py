"""Rules for an exercise and the solution that it is made of, both as they are stored, outputs included."""

import ast
import re

from tools.plumbing.generate import generate
from tools.plumbing.normal_form import cleaned
from tools.plumbing.pages import code_cells, printed
from tools.rules.notebooks import at

POINTS = 20
REGION = re.compile(r"BEGIN (SOLUTION|HIDDEN TESTS|MARK SCHEME)[^\n]*\n(.*?)^[^\n]*END \1", re.DOTALL | re.MULTILINE)
MAGIC = re.compile(r"^(\s*)[%!].*$", re.MULTILINE)
LEVEL = re.compile(r"^[-*] \**(\d+)", re.MULTILINE)


def marks(cell):
    return cell.metadata.get("nbgrader", {})


def automatic(nb):
    """The cells whose last number is their score."""
    return [cell for cell in nb.cells if marks(cell).get("grade") and not marks(cell)["solution"]]


def manual(nb):
    """The written answers, which a person grades."""
    return [cell for cell in nb.cells if marks(cell).get("grade") and marks(cell)["solution"]]


def score(cell):
    """The points that nbgrader gives; None where a person has to."""
    from nbgrader.utils import determine_grade

    return determine_grade(cell)[0]


def is_made_of_the_solution(solution, exercise):
    fresh = cleaned(generate(solution))
    pairs = [_without_outputs(nb) for nb in (fresh, exercise)]
    if pairs[0] != pairs[1]:
        changed = [cell["id"] for cell, other in zip(*(p["cells"] for p in pairs), strict=False) if cell != other]
        yield f"is not what generation makes of the solution: run `make refresh` (first changed: {changed[:1]})"


def _without_outputs(nb):
    about = {name: value for name, value in nb.metadata.items() if name != "widgets"}
    return {
        "metadata": about,
        "cells": [{k: cell[k] for k in ("id", "cell_type", "source", "metadata")} for cell in nb.cells],
    }


def scores_nothing_unsolved(solution, exercise):
    for cell in automatic(exercise) + manual(exercise):
        if score(cell) != 0:
            yield at(cell, f"gives {score(cell)} points to those who did nothing")


def scores_full_marks_solved(solution, exercise):
    for cell in automatic(solution):
        if score(cell) != marks(cell)["points"]:
            yield at(cell, f"gives the solution {score(cell)} of {marks(cell)['points']} points")


def adds_up(solution, exercise):
    for nb in (solution, exercise):
        total = sum(marks(cell)["points"] for cell in automatic(nb) + manual(nb))
        if total != POINTS:
            yield f"has {total} points, not {POINTS}"


def ends_graded_cells_in_a_plain_number(solution, exercise):
    """For nbgrader anything else, a NumPy number among them, means full marks."""
    for cell in automatic(solution) + automatic(exercise):
        results = [output for output in cell.outputs if output.output_type == "execute_result"]
        plain = re.compile(r"\d+(\.\d+)?")
        if len(results) != 1 or cell.outputs[-1] != results[0] or not plain.fullmatch(printed(results[0])):
            yield at(cell, "does not end in a plain number")


def grades_arguments_by_three_levels(solution, exercise):
    for cell in manual(solution):
        before = solution.cells[solution.cells.index(cell) - 1]
        schemes = [text for kind, text in REGION.findall(before.source) if kind == "MARK SCHEME"]
        levels = [int(points) for points in LEVEL.findall("".join(schemes))]
        top = marks(cell)["points"]
        if len(levels) != 3 or sorted(set(levels), reverse=True) != levels or (levels[0], levels[-1]) != (top, 0):
            yield at(cell, f"its mark scheme has the levels {levels}, not three from {top} down to 0")


def keeps_what_stands_around_an_answer(solution, exercise):
    for cell in code_cells(solution):
        if marks(cell).get("solution") and "BEGIN SOLUTION" not in cell.source:
            yield at(cell, "has no BEGIN SOLUTION, so the whole cell would go")


def leaks_nothing(solution, exercise):
    shown = "\n".join(cell.source + "\n".join(map(printed, cell.get("outputs", []))) for cell in exercise.cells)
    given = "\n".join(REGION.sub("", cell.source) for cell in solution.cells)
    for cell in solution.cells:
        for line in (line.strip() for _, text in REGION.findall(cell.source) for line in text.splitlines()):
            if len(line) >= 10 and line in shown and line not in given:
                yield at(cell, f"the exercise shows {line!r}")
    for word in ("BEGIN SOLUTION", "HIDDEN TESTS", "MARK SCHEME"):
        if word in shown:
            yield f"the exercise shows {word!r}"


def imports_where_it_is_used_what_learners_call_their_own(solution, exercise):
    """`data` and `practice` are a learner's words too: whoever writes `data = …` must not break the cells below."""
    given = [
        (cell, ast.parse(MAGIC.sub(r"\1pass", cell.source)))
        for cell in code_cells(solution)
        if not marks(cell).get("solution")
    ]
    words = {name for _, tree in given for name in _imported(tree) if name.islower()}
    for cell, tree in given:
        used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        for name in sorted(words & used - _imported(tree)):
            yield at(cell, f"uses {name}, so it needs its own `from lossutils import {name}`")


def _imported(tree):
    """The names that come from lossutils."""
    sources = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {alias.name for node in sources if node.module.startswith("lossutils") for alias in node.names}


PAIRS = (
    is_made_of_the_solution,
    scores_nothing_unsolved,
    scores_full_marks_solved,
    adds_up,
    ends_graded_cells_in_a_plain_number,
    grades_arguments_by_three_levels,
    keeps_what_stands_around_an_answer,
    leaks_nothing,
    imports_where_it_is_used_what_learners_call_their_own,
)
