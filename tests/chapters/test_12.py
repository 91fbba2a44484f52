"""Chapter 12: the numbers that it teaches, the stored runs, the lines for PyTorch, its figures' words, its widget."""

import re

import numpy as np
import pytest
from of_chapters import by_hand

import lossutils
from lossutils import LABEL, Focal, LogisticLoss, Loss, Tversky, checks, data, evaluation, practice, rng
from lossutils.chapters import ch12
from lossutils.chapters.ch12 import inputs as drawn
from lossutils.chapters.ch12 import references
from lossutils.judge.judge import judge
from lossutils.models import Network
from lossutils.numerics import sigmoid, softplus
from lossutils.training import Adam, train
from tools.datasets import make_yeast_runs as runs
from tools.plumbing.pages import ROOT, read

STORED = data.yeast_runs()
SCORES, Y = data.yeast_scores(), data.yeast()["me2"]
FOLDS = evaluation.stratified_folds(Y, 5, rng(0))
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
        found = runs.judged(SCORES[column], Y, FOLDS)
        for number, what in zip(found, list(STORED)[5:], strict=True):
            # of 1484 scores with three decimals, some lie where a threshold or an edge of a bin is
            near = {"rel": 0.05} if what == "chosen_cost" else {"abs": 0.005}
            assert number == pytest.approx(stored(name, what)[0], **near), (column, what)


# What the chapter says of them ---------------------------------------------------------------------------------------


def costs(loss, recall, precision, hidden=16):
    """A miss costs 28, a false alarm 1: five starts, then four other deals."""
    hits = np.round(51 * stored(loss, recall, hidden, range(5)))
    return 28 * (51 - hits) + np.round(hits / stored(loss, precision, hidden, range(5)) - hits)


def test_both_ways_cost_about_the_same_in_each_of_nine_runs():
    moved, weighted = costs("plain", "recall_moved", "precision_moved"), costs("weight 28", "recall", "precision")
    assert moved.astype(int).tolist() == [448, 472, 477, 493, 502, 439, 471, 524, 468]
    assert weighted.astype(int).tolist() == [502, 483, 476, 508, 493, 517, 437, 486, 546]
    assert costs("plain", "recall", "precision").min() > 1100 and 28 * 51 == 1428


def test_a_chosen_threshold_beats_the_formula_in_five_of_nine_runs():
    moved = costs("plain", "recall_moved", "precision_moved")
    assert np.sum(stored("plain", "chosen_cost", fold_seeds=range(5)) < moved) == 5


def test_the_bars_of_nine_runs(nine_runs):
    """Of six bars a run, those of the plain network meet the truth; undone, so do those of the weighted one."""
    plain, weighted = nine_runs
    assert all(sum(low <= mean <= high for mean, _, _, low, high in ch12.bins(sigmoid(z), Y)) >= 5 for z in plain)
    assert all(sum(low <= mean <= high for mean, _, _, low, high in ch12.bins(sigmoid(z), Y)) <= 2 for z in weighted)
    sums = [sigmoid(z - np.log(28)).sum() for z in weighted]
    assert min(sums) > 42 and max(sums) < 46 and Y.sum() == 51


@pytest.fixture(scope="module")
def nine_runs():
    """Scores of the plain and of the weighted network, two of the nine runs: the others take their time."""
    X, y, deal = runs.yeast()
    here = [(0, 2), (3, 0)]
    return [
        [
            runs.scores(*runs.LOSSES[name], X, y, deal(fold_seed), seed, (60,), **runs.SMALL)[0]
            for fold_seed, seed in here
        ]
        for name in ("plain", "weight 28")
    ]


