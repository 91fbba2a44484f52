"""Chapter 02: the numbers that it teaches, its least risks, its exercise, its figures' words, and its widget."""

import functools
import json
import math
from pathlib import Path

import numpy as np
import pytest
from counting import Counting
from of_chapters import by_hand
from practising import SEEDS, total

from lossutils import AbsoluteError, Huber, LogCosh, Loss, SquaredError, data, practice, rng
from lossutils.chapters import ch02
from lossutils.chapters.ch02.minima import balancing_slopes
from lossutils.training import Adam, descend

LEAST_ABSOLUTE = 0.5589388194336453  # by linear programming; the oracle test finds it again
MET = [1, 28, 108, 155, 173, 198, 224, 227, 278, 367, 371]  # the patients that the plane of least absolute error meets
LECTURE = Path(__file__).parents[2] / "notebooks" / "02_how_a_loss_teaches.ipynb"


class HalfSquaredError(Loss):
    """The lecture's loss."""

    def formula(self, p, y):
        return (p - y) ** 2 / 2

    def derivative(self, p, y):
        return p - y

    def second_derivative(self, p, y):
        return np.ones_like(p)


HALF = HalfSquaredError()


def standardised(a):
    return (a - a.mean(axis=0)) / a.std(axis=0)


PATIENTS = data.diabetes()
X = np.column_stack([np.ones(442), standardised(PATIENTS.matrix(*PATIENTS.columns[:10]))])
Y = standardised(PATIENTS["progression"])
LIMIT = 2 / np.linalg.eigvalsh(X.T @ X / 442)[-1]  # for half the squared error
CARS = data.auto_mpg()
WEIGHT, MPG = CARS["weight"] / 1000, CARS["mpg"]


def risk(loss, inputs=X, targets=Y):
    def at(w):
        value, slopes = loss.value_and_grad(inputs @ w, targets)
        return value, inputs.T @ slopes

    return at


@functools.cache
def walk(loss, rate, steps=3100):
    return descend(risk(loss), np.zeros(11), rate, steps)


# The race ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("loss", "lowest", "printed"),
    [
        (HALF, 0.241126, ["1.9e-03", "9.5e-04", "2.0e-06", "2.2e-12"]),
        (LogCosh(), 0.204761, ["1.7e-03", "8.5e-04", "9.2e-06", "3.7e-10"]),
        (Huber(delta=0.5), 0.177475, ["2.2e-03", "6.0e-04", "2.8e-05", "3.2e-08"]),
        (AbsoluteError(), 0.558939, ["2.1e-02", "1.6e-03", "1.0e-03", "2.1e-03"]),
    ],
    ids=repr,
)
def test_the_excesses_are_those_of_the_race(loss, lowest, printed):
    least = ch02.lowest(X, Y, loss)[1]
    assert least == pytest.approx(lowest, abs=5e-7)
    assert [f"{walk(loss, 0.4)[1][k] - least:.1e}" for k in (10, 100, 1000, 3000)] == printed


def test_two_directions_share_one_rate():
    """The lecture's two samples, (1, 0) and (0, 3): eigenvalues ½ and 4½, factors 0.8 and −0.8 at rate 0.4."""
    inputs, targets = np.array([[1.0, 0.0], [0.0, 3.0]]), np.array([1.0, 3.0])
    at = risk(HALF, inputs, targets)
    distance = descend(at, np.zeros(2), 0.4, 5)[0] - 1
    assert np.allclose(distance[1:], distance[:-1] * [0.8, -0.8])
    below, above = (descend(at, np.zeros(2), share * 4 / 9, 500)[1][-1] for share in (0.99, 1.01))
    assert below < 1e-4 and above > 1e3


def test_half_the_squared_error_at_twice_the_rate_walks_the_same_path_and_adam_does_not_notice():
    assert np.allclose(walk(HALF, 0.4, 200)[0], walk(SquaredError(), 0.2, 200)[0], atol=1e-12)
    for start in (np.zeros(11), *(rng(seed).normal(size=11) for seed in range(5))):
        ends = []
        for loss in (SquaredError(), HALF):
            w, adam = start.copy(), Adam(rate=0.01)
            for _ in range(100):
                adam.step(w, risk(loss)(w)[1])
            ends.append(SquaredError()(X @ w, Y))
        assert ends[0] == pytest.approx(ends[1], rel=1e-5)


