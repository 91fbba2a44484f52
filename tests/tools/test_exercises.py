"""Exercises are made of their solutions, score nothing unsolved and full marks solved, and give nothing away."""

import ast
import copy
import dataclasses

import pytest
import synthetic as made

from lossutils import chapters
from lossutils.judge import texts
from lossutils.judge.exercise import Argument
from tools import notebooks
from tools.plumbing.exercise_cells import exercise_of_chapter, fill
from tools.plumbing.generate import generate
from tools.plumbing.normal_form import cleaned
from tools.plumbing.pages import ROOT, code_cells, paths, read
from tools.rules import complaints_of_pair
from tools.rules.exercises import PAIRS, automatic, graded, manual, marks, score
from tools.rules.tasks import complaints_of_tasks

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
    assert said.count("not attempted yet; it returns nothing.") >= 2 * len(checked) > 0


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
    task, points, argument, answer, rubric = exercise.cells[1:]
    assert task.source == 'def mean(y):\n    """The mean."""\n    # YOUR CODE HERE'
    compile(task.source, "task", "exec")
    assert points.source == "score = 6 if mean([1, 3]) == 2 else 0\nscore"
    assert argument.source == "Which loss, and why?"
    assert answer.source == "YOUR ANSWER HERE"
    assert rubric.source == "# By hand."
    assert [cell.metadata.get("editable", True) for cell in exercise.cells[1:]] == [True, False, False, True, False]
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
    text = "\n".join(f"# {level} points: so" for level in levels)
    return in_solution(5, source=f"# By hand.\n### BEGIN HIDDEN TESTS\n{text}\n### END HIDDEN TESTS")


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
    (
        "lets_no_text_wait_for_a_grader_of_nothing",
        lambda solution, _: solution.cells[3].metadata.nbgrader.update(task=True),
    ),
    ("grades_arguments_by_three_levels", scheme(8, 0)),
    ("grades_arguments_by_three_levels", scheme(6, 3, 0)),
    ("grades_arguments_by_three_levels", scheme(8, 4, 2)),
    ("grades_arguments_by_three_levels", scheme(0, 4, 8)),
    ("keeps_what_stands_around_an_answer", in_solution(1, source="def mean(y): return 1")),
    ("leaks_nothing", in_exercise(0, source="Hint: `return sum(y) / len(y)`")),
    ("leaks_nothing", in_exercise(2, outputs=[made.result("# 4 points: names the loss")])),
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
    assert {name for name, _ in FAULTS} == set(RULES) - {"is_filled_from_its_tasks"}  # see below


def test_full_marks_are_the_sum_of_what_is_graded(pair):
    solution, _ = pair
    assert sum(score(cell) for cell in automatic(solution)) == 12
    assert sum(cell.metadata.nbgrader["points"] for cell in manual(solution)) == 8


# Filled from the tasks ------------------------------------------------------------------------------------------------

FILLED = [path for path in SOLUTIONS if exercise_of_chapter(path.name[:2])]


def test_every_chapter_with_tasks_has_its_exercise():
    assert all(map(exercise_of_chapter, chapters.numbers("tasks.py")))


@pytest.fixture(params=FILLED, ids=lambda path: path.stem)
def converted(request):
    """A solution that is filled from its tasks, its name, and its chapter's exercise."""
    return read(request.param), request.param.name, exercise_of_chapter(request.param.name[:2])


def test_the_exercise_has_twenty_points_and_a_text_for_everything_that_is_asked(converted):
    _, name, exercise = converted
    asked = {part.name for part in exercise.parts} | {task.name for task in exercise.tasks}
    asked |= {f"{part.name}: answer" for part in exercise.parts if isinstance(part, Argument)}
    assert exercise.points == 20
    assert set(texts.names(f"lossutils.chapters.ch{name[:2]}")) <= asked, "a section that no part or task is called"
    for part in exercise.parts:
        alone = getattr(part, "tasks", ())[:1]
        assert exercise.text(part.name) or any(task.text for task in alone), f"exercise.md has no text for {part.name}"
    functions = {task.name.replace("_", "-") for task in exercise.tasks}
    assert not functions & {part.name for part in exercise.parts}, "a part is called as the cell of a function"


