"""What the cards tell of other libraries: each sentence is run in the library that it is about (`make test-oracles`).

A sentence is proved under its own words, so that whoever changes the one meets the other.
"""

import importlib.metadata
import itertools
import math
import re

import numpy as np
import pytest

import lossutils
from lossutils import CATALOGUE, rng
from lossutils.engine.card import LIBRARIES, sentences
from lossutils.engine.domain import LABEL, PROBABILITY, SCORE
from tests.proof import oracles

pytestmark = pytest.mark.oracle

ALSO = "also"  # stands for a library where a card tells other names
TOLD = [
    (loss, library, sentence)
    for loss in CATALOGUE
    for library, told in {**loss.differs, ALSO: loss.also}.items()
    for sentence in sentences(told)
]
PROOFS = {}  # (loss's name, library, sentence): the function that runs it


def proof(library, sentence, *names):
    """Mark what proves a sentence on the cards of these losses; it is called with the loss."""

    def mark(function):
        PROOFS.update({(name, library, sentence): function for name in names})
        return function

    return mark


@pytest.mark.parametrize(("loss", "library", "sentence"), TOLD, ids=[f"{lib}-{loss!r}-{s}" for loss, lib, s in TOLD])
def test_what_a_card_tells_of_a_library_is_so(loss, library, sentence):
    prove = PROOFS.get((type(loss).__name__, library, sentence))
    assert prove, f"no proof in tests/proof/test_differences.py of what the card of {loss!r} tells: {sentence}"
    prove(loss)


def test_no_proof_is_left_of_what_no_card_tells_any_more():
    stale = set(PROOFS) - {(type(loss).__name__, library, sentence) for loss, library, sentence in TOLD}
    assert not stale, f"no card says this: {stale}"


def test_a_version_on_a_card_is_the_one_that_is_installed():
    named = {(library, v) for _, library, told in TOLD for v in re.findall(r"\d+\.\d+\.\d+", told)}
    assert named == {("keras", "3.15.1")}
    for library, version in named:
        installed = importlib.metadata.version(library)
        assert version == installed, f"{LIBRARIES[library]} is {installed}: see what it does now, and correct the card"


def both(loss, library, p, y, words=None):
    """Return our value and slope, and the library's, in the words of the card or in others."""
    p, y = np.asarray(p), np.asarray(y)
    return loss.value_and_grad(p, y), oracles.ask(library, words or loss.elsewhere[library], loss, p, y)


def value(library, words, loss, p, y):
    return oracles.ask(library, words, loss, p, y)[0]


def float32(number):
    return np.array([number], np.float32)


def numbers(loss, library, seed=0):
    return oracles.example(loss, library, rng(seed))


def near(x, rel=1e-12):
    return pytest.approx(x, rel=rel, abs=0)


# Where the cards are silent --------------------------------------------------------------------------------------

NUMBERS = 0.0, 1e-9, 1.0, -1.0, 1.5, -1.5, 0.4, 40.0, -40.0, 800.0, -800.0, 1e10
CHANCES = 0.0, 1.0, 1e-20, 1e-9, 0.5, 1 - 1e-9
MASKS = [*itertools.product((0.0, 1.0, 0.3), repeat=2)]
ROWS = (0.0, 0.0, 1.0), (0.0, 0.4, 0.6), (1.0, 0.0, 0.0), (1e-9, 0.4, 0.6), (0.2, 0.3, 0.5)
SCORES = (-math.inf, 2.0, 3.0), (40.0, 2.0, 3.0), (-40.0, 2.0, 3.0), (800.0, 0.0, 0.0), (1e10, 1.0, 1.0)


def edges(loss, library):
    """Pairs at the edges: kinks, 0 and 1, small and large, empty masks, classes that cannot be."""
    if loss.row_wise and loss.target is LABEL:
        yield from ((np.array([p]), np.array([y])) for p in MASKS for y in MASKS)
    elif loss.row_wise:
        number = oracles.wants_numbers(loss.elsewhere[library])
        for p, q in itertools.product(SCORES if loss.prediction is SCORE else ROWS, ROWS):
            if not number or max(q) == 1:
                yield np.array([p]), np.array([np.argmax(q)] if number else [q])
    else:
        for p, y in itertools.product(NUMBERS if loss.prediction is not PROBABILITY else CHANCES, NUMBERS):
            if loss.prediction.contains(p) and loss.target.contains(y):
                yield np.array([p]), np.array([y])


def answer_alike(loss, library, p, y):
    try:
        ours, theirs = both(loss, library, p, y)
    except (ValueError, RuntimeError):
        return False
    pairs = [pair for pair in zip(ours, theirs, strict=True) if pair[1] is not None]
    return all(np.allclose(mine, other, rtol=1e-6, atol=1e-12) for mine, other in pairs)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("loss", "library"), [(loss, library) for loss in CATALOGUE for library in loss.elsewhere])
def test_a_library_about_which_a_card_is_silent_answers_alike_at_the_edges_too(loss, library):
    otherwise = [(p, y) for p, y in edges(loss, library) if not answer_alike(loss, library, p, y)]
    assert not otherwise or library in loss.differs, f"{LIBRARIES[library]} differs here: {otherwise[:3]}"


# Numbers ---------------------------------------------------------------------------------------------------------


@proof(ALSO, "twice `optax.l2_loss`", "SquaredError")
def l2_loss_is_half(loss):
    p, y = numbers(loss, "optax")
    assert 2 * value("optax", "optax.l2_loss(p, y).mean()", loss, p, y) == near(loss(p, y))


X, Y, RIDGE = np.array([[0.0], [0], [0], [1], [1]]), np.array([1.0, 2, 3, 7, 9]), 3.0


def leaves(loss):
    """One Newton step of boosting, two leaves, from the mean; its ridge tells a loss from its double."""
    start = np.full_like(Y, Y.mean())
    slope, curvature = len(Y) * loss.grad(start, Y), loss.curvature(start, Y)
    return [Y.mean() - slope[at].sum() / (curvature[at].sum() + RIDGE) for at in (X[:, 0] == 0, X[:, 0] == 1)]


