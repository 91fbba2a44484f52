"""At the edges: rows that are not there, numbers as small and large as a type holds, mixed types, far outliers."""

import sys
from decimal import Decimal
from types import ModuleType

import numpy as np
import pytest

from lossutils import (
    CATALOGUE,
    AbsolutePercentageError,
    Barron,
    BinaryCrossEntropy,
    CategoricalCrossEntropy,
    Cauchy,
    Focal,
    GeneralizedCrossEntropy,
    KullbackLeibler,
    LogisticLoss,
    Loss,
    PoissonNLL,
    SoftmaxCrossEntropy,
    SoftmaxFocal,
    SquaredError,
    Tukey,
    checks,
    param,
    rng,
)
from lossutils.checks.refute import examples
from lossutils.engine.domain import CLASSES, REAL, SCORE
from lossutils.engine.fallback_constant import best_constant
from lossutils.engine.fallback_slope import numerical_derivative
from lossutils.numerics import log_softmax
from tests.proof.instances import SPECIAL

each_loss = pytest.mark.parametrize("loss", CATALOGUE + SPECIAL, ids=repr)
softmax = SoftmaxCrossEntropy()


# A row of weight 0 is not there ------------------------------------------------------------------------------------


def test_one_line_leaves_out_what_a_mask_hides_and_a_class_that_means_nothing():
    z, y = rng(0).normal(size=(4, 3)), np.array([2, -100, 0, 255])
    kept = [0, 2]
    assert softmax(z, y, weight=(y >= 0) & (y < 3)) == softmax(z[kept], y[kept])
    measured = np.ma.masked_invalid([1.0, np.nan, 4.0])
    assert SquaredError()([1.5, 0, 0], measured.data, weight=~np.ma.getmaskarray(measured)) == (0.25 + 16) / 2


@pytest.mark.parametrize("loss", [CategoricalCrossEntropy(), KullbackLeibler()], ids=repr)
def test_a_denormal_probability_of_weight_0_doesn_t_spoil_the_gradient(loss):
    slopes = loss.grad(np.float32([[0.5, 0.5], [1e-40, 1]]), [1, 0], weight=[1, 0])
    assert slopes.tolist() == [[0, -2], [0, 0]]
    assert loss.grad([[0.5, 0.5], [5e-324, 1]], [1, 0], weight=[1e300, 1e-300]).tolist() == [[0, -2], [0, 0]]


def test_the_place_of_bad_input_is_that_in_the_caller_s_array():
    with pytest.raises(ValueError, match="prediction is nan at index 2"):
        SquaredError()([np.nan, 0, np.nan], [1, 2, 3], weight=[0, 1, 1])


# What a type can hold ------------------------------------------------------------------------------------------------


def test_a_slope_too_steep_for_a_type_is_mended_by_its_weight():
    tiny = np.float32([1e-40, 0.5])
    assert AbsolutePercentageError().grad(2 * tiny, tiny, [1e-10, 1])[0] == pytest.approx(1e30, rel=1e-4)
    assert BinaryCrossEntropy().grad(np.float32([1e-40, 0.5]), [1, 1])[0] == -np.inf
    if np.finfo(np.longdouble).max > np.finfo(float).max:
        assert BinaryCrossEntropy().grad([5e-309, 0.5], [1, 1])[0] == pytest.approx(-1e308)


def test_each_holds_what_its_type_holds_and_the_mean_is_a_python_float():
    assert SquaredError().each(np.float32([1e30]), np.float32([0]))[0] == np.inf
    assert SquaredError()(np.float32([1e30]), np.float32([0])) == pytest.approx(1e60)
    assert Cauchy(c=1e30).each(np.float32([0]), np.float32([0])).tolist() == [0]
    assert PoissonNLL()([1000.0], [1e306]) == np.inf


@pytest.mark.parametrize(
    "loss, e, slope",
    [
        (Barron(alpha=-2), np.float32(5e12), 16 / 5e12**3),
        (Barron(alpha=0), np.float32(1e23), 2 / 1e23),
        (Barron(alpha=0), 1e200, 2e-200),
        (Barron(alpha=-np.inf, c=0.1), np.float32(3.4e38), 0),
        (Cauchy(), 1e-310, 1e-310),
        (Cauchy(), np.float32(1e-40), 1e-40),
    ],
    ids=str,
)
def test_slopes_keep_their_digits_far_out_and_close_in(loss, e, slope):
    assert float(loss.grad(e, np.zeros_like(e))) == pytest.approx(slope, rel=1e-4, abs=0)


