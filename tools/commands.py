"""One function a command. Each prepares .venv, then calls one program in it."""

import os
import sys

from tools.setup import lecturers, moving, my_course, pins, plans, readme, renewal, serve
from tools.setup.browser import chromium
from tools.setup.environment import ROOT, Environment, Newest, Oldest, Problem, say
from tools.setup.printing import spell_out_strange_letters
from tools.setup.sources import FOR_THE_CHOOSER, Packages, Sources


def learn(flags):
    """Set up, copy what is missing into my_course/ (or the folder that MY_COURSE names), open JupyterLab there."""
    environment = Environment()
    environment.prepare("learn")
    course = my_course.place(ROOT)
    text = my_course.report(course, *my_course.update(ROOT, course))
    if text:
        say(text)
    return serve.lab(environment, course, flags)


def renew(names):
    """Bring the new edition of a chapter (04, or several, or all) into my_course/; what you changed stays beside it."""
    say("\n".join(renewal.renew(ROOT, my_course.place(ROOT), names)))
    return 0


def test(flags):
    """Set up, then one bare pytest: unit tests and every notebook."""
    return _in_venv("pytest", *flags)


def test_seeds(flags):
    """Lectures over more seeds than their own, and with numbers changed: trainings of a minute each."""
    return _in_venv("pytest", "tests", "-m", "long", *flags)


def test_browser(flags):
    """JupyterLab in a real Chromium."""
    found = chromium()
    environment = Environment()
    environment.prepare("learn", "test", "browser")
    arguments = ["-m", "pytest", "tests/browser", "-m", "browser", "--numprocesses=0", *flags]
    return environment.run(*arguments, CHROMIUM=found)


def test_oracles(flags):
    """The losses against PyTorch, Keras, optax and scikit-learn, in an environment of their own."""
    environment = Environment(folder=".venv-oracles")
    environment.prepare("test", "oracle")
    return environment.run("-m", "pytest", "tests", "-m", "oracle", "--numprocesses=0", *flags)


def test_oldest(flags):
    """The tests with the oldest version that pyproject.toml allows of everything it names."""
    environment = Oldest(folder=".venv-oldest")
    environment.prepare("learn", "test")
    return environment.run("-m", "pytest", *flags)


def test_newest(flags):
    """The tests with the newest of everything that this Python can have."""
    environment = Newest(folder=".venv-newest")
    environment.prepare("learn", "test")
    return environment.run("-m", "pytest", *flags)


def bench(flags):
    """Time imports, the widgets, a training step and the losses beside PyTorch, optax and others, as ratios."""
    environment = Environment(folder=".venv-oracles")
    environment.prepare("test", "oracle")
    for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):  # where they are set, NumPy is not as fast as it can be
        os.environ.pop(name, None)
    programs = (["importing.py"], ["widgets.py"], ["training.py"], ["kernels.py", *flags])
    return max(environment.run(f"benchmarks/{program}", *more) for program, *more in programs)


def lint(flags):
    """Ruff, on code and notebooks: its rules, and the layout of the code."""
    environment = Environment()
    environment.prepare("learn", "test", "lint")
    checks = ["check", *flags, "."], ["format", "--check", "."]
    return max(environment.run("-m", "ruff", *arguments) for arguments in checks)


def mutants(losses):
    """Plant faults into the losses (of those that are named, else of all), and say which law finds each."""
    return _in_venv("tests.proof.mutants", *losses)


def golden(_):
    """Write tests/golden/ anew: what PyTorch, Keras, optax and others answer."""
    environment = Environment(folder=".venv-oracles")
    environment.prepare("test", "oracle")
    return environment.run("-m", "tests.proof.make_golden")


def edit(flags):
    """For authors: JupyterLab on the originals; what was saved there needs `refresh` before it is tested."""
    environment = Environment()
    environment.prepare("learn")
    say(EDITING)
    return serve.lab(environment, ROOT, flags)


def refresh(names):
    """Fill in questions, exercises and maps, run notebooks afresh, write them, and check them."""
    return max(_with_notebooks("refresh", names), write_map([]))


def check(names):
    """Say where notebooks and their questions break a rule, then what is unusual in style; run nothing."""
    return _with_notebooks("check", names)


