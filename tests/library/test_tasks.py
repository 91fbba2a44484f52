"""The graded tasks: a right answer gets everything, a typical mistake its name, nothing gets nothing."""

import ast
import functools
import inspect
import re
from types import FunctionType

import numpy as np
import pytest
from of_chapters import held
from practising import SEEDS, TASKS, called, each_task, said, total

import lossutils
from lossutils import SquaredError, chapters, practice
from lossutils.engine.fields import filled
from lossutils.judge.changes import changed
from lossutils.judge.exercise import Argument, Level
from lossutils.judge.forbidden import forbidden_use
from lossutils.judge.judge import judge
from lossutils.judge.showing import equal
from lossutils.judge.task import Slot, Task
from lossutils.practice import ladder
from tools.plumbing.exercise_cells import exercise_of_chapter
from tools.plumbing.pages import code_cells, paths, read

pytestmark = pytest.mark.usefixtures("stored")


# A task with other numbers in its slots keeps what the task promises.
OTHERS = [task.varied(**{slot.name: value}) for task in TASKS for slot in task.slots for value in slot.others]
MISTAKES = [(task, mistake) for task in TASKS + OTHERS for mistake in task.mistakes]
each_mistake = pytest.mark.parametrize(
    ("task", "mistake"), MISTAKES, ids=[f"{called(t)}-{m.says}" for t, m in MISTAKES]
)
each_of_all = pytest.mark.parametrize("task", TASKS + OTHERS, ids=called)

# Every task of every chapter -------------------------------------------------------------------------------------


def test_task_names_are_unique():
    assert len(practice.tasks()) == sum(len(chapter.TASKS) for chapter in chapters.modules("tasks"))


@each_task
def test_a_task_is_complete(task):
    assert len({mistake.says for mistake in task.mistakes}) >= 5
    assert task.open >= 1 and task.hidden >= 1
    for hidden in (False, True):  # a function that never ends takes as many times its limit as there are checks
        assert 1 <= len(task.checks_of(hidden)) <= 8
    assert len(task.hints) == 2
    module = next(chapter for chapter in chapters.modules("tasks") if task in chapter.TASKS)
    assert module.__name__ == f"lossutils.chapters.ch{task.chapter}.tasks"


@each_of_all
def test_the_reference_gets_full_marks_whatever_the_seed(task, ours):
    for seed in range(10):
        assert judge(task, task.reference, seed)[:3] == (task.open, True, True)
        assert judge(task, task.reference, seed, hidden=True).points == task.hidden


@each_task
def test_what_is_not_attempted_scores_nothing_and_says_so(task, ours):
    def raises(*args):
        raise NotImplementedError

    for stub in (lambda *args: None, raises):
        for hidden in (False, True):
            verdict = judge(task, stub, 1, hidden)
            assert verdict[:4] == (0, False, False, f"{task.name}: not attempted yet; it returns nothing.")


@each_task
@pytest.mark.parametrize("answer", [0, 1.0, -1, np.nan, [], "", (), np.zeros(3)], ids=repr)
def test_a_fixed_answer_scores_next_to_nothing(task, answer, ours):
    assert total(task, lambda *args: answer, 3) <= (task.open + task.hidden) / 5


@each_task
def test_always_raising_scores_nothing_although_some_input_must_raise(task, ours):
    def f(*args):
        raise ValueError("no")

    assert total(task, f, 3) == 0


@each_mistake
def test_a_typical_mistake_is_named_and_never_gets_full_marks(task, mistake, ours):
    for seed in SEEDS:
        verdicts = [judge(task, mistake.code, seed, hidden) for hidden in (False, True)]
        assert any(mistake.says in verdict.sentence for verdict in verdicts), [v.sentence for v in verdicts]
        assert sum(verdict.points for verdict in verdicts) < task.open + task.hidden
        assert all(verdict.attempted for verdict in verdicts)


@pytest.mark.parametrize("other", OTHERS, ids=called)
def test_the_courses_own_answer_does_not_get_full_marks_where_the_task_has_another_number(other, ours):
    for seed in SEEDS:
        assert total(other, practice.task(other.name).reference, seed) < other.points


@each_task
def test_inputs_change_with_the_seed_and_only_with_it(task):
    def drawn(seed):
        source = lossutils.rng(seed)
        return [list(check.draw(source)) for check in task.checks]

    assert equal(drawn(4), drawn(4))
    assert any(not equal(here, there) for here, there in zip(drawn(4), drawn(5), strict=True))
    assert all(cases for cases in drawn(4))