@proof(ALSO, "twice the `squared_error` of scikit-learn's gradient boosting", "SquaredError")
def boosting_in_scikit_learn_halves_the_square(loss):
    from sklearn.ensemble import HistGradientBoostingRegressor

    tree = {"max_iter": 1, "max_leaf_nodes": 2, "min_samples_leaf": 1, "early_stopping": False}
    model = HistGradientBoostingRegressor(loss="squared_error", learning_rate=1, l2_regularization=RIDGE, **tree)
    assert_half(loss, model.fit(X, Y).predict([[0.0], [1.0]]))


@proof(ALSO, "twice LightGBM's `l2`", "SquaredError")
def lightgbm_halves_the_square(loss):
    import lightgbm

    tree = {"num_leaves": 2, "min_data_in_leaf": 1, "min_sum_hessian_in_leaf": 0, "min_data_in_bin": 1}
    settings = {"objective": "l2", "lambda_l2": RIDGE, "learning_rate": 1, "verbose": -1, "num_threads": 1, **tree}
    model = lightgbm.train(settings, lightgbm.Dataset(X, Y), num_boost_round=1)
    assert_half(loss, model.predict([[0.0], [1.0]]))


def assert_half(loss, predicted):
    assert predicted == pytest.approx(leaves(lossutils.GaussianNLL(variance=1.0)), rel=1e-6)  # e²/2 but for a constant
    assert np.abs(predicted - leaves(loss)).max() > 0.1


@proof("torch", "`torch.nn.SmoothL1Loss(beta=δ)` is this loss divided by δ", "Huber")
def smooth_l1_is_divided_by_delta(loss):
    p, y = numbers(loss, "torch")
    assert loss.delta * value("torch", "torch.nn.SmoothL1Loss(beta=δ)(p, y)", loss, p, y) == near(loss(p, y))


@proof(
    "torch",
    "where p = y, the slope of `torch.maximum` is halfway between both sides, 0.5 - τ, here -τ",
    "Pinball",
)
def torch_takes_the_middle_of_the_pinballs_kink(loss):
    (_, slope), (_, their_slope) = both(loss, "torch", [2.0], [2.0])
    assert slope == near(-loss.tau) and their_slope == near(0.5 - loss.tau)


@proof("keras", "a small error rounds to 0: 1e-9 c costs 0, here 5e-19 c² (float32: 1e-4 c)", "LogCosh")
@proof("optax", "a small error rounds to 0: 1e-9 c costs 0, here 5e-19 c² (float32: 1e-4 c)", "LogCosh")
def log_cosh_of_a_small_error_rounds_to_0(loss):
    for library in ("keras", "optax"):
        (mine, slope), (theirs, their_slope) = both(loss, library, [1e-9 * loss.c], [0.0])
        assert theirs == 0 and mine == near(5e-19 * loss.c**2) and their_slope == near(slope, 1e-7)
        (mine, _), (theirs, _) = both(loss, library, float32(1e-4 * loss.c), float32(0))
        assert theirs == 0 and mine == near(5e-9 * loss.c**2, 1e-5)


@proof("keras", "without the division it answers in per cent", "AbsolutePercentageError")
def keras_answers_in_per_cent(loss):
    p, y = numbers(loss, "keras")
    words = loss.elsewhere["keras"].removesuffix(" / 100")
    assert value("keras", words, loss, p, y) == near(100 * loss(p, y))


@proof(
    "keras",
    "targets nearer to 0 than 1e-7 count as 1e-7: p = 1 for y = 1e-9 costs 1e7, here 1e9",
    "AbsolutePercentageError",
)
def keras_divides_by_1e7_at_least(loss):
    for sign in (1, -1):
        (mine, slope), (theirs, their_slope) = both(loss, "keras", [1.0], [sign * 1e-9])
        assert mine == near(1e9, 1e-8) and slope == near(1e9) and theirs == near(1e7, 1e-8) and their_slope == near(1e7)
    (mine, _), (theirs, _) = both(loss, "keras", [1.0], [2e-7])
    assert theirs == near(mine)


@proof(
    "sklearn",
    "targets nearer to 0 than 2.2e-16 count as 2.2e-16, 0 itself too, which is refused here",
    "AbsolutePercentageError",
)
def scikit_learn_divides_by_the_rounding_error_at_least(loss):
    for y in (1e-20, -1e-20, 0.0):
        assert value("sklearn", loss.elsewhere["sklearn"], loss, [1.0], [y]) == near(1 / 2.2e-16, 0.02)
    assert loss([1.0], [1e-20]) == near(1e20)
    with pytest.raises(ValueError, match="other than 0"):
        loss([1.0], [0.0])


@proof("keras", "predictions and targets below 1e-7 become 1e-7", "SquaredLogarithmicError")
def keras_lifts_what_is_below_1e7(loss):
    for p, y in ((-0.5, 1.0), (2.0, -0.9), (1e-9, 1.0), (2.0, 0.0)):
        (mine, _), (theirs, _) = both(loss, "keras", [p], [y])
        assert theirs == near(loss([max(p, 1e-7)], [max(y, 1e-7)])) and theirs != mine


@proof(
    "keras",
    "its slope is 0 for such a prediction, so p = 0 for y = 1 teaches nothing, here -1.386",
    "SquaredLogarithmicError",
)
def keras_does_not_teach_a_prediction_of_0(loss):
    for p in (0.0, 0.9e-7, -0.5):
        assert both(loss, "keras", [p], [1.0])[1][1] == 0
    assert loss.grad([0.0], [1.0]) == pytest.approx([-1.386], abs=5e-4)
    assert both(loss, "keras", [2e-7], [1.0])[1][1] == pytest.approx([-1.386], abs=5e-4)


# Robust losses ---------------------------------------------------------------------------------------------------


