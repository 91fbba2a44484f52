"""Chapter 12: the numbers that it teaches, the stored runs, the lines for PyTorch, its figures' words, its widget."""

import json
import re

import numpy as np
import pytest
from of_chapters import by_hand

from lossutils import LABEL, Focal, LogisticLoss, Loss, checks, data, evaluation, practice, rng
from lossutils.chapters import ch12
from lossutils.chapters.ch12 import imbalance
from lossutils.chapters.ch12 import inputs as drawn
from lossutils.models import Network
from lossutils.numerics import sigmoid, softplus
from lossutils.training import Adam, train
from tools.datasets import make_yeast_runs as runs
from tools.plumbing.pages import ROOT, read

STORED = data.yeast_runs()
SCORES, Y = data.yeast_scores(), data.yeast()["me2"]
LECTURE = ROOT / "notebooks" / "12_custom_losses_and_imbalance.ipynb"


def stored(loss, column, hidden=16, fold_seeds=(0,)):
    chosen = (STORED["loss"] == loss) & (STORED["hidden"] == hidden) & np.isin(STORED["fold_seed"], fold_seeds)
    return STORED[column][chosen]


# The stored runs -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "fold_seed", "seed"), [("plain", 0, 3), ("weight 28", 2, 0), ("weight 28 over its sum", 0, 1)]
)
def test_a_stored_run_comes_out_again(name, fold_seed, seed):
    (row,) = runs.run(name, fold_seed, seed, (60,), runs.SMALL)
    here = [k for k in range(len(STORED)) if [STORED[column][k] for column in list(STORED)[:5]] == row[:5]]
    assert len(here) == 1
    found = [STORED[column][here[0]] for column in list(STORED)[5:]]
    assert found == pytest.approx([float(number) for number in row[5:]], abs=1e-4)


@pytest.mark.slow
def test_a_stored_run_of_the_large_network_comes_out_again():
    rows = runs.run("weight 28", 0, 1, (10, 30, 100), runs.LARGE)
    chosen = (STORED["loss"] == "weight 28") & (STORED["hidden"] == 256) & (STORED["seed"] == 1)
    assert [float(row[5]) for row in rows] == pytest.approx(STORED["recall"][chosen][:3], abs=0.0201)


def test_the_stored_scores_are_those_of_the_runs():
    columns = {
        "gamma0_ratio1": "plain",
        "gamma0_ratio28": "weight 28",
        "gamma2_ratio1": "focal",
        "gamma2_ratio1by3": "focal, alpha 0.25",
        "gamma2_ratio3": "focal, alpha 0.75",
    }
    for column, name in columns.items():
        found = runs.judged(SCORES[column], Y)
        for number, what in zip(found, list(STORED)[5:], strict=True):
            # of 1484 scores with two decimals, some lie where a threshold or an edge of a bin is
            assert number == pytest.approx(stored(name, what)[0], abs=0.02), (column, what)


# What the chapter says of them ---------------------------------------------------------------------------------------


def costs(loss, recall, precision):
    """Of five seeds: a miss costs 28, a false alarm 1."""
    hits = np.round(51 * stored(loss, recall))
    alarms = np.round(hits / stored(loss, precision) - hits)
    return sorted((28 * (51 - hits) + alarms).astype(int).tolist())


def test_both_ways_cost_about_the_same():
    moved, weighted = costs("plain", "recall_moved", "precision_moved"), costs("weight 28", "recall", "precision")
    assert (moved[0], moved[-1]) == (448, 502) and (weighted[0], weighted[-1]) == (476, 508)
    assert costs("plain", "recall", "precision")[0] > 1100 and 28 * 51 == 1428


def test_with_other_folds_either_way_finds_more():
    more = stored("plain", "recall_moved", fold_seeds=(1, 2, 3, 4)) - stored(
        "weight 28", "recall", fold_seeds=(1, 2, 3, 4)
    )
    assert more.min() < 0 < more.max()


