"""JupyterLab, started as `make learn` starts it, on a fresh copy of the course, and a Chromium to look at it with."""

import json
import shutil

import pytest
from lab_server import running

from tools.plumbing.pages import FOLDERS, ROOT
from tools.setup import serve
from tools.setup.browser import chromium
from tools.setup.environment import Problem

# As root, which is who one is in a container, Chromium has no sandbox; the others keep it from calling home.
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
    "--disable-component-update",
]
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


@pytest.fixture(scope="session")
def browser():
    """A Chromium; without one the tests fail, and say how to get it."""
    program = missing = None
    try:
        program = chromium()
    except Problem as problem:
        missing = str(problem)
    if missing:
        pytest.fail(missing, pytrace=False)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        flags = QUIET + ["--no-sandbox"] * serve.is_root()
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def page(browser):
    """An empty page; a script error in it fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(300_000)  # a busy computer is no fault of the page
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []
