"""Chapter 05: what its texts say beyond the checks in the lecture, its figures' words, its widget, its exercise."""

import itertools
import math
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from figures import texts
from of_chapters import by_hand

from lossutils import AbsoluteError, Cauchy, Huber, Loss, SquaredError, Tukey, Welsch, data, practice, rng
from lossutils.chapters import ch05
from lossutils.chapters.ch05 import curious, inputs
from lossutils.chapters.ch05.search import Search
from lossutils.chapters.ch05.valleys import profile
from lossutils.judge.judge import judge
from lossutils.models import Network
from lossutils.training import Adam, irls, median_scale, train

PHONES = data.phones()
YEAR, CALLS = PHONES["year"].astype(float), PHONES["calls"]
X = np.column_stack([np.ones(24), YEAR])
SIX = (YEAR >= 1964) & (YEAR <= 1969)
STARTS = {"all years": np.ones(24, dtype=bool), "the six years": SIX}
USUAL = {"Huber": Huber(delta=1.345), "Tukey": Tukey(c=4.685), "Cauchy": Cauchy(c=2.385), "Welsch": Welsch(c=2.111)}


# What the texts say --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("loss", [Huber(delta=2.5), Cauchy(c=2.5), Tukey(c=2.5), SquaredError()], ids=repr)
def test_the_weights_of_the_table_are_slope_by_error(loss):
    e = np.array([-9.0, -2.0, -0.3, 0.7, 2.4, 2.6, 40.0])
    u = e / 2.5
    said = {
        "Huber": np.where(np.abs(u) <= 1, 1, 2.5 / np.abs(e)),
        "Cauchy": 1 / (1 + u**2),
        "Tukey": np.where(np.abs(u) < 1, (1 - u**2) ** 2, 0),
        "squared error": np.full(7, 2.0),
    }[loss.name]
    assert loss.derivative(e, np.zeros(7)) / e == pytest.approx(said)


def test_a_fit_with_the_edge_1345_needs_95_rows_in_100(folded):
    """In closed form for Huber's loss, and on a grid for all: (mean curvature)² / mean squared slope."""
    for edge in (0.05, 0.5, 1.345, 2.0):
        inside = math.erf(edge / math.sqrt(2))
        bell = math.exp(-(edge**2) / 2) / math.sqrt(2 * math.pi)
        known = inside**2 / (inside - 2 * edge * bell + edge**2 * (1 - inside))
        assert curious.efficiency(Huber(delta=edge)) == pytest.approx(known, abs=2e-4)
    assert curious.efficiency(Huber(delta=1.345)) == pytest.approx(0.95, abs=1e-4)
    assert curious.efficiency(Huber(delta=2.0)) == pytest.approx(0.9897, abs=1e-4)
    assert curious.efficiency(Tukey(c=4.685)) == pytest.approx(0.95, abs=1e-4)
    assert f"{2 / math.pi:.0%}" == "64%", "the absolute error's, the limit for small edges"
    ch05.efficient_edges()
    for row in ("| Huber | 1.345 | 0.950 |", "| Huber | 2 | 0.990 |", "| Tukey | 4.685 | 0.950 |"):
        assert row in folded[0]


def test_the_six_lines_have_the_same_total_exactly():
    """In fractions; every other line through two points has more, and a mixture of the six has as much."""
    years, calls = [Fraction(int(y) - 1950) for y in YEAR], [Fraction(str(c)) for c in CALLS]

    def total(height, slant):
        return sum(abs(height + slant * x - y) for x, y in zip(years, calls, strict=True))

    lines = set()
    for i, j in itertools.combinations(range(24), 2):
        slant = (calls[j] - calls[i]) / (years[j] - years[i])
        lines.add((calls[i] - slant * years[i], slant))
    totals = {line: total(*line) for line in lines}
    best = [line for line in lines if totals[line] == min(totals.values())]
    assert min(totals.values()) == 844
    assert sorted(f"{float(slant):.4f}" for _, slant in best) == [
        "1.1571", "1.1727", "1.1875", "1.2000", "1.5300", "1.6222",
    ]  # fmt: skip
    mixture = [sum(part) / 6 for part in zip(*best, strict=True)]
    assert total(*mixture) == 844 and total(mixture[0], mixture[1] + Fraction(1, 2)) > 844
    found, least = ch05.best_pair_lines(YEAR, CALLS)
    assert len(found) == 6 and least == pytest.approx(844)


def test_absolute_error_is_not_beaten_between_the_pairs():
    """No line of a fine grid has less: a best line goes through two points."""
    slants = np.linspace(0.5, 2.5, 401)
    rest = CALLS - slants[:, np.newaxis] * (YEAR - 1950)
    totals = np.abs(rest - np.median(rest, axis=1, keepdims=True)).sum(axis=1)
    assert totals.min() >= 844 - 1e-9
    equal = slants[totals < 844 + 1e-6]
    assert equal.min() == pytest.approx(1.16, abs=0.006) and equal.max() == pytest.approx(1.62, abs=0.006)


def test_with_a_fixed_scale_the_coefficient_moves_without_a_jump():
    """Steps a tenth as large in the edge are a tenth as large in the coefficient."""
    for step, most in ((1.0, 0.13), (0.1, 0.013)):
        edges = np.arange(2.0, 12.0, step)
        found = [irls(Huber(delta=edge), X, CALLS, steps=3000).coefficients[1] for edge in edges]
        assert np.abs(np.diff(found)).max() < most


@pytest.mark.parametrize("name", ["Tukey", "Cauchy", "Welsch"])
def test_the_median_scale_brings_every_search_home_and_hears_most_rows_at_first(name):
    lines, _ = ch05.pair_lines(YEAR, CALLS)
    ends = [irls(USUAL[name], X, CALLS, median_scale, start, steps=2000) for start in lines]
    assert np.ptp([fit.coefficients[1] for fit in ends]) < 1e-4 and all(fit.settled for fit in ends)
    heard = [np.sum(np.abs(X @ line - CALLS) < 4.685 * median_scale(X @ line - CALLS)) for line in lines]
    assert min(heard) >= 17


