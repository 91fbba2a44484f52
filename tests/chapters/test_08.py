"""Chapter 08: the answers of PyTorch and R, what float32 does, the picture of the launches, and Spector's students."""

import numpy as np
import pytest
from of_chapters import by_hand

from lossutils import BinaryCrossEntropy, LogisticLoss, data
from lossutils.chapters import ch08
from lossutils.chapters.ch08 import inputs, tasks
from lossutils.chapters.ch08.classes import rounded

LAUNCHES = data.challenger()
TEMPERATURE, DAMAGE = LAUNCHES["temperature"], LAUNCHES["damage"]
X = np.column_stack([np.ones(23), TEMPERATURE])
NAMES = ("no damage", "damage")

# torch 2.13.0, float64, inputs.TORCH_SCORES and TORCH_LABELS: binary_cross_entropy_with_logits, and its gradient
# by automatic differentiation. With weights: reduction="sum", divided by the sum of the weights.
WEIGHTS = [1.0, 0.5, 0.0, 2.0, 3.5, 1.0, 0.25, 4.0]
TORCH = {
    None: (
        131.57819147600938,
        [
            -0.1249999999999883,
            -0.11907176585280416,
            0.047192583599768176,
            -0.05472793738927524,
            0.0725996347472353,
            0.12499999482507805,
            0.125,
            0.0,
        ],
    ),
    "weights": (
        24.899626171068935,
        [
            -0.08163265306121684,
            -0.038880576604997275,
            0.0,
            -0.07148138761048194,
            0.16594202227939495,
            0.08163264968168361,
            0.02040816326530612,
            0.0,
        ],
    ),
}
# torch 2.13.0, float32: score, label, BCELoss()(sigmoid(z), y), its gradient in z
TORCH_THROUGH_P = [
    (0.0, 0.0, 0.6931471824645996, 0.5),
    (10.0, 0.0, 9.99958610534668, 0.9999545812606812),
    (16.0, 0.0, 15.942384719848633, 0.9999998807907104),
    (16.63, 0.0, 15.942384719848633, 0.9999998807907104),
    (16.64, 0.0, 100.0, 0.0),
    (40.0, 0.0, 100.0, 0.0),
    (-10.0, 1.0, 10.000045776367188, -0.9999546408653259),
    (-27.0, 1.0, 27.0, -1.0),
    (-28.0, 1.0, 28.0, -0.6914399862289429),
    (-30.0, 1.0, 30.0, -0.09357623755931854),
    (-40.0, 1.0, 40.0, -4.248353889124701e-06),
    (-100.0, 1.0, 100.0, 0.0),
]


@pytest.mark.parametrize("kind", TORCH)
def test_library_and_references_answer_as_torch_did(kind):
    z, y, w = inputs.TORCH_SCORES, inputs.TORCH_LABELS, WEIGHTS if kind else None
    value, gradient = TORCH[kind]
    for mine in (LogisticLoss()(z, y, w), tasks.bce_with_logits(z, y, w)):
        assert mine == pytest.approx(value, rel=1e-14)
    for mine in (LogisticLoss().grad(z, y, w), tasks.bce_with_logits_grad(z, y, w)):
        np.testing.assert_allclose(mine, gradient, rtol=1e-9, atol=1e-12)


def test_the_rounded_probability_answers_as_torch_did():
    z, y, loss, slope = np.array(TORCH_THROUGH_P).T
    _, mine, my_slope = rounded(z, y)
    assert mine.dtype == my_slope.dtype == np.float32
    np.testing.assert_allclose(mine, loss, rtol=2e-6)
    np.testing.assert_allclose(my_slope, slope, rtol=2e-4, atol=1e-7)