@proof("statsmodels", "with df degrees of freedom, `StudentT(c, df)` is Cauchy(c √df)", "Cauchy")
def the_t_norm_of_statsmodels_is_cauchy(loss):
    from statsmodels.robust.norms import StudentT

    e, zero = np.linspace(-9, 9, 37), np.zeros(37)
    for df in (1, 3, 5.5):
        norm, ours = StudentT(loss.c, df), lossutils.Cauchy(loss.c * math.sqrt(df))
        np.testing.assert_allclose(norm.rho(e), ours.each(e, zero), rtol=1e-12, atol=1e-14)
        np.testing.assert_allclose(norm.psi(e), len(e) * ours.grad(e, zero), rtol=1e-12, atol=1e-14)


@proof(
    ALSO,
    "Student's t: with ν degrees of freedom and scale s, "
    "its -log density is (ν + 1)/(ν s²) Cauchy(s √ν) and a constant",
    "Cauchy",
)
def cauchy_is_students_t(loss):
    import scipy.stats

    e, zero = np.linspace(-9, 9, 37), np.zeros(37)
    for nu, s in ((1, 1.3), (4, 0.7), (7.5, 2)):
        log_density = scipy.stats.t(df=nu, scale=s).logpdf(e)
        ours = (nu + 1) / (nu * s**2) * lossutils.Cauchy(s * math.sqrt(nu)).each(e, zero)
        np.testing.assert_allclose(ours, log_density.max() - log_density, rtol=1e-12, atol=1e-14)


@proof(
    ALSO,
    "first published with exp(-u²) and the constant 2.985, "
    "which is √2 times the c = 2.111 that belongs to the exp(-u²/2) here",
    "Welsch",
)
def welsch_has_two_constants(loss):
    e, zero = np.linspace(-9, 9, 37), np.zeros(37)
    ours = lossutils.Welsch(c=2.985 / math.sqrt(2))
    np.testing.assert_allclose(len(e) * ours.grad(e, zero), e * np.exp(-((e / 2.985) ** 2)), rtol=1e-12)
    assert ours.c == pytest.approx(2.111, abs=5e-4) and lossutils.Welsch().c == 2.111


@proof(ALSO, "pseudo-Huber, `scipy.special.pseudo_huber(δ, p - y)`: δ² Barron(1, δ)", "Barron")
def barron_1_is_scipys_pseudo_huber(loss):
    import scipy.special

    e = np.linspace(-9, 9, 37)
    for delta in (0.3, 1.7):
        ours = delta**2 * lossutils.Barron(1.0, delta).each(e, np.zeros(37))
        np.testing.assert_allclose(scipy.special.pseudo_huber(delta, e), ours, rtol=1e-12, atol=1e-14)


@proof(ALSO, "soft_l1 of `scipy.optimize.least_squares`: δ² Barron(1, δ) with δ its f_scale", "Barron")
def barron_1_is_scipys_soft_l1(loss):
    import scipy.optimize

    y = np.array([3.0, -0.2, -5, 0.7])
    for delta in (0.3, 1.7):
        found = scipy.optimize.least_squares(lambda p, y=y: p - y, [0.1], loss="soft_l1", f_scale=delta)
        ours = lossutils.Barron(1.0, delta)
        assert found.cost == near(len(y) * delta**2 * ours(found.x[0], y))
        assert abs(len(y) * delta**2 * ours.grad(found.x[0], y)) < 1e-6 * len(y)


@proof(ALSO, "Charbonnier, √(e² + δ²): δ Barron(1, δ) + δ", "Barron")
def barron_1_is_charbonniers(loss):
    e = np.linspace(-9, 9, 37)
    for delta in (0.3, 1.7):
        ours = delta * lossutils.Barron(1.0, delta).each(e, np.zeros(37)) + delta
        np.testing.assert_allclose(np.hypot(e, delta), ours, rtol=1e-12)


# Likelihoods -----------------------------------------------------------------------------------------------------


@proof(
    "torch",
    "unless `full=True` it leaves the constant log(2π)/2 out",
    "GaussianNLL",
)
def torch_leaves_the_constant_out(loss):
    p, y = numbers(loss, "torch")
    words = loss.elsewhere["torch"].replace("full=True", "")
    assert value("torch", words, loss, p, y) + math.log(2 * math.pi) / 2 == near(loss(p, y))


@proof("torch", "a variance below 1e-6 becomes 1e-6", "GaussianNLL")
def torch_lifts_a_small_variance(loss):
    p, y = numbers(loss, "torch")
    small = type(loss)(variance=1e-9)
    assert value("torch", small.elsewhere["torch"], small, p, y) == near(type(loss)(1e-6)(p, y))


@proof("torch", "unless `log_input=True`, its default, it takes the mean itself", "PoissonNLL")
def torch_takes_the_mean_if_told(loss):
    p, y = numbers(loss, "torch")
    words = "torch.nn.PoissonNLLLoss(log_input=False, eps=0)(torch.exp(z), y)"
    assert value("torch", words, loss, p, y) == near(loss(p, y))


@proof("torch", "`full=True` adds Stirling's log(y!)", "PoissonNLL")
def torch_adds_stirlings_formula(loss):
    p, _ = numbers(loss, "torch")
    threes = np.full_like(p, 3.0)
    more = value("torch", "torch.nn.PoissonNLLLoss(full=True)(z, y)", loss, p, threes) - loss(p, threes)
    assert more == near(3 * math.log(3) - 3 + math.log(6 * math.pi) / 2)


@proof("keras", "it takes the mean and adds 1e-7 inside the logarithm", "PoissonNLL")
def keras_adds_1e7_inside_the_logarithm(loss):
    p, y = np.array([-14.0, 0.5]), np.array([1.0, 2.0])
    (mine, _), (theirs, _) = both(loss, "keras", p, y)
    assert theirs == near(np.mean(np.exp(p) - y * np.log(np.exp(p) + 1e-7))) and theirs < mine - 0.01


