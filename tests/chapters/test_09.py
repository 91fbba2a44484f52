"""Chapter 09: what PyTorch answers, Stata's digits, the floors, the planted labels, the figures and the widget."""

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
from lossutils.chapters.ch09 import inputs, tasks
from lossutils.chapters.ch09.simplex import memberships
from lossutils.chapters.ch09.sliders import TARGETS, target_of
from lossutils.numerics import softmax

LOSS = SoftmaxCrossEntropy()
NAMES = ("Democrat", "independent", "Republican")

# torch 2.13.0, float64, inputs.TORCH_SCORES and TORCH_LABELS: CrossEntropyLoss, each row and the mean, and the
# mean's gradient by automatic differentiation.
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


def test_library_and_references_answer_as_torch_did():
    z, y = inputs.TORCH_SCORES, inputs.TORCH_LABELS
    np.testing.assert_allclose(LOSS.each(z, y), TORCH_EACH, rtol=1e-14)
    for mine in (LOSS(z, y), tasks.softmax_ce(z, y)):
        assert mine == pytest.approx(np.mean(TORCH_EACH), rel=1e-14)
    for mine in (LOSS.grad(z, y), tasks.softmax_ce_grad(z, y)):
        np.testing.assert_allclose(mine, TORCH_GRADIENT, rtol=1e-12)
    for mine in (LOSS(z[:3], SOFT), tasks.softmax_ce(z[:3], SOFT)):
        assert mine == pytest.approx(TORCH_SOFT, rel=1e-14)


@pytest.mark.parametrize("epsilon", TORCH_SMOOTHED)
def test_smoothed_labels_cost_what_torch_and_keras_say(epsilon):
    rows = tasks.smooth_labels(inputs.TORCH_LABELS[:3], 3, epsilon)
    assert LOSS(inputs.TORCH_SCORES[:3], rows) == pytest.approx(TORCH_SMOOTHED[epsilon], rel=1e-14)


def test_divergences_are_torchs():
    p = softmax(inputs.TORCH_SCORES[:3])
    for mine in (KullbackLeibler().each(p, SOFT), tasks.kl(p, SOFT)):
        np.testing.assert_allclose(mine, TORCH_KL, rtol=1e-12)


# Real data -----------------------------------------------------------------------------------------------------------


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


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("n", [400, 600])
def test_the_reference_finds_sixteen_of_twenty_planted_labels(n, seed):
    X, y, wrong = inputs.flipped(rng(seed), n)
    assert np.isin(tasks.find_mislabelled(X, y, 20), wrong).sum() >= 16


def test_models_that_have_not_seen_the_row_find_as_many_as_the_exercise_says():
    digits, source = data.digits(), rng(9)
    X, y = np.column_stack([np.ones(1797), digits["pixels"] / 16]), digits["digit"].copy()
    wrong = source.choice(1797, 20, replace=False)
    y[wrong] = (y[wrong] + source.randint(1, 10, 20)) % 10
    cost, fold = np.zeros(1797), np.arange(1797) % 5
    for k in range(5):
        seen, W = fold != k, np.zeros((65, 10))
        for _ in range(100):
            W = W - X[seen].T @ LOSS.grad(X[seen] @ W, y[seen])
        cost[~seen] = LOSS.each(X[~seen] @ W, y[~seen])
    rows = np.argsort(-cost)
    assert [np.isin(rows[:k], wrong).sum() for k in (20, 30, 40)] == [15, 17, 17]
    found = tasks.find_mislabelled(X, y, 40)
    assert [np.isin(found[:k], wrong).sum() for k in (20, 30, 40)] == [16, 17, 17]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda X, y, k, *rest: np.sort(tasks.find_mislabelled(X, y, k, *rest)), "in the order of their numbers"),
        (lambda X, y, k, *rest: tasks.find_mislabelled(X[:, 1:], y, k, *rest), "the column of ones is left out"),
    ],
)
def test_a_search_that_goes_wrong_is_answered_by_name(wrong, says, capsys):
    practice.points("find_mislabelled", wrong)
    assert says in capsys.readouterr().out


