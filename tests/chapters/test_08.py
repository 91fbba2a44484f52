"""Chapter 08: what PyTorch and R software answer, what float32 does, the pictures of the launches, and the tasks."""

import re
import warnings

import numpy as np
import pytest
from figures import texts
from of_chapters import by_hand

from lossutils import BinaryCrossEntropy, LogisticLoss, data, practice, rng
from lossutils.chapters import ch08
from lossutils.chapters.ch08 import inputs
from lossutils.chapters.ch08.references import any_of, fit_logistic, predicted_fit
from lossutils.judge.judge import judge
from tools.plumbing.pages import paths, read

LAUNCHES = data.challenger()
TEMPERATURE, DAMAGE = LAUNCHES["temperature"], LAUNCHES["damage"]
X = np.column_stack([np.ones(23), TEMPERATURE])
NAMES = ("no damage", "damage")
LECTURE = next(path for path in paths("notebooks") if path.stem.startswith("08"))

# torch 2.13.0, float64: binary_cross_entropy_with_logits, and its gradient by automatic differentiation. With weights:
# reduction="sum", divided by the sum of the weights.
SCORES = np.array([-30.0, -3.0, -0.5, 0.25, 2.0, 17.0, 1000.0, -1000.0])
LABELS = np.array([1.0, 1.0, 0.0, 1.0, 0.3, 0.0, 0.0, 0.0])
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
# torch 2.13.0, float32: −torch.log(1 − torch.sigmoid(z)), or −torch.log(torch.sigmoid(z)), and its gradient in z
TORCH_LITERAL = [
    (10.0, 0.0, 9.99958610534668, 0.9999545812606812),
    (16.63, 0.0, 15.942384719848633, 0.9999998807907104),
    (16.64, 0.0, np.inf, np.nan),
    (200.0, 0.0, np.inf, np.nan),
    (-40.0, 1.0, 40.0, -1.0),
    (-87.0, 1.0, 87.0, -1.0),
    (-110.0, 1.0, np.inf, np.nan),
]


@pytest.mark.parametrize("kind", TORCH)
def test_the_library_answers_as_torch_did(kind):
    w = WEIGHTS if kind else None
    value, gradient = TORCH[kind]
    assert LogisticLoss()(SCORES, LABELS, w) == pytest.approx(value, rel=1e-14)
    np.testing.assert_allclose(LogisticLoss().grad(SCORES, LABELS, w), gradient, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    ("program", "printed"),
    [(ch08.bce_loss, TORCH_THROUGH_P), (ch08.literal_log, TORCH_LITERAL)],
    ids=["BCELoss", "literal log"],
)
def test_a_rounded_probability_answers_as_torch_did(program, printed):
    z, y, loss, slope = np.array(printed).T
    _, mine, my_slope = program(z, y)
    assert mine.dtype == my_slope.dtype == np.float32
    np.testing.assert_allclose(mine, loss, rtol=2e-6)
    np.testing.assert_allclose(my_slope, slope, rtol=2e-4, atol=1e-7)


def test_programs_from_the_score_are_the_librarys_losses():
    z, y = np.linspace(-30, 30, 61), np.tile([0.0, 1.0, 1.0], 21)[:61]
    p, loss, slope = ch08.from_score(z, y)
    np.testing.assert_allclose(loss, LogisticLoss().each(z, y), rtol=1e-14)
    np.testing.assert_allclose(slope, 61 * LogisticLoss().grad(z, y), atol=1e-15)
    _, squares, its_slope = ch08.squared_error(z, y)
    np.testing.assert_allclose(squares, (p - y) ** 2)
    h = 1e-6
    difference = (ch08.squared_error(z + h, y)[1] - ch08.squared_error(z - h, y)[1]) / (2 * h)
    np.testing.assert_allclose(its_slope, difference, atol=1e-9)


def test_the_launches_are_fitted_to_the_digits_that_are_published():
    w = fit_logistic(X, DAMAGE)
    assert [f"{v:.4f}" for v in w] == ["15.0429", "-0.2322"]
    p = 1 / (1 + np.exp(-X @ w))
    errors = np.sqrt(np.diag(np.linalg.inv(X.T @ ((p * (1 - p))[:, None] * X))))
    assert [f"{v:.4f}" for v in errors] == ["7.3786", "0.1082"]
    shares = LAUNCHES["damaged_rings"] / 6
    v = newton(X, shares, 8)
    assert (f"{v[0]:.3f}", f"{v[1]:.4f}") == ("5.085", "-0.1156")  # Dalal, Fowlkes and Hoadley 1989
    excess = LogisticLoss()(X @ v, shares) - BinaryCrossEntropy()(shares, shares)
    assert f"{2 * 6 * 23 * excess:.3f}" == "18.086"  # their G², each launch counting for six rings


