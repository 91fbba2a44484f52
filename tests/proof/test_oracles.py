"""The words on the cards, evaluated in PyTorch, Keras, optax and scikit-learn: `make test-oracles`.

Values and gradients agree to 12 digits, weights included. Where a library differs: test_differences.py.
"""

import importlib.metadata
import tomllib
from pathlib import Path

import numpy as np
import pytest

import lossutils
from lossutils import CATALOGUE, rng
from tests.proof import oracles
from tools.plumbing.pages import Page, paths
from tools.rules.words import loss_of, told

pytestmark = pytest.mark.oracle

MORE = (lossutils.Focal(gamma=2.0), lossutils.SoftmaxFocal(gamma=3.0), lossutils.Tversky(alpha=0.9, beta=0.2))
WORDS = [(loss, library, words) for loss in (*CATALOGUE, *MORE) for library, words in loss.elsewhere.items()]
NAMES = [f"{library}-{loss!r}" for loss, library, _ in WORDS]
QUOTED = [  # the lines of the lectures, with the loss whose card has them
    (page.number, loss_of(library, words), library, words)
    for page in map(Page.read, paths("notebooks"))
    for _, library, words in told(page)
    if loss_of(library, words)  # else a rule refuses the lecture
]


@pytest.fixture
def keras_epsilon():
    """Keras with its epsilon at 0; a test sets it to what Keras has by itself."""
    config = oracles.keras().config
    config.set_epsilon(0.0)
    yield config.set_epsilon
    config.set_epsilon(1e-7)


def numbers(loss, library, seed=0):
    return oracles.example(loss, library, rng(seed))


def agree(loss, library, mine, theirs):
    value, slope = theirs
    assert value == pytest.approx(mine[0], rel=1e-12, abs=1e-14)
    if slope is None:
        return
    if type(loss).__name__ in oracles.LEAVES_SIMPLEX.get(library, ()):
        slope, mine = (s - s.mean(axis=1, keepdims=True) for s in (slope, mine[1]))
        mine = (None, mine)
    assert slope.shape == mine[1].shape
    np.testing.assert_allclose(slope, mine[1], rtol=1e-12, atol=1e-12 * np.abs(mine[1]).max())


@pytest.mark.parametrize(("loss", "library", "words"), WORDS, ids=NAMES)
def test_the_words_of_a_card_give_its_value_and_gradient(loss, library, words, request):
    if type(loss).__name__ in oracles.BESIDE.get(library, ()):  # without its epsilon the numbers agree
        request.getfixturevalue("keras_epsilon")
    for seed in range(3):
        p, y = numbers(loss, library, seed)
        agree(loss, library, loss.value_and_grad(p, y), oracles.ask(library, words, loss, p, y))


@pytest.mark.parametrize(("loss", "library", "words"), WORDS, ids=NAMES)
def test_weights_mean_the_same_in_the_words_of_a_card(loss, library, words, request):
    if type(loss).__name__ in oracles.BESIDE.get(library, ()):  # without its epsilon the numbers agree
        request.getfixturevalue("keras_epsilon")
    p, y = numbers(loss, library, 7)
    w = np.append(rng(8).uniform(0, 3, len(p) - 1), 0.0)
    agree(loss, library, loss.value_and_grad(p, y, w), oracles.ask(library, words, loss, p, y, w))


@pytest.mark.parametrize(("chapter", "loss", "library", "words"), QUOTED, ids=[f"{c}-{w}" for c, *_, w in QUOTED])
def test_what_a_lecture_tells_of_a_library_gives_the_value_and_gradient_of_the_loss(chapter, loss, library, words):
    p, y = numbers(loss, library, 5)
    agree(loss, library, loss.value_and_grad(p, y), oracles.ask(library, words, loss, p, y))


def test_the_pinned_libraries_are_installed():
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    pins = [line.split("==") for line in project["project"]["optional-dependencies"]["oracle"] if "==" in line]
    assert {"torch", "keras", "optax", "jax", "scikit-learn", "statsmodels", "lightgbm"} <= {name for name, _ in pins}
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


# What holds for a whole library ----------------------------------------------------------------------------------


def test_keras_divides_a_weighted_mean_by_n_unless_told():
    loss = lossutils.SquaredError()
    p, y = numbers(loss, "keras")
    w = rng(1).uniform(0, 3, len(p))
    words = "keras.losses.MeanSquaredError()(y[:, None], p[:, None], sample_weight=w)"
    assert oracles.ask("keras", words, loss, p, y, w=w)[0] == pytest.approx(loss(p, y, w) * w.mean(), rel=1e-12)
    assert all("divides by n" in loss._repr_markdown_() for loss in CATALOGUE if "keras" in loss.elsewhere)


def test_keras_takes_means_in_float32_outside_tensorflow(monkeypatch):
    loss = lossutils.SquaredError()
    p, y = np.full(3, 1 / 3), np.zeros(3)
    assert oracles.ask("keras", loss.elsewhere["keras"], loss, p, y)[0] == pytest.approx(1 / 9, rel=1e-15)
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
    words = "torch.nn.CrossEntropyLoss(weight=prices)(z, y)"
    theirs, _ = oracles.ask("torch", words, loss, z, y, prices=oracles.torch().tensor(prices))
    assert theirs == pytest.approx(loss(z, y, prices[y]), rel=1e-12)