def test_on_the_plant_some_searches_swing_for_ever():
    plant = data.stackloss()
    days = np.column_stack([np.ones(21), plant.matrix("air_flow", "water_temperature", "acid")])
    start = np.linalg.solve(days[[1, 6, 9, 17]], plant["loss"][[1, 6, 9, 17]])
    fits = [irls(Tukey(c=4.685), days, plant["loss"], median_scale, start, steps) for steps in (500, 501, 502)]
    assert not any(fit.settled for fit in fits)
    assert np.allclose(fits[0].coefficients, fits[2].coefficients) and not np.allclose(
        fits[0].coefficients, fits[1].coefficients, rtol=1e-4
    )


def test_at_its_wrong_end_the_search_says_that_it_has_settled():
    wrong = irls(Tukey(c=20.0), X, CALLS, start=np.linalg.lstsq(X[SIX], CALLS[SIX])[0], steps=2000)
    assert wrong.settled and f"{wrong.coefficients[1]:.1f}" == "17.7"
    assert np.sum(wrong.weights == 0) >= 14 and np.sum(wrong.weights[SIX] > 0) == 6


def test_huber_from_the_good_line_stands_still_until_1_76():
    """Upwards, each search from the line before; from least squares the cliff comes at 1.63."""
    good = irls(USUAL["Huber"], X, CALLS, median_scale).coefficients
    for edge in np.arange(135, 190) / 100:
        up, down = (irls(Huber(delta=edge), X, CALLS, median_scale, start, steps=3000) for start in (good, None))
        assert up.settled and down.settled
        assert (up.coefficients[1] < 2.4) == (edge < 1.765) and (down.coefficients[1] < 2.4) == (edge < 1.625)
        good = up.coefficients


def test_the_two_tasks_of_explore_have_the_answers_that_are_folded():
    six = np.linalg.lstsq(X[SIX], CALLS[SIX])[0]
    for edge, said in ((150, None), (155, "2.1"), (200, "3.7")):
        fits = [irls(Tukey(c=edge), X, CALLS, start=start, steps=3000) for start in (None, six)]
        first, second = (fit.coefficients[1] for fit in fits)
        assert (abs(first - second) < 1e-4) == (said is not None)
        assert said is None or f"{first:.1f}" == said
    lines = [irls(Huber(delta=float(edge)), X, CALLS, steps=3000).coefficients[1] for edge in range(2, 201)]
    assert f"{np.max(np.abs(np.diff(lines))):.2f}" == "0.12"
    assert f"{lines[0]:.2f}" == "1.45", "the smallest edge draws a line under Huber's loss"


RIGHT = (YEAR <= 1962) | (YEAR >= 1971)


def test_begun_at_the_line_of_the_clean_rows_only_tukeys_loss_drops_the_wrong_year():
    years, counts = YEAR[RIGHT], CALLS[RIGHT]
    clean = np.linalg.lstsq(np.column_stack([np.ones(16), years]), counts)[0]
    for i in range(16):
        wrong = np.where(np.arange(16) == i, years + 100, years)
        A = np.column_stack([np.ones(16), wrong])
        tukey, huber = (irls(USUAL[name], A, counts, median_scale, clean, 2000) for name in ("Tukey", "Huber"))
        assert tukey.weights[i] == 0 and 1.05 < tukey.coefficients[1] < 1.14
        assert huber.coefficients[1] < 0.2 and ch05.best_pair_lines(wrong, counts)[0][:, 1].max() < 0.2
    ends = [irls(Tukey(c=10.0), A, counts, start=start, steps=2000).coefficients for start in (None, clean)]
    assert [f"{Tukey(c=10.0)(A @ end, counts):.2f}" for end in ends] == ["5.44", "1.35"], "the last of them, 1973"


@pytest.mark.parametrize("noise", [30, 80, 150])
def test_with_30_rents_no_loss_of_the_question_saves_the_line_and_with_400_tukeys_may(noise):
    for n in (30, 400):
        dropped = 0
        for seed in range(20):
            source = rng(seed)
            area = np.round(source.uniform(25, 150, n))
            area[0] = 72
            rent = 100 + 8 * area + source.normal(0, noise, n)
            area[0] = 7200
            A = np.column_stack([np.ones(n), area])
            huber = [irls(Huber(delta=edge), A, rent, median_scale, steps=2000) for edge in (1.345, 0.5)]
            starts = (None, huber[0].coefficients)
            tukey = [irls(USUAL["Tukey"], A, rent, median_scale, start, 2000) for start in starts]
            dropped += tukey[1].weights[0] == 0
            if n == 30:
                absolute = ch05.best_pair_lines(area, rent)[0][:, 1].max()
                assert max(absolute, *(fit.coefficients[1] for fit in (*huber, *tukey))) < 0.03, "8 is right"
        assert dropped == (0 if n == 30 else 20)


def test_the_words_for_statsmodels_are_those_of_the_card():
    page = (Path(__file__).parents[2] / "notebooks/05_robust_losses.ipynb").read_text(encoding="utf-8")
    where, name = "statsmodels.robust.norms", "TukeyBiweight"
    assert f"from {where} import {name}" in page and f"{name}(4.685).rho(p - y).mean()" in page
    assert Tukey.elsewhere["statsmodels"] == f"{where}.{name}(c).rho(p - y).mean()"


CARS = data.auto_mpg()
MPG = CARS["mpg"]
INPUTS = CARS.matrix("cylinders", "displacement", "horsepower", "weight", "acceleration", "year", "origin")
LEARN, TEST = slice(0, None, 2), slice(1, None, 2)
Z = (INPUTS - INPUTS[LEARN].mean(axis=0)) / INPUTS[LEARN].std(axis=0)


def on_clean_cars(loss, targets, seed, centre=0.0, scale=1.0, rate=0.01):
    model = Network([7, 32, 1], rng(seed))
    train(model, loss, Z[LEARN], (targets - centre) / scale, Adam(rate), 60, 49, rng(seed))
    return np.mean(np.abs(centre + scale * model.forward(Z[TEST]) - MPG[TEST]))


