"""Each check finds the fault that it is for: small losses with one planted fault, and the law that sees it."""

import warnings

import numpy as np
import pytest

from lossutils import (
    CATALOGUE,
    Huber,
    LogisticLoss,
    Loss,
    Pinball,
    SoftmaxCrossEntropy,
    SquaredError,
    checks,
    param,
    rng,
)
from lossutils.checks.refute import refuse_difference
from lossutils.checks.shortcuts import KEPT
from lossutils.engine.domain import CLASSES, LABEL, POSITIVE, PROBABILITY, SCORE, UNIT_OPEN, Domain
from lossutils.numerics import logsumexp, sigmoid, softmax, softplus

FAULTS = []


def fault(law, *fragments):
    """Plant a faulty loss: `law` must refute it with a sentence that holds the fragments."""

    def plant(cls):
        FAULTS.append(pytest.param(cls(), law, fragments, id=f"{cls.__name__}-{law.__name__}"))
        return cls

    return plant


def squared(self, p, y):
    """The right formula that faulty losses share; finished losses can't be subclassed."""
    return (p - y) ** 2


def twice(self, p, y):
    """The right derivative that faulty losses share."""
    return 2 * (p - y)


# Slopes


@fault(checks.derivative, "the derivative at prediction", "rises beside it")
class WrongFactor(Loss):
    formula = squared

    def derivative(self, p, y):
        return 1.00001 * 2 * (p - y)


@fault(checks.derivative)
class WrongSign(Loss):
    formula = squared

    def derivative(self, p, y):
        return 2 * (y - p)


@fault(checks.derivative)
class DividedByN(Loss):
    formula = squared

    def derivative(self, p, y):
        return 2 * (p - y) / len(p)


@fault(checks.derivative, "must have the prediction's")
class MeanOfSlopes(Loss):
    formula = squared

    def derivative(self, p, y):
        return np.mean(2 * (p - y))


@fault(checks.derivative)
class BeyondTheKink(Loss):
    """At p == y the slope is neither that to the left, -0.8, nor that to the right, 0.2, nor between."""

    def formula(self, p, y):
        return np.maximum(0.8 * (y - p), 0.2 * (p - y))

    def derivative(self, p, y):
        return np.where(p < y, -0.8, np.where(p > y, 0.2, 0.5))


@fault(checks.derivative)
class WrongSideOfAKink(Loss):
    """The seam at delta is put in the wrong place."""

    delta: float = param(1.3, POSITIVE)

    def formula(self, p, y):
        return np.maximum(np.abs(p - y) - self.delta, 0)

    def derivative(self, p, y):
        return np.sign(p - y) * (np.abs(p - y) > self.delta + 0.05)


@fault(checks.derivative)
class SwappedParameter(Loss):
    tau: float = param(0.8, PROBABILITY)

    def formula(self, p, y):
        return np.maximum(self.tau * (y - p), (1 - self.tau) * (p - y))

    def derivative(self, p, y):
        return np.where(p > y, self.tau, self.tau - 1)


@fault(checks.derivative)
class EpsilonInTheLog(Loss):
    """Cross-entropy with an epsilon in the logarithm, and the slope of the exact one."""

    prediction, target = PROBABILITY, LABEL

    def formula(self, p, y):
        return -y * np.log(p + 1e-4) - (1 - y) * np.log(1 - p + 1e-4)

    def derivative(self, p, y):
        return (1 - y) / (1 - p + 1e-9) - y / (p + 1e-9)


@fault(checks.derivative)
class SoftmaxOverTheWrongAxis(Loss):
    prediction, target, row_wise = SCORE, CLASSES, True

    def formula(self, z, q):
        return -np.sum(q * np.log(softmax(z)), axis=1)

    def derivative(self, z, q):
        return softmax(z, axis=0) - q


@fault(checks.curvature, "the curvature at prediction")
class WrongCurvature(Loss):
    formula, derivative = squared, twice

    def second_derivative(self, p, y):
        return np.full_like(p, 1)


@fault(checks.curvature)
class CurvatureDividedByN(Loss):
    formula, derivative = squared, twice

    def second_derivative(self, p, y):
        return np.full_like(p, 2 / len(p))


# Claims


@fault(checks.convexity, "claims to be convex", "above the chord")
class NotConvex(Loss):
    convex = True

    def formula(self, p, y):
        return np.log1p((p - y) ** 2)