def test_a_positive_counts_about_22_times_where_each_batch_is_divided_by_its_weights():
    labels, source = np.repeat([1, 0], [41, 1146]), rng(0)
    pull = np.zeros(2)
    for _ in range(300):
        order = labels[source.permutation(len(labels))]
        for batch in np.split(order, range(64, len(labels), 64)):
            share = np.where(batch == 1, 28, 1) / np.sum(np.where(batch == 1, 28, 1))
            pull += share[batch == 0].sum(), share[batch == 1].sum()
    assert (pull[1] / 41) / (pull[0] / 1146) == pytest.approx(22, abs=0.4)


def test_one_loss_of_the_library_is_the_weighted_one():
    class WeightedLogistic(Loss):
        target = LABEL
        w: float = 28.0

        def formula(self, z, y):
            return self.w * y * softplus(-z) + (1 - y) * softplus(z)

    z, y = rng(0).normal(0, 3, 50), rng(1).randint(0, 2, 50)
    for w in (28.0, 0.3):
        own, library = WeightedLogistic(w), Focal(gamma=0, alpha=w / (1 + w))
        assert own(z, y) == pytest.approx((1 + w) * library(z, y))
        assert own.grad(z, y) == pytest.approx((1 + w) * library.grad(z, y), abs=1e-7)
    assert checks.derivative(WeightedLogistic(), rng(0)) is not None


# The exercise --------------------------------------------------------------------------------------------------------


def reference(name):
    return practice.tasks()[name].reference


def test_the_worked_numbers_of_the_exercise():
    assert reference("weighted_bce")([0, 2, -1], [1, 0, 0], 28) == pytest.approx(7.2828, abs=5e-5)
    assert reference("prior_correct")([0.6, 0.0, 1.0], 28) == pytest.approx([0.0508, 0, 1], abs=5e-5)
    value, slope = reference("focal")([np.log(3)], [1], 2, 0.25)
    assert value == pytest.approx(0.0045, abs=5e-6) and slope == pytest.approx([-0.01065], abs=5e-6)
    assert reference("cost_threshold")([[0, 3], [25, 5]]) == pytest.approx(3 / 23)
    assert reference("cost_threshold")([[0, 1], [28, 0]]) == pytest.approx(1 / 29)


def test_the_references_are_the_librarys_losses():
    z, y = rng(2).normal(0, 4, 60), rng(3).randint(0, 2, 60)
    assert reference("weighted_bce")(z, y, 1) == pytest.approx(LogisticLoss()(z, y))
    for gamma, alpha in ((0, 0.2), (2, 0.25), (1.5, 0.9)):
        value, slope = reference("focal")(z, y, gamma, alpha)
        mine = Focal(gamma=gamma, alpha=alpha).value_and_grad(z, y)
        assert value == pytest.approx(mine[0], rel=1e-12) and slope == pytest.approx(mine[1], abs=1e-13)


@pytest.mark.parametrize("library", ["optax", "keras"])
def test_the_reference_of_focal_loss_gives_what_libraries_gave(library):
    found = [
        json.loads(line.rstrip(","))
        for line in (ROOT / "tests" / "golden" / f"{library}.json").read_text().splitlines()
        if "Focal(gamma=1.5" in line and "Softmax" not in line
    ]
    assert found
    for case in found:
        value, slope = reference("focal")(case["pred"], case["target"], 1.5, 0.3)
        assert value == pytest.approx(case["value"], rel=1e-9)
        assert slope == pytest.approx(case["gradient"], rel=1e-9)


def test_no_drawn_mask_makes_a_right_test_of_the_tversky_loss_fail():
    def is_right(prices, tversky, pred, target):
        return bool(abs(tversky(pred, target, *prices) - drawn.tversky(pred, target, *prices)) < 1e-4)

    for check in practice.tasks()["tversky_is_right"].checks:
        for seed in range(20):
            for case in check.draw(rng(seed)):
                for prices in ((0.3, 0.9), (0.4, 0.6), (0.7, 0.3), (0.2, 0.7), (1, 2)):
                    right = case["tversky"] in drawn.RIGHT
                    assert is_right(prices, **case) == right, (check.name, seed, prices, case)


