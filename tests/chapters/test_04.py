"""Chapter 04: what its texts say beyond the checks in the lecture, its figures' words, its widget, its exercise."""

import numpy as np
import pytest
from of_chapters import by_hand

from lossutils import SquaredError, data, practice, rng
from lossutils.chapters import ch04
from lossutils.chapters.ch04.areas import Squares
from lossutils.models import Network
from lossutils.training import descend

CARS = data.auto_mpg()
MPG, POWER = CARS["mpg"], CARS["horsepower"]
WEIGHT20, MPG20 = CARS["weight"][::20] / 1000, MPG[::20]
X = np.column_stack(
    [np.ones(392), CARS.matrix("cylinders", "displacement", "horsepower", "weight", "acceleration", "year")]
)
TRAIN, TEST = slice(0, None, 2), slice(1, None, 2)
Z = (X[:, 1:] - X[TRAIN, 1:].mean(axis=0)) / X[TRAIN, 1:].std(axis=0)


def fit(inputs, targets):
    return np.linalg.lstsq(inputs, targets, rcond=None)[0]


def walk(model, x, y, rate, steps=300):
    def risk(theta):
        model.theta[:] = theta
        pred = model.forward(x)
        if not np.isfinite(pred).all():
            return np.nan, theta
        value, slope = SquaredError().value_and_grad(pred, y)
        return value, model.backward(slope).copy()

    return np.sqrt(descend(risk, model.theta, rate, steps)[1])


# What the texts say --------------------------------------------------------------------------------------------------


def test_one_car_of_twenty_holds_nearly_half_of_the_area():
    inputs = np.column_stack([np.ones(20), WEIGHT20])
    error = inputs @ fit(inputs, MPG20) - MPG20
    far = np.argmax(np.abs(error))
    assert CARS["name"][::20][far] == "mazda glc" and np.argsort(np.argsort(WEIGHT20))[far] == 2
    assert MPG20[far] == 46.6 and MPG20[far] + error[far] == pytest.approx(31.3, abs=0.05)
    assert np.abs(error[far]) / np.abs(error).sum() == pytest.approx(0.22, abs=0.005)
    assert error[far] ** 2 / np.sum(error**2) == pytest.approx(0.47, abs=0.005)


def test_the_normal_equations_lose_digits_that_qr_keeps():
    for shift, lost in ((0.0, 0), (1e6, 1e-5)):
        inputs = np.column_stack([np.ones(392), CARS["weight"] / 1000 + shift])
        Q, R = np.linalg.qr(inputs)
        ways = np.linalg.solve(R, Q.T @ MPG), fit(inputs, MPG), np.linalg.solve(inputs.T @ inputs, inputs.T @ MPG)
        qr, lstsq, normal = (abs(w[1] / -7.647342535779584 - 1) for w in ways)
        assert max(qr, lstsq) < 1e-9 and lost <= normal < (0.1 if lost else 1e-9)


def parts_of(degree, seed, draws=500):
    _, group, count = np.unique(POWER, return_inverse=True, return_counts=True)
    truth = (np.bincount(group, MPG) / count)[group]
    z = (POWER - POWER.mean()) / POWER.std()
    powers = np.column_stack([z**k for k in range(degree + 1)])
    rows = rng(seed).randint(0, 392, (draws, 30))
    preds = np.array([powers @ fit(powers[drawn], MPG[drawn]) for drawn in rows])
    return np.mean((preds.mean(axis=0) - truth) ** 2), np.mean((preds - preds.mean(axis=0)) ** 2, axis=1)


def test_the_cubics_variance_is_the_work_of_few_draws_and_beats_the_parabolas_under_every_seed():
    _, each = parts_of(3, seed=4)
    assert np.median(each) < 2.85 and np.sort(each)[-25:].sum() / each.sum() == pytest.approx(0.73, abs=0.005)
    for seed in range(6):
        parabola, cubic = parts_of(2, seed), parts_of(3, seed)
        assert 9.5 < cubic[1].mean() < 21 and cubic[1].mean() > 3 * parabola[1].mean()
        assert abs(parabola[0] - cubic[0]) < 0.1


