"""A kernel outlives what a learner writes, and the other tasks keep their points."""

import subprocess
import sys

import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from tools.plumbing.kernels import isolated_environment, kernel_manager

START = """
import dataclasses
import os

from lossutils import practice
from lossutils.judge import interrupt, limits
from lossutils.judge.task import Limits

practice.tasks()["mse"] = dataclasses.replace(practice.tasks()["mse"], limits=Limits(computing=0.3))
right = practice.tasks()["bed_cost"].reference
"""
WITHOUT_A_PROCESS = "limits.way = lambda: interrupt.until_lost"
WRONG = """
def mse(pred, target, weight=None):
    {}

practice.check("mse", mse)
practice.points("bed_cost", right)
"""
BODIES = {
    "exit()": "raises SystemExit in line 2 (`exit()`)",
    "quit()": "raises SystemExit in line 2 (`quit()`)",
    "raise SystemExit": "raises SystemExit",
    "input()": "nobody answers input() here",
    "while True: print(1)": "takes longer than 0.3 s of computing",
    "raise KeyboardInterrupt": "raises KeyboardInterrupt",
}
ONLY_IN_A_PROCESS = {"os._exit(3)": "ends Python itself, with exit code 3,"}


@pytest.mark.parametrize("first", ["", WITHOUT_A_PROCESS], ids=["process", "interrupt"])
def test_a_kernel_goes_on_and_the_other_task_keeps_its_points(first, tmp_path):
    a_process = sys.platform == "linux" and not first
    bodies = BODIES | (ONLY_IN_A_PROCESS if a_process else {})
    cells = [new_code_cell(START + first), *(new_code_cell(WRONG.format(body)) for body in bodies)]
    client = NotebookClient(new_notebook(cells=cells), km=kernel_manager(), timeout=300)
    client.execute(env=isolated_environment(tmp_path), stderr=subprocess.DEVNULL)
    for cell, words in zip(client.nb.cells[1:], bodies.values(), strict=True):
        printed = "".join(output.text for output in cell.outputs if output.output_type == "stream")
        assert words in printed and "bed_cost passed the open checks" in printed
        assert cell.outputs[-1].data["text/plain"] == "1"