@pytest.mark.long
def test_straight_lines_need_the_weight_and_squares_do_not_whatever_the_penalty(monkeypatch):
    proteins = data.yeast()
    X = proteins.matrix(*proteins.columns[:8])
    deals = [evaluation.stratified_folds(Y, 5, rng(seed)) for seed in range(20)]
    for penalty in (0.01, 1.0):
        monkeypatch.setattr("lossutils.chapters.ch12.simple.PENALTY", penalty)
        for curved, least, most in ((False, 14, 15), (True, 1, 2)):
            cheaper = 0
            for deal in deals:
                weighted, plain = (evaluation.out_of_fold(ch12.regression(w, curved), X, Y, deal) for w in (28, 1))
                cheaper += evaluation.cost(sigmoid(weighted), Y, 28, 1) < evaluation.cost(
                    sigmoid(plain), Y, 28, 1, 1 / 29
                )
            assert least <= cheaper <= most, (penalty, curved, cheaper)


def test_where_each_batch_is_divided_by_its_weights_probabilities_rise_less():
    over_sum, over_n = stored("weight 28 over its sum", "mean_p"), stored("weight 28", "mean_p")
    assert over_sum.max() < 0.202 < 0.218 < over_n.min()


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
    return practice.task(name).reference


def test_the_bounded_loss_has_its_slope_and_its_best_constant():
    f, z, y = reference("bounded_loss"), rng(0).normal(0, 3, 30), rng(1).uniform(0, 1, 30)
    value, slope, best = f(z, y, 7.0)
    nudge = 1e-6 * np.eye(30)
    differences = [(f(z + d, y, 7.0)[0] - f(z - d, y, 7.0)[0]) / 2e-6 for d in nudge]
    assert slope == pytest.approx(differences, abs=1e-8)
    at = [f(np.full(30, np.log(p / (1 - p))), y, 7.0)[0] for p in (best - 1e-3, best, best + 1e-3)]
    assert at[1] < min(at[0], at[2])
    assert value < 7.0, "no sample costs more than its weight"


def test_numbers_after_a_weight_are_those_of_the_library():
    f = reference("after_weight")
    for true in (0.01, 0.3, 0.9):
        z = LogisticLoss().best_constant([1, 0], weight=[5 * true, 1 - true])
        assert f("stated", true, 5.0) == pytest.approx(float(sigmoid(np.array(z))))
        assert f("meant", f("stated", true, 5.0), 5.0) == pytest.approx(true)
        assert f("stated", true, f("weight", true)) == pytest.approx(0.5)
    assert f("meant", 0.60, 28.0) == pytest.approx(0.051, abs=5e-4)
    assert f("by weights", 7.2828, 28.0, 3, 1) == pytest.approx(0.72828)


def test_every_faulty_function_is_found_out_and_each_has_one_fault():
    find = reference("fault_of_prices")
    for kind, several in drawn.KINDS.items():
        for f in several:
            assert find(f) == kind, f.__name__
    z, y = np.linspace(-10, 10, 41), np.resize([0.0, 1.0, 0.4], 41)
    right = drawn.RIGHT[0](z, y, 3.0, 2.0)
    for kind in ("far", "slope", "shapes"):
        for f in drawn.KINDS[kind]:
            assert f(z, y, 3.0, 2.0)[0] == pytest.approx(right[0], rel=1e-6), f.__name__


def test_over_forty_halves_the_formula_is_mostly_cheaper_than_what_the_data_chose():
    rows, won, cheaper = references.real_rows(), 0, 0
    for seed in range(40):
        half = evaluation.stratified_folds(Y, 2, rng(seed)) == 0
        way, _, cost = reference("choose_way")(rows[half], rows[~half], 28.0)
        won += way == "weight"
        cheaper += evaluation.cost(rows[~half, 1], Y[~half], 28, 1, 1 / 29) < cost
    assert (won, cheaper) == (12, 28)


