"""How the commands hang together: who may import whom, and what the linter keeps an eye on in notebooks."""

import ast
import functools
import os
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

import pytest
import synthetic as made

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ROOT / "tools"
FILES = sorted(TOOLS.rglob("*.py"))
MAY_IMPORT = {  # room of tools: which other rooms, and "lossutils"; no room imports the tests
    "course": {"commands"},
    "commands": {"setup"},
    "setup": {"plumbing.colab"},
    "plumbing": {"setup", "lossutils"},
    "rules": {"plumbing", "setup", "lossutils"},
    "notebooks": {"plumbing", "rules", "setup"},
    "chooser": {"lossutils"},
    "datasets": {"lossutils"},
    "__init__": set(),
}
RUFF = Path(sysconfig.get_path("scripts")) / ("ruff.exe" if os.name == "nt" else "ruff")


@functools.cache
def imported(file):
    """Full names of what a file imports, and whether it does so as soon as it is imported itself."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, node in tree.body) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [(f"{node.module}.{alias.name}", node in tree.body) for alias in node.names]
    return found


def room(parts):
    return parts[0].removesuffix(".py")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(TOOLS).as_posix())
def test_imports_follow_the_table(file):
    own = room(file.relative_to(TOOLS).parts)
    for name, _ in imported(file):
        top, *inside = name.split(".")
        assert top not in ("tests", "conftest", "synthetic"), f"{name}: course.py starts tests as programs of their own"
        wanted = {top} if top == "lossutils" else {room(inside), ".".join(inside[:2])} if top == "tools" else set()
        assert not wanted or wanted & (MAY_IMPORT[own] | {own}), f"{own} imports {name}; see the table"


def test_every_room_of_the_tools_has_its_line_in_the_table():
    assert {room(file.relative_to(TOOLS).parts) for file in FILES} == set(MAY_IMPORT)


@pytest.mark.parametrize(
    "file",
    [TOOLS / "course.py", TOOLS / "commands.py", TOOLS / "plumbing" / "colab.py", *(TOOLS / "setup").glob("*.py")],
    ids=lambda file: file.name,
)
def test_what_runs_before_anything_is_installed_needs_python_alone(file):
    first = {name.partition(".")[0] for name, at_once in imported(file) if at_once}
    assert first <= {"tools", *sys.stdlib_module_names}


# The linter reads notebooks too --------------------------------------------------------------------------------

PLANTED = {"F403": "from lossutils import *", "PLC2701": "from lossutils._a import b\n\nb", "SLF001": "x = 1\nx._real"}


def test_the_linter_is_asked_for_names_of_a_star_and_for_private_names():
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]
    assert {"F", "PLC2701", "SLF001"} <= set(rules["select"]) and rules["preview"]
    assert {"PLC2701", "SLF001"} == set(rules["per-file-ignores"]["*.py"])


@pytest.mark.skipif(not RUFF.exists(), reason="make lint installs the linter, and it has not been called here")
@pytest.mark.parametrize(("rule", "source"), PLANTED.items(), ids=PLANTED)
@pytest.mark.parametrize("suffix", ["ipynb", "py"])
def test_it_finds_them_in_notebooks_and_private_names_nowhere_else(tmp_path, rule, source, suffix):
    file = tmp_path / f"planted.{suffix}"
    notebook = made.nbformat.writes(made.new_notebook(cells=[made.code("planted", source)]))
    file.write_text(notebook if suffix == "ipynb" else source, encoding="utf-8")
    call = [
        RUFF,
        "check",
        "--no-cache",
        "--config",
        ROOT / "pyproject.toml",
        "--select",
        rule,
        "--output-format",
        "json",
    ]
    done = subprocess.run([*call, file], capture_output=True, text=True)
    assert (rule in done.stdout) == (suffix == "ipynb" or rule == "F403")