def test_by_chance_nearly_none_is_found():
    X, y, wrong = inputs.flipped(rng(0), 600)
    assert np.isin(tasks.find_mislabelled(X, y, 20, steps=0), wrong).sum() <= 3


# What the exercise's texts compute by hand ---------------------------------------------------------------------------


def test_the_worked_numbers_of_the_exercise():
    z = np.array([[2.0, 1.0, 0.0]])
    for target, value, slopes in (
        ([0], 0.4076, [-0.3348, 0.2447, 0.09]),
        ([2], 2.4076, [0.6652, 0.2447, -0.91]),
        ([[0.5, 0.5, 0]], 0.9076, [0.1652, -0.2553, 0.09]),
    ):
        assert round(tasks.softmax_ce(z, target), 4) == value
        assert np.round(tasks.softmax_ce_grad(z, target), 4).tolist() == [slopes]
    assert tasks.smooth_labels([1], 3, 0.3)[0] == pytest.approx([0.1, 0.8, 0.1])
    p, q = [[0.9, 0.1], [0.5, 0.5], [0.5, 0.5], [1, 0]], [[0.5, 0.5], [0.9, 0.1], [1, 0], [1, 0]]
    assert np.round(tasks.kl(p, q), 4).tolist() == [0.5108, 0.3681, 0.6931, 0]
    with np.errstate(divide="ignore"):
        assert tasks.kl([[1, 0]], [[0.5, 0.5]])[0] == np.inf
    X, y = np.array([[1.0, 2], [1, 1], [1, -2]]), np.array([0, 1, 1])
    assert tasks.find_mislabelled(X, y, 1, 1.0, 1).tolist() == [1]
    W = -X.T @ LOSS.grad(np.zeros((3, 2)), y)
    lead = (X @ W)[:, 0] - (X @ W)[:, 1]
    assert lead == pytest.approx([5 / 3, 2 / 3, -7 / 3])
    assert np.round(LOSS.each(X @ W, y), 4).tolist() == [0.1730, 1.0810, 0.0926]


def test_the_mistake_of_smoothing_is_answered_by_name(capsys):
    practice.points("smooth_labels", lambda y, classes, epsilon: (1 - epsilon) * np.eye(classes)[y] + epsilon)
    assert "every class gets the whole epsilon" in capsys.readouterr().out


# The picture and the widget ------------------------------------------------------------------------------------------


def test_places_on_the_scale_have_the_memberships_of_the_text():
    assert memberships(0).tolist() == [1, 0, 0] and memberships(3).tolist() == [0, 1, 0]
    assert memberships(2) == pytest.approx([1 / 3, 2 / 3, 0])
    assert all(memberships(place).sum() == pytest.approx(1) for place in np.linspace(0, 6, 25))
    assert target_of(TARGETS[0], 2, 0.3).tolist() == [0, 1, 0]
    assert target_of(TARGETS[1], 2, 0.3) == pytest.approx([0.1, 0.8, 0.1])


@pytest.mark.parametrize("temperature", [0.3, 1.0, 4.0])
@pytest.mark.parametrize("place", [0, 2, 4.5])
def test_the_picture_shows_the_loss_of_the_library(temperature, place):
    z, q = np.array([2.0, -1.0, 0.5]), memberships(place)
    picture = ch09.ThreeClasses(NAMES).at(z, q, temperature)
    value, slopes = LOSS.value_and_grad(z[None] / temperature, q[None])
    assert picture.loss == pytest.approx(value, rel=1e-12)
    assert picture.slopes == pytest.approx(slopes[0] / temperature, rel=1e-12)
    assert picture.floor == pytest.approx(CategoricalCrossEntropy()(q[None], q[None]))
    assert [bar.get_height() for bar in picture._said] == pytest.approx(picture.p)
    assert picture.slopes.sum() == pytest.approx(0, abs=1e-12)