def slipped(share, seed):
    targets = MPG[LEARN].copy()
    targets[rng(100 + seed).permutation(196)[: round(196 * share)]] *= 10
    return targets


@pytest.mark.long
def test_ten_more_seeds_agree_with_what_is_said_of_slips():
    losses = {"squared": SquaredError(), "absolute": AbsoluteError(), **USUAL}
    for share in (0.1, 0.3, 0.4):
        found = {name: [] for name in losses}
        for seed in range(10, 20):
            targets = slipped(share, seed)
            centre = np.median(targets)
            for name, loss in losses.items():
                found[name].append(on_clean_cars(loss, targets, seed, centre, median_scale(targets - centre)))
        squared, huber, absolute, cauchy, tukey = (
            np.array(found[name]) for name in ("squared", "Huber", "absolute", "Cauchy", "Tukey")
        )
        assert (squared > huber).all() and (huber > np.max([absolute, cauchy, tukey], axis=0)).all()
        if share == 0.1:
            assert squared.min() > 19 and squared.max() < 26
        else:
            assert np.sum(tukey < np.minimum(absolute, cauchy)) >= 9 and np.sum(absolute < cauchy) >= 8


def test_no_rate_saves_the_squared_error_from_the_mean_of_spoilt_targets():
    """A tenth of the targets ten times as large: their mean is 1.9 times the right one."""
    for rate, least in ((0.001, 12), (0.003, 18), (0.03, 18)):  # at the smallest rate it has not arrived yet
        for seed in range(3):
            targets = slipped(0.1, seed)
            centre = np.median(targets)
            assert on_clean_cars(SquaredError(), targets, seed, centre, median_scale(targets - centre), rate) > least
    assert np.mean([slipped(0.1, seed).mean() / MPG[LEARN].mean() for seed in range(10)]) == pytest.approx(1.9, abs=0.1)


def test_on_raw_targets_no_slope_under_tukeys_loss_is_other_than_0():
    for seed in range(10):
        start = Network([7, 32, 1], rng(seed)).forward(Z[LEARN])
        assert (Tukey(c=4.685).derivative(start, MPG[LEARN]) == 0).all()


# What is folded ------------------------------------------------------------------------------------------------------


@pytest.fixture
def folded(monkeypatch):
    told = []
    monkeypatch.setattr("lossutils.plot.folded.display", lambda thing: told.append(thing.data))
    return told


def test_day_21_moves_the_plane_as_is_told(folded):
    ch05.stack_loss_robust()
    for words in (
        "| least squares | 0.716 | 0.889 | +0.173 |",
        "| Huber, δ = 1.345 | 0.829 | 0.918 | +0.089 |",
        "| Tukey, c = 4.685 | 0.928 | 0.930 | +0.003 |",
        "day 21: 0.00, day 4: 0.34",
    ):
        assert words in folded[0]
    plant = data.stackloss()
    days = np.column_stack([np.ones(21), plant.matrix("air_flow", "water_temperature", "acid")])
    found = irls(Tukey(c=4.685), days, plant["loss"], median_scale, tolerance=1e-4).coefficients
    for coefficient in found:
        assert f"{coefficient:.7f}".replace("-", "−") in folded[0]
    moves = [np.linalg.lstsq(days[rest], plant["loss"][rest])[0][1] for rest in (np.arange(21) != i for i in range(21))]
    whole = np.linalg.lstsq(days, plant["loss"])[0][1]
    assert np.argmax(np.abs(np.array(moves) - whole)) == 20 and moves[20] / whole - 1 == pytest.approx(0.25, abs=0.02)


def test_the_dial_goes_from_the_squared_error_to_a_loss_that_redescends(folded):
    ch05.one_dial(YEAR, CALLS)
    for row in ("| 2: squared error | 1.000 | 5.04 |", "| 1: nearly Huber's | 0.100 | 1.93 |", "| 0.020 | 1.16 |"):
        assert row in folded[0]


# Figures -------------------------------------------------------------------------------------------------------------


def fit(name, loss, k=1):
    found = irls(loss, X, CALLS, median_scale, steps=1000)
    return {name: (found.coefficients * k, found.weights)}


def test_an_area_is_a_weight_and_a_row_that_is_not_heard_is_a_cross(shown):
    ch05.weighted_lines(YEAR, CALLS, fit("Tukey", Tukey(c=4.685)), "million calls", "year", "year")
    (ax,) = shown.figures[0].axes
    areas = np.concatenate([dots.get_sizes() for dots in ax.collections if len(dots.get_facecolors())])
    weights = irls(Tukey(c=4.685), X, CALLS, median_scale).weights
    heard = weights / weights.max() >= 0.02
    assert np.sort(areas / areas.max()) == pytest.approx(np.sort(weights[heard] / weights.max()), abs=1e-6)
    (crosses,) = [line for line in ax.lines if line.get_marker() == "x"]
    assert list(crosses.get_xdata()) == list(range(1964, 1971))
    assert "coefficient 1.1 a year" in shown.sentence and "0.47 at 1963" in shown.sentence


def test_the_picture_of_pulls_tells_both_halves(shown):
    FIGURES["slopes_and_weights"]()
    assert "Tukey, c = 4.685 0 and 0" in shown.sentence and "squared error 6 and 1" in shown.sentence
    above, below = shown.figures[0].axes
    for ax, at in ((above, 1.345), (below, 1.345 / 8)):
        (huber,) = [line for line in ax.lines if line.get_label() == "Huber, δ = 1.345"]
        assert huber.get_ydata()[-1] == pytest.approx(at)


def test_the_cliff_is_told_with_both_its_sides(shown):
    FIGURES["along_the_edge"]()
    assert "From 1.6 to 1.7 it jumps from 2.2 to 4.38." in shown.sentence


