"""The words on the cards, evaluated in PyTorch, Keras, optax and scikit-learn: `make test-oracles`.

Values and gradients agree to 12 digits, weights included; every difference that a card tells is asserted here.
"""

import importlib.metadata
import math
import tomllib
from pathlib import Path

import numpy as np
import pytest

import lossutils
from lossutils import CATALOGUE, rng
from lossutils.domain import CLASSES
from tools import oracles

pytestmark = pytest.mark.oracle

MORE = (lossutils.Focal(gamma=2.0), lossutils.SoftmaxFocal(gamma=3.0), lossutils.Tversky(alpha=0.9, beta=0.2))
WORDS = [(loss, library, words) for loss in (*CATALOGUE, *MORE) for library, words in oracles.questions(loss)]
NAMES = [f"{library}-{loss!r}" for loss, library, _ in WORDS]
# Where a library leaves the simplex: it divides a row by its sum, so its gradient has no part along the sum.
TANGENT = {("CategoricalCrossEntropy", "keras")}
EPSILON = {"Dice", "Jaccard", "Tversky", "PoissonNLL"}  # Keras adds 1e-7 there; without it the numbers agree


@pytest.fixture
def keras_epsilon():
    """Keras with its epsilon at 0; a test sets it to what Keras has by itself."""
    config = oracles.keras().config
    config.set_epsilon(0.0)
    yield config.set_epsilon
    config.set_epsilon(1e-7)


def numbers(loss, library, seed=0, n=30):
    p, y = oracles.draw(loss, rng(seed), n)
    if loss.target is CLASSES and oracles.wants_numbers(loss.elsewhere.get(library, "q")):
        y = np.argmax(y, axis=1)
    if (type(loss).__name__, library) == ("SquaredLogarithmicError", "keras"):
        p, y = np.abs(p), np.abs(y)
    return p, y


def agree(loss, library, mine, theirs):
    value, slope = theirs
    assert value == pytest.approx(mine[0], rel=1e-12, abs=1e-14)
    if slope is None:
        return
    if (type(loss).__name__, library) in TANGENT:
        slope, mine = (s - s.mean(axis=1, keepdims=True) for s in (slope, mine[1]))
        mine = (None, mine)
    assert slope.shape == mine[1].shape
    np.testing.assert_allclose(slope, mine[1], rtol=1e-12, atol=1e-12 * np.abs(mine[1]).max())


@pytest.mark.parametrize(("loss", "library", "words"), WORDS, ids=NAMES)
def test_the_words_of_a_card_give_its_value_and_gradient(loss, library, words, request):
    if library == "keras" and type(loss).__name__ in EPSILON:
        request.getfixturevalue("keras_epsilon")
    for seed in range(3):
        p, y = numbers(loss, library, seed)
        agree(loss, library, loss.value_and_grad(p, y), oracles.ask(library, words, loss, p, y))


@pytest.mark.parametrize(("loss", "library", "words"), WORDS, ids=NAMES)
def test_weights_mean_the_same_in_the_words_of_a_card(loss, library, words, request):
    if library == "keras" and type(loss).__name__ in EPSILON:
        request.getfixturevalue("keras_epsilon")
    p, y = numbers(loss, library, 7)
    w = np.append(rng(8).uniform(0, 3, len(p) - 1), 0.0)
    agree(loss, library, loss.value_and_grad(p, y, w), oracles.ask(library, words, loss, p, y, w))


def test_every_loss_has_a_second_opinion_on_its_gradient():
    for loss in CATALOGUE:
        assert any(library != "sklearn" for library, _ in oracles.questions(loss)), f"{loss!r}: no oracle"


def test_the_pinned_libraries_are_installed():
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    pins = [line.split("==") for line in project["project"]["optional-dependencies"]["oracle"] if "==" in line]
    assert {"torch", "keras", "optax", "jax", "scikit-learn"} <= {name for name, _ in pins}
    for name, version in pins:
        assert importlib.metadata.version(name).split("+")[0] == version


# Gradients of scikit-learn: its public metrics have none, the losses of its estimators do ------------------------

