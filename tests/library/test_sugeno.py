"""A Takagi-Sugeno system: MathWorks' published errors, gradients, shares that stay numbers, complaints."""

import copy
import pickle

import numpy as np
import pytest

from lossutils import AbsoluteError, LogisticLoss, SquaredError, data, rng
from lossutils.models import Sugeno
from lossutils.training import Adam, Diverged, GradientDescent, train

CARS = data.auto_mpg()
TRAIN, VALIDATE = slice(0, None, 2), slice(1, None, 2)
both_shapes = pytest.mark.parametrize("shape", ["gaussian", "bell"])


def fitted(columns, scaled=True, shape="bell"):
    """Least squares at the memberships that the training half sets; RMSE on both halves."""
    X, mpg = CARS.matrix(*columns), CARS["mpg"]
    if scaled:
        X = (X - X[TRAIN].mean(axis=0)) / X[TRAIN].std(axis=0)
    system = Sugeno.over(X[TRAIN], shape=shape)
    best = np.linalg.lstsq(system.design(X[TRAIN]), mpg[TRAIN], rcond=None)[0]
    system.consequents = best.reshape(system.consequents.shape)
    return system, [SquaredError()(system.forward(X[rows]), mpg[rows]) ** 0.5 for rows in (TRAIN, VALIDATE)]


@pytest.mark.parametrize(
    ("column", "published"),  # MathWorks, "Gas Mileage Prediction": ANFIS with one input
    [
        ("cylinders", "4.6400 4.7255"),
        ("displacement", "4.3106 4.4316"),
        ("horsepower", "4.5399 4.1713"),
        ("weight", "4.2577 4.0863"),
        ("acceleration", "6.9789 6.9317"),
        ("year", "6.2255 6.1693"),
    ],
)
@pytest.mark.parametrize("scaled", [True, False])
def test_least_squares_at_the_first_memberships_gives_the_published_errors(column, published, scaled):
    assert "{:.4f} {:.4f}".format(*fitted([column], scaled)[1]) == published


def test_two_inputs_as_computed_twice():
    assert "{:.4f} {:.4f}".format(*fitted(["weight", "year"])[1]) == "2.7657 2.9954"


def test_rules_are_all_combinations_and_their_shares_add_to_one():
    system = Sugeno([[0.0, 10.0], [0.0, 1.0]], [[3.0, 3.0], [0.5, 0.5]])
    shares = system.shares([[0.0, 1.0]])
    assert shares.argmax() == 1 and shares.shape == (1, 4), "the last input's membership changes first"
    of_each = system.memberships([[0.0, 1.0]])[0]
    strengths = np.outer(of_each[0], of_each[1]).ravel()
    assert np.allclose(shares[0], strengths / strengths.sum(), rtol=1e-14)


@both_shapes
def test_neighbours_cross_at_one_half(shape):
    system = Sugeno.over([[2.0], [4.0], [10.0]], memberships=3, shape=shape)
    assert system.centres.tolist() == [[2.0, 6.0, 10.0]]
    assert np.allclose(system.memberships([[4.0], [8.0]])[:, 0], [[0.5, 0.5, 0], [0, 0.5, 0.5]], atol=0.02)


@both_shapes
@pytest.mark.parametrize("loss", [SquaredError(), AbsoluteError(), LogisticLoss()], ids=str)
def test_backward_gives_the_slope_of_the_loss(shape, loss):
    random = rng(3)
    X = random.normal(size=(20, 2))
    y = random.randint(0, 2, 20) if isinstance(loss, LogisticLoss) else random.normal(size=20)
    system = Sugeno.over(X, 3, shape)
    system.theta += random.normal(0, 0.4, system.theta.shape)
    gradient = system.backward(loss.grad(system.forward(X), y)).copy()
    for i, slope in enumerate(gradient):
        here, values = system.theta[i], []
        for step in (1e-6, -1e-6):
            system.theta[i] = here + step
            values.append(loss(system.forward(X), y))
        system.theta[i] = here
        assert slope == pytest.approx((values[0] - values[1]) / 2e-6, abs=1e-8)


@both_shapes
def test_the_design_times_the_consequents_is_the_prediction(shape):
    random = rng(4)
    X = random.normal(size=(9, 2))
    system = Sugeno.over(X, 2, shape)
    system.consequents = random.normal(size=system.consequents.shape)
    assert np.allclose(system.design(X) @ system.consequents.ravel(), system.forward(X), atol=1e-12)


@pytest.mark.parametrize(("shape", "heavy"), [("gaussian", 1.0), ("bell", 0.5)])
@pytest.mark.parametrize("x", [1e8, 1e90])
def test_far_away_shares_stay_numbers(shape, heavy, x):
    system = Sugeno([[1613.0, 5140.0]], [[1500.0, 1500.0]], shape)
    assert system.shares([[1e4]])[0, 1] > 0.85
    if x == 1e8:
        assert system.shares([[x]])[0, 1] == pytest.approx(heavy, abs=1e-4)
    shares = system.shares([[x], [-x]])
    assert np.isfinite(shares).all() and np.allclose(shares.sum(axis=1), 1)
    system.consequents = [[0.0, 1.0], [0.0, 2.0]]
    system.forward([[x]])
    assert np.isfinite(system.backward(np.ones(1))[:2]).all()


