"""The gradebook is nbgrader's own, holds how each grade came about, and loses nothing."""

from __future__ import annotations

import copy
import csv
import datetime
import io
import json
import os
import sqlite3
import sys

import pytest
import simulated
from nbgrader.api import Gradebook

from lossgrade import autograded, course, export, feedback, grading, report, steps
from lossgrade.book import Book
from lossgrade.notebook import Handed
from lossgrade.workspace import Workspace

SEED = 9
NOON = datetime.datetime(2026, 12, 1, 12, tzinfo=datetime.UTC)


@pytest.fixture(scope="module")
def graded(walls, chapter):
    """Three students: everything right, nothing, and mistakes."""
    chosen = simulated.students(chapter, 3, SEED)
    data = [simulated.notebook(chapter, one, "tau = 0.9" if place else "") for place, one in enumerate(chosen)]
    return {f"s{place}": (one, grading.grade(walls, chapter, one, SEED)) for place, one in enumerate(data)}


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'gradebook.db'}"


def fill(url, chapter, graded, edition="e", handed=NOON, late=0.0):
    with Book(url) as book:
        book.know(chapter)
        for student, (_, one) in graded.items():
            book.record(chapter, student, one, edition, handed, late)


def rows(url):
    """Everything in the database, but for the order of the rows."""
    with sqlite3.connect(url.removeprefix("sqlite:///")) as db:
        tables = [name for (name,) in db.execute("select name from sqlite_master where type = 'table'")]
        return {name: sorted(map(repr, db.execute(f"select * from {name}"))) for name in tables}


def test_nbgrader_reads_the_points_and_what_waits_for_a_person(url, chapter, graded):
    fill(url, chapter, graded)
    with Gradebook(url) as book:
        assert book.find_assignment(chapter.name).max_score == sum(t.points for t in chapter.tasks) + 3
        for student, (_, one) in graded.items():
            submission = book.find_submission(chapter.name, student)
            assert submission.score == pytest.approx(sum(score.points or 0 for score in one.scores))
            assert submission.needs_manual_grade == any(score.points is None for score in one.scores)
            assert submission.timestamp == NOON.replace(tzinfo=None)
            for score in one.scores:
                grade = book.find_grade(score.cell, chapter.name, chapter.name, student)
                assert (grade.auto_score, grade.max_score) == (score.points, score.most)


def test_nbgraders_own_database_gets_the_same_tables_and_cells(tmp_path, chapter, graded, monkeypatch):
    beside = os.path.dirname(sys.executable)  # nbgrader calls the program alembic
    monkeypatch.setenv("PATH", os.pathsep.join([beside, os.environ["PATH"]]))
    with Gradebook(f"sqlite:///{tmp_path / 'theirs.db'}"):
        pass
    url = f"sqlite:///{tmp_path / 'ours.db'}"
    with Book(url):
        pass
    theirs, ours = (rows(f"sqlite:///{tmp_path / name}") for name in ("theirs.db", "ours.db"))
    assert ours.pop("lossgrade_origin") == []
    assert ours == theirs
    over_theirs = f"sqlite:///{tmp_path / 'theirs.db'}"
    fill(over_theirs, chapter, graded)
    with Gradebook(over_theirs) as book:
        assert len(book.assignment_submissions(chapter.name)) == 3


def test_the_same_submissions_make_the_same_gradebook_in_any_order(tmp_path, chapter, graded):
    urls = [f"sqlite:///{tmp_path / name}.db" for name in "ab"]
    fill(urls[0], chapter, graded)
    fill(urls[1], chapter, dict(reversed(graded.items())))
    fill(urls[1], chapter, graded)
    assert rows(urls[0]) == rows(urls[1])


