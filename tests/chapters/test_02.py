"""Chapter 02: the numbers that it teaches, its least absolute error, its figures' words, and its widget."""

import functools

import numpy as np
import pytest
from counting import Counting
from of_chapters import by_hand

from lossutils import AbsoluteError, Huber, LogCosh, Loss, SquaredError, data, practice, rng
from lossutils.chapters import ch02
from lossutils.training import Adam, descend

LEAST_ABSOLUTE = 0.5589388194336453  # by linear programming; the oracle test finds it again
MET = [1, 28, 108, 155, 173, 198, 224, 227, 278, 367, 371]  # the patients that the plane of least absolute error meets


def standardised(a):
    return (a - a.mean(axis=0)) / a.std(axis=0)


PATIENTS = data.diabetes()
X = np.column_stack([np.ones(442), standardised(PATIENTS.matrix(*PATIENTS.columns[:10]))])
Y = standardised(PATIENTS["progression"])
LIMIT = 1 / np.linalg.eigvalsh(X.T @ X / 442)[-1]  # for squared error
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


def least(loss, w):
    for _ in range(6):  # Newton's steps
        hessian = X.T @ (loss.curvature(X @ w, Y)[:, np.newaxis] * X) / 442
        w = w - np.linalg.solve(hessian, risk(loss)(w)[1])
    return loss(X @ w, Y)


# The race ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("loss", "rate", "share", "lowest", "printed"),
    [
        (SquaredError(), 0.2, 0.5, 0.241126, ["1.9e-03", "9.5e-04", "2.0e-06", "2.2e-12"]),
        (LogCosh(), 0.4, 1, 0.204761, ["1.7e-03", "8.5e-04", "9.2e-06", "3.7e-10"]),
        (Huber(delta=0.5), 0.4, 1, 0.177475, ["2.2e-03", "6.0e-04", "2.8e-05", "3.2e-08"]),
    ],
    ids=repr,
)
def test_the_table_of_excesses_is_the_one_that_is_taught(loss, rate, share, lowest, printed):
    path, values = walk(loss, rate)
    best = least(loss, path[-1])
    assert share * best == pytest.approx(lowest, abs=5e-7)
    assert [f"{share * (values[k] - best):.1e}" for k in (10, 100, 1000, 3000)] == printed


@pytest.mark.parametrize(
    ("loss", "rate", "flattest", "factor"),
    [
        (SquaredError(), 0.2, 2 * 0.00856073, 9.1e5),
        (LogCosh(), 0.4, 0.00632299, 2.5e4),
        (Huber(delta=0.5), 0.4, 0.00421454, 850),
    ],
    ids=repr,
)
def test_the_flattest_direction_foretells_how_fast_each_loss_ends(loss, rate, flattest, factor):
    path, values = walk(loss, rate)
    bends = loss.curvature(X @ path[-1], Y)[:, np.newaxis]
    smallest = np.linalg.eigvalsh(X.T @ (bends * X) / 442)[0]
    assert smallest == pytest.approx(flattest, abs=1e-7)
    assert (1 - rate * smallest) ** -4000 == pytest.approx(factor, rel=0.01)
    best = least(loss, path[-1])
    assert (values[1000] - best) / (values[3000] - best) == pytest.approx(factor, rel=0.03)


def test_two_directions_share_one_rate():
    """The lecture's two samples, (1, 0) and (0, 3): eigenvalues 1 and 9, limit 2/9."""
    inputs, targets = np.array([[1.0, 0.0], [0.0, 3.0]]), np.array([1.0, 3.0])
    at = risk(SquaredError(), inputs, targets)
    distance = descend(at, np.zeros(2), 0.2, 5)[0] - 1
    assert np.allclose(distance[1:], distance[:-1] * [0.8, -0.8])
    below, above = (descend(at, np.zeros(2), share * 2 / 9, 500)[1][-1] for share in (0.99, 1.01))
    assert below < 1e-6 and above > 1e3


