"""Every figure: one picture and one line that fits it, the same to the byte, readable, and nothing overlapping."""

import base64
import contextlib
import functools
import io
import itertools
import os
import subprocess
import sys
import warnings

import IPython.display
import matplotlib
import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.image import imread
from matplotlib.text import Text

import lossutils
from lossutils import (
    CATALOGUE,
    AbsoluteError,
    AbsolutePercentageError,
    Expectile,
    Huber,
    LogCosh,
    LogisticLoss,
    Pinball,
    SoftmaxCrossEntropy,
    SquaredError,
    chapters,
    data,
    plot,
)
from lossutils.chapters import ch01, ch02, ch03, ch04, ch08, ch09, ch12
from lossutils.plot import labels, paper
from lossutils.plot import texts as words
from lossutils.plot.values import stacked

COPPER, FOOD = data.chem()["copper"], data.engel()["food"]
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
STEPS = np.arange(200.0)
FALLING = {"squared error": np.exp(-STEPS / 9), "Huber": np.exp(-STEPS / 30) + 0.01, "absolute error": 1 / (1 + STEPS)}
LAUNCHES, NAMES = (data.challenger()["temperature"], data.challenger()["damage"]), ("no damage", "damage")
WEIGHT, MPG = data.auto_mpg()["weight"] / 1000, data.auto_mpg()["mpg"]
CAR_WEIGHT, CAR_MPG, RATES = WEIGHT[::20], MPG[::20], np.geomspace(1e-4, 1, 9)
IMAGES = data.digits()["pixels"][:7].reshape(-1, 8, 8)
GUESSES = np.full((3, 10), 0.01) + 0.9 * np.eye(10)[[0, 3, 8]]


def bowl(w):
    """A parabola over one weight, least at 0.6."""
    return (w[0] - 0.6) ** 2 + 0.5, 2 * (w - 0.6)


def curve_and_line(k):
    return {"curve": lambda t: 1 / (1 + np.exp(0.2322 * t - 15.0429)), "line": lambda t: k * (2.9048 - 0.03738 * t)}


def falls(x, y):
    return y.std() * (0.5 + np.exp(-np.arange(100) / 20))


def blows_up(x, y):
    return y.std() * np.exp(np.arange(100.0))


def kink(w):
    return abs(w[0] - 0.6), np.sign(w - 0.6)


KICKS = data.horse_kicks()
DEATHS = KICKS["deaths"][~np.isin(KICKS["corps"], ["G", "I", "VI", "XI"])]

RARE, FOUND = data.yeast()["me2"], data.yeast_scores()["gamma0_ratio1"]
RUNS = np.array([[0.8, 0.5, 0.3], [0.7, 0.55, 0.35]])