def test_points_and_comments_by_hand_survive_another_grading(url, chapter, graded):
    fill(url, chapter, graded)
    with Gradebook(url) as book:
        book.find_grade("beds-answer", chapter.name, chapter.name, "s1").manual_score = 2
        book.find_grade("points-mse", chapter.name, chapter.name, "s1").manual_score = 1.5
        book.find_comment(
            "beds-answer", chapter.name, chapter.name, "s1"
        ).manual_comment = "Which number does it learn?"
        book.db.commit()
    fill(url, chapter, graded, edition="another")
    with Book(url) as book:
        record = next(one for one in book.records(chapter) if one.student == "s1")
    scores = {score.name: score for score in record.scores}
    assert (scores["beds"].points, scores["mse"].points) == (2, 1.5)
    assert "Which number does it learn?" in scores["beds"].says
    assert "Which number does it learn?" in feedback.page_of("s1", [(chapter, record)])
    with Gradebook(url) as book:
        assert book.find_grade("beds-answer", chapter.name, chapter.name, "s1").needs_manual_grade


def test_every_grade_can_be_traced(url, chapter, graded):
    fill(url, chapter, graded, edition="abc123")
    with Book(url) as book:
        record = book.origin(chapter.name, "s2")
    data, one = graded["s2"]
    assert (record.sha256, record.seed, record.edition) == (Handed.read(data).sha256, SEED, "abc123")
    assert record.handed == NOON.isoformat() and record.scores == one.scores


def test_a_grade_is_written_whole_or_not_at_all(url, chapter, graded, monkeypatch):
    fill(url, chapter, {"s0": graded["s0"]})
    before = rows(url)

    def stops(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Book, "_comment", stops)
    with pytest.raises(KeyboardInterrupt):
        fill(url, chapter, {"s1": graded["s1"]})
    assert rows(url) == before


def test_who_has_handed_in_nothing_has_a_line_too(url, chapter, graded):
    fill(url, chapter, graded)
    with Book(url) as book:
        book.enrol({"zoe": {"last_name": "Zoe Zander", "email": "zoe@example.org"}, "s1": {"last_name": "Ada"}})
        records = {record.student: record for record in book.records(chapter)}
    assert list(records) == ["s0", "s1", "s2", "zoe"]
    assert records["s1"].full_name == "Ada"
    zoe = records["zoe"]
    assert (zoe.points, zoe.most, zoe.sha256) == (0, records["s0"].most, "")
    assert {line for score in zoe.scores for line in score.says} == {"nothing was handed in."}
    page = report.report(chapter, list(records.values()))
    assert "3 of 4 handed in" in page and "Zoe Zander" in page


def test_a_student_can_be_forgotten(url, chapter, graded):
    fill(url, chapter, {name: graded[name] for name in ("s0", "s2")})
    before = rows(url)
    fill(url, chapter, {"s1": graded["s1"]})
    with Book(url) as book:
        assert book.forget("s1") == [graded["s1"][1].sha256]
    assert rows(url) == before


@pytest.mark.parametrize(
    ("days", "grace", "penalty", "lost"),
    [
        (-1, 0, 10, 0),
        (0.01, 0, 10, 1.2),
        (1, 0, 10, 1.2),
        (1.01, 0, 10, 2.4),
        (1.01, 1, 10, 1.2),
        (30, 0, 10, 12),
        (3, 0, 0, 0),
    ],
)
def test_late_days_cost_a_share_of_the_points(days, grace, penalty, lost):
    settings = {"grace": grace, "penalty": penalty}
    handed = NOON + datetime.timedelta(days=days)
    assert steps.penalty(handed, NOON, settings, 12) == lost
    assert steps.penalty(None, NOON, settings, 12) == steps.penalty(handed, None, settings, 12) == 0


def test_the_penalty_is_nbgraders_and_stands_on_the_students_page(url, chapter, graded):
    fill(url, chapter, graded, late=1.5)
    with Gradebook(url) as book:
        assert book.find_submission(chapter.name, "s0").late_submission_penalty == 1.5
    with Book(url) as book:
        record = next(one for one in book.records(chapter) if one.student == "s0")
    assert record.points == sum(score.points or 0 for score in record.scores) - 1.5
    assert "It came late: 1.5 points less." in feedback.page_of("s0", [(chapter, record)])


