"""Makes the book: lays out its source and lets Sphinx make pages of it; a warning is an error."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

from lossbook import lite as jupyterlite
from lossbook import slides, source
from lossbook.places import DOCTREES, PAGES, SITE, SOURCE

# The theme's arrows beside the chapters of the menu have no name for who hears the page
NAMELESS = (
    '<summary><span class="toctree-toggle"',
    '<summary aria-label="pages below this one"><span class="toctree-toggle"',
)
BESIDE = ("slides", "lite")  # made by other commands


def book(lite: bool = False) -> int:
    """Make the book in site/, perhaps with JupyterLite beside it; the exit code."""
    begun = time.monotonic()
    source.lay_out(SOURCE, lite)
    laid_out = time.monotonic()
    call = ["-m", "sphinx", "--builder", "html", "--doctree-dir", DOCTREES, "-W", "--keep-going", "--quiet"]
    trouble = subprocess.run([sys.executable, *call, SOURCE, PAGES], check=False).returncode
    if trouble:
        shutil.rmtree(DOCTREES)  # Sphinx says nothing again of a page that it has read
        print("The book has faults, which stand above; nothing else is wrong with what you typed.", file=sys.stderr)
        return trouble
    made = time.monotonic()
    publish()
    slides.bring_up_to_date()
    if lite and (trouble := jupyterlite.build()):
        return trouble
    print(f"{SITE}/index.html ({laid_out - begun:.0f} s to lay out, {made - laid_out:.0f} s for Sphinx)")
    return 0


def publish() -> None:
    """Bring the pages into site/, and take away those that are no longer made; decks and what else is there stay."""
    SITE.mkdir(exist_ok=True)
    for old in SITE.iterdir():
        if old.name not in BESIDE:
            shutil.rmtree(old) if old.is_dir() else old.unlink()
    ignored = shutil.ignore_patterns(".buildinfo*", "objects.inv", "genindex.html")  # an older edition left the last
    shutil.copytree(PAGES, SITE, dirs_exist_ok=True, ignore=ignored, copy_function=_brought)


def _brought(source: str, target: str) -> None:
    """Copy a file; a page gets names for what has none."""
    if not source.endswith(".html"):
        shutil.copy2(source, target)
        return
    text = Path(source).read_text(encoding="utf-8")
    Path(target).write_text(text.replace(*NAMELESS), encoding="utf-8")