def test_the_profile_is_the_least_loss_of_a_line_with_this_coefficient():
    for loss in (Huber(delta=20.0), Tukey(c=20.0)):
        best = irls(loss, X, CALLS, steps=2000).coefficients
        least = loss(X @ best, CALLS)
        at, beside = profile(loss, YEAR, CALLS, [best[1], best[1] + 3])
        assert at == pytest.approx(least, rel=2e-3) and at >= least - 1e-9 and beside > 1.1 * at


def test_searches_that_end_together_share_one_mark(shown):
    FIGURES["risk_valleys"]()
    huber, tukey = shown.figures[0].axes
    assert sum(t.get_text() == "from least squares\nfrom the six years" for t, _ in texts(shown.figures[0])) == 1
    marks = [line.get_xdata()[0] for line in tukey.lines if len(line.get_xdata()) == 1]
    assert sorted(marks) == pytest.approx([1.11, 17.7])


def test_a_search_that_moves_back_gives_the_first_picture_again():
    picture = Search(YEAR, CALLS, STARTS, "million calls", "year", "year")
    first = picture.at(Tukey(c=20.0), "all years").png()
    assert picture.at(Huber(delta=50.0), "the six years").png() != first
    assert picture.at(Tukey(c=20.0), "all years").png() == first


# The widget ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moves", "words"),
    [
        ({}, "Tukey, c = 20, from all years: coefficient 1.11, mean loss 20.1"),
        ({"start": "the six years"}, "from the six years: coefficient 17.7, mean loss 51.4"),
        ({"start": "the six years", "c": 200}, "coefficient 3.67"),
        ({"c": 200}, "coefficient 3.67"),
        ({"c": 150}, "coefficient 1.94"),
        ({"loss": "Huber", "start": "the six years"}, "coefficient 2.25"),
        ({"loss": "Huber", "delta": 100}, "coefficient 4.86"),
        ({"loss": "squared error"}, "coefficient 5.04"),
        ({"c": 2}, "Nothing to draw: reweighted least squares: the rows tell only 1 of 2 coefficients"),
    ],
)
def test_what_the_lecture_says_of_its_widget_is_reached_by_hand(moves, words):
    assert words in by_hand(WIDGET(), **moves)


def test_a_sentence_of_the_widget_is_not_cut():
    game = WIDGET()
    game.set(start="the six years")
    assert len(repr(game)) <= 160 and "weigh over a half." in game.sentence


# The exercise --------------------------------------------------------------------------------------------------------


def task(name):
    return practice.task(name).reference


COSTS = {
    "fair": lambda e, c: c * c * (abs(e) / c - np.log1p(abs(e) / c)),
    "welsch": lambda e, c: c * c * (1 - np.exp(-((e / c) ** 2) / 2)),
    "log cosh": lambda e, c: c * c * np.log(np.cosh(e / c)),
    "sine": lambda e, c: c * c * np.where(np.abs(e) <= np.pi * c, 1 - np.cos(e / c), 2.0),
}


@pytest.mark.parametrize("loss", COSTS)
def test_a_derived_weight_is_the_slope_of_the_cost_by_the_error(loss):
    e, step = np.array([-7.0, -2.0, -0.4, 0.3, 1.0, 2.5, 6.0, 11.0]), 1e-5
    for c in (0.7, 1.0, 2.5):
        slope = (COSTS[loss](e + step, c) - COSTS[loss](e - step, c)) / (2 * step)
        assert task("robust_weight")(loss, e, c) == pytest.approx(slope / e, abs=1e-6)
        grid = np.linspace(1e-3, 60 * c, 400_001)
        pull = task("robust_weight")(loss, grid, c) * grid
        at, most = task("largest_pull")(loss, c)
        assert pull.max() == pytest.approx(most, rel=0.02) and (pull <= most * (1 + 1e-9)).all()
        assert np.isinf(at) == (np.argmax(pull) == len(grid) - 1 or loss in ("fair", "log cosh"))
        if np.isfinite(at):
            assert grid[np.argmax(pull)] == pytest.approx(at, rel=1e-3)


def test_a_predicted_place_is_where_a_fit_lands():
    """Found by a fine search; where many constants are equally good, the middle of them."""

    def flat_middle(loss, y):
        c = np.linspace(y.min(), y.max(), 20_001)
        risk = loss.formula(c[:, np.newaxis], y).mean(axis=1)
        best = c[risk <= risk.min() + 1e-9 * max(1, risk.min())]
        return (best[0] + best[-1]) / 2

    for n, m, t, edge in itertools.product((2, 3, 5, 8), (0, 1, 2, 3, 5), (1.5, 4.0, 30.0), (1.0, 3.0)):
        if m > n:
            continue
        y = np.append(np.zeros(n - m), np.full(m, t))
        losses = {"squared": SquaredError(), "absolute": AbsoluteError(), "huber": Huber(delta=edge)}
        for name, loss in losses.items():
            expected = 0.0 if m == 0 else t if m == n else flat_middle(loss, y)
            assert task("where_it_lands")(name, n, m, t, edge) == pytest.approx(expected, abs=t * 1.1e-4), (
                name,
                n,
                m,
                t,
            )
        if 2 * m != n and t > edge:
            start = np.array([np.median(y)])
            landed = irls(Tukey(c=edge), np.ones((n, 1)), y, start=start).coefficients[0]
            assert task("where_it_lands")("tukey", n, m, t, edge) == pytest.approx(landed, abs=1e-9)


def test_every_faulty_function_gets_its_own_word():
    for seed in range(20):
        for word, made in inputs.MADE.items():
            assert task("fault_of_weights")(made(rng(seed))) == word
    for case in inputs.fixed_scales(rng(0)):
        fixed = "whatever" in case["f"].__name__
        assert (task("fault_of_weights")(case["f"]) == "fixed scale") == fixed