def test_below_the_limit_of_half_the_squared_error_losses_that_bend_no_more_settle_whatever_the_targets():
    for times in (0.01, 0.1, 1):
        for loss in (LogCosh(), Huber(delta=0.5)):
            values = descend(risk(loss, targets=times * Y), np.zeros(11), 0.99 * LIMIT, 6000)[1]
            assert np.ptp(values[-100:]) < 1e-9


# The least risks -----------------------------------------------------------------------------------------------------


def test_no_direction_leads_down_from_the_plane_through_eleven_patients():
    """A choice of subgradients at the eleven kinks balances the others: a proof that the mean loss is least there."""
    w = np.linalg.solve(X[MET], Y[MET])
    chosen = balancing_slopes(X, Y, w, np.array(MET))
    assert (f"{chosen.min():.2f}", f"{chosen.max():.2f}") == ("-0.89", "0.85"), "as For the curious says"
    assert AbsoluteError()(X @ w, Y) == pytest.approx(LEAST_ABSOLUTE, abs=1e-13)
    source = rng(0)
    for _ in range(200):
        assert AbsoluteError()(X @ (w + source.normal(0, 0.01, 11)), Y) > LEAST_ABSOLUTE


def test_lowest_finds_it_from_the_line_of_least_squares_for_other_targets_too():
    w, least = ch02.lowest(X, Y, AbsoluteError())
    assert least == pytest.approx(LEAST_ABSOLUTE, abs=1e-14) and np.allclose(w, np.linalg.solve(X[MET], Y[MET]))
    for seed in range(5):
        targets = rng(seed).permutation(Y)
        for loss in (HALF, LogCosh(), Huber(delta=0.5), AbsoluteError()):
            w, least = ch02.lowest(X, targets, loss)
            for size in (1e-4, 1e-2, 1):
                assert loss(X @ (w + size * rng(seed).normal(size=11)), targets) > least


@pytest.mark.oracle
def test_linear_programming_finds_the_least_absolute_error():
    from scipy.optimize import linprog

    cost = np.concatenate([np.zeros(11), np.full(884, 1 / 442)])
    planes = np.hstack([X, np.eye(442), -np.eye(442)])
    found = linprog(cost, A_eq=planes, b_eq=Y, bounds=[(None, None)] * 11 + [(0, None)] * 884)
    assert found.fun == pytest.approx(LEAST_ABSOLUTE, abs=1e-10)
    assert sorted(np.argsort(np.abs(X @ found.x[:11] - Y))[:11]) == MET


def test_newtons_step_arrives_at_once_for_a_parabola_and_runs_away_where_a_loss_hardly_bends():
    """What For the curious says: three steps from 0, and ten random starts that run away."""
    for seed in range(5):
        w = ch02.newton(X, Y, HALF, rng(seed).normal(size=11))
        assert HALF(X @ w, Y) == pytest.approx(ch02.lowest(X, Y, HALF)[1], abs=1e-14)
    loss, least = LogCosh(), ch02.lowest(X, Y, LogCosh())[1]

    def after(start, steps):
        for _ in range(steps):
            start = ch02.newton(X, Y, loss, start)
        return loss(X @ start, Y) - least

    assert 1e-8 < after(np.zeros(11), 3) < 2e-7
    assert np.argmax(walk(loss, 0.4)[1] - least < 1.1e-7) == pytest.approx(1880, abs=20)
    for seed in range(10):
        try:
            assert after(rng(seed).normal(size=11), 4) > 1e3
        except np.linalg.LinAlgError:  # so far away that nothing bends any more
            continue
    with pytest.raises(np.linalg.LinAlgError):
        for _ in range(9):
            w = ch02.newton(X, Y, Huber(delta=0.5), np.zeros(11) if _ == 0 else w)


# The wall ------------------------------------------------------------------------------------------------------------


def test_the_limit_is_that_of_the_inputs_whatever_the_targets():
    assert f"{2 / LIMIT:.3f}, {LIMIT:.3f}, {LIMIT / 2:.4f}" == "4.024, 0.497, 0.2485"
    for targets in (Y, 100 * Y):
        at = risk(HALF, X, targets)
        below, above = (descend(at, np.zeros(11), share * LIMIT, 3000)[1] for share in (0.99, 1.01))
        assert below[-1] < below[0] < 1e30 < above[-1]


def test_the_rates_of_the_first_question_stand_on_both_sides_of_the_wall():
    below, above = (walk(HALF, rate, 3000)[1][-1] for rate in (0.49, 0.50))
    assert below < 0.2412 and above > 1e29