def test_half_the_squared_error_at_twice_the_rate_walks_the_same_path():
    class HalfSquared(Loss):
        def formula(self, p, y):
            return (p - y) ** 2 / 2

        def derivative(self, p, y):
            return p - y

    assert np.allclose(walk(HalfSquared(), 0.4, 200)[0], walk(SquaredError(), 0.2, 200)[0], atol=1e-12)
    ends = []
    for loss in (SquaredError(), HalfSquared()):
        w, adam = np.zeros(11), Adam(rate=0.01)
        for _ in range(100):
            adam.step(w, risk(loss)(w)[1])
        ends.append(SquaredError()(X @ w, Y))
    assert ends[0] == pytest.approx(ends[1], abs=1e-6)


def test_the_absolute_error_bounces_in_a_band_that_shrinks_with_the_rate():
    path, values = walk(AbsoluteError(), 0.4)
    band = values[2900:3101] - LEAST_ABSOLUTE
    printed = [f"{values[k] - LEAST_ABSOLUTE:.1e}" for k in (10, 100, 1000, 3000)]
    assert printed == ["2.1e-02", "1.6e-03", "1.0e-03", "2.1e-03"]
    assert (f"{band.min():.1e}", f"{band.max():.1e}") == ("2.5e-04", "8.7e-03")
    finer = descend(risk(AbsoluteError()), path[3000], 0.04, 1000)[1][800:] - LEAST_ABSOLUTE
    assert finer.max() < band.min()


def test_no_direction_leads_down_from_the_plane_through_eleven_patients():
    """A choice of subgradients at the eleven kinks balances the others: a proof that the mean loss is least there."""
    w = np.linalg.solve(X[MET], Y[MET])
    others = np.delete(np.arange(442), MET)
    error = X[others] @ w - Y[others]
    chosen = np.linalg.solve(X[MET].T, -X[others].T @ np.sign(error))
    assert np.abs(chosen).max() < 0.9 and np.abs(error).min() > 1e-4
    assert AbsoluteError()(X @ w, Y) == pytest.approx(LEAST_ABSOLUTE, abs=1e-13)
    source = rng(0)
    for _ in range(200):
        assert AbsoluteError()(X @ (w + source.normal(0, 0.01, 11)), Y) > LEAST_ABSOLUTE


@pytest.mark.oracle
def test_linear_programming_finds_the_least_absolute_error():
    from scipy.optimize import linprog

    cost = np.concatenate([np.zeros(11), np.full(884, 1 / 442)])
    planes = np.hstack([X, np.eye(442), -np.eye(442)])
    found = linprog(cost, A_eq=planes, b_eq=Y, bounds=[(None, None)] * 11 + [(0, None)] * 884)
    assert found.fun == pytest.approx(LEAST_ABSOLUTE, abs=1e-10)
    assert sorted(np.argsort(np.abs(X @ found.x[:11] - Y))[:11]) == MET


# The wall ------------------------------------------------------------------------------------------------------------


def test_the_limit_is_that_of_the_inputs_whatever_the_targets():
    assert f"{1 / LIMIT:.5f}" == "4.02421" and f"{LIMIT:.5f}" == "0.24850" and f"{2 * LIMIT:.5f}" == "0.49699"
    for targets in (Y, rng(2).permutation(Y), 100 * Y):
        at = risk(SquaredError(), X, targets)
        below, above = (descend(at, np.zeros(11), share * LIMIT, 3000)[1] for share in (0.99, 1.01))
        assert below[-1] < below[0] < 1e30 < above[-1]


def test_the_rates_of_the_first_question_stand_on_both_sides_of_the_wall():
    below, above = (walk(SquaredError(), rate, 3000)[1][-1] for rate in (0.248, 0.249))
    assert below < 0.4823 and above > 1e9


# The published number ------------------------------------------------------------------------------------------------


def fit(x, rate, steps):
    inputs = np.column_stack([np.ones(442), x])
    path, _ = descend(risk(SquaredError(), inputs[:-20], PATIENTS["progression"][:-20]), np.zeros(2), rate, steps)
    return path[-1, 1], inputs[-20:] @ path[-1]