@proof("keras", "a mean that overflows costs nan, here inf", "PoissonNLL")
def keras_is_nan_where_the_mean_overflows(loss):
    (mine, _), (theirs, _) = both(loss, "keras", [800.0], [1.0])
    assert mine == math.inf and math.isnan(theirs)


@proof(
    "sklearn",
    "`mean_poisson_deviance(y, np.exp(z))` is twice what this loss has above its least value",
    "PoissonNLL",
)
@proof("sklearn", "`mean_gamma_deviance(y, np.exp(z))` is twice what this loss has above its least value", "GammaNLL")
@proof(
    "sklearn",
    "`mean_tweedie_deviance(y, np.exp(z), power=power)` is twice what this loss has above its least value",
    "TweedieNLL",
)
def deviance_is_twice_what_the_loss_has_above_its_least_value(loss):
    p, y = numbers(loss, "sklearn")
    y = np.maximum(y, 0.1)
    words = re.search("`(.*)`", loss.differs["sklearn"])[1]
    theirs = value("sklearn", f"sklearn.metrics.{words}", loss, p, y)
    assert theirs / 2 == near(loss(p, y) - loss(np.log(y), y))  # the least value is reached at the target itself


@proof("torch", "a score of 800 is refused, as its rate rounds to 0 (float32: 104)", "GammaNLL")
def torch_refuses_a_rate_of_0(loss):
    assert loss([800.0], [1.0]) == 800
    with pytest.raises(ValueError, match="rate"):
        value("torch", loss.elsewhere["torch"], loss, [800.0], [1.0])
    with pytest.raises(ValueError, match="rate"):
        value("torch", loss.elsewhere["torch"], loss, float32(104), float32(1))


@proof("torch", "a score of -800 costs nan, here inf (float32: -89, here 4.5e38)", "GammaNLL")
def torch_is_nan_for_an_infinite_rate(loss):
    (mine, _), (theirs, _) = both(loss, "torch", [-800.0], [1.0])
    assert mine == math.inf and math.isnan(theirs)
    (mine, _), (theirs, _) = both(loss, "torch", float32(-89), float32(1))
    assert mine == near(4.5e38, 0.01) and math.isnan(theirs)


# Probabilities of two classes ------------------------------------------------------------------------------------


def costs_of_certainty(loss, library, of_one, of_zero, rel):
    """Probability 0 for label 1, and 1 for label 0, cost infinitely much here; there, so much. Return their slopes."""
    slopes = []
    for p, y, cost in ((0.0, 1.0, of_one), (1.0, 0.0, of_zero)):
        (mine, slope), (theirs, their_slope) = both(loss, library, [p], [y])
        assert mine == math.inf and abs(slope) == math.inf and theirs == near(cost, rel)
        slopes.append(their_slope)
    return slopes


@proof("torch", "its logarithms stop at -100, so p = 0 for y = 1 costs 100, not infinity", "BinaryCrossEntropy")
def torchs_logarithms_stop(loss):
    costs_of_certainty(loss, "torch", 100, 100, 1e-12)


@proof("torch", "its slope stops at 1e12: p = 1e-20 for y = 1 has -1e12, here -1e20", "BinaryCrossEntropy")
def torchs_slope_stops(loss):
    (mine, slope), (theirs, their_slope) = both(loss, "torch", [1e-20], [1.0])
    assert theirs == near(mine) and slope == near(-1e20) and their_slope == near(-1e12, 1e-8)
    assert [slope.item() for slope in costs_of_certainty(loss, "torch", 100, 100, 1e-12)] == near([-1e12, 1e12], 1e-8)
    (_, slope), (_, their_slope) = both(loss, "torch", [1e-11], [1.0])
    assert their_slope == near(slope, 1e-10)


@proof("torch", "its slope is 0 where p is exactly the label, here 1 or -1", "BinaryCrossEntropy")
def torch_has_no_slope_at_the_label(loss):
    for label, here in ((0.0, 1), (1.0, -1)):
        (_, slope), (_, their_slope) = both(loss, "torch", [label], [label])
        assert slope == here and their_slope == 0


@proof(
    "keras",
    "it moves p into [1e-7, 1 - 1e-7], so p = 0 for y = 1 costs 16.118, with slope 0",
    "BinaryCrossEntropy",
)
def keras_stops_at_1e7(loss):
    assert costs_of_certainty(loss, "keras", 16.118, 16.118, 1e-5) == [0, 0]
    assert both(loss, "keras", [1e-9], [1.0])[1][0] == near(-math.log(1e-7), 1e-8)


@proof("keras", "in float32, p = 1 for y = 0 costs 15.942", "BinaryCrossEntropy")
def in_float32_keras_stops_at_another_number(loss):
    zero, one = np.zeros(1, np.float32), np.ones(1, np.float32)
    assert both(loss, "keras", one, zero)[1][0] == pytest.approx(15.942, abs=5e-4)
    assert both(loss, "keras", zero, one)[1][0] == pytest.approx(16.118, abs=5e-4)


@proof(
    "sklearn",
    "it moves p away from 0 and 1 by the rounding error, so p = 0 for y = 1 costs 36.044 (float32: 15.942)",
    "BinaryCrossEntropy",
)
def scikit_learn_stops_at_the_rounding_error(loss):
    costs_of_certainty(loss, "sklearn", 36.044, 36.044, 1e-5)
    assert both(loss, "sklearn", float32(0), float32(1))[1][0] == pytest.approx(15.942, abs=5e-4)
    assert math.log(np.finfo(float).eps) == pytest.approx(-36.044, abs=5e-4)


@proof("sklearn", "it takes labels only, no memberships", "BinaryCrossEntropy", "Brier", "Hinge")
def scikit_learn_takes_labels_only(loss):
    assert loss([0.3, 0.4], [0.25, 1.0]) > 0
    with pytest.raises(ValueError):
        value("sklearn", loss.elsewhere["sklearn"], loss, [0.3, 0.4], [0.25, 1.0])


# Scores of two classes -------------------------------------------------------------------------------------------


