"""Optimisers make the steps that their papers print, and training is repeatable."""

import warnings

import numpy as np
import pandas as pd
import pytest

from lossutils import Loss, SoftmaxCrossEntropy, SquaredError, data, rng
from lossutils.models import Network
from lossutils.training import Adam, GradientDescent, History, descend, train


def bowl(theta):
    return float(theta @ theta) / 2, theta.copy()


def test_gradient_descent_on_a_bowl_shrinks_by_one_minus_rate():
    path, values = descend(bowl, [8.0, -4.0], rate=0.25, steps=3)
    assert np.allclose(path, np.outer(0.75 ** np.arange(4), [8, -4])) and np.allclose(values, (path**2).sum(1) / 2)


def test_a_walk_that_explodes_stops_and_says_nan():
    path, values = descend(bowl, [1.0], rate=1e160, steps=9)
    assert np.isnan(values[-1]) and np.isfinite(values[0]) and not np.isinf(path).any()


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
    for optimiser in (GradientDescent, Adam):
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


X10, Y10 = rng(3).normal(size=(10, 2)), rng(4).normal(size=10)


def trained(X=X10, y=Y10, loss=None, optimiser=None, epochs=3, batch=4, source=None, sizes=(2, 3, 1), **named):
    """Train a small network; return what it has learned and its history."""
    net = Network(list(sizes), rng(0))
    optimiser, source = optimiser or Adam(0.01), rng(2) if source is None else source
    history = train(net, loss or SquaredError(), X, y, optimiser, epochs, batch, source, **named)
    return net.theta, history.loss


@pytest.mark.parametrize("held", [99.0, np.nan, np.inf, -100])
def test_a_row_of_weight_zero_is_not_there_whatever_it_holds(held):
    rows = np.arange(10) % 3 != 1
    X, y = X10.copy(), Y10.copy()
    X[~rows], y[~rows] = held, held
    with_holes = trained(X, y, weight=np.where(rows, 1.0, 0.0))
    without = trained(X[rows], y[rows])
    assert np.array_equal(with_holes[0], without[0]) and with_holes[1] == without[1]


def test_an_ignored_class_is_one_line():
    labels = np.array([0, 1, 2, -100, 1, 255, 2, 0, 1, -100])
    seen = (labels >= 0) & (labels < 3)
    ignoring = trained(y=labels, loss=SoftmaxCrossEntropy(), sizes=(2, 3), weight=seen)
    without = trained(X10[seen], labels[seen], SoftmaxCrossEntropy(), sizes=(2, 3))
    assert np.array_equal(ignoring[0], without[0]) and ignoring[1] == without[1]


def test_a_batch_of_rows_without_weight_stops_nothing():
    theta, losses = trained(batch=1, weight=[1, 0, 0, 0, 0, 0, 0, 0, 1e-300, 5e-324])
    assert np.isfinite(theta).all() and np.isfinite(losses).all()


@pytest.mark.parametrize("weight", [np.full(10, 3.7), np.full(10, 1e300), np.full(10, 5e-324), np.ones(10, np.float32)])
def test_equal_weights_are_no_weights(weight):
    plain, weighted = trained(), trained(weight=weight)
    assert np.allclose(plain[0], weighted[0], rtol=1e-12) and plain[1] == pytest.approx(weighted[1], rel=1e-12)


def test_a_loss_gets_the_weights_as_they_were_given():
    seen = []

    class Noting:
        def value_and_grad(self, pred, target, weight=None):
            seen.append(weight)
            return SquaredError().value_and_grad(pred, target, weight)

    given = np.array([3.0, 0, 700, 1e-9, 0, 1e300, 5, 5, 5, 5])
    trained(loss=Noting(), weight=given, epochs=1)
    assert sorted(np.concatenate(seen)) == sorted(given[given > 0])


@pytest.mark.parametrize("batch", [1, 3, 10, 99])
def test_the_loss_of_an_epoch_is_the_weighted_mean_over_all_rows(batch):
    weight, net = rng(5).uniform(0, 9, 10), Network([2, 3, 1], rng(0))
    expected = SquaredError()(net.forward(X10), Y10, weight)
    history = train(net, SquaredError(), X10, Y10, GradientDescent(1e-300), 2, batch, rng(0), weight=weight)
    assert history.loss == pytest.approx([expected] * 2, rel=1e-12)


