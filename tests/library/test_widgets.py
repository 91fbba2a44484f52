"""Widgets answer to the hand: each control changes the picture and the sentence, and nothing is left behind."""

import dataclasses
import gc
import warnings

import ipywidgets
import numpy as np
import pytest
from matplotlib.figure import Figure

from lossutils import (
    CATALOGUE,
    AbsoluteError,
    AbsolutePercentageError,
    Huber,
    Loss,
    Pinball,
    SquaredError,
    chapters,
    data,
    param,
    widgets,
)
from lossutils.chapters import ch01, ch02, ch03, ch04, ch08, ch09, ch12
from lossutils.chapters.ch03.likelihoods import DOUBLE
from lossutils.models import Network
from lossutils.plot.texts import has_target_unit

COPPER, FOOD = data.chem()["copper"], data.engel()["food"]
CARS = data.auto_mpg()["weight"][::20] / 1000, data.auto_mpg()["mpg"][::20]
LAUNCHES = data.challenger()["temperature"], data.challenger()["damage"]
WIDGETS = {
    "ch01": lambda: ch01.widget(COPPER, "ppm"),
    "ch08": lambda: ch08.widget(*LAUNCHES, 70, "temperature", "°F"),
    "ch03": ch03.widget,
    "ch02": lambda: ch02.widget(*CARS, "mpg", "1000 lb"),
    "ch04": lambda: ch04.widget(*CARS, "mpg", "1000 lb", "weight"),
    "ch12": ch12.widget,
    "ch09": ch09.widget,
}  # what has a picture, by its chapter
LOSSES = [SquaredError(), AbsoluteError(), Huber(delta=0.79), Pinball(tau=0.9), AbsolutePercentageError()]


@pytest.fixture(scope="module")
def shared():
    return ch01.widget(COPPER, "ppm", LOSSES)


@pytest.fixture
def game(shared):
    """The game as it is at its start, with what the tests need of it by name."""
    shared.set(c=6.8, without=False)
    shared.controls["loss"].choose(0)
    return shared


def button(game):
    return next(child for child in game.children if isinstance(child, ipywidgets.Button))


def test_the_game_shows_a_png_and_a_sentence(game):
    assert game.picture.startswith(b"\x89PNG")
    assert game.sentence == "c = 6.8, mean squared error 33.24, slope 5.04: the loss falls to the left."


def test_the_picture_is_the_one_that_plot_draws(game):
    seen = (game.controls["c"].min, game.controls["c"].max)
    assert game.picture == ch01.Game(COPPER, SquaredError(), "ppm", seen=seen).at(6.8).png()


@pytest.mark.parametrize("c", [2.2, 3.0, 5.5, 8.36])
def test_the_slider_moves_picture_and_sentence(game, c):
    before, said = game.picture, game.sentence
    game.controls["c"].value = c
    assert game.picture != before
    assert game.sentence != said
    assert f"c = {c:g}," in game.sentence


@pytest.mark.parametrize("k", range(1, len(LOSSES)))
def test_the_menu_changes_the_loss(game, k):
    before = game.picture
    game.controls["loss"].choose(k)
    assert game.controls["loss"].value == LOSSES[k]
    assert game.picture != before
    assert LOSSES[k].name in game.sentence


@pytest.mark.parametrize(("k", "parameter", "value"), [(2, "delta", 0.3), (3, "tau", 0.2)])
def test_a_parameters_slider_changes_loss_picture_and_sentence(game, k, parameter, value):
    picker = game.controls["loss"]
    picker.choose(k)
    before, said = game.picture, game.sentence
    start = picker.sliders()[parameter].value
    picker.sliders()[parameter].value = value
    assert getattr(picker.value, parameter) == value
    assert game.picture != before
    assert game.sentence != said
    picker.sliders()[parameter].value = start
    assert game.picture == before


def test_without_the_largest_value_the_minimum_jumps(game):
    before = game.picture
    button(game).click()
    assert game.controls["c"].value == pytest.approx(4.2804, abs=1e-4)
    assert "the minimum" in game.sentence
    game.set(without=True)
    assert "falls to the left" in game.sentence
    button(game).click()
    assert game.controls["c"].value == pytest.approx(4.2804 - 1.0726, abs=1e-4)
    assert game.picture != before


def test_every_loss_can_roll_to_its_minimum_within_the_slider(game, unrendered):
    picker = game.controls["loss"]
    for k in range(len(LOSSES)):
        picker.choose(k)
        for without in (False, True):
            game.set(without=without)
            button(game).click()
            values = COPPER[COPPER < 28.95] if without else COPPER
            assert game.controls["c"].value == pytest.approx(picker.value.best_constant(values))
            assert "the minimum" in game.sentence


def test_a_guess_that_the_slider_cannot_bring_nearer_is_beside_the_minimum():
    game = ch01.widget(FOOD, "francs", [SquaredError()])
    assert game.controls["c"].step == 2
    game.controls["c"].value = 624.0  # the front end moves 624.15 to the slider's next step
    assert game.sentence == "c = 624, mean squared error 76100: beside the minimum, which is at 624.2."
    game.controls["c"].value = 626.0
    assert "falls to the left" in game.sentence


def test_only_the_chosen_losss_sliders_are_shown(game, unrendered):
    picker = game.controls["loss"]
    for k, loss in enumerate(LOSSES):
        picker.choose(k)
        menu, parameters = picker.children
        assert [slider.description for slider in parameters.children] == [
            {"delta": "δ", "tau": "τ"}[f.name] for f in dataclasses.fields(loss)
        ]


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


