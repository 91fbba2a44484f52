"""Finds a Chromium on this computer, and starts it; the browser tests drive that one and download none."""

import os
import shutil
from pathlib import Path

from tools.setup.environment import Problem
from tools.setup.serve import is_root

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)

# As root, which is who one is in a container, Chromium has no sandbox; the others keep it from calling home.
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
    "--disable-component-update",
]


def launched(playwright, program):
    """A Chromium under Playwright that calls nobody."""
    return playwright.chromium.launch(executable_path=program, args=QUIET + ["--no-sandbox"] * is_root())


def chromium():
    """The path of a Chromium or Chrome: what CHROMIUM says, or the first one found."""
    chosen = os.environ.get("CHROMIUM")
    found = shutil.which(chosen) if chosen else next(filter(None, map(shutil.which, NAMES)), None)
    if not found and not chosen:
        found = next((place for place in PLACES if Path(place).exists()), None)
    if not found:
        raise Problem(
            (f"CHROMIUM={chosen} is not a program.\n" if chosen else "The browser tests need a Chromium or Chrome.\n")
            + "Debian and Ubuntu: sudo apt install chromium. macOS: brew install --cask chromium. "
            "Windows: winget install Google.Chrome.\nOr say where one is: CHROMIUM=/path/to/chrome make test-browser"
        )
    return found
