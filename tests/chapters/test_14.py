"""Chapter 14: what its texts say beyond the checks in the lecture, its figures' words, its widget, its exercise."""

import itertools
import math

import numpy as np
import pytest
from figures import texts
from of_chapters import by_hand

from lossutils import (
    BinaryCrossEntropy,
    Brier,
    SoftmaxCrossEntropy,
    SoftmaxFocal,
    data,
    evaluation,
    practice,
    rng,
)
from lossutils.chapters import ch14
from lossutils.chapters.ch14 import curve_inputs, inputs, tumours
from lossutils.judge.judge import judge
from lossutils.models import Network
from lossutils.numerics import sigmoid, softmax
from lossutils.training import Adam, train
from tools.datasets import make_learning_curves as curves
from tools.plumbing.pages import ROOT

DIGITS = data.digits()
PIXELS, DIGIT = DIGITS["pixels"] / 16, DIGITS["digit"]
ORDER = rng(0).permutation(1797)
LEARNED, HELD_BACK, NEW = ORDER[:200], ORDER[200:500], ORDER[500:]
EDGES = evaluation.equal_widths(10)
LOSS = SoftmaxCrossEntropy()
TUMOURS, MALIGNANT = ch14.tumour_probabilities()


def at_epochs(seed, epochs):
    """Scores of the validation and of the test images of one run of the lecture, after each of these epochs."""
    network, optimiser, shuffle = Network([64, 32, 10], rng(seed), "relu"), Adam(0.01), rng(seed)
    found = []
    for more in np.diff(epochs, prepend=0):
        train(network, LOSS, PIXELS[LEARNED], DIGIT[LEARNED], optimiser, int(more), 50, shuffle)
        found.append((network.forward(PIXELS[HELD_BACK]), network.forward(PIXELS[NEW])))
    return found


@pytest.fixture(scope="module")
def runs():
    return [at_epochs(seed, (20, 40, 300)) for seed in range(10, 15)]


# What the texts say --------------------------------------------------------------------------------------------------


def test_five_more_runs_agree_that_the_rise_is_one_number(runs):
    for _, (held_40, new_40), (held_300, new_300) in runs:
        T = [evaluation.temperature(z, DIGIT[HELD_BACK]) for z in (held_40, held_300)]
        raw = [LOSS(z, DIGIT[NEW]) for z in (new_40, new_300)]
        corrected = [LOSS(z / t, DIGIT[NEW]) for z, t in zip((new_40, new_300), T, strict=True)]
        assert raw[1] > 1.2 * raw[0] and abs(corrected[1] - corrected[0]) < 0.02 and 1.7 < T[1] < 2.1
        right = [np.mean(z.argmax(axis=1) == DIGIT[NEW]) for z in (new_40, new_300)]
        assert abs(right[1] - right[0]) < 0.01


def test_fewer_than_one_image_in_ten_pays_more_than_nine_tenths_in_the_end(runs):
    for *_, (_, z) in runs:
        each, hit = LOSS.each(z, DIGIT[NEW]), z.argmax(axis=1) == DIGIT[NEW]
        assert np.mean(~hit) < 0.1 and each[~hit].sum() > 0.9 * each.sum()


def test_at_epoch_20_the_networks_are_not_sure_enough(runs):
    assert all(0.7 < evaluation.temperature(held, DIGIT[HELD_BACK]) < 1 for (held, _), *_ in runs)


def test_an_honest_network_would_have_a_calibration_error_of_about_001(runs):
    for *_, (held, z) in runs:
        stated, came = ch14.promised(z, DIGIT[NEW])
        honest = [evaluation.ece(stated, 1.0 * (rng(k).uniform(size=len(stated)) < stated), EDGES) for k in range(40)]
        assert 0.007 < np.mean(honest) < 0.013 and max(honest) < 0.02
        assert evaluation.ece(stated, came, EDGES) > 0.03
        T = evaluation.temperature(held, DIGIT[HELD_BACK])
        assert evaluation.ece(*ch14.promised(z / T, DIGIT[NEW]), EDGES) < 0.025


def test_on_learned_images_no_temperature_is_best_or_a_tiny_one():
    network = Network([64, 32, 10], rng(0), "relu")
    train(network, LOSS, PIXELS[LEARNED], DIGIT[LEARNED], Adam(0.01), 300, 50, rng(0))
    with pytest.raises(ValueError, match="largest score in every row"):
        evaluation.temperature(network.forward(PIXELS[LEARNED]), DIGIT[LEARNED])


def test_the_slope_in_one_by_t_is_the_expected_score_minus_the_labels():
    z, y, step = rng(1).normal(0, 2, (30, 4)), rng(2).randint(0, 4, 30), 1e-6
    for a in (0.3, 1.0, 2.5):
        slope = (LOSS((a + step) * z, y) - LOSS((a - step) * z, y)) / (2 * step)
        told = np.mean(np.sum(softmax(a * z) * z, axis=1) - z[np.arange(30), y])
        assert slope == pytest.approx(told, abs=1e-7)


