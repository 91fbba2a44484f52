"""The lecturer's pack: what it says fits the chapters."""

import tomllib

from lossbook.pages import plans
from lossbook.places import AUTHORED, ROOT
from tools.plumbing.pages import read
from tools.setup.readme import chapters

CHAPTERS = {about["chapter"]: (path, about) for path, about in chapters(ROOT)}
COURSES = tomllib.loads((AUTHORED / "courses.toml").read_text(encoding="utf-8"))["course"]


def test_a_lecture_comes_after_those_that_it_needs_or_the_course_names_what_it_does_without():
    assert len(COURSES) >= 3
    for course in COURSES:
        taught, missing = ["00"], set()
        for session in course["session"]:
            for number in session["lectures"]:
                missing |= set(CHAPTERS[number][1]["needs"]) - set(taught)
                taught.append(number)
        assert sorted(missing) == course.get("without", []), course["title"]


def test_the_board_holds_formulas_of_the_lecture_under_its_own_headings():
    for number in ("02", "08"):
        nb = read(CHAPTERS[number][0])
        text = "\n".join(cell.source for cell in nb.cells)
        lines = list(plans.board(nb))
        assert sum(line.startswith("$$") for line in lines) >= 5
        assert [line for line in lines if line.strip("*") not in text] == []


def test_a_rubric_has_the_points_of_its_exercise():
    for number in ("02", "08"):
        text = "\n".join(plans.rubric(number))
        assert "| part | points |" in text and "An answer on this level" in text
