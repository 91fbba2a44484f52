"""Every figure: one picture and one line that fits it, the same to the byte, readable, and nothing overlapping."""

import base64
import functools
import importlib
import inspect
import io
import itertools
import os
import subprocess
import sys
import warnings

import matplotlib
import numpy as np
import pytest
from contrast import contrast
from figures import catching, texts
from matplotlib.colors import to_rgb
from matplotlib.image import imread
from of_chapters import held

import lossutils
from lossutils import (
    CATALOGUE,
    AbsoluteError,
    AbsolutePercentageError,
    BinaryCrossEntropy,
    Huber,
    LogCosh,
    LogisticLoss,
    Pinball,
    SoftmaxCrossEntropy,
    SquaredError,
    SquaredLogarithmicError,
    chapters,
    data,
    plot,
)
from lossutils.chapters import ch01
from lossutils.plot import labels, paper
from lossutils.plot import texts as words
from lossutils.plot.values import stacked
from tools.plumbing.pages import outputs, paths, read

COPPER, FOOD = data.chem()["copper"], data.engel()["food"]
FIVE = [SquaredError(), AbsoluteError(), Huber(delta=1.5), LogCosh(c=0.7), Pinball(tau=0.9)]
STEPS = np.arange(200.0)
FALLING = {"squared error": np.exp(-STEPS / 9), "Huber": np.exp(-STEPS / 30) + 0.01, "absolute error": 1 / (1 + STEPS)}


# name of the function, then a call that draws from a list of numbers; a chapter's stand in its own tests
FIGURES = {
    "loss_curves": lambda k=1: plot.loss_curves([*FIVE[:4], Pinball(tau=0.5 * k)]),
    "loss_curves, large unit": lambda k=1: plot.loss_curves(
        [AbsoluteError(), Huber(delta=100 * k)], "francs", title="Two"
    ),
    "slopes": lambda k=1: plot.slopes([*FIVE[:4], Pinball(tau=0.5 * k)], title="How hard an error pulls"),
    "lines": lambda k=1: plot.lines(
        STEPS, {n: y * k for n, y in FALLING.items()}, "step", "loss", "Three", marks={"half": 100}
    ),
    "lines, few points": lambda k=1: plot.lines(
        [1, 2, 3], {"a": [1, 2, 4 * k], "b": [1, 2, 4], "c": [1, 2, 3.9]}, "x", "y"
    ),
    "loop": lambda k=1: plot.loop({"prediction": 3 * k, "target": 1, "loss": 4, "slope": 4, "weights": "3 → 2.6"}),
    "training_curves": lambda k=1: plot.training_curves({n: y * k for n, y in FALLING.items()}, "excess loss"),
} | {f"{chapter}.{name}": draw for chapter, figures in held("FIGURES").items() for name, draw in figures.items()}
figures = pytest.mark.parametrize("name", FIGURES)


@functools.cache
def drawn(name):
    """Draw a figure once for all tests: what was shown, and what the function returned."""
    with catching() as caught:
        caught.returned = FIGURES[name]()
    return caught


def test_a_small_table_says_the_same_as_text_and_as_markdown(monkeypatch):
    shown = []
    monkeypatch.setattr("lossutils.plot.folded.display", lambda thing, raw: shown.append(thing))
    plot.table(["", "a"], [["one", -1.5], ["cross-entropy", "2"]])
    text = "|  | a |\n| :-- | --: |\n| one | −1.5 |\n| cross-entropy | 2 |"
    assert shown == [{"text/markdown": text, "text/plain": text}]


def test_every_function_has_a_figure_here():
    drawing = {*plot.__all__} - {"png", "show", "table"}
    for number in chapters.numbers():
        chapter = importlib.import_module(f"lossutils.chapters.ch{number}")
        captioned = {name for name in dir(chapter) if "caption" in inspect.signature(getattr(chapter, name)).parameters}
        drawing |= {f"ch{number}.{name}" for name in captioned}  # what has a caption draws
    assert {name.partition(",")[0] for name in FIGURES} == drawing


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


def function_of(name):
    """The function that draws a figure of `FIGURES`, without its decorators."""
    chapter, _, inside = name.partition(",")[0].rpartition(".")
    home = importlib.import_module(f"lossutils.chapters.{chapter}") if chapter else plot
    return inspect.unwrap(getattr(home, inside))


