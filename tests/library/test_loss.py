"""Values worked out by hand, family by family; what every loss object can do; the best constants of real data."""

import copy
import math
import pickle
import warnings

import numpy as np
import pytest

from lossutils import (
    CATALOGUE,
    NONZERO,
    AbsoluteError,
    AbsolutePercentageError,
    BinaryCrossEntropy,
    Brier,
    CategoricalCrossEntropy,
    Cauchy,
    EpsilonInsensitive,
    Expectile,
    Exponential,
    Focal,
    GaussianNLL,
    Hinge,
    Huber,
    LogCosh,
    LogisticLoss,
    Loss,
    Pinball,
    PoissonNLL,
    Savage,
    SoftmaxCrossEntropy,
    SquaredError,
    SquaredHinge,
    SquaredLogarithmicError,
    Tukey,
    Welsch,
    data,
    param,
    rng,
)
from lossutils.checks.refute import examples
from tests.library import losses as known
from tests.library.losses import BY_HAND

L2, L3 = math.log(2), math.log(3)


@pytest.mark.parametrize("loss, p, y, values, slopes", BY_HAND, ids=[repr(case[0]) for case in BY_HAND])
def test_values_and_slopes_are_those_worked_out_by_hand(loss, p, y, values, slopes):
    assert loss.each(p, y) == pytest.approx(np.array(values, float), rel=1e-14, abs=1e-15)
    assert loss(p, y) == pytest.approx(np.mean(values), rel=1e-14)
    value, grad = loss.value_and_grad(p, y)
    assert value == pytest.approx(np.mean(values), rel=1e-14)
    assert grad == pytest.approx(np.array(slopes, float) / len(values), rel=1e-14, abs=1e-15)


@pytest.mark.parametrize("loss", CATALOGUE, ids=lambda loss: type(loss).__name__)
def test_every_loss_has_values_worked_out_by_hand(loss):
    assert any(type(case[0]) is type(loss) for case in known.table(loss, "BY_HAND")), (
        f"{loss!r}: no value is worked out by hand; write into BY_HAND of {known.place(loss)}\n"
        f"    ({loss!r}, [predictions], [targets], [value of each], [slope of each]),"
    )


def test_curvature_is_the_second_derivative_and_never_divided_by_n():
    assert SquaredError().curvature([1, 2, 3], [0, 0, 0]).tolist() == [2, 2, 2]
    assert Huber(delta=2).curvature([1, 2, 3], [0, 0, 0]).tolist() == [1, 1, 0]
    assert LogisticLoss().curvature(0.0, 1.0) == 0.25
    assert LogisticLoss().curvature(0.0, [1.0, 0.0]).tolist() == [0.25, 0.25]
    assert SoftmaxCrossEntropy().curvature([[L2, 0.0, 0.0]], [0]) == pytest.approx(np.array([[1 / 4, 3 / 16, 3 / 16]]))
    assert SquaredError().curvature(np.float32([[1]]), np.float32([[2]])).dtype == np.float32


# Weights and shapes by hand


def test_weights_by_hand():
    squared = SquaredError()
    assert squared([1, 2], [0, 0], [3, 1]) == 1.75
    assert squared.grad([1, 2], [0, 0], [3, 1]).tolist() == [1.5, 1.0]
    assert squared([[1, 2], [3, 4]], np.zeros((2, 2)), [1, 0]) == 2.5
    assert squared.grad([[1, 2], [3, 4]], np.zeros((2, 2)), [1, 0]).tolist() == [[1, 2], [0, 0]]
    assert squared([[1, 2]], [[0, 0]], [[1, 3]]) == 3.25
    assert squared(1, 0, 5) == 1
    assert squared([1e200, 1], [0, 0], [0, 1]) == 1
    assert squared.grad([1e200, 1], [0, 0], [0, 1]).tolist() == [0, 2]
    assert squared([1, 2], [0, 0], [1e308, 1e308]) == squared([1, 2], [0, 0], [5e-324, 5e-324]) == 2.5


def test_one_number_against_many_targets():
    y = np.array([1.0, 2.0, 6.0])
    assert SquaredError()(3, y) == 14 / 3
    assert SquaredError().grad(3, y) == pytest.approx(0, abs=1e-15)
    assert SquaredError().grad(3, y, [1, 1, 0]) == 3.0
    assert SquaredError().each(3, y).tolist() == [4, 1, 9]
    assert type(SquaredError().grad(3.0, y)) is float
    assert AbsoluteError()(2.0, y.reshape(3, 1)) == 5 / 3
    assert SquaredError().each(3, np.float32(y)).dtype == np.float32