def questions(names):
    """Write the question banks into the lectures and say what is wrong with a question; run nothing."""
    return _with_notebooks("questions", names)


def generate(names):
    """Make the exercises from their solutions; run nothing."""
    return _with_notebooks("generate", names)


def claims(_):
    """Print what each chapter is built on, and the cell that proves it."""
    return _with_notebooks("claims", [])


def _with_notebooks(command, names):
    return _in_venv("tools.notebooks", command, *names)


def _in_venv(module, *arguments):
    environment = Environment()
    environment.prepare("learn", "test")
    return environment.run("-m", module, *arguments)


def write_map(_):
    """Write the map of the course in README.md and in 00, what else of README.md is made, and the lecturer's page."""
    readme.write(ROOT)
    plans.write(ROOT)
    return 0


def datasets(names):
    """Build data sets anew from the packages that about.toml names, in an environment of their own."""
    environment = Sources(folder=".venv-data")
    environment.prepare("test")
    return environment.run("tools/datasets/make_datasets.py", *names)


def yeast_runs(flags):
    """Train the networks of chapter 12 whose results are stored among the data sets (minutes)."""
    return _in_venv("tools.datasets.make_yeast_runs", *flags)


def chooser(flags):
    """Compute the numbers that the chooser of losses quotes, from the data of the course and of other packages."""
    environment = Packages(".venv-chooser", FOR_THE_CHOOSER)
    environment.prepare("test")
    return environment.run("-m", "tools.chooser.make_numbers", *flags)


def learning_curves(flags):
    """Train the networks of chapter 14 whose curves are stored in its folder (ten seconds)."""
    return _in_venv("tools.datasets.make_learning_curves", *flags)


def run_times(_):
    """Measure how long each notebook runs, and write it down for the book (minutes; nothing else should run)."""
    return _in_venv("tools.plumbing.run_times")


def grade(arguments):
    """Grade a folder of notebooks: python tools/course.py grade 01 --submitted FOLDER (all else: lossgrade --help)."""
    environment = lecturers.grading()
    environment.prepare("cluster", "postgresql")
    where = [] if "--into" in arguments else ["--into", "grading"]
    return environment.run("-m", "lossgrade.cli", "grade", *arguments, *where)


def test_grading(flags):
    """The grader against hostile and clumsy notebooks, and simulated students: the short part."""
    environment = lecturers.grading()
    environment.prepare("cluster", "postgresql", "test")
    return environment.run("-m", "pytest", "-c", "instructor/pyproject.toml", "instructor/tests", *flags)


def test_grading_all(flags):
    """All of the grader's tests: kills at any moment, a cluster, PostgreSQL, a hundred students a chapter."""
    return test_grading(["-m", "long or not long", *flags])


def book(flags):
    """Make the book in site/, serve it on this computer and open it; with --only-build, make it."""
    return _lossbook("book", *flags)


def slides(names):
    """Make the slides, a deck of 50 minutes for each chapter that is named (08, or several, or all)."""
    return _lossbook("slides", *names)


def _lossbook(*arguments):
    return _lecturers(lecturers.book(), "book", "lossbook", *arguments)


def _lecturers(environment, needs, module, *arguments):
    environment.prepare(needs)
    return environment.run("-m", module, *arguments, **_sees_the_checkout())


def test_book(flags):
    """Every page of the book and every slide, in a real Chromium; -m "not long": one page of each kind."""
    found = chromium()
    environment = lecturers.book()
    environment.prepare("book", "test")
    arguments = ["-m", "pytest", "-c", "instructor/book_tests/pytest.ini", "instructor/book_tests", *flags]
    return environment.run(*arguments, CHROMIUM=found, **_sees_the_checkout())


def _sees_the_checkout():
    """For what runs in the checkout and is not installed: lossbook, which reads the notebooks beside it."""
    one_thread = os.environ.get("OPENBLAS_NUM_THREADS", "1")  # in each of its processes, of which there are enough
    return {
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / lecturers.FOLDER)]),
        "OPENBLAS_NUM_THREADS": one_thread,
    }


def exam(arguments):
    """Print a test for everybody: python tools/course.py exam --seed 7 --students list.csv (exam --help says more)."""
    return _lossexam("make", *arguments)


