"""Makes the slides: a deck for each chapter that has a plan, a handout of each, and the list of all."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import jinja2

from lossbook import assets, course, kept
from lossbook.deck import export
from lossbook.deck.lecture import Lecture, lecture
from lossbook.places import ROOT, SITE
from lossutils import chapters
from tools.setup import plans
from tools.setup.browser import chromium
from tools.setup.environment import Problem

SLIDES = SITE / "slides"
INDEX = export.TEMPLATES / "index.html.j2"


def slides(numbers: list[str], on_paper: bool = True) -> int:
    """Make the decks of the chapters that are named, or of all, and their handouts; the exit code."""
    planned = chapters.numbers("instructor.toml")
    if strange := sorted(set(numbers) - set(planned)):
        print(f"No chapter {', '.join(strange)} has a plan; these have one: {' '.join(planned)}.")
        return 1
    begun = time.monotonic()
    for old in SLIDES.glob("*_*.*"):
        if not numbers or old.name[:2] in numbers:
            old.unlink()
    made = write(SLIDES, numbers or planned)
    decks = [SLIDES / f"{one.name}.html" for one in made]
    print(f"{SLIDES / 'index.html'}: {said(decks, begun, 'deck')}")
    begun = time.monotonic()
    if handouts := print_all(decks) if on_paper else []:
        print(f"{SLIDES}: {said(handouts, begun, 'handout')}")
    others = [number for number in planned if number not in numbers and list(SLIDES.glob(f"{number}_*.html"))]
    listed = sorted([*made, *lectures(others if numbers else [])])
    (SLIDES / "index.html").write_text(index(listed), encoding="utf-8")
    return 0


def bring_up_to_date() -> None:
    """Make all decks, without handouts, unless they are as notebooks, plans and code would make them now."""
    stamp, now = SLIDES / ".edition", kept.edition(ROOT / "notebooks")
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != now:
        slides([], on_paper=False)
        stamp.write_text(now, encoding="utf-8")


def write(folder: Path, numbers: list[str]) -> list[Lecture]:
    """Write the decks of these chapters, and once what they share; return what they show."""
    for name, content in assets.for_slides():
        file = folder / "_static" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    using, made = export.exporter(), list(lectures(numbers))
    for one in made:
        (folder / f"{one.name}.html").write_text(export.page(one, using), encoding="utf-8")
    return made


def lectures(numbers: list[str]) -> Iterator[Lecture]:
    """Yield the lectures of these chapters."""
    for number in numbers:
        file = course.lecture(number)
        yield lecture(file.stem, course.notebook(file), plans.notes_of(ROOT, number))


def print_all(decks: list[Path]) -> list[Path]:
    """Return the handouts of the decks; none, and say so, where no Chromium is found."""
    try:
        program = chromium()
    except Problem:
        print("No handouts: they are printed by a Chromium or Chrome, and none is found here. The decks need none.")
        return []
    from lossbook.deck import handout

    with handout.started(program) as browser:
        return [handout.printed(deck, browser) for deck in decks]


def index(listed: list[Lecture]) -> str:
    """Return the page that lists these lectures."""
    decks = [(one, (SLIDES / f"{one.name}.pdf").exists()) for one in listed]
    return jinja2.Template(INDEX.read_text(encoding="utf-8"), autoescape=True).render(decks=decks)


def said(files: list[Path], begun: float, what: str) -> str:
    """Return how many files were made, how large they are, and how long it took."""
    size = sum(file.stat().st_size for file in files) / 1e6
    return f"{len(files)} {what}{'s' * (len(files) != 1)}, {size:.1f} MB, {time.monotonic() - begun:.0f} s"
