"""`make refresh`: a fresh kernel, a file in normal form, the same bytes twice, nothing written when a cell fails."""

import copy
import json
import os
import shutil
import subprocess
import sys

import pytest
import synthetic as made

from tools import notebooks
from tools.plumbing import colab
from tools.plumbing.normal_form import STATE
from tools.plumbing.pages import FOLDERS, ROOT, paths, read, tags
from tools.plumbing.question_bank import TAG, bank, fill
from tools.setup import readme

CELLS = [
    made.code("3fa9c1b2", "import ipywidgets\nfrom IPython.display import display"),
    made.code("sliders", "display(ipywidgets.VBox([ipywidgets.FloatSlider(2), ipywidgets.Image(value=b'png')]))"),
    made.code("prints", "print('a')\nimport sys\nsys.stdout.flush()\nprint('b')"),
    made.code("where", "import os; os.path.basename(os.getcwd())"),
    made.code("who", "sys.executable"),
    made.code("settings", "import matplotlib; matplotlib.rcParams['lines.linewidth']"),
]


@pytest.fixture
def course(tmp_path):
    (tmp_path / "notebooks").mkdir()
    path = tmp_path / "notebooks" / "00_start.ipynb"
    title, plan = made.text("9c0d1e2f", "# Start here, please"), made.text("the-plan", f"Old map {readme.ANCHOR}")
    nb = made.new_notebook(cells=[title, *CELLS, plan])
    path.write_text(made.nbformat.writes(nb), encoding="utf-8")
    return path


def test_two_runs_give_the_same_bytes(course, tmp_path, monkeypatch):
    (tmp_path / "matplotlibrc").write_text("lines.linewidth: 9\n")
    monkeypatch.setenv("MATPLOTLIBRC", str(tmp_path / "matplotlibrc"))
    shadow = tmp_path / "jupyter" / "kernels" / "python3"
    shadow.mkdir(parents=True)
    (shadow / "kernel.json").write_text(json.dumps({"argv": ["false"], "display_name": "x", "language": "python"}))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    notebooks.refresh(root=tmp_path)
    first = course.read_bytes()
    notebooks.refresh(["00"], root=tmp_path)
    assert course.read_bytes() == first
    cells = {cell.id: cell for cell in read(course).cells}
    assert list(cells)[:3] == ["start-here-please", "colab", "import-ipywidgets-from-ipython-display"]
    assert cells["map"].source == readme.first_map(tmp_path)
    assert cells["prints"].outputs[0].text == "a\nb\n"
    assert cells["where"].outputs[0].data["text/plain"] == "'notebooks'"
    assert cells["who"].outputs[0].data["text/plain"] == repr(sys.executable)
    assert cells["settings"].outputs[0].data["text/plain"] == "1.5"
    state = read(course).metadata["widgets"][STATE]["state"]
    assert {model["model_name"] for model in state.values()} >= {"VBoxModel", "FloatSliderModel", "ImageModel"}
    assert [path.name for path in course.parent.iterdir()] == [course.name]


def test_an_error_is_reported_with_its_cell_and_nothing_is_written(course, tmp_path):
    nb = read(course)
    nb.cells[3].source = "values = [1, 2]\nvalues[5]"
    course.write_text(made.nbformat.writes(nb), encoding="utf-8")
    before = course.read_bytes()
    with pytest.raises(SystemExit) as stop:
        notebooks.refresh(root=tmp_path)
    assert str(stop.value).startswith("notebooks/00_start.ipynb: cell 'prints' stopped")
    assert "values[5]" in str(stop.value) and "IndexError" in str(stop.value)
    assert course.read_bytes() == before


