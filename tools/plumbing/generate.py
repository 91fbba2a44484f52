"""Makes the exercise that belongs to a solution, with nbgrader's own preprocessors and without its database.

How a solution is written:

* a task: a code cell, nbgrader "solution", whose answer stands between `### BEGIN SOLUTION` and `### END SOLUTION`
  under a docstring, so that a comment alone may take its place;
* its points: a code cell, nbgrader "grade" and "locked", that ends in a plain number, which is the score; what only
  the grader runs stands between `### BEGIN HIDDEN TESTS` and `### END HIDDEN TESTS`;
* an argument in words: a text cell, nbgrader "task" with 0 points, holds the question and, between
  `### BEGIN MARK SCHEME` and `### END MARK SCHEME`, one list item a level, each starting with its points; the text
  cell after it, nbgrader "grade" and "solution", holds the answer and carries the points.
"""

import nbformat

from tools.plumbing import colab
from tools.plumbing.normal_form import cleaned
from tools.plumbing.pages import read

CODE_STUB = "# YOUR CODE HERE"  # nbgrader's own stub raises, which would stop a run from top to bottom
TEXT_STUB = "*YOUR ANSWER HERE*"


def exercise_of(path, root):
    """The exercise of this name, made afresh from the solution of this name."""
    solution = read(root / "solutions" / path.name)
    colab.place(solution, root)
    return generate(cleaned(solution))


def generate(solution):
    """The exercise: a new notebook without answers, hidden tests, mark schemes and outputs, its cells locked."""
    # nbgrader takes two seconds to import, and most tests don't need it
    from nbgrader import preprocessors as nbgrader
    from traitlets.config import Config

    config = Config(ClearSolutions={"code_stub": {"python": CODE_STUB}, "text_stub": TEXT_STUB})
    steps = [
        nbgrader.CheckCellMetadata,
        nbgrader.LockCells,
        nbgrader.ClearSolutions,
        nbgrader.ClearOutput,
        nbgrader.ClearHiddenTests,
        nbgrader.ClearMarkScheme,
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