@figures
def test_a_caption_stands_under_the_picture_and_the_numbers_are_folded_under_it(name, shown, unrendered, monkeypatch):
    FIGURES[name]()
    monkeypatch.setitem(function_of(name).__kwdefaults__, "caption", "Look at 2*a*b.")
    FIGURES[name]()
    (_, _), (bare, _), (bundle, metadata), (line, _) = shown
    assert metadata["image/png"]["alt"] == bundle["text/plain"] == bare["text/plain"]
    caption, rest = line["text/markdown"].split("\n\n", 1)
    assert caption == r"*Look at 2\*a\*b.*"
    assert line["text/plain"] == "Look at 2*a*b."
    words = bare["text/markdown"].removeprefix("*Figure: ").removesuffix("*")
    assert rest == f"<details><summary>Numbers in this figure</summary>\n\n{words}\n\n</details>"


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
    letter = 0.07 * fig.dpi  # what stands nearer in one line is read as one text
    for (one, box), (other, its_box) in itertools.combinations(seen, 2):
        wide, high = (
            min(box.x1, its_box.x1) - max(box.x0, its_box.x0),
            min(box.y1, its_box.y1) - max(box.y0, its_box.y0),
        )
        overlap = wide + (letter if high > 0.5 * min(box.height, its_box.height) else 0), high
        assert min(overlap) < 1.5, f"{one.get_text()!r} overlaps {other.get_text()!r} by {overlap} dots"
    edge = 0.05 * fig.dpi
    for text, box in seen:
        assert box.x0 >= edge and box.y0 >= edge, f"{text.get_text()!r} meets the edge of the sheet"
        assert box.x1 <= fig.bbox.x1 - edge, f"{text.get_text()!r} meets the edge of the sheet"
        assert box.y1 <= fig.bbox.y1 - edge, f"{text.get_text()!r} meets the edge of the sheet"


COLUMN, PHONE = 960, 360  # dots of a page: JupyterLab's column, and a phone's


@figures
def test_text_is_large_and_dark_enough(name):
    """Twelve points (16 dots) or more on a page, much more on a wall, and still to be read on a phone."""
    (fig,) = drawn(name).figures
    dots = fig.bbox.width
    for text, _ in texts(fig):
        height = text.get_fontsize() / 72 * fig.dpi
        assert height * COLUMN / dots >= 16, text.get_text()
        assert height * PHONE / dots >= 8.5, text.get_text()
        assert contrast(text.get_color(), paper.PAPER) >= 4.5, text.get_text()


