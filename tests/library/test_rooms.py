"""A room loads what it needs and no more, in a process of its own: an answer to a learner needs no picture."""

import os
import subprocess
import sys

import pytest

DRAWING = ("matplotlib", "ipywidgets", "IPython", "traitlets", "PIL", "lossutils.plot", "lossutils.widgets")
TASK_FILES = ("tasks", "references", "inputs", "mistakes")
CODE = """
import contextlib, io, sys
from lossutils import practice
with contextlib.redirect_stdout(io.StringIO()):
    {call}
print(*sys.modules)
"""


def loaded(call, tmp_path):
    """The modules that a process has loaded after one call of practice."""
    environment = os.environ | {"LOSSUTILS_PROGRESS": str(tmp_path / "progress.json"), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", CODE.format(call=call)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.mark.parametrize(
    "call",
    [
        'practice.check("mse", lambda pred, target, weight=None: ((pred - target) ** 2).mean())',
        'practice.points("mse", lambda pred, target, weight=None: 0.0)',
        '[practice.hint("mse") for _ in range(4)]; practice.solution("mse"); practice.progress()',
    ],
    ids=["check", "points", "the others"],
)
def test_an_answer_to_a_learner_loads_nothing_that_draws(call, tmp_path):
    modules = loaded(call, tmp_path)
    assert "lossutils.chapters.ch01.tasks" in modules
    drawing = [name for name in modules if name.startswith(tuple(f"{room}." for room in DRAWING)) or name in DRAWING]
    assert drawing == []
    of_chapters = [name.split(".") for name in modules if name.startswith("lossutils.chapters.ch")]
    shown = [".".join(parts) for parts in of_chapters if len(parts) > 3 and not parts[3].endswith(TASK_FILES)]
    assert shown == [], "a chapter's figures and widget are loaded when a lecture asks for them"
