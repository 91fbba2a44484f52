"""A page for each student: task by task the points, the sentence that says what is wrong, and where to read again."""

from __future__ import annotations

from lossgrade import course
from lossgrade.book import Book, Record
from lossgrade.course import Chapter
from lossgrade.pages import page
from lossgrade.workspace import Workspace, write

CODE = 4000  # characters of what was handed in that a page repeats


def write_all(workspace: Workspace, book: Book, numbers: tuple[str, ...], lectures: str = "") -> int:
    """Write the pages of all students who have handed in anything of these chapters; return how many.

    `lectures` says where the lectures are, as in https://example.org/course/{chapter}.html
    """
    found: dict[str, list] = {}
    for number in numbers:
        chapter = course.chapter(number)
        for record in book.records(chapter):
            if record.sha256:
                found.setdefault(record.student, []).append((chapter, record))
    for student, several in found.items():
        text = page_of(student, several, lectures)
        write(workspace.feedback(student), text)
        for chapter, record in several:
            alone = page_of(student, [(chapter, record)], lectures)
            write(workspace.notebook("feedback", student, chapter.name).with_suffix(".html"), alone)
    return len(found)


def page_of(student: str, several: list[tuple[Chapter, Record]], lectures: str = "") -> str:
    """Return a student's page."""
    name = next((record.full_name for _, record in several if record.full_name), student)
    return page("feedback.html", student=student, name=name, chapters=[_chapter(*both, lectures) for both in several])


def _chapter(chapter, record, lectures):
    waiting = [score for score in record.scores if score.points is None]
    written = {task.name for task in chapter.tasks}
    handed = f"Handed in {record.handed[:16].replace('T', ' ')} (UTC). " if record.handed else ""
    return {
        "number": chapter.number,
        "title": chapter.title,
        "points": record.points,
        "most": record.most,
        "waits": "one answer" if len(waiting) == 1 else f"{len(waiting)} answers" if waiting else "",
        "late": f"It came late: {record.late_penalty:g} points less." if record.late_penalty else "",
        "notes": record.notes,
        "tasks": [_task(chapter, score, score.name in written, lectures) for score in record.scores],
        "origin": f"{handed}File {record.sha256[:12]}, edition {record.edition}, inputs {record.seed}.",
    }


def _task(chapter, score, is_function, lectures):
    earned = "not yet graded" if score.points is None else f"{score.points:g} of {score.most}"
    how = (
        "part" if score.points is None else "good" if score.points >= score.most else "part" if score.points else "none"
    )
    return {
        "title": chapter.task_title(score.name),
        "function": score.name if is_function else "",
        "earned": earned,
        "how": how,
        "says": score.says,
        "code": score.code[:CODE],
        "section": chapter.heading(score.name),
        "link": chapter.address(score.name, lectures),
    }