@pytest.mark.parametrize("seed", range(5))
def test_other_folds_say_the_same_of_bins(seed):
    """The error grows with the bins, three parts miss, and an honest model has about as much."""
    X, y = data.breast_cancer().matrix("mean_radius", "mean_texture"), MALIGNANT
    p = evaluation.out_of_fold(tumours.fit, X, y, evaluation.stratified_folds(y, 5, rng(seed)))
    errors = [evaluation.ece(p, y, evaluation.equal_widths(bins)) for bins in (3, 50)]
    assert errors[1] > 4 * errors[0]
    honest = [
        evaluation.ece(p, 1.0 * (rng(k).uniform(size=len(p)) < p), evaluation.equal_widths(50)) for k in range(50)
    ]
    assert errors[1] < np.max(honest) * 1.15 and 0.06 < np.mean(honest) < 0.075
    parts = evaluation.brier_parts(p, y, evaluation.equal_widths(3))
    assert parts.score == pytest.approx(np.mean((p - y) ** 2)) and 0.078 < parts.score < 0.081
    assert parts.covariance > parts.variance + 0.005


def test_what_the_books_say_holds_where_a_bin_states_one_number():
    p = np.round(TUMOURS, 1)
    parts = evaluation.brier_parts(p, MALIGNANT, np.linspace(-0.05, 1.05, 12))
    three = parts.reliability - parts.resolution + parts.uncertainty
    assert three == pytest.approx(np.mean((p - MALIGNANT) ** 2)) and f"{three:.6f}" == "0.084622"


def test_folds_in_the_order_of_the_file_have_the_sizes_of_the_recipe():
    assert f"{BinaryCrossEntropy()(TUMOURS, MALIGNANT):.4f}" == "0.2695"
    assert f"{Brier()(TUMOURS, MALIGNANT):.6f}" == "0.082661"
    assert f"{evaluation.ece(TUMOURS, MALIGNANT, EDGES):.4f}" == "0.0208"


def test_the_loss_of_brier_of_scores_has_the_slope_that_it_states():
    z, y, step = rng(3).normal(0, 2, (5, 4)), np.array([0, 3, 1, 1, 2]), 1e-6
    value, grad = ch14.SoftmaxBrier().value_and_grad(z, y)
    assert value == pytest.approx(np.mean(np.sum((softmax(z) - np.eye(4)[y]) ** 2, axis=1)))
    for i, k in itertools.product(range(5), range(4)):
        moved = z.copy()
        moved[i, k] += step
        assert (ch14.SoftmaxBrier().value_and_grad(moved, y)[0] - value) / step == pytest.approx(grad[i, k], abs=1e-5)
    with pytest.raises(ValueError, match="no weights"):
        ch14.SoftmaxBrier().value_and_grad(z, y, np.ones(5))


def test_five_more_seeds_say_the_same_of_the_four_losses():
    ways = {
        "plain": (LOSS, DIGIT[LEARNED]),
        "smoothed": (LOSS, 0.9 * np.eye(10)[DIGIT[LEARNED]] + 0.01),
        "focal": (SoftmaxFocal(gamma=2), DIGIT[LEARNED]),
        "Brier": (ch14.SoftmaxBrier(), DIGIT[LEARNED]),
    }
    for seed in range(10, 15):
        errors, T, after = {}, {}, {}
        for name, (loss, targets) in ways.items():
            network = Network([64, 32, 10], rng(seed), "relu")
            train(network, loss, PIXELS[LEARNED], targets, Adam(0.01), 100, 50, rng(seed))
            z = network.forward(PIXELS[NEW])
            T[name] = evaluation.temperature(network.forward(PIXELS[HELD_BACK]), DIGIT[HELD_BACK])
            errors[name] = evaluation.ece(*ch14.promised(z, DIGIT[NEW]), EDGES)
            after[name] = evaluation.ece(*ch14.promised(z / T[name], DIGIT[NEW]), EDGES)
        assert errors["smoothed"] > 3 * errors["plain"] and errors["Brier"] < errors["plain"]
        assert T["smoothed"] < 0.7 and T["focal"] < 1 < min(T["plain"], T["Brier"])
        assert max(after.values()) < 0.03


def test_the_published_table_is_tested_as_r_software_prints_it(folded):
    survey = evaluation.mcnemar(150, 86)
    assert f"{survey.statistic:.3f}, {survey.p:.3e}, {survey.exact:.1e}" == "17.356, 3.099e-05, 3.7e-05"
    ch14.three_p_values(150, 86, n=1600, agree=794)
    for row in (
        "| without correction | 17.356 | 3.1e-05 |",
        "| with continuity correction | 16.818 | 4.1e-05 |",
        "| unpaired: wrong here | 5.22 |",
    ):
        assert row in folded[0]


# The stored curves ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("case", "seed", "classes"), [("overfit", 3, 10), ("label noise", 7, 5), ("underfit", 1, 10)])
def test_a_stored_curve_comes_out_again(case, seed, classes):
    kept, again = curve_inputs.stored(case, classes)[seed], curve_inputs.trained(case, seed, classes)
    for old, new in zip(kept, again, strict=True):
        assert old == pytest.approx(new, rel=6e-4)


def test_every_curve_is_stored_whole():
    for case, classes in itertools.product(curve_inputs.CASES, (10, 5)):
        kept = ch14.stored(case, classes)
        assert len(kept) == len(curves.SEEDS)
        assert all(len(losses) == curve_inputs.EPOCHS and np.isfinite(losses).all() for pair in kept for losses in pair)


def test_a_case_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="must be one of healthy"):
        ch14.trained("tired")