def test_barron_near_squared_error_doesn_t_overflow_early():
    assert Barron(alpha=2 - 1e-9).each(1e150, 0.0) == pytest.approx(5e299, rel=1e-6)
    assert Barron(alpha=1e-40).each(np.float32(3), np.float32(0)) == pytest.approx(np.log1p(4.5), rel=1e-6)


def test_curvatures_are_numbers():
    z = [[720.0, 0, 0]]
    assert SoftmaxFocal(gamma=0).curvature(z, [0]) == pytest.approx(softmax.curvature(z, [0]))
    assert Focal().curvature(np.float32([1.8e38]), np.float32([0]))[0] == 0


def test_a_confident_right_answer_keeps_its_digits():
    for kind, margin in ((np.float32, 17), (np.float32, 80), (np.float64, 40), (np.float64, 700)):
        z = np.array([[margin, 0, 0]], kind)
        rest = 2 * np.exp(-float(margin))
        for target in ([0], np.array([[1, 0, 0]], kind)):
            assert softmax(z, target) == pytest.approx(rest, rel=1e-5, abs=0)
            assert softmax.grad(z, target)[0, 0] == pytest.approx(-rest, rel=1e-5, abs=0)
        assert softmax.curvature(z, [0])[0, 0] == pytest.approx(rest, rel=1e-5, abs=0)


def test_a_confident_row_with_memberships_keeps_the_slope_of_its_class():
    z, q = [[122.1, -4.5, 38.9]], [[0.25, 0.25, 0.5]]
    slope = GeneralizedCrossEntropy(q=0.6).grad(z, q)[0, 0]
    log_p = log_softmax(np.array(z))[0]
    assert slope == pytest.approx(0.25 * np.exp(0.6 * log_p[1]) + 0.5 * np.exp(0.6 * log_p[2]), rel=1e-9)


def test_nothing_is_below_0_and_no_zero_has_a_sign():
    q = rng(3).dirichlet(np.ones(5), 300)
    assert KullbackLeibler().each(q, q).min() == 0
    for loss in (CategoricalCrossEntropy(), GeneralizedCrossEntropy(), SoftmaxFocal()):
        right = loss.each(np.eye(3) * (1 if loss.prediction is not SCORE else 900), [0, 1, 2])
        assert not np.signbit(right).any()
    assert not np.signbit(CategoricalCrossEntropy().grad(np.eye(3), [0, 1, 2])).any(where=np.eye(3) == 0)
    assert not np.signbit(BinaryCrossEntropy().each([1.0, 0.0], [1, 0])).any()


# Types ---------------------------------------------------------------------------------------------------------------


def test_the_wider_type_decides_the_digits_and_the_prediction_the_result_s_type():
    assert SquaredError()(np.float32([16777216]), np.array([16777217])) == 1
    assert SquaredError().grad(np.float32([1]), np.array([2.0])).dtype == np.float32
    assert SquaredError().each(np.float16([1]), np.float64([3])).tolist() == [4]
    assert SquaredError().each(np.float16([1]), np.float64([3])).dtype == np.float32
    assert SquaredError()([Decimal("1.5")], [1]) == 0.25
    assert SquaredError()([2**53 + 2], [2**53]) == 4


@pytest.mark.parametrize(
    "kind, classes", [(np.float16, 10), (np.float16, 1000), (np.float32, 10**5), (np.float32, 10**6)]
)
def test_rows_that_a_type_has_rounded_sum_to_1(kind, classes):
    z = rng(0).normal(0, 2, (2, classes)).astype(np.float32)
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = (e / e.sum(axis=1, keepdims=True)).astype(kind)
    with pytest.raises(ValueError, match="every row of the prediction is a probability distribution"):
        softmax(p, [0, 1])
    for rows in (p, p.astype(np.float64)) if kind is np.float32 else (p,):
        assert CategoricalCrossEntropy()(rows, [0, 1]) == pytest.approx(softmax(z, [0, 1]), rel=2e-2)
        assert np.isfinite(softmax(z, rows))


