"""Files in whatever state they come: each is read as far as it can be, or says what it is."""

from __future__ import annotations

import json

import pytest
import simulated
from hostile import code
from nbconvert.filters.markdown import markdown2html_mistune

from lossgrade import autograded, grading
from lossgrade.notebook import Handed, Unreadable

SEED = 11
WORDS = "The pinball loss with tau = 0.9."


@pytest.fixture(scope="module")
def nb(chapter, right):
    return json.loads(simulated.notebook(chapter, right, WORDS))


def everything(chapter):
    return [task.points for task in chapter.tasks] + [None]


def written(nb):
    return json.dumps(nb, ensure_ascii=False).encode()


READABLE = {
    "as Jupyter saves it": written,
    "with a byte order mark": lambda nb: b"\xef\xbb\xbf" + written(nb),
    "in UTF-16": lambda nb: json.dumps(nb, ensure_ascii=False).encode("utf-16"),
    "in Latin-1": lambda nb: json.dumps(nb, ensure_ascii=False).encode("latin-1", "replace"),
    "with ASCII letters only": lambda nb: json.dumps(nb).encode(),
    "with Windows' line ends": lambda nb: json.dumps(nb, indent=1).replace("\n", "\r\n").encode(),
    "with halves of letters": lambda nb: json.dumps(nb).replace("Pinball", "\\ud800").encode(),
    "with outputs": lambda nb: written({**nb, "cells": [_with_output(cell) for cell in nb["cells"]]}),
    "without metadata": lambda nb: written({"cells": [_named(cell) for cell in nb["cells"]]}),
    "of Jupyter before 2015": lambda nb: written(
        {"nbformat": 3, "worksheets": [{"cells": [_old(c) for c in nb["cells"]]}]}
    ),
    "with cells that are no cells": lambda nb: written({**nb, "cells": [None, 3, "x", [], {}, *nb["cells"]]}),
    "with sources that are no texts": lambda nb: written(
        {**nb, "cells": [{**code(""), "source": {"a": 1}}, *nb["cells"]]}
    ),
    "every cell twice": lambda nb: written({**nb, "cells": [cell for cell in nb["cells"] for _ in range(2)]}),
    "in the order of somebody else": lambda nb: written({**nb, "cells": _functions_last(nb["cells"])}),
    "the cells of the course are deleted": lambda nb: written({**nb, "cells": [c for c in nb["cells"] if _own(c)]}),
    "the cells of the course are edited": lambda nb: written({**nb, "cells": [_edited(cell) for cell in nb["cells"]]}),
    "the stubs stand below again": lambda nb: written({**nb, "cells": [*nb["cells"], *map(_stub, nb["cells"])]}),
    "more cells, and text": lambda nb: written({**nb, "cells": [code("1 / 0"), *nb["cells"], code("print('done')")]}),
}


def _with_output(cell):
    if cell["cell_type"] != "code":
        return cell
    fake = {"output_type": "execute_result", "data": {"text/plain": "20"}, "metadata": {}, "execution_count": 1}
    return {**cell, "outputs": [fake], "execution_count": 1}


def _named(cell):
    marks = cell["metadata"].get("nbgrader", {})
    return {"cell_type": cell["cell_type"], "source": cell["source"], "metadata": {"nbgrader": marks}}


def _old(cell):
    old = {"cell_type": cell["cell_type"], "metadata": cell["metadata"]}
    return old | ({"input": cell["source"]} if cell["cell_type"] == "code" else {"source": cell["source"]})


def _own(cell):
    return cell["metadata"].get("nbgrader", {}).get("solution")


def _functions_last(cells):
    return [cell for cell in cells if not _own(cell)] + [cell for cell in cells if _own(cell)]


def _edited(cell):
    if cell["cell_type"] == "code" and not _own(cell):
        return {**cell, "source": "points = 20\nprint('everything is right')\npoints"}
    return cell


def _stub(cell):
    if _own(cell) and cell["cell_type"] == "code":
        name = cell["metadata"]["nbgrader"]["grade_id"].replace("-", "_")
        return {**cell, "source": f"def {name}(*places, **names):\n    # YOUR CODE HERE\n    pass"}
    return code("")


@pytest.mark.parametrize("kind", READABLE)
def test_a_right_notebook_earns_everything_however_it_is_written(kind, walls, chapter, nb):
    data = READABLE[kind](nb)
    graded = grading.grade(walls, chapter, data, SEED)
    assert [score.points for score in graded.scores] == everything(chapter), [score.says for score in graded.scores]
    made = autograded.notebook(chapter, Handed.read(data), graded)
    ids = [
        cell["metadata"]["nbgrader"]["grade_id"] for cell in json.loads(made)["cells"] if "nbgrader" in cell["metadata"]
    ]
    assert sorted(ids) == sorted(set(ids))


