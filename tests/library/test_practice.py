"""The graded tasks: a right answer gets everything, a typical mistake its name, nothing gets nothing."""

import ast
import contextlib
import functools
import gc
import inspect
import io
import json
import re
import sys

import numpy as np
import pytest

import lossutils
from lossutils import chapters, data, practice
from lossutils.judge import interrupt, limits
from lossutils.judge.judge import judge
from lossutils.judge.run import run
from lossutils.judge.showing import difference, equal, shown
from lossutils.practice import ladder, record
from tools.plumbing.pages import ROOT, code_cells, paths, read

TASKS = list(practice.tasks().values())
MISTAKES = [(task, mistake) for task in TASKS for mistake in task.mistakes]
PASSED = "mse passed the open checks; hidden checks hold 1 more point."
SEEDS = (practice.POINTS_SEED, 7)

each_task = pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
each_mistake = pytest.mark.parametrize(("task", "mistake"), MISTAKES, ids=[f"{t.name}-{m.says}" for t, m in MISTAKES])


@pytest.fixture(autouse=True)
def stored(tmp_path, monkeypatch):
    """Progress of its own for each test."""
    monkeypatch.setenv("LOSSUTILS_PROGRESS", str(tmp_path / "folder" / "progress.json"))
    monkeypatch.setattr(practice, "_hints_given", {})
    monkeypatch.setattr(practice, "_attempts", {})
    monkeypatch.setattr(practice, "_solved", set())
    return tmp_path / "folder" / "progress.json"


JUDGING = sys.modules["lossutils.judge.judge"]  # the package calls its function so
DRAWN = functools.cache(JUDGING.drawn.__wrapped__)
KEPT = {}


def run_once(f, case, by_name=""):
    """Run a function on an input when it is first asked for; nothing else gets the number of what is kept."""
    key = id(f), id(case), by_name
    if key not in KEPT:
        KEPT[key] = run(f, case, by_name), f, case
    return KEPT[key][0]


@pytest.fixture
def ours(monkeypatch):
    """Functions that stand in this repository need no process of their own, and do the same each time."""
    monkeypatch.setattr(limits, "way", lambda: interrupt.without_limits)
    monkeypatch.setattr(limits, "warning", lambda: "")
    monkeypatch.setattr(JUDGING, "drawn", DRAWN)
    for module in (JUDGING, interrupt):
        monkeypatch.setattr(module, "run", run_once)


def said(call, *args, **kwargs):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        call(*args, **kwargs)
    return out.getvalue().rstrip("\n")


def total(task, f, seed):
    return sum(judge(task, f, seed, hidden).points for hidden in (False, True))


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


@each_task
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
            assert verdict == (0, False, False, f"{task.name}: not attempted yet.")


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
    assert task.hints[0] in said_so_far[0] and task.hints[1] in said_so_far[1] and "..." in said_so_far[2]
    names = {node.attr for node in ast.walk(ast.parse(ladder.skeleton(task))) if isinstance(node, ast.Attribute)}
    assert names <= {"size", "shape", "ndim"}


# The solution opens ----------------------------------------------------------------------------------------------


def closed(name):
    return said(practice.solution, name).startswith("Try first: write ")


@each_task
def test_the_solution_is_shown_with_all_open_points_and_not_before(task, ours):
    assert closed(task.name)
    said(practice.check, task.name, lambda *args: 0.0)
    assert closed(task.name) and "(so far 1)" in said(practice.solution, task.name)
    said(practice.check, task.name, task.reference)
    assert said(practice.solution, task.name) == inspect.getsource(task.reference).rstrip()


