"""The course in JupyterLite: notebooks that run inside the reader's browser, with the library as a wheel."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from lossbook import course
from lossbook.places import MADE, ROOT, SITE

LITE = SITE / "lite"
INSTALL = "install-in-the-browser"
CELL = """\
# @title In JupyterLite this brings the package of the course; elsewhere it does nothing.
import sys

if sys.platform == "emscripten":
    import piplite

    await piplite.install(["lossutils", "ipywidgets"])"""


def build() -> int:
    """Make site/lite/; the exit code."""
    work = MADE / "lite"
    shutil.rmtree(work, ignore_errors=True)
    contents = work / "contents"
    for path in course.files():
        nb, copy = with_installation(course.notebook(path)), contents / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(json.dumps(nb, ensure_ascii=False, indent=1), encoding="utf-8")
    pip = ["-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps", "--wheel-dir", work, ROOT]
    if trouble := subprocess.run([sys.executable, *pip], check=False).returncode:
        return trouble
    wheel = next(work.glob("lossutils-*.whl"))
    if not wheel.name.endswith("-py3-none-any.whl"):
        raise ValueError(f"{wheel.name} is no pure wheel: a browser could not install it")
    shutil.rmtree(LITE, ignore_errors=True)
    call = ["-m", "jupyterlite_core", "build", "--contents", contents, "--output-dir", LITE, "--piplite-wheels", wheel]
    done = subprocess.run([sys.executable, *call], cwd=work, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stdout, done.stderr, sep="\n", file=sys.stderr)
    return done.returncode


def with_installation(nb: dict) -> dict:
    """Return a notebook whose first code cell brings the package, in the place of the one for Colab."""
    cell = {"cell_type": "code", "id": INSTALL, "metadata": {}, "execution_count": None, "outputs": [], "source": CELL}
    cells = [one for one in nb["cells"] if one["id"] != "colab"]
    first = next((k for k, one in enumerate(cells) if one["cell_type"] == "code"), len(cells))
    return {**nb, "cells": [*cells[:first], cell, *cells[first:]]}


def address(path: Path) -> str:
    """Return where a notebook of the course opens, from the top of the site."""
    return f"lite/lab/index.html?path={path.parent.name}/{path.name}"
