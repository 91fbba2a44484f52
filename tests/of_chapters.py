"""What the tests of a chapter, tests/chapters/test_NN.py, hold for others: found by number, registered nowhere.

FIGURES   name of a figure's function, then a call that draws it from a list of numbers times k; "name, variant" too
WIDGET    makes the chapter's widget; MOVES has another value for its controls; NEW_SHEETS: a move may need a new sheet
ATTACKS   name of a task, then wrong functions that may not get full marks: changes of the reference, or the code
CHANGE    id of a cell of the lecture, a number in it, and the number of a reader who tries something else
"""

import importlib
from pathlib import Path

from lossutils import chapters, widgets

FOLDER = Path(__file__).parent / "chapters"


def own_tests(number):
    """The module with a chapter's tests, or None."""
    return importlib.import_module(f"tests.chapters.test_{number}") if (FOLDER / f"test_{number}.py").exists() else None


def held(name):
    """What the chapters' tests hold under a name, by chapter: {"ch01": …}."""
    found = {f"ch{number}": getattr(own_tests(number), name, None) for number in chapters.numbers()}
    return {chapter: thing for chapter, thing in found.items() if thing is not None}


def lacking():
    """A sentence for each chapter whose tests are missing, or lack what its files need."""
    for number in chapters.numbers():
        module, file = own_tests(number), f"tests/chapters/test_{number}.py"
        if module is None:
            yield f"chapter {number} has no tests: write {file}; tests/of_chapters.py says what it holds"
            continue
        if number in chapters.numbers("sliders.py") and not {"WIDGET", "MOVES"} <= set(vars(module)):
            yield f"chapter {number} has a widget: {file} needs WIDGET, which makes it, and MOVES, a value a control"
        if not hasattr(module, "CHANGE"):
            yield f"the proofs of chapter {number} are tried with a number changed: {file} needs CHANGE, that number"


def by_hand(game, press="", loss="", **moves):
    """Return what a widget says after a reader has typed into its boxes, chosen, ticked, and pressed a button."""
    picker = game.controls.get("loss")
    if loss:
        names = [name for name, _ in picker.children[0].options]
        picker.choose(names.index(loss))
    for name, to in moves.items():
        control = game.controls[name] if name in game.controls else picker.sliders()[name]
        if isinstance(control, widgets.Slider):
            control.box.value = str(to)
            assert not control.told.value, control.told.value
        else:
            control.value = to
    for button in game.buttons:
        if button.description == press:
            button.click()
    return game.sentence