def test_the_letters_of_the_table_are_those_of_the_picture():
    page = (ROOT / "notebooks" / "14_what_the_loss_tells_you.ipynb").read_text(encoding="utf-8")
    for letter, case in zip("ABCDEFG", ch14.lettered(), strict=True):
        assert f"| {letter} {case} |" in page


def test_the_usual_is_what_healthy_networks_reach():
    for classes, usual in curve_inputs.USUAL.items():
        ends = [pair.validation[-1] for pair in ch14.stored("healthy", classes)]
        assert abs(np.median(ends) - usual) < 0.01


def test_five_digits_show_the_same_signs_as_ten():
    chance, usual = math.log(5), curve_inputs.USUAL[5]
    ends = {case: np.array([pair.validation[-1] for pair in ch14.stored(case, 5)]) for case in curve_inputs.CASES}
    assert 3.9 < max(ends["overfit"]) / usual < 4.3 and min(ends["overfit"]) > 2.7 * usual, "three to four times"
    assert max(ends["leak"]) < 0.4 * usual and max(ends["healthy"]) < 1.3 * usual
    assert all(pair.train[-1] > 0.98 * chance for pair in ch14.stored("dead start", 5))


# What is folded ------------------------------------------------------------------------------------------------------


@pytest.fixture
def folded(monkeypatch):
    told = []
    monkeypatch.setattr("lossutils.plot.folded.display", lambda thing: told.append(thing.data))
    return told


def test_parts_without_bins_add_up_too(folded):
    ch14.no_bins(TUMOURS, MALIGNANT)
    assert "| Brier | 0.0052 | 0.1563 | 0.2338 | 0.0827 |" in folded[0]
    assert "| cross-entropy | 0.0256 | 0.4163 | 0.6603 | 0.2695 |" in folded[0]


def test_a_sure_network_pays_far_more_than_chance_on_dealt_labels(folded, runs):
    ch14.wrong_labels([[new for _, new in run[1:]] for run in runs], DIGIT[NEW], (40, 300))
    rows = [line.split("|")[2].split(" to ") for line in folded[0].splitlines() if line.startswith(("| 40", "| 300"))]
    (early, _), (late, _) = [[float(end) for end in row] for row in rows]
    assert early > 2 * math.log(10) and late > 13


# Figures -------------------------------------------------------------------------------------------------------------


def test_a_band_holds_every_run_and_its_line_is_the_median(shown):
    FIGURES["over_epochs"]()
    upper, lower = shown.figures[0].axes
    (band,) = lower.collections
    assert band.get_paths()[0].get_extents().ymax == pytest.approx(1.9)
    (line,) = [line for line in lower.lines if line.get_label() == "best T"]
    assert line.get_ydata() == pytest.approx([0.9, 1.2, 1.8])
    assert "as it is: 0.4 to 0.5 at 20, 0.3 to 0.5 at 60" in shown.sentence


def test_seven_panels_have_seven_letters_and_say_where_training_starts(shown):
    FIGURES["seven_curves"]()
    written = [t.get_text() for t, _ in texts(shown.figures[0])]
    assert sorted(text[0] for text in written if "training starts at" in text) == list("ABCDEFG")
    assert "A: training 2.32 to 0.24, validation ends at" in shown.sentence


def test_the_picture_of_proper_losses_says_where_each_is_least(shown):
    FIGURES["expected_losses"]()
    assert "Brier at 0.8 (a half costs 0.09 more); absolute error at 1 (a half costs 0.3 more)." in shown.sentence


def test_a_mark_stands_at_the_share_of_its_bin(shown):
    FIGURES["promised_and_kept"]()
    ax = shown.figures[0].axes[0]
    rows = evaluation.bins(*ch14.promised(SCORES[20], LABELS), EDGES)
    marks = {(line.get_xdata()[0], line.get_ydata()[0]) for line in ax.lines if line.get_marker() == "o"}
    assert {(row.mean, row.share) for row in rows} <= marks


# The widget ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moves", "words"),
    [
        ({}, "epoch 300, T = 1: 91.7% right, 96.3% promised, cross-entropy 0.354, calibration error 0.046."),
        ({"T": 1.9}, "epoch 300, T = 1.9: 91.7% right, 91.4% promised"),
        ({"epoch": 20}, "epoch 20, T = 1: 90.4% right"),
        ({"epoch": 20, "T": 0.92}, "90.4% right, 89.8% promised"),
    ],
)
def test_what_the_lecture_says_of_its_widget_is_reached_by_hand(moves, words):
    (_, early), (_, late) = at_epochs(0, (20, 300))
    game = ch14.widget({20: early, 300: late}, DIGIT[NEW])
    assert words in by_hand(game, **moves) and len(repr(game)) <= 160


def test_a_picture_that_moves_back_is_the_first_again():
    picture = ch14.Promises(SCORES, LABELS)
    first = picture.at(20, 1.0).png()
    assert picture.at(60, 2.0).png() != first and picture.at(20, 1.0).png() == first


# The exercise --------------------------------------------------------------------------------------------------------


def task(name):
    return practice.task(name).reference


PRICES = {
    "power": lambda p, y, a: np.abs(y - p) ** a,
    "smoothed": lambda p, y, a: -(y + a / 2 - a * y) * np.log(p) - (1 - y - a / 2 + a * y) * np.log(1 - p),
    "focal": lambda p, y, a: -((1 - p) ** a) * np.log(p) if y else -(p**a) * np.log(1 - p),
    "sphere": lambda p, y, a: -(p if y else 1 - p) / np.sqrt(p**2 + (1 - p) ** 2),
}


