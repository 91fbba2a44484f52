"""Chapter 09: what PyTorch answers, what the texts say beyond their checks, figures, widget, and the exercise."""

import numpy as np
import pytest
from of_chapters import by_hand

from lossutils import (
    CategoricalCrossEntropy,
    KullbackLeibler,
    SoftmaxCrossEntropy,
    data,
    practice,
    rng,
)
from lossutils.chapters import ch09
from lossutils.chapters.ch09 import inputs, references
from lossutils.chapters.ch09.sliders import TARGETS, target_of
from lossutils.models import Network
from lossutils.numerics import softmax
from lossutils.training import Adam, train

LOSS = SoftmaxCrossEntropy()
NAMES = ("4", "8", "9")
DIGITS = data.digits()
PIXELS, DIGIT = DIGITS["pixels"], DIGITS["digit"]
X = np.column_stack([np.ones(1797), PIXELS / 16])

# torch 2.13.0, float64: CrossEntropyLoss, each row and the mean, and the mean's gradient by automatic differentiation.
TORCH_SCORES = np.array([[2.0, 1, 0], [0.5, -1.25, 3], [-30, 20, 4], [1000, -1000, 999]])
TORCH_LABELS = np.array([0, 2, 0, 1])

TORCH_EACH = [0.4076059644443804, 0.09198578059196878, 50.00000011253517, 2000.3132616875182]
TORCH_GRADIENT = [
    [-0.08368976105629455, 0.06118211776369941, 0.02250764329259511],
    [0.01871780364051007, 0.0032526665513425315, -0.02197047019185261],
    [-0.25, 0.24999997186620948, 2.813379051377374e-08],
    [0.18276464465750122, -0.25, 0.06723535534249878],
]
# The first three rows: label_smoothing=0.1 (Keras prints 16.0082 too) and 0.3; soft targets; KLDivLoss of the softmax
TORCH_SMOOTHED = {0.1: 16.00819728585717, 0.3: 14.358197285857171}
SOFT = np.array([[0.7, 0.2, 0.1], [0, 0.5, 0.5], [0.25, 0.75, 0]])
TORCH_SOFT = 5.17486395252384
TORCH_KL = [0.005787411901043066, 1.5238386000320236, 11.93766496791636]


def test_the_library_answers_as_torch_did():
    z, y = TORCH_SCORES, TORCH_LABELS
    np.testing.assert_allclose(LOSS.each(z, y), TORCH_EACH, rtol=1e-14)
    assert LOSS(z, y) == pytest.approx(np.mean(TORCH_EACH), rel=1e-14)
    np.testing.assert_allclose(LOSS.grad(z, y), TORCH_GRADIENT, rtol=1e-12)
    assert LOSS(z[:3], SOFT) == pytest.approx(TORCH_SOFT, rel=1e-14)
    np.testing.assert_allclose(KullbackLeibler().each(softmax(z[:3]), SOFT), TORCH_KL, rtol=1e-12)


@pytest.mark.parametrize("epsilon", TORCH_SMOOTHED)
def test_smoothed_labels_cost_what_torch_and_keras_say(epsilon):
    rows = (1 - epsilon) * np.eye(3)[TORCH_LABELS[:3]] + epsilon / 3
    assert LOSS(TORCH_SCORES[:3], rows) == pytest.approx(TORCH_SMOOTHED[epsilon], rel=1e-14)


# What the texts say --------------------------------------------------------------------------------------------------


def linear(rows, target, rate=2, steps=200):
    W = np.zeros((65, 10))
    for _ in range(steps):
        W = W - rate * X[rows].T @ LOSS.grad(X[rows] @ W, target)
    return X @ W


def network(seed, rows, target, epochs=100, rate=0.01):
    net = Network([64, 64, 10], rng(seed))
    train(net, LOSS, PIXELS[rows] / 16, target, Adam(rate), epochs, batch=64, rng=rng(seed))
    return net.forward(PIXELS / 16)


def planted(seed):
    source = rng(seed)
    wrong = source.choice(1797, 20, replace=False)
    labels = DIGIT.copy()
    labels[wrong] = (labels[wrong] + source.randint(1, 10, 20)) % 10
    return labels, wrong


def found(each, wrong, top=20):
    return int(np.isin(np.argsort(-each)[:top], wrong).sum())


@pytest.mark.long
def test_slips_to_a_similar_digit_are_found_more_than_half_in_twenty_looks_and_three_quarters_in_forty():
    everything = np.arange(1797)
    runner_up = np.where(np.eye(10)[DIGIT] == 1, -np.inf, linear(everything, DIGIT)).argmax(axis=1)
    for rows, becomes in ((everything, runner_up), (np.flatnonzero(DIGIT == 4), np.full(1797, 9))):
        for seed in range(10):
            wrong = rng(seed).choice(rows, 20, replace=False)
            labels = DIGIT.copy()
            labels[wrong] = becomes[wrong]
            each = LOSS.each(linear(everything, labels), labels)
            assert found(each, wrong) > 10 and found(each, wrong, top=40) >= 15