def test_exercises_follow_their_solutions(tmp_path):
    made.write(tmp_path, "solutions", "01_loss.ipynb", made.solution())
    notebooks.refresh(["01"], root=tmp_path)
    exercise = read(tmp_path / "exercises" / "01_loss.ipynb")
    assert [cell.id for cell in exercise.cells] == [
        "title",
        "colab",
        "mean",
        "mean-points",
        "argument",
        "answer",
        "rubric",
    ]
    assert exercise.cells[2].source.endswith('"""The mean."""\n    # YOUR CODE HERE')
    assert exercise.cells[3].outputs[0].data["text/plain"] == "0"


def test_a_notebook_saved_without_ids_is_refreshed_and_its_map_is_found_by_its_anchor(course, tmp_path):
    saved = json.loads(course.read_text(encoding="utf-8"))
    saved["nbformat_minor"] = 4
    saved["cells"] = [{name: value for name, value in cell.items() if name != "id"} for cell in saved["cells"]]
    course.write_text(json.dumps(saved), encoding="utf-8")
    notebooks.refresh(root=tmp_path)
    assert {cell.id: cell for cell in read(course).cells}["map"].source == readme.first_map(tmp_path)


def test_a_first_notebook_without_a_place_for_the_map_is_named(course, tmp_path):
    nb = read(course)
    nb.cells.pop()
    course.write_text(made.nbformat.writes(nb), encoding="utf-8")
    with pytest.raises(SystemExit, match="has 0 text cells with the anchor"):
        notebooks.refresh(root=tmp_path)


def test_a_name_that_fits_no_notebook_is_refused(tmp_path):
    with pytest.raises(SystemExit, match="no notebook '07'"):
        notebooks.refresh(["07"], root=tmp_path)


def test_refresh_ends_with_the_rules_of_what_it_wrote(tmp_path, capsys):
    solution = made.solution()
    solution.cells[2].metadata["nbgrader"]["points"] = 14
    made.write(tmp_path, "solutions", "01_loss.ipynb", solution)
    assert notebooks.refresh(["01"], root=tmp_path) > 0
    written, *faults = capsys.readouterr().out.splitlines()[1:]
    assert written == "exercises/01_loss.ipynb: written"
    assert "exercises/01_loss.ipynb: has 22 points, not 20" in faults


def test_refresh_counts_the_remarks_on_style_and_says_where_they_are(course, tmp_path, capsys):
    nb = read(course)
    nb.cells[:] = [*nb.cells[:1], made.code("long", "1\n" * 21), nb.cells[-1]]
    course.write_text(made.nbformat.writes(nb), encoding="utf-8")
    notebooks.refresh(["00"], root=tmp_path)
    out = capsys.readouterr().out.splitlines()
    assert out[1] == "2 remarks on style: python tools/course.py check 00"
    assert not any(": style: " in line for line in out)


def test_check_says_the_faults_first_and_then_what_is_unusual(course, tmp_path, capsys):
    made.write_notes(tmp_path)
    path = made.write(tmp_path, "notebooks", "01_loss.ipynb", made.chapter())
    assert notebooks.check(["01"], root=tmp_path) == 0
    assert capsys.readouterr().out == "Every rule that must hold is kept.\n"
    nb = made.chapter()
    nb.metadata["course"]["minutes"] = 90
    made.write(tmp_path, "notebooks", path.name, nb)
    assert notebooks.check(["01"], root=tmp_path) == 0
    assert capsys.readouterr().out.endswith("notebooks/01_loss.ipynb: style: 90 minutes; the aim is 30 to 60\n")
    nb.metadata["course"]["title"] = "Another"
    made.write(tmp_path, "notebooks", path.name, nb)
    assert notebooks.check(["01"], root=tmp_path) == 1
    first, second = capsys.readouterr().out.splitlines()
    assert "the title is" in first and "style:" in second
    course.unlink()
    assert notebooks.check(root=tmp_path) == 2, "without names a missing solution counts too"


def with_other_ids(nb):
    """As an editor saves a notebook that gives each cell a random id of its own."""
    nb = copy.deepcopy(nb)
    for number, cell in enumerate(nb.cells):
        cell.id = f"{number * 2654435761 % 2**32:08x}"
    return nb