def test_three_different_attempts_open_the_solution_and_the_same_one_thrice_does_not():
    def again():
        return lambda pred, target, weight=None: 0.0

    for _ in range(3):
        said(practice.check, "mse", lambda pred, target, weight=None: None)  # no attempt at all
        said(practice.check, "mse", again())
    assert closed("mse") and "(so far 1)" in said(practice.solution, "mse")
    said(practice.check, "mse", lambda pred, target, weight=None: 1.0)
    assert closed("mse")
    said(practice.points, "mse", lambda pred, target, weight=None: np.sum(pred))
    assert not closed("mse")


def test_the_last_hint_opens_the_solution_and_says_so():
    for step in range(3):
        assert closed("mse")
        words = said(practice.hint, "mse")
        assert ('practice.solution("mse") shows our answer' in words) == (step == 2)
    assert not closed("mse")


@pytest.mark.parametrize("entry", [{"points": 1}, {"hints": 3}, {"different": 3}], ids=repr)
def test_what_was_reached_before_the_kernel_was_started_counts(entry, stored):
    stored.parent.mkdir()
    stored.write_text(json.dumps({"mse": entry}))
    assert not closed("mse")
    stored.write_text(json.dumps({"mse": {name: number - 1 for name, number in entry.items()}}))
    assert closed("mse")


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


# What else goes wrong, by the example of one task ----------------------------------------------------------------


def prints(pred, target, weight=None):
    print(np.mean((pred - target) ** 2))


def changes(pred, target, weight=None):
    pred -= target
    return np.mean(pred**2)


def stumbles(pred, target, weight=None):
    error = pred - target
    return (error**2).average()


def unknown(pred, target, weight=None):
    return np.mean(erorr**2)  # noqa: F821


def two_arguments(pred, target):
    return np.mean((pred - target) ** 2)


def only_unweighted(pred, target, weight=None):
    return np.mean((pred - target) ** 2) if weight is None else None


def leaves(pred, target, weight=None):
    sys.exit(3)


def recurses(pred, target, weight=None):
    return recurses(pred, target, weight)


FAULTS = {
    prints: "it prints its result but returns nothing; end with `return`",
    changes: "changes its input pred",
    stumbles: "raises AttributeError in line {return} (`return (error**2).average()`): 'numpy.ndarray' object has no",
    unknown: "raises NameError in line {return} (`return np.mean(erorr**2)",
    two_arguments: "cannot be called with 3 arguments (pred, target, weight); write `def mse(pred, target, weight",
    only_unweighted: "fails for weights. For pred = ",
    leaves: "raises SystemExit in line",
    recurses: "raises RecursionError in line",
}
ANSWERS = {
    "one more": (lambda p, y, w=None: np.mean((p - y) ** 2) + 1, "fails for predictions and targets. For pred = ["),
    "infinite": (lambda p, y, w=None: np.inf, "it returns inf, expected is "),
    "nan": (lambda p, y, w=None: np.nan, "it returns nan, expected is "),
    "list": (lambda p, y, w=None: [1.0, 2.0], "it returns a list of 2; one number is expected"),
    "array of one": (lambda p, y, w=None: np.ones(1), "it returns an array of shape (1,); one number is expected"),
    "text": (lambda p, y, w=None: "2.5", "it returns the text '2.5'; one number is expected"),
    "truth": (lambda p, y, w=None: p.sum() > 0, "one number is expected"),
    "complex": (lambda p, y, w=None: 2j, "it returns complex numbers; one number is expected"),
    "method": (lambda p, y, w=None: (p - y).mean, "it returns a function instead of its result; perhaps parentheses"),
    "class": (lambda p, y, w=None: int, "it returns a function instead of its result"),
    "object": (lambda p, y, w=None: object(), "it returns a value of type object; one number is expected"),
    "ragged": (lambda p, y, w=None: [[1], [2, 3]], "it returns rows of unequal length; one number is expected"),
}


@pytest.mark.parametrize("f", FAULTS, ids=lambda f: f.__name__)
def test_a_fault_of_the_code_is_one_plain_sentence(f):
    lines, start = inspect.getsourcelines(f)
    last = start + len(lines) - 1
    sentence = said(practice.check, "mse", f)
    assert FAULTS[f].replace("{return}", str(last)) in sentence
    assert "\n" not in sentence and "Traceback" not in sentence and sentence.startswith("mse: ")


