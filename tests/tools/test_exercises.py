"""Exercises are made of their solutions, score nothing unsolved and full marks solved, and give nothing away."""

import copy

import pytest
import synthetic as made

from tools.plumbing.generate import CODE_STUB, TEXT_STUB, generate
from tools.plumbing.normal_form import cleaned
from tools.plumbing.pages import ROOT, code_cells, paths, read
from tools.rules import complaints_of_pair
from tools.rules.exercises import PAIRS, automatic, manual, marks, score

SOLUTIONS = paths("solutions")


@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem)
def test_an_exercise_keeps_every_rule(path):
    assert complaints_of_pair(ROOT / "exercises" / path.name, ROOT) == []


@pytest.mark.parametrize("path", paths("exercises"), ids=lambda path: path.stem)
@pytest.mark.parametrize("words", [("data", "practice", "rng"), ("data", "practice", "rng", "np", "math")], ids=len)
def test_a_learner_may_call_things_as_the_given_cells_do(path, words, capsys):
    """Before each cell the words mean something else; with NumPy's among them, tasks, checks and points still run."""
    names = {"__name__": "__main__"}
    for cell in code_cells(read(path)):
        if "np" in words and not (marks(cell).get("solution") or cell.id.startswith(("check-", "points-"))):
            continue
        names.update(dict.fromkeys(words, [3.5]))
        exec(compile(cell.source, cell.id, "exec"), names)
    said = capsys.readouterr().out
    checked = [cell for cell in code_cells(read(path)) if cell.id.startswith("check-")]
    assert said.count("not attempted yet.") >= 2 * len(checked) > 0


@pytest.fixture(scope="module")
def stored():
    """The synthetic solution and its exercise as a run would store them."""
    solution = cleaned(made.solution())
    exercise = cleaned(generate(solution))
    exercise.cells[2].outputs = [made.result(0)]
    return solution, exercise


@pytest.fixture
def pair(stored):
    return copy.deepcopy(stored)


def test_the_synthetic_exercise_keeps_every_rule(pair):
    assert [fault for rule in PAIRS for fault in rule(*pair)] == []


def test_generation_leaves_a_stub_that_runs_and_locks_the_rest(pair):
    _, exercise = pair
    task, points, argument, answer = exercise.cells[1:]
    assert task.source == f'def mean(y):\n    """The mean."""\n    {CODE_STUB}'
    compile(task.source, "task", "exec")
    assert points.source == "score = 6 if mean([1, 3]) == 2 else 0\nscore"
    assert argument.source == "Which loss, and why?"
    assert answer.source == TEXT_STUB
    assert [cell.metadata.get("editable", True) for cell in exercise.cells[1:]] == [True, False, False, True]
    assert not any(cell.metadata.get("deletable", True) for cell in exercise.cells[1:])
    assert all("checksum" in cell.metadata.nbgrader for cell in exercise.cells[1:])


def test_generation_leaves_the_solution_alone(pair):
    solution, _ = pair
    before = copy.deepcopy(solution)
    generate(solution)
    assert solution == before


def test_an_answer_in_words_waits_for_a_person(pair):
    _, exercise = pair
    answer = manual(exercise)[0]
    assert score(answer) == 0
    answer.source = "The pinball loss."
    assert score(answer) is None


def in_exercise(position, **changes):
    return lambda solution, exercise: exercise.cells[position].update(changes)


def in_solution(position, **changes):
    return lambda solution, exercise: solution.cells[position].update(changes)


def points(number):
    return lambda solution, exercise: solution.cells[2].metadata.nbgrader.update(points=number)


def scheme(*levels):
    text = "\n".join(f"- {level} points: so" for level in levels)
    return in_solution(3, source=f"Why?\n### BEGIN MARK SCHEME\n{text}\n### END MARK SCHEME")


STDERR = made.new_output("stream", name="stderr", text="Warning")
FAULTS = [
    ("is_made_of_the_solution", in_exercise(1, source="def mean(y):\n    return 0")),
    ("is_made_of_the_solution", in_exercise(1, id="average")),
    ("is_made_of_the_solution", in_exercise(0, metadata=made.nbformat.from_dict({"tags": ["goal"]}))),
    ("is_made_of_the_solution", lambda solution, exercise: exercise.cells.pop(3)),
    ("is_made_of_the_solution", lambda solution, exercise: exercise.metadata["course"].update(title="Other")),
    ("scores_nothing_unsolved", in_exercise(2, outputs=[made.result(1)])),
    ("scores_nothing_unsolved", in_exercise(2, outputs=[])),
    ("scores_nothing_unsolved", in_exercise(2, outputs=[made.result("np.float64(0.0)")])),
    ("scores_nothing_unsolved", in_exercise(4, source="Answered.")),
    ("scores_full_marks_solved", in_solution(2, outputs=[made.result(11)])),
    ("scores_full_marks_solved", in_solution(2, outputs=[STDERR, made.result(12)])),
    ("adds_up", points(11)),
    ("ends_graded_cells_in_a_plain_number", in_solution(2, outputs=[])),
    ("ends_graded_cells_in_a_plain_number", in_solution(2, outputs=[made.result("np.float64(12.0)")])),
    ("ends_graded_cells_in_a_plain_number", in_exercise(2, outputs=[made.result("'0'")])),
    ("ends_graded_cells_in_a_plain_number", in_exercise(2, outputs=[made.result(0), made.figure()[0]])),
    ("grades_arguments_by_three_levels", scheme(8, 0)),
    ("grades_arguments_by_three_levels", scheme(6, 3, 0)),
    ("grades_arguments_by_three_levels", scheme(8, 4, 2)),
    ("grades_arguments_by_three_levels", scheme(0, 4, 8)),
    ("keeps_what_stands_around_an_answer", in_solution(1, source="def mean(y): return 1")),
    ("leaks_nothing", in_exercise(0, source="Hint: `return sum(y) / len(y)`")),
    ("leaks_nothing", in_exercise(2, outputs=[made.result("- 4 points: names the loss")])),
    ("leaks_nothing", in_exercise(0, source="### BEGIN HIDDEN TESTS")),
    (
        "imports_where_it_is_used_what_learners_call_their_own",
        lambda solution, exercise: solution.cells.extend(
            [made.code("here", "from lossutils import data\ndata.chem()"), made.code("there", "%time\ndata.chem()")]
        ),
    ),
]
RULES = {rule.__name__: rule for rule in PAIRS}


@pytest.mark.parametrize(("name", "plant"), FAULTS, ids=[f"{name}-{n}" for n, (name, _) in enumerate(FAULTS)])
def test_a_rule_finds_the_planted_fault(pair, name, plant):
    plant(*pair)
    assert list(RULES[name](*pair)) != []


def test_every_rule_has_a_planted_fault():
    assert {name for name, _ in FAULTS} == set(RULES)


def test_full_marks_are_the_sum_of_what_is_graded(pair):
    solution, _ = pair
    assert sum(score(cell) for cell in automatic(solution)) == 12
    assert sum(cell.metadata.nbgrader["points"] for cell in manual(solution)) == 8