UNREADABLE = {
    "empty": (b"", "empty"),
    "only white": (b" \n\n", "empty"),
    "half a file": (b'{"cells": [{"cell_type": "code", "source": "def ms', "breaks off"),
    "no JSON": (b"def mse(pred, target):\n    return 0\n", "damaged in line 1"),
    "a list": (b"[1, 2]", "no cells"),
    "no cells": (b'{"nbformat": 4}', "no cells"),
    "cells that are no list": (b'{"cells": {"a": 1}}', "no cells"),
    "brackets without end": (b"[" * 10**6, "nothing that Jupyter writes"),
    "a number without end": (b'{"cells": [], "x": ' + b"9" * 10**5 + b"}", "nothing that Jupyter writes"),
    "a PDF": (b"%PDF-1.7 ...", "a PDF"),
    "a ZIP": (b"PK\x03\x04...", "a zip archive"),
    "a web page": (b"<!DOCTYPE html><html></html>", "a web page"),
    "noise": (bytes(range(256)) * 20, "damaged in line"),
    "cells without end": (b'{"cells": [' + b"{}," * 3000 + b"{}]}", "3001 cells"),
    "51 MB": (b" " * 51_000_000, "51 MB"),
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_a_file_that_is_no_notebook_says_what_it_is_and_earns_nothing(kind, walls, chapter):
    data, says = UNREADABLE[kind]
    with pytest.raises(Unreadable, match=says):
        Handed.read(data)
    graded = grading.grade(walls, chapter, data, SEED)
    assert [score.points for score in graded.scores] == [0] * 7
    assert says in graded.notes[0] and says in graded.scores[0].says[0]
    assert not any(score.attempted for score in graded.scores)


def one_cell(chapter, right, name, source):
    """A right notebook with another cell for one task."""
    return simulated.notebook(chapter, right | {name: simulated.Answer("", source)})


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("def mse(pred, target, weight=None):\n    return 0.0)", "its cell raises SyntaxError"),
        ("1 / 0\ndef mse(pred, target, weight=None):\n    return 0.0", "its cell raises ZeroDivisionError"),
        ("import os\nos._exit(0)\ndef mse(pred, target, weight=None):\n    return 0.0", "cell 4 ends Python itself"),
        ("def MSE(pred, target, weight=None):\n    return 0.0", "there is MSE"),
        ("# I had no time", "there is no function of this name"),
    ],
)
def test_a_function_that_is_not_there_is_looked_for_and_the_sentence_says_what_was_found(
    source, says, walls, chapter, right
):
    graded = grading.grade(walls, chapter, one_cell(chapter, right, "mse", source), SEED)
    score, *others = graded.scores
    assert score.points == 0 and not score.attempted
    assert says in score.says[0]
    assert [one.points for one in others] == [task.points for task in chapter.tasks[1:]] + [0]


def test_an_untouched_exercise_earns_nothing_and_is_said_to_be_untouched(walls, chapter):
    graded = grading.grade(walls, chapter, written(chapter.release), SEED)
    assert [score.points for score in graded.scores] == [0] * 7
    assert all("not attempted yet" in score.says[0] for score in graded.scores)
    assert not any(score.attempted for score in graded.scores)


def test_what_a_student_shows_cannot_run_in_a_lecturers_browser(walls, chapter, nb):
    show = "from IPython.display import HTML, display\ndisplay(HTML('<script>alert(1)</script>'))"
    words = {"cell_type": "markdown", "metadata": {}, "source": "hello <img src=x onerror=alert(2)> $a < b$"}
    data = written({**nb, "cells": [code(show), words, *nb["cells"]]})
    made = autograded.notebook(chapter, Handed.read(data), grading.grade(walls, chapter, data, SEED))
    shown = [cell for cell in json.loads(made)["cells"] if cell["cell_type"] == "code"][0]["outputs"]
    assert "text/html is left out" in shown[0]["data"]["text/plain"]
    assert "onerror" not in made and "alert(1)</script>" not in json.dumps(shown)
    assert json.loads(made)["cells"][1]["source"].startswith("hello <img src=")


@pytest.mark.parametrize(
    "text",
    [
        "[x](javascript:alert(1))",
        "[x]\n\n[x]: JavaScript\\:alert(1)",
        "[x](java&#115;cript:alert(1))",
        "[x](javascript&amp;colon;alert(1))",
        "![x](attachment:x.png)",
        "![x](attachment&#58;x.png)",
        "$\\href{javascript:alert(1)}{x}$",
        "<a href='javascript:alert(1)'>x</a>",
        "<img\nsrc=x onerror=alert(1)>",
    ],
)
def test_a_students_text_holds_no_link_that_runs_and_no_picture_that_is_missing(text):
    shown = markdown2html_mistune(autograded.harmless(text)).lower()
    assert not any(bad in shown for bad in ("javascript:", "attachment:", "\\href", "onerror"))


def test_a_picture_is_a_picture():
    data = {"image/png": '"><script>alert(1)</script>', "text/plain": "x"}
    shown = autograded._safe({"output_type": "display_data", "data": data})["data"]
    assert "image/png is left out" in shown["text/plain"] and "image/png" not in shown
    assert "image/png" in autograded._safe({"data": {"image/png": "iVBORw0KGgo=\n"}})["data"]
