"""Where things are: the course, what is written for the book, and what is made of both."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
AUTHORED = ROOT / "instructor" / "book"
SITE = ROOT / "site"
MADE = ROOT / "build" / "book"
SOURCE = MADE / "source"
DOCTREES = MADE / "doctrees"
PAGES = MADE / "html"  # beside which Sphinx keeps the pictures
KEPT = MADE / "kept"  # what takes long to draw, by what it was drawn from
RUN_TIMES = AUTHORED / "run_times.toml"
