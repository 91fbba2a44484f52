"""What is reported about two classes: counted by hand on small samples, and compared with scikit-learn on real ones."""

import math
import warnings

import numpy as np
import pandas as pd
import pytest

from lossutils import SquaredError, data, evaluation, rng

P = np.array([0.9, 0.2, 0.6, 0.5, 0.1, 0.7])
Y = np.array([1, 1, 0, 1, 0, 1])
me2 = data.yeast()["me2"]


def test_counts_by_hand():
    assert evaluation.confusion(P, Y) == (2, 1, 2, 1)  # .5 is not above .5
    assert evaluation.recall(P, Y) == 0.5 and evaluation.precision(P, Y) == pytest.approx(2 / 3)
    assert evaluation.recall(P, Y, 0.15) == 1 and evaluation.precision(P, Y, 0.65) == 1
    assert evaluation.cost(P, Y, miss=28, false_alarm=3) == 2 * 28 + 3


def test_what_is_undefined_is_nan():
    assert math.isnan(evaluation.precision(P, Y, 0.95)) and math.isnan(evaluation.recall(P, 0 * Y))
    assert math.isnan(evaluation.auc(P, 0 * Y)) and math.isnan(evaluation.auc(P, 0 * Y + 1))


def test_auc_counts_pairs_and_halves_of_ties():
    pairs = [(a > b) + (a == b) / 2 for a in P[Y == 1] for b in P[Y == 0]]
    assert evaluation.auc(P, Y) == pytest.approx(np.mean(pairs))
    assert evaluation.auc([1, 1, 1, 2], [0, 1, 0, 1]) == 0.75
    assert evaluation.auc(-P, Y) == pytest.approx(1 - evaluation.auc(P, Y))
    assert evaluation.auc(np.exp(7 * P), Y) == evaluation.auc(P, Y), "only the order counts"


def test_average_precision_by_hand():
    """The positives come first, second, fourth and sixth: precisions 1, 1 … each at its own place."""
    assert evaluation.average_precision([6, 5, 4, 3, 2, 1], [1, 1, 0, 1, 0, 1]) == pytest.approx(
        (1 + 1 + 3 / 4 + 4 / 6) / 4
    )
    assert evaluation.average_precision([1, 1, 1, 1], [1, 0, 0, 0]) == 0.25, "equal scores are called together"
    assert evaluation.average_precision([1, 2, 2], [0, 1, 0]) == 0.5
    assert math.isnan(evaluation.average_precision(P, 0 * Y)) and math.isnan(evaluation.average_precision(P, 0 * Y + 1))


def test_calibration_by_hand():
    p, y = [0.6] * 4 + [0.9] * 6, [1, 0, 1, 0] + [1] * 5 + [0]
    mean, share, count = evaluation.reliability(p, y, evaluation.equal_widths(10))
    assert mean == pytest.approx([0.6, 0.9]) and share == pytest.approx([0.5, 5 / 6]) and count.tolist() == [4, 6]
    assert evaluation.ece(p, y, evaluation.equal_widths(10)) == pytest.approx(0.4 * 0.1 + 0.6 * (0.9 - 5 / 6))
    assert evaluation.ece([0.0, 1.0, 1.0], [0, 1, 1], evaluation.equal_widths(3)) == 0


def test_a_probability_on_an_edge_belongs_above_and_one_belongs_to_the_last_bin():
    count = evaluation.reliability([0.0, 0.5, 0.5, 1.0], [0, 0, 1, 1], evaluation.equal_widths(2))[2]
    assert count.tolist() == [1, 3]


def test_bins_of_equal_counts_are_equally_full():
    p = rng(0).uniform(size=200) ** 3
    count = evaluation.reliability(p, p > 0.5, evaluation.equal_counts(p, 8))[2]
    assert count.tolist() == [25] * 8


