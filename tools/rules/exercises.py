"""Rules for an exercise and the solution that it is made of, both as they are stored, outputs included."""

import ast
import copy
import re

from tools.plumbing.exercise_cells import exercise_of_chapter, fill
from tools.plumbing.generate import generate
from tools.plumbing.normal_form import cleaned
from tools.plumbing.pages import code_cells, printed
from tools.rules.notebooks import at

POINTS = 20
LECTURE = re.compile(r"\(\.\./notebooks/([^)]+)\)")
REGION = re.compile(r"BEGIN (SOLUTION|HIDDEN TESTS)[^\n]*\n(.*?)^[^\n]*END \1", re.DOTALL | re.MULTILINE)
MAGIC = re.compile(r"^(\s*)[%!].*$", re.MULTILINE)
LEVEL = re.compile(r"^# (\d+) points?:", re.MULTILINE)


def marks(cell):
    return cell.metadata.get("nbgrader", {})


def automatic(nb):
    """The cells whose last number is their score."""
    return [cell for cell in graded(nb) if not marks(cell)["solution"] and marks(cell)["points"]]


def manual(nb):
    """The written answers, which a person grades."""
    return [cell for cell in graded(nb) if marks(cell)["solution"]]


def graded(nb):
    """The cells that have points, or the rubric of those that have."""
    return [cell for cell in nb.cells if marks(cell).get("grade")]


def score(cell):
    """The points that nbgrader gives; None where a person has to."""
    from nbgrader.utils import determine_grade

    return determine_grade(cell)[0]


def is_made_of_the_solution(solution, exercise):
    fresh = cleaned(generate(solution))
    pairs = [_without_outputs(nb) for nb in (fresh, exercise)]
    if pairs[0] != pairs[1]:
        changed = [cell["id"] for cell, other in zip(*(p["cells"] for p in pairs), strict=False) if cell != other]
        yield (
            f"is not what generation makes of the solution (first changed: {changed[:1]}): change solutions/, and run "
            f"`make refresh`, which writes the exercise anew"
        )


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
    total = sum(marks(cell)["points"] for cell in graded(solution))  # the exercise is made of it
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
        after = [*solution.cells, cell][solution.cells.index(cell) + 1]
        levels = [int(points) for kind, text in REGION.findall(after.source) for points in LEVEL.findall(text)]
        top = marks(cell)["points"]
        if len(levels) != 3 or sorted(set(levels), reverse=True) != levels or (levels[0], levels[-1]) != (top, 0):
            yield at(cell, f"the rubric after it has the levels {levels}, not three from {top} down to 0")


def lets_no_text_wait_for_a_grader_of_nothing(solution, exercise):
    """For nbgrader a "task" cell needs a person's grade for every student, whatever it is worth."""
    yield from (at(cell, 'is a "task" for nbgrader; lock it') for cell in solution.cells if marks(cell).get("task"))


def is_filled_from_its_tasks(solution, exercise):
    """Texts, answers, checks, points and rubrics of a chapter whose tasks.py holds an EXERCISE."""
    if exercise_of_chapter(solution.metadata.get("course", {}).get("chapter", "")) is None:
        return
    file = LECTURE.search(solution.cells[0].source)
    filled = copy.deepcopy(solution)
    fill(filled, file[1] if file else "")
    stored = {cell.id: cell for cell in solution.cells}
    wrong = [cell.id for cell in filled.cells if cell != stored.get(cell.id)]
    if wrong or [cell.id for cell in filled.cells] != list(stored):
        cells = f"cell {wrong[0]!r}" if wrong else "the order of the cells"
        yield (
            f"its solution is not what the tasks say: {cells}. What a filled cell says is written in the chapter's "
            f"folder (exercise.md, references and tasks); `make refresh` writes it anew, and a change by hand is lost"
        )


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
    for word in ("BEGIN SOLUTION", "HIDDEN TESTS"):
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
    is_filled_from_its_tasks,
    is_made_of_the_solution,
    scores_nothing_unsolved,
    scores_full_marks_solved,
    adds_up,
    ends_graded_cells_in_a_plain_number,
    lets_no_text_wait_for_a_grader_of_nothing,
    grades_arguments_by_three_levels,
    keeps_what_stands_around_an_answer,
    leaks_nothing,
    imports_where_it_is_used_what_learners_call_their_own,
)