def test_single_numbers_of_a_wide_target_can_have_weight_zero():
    y, weight = rng(4).normal(size=(10, 2)), np.ones((10, 2))
    weight[:, 1] = 0
    theta, _ = trained(y=y, sizes=(2, 2), weight=weight)
    untouched = Network([2, 2], rng(0))
    changed = theta != untouched.theta
    assert changed.reshape(3, 2)[:, 0].all() and not changed.reshape(3, 2)[:, 1].any()


class Mine:
    """A model that somebody wrote, without its gradient."""

    theta = np.zeros(2)

    def forward(self, X):
        return X @ self.theta


HOLE, ENDLESS = np.where(np.arange(20).reshape(10, 2) == 7, np.nan, X10), np.where(np.arange(10) == 6, np.inf, Y10)
REFUSED = {  # what was given: what is said
    "weights of other rows": ({"weight": np.ones(99)}, "weight has shape \\(99,\\)"),
    "too few weights": ({"weight": np.ones(3)}, "weight has shape \\(3,\\)"),
    "a column of weights": ({"weight": np.ones((10, 1))}, "weight has shape \\(10, 1\\)"),
    "a negative weight": ({"weight": -np.arange(10)}, "train: weight is -1.0 at index 1, but must be a finite number"),
    "a weight nan": ({"weight": np.full(10, np.nan)}, "train: weight is nan at index 0"),
    "weights without mass": ({"weight": np.zeros(10)}, "train: the weights sum to 0"),
    "weights in words": ({"weight": ["1"] * 10}, "train: weight holds text"),
    "no rows": ({"X": X10[:0], "y": Y10[:0]}, "train: X has no rows"),
    "other targets": ({"y": Y10[:9]}, "X has shape \\(10, 2\\) and y \\(9,\\), but each row of X needs one target"),
    "one number": ({"X": 3.0, "y": 3.0}, "X has shape \\(\\) and y \\(\\)"),
    "inputs in a row": ({"X": Y10}, "the inputs have shape"),
    "inputs in words": ({"X": [["a", "b"]] * 10}, "train: X holds text"),
    "ragged inputs": ({"X": [[1.0], *[[1.0, 2.0]] * 9]}, "train: X has rows of unequal length"),
    "masked targets": ({"y": np.ma.masked_array(Y10, Y10 > 1)}, "train: y is a masked array"),
    "an input nan": ({"X": HOLE}, "train: X is nan at index \\(3, 1\\)"),
    "an infinite target": ({"y": ENDLESS}, "train: y is inf at index 6"),
    "a data set": ({"X": data.chem()}, "chem is a table"),
    "batch 0": ({"batch": 0}, "train: batch is 0, but must be a whole number from 1 upwards"),
    "a batch of 2.0": ({"batch": 2.0}, "train: batch is 2.0, but must be a whole number .* n // 10 is a whole number"),
    "batch True": ({"batch": True}, "train: batch is True"),
    "epochs below 0": ({"epochs": -1}, "train: epochs is -1, but must be a whole number from 0 upwards"),
    "half an epoch": ({"epochs": 1.5}, "train: epochs is 1.5"),
    "a seed": ({"source": 0}, "train: rng is 0, but must be a source of random numbers, such as rng\\(0\\)"),
    "rng itself": ({"source": rng}, "train: rng is a function"),
    "the global source": ({"source": np.random}, "train: rng is a module"),
    "the class of a loss": ({"loss": SquaredError}, "the loss is the class SquaredError; make one of it"),
    "a function for a loss": ({"loss": np.mean}, "the loss is .* without value_and_grad; a formula"),
    "the class Adam": ({"optimiser": Adam}, "the optimiser is the class Adam; make one of it: Adam\\("),
    "a rate": ({"optimiser": 0.1}, "the optimiser is 0.1 without step; take GradientDescent or Adam"),
    "a table to watch": ({"watch": {"a": 1}}, "watch is {'a': 1}, but must be a function"),
    "pandas by other labels": (
        {"X": pd.DataFrame(X10), "y": pd.Series(Y10, index=range(1, 11))},
        "X and y have a different pandas index",
    ),
    "pandas weights by other labels": (
        {"y": pd.Series(Y10), "weight": pd.Series(np.ones(10), index=range(1, 11))},
        "y and weight have a different",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_trained_is_refused_in_words_before_the_first_step(what):
    given, said = REFUSED[what]
    given = {"optimiser": Adam(0.01), **given}
    with pytest.raises((ValueError, TypeError), match=said) as error:
        trained(**given)
    assert "0x" not in str(error.value) and getattr(given["optimiser"], "_count", 0) == 0


def test_a_model_that_is_none_is_refused():
    for model, said in (
        (Network, "the model is the class Network; make one"),
        (Mine(), "the model is a Mine without backward; see Network"),
        (None, "the model is None without forward and backward and theta"),
    ):
        with pytest.raises(TypeError, match=said):
            train(model, SquaredError(), X10, Y10, Adam(), 1, 5, rng(0))


def test_what_is_watched_has_a_name():
    with pytest.raises(TypeError, match=r"watch\(\) returned 0.9, but must return named numbers"):
        trained(watch=lambda: 0.9)


def test_pandas_with_one_index_counts_like_its_numbers():
    labels = list("abcdefghij")
    frame = pd.DataFrame(X10, index=labels, columns=["one", "two"])
    in_pandas = trained(frame, pd.Series(Y10, labels), weight=pd.Series(np.arange(10), labels))
    assert np.array_equal(in_pandas[0], trained(weight=np.arange(10))[0])
    wide = pd.DataFrame({"c": Y10, "d": Y10}, labels)
    assert np.array_equal(trained(frame, wide, sizes=(2, 2))[0], trained(y=wide.to_numpy(), sizes=(2, 2))[0])


def test_any_source_with_a_seed_of_its_own_will_do():
    assert trained(source=np.random.default_rng(0))[1] == trained(source=np.random.default_rng(0))[1]


class InPlace(Loss):
    """Squared error, written by somebody who works in place."""

    def formula(self, p, y):
        return (p - y) ** 2

    def derivative(self, p, y):
        return 2 * (p - y)

    def value_and_grad(self, pred, target, weight=None):
        answer = super().value_and_grad(pred, target, weight)
        for mine in (pred, target, weight):
            mine *= 0
        return answer


def test_nothing_that_is_given_is_changed_even_by_a_loss_that_works_in_place():
    given = [X10.copy(), Y10.copy(), np.arange(10.0)]
    before = [array.copy() for array in given]
    trained(*given[:2], InPlace(), weight=given[2], batch=10)
    assert all(np.array_equal(now, then) for now, then in zip(given, before, strict=True))
    start = np.array([8.0, -4.0])

    def greedy(theta):
        answer = bowl(theta)
        theta *= 0
        return answer

    path, _ = descend(greedy, start, 0.25, 3)
    assert start.tolist() == [8, -4] and np.array_equal(path, descend(bowl, start, 0.25, 3)[0])
    for optimiser in (GradientDescent(0.1), Adam()):
        theta, gradient = np.ones(3), np.array([1.0, 0.0, -2.0])
        optimiser.step(theta, gradient)
        optimiser.step(theta, gradient)
        assert gradient.tolist() == [1, 0, -2]


@pytest.mark.parametrize("kind", [np.float16, np.float32, np.float64])
@pytest.mark.parametrize("optimiser", [GradientDescent(0.05), Adam(0.01)], ids=repr)
@pytest.mark.parametrize("scale", [1.0, 1e-4, 1e-20])
def test_an_input_that_is_always_0_and_numbers_that_round_to_0_make_no_nan(kind, optimiser, scale):
    X, y = (scale * X10).astype(kind), (scale * Y10).astype(kind)
    X[:, 1] = 0
    net, optimiser = Network([2, 4, 1], rng(0), "relu", dtype=kind), type(optimiser)(optimiser.rate)
    start = net.theta.copy()
    with np.errstate(all="raise"), warnings.catch_warnings(action="error"):
        history = train(net, SquaredError(), X, y, optimiser, 20, 4, rng(0))
        assert set(np.geterr().values()) == {"raise"}
    assert net.theta.dtype == kind and np.isfinite(net.theta).all() and np.isfinite(history.loss).all()
    dead = slice(4, 8)  # the weights of the second input
    assert np.array_equal(net.theta[dead], start[dead])


def test_a_step_that_cannot_be_is_refused():
    adam = Adam(0.1)
    adam.step(np.ones(3), np.ones(3))
    for theta, gradient, said in (
        (np.ones(3), np.ones((3, 1)), r"the gradient has shape \(3, 1\), the parameters \(3,\); NumPy would broadcast"),
        (np.ones(3), 1.0, r"the gradient has shape \(\)"),
        (np.ones(2), np.ones(2), r"remembers gradients of shape \(3,\), .* each model needs an optimiser of its own"),
        ([1.0, 2.0, 3.0], np.ones(3), "theta is .* changed in place"),
        (np.array([1, 2, 3]), np.ones(3), "theta is .* must be an array of floats"),
    ):
        with pytest.raises((TypeError, ValueError), match=said):
            adam.step(theta, gradient)
    for tiny in (0, -1e-8, 1e-60, np.nan):
        with pytest.raises(ValueError, match="tiny is .* 0 / 0 is nan"):
            Adam(tiny=tiny)


WALKS = {  # what was given: objective, start, rate, steps, what is said
    "a rate of 0": (bowl, [1.0], 0, 3, "rate is 0"),
    "a rate in words": (bowl, [1.0], "fast", 3, "rate is 'fast'"),
    "steps below 0": (bowl, [1.0], 0.1, -1, "descend: steps is -1, but must be a whole number from 0 upwards"),
    "half a step": (bowl, [1.0], 0.1, 0.5, "descend: steps is 0.5"),
    "a start nan": (bowl, [1.0, np.nan], 0.1, 3, "descend: start is nan at index 1, but must be a finite number"),
    "an infinite start": (bowl, [np.inf], 0.1, 3, "descend: start is inf at index 0"),
    "a start in words": (bowl, ["1"], 0.1, 3, "descend: start holds text"),
    "no start": (bowl, [], 0.1, 3, r"descend: start has shape \(0,\)"),
    "a table as start": (bowl, [[1.0], [2.0]], 0.1, 3, r"descend: start has shape \(2, 1\)"),
    "a value alone": (lambda w: float(w @ w), [1.0], 0.1, 3, "returned 1.0, but must return a value and its gradient"),
    "three things": (lambda w: (1.0, w, w), [1.0], 0.1, 3, "the objective returned .*, but must return a value and"),
    "a value for each weight": (lambda w: (w, w), [1.0, 2.0], 0.1, 3, r"a value of shape \(2,\) and a gradient of"),
    "one slope for two": (lambda w: (1.0, 2.0), [1.0, 2.0], 0.1, 3, r"gradient of shape \(\), .* NumPy would broad"),
    "a column": (lambda w: (1.0, w[:, None]), [1.0, 2.0], 0.1, 3, r"a gradient of shape \(2, 1\)"),
}


@pytest.mark.parametrize("what", WALKS)
def test_a_walk_that_cannot_be_walked_is_refused_in_words(what):
    *given, said = WALKS[what]
    with pytest.raises((ValueError, TypeError), match=said):
        descend(*given)


def test_a_walk_over_one_weight_takes_plain_numbers():
    for start in (3.0, [3.0]):
        path, values = descend(lambda w: (w**2, 2 * float(np.squeeze(w))), start, 0.25, 2)
        assert path.tolist() == [[3.0], [1.5], [0.75]] and values.tolist() == [9.0, 2.25, 0.5625]
    assert descend(bowl, [1.0, 2.0], 0.1, 0)[0].tolist() == [[1.0, 2.0]]


def test_a_walk_hears_nothing_of_the_readers_error_settings():
    with np.errstate(all="raise"), warnings.catch_warnings(action="error"):
        path, values = descend(bowl, [1.0, 1e-300], rate=1e160, steps=9)
        descend(bowl, [1e-170], rate=1e-170, steps=3)
        assert set(np.geterr().values()) == {"raise"}
    assert np.isnan(values[-1]) and not np.isinf(path).any()


def test_a_decay_that_never_fades_is_refused():
    for optimiser in (lambda: Adam(decay=1), lambda: Adam(decay=-0.1), lambda: Adam(decay_square=2)):
        with pytest.raises(ValueError, match="decay is .* old gradients never fade"):
            optimiser()
    assert repr(GradientDescent(0.1)) == "GradientDescent(rate=0.1)"


def test_a_history_says_what_happened():
    assert repr(History([2.0, 0.5])) == "History(2 epochs, loss 2 to 0.5)" and "nothing" in repr(History())