# name of the function, then a call that draws from a list of numbers
FIGURES = {
    "histogram_with_constants": lambda k=1: ch01.histogram_with_constants(FOOD * k, THIRTEEN, "Belgian francs a year"),
    "histogram_with_constants, few values": lambda k=1: ch01.histogram_with_constants(
        COPPER * k, {"mean": COPPER.mean(), "median": float(np.median(COPPER))}, "ppm", title="Copper in flour"
    ),
    "loss_curves": lambda k=1: plot.loss_curves([*FIVE[:4], Pinball(tau=0.5 * k)]),
    "loss_curves, large unit": lambda k=1: plot.loss_curves(
        [AbsoluteError(), Huber(delta=100 * k)], "francs", title="Two"
    ),
    "slopes": lambda k=1: plot.slopes([*FIVE[:4], Pinball(tau=0.5 * k)], title="How hard an error pulls"),
    "risk_curves": lambda k=1: ch01.risk_curves(FOOD * k, SIX, "francs", title="Six losses, six best constants"),
    "risk_curves, three": lambda k=1: ch01.risk_curves(COPPER * k, FIVE[:3], "ppm"),
    "constant_game": lambda k=1: ch01.constant_game(COPPER * k, SquaredError(), 6.0, "ppm"),
    "constant_game, without": lambda k=1: ch01.constant_game(COPPER * k, Huber(), 3, "ppm", without=28.95 * k),
    "constant_game, far guess": lambda k=1: ch01.constant_game(FOOD * k, SquaredError(), 2500, "francs"),
    "lines": lambda k=1: plot.lines(
        STEPS, {n: y * k for n, y in FALLING.items()}, "step", "loss", "Three", marks={"half": 100}
    ),
    "lines, few points": lambda k=1: plot.lines(
        [1, 2, 3], {"a": [1, 2, 4 * k], "b": [1, 2, 4], "c": [1, 2, 3.9]}, "x", "y"
    ),
    "training_curves": lambda k=1: plot.training_curves({n: y * k for n, y in FALLING.items()}, "excess loss"),
    "walks": lambda k=1: ch02.walks(bowl, -1.0, [0.05, 0.5 * k, 1.02], 12, title="Three rates"),
    "walks, a kink": lambda k=1: ch02.walks(kink, 3.0 * k, [0.3, 0.7], 9, "w"),
    "loss_surface": lambda k=1: ch02.loss_surface(WEIGHT, MPG * k, SquaredError(), 0.09, 100, "mpg", "1000 lb"),
    "loss_surface, absolute": lambda k=1: ch02.loss_surface(
        WEIGHT, MPG, AbsoluteError(), 0.5 * k, 60, "mpg", "1000 lb"
    ),
    "loss_surface, runs away": lambda k=1: ch02.loss_surface(WEIGHT, MPG * k, SquaredError(), 0.12, 150),
    "label_fits": lambda k=1: ch08.label_fits(*LAUNCHES, curve_and_line(k), "temperature (°F)", "probability", ask=31),
    "two_classes": lambda k=1: ch08.two_classes(*LAUNCHES, -0.2322 * k, -1.209, 70, "temperature", "°F", NAMES),
    "two_classes, float32": lambda k=1: ch08.two_classes(*LAUNCHES, 0.9 * k, 9, 70, unit="°F", float32=True),
    "likelihood_to_loss": lambda k=1: ch03.likelihood_to_loss(
        {"Gaussian": 2 * k, "Laplace": 2, "Poisson": 2, "Bernoulli": 1}
    ),
    "likelihood_to_loss, two": lambda k=1: ch03.likelihood_to_loss({"gamma": 3 * k, "Poisson": 4}, title="Two"),
    "observed_and_expected": lambda k=1: ch03.observed_and_expected(
        ["below 0", *"01234"],
        [0, 109, 65, 22, 3, 1],
        {"Poisson": [0, 108.7, 66.3 * k, 20.2, 4.1, 0.6], "Gaussian": [15.5, 73.3, 85.9, 23.8, 1.5, 0.02]},
        "number of corps-years",
        "deaths in a year",
        title="Kicks",
    ),
    "likelihood": lambda k=1: ch03.likelihood(DEATHS, "Poisson", [1.2 * k], "deaths in a year"),
    "likelihood, product": lambda k=1: ch03.likelihood(DEATHS, "Poisson", [1.2 * k], view="product of p, float64"),
    "likelihood, no product": lambda k=1: ch03.likelihood(
        FOOD, "gamma", [500, 3 * k], "food (francs)", "product of p, float32"
    ),
    "likelihood, two parameters": lambda k=1: ch03.likelihood(COPPER, "Laplace", [4, 1.5 * k], "copper (ppm)"),
    "likelihood, classes": lambda k=1: ch03.likelihood(DEATHS[DEATHS < 3], "categorical", [0.5 * k, 0.5]),
    "likelihood, labels": lambda k=1: ch03.likelihood(DEATHS[DEATHS < 2], "Bernoulli", [0.5 * k], "damage"),
    "squares": lambda k=1: ch04.squares(CAR_WEIGHT, CAR_MPG * k, 8, unit="mpg", per="1000 lb", what="weight"),
    "squares, one moved": lambda k=1: ch04.squares(
        CAR_WEIGHT, CAR_MPG, 19, 30 * k, 100, "mpg", "1000 lb", "weight", {"line": falls, "network": blows_up}
    ),
    "residuals": lambda k=1: ch04.residuals(46.2 - 7.65 * WEIGHT, MPG * k, "mpg"),
    "error_parts": lambda k=1: ch04.error_parts({"mean": (48.8, 2.1 * k, 12), "cubic": (7, 15.6, 12)}, "mpg²"),
    "where_training_ends": lambda k=1: ch04.where_training_ends(
        RATES, {"line": np.where(RATES < 0.1, 3 * k + 0.01 / RATES, np.nan), "network": 2 + RATES * k}, "mpg"
    ),
    "ranges": lambda k=1: ch12.ranges(
        [10, 100, 1000], {"a": k * RUNS, "b": 0.5 * RUNS}, "epochs", "recall", "Runs", logx=True
    ),
    "ranges, linear": lambda k=1: ch12.ranges([1, 2, 5], {"recall": RUNS * k}, "epochs", "recall"),
    "ranking_and_calibration": lambda k=1: ch12.ranking_and_calibration(
        RARE, {"plain": FOUND * k, "weight 28": FOUND + 3}, {"plain, 1/2": ("plain", 0.5), "28": ("weight 28", 0.5)}
    ),
    "rare_class": lambda k=1: ch12.rare_class(RARE, FOUND * k, FOUND, 0.1, 28, "weight 28"),
    "rare_class, no alarm": lambda k=1: ch12.rare_class(RARE, k * FOUND - 9, FOUND, 0.95, 90, "far"),
    "guesses": lambda k=1: ch09.guesses(IMAGES[:3], GUESSES**k / (GUESSES**k).sum(axis=1, keepdims=True), [0, 1, 8]),
    "guesses, with a title": lambda k=1: ch09.guesses(IMAGES[:2], GUESSES[:2], [0, int(2 * k)], title="Two digits"),
    "gallery": lambda k=1: ch09.gallery(IMAGES, [f"label {n}: {n * k}\nit says 8" for n in range(7)], title="Seven"),
    "three_classes": lambda k=1: ch09.three_classes([2 * k, 1, 0], [1, 0, 0], names=("one", "other", "Republican")),
    "three_classes, fuzzy and warm": lambda k=1: ch09.three_classes([-3, 8 * k, -0.5], [0, 0.25, 0.75], 2.5),
}
figures = pytest.mark.parametrize("name", FIGURES)