@fault(checks.convexity, "claims not to be convex")
class ConvexAfterAll(Loss):
    formula, derivative = squared, twice
    convex = False


@fault(checks.best_constant, "but the median is")
class WrongWord(Loss):
    formula, derivative = squared, twice
    predicts = "median"


@fault(checks.best_constant, "can't be checked", "'τ-quantile'")
class UnknownWord(Loss):
    formula, derivative = squared, twice
    predicts = "the truth"


@fault(checks.best_constant, "is not the median for small c: at ", "it is ", ", the median ")
class MeanThroughout(Loss):
    formula, derivative = squared, twice
    predicts = "the median for small c, the mean for large c, but it need not lie between the two"
    c: float = param(1.3, POSITIVE)


@fault(checks.best_constant, "is not the mean for large c: at ", "it is ", ", the mean ")
class MedianThroughout(Loss):
    predicts = "the median for small c, the mean for large c, but it need not lie between the two"
    c: float = param(1.3, POSITIVE)

    def formula(self, p, y):
        return self.c * np.abs(p - y)


WHERE_MANY_LIE = "a place where many targets lie for small c, the mean for large c; a far target hardly moves it"


@fault(checks.best_constant, "is not a place where many targets lie for small c: of twelve targets five lie near ")
class AmongTheStrays(Loss):
    """The median: it is where many targets lie only if these are more than half."""

    predicts = WHERE_MANY_LIE
    c: float = param(1.3, POSITIVE)

    def formula(self, p, y):
        return np.abs(p - y)


@fault(checks.best_constant, "is not the mean for large c: at ", "it is ", ", the mean ")
class AmongTheManyThroughout(Loss):
    predicts = WHERE_MANY_LIE
    c: float = param(1.3, POSITIVE)

    def formula(self, p, y):
        return np.log1p(np.square((p - y) / 0.01))


@fault(checks.best_constant, "is not hardly moved by a far target: one that moves from ", " takes it from ")
class MovedFromAfar(Loss):
    predicts = WHERE_MANY_LIE
    c: float = param(1.3, POSITIVE)

    def formula(self, p, y):
        u = (p - y) / self.c
        return np.log1p(u * u) if self.c < 1 else u * u


UP_TO_2 = Domain("a number up to 2, or minus infinity", high=2.0, infinities=(-np.inf,))


FROM_THE_MEAN = "the mean for α = 2 or large c; a place where many targets lie for α ≤ 0 and small c"


@fault(checks.best_constant, "is not for alpha = 0 a place where many targets lie for small c: ")
class NeverAmongTheMany(Loss):
    formula, derivative = squared, twice
    predicts = FROM_THE_MEAN
    alpha: float = param(-1.3, UP_TO_2)
    c: float = param(1.3, POSITIVE)


@fault(checks.best_constant, "is not for alpha = -inf a place where many targets lie for small c: ")
class AmongTheManyForOneAlphaOnly(Loss):
    predicts = FROM_THE_MEAN
    alpha: float = param(-1.3, UP_TO_2)
    c: float = param(1.3, POSITIVE)

    def formula(self, p, y):
        u = (p - y) / self.c
        return np.log1p(u * u) if self.alpha == 0 else u * u


@fault(checks.best_constant, "is not the mean for large c: at ")
class AmongTheManyForLargeCToo(Loss):
    predicts = FROM_THE_MEAN
    alpha: float = param(-1.3, UP_TO_2)
    c: float = param(1.3, POSITIVE)

    def formula(self, p, y):
        e = p - y
        return e * e if self.alpha == 2 else np.log1p(np.square(e / 0.01))


@fault(checks.best_constant, "is not the mean at alpha = 2: it is ", ", the mean ")
class NotTheMean(Loss):
    predicts = FROM_THE_MEAN
    alpha: float = param(-1.3, UP_TO_2)
    c: float = param(1.3, POSITIVE)

    def formula(self, p, y):
        return (p - y - self.alpha) ** 2


@fault(checks.best_constant, "is not on the side of the log-odds: it is ", ", the log-odds ")
class OnTheOtherSide(Loss):
    target = LABEL
    predicts = "between 0 and the log-odds of the mean label, weighted by α₁ and α₀"
    alpha = None

    def formula(self, p, y):
        return softplus(-p) + y * p