@proof(ALSO, "soft margin loss", "LogisticLoss")
@proof(
    "torch",
    "`torch.nn.SoftMarginLoss()(z, 2 * y - 1)` is this loss for labels 0 and 1, "
    "but infinite for z = -710 and y = 1 (float32: -89)",
    "LogisticLoss",
)
def the_soft_margin_loss_is_the_logistic_loss(loss):
    words = "torch.nn.SoftMarginLoss()(z, 2 * y - 1)"
    p, y = numbers(loss, "torch")
    assert set(y) == {0, 1}
    (mine, slope), (theirs, their_slope) = both(loss, "torch", p, y, words)
    assert theirs == near(mine)
    np.testing.assert_allclose(their_slope, slope, rtol=1e-12)
    for dtype, z in ((np.float64, -710), (np.float32, -89)):
        (mine, _), (theirs, _) = both(loss, "torch", np.array([z], dtype), np.ones(1, dtype), words)
        assert mine == -z and theirs == math.inf
        assert math.isfinite(both(loss, "torch", np.array([z + 1], dtype), np.ones(1, dtype), words)[1][0])
    (mine, _), (theirs, _) = both(loss, "torch", [2.0], [0.25], words)
    assert abs(mine - theirs) > 0.1


@proof("torch", "`torch.nn.MultiLabelSoftMarginLoss()` takes its mean over a row of labels", "LogisticLoss")
def the_multi_label_loss_is_the_logistic_loss(loss):
    p, y = (x.reshape(10, 3) for x in numbers(loss, "torch"))
    y[0] = 0.25, 0.5, 1
    (mine, slope), (theirs, their_slope) = both(loss, "torch", p, y, "torch.nn.MultiLabelSoftMarginLoss()(z, y)")
    assert theirs == near(mine)
    np.testing.assert_allclose(their_slope, slope, rtol=1e-12)


@proof(
    "torch",
    "its slope rounds to 0 for a sure and right score: z = 40 for y = 1 has 0, here -4.2e-18 "
    "(float32: z = 17, here -4.1e-8)",
    "LogisticLoss",
)
@proof(
    "keras",
    "its slope rounds to 0 for a sure and right score: z = 40 for y = 1 has 0, here -4.2e-18 "
    "(float32: z = 17, here -4.1e-8)",
    "LogisticLoss",
)
def a_small_slope_rounds_to_0(loss):
    for library in ("torch", "keras"):
        (mine, slope), (theirs, their_slope) = both(loss, library, [40.0], [1.0])
        assert theirs == near(mine) and slope == near(-4.2e-18, 0.02) and their_slope == 0
        (_, slope), (_, their_slope) = both(loss, library, float32(17), float32(1))
        assert slope == near(-4.1e-8, 0.02) and their_slope == 0


@proof("keras", "it turns labels 0 and 1 into -1 and 1, but only if all are 0 or 1", "Hinge", "SquaredHinge")
def keras_turns_labels_round_only_if_all_are_labels(loss):
    z = np.array([0.3, -0.4])
    (mine, _), (theirs, _) = both(loss, "keras", z, [1.0, 0.0])
    assert theirs == near(mine)
    y = np.array([1.0, 0.5])
    taken = np.maximum(1 - y * z, 0) ** (2 if type(loss).__name__ == "SquaredHinge" else 1)
    (mine, _), (theirs, _) = both(loss, "keras", z, y)
    assert theirs == near(taken.mean()) and abs(theirs - mine) > 0.01


@proof("keras", "at a margin of exactly 1 it has half the slope, -0.5 for y = 1, here 0", "Hinge")
@proof("optax", "at a margin of exactly 1 it has half the slope, -0.5 for y = 1, here 0", "Hinge")
def two_libraries_take_the_middle_of_the_kink(loss):
    for library in ("keras", "optax"):
        for z, y, half in ((1.0, 1.0, -0.5), (-1.0, 0.0, 0.5)):
            (_, slope), (_, their_slope) = both(loss, library, [z], [y])
            assert slope == 0 and their_slope == half


@proof("optax", "it takes labels -1 and 1, and a membership for a label between", "Hinge")
def optax_takes_labels_of_both_signs(loss):
    z, y = np.array([0.3, -0.4]), np.array([1.0, 0.0])
    assert value("optax", "optax.hinge_loss(z, y).mean()", loss, z, y) == near((0.7 + 1) / 2)
    assert loss(z, y) == near((0.7 + 0.6) / 2)
    (mine, _), (theirs, _) = both(loss, "optax", [1.5], [0.25])
    assert theirs == near(1 - 1.5 * (2 * 0.25 - 1)) and abs(theirs - mine) > 0.1


@proof("sklearn", "if all labels are 1, it takes them for 0", "Hinge")
def scikit_learn_takes_one_label_for_the_negative_one(loss):
    z = np.array([0.3, 0.5])
    zeros = loss(z, [0.0, 0.0])
    assert value("sklearn", loss.elsewhere["sklearn"], loss, z, [1, 1]) == near(zeros) and loss(z, [1.0, 1.0]) < zeros


@proof(
    "keras",
    "its probabilities stop at 1e-7, so a score of -20 for label 1 costs 16.118 and teaches nothing",
    "Focal",
)
def keras_stops_focal_at_1e7(loss):
    (mine, slope), (theirs, their_slope) = both(lossutils.Focal(), "keras", [-20.0], [1.0])
    assert theirs == near(16.118, 1e-5) and abs(their_slope) < 1e-6
    assert mine == pytest.approx(20) and slope == pytest.approx(-1)


@proof(
    "keras",
    "for gamma below 1 its slope is nan where a score is sure and right: 38 for y = 1 (float32: 18)",
    "Focal",
)
def keras_has_no_slope_for_a_sure_score(loss):
    for gamma, is_nan in ((0.5, True), (0.9, True), (1.0, False), (2.0, False)):
        for dtype, z in ((np.float64, 38), (np.float32, 18)):
            sure = np.array([z], dtype), np.ones(1, dtype)
            (_, slope), (_, their_slope) = both(lossutils.Focal(gamma), "keras", *sure)
            assert np.isfinite(slope).all() and np.isnan(their_slope).all() == is_nan


