"""The set-up check says what is wrong, and only then."""

import importlib
import warnings

import numpy as np
import pytest

from lossutils import health


def test_all_lines_are_in_order_here_whatever_numpy_raises(capsys):
    with np.errstate(all="raise"), warnings.catch_warnings(action="error"):
        health.check_setup()
    lines = capsys.readouterr().out.splitlines()
    assert all(line.startswith("in order") for line in lines[:-1]) and lines[-1] == "You can start."


def test_an_old_python_is_named():
    assert "Python 3.10" in health._python((3, 10, 2))


def test_an_old_package_is_named():
    assert health._package("numpy", (99, 0)).startswith("too old: numpy")


def test_a_missing_package_is_counted(monkeypatch, capsys):
    def without_widgets(name, real=importlib.import_module):
        if name == "ipywidgets":
            raise ImportError(name)
        return real(name)

    monkeypatch.setattr(health.importlib, "import_module", without_widgets)
    health.check_setup()
    out = capsys.readouterr().out
    assert "missing: ipywidgets" in out and "1 of 6 need your attention" in out


def test_a_package_that_breaks_while_it_loads_is_named(monkeypatch):
    def broken(name):
        raise ValueError("numpy.dtype size changed")

    monkeypatch.setattr(health.importlib, "import_module", broken)
    assert health._package("numpy", (2, 0)).startswith("broken: numpy (ValueError); close Jupyter, delete the folder")


@pytest.mark.parametrize(("found", "said"), [("2.0rc1", "in order"), ("2.1.dev0", "in order"), ("1.26b1", "too old")])
def test_a_version_before_its_release_is_read_too(monkeypatch, found, said):
    monkeypatch.setattr(health.importlib.metadata, "version", lambda name: found)
    assert health._package("numpy", (2, 0)).startswith(said)


def test_a_folder_without_write_permission_is_named(monkeypatch):
    monkeypatch.setattr(health.os, "access", lambda path, mode: False)
    assert health._folder().startswith("not writable")