@fault(checks.best_constant, "is not closer to 0: it is ", ", the log-odds ")
class FartherFrom0(Loss):
    target = LABEL
    predicts = "between 0 and the log-odds of the mean label, weighted by α₁ and α₀"
    alpha = None

    def formula(self, p, y):
        return softplus(p / 2) - y * p / 2


@fault(checks.best_constant, "costs")
class WrongConstant(Loss):
    formula, derivative = squared, twice

    def constant(self, y, w):
        return float(np.median(y))


@fault(checks.best_constant)
class ConstantIgnoresWeights(Loss):
    formula, derivative = squared, twice

    def constant(self, y, w):
        return float(np.mean(y))


@fault(checks.best_constant)
class ConstantByInterpolation(Loss):
    tau: float = param(0.9, PROBABILITY)

    def formula(self, p, y):
        return np.maximum(self.tau * (y - p), (1 - self.tau) * (p - y))

    def constant(self, y, w):
        return float(np.quantile(y[w > 0], self.tau))


@fault(checks.smooth, "claims to be smooth", "jumps by")
class NotSmooth(Loss):
    smooth = True

    def formula(self, p, y):
        return np.abs(p - y)


@fault(checks.smooth, "at none of")
class SmoothAfterAll(Loss):
    formula, derivative = squared, twice
    smooth = False


@fault(checks.bounded_influence, "stays below some number")
class NotBounded(Loss):
    formula, derivative = squared, twice
    bounded_influence = True


@fault(checks.bounded_influence, "has no limit")
class BoundedAfterAll(Loss):
    bounded_influence = False

    def formula(self, p, y):
        return np.abs(p - y)


@fault(checks.proper, "claims to be proper")
class NotProper(Loss):
    prediction, target, proper = PROBABILITY, LABEL, True

    def formula(self, p, y):
        return np.abs(p - y)


@fault(checks.proper, "claims not to be proper")
class ProperAfterAll(Loss):
    prediction, target, proper = PROBABILITY, LABEL, False

    def formula(self, p, y):
        return (p - y) ** 2


@fault(checks.proper, "claims to be proper", "expected slope")
class RowsNotProper(Loss):
    prediction, target, row_wise, proper = PROBABILITY, CLASSES, True, True

    def formula(self, p, q):
        return np.sum(np.abs(p - q) ** 1.5, axis=1)


# Manners


@fault(checks.together, "the value of value_and_derivative")
class TogetherAnotherValue(Loss):
    formula, derivative = squared, twice

    def value_and_derivative(self, p, y):
        return (p - y) ** 2 / 2, 2 * (p - y)


@fault(checks.together, "the slope of value_and_derivative")
class TogetherAnotherSlope(Loss):
    formula, derivative = squared, twice

    def value_and_derivative(self, p, y):
        return (p - y) ** 2, p - y


@fault(checks.inputs_unchanged, "loss(pred, target, weight)", "formula or derivative changes its input")
class WritesIntoThePrediction(Loss):
    derivative = twice

    def formula(self, p, y):
        p -= y
        return p * p


@fault(checks.inputs_unchanged, "value_and_grad", "formula or derivative changes its input")
class WritesIntoTheTarget(Loss):
    formula = squared

    def derivative(self, p, y):
        np.subtract(p, y, out=y)
        return 2 * y


@fault(checks.extremes, "nan")
class NanFarOut(Loss):
    def formula(self, p, y):
        return np.log(1 + np.exp(p - y)) - (p - y) * np.exp(p - y) / (1 + np.exp(p - y))


@fault(checks.extremes, "its derivative gives nan")
class NanSlopeFarOut(Loss):
    target = LABEL

    def formula(self, z, y):
        return y * softplus(-z) + (1 - y) * softplus(z)

    def derivative(self, z, y):
        return np.exp(z) / (1 + np.exp(z)) - y


@fault(checks.class_numbers, "target numbers")
class CountsClassesFromOne(Loss):
    prediction, target, row_wise, takes_class_numbers = SCORE, CLASSES, True, True

    def formula(self, z, y):
        q = np.eye(z.shape[1])[y - 1] if y.ndim == 1 else y
        return logsumexp(z) - np.sum(q * z, axis=1)

    def value_and_derivative(self, z, y):
        q = np.eye(z.shape[1])[y - 1] if y.ndim == 1 else y
        return self.formula(z, y), softmax(z) - q