def test_the_small_world_knows_no_noise_where_one_car_stands_alone():
    values, count = np.unique(POWER, return_counts=True)
    assert (len(values), np.sum(count == 1), count[values == 150][0]) == (93, 35, 22)


def test_the_unit_breaks_the_networks_training_and_not_the_lines():
    line = Network([6, 1], rng(4))
    curves = []
    for u in (1, 1000):
        line.theta[:] = 0
        curves.append(walk(line, Z[TRAIN], u * MPG[TRAIN], 0.22) / u)
    assert curves[0] == pytest.approx(curves[1], rel=1e-9) and curves[0][-1] < 3.46
    for seed in range(5):
        ends = [walk(Network([6, 32, 1], rng(seed), "relu"), Z[TRAIN], u * MPG[TRAIN], 0.01)[-1] for u in (1, 10, 1000)]
        assert ends[0] < 2.75 and not ends[1] < 1e4 and not ends[2] < 1e6


def steepest_curvature(network):
    """The largest eigenvalue of 2 JᵀJ / n, the curvature near the fit: J holds the slopes of the predictions."""
    (weights, bias), (last, _) = network.layers
    before = Z[TRAIN] @ weights + bias
    passed = (before > 0) * last[:, 0]
    first = (passed[:, :, np.newaxis] * Z[TRAIN][:, np.newaxis, :]).reshape(len(before), -1)
    slopes = np.column_stack([first, passed, np.maximum(before, 0), np.ones(len(before))])
    return 2 * np.linalg.norm(slopes, 2) ** 2 / len(before)


def test_a_networks_curvature_grows_with_the_unit():
    for seed in range(5):
        once, hundred = (Network([6, 32, 1], rng(seed), "relu") for _ in range(2))
        for u, network in ((1, once), (100, hundred)):
            assert walk(network, Z[TRAIN], u * MPG[TRAIN], 0.005 / u, 600)[-1] < 2.8 * u
        assert 108 < steepest_curvature(hundred) / steepest_curvature(once) < 122
        last = np.linalg.norm(hundred.layers[1][0]) / np.linalg.norm(once.layers[1][0])
        assert 10 < last < 13, "near the root of 100"


def test_a_tanh_network_gets_stuck_instead():
    for seed in range(5):
        ends = [walk(Network([6, 32, 1], rng(seed)), Z[TRAIN], u * MPG[TRAIN], 0.01)[-1] / u for u in (1, 1000)]
        assert ends[0] < 2.8 and 3.2 < ends[1] < 5
    network = Network([6, 32, 1], rng(4))
    walk(network, Z[TRAIN], 1000 * MPG[TRAIN], 0.01)
    weights, bias = network.layers[0]
    assert np.mean(np.abs(np.tanh(Z[TRAIN] @ weights + bias)) > 0.99) > 0.9


def test_a_line_from_europe_is_worse_than_the_mean_in_america():
    europe, usa = CARS["origin"] == 2, CARS["origin"] == 1
    assert (europe.sum(), usa.sum()) == (68, 245)
    abroad = X[usa] @ fit(X[europe], MPG[europe])
    assert practice.tasks()["r2"].reference(abroad, MPG[usa]) == pytest.approx(-1.861, abs=5e-4)


def test_leaving_out_the_worst_day_lowers_the_error_as_the_exercise_says():
    plant = data.stackloss()
    days, loss = plant.matrix("air_flow", "water_temperature", "acid"), plant["loss"]
    least = practice.tasks()["lstsq_mse"].reference
    rest = np.arange(21) != 20
    assert (round(least(days, loss)[1], 1), round(least(days[rest], loss[rest])[1], 1)) == (8.5, 5.3)


