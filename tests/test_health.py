"""The set-up check says what is wrong, and only then."""

import importlib

from lossutils import health


def test_all_lines_are_in_order_here(capsys):
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


def test_a_folder_without_write_permission_is_named(monkeypatch):
    monkeypatch.setattr(health.os, "access", lambda path, mode: False)
    assert health._folder().startswith("not writable")