def newton(X, y, steps):
    w = np.zeros(X.shape[1])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-X @ w))
        w = w - np.linalg.solve(X.T @ ((p * (1 - p))[:, None] * X), X.T @ (p - y))
    return w


# What the texts say beyond their own checks ----------------------------------------------------------------------


@pytest.mark.parametrize("rate", [0.1, 0.3, 1.0, 3.0])
def test_after_the_first_step_downhill_the_accuracy_never_moves(rate):
    """The chapter prints three of these steps, at one rate, and says it of all."""
    U = np.column_stack([np.ones(23), (TEMPERATURE - TEMPERATURE.mean()) / TEMPERATURE.std()])
    a, loss, right, losses = np.zeros(2), LogisticLoss(), [], []
    for _ in range(301):
        right.append(int(np.sum((U @ a > 0) == DAMAGE)))
        losses.append(loss(U @ a, DAMAGE))
        a = a - rate * U.T @ loss.grad(U @ a, DAMAGE)
    assert right[0] == 16 and set(right[1:]) == {20}
    assert all(later < earlier for earlier, later in zip(losses[:30], losses[1:30], strict=False))


def test_the_lower_end_of_the_band_is_found_by_another_way_too():
    """For a score at 31 °F the least total loss, by a search over the coefficient: 1.92 more than the least of all."""
    total = 23 * LogisticLoss()(X @ fit_logistic(X, DAMAGE), DAMAGE)
    u, b = TEMPERATURE - 31, np.linspace(-0.6, 0.0, 6001)[:, None]

    def extra(score):
        z = score + b * u
        return np.min(np.sum(np.logaddexp(0, z) - DAMAGE * z, axis=1)) - total

    assert extra(1.40) > 1.9207 > extra(1.42)  # both are 0.80 as a probability
    assert extra(18.38) < 1.9207 < extra(18.40)


def test_both_intervals_are_about_as_good_as_the_folded_text_says():
    """Labels drawn from the fitted curve: about 92 % and 97 %, over three seeds of 2,000."""
    w = fit_logistic(X, DAMAGE)
    true, chance, u = w @ [1, 31], 1 / (1 + np.exp(-X @ w)), (TEMPERATURE - 31).astype(float)
    for seed in range(3):
        drawn = rng(seed).uniform(size=(2000, 23)) < chance
        y = drawn[(drawn.sum(axis=1) > 0) & (drawn.sum(axis=1) < 23)].astype(float)
        likelihood, quick = covered(y, u, true)
        assert 0.90 < likelihood < 0.94 and 0.96 < quick < 0.985


def covered(y, u, true):
    """The shares of rows of labels whose two intervals for the score at u = 0 hold the true one."""
    low, high = np.full(len(y), -8.0), np.full(len(y), 8.0)
    for _ in range(50):  # the best coefficient when the score at u = 0 is the true one
        middle = (low + high) / 2
        up = np.sum((1 / (1 + np.exp(-(true + middle[:, None] * u))) - y) * u, axis=1) > 0
        low, high = np.where(up, low, middle), np.where(up, middle, high)
    z = true + middle[:, None] * u
    held = np.sum(np.logaddexp(0, z) - y * z, axis=1)
    rows = np.column_stack([np.ones(23), (u - u.mean()) / u.std()])
    w, far = np.zeros((len(y), 2)), np.array([1, -u.mean() / u.std()])
    for _ in range(60):
        p = 1 / (1 + np.exp(-w @ rows.T))
        hessian = np.einsum("ni,sn,nj->sij", rows, p * (1 - p), rows) + 1e-6 * np.eye(2)
        w = w - np.clip(np.linalg.solve(hessian, ((p - y) @ rows)[..., None])[..., 0], -1, 1)
    z = w @ rows.T
    best = np.sum(np.logaddexp(0, z) - y * z, axis=1)
    error = np.sqrt(np.einsum("i,sij,j->s", far, np.linalg.inv(hessian), far))
    found = best > 1e-2  # else the classes are separated, and there is no quick interval
    return np.mean(held - best <= 1.9207), np.mean(np.abs(w @ far - true)[found] <= 1.96 * error[found])


