"""The gradebook: nbgrader's database, and beside its tables one of ours that says how each grade came about.

Everything of a submission is written in one transaction, its grades and their origin: a grader that is stopped at any
moment leaves either all of it or nothing, and the next run goes on from there. Rows of ours have ids that follow from
their names, so that the same submissions make the same gradebook.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import nbformat
import sqlalchemy as sql
from alembic.script import ScriptDirectory
from nbgrader import api
from nbgrader.utils import compute_checksum

from lossgrade.course import Chapter
from lossgrade.grading import Graded, Score
from lossgrade.naming import answer_cell, points_cell

COURSE = "default_course"  # as nbgrader calls it where nobody has said another name
_tables = sql.MetaData()
ORIGIN = sql.Table(
    "lossgrade_origin",
    _tables,
    sql.Column("assignment", sql.String(128), primary_key=True),
    sql.Column("student", sql.String(128), primary_key=True),
    sql.Column("sha256", sql.String(64), nullable=False),  # of the file
    sql.Column("seed", sql.BigInteger, nullable=False),  # of the inputs
    sql.Column("edition", sql.String(64), nullable=False),  # of the tasks and the grader
    sql.Column("handed", sql.String(40)),  # when it was handed in
    sql.Column("details", sql.Text, nullable=False),  # scores and notes
)


@dataclass
class Record:
    """What the gradebook knows of one submission."""

    student: str
    assignment: str
    sha256: str = ""
    seed: int = 0
    edition: str = ""
    handed: str = ""
    scores: list[Score] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    full_name: str = ""
    late_penalty: float = 0.0

    @property
    def points(self) -> float:
        """What it earns so far: what waits for a person counts nothing yet."""
        return max(0.0, round(sum(score.points or 0 for score in self.scores) - self.late_penalty, 2))

    @property
    def most(self) -> int:
        return sum(score.most for score in self.scores)

    @property
    def waits(self) -> bool:
        """Whether a person has still something to grade."""
        return any(score.points is None for score in self.scores)


class Book(contextlib.AbstractContextManager):
    """The open gradebook. Only one process writes."""

    def __init__(self, url: str):
        self._engine = sql.create_engine(url)
        if self._engine.dialect.name == "sqlite":
            sql.event.listen(self._engine, "connect", _settle)
        self._make()

    def _make(self):
        """Make nbgrader's tables as its Gradebook does, and ours, where they are missing."""
        there = sql.inspect(self._engine).get_table_names()
        if "lossgrade_origin" in there:
            return
        api.Base.metadata.create_all(self._engine)
        _tables.create_all(self._engine)
        with self._engine.begin() as db:
            if not there:
                folder = Path(api.__file__).parent / "alembic"
                head = ScriptDirectory(str(folder)).get_current_head()
                db.execute(sql.text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
                db.execute(sql.text("INSERT INTO alembic_version VALUES (:head)"), {"head": head})
            if not self._id_of(db, api.Course, id=COURSE):
                db.execute(api.Course.__table__.insert().values(id=COURSE))

    def __exit__(self, *_) -> None:
        self._engine.dispose()

    def know(self, chapter: Chapter, due: datetime | None = None) -> None:
        """Write down the assignment, its notebook and its graded cells, as `nbgrader generate_assignment` does."""
        name, cells = chapter.name, list(_cells(chapter))
        with self._engine.begin() as db:
            assignment = self._id_of(db, api.Assignment, name=name) or _insert(
                db, api.Assignment, (name,), name=name, course_id=COURSE
            )
            if due is not None:
                table = api.Assignment.__table__
                moment = due.astimezone(UTC).replace(tzinfo=None)
                db.execute(table.update().where(table.c.id == assignment).values(duedate=moment))
            notebook = self._id_of(db, api.Notebook, name=name, assignment_id=assignment) or _insert(
                db, api.Notebook, (name, "notebook"), name=name, assignment_id=assignment, kernelspec=_kernel(chapter)
            )
            for cell, marks in cells:
                self._know_cell(db, notebook, name, cell, marks)

    def _know_cell(self, db, notebook, name, cell, marks):
        grade_id = marks["grade_id"]
        if marks["grade"]:
            values = {"max_score": float(marks["points"]), "cell_type": cell["cell_type"]}
            self._know_part(db, notebook, name, grade_id, "GradeCell", values)
        if marks["solution"]:
            self._know_part(db, notebook, name, grade_id, "SolutionCell", {})
        if marks["grade"] or marks["solution"] or marks["locked"]:
            values = {
                "cell_type": cell["cell_type"],
                "locked": bool(marks["locked"]),
                "source": "".join(cell["source"]),
            }
            values["checksum"] = marks.get("checksum")
            if known := self._id_of(db, api.SourceCell, name=grade_id, notebook_id=notebook):
                table = api.SourceCell.__table__
                db.execute(table.update().where(table.c.id == known).values(**values))
            else:
                _insert(db, api.SourceCell, (name, grade_id), name=grade_id, notebook_id=notebook, **values)

    def _know_part(self, db, notebook, name, grade_id, kind, values):
        """A grade cell or a solution cell stands in two tables."""
        table = getattr(api, kind).__table__
        if known := self._id_of(db, api.BaseCell, name=grade_id, notebook_id=notebook, type=kind):
            if values:
                db.execute(table.update().where(table.c.id == known).values(**values))
            return
        key = _key(name, grade_id, kind)
        db.execute(api.BaseCell.__table__.insert().values(id=key, name=grade_id, notebook_id=notebook, type=kind))
        db.execute(table.insert().values(id=key, **values))

    @staticmethod
    def _id_of(db, model, **names):
        table = model.__table__
        asked = sql.select(table.c.id).where(*(table.c[name] == value for name, value in names.items()))
        return db.execute(asked).scalar()

    def enrol(self, students: dict[str, dict]) -> None:
        """Write down students with what is known of them: full name, e-mail, number in the learning platform."""
        table = api.Student.__table__
        with self._engine.begin() as db:
            there = set(db.execute(sql.select(table.c.id)).scalars())
            for student, about in students.items():
                about = {name: value for name, value in about.items() if value}
                if student not in there:
                    db.execute(table.insert().values(id=student, **about))
                elif about:
                    db.execute(table.update().where(table.c.id == student).values(**about))

    def origin(self, assignment: str, student: str) -> Record | None:
        """Return what is known of a submission; None if it was never graded."""
        with self._engine.connect() as db:
            table = ORIGIN
            asked = sql.select(table).where(table.c.assignment == assignment, table.c.student == student)
            row = db.execute(asked).mappings().first()
            return None if row is None else _record(row)

    def origins(self, assignment: str) -> dict[str, Record]:
        """Return what is known of all submissions of an assignment, by student."""
        with self._engine.connect() as db:
            asked = sql.select(ORIGIN).where(ORIGIN.c.assignment == assignment).order_by(ORIGIN.c.student)
            return {row["student"]: _record(row) for row in db.execute(asked).mappings()}

    def record(
        self, chapter: Chapter, student: str, graded: Graded, edition: str, handed: datetime | None, late: float
    ) -> None:
        """Write down what a submission earns, and how: all of it or nothing. Points given by hand stay."""
        name = chapter.name
        moment = handed.astimezone(UTC).replace(tzinfo=None) if handed else None
        with self._engine.begin() as db:
            if not self._id_of(db, api.Student, id=student):
                db.execute(api.Student.__table__.insert().values(id=student))
            assignment = self._id_of(db, api.Assignment, name=name)
            notebook = self._id_of(db, api.Notebook, name=name, assignment_id=assignment)
            handed_in = self._id_of(db, api.SubmittedAssignment, assignment_id=assignment, student_id=student)
            if handed_in is None:
                handed_in = _insert(
                    db,
                    api.SubmittedAssignment,
                    (name, student),
                    assignment_id=assignment,
                    student_id=student,
                    timestamp=moment,
                )
            else:
                table = api.SubmittedAssignment.__table__
                db.execute(table.update().where(table.c.id == handed_in).values(timestamp=moment))
            copy = self._id_of(db, api.SubmittedNotebook, notebook_id=notebook, assignment_id=handed_in)
            copy = copy or _insert(
                db,
                api.SubmittedNotebook,
                (name, student, "notebook"),
                notebook_id=notebook,
                assignment_id=handed_in,
                flagged=False,
            )
            table = api.SubmittedNotebook.__table__
            db.execute(table.update().where(table.c.id == copy).values(late_submission_penalty=late))
            self._grade(db, notebook, copy, (name, student), graded)
            self._comment(db, notebook, copy, (name, student), graded)
            db.execute(ORIGIN.delete().where(ORIGIN.c.assignment == name, ORIGIN.c.student == student))
            row = {
                "assignment": name,
                "student": student,
                "sha256": graded.sha256,
                "seed": graded.seed,
                "edition": edition,
            }
            row["handed"] = handed.astimezone(UTC).isoformat() if handed else None
            row["details"] = json.dumps(_details(graded), ensure_ascii=False, sort_keys=True)
            db.execute(ORIGIN.insert().values(**row))

    def forget(self, student: str) -> list[str]:
        """Delete all rows of a student; return the names of the files they have handed in."""
        s, n, g, c = (one.__table__ for one in (api.SubmittedAssignment, api.SubmittedNotebook, api.Grade, api.Comment))
        handed = sql.select(s.c.id).where(s.c.student_id == student)
        notebooks = sql.select(n.c.id).where(n.c.assignment_id.in_(handed))
        with self._engine.begin() as db:
            versions = list(db.execute(sql.select(ORIGIN.c.sha256).where(ORIGIN.c.student == student)).scalars())
            for table in (g, c):
                db.execute(table.delete().where(table.c.notebook_id.in_(notebooks)))
            db.execute(n.delete().where(n.c.assignment_id.in_(handed)))
            db.execute(s.delete().where(s.c.student_id == student))
            db.execute(ORIGIN.delete().where(ORIGIN.c.student == student))
            db.execute(api.Student.__table__.delete().where(api.Student.__table__.c.id == student))
        return versions

    def _grade(self, db, notebook, copy, names, graded):
        earned = {score.cell: score.points for score in graded.scores}
        cells, grades = api.BaseCell.__table__, api.Grade.__table__
        asked = sql.select(cells.c.id, cells.c.name).where(cells.c.notebook_id == notebook, cells.c.type == "GradeCell")
        there = {row.cell_id: row for row in db.execute(sql.select(grades).where(grades.c.notebook_id == copy))}
        new = []
        for cell, grade_id in db.execute(asked).all():
            auto = earned.get(grade_id, 0)  # a rubric's cell is worth nothing
            row = there.get(cell)
            by_hand = row is not None and row.manual_score is not None
            values = {"auto_score": auto, "needs_manual_grade": auto is None or by_hand}
            if row is None:
                new.append(_row(api.Grade, (*names, grade_id, "grade"), notebook_id=copy, cell_id=cell, **values))
            elif (row.auto_score, row.needs_manual_grade) != tuple(values.values()):
                db.execute(grades.update().where(grades.c.id == row.id).values(**values))
        _insert_all(db, api.Grade, new)

    def _comment(self, db, notebook, copy, names, graded):
        says = {score.name.replace("_", "-"): " ".join(score.says) for score in graded.scores}
        says |= {score.cell: None if score.points is None else "No response." for score in graded.scores}
        cells, comments = api.BaseCell.__table__, api.Comment.__table__
        asked = sql.select(cells.c.id, cells.c.name).where(
            cells.c.notebook_id == notebook, cells.c.type == "SolutionCell"
        )
        there = {row.cell_id: row for row in db.execute(sql.select(comments).where(comments.c.notebook_id == copy))}
        new = []
        for cell, grade_id in db.execute(asked).all():
            comment, row = says.get(grade_id), there.get(cell)
            if row is None:
                key = (*names, grade_id, "comment")
                new.append(_row(api.Comment, key, notebook_id=copy, cell_id=cell, auto_comment=comment))
            elif row.auto_comment != comment:
                db.execute(comments.update().where(comments.c.id == row.id).values(auto_comment=comment))
        _insert_all(db, api.Comment, new)

    def records(self, chapter: Chapter) -> Iterator[Record]:
        """Yield what every student of the gradebook has earned in a chapter, points given by hand included."""
        origins, manual = self.origins(chapter.name), self._by_hand(chapter.name)
        with self._engine.connect() as db:
            students = (
                db.execute(sql.select(api.Student.__table__).order_by(api.Student.__table__.c.id)).mappings().all()
            )
        for about in students:
            record = origins.get(about["id"]) or Record(about["id"], chapter.name, scores=_nothing(chapter))
            record.full_name = " ".join(filter(None, (about["first_name"], about["last_name"])))
            grades, record.late_penalty = manual.get(about["id"], ({}, 0.0))
            for score in record.scores:
                given, extra, waits, comment = grades.get(score.cell, (None, None, False, None))
                if given is not None:
                    score.points = given
                if extra:
                    score.points = (score.points or 0) + extra
                if comment:
                    score.says = [*score.says, comment]
            yield record

    def _by_hand(self, assignment):
        """By student: {cell: (manual score, extra credit, waits, comment)}, and the penalty for being late."""
        a, s, n, g = (
            model.__table__ for model in (api.Assignment, api.SubmittedAssignment, api.SubmittedNotebook, api.Grade)
        )
        c, m, base = api.Comment.__table__, {}, api.BaseCell.__table__
        joined = s.join(a, a.c.id == s.c.assignment_id).join(n, n.c.assignment_id == s.c.id)
        found: dict[str, tuple[dict, float]] = {}
        with self._engine.connect() as db:
            rows = db.execute(
                sql.select(s.c.student_id, n.c.late_submission_penalty)
                .select_from(joined)
                .where(a.c.name == assignment)
            )
            for student, late in rows:
                found[student] = {}, late or 0.0
            asked = sql.select(s.c.student_id, base.c.name, c.c.manual_comment).select_from(
                joined.join(c, c.c.notebook_id == n.c.id).join(base, base.c.id == c.c.cell_id)
            )
            for student, cell, comment in db.execute(
                asked.where(a.c.name == assignment, c.c.manual_comment.is_not(None))
            ):
                m[student, cell] = comment
            asked = sql.select(
                s.c.student_id, base.c.name, g.c.manual_score, g.c.extra_credit, g.c.needs_manual_grade
            ).select_from(joined.join(g, g.c.notebook_id == n.c.id).join(base, base.c.id == g.c.cell_id))
            for student, cell, given, extra, waits in db.execute(asked.where(a.c.name == assignment)):
                comment = m.get((student, cell)) or m.get((student, cell.removeprefix("points-")))
                found[student][0][cell] = given, extra, waits, comment
        return found


def _settle(connection, _):
    """Let a reader look while the grader writes, and wait for each other instead of failing."""
    connection.execute("PRAGMA busy_timeout = 60000")


def _cells(chapter):
    default = {"grade": False, "solution": False, "locked": False}
    for cell in chapter.graded:
        marks = default | cell["metadata"]["nbgrader"]
        yield (
            cell,
            marks | {"checksum": compute_checksum(nbformat.from_dict({**cell, "source": "".join(cell["source"])}))},
        )


def _kernel(chapter):
    return json.dumps(chapter.release["metadata"].get("kernelspec", {}))


def _insert(db, model, key, **values):
    row = _row(model, key, **values)
    _insert_all(db, model, [row])
    return row["id"]


def _insert_all(db, model, rows):
    if rows:
        db.execute(model.__table__.insert(), rows)


def _row(model, key, **values):
    return {"id": _key(model.__tablename__, *key), **values}


def _key(*names):
    return hashlib.md5("\0".join(names).encode(), usedforsecurity=False).hexdigest()


def _details(graded):
    return {"scores": [vars(score) for score in graded.scores], "notes": graded.notes}


def _record(row):
    details = json.loads(row["details"])
    scores = [Score(**score) for score in details["scores"]]
    return Record(
        row["student"],
        row["assignment"],
        row["sha256"],
        row["seed"],
        row["edition"],
        row["handed"] or "",
        scores,
        details["notes"],
    )


def _nothing(chapter):
    says = ["nothing was handed in."]
    scores = [Score(task.name, points_cell(task), 0, task.points, says, False) for task in chapter.tasks]
    return scores + [Score(one.name, answer_cell(one), 0, one.points, says, False) for one in chapter.arguments]