def test_the_first_epoch_of_small_batches_is_worth_seventeen_of_the_full_walk():
    bmi = X[:, 3]
    least = ch02.lowest(bmi[:, np.newaxis], Y, HALF)[1]

    def excess(w):
        return HALF(w * bmi, Y) - least

    full = -1.0
    for _ in range(17):
        full = full - 0.1 * HALF.grad(full * bmi, Y) @ bmi
    bands = {0.1: [], 0.02: []}
    for seed in range(5):
        for rate, band in bands.items():
            source, w, seen = rng(seed), -1.0, []
            for _ in range(100):
                for rows in np.split(source.permutation(442), 17):
                    w = w - rate * HALF.grad(w * bmi[rows], Y[rows]) @ bmi[rows]
                seen.append(excess(w))
            assert rate == 0.02 or 0.7 < seen[0] / excess(full) < 1.6, "the first epoch"
            band.append(np.median(seen[40:]))
    assert np.median(bands[0.1]) / np.median(bands[0.02]) == pytest.approx(100, rel=0.4), "a hundred times lower"


# The published number ------------------------------------------------------------------------------------------------


def fit(x, rate, steps):
    inputs = np.column_stack([np.ones(442), x])
    path, _ = descend(risk(HALF, inputs[:-20], PATIENTS["progression"][:-20]), np.zeros(2), rate, steps)
    return path[-1, 1], inputs[-20:] @ path[-1]


def test_scikit_learns_example_is_met_to_the_printed_digit_slowly_and_fast():
    """scikit-learn, Linear Regression Example: coefficient, mean squared error and R² on the last 20 patients."""
    bmi, truth = X[:, 3], PATIENTS["progression"][-20:]
    slope, pred = fit(bmi / np.sqrt(442), 1.8, 7000)
    mse = SquaredError()(pred, truth)
    assert (f"{slope:.8f}", f"{mse:.2f}", f"{1 - mse / np.var(truth):.2f}") == ("938.23786125", "2548.07", "0.47")
    assert f"{fit(bmi, 1, 8)[0] * np.sqrt(442):.8f}" == "938.23786125"
    assert f"{fit(bmi / np.sqrt(442), 1.8, 6000)[0]:.8f}" != "938.23786125"


@pytest.mark.oracle
def test_the_lines_of_pytorch_take_the_step_that_is_taken_by_hand():
    import torch

    (text,) = [
        "".join(cell["source"])
        for cell in json.loads(LECTURE.read_text("utf-8"))["cells"]
        if cell["id"] == "in-pytorch"
    ]
    model = torch.nn.Linear(1, 1, bias=False, dtype=torch.float64)
    torch.nn.init.zeros_(model.weight)
    names = {"torch": torch, "model": model, "loss": lambda p, y: torch.nn.MSELoss()(p, y) / 2}
    names |= {"X": torch.tensor([[1.0], [2.0]]).double(), "y": torch.tensor([[2.0], [2.0]]).double()}
    exec(text.split("```")[1].removeprefix("python"), names)
    assert model.weight.item() == pytest.approx(0.6)


# The exercise --------------------------------------------------------------------------------------------------------


def test_the_slopes_and_curvatures_of_the_exercise_are_those_of_their_losses():
    values = {
        "fourth power": lambda e, c: e**4 / 4,
        "pseudo-Huber": lambda e, c: c**2 * (np.sqrt(1 + (e / c) ** 2) - 1),
        "Cauchy": lambda e, c: c**2 / 2 * np.log(1 + (e / c) ** 2),
    }
    e, h = np.array([-7.0, -2.0, 0.0, 0.5, 3.0]), 1e-4
    for name, value in values.items():
        for c in (1.0, 2.5):
            slope, bend = practice.task("slope_and_curvature").reference(name, e, c)
            assert np.allclose(slope, (value(e + h, c) - value(e - h, c)) / (2 * h), rtol=1e-6, atol=1e-8)
            assert np.allclose(bend, (value(e + h, c) - 2 * value(e, c) + value(e - h, c)) / h**2, atol=1e-4)


def test_the_limit_of_the_exercise_is_where_walks_with_weights_begin_to_run_away():
    source = rng(1)
    inputs, targets, w = source.normal(size=(20, 3)), source.normal(size=20), source.uniform(0, 3, 20)
    limit = practice.task("rate_limit").reference(inputs, 1.0, w)

    def at(theta):
        value, g = HALF.value_and_grad(inputs @ theta, targets, w)
        return value, inputs.T @ g

    below, above = (descend(at, np.ones(3), share * limit, 3000)[1] for share in (0.99, 1.01))
    assert below[-1] < below[0] < 1e3 < above[-1]


