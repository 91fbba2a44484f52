"""Every chapter has its tests, and in every lecture the proofs stand in nobody's way."""

import re
import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient
from of_chapters import held, lacking, own_tests

from lossutils import chapters, proof
from tools.plumbing.kernels import isolated_environment, kernel_manager
from tools.plumbing.pages import ROOT, code_cells, paths, read
from tools.plumbing.proofs import is_check, turned_round, without_checks

LECTURES = {f"ch{path.stem[:2]}": path for path in paths("notebooks") if path.stem[:2] in chapters.numbers()}

every_chapter = pytest.mark.parametrize("chapter", LECTURES)
TRAINED = ("ch02", "ch05", "ch09", "ch10", "ch14", "ch19", "ch20")  # long enough to be asked weekly
weekly_where_it_trains = pytest.mark.parametrize(
    "chapter", [pytest.param(one, marks=[pytest.mark.long] * (one in TRAINED)) for one in LECTURES]
)
FIRST = LECTURES["ch01"]  # what needs no other lecture is tried with this one


def test_every_chapter_has_its_tests():
    assert list(lacking()) == []


def test_what_a_chapter_lacks_is_said_in_a_sentence(monkeypatch):
    monkeypatch.setattr(chapters, "numbers", lambda holding="": ("01", "77"))
    for name in ("MOVES", "CHANGE"):
        monkeypatch.delattr(own_tests("01"), name)
    without_moves, without_change, without_tests = lacking()
    assert without_moves.startswith("chapter 01 has a widget: tests/chapters/test_01.py needs WIDGET")
    assert without_change.startswith("the proofs of chapter 01 are tried with a number changed: tests/chapters/test_01")
    assert without_tests.startswith("chapter 77 has no tests: write tests/chapters/test_77.py")


UNDRAWN = """\
import io
from matplotlib.figure import Figure
from PIL import Image

pixel = io.BytesIO()
Image.new("RGBA", (1, 1)).save(pixel, "png")
Figure.savefig = lambda self, file, **_: file.write(pixel.getvalue())
del io, Figure, Image
"""


@pytest.fixture
def run(tmp_path):
    """A function that runs a lecture from top to bottom, as a reader does, and returns it."""

    def to_the_end(nb):
        client = NotebookClient(nb, km=kernel_manager(), timeout=600, resources={"metadata": {"path": str(tmp_path)}})
        client.execute(env=isolated_environment(tmp_path), cleanup_kc=True, stderr=subprocess.DEVNULL)
        return nb

    return to_the_end


def printed(nb):
    """What each check cell prints, by its id."""
    return {cell.id: "".join(output.get("text", "") for output in cell.outputs) for cell in filter(is_check, nb.cells)}


def test_a_lecture_runs_without_its_proofs(run):
    """A rule says for all lectures that no cell needs a name which a proof makes."""
    assert len(printed(read(FIRST))) >= 3 and printed(run(without_checks(read(FIRST)))) == {}


@weekly_where_it_trains
def test_a_reader_who_changes_a_number_reaches_the_end_and_is_told_what_no_longer_holds(chapter, run):
    nb = read(LECTURES[chapter])
    name, old, new = held("CHANGE")[chapter]
    cell = next(cell for cell in nb.cells if cell.id == name)
    assert cell.source.count(old) == 1
    cell.source = cell.source.replace(old, new)
    nb.cells.insert(0, nbformat.v4.new_code_cell(UNDRAWN))  # figures are built, not drawn: no claim looks at dots
    lines = printed(run(nb))
    assert all(line.count("\n") == 1 and line[0] in "✓✗" for line in lines.values()), lines
    told = [line for line in lines.values() if line.startswith(proof.FAILED)]
    assert told and not any("the proof stopped" in line for line in told), lines


def with_false_claims(path):
    """A lecture each of whose checks asserts something false."""
    nb = read(path)
    for cell in filter(is_check, nb.cells):
        false = turned_round(cell.source)
        assert cell.source != false
        cell.source = false
    return nb


def test_every_lecture_has_claims_whose_falsehood_nbval_asks_about():
    """conftest.py runs each check with its last assertion said to be false, and then as it is."""
    assert min(len(printed(read(path))) for path in LECTURES.values()) >= 3


def test_another_line_of_a_check_fails_nbval(tmp_path):
    nb = with_false_claims(FIRST)
    false = {cell.id for cell in filter(is_check, nb.cells)}
    (tmp_path / "lecture.ipynb").write_text(nbformat.writes(nb), encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    command = [sys.executable, "-m", "pytest", "-p", "conftest", "-c", tmp_path / "pytest.ini", "--rootdir", tmp_path]
    command += ["--nbval", "-n0", "-rfE", "--color=no", tmp_path / "lecture.ipynb"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    failed = re.findall(r"^FAILED \S*lecture\.ipynb::Cell (\d+)", done.stdout, re.MULTILINE)
    assert {code_cells(nb)[int(number)].id for number in failed} == false, done.stdout