def steps_needed(slope, start, rate, most=1000):
    """As the lecture counts them: until the mean squared error is at most 0.145 for good."""
    U = np.column_stack([np.ones(23), (TEMPERATURE - TEMPERATURE.mean()) / TEMPERATURE.std()])
    w, last_above = np.array(start, float), 0
    for step in range(1, most + 1):
        p = 1 / (1 + np.exp(-U @ w))
        if np.mean((p - DAMAGE) ** 2) > 0.145:
            last_above = step
        w = w - rate * U.T @ slope(p) / 23
    return last_above


def test_what_the_table_of_starts_says_holds_for_other_starts_too():
    """Ten moderate starts at random; then sure mistakes of several sizes, with a tilt."""

    def fewest(start):
        ways = (lambda p: p - DAMAGE, lambda p: 2 * (p - DAMAGE) * p * (1 - p))
        return [min(steps_needed(slope, start, rate) for rate in (3, 10, 30, 100)) for slope in ways]

    for seed in range(10):
        ours, squared = fewest(rng(seed).normal(size=2))
        assert ours <= 3 and squared <= 5
    for start in ((10, 0.5), (10, -1), (12, 0), (15, 1), (20, -1)):
        ours, squared = fewest(start)
        assert ours <= 10 and squared >= 10 * ours
    assert fewest((20, 0))[1] == fewest((16, 0.5))[1] == 1000  # not within a thousand steps


def test_the_squared_error_has_the_two_ways_down_that_the_folded_text_tells_of():
    U = np.column_stack([np.ones(23), (TEMPERATURE - TEMPERATURE.mean()) / TEMPERATURE.std()])
    ends = set()
    for start in ((0.0, 0.0), (3.0, 0.0), (-3.0, 3.0), (-10.0, -15.0), (-13.0, -18.0)):
        w = np.array(start)
        for _ in range(4000):
            p = 1 / (1 + np.exp(-U @ w))
            w = w - 10 * U.T @ (2 * (p - DAMAGE) * p * (1 - p)) / 23
        squares = np.mean((1 / (1 + np.exp(-U @ w)) - DAMAGE) ** 2)
        ends.add("valley" if f"{squares:.3f}" == "0.136" else "cliff" if 3 / 23 < squares < 0.1307 else "elsewhere")
    assert ends == {"valley", "cliff"}


def test_an_interval_for_a_share_of_launches_is_as_the_text_says():
    def wilson(k, n, z=1.96):
        middle, half = k / n + z**2 / (2 * n), z * np.sqrt(k / n * (1 - k / n) / n + z**2 / (4 * n**2))
        return [f"{(middle + sign * half) / (1 + z**2 / n):.0%}" for sign in (-1, 1)]

    assert wilson(20, 23) == ["68%", "95%"] and wilson(16, 23) == ["49%", "84%"]


@pytest.mark.oracle
def test_the_fates_in_the_table_are_those_of_torch_in_float32():
    """Each program of the table is run as it stands there: its loss, and its slope in the score."""
    torch = pytest.importorskip("torch")
    (cell,) = [cell for cell in read(LECTURE).cells if cell.id == "wrong"]
    rows = re.findall(r"^\| `([^`]+)`.*\| (\S+) \| (\S+) \|$", cell.source, re.MULTILINE)
    assert len(rows) == 3
    for words, loss, slope in rows:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # PyTorch says nothing
            value, its_slope = asked(torch, words, 17.0, torch.float32)
        assert f"{value:.0f}" == loss and f"{its_slope:.0f}" == slope, words
    literal, through_p, from_score = (words for words, *_ in rows)
    assert asked(torch, literal, 36.7, torch.float64)[1] > 0.999 and np.isinf(
        asked(torch, literal, 36.74, torch.float64)[0]
    )
    fading = [asked(torch, through_p, z, torch.float64)[1] for z in (27.0, 28.0, 30.0, 36.7, 36.74)]
    assert fading[0] > 0.999 and 0.6 < fading[1] < 0.8 and fading[2] < 0.1 and fading[3] < 1e-3 and fading[4] == 0
    assert asked(torch, from_score, 36.74, torch.float64) == pytest.approx((36.74, 1))


def asked(torch, words, score, kind):
    """PyTorch's loss and slope of one score with the label 0."""
    z = torch.tensor([score], dtype=kind, requires_grad=True)
    value = eval(words, {"torch": torch, "z": z, "p": torch.sigmoid(z), "y": torch.zeros(1, dtype=kind)}).sum()
    value.backward()
    return value.item(), z.grad.item()