def test_a_page_tells_what_was_wrong_and_where_to_read_again_and_nothing_of_the_hidden_checks(chapter, graded):
    _, one = graded["s2"]
    with_hidden = [score for score in one.scores if score.hidden and "passed the hidden checks" not in score.hidden]
    record = course_record(one)
    page = feedback.page_of("s2", [(chapter, record)])
    for score in one.scores:
        for line in score.says:
            assert line.split("`")[0][:40] in page
    assert "Read again:" in page and "<script" not in page
    for score in with_hidden:
        assert score.hidden not in page


def test_a_page_links_to_the_section_where_it_is_said_where_the_lectures_are(chapter, graded):
    record = course_record(graded["s2"][1])
    book = feedback.page_of("s2", [(chapter, record)], "https://example.org/{chapter}.html")
    assert 'href="https://example.org/01_what_is_a_loss.html#the-weight-of-a-target-says-how-many' in book
    lab = feedback.page_of("s2", [(chapter, record)], "https://example.org/{chapter}.ipynb")
    assert 'href="https://example.org/01_what_is_a_loss.ipynb#The-weight-of-a-target-says-how-many' in lab


def course_record(one):
    from lossgrade.book import Record

    return Record("s2", "01", one.sha256, one.seed, "e", "", copy.deepcopy(one.scores), list(one.notes))


def test_names_and_code_of_students_are_shown_as_text(chapter, graded):
    _, one = graded["s2"]
    record = course_record(one)
    record.full_name = "<script>alert(1)</script>"
    record.notes = ["<img src=x onerror=alert(2)>"]
    record.scores[0].code = "</pre><script>alert(3)</script>"
    record.scores[0].says = ["`<script>alert(4)</script>` & <b>"]
    for page in (feedback.page_of("s2", [(chapter, record)]), report.report(chapter, [record])):
        assert "<script" not in page and "<img src=x" not in page and "&lt;script&gt;" in page


def test_the_autograded_notebook_holds_each_task_once_with_its_points(chapter, graded):
    for data, one in graded.values():
        nb = json.loads(autograded.notebook(chapter, Handed.read(data), one))
        outputs = {c["metadata"].get("nbgrader", {}).get("grade_id"): c.get("outputs") for c in nb["cells"]}
        for score in one.scores[: len(chapter.tasks)]:
            says, number = outputs[score.cell]
            assert says["text"].splitlines() == score.says
            assert float(number["data"]["text/plain"]) == score.points


def test_the_workspace_opens_nbgrader_on_its_own_gradebook(tmp_path):
    workspace = Workspace(tmp_path / "grades")
    settings = (workspace.folder / "nbgrader_config.py").read_text(encoding="utf-8")
    assert repr(workspace.url) in settings
    (workspace.folder / "nbgrader_config.py").write_text("mine")
    assert Workspace(tmp_path / "grades").url == workspace.url
    assert (workspace.folder / "nbgrader_config.py").read_text() == "mine"


def test_the_chapters_of_the_course_can_all_be_known(url):
    with Book(url) as book:
        for number in course.numbers():
            book.know(course.chapter(number))
    with Gradebook(url) as book:
        assert {one.name[:2] for one in book.assignments} == set(course.numbers())


def test_grades_of_several_chapters_are_one_table(url, chapter, graded):
    fill(url, chapter, graded)
    other = course.chapter("19")
    with Book(url) as book:
        book.know(other)
        text = export.tables([(one, list(book.records(one))) for one in (chapter, other)])
    lines = list(csv.DictReader(io.StringIO(text)))
    assert [(line["student"], line["chapter"][:2]) for line in lines] == [
        (f"s{k}", n) for n in ("01", "19") for k in range(3)
    ]
    assert lines[0]["mse"] == "2" and lines[0]["centre_slopes"] == "" and lines[3]["centre_slopes"] == "0"