def test_the_steps_that_are_foretold_are_walked():
    curvatures, directions = np.linalg.eigh(X.T @ X / 442)
    for rate in (0.1, 0.4, 0.49):
        distance, walked = directions.sum(axis=1), 0
        while np.max(np.abs(distance @ directions)) > 1 / 100:
            distance, walked = distance - rate * X.T @ (X @ distance) / 442, walked + 1
        assert practice.task("steps_needed").reference(curvatures, rate, 100) == walked


def test_a_careful_walk_cures_two_losses_and_gets_stuck_at_a_kink():
    careful = practice.task("careful_walk").reference
    for loss in (SquaredError(), LogCosh()):
        for rate in (1.0, 4.0):
            assert loss(X @ careful(X, Y, loss, rate, 1000)[0], Y) - ch02.lowest(X, Y, loss)[1] < 1e-4
    for rate in (0.1, 0.4, 1.0, 2.0, 4.0):
        w, left = careful(X, Y, AbsoluteError(), rate, 1000)
        assert left < 1e-9 and AbsoluteError()(X @ w, Y) - LEAST_ABSOLUTE > 1e-3


def test_all_seven_faults_are_among_those_that_are_tried():
    task = practice.task("gradient_fault")
    for hidden in (False, True):
        source = rng(1)
        calls = [case for check in task.checks_of(hidden) for case in check.draw(source)]
        assert len({task.reference(**case) for case in calls}) == 7


def other_steps(curvatures, rate, times):
    """Multiply until it is small enough."""
    q, far, steps = max(abs(1 - rate * a) for a in curvatures), 1.0, 0
    if q >= 1:
        return math.inf
    while far > (1 + 1e-9) / times:
        far, steps = far * q, steps + 1
    return steps


def other_fault(f, gradient, k):
    """By one random place, and ratios."""
    w = np.linspace(0.31, 1.73, k)
    h = 1e-5
    r = np.array([(f(w + h * unit) - f(w - h * unit)) / (2 * h) for unit in np.eye(k)])
    g = np.array(gradient(w))
    same = np.isclose(r, g, rtol=1e-6, atol=2e-6 * abs(r).max())
    if same.all():
        return "right"
    if np.allclose(-r, g, rtol=1e-4):
        return "sign"
    wrong = np.flatnonzero(~same)
    if len(wrong) == 1:
        return "one missing" if g[wrong[0]] == 0 else "one sign"
    if len(wrong) == 2 and np.allclose(g[wrong], r[wrong[::-1]], rtol=1e-4):
        return "swapped"
    return "penalty" if np.ptp((r - g) / w) < 1e-3 * abs((r - g) / w).max() else "factor"


def other_limit(X, bend=1.0, weight=None):
    """By singular values."""
    w = np.ones(len(X)) if weight is None else np.asarray(weight, float)
    return 2 / (bend * np.linalg.svd(np.sqrt(w / w.sum())[:, None] * X)[1].max() ** 2)


def other_slopes(loss, e, c=1.0):
    e = np.asarray(e, float)
    if loss == "fourth power":
        return e * e * e, 3 * e * e
    if loss == "pseudo-Huber":
        return c * e / np.hypot(c, e), (c / np.hypot(c, e)) ** 3
    return e * c**2 / (c**2 + e**2), c**2 * (c**2 - e**2) / (c**2 + e**2) ** 2


def other_walk_with_other_rounding(X, y, loss, rate, steps):
    w = [0.0] * X.shape[1]
    for _ in range(steps):
        pred = sum(X[:, j] * w[j] for j in range(X.shape[1]))
        g = loss.grad(pred, y)
        there = [w[j] - float(np.sum(X[:, j] * (rate * g))) for j in range(X.shape[1])]
        if loss(sum(X[:, j] * there[j] for j in range(X.shape[1])), y) > loss(pred, y):
            rate = rate / 2
        else:
            w = there
    return np.array(w), rate


def other_walk(X, y, loss, rate, steps):
    w = np.zeros(X.shape[1])
    for _ in range(steps):
        value, g = loss.value_and_grad(X @ w, y)
        if loss(X @ (w - rate * X.T @ g), y) > value:
            rate *= 0.5
            continue
        w = w - rate * X.T @ g
    return w, rate


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("steps_needed", other_steps),
        ("gradient_fault", other_fault),
        ("rate_limit", other_limit),
        ("slope_and_curvature", other_slopes),
        ("careful_walk", other_walk),
        ("careful_walk", other_walk_with_other_rounding),
    ],
)
def test_other_right_answers_get_full_marks(name, right, ours):
    task = practice.task(name)
    for seed in [*SEEDS, *range(100, 140)]:  # rounding may decide once in a while
        assert total(task, right, seed) == task.points


