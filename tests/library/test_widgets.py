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
from lossutils.widgets import live
from tools.plumbing.normal_form import VIEW

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
            assert slider.min <= min(low * factor, start)
            assert slider.max >= max(high * factor, start) or slider.max == pytest.approx(high * factor)
            for end in (slider.min, slider.max):
                dataclasses.replace(loss, **{field.name: end})  # every position of the slider is legal


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (2.2, 8.36, [2.2, 2.25, 8.3, 8.36]),
        (242.32, 2032.7, [242, 260, 2020, 2034]),
        (0.05, 0.95, [0.05, 0.06, 0.94, 0.95]),
        (-0.333, 0.4, [-0.333, -0.33, 0.39, 0.4]),
        (0.0001, 3.0, [0.0001, 0.02, 2.98, 3]),
    ],
)
def test_sliders_have_round_steps_and_ends(low, high, expected):
    places = widgets.float_slider("x", low, high, high).places
    assert [*places[:2], *places[-2:]] == expected
    assert 50 <= len(places) <= 160  # presses of an arrow key from end to end


def test_typical_error_is_the_standard_deviation_of_a_normal_sample_and_never_0():
    assert widgets.typical_error(COPPER) == pytest.approx(0.526323)
    assert widgets.typical_error([1, 1, 1, 5]) == pytest.approx(np.std([1, 1, 1, 5]))
    assert widgets.typical_error([2.0, 2.0]) == 1.0


# The explorer --------------------------------------------------------------------------------------------------------


def button(made):
    return made.buttons[0]


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
    words = next(child.value for child in made.children if "status" in str(getattr(child, "value", "")))
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
    if isinstance(control, widgets.Slider):
        control.value, control.value = control.min, control.max
        return
    for part in getattr(control, "children", ()):
        slide(part)
    if isinstance(control, ipywidgets.IntSlider):
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
        for button in made.buttons:
            button.click()
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


# The slider ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def slider():
    return widgets.float_slider("x", 0, 10, 5)


def typed(slider, text):
    """Type a text into the box of a slider, and press Enter; return what is said."""
    slider.box.value = text
    return slider.told.value


@pytest.mark.parametrize(("text", "value"), [("3.385", 3.385), ("3,385", 3.385), ("1/3", 1 / 3), ("ln 2", np.log(2))])
def test_a_number_between_two_steps_may_be_typed_and_is_kept(slider, text, value):
    assert typed(slider, text) == ""
    assert slider.value == pytest.approx(value, rel=1e-15)
    assert slider.box.value == f"{value:.6g}"
    assert abs(slider.places[slider.handle.value] - value) <= 0.05
    slider.handle.value += 1
    assert slider.value in slider.places and slider.box.value == slider.handle.tooltip == f"{slider.value:g}"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("12", "12 is not from 0 to 10. It stays at 5."),
        ("99999", "99999 is not from 0 to 10. It stays at 5."),
        ("-0,5", "−0.5 is not from 0 to 10. It stays at 5."),
        ("<b>", "&lt;b&gt; is not a number; write it as in 0.25, 1/4, ln 2 or 2.5e-3. It stays at 5."),
    ],
)
def test_what_a_slider_cannot_take_is_said_and_stays_in_its_box(slider, text, words):
    assert words in typed(slider, text) and 'role="alert"' in slider.told.value
    assert (slider.value, slider.box.value) == (5, text)
    assert typed(slider, "7") == "" and slider.value == 7


def test_a_slider_of_whole_numbers_takes_no_other():
    slider = widgets.Slider("steps", range(1, 201), 100)
    assert "2.5 is no whole number. It stays at 100." in typed(slider, "2,5")
    typed(slider, "7")
    assert slider.value == 7 and isinstance(slider.value, int) and slider.handle.value == 6


def test_a_program_moves_a_slider_to_the_number_itself_and_no_farther_than_its_ends(slider):
    seen = []
    slider.observe(lambda change: seen.append(change.new), "value")
    slider.value = 4.2804
    assert (slider.value, slider.box.value) == (4.2804, "4.2804") and slider.places[slider.handle.value] == 4.3
    slider.value = 99
    assert slider.value == 10 and seen == [4.2804, 10]


def test_steps_in_ratio_are_round_and_reach_both_ends():
    places = widgets.ratio_slider("rate", 0.003, 0.95, 0.5).places
    assert (places[0], places[-1]) == (0.003, 0.95) and {0.01, 0.05, 0.1, 0.5, 0.9} < set(places)
    ratios = np.array(places[1:]) / places[:-1]
    assert ratios.min() > 1.03 and ratios.max() < 1.2


def every_slider(control):
    """A control's sliders, whichever of them is on show."""
    if isinstance(control, widgets.Slider):
        return [control]
    inside = getattr(control, "_sliders", [])
    return [slider for one in inside for slider in (one.values() if isinstance(one, dict) else one)]


@pytest.mark.parametrize("name", WIDGETS)
def test_every_slider_of_a_chapter_is_named_and_reaches_its_ends_in_a_few_presses(name, unrendered):
    sliders = [slider for control in WIDGETS[name]().controls.values() for slider in every_slider(control)]
    assert sliders and all(slider.name and slider.box.description == slider.name for slider in sliders)
    for slider in sliders:
        assert slider.places == sorted(set(slider.places)) and 2 <= len(slider.places) <= 200
        short = [place for place in slider.places[1:-1] if float(f"{place:.3g}") == place]
        assert len(short) == len(slider.places[1:-1]), "a step is a round number"


# Without a kernel ----------------------------------------------------------------------------------------------------


def test_a_widget_says_what_to_do_without_a_kernel_until_one_has_answered(monkeypatch):
    shown = []
    monkeypatch.setattr(live, "display", lambda bundle, raw: shown.append(bundle))
    for made, answer in (
        (explorer([]), lambda made: made.controls["x"].box.set_trait("value", "7")),
        (explorer([]), lambda made: made.set(x=1.0)),
        (widgets.quiz("01"), lambda made: made.check.click()),
        (widgets.quiz("01"), lambda made: made.on.click()),
    ):
        shown.clear()
        made._ipython_display_()
        note, view = shown
        assert "run this cell" in note["text/plain"] and note["text/plain"] in note["text/html"]
        assert view["text/plain"] == repr(made) and VIEW in view
        (hint,) = [child for child in made.children if "Shift + Enter" in str(getattr(child, "value", ""))]
        answer(made)
        assert hint.value == ""
