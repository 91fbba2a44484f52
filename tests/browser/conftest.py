"""JupyterLab, started as `make learn` starts it, on a fresh copy of the course, and a Chromium to look at it with."""

import json
import shutil

import pytest
from lab_server import running

from tests.chromium import browser, page  # noqa: F401 - fixtures
from tools.plumbing.pages import FOLDERS, ROOT

SETTINGS = {
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"},  # all cells are in the page, on show or not
}


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    """A learner's copy of the three folders, at a path with a space and a letter that is not ASCII."""
    folder = tmp_path_factory.mktemp("learner") / "my côurse"
    for name in FOLDERS:
        if (ROOT / name).exists():
            shutil.copytree(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="session")
def lab(course, tmp_path_factory):
    """The address of a running JupyterLab."""
    home = tmp_path_factory.mktemp("home")
    for plugin, values in SETTINGS.items():
        path = home / "settings" / f"{plugin}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), encoding="utf-8")
    with running(course, home) as address:
        yield address
