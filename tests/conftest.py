"""What several files of tests use: how often something is drawn, and a way to leave the drawing out."""

from collections import Counter

import pytest
from figures import catching
from matplotlib.figure import Figure


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
    monkeypatch.setattr(Figure, "savefig", lambda self, file, **_: file.write(b"not rendered"))


@pytest.fixture
def shown():
    """What is displayed during the test, as a list, and the figures behind it."""
    with catching() as caught:
        yield caught
