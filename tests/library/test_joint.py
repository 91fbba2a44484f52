"""Losses of several columns: sums of parts, their slopes, an interval, a predicted variance."""

import math

import numpy as np
import pytest

from lossutils import GaussianNLL, Pinball, SoftmaxCrossEntropy, SquaredError, rng
from lossutils.joint import GaussianLogVariance, Joint, Part
from lossutils.models import Network
from lossutils.training import Adam, train

BIRDS = Joint(Part(SoftmaxCrossEntropy(), slice(0, 3), target=0), Part(SquaredError(), 3, target=1, weight=0.25))
INTERVAL = Joint(Part(Pinball(tau=0.05), 0), Part(Pinball(tau=0.95), 1))


def numerical(loss, pred, target, weight=None):
    slopes = np.empty(pred.shape)
    for place in np.ndindex(pred.shape):
        values = []
        for step in (1e-6, -1e-6):
            moved = pred.copy()
            moved[place] += step
            values.append(loss(moved, target, weight))
        slopes[place] = (values[0] - values[1]) / 2e-6
    return slopes


def batch(columns, n=6):
    random = rng(columns)
    return random.normal(size=(n, columns)), random.normal(size=n), random.uniform(0.5, 2, n)


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize(
    ("loss", "columns"), [(BIRDS, 4), (INTERVAL, 2), (GaussianLogVariance(), 2)], ids=["birds", "interval", "variance"]
)
def test_the_gradient_is_the_slope_of_the_value(loss, columns, weighted):
    pred, y, weight = batch(columns)
    target = np.column_stack([[0, 1, 2, 2, 1, 0], y]) if loss is BIRDS else y
    weight = weight if weighted else None
    value, slopes = loss.value_and_grad(pred, target, weight)
    assert value == pytest.approx(loss(pred, target, weight))
    assert np.allclose(slopes, numerical(loss, pred, target, weight), atol=1e-7)


def test_the_value_is_the_weighted_sum_of_the_means_of_the_parts():
    pred, y, _ = batch(4)
    classes = np.array([0, 1, 2, 2, 1, 0])
    species, mass = SoftmaxCrossEntropy()(pred[:, :3], classes), SquaredError()(pred[:, 3], y)
    assert BIRDS.each_part(pred, np.column_stack([classes, y])) == (species, mass)
    assert BIRDS(pred, np.column_stack([classes, y])) == species + 0.25 * mass


def test_two_parts_may_judge_one_column():
    pred, y, _ = batch(1)
    twice = Joint(Part(SquaredError(), 0), Part(SquaredError(), 0, weight=2.0))
    assert np.allclose(twice.grad(pred, y)[:, 0], 3 * SquaredError().grad(pred[:, 0], y))


def test_a_network_learns_an_interval():
    X = rng(0).uniform(-1, 1, (400, 1))
    y = X[:, 0] + rng(1).normal(0, 0.3, 400)
    network = Network([1, 2], rng(2))
    train(network, INTERVAL, X, y, Adam(0.02), 60, 40, rng(2))
    low, high = network.forward(X).T
    assert 0.86 < np.mean((low <= y) & (y <= high)) < 0.94


def test_of_one_known_variance_it_is_the_normal_likelihood():
    pred, y, _ = batch(2)
    pred[:, 1] = math.log(0.7)
    assert GaussianLogVariance()(pred, y) == pytest.approx(GaussianNLL(variance=0.7)(pred[:, 0], y))


def test_by_hand():
    pred, y = [[0.0, 0.0], [1.0, math.log(4)]], [3.0, 2.0]
    value, slopes = GaussianLogVariance().value_and_grad(pred, y)
    assert value == pytest.approx((4.5 + (math.log(4) + 0.25) / 2) / 2 + math.log(2 * math.pi) / 2)
    assert np.allclose(slopes, [[-1.5, -2.0], [-0.125, 0.1875]])
    assert np.allclose(GaussianLogVariance(beta=1.0).grad(pred, y), slopes * [[1.0], [4.0]])