def test_downhill_ends_at_the_floor_of_a_fuzzy_target():
    picture = ch09.ThreeClasses(NAMES).at([2, 1, 0], memberships(2.5))
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
    widget.set(first=2, second=1, third=0, temperature=1, kind=TARGETS[0], place=0, epsilon=0.1)
    return widget


def test_the_widget_starts_with_the_scores_of_the_text(game):
    assert game.sentence == (
        "p = 0.665, 0.245, 0.090. Cross-entropy 0.4076 = floor 0 + distance 0.4076. "
        "Slopes −0.335, 0.245, 0.090: their sum is 0."
    )


SEEN = {"first": -3.0, "second": 4.0, "third": 1.0, "temperature": 3.0, "kind": TARGETS[1], "place": 6.0}
MOVES = SEEN | {"epsilon": 0.5}  # which is seen where the target is smoothed


@pytest.mark.parametrize(("name", "value"), SEEN.items())
def test_each_control_changes_picture_and_sentence(game, name, value):
    before, said = game.picture, game.sentence
    game.controls[name].value = value
    assert game.picture != before and game.sentence != said and game.picture.startswith(b"\x89PNG")


def test_epsilon_counts_where_the_target_is_smoothed(game):
    said = game.sentence
    game.set(epsilon=0.5)
    assert game.sentence == said
    game.set(kind=TARGETS[1])
    assert "floor 0.8676" in game.sentence


@pytest.mark.parametrize(
    ("moves", "words"),
    [
        (
            {"first": 2, "second": 1, "third": 0, "kind": TARGETS[2], "place": 2},
            "Cross-entropy 1.074 = floor 0.6365 + distance 0.4378. Slopes 0.332, −0.422, 0.090",
        ),
        ({"temperature": 10}, "p = "),
    ],
)
def test_what_the_lecture_says_of_its_widget_is_reached_by_hand(game, moves, words):
    assert words in by_hand(game, **moves)


def buttons(game):
    return game.buttons


def test_a_shift_of_all_scores_changes_nothing(game):
    before, said = game.picture, game.sentence
    buttons(game)[0].click()
    assert game.values["first"] == 3 and game.picture == before and game.sentence == said


def test_steps_downhill_end_at_the_floor_of_the_loss(game, unrendered):
    game.set(kind=TARGETS[2], place=2)
    for _ in range(30):
        buttons(game)[1].click()
    assert "= floor 0.6365 + distance 0.00" in game.sentence


# What the tests of all figures and widgets take from here ------------------------------------------------------------

IMAGES = data.digits()["pixels"][:7].reshape(-1, 8, 8)
GUESSES = np.full((3, 10), 0.01) + 0.9 * np.eye(10)[[0, 3, 8]]
FIGURES = {
    "guesses": lambda k=1: ch09.guesses(IMAGES[:3], GUESSES**k / (GUESSES**k).sum(axis=1, keepdims=True), [0, 1, 8]),
    "guesses, with a title": lambda k=1: ch09.guesses(IMAGES[:2], GUESSES[:2], [0, int(2 * k)], title="Two digits"),
    "gallery": lambda k=1: ch09.gallery(IMAGES, [f"label {n}: {n * k}\nit says 8" for n in range(7)], title="Seven"),
    "gallery, twelve": lambda k=1: ch09.gallery(
        np.repeat(IMAGES, 2, axis=0)[:12], [f"label {n}: {4.9 * k:.2f}\nit says 8" for n in range(12)]
    ),
    "three_classes": lambda k=1: ch09.three_classes([2 * k, 1, 0], [1, 0, 0], names=("one", "other", "Republican")),
    "three_classes, long names": lambda k=1: ch09.three_classes(
        [2 * k, 1, 0], [1 / 3, 2 / 3, 0], names=("Democrat", "independent", "Republican")
    ),
    "three_classes, fuzzy and warm": lambda k=1: ch09.three_classes([-3, 8 * k, -0.5], [0, 0.25, 0.75], 2.5),
}

WIDGET = ch09.widget