@fault(checks.class_numbers, "150 classes")
class ForgetsManyClasses(Loss):
    prediction, target, row_wise = SCORE, CLASSES, True

    def formula(self, z, q):
        return logsumexp(z) - np.sum(q * z, axis=1)

    def derivative(self, z, q):
        return softmax(z) - q

    def value_and_derivative(self, z, q):
        return self.formula(z, q), self.derivative(z, q) * (1 + (z.shape[1] > 100))


@fault(checks.bad_input, "claims that bad input shows", "would pass unseen")
class HidesNan(Loss):
    derivative, shows_bad_input = twice, True

    def formula(self, p, y):
        return np.fmin(np.abs(p - y), 1)


@fault(checks.bad_input, "claims that bad input shows")
class HidesAnInfiniteTarget(Loss):
    derivative, shows_bad_input = twice, True

    def formula(self, p, y):
        return np.abs(p - y.clip(-1e6, 1e6))


@fault(checks.bad_input, "claims that bad input shows")
class HidesNanBesideTheSlope(Loss):
    formula, shows_bad_input = squared, True

    def value_and_derivative(self, p, y):
        return np.nan_to_num(p - y) ** 2, 2 * (p - y)


@fault(checks.bad_input, "claims that bad input shows")
class HidesNanInARow(Loss):
    prediction, target, row_wise, shows_bad_input = SCORE, CLASSES, True, True

    def formula(self, z, q):
        return np.nanmax(z, axis=1) - np.nansum(q * z, axis=1)


@fault(checks.finite_slope, "claims a finite slope")
class SteepAtTheTarget(Loss):
    finite_slope = True

    def formula(self, p, y):
        return np.sqrt(np.abs(p - y))

    def derivative(self, p, y):
        return np.sign(p - y) / (2 * np.sqrt(np.abs(p - y)))


@fault(checks.units, "the target's unit, squared", "not 2 times")
class NoUnitOfTheTarget(Loss):
    unit = "the target's unit, squared"
    share: float = param(0.5, UNIT_OPEN, unit="none")

    def formula(self, p, y):
        return self.share * np.abs(p - y)

    def derivative(self, p, y):
        return self.share * np.sign(p - y)


@fault(checks.units, "twice as large it is not legal")
class ShareInTheTargetsUnit(Loss):
    unit = "the target's unit"
    share: float = param(0.6, UNIT_OPEN, unit="the target's unit")

    def formula(self, p, y):
        return self.share * np.abs(p - y)


@fault(checks.units, "its slope")
class FactorInTheTargetsUnit(Loss):
    unit = "the target's unit, squared"
    factor: float = param(2.0, POSITIVE, unit="the target's unit")

    def formula(self, p, y):
        return self.factor * (p - y) ** 2

    def derivative(self, p, y):
        return self.factor * 2 * (p - y)


@fault(checks.units, "its slope")
class WidthWithoutTheTargetsUnit(Loss):
    unit = "the target's unit, squared"
    width: float = param(2.0, POSITIVE, unit="none")

    def formula(self, p, y):
        return self.width**2 * np.log1p(((p - y) / self.width) ** 2)


@fault(checks.extremes, "its curvature gives nan")
class NanCurvatureFarOut(Loss):
    formula, derivative = squared, twice

    def second_derivative(self, p, y):
        return 2 * np.exp(p - y) / np.exp(p - y)


@fault(checks.blocks)
class MeanInsideTheFormula(Loss):
    """Centres its predictions: what a sample costs depends on which others are in the same block."""

    def formula(self, p, y):
        return (p - p.mean() - y) ** 2


@fault(checks.permutation)
class OrderMatters(Loss):
    def formula(self, p, y):
        return (p - y) ** 2 * np.arange(len(p))


@fault(checks.weights)
class CountsItsSamples(Loss):
    def formula(self, p, y):
        return (p - y) ** 2 * len(p)


@fault(checks.shapes)
class LikesCompany(Loss):
    def formula(self, p, y):
        return (p - y) ** 2 + (len(p) < 3)


@fault(checks.card, "bare |")
class BareBar(Loss):
    formula, derivative = squared, twice
    tex = r"|\hat{y} - y|"


@fault(checks.card, "isn't understood everywhere")
class Cases(Loss):
    formula, derivative = squared, twice
    tex = r"\begin{cases}0\end{cases}"