@pytest.mark.long
def test_by_heart_between_three_and_fifteen_are_found_and_as_many_after_three_times_as_long():
    hundred, longer = [], []
    for seed in range(10):
        labels, wrong = planted(seed)
        net, optimiser, source = Network([64, 64, 10], rng(seed)), Adam(rate=0.01), rng(seed)
        for epochs, counts in ((100, hundred), (200, longer)):
            if counts is hundred or seed < 5:
                train(net, LOSS, PIXELS / 16, labels, optimiser, epochs, batch=64, rng=source)
                scores = net.forward(PIXELS / 16)
                each = LOSS.each(scores, labels)
                assert np.sum(scores.argmax(axis=1)[wrong] == labels[wrong]) >= 19, (
                    "wrong labels are not learned by heart"
                )
                counts.append(found(each, wrong))
    assert (min(hundred), max(hundred)) == (3, 15)
    assert min(longer) >= 10 and max(longer) <= 15 and abs(np.median(longer) - np.median(hundred)) <= 1


def split(seed):
    order = rng(100 + seed).permutation(1797)
    return order[:897], order[897:1347], order[1347:]


def after_temperature(z, held_back, new):
    """The loss on new images, with the temperature of those held back too, the errors, that T, and what is promised."""
    temperatures = np.geomspace(0.2, 5, 81)
    T = temperatures[np.argmin([LOSS(z[held_back] / T, DIGIT[held_back]) for T in temperatures])]
    errors = int(np.sum(z[new].argmax(axis=1) != DIGIT[new]))
    return LOSS(z[new], DIGIT[new]), LOSS(z[new] / T, DIGIT[new]), errors, T, softmax(z[new]).max(axis=1).mean()


SMOOTHED = 0.9 * np.eye(10)[DIGIT] + 0.1 / 10


@pytest.fixture(scope="module")
def twenty_splits():
    """Hard and smoothed labels, each (20, 5): loss, with T, errors of 450, T, promise."""
    table = {"hard": [], "smoothed": []}
    for seed in range(20):
        learned, held_back, new = split(seed)
        for name, target in (("hard", DIGIT), ("smoothed", SMOOTHED)):
            table[name].append(after_temperature(network(seed, learned, target[learned]), held_back, new))
    return {name: np.array(rows) for name, rows in table.items()}


@pytest.mark.long
def test_a_temperature_mostly_lowers_the_loss_on_new_images(twenty_splits):
    before, after, errors, T, promised = twenty_splits["hard"].T
    assert np.sum(promised > 1 - errors / 450) == 19
    assert np.sum(after < before) == 17 and np.max(after - before) < 0.02 and T.min() > 1.1


@pytest.mark.long
def test_smoothed_labels_look_worse_and_are_mostly_better_once_both_have_a_temperature(twenty_splits):
    before, after, errors, *_ = twenty_splits["hard"].T
    raw, warm, wrong, T, _ = twenty_splits["smoothed"].T
    assert np.sum(raw > before) == 20 and np.sum(warm < after) == 18 and T.max() < 0.6
    assert (np.sum(wrong < errors), np.sum(wrong > errors)) == (15, 3)


@pytest.mark.long
def test_smoothing_shows_no_effect_in_a_network_of_thirty_epochs_and_in_a_linear_model():
    thirty = lambda seed, rows, target: network(seed, rows, target, epochs=30)  # noqa: E731
    for learn in (thirty, lambda seed, rows, target: linear(rows, target)):
        better, differences = 0, []
        for seed in range(10):
            learned, held_back, new = split(seed)
            hard, smoothed = (
                after_temperature(learn(seed, learned, target[learned]), held_back, new) for target in (DIGIT, SMOOTHED)
            )
            better += smoothed[1] < hard[1]
            differences.append(smoothed[2] - hard[2])
        assert 2 <= better <= 8 and min(differences) < 0 < max(differences)


@pytest.mark.long
def test_with_two_softmaxes_a_larger_rate_makes_as_few_errors_as_one_softmax_makes():
    for seed in range(5):
        rows = rng(seed).permutation(1797)
        seen, new = rows[:897], rows[897:]
        errors = {}
        for rate in (2, 12):
            W = np.zeros((65, 10))
            for _ in range(200):
                p = softmax(X[seen] @ W)
                g = (softmax(p) - np.eye(10)[DIGIT[seen]]) / len(seen)
                W = W - rate * X[seen].T @ (p * (g - (p * g).sum(axis=1, keepdims=True)))
            errors[rate] = np.sum((X[new] @ W).argmax(axis=1) != DIGIT[new])
        once = np.sum(linear(seen, DIGIT[seen])[new].argmax(axis=1) != DIGIT[new])
        assert errors[12] <= once + 5 and errors[2] > once + 5