# Wrong functions of other kinds than the typical mistakes: changes of the reference, or functions

BENT = "return e / root, 1 / root**3"
DENSE = "return e / (1 + u**2), (1 - u**2) / (1 + u**2) ** 2"
FOURTH, UNIT = "return e**3, 3 * e**2", "u = e / c"
HESSIAN = "bend * X.T @ (w[:, np.newaxis] * X) / np.sum(w)"
LARGEST, TWO = "np.max(np.linalg.eigvalsh(H))", "float(2 / "
QS, SLOW, EXACT, ANSWER = (
    "np.abs(1 - rate * np.asarray(curvatures, dtype=float))",
    "np.max(factors)",
    "exact = ",
    ("return int(np.ceil(exact - 1e-9))"),
)
RIGHT, NEAR, LAST = "(f(place + step) - f(place - step)) / 2e-5", "1e-5 * np.max(np.abs(right))", 'return "penalty"'
START = "w = np.zeros(X.shape[1])"
WHERE, STEP = "2 * np.sin(np.outer([1.0, 2.0, 3.0], np.arange(1, k + 1)))", "w - rate * X.T @ loss.grad(X @ w, y)"
WORSE, HALVE = "if its_risk > risk:", "rate = rate / 2"


def by_differences(loss, e, c=1.0):
    """Slopes and curvatures by central differences, with a step that fits ordinary errors."""
    value = {
        "fourth power": lambda e: e**4 / 4,
        "pseudo-Huber": lambda e: c**2 * (np.sqrt(1 + (e / c) ** 2) - 1),
        "Cauchy": lambda e: c**2 / 2 * np.log(1 + (e / c) ** 2),
    }[loss]
    e, h = np.asarray(e, float), 1e-3
    return (value(e + h) - value(e - h)) / (2 * h), (value(e + h) - 2 * value(e) + value(e - h)) / h**2


def power_iteration(X, bend=1.0, weight=None):
    """Ten rounds only, which do for some tables."""
    w = np.ones(len(X)) if weight is None else np.asarray(weight, float)
    H, v = bend * X.T @ (w[:, None] * X) / w.sum(), np.ones(X.shape[1])
    for _ in range(3):
        v = H @ v / np.linalg.norm(H @ v)
    return 2 / (v @ H @ v)


def many_rounds_from_ones(X, bend=1.0, weight=None):
    w = np.ones(len(X)) if weight is None else np.asarray(weight, float)
    H, v = bend * X.T @ (w[:, None] * X) / w.sum(), np.ones(X.shape[1])
    for _ in range(2000):
        v = H @ v / max(np.linalg.norm(H @ v), 1e-300)
    return 2 / max(v @ H @ v, 1e-300)


def at_one_place(place):
    def fault(f, gradient, k):
        w = np.ones(k) * place
        right = np.array([(f(w + step) - f(w - step)) / 2e-5 for step in 1e-5 * np.eye(k)])
        if np.allclose(right, gradient(w), atol=1e-6):
            return "right"
        return practice.task("gradient_fault").reference(f, gradient, k)

    return fault


def only_known_words(f, gradient, k):
    return "right" if gradient.__name__ == "its slopes" else "factor"


