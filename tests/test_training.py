"""Optimisers make the steps that their papers print, and training is repeatable."""

import numpy as np
import pytest

from lossutils import SquaredError, data, rng
from lossutils.models import Network
from lossutils.training import Adam, GradientDescent, History, Momentum, descend, train


def bowl(theta):
    return float(theta @ theta) / 2, theta.copy()


def test_gradient_descent_on_a_bowl_shrinks_by_one_minus_rate():
    path, values = descend(bowl, [8.0, -4.0], rate=0.25, steps=3)
    assert np.allclose(path, np.outer(0.75 ** np.arange(4), [8, -4])) and np.allclose(values, (path**2).sum(1) / 2)


def test_a_walk_that_explodes_stops_and_says_nan():
    path, values = descend(bowl, [1.0], rate=1e160, steps=9)
    assert np.isnan(values[-1]) and np.isfinite(values[0]) and not np.isinf(path).any()


def test_momentum_adds_a_fading_sum():
    theta, optimiser = np.array([1.0]), Momentum(rate=0.1, decay=0.5)
    for expected in (0.9, 0.75, 0.575):
        optimiser.step(theta, np.array([1.0]))
        assert theta[0] == pytest.approx(expected)


def test_adam_first_steps_have_the_size_of_the_rate():
    theta, optimiser = np.array([1.0, 1.0]), Adam(rate=0.01)
    optimiser.step(theta, np.array([1000.0, -0.001]))
    assert np.allclose(theta, [0.99, 1.01], atol=1e-6)


def test_adam_agrees_with_its_formula_after_three_steps():
    theta, optimiser = np.array([0.5]), Adam(rate=0.1)
    m = v = 0.0
    expected = 0.5
    for t, g in enumerate([0.3, -1.2, 0.7], start=1):
        optimiser.step(theta, np.array([g]))
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        expected -= 0.1 * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    assert theta[0] == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("rate", [0, -1, np.nan, np.inf, "fast", None])
def test_a_rate_that_cannot_teach_is_refused(rate):
    for optimiser in (GradientDescent, Momentum, Adam):
        with pytest.raises(ValueError, match="rate is"):
            optimiser(rate)


def test_a_linear_network_finds_the_least_squares_line():
    engel = data.engel()
    X, y = engel.matrix("income"), engel["food"]
    X, y = (X - X.mean(0)) / X.std(0), (y - y.mean()) / y.std()
    net = Network([1, 1], rng(0))
    history = train(net, SquaredError(), X, y, GradientDescent(0.1), epochs=200, batch=len(y), rng=rng(0))
    assert net.theta == pytest.approx([(X[:, 0] * y).mean(), 0], abs=1e-9) and history.loss[0] > history.loss[-1]


def test_training_is_repeatable_and_notes_what_is_watched():
    def run():
        net = Network([1, 3, 1], rng(0))
        X = rng(1).normal(size=(10, 1))

        def watch():
            return {"size": float(np.abs(net.theta).max())}

        return train(net, SquaredError(), X, X[:, 0] ** 2, Adam(0.01), 5, 4, rng(2), watch=watch)

    first, second = run(), run()
    assert first.loss == second.loss and len(first.watched["size"]) == 5


def test_a_row_of_weight_zero_teaches_nothing():
    X, y = np.array([[1.0], [2.0], [3.0]]), np.array([1.0, 2.0, 99.0])
    nets = [Network([1, 1], rng(0)), Network([1, 1], rng(0))]
    train(nets[0], SquaredError(), X, y, GradientDescent(0.05), 50, 3, rng(0), weight=np.array([1.0, 1, 0]))
    train(nets[1], SquaredError(), X[:2], y[:2], GradientDescent(0.05), 50, 2, rng(0))
    assert np.allclose(nets[0].theta, nets[1].theta)


def test_a_decay_that_never_fades_and_batches_that_cannot_be_are_refused():
    for optimiser in (lambda: Momentum(0.1, decay=1), lambda: Adam(decay=-0.1), lambda: Adam(decay_square=2)):
        with pytest.raises(ValueError, match="decay is .* old gradients never fade"):
            optimiser()
    assert repr(Momentum(0.1)) == "Momentum(rate=0.1, decay=0.9)"
    X, y = [[1.0], [2.0]], [1, 2]
    assert len(train(Network([1, 1], rng(0)), SquaredError(), X, y, Adam(), 3, 2, rng(0), weight=[1, 2]).loss) == 3
    for targets, batch in ((y, 0), (y, -1), (y[:1], 1)):
        with pytest.raises(ValueError, match="train: 2 inputs need 2 targets"):
            train(Network([1, 1], rng(0)), SquaredError(), X, targets, Adam(), 3, batch, rng(0))


def test_a_history_says_what_happened():
    assert repr(History([2.0, 0.5])) == "History(2 epochs, loss 2 to 0.5)" and "nothing" in repr(History())