@pytest.mark.parametrize("shape", [(), (1,), (7,), (3, 4), (2, 3, 2)])
def test_each_and_grad_have_the_shape_of_the_prediction(shape):
    p, y = rng(0).normal(size=shape), rng(1).normal(size=shape)
    loss = SquaredError()
    assert np.shape(loss.each(p, y)) == np.shape(loss.grad(p, y)) == np.shape(loss.curvature(p, y)) == shape
    assert type(loss(p, y)) is float
    assert loss(p, y) == pytest.approx(np.mean((p - y) ** 2))


def test_rows_have_their_classes_on_the_last_axis():
    z = rng(0).normal(size=(2, 5, 3))
    loss = SoftmaxCrossEntropy()
    numbers = rng(1).randint(0, 3, (2, 5))
    assert loss.each(z, numbers).shape == (2, 5) and loss.grad(z, numbers).shape == (2, 5, 3)
    assert loss.grad(z, np.eye(3)[numbers]) == pytest.approx(loss.grad(z, numbers))
    assert loss(z[0, 0], numbers[0, 0]) == pytest.approx(loss.each(z, numbers)[0, 0])


# What every loss object can do


@pytest.mark.parametrize("loss", CATALOGUE, ids=lambda loss: type(loss).__name__)
def test_repr_equality_hash_pickle_and_copies(loss):
    loss(*examples(loss, rng(0), 20))  # what a loss remembers must not show
    twin = eval(repr(loss), {type(loss).__name__: type(loss)})
    assert twin == loss and hash(twin) == hash(loss) and repr(twin) == repr(loss)
    for other in (pickle.loads(pickle.dumps(loss)), copy.copy(loss), copy.deepcopy(loss)):
        assert other == loss and type(other) is type(loss) and repr(other) == repr(loss)
        p, y = examples(loss, rng(1), 20)
        assert other(p, y) == loss(p, y)
    assert loss != object() and sum(loss == other for other in CATALOGUE) == 1


def test_equality_is_that_of_the_parameters():
    assert Huber(delta=2) == Huber(2) != Huber(delta=3)
    assert len({Huber(), Huber(delta=1.0), Huber(delta=1), Huber(2), SquaredError(), SquaredError()}) == 3
    assert SquaredError() != AbsoluteError() and SquaredError() != Brier()
    assert repr(Huber(np.float32(0.5))) == "Huber(delta=0.5)" and type(Huber(np.float64(2)).delta) is float
    assert repr(SquaredError()) == "SquaredError()"


# A learner's own loss


class LinEx(Loss):
    """Linear on one side, exponential on the other."""

    a: float = param(0.01)

    def formula(self, p, y):
        return np.exp(self.a * (p - y)) - self.a * (p - y) - 1


class SquaredPercentage(Loss):
    target = NONZERO

    def formula(self, p, y):
        return ((p - y) / y) ** 2


def test_a_learners_loss_gets_everything():
    mine = LinEx(a=0.5)
    p, y = np.array([1.0, 3.0]), np.array([1.0, 1.0])
    assert mine(p, y) == pytest.approx((math.e - 2) / 2)
    assert mine.grad(p, y) == pytest.approx(np.array([0, 0.5 * (math.e - 1) / 2]), abs=1e-10)
    assert mine.name == "lin ex" and repr(mine) == "LinEx(a=0.5)" and mine == LinEx(0.5)
    card = mine._repr_markdown_()
    assert "**lin ex** · `LinEx(a=0.5)` · Linear on one side" in card and "| slope | numerical |" in card
    assert mine(2.0, np.array([[1, 2]])) == pytest.approx((math.exp(0.5) - 1.5) / 2)
    with pytest.raises(ValueError, match="lin ex: prediction has shape"):
        mine(p, y[:1])


def test_a_learners_loss_may_live_in_a_function_and_have_no_docstring():
    class Mine(Loss):
        def formula(self, p, y):
            return abs(p - y) ** 3

    assert Mine()([3], [1]) == 8 and Mine().grad([3], [1]) == pytest.approx([12], rel=1e-9)
    assert Mine().best_constant([0, 4]) == pytest.approx(2, abs=1e-6)


@pytest.mark.parametrize("loss", CATALOGUE, ids=lambda loss: type(loss).__name__)
def test_a_numerical_slope_has_eight_digits(loss):
    p, y = loss.prediction.draw(rng(2), (40,)), loss.target.draw(rng(3), (40,))
    if loss.row_wise:
        p, y = examples(loss, rng(2), 40)
    with np.errstate(all="ignore"):
        stated, numerical = loss.derivative(p, y), Loss.derivative(loss, p, y)
    good = np.isfinite(stated) & np.isfinite(numerical)
    assert good.mean() > 0.7
    errors = np.abs(stated[good] - numerical[good]) / (1 + np.abs(stated[good]))
    assert np.quantile(errors, 0.9) < 1e-8 and np.median(errors) < 1e-10