@figures
def test_a_picture_is_a_soft_card_with_round_corners_as_wide_as_the_column(name):
    pixels = imread(io.BytesIO(drawn(name).picture))
    height, width, _ = pixels.shape
    assert width == COLUMN
    assert height <= 1000
    assert len(drawn(name).picture) <= 150_000
    assert (pixels[[0, 0, -1, -1], [0, -1, 0, -1], 3] == 0).all(), "the corners are not round"
    rest = pixels[12:-12, 12:-12]
    assert (rest[..., 3] == 1).all(), "the page shines through"
    np.testing.assert_allclose(pixels[height // 2, [1, -2], :3], [to_rgb(paper.PAPER)] * 2, atol=1 / 255)


@figures
def test_a_stored_picture_has_few_colours_and_looks_the_same(name):
    """`refresh` compares pictures, and allows 32 of 255 levels."""
    whole = paper.png(drawn(name).figures[0])
    full, few = (imread(io.BytesIO(picture)) for picture in (whole, drawn(name).picture))
    assert np.abs(full - few).max() < 33 / 255
    assert len(drawn(name).picture) < 0.6 * len(whole)
    assert paper.small(whole) == drawn(name).picture


def cut(png):
    """Whether something is drawn on the rim of a card, 4 dots wide, where only paper is allowed."""
    pixels = imread(io.BytesIO(png))
    rim = np.ones(pixels.shape[:2], bool)
    rim[4:-4, 4:-4] = False
    near, solid = np.abs(pixels[..., :3] - to_rgb(paper.PAPER)).max(axis=2) < 0.02, pixels[..., 3] == 1
    return bool((rim & solid & ~near).any())


@figures
def test_nothing_is_cut_at_the_rim(name):
    assert not cut(drawn(name).picture)


@pytest.mark.parametrize("path", paths("notebooks"), ids=lambda path: path.stem)
def test_no_picture_of_a_lecture_is_cut_at_the_rim(path):
    """A lecture draws other numbers and names than the tests do."""
    pictures = [
        (cell.id, output.data["image/png"])
        for cell, output in outputs(read(path))
        if "image/png" in output.get("data", {})
    ]
    assert [name for name, png in pictures if cut(base64.b64decode(png))] == []


def test_no_ink_is_right_on_a_light_page_and_on_a_dark_one_so_the_card_is_needed():
    light, dark = "#ffffff", "#111111"
    assert contrast(light, dark) < 4.5**2
    assert contrast(paper.PAPER, dark) >= 4.5  # the card itself is seen on both
    assert contrast(paper.PAPER, light) > 1.1
    for ink in (paper.INK, paper.GREY, *map(labels.dark, paper.COLOURS)):
        assert contrast(ink, paper.PAPER) >= 4.5, ink


@figures
def test_axes_are_labelled(name):
    (fig,) = drawn(name).figures
    assert any(ax.get_xlabel() for ax in fig.axes) or not fig.axes  # a schematic has none
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


def test_the_loop_writes_one_round_into_its_boxes_and_knows_no_others(shown):
    plot.loop()
    plot.loop({"prediction": 3, "slope": 4.0, "weights": "3 → 2.6"})
    bare, told = ({text.get_text() for text, _ in texts(fig)} for fig in shown.figures)
    assert told - bare == {"3", "4", "3 → 2.6"}
    assert shown[2][0]["text/plain"].endswith("One round: prediction 3; slope 4; weights 3 → 2.6.")
    with pytest.raises(ValueError, match="none called weight$"):
        plot.loop({"weight": 3})


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


def test_a_few_steep_errors_do_not_flatten_a_picture_and_it_says_where_it_ends(shown):
    plot.slopes([BinaryCrossEntropy()])
    plot.loss_curves([SquaredLogarithmicError()])
    plot.slopes([SquaredError()])
    slope, curve, _ = (fig.axes[0] for fig in shown.figures)
    assert -30 < slope.get_ylim()[0] < -10 and slope.get_ylim()[1] < 3
    assert curve.get_ylim()[1] < 10
    said = [any("cut off at" in text.get_text() for text, _ in texts(fig)) for fig in shown.figures]
    assert said == [True, True, False]
    assert "cut off at −21" in shown[0][0]["text/plain"] and "cut off" not in shown[4][0]["text/plain"]


def test_one_loss_alone_has_no_unit_of_its_own_among_others(shown):
    plot.loss_curves([SquaredError()])
    plot.loss_curves([SquaredError(), AbsoluteError()])
    alone, several = ({text.get_text() for text, _ in texts(fig)} for fig in shown.figures)
    assert "loss" in alone and "loss, each in its own unit" in several - alone


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
    (lossutils.Expectile(), "tau", False),
    (lossutils.Cauchy(), "c", True),
    (lossutils.Barron(), "alpha", False),
    (lossutils.Barron(), "c", True),
    (lossutils.EpsilonInsensitive(), "epsilon", True),
    (lossutils.LaplaceNLL(), "scale", True),
    (lossutils.GaussianNLL(), "variance", False),  # it has the square
]


@pytest.mark.parametrize(("loss", "parameter", "answer"), UNITS)
def test_a_parameter_declares_whether_it_has_the_targets_unit(loss, parameter, answer):
    assert words.has_target_unit(loss, parameter) is answer


def test_nothing_is_said_of_the_unit_of_a_parameter_that_declares_none():
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


def test_a_name_stands_beside_its_place_and_covers_neither_points_nor_texts():
    fig = paper.blank()
    ax = paper.axes(fig, 1, 1, 1, 1)
    cloud = lossutils.rng(0).normal(size=(80, 2))
    ax.plot(*cloud.T, "o")
    ax.set(xlim=(-4, 4), ylim=(-4, 4))
    nearest_first = cloud[np.argsort(np.hypot(*cloud.T))]
    names = [labels.name_beside(ax, text, nearest_first, "#0072B2", [cloud]) for text in ("one", "another")]
    boxes = [name.get_window_extent(fig.canvas.get_renderer()) for name in names]
    assert not boxes[0].overlaps(boxes[1])
    dots, frame = ax.transData.transform(cloud), ax.get_window_extent()
    for box in boxes:
        assert not np.any(np.all((dots > box.min) & (dots < box.max), axis=1))
        assert frame.x0 < box.x0 and box.x1 < frame.x1 and frame.y0 < box.y0 and box.y1 < frame.y1
        reach = np.hypot(*np.maximum([box.min - dots, dots - box.max], 0).max(axis=0).T).min()
        assert reach < 40 * fig.dpi / 72, "it stands far from every point"


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
