"""All outputs of a notebook are compared, pictures too: shown on planted changes, run as `make test` does."""

import base64
import io
import re
import subprocess
import sys
from importlib.metadata import version

import pytest
import synthetic as made
from matplotlib.figure import Figure

from tools.plumbing.normal_form import written
from tools.plumbing.pages import ROOT, read
from tools.plumbing.pictures import difference, differences, reason_not_to_compare
from tools.plumbing.refresh import executed


def drawn(shift=0.0, marker=0.0, noise=0.0, width=6):
    """A small figure as base64: a curve, some points, a marker."""
    figure = Figure(figsize=(width, 4), dpi=80)
    axes = figure.add_subplot(xlabel="c", ylabel="loss", ylim=(0, 4))
    x = [i / 50 for i in range(51)]
    axes.plot(x, [xi**2 + 1 + shift for xi in x])
    axes.plot(x[::5], [(2 + xi) * (1 + noise) for xi in x[::5]], "o", markersize=4)
    axes.plot([0.5], [3 + marker], "s", markersize=5)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", metadata={"Software": None})
    return base64.b64encode(buffer.getvalue()).decode()


@pytest.mark.parametrize("change", [{}, {"noise": 1e-12}, {"noise": -1e-7}, {"shift": 1e-6}], ids=str)
def test_rounding_in_the_data_is_no_difference(change):
    assert difference(drawn(), drawn(**change)) is None


@pytest.mark.parametrize("change", [{"shift": 0.005}, {"shift": 0.1}, {"marker": 0.03}, {"noise": 0.01}], ids=str)
def test_a_curve_or_a_marker_that_moves_is_a_difference(change):
    assert "pixels" in difference(drawn(), drawn(**change))


def test_the_message_says_how_much_and_where():
    message = difference(made.png(100, 50), made.png(100, 50, "black"))
    assert message.startswith("5000 pixels (100.00%) differ by more than 32 of 255 levels, at most by 255")
    assert message.endswith("between columns 0 and 100, rows 0 and 50 of 100 × 50")
    assert "480 × 320" in difference(drawn(), drawn(width=5))


def test_order_and_kinds_of_outputs_count():
    picture, line = made.figure()
    assert differences([picture, line], [picture, line]) == []
    assert "this run gave" in differences([picture, line], [line, picture])[0]
    assert "this run gave" in differences([picture, line], [picture])[0]


def test_pictures_are_compared_only_under_the_pinned_matplotlib(tmp_path):
    constraints = tmp_path / "constraints.txt"
    constraints.write_text("matplotlib-inline==0.1\nmatplotlib==1.5.0\n")
    assert "constraints.txt has 1.5.0" in reason_not_to_compare(constraints)
    assert "constraints.txt has none" in reason_not_to_compare(tmp_path / "missing.txt")
    constraints.write_text(f"matplotlib=={version('matplotlib')}\n")
    assert reason_not_to_compare(constraints) is None
    assert differences([made.shown(image__png=made.png())], [made.shown(image__png=drawn())], pictures=False) == []


SETUP = """import io
from IPython.display import HTML, Image, Markdown, display
from matplotlib.figure import Figure

def draw(shift):
    figure = Figure(figsize=(4, 3), dpi=80)
    figure.add_subplot().plot([1, 2], [1 + shift, 2], "-", [1, 2], [1, 3], ":")
    figure.savefig(buffer := io.BytesIO(), format="png")
    display(Image(buffer.getvalue()))
    display(Markdown("*Figure: a line.*"))"""
CELLS = {
    "setup": SETUP,
    "curve": "draw(0)",
    "formula": "display(Markdown('$a^2$'))",
    "page": "display(HTML('<b>1</b>'))",
    "number": "1 + 1",
    "words": "print('two')",
    "pieces": "print('a'); display(Markdown('b'))",
    "folder": "__import__('os').getcwd().endswith('lectures')",
    "python": f"__import__('sys').executable == {sys.executable!r}",
}
CHANGES = {
    "curve": ("draw(0.02)", "picture 1"),
    "formula": ("display(Markdown('$a^3$'))", "text/markdown"),
    "page": ("display(HTML('<b>2</b>'))", "text/html"),
    "number": ("1 + 2", "text/plain"),
    "words": ("print('too')", "stdout"),
    "pieces": ("display(Markdown('b')); print('a')", "this run gave"),
}
PICTURED = {"curve"}  # other versions of Matplotlib draw other pixels: not compared under them


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """What pytest reports, per notebook and cell, on a notebook as it was stored and on one with changed cells."""
    root = tmp_path_factory.mktemp("course")
    (root / "lectures").mkdir()
    nb = made.new_notebook(cells=[made.code(name, source) for name, source in CELLS.items()])
    good, bad = root / "lectures" / "good.ipynb", root / "lectures" / "bad.ipynb"
    good.write_text(written(executed(nb, good.parent, "good")), encoding="utf-8")
    changed = read(good)
    for cell in changed.cells:
        cell.source = CHANGES.get(cell.id, (cell.source,))[0]
    changed.cells.append(made.code("never-run", "6 * 7"))  # no count, no output
    bad.write_text(made.nbformat.writes(changed), encoding="utf-8")
    (root / "pytest.ini").write_text("[pytest]\n")
    command = [sys.executable, "-m", "pytest", "-p", "conftest", "-c", root / "pytest.ini", "--rootdir", root]
    command += ["--nbval", "-n0", "-rA", "--color=no", good, bad]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    names = [*CELLS, "never-run"]
    outcomes = re.findall(r"^(PASSED|FAILED) \S*?(good|bad)\.ipynb::Cell (\d+)", done.stdout, re.MULTILINE)
    return {(notebook, names[int(number)]): outcome for outcome, notebook, number in outcomes}, done.stdout


def test_an_unchanged_notebook_passes_again(run):
    assert {outcome for (notebook, _), outcome in run[0].items() if notebook == "good"} == {"PASSED"}
    assert {name for notebook, name in run[0] if notebook == "good"} == set(CELLS)


@pytest.mark.parametrize("name", [*CHANGES, "never-run"])
def test_a_changed_output_fails(run, name):
    outcomes, report = run
    if name in PICTURED and reason_not_to_compare():
        assert outcomes["bad", name] == "PASSED" and "NOT compared" in report
        return
    assert outcomes["bad", name] == "FAILED"
    assert f"cell id {name!r}" in report
    assert CHANGES.get(name, ("", "this run gave"))[1] in report


def test_only_the_changed_cells_fail(run):
    failed = {name for (notebook, name), outcome in run[0].items() if (notebook, outcome) == ("bad", "FAILED")}
    pictured = PICTURED if reason_not_to_compare() else set()
    assert failed == {*CHANGES, "never-run"} - pictured