SKLEARN = {  # ours: the name there, its parameters, and how many times theirs is ours
    "SquaredError": ("HalfSquaredError", {}, 2),
    "AbsoluteError": ("AbsoluteError", {}, 1),
    "Pinball": ("PinballLoss", {"quantile": "tau"}, 1),
    "PoissonNLL": ("HalfPoissonLoss", {}, 1),
    "GammaNLL": ("HalfGammaLoss", {}, 1),
    "TweedieNLL": ("HalfTweedieLoss", {"power": "power"}, 1),
    "LogisticLoss": ("HalfBinomialLoss", {}, 1),
    "Exponential": ("ExponentialLoss", {}, 1),
    "SoftmaxCrossEntropy": ("HalfMultinomialLoss", {}, 1),
}


@pytest.mark.parametrize("loss", [loss for loss in CATALOGUE if type(loss).__name__ in SKLEARN], ids=repr)
def test_value_and_gradient_are_those_of_scikit_learns_estimators(loss):
    import sklearn._loss.loss

    name, parameters, times = SKLEARN[type(loss).__name__]
    p, y = oracles.draw(loss, rng(1))
    more = {"n_classes": p.shape[1]} if loss.row_wise else {}
    more |= {there: getattr(loss, here) for there, here in parameters.items()}
    theirs = getattr(sklearn._loss.loss, name)(**more)
    y = np.argmax(y, axis=1) if loss.row_wise else y
    value, slope = theirs.loss_gradient(y_true=y.astype(float), raw_prediction=p)
    mine = loss.value_and_grad(p, y)
    shift = 0.0 if name != "HalfTweedieLoss" else mine[0] - value.mean()  # theirs keeps a term without the prediction
    assert times * value.mean() + shift == pytest.approx(mine[0], rel=1e-12)
    np.testing.assert_allclose(times * slope / len(p), mine[1], rtol=1e-12, atol=1e-15)


def test_an_expectile_is_scipys():
    import scipy.stats

    y = rng(0).gamma(2, size=50)
    assert lossutils.Expectile(0.8).best_constant(y) == pytest.approx(scipy.stats.expectile(y, 0.8), rel=1e-12)


# What the cards tell of differences ------------------------------------------------------------------------------

DIFFERENCES = {}


def difference(*losses, library):
    """Mark the assertion of what these losses' cards tell of a library."""

    def mark(function):
        DIFFERENCES.update({(name, library): function for name in losses})
        return function

    return mark


def test_every_difference_on_a_card_is_asserted_here_and_none_else():
    told = {(type(loss).__name__, library) for loss in CATALOGUE for library in loss.differs}
    assert told == set(DIFFERENCES)


@pytest.mark.parametrize("name", sorted({name for name, _ in DIFFERENCES} | {type(x).__name__ for x in CATALOGUE}))
def test_a_library_differs_as_the_card_tells(name):
    loss = next(loss for loss in CATALOGUE if type(loss).__name__ == name)
    for library in loss.differs:
        DIFFERENCES[name, library](loss)


def value(library, words, loss, p, y, **more):
    return oracles.ask(library, words, loss, p, y, **more)[0]


@difference("SquaredError", library="optax")
def l2_loss_is_half(loss):
    p, y = numbers(loss, "optax")
    assert 2 * value("optax", "optax.l2_loss(p, y).mean()", loss, p, y) == pytest.approx(loss(p, y), rel=1e-12)


@difference("Huber", library="torch")
def smooth_l1_is_divided_by_delta(loss):
    p, y = numbers(loss, "torch")
    theirs = value("torch", "torch.nn.SmoothL1Loss(beta=δ)(p, y)", loss, p, y)
    assert loss.delta * theirs == pytest.approx(loss(p, y), rel=1e-12)


@difference("AbsolutePercentageError", library="keras")
def keras_answers_in_per_cent(loss):
    p, y = numbers(loss, "keras")
    words = loss.elsewhere["keras"].removesuffix(" / 100")
    assert value("keras", words, loss, p, y) == pytest.approx(100 * loss(p, y), rel=1e-12)