def test_the_launches_are_fitted_to_the_digits_that_r_prints():
    w = tasks.newton_logistic(X, DAMAGE)
    assert [f"{v:.4f}" for v in w] == ["15.0429", "-0.2322"]
    p = 1 / (1 + np.exp(-X @ w))
    errors = np.sqrt(np.diag(np.linalg.inv(X.T @ ((p * (1 - p))[:, None] * X))))
    assert [f"{v:.4f}" for v in errors] == ["7.3786", "0.1082"]
    shares = LAUNCHES["damaged_rings"] / 6
    v = tasks.newton_logistic(X, shares)
    assert (f"{v[0]:.3f}", f"{v[1]:.4f}") == ("5.085", "-0.1156")  # Dalal, Fowlkes and Hoadley 1989
    excess = LogisticLoss()(X @ v, shares) - BinaryCrossEntropy()(shares, shares)
    assert f"{2 * 6 * 23 * excess:.3f}" == "18.086"  # their G², each launch counting for six rings


def test_six_steps_reach_the_minimum_of_the_launches():
    path = np.array([tasks.newton_logistic(X, DAMAGE, steps) for steps in range(8)])
    largest = np.abs(np.diff(path, axis=0)).max(axis=1)
    assert not path[0].any()
    assert largest[5] < 1e-6 and largest[6] < 1e-10 < largest[4]


def test_after_the_first_step_downhill_the_accuracy_never_moves():
    """The chapter prints three of these steps and says it of all."""
    U = np.column_stack([np.ones(23), (TEMPERATURE - TEMPERATURE.mean()) / TEMPERATURE.std()])
    a, loss, right, losses = np.zeros(2), LogisticLoss(), [], []
    for _ in range(301):
        right.append(int(np.sum((U @ a > 0) == DAMAGE)))
        losses.append(loss(U @ a, DAMAGE))
        a = a - 1.0 * U.T @ loss.grad(U @ a, DAMAGE)
    assert right[0] == 16 and set(right[1:]) == {20}
    assert all(later < earlier for earlier, later in zip(losses[:101], losses[1:101], strict=False))


# The picture and the widget --------------------------------------------------------------------------------------


@pytest.fixture
def picture():
    return ch08.TwoClasses(TEMPERATURE, DAMAGE, 70, "temperature", "°F", NAMES)


def test_the_picture_shows_the_loss_of_the_library(picture):
    for w, b in ((0, 0), (-0.2322, -1.209), (0.8, 3)):
        picture.at(w, b)
        assert picture.mean_loss == pytest.approx(LogisticLoss()(b + w * (TEMPERATURE - 70), DAMAGE), rel=1e-12)
        assert sum(bar.get_height() for bar in picture._bars) == pytest.approx(23 * picture.mean_loss)


def test_downhill_leads_to_the_fit(picture):
    w, b = picture.at(0, 20).downhill(1000)
    assert (f"{w:.4f}", f"{b - 70 * w:.4f}") == ("-0.2322", "15.0429")


def test_through_a_rounded_probability_a_certain_model_never_moves(picture):
    picture.at(0, 20, float32=True)
    assert picture.downhill(1000) == (0, 20)
    assert f"{picture.mean_loss:.2f}" == "69.57" and picture.deaf.sum() == 16
    assert picture.state().endswith("In float32, 16 of the wrong labels have slope 0.")


def test_equal_labels_at_one_temperature_are_stacked(picture):
    picture.at(0, 0)
    bars = [(bar.get_x(), bar.get_y()) for bar in picture._bars]
    assert len(set(bars)) == 23
    at_67 = sorted(y for x, y in bars if abs(x - 67) < 0.5)
    np.testing.assert_allclose(at_67, np.log(2) * np.arange(3))
    at_70 = sorted(y for x, y in bars if abs(x - 70) < 0.5)  # two of each label, side by side
    np.testing.assert_allclose(at_70, np.log(2) * np.array([0, 0, 1, 1]))


def test_twice_as_sure_one_launch_owns_the_mean(picture):
    picture.at(-0.46433, -2.417)
    assert "Dearest: 75 °F, damage, 4.747, 39 % of all." in picture.state()
    paying = (DAMAGE == 1) & (TEMPERATURE >= 70)
    assert paying.sum() == 3 and f"{picture.loss[paying].sum() / picture.loss.sum():.2f}" == "0.80"