def test_the_floor_of_smoothed_labels_and_the_lead_that_they_ask_for():
    row = SMOOTHED[:1]
    assert f"{np.log(row.max() / row.min()):.4f}" == "4.5109" and f"{LOSS(np.log(row), row):.4f}" == "0.5003"
    six = np.array([[2 / 3, 0, 1 / 3]])
    assert f"{CategoricalCrossEntropy()(six, six):.2f}" == "0.64"


def test_stata_keeps_its_digits_with_a_tenth_added_to_the_population_and_only_so():
    voters = data.anes96()
    one_hot = np.eye(7)[voters["party"]]
    least = {}
    for shift in (0.1, 1.0):
        X = np.column_stack(
            [np.ones(944), np.log(voters["population"] + shift), voters.matrix("self_lr", "age", "education", "income")]
        )
        W = np.zeros((6, 7))
        for _ in range(7):
            p = softmax(X @ W)[:, 1:]
            bend = p[:, :, None] * (np.eye(6) - p[:, None, :])
            hessian = np.einsum("ni,nkl,nj->kilj", X, bend, X).reshape(36, 36)
            W[:, 1:] -= np.linalg.solve(hessian, ((p - one_hot[:, 1:]).T @ X).ravel()).reshape(6, 6).T
        least[shift] = f"{944 * LOSS(X @ W, voters['party']):.6f}"
    assert least == {0.1: "1461.922747", 1.0: "1462.519813"}


# The picture and the widget ------------------------------------------------------------------------------------------


def test_a_target_is_one_class_smoothed_or_what_six_readers_say():
    assert target_of(TARGETS[0], 2, 0.3).tolist() == [1, 0, 0]
    assert target_of(TARGETS[1], 2, 0.3) == pytest.approx([0.8, 0.1, 0.1])
    assert target_of(TARGETS[2], 2, 0.3) == pytest.approx([2 / 3, 0, 1 / 3])


@pytest.mark.parametrize("temperature", [0.3, 1.0, 4.0])
@pytest.mark.parametrize("readers", [0, 2, 5])
def test_the_picture_shows_the_loss_of_the_library(temperature, readers):
    z, q = np.array([2.0, -1.0, 0.5]), target_of(TARGETS[2], readers, 0.1)
    picture = ch09.ThreeClasses(NAMES).at(z, q, temperature)
    value, slopes = LOSS.value_and_grad(z[None] / temperature, q[None])
    assert picture.loss == pytest.approx(value, rel=1e-12)
    assert picture.slopes == pytest.approx(slopes[0] / temperature, rel=1e-12)
    assert picture.floor == pytest.approx(CategoricalCrossEntropy()(q[None], q[None]))
    assert [bar.get_height() for bar in picture._said] == pytest.approx(picture.p)
    assert picture.slopes.sum() == pytest.approx(0, abs=1e-12)


def test_downhill_ends_at_the_floor_of_a_shared_target():
    picture = ch09.ThreeClasses(NAMES).at([2, 1, 0], target_of(TARGETS[2], 1, 0.1))
    picture.at(picture.downhill(5000), picture.q)
    assert picture.p == pytest.approx(picture.q, abs=1e-3) and picture.loss == pytest.approx(picture.floor, abs=1e-3)
    assert "floor 0.4506" in picture.state()