def test_axes_of_xarray_are_paired_by_their_labels(monkeypatch):
    """Stands for xarray, which the course doesn't need."""
    monkeypatch.setitem(sys.modules, "xarray", ModuleType("xarray"))

    class Index(tuple):
        def equals(self, other):
            return self == other

    class DataArray:
        __module__ = "xarray.core.dataarray"

        def __init__(self, *labels):
            self.indexes = {"city": Index(labels)}

        def __array__(self, dtype=None, copy=None):
            return np.array([1.0, 2.0])

    assert SquaredError()(DataArray("Bonn", "Ulm"), DataArray("Bonn", "Ulm")) == 0
    with pytest.raises(ValueError, match="different xarray coordinate 'city'"):
        SquaredError()(DataArray("Bonn", "Ulm"), DataArray("Ulm", "Bonn"))


# Best constants ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("y, c", [([34, 34, 35, 3400], 34.32624), ([0, 0, 0, 1, 1500], 0.2411323), ([0, 1, 1500], 0.5)])
def test_a_gross_outlier_doesn_t_hide_the_valley_of_tukey(y, c):
    assert Tukey().best_constant(y) == pytest.approx(c, rel=1e-6)


def test_the_best_constant_of_many_classes_needs_room_for_one_row():
    y = rng(1).randint(0, 50_257, 2000)
    shares = np.bincount(y) / 2000
    with np.errstate(divide="ignore"):
        assert softmax.best_constant(y) == pytest.approx(np.log(shares))
    assert np.exp(SoftmaxFocal().best_constant(y)).sum() == pytest.approx(1, abs=1e-9)


class Quartic(Loss):
    def formula(self, p, y):
        return (p - y) ** 4


def test_a_numerical_slope_is_right_far_from_0():
    assert Quartic().grad([2000.1], [2000.0]) == pytest.approx(0.004)
    assert Quartic().grad([1000001.0], [1000000.0]) == pytest.approx(4)
    assert Quartic().grad([1e12 + 1], [1e12]) == pytest.approx(4)


@pytest.mark.parametrize("loss", [loss for loss in CATALOGUE + SPECIAL if loss.target is REAL], ids=repr)
def test_numerical_slopes_are_those_stated_wherever_the_target_lies(loss):
    source = rng(5)
    for level in (0.0, 1.0, -2000.0, 1e6, -1e12):
        size = 10.0 ** source.uniform(-3, 3, 200) * source.choice([-1, 1], 200)
        p, y = np.round(level + size, 4), np.full(200, level)
        with np.errstate(all="ignore"):
            slopes, value = loss.derivative(p, y), loss.formula(p, y)
            off = np.abs(numerical_derivative(loss, p, y) - slopes)
        fine = np.abs(p - y) > 1e4 * np.spacing(abs(level) + 1)
        rounding = 1e-9 * np.abs(value / (p - y + (p == y)))
        kinks = np.isclose(np.abs(p - y)[:, np.newaxis], [0.0, *checkable(loss)], rtol=1e-4).any(axis=1)
        assert np.all((off <= 1e-6 * np.abs(slopes) + rounding + 1e-7)[fine & ~kinks]), (level, off.max())


def checkable(loss):
    """Where a loss of the error may have a kink."""
    return [abs(value) for value in vars(loss).values() if isinstance(value, (int, float)) and np.isfinite(value)]


@pytest.mark.parametrize("loss", [loss for loss in CATALOGUE if loss.target is REAL and not loss.row_wise], ids=repr)
def test_a_search_with_numerical_slopes_finds_the_constant_wherever_the_targets_lie(loss):
    class Unstated(Loss):
        def formula(self, p, y):
            return loss.formula(p, y)

    for level, spread in ((0, 1e-3), (3000, 1), (-1e6, 1), (1e9, 1000)):
        y, w = level + spread * np.array([0.0, 0.5, 0.75, 2.0, 2.25]), np.array([1.0, 2, 1, 1, 1])
        c, found = loss.best_constant(y, w), best_constant(Unstated(), y, w)
        assert found == pytest.approx(c, abs=2e-5 * spread), level


# A formula that works in place ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["formula", "derivative", "second_derivative", "constant"])
def test_a_formula_that_works_in_place_is_told_so_and_changes_nothing(method):
    class Mine(Loss):
        def formula(self, p, y):
            return (p - y) ** 2

        def derivative(self, p, y):
            return 2 * (p - y)

        def second_derivative(self, p, y):
            return np.full_like(p, 2)

    def in_place(self, p, y):
        y *= 2
        return p

    setattr(Mine, method, in_place if method != "constant" else lambda self, y, w: y.sort())
    p, y = np.array([1.0, 2.0]), np.array([2.0, 1.0])
    with pytest.raises(ValueError, match="mine: its formula or derivative changes its input, .* as in `e = p - y`"):
        Mine().value_and_grad(p, y)
        Mine().curvature(p, y)
        Mine().best_constant(y)
    assert p.tolist() == [1, 2] and y.tolist() == [2, 1] and p.flags.writeable and y.flags.writeable