ATTACKS = {
    "slope_and_curvature": [
        by_differences,
        (("c=1.0", "c=2.0"),),
        ((UNIT, "u = e / (c if c > 1e-5 else 1)"),),
        ((UNIT, "u = np.clip(e / c, -3, 3)"),),
        ((UNIT, "u = np.abs(e) / c"), (BENT, "return c * u / root, 1 / root**3")),
        ((BENT, "return np.sign(e) * np.minimum(np.abs(e) / root, c * 0.99), 1 / root**3"),),
        ((BENT, "return e / root, 1 / root**3 + 1e-5"),),
        ((BENT, "return e / root, np.maximum(1 / root**3, 1e-2)"),),
        ((BENT, "return e / root, 1 / (1 + np.abs(u) ** 3)"),),
        ((BENT, "return np.where(e == 0, 1, e / root), 1 / root**3"),),
        ((BENT, "return np.tanh(u) * c, 1 - np.tanh(u) ** 2"),),
        ((DENSE, "return e / (1 + u**2), np.maximum((1 - u**2) / (1 + u**2) ** 2, 0)"),),
        ((DENSE, "return np.where(u == 0, 0, e / (1 + u**2)), (1 - u**2) / (1 + u**2) ** 2 * (u != 0)"),),
        ((DENSE, "return e / (1 + u**2), np.where(np.abs(u) > 1, 0, (1 - u**2) / (1 + u**2) ** 2)"),),
        ((DENSE, "return e / (1 + u**2), (1 - e**2) / (1 + e**2) ** 2"),),
        ((DENSE, "return e / (1 + u**2) * (1 + 1e-5), (1 - u**2) / (1 + u**2) ** 2"),),
        ((FOURTH, "return e**3, 3 * np.abs(e)"),),
        ((FOURTH, "return e**3 / c, 3 * e**2 / c"),),
        ((FOURTH, "return e**3, 3 * np.mean(e**2) * np.ones_like(e)"),),
        ((FOURTH, "return np.ravel(e)[0] ** 3, 3 * e**2"),),
    ],
    "rate_limit": [
        power_iteration,
        many_rounds_from_ones,
        ((HESSIAN, "min(bend, 2) * X.T @ (w[:, np.newaxis] * X) / np.sum(w)"),),
        ((LARGEST, "np.linalg.norm(H)"),),
        ((LARGEST, "np.max(np.sum(np.abs(H), axis=0))"),),
        ((LARGEST, "np.linalg.eigvalsh(H)[0] + np.trace(H) * (len(H) - 1) / len(H)"),),
        ((LARGEST, "np.max(np.abs(np.linalg.eigvals(H + np.triu(H, 1))))"),),
        ((TWO, "float(1.99999 / "),),
        ((TWO, "float(1.99 / "),),
        ((HESSIAN, "bend**2 * X.T @ (w[:, np.newaxis] * X) / np.sum(w)"),),
        ((HESSIAN, "max(bend, 1) * X.T @ (w[:, np.newaxis] * X) / np.sum(w)"),),
        ((HESSIAN, "bend * X.T @ (w[:, np.newaxis] * X) / np.sum(w > 0)"),),
        ((HESSIAN, "bend * X.T @ ((w > 0)[:, np.newaxis] * X) / np.sum(w > 0)"),),
        ((HESSIAN, "bend * X.T @ (w[:, np.newaxis] * X) / max(np.sum(w), 1)"),),
        ((HESSIAN, "bend * X.T @ (w[:, np.newaxis] * X) / (np.sum(w) - 1)"),),
        ((HESSIAN, "bend * X.T @ (np.round(w)[:, np.newaxis] * X) / np.sum(w)"),),
        ((HESSIAN, "bend * np.abs(X).T @ (w[:, np.newaxis] * np.abs(X)) / np.sum(w)"),),
        ((HESSIAN, "bend * X.T @ (w[:, np.newaxis] * X) / np.sum(w) if len(X) > X.shape[1] else np.eye(X.shape[1])"),),
    ],
    "steps_needed": [
        ((ANSWER, "return max(1, int(np.ceil(exact - 1e-9))) if slowest < 0.5 else int(np.ceil(exact + 0.5))"),),
        ((ANSWER, "return int(exact) + 1"),),
        ((ANSWER, "return int(np.ceil(exact - 1e-3))"),),
        ((ANSWER, "return min(int(np.ceil(exact - 1e-9)), 100)"),),
        ((ANSWER, "return int(np.ceil(exact - 1e-17))"),),
        ((EXACT, "exact = 1e-3 + "),),
        (("if slowest >= 1", "if slowest > 0.999"),),
        ((ANSWER, "return min(int(np.ceil(exact - 1e-9)), 20_000)"),),
        ((ANSWER, "return int(np.ceil(exact - 1e-9)) if exact < 2e5 else np.inf"),),
        ((QS, "np.abs(1 - rate * np.abs(np.asarray(curvatures, dtype=float)) / 2)"),),
        ((QS, "np.abs(1 - rate * np.asarray(curvatures, dtype=float))[:1]"),),
        ((QS, "np.abs(1 - rate * np.sort(curvatures))[-2:]"),),
        ((QS, "np.abs(1 - rate * np.sort(curvatures))[:2]"),),
        ((QS, "1 - np.minimum(rate * np.asarray(curvatures, dtype=float), 1)"),),
        ((SLOW, "np.median(factors)"),),
        ((SLOW, "max(factors[0], factors[-1])"),),
        ((SLOW, "np.prod(factors)"),),
        ((SLOW, "np.sqrt(np.mean(factors**2))"),),
        (("if slowest >= 1", "if np.min(factors) >= 1"),),
        (("if slowest >= 1", "if rate * np.max(curvatures) >= 2"), ("if slowest == 0", "if slowest in (0, 1)")),
        (("return np.inf", "return 10**9"),),
        (("        return 1", "        return np.inf"),),
    ],
    "gradient_fault": [
        only_known_words,
        at_one_place(1),
        at_one_place(0),
        at_one_place(0.1),
        ((NEAR, "2e-3 * np.max(np.abs(right))"),),
        lambda f, gradient, k: "right",
        lambda f, gradient, k: "penalty",
        ((WHERE, "np.ones((1, k))"), (RIGHT, "(f(place + 1e3 * step) - f(place - 1e3 * step)) / 2e-2")),
        ((WHERE, "np.full((1, k), 1e-4)"),),
        ((WHERE, "1e4 * np.sin(np.outer([1.0, 2.0, 3.0], np.arange(1, k + 1)))"),),
        ((NEAR, "1e-2 * np.max(np.abs(right))"),),
        ((NEAR, "1e-1"),),
        ((NEAR, "1e-12 * np.max(np.abs(right))"),),
        (("if scaled:", "if scaled and k > 3:"),),
        (("if all(turned)", "if wrong > 2 and all(turned)"),),
        (("if all(turned)", "if wrong == 3 and all(turned)"),),
        (("turned = np.abs(claimed + right) <= near", "turned = claimed * right < 0"),),
        (("gone = np.all(claimed[off] == 0)", "gone = np.any(claimed == 0) and k > 2"),),
        (("if scaled:", "if scaled and factor > 0:"),),
        (("if scaled:", "if scaled and abs(factor) >= 0.5:"),),
        ((LAST, 'return "penalty" if k < 5 else "factor"'),),
        (("if wrong == 2 and exchanged", "if wrong == 2"),),
    ],
    "careful_walk": [
        ((WORSE, "if its_risk > 1000 * risk:"),),
        ((WORSE, "if its_risk > risk + 1e-3:"),),
        ((WORSE, "if its_risk > 1.01 * risk:"),),
        ((WORSE, "if not its_risk < risk:"),),
        ((HALVE, "rate = rate / 2 if rate > 0.05 else rate"),),
        ((HALVE, "rate = 0.45 * rate"),),
        ((HALVE, "rate = rate / 2\n            w = (w + there) / 2"),),
        ((HALVE, "rate = rate / 4"),),
        (("w, risk = there, its_risk", "w, risk, rate = there, its_risk, 1.1 * rate"),),
        (("w, risk = there, its_risk", "w, risk = there, risk"),),
        (("return w, rate", "return (w + there) / 2 if steps else w, rate"),),
        (("return w, rate", "return w, min(rate, 1.0)"),),
        (("return w, rate", "return np.round(w, 3), rate"),),
        (("range(steps)", "range(min(steps, 30))"),),
        (("range(steps)", "range(min(steps, 200))"),),
        ((START, f"rate = min(rate, 100)\n    {START}"),),
        (("range(steps)", "range(max(steps, 1))"),),
        ((STEP, "w - rate * X.T @ np.clip(loss.grad(X @ w, y), -0.3, 0.3)"),),
        ((STEP, "w - rate * np.sign(X.T @ loss.grad(X @ w, y))"),),
        ((STEP, "w - rate * X.T @ loss.grad(X @ np.zeros_like(w), y)"),),
    ],
}