@each_task
def test_hints_climb_from_a_nudge_to_a_skeleton_that_gives_no_formula_away(task):
    said_so_far = [said(practice.hint, task.name) for _ in range(4)]
    assert [text[:12] for text in said_so_far] == [f"Hint {step} of 3:" for step in (1, 2, 3, 3)]
    nudge, formula = map(task.fill, task.hints)
    assert nudge in said_so_far[0] and formula in said_so_far[1] and "..." in said_so_far[2]
    names = {node.attr for node in ast.walk(ast.parse(ladder.skeleton(task))) if isinstance(node, ast.Attribute)}
    assert names <= {"size", "shape", "ndim"}


# The solution notebooks ------------------------------------------------------------------------------------------


def parsed(source):
    """A function's statements, without docstring, comments and layout."""
    function = ast.parse(source).body[0]
    return [ast.dump(node) for node in (function.args, *function.body[1:])]


@pytest.mark.parametrize("path", paths("solutions"), ids=lambda path: path.stem)
def test_a_solution_notebook_holds_the_references_and_their_points(path):
    cells = {cell.id: cell for cell in code_cells(read(path))}
    tasks = [task for task in TASKS if task.chapter == path.name[:2]]
    assert tasks
    for task in tasks:
        name = task.name.replace("_", "-")
        assert parsed(cells[name].source) == parsed(inspect.getsource(task.reference))
        assert cells[f"points-{name}"].metadata.nbgrader.points == task.open + task.hidden
        assert f'practice.check("{task.name}", {task.name})' in cells[f"check-{name}"].source


# How a task is written --------------------------------------------------------------------------------------------


def double(x, factor=2.0):
    """A reference that nothing else needs."""
    return factor * x


def fold(x, factor=2.0):
    """The 2.0-fold of x."""
    return factor * x


def a_task(**more):
    typical = (("it is tripled", ("factor * x", "3 * x")), ("it is «factor» for all", lambda x, factor=2.0: factor))
    stated = {"title": "double", "open": 1, "hidden": 1, "reference": double, "checks": (), "hints": ("", "")}
    return Task(**stated | {"typical": typical} | more)


def test_a_mistake_is_a_change_of_the_references_text_or_code_of_its_own():
    tripled, constant = a_task(slots=(Slot("factor", 2.0, (4.0,), "factor={}"),)).mistakes
    assert tripled.code(5) == 15 and constant.code(5) == 2.0
    assert constant.says == "it is 2.0 for all"
    assert "return 3 * x" in inspect.getsource(tripled.code)


def test_a_piece_that_does_not_stand_in_the_text_once_is_refused_with_the_text():
    for piece, times in (("factor * y", 0), ("x", 2)):
        (wrong,) = a_task(typical=(("no", (piece, "1")),)).mistakes
        with pytest.raises(ValueError, match=rf"double: '.*' stands there {times} times, not once, in\ndef double"):
            _ = wrong.code


def test_another_number_in_a_slot_changes_reference_and_mistakes_and_the_task_stays_as_it_was():
    task = a_task(slots=(Slot("factor", 2.0, (4.0,), "factor={}"),))
    other = task.varied(factor=4.0)
    assert (task.reference(5), other.reference(5)) == (10, 20)
    assert other.signature == "double(x, factor=4.0)" and other.mistakes[1].says == "it is 4.0 for all"
    assert (task.changed_numbers, other.changed_numbers) == ({}, {"factor": 4.0})
    assert other.varied(factor=2.0).reference(5) == 10
    assert task.varied() is task


def test_a_number_that_stands_at_two_places_of_the_reference_changes_at_both():
    slot = Slot("factor", 2.0, (4.0,), ("factor={}", "{}-fold"))
    other = a_task(slots=(slot,), reference=fold).varied(factor=4.0)
    assert (other.reference(5), other.reference.__doc__) == (20, "The 4.0-fold of x.")
    assert other.varied(factor=2.0).reference.__doc__ == fold.__doc__


def test_hints_are_said_with_the_tasks_own_numbers():
    task = a_task(slots=(Slot("factor", 2.0, (4.0,), "factor={}"),), hints=("multiply", "x times «factor:g»"))
    assert ladder.steps(task)[:2] == ("multiply", "x times 2")
    assert ladder.steps(task.varied(factor=4.0))[:2] == ("multiply", "x times 4")


