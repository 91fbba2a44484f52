"""Intervals, calibration and the parts of a score: counted by hand, against published numbers and other programs."""

import math

import numpy as np
import pytest

from lossutils import (
    BinaryCrossEntropy,
    LogisticLoss,
    SoftmaxCrossEntropy,
    SquaredError,
    data,
    evaluation,
    rng,
)
from lossutils.evaluation.parts import rising
from lossutils.numerics import sigmoid


def drawn(seed, n=300, truth=lambda z: z):
    """Scores, and labels that are drawn with the probability sigmoid(truth(z))."""
    source = rng(seed)
    z = source.normal(scale=2, size=n)
    return z, (source.uniform(size=n) < sigmoid(truth(z))).astype(int)


# ---- intervals


@pytest.mark.parametrize(("hits", "n"), [(15, 50), (0, 20), (20, 20), (1, 3)])
def test_an_end_of_an_interval_lies_1_96_of_its_own_standard_errors_from_what_was_seen(hits, n):
    ends = [end for end in evaluation.wilson(hits, n) if 0 < end < 1]
    assert len(ends) == (1 if hits in (0, n) else 2)
    for end in ends:
        assert abs(hits / n - end) == pytest.approx(1.959964 * math.sqrt(end * (1 - end) / n), rel=1e-6)


def test_newcombes_printed_intervals_come_out():
    """Newcombe 1998, Statistics in Medicine 17, 857–872, table I, method 3."""
    printed = {(81, 263): ("0.2553", "0.3662"), (15, 148): ("0.0624", "0.1605"), (0, 20): ("0.0000", "0.1611"),
               (1, 29): ("0.0061", "0.1718")}  # fmt: skip
    for (hits, n), ends in printed.items():
        assert tuple(f"{end:.4f}" for end in evaluation.wilson(hits, n)) == ends


def test_a_higher_level_is_a_wider_interval():
    low, high = evaluation.wilson(8, 51)
    lower, higher = evaluation.wilson(8, 51, level=0.99)
    assert lower < low < 8 / 51 < high < higher


def test_agrestis_approval_survey_gives_17_356():
    """Agresti 2002, table 10.1: 150 changed to disapproval, 86 to approval."""
    found = evaluation.mcnemar(150, 86)
    assert f"{found.statistic:.3f}" == "17.356" and f"{found.exact:.1e}" == "3.7e-05" and f"{found.p:.1e}" == "3.1e-05"
    assert evaluation.mcnemar(86, 150) == found


def test_the_exact_test_counts_throws_of_a_coin():
    assert evaluation.mcnemar(0, 3).exact == 2 / 8 and evaluation.mcnemar(1, 3).exact == 2 * 5 / 16
    assert evaluation.mcnemar(2, 2).exact == 1 and evaluation.mcnemar(0, 0) == (0.0, 1.0, 1.0)


# ---- calibration


def test_bins_hold_their_counts_and_intervals():
    p, y = [0.6] * 4 + [0.9] * 6, [1, 0, 1, 0] + [1] * 5 + [0]
    low, high = evaluation.bins(p, y, evaluation.equal_widths(10))
    assert (low.hits, low.n, high.hits, high.n) == (2, 4, 5, 6) and high.share == 5 / 6
    assert (low.low, low.high) == evaluation.wilson(2, 4) and low.mean == pytest.approx(0.6)


@pytest.mark.parametrize("seed", range(5))
def test_recalibration_finds_the_line_that_has_no_slope_left(seed):
    z, y = drawn(seed, truth=lambda z: 0.5 * z - 1)
    intercept, coefficient = evaluation.recalibration(z, y)
    slope = LogisticLoss().grad(intercept + coefficient * z, y)
    assert abs(slope.sum()) < 1e-9 and abs(slope @ z) < 1e-9


def test_recalibration_tells_shifted_from_stretched_scores():
    z, y = drawn(0, n=200_000)
    assert evaluation.recalibration(z, y) == pytest.approx((0, 1), abs=0.03)
    assert evaluation.recalibration(z + 3, y) == pytest.approx((-3, 1), abs=0.06)
    assert evaluation.recalibration(2 * z, y) == pytest.approx((0, 0.5), abs=0.03)


def test_recalibration_of_huge_and_of_far_away_scores_ends_where_that_of_small_ones_does():
    z, y = drawn(1)
    a, b = evaluation.recalibration(z, y)
    assert evaluation.recalibration(1e6 * z, y) == pytest.approx((a, b / 1e6), rel=1e-6)
    assert evaluation.recalibration(z + 1000, y) == pytest.approx((a - 1000 * b, b), rel=1e-6)


