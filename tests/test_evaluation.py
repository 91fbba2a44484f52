"""What is reported about two classes: counted by hand on small samples, and compared with scikit-learn on real ones."""

import math

import numpy as np
import pytest

from lossutils import data, evaluation, rng

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


@pytest.mark.parametrize(("y", "k"), [([0, 1, 0, 1], 3), ([0, 1, 0, 1], 1)])
def test_folds_that_cannot_be_dealt_are_refused(y, k):
    with pytest.raises(ValueError, match="samples of each class"):
        evaluation.stratified_folds(y, k, rng(0))


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