CHANGES = {
    "a text": lambda cells, task: cells[f"{task}"].update(source="def f(): pass"),
    "a reference": lambda cells, task: cells[task].update(source=cells[task].source.replace("    ", "  ")),
    "points": lambda cells, task: cells[f"points-{task}"].metadata.nbgrader.update(points=19),
    "the table": lambda cells, task: cells["title"].update(source=cells["title"].source.replace("| 1 |", "| 7 |")),
    "the name of a check": lambda cells, task: cells[f"check-{task}"].update(source="practice.check('x', x)"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_disagrees_with_a_task_is_reported_and_mended_by_filling(converted, change):
    solution, name, exercise = converted
    before = copy.deepcopy(solution)
    CHANGES[change]({cell.id: cell for cell in solution.cells}, exercise.tasks[0].name.replace("_", "-"))
    assert list(RULES["is_filled_from_its_tasks"](solution, None)) != []
    fill(solution, name)
    assert solution == before


def test_cells_are_found_by_their_role_whatever_an_editor_calls_them(converted):
    solution, name, _ = converted
    before = copy.deepcopy(solution)
    for number, cell in enumerate(solution.cells):
        cell.id = f"another-{number}"
    fill(solution, name)
    assert [cell.source for cell in solution.cells] == [cell.source for cell in before.cells]
    assert [cell.metadata for cell in solution.cells] == [cell.metadata for cell in before.cells]


def test_cells_of_the_author_stay_behind_what_they_follow_when_a_task_is_new(converted):
    solution, name, exercise = converted
    order = [cell.source for cell in solution.cells]
    gone = exercise.tasks[-1].name.replace("_", "-")
    solution.cells = [cell for cell in solution.cells if gone not in cell.metadata.get("course", {}).get("cell", "")]
    fill(solution, name)
    assert sorted(cell.source for cell in solution.cells) == sorted(order)
    assert [cell.id for cell in solution.cells if "course" in cell.metadata] == [
        cell.id for cell in read(ROOT / "solutions" / name).cells if "course" in cell.metadata
    ]


def test_another_number_in_a_slot_changes_texts_references_and_checks_together():
    path = next(path for path in FILLED if path.name.startswith("01"))
    solution = read(path)
    solution.metadata.course["slots"] = {"huber_location": {"k": 2.0}}
    fill(solution, path.name)
    cells = {cell.id: cell.source for cell in solution.cells}
    assert "for 1, 2, 3, 4, 100 and `k` = 2.0" in cells["location-2"] and "2.9652" in cells["location-2"]
    assert cells["huber-location"].startswith("def huber_location(y, k=2.0):")
    assert 'practice.check("huber_location", huber_location, k=2.0)' in cells["check-huber-location"]
    assert 'practice.hidden_points("huber_location", huber_location, k=2.0)' in cells["points-huber-location"]
    assert cells["mse"] == next(cell.source for cell in read(path).cells if cell.id == "mse")
    names = {}
    for cell in code_cells(solution)[:-1]:
        exec(compile(cell.source, cell.id, "exec"), names)
        if cell.id == "points-huber-location":
            assert names["points"] == 3


# nbgrader as it is ------------------------------------------------------------------------------------------------


def solved(exercise, solution, task="bed-cost", answer=None):
    """The exercise with the solution's answers in it, one of them another one."""
    answers = {cell.id: cell.source for cell in solution.cells if marks(cell).get("solution")}
    for cell in exercise.cells:
        if marks(cell).get("solution"):
            cell.source = answers[cell.id] if cell.id != task or answer is None else answer
    return exercise


@pytest.mark.parametrize(
    ("answer", "failed"),
    [
        (None, []),
        ("bed_cost = lambda beds, demand, near=5: 1.0", ["points-bed-cost"]),
        ("bed_cost = lambda *given, **named: None", ["points-bed-cost"]),
    ],
    ids=["perfect", "wrong", "missing"],
)
def test_nbgrader_validates_a_perfect_exercise_and_names_what_fails(answer, failed, monkeypatch, tmp_path):
    from nbgrader.validator import Validator

    path = next(path for path in FILLED if path.name.startswith("01"))
    exercise = solved(read(ROOT / "exercises" / path.name), read(path), answer=answer)
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    monkeypatch.setenv("LOSSUTILS_PROGRESS", str(tmp_path / "progress.json"))
    names = {}
    for cell in code_cells(exercise):
        *_, last = ast.parse(cell.source).body or [None]
        exec(compile(cell.source, cell.id, "exec"), names)
        value = [made.result(names[last.value.id])] if isinstance(last, ast.Expr) and hasattr(last.value, "id") else []
        cell.outputs = value
    found = [cell.id for cell in Validator()._get_failed_cells(exercise)]
    assert found == failed


def test_nothing_of_an_untouched_exercise_waits_for_a_person():
    for path in paths("exercises"):
        nb = read(path)
        assert all(score(cell) == 0 for cell in graded(nb)), path.name


# What it is made of ------------------------------------------------------------------------------------------------


@pytest.fixture
def section(monkeypatch):
    """A function that puts a text in the place of a section of chapter 01's exercise.md."""
    stored = dict(texts._sections("lossutils.chapters.ch01"))

    def write(**sections):
        changed = {name.replace("_is_", " "): cells for name, cells in sections.items()}
        monkeypatch.setattr(texts, "_sections", lambda package: stored | changed)
        source = "\n".join(cell for cells in (stored | changed).values() for cell in cells)
        monkeypatch.setattr("tools.rules.tasks.chapters.text", lambda number, file: source)

    return write


@pytest.mark.parametrize(
    ("sections", "words"),
    [
        ({"msse": ("What?",)}, "exercise.md: no part or task is called 'msse'; did you mean 'mse'?"),
        ({"mse": ("Is it «mse([2], [5]):g?",)}, "exercise.md: line 1 has a field that is not closed: 'Is it «mse"),
        ({"mse": ("It is «msse([2], [5])».",)}, "exercise.md: section 'mse': the field «msse([2], [5])» can't be"),
    ],
    ids=["a name", "an open field", "a field"],
)
def test_a_text_that_does_not_fit_its_tasks_is_told_before_anything_is_written(sections, words, section):
    assert complaints_of_tasks("01") == [] == complaints_of_tasks("02")
    section(**sections)
    assert any(line.startswith(f"lossutils/chapters/ch01/{words}") for line in complaints_of_tasks("01"))


def test_a_piece_that_the_reference_lacks_and_points_that_are_not_twenty_are_told(monkeypatch):
    exercise = exercise_of_chapter("01")
    first = exercise.tasks[0]
    wrong = dataclasses.replace(first, open=first.open + 1, typical=(("no mean", ("np.meen", "np.sum")),))
    part = dataclasses.replace(exercise.parts[0], tasks=(wrong, *exercise.parts[0].tasks[1:]))
    other = dataclasses.replace(exercise, parts=(part, *exercise.parts[1:]))
    monkeypatch.setattr("tools.rules.tasks.exercise_of_chapter", lambda number: other)
    told = "\n".join(complaints_of_tasks("01"))
    assert f"mistakes.py: {first.name}, 'no mean': {first.name}: 'np.meen' stands there 0 times, not once" in told
    assert f"tasks.py: has 21 points, not 20: {first.name} {first.points + 1}, " in told


def test_refresh_writes_nothing_of_a_chapter_whose_texts_do_not_fit(section, tmp_path, monkeypatch, capsys):
    section(msse=("What?",))
    monkeypatch.setattr("tools.notebooks.executed", lambda *given: pytest.fail("it runs"))
    assert notebooks.refresh([str(ROOT / "solutions" / FILLED[0].name)]) == 1
    assert capsys.readouterr().out.endswith("Nothing was written.\n")