class Shown(list):
    """What was displayed: (object, metadata), and the figures behind it."""

    def __init__(self):
        self.figures = []

    @property
    def picture(self):
        return base64.b64decode(self[0][0]["image/png"])

    @property
    def sentence(self):
        return self[0][0]["text/plain"]


@contextlib.contextmanager
def catching():
    caught, png = Shown(), paper.png
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            IPython.display, "display", lambda thing, metadata=None, raw=False: caught.append((thing, metadata))
        )
        patch.setattr(paper, "png", lambda fig: (caught.figures.append(fig), png(fig))[1])
        yield caught


@pytest.fixture
def shown():
    with catching() as caught:
        yield caught


@functools.cache
def drawn(name):
    """Draw a figure once for all tests: what was shown, and what the function returned."""
    with catching() as caught:
        caught.returned = FIGURES[name]()
    return caught


@functools.cache
def texts(fig):
    """All texts that can be seen, with their boxes in dots. The figure has been rendered, which places them."""
    renderer = fig.canvas.get_renderer()
    hidden = set()
    for ax in fig.axes:
        for axis, limits in ((ax.xaxis, ax.get_xlim()), (ax.yaxis, ax.get_ylim())):
            for tick in [*axis.get_major_ticks(), *axis.get_minor_ticks()]:
                low, high = min(limits), max(limits)
                if not low - 1e-9 * abs(low) <= tick.get_loc() <= high + 1e-9 * abs(high):
                    hidden |= {tick.label1, tick.label2}
    seen = [t for t in fig.findobj(Text) if t.get_text().strip() and t.get_visible() and t not in hidden]
    return [(t, t.get_window_extent(renderer)) for t in seen if t.axes is None or t.axes.get_visible()]


def test_every_function_has_a_figure_here():
    drawing = {*plot.__all__} - {"png", "show"}
    for number in chapters.numbers():
        drawing |= {*dir(getattr(chapters, f"ch{number}"))} - {"reach", "widget"}
    functions = {name for name in drawing if name[0].islower()}
    assert {name.partition(",")[0] for name in FIGURES} == functions


@figures
def test_a_function_shows_one_picture_then_its_line_and_returns_none(name):
    (bundle, metadata), (line, _) = drawn(name)
    sentence, markdown = bundle["text/plain"], line["text/markdown"]
    assert drawn(name).returned is None
    assert set(bundle) == {"image/png", "text/plain"}
    assert drawn(name).picture.startswith(b"\x89PNG")
    assert metadata["image/png"]["alt"] == line["text/plain"] == sentence
    assert markdown.replace("\\", "") == f"*{sentence}*"
    assert sentence.startswith("Figure: ")
    assert sentence.endswith(".")
    assert "\n" not in sentence


