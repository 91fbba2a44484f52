"""Rules for a chapter's tasks and their texts, which must hold before anything is made of them."""

import difflib

from lossutils import chapters
from lossutils.judge import texts
from lossutils.judge.exercise import Argument
from tools.plumbing.exercise_cells import exercise_of_chapter

POINTS = 20


def complaints_of_tasks(number):
    """All faults of a chapter's EXERCISE, a line each; none where it has none."""
    exercise = exercise_of_chapter(number)
    if exercise is None:
        return []
    rules = (has_a_text_for_each_name, closes_its_fields, computes_its_fields, makes_its_mistakes, has_twenty_points)
    return [f"lossutils/chapters/ch{number}/{fault}" for rule in rules for fault in rule(exercise, number)]


def _names(exercise):
    """What a section of exercise.md may be called."""
    asked = {part.name for part in exercise.parts} | {task.name for task in exercise.tasks}
    return asked | {f"{part.name}: answer" for part in exercise.parts if isinstance(part, Argument)}


def has_a_text_for_each_name(exercise, number):
    stored, asked = texts.names(f"lossutils.chapters.ch{number}"), _names(exercise)
    for name in stored:
        if name not in asked:
            near = difflib.get_close_matches(name, asked, n=1)
            meant = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(sorted(asked))}"
            yield f"exercise.md: no part or task is called {name!r}; {meant}"
    for part in exercise.parts:
        alone = getattr(part, "tasks", ())[:1]
        if part.name not in stored and not any(task.name in stored for task in alone):
            yield f"exercise.md: has no section {alone[0].name if alone else part.name!r}, which says what is asked"


def closes_its_fields(exercise, number):
    for line, text in enumerate(chapters.text(number, texts.FILE).splitlines(), start=1):
        if text.count("«") != text.count("»") and not text.startswith("«…»"):
            yield f"exercise.md: line {line} has a field that is not closed: {text[:60]!r}"


def computes_its_fields(exercise, number):
    tasks = {task.name: task for task in exercise.tasks}
    for name in texts.names(f"lossutils.chapters.ch{number}"):
        try:
            _ = tasks[name].text if name in tasks else exercise.text(name)
        except ValueError as trouble:
            yield f"exercise.md: section {name!r}: {trouble}"


def makes_its_mistakes(exercise, number):
    for task in exercise.tasks:
        for mistake in task.mistakes:
            try:
                _ = mistake.code
            except (ValueError, SyntaxError) as trouble:
                yield f"mistakes.py: {task.name}, {mistake.says!r}: {str(trouble).splitlines()[0]}"


def has_twenty_points(exercise, number):
    if exercise.points != POINTS:
        parts = [part for part in exercise.parts if isinstance(part, Argument)]
        each = ", ".join(f"{one.name} {one.points}" for one in (*exercise.tasks, *parts))
        yield f"tasks.py: has {exercise.points} points, not {POINTS}: {each}"