# The pictures and the widget -------------------------------------------------------------------------------------


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


def test_a_certain_model_learns_from_the_score_alone(picture):
    picture.at(0, 20, "BCELoss, float32")
    assert picture.downhill(1000) == (0, 20)
    assert f"{picture.mean_loss:.2f}" == "69.57" and picture.silent.sum() == 16
    assert picture.state().endswith("Slope 0 in 16 of the wrong labels.")
    w, b = picture.at(0, 20, "squared error of p").downhill(1000)
    assert abs(w) < 1e-4 and abs(b - 20) < 1e-4
    picture.at(0, 20, "literal log, float32")
    assert np.isnan(picture.downhill(1)).all() and "The slope is nan" in picture.state()


def test_equal_labels_at_one_temperature_are_stacked(picture):
    picture.at(0, 0)
    bars = [(bar.get_x(), bar.get_y()) for bar in picture._bars]
    assert len(set(bars)) == 23
    at_67 = sorted(y for x, y in bars if abs(x - 67) < 0.5)
    np.testing.assert_allclose(at_67, np.log(2) * np.arange(3))
    at_70 = sorted(y for x, y in bars if abs(x - 70) < 0.5)  # two of each label, side by side
    np.testing.assert_allclose(at_70, np.log(2) * np.array([0, 0, 1, 1]))


def test_twice_as_sure_three_launches_own_the_mean(picture):
    picture.at(-0.46433, -2.417)
    assert "Highest: 75 °F, damage, 4.747, 39 % of all." in picture.state()
    paying = (DAMAGE == 1) & (TEMPERATURE >= 70)
    assert paying.sum() == 3 and f"{picture.loss[paying].sum() / picture.loss.sum():.2f}" == "0.80"


def test_the_band_says_its_ends(shown, unrendered):
    FIGURES["band_of_curves"]()
    assert "at 31 from" in shown.sentence and "The threshold is 0.091." in shown.sentence
    assert any(text.get_text().startswith("at 31: from 0.") for text, _ in texts(shown.figures[0]))


def test_the_fates_say_where_a_slope_ends(shown, unrendered):
    z = np.linspace(10, 20, 1001)
    ch08.fates(z, {name: f(z, np.zeros(1001))[2] for name, f in list(ch08.programs().items())[:3]}, "score z", "slope")
    for words in ("from the score: slope 1;", "BCELoss, float32: slope 0 from 16.64 on", "nan from 16.64 on"):
        assert words in shown.sentence


@pytest.fixture(scope="module")
def widget():
    return ch08.widget(TEMPERATURE, DAMAGE, 70, "temperature", "°F", NAMES)


def test_each_control_changes_picture_and_sentence(widget):
    widget.set(w=0, b=0, program="from the score")
    assert "mean cross-entropy 0.6931" in widget.sentence
    for name, value in (("w", 0.5), ("b", 20.0), ("program", "squared error of p")):
        before, drawn = widget.sentence, widget.picture
        widget.controls[name].value = value
        assert widget.sentence != before
        assert widget.picture != drawn and widget.picture.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("program", "ends"),
    [
        ("from the score", "w = −0.232, b = −1.21: mean cross-entropy 0.4416"),
        ("BCELoss, float32", "w = 0, b = 20: mean cross-entropy 69.57"),
        ("literal log, float32", "w = 0, b = 20: mean cross-entropy ∞"),
        ("squared error of p", "b = 20: mean squared error 0.6957"),
    ],
)
def test_the_button_walks_with_each_program_as_the_lecture_says(widget, program, ends):
    assert ends in by_hand(widget, w=0, b=20, program=program, press="1000 steps downhill")