def test_the_numbers_of_the_alarm():
    f = reference("after_weight")
    meant = f("meant", 0.7, 200.0)
    assert round(meant, 3) == 0.012 and round(1 / meant) == 87 and meant > 1 / 101 and round(1 / 101, 4) == 0.0099
    assert f("meant", 0.5, 200.0) == pytest.approx(1 / 201)


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
        setting, training = lines_for_pytorch()
        network, loop = re.split("(?=for epoch)", training)
        exec(setting, names)
        exec(network, names)
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


# Whose mean divides by what ------------------------------------------------------------------------------------------

Z3, Y3, W3 = np.array([0.0, 2.0, -1.0]), np.array([1.0, 0.0, 0.0]), np.array([28.0, 1.0, 1.0])
SAME = {"by n": 7.283, "by the weights": 0.728, "by nothing": 21.848}


def table_of_means():
    """The rows of the lecture's table: its words, what is divided by, the value."""
    cell = next(cell for cell in read(LECTURE).cells if cell.id == "two-means")
    rows = [[part.strip() for part in line.strip("|").split("|")] for line in cell.source.splitlines() if "|" in line]
    return {row[0]: (row[1], float(row[2])) for row in rows[2:]}


def test_each_row_of_the_table_of_means_says_what_its_divisor_gives():
    by = {"$n$": SAME["by n"], "the weights": SAME["by the weights"], "nothing": SAME["by nothing"]}
    table = table_of_means()
    assert len(table) == 8 and all(value == by[divisor] for divisor, value in table.values())
    assert LogisticLoss()(Z3, Y3, weight=W3) == pytest.approx(0.728, abs=5e-4)
    assert table["this course, by `weight=`"][1] == 0.728


@pytest.mark.oracle
def test_pytorch_divides_as_the_table_says():
    import torch

    z, y, w = (torch.tensor(numbers) for numbers in (Z3, Y3, W3))
    rows, classes, prices = torch.stack([torch.zeros_like(z), z], 1), y.long(), torch.tensor([1.0, 28.0]).double()
    members = torch.nn.functional.one_hot(classes, 2).double()
    by_n = [
        torch.nn.BCEWithLogitsLoss(weight=w)(z, y),
        torch.nn.BCEWithLogitsLoss(pos_weight=torch.tensor(28.0))(z, y),
        torch.nn.CrossEntropyLoss(weight=prices)(rows, members),
    ]
    by_weights = [
        torch.nn.CrossEntropyLoss(weight=prices)(rows, classes),
        torch.nn.NLLLoss(weight=prices)(torch.log_softmax(rows, 1), classes),
    ]
    by_nothing = [
        torch.nn.BCEWithLogitsLoss(weight=w, reduction="sum")(z, y),
        torch.nn.BCEWithLogitsLoss(pos_weight=torch.tensor(28.0), reduction="sum")(z, y),
        torch.nn.CrossEntropyLoss(weight=prices, reduction="sum")(rows, classes),
        torch.nn.CrossEntropyLoss(weight=prices, reduction="sum")(rows, members),
        torch.nn.NLLLoss(weight=prices, reduction="sum")(torch.log_softmax(rows, 1), classes),
    ]
    for found, kind in ((by_n, "by n"), (by_weights, "by the weights"), (by_nothing, "by nothing")):
        assert [value.item() for value in found] == pytest.approx([SAME[kind]] * len(found), abs=5e-4)
    assert not [name for name in dir(torch.nn) if "focal" in name.lower()], "PyTorch has a focal loss now"


@pytest.mark.oracle
def test_keras_divides_as_the_table_says():
    from tests.proof import oracles

    keras = oracles.keras()
    loss = keras.losses.BinaryCrossentropy(from_logits=True)
    value = loss(Y3[:, np.newaxis], Z3[:, np.newaxis], sample_weight=W3)
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, kernel_initializer="ones")])
    model.compile(optimizer=keras.optimizers.SGD(0.0), loss=loss)
    fitted = model.fit(Z3[:, np.newaxis], Y3, class_weight={0: 1.0, 1: 28.0}, batch_size=3, epochs=1, verbose=0)
    found = [float(value), fitted.history["loss"][0]]
    assert found == pytest.approx([SAME["by n"]] * 2, abs=5e-4)