@figures
def test_two_renders_give_the_same_bytes_whatever_the_reader_has_set(name, shown):
    style = {
        "font.size": 30,
        "lines.linewidth": 9,
        "axes.facecolor": "black",
        "axes.grid": False,
        "font.family": ["monospace"],
        "savefig.dpi": 30,
        "savefig.bbox": "tight",
    }
    errors = warnings.catch_warnings(action="error", category=RuntimeWarning)
    with matplotlib.rc_context(style), np.errstate(all="raise"), errors:
        FIGURES[name]()
        assert set(np.geterr().values()) == {"raise"}
    assert shown.picture == drawn(name).picture
    assert b"Matplotlib" not in shown.picture


@figures
def test_the_line_is_made_from_the_numbers(name, shown, unrendered):
    FIGURES[name](1.5)
    assert shown.sentence != drawn(name).sentence


@figures
def test_no_text_overlaps_another_or_leaves_the_sheet(name):
    (fig,) = drawn(name).figures
    seen = texts(fig)
    for (one, box), (other, its_box) in itertools.combinations(seen, 2):
        overlap = min(box.x1, its_box.x1) - max(box.x0, its_box.x0), min(box.y1, its_box.y1) - max(box.y0, its_box.y0)
        assert min(overlap) < 1.5, f"{one.get_text()!r} overlaps {other.get_text()!r} by {overlap} dots"
    for text, box in seen:
        assert box.x0 >= 0 and box.y0 >= 0, f"{text.get_text()!r} leaves the sheet"
        assert box.x1 <= fig.bbox.x1 and box.y1 <= fig.bbox.y1, f"{text.get_text()!r} leaves the sheet"


@figures
def test_text_is_large_and_dark_enough(name):
    for text, _ in texts(drawn(name).figures[0]):
        assert text.get_fontsize() >= 11, text.get_text()
        assert contrast(text.get_color()) >= 4.5, text.get_text()


@figures
def test_a_picture_is_opaque_white_and_fits_a_notebook(name):
    pixels = imread(io.BytesIO(drawn(name).picture))
    assert pixels.shape[1] == paper.WIDTH * paper.DPI
    assert pixels.shape[0] <= 640
    assert pixels.shape[2] == 3 or (pixels[..., 3] == 1).all()
    corners = pixels[[0, 0, -1, -1], [0, -1, 0, -1], :3]
    assert (corners == 1).all()


@figures
def test_axes_are_labelled(name):
    (fig,) = drawn(name).figures
    assert any(ax.get_xlabel() for ax in fig.axes)
    for ax in fig.axes:
        below = [
            other for other in fig.axes if other is not ax and other.get_position().y1 <= ax.get_position().y0 + 1e-6
        ]
        assert ax.get_xlabel() or any(other.get_xlabel() for other in below)
        named_rows = any(t.get_text().strip(".−0123456789") for t in ax.get_yticklabels())
        assert ax.get_ylabel() or named_rows or not len(ax.get_yticks())


def curves_of(fig):
    return [line for line in fig.axes[0].lines if not line.get_label().startswith("_")]


@pytest.mark.parametrize("name", ["loss_curves", "slopes", "lines"])
def test_curves_differ_in_colour_and_dashes_and_markers(name):
    curves = curves_of(drawn(name).figures[0])
    assert len(curves) >= 2
    for look in ("get_color", "get_marker", "_dash_pattern"):
        seen = [getattr(line, look) if look.startswith("_") else getattr(line, look)() for line in curves]
        assert len({str(one) for one in seen}) == len(curves), look


def test_more_lines_than_can_be_told_apart_are_refused(shown):
    with pytest.raises(ValueError, match="7 lines at most"):
        plot.loss_curves([Huber(delta=1 + k) for k in range(8)])