@pytest.mark.parametrize("kind", ANSWERS)
def test_a_wrong_kind_of_answer_is_said_in_words(kind):
    f, words = ANSWERS[kind]
    sentence = said(practice.check, "mse", f)
    assert words in sentence and "\n" not in sentence


def test_the_smallest_input_that_shows_a_difference_is_shown_with_both_answers():
    sentence = judge(practice.tasks()["mse"], lambda p, y, w=None: np.mean((p - y) ** 2) + (len(p) > 2), 1).sentence
    words = re.search(
        r"For pred = \[(.*)\] and target = \[(.*)\] it returns (.*), expected is (.*?)\.( \(|$)", sentence
    )
    pred, target = (np.array([float(number) for number in words[place].split(",")]) for place in (1, 2))
    right = np.mean((pred - target) ** 2)
    assert len(pred) == 3
    assert (words[3], words[4]) == (f"{right + 1:.6g}", f"{right:.6g}")


def test_a_second_mistake_waits_until_the_first_is_mended():
    """The sum of unweighted losses fails at the first check as a sum; once that is mended, the weights are missed."""
    names = ("this is the sum, not the mean", "the weights are ignored")
    for f, name in zip((np.sum, np.mean), names, strict=True):
        sentence = said(practice.check, "mse", lambda p, y, w=None, f=f: f((p - y) ** 2))
        assert name in sentence


def test_a_right_answer_that_changes_its_input_is_not_right():
    def sorts_in_place(loss, y, tau=0.5):
        y.sort()
        return practice.tasks()["best_constant"].reference(loss, y, tau)

    verdict = judge(practice.tasks()["best_constant"], sorts_in_place, 1)
    assert "best_constant: changes its input y (for loss = 'squared' and y = [" in verdict.sentence
    assert verdict.points == 0


def test_the_error_must_be_of_the_kind_that_was_asked_for():
    def divides(pred, target, weight=None):
        if len(pred) == 0:
            return 1 / 0
        return practice.tasks()["mse"].reference(pred, target, weight)

    verdict = judge(practice.tasks()["mse"], divides, 1, hidden=True)
    assert "fails for an empty input. For pred = [] and target = [] it raises ZeroDivisionError" in verdict.sentence
    assert "it should raise ValueError. (3 of 4 hidden checks passed.)" in verdict.sentence


def renamed(pred, target, w=None):
    return practice.tasks()["mse"].reference(pred, target, w)


def test_the_names_of_the_arguments_count():
    assert judge(practice.tasks()["mse"], renamed, 1).passed
    verdict = judge(practice.tasks()["mse"], renamed, 1, hidden=True)
    assert "has no argument called weight; write `def mse(pred, target, weight=None):`" in verdict.sentence
    assert verdict.points == 0.75


async def later(pred, target, weight=None):
    return practice.tasks()["mse"].reference(pred, target, weight)


@pytest.mark.parametrize(
    ("f", "words"),
    [
        (later, "`async def` returns a coroutine, not its result; write `def mse(pred, target, weight=None):`"),
        (lambda pred, target, weight=None: later(pred, target), "it returns a value of type coroutine"),
    ],
    ids=["function", "result"],
)
def test_a_coroutine_is_no_number_and_nobody_is_warned_by_a_line_of_the_library(f, words, recwarn):
    for hidden in (False, True):
        assert words in judge(practice.tasks()["mse"], f, 1, hidden).sentence or hidden
    gc.collect()
    assert not recwarn.list


def test_a_long_input_is_among_those_of_the_best_constant():
    def median_of_many(loss, y, tau=0.5):
        return practice.tasks()["best_constant"].reference("absolute" if len(y) >= 50 else loss, y, tau)

    assert judge(practice.tasks()["best_constant"], median_of_many, 1).points < 3


