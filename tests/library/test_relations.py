"""What textbooks state: one loss is another at a special parameter, or after a change of variable."""

import numpy as np
import pytest

from lossutils import (
    AbsoluteError,
    Barron,
    BinaryCrossEntropy,
    Brier,
    CategoricalCrossEntropy,
    Cauchy,
    Dice,
    EpsilonInsensitive,
    Expectile,
    Exponential,
    Focal,
    GammaNLL,
    GaussianNLL,
    GemanMcClure,
    GeneralizedCrossEntropy,
    Hinge,
    Huber,
    Jaccard,
    KullbackLeibler,
    LaplaceNLL,
    LogCosh,
    LogisticLoss,
    Pinball,
    PoissonNLL,
    Savage,
    SoftmaxCrossEntropy,
    SoftmaxFocal,
    SquaredError,
    SquaredHinge,
    SquaredLogarithmicError,
    SymmetricCrossEntropy,
    Tukey,
    Tversky,
    TweedieNLL,
    Welsch,
    rng,
)
from lossutils.numerics import sigmoid, softmax

N, K = 200, 5
P, Y = 3 * rng(1).randn(N), 3 * rng(2).randn(N)
LABELS = np.append(rng(3).randint(0, 2, N - 40), rng(4).uniform(size=40))  # some are memberships
SCORES, CLASSES = 3 * rng(5).randn(N, K), rng(6).randint(0, K, N)
MEMBERSHIPS = rng(7).dirichlet(np.ones(K), N)
MASKS, TRUTH = rng(8).uniform(size=(N, K)), rng(9).randint(0, 2, (N, K)).astype(float)
INFINITE = float("inf")


def same(one, other, p, y, times=1.0, tolerance=1e-12):
    """Assert that one loss is `times` another one, in value, gradient and curvature."""
    assert_near(one.each(p, y), times * other.each(p, y), tolerance)
    assert_near(one.grad(p, y), times * other.grad(p, y), tolerance)
    assert_near(one.curvature(p, y), times * other.curvature(p, y), tolerance)


def assert_near(a, b, tolerance):
    np.testing.assert_allclose(a, b, rtol=tolerance, atol=tolerance * np.abs(b).max())


@pytest.mark.parametrize(
    ("one", "other", "times"),
    [
        (Huber(INFINITE), SquaredError(), 1 / 2),
        (Pinball(0.5), AbsoluteError(), 1 / 2),
        (Expectile(0.5), SquaredError(), 1 / 2),
        (EpsilonInsensitive(0.0), AbsoluteError(), 1),
        (GemanMcClure(2 * 1.3), Barron(-2.0, 1.3), 1.3**2),
        (Cauchy(np.sqrt(2) * 1.3), Barron(0.0, 1.3), 1.3**2),
        (Welsch(1.3), Barron(-INFINITE, 1.3), 1.3**2),
        (Barron(2.0, 1.3), SquaredError(), 1 / 2 / 1.3**2),
    ],
    ids=repr,
)
def test_at_a_special_parameter_a_loss_of_errors_is_another_one(one, other, times):
    same(one, other, P, Y, times)


def test_barron_at_1_is_the_square_root_of_charbonnier():
    u = (P - Y) / 0.8
    assert_near(Barron(1.0, 0.8).each(P, Y), np.sqrt(1 + u * u) - 1, 1e-12)


@pytest.mark.parametrize("alpha", [0.0, 2.0])
def test_barron_is_continuous_in_alpha(alpha):
    steps = [1e-3, 1e-6, 1e-9, 1e-12, 1e-15, 5e-324]
    at = Barron(alpha, 1.1)
    for step in steps:
        for near in (Barron(alpha + step, 1.1), Barron(alpha - step, 1.1)):
            assert_near(near.each(P, Y), at.each(P, Y), 30 * step + 1e-13)
            assert_near(near.grad(P, Y), at.grad(P, Y), 30 * step + 1e-13)
            assert_near(near.curvature(P, Y), at.curvature(P, Y), 30 * step + 1e-13)


def test_barron_tends_to_welsch():
    at = Barron(-INFINITE, 1.1)
    for alpha in (-1e6, -1e9, -1e12, -1e15, -1e19, -1e21, -1e300, -1.7e308):
        same(Barron(alpha, 1.1), at, P, Y, tolerance=100 / abs(alpha) + 1e-12)


REDESCENDING = [Cauchy(1.7), GemanMcClure(1.7), Welsch(1.7), Tukey(1.7)]