@pytest.mark.oracle
def test_scikit_learn_and_optax_divide_as_the_table_says():
    import jax.numpy as jnp
    import optax
    from sklearn.metrics import log_loss

    assert log_loss(Y3, sigmoid(Z3), sample_weight=W3) == pytest.approx(SAME["by the weights"], abs=5e-4)
    each = optax.sigmoid_binary_cross_entropy(jnp.array(Z3), jnp.array(Y3))
    assert float((jnp.array(W3) * each).mean()) == pytest.approx(SAME["by n"], abs=5e-4)


@pytest.mark.oracle
def test_the_own_loss_in_pytorch_refuses_what_broadcasts():
    import torch

    setting, _ = lines_for_pytorch()
    names = {}
    exec(setting, names)
    z, y = torch.tensor(Z3), torch.tensor(Y3)
    assert names["weighted_logistic"](z, y).item() == pytest.approx(7.28, abs=5e-3)
    with pytest.raises(ValueError, match=r"\[3, 1\].* and .*\[3\]"):
        names["weighted_logistic"](z[:, None], y)
    softplus, column = torch.nn.functional.softplus, z[:, None]
    assert (28 * y * softplus(-column) + (1 - y) * softplus(column)).mean().item() == pytest.approx(7.33, abs=5e-3)
    with pytest.raises(ValueError, match="must be the same"):
        torch.nn.functional.binary_cross_entropy_with_logits(column, y)


# What compares two ways ----------------------------------------------------------------------------------------------


def test_precision_by_recall_is_that_of_every_threshold():
    p, y = np.array([0.9, 0.8, 0.8, 0.3, 0.1]), np.array([1, 0, 1, 0, 1])
    recall, precision = evaluation.precision_by_recall(p, y)
    assert recall == pytest.approx([1 / 3, 2 / 3, 2 / 3, 1]) or recall == pytest.approx([1 / 3, 2 / 3, 1])
    assert evaluation.average_precision(p, y) == pytest.approx((1 + 2 / 3 + 3 / 5) / 3)


def test_the_interval_of_a_share_is_wilsons():
    """Newcombe 1998, Table I: 81 of 263, 15 of 148, 0 of 20 and 1 of 29."""
    printed = {
        (81, 263): (0.2553, 0.3662),
        (15, 148): (0.0624, 0.1605),
        (0, 20): (0.0, 0.1611),
        (1, 29): (0.0061, 0.1718),
    }
    for (hits, n), ends in printed.items():
        assert evaluation.wilson(hits, n) == pytest.approx(ends, abs=5e-5)


def test_a_recalibration_finds_the_line_that_made_the_labels():
    z = rng(0).normal(0, 2, 200_000)
    y = (rng(1).uniform(size=len(z)) < sigmoid(0.7 * z - 1.5)).astype(float)
    assert evaluation.recalibration(z, y) == pytest.approx((-1.5, 0.7), abs=0.03)


def test_a_swap_shows_only_where_the_prices_differ():
    mask, target = np.array([[0.9, 0.8, 0.6, 0.3, 0.1, 0.0]]), np.array([[1, 1, 0, 0, 0, 1]])
    cell = next(cell for cell in read(LECTURE).cells if cell.id == "swapped-prices")
    printed = re.findall(r"^\| (0\.\d) and (0\.\d) \| (0\.\d+) \| (0\.\d+) \|$", cell.source, re.M)
    assert len(printed) == 2
    for row in printed:
        alpha, beta, documented, swapped = map(float, row)
        assert Tversky(alpha=alpha, beta=beta)(mask, target) == pytest.approx(documented, abs=5e-4)
        assert Tversky(alpha=beta, beta=alpha)(mask, target) == pytest.approx(swapped, abs=5e-4)