@pytest.mark.parametrize("q", [[0.0, 1.0, 0.0], [1 / 3, 2 / 3, 0.0]])
def test_the_bands_are_half_nats_above_the_floor(q):
    picture = ch09.ThreeClasses(NAMES).at([0, 0, 0], q)
    bands = picture._bands.get_array()
    up = np.linspace(0, 1, bands.shape[0])[1:-1]  # the middle column: the second class against the two others
    cost = LOSS.each(np.log(np.column_stack([(1 - up) / 2, up, (1 - up) / 2])), np.tile(q, (len(up), 1)))
    np.testing.assert_array_equal(bands[1:-1, bands.shape[1] // 2], np.floor((cost - picture.floor) / 0.5))


@pytest.fixture(scope="module")
def widget():
    return ch09.widget(NAMES)


@pytest.fixture
def game(widget):
    widget.set(first=2, second=1, third=0, temperature=1, kind=TARGETS[0], readers=2, epsilon=0.1)
    return widget


def test_the_widget_starts_with_the_scores_of_the_text(game):
    assert game.sentence == (
        "p = 0.665, 0.245, 0.090. Cross-entropy 0.4076 = floor 0 + distance 0.4076. "
        "Slopes −0.335, 0.245, 0.090: their sum is 0."
    )


SEEN = {"first": -3.0, "second": 4.0, "third": 1.0, "temperature": 3.0, "kind": TARGETS[1]}
MOVES = SEEN | {"epsilon": 0.5, "readers": 4}  # which are seen where the target is smoothed, or shared


@pytest.mark.parametrize(("name", "value"), SEEN.items())
def test_each_control_changes_picture_and_sentence(game, name, value):
    before, said = game.picture, game.sentence
    game.controls[name].value = value
    assert game.picture != before and game.sentence != said and game.picture.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("name", "value", "kind", "floor"), [("epsilon", 0.5, TARGETS[1], "0.8676"), ("readers", 3, TARGETS[2], "0.6931")]
)
def test_some_controls_count_for_one_kind_of_target_only(game, name, value, kind, floor):
    said = game.sentence
    game.set(**{name: value})
    assert game.sentence == said
    game.set(kind=kind)
    assert f"floor {floor}" in game.sentence


@pytest.mark.parametrize(
    ("moves", "words"),
    [
        ({"kind": TARGETS[2]}, "Cross-entropy 1.074 = floor 0.6365 + distance 0.4378. Slopes −0.001, 0.245, −0.243"),
        ({"temperature": 10}, "p = 0.367, 0.332, 0.301"),
    ],
)
def test_what_the_lecture_says_of_its_widget_is_reached_by_hand(game, moves, words):
    assert words in by_hand(game, **moves)


def test_a_shift_of_all_scores_changes_nothing(game):
    before, said = game.picture, game.sentence
    game.buttons[0].click()
    assert game.values["first"] == 3 and game.picture == before and game.sentence == said


def test_steps_downhill_end_at_the_floor_of_the_loss(game, unrendered):
    game.set(kind=TARGETS[2])
    for _ in range(30):
        game.buttons[1].click()
    assert "= floor 0.6365 + distance 0.00" in game.sentence


# The exercise --------------------------------------------------------------------------------------------------------


def test_log_shares_are_those_of_the_classes_that_are_left():
    z = rng(0).normal(0, 3, (20, 5))
    allowed = np.ones((20, 5), dtype=bool)
    allowed[:, 3] = False
    mine = references.log_shares(z, allowed)
    np.testing.assert_allclose(np.exp(np.delete(mine, 3, axis=1)), softmax(np.delete(z, 3, axis=1)), rtol=1e-12)
    assert (mine[:, 3] == -np.inf).all()


@pytest.mark.parametrize("T", [0.4, 1.0, 3.0])
def test_the_slope_in_the_temperature_is_what_differences_say(T):
    z, q = rng(1).normal(0, 2, (12, 4)), rng(2).dirichlet([1.0] * 4, 12)
    by_differences = (LOSS(z / (T + 1e-6), q) - LOSS(z / (T - 1e-6), q)) / 2e-6
    assert references.temperature_slope(z, q, T) == pytest.approx(by_differences, rel=1e-6)


@pytest.mark.parametrize("K", [2, 3, 10])
def test_the_predicted_losses_are_those_of_scores_and_targets(K):
    one, predicted = np.eye(1, K), references.predicted_loss
    wrong = np.full((1, K), 0.3 / (K - 1))
    wrong[0, 0] = 0.7
    smoothed = 0.7 * one + 0.3 / K
    first = np.full((1, K), 0.4 / (K - 1))
    first[0, 0] = 0.6
    assert predicted("equal", K) == pytest.approx(LOSS(np.zeros((1, K)), [0]))
    assert predicted("ahead", K, 2.5) == pytest.approx(LOSS(2.5 * one, [0]))
    assert predicted("behind", K, 2.5) == pytest.approx(LOSS(2.5 * one, [1]))
    assert predicted("one of a", K, 2) == pytest.approx(LOSS(np.where(np.arange(K) < 2, 0, -np.inf)[None], [0]))
    assert predicted("wrong labels", K, 0.3) == pytest.approx(CategoricalCrossEntropy()(wrong, wrong))
    assert predicted("smoothed", K, 0.3) == pytest.approx(CategoricalCrossEntropy()(smoothed, smoothed))
    assert predicted("twice", K, 0.6) == pytest.approx(LOSS(first, [0]))
    assert predicted("twice", K, 1.0) == pytest.approx(np.log(1 + (K - 1) / np.e))


def test_all_ten_answers_of_the_fault_are_asked_for():
    one = practice.task("fault_of_loss")
    calls = [case for check in one.checks for case in check.draw(rng(1))]
    assert {one.reference(**case) for case in calls} == set(inputs.MADE) and len(inputs.MADE) == 10


@pytest.mark.parametrize("seed", range(5))
def test_the_suspects_of_600_digits_hold_most_of_twenty_wrong_labels_and_propose_the_right_class(seed):
    inputs_, y, wrong = inputs.flipped(rng(seed), 600)
    fold = rng(50 + seed).permutation(600) % 5
    rows, classes = references.suspects(inputs_, y, fold, 10, 20).T
    assert np.isin(rows, wrong).sum() >= 14


# Wrong functions beside the typical mistakes: code, or what is changed in the reference ------------------------------

KEPT, SHIFT = "np.where(allowed, z, -np.inf)", "kept - np.max(kept, axis=1, keepdims=True)"
LOGS = "kept - np.log(np.sum(np.exp(kept), axis=1, keepdims=True))"
WARM, EACH, SLOPE = "- np.max(z, axis=1, keepdims=True)) / T)", "(q - p) * z, axis=1)", "np.mean(each) / T**2"
AHEAD, BEHIND = "float(np.log1p((K - 1) * np.exp(-a)))", "float(a + np.log1p((K - 1) * np.exp(-a)))"
TWICE, WRONG, SMOOTH = "float(np.log(np.exp(a) + (K - 1) * np.exp(other)) - a)", "other = a / (K - 1)", "other = a / K"
ORDINARY = "[[2.0, 1.0, 0.0, -0.5], [0.5, -1.0, 1.5, 3.0], [0.3, 0.7, -2.0, 1.1]]"
LAST = 'return "right" if far > 999 else "cut off"'
STEP, SEEN = "W = W - rate * X[seen].T @ (p - q[seen]) / np.sum(seen)", "seen = ~new"
ROWS, OTHERS, RANKED = "np.argsort(-loss)[:k]", "np.where(q == 1, -np.inf, log_p)", "loss = -np.sum(q * log_p, axis=1)"
BOTH = "np.column_stack([rows, np.argmax(others[rows], axis=1)])"


def by_rows_without_a_mask(z, allowed):
    return np.log(softmax(np.asarray(z, float)))


def with_a_loop_and_a_clip(z, allowed):
    z = np.clip(np.asarray(z, float), -700, 700)
    e = np.where(np.asarray(allowed, bool), np.exp(z), 0)
    with np.errstate(divide="ignore"):
        return np.log(e / e.sum(axis=1, keepdims=True))


def always_right(f):
    return "right"


def of_one_row(f):
    got = f(np.array([[1.0, 0.0]]), np.array([0]))
    return {0.313: "right", 0.48: "softmax twice", 0.157: "all entries"}.get(round(got, 3), "columns")


def only_large_scores(f):
    got = f(np.array([[1e4, 0.0], [0.0, 1e4]]), np.array([0, 0]))
    return "right" if got == 5e3 else "total" if got == 1e4 else "overflow" if np.isnan(got) else "cut off"


def never_trained(X, y, fold, K, k, rate=1.0, steps=100):
    return np.column_stack([np.arange(k), (np.asarray(y)[:k] + 1) % K])


def nearest_mean(X, y, fold, K, k, rate=1.0, steps=100):
    X, y = np.asarray(X, float), np.asarray(y)
    means = np.array([X[y == c].mean(axis=0) if (y == c).any() else np.full(X.shape[1], 1e9) for c in range(K)])
    far = ((X[:, None] - means) ** 2).sum(axis=2)
    rows = np.argsort(-far[np.arange(len(y)), y])[:k]
    far[np.arange(len(y)), y] = np.inf
    return np.column_stack([rows, far[rows].argmin(axis=1)])


def by_difference(step):
    """Another answer for the slope: two losses, at temperatures that differ by this share."""

    def mean_loss(z, q, T):
        u = z / T - np.max(z / T, axis=1, keepdims=True)
        return np.mean(np.log(np.sum(np.exp(u), axis=1)) - np.sum(q * u, axis=1))

    def slope(z, q, T):
        z, q = np.asarray(z, float), np.asarray(q, float)
        return (mean_loss(z, q, T * (1 + step)) - mean_loss(z, q, T * (1 - step))) / (2 * step * T)

    return slope


ATTACKS = {
    "log_shares": [
        by_rows_without_a_mask,
        with_a_loop_and_a_clip,
        ((KEPT, "np.where(allowed, z, -1e4)"),),
        ((KEPT, "np.where(allowed, z, z.min() - 50)"),),
        ((KEPT, "np.where(allowed, z, np.nan)"),),
        ((KEPT, "np.where(allowed, np.clip(z, -1e3, 1e3), -np.inf)"),),
        ((KEPT, "np.where(allowed, z, -np.inf) if len(z) > 1 else z + 0.0"),),
        ((KEPT, "np.where(allowed[:1], z, -np.inf)"),),
        ((SHIFT, "kept - np.mean(kept, axis=1, keepdims=True, where=allowed)"),),
        ((SHIFT, "kept - np.min(kept, axis=1, keepdims=True, where=allowed, initial=np.inf)"),),
        ((SHIFT, "kept - kept[:1].max()"),),
        ((SHIFT, "kept - np.nan_to_num(np.max(z, axis=1, keepdims=True))"),),
        ((LOGS, f"np.maximum({LOGS}, -700)"),),
        ((LOGS, f"np.where(allowed, np.maximum({LOGS}, -50), -np.inf)"),),
        ((LOGS, f"np.where(allowed, {LOGS}, -1e300)"),),
        ((LOGS, f"np.where(allowed, {LOGS}, np.nan)"),),
        ((LOGS, "kept - np.log(1e-9 + np.sum(np.exp(kept), axis=1, keepdims=True))"),),
        ((LOGS, "kept - np.log(np.mean(np.exp(kept), axis=1, keepdims=True))"),),
        ((LOGS, f"np.round({LOGS}, 4)"),),
        ((LOGS, "kept - np.log(np.sum(np.exp(kept), axis=1, keepdims=True)) / 2"),),
        (("np.all(np.any(allowed, axis=1))", "True"),),
        (("np.all(np.any(allowed, axis=1))", "np.all(np.any(allowed, axis=0))"),),
        (('raise ValueError("log_shares: a row rules out every class")', "return None"),),
        (('raise ValueError("log_shares: a row rules out every class")', "raise IndexError"),),
    ],
    "temperature_slope": [
        by_difference(1e-3),
        by_difference(1e-4),
        by_difference(1e-5),
        by_difference(1e-6),
        lambda z, q, T: 0.0,
        ((WARM, "- np.max(z, axis=1, keepdims=True)) / max(T, 0.1))"),),
        ((WARM, "- np.max(z, axis=1, keepdims=True)) / min(T, 10.0))"),),
        ((WARM, "- np.max(z, axis=0)) / T)"),),
        ((WARM, "- np.mean(z, axis=1, keepdims=True)) / T)"),),
        ((WARM, "- z[:, :1]) / T)"),),
        ((EACH, "(np.round(q) - p) * z, axis=1)"),),
        ((EACH, "(q - p) * (z - np.max(z)), axis=0)"),),
        ((EACH, "(q - p) * np.abs(z), axis=1)"),),
        ((EACH, "np.abs(q - p) * z, axis=1)"),),
        ((EACH, "(q - p) * np.clip(z, -100, 100), axis=1)"),),
        ((EACH, "np.where(q == 0, 0, q - p) * z, axis=1)"),),
        ((EACH, "(q > 0) * (1 - p) * z, axis=1)"),),
        ((EACH, "(q - p) * z * p * (1 - p), axis=1)"),),
        ((SLOPE, "np.median(each) / T**2"),),
        ((SLOPE, "each[0] / T**2"),),
        ((SLOPE, "np.mean(each) / max(T, 1e-2) ** 2"),),
        ((SLOPE, "np.mean(each) / T**2 if T < 100 else 0.0"),),
        ((SLOPE, "np.mean(each) / (T**2 + 1e-9)"),),
        ((SLOPE, "np.mean(each) / T**1.9"),),
        ((SLOPE, "abs(np.mean(each)) / T**2"),),
        ((SLOPE, "np.sum(each) / max(len(z) - 1, 1) / T**2"),),
        (("e / np.sum(e, axis=1, keepdims=True)", "e / (np.sum(e, axis=1, keepdims=True) + 1e-3)"),),
        (("e / np.sum(e, axis=1, keepdims=True)", "e / np.sum(e)"),),
    ],
    "predicted_loss": [
        lambda what, K, a=0.0: float(np.log(K)),
        lambda what, K, a=0.0: {"equal": np.log(K), "one of a": np.log(max(a, 1))}.get(what, 0.0),
        (("float(np.log(K))", "float(np.log(min(K, 1000)))"),),
        (("float(np.log(K))", "float(np.log(K)) - 1e-3 * a"),),
        (("float(np.log(a))", "float(np.log(min(a, K - 1)))"),),
        (("float(np.log(a))", "float(np.log(a + 1e-3))"),),
        ((AHEAD, "float(np.log1p((K - 1) * np.exp(-a)))" + " if a < 10 else 0.1"),),
        ((AHEAD, "float((K - 1) * np.exp(-a))"),),
        ((AHEAD, "float(max(np.log(K) - a, 0))"),),
        ((AHEAD, "float(np.log1p((K - 1) * np.exp(-abs(a) / 2)))"),),
        ((BEHIND, "float(a + np.log1p((K - 1) * np.exp(-a))) if a < 700 else float('inf')"),),
        ((BEHIND, "float(min(a + np.log1p((K - 1) * np.exp(-a)), 27.6))"),),
        ((BEHIND, "float(a + np.log(K)) if a else float(np.log(K))"),),
        ((BEHIND, "float(a + np.log1p(2 * np.exp(-a)))"),),
        ((TWICE, "float(np.log1p((K - 1) / np.e))"),),
        ((TWICE, "float(np.log(np.exp(a) + (K - 1)) - a)"),),
        ((TWICE, "float(np.log(np.exp(a) + (K - 1) * np.exp(other)) - a) if a else float(np.log(K))"),),
        (
            (
                TWICE,
                "max(float(np.log(np.exp(a) + (K - 1) * np.exp(other)) - a), float(np.log1p((K - 1) / np.e)) + 0.01)",
            ),
        ),
        ((WRONG, "other = a / 9"),),
        ((SMOOTH, "other = a / max(K, 3)"),),
        ((SMOOTH, "other = a / (K + 1)"),),
        (("right = 1 - (K - 1) * other", "right = 1 - a"),),
        (("right = 1 - (K - 1) * other", "right = 1 - other"),),
        (("if share > 1e-12", "if share > 1e-3"),),
        (("if share > 1e-12", "if share > 1e-12 and a < 1"),),
        (("((1, right), (K - 1, other))", "((1, right), (K, other))"),),
    ],
    "fault_of_loss": [
        always_right,
        of_one_row,
        only_large_scores,
        ((ORDINARY, "[[0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0]]"),),
        ((ORDINARY, "[[2.0, 0.0, 0.0, 0.0], [0.0, 0.0, 2.0, 0.0], [0.0, 2.0, 0.0, 0.0]]"),),
        (("abs(got - value) < 1e-6", "abs(got - value) < 0.2 * abs(value)"),),
        (("abs(got - value) < 1e-6", "abs(got - value) < 2.0"),),
        (("abs(got - value) < 1e-6", "False"),),
        (("[[1000.0, 999.0, 998.0]]", "[[700.0, 699.0, 698.0]]"),),
        (("[[1000.0, 999.0, 998.0]]", "[[-10.0, -9.0, -8.0]]"),),
        (("[-3000.0, -3001.0, -3002.0]", "[-600.0, -601.0, -602.0]"),),
        (
            ("[-3000.0, -3001.0, -3002.0]", "[3000.0, 2999.0, 2998.0]"),
            ("[[2.0, 1.0, 0.0], ", "[[2998.0, 2999.0, 2997.0], "),
        ),
        (("[[1000.0, 0.0, 1.0]]", "[[600.0, 0.0, 1.0]]"), ("far > 999", "far > 599")),
        (("[[1000.0, 0.0, 1.0]]", "[[35.0, 0.0, 1.0]]"), ("far > 999", "far > 34.9")),
        ((LAST, 'return "right" if far > 50 else "cut off"'),),
        ((LAST, 'return "right" if far > 500 else "rounded"'),),
        ((LAST, 'return "cut off"'),),
        (("bool(np.isfinite(loss))", "bool(np.isnan(loss))"),),
        (("bool(np.isfinite(loss))", "not np.isnan(loss)"),),
        (('    if not survives[0]:\n        return "overflow"\n', ""),),
        (('    if not survives[1]:\n        return "one shift"\n', ""),),
        (('    if not survives[2]:\n        return "rounded"\n', ""),),
        (("np.mean(-log_p[rows, y - 1])", "np.mean(-log_p[rows, np.maximum(y - 1, 0)])"),),
        (("mean / 4", "mean / 3"),),
        (("mean * 3", "mean * 4"),),
        (("np.mean(-down[rows, y])", "np.mean(-np.log(p / p.sum(axis=0))[rows, y]) + 1e-3"),),
        (('formulas["columns"]', 'formulas["column"]'),),
    ],
    "suspects": [
        never_trained,
        nearest_mean,
        ((SEEN, "seen = np.ones(len(y), dtype=bool) if np.sum(new) > 4 else ~new"),),
        ((SEEN, "seen = ~new & (np.arange(len(y)) > 0)"),),
        (("new = fold == one", "new = fold == one if one != names[-1] else fold == names[0]"),),
        (("names = np.unique(fold)", "names = np.unique(fold)[:3]"),),
        (("names = np.unique(fold)", "names = np.arange(len(np.unique(fold)))"),),
        (("X[seen].T @ (p - q[seen])", "np.sign(X[seen].T @ (p - q[seen]))"),),
        ((STEP, STEP.replace("(p - q[seen])", "((p - q[seen]) * p * (1 - p))")),),
        ((STEP, f"{STEP}\n            W = 0.999 * W"),),
        ((STEP, f"{STEP}\n            W = W - W[:, :1]"), ("argmax(others[rows]", "argmin(others[rows]")),
        ((STEP, STEP.replace("rate * ", "min(rate, 0.6) * ")),),
        (("range(steps)", "range(min(steps, 50))"),),
        (("range(steps)", "range(max(steps, 10))"),),
        ((ROWS, "np.argsort(-loss)[: min(k, 10)]"),),
        ((ROWS, "np.argsort(-np.round(loss, 1), kind='stable')[:k]"),),
        ((ROWS, "np.flatnonzero(log_p.argmax(axis=1) != y)[:k]"),),
        ((ROWS, "np.argsort(loss)[::-1][: k - 1]"),),
        ((ROWS, "np.argsort(-loss)[:k] + 1"),),
        ((RANKED, "loss = np.minimum(-np.sum(q * log_p, axis=1), 30)"),),
        ((RANKED, "loss = -np.sum(q * log_p, axis=1) * (log_p.argmax(axis=1) != y)"),),
        ((RANKED, "loss = np.sum((np.exp(log_p) - q) ** 2, axis=1)"),),
        ((RANKED, "loss = -np.sum(q * log_p, axis=1) / np.log(2) + np.arange(len(y)) * 1e-2"),),
        ((OTHERS, "np.where(q == 1, -1.5, log_p)"),),
        ((OTHERS, "np.where(np.arange(K) == 0, -np.inf, log_p)"),),
        ((BOTH, "np.column_stack([rows, np.argmax(log_p[rows], axis=1)])"),),
        ((BOTH, "np.column_stack([rows, np.argmax(others[rows], axis=1) + 1])"),),
        ((BOTH, "np.column_stack([rows, (y[rows] + 1) % K])"),),
        (("np.arange(K)).astype(float)", "np.arange(K)).astype(float) * 0.999 + 0.001 / K"),),
        (("W = np.zeros((X.shape[1], K))", "W = np.ones((X.shape[1], K)) * np.arange(K)"),),
    ],
}


# What the tests of all figures and widgets take from here ------------------------------------------------------------

IMAGES = PIXELS[:7].reshape(-1, 8, 8)
GUESSES = np.full((3, 10), 0.01) + 0.9 * np.eye(10)[[0, 3, 8]]
COSTS = np.exp(-np.outer(np.arange(30) / 6, np.linspace(0.1, 2, 40))) * np.log(10)
FIGURES = {
    "guesses": lambda k=1: ch09.guesses(IMAGES[:3], GUESSES**k / (GUESSES**k).sum(axis=1, keepdims=True), [0, 1, 8]),
    "guesses, with a title": lambda k=1: ch09.guesses(IMAGES[:2], GUESSES[:2], [0, int(2 * k)], title="Two digits"),
    "gallery": lambda k=1: ch09.gallery(IMAGES, [f"label {n}: {n * k}\nit says 8" for n in range(7)], title="Seven"),
    "gallery, twelve": lambda k=1: ch09.gallery(
        np.repeat(IMAGES, 2, axis=0)[:12], [f"label {n}, says 8\nloss {4.9 * k:.1f}" for n in range(12)]
    ),
    "from_scores": lambda k=1: ch09.from_scores([2 * k, 1, 0], 0, ["label 4", "8", "9"]),
    "from_scores, five": lambda k=1: ch09.from_scores([-1.5, 4 * k, 0.3, -2, 0], 3),
    "ranked_losses": lambda k=1: ch09.ranked_losses(k * np.geomspace(9, 1e-4, 300), [0, 2, 3, 19, 40]),
    "losses_in_training": lambda k=1: ch09.losses_in_training(k * COSTS, [0, 1, 2]),
    "three_classes": lambda k=1: ch09.three_classes([2 * k, 1, 0], [1, 0, 0], names=("one", "other", "Republican")),
    "three_classes, digits": lambda k=1: ch09.three_classes([2 * k, 1, 0], [2 / 3, 0, 1 / 3], names=NAMES),
    "three_classes, shared and warm": lambda k=1: ch09.three_classes([-3, 8 * k, -0.5], [0, 0.25, 0.75], 2.5),
}

WIDGET = ch09.widget
CHANGE = ("three-guesses", "steps=200", "steps=5")