@proof("keras", "a membership goes into p itself, it does not mix the losses of both labels", "Focal")
@proof("optax", "a membership goes into p itself, it does not mix the losses of both labels", "Focal")
def a_membership_goes_into_p(loss):
    p = 1 / (1 + math.exp(-1))
    entropy, right = -0.25 * math.log(p) - 0.75 * math.log(1 - p), 0.25 * p + 0.75 * (1 - p)
    price = loss.alpha * 0.25 + (1 - loss.alpha) * 0.75
    for library in ("keras", "optax"):
        (mine, _), (theirs, _) = both(loss, library, [1.0], [0.25])
        assert theirs == near(price * (1 - right) ** loss.gamma * entropy) and abs(theirs - mine) > 0.01


@proof("keras", "it takes alpha 0 and 1 too, one class alone, which is refused here", "Focal")
@proof("optax", "it takes alpha 0 and 1 too, one class alone, which is refused here", "Focal")
def one_class_alone(loss):
    z, y = np.array([0.3, -0.4]), np.array([1.0, 0.0])
    whole = lossutils.Focal(gamma=2.0)
    for alpha, alone in ((0.0, 1), (1.0, 0)):
        with pytest.raises(ValueError, match="between 0 and 1"):
            lossutils.Focal(gamma=2.0, alpha=alpha)
        for library in ("keras", "optax"):
            theirs, slope = oracles.ask(library, loss.elsewhere[library], loss, z, y, γ=2.0, α=alpha)
            assert theirs == near(whole.each(z, y)[alone] / 2) and slope[1 - alone] == 0


# Several classes -------------------------------------------------------------------------------------------------


@proof(
    "keras",
    "it divides a row by its sum and stops at 1e-7, so p = 0 for the right class costs 16.118, with slope 0",
    "CategoricalCrossEntropy",
)
def keras_divides_a_row_and_stops_at_1e7(loss):
    (mine, _), (theirs, their_slope) = both(loss, "keras", [[1.0, 0.0]], [[0.0, 1.0]])
    assert mine == math.inf and theirs == near(16.118, 1e-5) and np.all(their_slope == 0)
    p, q = np.array([[0.5, 0.7, 0.2]]), np.array([[0.2, 0.5, 0.3]])
    assert value("keras", loss.elsewhere["keras"], loss, p, q) == near(loss(p / p.sum(), q))


@proof(
    "sklearn",
    "it stops at the rounding error, so p = 0 for the right class costs 36.044 (float32: 15.942)",
    "CategoricalCrossEntropy",
)
def scikit_learn_stops_a_row_at_the_rounding_error(loss):
    (mine, _), (theirs, _) = both(loss, "sklearn", [[1.0, 0.0]], [1])
    assert mine == math.inf and theirs == near(36.044, 1e-5)
    narrow = np.array([[1.0, 0.0]], np.float32)
    assert both(loss, "sklearn", narrow, [1])[1][0] == pytest.approx(15.942, abs=5e-4)


@proof("sklearn", "it only warns of rows that do not sum to 1", "CategoricalCrossEntropy")
def scikit_learn_warns_of_a_row(loss):
    refused_here(loss, [[0.5, 0.7, 0.2]], [1])
    with pytest.warns(UserWarning, match="sum to one"):
        assert value("sklearn", loss.elsewhere["sklearn"], loss, [[0.5, 0.7, 0.2]], [1]) == near(-math.log(0.7))


def refused_here(loss, p, target):
    with pytest.raises(ValueError, match="each row must sum to 1"):
        loss(p, target)


@proof("torch", "it takes rows that do not sum to 1", "CategoricalCrossEntropy")
def torch_takes_any_row(loss):
    refused_here(loss, [[0.5, 0.7, 0.2]], [1])
    assert value("torch", loss.elsewhere["torch"], loss, [[0.5, 0.7, 0.2]], [1]) == near(-math.log(0.7))


@proof(
    "torch",
    "`torch.nn.CrossEntropyLoss()` takes scores: given probabilities it applies a second softmax",
    "CategoricalCrossEntropy",
)
def torch_takes_scores(loss):
    p, y = [[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]], [1, 0]
    (mine, _), (theirs, _) = both(loss, "torch", p, y, "torch.nn.CrossEntropyLoss()(p, y)")
    assert mine == 0 and theirs == near(math.log(1 + 2 / math.e))


@proof(
    "torch",
    "in these words, a class with p = 0 has slope nan, here 0 unless it is the right one",
    "CategoricalCrossEntropy",
)
def the_slope_of_an_impossible_class_is_nan_in_torch(loss):
    (mine, slope), (theirs, their_slope) = both(loss, "torch", [[0.0, 0.4, 0.6]], [1])
    assert theirs == near(mine)
    np.testing.assert_allclose(slope, [[0, -2.5, 0]])
    np.testing.assert_allclose(their_slope, [[math.nan, -2.5, 0]])


@proof(
    "torch",
    "with its default `reduction='mean'` it divides by the number of classes too",
    "KullbackLeibler",
)
def torch_divides_by_the_number_of_classes_too(loss):
    p, q = numbers(loss, "torch")
    with pytest.warns(UserWarning, match="batchmean"):
        theirs = value("torch", "torch.nn.KLDivLoss()(torch.log(p), q)", loss, p, q)
    assert p.shape[1] * theirs == near(loss(p, q))


@proof("torch", "a class with p = 0 and q = 0 makes it nan, here it adds 0", "KullbackLeibler")
@proof("optax", "a class with p = 0 and q = 0 makes it nan, here it adds 0", "KullbackLeibler")
def an_impossible_class_makes_it_nan(loss):
    for library in ("torch", "optax"):
        (mine, slope), (theirs, their_slope) = both(loss, library, [[0.0, 0.4, 0.6]], [[0.0, 0.5, 0.5]])
        assert mine == near(0.5 * math.log(0.5 / 0.4) + 0.5 * math.log(0.5 / 0.6), 1e-10) and math.isnan(theirs)
        assert slope[0, 0] == 0 and np.isnan(their_slope).tolist() == [[True, False, False]]


