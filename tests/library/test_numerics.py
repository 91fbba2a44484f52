"""Every stable form against mpmath with 60 digits: errors in ulp, in float64 and float32, far out and near 0."""

import mpmath
import numpy as np
import pytest
from mpmath import mpf

from lossutils import CATALOGUE, LogisticLoss, SoftmaxCrossEntropy, numerics, rng
from lossutils.checks.refute import CLASSES_DRAWN
from lossutils.engine.domain import LABEL, PROBABILITY

mpmath.mp.dps = 60
FAR = [
    0.0,
    1e-300,
    1e-30,
    1e-8,
    1e-4,
    0.01,
    0.3,
    0.5,
    0.6931,
    0.7,
    1.0,
    2.5,
    7.0,
    19.9,
    20.1,
    40.0,
    88.0,
    800.0,
    1e4,
    1e30,
]
LINE = np.array(sorted({*FAR, *(-x for x in FAR)}))
RANDOM = np.concatenate([rng(0).uniform(-5, 5, 300), rng(1).uniform(-45, 45, 100)])
UNIT = np.array([0.0, 1e-300, 1e-30, 1e-8, 0.1, 0.5, 0.9, 1 - 1e-8, 1 - 2.0**-24, 1 - 2.0**-53, 1.0])


def ulps(got, exact):
    """Errors in units of the last place of the exact value; what is too small for the type counts as 0."""
    got = np.asarray(got)
    kind = got.dtype.type
    size = np.array([np.spacing(abs(kind(float(x)))) for x in exact], float)
    size = np.maximum(size, np.finfo(kind).tiny * np.finfo(kind).eps)
    top = mpf(float(np.finfo(kind).max))
    errors = []
    for mine, x, unit in zip(got.tolist(), exact, size, strict=True):
        if abs(x) > top:
            errors.append(0.0 if mine == np.sign(float(mpmath.sign(x))) * np.inf else np.inf)
        else:
            errors.append(float(abs(mpf(mine) - x) / mpf(float(unit))) if np.isfinite(mine) else np.inf)
    return np.array(errors)


def exactly(f, x):
    return [f(mpf(float(one))) for one in x]


ONE = {  # name: (exact form, where, ulp allowed in float64, in float32)
    "softplus": (lambda x: mpmath.log1p(mpmath.exp(x)), LINE, 2, 3),
    "sigmoid": (lambda x: 1 / (1 + mpmath.exp(-x)), LINE, 3, 3),
    "log_sigmoid": (lambda x: -mpmath.log1p(mpmath.exp(-x)), LINE, 2, 3),
    "log_cosh": (lambda x: mpmath.log1p(2 * mpmath.sinh(x / 2) ** 2), LINE, 4, 4),
    "log1p_square": (lambda x: mpmath.log1p(x * x), LINE, 2, 3),
}


@pytest.mark.parametrize("kind", [np.float64, np.float32])
@pytest.mark.parametrize("name", ONE)
def test_a_function_of_one_number_is_right_to_a_few_ulp(name, kind):
    exact, where, *allowed = ONE[name]
    x = np.append(where, RANDOM).astype(kind)
    got = getattr(numerics, name)(x)
    assert got.dtype == kind
    errors = ulps(got, exactly(exact, x))
    assert errors.max() <= allowed[kind is np.float32], dict(zip(x.tolist(), errors.tolist(), strict=True))


TWO = {
    "xlogy": (lambda x, y: x * mpmath.log(y) if x else mpf(0), UNIT, 2),
    "xlog1py": (lambda x, y: x * mpmath.log1p(-y) if x else mpf(0), -UNIT, 2),
    "xdivy": (lambda x, y: x / y if x else mpf(0), UNIT, 1),
    "times_exp": (lambda x, y: x * mpmath.exp(y) if x else mpf(0), LINE[np.abs(LINE) <= 800], 8),
}


@pytest.mark.parametrize("kind", [np.float64, np.float32])
@pytest.mark.parametrize("name", TWO)
def test_a_function_of_two_numbers_is_right_to_a_few_ulp(name, kind):
    exact, where, allowed = TWO[name]
    x, y = (a.ravel() for a in np.meshgrid(UNIT.astype(kind), where.astype(kind)))
    infinite = (x != 0) & (y == (-1 if name == "xlog1py" else 0)) & (name != "times_exp")
    got = getattr(numerics, name)(x, y)
    assert got.dtype == kind and np.isinf(got[infinite]).all() and (got[x == 0] == 0).all()
    x, y, got = x[~infinite], y[~infinite], got[~infinite]
    if name == "xlog1py":
        y = -y
    errors = ulps(got, [exact(mpf(float(a)), mpf(float(b))) for a, b in zip(x, y, strict=True)])
    assert errors.max() <= allowed, [(a, b, e) for a, b, e in zip(x, y, errors, strict=True) if e > allowed]


ROWS = np.array(
    [
        [0, 0, 0],
        [1, 2, 3],
        [40, 0, -40],
        [800, 799, -800],
        [1e4, -1e4, 0],
        [-1e4, -1e4, -1e4 - 1],
        [1e-8, 0, -1e-8],
        [-np.inf, 1, 2],
        [-np.inf, -np.inf, 5],
        [88, 88, 88],
        [-800, -801, -802],
    ]
)


def exact_softmax(row):
    e = [mpmath.exp(mpf(float(x))) if np.isfinite(x) else mpf(0) for x in row]
    return [x / sum(e) for x in e]