@pytest.fixture(scope="module")
def whole_course(tmp_path_factory):
    """What the course is made of, in another place."""
    root = tmp_path_factory.mktemp("course")
    for folder in (*FOLDERS, "lossutils/chapters"):
        shutil.copytree(ROOT / folder, root / folder)
    shutil.copyfile(ROOT / "pyproject.toml", root / "pyproject.toml")
    return root


@pytest.mark.parametrize("path", [*paths("notebooks"), *paths("solutions")], ids=lambda path: path.stem)
def test_with_other_ids_the_map_the_questions_and_the_cell_for_colab_are_found_all_the_same(path, whole_course):
    stored = read(path)
    here = whole_course / path.relative_to(ROOT)
    here.write_text(made.nbformat.writes(with_other_ids(stored)), encoding="utf-8")
    nb = notebooks.prepared(here, whole_course)
    assert [cell.source for cell in nb.cells] == [cell.source for cell in stored.cells]
    known = {cell.id for cell in stored.cells if cell.id in ("map", "colab") or TAG in tags(cell)}
    assert known <= {cell.id for cell in nb.cells}


@pytest.mark.parametrize(
    ("before", "after"), [("tcm", "tcm"), ("ctm", "ctm"), ("tmc", "tcm"), ("tm", "tcm"), ("t", "t")]
)
def test_the_cell_for_colab_stands_before_all_other_code_and_stays_where_it_does(before, after):
    kinds = {
        "t": made.text("words", "Run it."),
        "m": made.code("sum", "2 + 3"),
        "c": made.code("colab", "google.colab"),
    }
    nb = made.new_notebook(cells=[kinds[kind] for kind in before])
    colab.place(nb, ROOT)
    assert [cell.id for cell in nb.cells] == [kinds[kind].id for kind in after]


def test_a_question_that_lost_its_tag_is_known_by_its_id_and_does_not_stand_twice(tmp_path):
    path = paths("notebooks")[1]
    nb = read(path)
    for cell in nb.cells:
        if tags(cell) == [TAG]:
            cell.metadata.tags = []
    fill(nb, bank(path))
    assert nb == read(path)


def test_questions_are_written_without_a_run_and_their_faults_are_said(tmp_path, capsys):
    made.write_notes(tmp_path)
    nb = made.chapter()
    nb.cells.insert(-1, made.code("quiz", 'widgets.quiz("01")', made.result(3)))
    path = made.write(tmp_path, "notebooks", "01_loss.ipynb", nb)
    asked = (
        '[[questions]]\nid = "which-mean"\ntype = "open"\nsection = "Summary"\ndifficulty = 1\nsentence = "guides"\n'
    )
    bank_file = tmp_path / "lossutils" / "chapters" / "ch01" / "questions.toml"
    bank_file.write_text(asked + 'question = "Why?"\nexplanation = "So."\n' + made.MARKED, encoding="utf-8")
    assert notebooks.questions(["01"], root=tmp_path) == 0
    cells = {cell.id: cell for cell in read(path).cells}
    assert cells["question-which-mean"].source.startswith("**1.** Why?")
    assert cells["quiz"].outputs[0].data["text/plain"] == "3"
    bank_file.write_text(asked + 'question = "Why?"\nexplanation = ""\n' + made.MARKED, encoding="utf-8")
    assert notebooks.questions(["01"], root=tmp_path) == 1
    assert "has no explanation" in capsys.readouterr().out


@pytest.mark.parametrize(("command", "answer"), [("claims", "| Chapter |"), ("check 99", "There is no notebook '99'")])
def test_the_commands_run_as_a_program_of_the_repository(command, answer):
    program = [sys.executable, "-m", "tools.notebooks", *command.split()]
    few = os.environ | {"PYTHONIOENCODING": "ascii"}
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", env=few)
    assert answer in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