@pytest.mark.parametrize("loss", [*REDESCENDING, Huber(1.7), LogCosh(1.7)], ids=repr)
def test_near_the_target_a_robust_loss_pulls_with_the_error_itself(loss):
    e = np.array([-1e-9, 1e-12, 1e-6])
    slopes = len(e) * loss.grad(e, np.zeros(3))
    np.testing.assert_allclose(slopes, e, rtol=1e-11)
    np.testing.assert_allclose(loss.each(e, np.zeros(3)), e * e / 2, rtol=1e-11)


@pytest.mark.parametrize("loss", REDESCENDING, ids=repr)
def test_far_away_a_redescending_loss_lets_go(loss):
    for kind in (np.float64, np.float32):
        far = np.array([1e3, 1e10, 1e18, -1e30, 3e38], kind)
        slopes = np.abs(len(far) * loss.grad(far, np.zeros(5, kind)))
        assert slopes.dtype == kind and np.isfinite(slopes).all()
        assert (slopes <= np.abs(1.7**2 / far) * (1 + 1e-6)).all()
    values = loss.each(np.array([1e200, -1.7e308]), np.array([0.0, 1.7e308]))
    assert np.isfinite(values[:1]).all()
    bound = {"GemanMcClure": 1 / 2, "Welsch": 1, "Tukey": 1 / 6}.get(type(loss).__name__)
    assert bound is None or values == pytest.approx(1.7**2 * bound)


def test_cauchy_keeps_its_digits_where_the_square_overflows():
    assert Cauchy(2.0)(1e200, [0.0]) == pytest.approx(2 * 2 * np.log(1e200 / 2), rel=1e-15)
    assert Cauchy(2.0).grad(np.array([1e200]), [0.0])[0] == pytest.approx(4e-200, rel=1e-15)


def test_a_normal_likelihood_is_squared_error_and_a_laplace_one_absolute_error():
    constant = np.log(2 * np.pi * 0.7) / 2
    assert_near(GaussianNLL(0.7).each(P, Y) - constant, SquaredError().each(P, Y) / 1.4, 1e-12)
    assert_near(GaussianNLL(0.7).grad(P, Y), SquaredError().grad(P, Y) / 1.4, 1e-12)
    assert_near(LaplaceNLL(0.7).each(P, Y) - np.log(1.4), AbsoluteError().each(P, Y) / 0.7, 1e-12)
    assert_near(LaplaceNLL(0.7).grad(P, Y), AbsoluteError().grad(P, Y) / 0.7, 1e-12)


def test_densities_integrate_to_1():
    grid = np.linspace(-40, 40, 400_001)
    for loss in (GaussianNLL(0.7), LaplaceNLL(0.7)):
        assert np.trapezoid(np.exp(-loss.each(np.full_like(grid, 0.3), grid)), grid) == pytest.approx(1, abs=1e-7)


def test_tweedie_lies_between_poisson_and_gamma():
    eta, y = P / 2, np.abs(Y) + 0.1
    for power, end in ((1 + 1e-9, PoissonNLL()), (2 - 1e-9, GammaNLL())):
        assert_near(TweedieNLL(power).grad(eta, y), end.grad(eta, y), 1e-7)
        assert_near(TweedieNLL(power).curvature(eta, y), end.curvature(eta, y), 1e-7)
    assert TweedieNLL(1.3).best_constant(y) == PoissonNLL().best_constant(y) == GammaNLL().best_constant(y)
    assert np.exp(GammaNLL().best_constant(y)) == pytest.approx(y.mean(), rel=1e-14)


def test_squared_logarithmic_error_is_squared_error_of_logarithms():
    p, y = np.abs(P), np.abs(Y)
    assert_near(SquaredLogarithmicError().each(p, y), SquaredError().each(np.log1p(p), np.log1p(y)), 1e-12)


SCORED = [LogisticLoss(), Hinge(), SquaredHinge(), Exponential(), Savage(), Focal(1.7)]


# Two classes -----------------------------------------------------------------------------------------------------


def test_cross_entropy_of_the_sigmoid_is_the_logistic_loss():
    assert_near(BinaryCrossEntropy().each(sigmoid(P), LABELS), LogisticLoss().each(P, LABELS), 1e-12)
    chain = BinaryCrossEntropy().grad(sigmoid(P), LABELS) * sigmoid(P) * sigmoid(-P)
    assert_near(chain, LogisticLoss().grad(P, LABELS), 1e-12)


