"""One function a command. Each prepares .venv, then calls one program in it."""

import os
import sys

from tools.setup import moving, my_course, pins, readme, renewal, serve
from tools.setup.browser import chromium
from tools.setup.environment import ROOT, Environment, Newest, Oldest, Problem, say
from tools.setup.printing import spell_out_strange_letters


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
    environment = Environment()
    environment.prepare("learn", "test")
    return environment.run("-m", "pytest", *flags)


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
    """Ruff, on code and notebooks."""
    environment = Environment()
    environment.prepare("learn", "test", "lint")
    return environment.run("-m", "ruff", "check", *flags, ".") or environment.run(
        "-m", "ruff", "format", "--check", "."
    )


def refresh(paths):
    """Run notebooks afresh and normalise them, then what follows from them: exercises and the map in README.md."""
    environment = Environment()
    environment.prepare("learn", "test")
    return environment.run("tools/notebooks.py", "refresh", *paths) or write_map([])


def write_map(_):
    """Write the generated parts of README.md."""
    readme.write(ROOT)
    return 0


def pin(_):
    """For maintainers: take the newest versions of everything, and write them to constraints.txt."""
    pins.write(ROOT)
    return 0


def address(arguments):
    """Say where the course lives, as in https://github.com/YOU/YOURS; without an argument, where git's origin is."""
    if len(arguments) > 1:
        raise Problem("Say one address: python tools/course.py address https://github.com/YOU/YOURS")
    new, changed = moving.move(ROOT, *arguments)
    say("\n".join([f"The course lives at {new.url}", *changed]))
    return 0


COMMANDS = {
    "learn": learn,
    "renew": renew,
    "test": test,
    "test-browser": test_browser,
    "test-oracles": test_oracles,
    "test-oldest": test_oldest,
    "test-newest": test_newest,
    "bench": bench,
    "lint": lint,
    "refresh": refresh,
    "map": write_map,
    "pin": pin,
    "address": address,
}


def main(arguments):
    spell_out_strange_letters()
    name, *rest = arguments or ["help"]
    if name not in COMMANDS:
        lines = [f"  {known:14}{function.__doc__}" for known, function in COMMANDS.items()]
        say("\n".join(["python tools/course.py COMMAND", *lines]))
        return 0 if name in ("help", "-h", "--help") else 2
    try:
        return COMMANDS[name](rest)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