def test_the_worked_numbers_of_the_exercise():
    task = {
        name: practice.tasks()[name].reference
        for name in ("lstsq_mse", "r2", "rmse", "refits", "bias_variance", "most_influential")
    }
    inputs, targets = np.array([[0.0], [1.0], [2.0]]), np.array([1.0, 2.0, 6.0])
    w, mse = task["lstsq_mse"](inputs, targets)
    assert w == pytest.approx([0.5, 2.5]) and mse == pytest.approx(0.5)
    pred = 0.5 + 2.5 * inputs[:, 0]
    assert round(task["r2"](pred, targets), 4) == 0.8929 and round(task["rmse"](pred, targets), 4) == 0.7071
    assert task["r2"](np.full(3, 4.0), np.array([1.0, 2.0, 3.0])) == pytest.approx(-6)
    rows = np.array([[0, 1, 1], [0, 2, 2], [1, 1, 2]])
    preds = task["refits"](inputs, targets, rows, np.array([[1.0], [3.0]]))
    assert preds == pytest.approx(np.array([[2, 4], [3.5, 8.5], [2, 10]]))
    measured = np.array([[3.0, 5.0], [6.0, 8.0]])
    parts = task["bias_variance"](preds, measured)
    assert parts == pytest.approx((1.25, 3.5, 1))
    assert np.mean((preds[:, :, np.newaxis] - measured) ** 2) == pytest.approx(sum(parts))
    row, change = task["most_influential"](np.array([[0.0], [1.0], [2.0], [5.0]]), np.array([1.0, 2.0, 6.0, 5.0]), 1)
    assert row == 3 and round(change, 4) == 1.7143


# Figures -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("which", "shift"), [(19, 30.0), (0, -15.0), (10, 8.0)])
def test_the_picture_shows_the_line_of_least_squares_of_what_was_moved(which, shift):
    picture = Squares(WEIGHT20, MPG20, "mpg", "1000 lb", "weight", shifts=(-20, 40)).at(which, shift)
    moved = MPG20.copy()
    moved[np.argsort(WEIGHT20, kind="stable")[which]] += shift
    inputs = np.column_stack([np.ones(20), WEIGHT20])
    assert picture.line == pytest.approx(fit(inputs, moved))
    assert picture.mean_square == pytest.approx(np.mean((inputs @ picture.line - moved) ** 2))
    point = np.argsort(WEIGHT20, kind="stable")[which]
    rise = inputs[point] @ (picture.line - picture.before)
    assert rise == pytest.approx(picture.follows * shift), "the line follows by the leverage"


def test_squares_are_square_on_the_sheet_and_have_the_errors_as_sides():
    picture = Squares(WEIGHT20, MPG20, "mpg").at(2, 0.0)
    ax = picture.figure.axes[0]
    boxes = [path.vertices[:4] for path in picture._areas.get_paths() + picture._area.get_paths()]
    assert len(boxes) == 20
    for box in boxes:
        width, height = np.ptp(ax.transData.transform(box), axis=0)
        assert width == pytest.approx(height, rel=1e-6)
    sides = sorted(np.ptp(box[:, 1]) for box in boxes)
    assert sides == pytest.approx(sorted(np.abs(picture.error)))


def test_another_unit_changes_the_numbers_and_not_the_picture():
    mpg, large = (Squares(WEIGHT20, MPG20, "mpg", what="weight").at(19, 0.0, factor) for factor in (1, 1000))
    assert np.array_equal(mpg.line, large.line)
    assert mpg.state() == "point at weight 4.1, moved by 0: MSE 24.7, slope −9.77."
    assert large.state() == "point at weight 4.1, moved by 0: MSE 24700000, slope −9770."


def test_moving_back_gives_the_first_picture_again():
    picture = Squares(WEIGHT20, MPG20, "mpg", shifts=(-20, 40))
    before = picture.at(3, 0.0).png()
    assert picture.at(3, 20.0, 10).png() != before
    assert picture.at(3, 0.0).png() == before


# The widget ----------------------------------------------------------------------------------------------------------


def line(x, y):
    model = Network([1, 1], rng(4))
    model.theta[:] = 0
    return walk(model, x, y, 0.02, 150)


def network(x, y):
    return walk(Network([1, 16, 1], rng(4), "relu"), x, y, 0.02, 150)