def test_what_the_largest_error_weighs_is_told_from_whether_it_is_there():
    """Errors 2 and 12 with the weights 1 and ¼: 12 is right, 2 without the small weight, 3 when multiplied."""
    task = practice.tasks()["max_error"]
    first = next(task.checks_of(hidden=True)[0].draw(lossutils.rng(1)))
    error, weight = np.abs(first["pred"] - first["target"]), first["weight"]
    assert (task.reference(**first), error[weight >= 1].max(), (weight * error).max()) == (12, 2, 3)


def test_partial_credit_counts_the_passed_checks():
    task = practice.tasks()["best_constant"]
    only_mean = lambda loss, y, tau=0.5: float(np.mean(y)) if loss == "squared" else None  # noqa: E731
    assert judge(task, only_mean, 1).points == 0.6
    assert "(1 of 5 open checks passed.)" in judge(task, only_mean, 1).sentence


def test_points_are_plain_numbers():
    for f in (practice.tasks()["mse"].reference, lambda *args: None, two_arguments):
        with contextlib.redirect_stdout(io.StringIO()):
            for points in (practice.points("mse", f), practice.hidden_points("mse", f)):
                assert type(points) in (int, float) and (points != int(points) or type(points) is int)


def test_points_print_what_check_says_and_are_repeatable():
    f = practice.tasks()["mse"].mistakes[0].code
    first = said(practice.points, "mse", f)
    assert first == said(practice.points, "mse", f) == said(practice.check, "mse", f, seed=practice.POINTS_SEED)
    assert len({said(practice.check, "mse", f) for _ in range(3)}) > 1  # fresh numbers each time


def test_other_right_answers_get_full_marks(ours):
    def cost(loss, c, y, tau):
        e = c - y
        each = {
            "squared": e**2,
            "absolute": abs(e),
            "percentage": abs(e) / y,
            "maximum": np.full(len(y), max(abs(e))),
            "pinball": np.where(e < 0, -tau * e, (1 - tau) * e),
        }
        return np.mean(each[loss])

    def by_search(loss, y, tau=0.5):
        if loss == "squared":
            return sum(y) / len(y)
        candidates = [(a + b) / 2 for a in y for b in y] if loss == "maximum" else list(y)
        costs = np.array([cost(loss, c, y, tau) for c in candidates])
        best = [c for c, paid in zip(candidates, costs, strict=True) if paid <= min(costs) * (1 + 1e-9)]
        return (min(best) + max(best)) / 2

    def by_quantile(loss, y, tau=0.5):
        if loss == "pinball":
            return np.mean([np.quantile(y, tau + e, method="inverted_cdf") for e in (-1e-9, 1e-9)])
        return by_search(loss, y, tau)

    def by_library(y, k=1.5):
        scale = 1.4826 * np.median(np.abs(y - np.median(y)))
        return lossutils.Huber(delta=k * scale).best_constant(y) if scale else np.median(y)

    def until_it_stands_still(y, k=1.5):
        mu = np.median(y)
        step = scale = 1.4826 * np.median(abs(y - mu))
        while abs(step) > 1e-9 * scale:
            step = np.mean(np.maximum(np.minimum(y - mu, k * scale), -k * scale))
            mu += step
        return mu

    def with_loops(pred, target, weight=None):
        weight = [1] * len(pred) if weight is None else weight
        if len(pred) == 0:
            raise ValueError("empty")
        return sum(w * (float(p) - float(y)) ** 2 for p, y, w in zip(pred, target, weight, strict=True)) / sum(weight)

    answers = [
        ("best_constant", by_search),
        ("best_constant", by_quantile),
        ("huber_location", by_library),
        ("huber_location", until_it_stands_still),
        ("mse", with_loops),
        ("mae", lossutils.AbsoluteError()),
        ("mse", lossutils.SquaredError()),
    ]
    for name, f in answers:
        for seed in range(5):
            for hidden in (False, True):
                verdict = judge(practice.tasks()[name], f, seed, hidden)
                assert verdict.passed, verdict.sentence