def test_no_threshold_is_cheaper_than_the_cheapest():
    z, y = rng(2).normal(0, 1, 40).round(1), rng(3).randint(0, 2, 40)
    for miss, alarm in ((28, 1), (1, 3)):
        least = evaluation.cost(z, y, miss, alarm, ch12.cheapest_threshold(z, y, miss, alarm))
        assert all(evaluation.cost(z, y, miss, alarm, t) >= least for t in (*z, *(z + 0.05), -9.0, 9.0))


def test_a_threshold_is_chosen_on_the_other_folds():
    z, y, folds = np.array([0.0, 1, 2, 3]), np.array([0, 1, 0, 1]), np.array([0, 0, 1, 1])
    assert ch12.chosen_cost(z, y, folds, miss=5) == 5 + 1, "2.5 misses the 1; 0.5 calls the 2"


# Figures and widget --------------------------------------------------------------------------------------------------


def test_the_picture_knows_its_numbers():
    picture = ch12.RareClass(Y, SCORES["gamma0_ratio1"]).at(SCORES["gamma0_ratio28"], 0.5, 28, "weight 28")
    p = sigmoid(SCORES["gamma0_ratio28"])
    assert picture.cost == evaluation.cost(p, Y, 28, 1, 0.5)
    assert picture.least == evaluation.cost(p, Y, 28, 1, picture.best) <= picture.cost
    assert "finds 40 of 51 with 194 false alarms, cost 502, mean p 0.22" in picture.state()
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
    assert "finds 8 of 51" in before and "finds 43 of 51 with 224 false alarms, cost 448" in game.sentence


@pytest.mark.parametrize(
    ("moves", "words"),
    [
        ({"weight": 28, "threshold": 0.5}, "finds 40 of 51 with 194 false alarms, cost 502, mean p 0.22"),
        ({"weight": 1, "threshold": 0.5}, "finds 8 of 51 with 8 false alarms, cost 1212, mean p 0.035"),
        (
            {"weight": 1, "miss": 28, "press": "threshold to 1/(1 + cost)"},
            "finds 43 of 51 with 224 false alarms, cost 448, mean p 0.035",
        ),
    ],
)
def test_what_the_lecture_says_of_its_widget_is_reached_by_hand(moves, words):
    assert words in by_hand(ch12.widget(), **moves)


def test_no_alarm_at_all_has_no_precision_and_still_a_picture():
    game = ch12.widget()
    game.set(alpha="0.25", gamma=5, threshold=0.95)
    assert "finds 0 of 51 with 0 false alarms" in game.sentence and game.picture.startswith(b"\x89PNG")


# What the tests of all figures and widgets take from here ------------------------------------------------------------

FOUND = SCORES["gamma0_ratio1"]
RUNS = np.array([[0.8, 0.5, 0.3], [0.7, 0.55, 0.35]])
FIGURES = {
    "ranges": lambda k=1: ch12.ranges(
        [10, 100, 1000], {"a": k * RUNS, "b": 0.5 * RUNS}, "epochs", "recall", "Runs", logx=True
    ),
    "ranges, linear": lambda k=1: ch12.ranges([1, 2, 5], {"recall": RUNS * k}, "epochs", "recall"),
    "weights_and_thresholds": lambda k=1: ch12.weights_and_thresholds([1, 3 * k, 28]),
    "operating_points": lambda k=1: ch12.operating_points(
        Y, {"plain": FOUND * k, "weight 28": FOUND + 3}, {"1/29": ("plain", 1 / 29), "28": ("weight 28", 0.5)}
    ),
    "stated_and_true": lambda k=1: ch12.stated_and_true(Y, {"plain": FOUND * k, "weight 28": FOUND + 3}),
    "rare_class": lambda k=1: ch12.rare_class(Y, FOUND * k, FOUND, 0.1, 28, "weight 28"),
    "rare_class, no alarm": lambda k=1: ch12.rare_class(Y, k * FOUND - 9, FOUND, 0.95, 90, "far"),
}