@pytest.mark.parametrize(
    ("moves", "words"),
    [
        ({"w": 0, "b": 0, "program": "from the score", "press": "1000 steps downhill"}, "mean cross-entropy 0.4416"),
        (
            {"w": -0.46433, "b": -2.417},
            "mean cross-entropy 0.5281, mean squared error 0.1378. Highest: 75 °F, damage, 4.747, 39 % of all",
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
    path = np.array([newton(rows, y, steps) for steps in range(8)])
    losses = [f"{32 * LogisticLoss()(rows @ w, y):.6f}" for w in path]
    assert losses[:5] == ["22.180710", "13.744656", "12.957136", "12.890473", "12.889634"]
    assert set(losses[4:]) == {"12.889634"}
    largest = np.abs(np.diff(path, axis=0)).max(axis=1)
    assert largest[5] > 1e-10 > largest[6]  # the seventh step is the first below 1e-10
    np.testing.assert_allclose(path[-1], [2.82611297, 0.09515767, 2.37868773, -13.02134832], atol=2e-6)


# The tasks -------------------------------------------------------------------------------------------------------


def test_any_of_one_is_binary_cross_entropy_and_its_slopes_are_differences():
    for seed in range(5):
        for case in inputs.of_both_labels(rng(seed)):
            z, y, m = case["z"], case["y"], case["m"]
            assert any_of(z, y, 1)[0] == pytest.approx(LogisticLoss()(z, y))
            np.testing.assert_allclose(any_of(z, y, 1)[1], LogisticLoss().grad(z, y), atol=1e-12)
            for k in range(len(z)):
                h = 1e-5 * np.eye(len(z))[k]
                difference = (any_of(z + h, y, m)[0] - any_of(z - h, y, m)[0]) / 2e-5
                assert any_of(z, y, m)[1][k] == pytest.approx(difference, abs=1e-7)
                exact = any_of(z, y, m)[1][k]
                assert np.sign(exact) == (-1 if y[k] else 1)


def test_a_predicted_fit_is_what_the_fit_gives():
    w = fit_logistic(X, DAMAGE)
    x = TEMPERATURE.astype(float)
    fits = {
        "unit": (np.column_stack([np.ones(23), 2 * x]), DAMAGE),
        "origin": (np.column_stack([np.ones(23), x - 2]), DAMAGE),
        "mirror": (np.column_stack([np.ones(23), 2 - x]), DAMAGE),
        "labels": (X, 1 - DAMAGE),
        "copies": (np.repeat(X, 2, axis=0), np.repeat(DAMAGE, 2)),
    }
    for change, (rows, y) in fits.items():
        np.testing.assert_allclose(predicted_fit(change, *w, 2), fit_logistic(rows, y), rtol=1e-6, err_msg=change)
    a, b = predicted_fit("offset", *w, 2)  # the scores with the offset are those of the old fit
    np.testing.assert_allclose(a + b * x + 2, X @ w)


def test_other_right_answers_get_full_marks(ours):
    def by_powers(z, y, m):
        p = np.where(z >= 0, 1 / (1 + np.exp(-np.abs(z))), np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))))
        log_whole = -m * np.logaddexp(0, z)
        some = -np.expm1(log_whole)
        each = [-np.log(s) if t else -w for s, t, w in zip(some, y, log_whole, strict=True)]
        slopes = [-m * q * np.exp(w) / s if t else m * q for q, s, t, w in zip(p, some, y, log_whole, strict=True)]
        return sum(each) / len(each), [slope / len(each) for slope in slopes]

    def halving(X, y, penalty=0.0):
        w, s = np.zeros(X.shape[1]), penalty * (np.arange(X.shape[1]) > 0)

        def total(w):
            return np.sum(np.logaddexp(0, X @ w) - y * (X @ w)) + np.sum(s * w**2) / 2

        for _ in range(200):
            if not penalty and min((2 * y - 1) * (X @ w)) > 0:
                return None
            p = 0.5 + 0.5 * np.tanh(X @ w / 2)
            step = np.linalg.solve((X.T * p * (1 - p)) @ X + np.diag(s), X.T @ (p - y) + s * w)
            while total(w - step) > total(w) + 1e-12:
                step = step / 2
            w = w - step
        return w

    def one_at_a_time(f):
        """Asks for single scores first, then for two."""
        one, two = (f(np.array([1.5]), np.array([label]))[0] for label in (0.0, 1.0))
        if min(one, two) == 0:
            return "one label"
        if abs(one - 1.5 - np.log1p(np.exp(-1.5))) > 1e-9:
            return "squared"
        both = f(np.array([1.5, 1.5]), np.array([0.0, 1.0]))
        if abs(both[0] - one - two) < 1e-9:
            return "sum"
        if both[1][0] < 0:
            return "sign"
        far = [(s * z, y) for z in (35.0, 60.0, 720.0, 1000.0) for s in (-1, 1) for y in (0.0, 1.0)]
        got = {(z, y): f(np.array([z]), np.array([y])) for z, y in far}
        if not all(np.isfinite(loss) and np.isfinite(slope).all() for loss, slope in got.values()):
            return "not finite"
        wrong = [abs(slope[0]) for (z, y), (_, slope) in got.items() if (z > 0) == (y == 0)]
        return "flat" if min(wrong) < 0.5 else "right"

    for name, f in (("any_of", by_powers), ("fit_logistic", halving), ("diagnose", one_at_a_time)):
        for seed in range(5):
            for hidden in (False, True):
                verdict = judge(practice.task(name), f, seed, hidden)
                assert verdict.passed, verdict.sentence


