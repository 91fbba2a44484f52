"""The commands: lossgrade COMMAND …; `lossgrade --help` lists them."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from lossgrade import checkout  # noqa: F401  first: it finds the course's library
from lossgrade.refusals import NoMatch, Refusal


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line says; return the exit code."""
    reader = parser()
    asked, asked.flags = reader.parse_known_args(arguments)
    if asked.flags and asked.does is not formgrader:
        reader.error(f"unknown: {' '.join(asked.flags)}")
    try:
        if asked.tasks:
            _use_tasks(asked)
        return asked.does(asked) or 0
    except (Refusal, OSError) as error:
        print(f"lossgrade: {error}", file=sys.stderr)
        return 2


def parser() -> argparse.ArgumentParser:
    """Return the reader of the command line."""
    whole = argparse.ArgumentParser(prog="lossgrade", description="Hand out, collect and grade the course's exercises.")
    commands = whole.add_subparsers(required=True, metavar="COMMAND")

    def command(does, chapter=True):
        says = does.__doc__.splitlines()[0]
        one = commands.add_parser(does.__name__, help=says[0].lower() + says[1:].rstrip("."), description=says)
        one.set_defaults(does=does)
        if chapter:
            one.add_argument("chapter", help="its number, as in 01")
        one.add_argument(
            "--into", type=Path, default=Path(), metavar="DIR", help="your folder for grades (else the current one)"
        )
        one.add_argument("--tasks", type=Path, metavar="DIR", help="a folder with tasks of your own, which stays here")
        one.add_argument(
            "--gradebook", default="", metavar="URL", help="another database: postgresql+psycopg://user@host/name"
        )
        return one

    one = command(assign)
    one.add_argument("--seed", metavar="TERM", help="hand out other numbers, which follow from this word")
    one.add_argument(
        "--by-student", action="store_true", default=None, help="other numbers for each student of the roster"
    )
    one.add_argument(
        "--roster", metavar="CSV", help="the students: columns id, name, email, or an export of Canvas or Moodle"
    )
    one = command(collect)
    one.add_argument("--submitted", required=True, type=Path, metavar="PLACE", help="a folder, Moodle's or Canvas' ZIP")
    one = command(grade)
    one.add_argument(
        "--submitted", type=Path, metavar="PLACE", help="a folder, Moodle's or Canvas' ZIP: collect it first"
    )
    one.add_argument("--roster", metavar="CSV", help="the students: who handed in nothing gets a line too")
    one.add_argument("--due", metavar="TIME", help="the deadline: 2026-12-01T23:59+01:00 (UTC where no zone is said)")
    one.add_argument("--grace", type=int, metavar="DAYS", help="late days that cost nothing")
    one.add_argument(
        "--penalty", type=float, metavar="PERCENT", help="of the points, for each further day that has begun"
    )
    one.add_argument(
        "--workers", type=int, metavar="N", help="processes on this computer (else one for each processor)"
    )
    one.add_argument("--scheduler", metavar="ADDRESS", help="a Dask scheduler, whose workers grade instead")
    one.add_argument("--again", action="store_true", help="grade everything anew, also what has not changed")
    one.add_argument("--trusted", action="store_true", help="run student code without walls, with your rights")
    one = command(feedback)
    one.add_argument("--lectures", metavar="ADDRESS", help="where the lectures are: https://…/{chapter}.html")
    command(report)
    one = command(export)
    kind = one.add_mutually_exclusive_group(required=True)
    kind.add_argument("--csv", action="store_true", help="grades.csv")
    kind.add_argument("--moodle", nargs="?", const="", metavar="WORKSHEET", help="Moodle's grading worksheet")
    kind.add_argument("--canvas", nargs="?", const="", metavar="GRADEBOOK", help="Canvas' exported gradebook")
    one.add_argument("--column", default="", help="the column of the points, where it has another name")
    one.add_argument("--output", type=Path, metavar="FILE", help="where to write it (else to the terminal)")
    command(formgrader, chapter=False).epilog = "All other flags are handed to JupyterLab: --no-browser --port=9000"
    one = command(forget, chapter=False)
    one.add_argument("student", help="the id, as in grades.csv")
    return whole


def assign(asked) -> None:
    """Write the exercise to hand out, and its solution: source/ and release/ of nbgrader."""
    from lossgrade import course, steps, tables

    workspace, chapter = _workspace(asked), course.chapter(asked.chapter)
    settings = steps.Settings(workspace).change(chapter.name, term=asked.seed, by_student=asked.by_student)
    students = list(tables.roster(tables.read(asked.roster))) if asked.roster else []
    if settings["by_student"] and not students:
        raise NoMatch("--by-student needs --roster, the list of the students")
    for file in steps.assign(workspace, chapter, settings, students):
        print(file)


def collect(asked) -> None:
    """Bring what was handed in into submitted/, where nbgrader has it; nothing there is lost."""
    from lossgrade import course, steps

    workspace, chapter = _workspace(asked), course.chapter(asked.chapter)
    _say(steps.collect(workspace, chapter, asked.submitted))
    there = sum(1 for _ in workspace.submitted(chapter.name))
    print(f"{there} notebooks of {chapter.name} in {workspace.folder / 'submitted'}")


