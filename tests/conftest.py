"""What several files of tests use: how often something is drawn, a way to leave the drawing out, and graded tasks."""

import io
from collections import Counter

import practising
import pytest
from figures import catching
from matplotlib.figure import Figure
from PIL import Image

from lossutils import practice
from lossutils.judge import interrupt, limits


@pytest.fixture
def drawn(monkeypatch):
    """Count the sheets that are begun and the pictures that are made of them; a picture takes nearly all of a move."""
    counted = Counter(sheets=0, pictures=0)
    start, save = Figure.__init__, Figure.savefig

    def begins(self, *args, **kwargs):
        counted["sheets"] += 1
        start(self, *args, **kwargs)

    def saves(self, *args, **kwargs):
        counted["pictures"] += 1
        return save(self, *args, **kwargs)

    monkeypatch.setattr(Figure, "__init__", begins)
    monkeypatch.setattr(Figure, "savefig", saves)
    return counted


@pytest.fixture
def unrendered(monkeypatch):
    """Figures are built and not rendered, which is most of their work: for tests that look at numbers and words."""
    pixel = io.BytesIO()
    Image.new("RGBA", (1, 1)).save(pixel, "png")
    monkeypatch.setattr(Figure, "savefig", lambda self, file, **_: file.write(pixel.getvalue()))


@pytest.fixture
def shown():
    """What is displayed during the test, as a list, and the figures behind it."""
    with catching() as caught:
        yield caught


@pytest.fixture
def stored(tmp_path, monkeypatch):
    """Progress of its own for each test."""
    monkeypatch.setenv("LOSSUTILS_PROGRESS", str(tmp_path / "folder" / "progress.json"))
    monkeypatch.setattr(practice, "_hints_given", {})
    monkeypatch.setattr(practice, "_attempts", {})
    monkeypatch.setattr(practice, "_solved", set())
    return tmp_path / "folder" / "progress.json"


@pytest.fixture
def ours(monkeypatch):
    """Functions that stand in this repository need no process of their own, and do the same each time."""
    monkeypatch.setattr(limits, "way", lambda: interrupt.without_limits)
    monkeypatch.setattr(limits, "warning", lambda: "")
    monkeypatch.setattr(practising.JUDGING, "drawn", practising.DRAWN)
    for module in (practising.JUDGING, interrupt):
        monkeypatch.setattr(module, "run", practising.run_once)
