"""What the commands do: hand out, collect, grade, and write down what comes of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from tqdm import tqdm

from lossgrade import autograded, collecting, course, export, feedback, variants, work
from lossgrade.book import Book
from lossgrade.course import Chapter
from lossgrade.editions import edition
from lossgrade.grading import Graded, seed_of
from lossgrade.notebook import Handed, Unreadable, digest
from lossgrade.workspace import Workspace, distinct, safe_name, write

SETTINGS = "lossgrade.json"  # what was handed out to whom, by which rules it is graded
COURSE = "course"  # the settings that hold for all assignments
NOTHING_SAID = {"term": "", "by_student": False, "due": "", "grace": 0, "penalty": 0.0, "lectures": ""}
DAY = timedelta(days=1)


class Settings:
    """What is decided once for an assignment, and holds for every later run."""

    def __init__(self, workspace: Workspace):
        self._file = workspace.folder / SETTINGS
        self._all = json.loads(self._file.read_text(encoding="utf-8")) if self._file.exists() else {}

    def of(self, name: str) -> dict:
        """Return the settings of an assignment, or of the whole course."""
        return NOTHING_SAID | self._all.get(name, {})

    def change(self, name: str, **values) -> dict:
        """Keep what is given and not None, and return all settings of the assignment."""
        kept = self._all.get(name, {}) | {key: value for key, value in values.items() if value is not None}
        if kept != self._all.get(name, {}):
            self._all[name] = kept
            write(self._file, json.dumps(self._all, indent=1, sort_keys=True) + "\n")
        return self.of(name)


def variant_of(chapter: Chapter, settings: dict, student: str) -> dict:
    """Return the numbers that a student's exercise has otherwise than the course's."""
    if not settings["term"]:
        return {}
    names = (settings["term"], student) if settings["by_student"] else (settings["term"],)
    return variants.drawn(chapter.exercise, *names)


def assign(workspace: Workspace, chapter: Chapter, settings: dict, students: list[str]) -> list[Path]:
    """Write source/ and release/ as nbgrader has them, and a notebook for each student where theirs differ."""
    whole = course.chapter(chapter.number, variant_of(chapter, settings | {"by_student": False}, ""))
    written = []
    for step, nb in (("source", whole.source), ("release", whole.release)):
        written.append(workspace.notebook(step, ".", chapter.name))
        write(written[-1], as_file(nb))
    with Book(workspace.url) as book:
        book.know(whole)
        book.enrol({student: {} for student in students})
    for student in students if settings["by_student"] else []:
        own = course.chapter(chapter.number, variant_of(chapter, settings, student))
        written.append(workspace.folder / "handout" / safe_name(student) / f"{chapter.name}.ipynb")
        write(written[-1], as_file(own.release))
    return written


def as_file(nb: dict) -> str:
    """Return a notebook's file."""
    return json.dumps(nb, ensure_ascii=False, indent=1) + "\n"


def collect(workspace: Workspace, chapter: Chapter, place: Path) -> list[str]:
    """Bring what was handed in into submitted/; return what a lecturer should know. Nothing that is there is lost."""
    found = collecting.collected(place, chapter)
    distinct([*found.students, *workspace.handed_in()])
    notes = found.notes
    for one in found.chosen:
        notes += _bring(workspace, chapter, one)
    with Book(workspace.url) as book:
        book.know(chapter)
        named = {record.student for record in book.records(chapter) if record.full_name}
        book.enrol(
            {student: {} if student in named else {"last_name": name} for student, name in found.students.items()}
        )
    return notes


def _bring(workspace, chapter, one):
    """Put a notebook where nbgrader has it, unless a later one is there; what was there is kept."""
    target = workspace.notebook("submitted", one.student, chapter.name)
    stamp, about, says = target.parent / collecting.TIMESTAMP, target.parent / "lossgrade.json", []
    try:
        data = one.read()
    except Unreadable as error:
        says = [f"{one.file}: {error}."]
        data = json.dumps({"unreadable": str(error)}).encode()
    there = target.read_bytes() if target.is_file() else None
    before = _dated(about) or handed_at(target)
    if there == data and before and (one.dated is None or one.dated >= before):
        return [f"{one.student}: {line}" for line in says]
    if there not in (None, data) and before and one.dated and one.dated < before:
        return [f"{one.student}: {one.file} is older than what was collected before; the newer one stays."]
    for version in filter(None, (there, data)):
        write(workspace.kept(digest(version)), version)
    stamp.unlink(missing_ok=True)
    if one.handed:
        write(stamp, collecting.timestamp(one.handed))
    dated = one.dated.isoformat() if one.dated else ""
    write(about, json.dumps({"file": one.file, "notes": [*one.notes, *says], "dated": dated}) + "\n")
    write(target, data)  # last: a program that is stopped before begins anew
    return [f"{one.student}: {line}" for line in says]