def test_huber_location_is_the_best_constant_of_the_huber_loss_however_small_k_is():
    food = data.engel()["food"]
    scale = 1.4826 * np.median(abs(food - np.median(food)))
    for k in (0.02, 0.1, 1.5):
        exact = lossutils.Huber(delta=k * scale).best_constant(food)
        assert practice.tasks()["huber_location"].reference(food, k) == pytest.approx(exact, rel=1e-7)


def test_references_give_the_published_numbers():
    best, food = practice.tasks()["best_constant"].reference, data.engel()["food"]
    names = ("squared", "absolute", "maximum", "pinball", "percentage")
    assert [f"{best(name, food, 0.9):.4f}" for name in names] == [
        "624.1501",
        "582.5413",
        "1137.4997",
        "934.9752",
        "484.0605",
    ]
    assert f"{practice.tasks()['huber_location'].reference(data.chem()['copper']):.6f}" == "3.206724"


# What is said -----------------------------------------------------------------------------------------------------


def test_what_the_function_prints_and_warns_stays_inside(recwarn, capsys):
    def noisy(pred, target, weight=None):
        print("working")
        np.array([1.0]) / 0
        return practice.tasks()["mse"].reference(pred, target, weight)

    practice.check("mse", noisy)
    assert capsys.readouterr().out == f"{PASSED}\n"
    assert not recwarn.list


def test_a_call_instead_of_the_function_is_explained():
    for value in (3.5, None, "mse"):
        assert said(practice.check, "mse", value) == "mse: give the function itself, `mse` without (…)."
        assert practice.points("mse", value) == 0


def test_an_unknown_name_says_which_is_near():
    for name, near in (("msee", "mse"), ("MSE", "mse"), ("Huber-Location", "huber_location")):
        with pytest.raises(ValueError, match=f"there is no task '{name}'; did you mean '{near}'"):
            practice.check(name, len)
    with pytest.raises(ValueError, match="there are: mse, "):
        practice.hint("zzz")


# Progress --------------------------------------------------------------------------------------------------------


def test_progress_is_kept_shown_and_forgotten(stored):
    mse = practice.tasks()["mse"]
    said(practice.check, "mse", mse.mistakes[0].code)
    said(practice.points, "mse", mse.reference)
    said(practice.check, "mse", mse.mistakes[0].code)
    said(practice.hint, "mse")
    assert json.loads(stored.read_text()) == {"mse": {"attempts": 3, "different": 2, "points": 1, "hints": 1}}
    assert "01  mse                         3     1  1 of 1" in said(practice.progress)
    assert [path.name for path in stored.parent.iterdir()] == ["progress.json"]
    practice.forget()
    practice.forget()
    assert not stored.exists()
    assert "01  mse                         0     0  0 of 1" in said(practice.progress)


def test_what_is_not_attempted_is_not_kept(stored):
    said(practice.check, "mse", lambda *args: None)
    assert not stored.exists()


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"mse": 5}', '{"mse": {"attempts": "x"}}', "\0\0"])
def test_a_damaged_file_never_stops_a_check(stored, text):
    stored.parent.mkdir()
    stored.write_text(text)
    assert said(practice.check, "mse", practice.tasks()["mse"].reference) == PASSED
    assert "mse                         1" in said(practice.progress)