@difference("SquaredLogarithmicError", library="keras")
def keras_lifts_what_is_below_0(loss):
    p, y = np.array([-0.5, 2.0]), np.array([1.0, -0.9])
    theirs = value("keras", loss.elsewhere["keras"], loss, p, y)
    assert theirs == pytest.approx(loss(np.maximum(p, 1e-7), np.maximum(y, 1e-7)), rel=1e-12)
    assert abs(theirs - loss(p, y)) > 1


@difference("GaussianNLL", library="torch")
def torch_leaves_the_constant_out(loss):
    p, y = numbers(loss, "torch")
    words = loss.elsewhere["torch"].replace("full=True", "")
    assert value("torch", words, loss, p, y) + math.log(2 * math.pi) / 2 == pytest.approx(loss(p, y), rel=1e-12)
    small = type(loss)(variance=1e-9)
    assert value("torch", small.elsewhere["torch"], small, p, y) == pytest.approx(type(loss)(1e-6)(p, y), rel=1e-12)


@difference("PoissonNLL", library="torch")
def torch_takes_the_mean_if_told(loss):
    p, y = numbers(loss, "torch")
    theirs = value("torch", "torch.nn.PoissonNLLLoss(log_input=False, eps=0)(torch.exp(p), y)", loss, p, y)
    assert theirs == pytest.approx(loss(p, y), rel=1e-12)
    threes = np.full_like(p, 3.0)
    more = value("torch", "torch.nn.PoissonNLLLoss(full=True)(p, y)", loss, p, threes) - loss(p, threes)
    assert more == pytest.approx(3 * math.log(3) - 3 + math.log(6 * math.pi) / 2, rel=1e-12)  # log(3!) by Stirling


@difference("PoissonNLL", library="keras")
def keras_adds_1e7_inside_the_logarithm(loss):
    p, y = np.array([-14.0, 0.5]), np.array([1.0, 2.0])
    theirs = value("keras", loss.elsewhere["keras"], loss, p, y)
    assert theirs == pytest.approx(np.mean(np.exp(p) - y * np.log(np.exp(p) + 1e-7)), rel=1e-12)
    assert theirs < loss(p, y) - 0.01


def deviance(words):
    """Half of scikit-learn's deviance is our loss minus the least it can be, reached at the target itself."""

    def check(loss):
        p, y = numbers(loss, "sklearn")
        y = np.maximum(y, 0.1)
        theirs = value("sklearn", words, loss, p, y)
        assert theirs / 2 == pytest.approx(loss(p, y) - loss(np.log(y), y), rel=1e-12)

    return check


difference("PoissonNLL", library="sklearn")(deviance("sklearn.metrics.mean_poisson_deviance(y, np.exp(p))"))
difference("GammaNLL", library="sklearn")(deviance("sklearn.metrics.mean_gamma_deviance(y, np.exp(p))"))
difference("TweedieNLL", library="sklearn")(
    deviance("sklearn.metrics.mean_tweedie_deviance(y, np.exp(p), power=power)")
)


def cost_of_certainty(library, cost, relative):
    """Probability 0 for what happens costs infinitely much here, and so much there."""

    def check(loss):
        if loss.row_wise:
            p, y = np.array([[1.0, 0.0]]), np.array([1]) if library == "sklearn" else np.array([[0.0, 1.0]])
        else:
            p, y = np.array([0.0]), np.array([1.0])
        assert loss(p, y) == math.inf
        assert value(library, loss.elsewhere[library], loss, p, y) == pytest.approx(cost, rel=relative)

    return check


difference("BinaryCrossEntropy", library="torch")(cost_of_certainty("torch", 100, 1e-12))
difference("BinaryCrossEntropy", "CategoricalCrossEntropy", "KullbackLeibler", library="keras")(
    cost_of_certainty("keras", -math.log(1e-7), 1e-6)
)
difference("BinaryCrossEntropy", "CategoricalCrossEntropy", library="sklearn")(
    cost_of_certainty("sklearn", -math.log(np.finfo(float).eps), 1e-12)
)


@difference("CategoricalCrossEntropy", library="torch")
def torch_takes_scores(loss):
    p = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])
    y = np.array([1, 0])
    assert loss(p, y) == 0
    twice = value("torch", "torch.nn.CrossEntropyLoss()(p, y)", loss, p, y)
    assert twice == pytest.approx(math.log(1 + 2 / math.e), rel=1e-12)