@pytest.mark.parametrize("loss", [loss for loss in CATALOGUE if not loss.row_wise], ids=repr)
def test_every_loss_of_one_number_can_be_drawn(loss, shown, unrendered, monkeypatch):
    plot.loss_curves([loss])
    plot.slopes([loss])
    assert len(shown) == 4
    for fig in shown.figures:
        curve = curves_of(fig)[0].get_ydata()
        assert np.isfinite(curve).mean() > 0.4
    if loss.target.contains(COPPER).all() and loss.prediction.contains(COPPER).all():
        ch01.risk_curves(COPPER, [loss], "ppm")
        ch01.constant_game(COPPER, loss, 5.0, "ppm", without=28.95)
        assert len(shown) == 8
    monkeypatch.undo()  # and one of them is rendered
    assert plot.png(shown.figures[-1]).startswith(b"\x89PNG")


def test_a_loss_of_rows_is_refused_in_a_sentence(shown):
    with pytest.raises(ValueError, match="takes a row of numbers"):
        plot.loss_curves([SoftmaxCrossEntropy()])


def test_curves_are_the_losses_and_their_slopes(shown):
    plot.loss_curves([SquaredError(), AbsoluteError()])
    plot.slopes([SquaredError(), AbsoluteError()])
    square, absolute = curves_of(shown.figures[0])
    np.testing.assert_allclose(square.get_ydata(), square.get_xdata() ** 2)
    np.testing.assert_allclose(absolute.get_ydata(), np.abs(absolute.get_xdata()))
    slope, sign = curves_of(shown.figures[1])
    np.testing.assert_allclose(slope.get_ydata(), 2 * slope.get_xdata())
    drawn = np.isfinite(sign.get_ydata())
    np.testing.assert_array_equal(sign.get_ydata()[drawn], np.sign(sign.get_xdata()[drawn]))
    assert not drawn.all(), "the jump at 0 is drawn as a slanting line"
    assert "Errors of −2 and 2 cost: squared error: 4 and 4; absolute error: 2 and 2." in shown[0][0]["text/plain"]
    assert "squared error: −4 and 4; absolute error: −1 and 1." in shown[2][0]["text/plain"]


def test_a_loss_that_looks_at_the_target_says_for_which_one_it_is_drawn(shown):
    plot.loss_curves([LogisticLoss()])
    plot.loss_curves([SquaredError(), AbsolutePercentageError()])
    assert "for the target 0" in shown.figures[0].axes[0].get_xlabel()
    assert "for the target 1" in shown.figures[1].axes[0].get_xlabel()


def test_the_known_constants_stand_in_the_lines(shown):
    ch01.risk_curves(COPPER, [SquaredError(), AbsoluteError(), Huber(delta=1.5 * 1.4826 * 0.355)], "ppm")
    for constant in ("4.28 ppm", "3.385 ppm", "3.207 ppm"):
        assert constant in shown.sentence
    line = drawn("histogram_with_constants").sentence
    places = [line.index(words.number(constant)) for constant in sorted(THIRTEEN.values())]
    assert places == sorted(places)


def test_inputs_are_not_changed(shown):
    values, constants = COPPER.copy(), {"b": 5.0, "a": 3.0}
    values.flags.writeable = False
    ch01.histogram_with_constants(values, constants, "ppm")
    ch01.risk_curves(values, FIVE, "ppm")
    ch01.constant_game(values, SquaredError(), 4.0, "ppm", without=28.95)
    assert list(constants) == ["b", "a"]


# The game -----------------------------------------------------------------------------------------------------------


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


# Words --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (624.1501, "624.2"),
        (4.2804, "4.28"),
        (1137.4997, "1137"),
        (28.95, "28.95"),
        (-0.6, "−0.6"),
        (0.0, "0"),
        (-0.0, "0"),
        (1704000, "1704000"),
        (123456, "123500"),
        (0.00003987, "0.00003987"),
        (2.5e-9, "2.5 · 10⁻⁹"),
        (-3.2e15, "−3.2 · 10¹⁵"),
        (np.inf, "∞"),
        (-np.inf, "−∞"),
        (np.nan, "undefined"),
        (1, "1"),
        (np.float32(0.1), "0.1"),
    ],
)
def test_numbers_have_four_digits_and_no_computer_notation(x, text):
    assert words.number(x) == text