@pytest.mark.parametrize("loss", PRICES)
def test_no_other_statement_costs_less_where_the_derived_truth_holds(loss):
    grid = np.arange(1, 20_000) / 20_000
    for a, p in itertools.product((1.5, 2.0, 3.0) if loss != "smoothed" else (0.05, 0.2), (0.2, 0.5, 0.7, 0.85)):
        q = task("truth_behind")(loss, p, a)
        expect = q * PRICES[loss](grid, 1, a) + (1 - q) * PRICES[loss](grid, 0, a)
        assert grid[np.argmin(expect)] == pytest.approx(p, abs=1e-4)


def test_a_predicted_report_is_what_drawn_labels_give():
    q = np.array([0.1, 0.35, 0.8, 0.95])
    for k in (0.5, 1.0, 2.5):
        rows = np.repeat(q, 100_000)
        y = (rng(5).uniform(size=len(rows)) < rows).astype(float)
        z = k * np.log(rows / (1 - rows))
        right, cost, error, T = task("predicted_report")(q, k)
        assert np.mean((z > 0) == y) == pytest.approx(right, abs=0.003)
        assert BinaryCrossEntropy()(sigmoid(z), y) == pytest.approx(cost, abs=0.006)
        assert evaluation.ece(sigmoid(z), y, np.unique([0, *np.sort(sigmoid(z)), 1])) == pytest.approx(error, abs=0.005)
        assert evaluation.temperature(z, y) == pytest.approx(T, rel=0.02)


def test_every_stored_curve_is_read_rightly_in_nats_and_in_bits():
    for case, classes, unit in itertools.product(curve_inputs.CASES, (10, 5), (1.0, math.log(2))):
        for seed in range(10):
            for given in inputs.curves_of([seed], (case,), (classes,), unit)(rng(0)):
                assert task("read_curves")(**given) == case


def test_a_split_rise_is_that_of_the_library():
    for given in inputs.rises(4, ((0.5, 3.0),))(rng(3)):
        y, chosen = given["y"], given["chosen"]
        T = [evaluation.temperature(given[name][chosen], y[chosen]) for name in ("before", "after")]
        raw = [LOSS(given[name][~chosen], y[~chosen]) for name in ("before", "after")]
        left = [LOSS(given[name][~chosen] / t, y[~chosen]) for name, t in zip(("before", "after"), T, strict=True)]
        expected = (*T, raw[1] - raw[0], raw[1] - raw[0] - (left[1] - left[0]))
        assert task("split_rise")(**given) == pytest.approx(expected, rel=1e-9)


def test_parts_by_group_add_up_with_shares_and_weights():
    for draw in (inputs.labels_by_group, inputs.shares_by_group, inputs.weighted_groups, inputs.odd_groups):
        for given in draw(rng(0)):
            rel, res, unc, var, cov = task("group_parts")(**given)
            score = np.average((given["p"] - given["y"]) ** 2, weights=given.get("weight"))
            assert rel - res + unc + var - cov == pytest.approx(score)
    which = np.searchsorted(EDGES[1:-1], TUMOURS, side="right")
    assert task("group_parts")(TUMOURS, MALIGNANT, which) == pytest.approx(
        tuple(evaluation.brier_parts(TUMOURS, MALIGNANT, EDGES))
    )