# Whatever a reader has set -------------------------------------------------------------------------------------------


@each_loss
def test_a_loss_is_immune_to_the_reader_s_seterr(loss):
    p, y = examples(loss, rng(2), 40)
    w = np.arange(float(len(p)))
    with np.errstate(all="raise"):
        loss.value_and_grad(p, y, w)
        loss.value_and_grad(p.astype(np.float32), y.astype(np.float32), w)
        loss.each(p, y)
        if loss.states("second_derivative"):
            loss.curvature(p, y)
        if loss.states("constant") or not loss.row_wise:
            loss.best_constant(y, w)
        assert loss._repr_markdown_() and np.geterr()["over"] == "raise"


# The laws see it -----------------------------------------------------------------------------------------------------


def squared(self, p, y):
    return (p - y) ** 2


def twice(self, p, y):
    return 2 * (p - y)


class OverflowsOnTheWay(Loss):
    """The slope of a Cauchy loss as a textbook prints it: u² overflows long before the slope is 0."""

    c: float = param(1.0)

    def formula(self, p, y):
        return np.log1p(np.square(np.minimum(np.abs(p - y), 1e100))) / 2

    def derivative(self, p, y):
        return (p - y) / (1 + (p - y) ** 2)


class ForgetsAConfidentRow(Loss):
    prediction, target, row_wise = SCORE, CLASSES, True

    def formula(self, z, q):
        top = z.max(axis=1, keepdims=True)
        return np.log(np.exp(z - top).sum(axis=1)) + np.sum(np.where(q > 0, q * (top - z), 0), axis=1)


class HasALevel(Loss):
    prediction, target, row_wise = SCORE, CLASSES, True

    def formula(self, z, q):
        top = z.max(axis=1)
        return np.log(np.exp(z - top[:, np.newaxis]).sum(axis=1)) + top - np.sum(np.where(q > 0, q * z, 0), axis=1)


class StopsAtTheFirstValley(Loss):
    def formula(self, p, y):
        return Tukey().formula(p, y)

    def constant(self, y, w):
        return float(np.median(y))


FAULTS = {
    "the slope vanishes": (OverflowsOnTheWay, checks.extremes, "the gradient at prediction"),
    "a confident row costs nothing": (ForgetsAConfidentRow, checks.extremes, "each at prediction"),
    "large scores lose digits": (HasALevel, checks.shift, "of scores raised by"),
    "the first valley is taken": (StopsAtTheFirstValley, checks.outliers, "the best constant for targets"),
}


@pytest.mark.parametrize("what", FAULTS)
def test_a_fault_at_the_edge_is_found_by_its_law(what):
    fault, law, fragment = FAULTS[what]
    with pytest.raises(checks.Refuted, match=fragment):
        law(fault(), rng(1))


CORE_FAULTS = {
    "weight 0 hides nothing": ("__call__", lambda f, s, p, y, w=None: f(s, np.asarray(p) + 0 * np.mean(p), y, w)),
    "the target's type decides": ("grad", lambda f, s, p, y, w=None: np.asarray(f(s, p, y, w), np.asarray(y).dtype)),
}


@pytest.mark.parametrize("what, law", list(zip(CORE_FAULTS, (checks.absent, checks.mixed_types), strict=True)))
def test_a_fault_of_the_core_at_the_edge_is_found_by_its_law(what, law, monkeypatch):
    method, replacement = CORE_FAULTS[what]
    original = getattr(Loss, method)
    law(LogisticLoss(), rng(1))
    monkeypatch.setattr(LogisticLoss, method, lambda *args: replacement(original, *args), raising=False)
    with pytest.raises((checks.Refuted, ValueError)):
        law(LogisticLoss(), rng(1))


def test_a_count_beyond_all_counts_costs_infinity_where_its_mean_overflows():
    loss = PoissonNLL()
    for count in (1e306, 1.7e308):
        assert loss(800.0, count) == loss.each(800.0, count) == loss.value_and_grad(800.0, count)[0] == np.inf
        assert loss(-1.0, count) == count