def test_the_best_lines_are_those_of_a_fine_search_on_small_sets():
    """The least total over pairs is that of a fine search, and the calls have the range of the lecture."""
    total, low, high = task("best_lines")(YEAR, CALLS)
    assert (f"{total:.1f}", f"{low:.4f}", f"{high:.4f}") == ("844.0", "1.1571", "1.6222")
    for seed in range(10):
        x, y = inputs.scattered(rng(seed), 6)
        slants = np.linspace(-60, 60, 24_001)
        rest = y - slants[:, np.newaxis] * x
        totals = np.abs(rest - np.median(rest, axis=1, keepdims=True)).sum(axis=1)
        total, low, high = task("best_lines")(x, y)
        assert total <= totals.min() + 1e-9 and totals.min() < total + 0.1
        inside = slants[totals < total + 1e-9]
        assert len(inside) == 0 or (low - 1e-9 <= inside.min() and inside.max() <= high + 1e-9)


def test_a_second_stage_is_irls_with_the_scale_of_the_first_line():
    for start in (np.linalg.lstsq(X, CALLS)[0], np.array([4.0 - 1950, 1.0])):
        scale = median_scale(X @ start - CALLS)
        found = irls(Tukey(c=4.685), X, CALLS, scale=scale, start=start, steps=2000).coefficients
        assert task("tukey_line")(YEAR, CALLS, start) == pytest.approx(tuple(found), rel=1e-6)


def test_two_starts_of_the_exercise_end_at_different_lines():
    ends = [task("tukey_line")(**case)[1] for case in inputs.two_starts(rng(0))]
    assert max(ends) - min(ends) > 5


def test_other_right_answers_get_full_marks(ours):
    def with_loops(x, y):
        n, found = len(x), {}
        for i, j in itertools.permutations(range(n), 2):
            if x[i] != x[j]:
                b = (float(y[j]) - y[i]) / (float(x[j]) - x[i])
                found[i, j] = sum(abs(y[i] + b * (a - x[i]) - c) for a, c in zip(x, y, strict=True)), b
        least = min(found.values())[0]
        best = [b for total, b in found.values() if total - least <= 1e-9 * n * (max(y) - min(y))]
        return least, min(best), max(best)

    def by_a_ratio(loss, e, c=1.0):
        e = np.where(np.asarray(e) == 0, 1e-9 * c, np.asarray(e, float))
        u = e / c
        slope = {
            "fair": e / (1 + np.abs(u)),
            "welsch": e * np.exp(-u * u / 2),
            "log cosh": c * np.tanh(u),
            "sine": np.where(np.abs(u) <= np.pi, c * np.sin(u), 0.0),
        }
        return slope[loss] / e

    def by_solving(loss, n, m, t, edge=1.0):
        if loss == "squared":
            return m * t / n
        if 2 * m == n:
            return t / 2
        if loss in ("absolute", "tukey"):
            return t * (2 * m > n)
        low, high = 0.0, float(t)
        for _ in range(200):
            c = (low + high) / 2
            low, high = (c, high) if m * min(t - c, edge) > (n - m) * min(c, edge) else (low, c)
        return (low + high) / 2

    def until_it_stands_still(x, y, line, edge=4.685):
        X, y = np.column_stack([np.ones(len(x)), x]), np.asarray(y, float)
        e = X @ line - y
        reach, before = edge * np.median(abs(e)) / 0.6745, None
        for _ in range(3000):
            v = np.clip(1 - (e / reach) ** 2, 0, None) ** 2
            line = np.linalg.solve(X.T @ (v[:, np.newaxis] * X), X.T @ (v * y))
            e = X @ line - y
            if before is not None and np.abs(before - e).max() < 1e-10 * reach:
                break
            before = e
        return line

    answers = [
        ("best_lines", with_loops),
        ("robust_weight", by_a_ratio),
        ("where_it_lands", by_solving),
        ("tukey_line", until_it_stands_still),
    ]
    for name, f in answers:
        for seed in range(5):
            for hidden in (False, True):
                verdict = judge(practice.tasks()[name], f, seed, hidden)
                assert verdict.passed, verdict.sentence


@pytest.mark.parametrize("name", ["best_lines", "tukey_line"])
def test_what_the_library_has_may_not_answer(name):
    def with_pairs(x, y):
        lines, total = ch05.best_pair_lines(x, y)
        return total, lines[:, 1].min(), lines[:, 1].max()

    def with_irls(x, y, line, edge=4.685):
        A = np.column_stack([np.ones(len(x)), x])
        return irls(Tukey(c=edge), A, y, scale=median_scale(A @ line - y), start=line).coefficients

    verdict = judge(practice.task(name), {"best_lines": with_pairs, "tukey_line": with_irls}[name], 1)
    assert "which would answer the task for you" in verdict.sentence and verdict.points == 0


def test_a_loss_of_the_library_may_not_answer_what_is_to_be_derived():
    class Fair(Loss):
        def formula(self, p, y):
            return np.abs(p - y)

    def by_the_librarys_slope(loss, e, c=1.0):
        return Fair().derivative(e, 0 * e) / e

    assert "would answer the task" in judge(practice.task("robust_weight"), by_the_librarys_slope, 1).sentence


# Wrong functions beside the typical mistakes: code, or what is changed in the reference ------------------------------


def by_differences(loss, e, c=1.0):
    """The slope by a small step, which loses what is far."""
    u = np.asarray(e, float) / c

    def cost(u):
        return {
            "fair": np.abs(u) - np.log1p(np.abs(u)),
            "welsch": 1 - np.exp(-u * u / 2),
            "log cosh": np.log(np.cosh(np.clip(u, -300, 300))),
            "sine": np.where(np.abs(u) < np.pi, 1 - np.cos(u), 2.0),
        }[loss]

    step = 1e-6
    with np.errstate(all="ignore"):
        return np.where(u == 0, 1.0, (cost(u + step) - cost(u - step)) / (2 * step) / u)