def _dated(about):
    return (
        collecting.moment(json.loads(about.read_text(encoding="utf-8")).get("dated", "")) if about.is_file() else None
    )


def handed_at(file: Path) -> datetime | None:
    """Return when a notebook in submitted/ was handed in, as nbgrader's timestamp.txt says."""
    stamp = file.parent / collecting.TIMESTAMP
    return collecting.moment(stamp.read_text(encoding="utf-8")) if stamp.is_file() else None


def grade(
    workspace: Workspace, chapter: Chapter, settings: dict, pool, again: bool = False, trusted: bool = False
) -> list[str]:
    """Grade what is in submitted/ and not yet graded like this; return what went wrong. `pool` does the jobs."""
    due = datetime.fromisoformat(settings["due"]) if settings["due"] else None
    problems = []
    with Book(workspace.url) as book:
        book.know(chapter, due)
        known = {} if again else book.origins(chapter.name)
        jobs = list(_to_do(workspace, chapter, settings, known))
        made = (_job(chapter, settings, student, file, trusted) for student, file in jobs)
        files = dict(jobs)
        with tqdm(total=len(jobs), unit="notebook", disable=None if jobs else True) as bar:
            for job, graded in pool(made):
                bar.update()
                if isinstance(graded, Exception):
                    problems.append(f"{job.student}: not graded: {graded}.")
                    continue
                bar.set_postfix_str(f"{job.student}: {sum(score.points or 0 for score in graded.scores):g}")
                _write_down(workspace, book, chapter, settings, job, graded, files[job.student], due)
    return problems


def _to_do(workspace, chapter, settings, known) -> Iterator[tuple[str, Path]]:
    for student, file in workspace.submitted(chapter.name):
        record = known.get(student)
        same = record and record.sha256 == digest(file.read_bytes()) and record.edition == edition()
        if not (same and record.seed == seed_of(settings["term"], student, chapter.name)):
            yield student, file


def _job(chapter, settings, student, file, trusted):
    seed = seed_of(settings["term"], student, chapter.name)
    return work.Job(
        student, chapter.number, variant_of(chapter, settings, student), file.read_bytes(), seed, edition(), trusted
    )


def _write_down(workspace, book, chapter, settings, job, graded: Graded, file, due):
    """First the notebook that the formgrader shows, then the grades with their origin, in one transaction."""
    own = course.chapter(chapter.number, job.variant)
    try:
        handed = Handed.read(job.data)
    except Unreadable:
        handed = None
    said = file.parent / "lossgrade.json"
    if said.is_file():
        graded.notes = [*json.loads(said.read_text(encoding="utf-8"))["notes"], *graded.notes]
    write(workspace.notebook("autograded", job.student, chapter.name), autograded.notebook(own, handed, graded))
    moment = handed_at(file)
    late = penalty(moment, due, settings, sum(score.points or 0 for score in graded.scores))
    book.record(own, job.student, graded, job.edition, moment, late)


def penalty(handed: datetime | None, due: datetime | None, settings: dict, points: float) -> float:
    """Return the points that a late notebook loses: a share for each day that has begun after the days of grace."""
    if handed is None or due is None or handed <= due:
        return 0.0
    days = -((due - handed) // DAY) - settings["grace"]
    return round(min(points, points * settings["penalty"] / 100 * max(0, days)), 2)


def write_all(workspace: Workspace, chapter: Chapter) -> dict:
    """Write grades.csv, the pages of feedback and the report from the gradebook; return how many there are."""
    from lossgrade import report  # which loads Matplotlib

    graded = [number for number in course.numbers() if (workspace.folder / "autograded").is_dir()]
    with Book(workspace.url) as book:
        records = list(book.records(chapter))
        numbers = tuple(number for number in graded if book.origins(course.chapter(number).name))
        lectures = Settings(workspace).of(COURSE)["lectures"]
        pages = feedback.write_all(workspace, book, numbers, lectures)
        everything = [(one, list(book.records(one))) for one in map(course.chapter, numbers)]
    write(workspace.grades, export.tables(everything))
    page = report.report(chapter, records)
    for file in (workspace.report, workspace.folder / "reports" / f"{chapter.name}.html"):
        write(file, page)
    return {"students": sum(bool(record.sha256) for record in records), "pages": pages}
