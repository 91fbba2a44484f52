"""`make refresh`: a fresh kernel, a file in normal form, the same bytes twice, nothing written when a cell fails."""

import json
import os
import subprocess
import sys

import pytest
import synthetic as made

from tools import notebooks
from tools.plumbing.normal_form import STATE
from tools.plumbing.pages import ROOT, read
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
    assert [cell.id for cell in exercise.cells] == ["title", "colab", "mean", "mean-points", "argument", "answer"]
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


@pytest.mark.parametrize(
    ("command", "answer"),
    [("claims", "| Chapter |"), ("check 99", "There is no notebook '99'"), ("help", "refresh [NOTEBOOK…]")],
)
def test_the_commands_run_as_a_script_from_anywhere(command, answer, tmp_path):
    script = [sys.executable, str(ROOT / "tools" / "notebooks.py"), *command.split()]
    done = subprocess.run(
        script,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )
    assert answer in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
