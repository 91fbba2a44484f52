"""Widgets answer to the hand: each control changes the picture and the sentence, and nothing is left behind."""

import dataclasses
import warnings

import ipywidgets
import numpy as np
import pytest
from of_chapters import held

from lossutils import CATALOGUE, chapters, data, widgets
from lossutils.models import Network
from lossutils.plot.texts import has_target_unit

COPPER = data.chem()["copper"]
WIDGETS, MOVES, NEW_SHEETS = held("WIDGET"), held("MOVES"), held("NEW_SHEETS")  # of the chapters, from their own tests


@pytest.mark.parametrize("loss", [loss for loss in CATALOGUE if dataclasses.fields(loss)], ids=repr)
def test_sliders_follow_a_losss_fields(loss):
    for scale in (1.0, 100.0):
        sliders = widgets.loss_controls(loss, scale)
        declared = [field for field in dataclasses.fields(loss) if field.metadata["slider"]]
        assert list(sliders) == [field.name for field in declared]
        for field in declared:
            slider, (low, high) = sliders[field.name], field.metadata["slider"]
            factor = scale if has_target_unit(loss, field.name) else 1.0
            start = getattr(loss, field.name)
            assert slider.value == start
            assert slider.min <= min(low * factor, start) + slider.step
            assert slider.max >= max(high * factor, start) - slider.step
            for end in (slider.min, slider.max):
                dataclasses.replace(loss, **{field.name: end})  # every position of the slider is legal


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (2.2, 8.36, (2.2, 8.36, 0.01)),
        (242.32, 2032.7, (242, 2034, 2)),
        (0.05, 0.95, (0.05, 0.95, 0.002)),
        (-0.333, 0.4, (-0.333, 0.4, 0.001)),
        (0.0001, 3.0, (0.0001, 3.0, 0.005)),
    ],
)
def test_sliders_have_round_steps_and_ends(low, high, expected):
    slider = widgets.float_slider("x", low, high, high)
    assert (slider.min, slider.max, slider.step) == pytest.approx(expected, abs=1e-9, rel=0)
    assert slider.continuous_update


def test_typical_error_is_the_standard_deviation_of_a_normal_sample_and_never_0():
    assert widgets.typical_error(COPPER) == pytest.approx(0.526323)
    assert widgets.typical_error([1, 1, 1, 5]) == pytest.approx(np.std([1, 1, 1, 5]))
    assert widgets.typical_error([2.0, 2.0]) == 1.0


# The explorer --------------------------------------------------------------------------------------------------------


def button(made):
    return next(child for child in made.children if isinstance(child, ipywidgets.Button))


def explorer(draws, **more):
    slider = widgets.float_slider("x", 0, 10, 5)
    box = ipywidgets.Checkbox(description="double")
    return widgets.Explorer(
        "doubling",
        {"x": slider, "double": box},
        draw=lambda x, double: draws.append((x, double)) or b"%f" % (2 * x if double else x),
        describe=lambda x, double: f"x is {x:g} < 11" + (", doubled" if double else ""),
        **more,
    )


def test_an_explorer_draws_once_for_each_change():
    draws = []
    made = explorer(draws, actions={"reset": lambda x, double: {"x": 0.0, "double": False}})
    assert draws == [(5.0, False)]
    made.controls["x"].value = 7
    made.controls["double"].value = True
    assert draws[1:] == [(7.0, False), (7.0, True)]
    assert made.picture == b"14.000000"
    made.set(x=1.0, double=False)
    assert draws[3:] == [(1.0, False)]
    made.set(x=2.0, double=True)
    button(made).click()
    assert draws[5:] == [(0.0, False)]


def test_the_state_is_announced_and_escaped():
    made = explorer([])
    words = made.children[-1].value
    assert 'role="status"' in words
    assert 'aria-live="polite"' in words
    assert "x is 5 &lt; 11" in words


def test_what_cannot_be_drawn_is_said():
    def draw(x):
        if x > 5:
            raise ValueError("x is 6, but must be at most 5")
        return b"picture"

    made = widgets.Explorer("limits", {"x": widgets.float_slider("x", 0, 10, 1)}, draw, lambda x: "fine")
    made.controls["x"].value = 6
    assert made.sentence == "Nothing to draw: x is 6, but must be at most 5"
    assert made.picture == b"picture"
    made.controls["x"].value = 2
    assert made.sentence == "fine"


def slide(control):
    """Move a control, and whatever it holds, from end to end."""
    for part in getattr(control, "children", ()):
        slide(part)
    if isinstance(control, ipywidgets.FloatLogSlider):
        control.value = control.base**control.min
        control.value = control.base**control.max
    elif hasattr(control, "min"):
        control.value, control.value = control.min, control.max
    elif hasattr(control, "options"):
        control.index = len(control.options) - 1
    elif isinstance(control, ipywidgets.Checkbox):
        control.value = True


@pytest.mark.parametrize("name", WIDGETS)
def test_a_widget_works_and_stays_silent_though_the_reader_lets_numpy_raise(name):
    with np.errstate(all="raise"), warnings.catch_warnings(action="error", category=RuntimeWarning):
        made = WIDGETS[name]()
        for control in made.controls.values():
            slide(control)
        for child in made.children:
            if isinstance(child, ipywidgets.Button):
                child.click()
        assert set(np.geterr().values()) == {"raise"}
    assert not made.sentence.startswith("Nothing to draw")


def test_the_widget_of_every_chapter_is_among_those_that_are_tried():
    assert {f"ch{number}" for number in chapters.numbers("sliders.py")} == set(WIDGETS) == set(MOVES)


# How little a move costs ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", WIDGETS)
def test_a_move_draws_one_picture_on_the_sheet_that_is_there_and_trains_nothing(name, unrendered, drawn, monkeypatch):
    made = WIDGETS[name]()
    monkeypatch.delattr(Network, "forward")
    for control, value in MOVES[name].items():
        before = made.controls[control].value
        for place in (value, before):
            drawn.clear()
            made.controls[control].value = place
            assert drawn["pictures"] == 1, control
            assert drawn["sheets"] == (name in NEW_SHEETS), control