@pytest.mark.parametrize("k", [2, 5, 7])
def test_folds_share_each_class_evenly_and_every_sample_is_predicted_unseen(k):
    folds = evaluation.stratified_folds(me2, k, rng(0))
    for label in (0, 1):
        sizes = np.bincount(folds[me2 == label], minlength=k)
        assert sizes.sum() == np.sum(me2 == label) and np.ptp(sizes) <= 1
    assert np.ptp(np.bincount(folds)) <= 1
    assert not np.array_equal(folds, evaluation.stratified_folds(me2, k, rng(1)))

    def remember(X, y):
        assert len(X) == len(y)
        return lambda new: np.array([row in X for row in new[:, 0]], dtype=float)

    rows = np.arange(len(me2))[:, np.newaxis]
    assert not evaluation.out_of_fold(remember, rows, me2, folds).any()


FEW, SAMPLES = [0, 1, 0, 1], np.arange(4.0)


def learn(X, y):
    return lambda new: np.zeros(len(new))


REFUSED = {  # what is wrong: a call, what is said
    "other lengths": (lambda f: f(P, Y[:5]), r"p has shape \(6,\) and y \(5,\), but both must be \(n,\)"),
    "a column": (lambda f: f(P[:, None], Y), r"p has shape \(6, 1\).*take one column, .* NumPy would broadcast"),
    "two columns": (lambda f: f(np.column_stack([1 - P, P]), Y), "take one column, that of class 1"),
    "nothing": (lambda f: f([], []), "is empty"),
    "one number": (lambda f: f(0.5, 1), r"p has shape \(\)"),
    "p nan": (lambda f: f([0.1, np.nan], [0, 1]), "p is nan at index 1, and nan is above no threshold"),
    "y nan": (lambda f: f([0.1, 0.9], [0, np.nan]), "y is nan at index 1, but a label is 0 or 1"),
    "labels -1 and 1": (lambda f: f(P, 2 * Y - 1), r"y is -1 at index 2.*become 0 and 1 by \(labels \+ 1\) / 2"),
    "three classes": (lambda f: f([0.1, 0.2, 0.3], [0, 1, 2]), "y is 2 at index 2.* by y == class"),
    "words": (lambda f: f(P, ["yes"] * 6), "y holds text"),
    "pandas by other labels": (lambda f: f(pd.Series(P), pd.Series(Y, range(1, 7))), "different pandas index"),
}
JUDGES = {
    "confusion": evaluation.confusion,
    "recall": evaluation.recall,
    "precision": evaluation.precision,
    "cost": lambda p, y: evaluation.cost(p, y, 28, 1),
    "auc": evaluation.auc,
    "average precision": evaluation.average_precision,
    "precision by recall": evaluation.precision_by_recall,
    "bins": lambda p, y: evaluation.bins(p, y, evaluation.equal_widths(10)),
    "brier parts": lambda p, y: evaluation.brier_parts(p, y, evaluation.equal_widths(10)),
    "score parts": lambda p, y: evaluation.score_parts(SquaredError(), p, y),
    "recalibration": evaluation.recalibration,
    "reliability": lambda p, y: evaluation.reliability(p, y, evaluation.equal_widths(10)),
    "ece": lambda p, y: evaluation.ece(p, y, evaluation.equal_widths(10)),
}