@proof("torch", "it takes rows that do not sum to 1, and is negative for some", "KullbackLeibler")
@proof("keras", "it takes rows that do not sum to 1, and is negative for some", "KullbackLeibler")
@proof("optax", "it takes rows that do not sum to 1, and is negative for some", "KullbackLeibler")
def three_libraries_take_any_row(loss):
    p, q = np.array([[0.5, 0.7, 0.2]]), np.array([[0.2, 0.5, 0.3]])
    refused_here(loss, p, q)
    refused_here(loss, q, p)
    for library in ("torch", "keras", "optax"):
        theirs = value(library, loss.elsewhere[library], loss, p, q)
        assert theirs == near(np.sum(q * np.log(q / p))) and theirs < 0


@proof("keras", "it moves both distributions into [1e-7, 1], so p = 0 costs 16.118 where q = 1", "KullbackLeibler")
def keras_moves_both_distributions(loss):
    (mine, _), (theirs, _) = both(loss, "keras", [[1.0, 0.0]], [[0.0, 1.0]])
    assert mine == math.inf and theirs == near(16.118, 1e-5)
    assert theirs == near(1e-7 * math.log(1e-7) - math.log(1e-7), 1e-12)


RULED_OUT = [[-math.inf, 0.0, 1.0]]
FINITE = math.log(1 + math.e)  # the loss where class 1 is right


@proof(
    "torch",
    "given memberships for y, it is nan if a class is at -inf (given class numbers, it is not)",
    "SoftmaxCrossEntropy",
)
def torch_cannot_rule_out_a_class_with_memberships(loss):
    (mine, slope), (theirs, their_slope) = both(loss, "torch", RULED_OUT, [[0.0, 1.0, 0.0]])
    assert mine == near(FINITE) and math.isnan(theirs)
    (mine, slope), (theirs, their_slope) = both(loss, "torch", RULED_OUT, [1])
    assert mine == near(FINITE) and theirs == near(FINITE)
    np.testing.assert_allclose(their_slope, slope, rtol=1e-12)


@proof(
    "torch",
    "`torch.nn.CrossEntropyLoss(label_smoothing=0.1)` is the loss of the rows 0.9 · one-hot + 0.1 / K",
    "SoftmaxCrossEntropy",
)
def torch_smooths_labels_over_all_classes(loss):
    z, y = numbers(loss, "torch")
    rows = 0.9 * np.eye(z.shape[1])[y] + 0.1 / z.shape[1]
    for target in (y, np.eye(z.shape[1])[y]):
        assert value("torch", "torch.nn.CrossEntropyLoss(label_smoothing=0.1)(z, y)", loss, z, target) == near(
            loss(z, rows)
        )


@proof(
    "keras",
    "it is nan if a class is at -inf (`SparseCategoricalCrossentropy`, with class numbers, is not)",
    "SoftmaxCrossEntropy",
)
def keras_cannot_rule_out_a_class_with_memberships(loss):
    (mine, _), (theirs, _) = both(loss, "keras", RULED_OUT, [[0.0, 1.0, 0.0]])
    assert mine == near(FINITE) and math.isnan(theirs)
    words = "keras.losses.SparseCategoricalCrossentropy(from_logits=True)(y, z)"
    assert value("keras", words, loss, RULED_OUT, [1]) == near(FINITE)


@proof("optax", "`optax.softmax_cross_entropy` is nan if a class is at -inf", "SoftmaxCrossEntropy")
def optax_has_a_safe_function_for_a_class_ruled_out(loss):
    right = [[0.0, 1.0, 0.0]]
    (mine, slope), (theirs, their_slope) = both(loss, "optax", RULED_OUT, right)
    assert mine == near(FINITE) and theirs == near(FINITE)
    np.testing.assert_allclose(their_slope, slope, rtol=1e-12)
    assert math.isnan(value("optax", "optax.softmax_cross_entropy(z, q).mean()", loss, RULED_OUT, right))


@proof("keras", "unless told, it multiplies by `alpha=0.25`", "SoftmaxFocal")
def keras_multiplies_by_a_quarter(loss):
    z, q = numbers(loss, "keras")
    words = loss.elsewhere["keras"].replace("alpha=1, ", "")
    assert 4 * value("keras", words, loss, z, q) == near(loss(z, q))


@proof("keras", "its probabilities stop at 1e-7", "SoftmaxFocal")
def keras_stops_softmax_focal_at_1e7(loss):
    (mine, _), (theirs, _) = both(loss, "keras", [[20.0, -20.0]], [[0.0, 1.0]])
    assert mine == pytest.approx(40) and theirs == near(-math.log(1e-7), 1e-6)


@proof("keras", "it takes probabilities, class numbers only, and q below 1", "GeneralizedCrossEntropy")
def keras_takes_probabilities_and_q_below_1(loss):
    z, y = numbers(loss, "keras")
    one = type(loss)(q=1.0)
    assert one(z, y) > 0
    with pytest.raises(ValueError, match="q"):
        value("keras", one.elsewhere["keras"], one, z, y)
    straight = "keras.losses.CategoricalGeneralizedCrossEntropy(q=q)(y, z)"
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)  # in the place of the scores
    assert value("keras", straight, loss, p, y) == near(loss(z, y))
    q = np.eye(z.shape[1])[y]
    assert loss(z, q) == near(loss(z, y))
    with pytest.raises(RuntimeError):
        value("keras", loss.elsewhere["keras"], loss, z, q)