@pytest.mark.parametrize(
    ("slots", "words"),
    [({"k": 1}, "no slot is called 'k'; there are: factor"), ({"factor": 9}, "factor may be 2.0 or (4.0,), not 9")],
)
def test_a_slot_takes_only_what_it_offers(slots, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        a_task(slots=(Slot("factor", 2.0, (4.0,), "factor={}"),)).varied(**slots)


def test_a_kind_is_one_of_the_five():
    with pytest.raises(ValueError, match="its kind is 'guess', not one of write, derive, predict"):
        a_task(kind="guess")


@pytest.mark.parametrize("points", [(3, 0), (3, 3, 0), (3, 2, 1), (0, 2, 3)])
def test_an_argument_has_three_levels_falling_to_nothing(points):
    with pytest.raises(ValueError, match="not three falling to 0"):
        Argument("why", "Why?", tuple(Level(number, "so", "so") for number in points))


# Attacks ----------------------------------------------------------------------------------------------------------

ATTACKS = {name: ways for attacks in held("ATTACKS").values() for name, ways in attacks.items()}


@pytest.mark.parametrize("name", ATTACKS)
def test_no_wrong_function_gets_full_marks(name, ours):
    task = practice.task(name)
    for way in ATTACKS[name]:
        f = way if callable(way) else changed(task.reference, way)
        for seed in SEEDS:
            assert total(task, f, seed) < task.points, way


def test_every_task_of_the_second_edition_is_attacked_in_fifteen_ways_or_more():
    wanted = {task.name for task in TASKS if exercise_of_chapter(task.chapter)}
    assert wanted <= set(ATTACKS)
    assert min(len(ways) for ways in ATTACKS.values()) >= 15


# What a task forbids ----------------------------------------------------------------------------------------------

ours_under_another_name = SquaredError
made = SquaredError()


def helper(pred, target):
    return made(pred, target)


def asks_helper(pred, target, weight=None):
    return helper(pred, target)


def nested(pred, target, weight=None):
    def inside():
        return ours_under_another_name()(pred, target)

    return inside()


def imports_itself(pred, target, weight=None):
    from lossutils import SquaredError as error

    return error()(pred, target, weight)


def finds_it_in_the_package(pred, target, weight=None):
    import lossutils.losses.regression as losses

    return losses.SquaredError()(pred, target, weight)


def elsewhere(f):
    """The function as a notebook holds it that has imported nothing."""
    return FunctionType(f.__code__, {"__builtins__": __builtins__}, f.__name__)


def encloses(loss):
    return lambda pred, target, weight=None: loss(pred, target, weight)


KEPT = {"mse": [SquaredError()]}


@pytest.mark.parametrize(
    ("f", "name"),
    [
        (lambda pred, target, weight=None: SquaredError()(pred, target, weight), "SquaredError"),
        (lambda pred, target, weight=None: made(pred, target, weight), "made"),
        (asks_helper, "made"),
        (nested, "ours_under_another_name"),
        (imports_itself, "SquaredError"),
        (elsewhere(imports_itself), "SquaredError"),
        (elsewhere(finds_it_in_the_package), "SquaredError"),
        (encloses(made), "loss"),
        (lambda pred, target, weight=None: lossutils.SquaredError()(pred, target, weight), "SquaredError"),
        (made, "SquaredError"),
        (
            lambda pred, target, weight=None: getattr(lossutils, "Squared" + "Error")()(pred, target, weight),
            "SquaredError",
        ),
        (lambda pred, target, weight=None, each=made: each(pred, target, weight), "<lambda>"),
        (lambda pred, target, weight=None: KEPT["mse"][0](pred, target, weight), "KEPT"),
        (functools.partial(asks_helper), "made"),
        (made.__call__, "__call__"),
    ],
    ids=[
        "class",
        "object",
        "helper",
        "inner function",
        "import inside",
        "bare import",
        "bare room",
        "enclosed",
        "of the package",
        "given itself",
        "by a text",
        "default argument",
        "in a list of a dictionary",
        "partial",
        "bound method",
    ],
)
def test_what_would_answer_the_task_is_refused_by_name_and_earns_nothing(f, name):
    task = practice.task("mse")
    for hidden in (False, True):
        verdict = judge(task, f, 1, hidden)
        assert verdict.points == 0 and verdict.attempted
        assert f"uses {name}, which would answer the task for you" in verdict.sentence


def test_everything_else_may_be_used_and_a_task_that_forbids_nothing_asks_for_nothing():
    def right(pred, target, weight=None):
        return practice.task("mse").reference(pred, target, weight)

    assert judge(practice.task("mse"), right, 1).passed
    assert forbidden_use(np.mean, ("Loss",)) == "" == forbidden_use(nested, ())
    assert forbidden_use(lambda x: np.quantile(x, 0.5), ("quantile",)) == "quantile"
    assert forbidden_use(lambda x: np.mean(x), ("numpy",)) == "np"


# Numbers in texts -------------------------------------------------------------------------------------------------


def test_a_field_is_computed_with_a_true_minus_and_text_without_fields_stays():
    names = {"mean": np.mean, "k": 1.5}
    text = filled(r"is «mean([1, 2]):.3f», «-k», «k * 2:g» of {x} and $\vert$", names)
    assert text == r"is 1.500, −1.5, 3 of {x} and $\vert$"
    assert filled("«'a-b'» «[1, 2][0]» «1e-9»", names) == "a-b 1 1e-09"


def test_a_field_that_cannot_be_computed_is_named():
    with pytest.raises(ValueError, match=r"the field «meen\(2\)» can't be computed: name 'meen' is not defined"):
        filled("is «meen(2)»", {})