# Wrong functions beside the typical mistakes: code, or what is changed in the reference --------------------------


def by_one_row_less(X, y, penalty=0.0):
    return fit_logistic(X[:-1], y[:-1], penalty)


def never_none(X, y, penalty=0.0):
    """A small penalty of its own where none is given."""
    return fit_logistic(X, y, max(penalty, 1e-4))


def none_when_the_last_step_is_large(X, y, penalty=0.0):
    w = newton(X, y, 6) if penalty == 0 else None
    return None if w is not None and np.max(np.abs(w - newton(X, y, 5))) > 0.1 else fit_logistic(X, y, penalty)


def by_gradient_descent(X, y, penalty=0.0):
    w, s = np.zeros(X.shape[1]), penalty * (np.arange(X.shape[1]) > 0)
    for _ in range(2000):
        p = 1 / (1 + np.exp(-np.clip(X @ w, -30, 30)))
        if penalty == 0 and np.all((2 * y - 1) * (X @ w) > 0):
            return None
        w = w - 0.01 * (X.T @ (p - y) + s * w)
    return w


def one_column_only(X, y, penalty=0.0):
    w = fit_logistic(X[:, :2], y, penalty)
    return w if w is None else np.append(w, np.zeros(X.shape[1] - 2))


def looks_at_the_temperature(X, y, penalty=0.0):
    """Separated means that the groups do not overlap in the second column."""
    first, second = X[y == 0, 1], X[y == 1, 1]
    if penalty == 0 and first.max() < second.min():
        return None
    return fit_logistic(X, y, penalty or 1e-9)


def only_zeros_and_nan(f):
    answer = f(np.array([40.0, -40.0]), np.array([0.0, 1.0]))
    return "not finite" if not np.isfinite(answer[0]) else "flat" if not np.any(answer[1]) else "right"


def by_the_loss_far_out(f):
    """Flat is read off the loss: 1000 must cost 1000."""
    word = practice.task("diagnose").reference(f)
    if word not in ("flat", "right"):
        return word
    return "right" if abs(f(np.array([1000.0]), np.array([0.0]))[0] - 1000) < 1 else "flat"


def by_one_mistake_at_a_time(f):
    word = practice.task("diagnose").reference(f)
    if word not in ("flat", "right"):
        return word
    return "flat" if abs(f(np.array([1000.0]), np.array([0.0]))[1][0]) < 0.5 else "right"


def by_the_published_table(change, intercept, coefficient, k):
    """Knows the example of the text, and the one of the launches."""
    return {"unit": (intercept, coefficient / k), "origin": (intercept + coefficient * k, coefficient)}.get(
        change, (intercept, coefficient)
    )


NONE, SOME, RING = "m * np.logaddexp(0, z)", "-np.expm1(-none)", "np.exp(-np.logaddexp(0, -z))"
OF_ONE = "-m * p * np.exp(-none) / some"
SLOPE = "np.where(y == 1, -m * p * np.exp(-none) / some, m * p) / len(z)"
LOSS = "np.where(y == 1, -np.log(some), none)"
NO_END, SEPARATED, TINY = "separated and penalty == 0", "np.all((2 * y - 1) * z > 0)", "size < 1e-10"
FREE, STEPS = "strength[0] = 0.0", "range(100)"
UNIT, ORIGIN = "return intercept, coefficient / k", "return intercept + coefficient * k, coefficient  #"
MIRROR, LABELS_ = "return intercept + coefficient * k, -coefficient", "return -intercept, -coefficient"
OFFSET, COPIES = "return intercept - k, coefficient", "return intercept, coefficient  # copies"
FAR, BOTH = "(40.0, 1000.0)", "([0.0, 1.0], [1.0, 0.0])"
WEAKEST, ENOUGH = "np.min(np.abs(slopes))", "weakest < 0.25"
FINITE = "np.all(np.isfinite(answer))"
SIGNS = "np.all((2 * y - 1) * z > 0)"