def test_any_loss_teaches_it_and_slipped_targets_do_not_move_absolute_error():
    X = CARS.matrix("weight", "year")
    X = (X - X[TRAIN].mean(axis=0)) / X[TRAIN].std(axis=0)
    mpg = CARS["mpg"].copy()
    slipped = TRAIN.indices(len(mpg))[0] + 2 * rng(0).permutation(196)[:20]
    mpg[slipped] *= 10
    middle, size = np.median(mpg[TRAIN]), 1.4826 * np.median(np.abs(mpg[TRAIN] - np.median(mpg[TRAIN])))
    off = {}
    for loss in (SquaredError(), AbsoluteError()):
        system = Sugeno.over(X[TRAIN])
        train(system, loss, X[TRAIN], (mpg[TRAIN] - middle) / size, Adam(0.02), 100, 49, rng(0))
        predicted = system.forward(X[VALIDATE]) * size + middle
        off[loss.name] = AbsoluteError()(predicted, CARS["mpg"][VALIDATE])
    assert off["absolute error"] < 2.5 < 15 < off["squared error"]


def test_a_copy_has_parameters_of_its_own():
    system = Sugeno([[0.0, 1.0]], [[1.0, 1.0]])
    for other in (copy.deepcopy(system), pickle.loads(pickle.dumps(system))):
        other.theta += 1
        other.centres[...] = 5
        assert other.theta[0] == 5 and system.theta[0] == 0 and system.centres[0, 0] == 0


def test_changes_outside_change_no_gradient_and_no_system():
    X = np.array([[0.3], [0.6]])
    system = Sugeno([[0.0, 1.0]], [[1.0, 1.0]])
    system.consequents = [[1.0, 2.0], [3.0, 4.0]]
    system.forward(X)
    right = system.backward(np.ones(2)).copy()
    system.forward(X)
    X[...] = 9.0
    assert np.array_equal(system.backward(np.ones(2)), right)
    system.gradient = np.zeros(8)
    assert np.array_equal(system.backward(np.ones(2)), right) and np.array_equal(system.gradient, right)
    with pytest.raises(AttributeError, match="shape stays as it was made"):
        system.shape = "bell"


def test_what_comes_out_is_the_callers_own():
    system = Sugeno([[0.0, 1.0]], [[1.0, 1.0]])
    system.consequents = [[1.0, 2.0], [3.0, 4.0]]
    first = system.forward([[0.3], [0.6]])
    right = system.backward(np.ones(2)).copy()
    system.forward([[0.3], [0.6]])[...] = 0
    assert first.any() and np.array_equal(system.backward(np.ones(2)), right)


def test_what_is_given_to_a_part_goes_into_theta():
    system = Sugeno([[0.0, 1.0]], [[1.0, 2.0]])
    system.consequents = [[3.0, 4.0], [5.0, 6.0]]
    assert system.theta.tolist() == [0, 1, 0, np.log(2), 3, 4, 5, 6] and np.allclose(system.widths, [[1, 2]])


def test_a_training_that_runs_away_says_so():
    X = rng(0).normal(size=(30, 1))
    with pytest.raises(Diverged):
        train(Sugeno.over(X), SquaredError(), X, 1e200 * X[:, 0], GradientDescent(1e10), 20, 5, rng(0))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: Sugeno([[0.0, 1.0]], [[1.0, 1.0]], "triangle"), "shape is 'triangle'"),
        (lambda: Sugeno([[0.0, 1.0]], [[1.0]]), "NumPy would broadcast"),
        (lambda: Sugeno([[0.0, 1.0]], [[1.0, 0.0]]), "not above 0"),
        (lambda: Sugeno([0.0, 1.0], [1.0, 1.0]), r"must have shape \(d, m\)"),
        (lambda: Sugeno([[0.0, np.nan]], [[1.0, 1.0]]), "centres"),
        (lambda: Sugeno.over([[1.0, 2.0], [1.0, 3.0]]), "input 0 of X has one value only"),
        (lambda: Sugeno.over([1.0, 2.0]), "makes a column of x"),
        (lambda: Sugeno([[0.0, 1.0]], [[1.0, 1.0]], ["bell"]), "shape is"),
        (lambda: Sugeno.over(rng(0).normal(size=(5, 20)), 3), "make 3.49e\\+09 rules"),
        (lambda: Sugeno([[0.0, 1.0]], [[1.0, 1.0]]).shares([[np.nan]]), "X is nan"),
        (lambda: Sugeno([[0.0, 1.0]], [[1.0, 1.0]]).forward([[1e160]]), "more than 1e\\+150 widths"),
        (lambda: setattr(Sugeno([[0.0, 1.0]], [[1.0, 1.0]]), "consequents", [1.0, 2.0]), "copy it into all rows"),
        (lambda: Sugeno.over([[1.0], [2.0]], memberships=1), "whole number from 2"),
        (lambda: Sugeno([[0.0, 1.0]], [[1.0, 1.0]]).forward(np.zeros(3)), "makes a column"),
        (lambda: Sugeno([[0.0, 1.0]], [[1.0, 1.0]]).forward(np.zeros((3, 2))), r"must have \(n, 1\)"),
        (lambda: Sugeno([[0.0, 1.0]], [[1.0, 1.0]]).backward(np.zeros(3)), "belongs to no prediction"),
    ],
)
def test_what_is_no_system_is_refused(call, words):
    with pytest.raises(ValueError, match=words):
        call()