def test_the_widget_answers_every_control_with_one_picture_and_one_training_of_each_learner(drawn):
    trained = []
    learners = {
        learn.__name__: lambda x, y, learn=learn: trained.append(learn.__name__) or learn(x, y)
        for learn in (line, network)
    }
    game = ch04.widget(WEIGHT20, MPG20, "mpg", "1000 lb", "weight", learners)
    seen = {game.picture}
    for name, value in (("shift", 30.0), ("point", 4), ("factor", 10), ("shift", -12.0), ("factor", 1000)):
        trained.clear()
        drawn.clear()
        game.controls[name].value = value
        assert trained == ["line", "network"] and drawn == {"pictures": 1}
        assert game.picture.startswith(b"\x89PNG") and game.picture not in seen
        seen.add(game.picture)
    assert game.sentence.endswith("network runs away.") and "line 6.5" in game.sentence
    assert len(repr(game)) <= 110, "ipywidgets cuts what is longer"
    game.buttons[0].click()
    assert game.controls["shift"].value == 0 and "moved by 0" in game.sentence


def test_the_still_picture_is_the_widgets():
    game = ch04.widget(WEIGHT20, MPG20, "mpg", "1000 lb", "weight")
    game.set(point=19, shift=30.0, factor=10)
    assert game.picture == Squares(WEIGHT20, MPG20, "mpg", "1000 lb", "weight", shifts=(-20, 40)).at(19, 30, 10).png()


def test_a_widget_without_learners_has_one_panel():
    assert len(ch04.Squares(WEIGHT20, MPG20).figure.axes) == 1
    assert len(ch04.Squares(WEIGHT20, MPG20, learners={"line": line}).figure.axes) == 2


@pytest.mark.parametrize(
    ("moves", "words"),
    [
        ({"point": 19, "shift": 30, "factor": 10}, "point at weight 4.1, moved by 30: MSE 6620, slope −55.9"),
        ({"point": 19, "shift": 30, "press": "put it back"}, "moved by 0: MSE 24.7, slope −9.77"),
        ({"factor": 1000}, "slope −9770"),
    ],
)
def test_what_the_lecture_says_of_its_widget_is_reached_by_hand(moves, words):
    assert words in by_hand(ch04.widget(WEIGHT20, MPG20, "mpg", "1000 lb", "weight"), **moves)


# What the tests of all figures and widgets take from here ------------------------------------------------------------


def falls(x, y):
    return y.std() * (0.5 + np.exp(-np.arange(100) / 20))


def blows_up(x, y):
    return y.std() * np.exp(np.arange(100.0))


RATES = np.geomspace(1e-4, 1, 9)
FIGURES = {
    "squares": lambda k=1: ch04.squares(WEIGHT20, MPG20 * k, 8, unit="mpg", per="1000 lb", what="weight"),
    "squares, one moved": lambda k=1: ch04.squares(
        WEIGHT20, MPG20, 19, 30 * k, 100, "mpg", "1000 lb", "weight", {"line": falls, "network": blows_up}
    ),
    "residuals": lambda k=1: ch04.residuals(46.2 - 7.65 * CARS["weight"] / 1000, MPG * k, "mpg"),
    "error_parts": lambda k=1: ch04.error_parts({"mean": (48.8, 2.1 * k, 12), "cubic": (7, 15.6, 12)}, "mpg²"),
    "where_training_ends, five": lambda k=1: ch04.where_training_ends(
        np.geomspace(1e-6, 0.5, 12), {f"network, mpg × {10**n}": np.full(12, 2 + n * k) for n in range(5)}, "mpg"
    ),
    "where_training_ends": lambda k=1: ch04.where_training_ends(
        RATES, {"line": np.where(RATES < 0.1, 3 * k + 0.01 / RATES, np.nan), "network": 2 + RATES * k}, "mpg"
    ),
}


def WIDGET():
    return ch04.widget(WEIGHT20, MPG20, "mpg", "1000 lb", "weight")


MOVES = {"shift": 30.0, "point": 4, "factor": 10}