@pytest.mark.parametrize("kind", [np.float64, np.float32])
def test_functions_of_rows_are_right_to_a_few_ulp(kind):
    z = ROWS.astype(kind)
    total = [mpmath.log(sum(mpmath.exp(mpf(float(x))) for x in row if np.isfinite(x))) for row in z]
    assert ulps(numerics.logsumexp(z), total).max() <= 2
    assert ulps(numerics.softmax(z).ravel(), [x for row in z for x in exact_softmax(row)]).max() <= 4
    p, rest, log_p = numerics.softmax_parts(z)
    assert ulps(p.ravel(), [x for row in z for x in exact_softmax(row)]).max() <= 4
    assert (
        ulps(rest.ravel(), [sum(row[:k] + row[k + 1 :]) for row in map(exact_softmax, z) for k in range(3)]).max() <= 8
    )
    logs = [mpmath.log(x) if x else mpf("-inf") for row in z for x in exact_softmax(row)]
    finite = np.isfinite(z).ravel()
    for got in (log_p, numerics.log_softmax(z)):
        assert got.dtype == kind and np.isneginf(got.ravel()[~finite]).all()
        size = np.maximum(1, np.abs(z).max(axis=1, where=np.isfinite(z), initial=0)).repeat(3)[finite]
        errors = [abs(mpf(float(a)) - b) for a, b in zip(got.ravel()[finite], np.array(logs)[finite], strict=True)]
        assert (np.array(errors, float) <= 4 * np.finfo(kind).eps * size).all()


def test_softmax_and_logsumexp_run_along_any_axis():
    z = ROWS[:5]
    assert np.array_equal(numerics.softmax(z.T, axis=0).T, numerics.softmax(z))
    assert np.array_equal(numerics.logsumexp(z.T, axis=0), numerics.logsumexp(z))
    assert np.array_equal(numerics.log_softmax(z.T, axis=0).T, numerics.log_softmax(z))
    assert np.isneginf(numerics.logsumexp(np.array([[-np.inf, -np.inf]]))).all()
    assert np.array_equal(numerics.rows_first(z), z.T) and numerics.rows_first(z).flags.c_contiguous


@pytest.mark.parametrize("kind", [np.float64, np.float32])
def test_logistic_loss_keeps_its_digits_far_out(kind):
    z = LINE.astype(kind)
    for label in (0, 1):
        value, slope = LogisticLoss().value_and_derivative(z, np.full_like(z, label))
        sign = 1 - 2 * label
        assert ulps(value, exactly(lambda x, s=sign: mpmath.log1p(mpmath.exp(s * x)), z)).max() <= 2
        assert ulps(slope, exactly(lambda x, s=sign: s / (1 + mpmath.exp(-s * x)), z)).max() <= 3


@pytest.mark.parametrize("kind", [np.float64, np.float32])
def test_softmax_cross_entropy_is_right_against_the_largest_score(kind):
    z = ROWS.astype(kind)
    for k in range(3):
        value = SoftmaxCrossEntropy().each(z, np.full(len(z), k))
        for mine, row in zip(value, z, strict=True):
            p = exact_softmax(row)[k]
            exact = float(-mpmath.log(p)) if p else np.inf
            size = max(1.0, *np.abs(row[np.isfinite(row)]))
            assert mine == exact or abs(mine - exact) <= 4 * np.finfo(kind).eps * size


def test_a_loss_is_finite_wherever_float64_can_hold_it():
    assert LogisticLoss()([-1e300, 1e300], [1, 0]) == 1e300
    assert SoftmaxCrossEntropy()([[1e300, 0.0]], [1]) == 1e300
    for loss in CATALOGUE:
        if loss.row_wise or loss.prediction is PROBABILITY:
            continue
        target = 1.0 if loss.target is LABEL else 3.0
        exponential = type(loss).__name__ in ("Exponential", "PoissonNLL", "GammaNLL", "TweedieNLL")
        for p in (700.0, 1e4, 1e100) if loss.prediction.low == -1 else (-700.0, -1e4, -1e100, 700.0, 1e4, 1e100):
            value = loss(p, target)
            assert np.isfinite(value) or exponential, f"{loss!r} at {p}"
            value = loss(np.float32(p if abs(p) < 1e38 else 1e30), np.float32(target))
            assert np.isfinite(value) or exponential, f"{loss!r} at {p} in float32"


def test_float32_losses_that_overflow_are_averaged_in_float64():
    squared = next(loss for loss in CATALOGUE if type(loss).__name__ == "SquaredError")
    p = np.float32([1e25, 0, 0])
    assert squared(p, np.zeros(3, np.float32)) == pytest.approx(1e50 / 3, rel=1e-6)
    assert np.isinf(squared.each(p, np.zeros(3, np.float32))[0])
    assert squared(np.array([1e200]), [0.0]) == np.inf


@pytest.mark.parametrize("loss", [x for x in CATALOGUE if x.row_wise], ids=lambda x: type(x).__name__)
def test_a_row_loss_is_finite_where_its_classes_are_possible(loss):
    p = np.full((1, CLASSES_DRAWN), 1e-300)
    p[0, 0] = 1.0
    for k in range(CLASSES_DRAWN):
        y = np.eye(CLASSES_DRAWN)[[k]]
        value, slope = loss.value_and_grad(p if loss.prediction is PROBABILITY else 800 * p, y)
        assert np.isfinite(value) and np.isfinite(slope).all()