def test_focal_without_focus_is_the_logistic_loss_and_alpha_weighs_the_classes():
    same(Focal(gamma=0.0), LogisticLoss(), P, LABELS)
    same(Focal(gamma=2.0, alpha=0.5), Focal(gamma=2.0), P, LABELS, 1 / 2)
    hard = np.round(LABELS)
    weighted = Focal(gamma=1.3, alpha=0.2).each(P, hard)
    assert_near(weighted, np.where(hard == 1, 0.2, 0.8) * Focal(gamma=1.3).each(P, hard), 1e-12)


@pytest.mark.parametrize("loss", [*SCORED, Focal(1.7, 0.3)], ids=repr)
def test_a_membership_mixes_the_losses_of_both_labels(loss):
    one, zero = loss.each(P, np.ones(N)), loss.each(P, np.zeros(N))
    assert_near(loss.each(P, LABELS), LABELS * one + (1 - LABELS) * zero, 1e-12)


@pytest.mark.parametrize("loss", SCORED, ids=repr)
def test_both_labels_are_treated_alike(loss):
    same(loss, Mirrored(loss), P, LABELS)


class Mirrored:
    """A loss with both labels exchanged: score and slope change their sign."""

    def __init__(self, loss):
        self.loss = loss

    def each(self, z, y):
        return self.loss.each(-z, 1 - y)

    def grad(self, z, y):
        return -self.loss.grad(-z, 1 - y)

    def curvature(self, z, y):
        return self.loss.curvature(-z, 1 - y)


def test_savage_is_brier_of_a_steeper_sigmoid():
    hard = np.round(LABELS)
    assert_near(Savage().each(P, hard), Brier().each(sigmoid(2 * P), hard), 1e-12)


def test_what_the_minimiser_of_a_margin_loss_is():
    for share in (0.3, 0.6, 0.8, 0.95):
        y, w, logit = [1.0, 0.0], [share, 1 - share], np.log(share / (1 - share))
        assert LogisticLoss().best_constant(y, w) == pytest.approx(logit, rel=1e-12)
        assert Exponential().best_constant(y, w) == pytest.approx(logit / 2, rel=1e-12)
        assert Savage().best_constant(y, w) == pytest.approx(logit / 2, rel=1e-12)
        assert SquaredHinge().best_constant(y, w) == pytest.approx(2 * share - 1, rel=1e-12)
        assert Hinge().best_constant(y, w) == np.sign(2 * share - 1)


def test_focal_is_under_confident_by_the_published_numbers():
    for gamma, learned in ((0.5, 0.7346), (1.0, 0.6858), (2.0, 0.6266), (5.0, 0.5619)):
        assert sigmoid(Focal(gamma).best_constant([1, 0], [0.8, 0.2])) == pytest.approx(learned, abs=5e-5)
    assert Focal().best_constant([1, 1]) == np.inf and Focal().best_constant([0, 0]) == -np.inf


# Several classes -------------------------------------------------------------------------------------------------


def test_softmax_of_two_scores_is_the_logistic_loss_of_their_difference():
    z, hard = SCORES[:, :2], CLASSES % 2
    difference = z[:, 1] - z[:, 0]
    assert_near(SoftmaxCrossEntropy().each(z, hard), LogisticLoss().each(difference, hard), 1e-12)
    assert_near(SoftmaxCrossEntropy().grad(z, hard)[:, 1], LogisticLoss().grad(difference, hard), 1e-12)
    assert_near(SoftmaxFocal(1.7).each(z, hard), Focal(1.7).each(difference, hard), 1e-12)
    assert_near(SoftmaxFocal(1.7).grad(z, hard)[:, 1], Focal(1.7).grad(difference, hard), 1e-12)


def test_cross_entropy_of_the_softmax_is_softmax_cross_entropy():
    p = softmax(SCORES)
    assert_near(CategoricalCrossEntropy().each(p, MEMBERSHIPS), SoftmaxCrossEntropy().each(SCORES, MEMBERSHIPS), 1e-12)
    assert_near(CategoricalCrossEntropy().each(p, CLASSES), SoftmaxCrossEntropy().each(SCORES, CLASSES), 1e-12)


def test_cross_entropy_of_two_classes_is_the_binary_one():
    p, y = sigmoid(P), LABELS
    rows, memberships = np.stack([1 - p, p], axis=1), np.stack([1 - y, y], axis=1)
    assert_near(CategoricalCrossEntropy().each(rows, memberships), BinaryCrossEntropy().each(p, y), 1e-12)