def by_careful_differences(loss, e, c=1.0, h=1e-5):
    """Central differences, with costs that are stable and the limit where the error is tiny."""
    e = np.asarray(e, float)

    def cost(e):
        u = e / c
        return c * c * {
            "fair": np.abs(u) - np.log1p(np.abs(u)),
            "welsch": -np.expm1(-u * u / 2),
            "log cosh": np.logaddexp(u, -u) - np.log(2),
            "sine": np.where(np.abs(u) <= np.pi, 2 * np.sin(u / 2) ** 2, 2.0),
        }[loss]  # fmt: skip  # one cost a line

    with np.errstate(all="ignore"):
        slope = (cost(e + h * c) - cost(e - h * c)) / (2 * h * c)
        return np.where(np.abs(e) < 1e-6 * c, 1.0, slope / e)


def by_smaller_steps(loss, e, c=1.0):
    return by_careful_differences(loss, e, c, 1e-6)


def by_larger_steps(loss, e, c=1.0):
    return by_careful_differences(loss, e, c, 1e-4)


def by_tiny_steps(loss, e, c=1.0):
    return by_careful_differences(loss, e, c, 1e-7)


def always_right(f):
    return "right"


def by_two_errors(f):
    got = f(np.array([1.0, -10.0]))
    return "right" if 0 < got[1] < 1 else "slope" if got[1] < 0 else "dropped" if got[1] == 0 else "one side"


def only_far_apart(x, y):
    i, j = np.argmin(x), np.argmax(x)
    b = (y[j] - y[i]) / (x[j] - x[i])
    return float(np.abs(y[i] + b * (x - x[i]) - y).sum()), float(b), float(b)


def of_least_squares(x, y):
    A = np.column_stack([np.ones(len(x)), x])
    line = np.linalg.lstsq(A, y)[0]
    return float(np.abs(A @ line - y).sum()), float(line[1]), float(line[1])


def by_a_grid_of_slants(x, y):
    slants = np.linspace(-10, 10, 4001)
    rest = np.asarray(y) - slants[:, np.newaxis] * x
    totals = np.abs(rest - np.median(rest, axis=1, keepdims=True)).sum(axis=1)
    best = slants[totals < totals.min() * (1 + 1e-9)]
    return float(totals.min()), float(best.min()), float(best.max())


