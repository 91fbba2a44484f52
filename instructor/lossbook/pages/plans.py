"""The lecturer's pack: for each chapter plan, board notes, questions, wrong answers and rubric; and courses to take."""

from __future__ import annotations

import importlib
import re
import tomllib
from collections.abc import Iterator

from nbformat import NotebookNode

from lossbook import course
from lossbook.pages.markdown import Pages, deck, folded, page, table, toctree
from lossbook.places import AUTHORED, ROOT
from tools.plumbing.pages import tags
from tools.setup import plans

WRITTEN = re.compile(r"^### (?P<heading>[^\n]+)$|^(?P<formula>\$\$.+?\$\$)", re.DOTALL | re.MULTILINE)


def pages() -> Pages:
    """Yield the list, the courses, and a page for each chapter."""
    planned = [(path, about) for path, about in course.chapters() if plans.notes_of(ROOT, about["chapter"])]
    rows = [
        (
            f"[{plans.title(about)}]({about['chapter']}.md)",
            about["question"],
            deck(path.stem, up="../"),
        )
        for path, about in planned
    ]
    yield (
        "lecturer/index.md",
        page(
            "# The lecturer's pack",
            "For each chapter: a plan of 50 minutes, what goes to the board, what to ask, what people answer and what "
            "you may reply, the rubric where a task is written in words, and what to leave out.",
            table(("chapter", "its question", "deck"), rows),
            toctree(["courses", *(about["chapter"] for _, about in planned)]),
        ),
    )
    for path, about in planned:
        yield f"lecturer/{about['chapter']}.md", page(*chapter(path, about))
    yield "lecturer/courses.md", page(*courses({about["chapter"]: (path, about) for path, about in planned}))


def chapter(path, about) -> list[str]:
    """Return the page of one chapter."""
    notes = plans.notes_of(ROOT, about["chapter"])
    minutes = sum(step["minutes"] for step in notes["plan"])
    lecture = course.notebook(path)
    links = [
        f"[lecture](../notebooks/{path.name})",
        f"[exercise](../exercises/{path.name})",
        f"[questions](../questions/{about['chapter']}.md)",
        deck(path.stem, up="../"),
    ]
    return [
        f"# {plans.title(about)} · for the lecturer",
        about["question"],
        " · ".join(links),
        f"## Plan: {minutes} minutes",
        table(("minutes", "what you do"), [(str(step["minutes"]), step["do"]) for step in notes["plan"]]),
        "## Ask",
        "\n".join(f"- {question}" for question in notes["ask"]),
        "## What people answer, and what you may reply",
        table(("answer", "reply"), [(one["answer"], one["reply"]) for one in notes["common_wrong_answers"]]),
        "## Short of time?",
        notes["short_of_time"],
        "## On the board",
        "The lines of the core path that are worth writing by hand.",
        *board(lecture),
        *rubric(about["chapter"]),
    ]


# Board notes ------------------------------------------------------------------------------------------------------


def board(nb: NotebookNode) -> Iterator[str]:
    """Yield the formulas of the core path that stand on lines of their own, under the claims that they belong to."""
    heading, written = "", ""
    for cell in nb.cells:
        if cell.cell_type != "markdown" or "core" not in tags(cell):
            continue
        for found in WRITTEN.finditer(cell.source):
            if found["heading"]:
                heading = found["heading"]
                continue
            if heading != written:
                yield f"**{heading}**"
                written = heading
            yield found["formula"]


# Rubric -----------------------------------------------------------------------------------------------------------


def rubric(number: str) -> Iterator[str]:
    """Yield the tasks with their points and, where one is written in words, how an answer is judged."""
    exercise = importlib.import_module(f"lossutils.chapters.ch{number}.tasks").EXERCISE
    worth = {part.title: sum(task.points for task in getattr(part, "tasks", (part,))) for part in exercise.parts}
    levels = [(part, level) for part in exercise.parts for level in getattr(part, "levels", ())]
    yield "## The exercise, and the rubric of its written task" if levels else "## The exercise"
    yield table(("part", "points"), [(title, str(points)) for title, points in worth.items()])
    for part, level in levels:
        yield f"**{level.points} of {part.points}**: {level.says}"
        yield folded("An answer on this level", f"> {level.example}")


# Courses ----------------------------------------------------------------------------------------------------------


def courses(planned: dict) -> Iterator[str]:
    """Yield each course of instructor/book/courses.toml: its sessions, what they show, and how long they take."""
    yield "# Courses to take"
    yield "Three ways through the chapters. Each keeps to what a chapter needs; what you leave out is said."
    for way in tomllib.loads((AUTHORED / "courses.toml").read_text(encoding="utf-8"))["course"]:
        taught = [number for session in way["session"] for number in session["lectures"]]
        left = [number for number in planned if number not in taught]
        rows = [
            (
                session["when"],
                "<br>".join(f"[{plans.title(planned[n][1])}]({n}.md)" for n in session["lectures"]),
                session.get("do", ""),
            )
            for session in way["session"]
        ]
        minutes = 50 * len(taught)
        yield f"## {way['title']}"
        yield f"{way['about']} {len(taught)} lectures, {minutes // 60} hours {minutes % 60:02d} minutes in all."
        yield table(("when", "lectures", "and"), rows)
        if "without" in way:
            missing = ", ".join(f"[{number}]({number}.md)" for number in way["without"])
            yield f"These lectures rest on {missing}, which the course leaves out."
        if left:
            yield "Left out: " + ", ".join(f"[{plans.title(planned[number][1])}]({number}.md)" for number in left) + "."