def test_a_learners_own_loss_gets_its_sliders():
    class Mine(Loss):
        """Error to a power."""

        power: float = param(1.5, slider=(1, 3))

        def formula(self, p, y):
            return np.abs(p - y) ** self.power

    game = ch01.widget(COPPER, "ppm", [Mine()])
    before = game.picture
    game.controls["loss"].sliders()["power"].value = 2.5
    assert game.picture != before
    assert game.controls["loss"].value == Mine(power=2.5)


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


def test_the_usual_losses_leave_out_percentages_where_a_value_is_0():
    names = [text for text, _ in ch01.widget(np.array([0.0, 1, 2, 5])).controls["loss"].children[0].options]
    assert names == ["squared error", "absolute error", "Huber", "pinball"]


# The explorer --------------------------------------------------------------------------------------------------------


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


def test_every_widget_with_a_picture_has_its_line_above():
    assert {f"ch{number}" for number in chapters.numbers("sliders.py")} == set(WIDGETS)


def test_what_a_notebook_stores_is_short_and_holds_no_address(game):
    again = ch01.widget(COPPER, "ppm", LOSSES)
    assert repr(again) == repr(game) == "game of the best constant: " + game.sentence
    text = again._repr_mimebundle_()["text/plain"]
    assert text == repr(again), "ipywidgets cuts what is longer than 110 letters"
    assert "0x" not in text


def test_every_part_is_a_widget_of_the_standard_front_end(game):
    """So a notebook needs no extension of its own."""
    parts = [game, *game.children, *game.controls["loss"].children]
    assert {type(part)._model_module.default_value for part in parts} == {"@jupyter-widgets/controls"}


def test_no_figure_is_left_behind(game):
    picker = game.controls["loss"]
    picker.choose(3)

    def figures():
        gc.collect()
        return sum(isinstance(thing, Figure) for thing in gc.get_objects())

    before = figures()
    for tau in np.linspace(0.1, 0.9, 5):
        picker.sliders()["tau"].value = tau
    assert figures() <= before + 2


# How little a move costs ---------------------------------------------------------------------------------------------

ROCKETS, MILES, SURVEY = data.challenger(), data.auto_mpg(), ("one", "other", "third")
EVERY_WIDGET = {
    "ch01": (lambda: ch01.widget(COPPER, "ppm", LOSSES), {"c": 3.0}),
    "ch08": (
        lambda: ch08.widget(ROCKETS["temperature"], ROCKETS["damage"], 70),
        {"w": -0.2, "b": 1.5, "float32": True},
    ),
    "ch03": (ch03.widget, {"show": DOUBLE}),
    "ch02": (
        lambda: ch02.widget(MILES["weight"] / 1000, MILES["mpg"]),
        {"rate": 0.08, "steps": 30},
    ),
    "ch04": (
        lambda: ch04.widget(MILES["weight"][::20] / 1000, MILES["mpg"][::20]),
        {"shift": 30.0, "point": 4, "factor": 10},
    ),
    "ch12": (
        ch12.widget,
        {"weight": 28, "gamma": 2, "alpha": "0.75", "threshold": 0.2, "miss": 60},
    ),
    "ch09": (
        lambda: ch09.widget(SURVEY),
        {"first": -3.0, "temperature": 3.0, "place": 6.0, "epsilon": 0.5},
    ),
}

NEW_SHEETS = {"ch03"}  # its panels are as many as the parameters, and differ from view to view


def test_every_widget_is_among_those_whose_moves_are_counted():
    assert {f"ch{number}" for number in chapters.numbers("sliders.py")} == set(EVERY_WIDGET)


@pytest.mark.parametrize("name", EVERY_WIDGET)
def test_a_move_draws_one_picture_on_the_sheet_that_is_there_and_trains_nothing(name, unrendered, drawn, monkeypatch):
    make, moves = EVERY_WIDGET[name]
    made = make()
    monkeypatch.delattr(Network, "forward")
    for control, value in moves.items():
        before = made.controls[control].value
        for place in (value, before):
            drawn.clear()
            made.controls[control].value = place
            assert drawn["pictures"] == 1, control
            assert drawn["sheets"] == (name in NEW_SHEETS), control


class Counting(Loss):
    """Squared error that counts for how many numbers it was asked."""

    asked = 0

    def formula(self, p, y):
        Counting.asked += p.size
        return (p - y) ** 2

    def derivative(self, p, y):
        Counting.asked += p.size
        return 2 * (p - y)

    def second_derivative(self, p, y):
        return np.full_like(p, 2.0)


def test_a_move_asks_the_loss_at_the_guess_and_not_along_the_whole_curve(monkeypatch):
    made = ch01.widget(COPPER, "ppm", [Counting()])
    monkeypatch.setattr(Counting, "asked", 0)
    made.controls["c"].value = 3.0
    assert 0 < Counting.asked <= 8 * len(COPPER)


def test_a_walk_asks_the_loss_once_a_step_and_keeps_the_hills(monkeypatch):
    surface = ch02.Surface(MILES["weight"] / 1000, MILES["mpg"], Counting())
    monkeypatch.setattr(Counting, "asked", 0)
    surface.walk(0.03, 50).png()
    assert Counting.asked <= 2 * 51 * len(MILES["mpg"])
