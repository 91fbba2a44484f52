"""Each part of an exercise says which section of its chapter's own lecture to read again."""

import pytest

from lossutils import chapters
from tools.plumbing.exercise_cells import exercise_of_chapter
from tools.plumbing.pages import ROOT, headings, read

PARTS = [
    (number, part)
    for number in chapters.numbers("tasks.py")
    for part in getattr(exercise_of_chapter(number), "parts", ())
]


def sections(number):
    """The second-level and third-level headings of a chapter's lecture."""
    lecture = read(next((ROOT / "notebooks").glob(f"{number}_*.ipynb")))
    return [title for level in (2, 3) for _, title in headings(lecture, level)]


@pytest.mark.parametrize(("number", "part"), PARTS, ids=[f"{number}-{part.name}" for number, part in PARTS])
def test_a_part_names_a_section_of_its_own_lecture(number, part):
    where = f"lossutils/chapters/ch{number}/tasks.py: the part {part.name!r}"
    assert part.taught, f'{where} does not say which section teaches it: write taught="…", a heading of the lecture'
    assert part.taught in sections(number), f"{where}: no section of lecture {number} is called {part.taught!r}"


def test_no_heading_that_a_part_may_name_stands_twice_in_a_lecture():
    for number in {number for number, _ in PARTS}:
        named = [title for title in sections(number) if title in {part.taught for n, part in PARTS if n == number}]
        assert len(named) == len(set(named)), f"lecture {number}: two sections are called alike among {named}"