# Figures and widget --------------------------------------------------------------------------------------------------

LOSSES = [SquaredError(), AbsoluteError(), Huber(delta=2), Huber(delta=0.1), LogCosh(c=4)]


@pytest.mark.parametrize("loss", LOSSES, ids=repr)
@pytest.mark.parametrize("standard", [False, True])
def test_a_surface_knows_its_minimum_and_its_limit(loss, standard):
    surface = ch02.Surface(standardised(WEIGHT) if standard else WEIGHT, MPG, loss)
    source = rng(1)
    for size in (1e-3, 0.1, 3.0):
        for _ in range(30):
            w = surface.best + size * source.normal(size=2) * [1, 0.3]
            assert surface.objective(w)[0] >= surface.least
    if loss == SquaredError():
        calm, wild = (surface.walk(share * surface.limit, 1000) and surface.runs_away for share in (0.99, 1.02))
        assert not calm and wild
        assert surface.limit == pytest.approx(1.0 if standard else 0.09508, abs=1e-5)


def test_a_surface_says_how_its_walk_ends():
    surface = ch02.Surface(WEIGHT, MPG, SquaredError(), "mpg", "1000 lb").walk(0.09, 100)
    assert surface.state() == "squared error, rate 0.09 (limit 0.0951), 100 steps: loss 31.03, 12 above the least."
    assert "least loss, 18.68, is at intercept 46.2 and coefficient −7.65" in surface.words()
    assert surface.walk(0.2, 100).state() == "squared error, rate 0.2 (limit 0.0951), 100 steps: it runs away."
    assert "(no curvature)" in surface.under(AbsoluteError()).walk(0.2, 100).state()
    assert "(safe below 0.19)" in surface.under(Huber(delta=3)).walk(0.1, 100).state()
    same = ch02.Surface(WEIGHT, MPG, Huber(delta=3), "mpg", "1000 lb").walk(0.1, 100)
    assert surface.png() == same.png()


