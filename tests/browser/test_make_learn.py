"""The very command that a newcomer types: its address opens the first notebook, and nothing else asks for attention."""

import os
import re
import signal
import subprocess
import sys

import pytest

from tools.plumbing.pages import ROOT
from tools.setup.serve import port

pytestmark = [pytest.mark.browser, pytest.mark.skipif(os.name == "nt", reason="stops the server as Unix does")]


@pytest.fixture
def learn(tmp_path):
    """`make learn` on a server, by somebody who never used Jupyter: the address it prints."""
    command = [sys.executable, "tools/course.py", "learn", "--no-browser", f"--port={port([])}"]
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "JUPYTER", "IPYTHON", "XDG_", "PYTHON")
    variables = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
    server = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**variables, "HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell may ignore it in the background
    )
    said = []
    for line in server.stdout:
        said.append(line)
        if found := re.search(r"http://localhost:\S+", line):
            break
    else:
        pytest.fail("".join(said), pytrace=False)
    yield found[0]
    if server.poll() is None:
        os.killpg(server.pid, signal.SIGINT)
    server.communicate(timeout=300)


def test_the_first_opening_shows_the_first_notebook_and_asks_nothing(page, learn):
    assert "token=" in learn
    page.goto(learn)
    page.locator(".jp-Notebook .jp-Cell").first.wait_for()
    page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").first.wait_for()
    page.wait_for_timeout(5000)  # the question about news comes late
    assert page.locator(".jp-Dialog, .Toastify__toast").all_inner_texts() == []
    assert page.locator("#jp-main-dock-panel .lm-TabBar-tab").all_inner_texts() == ["00_start_here.ipynb"]
    assert page.locator(".jp-Launcher").count() == 0
    menus = page.locator(".lm-MenuBar-itemLabel").all_inner_texts()
    assert menus == ["File", "Edit", "View", "Run", "Kernel", "Tabs", "Settings", "Help"]  # none of a teacher's
    shown = page.locator("body").inner_text()
    assert "Create Assignment" not in shown and "Validate" not in shown
