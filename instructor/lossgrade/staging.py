"""What the sandbox is given to read: a copy of the course's library without answers, made for one run of the grader."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path

from lossgrade import checkout

SECRETS = ("references.py", "tasks.py", "mistakes.py", "inputs.py", "exercise.md", "questions.toml", "instructor.toml")
OF_CHAPTERS = "chapters/ch*"
SHUT = ("lossutils", "lossgrade", "scipy", "sklearn", "statsmodels", "sympy", "torch", "jax", "pandas", "skfuzzy")
PRACTICE = '''"""The learner's face, while a notebook is graded: it answers nothing, for the grader answers later."""


def points(*_places, **_names):
    return 0


def _nothing(*_places, **_names):
    return None


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return points if name == "hidden_points" else _nothing
'''


@contextlib.contextmanager
def staged() -> Iterator[Path]:
    """Make the folder, and remove it in the end."""
    with tempfile.TemporaryDirectory(prefix="lossgrade-") as made:
        folder = Path(made, "course")
        copy_library(folder / "lossutils")
        inside = Path(__file__).parent
        (folder / "lossgrade").mkdir()
        shutil.copy2(inside / "__init__.py", folder / "lossgrade" / "__init__.py")
        shutil.copytree(inside / "inside", folder / "lossgrade" / "inside")
        copy_list_of_fonts(folder / "matplotlib")
        let_everybody_read(Path(made))
        yield folder


def copy_library(target: Path) -> None:
    """Copy lossutils without what answers a task; files keep their times, so that compiled ones stay valid."""
    source = checkout.ROOT / "lossutils"
    hidden = {path for chapter in source.glob(OF_CHAPTERS) for path in chapter.iterdir() if _answers(path)}
    hidden |= {path for chapter in source.glob(OF_CHAPTERS) for path in chapter.glob("__pycache__/*") if _answers(path)}
    hidden.add(source / "practice")

    def left_out(folder, names):
        return [name for name in names if Path(folder, name) in hidden]

    shutil.copytree(source, target, ignore=left_out)
    (target / "practice.py").write_text(PRACTICE, encoding="utf-8")


def _answers(path):
    return path.name in SECRETS or path.name.partition(".")[0] + ".py" in SECRETS and path.suffix == ".pyc"


def copy_list_of_fonts(target: Path) -> None:
    """Copy what Matplotlib has found of fonts, which takes it seconds."""
    import matplotlib

    target.mkdir()
    for file in Path(matplotlib.get_cachedir()).glob("fontlist*.json"):
        shutil.copy2(file, target)


def let_everybody_read(folder: Path) -> None:
    """The sandbox runs as another user where the grader is root."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


def what_python_needs() -> tuple[Path, ...]:
    """Return the folders that this Python is in, each once."""
    found = {Path(sys.base_prefix).resolve(), Path(sys.prefix).resolve(), Path(sys.executable).resolve().parent}
    system = Path("/usr")
    folders = [folder for folder in found if system not in (folder, *folder.parents)]
    return tuple(folder for folder in folders if not any(other in folder.parents for other in folders))


def what_is_shut() -> tuple[Path, ...]:
    """Return the folders of packages that would answer a task: of this Python, of the one below it, of the system's.

    And where the course itself lies in what the sandbox reads, as in /usr/src, all that it holds but Python.
    """
    places = {Path(sysconfig.get_path(kind)) for kind in ("purelib", "platlib")}
    for below in ("/usr", "/usr/local", sys.base_prefix):
        places.update(Path(below, "lib").glob("python3*/*-packages"))
    shut = [path for place in sorted(places) for name in SHUT if (path := place / name).is_dir()]
    if any(folder in checkout.ROOT.parents for folder in (Path("/usr"), *what_python_needs())):
        python = Path(sys.prefix)
        shut += [one for one in checkout.ROOT.iterdir() if one.is_dir() and one not in (python, *python.parents)]
    return tuple(shut)


def executable() -> str:
    """Return this Python, by the name by which it knows its packages."""
    return os.path.abspath(sys.executable)