def test_below_the_floor_the_variance_stays_and_the_mean_still_learns():
    low = GaussianLogVariance(floor=-2.0)
    assert low([[0.0, -50.0]], [1.0]) == low([[0.0, -2.0]], [1.0])
    assert np.allclose(low.grad([[0.0, -50.0]], [1.0]), [[-math.exp(2), 0.0]])
    assert low.grad([[0.0, -2.0]], [1.0])[0, 1] < 0, "at the floor it can still rise"


def test_what_float32_cannot_hold_is_computed_in_float64():
    pred = np.array([[0.0, -60.0]], np.float32)
    value, slopes = GaussianLogVariance(floor=-100.0).value_and_grad(pred, [1e-9])
    assert value == pytest.approx((-60 + 1e-18 * math.exp(60) + math.log(2 * math.pi)) / 2)
    assert slopes.dtype == np.float32 and np.isfinite(slopes).all()


def test_a_row_of_weight_0_is_not_there():
    pred, y, _ = batch(2)
    weight = np.array([0.0, 1, 1, 1, 1, 1])
    assert GaussianLogVariance()(pred, y, weight) == pytest.approx(GaussianLogVariance()(pred[1:], y[1:]))


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: Part(SquaredError, 0), TypeError, "make one of it"),
        (lambda: Part(SquaredError(), -1), TypeError, "columns is -1"),
        (lambda: Part(SquaredError(), None), TypeError, "columns is None"),
        (lambda: Part(SquaredError(), 0, weight=-1.0), ValueError, "weight is -1.0"),
        (lambda: Part(SquaredError(), slice(0, -1)), TypeError, "a slice that goes forward, such as"),
        (lambda: Part(SquaredError(), slice("a", "b")), TypeError, "a slice that goes forward, such as"),
        (lambda: Part(SquaredError(), slice(0, 2, 0)), TypeError, "a slice that goes forward, such as"),
        (lambda: Joint(), TypeError, "one or more parts"),
        (lambda: Joint(SquaredError()), TypeError, "one or more parts"),
        (lambda: INTERVAL(np.zeros((3, 3)), np.zeros(3)), ValueError, "no part judges column 2"),
        (lambda: INTERVAL(np.zeros((3, 1)), np.zeros(3)), ValueError, "asks for 1 of the prediction"),
        (lambda: BIRDS(np.zeros((3, 3)), np.zeros((3, 2))), ValueError, "asks for 3 of the prediction"),
        (lambda: BIRDS(np.zeros((3, 4)), np.zeros(3)), ValueError, "of the target, which has 0 columns"),
        (lambda: Joint(Part(SquaredError(), slice(0, 4)))(np.zeros((3, 3)), np.zeros((3, 4))), ValueError, "slice"),
        (lambda: Joint(Part(SquaredError(), slice(1, 1)))(np.zeros((3, 3)), np.zeros((3, 4))), ValueError, "slice"),
        (lambda: BIRDS(np.zeros((3, 4)), np.zeros((3, 3))), ValueError, "no part asks for column 2 of the target"),
        (lambda: INTERVAL(np.full((3, 2), np.nan), np.zeros(3)), ValueError, "Joint, part 1 of 2: pinball: prediction"),
        (lambda: INTERVAL(np.zeros((3, 2)), np.zeros(4)), ValueError, "NumPy would broadcast"),
        (lambda: GaussianLogVariance()(np.zeros((0, 2)), np.zeros(0)), ValueError, "there are no rows"),
        (lambda: GaussianLogVariance()([[0.0, 800.0]], [1.0]), ValueError, "must not be above 700"),
        (lambda: GaussianLogVariance()(np.zeros((3, 3)), np.zeros(3)), ValueError, "mean and log variance"),
        (lambda: GaussianLogVariance()([[0.0, np.nan]], [1.0]), ValueError, "prediction"),
        (lambda: GaussianLogVariance(beta=2.0), ValueError, "beta is 2.0"),
    ],
)
def test_what_does_not_fit_is_refused(call, error, words):
    with pytest.raises(error, match=words):
        call()