# Best constants


ENGEL = [
    (SquaredError(), 624.1501),
    (AbsoluteError(), 582.5413),
    (Pinball(tau=0.9), 934.9752),
    (Expectile(tau=0.9), 898.6755),
    (AbsolutePercentageError(), 484.0605),
    (Huber(delta=100), 575.3360),
    (LogCosh(c=100), 577.7588),
    (SquaredLogarithmicError(), 574.5223),
    (Cauchy(c=100), 553.1082),
    (Welsch(c=100), 505.1761),
    (SquaredPercentage(), 461.6393),
    (LinEx(a=0.01), 453.5942),
]


@pytest.mark.parametrize("loss, constant", ENGEL, ids=[repr(loss) for loss, _ in ENGEL])
def test_best_constants_of_engels_food_expenses(loss, constant):
    food = data.engel()["food"]
    assert loss.best_constant(food) == pytest.approx(constant, abs=6e-5)
    assert loss(loss.best_constant(food), food) <= min(loss(constant + d, food) for d in (-1, -1e-3, 1e-3, 1))


def test_a_quantile_that_minimises_is_not_the_interpolated_one():
    food = data.engel()["food"]
    assert np.quantile(food, 0.9) == pytest.approx(932.8867, abs=6e-5)
    pinball = Pinball(tau=0.9)
    assert pinball(pinball.best_constant(food), food) < pinball(np.quantile(food, 0.9), food)


def test_a_search_for_the_best_constant_never_warns_and_meets_the_middle_exactly():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert Huber().best_constant([1.7e308, 1.6e308]) == 1.65e308
        assert [LogisticLoss().best_constant(labels) for labels in ([1, 1], [0, 0])] == [np.inf, -np.inf]
        assert PoissonNLL().best_constant([0, 0]) == -np.inf
        assert SoftmaxCrossEntropy().best_constant([0, 2, 2, 0]).tolist() == [math.log(0.5), -math.inf, math.log(0.5)]
    assert Focal(gamma=2).best_constant([0, 1]) == Focal(gamma=0).best_constant([0, 1]) == 0.0


def test_best_constants_of_copper_in_flour():
    copper = data.chem()["copper"]
    assert SquaredError().best_constant(copper) == pytest.approx(4.2804, abs=6e-5)
    assert AbsoluteError().best_constant(copper) == pytest.approx(3.3850, abs=6e-5)
    spread = 1.4826 * np.median(np.abs(copper - np.median(copper)))
    assert Huber(delta=1.5 * spread).best_constant(copper) == pytest.approx(3.206724, abs=6e-7)


FLAT = [  # loss, targets, weights, the middle of all the best constants
    (AbsoluteError(), [1, 2], None, 1.5),
    (AbsoluteError(), [4, 1, 2, 9], None, 3.0),
    (AbsoluteError(), [1, 2, 2, 7], None, 2.0),
    (AbsoluteError(), [5, 1, 3], [1, 1, 2], 3.0),
    (AbsoluteError(), [1, 3], [2, 1], 1.0),
    (AbsoluteError(), [1, 3, 8], [1, 0, 1], 4.5),
    (AbsoluteError(), [7], None, 7.0),
    (Pinball(tau=0.1), np.arange(10), None, 0.5),
    (Pinball(tau=0.9), np.arange(10), None, 8.5),
    (Pinball(tau=0.9), np.arange(11), None, 9.0),
    (Pinball(tau=0.1), np.arange(1, 31), None, 3.5),
    (Pinball(tau=0.3), np.arange(1, 11), None, 3.5),
    (Pinball(tau=0.75), [1, 2, 3, 4], None, 3.5),
    (Pinball(tau=0.9), [3, 1], [9, 1], 3.0),
    (Pinball(tau=0.1), [3, 1], [9, 1], 2.0),
    (EpsilonInsensitive(epsilon=1), [0, 0.5], None, 0.25),
    (EpsilonInsensitive(epsilon=1), [0, 5, 5, 9], None, 5.0),
    (EpsilonInsensitive(epsilon=0.5), [3, 3, 3], None, 3.0),
    (AbsolutePercentageError(), [1, 2, 4], None, 1.0),
    (Hinge(), [0, 1], None, 0.0),
    (Hinge(), [0, 1, 1], None, 1.0),
]


@pytest.mark.parametrize("loss, y, w, middle", FLAT)
def test_where_many_constants_are_equally_good_the_middle_is_taken(loss, y, w, middle):
    assert loss.best_constant(y, w) == middle