def test_scikit_learns_example_is_met_to_the_printed_digit_slowly_and_fast():
    """scikit-learn, Linear Regression Example: coefficient, mean squared error and R² on the last 20 patients."""
    bmi, truth = X[:, 3], PATIENTS["progression"][-20:]
    slope, pred = fit(bmi / np.sqrt(442), 0.9, 7000)
    mse = SquaredError()(pred, truth)
    assert (f"{slope:.8f}", f"{mse:.2f}", f"{1 - mse / np.var(truth):.2f}") == ("938.23786125", "2548.07", "0.47")
    assert f"{fit(bmi, 0.5, 8)[0] * np.sqrt(442):.8f}" == "938.23786125"
    assert f"{fit(bmi / np.sqrt(442), 0.9, 6000)[0]:.8f}" != "938.23786125"


# What the exercise's texts compute by hand ---------------------------------------------------------------------------


def test_the_worked_numbers_of_the_exercise():
    given = [2.0, 5.0], [3.0, 1.0]
    gradient = practice.tasks()["loss_gradient"].reference
    printed = {"squared": [-1, 4], "absolute": [-0.5, 0.5], "huber": [-0.5, 1.5], "log-cosh": [-0.3808, 0.4997]}
    assert {name: np.round(gradient(name, *given, 3.0), 4).tolist() for name in printed} == printed
    check = practice.tasks()["gradient_check"].reference
    assert check(lambda w: np.sum(w**3), lambda w: 3 * w**2, [1, 2], 0.5) == pytest.approx(0.0204, abs=5e-5)
    two, targets = np.array([[1.0], [2.0]]), np.array([2.0, 2.0])
    gd = practice.tasks()["gd"].reference
    assert gd(two, targets, SquaredError(), 0.1, 2)[0] == pytest.approx([0.9])
    w, gone = gd(two, targets, SquaredError(), 0.6, 100)
    assert gone and w == pytest.approx([-75.6]) and SquaredError()(two @ w, targets) == pytest.approx(14746, abs=1)
    assert not gd(two, targets, SquaredError(), 0.6, 5)[1]
    inputs = np.array([[1.0, 1.0], [1.0, -1.0], [1.0, 3.0]])
    assert practice.tasks()["rate_limit"].reference(inputs) == pytest.approx(0.25)
    assert practice.tasks()["rate_limit"].reference(inputs, 1.0) == pytest.approx(0.5)


def test_a_forgotten_factor_at_one_weight_leads_to_the_same_minimum_later():
    factor = np.where(np.arange(11) == 3, 0.5, 1)

    def faulty(w):
        value, gradient = risk(SquaredError())(w)
        return value, factor * gradient

    right, late = walk(SquaredError(), 0.2)[1][:3001], descend(faulty, np.zeros(11), 0.2, 3000)[1]
    assert late[-1] == pytest.approx(right[-1], abs=1e-9)
    assert late[20] > right[20] + 1e-4


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
    assert "least loss, 18.68, is at intercept 46.2 and slope −7.65" in surface.words()
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


def bowl(w):
    """A parabola over one weight, least at 0.6."""
    return (w[0] - 0.6) ** 2 + 0.5, 2 * (w - 0.6)


def kink(w):
    return abs(w[0] - 0.6), np.sign(w - 0.6)


FIGURES = {
    "walks": lambda k=1: ch02.walks(bowl, -1.0, [0.05, 0.5 * k, 1.02], 12, title="Three rates"),
    "walks, a kink": lambda k=1: ch02.walks(kink, 3.0 * k, [0.3, 0.7], 9, "w"),
    "loss_surface": lambda k=1: ch02.loss_surface(WEIGHT, MPG * k, SquaredError(), 0.09, 100, "mpg", "1000 lb"),
    "loss_surface, absolute": lambda k=1: ch02.loss_surface(
        WEIGHT, MPG, AbsoluteError(), 0.5 * k, 60, "mpg", "1000 lb"
    ),
    "loss_surface, runs away": lambda k=1: ch02.loss_surface(WEIGHT, MPG * k, SquaredError(), 0.12, 150),
}


def WIDGET():
    return ch02.widget(WEIGHT[::20], MPG[::20], "mpg", "1000 lb")


MOVES = {"rate": 0.08, "steps": 30}