def test_other_right_answers_get_full_marks(ours):
    def by_the_closed_form(loss, p, a=0.0):
        p = np.asarray(p, float)
        if loss == "power":
            return 1 / (1 + ((1 - p) / p) ** (a - 1))
        if loss == "focal":
            one = (1 - p) ** a / p - a * (1 - p) ** (a - 1) * np.log(p)
            zero = p**a / (1 - p) - a * p ** (a - 1) * np.log1p(-p)
            return 1 / (1 + one / zero)
        return (2 * p - a) / (2 - 2 * a) if loss == "smoothed" else p

    def row_by_row(q, k):
        right = cost = error = 0.0
        for one in q:
            z = k * math.log(one / (1 - one))
            right += max(one, 1 - one)
            cost += one * np.logaddexp(0, -z) + (1 - one) * np.logaddexp(0, z)
            error += abs(np.exp(-np.logaddexp(0, -z)) - one)
        return right / len(q), cost / len(q), error / len(q), k

    def with_other_limits(train, validation, chance, usual):
        if min(train) > 0.95 * chance:
            return "dead start" if abs(train[0] - chance) < 0.01 * chance else "rate too big"
        if validation[-1] < 0.6 * usual:
            return "leak"
        if validation[-1] < 1.5 * usual:
            return "healthy"
        if train[-1] > 0.35 * chance:
            return "underfit"
        return "label noise" if min(validation) > 0.4 * chance else "overfit"

    def by_golden_section(before, after, y, chosen):
        y, chosen, T = np.asarray(y), np.asarray(chosen), []

        def mean_loss(z, rows):
            return float(np.mean(np.logaddexp.reduce(z[rows], axis=1) - z[rows, y[rows]]))

        before, after, there = np.asarray(before, float), np.asarray(after, float), np.flatnonzero(chosen)
        rest = np.flatnonzero(~chosen)
        for z in (before, after):
            low, high = math.log(0.01), math.log(100)

            def slope(t, z=z):
                p = softmax(z[there] / math.exp(t))
                return np.mean(np.sum(p * z[there], axis=1) - z[there, y[there]])

            for _ in range(100):
                middle = (low + high) / 2
                low, high = (middle, high) if slope(middle) > 0 else (low, middle)
            T.append(math.exp(low))
        raw = mean_loss(after, rest) - mean_loss(before, rest)
        return *T, raw, raw - mean_loss(after / T[1], rest) + mean_loss(before / T[0], rest)

    def through_the_variance(p, y, group, weight=None):
        p, y, names = np.asarray(p, float), np.asarray(y, float), [str(name) for name in group]
        w = np.ones(len(p)) if weight is None else np.asarray(weight, float)
        sums = {}
        for name, a, b, c in zip(names, p, y, w, strict=True):
            now = sums.get(name, np.zeros(6))
            sums[name] = now + c * np.array([1, a, b, a * a, a * b, b * b])
        total = sum(sums.values())
        base = total[2] / total[0]
        rel = res = var = cov = 0.0
        for m, sp, sy, spp, spy, _ in sums.values():
            if m > 0:
                rel += m * (sp / m - sy / m) ** 2
                res += m * (sy / m - base) ** 2
                var += spp - sp * sp / m
                cov += 2 * (spy - sp * sy / m)
        return [part / total[0] for part in (rel, res, total[5] - total[0] * base**2, var, cov)]

    answers = [
        ("truth_behind", by_the_closed_form),
        ("predicted_report", row_by_row),
        ("read_curves", with_other_limits),
        ("split_rise", by_golden_section),
        ("group_parts", through_the_variance),
    ]
    for name, f in answers:
        for seed in range(3):
            for hidden in (False, True):
                verdict = judge(practice.tasks()[name], f, seed, hidden)
                assert verdict.passed, verdict.sentence


@pytest.mark.parametrize("name", ["split_rise", "group_parts"])
def test_what_the_library_has_may_not_answer(name):
    def with_temperature(before, after, y, chosen):
        return [evaluation.temperature(np.asarray(z)[chosen], np.asarray(y)[chosen]) for z in (before, after)] + [0, 0]

    def with_parts(p, y, group, weight=None):
        return tuple(evaluation.brier_parts(p, y, np.linspace(0, 1, 3)))

    verdict = judge(practice.task(name), {"split_rise": with_temperature, "group_parts": with_parts}[name], 1)
    assert "which would answer the task for you" in verdict.sentence and verdict.points == 0


# Wrong functions beside the typical mistakes: code, or what is changed in the reference ------------------------------


def by_differences(loss, p, a=0.0, h=1e-6):
    p = np.asarray(p, float)
    with np.errstate(all="ignore"):
        one, zero = ((PRICES[loss](p + h, y, a) - PRICES[loss](p - h, y, a)) / (2 * h) for y in (1, 0))
        return zero / (zero - one)


def by_smaller_differences(loss, p, a=0.0):
    return by_differences(loss, p, a, 1e-8)


def by_larger_differences(loss, p, a=0.0):
    return by_differences(loss, p, a, 1e-4)


def by_a_grid_of_truths(loss, p, a=0.0):
    grid = np.linspace(0.0005, 0.9995, 1000)
    asked = np.array([grid[np.argmin(q * PRICES[loss](grid, 1, a) + (1 - q) * PRICES[loss](grid, 0, a))] for q in grid])
    return np.interp(np.asarray(p, float), asked, grid)


def by_drawing(q, k):
    q = np.asarray(q, float)
    rows = np.tile(q, 200)
    y, z = rng(0).uniform(size=len(rows)) < rows, k * np.log(rows / (1 - rows))
    with np.errstate(all="ignore"):
        s = 1 / (1 + np.exp(-z))
        return np.mean((z > 0) == y), np.mean(np.logaddexp(0, z) - y * z), np.mean(np.abs(s - rows)), k


def with_a_table_of_temperatures(before, after, y, chosen):
    y, chosen = np.asarray(y), np.asarray(chosen)
    table, T = np.geomspace(0.01, 100, 400), []
    for z in (np.asarray(before, float), np.asarray(after, float)):
        T.append(table[np.argmin([LOSS(z[chosen] / t, y[chosen]) for t in table])])
    raw = LOSS(np.asarray(after, float)[~chosen], y[~chosen]) - LOSS(np.asarray(before, float)[~chosen], y[~chosen])
    left = LOSS(after[~chosen] / T[1], y[~chosen]) - LOSS(before[~chosen] / T[0], y[~chosen])
    return *T, raw, raw - left


