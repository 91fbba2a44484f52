"""Chapter 01: the figures of one constant for all values, its game, still and moved, and its tasks."""

import dataclasses
import gc

import numpy as np
import pytest
from counting import Counting
from figures import texts
from matplotlib.figure import Figure
from of_chapters import by_hand

from lossutils import (
    AbsoluteError,
    AbsolutePercentageError,
    Expectile,
    Huber,
    LogCosh,
    Loss,
    Pinball,
    SquaredError,
    data,
    param,
    practice,
    rng,
)
from lossutils.chapters import ch01
from lossutils.judge.judge import judge
from lossutils.plot.texts import number

COPPER, FOOD = data.chem()["copper"], data.engel()["food"]
LOSSES = [SquaredError(), AbsoluteError(), Huber(delta=0.79), Pinball(tau=0.9), AbsolutePercentageError()]
FIVE = [SquaredError(), AbsoluteError(), Huber(delta=1.5), LogCosh(c=0.7), Pinball(tau=0.9)]
SIX = [
    SquaredError(),
    AbsoluteError(),
    Huber(delta=100),
    Pinball(tau=0.9),
    Expectile(tau=0.9),
    AbsolutePercentageError(),
]
THIRTEEN = {
    "mean (squared error)": 624.1501,
    "median (absolute error)": 582.5413,
    "pinball, τ = 0.9": 934.9752,
    "expectile, τ = 0.9": 898.6755,
    "midrange (maximum error)": 1137.4997,
    "squared logarithmic error": 574.5223,
    "absolute percentage error": 484.0605,
    "squared percentage error": 461.6393,
    "LINEX, a = 0.01": 453.5942,
    "Huber, δ = 100": 575.3360,
    "log cosh, c = 100": 577.7588,
    "Cauchy, c = 100": 553.1082,
    "Welsch, c = 100": 505.1761,
}


# The figures ---------------------------------------------------------------------------------------------------------


def test_the_known_constants_stand_in_the_line_of_the_risk_curves(shown):
    ch01.risk_curves(COPPER, [SquaredError(), AbsoluteError(), Huber(delta=1.5 * 1.4826 * 0.355)], "ppm")
    for constant in ("4.28 ppm", "3.385 ppm", "3.207 ppm"):
        assert constant in shown.sentence


def test_the_known_constants_stand_in_order_in_the_line_of_the_histogram(shown, unrendered):
    FIGURES["histogram_with_constants"]()
    places = [shown.sentence.index(number(constant)) for constant in sorted(THIRTEEN.values())]
    assert places == sorted(places)


def test_inputs_are_not_changed(shown):
    values, constants = COPPER.copy(), {"b": 5.0, "a": 3.0}
    values.flags.writeable = False
    ch01.histogram_with_constants(values, constants, "ppm")
    ch01.risk_curves(values, FIVE, "ppm")
    ch01.constant_game(values, SquaredError(), 4.0, "ppm", without=28.95)
    assert list(constants) == ["b", "a"]


def arrow(game):
    return game._arrow.xy[0] - game.guess if game._arrow.get_visible() else 0.0


@pytest.mark.parametrize("loss", SIX[:4], ids=repr)
def test_the_arrow_points_down_the_slope_and_vanishes_at_the_minimum(loss):
    game = ch01.Game(FOOD, loss, "francs")
    for c in (300.0, 800.0, 1500.0):
        assert arrow(game.at(c)) * loss.grad(c, FOOD) < 0
        assert ("right" if loss.grad(c, FOOD) < 0 else "left") in game.state()
    assert arrow(game.at(game.best)) == 0
    assert "the minimum" in game.state()


def test_the_game_says_where_it_stands():
    game = ch01.Game(COPPER, SquaredError(), "ppm").at(3.4)
    assert game.state() == "c = 3.4, mean squared error 27.67, slope −1.76: the loss falls to the right."
    assert "The best constant is 4.28 ppm." in game.words()
    without = ch01.Game(COPPER, SquaredError(), "ppm", without=28.95).at(3.4)
    assert "23 values (all but 28.95)" in without.words()
    assert "The best constant is 3.208 ppm; with all values it is 4.28." in without.words()