ATTACKS = {
    "any_of": [
        ((SOME, "np.minimum(m * np.exp(-np.logaddexp(0, -z)), 1 - 1e-12)"),),
        ((SOME, "1 - np.exp(-none) + 1e-300"),),
        ((SOME, "np.maximum(-np.expm1(-none), 1e-150)"),),
        ((SOME, "np.where(z < -30, m * np.exp(z), 1 - np.exp(-none))"),),
        ((NONE, "m * np.log(1 + np.exp(np.clip(z, -700, 700)))"),),
        ((NONE, "m * np.logaddexp(0, np.clip(z, -300, 300))"),),
        ((NONE, "np.minimum(m, 12) * np.logaddexp(0, z)"),),
        ((NONE, "m * np.maximum(z, 0)"),),
        ((RING, "1 / (1 + np.exp(-np.clip(z, -20, 20)))"),),
        ((RING, "np.clip(np.exp(-np.logaddexp(0, -z)), 1e-12, 1)"),),
        ((OF_ONE, "-1.0 * (z < 0)"),),
        ((OF_ONE, "-np.exp(-none)"),),
        ((OF_ONE, "-(1 - some)"),),
        ((OF_ONE, "-m * (1 - p) * p / some"),),
        ((OF_ONE, "-m * p * (1 - p) ** (m - 1) / some"),),
        ((SLOPE, "(some - y) / len(z)"),),
        ((SLOPE, "m * (some - y) / len(z)"),),
        ((SLOPE, f"np.round({SLOPE}, 3)"),),
        ((LOSS, "np.where(y >= 1, -np.log(some), none / m)"),),
        ((LOSS, "np.where(y == 1, np.minimum(-np.log(some), 100), none)"),),
        ((LOSS, "np.where(y == 1, -np.log(some), np.minimum(none, 100))"),),
    ],
    "fit_logistic": [
        ((SIGNS, "np.mean((2 * y - 1) * z > 0) >= 0.95"),),
        ((SIGNS, "np.mean(np.logaddexp(0, (1 - 2 * y) * z)) < 0.05"),),
        ((SIGNS, "any(c[y == 0].max() < c[y == 1].min() or c[y == 1].max() < c[y == 0].min() for c in X.T[1:])"),),
        (("if separated and penalty == 0:", "if separated and penalty < 0.01:"),),
        never_none,
        by_one_row_less,
        none_when_the_last_step_is_large,
        by_gradient_descent,
        one_column_only,
        looks_at_the_temperature,
        ((STEPS, "range(4)"),),
        ((STEPS, "range(5)"),),
        ((TINY, "size < 0.1"),),
        ((TINY, "size < 0.01"),),
        ((NO_END, "separated and penalty < 0.5"),),
        ((SEPARATED, "np.all((2 * y - 1) * z > -0.5)"),),
        ((SEPARATED, "np.sum((2 * y - 1) * z <= 0) <= 1"),),
        ((SEPARATED, "np.all(z[y == 1] > 0)"),),
        ((SEPARATED, "np.all(z[y == 0] < 0)"),),
        ((SEPARATED, "np.max(np.abs(z)) > 6"),),
        ((FREE, "strength[0] = penalty / 2"),),
        ((FREE, "strength[1:] = strength[1:] * np.mean(X[:, 1:] ** 2, axis=0)"), ("(penalty)", "(penalty)")),
        ((" + np.diag(strength)", ""), ("- step", "- step"), (STEPS, "range(8)")),
        (("+ strength * w", ""),),
        (("np.diag(strength)", "np.diag(strength + 1)"), (STEPS, "range(10)")),
        (("(p * (1 - p))", "(0 * p + 0.25)"), (STEPS, "range(30)")),
        (("    return w", "    return np.round(w, 3)"),),
        (("    return w", "    return w[::-1]"),),
    ],
    "predicted_fit": [
        by_the_published_table,
        ((UNIT, "return intercept, coefficient / max(k, 1)"),),
        ((UNIT, "return intercept, coefficient / abs(round(k) or 1)"),),
        ((UNIT, "return intercept * k, coefficient"),),
        ((UNIT, "return intercept, coefficient - np.log(k)"),),
        ((ORIGIN, "return intercept + coefficient * abs(k), coefficient  #"),),
        ((ORIGIN, "return intercept + abs(coefficient) * k, coefficient  #"),),
        ((ORIGIN, "return intercept + coefficient / k, coefficient  #"),),
        ((ORIGIN, "return intercept * k, coefficient  #"),),
        ((MIRROR, "return intercept + coefficient * abs(k), -coefficient"),),
        ((MIRROR, "return k - intercept, -coefficient"),),
        ((MIRROR, "return -intercept - coefficient * k, -coefficient"),),
        ((MIRROR, "return intercept + coefficient * k, -abs(coefficient)"),),
        ((LABELS_, "return -intercept + k, -coefficient"),),
        ((LABELS_, "return -abs(intercept), -coefficient"),),
        ((LABELS_, "return 1 / intercept, 1 / coefficient"),),
        ((OFFSET, "return intercept - abs(k), coefficient"),),
        ((OFFSET, "return intercept - coefficient * k, coefficient"),),
        ((OFFSET, "return intercept - k, coefficient - k"),),
        ((COPIES, "return intercept, coefficient / np.sqrt(k)"),),
        ((COPIES, "return intercept, coefficient * k"),),
        ((COPIES, "return intercept - np.log(k), coefficient"),),
    ],
    "diagnose": [
        only_zeros_and_nan,
        by_the_loss_far_out,
        by_one_mistake_at_a_time,
        ((ENOUGH, "weakest < 1e-3"),),
        ((ENOUGH, "weakest < 1e-9"),),
        ((ENOUGH, "weakest < 0.15"),),
        ((WEAKEST, "np.sum(np.abs(slopes))"),),
        ((WEAKEST, "abs(slopes[0])"),),
        ((WEAKEST, "abs(slopes[1])"),),
        ((FAR, "(10.0, 40.0)"),),
        ((FAR, "(20.0, 30.0)"),),
        ((FAR, "(1000.0,)"), ("np.array([far, -far])", "np.array([far, 0.0])")),
        (("np.array([far, -far])", "np.array([far, far])"),),
        (("np.array([far, -far])", "np.array([-far, -far])"),),
        ((FINITE, "not np.isnan(answer[0])"),),
        ((FINITE, "np.isfinite(answer[0])"),),
        ((FINITE, "np.all(np.isfinite(answer[1:]))"),),
        ((BOTH, "([0.0, 1.0],)"),),
        ((BOTH, "([0.0, 0.0],)"),),
        ((BOTH, "([1.0, 1.0],)"),),
        (('return "one label"', 'return "sum"'),),
        (("len(z) * right", "3 * right"),),
        (("np.allclose(slope, (y - p) / len(z))", "np.allclose(slope, y - p)"),),
    ],
}