def grade(asked) -> int:
    """Grade what was handed in, and write gradebook.db, grades.csv, feedback/ and report.html."""
    from lossgrade import course

    chapter = course.chapter(asked.chapter)
    with _pool(asked, chapter) as pool:  # its processes start while this one loads what the gradebook needs
        from lossgrade import steps, tables

        due = _moment(asked.due).isoformat() if asked.due else None
        roster = tables.roster(tables.read(asked.roster)) if asked.roster else {}
        pool.ready()
        workspace = _workspace(asked)
        settings = steps.Settings(workspace).change(chapter.name, due=due, grace=asked.grace, penalty=asked.penalty)
        if asked.submitted:
            _say(steps.collect(workspace, chapter, asked.submitted))
        if roster:
            _enrol(workspace, roster)
        problems = steps.grade(workspace, chapter, settings, pool, asked.again, asked.trusted)
    made = steps.write_all(workspace, chapter)
    _say(problems)
    print(f"{made['students']} students graded. Look at {workspace.report}; grades are in {workspace.grades}.")
    return 1 if problems else 0


def _use_tasks(asked):
    from lossgrade import private

    if not asked.tasks.is_dir():
        raise NoMatch(f"there is no folder {asked.tasks}")
    if getattr(asked, "scheduler", None):
        raise NoMatch("tasks of your own stay on this computer: --tasks and --scheduler do not go together")
    os.environ[private.NAMED] = str(asked.tasks.absolute())  # the processes that grade find it there


def _pool(asked, chapter):
    """Who grades: processes of this computer, or a cluster's."""
    if asked.scheduler:
        from lossgrade import cluster

        return cluster.Elsewhere(asked.scheduler)
    from lossgrade import work

    return work.Here(asked.workers or work.cores(), chapter.number, asked.trusted)


def feedback(asked) -> None:
    """Write the students' pages of feedback, with the points that were given by hand."""
    from lossgrade import course, steps

    workspace = _workspace(asked)
    steps.Settings(workspace).change(steps.COURSE, lectures=asked.lectures)
    made = steps.write_all(workspace, course.chapter(asked.chapter))
    print(f"{made['pages']} pages in {workspace.folder / 'feedback'}")


def report(asked) -> None:
    """Write the report on the class: points by task, frequent mistakes, what to repeat."""
    from lossgrade import course, steps

    workspace = _workspace(asked)
    steps.write_all(workspace, course.chapter(asked.chapter))
    print(workspace.report)


def export(asked) -> None:
    """Write the points as Moodle or Canvas import them, or as a plain table."""
    from lossgrade import course, export, tables
    from lossgrade.book import Book
    from lossgrade.workspace import write

    workspace, chapter = _workspace(asked), course.chapter(asked.chapter)
    with Book(workspace.url) as book:
        records = list(book.records(chapter))
    if asked.csv:
        text, says = export.table(chapter, records), export.waiting(records)
    elif asked.moodle is not None:
        text, says = export.moodle(chapter, records, tables.read(asked.moodle) if asked.moodle else "", asked.column)
    else:
        text, says = export.canvas(chapter, records, tables.read(asked.canvas) if asked.canvas else "", asked.column)
    if asked.output:
        write(asked.output, text)
    else:
        print(text, end="")
    _say(says)


def formgrader(asked) -> int:
    """Open nbgrader's formgrader in JupyterLab, for the answers that a person grades."""
    workspace = _workspace(asked)
    lab = [sys.executable, "-m", "jupyterlab", "--LabApp.default_url=/formgrader"]
    lab += ["--ServerApp.jpserver_extensions={'nbgrader.server_extensions.formgrader': True}", *asked.flags]
    return subprocess.run(lab, cwd=workspace.folder, check=False).returncode


def forget(asked) -> None:
    """Delete everything that is kept of a student."""
    from lossgrade.book import Book
    from lossgrade.workspace import safe_name

    workspace = _workspace(asked)
    with Book(workspace.url) as book:
        versions = book.forget(asked.student)
    name = safe_name(asked.student)
    for step in ("submitted", "autograded", "feedback", "handout"):
        shutil.rmtree(workspace.folder / step / name, ignore_errors=True)
    for file in (workspace.feedback(name), *(workspace.kept(sha256) for sha256 in versions)):
        file.unlink(missing_ok=True)
    print(f"{asked.student} is forgotten. Write grades.csv and report.html anew: lossgrade report 01")


def _workspace(asked):
    from lossgrade.workspace import Workspace

    return Workspace(asked.into, asked.gradebook)


def _enrol(workspace, students):
    from lossgrade.book import Book

    with Book(workspace.url) as book:
        book.enrol(students)


def _moment(text):
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise NoMatch(f"{text!r} is no time; write it as in 2026-12-01T23:59+01:00") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _say(lines):
    for line in lines:
        print(line, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
