"""A Chromium for tests to look with: two fixtures, for whoever imports them into a conftest.py."""

import pytest

from tools.setup.browser import chromium, launched
from tools.setup.environment import Problem


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
        browser = launched(playwright, program)
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