# What the tests of all figures and widgets take from here ------------------------------------------------------------


def curve_and_line(k):
    return {"curve": lambda t: 1 / (1 + np.exp(0.2322 * t - 15.0429)), "line": lambda t: k * (2.9048 - 0.03738 * t)}


def kept(k):
    """Some curves around the fit."""
    return np.array([[15.0, -0.23], [6.0, -0.105 * k], [30.0, -0.45], [12.0, -0.2]])


def slopes(k):
    z = np.linspace(10, 20, 101)
    return z, {
        "from the score": np.ones(101) * k,
        "silent": np.where(z < 16, 1.0, 0.0) * k,
        "nan": np.where(z < 16, 1.0 * k, np.nan),
    }


FIGURES = {
    "label_fits": lambda k=1: ch08.label_fits(
        TEMPERATURE, DAMAGE, curve_and_line(k), "temperature (°F)", "probability", ask=31
    ),
    "band_of_curves": lambda k=1: ch08.band_of_curves(
        TEMPERATURE, DAMAGE, [15.0429, -0.2322 * k], kept(k), "temperature (°F)", "probability", 31, 1 / 11, "wait"
    ),
    "fates": lambda k=1: ch08.fates(*slopes(k), "score z", "slope"),
    "two_classes": lambda k=1: ch08.two_classes(
        TEMPERATURE, DAMAGE, -0.2322 * k, -1.209, 70, "temperature", "°F", NAMES
    ),
    "two_classes, BCELoss": lambda k=1: ch08.two_classes(
        TEMPERATURE, DAMAGE, 0.9 * k, 9, 70, unit="°F", program="BCELoss, float32"
    ),
    "two_classes, literal": lambda k=1: ch08.two_classes(
        TEMPERATURE, DAMAGE, 0.1 * k, 20, 70, unit="°F", program="literal log, float32"
    ),
    "two_classes, squared": lambda k=1: ch08.two_classes(
        TEMPERATURE, DAMAGE, -0.3 * k, -1, 70, unit="°F", program="squared error of p"
    ),
}


def WIDGET():
    return ch08.widget(TEMPERATURE, DAMAGE, 70, "temperature", "°F")


MOVES = {"w": -0.2, "b": 1.5, "program": "squared error of p"}
CHANGE = "band-figure", "1.92", "9.2"
