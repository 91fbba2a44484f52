"""A network's gradient is the slope of its loss, parameter by parameter."""

import copy
import pickle
import warnings

import numpy as np
import pytest

from lossutils import Huber, LogisticLoss, SoftmaxCrossEntropy, SquaredError, rng
from lossutils.models import Network


def numerical_gradient(net, loss, X, y):
    slopes = np.empty_like(net.theta)
    for i in range(len(net.theta)):
        here, values = net.theta[i], []
        for step in (1e-6, -1e-6):
            net.theta[i] = here + step
            values.append(loss(net.forward(X), y))
        net.theta[i] = here
        slopes[i] = (values[0] - values[1]) / 2e-6
    return slopes


@pytest.mark.parametrize("activation", ["tanh", "relu"])
@pytest.mark.parametrize(
    ("sizes", "loss"),
    [
        ([3, 1], SquaredError()),
        ([3, 4, 1], Huber(delta=0.7)),
        ([3, 5, 2, 1], LogisticLoss()),
        ([3, 4, 3], SoftmaxCrossEntropy()),
        ([3, 2], SquaredError()),
    ],
    ids=str,
)
def test_backward_gives_the_slope_of_the_loss(sizes, loss, activation):
    random = rng(1)
    net = Network(sizes, random, activation)
    net.theta += random.normal(0, 0.3, net.theta.shape)  # biases are not 0 either
    X = random.normal(size=(7, 3))
    y = random.randint(0, 2, 7) if loss.row_wise or sizes[-1] == 1 else random.normal(size=(7, sizes[-1]))
    slope = loss.grad(net.forward(X), y)
    assert np.allclose(net.backward(slope), numerical_gradient(net, loss, X, y), atol=1e-8)


def test_a_single_output_gives_one_prediction_a_row():
    assert Network([4, 1], rng(0)).forward(np.ones((6, 4))).shape == (6,)


@pytest.mark.parametrize("sizes", [[3, 2], [3, 4, 2], [3, 4, 4, 2]], ids=str)
def test_neither_inputs_nor_slopes_are_written_to(sizes):
    X, slope = rng(0).normal(size=(5, 3)), rng(1).normal(size=(5, 2))
    X.flags.writeable = slope.flags.writeable = False
    net = Network(sizes, rng(0), "relu")
    first = net.forward(X)
    net.backward(slope)
    first *= 0  # what comes out is the caller's own
    assert net.forward(X).any() and np.array_equal(net.backward(slope), net.backward(slope))


def test_weights_have_the_variance_that_their_authors_ask_for():
    for activation, variance in (("relu", 2 / 400), ("tanh", 2 / 700)):
        weights, bias = Network([400, 300], rng(0), activation).layers[0]
        assert weights.var() == pytest.approx(variance, rel=0.02) and not bias.any()


@pytest.mark.parametrize(
    ("sizes", "activation", "said"),
    [([3], "tanh", "two or more"), ([3, 0], "tanh", "above 0"), ([3, 1], "elu", "relu")],
)
def test_a_network_that_cannot_be_is_refused(sizes, activation, said):
    with pytest.raises(ValueError, match=said):
        Network(sizes, rng(0), activation)


def test_float32_is_kept():
    net = Network([3, 4, 2], rng(0), dtype=np.float32)
    assert net.forward(np.ones((2, 3), np.float32)).dtype == np.float32


@pytest.mark.parametrize(
    "twin_of", [copy.deepcopy, lambda net: pickle.loads(pickle.dumps(net))], ids=["copy", "pickle"]
)
def test_a_copy_learns_by_itself_and_through_its_own_parameters(twin_of):
    net = Network([3, 4, 2], rng(0), "relu")
    X = rng(1).normal(size=(5, 3))
    before, twin = net.forward(X), twin_of(net)
    assert np.array_equal(twin.forward(X), before)
    assert twin.backward(np.ones((5, 2))) is twin.gradient and twin.gradient.any()
    twin.theta[:] = 0.0
    assert not twin.forward(X).any() and np.array_equal(net.forward(X), before)


def test_inputs_and_slopes_of_the_wrong_shape_are_refused_with_a_sentence():
    net = Network([3, 2], rng(0))
    assert net.forward([[1, 2, 3]]).shape == (1, 2)
    for inputs in (np.ones((4, 5)), np.ones(3)):
        with pytest.raises(ValueError, match=r"Network: the inputs have shape .*, but must have \(n, 3\)"):
            net.forward(inputs)
    for slope in (np.ones((2, 2)), np.ones((1, 3)), np.ones(1)):
        with pytest.raises(ValueError, match="belongs to no prediction of the last forward"):
            net.backward(slope)
    with pytest.raises(ValueError, match="belongs to no prediction"):
        Network([3, 2], rng(0)).backward(np.ones((1, 2)))


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Network([3, 1], 0), r"Network: rng is 0, but must be a source of random numbers, such as rng\(0\)"),
        (lambda: Network([3, 1], np.random), "rng is a module"),
        (lambda: Network(3, rng(0)), "sizes is 3, but must be two or more whole numbers above 0"),
        (lambda: Network([3, 1.0], rng(0)), "sizes is .3, 1.0."),
        (lambda: Network([3, 1], rng(0), dtype=int), "dtype is <class 'int'>, but weights are floats"),
        (lambda: Network([1, 1], rng(0)).forward([1.0, 2.0]), r"shape \(2,\), .*; x\[:, np.newaxis\] makes a column"),
        (lambda: Network([1, 1], rng(0)).forward([["a"]]), "Network: X holds text"),
        (lambda: Network([1, 1], rng(0)).forward(np.ma.masked_array([[1.0]], True)), "Network: X is a masked array"),
        (lambda: Network([1, 1], rng(0)).backward(1.0), r"a slope of shape \(\) belongs to no prediction"),
    ],
)
def test_what_a_network_cannot_use_is_refused_in_words(make, said):
    with pytest.raises((ValueError, TypeError), match=said):
        make()


def test_parameters_that_are_given_anew_are_those_that_predict():
    net, other = Network([2, 3, 1], rng(0)), Network([2, 3, 1], rng(1))
    X, kept = np.ones((4, 2)), net.theta
    net.theta = other.theta
    assert np.array_equal(net.forward(X), other.forward(X)) and net.theta is kept
    net.theta -= 1.0
    assert np.array_equal(net.theta, other.theta - 1)
    with pytest.raises(ValueError, match="broadcast"):
        net.theta = np.ones(3)


@pytest.mark.parametrize("activation", ["tanh", "relu"])
@pytest.mark.parametrize("kind", [np.float16, np.float32, np.float64])
def test_a_network_hears_nothing_of_the_readers_error_settings(kind, activation):
    with np.errstate(all="raise"), warnings.catch_warnings(action="error"):
        net = Network([400, 3, 1], rng(0), activation, dtype=kind)
        for size in (np.finfo(kind).smallest_subnormal, np.finfo(kind).tiny, np.finfo(kind).max):
            net.backward(net.forward(np.full((2, 400), size, kind)))
        assert set(np.geterr().values()) == {"raise"}
