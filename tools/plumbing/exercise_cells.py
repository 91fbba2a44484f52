"""Fills a solution from its chapter's tasks: texts, answers, checks, points, rubrics, and the table at the top.

What is filled carries its role in the cell's metadata (`course: {"cell": "check-mse"}`) and is written anew by each
refresh. All other cells belong to the author; they stay behind the filled cell that they follow.
"""

import ast
import importlib
import inspect
import textwrap

import nbformat

from lossutils import chapters
from lossutils.judge.exercise import Argument, Exercise

NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
ROLE = "cell"  # within a cell's metadata "course"
WIDTH = 96  # of a rubric's lines

HOW_IT_WORKS = """## How it works

Put your code where the comment asks for it, and run the cell. The cell after it runs the open checks as often as you like: fresh numbers each time, and an answer in one sentence. If your result is a well-known mistake, the sentence names it.

Stuck? Remove the `#` before `practice.hint`. The first call gives a nudge, the second the formula, the third a skeleton.

The cell that starts with `points =` counts. Hidden checks give the rest of the points later; they look at what the text asks for and the open checks leave out."""  # noqa: E501  a paragraph is a line, as in every notebook
AFTERWARDS = """## Afterwards

Run `practice.progress("{chapter}")` in a new cell for the table of what you have reached. It is kept on this computer only; `practice.forget()` removes it. `practice.solution("{first}")` shows how we would write it, once the open checks pass, after three different attempts or after the last hint. Looking at it changes no points.

Back to the lecture: [{chapter} · {title}](../notebooks/{file})."""  # noqa: E501


def exercise_of_chapter(number: str) -> Exercise | None:
    """The exercise that a chapter's tasks.py holds; None where the notebook still holds it alone."""
    if number not in chapters.numbers("tasks.py"):
        return None
    return getattr(importlib.import_module(f"lossutils.chapters.ch{number}.tasks"), "EXERCISE", None)


def fill(nb, file: str, exercise: Exercise | None = None) -> list[str]:
    """Fill a solution named `file`; return which cells changed. One whose chapter has no EXERCISE stays as it is.

    `exercise` is another than the course's, with its own numbers, or with a lecturer's own tasks.
    """
    about = nb.metadata.get("course", {})
    if exercise is None:
        exercise = exercise_of_chapter(about.get("chapter", ""))
        if exercise is None:
            return []
        exercise = exercise.varied(about.get("slots", {}))
    wanted = _cells(exercise, about, file)
    kept = {_role(cell, wanted): cell for cell in nb.cells}
    followers = {}
    place = None
    for cell in nb.cells:
        role = _role(cell, wanted)
        if role in wanted:
            place = role
        elif role is None:
            followers.setdefault(place, []).append(cell)
    nb.cells = followers.pop(None, [])
    for role, fresh in wanted.items():
        if fresh.cell_type == "code":
            fresh.outputs = kept.get(role, {}).get("outputs", [])
            fresh.execution_count = kept.get(role, {}).get("execution_count")
        nb.cells += [fresh, *followers.get(role, [])]
    return [role for role, fresh in wanted.items() if fresh.source != kept.get(role, {}).get("source")]


def _role(cell, wanted):
    """The role of a filled cell; where an editor has dropped it, the cell is known by its id."""
    role = cell.metadata.get("course", {}).get(ROLE)
    return role or (cell.id if cell.id in wanted else None)


def _cells(exercise: Exercise, about, file: str) -> dict:
    """All filled cells by their role, in order."""
    found = {"title": _text("title", _title(exercise, about, file))}
    found["how-it-works"] = _text("how-it-works", _how_it_works(exercise))
    for number, part in enumerate(exercise.parts, start=1):
        cells = _argument(exercise, part, number) if isinstance(part, Argument) else _part(exercise, part, number)
        found |= {cell.metadata.course[ROLE]: cell for cell in cells}
    words = {"first": exercise.tasks[0].name, "file": file, **about}
    found["afterwards"] = _text("afterwards", AFTERWARDS.format(**words))
    return found


def _title(exercise, about, file):
    title, functions = about["title"], len(exercise.tasks)
    arguments = len(exercise.parts) - sum(not isinstance(part, Argument) for part in exercise.parts)
    what = f"{NUMBERS[functions]} function{'s' * (functions > 1)}"
    what += f" and {NUMBERS[arguments]} short argument{'s' * (arguments > 1)}" if arguments else ""
    rows = []
    for number, part in enumerate(exercise.parts, start=1):
        if isinstance(part, Argument):
            rows.append(f"| {number} | {part.kind} | an argument in words | {part.points} | – |")
            continue
        names = ", ".join(f"`{task.name}`" for task in part.tasks)
        points = sum(task.points for task in part.tasks)
        kinds = ", ".join(dict.fromkeys(task.kind for task in part.tasks))
        rows.append(f"| {number} | {kinds} | {names} | {points} | {sum(task.open for task in part.tasks)} |")
    table = "\n".join(["| | kind | you write | points | points of the open checks |", "|:--|:--|:--|--:|--:|", *rows])
    link = f"[{about['chapter']} · {title}](../notebooks/{file})"
    return (
        f"# {about['chapter']} · {title} · exercise\n\nThis belongs to the lecture {link}. You write {what}.\n\n{table}"
    )