SCALED, NEAR = "np.abs(np.asarray(e, dtype=float)) / c", "np.where(u == 0, 1.0, u)"
SINE, TANH, LIMIT = (
    "np.where(u < np.pi, np.sin(near) / near, 0.0)",
    "np.tanh(near) / near",
    "np.where(u == 0, 1.0, weight)",
)
FAIR, BELL = "return 1 / (1 + u)", "return np.exp(-(u**2) / 2)"
AT_ONE, AT_HALF, NEVER = "return c, c * np.exp(-0.5)", "return c * np.pi / 2, c", "return np.inf, c"
FEW, MEAN, HALF = "min(m, n - m)", "few * t / n\n", "elif 2 * m == n:"
LIMITED, BACK = "min(few * t / n, few * edge / (n - few))", "moved if 2 * m <= n else t - moved"
ERRORS, UNIT = "[-1.0, 2.0, 3.0, -4.5, 5.0, 7.0, 11.0, -16.0, 40.0]", "f(1e9 * e) - f(e)"
TIES = "total <= least + 1e-9 * len(x) * np.ptp(y)"
SCALE, WEIGHT = "np.median(np.abs(X @ line - y)) / 0.6745", "np.where(np.abs(u) < 1, 1 - u**2, 0.0)"
STOP, U = "<= 1e-11 * scale", "(X @ line - y) / (edge * scale)"
ATTACKS = {
    "robust_weight": [
        by_differences,
        by_careful_differences,
        by_smaller_steps,
        by_larger_steps,
        by_tiny_steps,
        ((SCALED, "np.abs(np.asarray(e, dtype=float)) / max(c, 1.0)"),),
        ((SCALED, "np.abs(np.asarray(e)).astype(int) / c"),),
        ((SCALED, "np.maximum(np.abs(np.asarray(e, dtype=float)), 1e-3) / c"),),
        ((SCALED, "np.minimum(np.abs(np.asarray(e, dtype=float)) / c, 6.0)"),),
        ((SCALED, "np.abs(np.asarray(e, dtype=float)) / c**2"),),
        ((FAIR, "return 1 / (1 + u) + 1e-5"),),
        ((FAIR, "return 1 / np.sqrt(1 + u**2)"),),
        ((FAIR, "return np.where(u < 100, 1 / (1 + u), 0.0)"),),
        ((BELL, "return np.maximum(np.exp(-(u**2) / 2), 1e-4)"),),
        ((BELL, "return np.where(u < 3, np.exp(-(u**2) / 2), 0.0)"),),
        ((BELL, "return 1 / (1 + u**2 / 2)"),),
        ((TANH, "np.tanh(u) / u"), (LIMIT, "weight")),
        ((TANH, "np.tanh(near) / (near + 1e-4)"),),
        ((TANH, "np.minimum(1, 1 / near)"),),
        ((SINE, "np.where(u < np.pi, np.sin(near) / near, 1e-3)"),),
        ((SINE, "np.maximum(np.sin(near) / near, 0.0)"),),
        ((SINE, "np.where(u < 2 * np.pi, np.sin(near) / near, 0.0)"),),
        ((SINE, "np.where(u < 3.2, np.sin(near) / near, 0.0)"),),
        ((SINE, "np.where(np.asarray(e) < np.pi, np.sin(near) / near, 0.0)"),),
        ((LIMIT, "np.where(u < 1e-6, 0.5, weight)"),),
        ((NEAR, "u + (u == 0)"), (LIMIT, "weight")),
    ],
    "largest_pull": [
        lambda loss, c=1.0: (c, c),
        lambda loss, c=1.0: (np.inf, c),
        ((AT_ONE, "return c, 0.6 * c"),),
        ((AT_ONE, "return c, np.exp(-0.5)"),),
        ((AT_ONE, "return c, c * np.exp(-c / 2)"),),
        ((AT_ONE, "return c, c * np.exp(-1)"),),
        ((AT_ONE, "return c, c / 2"),),
        ((AT_ONE, "return round(c, 2), c * np.exp(-0.5)"),),
        ((AT_HALF, "return 1.57 * c, c"),),
        ((AT_HALF, "return np.pi / 2, c"),),
        ((AT_HALF, "return c * np.pi / 2, 1.0"),),
        ((AT_HALF, "return c, c"),),
        ((AT_HALF, "return np.inf, c"),),
        ((NEVER, "return 1e9, c"),),
        ((NEVER, "return 1e300, c"),),
        ((NEVER, "return np.inf, 1.0"),),
        ((NEVER, "return np.inf, c - 1e-3"),),
        ((NEVER, "return (np.inf, c) if loss == 'fair' else (2 * c, c)"),),
        ((NEVER, "return (np.inf, c) if loss != 'fair' else (c, c / 2)"),),
    ],
    "where_it_lands": [
        lambda loss, n, m, t, edge=1.0: m * t / n,
        lambda loss, n, m, t, edge=1.0: m * t / n if loss == "squared" else m * edge / n,
        ((MEAN, "round(few * t / n, 2)\n"),),
        ((MEAN, "few * t // n\n"),),
        ((MEAN, "min(few * t / n, few * edge)\n"),),
        ((HALF, "elif 2 * m >= n:"),),
        ((HALF, "elif abs(2 * m - n) <= 1:"),),
        ((HALF, 'elif 2 * m == n and loss == "absolute":'),),
        (("moved = t / 2", "moved = t"),),
        (("moved = t / 2", "moved = min(edge, t / 2)"),),
        ((LIMITED, "min(few * t / n, few * edge / (n - few - 1e-3))"),),
        ((LIMITED, "min(few * t / n, edge / 3)"),),
        ((LIMITED, "min(few * t / n, few * edge / (n - few)) if few > 1 else min(t / n, edge / n)"),),
        ((LIMITED, "few * edge / (n - few) if t > 2 * edge else few * t / n"),),
        ((LIMITED, "min(few * t / n, edge * few / (n - few) if edge < 20 else t)"),),
        ((LIMITED, "min(few * t / n, few / (n - few))"),),
        ((LIMITED, "min(few * t / n, few * edge / (n - few), edge / 2)"),),
        (("moved = 0.0", 'moved = 0.0 if edge < 20 or loss == "absolute" else t / n'),),
        (("moved = 0.0", "moved = 0.0 if few < n / 3 else few * t / n"),),
        (("moved = 0.0", 'moved = edge / n if loss == "absolute" and few else 0.0'),),
        ((BACK, "moved if 2 * m <= n else t - moved if m < n else t - edge"),),
        ((BACK, "moved if m < n - 1 else t - moved"),),
        ((BACK, "moved if 2 * m <= n else t"),),
        ((BACK, "moved if m else t"),),
    ],
    "fault_of_weights": [
        always_right,
        by_two_errors,
        lambda f: "right" if f(np.array([1.0, 2.0, 3.0, -40.0]))[-1] < 1 else "one side",
        ((ERRORS, "[1.0, -2.0, 2.0, -40.0]"),),
        ((ERRORS, "[-1.0, 1.0, -40.0, 40.0, -3.0, 3.0]"),),
        ((ERRORS, "[-1.0, 2.0, 3.0, 5.0, 5.5, 6.0]"),),
        ((ERRORS, "[-1.0, 2.0, 3.0, -4.5, 5.0, 7.0, -9.0]"),),
        ((UNIT, "f(2 * e) - f(e)"),),
        ((UNIT, "f(1e-3 * e) - f(e)"),),
        ((UNIT, "f(1e3 * e) - f(e)"),),
        ((UNIT, "f(-e) - f(e)"),),
        (('return "fixed scale"', 'return "right"'),),
        (('return "one side" if fault == "other side" else fault', "return fault"),),
        (("np.where(e < 0, right, 1.0)", "right"),),
        (("np.std(e)", "np.std(e, ddof=1)"), ("key=lambda name: np.max", "key=lambda name: np.min")),
        (("np.abs(e - np.median(e))", "np.abs(e - np.mean(e))"), ("np.max(np.abs(formulas", "np.sum(np.sign(formulas")),
        (("np.sqrt(right)", "right**2"), ("np.where(right < 1, 0.0, 1.0)", "np.sqrt(right)")),
        (("np.clip(u, -1.345, 1.345)", "np.sign(u)"), ("np.where(right < 1, 0.0, 1.0)", "np.clip(u, -1.345, 1.345)")),
        (("np.max(np.abs(formulas[name] - f(e)))", "abs(formulas[name][-1] - f(e)[-1])"),),
        (("np.max(np.abs(formulas[name] - f(e)))", "abs(np.sum(formulas[name]) - round(float(np.sum(f(e))), 1))"),),
    ],
    "best_lines": [
        (("1e-9 * len(x) * np.ptp(y)", "1e-9"),),
        (("1e-9 * len(x) * np.ptp(y)", "1e-10"),),
        (("1e-9 * len(x) * np.ptp(y)", "1e-7"),),
        (("total <= least + 1e-9 * len(x) * np.ptp(y)", "np.round(total, 9) == np.round(least, 9)"),),
        only_far_apart,
        of_least_squares,
        by_a_grid_of_slants,
        (("if x[i] != x[j]:", "if x[i] > x[j]:"), ("in range(i):", "in range(max(0, i - 3), i):")),
        (("in range(i):", "in range(1, i):"),),
        (("for i in range(len(x))", "for i in range(len(x) - 1)"),),
        (("if x[i] != x[j]:", "if abs(x[i] - x[j]) > 1e-3:"),),
        (("np.sum(np.abs(errors))", "np.sum(np.abs(errors)) - np.abs(errors).max()"),),
        (("np.sum(np.abs(errors))", "np.sum(np.minimum(np.abs(errors), 50))"),),
        (("np.sum(np.abs(errors))", "np.sum(np.sqrt(errors**2 + 1e-4))"),),
        (("np.sum(np.abs(errors))", "np.sum(np.abs(errors)) / len(x) * (len(x) - 2)"),),
        ((TIES, "total <= least + 1e-3"),),
        ((TIES, "total <= 1.001 * least"),),
        ((TIES, "np.isclose(total, least)"),),
        ((TIES, "np.isclose(total, least, rtol=1e-6)"),),
        ((TIES, "total == least"),),
        ((TIES, "np.arange(len(total)) == np.argmin(total)"),),
        ((TIES, "total <= least + 1e-15"),),
        ((TIES, "total >= least"),),
        (("float(np.max(best))", "float(np.min(best))"),),
        (("float(np.min(best)), float(np.max(best))", "float(np.mean(best)), float(np.mean(best))"),),
        (("float(np.min(best)), float(np.max(best))", "float(best[0]), float(best[-1])"),),
        (("float(np.min(best)), float(np.max(best))", "round(np.min(best), 3), round(np.max(best), 3)"),),
        (("float(least)", "round(float(least), 1)"),),
        (
            ("x[i] != x[j]", "x[i] != x[j] and np.sum(x == x[i]) == 1"),
            ("np.array(found).T", "np.array([*found, (9e9, 0.0)]).T"),
        ),
        (("np.asarray(y, dtype=float)", "np.asarray(y).astype(int)"),),
    ],
    "tukey_line": [
        lambda x, y, line, edge=4.685: tuple(np.linalg.lstsq(np.column_stack([np.ones(len(x)), x]), y)[0]),
        lambda x, y, line, edge=4.685: tuple(line),
        ((SCALE, "np.median(np.abs(X @ line - y)) / 0.67"),),
        ((SCALE, "np.mean(np.abs(X @ line - y)) / 0.6745"),),
        ((SCALE, "np.median(np.abs(X @ line - y - np.median(X @ line - y))) / 0.6745"),),
        ((SCALE, "np.sqrt(np.mean((X @ line - y) ** 2))"),),
        ((SCALE, "max(np.median(np.abs(X @ line - y)) / 0.6745, 0.5)"),),
        ((SCALE, "np.sort(np.abs(X @ line - y))[len(y) // 2] / 0.6745"),),
        ((WEIGHT, "np.where(np.abs(u) < 1, np.sqrt(1 - np.minimum(u**2, 1)), 0.0)"),),
        ((WEIGHT, "np.where(np.abs(u) < 1, 1 - np.abs(u), 0.0)"),),
        ((WEIGHT, "np.where(np.abs(u) < 1, (1 - u**2) ** 3, 0.0)"),),
        ((WEIGHT, "np.where(np.abs(u) < 1, 1 - u**2, 0.02)"),),
        ((WEIGHT, "1 / (1 + u**2)"),),
        ((WEIGHT, "np.where(u < 1, 1 - np.maximum(u, 0) ** 2, 0.0)"),),
        ((U, "(X @ line - y) / (min(edge, 5) * scale)"),),
        ((U, "(X @ line - y) / (max(edge, 4) * scale)"),),
        ((U, "np.round((X @ line - y) / (edge * scale), 2)"),),
        (("range(1000)", "range(2)"),),
        (("range(1000)", "range(4)"),),
        ((STOP, "<= 1e-2 * scale"),),
        ((STOP, "<= 1e-3 * scale"),),
        (("float(line[0]), float(line[1])", "float(line[0] + line[1] * np.mean(x)), float(line[1])"),),
        (("root * y", "root * (y - np.median(y))"),),
        (("root[:, np.newaxis] * X", "X"),),
    ],
}


