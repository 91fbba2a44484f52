"""Makes the slides: a deck for each chapter that has a plan, a handout of each, and the list of all."""

from __future__ import annotations

import json
import time
import tomllib
from collections.abc import Iterator

from lossbook import assets
from lossbook.deck import export
from lossbook.deck.lecture import Lecture, lecture
from lossbook.places import ROOT, SITE
from lossutils import chapters

SLIDES = SITE / "slides"


def slides(numbers: list[str]) -> int:
    """Make the decks of the chapters that are named, or of all; the exit code."""
    begun = time.monotonic()
    SLIDES.mkdir(parents=True, exist_ok=True)
    for name, content in assets.for_slides():
        file = SLIDES / "_static" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    using = export.exporter()
    for one in lectures(numbers):
        (SLIDES / f"{one.name}.html").write_text(export.page(one, using), encoding="utf-8")
        print(one.name, len(one.slides))
    print(f"{time.monotonic() - begun:.1f} s")
    return 0


def lectures(numbers: list[str]) -> Iterator[Lecture]:
    """Yield the lectures of the chapters that are named, or of all that have a plan."""
    for number in numbers or chapters.numbers("instructor.toml"):
        [file] = (ROOT / "notebooks").glob(f"{number}_*.ipynb")
        plan = tomllib.loads(chapters.text(number, "instructor.toml"))
        yield lecture(file.stem, json.loads(file.read_text(encoding="utf-8")), plan)