@fault(checks.card, r"\frac{1}{2}")
class ShortFraction(Loss):
    formula, derivative = squared, twice
    tex = r"\frac12 e^2"


@fault(checks.card, "braces")
class OpenBrace(Loss):
    formula, derivative = squared, twice
    tex = r"\frac{1}{2 e^2"


@pytest.mark.parametrize("loss, law, fragments", FAULTS)
def test_a_planted_fault_is_found_by_its_law(loss, law, fragments):
    with pytest.raises(checks.Refuted) as found:
        law(loss, rng(1))
    assert all(fragment in str(found.value) for fragment in (type(loss).__name__, *fragments)), str(found.value)


def test_every_law_has_a_planted_fault():
    found = {law for fault in FAULTS for law in fault.values if law in checks.ALL}
    core = {checks.dtype, checks.absent, checks.mixed_types}  # their faults change the core: other tests plant them
    assert set(checks.ALL) - found == core | {checks.shift, checks.outliers}  # planted in test_edges.py


@pytest.mark.parametrize("loss", CATALOGUE, ids=repr)
def test_a_loss_of_the_catalogue_claims_what_it_keeps(loss):
    """A claim that is left out costs time: each number is looked at although the total would show it."""
    assert checks.bad_input(loss, rng(1)) != KEPT
    assert not checks.units(loss, rng(1)).startswith("not known")


class Unclaimed(Loss):
    """What a learner writes: no claims, and a formula in which nan and a far target do not show."""

    unit = "the target's unit"
    width: float = param(2.0, POSITIVE)

    def formula(self, p, y):
        return np.fmin(np.abs(p - y), self.width)


def test_a_loss_without_claims_is_refuted_by_none_and_refuses_bad_input():
    loss = Unclaimed()
    assert checks.bad_input(loss, rng(1)) == checks.finite_slope(loss, rng(1))[:11] == "not claimed"
    assert checks.units(loss, rng(1)) == "not known: the unit of width is not declared"
    for bad in (np.nan, np.inf):
        with pytest.raises(ValueError, match="prediction is (nan|inf) at index 1"):
            loss([0.0, bad], [0.0, 1.0])
        with pytest.raises(ValueError, match="target is (nan|inf) at index 1"):
            loss.value_and_grad([0.0, 1.0], [0.0, bad])


@pytest.mark.parametrize("loss", CATALOGUE, ids=repr)
def test_what_is_printed_is_what_runs(loss, monkeypatch):
    """`loss(p, y)` and `each` ask the formula and nothing else; a planted one is what comes out."""
    p, y = (np.full((2, 3), 1 / 3), np.eye(3)[:2]) if loss.row_wise else (np.full(2, 0.5), np.ones(2))
    monkeypatch.setattr(type(loss), "formula", lambda self, p, y: np.full(len(p), 42.0))
    p = p + 1 if loss.prediction is SCORE else p
    assert loss(p, y) == 42.0 and (loss.each(p, y) == 42.0).all()


class WithPlanted:
    """A right loss with one method of the core replaced, as a careless change of loss.py would."""

    def __init__(self, monkeypatch, method, replacement):
        self.loss = SquaredError()
        original = getattr(Loss, method)
        monkeypatch.setattr(SquaredError, method, lambda *args: replacement(original, *args), raising=False)


CORE_FAULTS = {
    "each becomes float64": ("each", lambda f, s, p, y: np.asarray(f(s, p, y), float), checks.dtype),
    "the gradient becomes float64": ("grad", lambda f, s, *a: np.asarray(f(s, *a), float), checks.dtype),
    "the mean is a NumPy number": ("__call__", lambda f, s, *a: np.float64(f(s, *a)), checks.dtype),
    "integers overflow": (
        "each",
        lambda f, s, p, y: f(s, np.asarray(p) - np.asarray(y), 0 * np.asarray(y)),
        checks.dtype,
    ),
    "the mean ignores weights": ("__call__", lambda f, s, p, y, w=None: f(s, p, y), checks.weights),
    "the gradient ignores weights": (
        "value_and_grad",
        lambda f, s, p, y, w=None: (f(s, p, y, w)[0], f(s, p, y)[1]),
        checks.weights,
    ),
    "the sum instead of the mean": ("__call__", lambda f, s, p, y, w=None: f(s, p, y, w) * len(p), checks.together),
    "another gradient alone": ("grad", lambda f, s, *a: 1.000001 * f(s, *a), checks.together),
    "a block is forgotten": ("each", lambda f, s, p, y: f(s, p, y) * (np.arange(p.size) < 30000), checks.blocks),
    "one number isn't spread": (
        "grad",
        lambda f, s, p, y, w=None: f(s, p, y, w) / (1 if np.ndim(p) else np.size(y)),
        checks.shapes,
    ),
}