def test_a_place_that_cannot_be_written_to_never_stops_a_check(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("LOSSUTILS_PROGRESS", str(tmp_path / "file" / "progress.json"))
    assert said(practice.check, "mse", practice.tasks()["mse"].reference) == PASSED
    said(practice.hint, "mse")
    assert said(practice.solution, "mse").startswith("def mse(")  # the attempt is known all the same
    said(practice.progress)
    said(practice.forget)


def test_a_home_that_no_shell_has_filled_in_is_the_users_home(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))  # what Windows calls it
    monkeypatch.setenv("LOSSUTILS_PROGRESS", "~/deep/p.json")
    assert record.file() == tmp_path / "deep" / "p.json"


@pytest.mark.parametrize(
    ("system", "variable", "place"),
    [
        ("linux", None, ".local/share"),
        ("linux", "XDG_DATA_HOME", "given"),
        ("darwin", None, "Library/Application Support"),
        ("win32", "LOCALAPPDATA", "given"),
        ("win32", None, "AppData/Local"),
    ],
)
def test_progress_lies_in_the_users_data_folder(system, variable, place, monkeypatch, tmp_path):
    for name in ("LOSSUTILS_PROGRESS", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr("os.path.expanduser", lambda path: str(tmp_path))
    if variable:
        monkeypatch.setenv(variable, str(tmp_path / "given"))
    assert record.file() == tmp_path / place / "lossutils" / "progress.json"
    assert not record.file().is_relative_to(ROOT)


def test_answers_do_not_depend_on_progress(stored):
    f = practice.tasks()["mae"].mistakes[0].code
    before = [said(practice.points, "mae", f), said(practice.hint, "mae")]
    practice._hints_given.clear()  # as a fresh kernel
    assert [said(practice.points, "mae", f), said(practice.hint, "mae")] == before


# Words -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expected", "got", "answer"),
    [
        (2.0, 2, ""),
        (2.0, np.float32(2), ""),
        (2.0, np.array(2.0), ""),
        (2.0, 2.1, "value"),
        (2.0, 2 + 1e-7, ""),
        (0.0, 1e-13, ""),
        (0.0, 1e-5, "value"),
        (np.inf, np.inf, ""),
        (np.inf, 3.0, "value"),
        (3.0, np.nan, "value"),
        (2e-6, 2.1e-6, "value"),
        (np.array([1.0, 2]), [1, 2], ""),
        (np.array([1.0, 2]), [1, 3], "value"),
        (np.array([1.0, 2]), np.ones((2, 1)), "an array of shape (2, 1); an array of shape (2,) is expected"),
        ("mean", "mean", ""),
        ("mean", "median", "value"),
        ("mean", 3, "one number; the text 'mean' is expected"),
        (True, np.True_, ""),
        (True, False, "value"),
        (True, 1, "one number; True is expected"),
        ((1.0, "a"), (1.0, "a"), ""),
        ((1.0, "a"), [1.0, "b"], "value"),
        ((1.0, 2.0), 1.0, "one number; 2 results are expected, as in `return a, b`"),
        ((1.0, 2.0), (1.0, None), "as result 2 nothing (None); one number is expected"),
    ],
    ids=repr,
)
def test_two_answers_are_compared(expected, got, answer):
    assert difference(expected, got, 1e-6) == answer


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2.0, "2"),
        (np.float64(1 / 3), "0.333333"),
        (np.array([1.0, 2.5]), "[1, 2.5]"),
        ("pinball", "'pinball'"),
        (np.arange(11.0), "[0, 1, 2, … 11 numbers]"),
        (np.array([3], dtype=np.uint8), "[3] (uint8)"),
        (None, "None"),
        (np.ones((2, 2)), "[[1, 1], [1, 1]]"),
        (np.ones((9, 2)), "an array of shape (9, 2)"),
        (len, "len"),
        ([1.0, "a"], "[1, 'a']"),
        (np.True_, "True"),
        (np.array(2.0), "2"),
        (np.array([]), "[]"),
        ({"a": 1}, "{'a': 1}"),
    ],
    ids=repr,
)
def test_values_are_shown_as_a_person_would_write_them(value, text):
    assert shown(value) == text