def test_a_game_redrawn_is_the_same_picture_as_a_new_one():
    moved = ch01.Game(COPPER, Huber(), "ppm", seen=(2.0, 9.0)).at(9.0).at(2.5).at(3.0).png()
    assert moved == ch01.Game(COPPER, Huber(), "ppm", seen=(2.0, 9.0)).at(3.0).png()
    assert moved != ch01.Game(COPPER, Huber(), "ppm", seen=(2.0, 9.0)).at(3.5).png()
    changed = ch01.Game(COPPER, SquaredError(), "ppm", 28.95, (2.0, 9.0)).at(4.0).under(Pinball(tau=0.9)).at(3.0).png()
    assert changed == ch01.Game(COPPER, Pinball(tau=0.9), "ppm", 28.95, (2.0, 9.0)).at(3.0).png()


def test_the_range_of_guesses_leaves_out_empty_space_and_holds_what_it_must():
    assert ch01.reach(COPPER) == pytest.approx((2.2, 5.28 + 3.08))
    assert ch01.reach(COPPER, [1.0, 12.0]) == (1.0, 12.0)
    assert ch01.reach(FOOD) == (FOOD.min(), FOOD.max())
    assert ch01.reach([3.0, 3.0, 3.0]) == (3.0, 3.0)


def test_the_far_value_is_named_at_the_edge():
    game = ch01.Game(COPPER, SquaredError(), "ppm").at(3)
    game.png()
    assert "28.95 →" in [text.get_text() for text, _ in texts(game.figure)]


# The widget ----------------------------------------------------------------------------------------------------------


def button(game):
    return game.buttons[0]


@pytest.fixture(scope="module")
def shared():
    return ch01.widget(COPPER, "ppm", LOSSES)


@pytest.fixture
def game(shared):
    """The game as it is at its start, with what the tests need of it by name."""
    shared.set(c=6.8, without=False)
    shared.controls["loss"].choose(0)
    return shared


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
    game.controls["c"].handle.value = game.controls["c"].places.index(620)
    assert game.sentence == "c = 620, mean squared error 76120: beside the minimum, which is at 624.2."
    game.controls["c"].handle.value += 1
    assert "falls to the left" in game.sentence


def test_only_the_chosen_losss_sliders_are_shown(game, unrendered):
    picker = game.controls["loss"]
    for k, loss in enumerate(LOSSES):
        picker.choose(k)
        menu, parameters = picker.children
        assert [slider.name for slider in parameters.children] == [
            {"delta": "δ", "tau": "τ"}[f.name] for f in dataclasses.fields(loss)
        ]


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


def test_the_usual_losses_leave_out_percentages_where_a_value_is_0():
    names = [text for text, _ in ch01.widget(np.array([0.0, 1, 2, 5])).controls["loss"].children[0].options]
    assert names == ["squared error", "absolute error", "Huber", "pinball"]


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


def test_a_move_asks_the_loss_at_the_guess_and_not_along_the_whole_curve(monkeypatch):
    made = ch01.widget(COPPER, "ppm", [Counting()])
    monkeypatch.setattr(Counting, "asked", 0)
    made.controls["c"].value = 3.0
    assert 0 < Counting.asked <= 8 * len(COPPER)


@pytest.mark.parametrize(
    ("moves", "words"),
    [
        ({"c": 3.385}, "c = 3.385, mean squared error 27.69, slope −1.79"),
        ({"press": "roll to the minimum"}, "c = 4.28,"),
        ({"without": True, "press": "roll to the minimum"}, "c = 3.208,"),
        ({"loss": "absolute error", "press": "roll to the minimum"}, "c = 3.385,"),
        ({"loss": "pinball", "tau": 0.1, "press": "roll to the minimum"}, "the minimum"),
        ({"loss": "pinball", "tau": "0,9", "press": "roll to the minimum"}, "the minimum"),
    ],
)
def test_what_the_lecture_says_of_its_widget_is_reached_by_hand(game, moves, words):
    assert words in by_hand(game, **moves)


# The tasks ----------------------------------------------------------------------------------------------------------