@pytest.mark.parametrize("what", CORE_FAULTS)
def test_a_fault_planted_in_the_core_is_found(monkeypatch, what):
    method, replacement, law = CORE_FAULTS[what]
    law(SquaredError(), rng(1))
    loss = WithPlanted(monkeypatch, method, replacement).loss
    with pytest.raises(checks.Refuted):
        law(loss, rng(1))


# Right losses stand


def test_a_learners_loss_of_five_lines_passes_every_check():
    class Mine(Loss):
        def formula(self, p, y):
            return np.abs(p - y) ** 1.5

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        report = checks.check(Mine(), rng(0))
    assert report.passed, report
    assert report.remarks["derivative"] == "numerical" and report.remarks["convexity"] == "not claimed"


def test_a_learners_loss_with_masks_and_a_parameter_passes():
    class Tube(Loss):
        """Free of charge inside the tube."""

        width: float = param(0.7, POSITIVE)
        convex = True

        def formula(self, p, y):
            e = np.abs(p - y)
            cost = e - self.width
            cost[e < self.width] = 0
            return cost

    assert checks.check(Tube(), rng(0)).passed
    assert Tube(width=1)(np.array([0.0, 3.0]), np.array([0.5, 0.0])) == 1.0


def test_the_report_is_a_table_and_says_the_first_refutation():
    report = checks.check(WrongSign(), rng(0))
    assert not report.passed and "refuted by derivative" in str(report)
    card = report._repr_markdown_()
    assert "| derivative | A derivative lies between" in card and "**refuted**" in card and "WrongSign()" in card
    assert len([line for line in card.splitlines() if line.startswith("|")]) == 2 + len(checks.ALL)
    assert repr(checks.check(Huber(), rng(0))) == f"Huber(delta=1.0): not refuted by {len(checks.ALL)} checks"


def test_the_report_says_how_a_formula_fails():
    class Broken(Loss):
        def formula(self, p, y):
            return p @ y.reshape(2, 2, 2, -1)

    report = checks.check(Broken(), rng(0))
    assert "ValueError" in report.refuted["derivative"]


def test_a_check_draws_from_the_given_source_alone():
    state = np.random.get_state()[1].copy()
    first, second = (checks.check(WrongFactor(), rng(5)).refuted for _ in range(2))
    assert first == second != checks.check(WrongFactor(), rng(6)).refuted
    assert np.array_equal(np.random.get_state()[1], state)


def test_any_slope_between_the_sides_of_a_kink_is_right():
    class AnySlope(Loss):
        def formula(self, p, y):
            return np.maximum(0.8 * (y - p), 0.2 * (p - y))

        def derivative(self, p, y):
            return np.where(p == y, np.linspace(-0.8, 0.2, len(p)), np.where(p < y, -0.8, 0.2))

    checks.derivative(AnySlope(), rng(1))


def test_a_difference_of_shapes_is_refused():
    with pytest.raises(checks.Refuted, match="has shape"):
        refuse_difference(SquaredError(), "each", np.zeros(3), np.zeros((3, 1)))


@pytest.mark.parametrize("loss", [SquaredError(), Pinball(0.1), LogisticLoss(), SoftmaxCrossEntropy()], ids=repr)
def test_many_seeds_do_not_refute_a_right_loss(loss):
    for seed in range(10, 14):
        for law in checks.ALL:
            law(loss, rng(seed))


def test_sigmoid_of_a_best_constant_is_the_share():
    assert sigmoid(np.array(LogisticLoss().best_constant([0, 0, 0, 1]))) == pytest.approx(0.25, rel=1e-14)


def test_a_class_is_not_a_loss():
    for thing in (Huber, 3):
        with pytest.raises(TypeError, match=r"is not a loss; give an instance, such as Huber\(\), not the class"):
            checks.check(thing, rng(0))
