"""A handout: what a deck shows, all answers included, two slides on a page of paper, printed by a Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tools.setup.browser import launched

STYLE = Path(__file__).parent / "templates" / "handout.css"
READY = "window.Reveal && Reveal.isReady() && document.querySelector('.pdf-page') && window.MathJax?.startup?.promise"


@contextmanager
def started(program: str) -> Iterator[Browser]:
    """Give a Chromium, and end it."""
    with sync_playwright() as playwright:
        browser = launched(playwright, program)
        yield browser
        browser.close()


def printed(deck: Path, browser: Browser) -> Path:
    """Print a deck into a PDF of its name, and return that."""
    page = browser.new_page()
    page.goto(f"{deck.as_uri()}?print-pdf")
    page.wait_for_function(READY)
    page.evaluate("MathJax.startup.promise")
    page.add_style_tag(content=STYLE.read_text(encoding="utf-8"))
    made = deck.with_suffix(".pdf")
    page.pdf(path=made, prefer_css_page_size=True, print_background=True, tagged=True)
    page.close()
    return made