# What tests of all chapters ask for ---------------------------------------------------------------------------------

BEST = ch05.best_pair_lines(YEAR, CALLS)[0]
FIGURES = {
    "weighted_lines": lambda k=1: ch05.weighted_lines(
        YEAR, CALLS * k, fit("squared error", SquaredError(), k), "million calls", "year", "year"
    ),
    "weighted_lines, three": lambda k=1: ch05.weighted_lines(
        YEAR,
        CALLS * k,
        fit("squared error", SquaredError(), k) | fit("Huber", USUAL["Huber"], k) | fit("Tukey", USUAL["Tukey"], k),
        "million calls",
        "year",
        "year",
    ),
    "slopes_and_weights": lambda k=1: ch05.slopes_and_weights(
        [SquaredError(), AbsoluteError(), Huber(delta=1.345 * k), Tukey(c=4.685 * k)]
    ),
    "along_the_edge": lambda k=1: ch05.along_the_edge(
        [1.0, 1.345, 1.6, 1.7, 2.0, 2.5], np.array([1.92, 2.04, 2.2, 4.38, 4.82, 5.04]) * k, (1.345, 2.0), 5.04, "year"
    ),
    "equal_lines": lambda k=1: ch05.equal_lines(YEAR, CALLS, BEST * [[1, k]], 50, "million calls", "year"),
    "risk_valleys": lambda k=1: ch05.risk_valleys(
        YEAR,
        CALLS,
        [Huber(delta=20.0), Tukey(c=20.0)],
        {
            "Huber": {"least squares": 2.254 * k, "the six years": 2.254 * k},
            "Tukey": {"least squares": 1.11 * k, "the six years": 17.7},
        },
        (-5, 25),
        "million calls",
        "year",
    ),
    "over_slips": lambda k=1: ch05.over_slips(
        (0, 0.2, 0.4),
        {
            name: k * np.array([[1.9, 2.0, 2.1], [3.0, 3.3, 4], [5, 6, 9]]) * (1 + i)
            for i, name in enumerate(("squared error", "Huber", "absolute error", "Cauchy", "Tukey"))
        },
        "mpg",
    ),
    "line_search": lambda k=1: ch05.line_search(
        YEAR, CALLS * k, STARTS, Tukey(c=20.0), "the six years", "million calls", "year", "year"
    ),
}


def WIDGET():
    return ch05.widget(YEAR, CALLS, STARTS, "million calls", "year", "year")


MOVES = {"start": "the six years"}
CHANGE = ("first-line", 'phones["calls"]', '1.1 * phones["calls"]')