class Learners:
    """The same losses as a learner writes them: a formula alone."""

    class Absolute(Loss):
        def formula(self, p, y):
            return np.abs(p - y)

    class Quantile(Loss):
        tau: float = param(0.9)

        def formula(self, p, y):
            return np.where(y > p, self.tau * (y - p), (1 - self.tau) * (p - y))

    class Tube(Loss):
        def formula(self, p, y):
            return np.maximum(np.abs(p - y) - 1, 0)

    class Bell(Loss):
        def formula(self, p, y):
            return 1 - np.exp(-((p - y) ** 2) / 2)

    class Shifted(Loss):
        def formula(self, p, y):
            return (p - y - 1000) ** 2

    class Margin(Loss):
        target = LogisticLoss.target

        def formula(self, p, y):
            return np.maximum(1 - (2 * y - 1) * p, 0)


def test_the_search_finds_flat_bottoms_kinks_and_far_valleys():
    assert Learners.Absolute().best_constant([4, 1, 2, 9]) == pytest.approx(3.0, abs=1e-9)
    assert Learners.Absolute().best_constant([4, 1, 2.25]) == 2.25
    assert Learners.Quantile().best_constant(np.arange(10)) == pytest.approx(8.5, abs=1e-9)
    assert Learners.Quantile(tau=0.1).best_constant(np.arange(1, 31)) == pytest.approx(3.5, abs=1e-9)
    assert Learners.Tube().best_constant([0, 5, 5, 9]) == pytest.approx(5.0, abs=1e-9)
    assert Learners.Tube().best_constant([0, 0.5]) == pytest.approx(0.25, abs=1e-9)
    assert Learners.Shifted().best_constant([1, 2, 3]) == pytest.approx(1002, rel=1e-10)
    assert LinEx(a=0.01).best_constant([5.0, 5.0]) == pytest.approx(5.0, abs=1e-4)
    assert Learners.Margin().best_constant([1, 1]) == 1.0
    assert Learners.Margin().best_constant([0, 0]) == -1.0
    assert Learners.Margin().best_constant([0, 1]) == pytest.approx(0, abs=1e-9)


def test_the_search_takes_the_deepest_of_several_valleys():
    y = [0, 0.1, 0.2, 50, 50.1, 50.2, 50.3]
    assert 50 < Learners.Bell().best_constant(y) < 50.3
    assert 0 < Learners.Bell().best_constant(y, [2, 2, 2, 1, 1, 1, 1]) < 0.2
    assert 50 < Welsch(c=1).best_constant(y) < 50.3 and 50 < Tukey(c=4).best_constant(y) < 50.3
    crowd = rng(0).normal(size=400)
    assert abs(Learners.Bell().best_constant([*crowd, *(200 + rng(1).normal(size=300))])) < 0.5


def test_search_and_closed_form_agree_to_ten_digits():
    y, w = rng(0).normal(size=31) * 100, rng(1).uniform(size=31)
    from lossutils.engine.fallback_constant import best_constant

    for loss in (SquaredError(), Expectile(tau=0.9), GaussianNLL()):
        assert best_constant(loss, y, w) == pytest.approx(loss.best_constant(y, w), rel=1e-10)
    labels = (y > 30).astype(float)
    for loss in (LogisticLoss(), Exponential(), BinaryCrossEntropy(), Savage(), SquaredHinge(), Brier()):
        assert best_constant(loss, labels, w) == pytest.approx(loss.best_constant(labels, w), rel=1e-10)


def test_unreachable_scores_are_infinite():
    for loss in (LogisticLoss(), Exponential(), Savage(), Focal()):
        assert loss.best_constant([1, 1]) == np.inf and loss.best_constant([0, 0]) == -np.inf

    class Mine(Loss):
        target = LogisticLoss.target

        def formula(self, z, y):
            return np.logaddexp(0, z) - y * z

    assert Mine().best_constant([1, 1, 1]) == np.inf and Mine().best_constant([0]) == -np.inf
    assert Mine().best_constant([0, 1, 1, 1]) == pytest.approx(L3, rel=1e-9)
    assert BinaryCrossEntropy().best_constant([1, 1]) == 1.0
    assert PoissonNLL().best_constant([0, 0]) == -np.inf


def test_best_constants_of_rows():
    assert np.exp(SoftmaxCrossEntropy().best_constant([0, 1, 1, 2])) == pytest.approx(np.array([0.25, 0.5, 0.25]))
    assert SoftmaxCrossEntropy().best_constant([1, 1]).tolist() == [-np.inf, 0.0]
    assert CategoricalCrossEntropy().best_constant([[1, 0], [0.5, 0.5]], [1, 3]) == pytest.approx(
        np.array([0.625, 0.375])
    )