def test_losses_and_units_in_words():
    assert words.label(Huber(delta=1.5)) == "Huber, δ = 1.5"
    assert words.label(SquaredError()) == "squared error"
    assert words.mean_of(Huber()) == "mean Huber loss"
    assert words.mean_of(SquaredError()) == "mean squared error"
    assert words.unit_of(SquaredError(), "ppm") == "ppm²"
    assert words.unit_of(SquaredError(), "francs a year") == "(francs a year)²"
    assert words.unit_of(AbsoluteError(), "ppm") == "ppm"
    assert words.unit_of(SquaredError(), "") == ""
    assert words.unit_of(AbsolutePercentageError(), "ppm") == "no unit"
    assert words.listed(["a", "b", "c"]) == "a, b and c"


UNITS = [
    (Huber(), "delta", True),
    (Huber(delta=100), "delta", True),
    (LogCosh(), "c", True),
    (Pinball(), "tau", False),
    (Expectile(), "tau", False),
    (lossutils.Cauchy(), "c", True),
    (lossutils.Barron(), "alpha", False),
    (lossutils.Barron(), "c", True),
    (lossutils.EpsilonInsensitive(), "epsilon", True),
]


@pytest.mark.parametrize(("loss", "parameter", "answer"), UNITS)
def test_whether_a_parameter_has_the_targets_unit_is_found_out(loss, parameter, answer):
    assert words.has_target_unit(loss, parameter) is answer


def test_a_factor_in_front_of_a_loss_has_no_unit_of_the_target():
    class Scaled(lossutils.Loss):
        w: float = lossutils.param(2.0, lossutils.POSITIVE, slider=(1, 3))

        def formula(self, p, y):
            return self.w * (p - y) ** 2

    assert not words.has_target_unit(Scaled(), "w")


def test_what_markdown_would_read_is_escaped(shown):
    plot.lines([0, 1], {"a_b*c": [1, 2], "$5 <b>": [2, 3]}, "x", "y")
    assert r"a\_b\*c" in shown[1][0]["text/markdown"]
    assert r"\$5 \<b>" in shown[1][0]["text/markdown"]
    assert "a_b*c" in shown.sentence


# Labels -------------------------------------------------------------------------------------------------------------


def test_spread_keeps_gaps_order_and_limits_and_moves_no_more_than_it_must():
    rng = lossutils.rng(0)
    for _ in range(300):
        wanted = rng.uniform(0, 1, rng.randint(1, 8))
        placed = labels.spread(wanted, 0.1, 0.0, 1.0)
        assert (np.diff(np.sort(placed)) >= 0.1 - 1e-9).all()
        assert (np.argsort(placed, kind="stable") == np.argsort(wanted, kind="stable")).all()
        assert placed.min() >= -1e-9
        assert placed.max() <= 1 + 1e-9
    np.testing.assert_allclose(labels.spread([0.5, 0.1, 0.9], 0.1, 0, 1), [0.5, 0.1, 0.9])
    np.testing.assert_allclose(labels.spread([0.5, 0.5], 0.1, 0, 1), [0.45, 0.55])


def contrast(colour):
    """Contrast with white as the Web Content Accessibility Guidelines define it."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
    return 1.05 / (np.dot([0.2126, 0.7152, 0.0722], linear) + 0.05)


@pytest.mark.parametrize("colour", paper.COLOURS)
def test_coloured_labels_can_be_read(colour):
    assert contrast(labels.dark(colour)) >= 4.5


def test_stacked_dots_do_not_cover_each_other():
    x, height = stacked(COPPER, 0.1)
    places = np.column_stack([x / 0.1, height])
    distances = np.abs(places[:, None] - places[None]).max(axis=2)[~np.eye(len(x), dtype=bool)]
    assert distances.min() >= 1 - 1e-9
    np.testing.assert_allclose(x, np.sort(COPPER), atol=0.05)
    assert len(np.unique(height[np.isclose(x, x[np.argmin(np.abs(x - 3.7))])])) == np.sum(np.abs(COPPER - 3.7) < 0.05)


# The process --------------------------------------------------------------------------------------------------------


def test_figures_need_no_pyplot_and_the_package_no_matplotlib():
    code = """
import sys, lossutils
assert "matplotlib" not in sys.modules and "ipywidgets" not in sys.modules and "IPython" not in sys.modules
from lossutils import data
from lossutils.chapters import ch01
ch01.constant_game(data.chem()["copper"], lossutils.SquaredError(), 4.0)
ch01.widget(data.chem()["copper"])
assert "matplotlib.pyplot" not in sys.modules
print("clean")
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={**os.environ, "MPLBACKEND": "agg"}
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("clean\n")