@difference("KullbackLeibler", library="torch")
def torch_divides_by_the_number_of_classes_too(loss):
    p, q = numbers(loss, "torch")
    with pytest.warns(UserWarning, match="batchmean"):
        theirs = value("torch", "torch.nn.KLDivLoss()(torch.log(p), q)", loss, p, q)
    assert p.shape[1] * theirs == pytest.approx(loss(p, q), rel=1e-12)


@difference("Hinge", "SquaredHinge", library="keras")
def keras_turns_labels_round_only_if_all_are_labels(loss):
    z, y = np.array([0.3, -0.4]), np.array([1.0, 0.0])
    assert value("keras", loss.elsewhere["keras"], loss, z, y) == pytest.approx(loss(z, y), rel=1e-12)
    y = np.array([1.0, 0.5])
    taken = np.maximum(1 - y * z, 0) ** (2 if type(loss).__name__ == "SquaredHinge" else 1)
    assert value("keras", loss.elsewhere["keras"], loss, z, y) == pytest.approx(taken.mean(), rel=1e-12)
    assert abs(taken.mean() - loss(z, y)) > 0.01


@difference("Hinge", library="optax")
def optax_takes_labels_of_both_signs(loss):
    z, y = np.array([0.3, -0.4]), np.array([1.0, 0.0])
    theirs = value("optax", "optax.hinge_loss(p, y).mean()", loss, z, y)
    assert theirs == pytest.approx((0.7 + 1) / 2, rel=1e-12) and loss(z, y) == pytest.approx((0.7 + 0.6) / 2)


@difference("Focal", library="keras")
def keras_stops_at_1e7(loss):
    z, y = np.array([-20.0]), np.array([1.0])
    theirs, slope = oracles.ask("keras", lossutils.Focal().elsewhere["keras"], lossutils.Focal(), z, y)
    assert theirs == pytest.approx(-math.log(1e-7), rel=1e-6) and abs(slope[0]) < 1e-6
    assert lossutils.Focal()(z, y) == pytest.approx(20) and lossutils.Focal().grad(z, y)[0] == pytest.approx(-1)


@difference("Focal", library="optax")
def optax_puts_a_membership_into_p(loss):
    z, y = np.array([1.0]), np.array([0.25])
    theirs = value("optax", loss.elsewhere["optax"], loss, z, y)
    p = 1 / (1 + math.exp(-1))
    entropy, right = -0.25 * math.log(p) - 0.75 * math.log(1 - p), 0.25 * p + 0.75 * (1 - p)
    price = loss.alpha * 0.25 + (1 - loss.alpha) * 0.75
    assert theirs == pytest.approx(price * (1 - right) ** loss.gamma * entropy, rel=1e-12)
    assert abs(theirs - loss(z, y)) > 0.01


@difference("SoftmaxFocal", library="keras")
def keras_multiplies_by_a_quarter(loss):
    z, q = numbers(loss, "keras")
    words = loss.elsewhere["keras"].replace("alpha=1, ", "")
    assert 4 * value("keras", words, loss, z, q) == pytest.approx(loss(z, q), rel=1e-12)
    far = np.array([[20.0, -20.0]]), np.array([[0.0, 1.0]])
    assert value("keras", loss.elsewhere["keras"], loss, *far) == pytest.approx(-math.log(1e-7), rel=1e-6)


@difference("GeneralizedCrossEntropy", library="keras")
def keras_takes_probabilities_and_q_below_1(loss):
    z, y = numbers(loss, "keras")
    one = type(loss)(q=1.0)
    assert one(z, y) > 0
    with pytest.raises(ValueError, match="q"):
        value("keras", one.elsewhere["keras"], one, z, y)
    straight = "keras.losses.CategoricalGeneralizedCrossEntropy(q=q)(y, p)"
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    assert value("keras", straight, loss, p, y) == pytest.approx(loss(z, y), rel=1e-12)