@pytest.mark.parametrize("judge", JUDGES)
@pytest.mark.parametrize("what", REFUSED)
def test_predictions_that_cannot_be_judged_are_refused_in_words(what, judge):
    call, said = REFUSED[what]
    with pytest.raises((ValueError, TypeError), match=said):
        call(JUDGES[judge])


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: evaluation.stratified_folds(FEW, 3, rng(0)), "3 folds need 3 samples of each class, not 2"),
        (lambda: evaluation.stratified_folds(FEW, 1, rng(0)), "k is 1, but must be a whole number from 2 upwards"),
        (lambda: evaluation.stratified_folds(FEW, 2.0, rng(0)), "k is 2.0, but must be a whole number"),
        (lambda: evaluation.stratified_folds(FEW, 2, 0), "rng is 0, but must be a source of random numbers"),
        (lambda: evaluation.stratified_folds([], 2, rng(0)), "one class a sample"),
        (lambda: evaluation.stratified_folds([[0], [1], [0], [1]], 2, rng(0)), r"not shape \(4, 1\)"),
        (lambda: evaluation.stratified_folds([0.0, 1.0, np.nan, 0.0], 2, rng(0)), "none nan"),
        (lambda: evaluation.out_of_fold(learn, SAMPLES, FEW, [0, 0, 0, 0]), "1 fold leaves nothing to learn from"),
        (lambda: evaluation.out_of_fold(learn, SAMPLES, FEW, [0, 1, 0]), r"folds \(3,\)"),
        (lambda: evaluation.out_of_fold(learn, SAMPLES[:3], FEW, [0, 1, 0, 1]), r"X has shape \(3,\), y \(4,\)"),
        (lambda: evaluation.out_of_fold(lambda X, y: 0.5, SAMPLES, FEW, FEW), "fit returned 0.5, but must return a"),
        (lambda: evaluation.out_of_fold(lambda X, y: np.mean, SAMPLES, FEW, FEW), r"got predictions of shape \(\)"),
        (lambda: evaluation.confusion(P, Y, np.nan), "threshold is nan"),
        (lambda: evaluation.recall(P, Y, P), "threshold is .*, but must be one number"),
        (lambda: evaluation.equal_widths(0), "bins is 0"),
        (lambda: evaluation.equal_counts(P, 2.5), "bins is 2.5"),
        (lambda: evaluation.equal_counts([], 2), "is empty"),
        (lambda: evaluation.equal_counts([0.5, np.nan], 2), "p is nan at index 1"),
        (lambda: evaluation.ece(7 * P, Y, evaluation.equal_widths(10)), "p is 6.3 at index 0, but must be a prob"),
        (lambda: evaluation.ece(P, Y, 10), "the edges are .*10.*, but must be rising numbers"),
        (lambda: evaluation.ece(P, Y, [1, 0]), "the edges are .*, but must be rising"),
    ],
)
def test_folds_bins_and_thresholds_that_cannot_be_are_refused_in_words(call, said):
    with pytest.raises((ValueError, TypeError), match=said):
        call()


@pytest.mark.parametrize("judge", JUDGES)
def test_judging_hears_nothing_of_the_readers_error_settings(judge):
    tiny = np.array([1.5e-323, 0.0, 1.0, 1.0, 1.0])
    with np.errstate(all="raise"), warnings.catch_warnings(action="error"):
        JUDGES[judge](tiny, [0, 1, 1, 0, 1])
        evaluation.equal_counts(tiny, 7)
        assert set(np.geterr().values()) == {"raise"}


@pytest.mark.oracle
def test_scikit_learn_gives_the_same_folds_and_numbers():
    from sklearn import metrics
    from sklearn.calibration import calibration_curve
    from sklearn.model_selection import StratifiedKFold

    classes = data.iris()["species"]
    for y, k, seed in ((me2, 5, 0), (me2, 7, 3), (1 - me2, 4, 1), (classes[::-1], 6, 2)):
        folds = np.empty(len(y), dtype=int)
        dealt = StratifiedKFold(k, shuffle=True, random_state=seed).split(np.zeros(len(y)), y)
        for fold, (_, unseen) in enumerate(dealt):
            folds[unseen] = fold
        assert np.array_equal(folds, evaluation.stratified_folds(y, k, rng(seed)))
    for seed in range(5):
        p, y = np.round(rng(seed).uniform(size=300), 2), (rng(seed + 9).uniform(size=300) < 0.2).astype(int)
        assert evaluation.auc(p, y) == pytest.approx(metrics.roc_auc_score(y, p), abs=1e-12)
        called = p > 0.71
        assert evaluation.recall(p, y, 0.71) == pytest.approx(metrics.recall_score(y, called))
        assert evaluation.precision(p, y, 0.71) == pytest.approx(metrics.precision_score(y, called))
        inside = 0.0003 + 0.999 * p  # scikit-learn gives an edge to the bin below
        share, mean = calibration_curve(y, inside, n_bins=10)
        mine = evaluation.reliability(inside, y, evaluation.equal_widths(10))
        assert mine[0] == pytest.approx(mean) and mine[1] == pytest.approx(share)