def test_every_wrong_loss_differs_from_the_right_one_by_more_than_a_test_may_allow():
    for function in (drawn.tversky_smoothed, drawn.dearer_prices, drawn.always_dice, drawn.swapped_prices):
        assert all(drawn.is_found_out(function, mask) for mask in drawn.telling(function, rng(0)))
    assert not drawn.is_found_out(drawn.tversky_with_epsilon, next(drawn.masks(rng(0))))


# PyTorch -------------------------------------------------------------------------------------------------------------


def lines_for_pytorch():
    cells = {cell.id: cell.source for cell in read(LECTURE).cells}
    return [re.search(r"```python\n(.*?)```", cells[name], re.S)[1] for name in ("in-pytorch", "in-pytorch-loop")]


@pytest.mark.oracle
def test_the_printed_lines_of_pytorch_train_the_same_network():
    import torch

    inputs = data.yeast().matrix(*data.yeast().columns[:8])
    inputs = (inputs - inputs.mean(axis=0)) / inputs.std(axis=0)
    mine, shuffles = Network([8, 16, 1], rng(0)), rng(0)
    torch.set_default_dtype(torch.float64)
    try:
        names = {"X": torch.tensor(inputs), "y": torch.tensor(Y.astype(float))}
        setting, loop = lines_for_pytorch()
        exec(setting, names)
        z, y = rng(1).normal(0, 3, 40), rng(2).randint(0, 2, 40)
        scores = torch.tensor(z, requires_grad=True)
        value = names["weighted_logistic"](scores, torch.tensor(y))
        value.backward()
        library = Focal(gamma=0, alpha=28 / 29)
        assert value.item() == pytest.approx(29 * library(z, y))
        assert scores.grad.numpy() == pytest.approx(29 * library.grad(z, y), abs=1e-12)
        own = torch.nn.BCEWithLogitsLoss(pos_weight=torch.tensor(28.0))(torch.tensor(z), torch.tensor(y.astype(float)))
        assert own.item() == pytest.approx(value.item())

        with torch.no_grad():
            for layer, (weights, _) in zip(names["network"][::2], mine.layers, strict=True):
                layer.weight.copy_(torch.tensor(weights.T))
                layer.bias.zero_()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(torch, "randperm", lambda n: torch.tensor(shuffles.permutation(n)))
            exec(loop, names)
        theirs = names["network"](names["X"])[:, 0].detach().numpy()
    finally:
        torch.set_default_dtype(torch.float32)

    class Weighted(Loss):
        target = LABEL

        def formula(self, z, y):
            return 28 * y * softplus(-z) + (1 - y) * softplus(z)

        def derivative(self, z, y):
            return (1 - y) * sigmoid(z) - 28 * y * sigmoid(-z)

    train(mine, Weighted(), inputs, Y, Adam(rate=0.002), epochs=60, batch=64, rng=rng(0))
    assert theirs == pytest.approx(mine.forward(inputs), abs=1e-6)


# Figures and widget --------------------------------------------------------------------------------------------------


def test_precision_by_recall_is_that_of_every_threshold():
    p, y = np.array([0.9, 0.8, 0.8, 0.3, 0.1]), np.array([1, 0, 1, 0, 1])
    recall, precision = imbalance.precision_by_recall(p, y)
    assert recall == pytest.approx([1 / 3, 2 / 3, 2 / 3, 1]) and precision == pytest.approx([1, 2 / 3, 1 / 2, 3 / 5])


def test_the_picture_knows_its_numbers():
    picture = ch12.RareClass(Y, SCORES["gamma0_ratio1"]).at(SCORES["gamma0_ratio28"], 0.5, 28, "weight 28")
    p = sigmoid(SCORES["gamma0_ratio28"])
    assert picture.cost == evaluation.cost(p, Y, 28, 1, 0.5)
    assert picture.least == evaluation.cost(p, Y, 28, 1, picture.best) <= picture.cost
    assert "recall 0.78, precision 0.17, mean p 0.22, ECE 0.18" in picture.state()
    assert "The truth has mean 0.034." in picture.words()
    again = picture.at(SCORES["gamma0_ratio1"], 0.5, 28, "plain").at(SCORES["gamma0_ratio28"], 0.5, 28, "weight 28")
    assert again.png() == ch12.RareClass(Y, SCORES["gamma0_ratio1"]).at(SCORES["gamma0_ratio28"], 0.5, 28, "").png()