POWER = "for_one, for_zero = -a * (1 - p) ** (a - 1), a * p ** (a - 1)"
SMOOTHED, SPHERE = "return (p - a / 2) / (1 - a)", "return p  # a proper loss"
ONE = "for_one = a * (1 - p) ** (a - 1) * np.log(p) - (1 - p) ** a / p"
ZERO = "for_zero = p**a / (1 - p) - a * p ** (a - 1) * np.log1p(-p)"
SOLVED = "return for_zero / (for_zero - for_one)"
RIGHT, COST, ERROR = "np.mean(np.maximum(q, 1 - q))", "np.mean(softplus - q * z)", "np.mean(np.abs(stated - q))"
SCORE, SOFTPLUS = "k * (np.log(q) - np.log1p(-q))", "np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))"
STATED, TEMPERATURE = "np.exp(np.minimum(z, 0) - np.log1p(np.exp(-np.abs(z))))", "float(error), float(k)"
STARTS, ENDS, LAST = "train[0] / chance", "train[-1] / chance", "last, least = validation[-1], np.min(validation)"
NEVER, HIGH, LEAK = "if ends > 0.9:", "if ends > 0.4:", "if last < usual / 2:"
BIG, GOOD, TURN = '"rate too big" if starts > 1.02 else "dead start"', "last < 1.7 * usual", "last > 1.27 * least"
INTERVAL, LOOP, HALF = "low, high = 0.01, 100.0", "range(200)", "if slope(middle) <= 0:"
TOP, EXP = "top = np.max(a * z[rows], axis=1)", "np.exp(a * z[chosen] - np.max(a * z[chosen], axis=1, keepdims=True))"
RISE, TAKEN = "rise = raw[1] - raw[0]", "taken_back = rise - (corrected[1] - corrected[0])"
REL, RES = "share * (said - came) ** 2", "share * (came - base) ** 2"
VAR, COV = "share * np.sum(v * (p[here] - said) ** 2)", "share * 2 * np.sum(v * (p[here] - said) * (y[here] - came))"
UNC, WEIGHTS = "np.sum(w * (y - base) ** 2)", "np.ones(len(p)) if weight is None else np.asarray(weight, dtype=float)"
ATTACKS = {
    "truth_behind": [
        by_differences,
        by_smaller_differences,
        by_larger_differences,
        by_a_grid_of_truths,
        ((POWER, "for_one, for_zero = -(1 - p), p"),),
        ((POWER, "for_one, for_zero = -((1 - p) ** a), p**a"),),
        ((POWER, "a = round(a)\n        for_one, for_zero = -a * (1 - p) ** (a - 1), a * p ** (a - 1)"),),
        ((POWER, "a = max(a, 1.5)\n        for_one, for_zero = -a * (1 - p) ** (a - 1), a * p ** (a - 1)"),),
        ((POWER, "for_one, for_zero = -a * (1 - p) ** (a - 1), a * (p + 1e-7) ** (a - 1)"),),
        ((SMOOTHED, "return (p - 0.05) / 0.9"),),
        ((SMOOTHED, "return np.clip((p - a / 2) / (1 - a), 0.05, 0.95)"),),
        ((SMOOTHED, "return (p - a / 2) / (1 - a / 2)"),),
        ((SMOOTHED, "return (p - a / 10) / (1 - a)"),),
        ((SMOOTHED, "return p if a < 0.05 else (p - a / 2) / (1 - a)"),),
        ((ONE, "for_one = (1 - p) ** a * (a * np.log(p) - 1 / p)"),),
        ((ONE, "a = max(a, 1.0)\n        " + ONE),),
        ((ONE, "a = int(a)\n        " + ONE),),
        ((ONE, "p = np.clip(p, 1e-7, 1 - 1e-7)\n        " + ONE),),
        ((ZERO, "for_zero = p**a / (1 - p) - a * p ** (a - 1) * np.log(1 - p + 1e-7)"),),
        ((ZERO, "for_zero = p**a / (1 - p)"),),
        ((ZERO, "for_zero = p**a / (1 - p) - a * p ** (a - 1) * np.log(p)"),),
        ((SPHERE, "return p**a / (p**a + (1 - p) ** a)"),),
        ((SPHERE, "return np.clip(p, 1e-6, 1 - 1e-6)"),),
        ((SPHERE, "return np.round(p, 2)"),),
        ((SOLVED, "return np.round(for_zero / (for_zero - for_one), 4)"),),
        ((SOLVED, "return for_zero / (for_zero - for_one + 1e-4)"),),
    ],
    "predicted_report": [
        by_drawing,
        lambda q, k: (np.mean(q), 0.5, 0.1, k),
        ((RIGHT, "np.mean(np.maximum(stated, 1 - stated))"), (COST, "np.mean(softplus - q * z)")),
        ((RIGHT, "np.mean(np.round(q))"),),
        ((RIGHT, "max(np.mean(q), 1 - np.mean(q))"),),
        ((RIGHT, "np.mean(np.where(z > 0, q, 0))"),),
        ((RIGHT, "np.median(np.maximum(q, 1 - q))"),),
        ((COST, "np.mean(softplus - stated * z)"),),
        ((COST, "np.mean(np.maximum(softplus - q * z, 0.05))"),),
        ((COST, "np.mean(softplus - q * z) / np.log(2)"),),
        ((COST, "np.mean(softplus) - np.mean(q) * np.mean(z)"),),
        ((COST, "np.mean(np.minimum(softplus - q * z, 30))"),),
        ((COST, "np.mean(np.where(z > 0, softplus - z, softplus))"),),
        ((SOFTPLUS, "np.log(1 + np.exp(z))"),),
        ((SOFTPLUS, "np.log(1 + np.exp(np.minimum(z, 30)))"),),
        ((SOFTPLUS, "np.maximum(z, 0)"),),
        ((ERROR, "np.mean(np.abs(stated - (q > 0.5)))"),),
        ((ERROR, "abs(np.mean(stated) - right)"),),
        ((ERROR, "np.mean(np.abs(np.maximum(stated, 1 - stated))) - right"),),
        ((ERROR, "np.sqrt(np.mean((stated - q) ** 2))"),),
        ((ERROR, "np.mean(np.round(np.abs(stated - q), 2))"),),
        ((STATED, "1 / (1 + np.exp(-z)) + 1e-6"),),
        ((STATED, "np.clip(k * q, 0, 1)"),),
        ((SCORE, "k * np.log(q + 1e-9) - k * np.log1p(-q)"),),
        ((SCORE, "max(k, 1) * (np.log(q) - np.log1p(-q))"),),
        ((SCORE, "min(k, 100) * (np.log(q) - np.log1p(-q))"),),
        ((TEMPERATURE, "float(error), float(max(k, 1))"),),
        ((TEMPERATURE, "float(error), float(min(k, 100))"),),
        ((TEMPERATURE, "float(error), float(round(k, 1))"),),
    ],
    "read_curves": [
        (
            (
                "last, least = validation[-1], np.min(validation)",
                "last, least, usual = validation[-1], np.min(validation), 0.054 * chance",
            ),
        ),
        lambda train, validation, chance, usual: "overfit" if validation[-1] > min(validation) else "healthy",
        lambda train, validation, chance, usual: "healthy",
        ((STARTS, "train[1] / chance"),),
        ((STARTS, "validation[0] / chance"),),
        ((STARTS, "train[0] / np.log(10)"),),
        ((ENDS, "train[-1] / np.log(10)"),),
        ((ENDS, "train[0] / chance"),),
        ((ENDS, "np.mean(train) / chance"),),
        ((LAST, "last, least = np.min(validation), np.min(validation)"),),
        ((LAST, "last, least = validation[-1], validation[0]"),),
        ((LAST, "last, least = train[-1], np.min(validation)"),),
        ((LAST, "last, least = validation[len(validation) // 4], np.min(validation)"),),
        ((NEVER, "if train[-1] > 2.2:"),),
        ((NEVER, "if ends > 0.6:"),),
        ((NEVER, "if ends > 1.01:"),),
        ((HIGH, "if ends > 0.15:"),),
        ((HIGH, "if train[-1] > 1.4:"),),
        ((HIGH, "if validation[-1] > 0.4 * chance:"),),
        ((HIGH, "if validation[-1] - train[-1] < 0.2:"),),
        ((LEAK, "if last < usual / 6:"),),
        ((LEAK, "if last < 0.02:"),),
        ((LEAK, "if last <= least:"),),
        ((GOOD, "last < usual"),),
        ((GOOD, "last < 3.2 * usual"),),
        ((GOOD, "last < 1.1 * least"),),
        ((GOOD, "last < 0.16"),),
        ((TURN, "last > 1.6 * least"),),
        ((TURN, "last > 1.02 * least"),),
        ((TURN, "np.argmin(validation) < 30"),),
        ((TURN, "np.argmin(validation) < 8"),),
        ((BIG, '"rate too big" if train[0] > 2.5 else "dead start"'),),
        ((BIG, '"rate too big" if starts > 1.2 else "dead start"'),),
        ((BIG, '"rate too big" if last > least else "dead start"'),),
    ],
    "split_rise": [
        with_a_table_of_temperatures,
        lambda before, after, y, chosen: (1.0, 1.0, 0.0, 0.0),
        ((LOOP, "range(8)"),),
        ((LOOP, "range(20)"),),
        ((INTERVAL, "low, high = 0.0, 10.0"),),
        ((INTERVAL, "low, high = 0.1, 100.0"),),
        ((INTERVAL, "low, high = 1e-6, 100.0"),),
        ((INTERVAL, "low, high = 0.01, 1e6"),),
        ((INTERVAL, "low, high = 0.01, 3.0"),),
        ((HALF, "if slope(middle) > 0:"),),
        ((HALF, "if slope(middle) < 1e-4:"),),
        ((HALF, "if cost(middle, chosen) > cost(1.0, chosen):"),),
        ((TOP, "top = np.zeros(np.sum(rows))"),),
        ((TOP, "top = np.full(np.sum(rows), np.max(a * z[rows]))"),),
        ((EXP, "np.exp(z[chosen] - np.max(z[chosen], axis=1, keepdims=True))"),),
        ((EXP, "np.exp(np.minimum(a * z[chosen], 0.5))"),),
        (("return np.mean(np.sum(e * z[chosen]", "return np.median(np.sum(e * z[chosen]"),),
        (("z = z - z[np.arange(len(y)), y][:, np.newaxis]", "z = z - np.max(z, axis=1, keepdims=True)"),),
        (("z = z - z[np.arange(len(y)), y][:, np.newaxis]", "z = z - z[np.arange(len(y)), 0][:, np.newaxis]"),),
        (("raw = [*raw, cost(1.0, ~chosen)]", "raw = [*raw, cost(1.0, chosen)]"),),
        (("corrected = [*corrected, cost(low, ~chosen)]", "corrected = [*corrected, cost(low, chosen)]"),),
        (("corrected = [*corrected, cost(low, ~chosen)]", "corrected = [*corrected, cost(min(low, 1.0), ~chosen)]"),),
        (("corrected = [*corrected, cost(low, ~chosen)]", "corrected = [*corrected, cost(round(low, 2), ~chosen)]"),),
        ((RISE, "rise = max(raw[1] - raw[0], 0.0)"),),
        ((RISE, "rise = raw[1] / raw[0] - 1"),),
        ((TAKEN, "taken_back = min(rise, rise - (corrected[1] - corrected[0]))"),),
        ((TAKEN, "taken_back = max(0.0, rise - (corrected[1] - corrected[0]))"),),
        ((TAKEN, "taken_back = rise - corrected[1]"),),
        ((TAKEN, "taken_back = rise - abs(corrected[1] - corrected[0])"),),
        (("float(found[0]), float(found[1])", "float(found[1]), float(found[0])"),),
        (("float(found[0]), float(found[1])", "round(found[0], 3), round(found[1], 3)"),),
    ],
    "group_parts": [
        lambda p, y, group, weight=None: (0.0, 0.0, float(np.mean((p - y) ** 2)), 0.0, 0.0),
        ((UNC, "base * (1 - base)"),),
        ((UNC, "np.var(y)"),),
        ((UNC, "np.sum(w * (y - np.mean(y)) ** 2)"),),
        ((UNC, "np.sum(w * y * (1 - y))"),),
        ((UNC, "np.var(y, ddof=1)"),),
        ((REL, "share * (said - came) * 2"),),
        ((REL, "(said - came) ** 2"),),
        ((REL, "np.mean(here) * (said - came) ** 2"),),
        ((RES, "np.mean(here) * (came - base) ** 2"),),
        ((RES, "share * (came - np.mean(y)) ** 2"),),
        ((RES, "share * (said - np.sum(w * p)) ** 2"),),
        ((VAR, "np.mean(here) * np.sum(v * (p[here] - said) ** 2)"),),
        ((VAR, "share * np.var(p[here])"),),
        ((VAR, "share * np.sum(v * (p[here] - came) ** 2)"),),
        ((COV, "np.mean(here) * 2 * np.sum(v * (p[here] - said) * (y[here] - came))"),),
        ((COV, "share * 2 * np.mean((p[here] - said) * (y[here] - came))"),),
        ((COV, "share * 2 * abs(np.sum(v * (p[here] - said) * (y[here] - came)))"),),
        ((COV, "-share * 2 * np.sum(v * (p[here] - said) * (y[here] - came))"),),
        (("if share > 0:", "if share > 0 and np.sum(here) > 1:"),),
        (("if share > 0:", "if True:"),),
        (("for name in set(group):", "for name in sorted(set(group))[:5]:"),),
        (("for name in set(group):", 'for name in set(group) - {"north"}:'),),
        (("for name in set(group):", "for name in range(int(max(group)) + 1):"),),
        ((WEIGHTS, "np.ones(len(p)) if weight is None else np.asarray(weight).astype(int)"),),
        ((WEIGHTS, "np.ones(len(p)) if weight is None else np.asarray(weight, dtype=float) ** 2"),),
        ((WEIGHTS, "np.ones(len(p)) if weight is None else (np.asarray(weight) > 0).astype(float)"),),
        (("w = w / np.sum(w)", "w = w / len(w)"),),
        (
            (
                "y = np.asarray(p, dtype=float), np.asarray(y, dtype=float)",
                "y = np.asarray(p, dtype=float), np.round(y)",
            ),
        ),
        (("uncertainty, variance, covariance)", "uncertainty, variance, covariance / 2)"),),
    ],
}