def score(arguments):
    """Mark typed-in answers, and say what the questions are like: python tools/course.py score exams/7/answers.csv."""
    return _lossexam("score", *arguments)


def export(arguments):
    """Write the question bank for a platform: python tools/course.py export --to moodle canvas gift anki."""
    return _lossexam("export", *arguments)


def _lossexam(*arguments):
    return _lecturers(lecturers.exams(), "exam", "lossexam.cli", *arguments)


def test_exam(flags):
    """Printed tests, their keys, marks and exports, read by programs that are not ours; -m "not long": 20 seeds."""
    environment = lecturers.exams()
    environment.prepare("exam", "readers", "test")
    arguments = ["-m", "pytest", "-c", "instructor/exam_tests/pytest.ini", "instructor/exam_tests", *flags]
    return environment.run(*arguments, **_sees_the_checkout())


def bench_book(flags):
    """How long it takes from a slider of the book to its picture, beside a bare change of SVG, in a Chromium."""
    found = chromium()
    environment = lecturers.book()
    environment.prepare("book", "test")
    programs = ("benchmarks/live.py", "benchmarks/live_page.py")
    return max(environment.run(program, *flags, CHROMIUM=found, **_sees_the_checkout()) for program in programs)


def bench_grading(flags):
    """Grade the same notebooks with nbgrader and with lossgrade, and print seconds, memory and the ratio (minutes)."""
    environment = lecturers.grading()
    environment.prepare("cluster", "postgresql", "test")
    os.environ.pop("OPENBLAS_CORETYPE", None)
    return environment.run("benchmarks/grading.py", *flags)


def pin(_):
    """Take the newest versions of everything, and write them to constraints.txt and instructor/constraints.txt."""
    pins.write(ROOT)
    pins.write_for_lecturers(ROOT)
    return 0


def address(arguments):
    """Say where the course lives, as in https://github.com/YOU/YOURS; without an argument, where git's origin is."""
    if len(arguments) > 1:
        raise Problem("Say one address: python tools/course.py address https://github.com/YOU/YOURS")
    new, changed = moving.move(ROOT, *arguments)
    say("\n".join([f"The course lives at {new.url}", *changed]))
    return 0


EDITING = """\
These are the originals of the course, for its authors; a learner's own copy is opened by `make learn`.
When you have saved chapter 08: make refresh NB=08. Without make: python tools/course.py refresh 08"""
GROUPS = {
    "to read the course": {"learn": learn, "renew": renew},
    "to change it (08 names the lecture, solution and exercise; without a name, all)": {
        "edit": edit,
        "refresh": refresh,
        "check": check,
        "questions": questions,
        "generate": generate,
        "claims": claims,
        "map": write_map,
    },
    "to teach": {"book": book, "slides": slides, "grade": grade, "exam": exam, "score": score, "export": export},
    "to prove it": {
        "test": test,
        "test-seeds": test_seeds,
        "test-browser": test_browser,
        "test-oracles": test_oracles,
        "test-grading": test_grading,
        "test-grading-all": test_grading_all,
        "test-book": test_book,
        "test-exam": test_exam,
        "test-oldest": test_oldest,
        "test-newest": test_newest,
        "lint": lint,
        "mutants": mutants,
        "golden": golden,
        "bench": bench,
        "bench-grading": bench_grading,
        "bench-book": bench_book,
    },
    "to look after it": {
        "datasets": datasets,
        "yeast-runs": yeast_runs,
        "chooser": chooser,
        "learning-curves": learning_curves,
        "run-times": run_times,
        "pin": pin,
        "address": address,
    },
}
COMMANDS = {name: function for group in GROUPS.values() for name, function in group.items()}


def help_page():
    """All commands, a sentence each."""
    lines = ["python tools/course.py COMMAND"]
    for purpose, group in GROUPS.items():
        lines += ["", purpose, *(f"  {name:17}{function.__doc__}" for name, function in group.items())]
    return "\n".join(lines)


def main(arguments):
    spell_out_strange_letters()
    name, *rest = arguments or ["help"]
    if name not in COMMANDS:
        say(help_page())
        return 0 if name in ("help", "-h", "--help") else 2
    try:
        return COMMANDS[name](rest)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