def test_the_widget_answers_every_control():
    game = ch12.widget()
    seen = {game.picture}
    for name, value in (("weight", 28), ("gamma", 2), ("alpha", "0.75"), ("threshold", 0.2), ("miss", 60)):
        game.controls[name].value = value
        assert game.picture.startswith(b"\x89PNG") and game.picture not in seen, name
        seen.add(game.picture)
    assert game.sentence.startswith("positives count 84:1, γ = 2: ")
    assert len(repr(game)) <= 110, "ipywidgets cuts what is longer"


def test_weight_and_alpha_multiply_and_every_setting_is_stored(unrendered):
    game = ch12.widget()
    counted = set()
    for weight in (1, 3, 9, 28):
        for alpha in ("none", "0.25", "0.75"):
            game.set(weight=weight, alpha=alpha, gamma=2)
            counted.add(game.sentence.split(",")[0])
    assert len(counted) == 6
    game.set(weight=3, alpha="0.25", gamma=0)
    assert game.sentence.startswith("positives count 1:1: ")


def test_the_button_moves_the_threshold_to_that_of_the_costs():
    game = ch12.widget()
    game.set(miss=28)
    before = game.sentence
    game.buttons[0].click()
    assert game.controls["threshold"].value == pytest.approx(1 / 29)
    assert "recall 0.16" in before and "recall 0.84, precision 0.16, mean p 0.035, ECE 0.01" in game.sentence


@pytest.mark.parametrize(
    ("moves", "words"),
    [
        ({"weight": 28, "threshold": 0.5}, "recall 0.78, precision 0.17, mean p 0.22, ECE 0.18, cost 502"),
        (
            {"weight": 1, "miss": 28, "press": "threshold to 1/(1 + cost)"},
            "recall 0.84, precision 0.16, mean p 0.035, ECE 0.01, cost 450",
        ),
    ],
)
def test_what_the_lecture_says_of_its_widget_is_reached_by_hand(moves, words):
    assert words in by_hand(ch12.widget(), **moves)


def test_no_alarm_at_all_has_no_precision_and_still_a_picture():
    game = ch12.widget()
    game.set(alpha="0.25", gamma=5, threshold=0.95)
    assert "recall 0, precision undefined" in game.sentence and game.picture.startswith(b"\x89PNG")


# What the tests of all figures and widgets take from here ------------------------------------------------------------

FOUND = SCORES["gamma0_ratio1"]
RUNS = np.array([[0.8, 0.5, 0.3], [0.7, 0.55, 0.35]])
FIGURES = {
    "ranges": lambda k=1: ch12.ranges(
        [10, 100, 1000], {"a": k * RUNS, "b": 0.5 * RUNS}, "epochs", "recall", "Runs", logx=True
    ),
    "ranges, linear": lambda k=1: ch12.ranges([1, 2, 5], {"recall": RUNS * k}, "epochs", "recall"),
    "ranking_and_calibration": lambda k=1: ch12.ranking_and_calibration(
        Y, {"plain": FOUND * k, "weight 28": FOUND + 3}, {"plain, 1/2": ("plain", 0.5), "28": ("weight 28", 0.5)}
    ),
    "rare_class": lambda k=1: ch12.rare_class(Y, FOUND * k, FOUND, 0.1, 28, "weight 28"),
    "rare_class, no alarm": lambda k=1: ch12.rare_class(Y, k * FOUND - 9, FOUND, 0.95, 90, "far"),
}

WIDGET = ch12.widget
MOVES = {"weight": 28, "gamma": 2, "alpha": "0.75", "threshold": 0.2, "miss": 60}