def test_other_right_answers_get_full_marks(ours):
    def cost(loss, c, y, tau):
        e = c - y
        each = {
            "squared": e**2,
            "absolute": abs(e),
            "percentage": abs(e) / y,
            "maximum": np.full(len(y), max(abs(e))),
            "pinball": np.where(e < 0, -tau * e, (1 - tau) * e),
        }
        return np.mean(each[loss])

    def by_search(loss, y, tau=0.5):
        if loss == "squared":
            return sum(y) / len(y)
        candidates = [(a + b) / 2 for a in y for b in y] if loss == "maximum" else list(y)
        costs = np.array([cost(loss, c, y, tau) for c in candidates])
        best = [c for c, paid in zip(candidates, costs, strict=True) if paid <= min(costs) * (1 + 1e-9)]
        return (min(best) + max(best)) / 2

    def by_quantile(loss, y, tau=0.5):
        if loss == "pinball":
            return np.mean([np.quantile(y, tau + e, method="inverted_cdf") for e in (-1e-9, 1e-9)])
        return by_search(loss, y, tau)

    def until_it_stands_still(y, k=1.5):
        mu = np.median(y)
        step = scale = 1.4826 * np.median(abs(y - mu))
        while abs(step) > 1e-9 * scale:
            step = np.mean(np.maximum(np.minimum(y - mu, k * scale), -k * scale))
            mu += step
        return mu

    def with_loops(pred, target, weight=None):
        weight = [1] * len(pred) if weight is None else weight
        if len(pred) == 0:
            raise ValueError("empty")
        return sum(w * (float(p) - float(y)) ** 2 for p, y, w in zip(pred, target, weight, strict=True)) / sum(weight)

    answers = [
        ("best_constant", by_search),
        ("best_constant", by_quantile),
        ("huber_location", until_it_stands_still),
        ("mse", with_loops),
    ]
    for name, f in answers:
        for seed in range(5):
            for hidden in (False, True):
                verdict = judge(practice.tasks()[name], f, seed, hidden)
                assert verdict.passed, verdict.sentence


def test_huber_location_is_the_best_constant_of_the_huber_loss_however_small_k_is():
    scale = 1.4826 * np.median(abs(FOOD - np.median(FOOD)))
    for k in (0.02, 0.1, 1.5):
        exact = Huber(delta=k * scale).best_constant(FOOD)
        assert practice.tasks()["huber_location"].reference(FOOD, k) == pytest.approx(exact, rel=1e-7)


def test_references_give_the_published_numbers():
    best, food = practice.tasks()["best_constant"].reference, FOOD
    names = ("squared", "absolute", "maximum", "pinball", "percentage")
    assert [f"{best(name, food, 0.9):.4f}" for name in names] == [
        "624.1501",
        "582.5413",
        "1137.4997",
        "934.9752",
        "484.0605",
    ]
    assert f"{practice.tasks()['huber_location'].reference(COPPER):.6f}" == "3.206724"


def test_a_long_input_is_among_those_of_the_best_constant():
    def median_of_many(loss, y, tau=0.5):
        return practice.tasks()["best_constant"].reference("absolute" if len(y) >= 50 else loss, y, tau)

    assert judge(practice.tasks()["best_constant"], median_of_many, 1).points < 3


def test_what_the_largest_error_weighs_is_told_from_whether_it_is_there():
    """Errors 2 and 12 with the weights 1 and ¼: 12 is right, 2 without the small weight, 3 when multiplied."""
    task = practice.tasks()["max_error"]
    first = next(task.checks_of(hidden=True)[0].draw(rng(1)))
    error, weight = np.abs(first["pred"] - first["target"]), first["weight"]
    assert (task.reference(**first), error[weight >= 1].max(), (weight * error).max()) == (12, 2, 3)


# What the tests of all figures and widgets take from here ------------------------------------------------------------

FIGURES = {
    "histogram_with_constants": lambda k=1: ch01.histogram_with_constants(FOOD * k, THIRTEEN, "Belgian francs a year"),
    "histogram_with_constants, few values": lambda k=1: ch01.histogram_with_constants(
        COPPER * k, {"mean": COPPER.mean(), "median": float(np.median(COPPER))}, "ppm", title="Copper in flour"
    ),
    "risk_curves": lambda k=1: ch01.risk_curves(FOOD * k, SIX, "francs", title="Six losses, six best constants"),
    "risk_curves, three": lambda k=1: ch01.risk_curves(COPPER * k, FIVE[:3], "ppm"),
    "constant_game": lambda k=1: ch01.constant_game(COPPER * k, SquaredError(), 6.0, "ppm"),
    "constant_game, without": lambda k=1: ch01.constant_game(COPPER * k, Huber(), 3, "ppm", without=28.95 * k),
    "constant_game, far guess": lambda k=1: ch01.constant_game(FOOD * k, SquaredError(), 2500, "francs"),
}


def WIDGET():
    return ch01.widget(COPPER, "ppm", LOSSES)


MOVES = {"c": 3.0}
CHANGE = ("chem-constants", 'data.chem()["copper"]', '1.1 * data.chem()["copper"]')
