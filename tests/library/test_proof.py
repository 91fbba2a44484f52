"""Proof tells and never stops: one line, what no longer holds in the reader's numbers, and nothing left behind."""

import linecache
import os
import subprocess
import sys
import textwrap

import pytest

from lossutils import proof

SETUP = "import numpy as np\nfrom lossutils.proof import holds\n"


@pytest.fixture
def cell(capsys):
    """A function that runs a cell as a notebook does, its text in Python's cache of lines; what it prints."""
    names = {}
    exec(SETUP, names)

    def run(source, **given):
        names.update(given)
        text = textwrap.dedent(source)
        linecache.cache["<cell>"] = (len(text), None, text.splitlines(keepends=True), "<cell>")
        exec(compile(text, "<cell>", "exec"), names)
        return capsys.readouterr().out

    run.names = names
    yield run
    linecache.cache.pop("<cell>", None)


def told(lines):
    return f"{proof.FAILED} {lines}\n"


def test_what_holds_is_said_in_one_line(cell):
    assert cell('with holds("Two is two."):\n    assert x == 2', x=2) == "✓ Two is two.\n"


@pytest.mark.parametrize(
    ("assertion", "line"),
    [
        ("x == 3", "x is 2.5, not 3"),
        ("3 < x", "3 is not below x, which is 2.5"),
        ("x < y", "x is 2.5, not below y, which is 1.33333"),
        ("x >= 2 and x <= y", "x is 2.5, not at most y, which is 1.33333"),
        ("1 < x < y < 9", "x is 2.5, not below y, which is 1.33333"),
        ("f'{y:.4f}' == '1.3000'", "f'{y:.4f}' is 1.3333, not 1.3000"),
        ("(x, y) == (2, -1)", "(x, y) is (2.5, 1.33333), not (2, -1)"),
        ("np.float64(x) == -2", "np.float64(x) is 2.5, not -2"),
        ("x != 2.5", "x is 2.5, not different from 2.5"),
        ("x > 9", "x is 2.5, not above 9"),
        ("x in (1, 2)", "x is 2.5, not in (1, 2)"),
        ("x is None", "x is None is not so"),
        ("np.isclose(x, y)", "np.isclose(x, y) is False"),
        ("x == 2, f'twice is {2 * x:g},\\n not 4'", "twice is 5, not 4"),
        ("1 / (x - 2.5)", "the proof stopped with ZeroDivisionError: float division by zero"),
        ("gone == 1", "the proof stopped with NameError: name 'gone' is not defined"),
        ("next(once)", "next(once) is not so"),
    ],
)
def test_what_no_longer_holds_is_told_in_the_readers_numbers(cell, assertion, line):
    source = f'with holds("It holds."):\n    half = x / 2\n    assert {assertion}\nafter = 1'
    assert cell(source, x=2.5, y=4 / 3, once=iter([0])) == told(line)
    assert cell.names["after"] == 1


def test_arrays_and_long_values_are_shown_in_one_line(cell):
    line = cell('with holds("It holds."):\n    assert list(x) == 3', x=range(1000))
    assert line.startswith(told("list(x) is [0, 1, 2,").rstrip()) and line.endswith(" …, not 3\n")
    assert cell('with holds("It holds."):\n    assert np.arange(3) == 3').startswith(told("the proof stopped").rstrip())


def test_an_assertion_that_fails_in_a_function_is_told_by_the_line_that_called_it(cell):
    source = 'def check(x):\n    assert x\n    return x\n\nwith holds("It holds."):\n    {}'
    assert cell(source.format("assert check(0)")) == told("check(0) is not so")
    assert cell(source.format("check(0)")) == told("an assertion of the proof fails")


def test_names_of_a_proof_are_gone_afterwards_and_changed_ones_are_as_before(cell):
    source = 'with holds("It holds."):\n    c, x = 5, 7\n    del y\n    assert (c, x) == (5, {})'
    for number in (7, 8):
        cell(source.format(number), x=1, y=2)
        assert "c" not in cell.names and (cell.names["x"], cell.names["y"]) == (1, 2)


def test_an_interrupt_goes_through(cell):
    with pytest.raises(KeyboardInterrupt):
        cell('with holds("It holds."):\n    raise KeyboardInterrupt')


def run(*arguments):
    """What Python prints in a process of its own."""
    environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, *arguments], capture_output=True, encoding="utf-8", env=environment)
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize(("number", "line"), [(2, "✓ Two is two.\n"), (3, told("x is 2, not 3"))])
def test_a_proof_is_run_under_optimisation_too(tmp_path, number, line):
    script = tmp_path / "cell.py"
    source = f'x = 2\nwith holds(\n    "Two is two."\n):\n    twice = 2 * x\n    assert x == {number}\nprint("on")'
    script.write_text(SETUP + source, encoding="utf-8")
    assert run("-O", script) == line + "on\n"


@pytest.mark.parametrize(
    ("flags", "line"),
    [([], "an assertion of the proof fails"), (["-O"], "Python was started with -O and left the proof out")],
)
def test_a_cell_whose_text_is_not_known_is_told_about_all_the_same(flags, line):
    source = SETUP + 'with holds("One is two."):\n    assert 1 == 2'
    assert run(*flags, "-c", f"exec(compile({source!r}, '<nowhere>', 'exec'))") == told(line)