@pytest.mark.parametrize("seed", range(5))
def test_a_temperature_leaves_no_slope_and_no_other_is_better(seed):
    source = rng(seed)
    z = source.normal(scale=3, size=(200, 5))
    y = np.where(source.uniform(size=200) < 0.6, z.argmax(axis=1), source.randint(0, 5, 200))
    T = evaluation.temperature(z, y)
    loss = SoftmaxCrossEntropy()
    assert all(loss(z / T, y) < loss(z / (T * other), y) for other in (0.5, 0.999, 1.001, 2))
    assert evaluation.temperature(7 * z, y) == pytest.approx(7 * T, rel=1e-9)
    assert evaluation.temperature(z + 1000, y) == pytest.approx(T, rel=1e-9)


def test_the_temperature_of_two_classes_is_that_of_one_score():
    z, y = drawn(2)
    T = evaluation.temperature(z, y)
    assert evaluation.temperature(np.column_stack([0 * z, z]), y) == T
    assert LogisticLoss()(z / T, y) < min(LogisticLoss()(z / (T * 1.01), y), LogisticLoss()(z / (T / 1.01), y))


def test_scores_that_are_worse_than_chance_get_an_infinite_temperature():
    z, y = drawn(3)
    assert evaluation.temperature(-z, y) == math.inf


# ---- parts of a score


def cancer():
    """Probabilities of malignant tumours from two features, out of fold (five folds, rows as they come)."""
    tumours = data.breast_cancer()
    X, y = tumours.matrix("mean_radius", "mean_texture"), tumours["malignant"]
    folds = np.empty(len(y), int)
    for label, sizes in ((1, (43, 43, 42, 42, 42)), (0, (71, 71, 72, 72, 71))):
        folds[y == label] = np.repeat(np.arange(5), sizes)

    def fit(X, y):
        mean, spread = X.mean(axis=0), X.std(axis=0)

        def inputs(X):
            return np.column_stack([np.ones(len(X)), (X - mean) / spread])

        A, w, penalty = inputs(X), np.zeros(3), np.diag([0, 1, 1])
        for _ in range(20):
            p = sigmoid(A @ w)
            w = w - np.linalg.solve((A.T * (p * (1 - p))) @ A + penalty, A.T @ (p - y) + penalty @ w)
        return lambda new: inputs(new) @ w

    return sigmoid(evaluation.out_of_fold(fit, X, y, folds)), y


def test_the_five_parts_of_the_brier_score_of_the_tumours():
    """scikit-learn's logistic regression, C = 1, ends at the same digits with tol = 1e-10."""
    p, y = cancer()
    parts = evaluation.brier_parts(p, y, evaluation.equal_widths(10))
    assert f"{SquaredError()(p, y):.6f}" == f"{parts.score:.6f}" == "0.082661"
    printed = [f"{part:.6f}" for part in parts]
    assert printed == ["0.001032", "0.152997", "0.233765", "0.000707", "-0.000154"]
    assert f"{parts.reliability - parts.resolution + parts.uncertainty:.6f}" == "0.081800"  # three parts alone are off


@pytest.mark.parametrize("seed", range(5))
def test_the_parts_add_up_to_the_score_whatever_the_bins(seed):
    z, y = drawn(seed)
    p = sigmoid(z)
    for edges in (evaluation.equal_widths(7), evaluation.equal_counts(p, 9), np.array([0, 0.02, 1]), np.array([0, 1])):
        assert evaluation.brier_parts(p, y, edges).score == pytest.approx(SquaredError()(p, y), rel=1e-12)
    for loss in (SquaredError(), BinaryCrossEntropy()):
        parts = evaluation.score_parts(loss, p, y)
        assert parts.score == pytest.approx(loss(p, y), rel=1e-12)
        assert parts.miscalibration >= 0 and parts.discrimination >= 0
        assert parts.uncertainty == pytest.approx(loss(y.mean(), y))


def test_one_value_a_bin_leaves_murphys_three_parts():
    p, y = np.repeat([0.1, 0.4, 0.9], 20), (rng(0).uniform(size=60) < np.repeat([0.2, 0.4, 0.8], 20)).astype(int)
    parts = evaluation.brier_parts(p, y, evaluation.equal_widths(5))
    assert parts.variance == pytest.approx(0, abs=1e-30) and parts.covariance == pytest.approx(0, abs=1e-15)