WIDGET = ch12.widget
MOVES = {"weight": 28, "gamma": 2, "alpha": "0.75", "threshold": 0.2, "miss": 60}
CHANGE = ("teach", "WeightedLogistic(w=28)", "WeightedLogistic(w=10)")

# Wrong functions beside the typical mistakes: code, or what is changed in the reference ------------------------------

P, SHARE = "(1 + np.tanh(z / 2)) / 2  # the sigmoid, for every score", "share = np.mean(y)"
VALUE, BEST = "np.mean(w * y * (1 - p) ** 2 + (1 - y) * p**2)", "w * share / (w * share + 1 - share)"
SLOPE = "2 * p * (1 - p) * ((1 - y) * p - w * y * (1 - p)) / len(z)"
TIMES, DIVIDED = "w * value / (w * value + 1 - value)", "value / (value + w * (1 - value))"
OVER = "n * value / (w * positives + n - positives)"
EXAMPLE = "np.array([0.7, -1.3, 0.4]), np.array([1.0, 0.0, 0.3]), 3.0, 2.0"
FAR, LABELS, OFF = "(-1000.0, 1000.0)", "(0.0, 1.0)", "np.abs(slope - (alarm * (1 - y) * p - miss * y * (1 - p)) / 3)"
TRIED, LEAST = "np.unique(np.append(valid[:, column], 0.0))", "float(tried[np.argmin(costs)])"
CHEAPER, YES = "honest or cheapest[1] <= cheapest[2]", "rows[:, column] > threshold"


def called_right_by_default(f):
    return "right"


def by_the_value_alone(f):
    z, y = np.array([1.0]), np.array([1.0])
    return "right" if abs(f(z, y, 3.0, 2.0)[0] - 3 * np.log1p(np.exp(-1))) < 1e-6 else "swapped"


def by_one_threshold_for_both(valid, new, miss, false_alarm=1.0, honest=False):
    best = min(
        (miss * np.sum((valid[:, 1] <= t) & (valid[:, 0] == 1)) + np.sum((valid[:, 1] > t) & (valid[:, 0] == 0)), t)
        for t in valid[:, 1]
    )
    yes = new[:, 1] > best[1]
    return "threshold", float(best[1]), float(miss * np.sum(~yes & (new[:, 0] == 1)) + np.sum(yes & (new[:, 0] == 0)))


OFF = "np.abs(slope - (alarm * (1 - y) * p - miss * y * (1 - p)) / 3)"

