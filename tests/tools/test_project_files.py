"""The files of the course are found with git and without it, and another project's are never taken for them."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tools.setup.project_files import git, project_files

ROOT = Path(__file__).resolve().parents[2]
FILES = ["lossutils/loss.py", "notebooks/01.ipynb"]
MADE = [
    ".venv/a",
    ".venv-oldest/b",
    "my_course/01.ipynb",
    "lossutils.egg-info/c",
    "tools/__pycache__/d.pyc",
    ".pytest_cache/e",
    "build/f",
    ".git/config",
]
with_git = pytest.mark.skipif(shutil.which("git") is None, reason="git itself is the subject, and it is missing")


@pytest.fixture
def course(tmp_path):
    root = tmp_path / "an outer folder" / "course"
    for name in [*FILES, *MADE[:-1]]:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("", encoding="utf-8")
    shutil.copyfile(ROOT / ".gitignore", root / ".gitignore")
    return root


def listed(root):
    return [path.as_posix() for path in project_files(root)]


def run(*arguments, cwd):
    subprocess.run(["git", *arguments], cwd=cwd, check=True)


@with_git
def test_in_a_checkout_git_is_asked(course):
    run("init", "-q", cwd=course)
    run("add", ".", cwd=course)
    (course / "a note of mine").write_text("", encoding="utf-8")
    assert listed(course) == [".gitignore", *FILES]
    assert git(course, "check-ignore", *MADE[:-1]).split() == MADE[:-1]


@with_git
def test_an_archive_unpacked_inside_another_repository_is_listed_by_itself(course):
    run("init", "-q", cwd=course.parent)
    (course.parent / "other.txt").write_text("", encoding="utf-8")
    run("add", "other.txt", "course/lossutils", cwd=course.parent)
    assert git(course, "ls-files") is None
    assert listed(course) == [".gitignore", *FILES]


def test_without_git_the_folder_is_walked_and_what_the_commands_made_is_left_out(course, monkeypatch):
    (course / ".git").mkdir()
    (course / ".git/config").write_text("", encoding="utf-8")
    monkeypatch.setenv("PATH", "")
    assert git(course, "ls-files") is None
    assert listed(course) == [".gitignore", *FILES]


@with_git
def test_this_checkout_is_the_same_with_git_and_without(monkeypatch):
    names = git(ROOT, "ls-files", "--others", "--exclude-standard", "-z")
    if names is None:
        pytest.skip("no checkout")
    both = {*listed(ROOT), *filter(None, names.split("\0"))}
    monkeypatch.setenv("PATH", os.devnull)
    assert set(listed(ROOT)) == both
