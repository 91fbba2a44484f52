"""Fixtures of the tests of graded tasks."""

import practising
import pytest

from lossutils import practice
from lossutils.judge import interrupt, limits


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