ATTACKS = {
    "bounded_loss": [
        ((P, "1 / (1 + np.exp(-np.clip(z, -5, 5)))"),),
        ((P, "np.clip((1 + np.tanh(z / 2)) / 2, 0.01, 0.99)"),),
        ((P, "0.5 + z / (2 * (1 + np.abs(z)))"),),
        ((VALUE, "np.mean(np.abs(w * y * (1 - p)) + (1 - y) * p)"),),
        ((VALUE, "np.mean(w * np.abs(y - p) ** 2)"),),
        ((VALUE, "np.mean(np.where(y > 0.5, w, 1) * (y - p) ** 2)"),),
        ((VALUE, "np.mean((w * y + 1 - y) * (y - p) ** 2)"),),
        ((VALUE, "np.mean(w * y * (1 - p) ** 2) + np.mean(p**2)"),),
        ((VALUE, "np.median(w * y * (1 - p) ** 2 + (1 - y) * p**2)"),),
        ((VALUE, "np.sum(w * y * (1 - p) ** 2 + (1 - y) * p**2) / max(len(z) - 1, 1)"),),
        ((VALUE, "round(np.mean(w * y * (1 - p) ** 2 + (1 - y) * p**2), 3)"),),
        ((SLOPE, "2 * p * (1 - p) * (p - y) * np.where(y == 1, w, 1) / len(z)"),),
        ((SLOPE, "2 * p * ((1 - y) * p - w * y * (1 - p)) / len(z)"),),
        ((SLOPE, "2 * p * (1 - p) * ((1 - y) * p - w * y * (1 - p)) / (len(z) + w * np.sum(y))"),),
        ((SLOPE, "np.full(len(z), np.mean(2 * p * (1 - p) * ((1 - y) * p - w * y * (1 - p))) / len(z))"),),
        ((SLOPE, "2 * p * (1 - p) * ((1 - y) * p - min(w, 20) * y * (1 - p)) / len(z)"),),
        ((BEST, "share / (w * share + 1 - share)"),),
        ((BEST, "w * share / (1 + share)"),),
        ((BEST, "np.clip(w * share / (w * share + 1 - share), 0.01, 0.99)"),),
        ((BEST, "w * share / (w * share + 1 - share) if w > 1 else share"),),
        ((SHARE, "share = np.mean(y > 0.5)"),),
        ((SHARE, "share = np.mean(p)"),),
        (("w=28.0", "w=1.0"),),
    ],
    "after_weight": [
        lambda what, value, w=28.0, n=0, positives=0: w * value,
        ((TIMES, "value**(1 / w)"),),
        ((TIMES, "min(0.999, w * value / (w * value + 1 - value))"),),
        ((TIMES, "round(w * value / (w * value + 1 - value), 4)"),),
        ((TIMES, "max(w, 1) * value / (max(w, 1) * value + 1 - value)"),),
        ((TIMES, "(w * value if what == 'stated' else 28 * value) / (w * value + 1 - value)"),),
        ((TIMES, "w * value / (w * value + 1)"),),
        ((DIVIDED, "value / (value + w)"),),
        ((DIVIDED, "value / (value + w * (1 - value)) if value > 0.01 else value / w"),),
        ((DIVIDED, "value / (value + max(w, 1) * (1 - value))"),),
        ((DIVIDED, "value / (value + (w if what == 'meant' else w - 1) * (1 - value))"),),
        ((DIVIDED, "value / (value + (w if what == 'meant' else w + 1) * (1 - value))"),),
        (("(1 - value) / value", "(1 - value) / value if value < 0.5 else 1.0"),),
        (("(1 - value) / value", "np.round((1 - value) / value)"),),
        (("(1 - value) / value", "w * (1 - value) / value"),),
        (("return n * value\n", "return (n - 1) * value\n"),),
        (("return n * value\n", "return n * value * w\n"),),
        ((OVER, "n * value / (w * positives + n)"),),
        ((OVER, "n * value / (w * max(positives, 1) + n - positives)"),),
        ((OVER, "n * value / (w * positives + max(n - positives, 1))"),),
        ((OVER, "value / w"),),
        ((OVER, "n * value / (28 * positives + n - positives)"),),
        (("w=28.0", "w=1.0"),),
    ],
    "fault_of_prices": [
        ((f"np.max({OFF})", f"({OFF})[-1]"),),
        ((f"np.max({OFF})", f"({OFF})[0]"),),
        called_right_by_default,
        by_the_value_alone,
        ((EXAMPLE, "np.array([0.7, -0.7, 0.4]), np.array([1.0, 0.0, 0.5]), 2.0, 2.0"),),
        ((EXAMPLE, "np.array([0.7, -1.3, 0.4]), np.array([1.0, 0.0, 0.3]), 1.0, 2.0"),),
        ((EXAMPLE, "np.array([0.7, -1.3, 0.4]), np.array([1.0, 1.0, 0.0]), 3.0, 2.0"),),
        ((EXAMPLE, "np.array([0.7, -1.3, 0.4]), np.array([1.0, 0.0, 0.5]), 1.0, 1.0"),),
        ((FAR, "(-1000.0,)"),),
        ((FAR, "(1000.0,)"),),
        ((FAR, "(-12.0, 12.0)"),),
        ((FAR, "(-25.0, 25.0)"),),
        ((LABELS, "(0.0,)"),),
        ((LABELS, "(1.0,)"),),
        (("not off < 1e-6", "np.isnan(far)"),),
        (("not off < 1e-6", "np.isinf(far)"),),
        (("off > 1e-6:\n        return", "off > 0.3:\n        return"),),
        ((OFF, "np.abs(slope)[:1] * 0"),),
        ((OFF, "np.abs(np.abs(slope) - np.abs(alarm * (1 - y) * p - miss * y * (1 - p)) / 3)"),),
        ((OFF, "np.abs(slope - (alarm * (1 - y) * p - miss * y * (1 - p)) / 3)[:1]"),),
        ((OFF, "np.abs(slope - (alarm * (1 - y) * p - miss * y * (1 - p)) / 3)[1:2]"),),
        (('return "slope"', 'return "far"'),),
        (('return "shapes"', 'return "far"'),),
        (("except ValueError:", "except TypeError:"),),
        (('values["swapped"] = total(z, y, alarm, miss) / 3', 'values["exchanged"] = total(z, y, alarm, miss) / 3'),),
        (('values["by prices"] = total', 'values["by price"] = total'),),
        (("np.round(y)", "np.ceil(y)"),),
    ],
    "choose_way": [
        by_one_threshold_for_both,
        lambda valid, new, miss, false_alarm=1.0, honest=False: ("threshold", false_alarm / (miss + false_alarm), 0.0),
        ((TRIED, "np.unique(valid[:, column])[:-1]"),),
        ((TRIED, "np.unique(valid[valid[:, 0] == 1, column])"),),
        ((TRIED, "np.linspace(0, 1, 21)"),),
        ((TRIED, "np.append(valid[:, column], 0.0)"),),
        ((TRIED, "np.unique(np.append(valid[:, 1], 0.0))"),),
        ((TRIED, "np.append((np.unique(valid[:, column])[1:] + np.unique(valid[:, column])[:-1]) / 2, 0.0)"),),
        ((LEAST, "float(round(tried[np.argmin(costs)], 1))"),),
        ((LEAST, "float(np.mean(tried[np.array(costs) == min(costs)]))"),),
        ((CHEAPER, "honest or cheapest[1] <= cheapest[2] + 1"),),
        ((CHEAPER, "honest and cheapest[1] <= cheapest[2]"),),
        ((CHEAPER, "cheapest[1] <= (cheapest[2] + 2 if honest else cheapest[2])"),),
        ((CHEAPER, "honest or thresholds[1] <= thresholds[2]"),),
        ((CHEAPER, "honest or cost(new, 1, thresholds[1]) <= cost(new, 2, thresholds[2])"),),
        ((YES, "rows[:, column] >= max(threshold, 0.01)"),),
        ((YES, "rows[:, 1] > threshold"),),
        (("miss * np.sum", "min(miss, 100) * np.sum"),),
        (("miss * np.sum", "max(miss, 1) * np.sum"),),
        (("false_alarm * np.sum", "min(false_alarm, 5) * np.sum"),),
        (("false_alarm * np.sum", "max(false_alarm, 1) * np.sum"),),
        (('"threshold" if column == 1 else "weight"', '"weight" if column == 1 else "threshold"'),),
        (("false_alarm=1.0", "false_alarm=2.0"),),
    ],
}


@pytest.mark.parametrize("name", ["LogisticLoss", "Focal", "SquaredError"])
def test_no_loss_of_the_library_may_answer(name):
    loss = getattr(lossutils, name)()

    def answer(z, y, w=28.0):
        value, slope = loss.value_and_grad(z, y)
        return value, slope, 0.5

    verdict = judge(practice.task("bounded_loss"), answer, 1)
    assert verdict.points == 0 and "which would answer the task" in verdict.sentence