# What tests of all chapters ask for ---------------------------------------------------------------------------------

LABELS = rng(8).randint(0, 4, 120)
SCORES = {20: 2 * rng(9).normal(0, 1, (120, 4)), 60: 5 * rng(9).normal(0, 1, (120, 4))}
for scores in SCORES.values():
    scores[np.arange(120), LABELS] += 4
PAIRS = [ch14.stored(case)[4] for case in ("label noise", "healthy", "dead start", "leak")] * 2

FIGURES = {
    "over_epochs": lambda k=1: ch14.over_epochs(
        [20, 40, 60],
        {"as it is": k * np.array([[0.4, 0.3, 0.3], [0.5, 0.4, 0.5]]), "divided by T": k * np.full((2, 3), 0.25)},
        {"best T": np.array([[0.8, 1.1, 1.7], [1.0, 1.3, 1.9]])},
        ("mean cross-entropy (nats)", "T"),
        ((0, 0.6), (0, 2.2)),
        level_below=1,
        marks=(20, 60),
    ),
    "seven_curves": lambda k=1: ch14.seven_curves(
        [(k * pair.train, k * pair.validation) for pair in PAIRS[:7]], chance=math.log(10)
    ),
    "expected_losses": lambda k=1: ch14.expected_losses(
        {
            "Brier": lambda p, y: k * (p - y) ** 2,
            "absolute error": lambda p, y: k * np.abs(p - y),
        },
    ),
    "promised_and_kept": lambda k=1: ch14.promised_and_kept({"T = 1": k * SCORES[20], "later": SCORES[60]}, LABELS),
    "promise_bins": lambda k=1: ch14.promise_bins({20: k * SCORES[20]}, LABELS, 20, 1.5),
}


def WIDGET():
    return ch14.widget(SCORES, LABELS)


MOVES = {"epoch": 20, "T": 2.0}
CHANGE = ("ten-runs", "Adam(0.01)", "Adam(0.003)")