def test_rising_shares_by_hand():
    """The third and fourth would fall, and are pooled; equal probabilities are one from the start."""
    p, y = np.array([0.1, 0.2, 0.3, 0.4, 0.5, 0.5]), np.array([0, 0, 1, 0, 1, 1])
    assert rising(p, y).tolist() == [0, 0, 0.5, 0.5, 1, 1]
    assert rising(np.array([0.5, 0.5]), np.array([0, 1])).tolist() == [0.5, 0.5]
    assert rising(np.array([0.9, 0.1]), np.array([0, 1])).tolist() == [0.5, 0.5]


def test_scores_that_tell_all_apart_have_only_miscalibration():
    y = np.array([0, 0, 1, 1])
    parts = evaluation.score_parts(BinaryCrossEntropy(), [0.1, 0.4, 0.45, 0.9], y)
    assert parts.discrimination == parts.uncertainty == pytest.approx(math.log(2)) and parts.miscalibration > 0


# ---- refusals

Z, LABELS = np.array([0.5, -1.0, 2.0]), np.array([1, 0, 0])


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: evaluation.wilson(5, 4), "5 hits of 4"),
        (lambda: evaluation.wilson(0.5, 4), "hits is 0.5"),
        (lambda: evaluation.wilson(0, 0), "n is 0"),
        (lambda: evaluation.wilson(1, 4, 95), "0.95, not 95"),
        (lambda: evaluation.mcnemar(-1, 4), "only_first is -1"),
        (lambda: evaluation.recalibration([1.0, 2.0, 3.0], [0, 0, 1]), "no line is best"),
        (lambda: evaluation.recalibration([1.0, 2.0, 2.0, 3.0], [1, 1, 0, 0]), "no line is best"),
        (lambda: evaluation.recalibration(Z, [1, 1, 1]), "no line is best"),
        (lambda: evaluation.recalibration([1.0, np.inf, 0.0], LABELS), "inf"),
        (lambda: evaluation.temperature(np.eye(3), np.arange(3)), "no T is best"),
        (lambda: evaluation.temperature(np.eye(3), [0, 1, 3]), "class numbers from 0 to 2"),
        (lambda: evaluation.temperature(np.eye(3), np.eye(3)), r"y \(3, 3\)"),
        (lambda: evaluation.temperature(np.full((3, 3), np.nan), [0, 1, 2]), "nan"),
        (lambda: evaluation.brier_parts([0.5, 1.5], [0, 1], [0, 1]), "1.5"),
        (lambda: evaluation.brier_parts([0.5, 0.5], [0, 1], [1, 0]), "rising numbers"),
        (lambda: evaluation.score_parts(SquaredError(), [0.5, 1.5], [0, 1]), "1.5"),
        (lambda: evaluation.score_parts(SquaredError, [0.5, 0.5], [0, 1]), "make one of it"),
    ],
)
def test_what_has_no_answer_is_refused_in_words(call, said):
    with pytest.raises((ValueError, TypeError), match=said):
        call()


# ---- other programs as oracles


@pytest.mark.oracle
def test_intervals_and_mcnemar_are_those_of_statsmodels():
    proportion = pytest.importorskip("statsmodels.stats.proportion")
    tables = pytest.importorskip("statsmodels.stats.contingency_tables")
    for hits, n in ((0, 10), (8, 51), (40, 51), (51, 51)):
        for level in (0.9, 0.95):
            theirs = proportion.proportion_confint(hits, n, 1 - level, "wilson")
            assert evaluation.wilson(hits, n, level) == pytest.approx(theirs, abs=1e-12)
    for first, second in ((150, 86), (3, 9), (0, 5)):
        table = [[10, first], [second, 20]]
        ours = evaluation.mcnemar(first, second)
        assert ours.exact == pytest.approx(tables.mcnemar(table, exact=True).pvalue)
        chi = tables.mcnemar(table, exact=False, correction=False)
        assert (ours.statistic, ours.p) == pytest.approx((chi.statistic, chi.pvalue))


@pytest.mark.oracle
def test_precision_rising_shares_and_recalibration_are_those_of_scikit_learn():
    metrics = pytest.importorskip("sklearn.metrics")
    isotonic = pytest.importorskip("sklearn.isotonic")
    linear = pytest.importorskip("sklearn.linear_model")
    for seed in range(5):
        z, y = drawn(seed)
        z = z.round(1)  # with ties
        assert evaluation.average_precision(z, y) == pytest.approx(metrics.average_precision_score(y, z))
        theirs = isotonic.IsotonicRegression().fit(z, y).predict(z)
        assert rising(z, y) == pytest.approx(theirs, abs=1e-12)
        line = linear.LogisticRegression(C=np.inf, tol=1e-10).fit(z[:, np.newaxis], y)
        assert evaluation.recalibration(z, y) == pytest.approx((line.intercept_[0], line.coef_[0, 0]), rel=1e-5)