def test_divergence_is_cross_entropy_minus_the_targets_entropy():
    p = softmax(SCORES)
    entropy = -np.sum(MEMBERSHIPS * np.log(MEMBERSHIPS), axis=1)
    assert_near(KullbackLeibler().each(p, MEMBERSHIPS), CategoricalCrossEntropy().each(p, MEMBERSHIPS) - entropy, 1e-12)
    assert_near(KullbackLeibler().grad(p, MEMBERSHIPS), CategoricalCrossEntropy().grad(p, MEMBERSHIPS), 1e-15)
    assert_near(KullbackLeibler().each(p, CLASSES), CategoricalCrossEntropy().each(p, CLASSES), 1e-15)
    assert not KullbackLeibler().each(MEMBERSHIPS, MEMBERSHIPS).any()


@pytest.mark.parametrize("target", [CLASSES, MEMBERSHIPS], ids=["classes", "memberships"])
def test_generalized_cross_entropy_runs_from_cross_entropy_to_one_minus_p(target):
    same(SoftmaxFocal(0.0), SoftmaxCrossEntropy(), SCORES, target)
    same(GeneralizedCrossEntropy(1e-13), SoftmaxCrossEntropy(), SCORES, target, tolerance=1e-11)
    rows = np.eye(K)[target] if target.ndim == 1 else target
    assert_near(GeneralizedCrossEntropy(1.0).each(SCORES, target), np.sum(rows * (1 - softmax(SCORES)), axis=1), 1e-12)


def test_symmetric_cross_entropy_adds_a_bounded_mirror():
    loss, mirror = SymmetricCrossEntropy(0.3, 0.9, A=-4.0), GeneralizedCrossEntropy(1.0)
    for method in ("each", "grad", "curvature"):
        forward, backward = (getattr(one, method)(SCORES, CLASSES) for one in (SoftmaxCrossEntropy(), mirror))
        assert_near(getattr(loss, method)(SCORES, CLASSES), 0.3 * forward + 0.9 * 4 * backward, 1e-12)
    p = softmax(SCORES)
    forward, backward = (CategoricalCrossEntropy().each(*pair) for pair in ((p, MEMBERSHIPS), (MEMBERSHIPS, p)))
    deep = SymmetricCrossEntropy(0.3, 0.9, A=-1e3)
    assert_near(deep.each(SCORES, MEMBERSHIPS), 0.3 * forward + 0.9 * backward, 1e-12)


def test_a_confident_row_keeps_its_digits():
    z = np.array([[60.0, 0.0, 0.0]])
    for loss in (SoftmaxFocal(0.5), GeneralizedCrossEntropy(0.7), SymmetricCrossEntropy(0.5, 0.5)):
        slope = loss.grad(z, [0])
        assert slope[0, 0] < 0 and slope[0, 1] > 0 and slope[0, 0] == pytest.approx(-2 * slope[0, 1], rel=1e-12)


# Overlap ---------------------------------------------------------------------------------------------------------


def test_tversky_is_dice_and_jaccard_at_equal_prices():
    for truth in (TRUTH, MEMBERSHIPS):
        same(Tversky(0.5, 0.5), Dice(), MASKS, truth)
        same(Tversky(1.0, 1.0), Jaccard(), MASKS, truth)


def test_dice_and_jaccard_order_masks_alike():
    dice, jaccard = 1 - Dice().each(MASKS, TRUTH), 1 - Jaccard().each(MASKS, TRUTH)
    assert_near(dice, 2 * jaccard / (1 + jaccard), 1e-12)
    assert (np.argsort(dice) == np.argsort(jaccard)).all()


def test_overlap_of_sizes_30_50_40():
    p, y = np.zeros((1, 100)), np.zeros((1, 100))
    p[0, :50], y[0, 20:60] = 1, 1
    assert Dice()(p, y) == pytest.approx(1 / 3) and Jaccard()(p, y) == pytest.approx(1 / 2)
    assert Tversky(0.3, 0.7)(p, y) == pytest.approx(1 - 30 / (30 + 0.3 * 20 + 0.7 * 10))


@pytest.mark.parametrize("loss", [Dice(), Jaccard(), Tversky(0.3, 0.7)], ids=repr)
def test_two_empty_masks_agree(loss):
    p = np.array([[0.0, 0.0], [0.0, 0.0], [0.5, 0.0]])
    y = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 0.0]])
    value, slope = loss.value_and_grad(p, y)
    assert loss.each(p, y).tolist() == [0.0, 1.0, 1.0] and value == pytest.approx(2 / 3)
    assert not slope[0].any() and slope[1, 0] < 0 and not slope[2].any()
    assert not loss.curvature(p, y)[0].any()