def test_the_widget_answers_every_control():
    game = ch02.widget(WEIGHT, MPG, unit="mpg", per="1000 lb")
    seen = {game.picture}
    moves = (("rate", 0.08), ("steps", 30), ("standard", True))
    for name, value in moves:
        game.controls[name].value = value
        assert game.picture.startswith(b"\x89PNG") and game.picture not in seen
        seen.add(game.picture)
    for k in range(4):
        game.controls["loss"].choose(k)
        assert game.controls["loss"].value.name in game.sentence
    sliders = game.controls["loss"].sliders()
    assert list(sliders) == ["c"] and sliders["c"].max > 5
    assert len(repr(game)) <= 110, "ipywidgets cuts what is longer"


def test_the_button_puts_the_rate_on_the_wall():
    game = ch02.widget(WEIGHT, MPG)
    button = game.buttons[0]
    button.click()
    rate = game.controls["rate"]
    assert rate.value == pytest.approx(0.09508, abs=1e-5)
    game.set(steps=200)
    rate.handle.value += 1  # one step to the right
    assert game.sentence.endswith("it runs away.")
    rate.handle.value -= 2
    assert "runs away" not in game.sentence
    game.controls["loss"].choose(1)  # absolute error: no curvature, no limit
    before = rate.value
    button.click()
    assert rate.value == before


def test_a_walk_asks_the_loss_once_a_step_and_keeps_the_hills(monkeypatch):
    surface = ch02.Surface(WEIGHT, MPG, Counting())
    monkeypatch.setattr(Counting, "asked", 0)
    surface.walk(0.03, 50).png()
    assert Counting.asked <= 2 * 51 * len(MPG)


@pytest.mark.parametrize(
    ("moves", "words"),
    [
        ({"rate": 0.09}, "rate 0.09 (limit 0.0951), 100 steps: loss 31.03, 12 above the least"),
        ({"rate": 0.096, "steps": 200}, "runs away"),
        ({"standard": True, "press": "rate to the limit"}, "limit 1)"),
        ({"loss": "absolute error", "rate": 0.5}, "absolute error, rate 0.5 (no curvature)"),
        ({"loss": "absolute error", "rate": 0.25}, "absolute error, rate 0.25 (no curvature)"),
    ],
)
def test_what_the_lecture_says_of_its_widget_is_reached_by_hand(moves, words):
    assert words in by_hand(ch02.widget(WEIGHT, MPG, unit="mpg", per="1000 lb"), **moves)


# What the tests of all figures and widgets take from here ------------------------------------------------------------


BMI = X[:, 3]

FIGURES = {
    "walks": lambda k=1: ch02.walks(BMI, Y, HALF, -1.0, [0.1, k, 2.04], 12, ("BMI (SD)", "disease (SD)")),
    "walks, one": lambda k=1: ch02.walks(BMI, Y * k, HALF, -1.0, [0.5], 5),
    "walks, a kink": lambda k=1: ch02.walks(BMI, Y * k, AbsoluteError(), 3.0, [0.3, 0.7], 9),
    "loss_surface": lambda k=1: ch02.loss_surface(WEIGHT, MPG * k, SquaredError(), 0.09, 100, "mpg", "1000 lb"),
    "loss_surface, absolute": lambda k=1: ch02.loss_surface(
        WEIGHT, MPG, AbsoluteError(), 0.5 * k, 60, "mpg", "1000 lb"
    ),
    "loss_surface, runs away": lambda k=1: ch02.loss_surface(WEIGHT, MPG * k, SquaredError(), 0.12, 150),
}


def WIDGET():
    return ch02.widget(WEIGHT[::20], MPG[::20], "mpg", "1000 lb")


MOVES = {"rate": 0.08, "steps": 30}
CHANGE = "race", "rate=0.4", "rate=0.45"
