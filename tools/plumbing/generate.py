"""Makes the exercise that belongs to a solution, with nbgrader's own preprocessors and without its database.

How a solution is written:

* a task: a code cell, nbgrader "solution", whose answer stands between `### BEGIN SOLUTION` and `### END SOLUTION`
  under a docstring, so that a comment alone may take its place;
* its points: a code cell, nbgrader "grade" and "locked", that ends in a plain number, which is the score; what only
  the grader runs stands between `### BEGIN HIDDEN TESTS` and `### END HIDDEN TESTS`;
* an argument in words: a locked text cell holds the question; the text cell after it, nbgrader "grade" and "solution",
  holds the answer and carries the points; a code cell of 0 points, all of it a hidden test, says how a person grades.

In a chapter whose tasks.py holds an EXERCISE, all of these are filled from it (exercise_cells.py).
"""

import nbformat

from tools.plumbing import colab
from tools.plumbing.exercise_cells import fill
from tools.plumbing.normal_form import cleaned
from tools.plumbing.pages import ROOT, read

SETTINGS = "nbgrader_config.py"  # at the top, where nbgrader itself finds it


def exercise_of(path, root):
    """The exercise of this name, made afresh from the solution of this name."""
    solution = read(root / "solutions" / path.name)
    fill(solution, path.name)
    colab.place(solution, root)
    return generate(cleaned(solution))


def generate(solution):
    """The exercise: a new notebook without answers, hidden tests and outputs, its cells locked."""
    # nbgrader takes two seconds to import, and most tests don't need it
    from nbgrader import preprocessors as nbgrader
    from traitlets.config.loader import PyFileConfigLoader

    config = PyFileConfigLoader(SETTINGS, path=str(ROOT)).load_config()
    steps = [
        nbgrader.CheckCellMetadata,
        nbgrader.LockCells,
        nbgrader.ClearSolutions,
        nbgrader.ClearOutput,
        nbgrader.ClearHiddenTests,
        _strip,
        nbgrader.ComputeChecksums,
        nbgrader.CheckCellMetadata,
    ]
    exercise, resources = nbformat.from_dict(solution), {}
    exercise.metadata.pop("widgets", None)
    if "course" in exercise.metadata:
        exercise.metadata["course"]["kind"] = "exercise"
    for step in steps:
        exercise, resources = step(config=config)(exercise, resources)
    return exercise


def _strip(config):
    """What was cleared may leave empty lines at a cell's end; the normal form has none, and checksums must agree."""

    def strip(nb, resources):
        for cell in nb.cells:
            cell.source = cell.source.rstrip()
        return nb, resources

    return strip