@proof(
    "keras",
    "its slope is nan where the right class's probability rounds to 0: a score 750 below another (float32: 104)",
    "GeneralizedCrossEntropy",
)
def keras_has_no_slope_for_an_impossible_class(loss):
    (mine, slope), (theirs, their_slope) = both(loss, "keras", [[0.0, 750.0]], [0])
    assert theirs == near(mine) and np.isfinite(slope).all() and np.isnan(their_slope).all()
    assert np.isfinite(both(loss, "keras", [[0.0, 740.0]], [0])[1][1]).all()
    for score, is_nan in ((103, False), (104, True)):
        _, (_, their_slope) = both(loss, "keras", np.array([[0, score]], np.float32), [0])
        assert np.isnan(their_slope).all() == is_nan


def test_rows_that_are_distributions_are_refused_as_scores_from_two_rows_on_and_taken_elsewhere():
    loss = lossutils.SoftmaxCrossEntropy()
    assert "two or more rows that are all distributions are refused" in loss._repr_markdown_()
    with pytest.raises(ValueError, match="softmax a second time"):
        loss(np.eye(3), [0, 1, 2])
    twice = math.log(1 + 2 / math.e)
    assert value("torch", loss.elsewhere["torch"], loss, np.eye(3), [0, 1, 2]) == near(twice)
    assert loss(np.eye(3)[:1], [0]) == near(twice) and loss(1.001 * np.eye(3), [0, 1, 2]) > 0


# Overlap ---------------------------------------------------------------------------------------------------------

OVERLAP = "Dice", "Jaccard", "Tversky"


@proof("keras", "it adds 1e-7 to the denominator", *OVERLAP)
def keras_adds_1e7_to_the_denominator(loss):
    p, y = numbers(loss, "keras")
    (mine, _), (theirs, _) = both(loss, "keras", p, y)
    assert 1e-10 < theirs - mine < 1e-6
    try:
        oracles.keras().config.set_epsilon(0.0)
        assert value("keras", loss.elsewhere["keras"], loss, p, y) == near(mine)
    finally:
        oracles.keras().config.set_epsilon(1e-7)


@proof("keras", "unless `axis=-1` the whole batch is one mask", *OVERLAP)
def keras_takes_the_batch_for_one_mask(loss):
    p, y = numbers(loss, "keras")
    words = loss.elsewhere["keras"].replace(", axis=-1", "").replace("axis=-1", "")
    batch = value("keras", words, loss, p, y)
    assert batch == near(loss(p.reshape(1, -1), y.reshape(1, -1)), 1e-7) and abs(batch - loss(p, y)) > 1e-4


EMPTY = np.zeros((1, 2))


@proof("keras", "two empty masks cost 1, here 0", *OVERLAP)
def two_empty_masks_cost_1_in_keras(loss):
    (mine, slope), (theirs, their_slope) = both(loss, "keras", EMPTY, EMPTY)
    assert mine == 0 and theirs == 1 and np.all(slope == 0) and np.all(their_slope == 0)


@proof("optax", "two empty masks with `smooth=0.0` are nan, here 0", *OVERLAP)
def two_empty_masks_are_nan_in_optax(loss):
    (mine, _), (theirs, their_slope) = both(loss, "optax", EMPTY, EMPTY)
    assert mine == 0 and math.isnan(theirs) and np.isnan(their_slope).all()
    smooth = loss.elsewhere["optax"].replace("smooth=0.0", "smooth=1.0")
    assert value("optax", smooth, loss, EMPTY, EMPTY) == 0


@proof("optax", "it takes scores: in these words, a pixel with p = 0 or 1 has slope nan", *OVERLAP)
def a_sure_pixel_has_no_slope_in_optax(loss):
    p, y = np.array([[0.0, 1.0, 0.5]]), np.array([[1.0, 1.0, 0.0]])
    (mine, slope), (theirs, their_slope) = both(loss, "optax", p, y)
    assert theirs == near(mine) and their_slope[0, 2] == near(slope[0, 2]) and np.isfinite(slope).all()
    assert np.isnan(their_slope).tolist() == [[True, True, False]]


@proof("optax", "`smooth=s` is s more pixels with p = y = 1, and s is 1 unless told", *OVERLAP)
def smoothing_is_more_pixels(loss):
    p, y = numbers(loss, "optax")
    for s in (1, 3):
        more = np.ones((len(p), s))
        words = loss.elsewhere["optax"].replace("smooth=0.0", f"smooth={s}.0")
        mine, slope = loss.value_and_grad(np.hstack([p, more]), np.hstack([y, more]))
        theirs, their_slope = oracles.ask("optax", words, loss, p, y)
        assert theirs == near(mine)
        np.testing.assert_allclose(their_slope, slope[:, : p.shape[1]], rtol=1e-10)
    words = loss.elsewhere["optax"]
    told, untold = words.replace("smooth=0.0", "smooth=1.0"), words.replace(", smooth=0.0", "")
    assert value("optax", untold, loss, p, y) == value("optax", told, loss, p, y)


@proof(
    "keras",
    "Keras 3.15.1 swaps alpha and beta against its own documentation, so β is given as alpha "
    "(3.16 mends it: there alpha=α, beta=β)",
    "Tversky",
)
def keras_3_15_1_swaps_alpha_and_beta(loss):
    p, y = np.array([[0.3, 0.6, 0.2, 0.1]]), np.array([[1.0, 0.0, 1.0, 0.0]])
    loss = lossutils.Tversky(alpha=0.3, beta=0.7)  # 0.5 hit, 0.7 too much, 1.5 missed
    assert loss(p, y) == near(1 - 0.5 / (0.5 + 0.3 * 0.7 + 0.7 * 1.5))
    documented = value("keras", "keras.losses.Tversky(alpha=α, beta=β, axis=-1)(y, p)", loss, p, y)
    swapped = 1 - 0.5 / (0.5 + 0.7 * 0.7 + 0.3 * 1.5)
    assert documented == near(swapped, 1e-6), "Keras does as it says now: correct the words on Tversky's card"
    assert value("keras", loss.elsewhere["keras"], loss, p, y) == near(loss(p, y), 1e-6)