def _how_it_works(exercise):
    names = dict.fromkeys(name for task in exercise.tasks for name in task.forbids)
    if not names:
        return HOW_IT_WORKS
    words = ["the losses of `lossutils`" if name == "Loss" else f"`{name}`" for name in names]
    return f"{HOW_IT_WORKS} All of NumPy is allowed, but nothing that would answer a task for you: {', '.join(words)}."


def _part(exercise, part, number):
    points = [task.points for task in part.tasks]
    worth = f"{points[0]} points" if len(set(points)) == 1 else f"{' + '.join(map(str, points))} points"
    head = f"## {number} · {part.title} ({worth}{' each' * (len(points) > 1 and len(set(points)) == 1)})"
    alone = part.tasks[0].text if len(part.tasks) == 1 else ()
    yield from _texts(part.name, head, (*exercise.text(part.name), *alone))
    for task in part.tasks:
        if len(part.tasks) > 1:
            yield from _texts(f"task-{task.name.replace('_', '-')}", f"### {task.title}", task.text)
        yield from _task(task)


def _texts(role, head, texts):
    first, *more = texts or ("",)
    yield _text(role, f"{head}\n\n{first}".rstrip())
    yield from (_text(f"{role}-{k}", text) for k, text in enumerate(more, start=2))


def _task(task):
    name = task.name.replace("_", "-")
    slots = "".join(f", {key}={value!r}" for key, value in task.changed_numbers.items())
    yield _code(name, _answer(task), solution=True)
    check = f'practice.check("{task.name}", {task.name}{slots})\n# practice.hint("{task.name}"{slots})'
    yield _code(f"check-{name}", f"from lossutils import practice\n\n{check}")
    call = f'points("{task.name}", {task.name}{slots})'
    points = (
        f"from lossutils import practice\n\npoints = practice.{call}\n"
        f"### BEGIN HIDDEN TESTS\npoints = points + practice.hidden_{call}\n### END HIDDEN TESTS\npoints"
    )
    yield _code(f"points-{name}", points, grade=True, locked=True, points=task.points)


def _answer(task):
    """The reference, marked as the answer below its docstring."""
    lines = inspect.getsource(task.reference).rstrip().splitlines()
    end = ast.parse("\n".join(lines)).body[0].body[0].end_lineno
    return "\n".join([*lines[:end], "    ### BEGIN SOLUTION", *lines[end:], "    ### END SOLUTION"])


def _argument(exercise, argument, number):
    head = f"## {number} · {argument.title} ({argument.points} points)"
    first, *more = _texts(argument.name, head, exercise.text(argument.name))
    first.metadata.nbgrader = _marks(argument.name, locked=True)
    yield from (first, *more)
    (answer,) = exercise.text(f"{argument.name}: answer")
    cell = _text(f"{argument.name}-answer", f"### BEGIN SOLUTION\n{answer}\n### END SOLUTION")
    cell.metadata.nbgrader = _marks(f"{argument.name}-answer", grade=True, solution=True, points=argument.points)
    yield cell
    yield _code(f"{argument.name}-rubric", _rubric(argument), grade=True, locked=True, points=0)


def _rubric(argument):
    """How a person grades, as a cell of no points: a text cell with a mark scheme would wait to be graded itself."""
    *others, last = (str(level.points) for level in argument.levels)
    lines = [f"# A person grades this answer, with {', '.join(others)} or {last} points.", "### BEGIN HIDDEN TESTS"]
    for level in argument.levels:
        worth = "1 point" if level.points == 1 else f"{level.points} points"
        text = f'{worth}: {level.says} "{level.example}"'
        lines += textwrap.wrap(text, WIDTH, initial_indent="# ", subsequent_indent="#     ")
    return "\n".join([*lines, "### END HIDDEN TESTS"])


def _text(role, source):
    cell = nbformat.v4.new_markdown_cell(source, id=role)
    cell.metadata.course = nbformat.from_dict({ROLE: role})
    return cell


def _code(role, source, **marks):
    cell = nbformat.v4.new_code_cell(source, id=role)
    cell.metadata.course = nbformat.from_dict({ROLE: role})
    if marks:
        cell.metadata.nbgrader = _marks(role, **marks)
    return cell


def _marks(name, **more):
    default = {"grade": False, "grade_id": name, "locked": False, "schema_version": 3, "solution": False, "task": False}
    return nbformat.from_dict(default | more)