@pytest.fixture(scope="module")
def widget():
    return ch08.widget(TEMPERATURE, DAMAGE, 70, "temperature", "°F", NAMES)


def test_each_control_changes_picture_and_sentence(widget):
    widget.set(w=0, b=0, float32=False)
    assert "mean cross-entropy 0.6931" in widget.sentence
    for name, value in (("w", 0.5), ("b", 20.0), ("float32", True)):
        before, drawn = widget.sentence, widget.picture
        widget.controls[name].value = value
        assert widget.sentence != before
        assert widget.picture != drawn and widget.picture.startswith(b"\x89PNG")


def test_the_buttons_walk_and_stay_where_nothing_pulls(widget):
    twenty, thousand = widget.buttons
    widget.set(w=0, b=20, float32=False)
    twenty.click()
    assert widget.values["b"] < 0
    thousand.click()
    assert "mean cross-entropy 0.4416" in widget.sentence
    widget.set(w=0, b=20, float32=True)
    thousand.click()
    assert (widget.values["w"], widget.values["b"]) == (0, 20)


@pytest.mark.parametrize(
    ("moves", "words"),
    [
        ({"w": 0, "b": 0, "float32": False, "press": "1000 steps downhill"}, "mean cross-entropy 0.4416"),
        (
            {"w": -0.46433, "b": -2.417},
            "mean cross-entropy 0.5281, mean squared error 0.1378. Dearest: 75 °F, damage, 4.747, 39 % of all",
        ),
        ({"w": 0, "b": 20}, "w = 0, b = 20"),
    ],
)
def test_what_the_lecture_says_of_its_widget_is_reached_by_hand(widget, moves, words):
    assert words in by_hand(widget, **moves)


# Another library's data ------------------------------------------------------------------------------------------


@pytest.mark.oracle
def test_spectors_students_take_seven_steps_to_stata_and_greene():
    """The data belong to their author, so they are loaded where statsmodels is installed, and never copied."""
    students = pytest.importorskip("statsmodels.api").datasets.spector.load_pandas()
    rows = np.column_stack([students.exog, np.ones(32)])
    y = np.asarray(students.endog, float)
    path = np.array([tasks.newton_logistic(rows, y, steps) for steps in range(8)])
    losses = [f"{32 * LogisticLoss()(rows @ w, y):.6f}" for w in path]
    assert losses[:5] == ["22.180710", "13.744656", "12.957136", "12.890473", "12.889634"]
    assert set(losses[4:]) == {"12.889634"}
    largest = np.abs(np.diff(path, axis=0)).max(axis=1)
    assert largest[5] > 1e-10 > largest[6]  # the seventh step is the first below 1e-10
    np.testing.assert_allclose(path[-1], [2.82611297, 0.09515767, 2.37868773, -13.02134832], atol=2e-6)


# What the tests of all figures and widgets take from here ------------------------------------------------------------


def curve_and_line(k):
    return {"curve": lambda t: 1 / (1 + np.exp(0.2322 * t - 15.0429)), "line": lambda t: k * (2.9048 - 0.03738 * t)}


FIGURES = {
    "label_fits": lambda k=1: ch08.label_fits(
        TEMPERATURE, DAMAGE, curve_and_line(k), "temperature (°F)", "probability", ask=31
    ),
    "two_classes": lambda k=1: ch08.two_classes(
        TEMPERATURE, DAMAGE, -0.2322 * k, -1.209, 70, "temperature", "°F", NAMES
    ),
    "two_classes, float32": lambda k=1: ch08.two_classes(TEMPERATURE, DAMAGE, 0.9 * k, 9, 70, unit="°F", float32=True),
}


def WIDGET():
    return ch08.widget(TEMPERATURE, DAMAGE, 70, "temperature", "°F")


MOVES = {"w": -0.2, "b": 1.5, "float32": True}