@difference("Dice", "Jaccard", "Tversky", library="keras")
def keras_adds_1e7_and_takes_the_batch_for_one_mask(loss):
    p, y = numbers(loss, "keras")
    words = loss.elsewhere["keras"]
    assert 1e-10 < value("keras", words, loss, p, y) - loss(p, y) < 1e-6
    batch = value("keras", words.replace(", axis=-1", "").replace("axis=-1", ""), loss, p, y)
    assert batch == pytest.approx(loss(p.reshape(1, -1), y.reshape(1, -1)), rel=1e-7)
    assert abs(batch - loss(p, y)) > 1e-4
    if type(loss).__name__ == "Tversky":
        documented = "keras.losses.Tversky(alpha=α, beta=β, axis=-1)(y, p)"
        swapped = type(loss)(alpha=loss.beta, beta=loss.alpha)
        assert value("keras", documented, loss, p, y) == pytest.approx(swapped(p, y), rel=1e-6)
        assert abs(swapped(p, y) - loss(p, y)) > 0.01


@difference("Dice", "Jaccard", "Tversky", library="optax")
def optax_adds_1_unless_told(loss):
    p, y = numbers(loss, "optax", n=1)
    score = np.log(p) - np.log1p(-p)
    weighted = {"Dice": "", "Jaccard": ", alpha=1, beta=1", "Tversky": ", alpha=α, beta=β"}[type(loss).__name__]
    words = f"optax.losses.dice_loss(p[..., None], y[..., None]{weighted}).mean()"
    hit = np.sum(p * y)
    whole = hit / (1 - loss(p, y))
    assert value("optax", words, loss, score, y) == pytest.approx(1 - (hit + 1) / (whole + 1), rel=1e-12)


# What holds for a whole library ----------------------------------------------------------------------------------


def test_keras_divides_a_weighted_mean_by_n_unless_told():
    loss = lossutils.SquaredError()
    p, y = numbers(loss, "keras")
    w = rng(1).uniform(0, 3, len(p))
    words = "keras.losses.MeanSquaredError()(y[:, None], p[:, None], sample_weight=w)"
    assert value("keras", words, loss, p, y, w=w) == pytest.approx(loss(p, y, w) * w.mean(), rel=1e-12)
    assert all("divides by n" in loss._repr_markdown_() for loss in CATALOGUE if "keras" in loss.elsewhere)


def test_keras_takes_means_in_float32_outside_tensorflow(monkeypatch):
    loss = lossutils.SquaredError()
    p, y = np.full(3, 1 / 3), np.zeros(3)
    assert value("keras", loss.elsewhere["keras"], loss, p, y) == pytest.approx(1 / 9, rel=1e-15)
    keras = oracles.keras()
    from keras.src.backend.common import dtypes

    monkeypatch.setitem(dtypes.BIT64_TO_BIT32_DTYPE, "float64", "float32")  # as Keras has it by itself
    assert keras.config.floatx() == "float64" and keras.backend.backend() == "torch"
    mean = keras.losses.MeanSquaredError()(y, p).item()
    assert mean == np.float32(1 / 9) and mean != 1 / 9


def test_torch_divides_by_the_weights_of_the_classes():
    loss = lossutils.SoftmaxCrossEntropy()
    z, y = numbers(loss, "torch")
    prices = np.array([1.0, 5.0, 0.5, 2.0])
    words = "torch.nn.CrossEntropyLoss(weight=prices)(p, y)"
    theirs = value("torch", words, loss, z, y, prices=oracles.torch().tensor(prices))
    assert theirs == pytest.approx(loss(z, y, prices[y]), rel=1e-12)


def test_tversky_by_hand_and_as_keras_3_15_1_answers():
    p, y = np.array([[0.3, 0.6, 0.2, 0.1]]), np.array([[1.0, 0.0, 1.0, 0.0]])
    loss = lossutils.Tversky(alpha=0.3, beta=0.7)  # 0.5 hit, 0.7 too much, 1.5 missed
    assert loss(p, y) == pytest.approx(1 - 0.5 / (0.5 + 0.3 * 0.7 + 0.7 * 1.5), rel=1e-12)
    theirs = value("keras", "keras.losses.Tversky(alpha=α, beta=β)(y, p)", loss, p, y)
    assert theirs == pytest.approx(1 - 0.5 / (0.5 + 0.7 * 0.7 + 0.3 * 1.5), rel=1e-6)
