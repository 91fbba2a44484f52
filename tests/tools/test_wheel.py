"""A wheel that is built of the course and installed elsewhere holds every file of the package, and works there."""

import importlib.metadata
import os
import shutil
import subprocess
import sys
import zipfile

import pytest

from tools.plumbing.pages import ROOT

BUILT_FROM = ("pyproject.toml", "README.md", "LICENSE")
OLDEST = 77  # setuptools, as pyproject.toml asks
USE = """
import sys
from pathlib import Path
import lossutils
from lossutils import chapters, data, practice, questions
assert Path(lossutils.__file__).is_relative_to(sys.argv[1]), lossutils.__file__
for number in chapters.numbers():
    assert questions.load(number) and chapters.text(number, "instructor.toml")
assert len(data.digits()["digit"]) == 1797 and len(data.chem()["copper"]) == 24
print(*chapters.numbers(), *practice.tasks())
"""


def files():
    """What stands in lossutils/, but for what Python and editors leave there."""
    found = (path.relative_to(ROOT) for path in (ROOT / "lossutils").rglob("*") if path.is_file())
    return {path.as_posix() for path in found if not any(part.startswith((".", "__pycache__")) for part in path.parts)}


def pip(*arguments):
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--retries=1", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8")


def has_setuptools():
    try:
        return int(importlib.metadata.version("setuptools").partition(".")[0]) >= OLDEST
    except importlib.metadata.PackageNotFoundError:
        return False


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from a copy: building leaves a folder, from which the next wheel would take what is gone."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in files() | set(BUILT_FROM):
        (folder / "course" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, folder / "course" / name)
    alone = ["--no-build-isolation"] * has_setuptools()
    done = pip("wheel", "--no-deps", *alone, "--wheel-dir", folder, folder / "course")
    if "No matching distribution found for setuptools" in done.stderr:
        pytest.skip(f"building needs setuptools {OLDEST} or newer, which is neither installed nor to be had offline")
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.whl"))


def test_a_wheel_holds_every_file_of_the_package_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as packed:
        held = {name for name in packed.namelist() if ".dist-info/" not in name}
    assert held == files()


def test_a_wheel_works_where_it_is_installed(wheel, tmp_path):
    done = pip("install", "--no-deps", "--no-index", "--target", tmp_path / "elsewhere", wheel)
    assert done.returncode == 0, done.stderr
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "elsewhere"), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-P", "-c", USE, tmp_path / "elsewhere"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert {"01", "12", "mse", "huber_location"} <= set(done.stdout.split())
