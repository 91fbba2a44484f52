"""Chapter 20: what its texts say beyond the checks in the lecture, its runs, its chooser, its exercise."""

import math
import warnings

import numpy as np
import pytest
from of_chapters import by_hand

from lossutils import CATALOGUE, Pinball, SoftmaxCrossEntropy, SquaredError, choose, data, practice, rng
from lossutils.chapters import ch20
from lossutils.chapters.ch20 import ends, inputs
from lossutils.chapters.ch20.both import SEEDS, SETTINGS, train_both
from lossutils.chapters.ch20.references import epochs_needed, log_variances, planted_fault
from lossutils.chapters.ch20.units import stored
from lossutils.chooser import Choice, every_choice
from lossutils.evaluation import stratified_folds
from lossutils.joint import Joint, Part
from lossutils.judge.judge import judge
from lossutils.models import Network
from lossutils.training import Adam, train
from tools.chooser import make_unit_runs

BIRDS = data.penguins()
SPECIES = BIRDS["species"]
NAMES = tuple(BIRDS.labels["species"].values())
MOST = np.bincount(SPECIES).max() / len(SPECIES)


@pytest.fixture
def folded(monkeypatch):
    told = []
    monkeypatch.setattr("lossutils.plot.folded.display", lambda thing: told.append(thing.data))
    return told


# The stored runs -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("setting", "seed"),
    [
        ("unit 100 g", 0),
        ("unit 1000 g", 4),
        ("grams, weight 1e-6", 1),
        ("grams, learnt from ln R", 2),
        ("standardised, learnt from 0", 3),
        ("centred grams", 1),
    ],
)
def test_a_stored_run_comes_out_again(setting, seed):
    species, mass = train_both(seed, **SETTINGS[setting])
    line = make_unit_runs.TABLE.read_text(encoding="utf-8").splitlines()[
        1 + list(SETTINGS).index(setting) * SEEDS + seed
    ]
    assert line.startswith(f'"{setting}",{seed},')
    assert (species, mass) == pytest.approx(ch20.runs()[setting][seed], rel=1e-4)


def test_every_setting_is_stored_with_every_seed():
    assert list(ch20.runs()) == list(SETTINGS) and all(runs.shape == (SEEDS, 2) for runs in ch20.runs().values())


def test_the_cliff_lies_where_the_texts_say():
    found = {name: rows[:, 0] for name, rows in ch20.runs().items()}
    assert min(found[f"unit {g} g"].min() for g in (4000, 2000, 1000, 500, 300)) > 0.96
    assert 1 - found["unit 100 g"].max() > 0.16 and 1 - found["unit 100 g"].min() < 0.24, "about a fifth"
    assert max(found[f"unit {g} g"].max() for g in (30, 10, 1)) <= MOST + 1e-6
    assert found["unit 200 g"].min() > 0.9 > found["unit 150 g"].min() and found["unit 150 g"].max() > 0.9


def test_centring_is_half_of_a_repair_and_ten_times_as_long_is_none(folded):
    runs = ch20.runs()
    assert runs["grams, 600 epochs"][:, 0].max() < 0.44 and runs["grams, 600 epochs"][:, 1].min() > 3000
    for name in ("centred grams", "centred grams, weight 1e-6", "centred grams, learnt from ln R"):
        assert runs[name][:, 1].min() > 700 and runs[name][:, 1].max() < 804, "hardly better than the mean"
    ch20.longer_training(runs)
    assert "| grams, 600 epochs | 0.417 to 0.438 | 3387 to 3388 |" in folded[0]


def test_in_good_units_weights_gain_next_to_nothing(folded):
    runs = ch20.runs()
    plain, learnt = runs["unit 1000 g"], runs["kilograms, learnt from 0"]
    assert learnt[:, 1].max() > plain[:, 1].min(), "the ranges overlap"
    assert np.max(learnt[:, 0] - plain[:, 0]) * 333 < 3
    weighted = np.array([runs[f"standardised, weight {w:g}"] for w in (0.1, 0.3, 3, 10)])
    assert np.ptp(weighted[..., 0]) < 0.01 and np.ptp(weighted[..., 1]) < 10
    ch20.other_uses(runs)
    assert "standardised, mass times 10" in folded[0]


def test_the_form_of_the_paper_has_its_best_s_at_the_logarithm_of_twice_the_loss(folded):
    for loss in (0.3, 1.0, 7.0):
        _, slopes, best, _ = log_variances(["classes"], [loss], [math.log(2 * loss)])
        assert slopes[0] == pytest.approx(0) and best[0] == pytest.approx(math.log(2 * loss))
    ch20.published_form()
    assert r"$\ln 2R$" in folded[0]


def test_each_task_alone_the_species_are_right_and_the_mass_in_grams_is_as_far_off():
    X = BIRDS.matrix("bill_length", "bill_depth", "flipper_length")
    mass, folds = BIRDS["mass"].astype(float), stratified_folds(SPECIES, 5, rng(0))
    for seed in range(5):
        named, weighed = np.empty(333), np.empty(333)
        for fold in range(5):
            learn, test = folds != fold, folds == fold
            Z = (X - X[learn].mean(axis=0)) / X[learn].std(axis=0)
            for outputs, loss, target in ((3, SoftmaxCrossEntropy(), SPECIES), (1, SquaredError(), mass)):
                random = rng(10 * seed + fold)
                model = Network([3, 16, outputs], random)
                train(model, loss, Z[learn], target[learn], Adam(0.01), 60, 32, random)
                if outputs == 3:
                    named[test] = model.forward(Z[test]).argmax(axis=1)
                else:
                    weighed[test] = model.forward(Z[test])
        assert np.mean(named == SPECIES) > 0.98
        assert 4170 < np.sqrt(np.mean((weighed - mass) ** 2)) < 4180


def test_the_library_has_as_many_losses_as_the_lecture_says():
    assert len(CATALOGUE) == 36


# Learnt weights ------------------------------------------------------------------------------------------------------


def test_learnt_weights_have_the_value_and_the_slopes_of_the_formula_and_step_after_it():
    both = Joint(Part(SoftmaxCrossEntropy(), slice(0, 3), target=0), Part(SquaredError(), 3, target=1, weight=2.0))
    z, target = rng(0).normal(size=(5, 4)), np.column_stack([[0, 1, 2, 1, 0], rng(1).normal(size=5)])
    first, second = both.each_part(z, target)
    loss = ch20.LearntWeights(both, [0.5, -1.0])
    value, slopes = loss.value_and_grad(z, target)
    assert value == pytest.approx((math.exp(-0.5) * first + 0.5 + math.exp(1) * 2 * second - 1) / 2)
    step = 1e-6 * rng(2).normal(size=z.shape)
    ahead, behind = (ch20.LearntWeights(both, [0.5, -1.0]).value_and_grad(z + d, target)[0] for d in (step, -step))
    assert ahead - behind == pytest.approx(2 * np.sum(slopes * step), rel=1e-6)
    wanted, adam = np.array([0.5, -1.0]), Adam(0.01)
    adam.step(wanted, np.array([1 - math.exp(-0.5) * first, 1 - math.exp(1) * 2 * second]) / 2)
    assert loss.s == pytest.approx(wanted)
    for _ in range(3000):
        loss.value_and_grad(z, target)
    assert loss.s == pytest.approx(np.log([first, 2 * second]), abs=0.02)


def test_learnt_weights_want_one_start_a_part():
    with pytest.raises(ValueError, match=r"start has shape \(2,\), but there are 1 parts"):
        ch20.LearntWeights(Joint(Part(SquaredError(), 0)), [0, 0])


# The chooser ---------------------------------------------------------------------------------------------------------


def press(made, text):
    """Press the button with this text, which must be on show."""
    (button,) = [one for one in made.answers if one.description == text and one.layout.display != "none"]
    button.click()


@pytest.mark.parametrize("choice", every_choice(), ids=lambda choice: choice.name)
def test_every_end_can_be_pressed_to_and_shows_its_page(choice):
    made = ch20.chooser()
    for answer in choice.path:
        press(made, answer)
    assert repr(made.place) == repr(choose(*choice.path)) == repr(choice) and made.path == choice.path
    page = made.page
    assert choice.reason.split("`")[0].replace("'", "&#x27;") in page and "<strong>Beware:</strong>" in page
    assert choice.judge.split("`")[0].replace("'", "&#x27;") in page
    assert not any(button.description for button in made.answers), "nothing is left to press"
    assert page.count("<code") >= len(choice.losses) + sum(name in ("torch", "keras", "optax") for name in choice.lines)
    for _ in choice.path:
        made.back.click()
    assert made.path == () and made.back.disabled and made.again.disabled


def test_the_chooser_begins_again_and_says_where_it_is():
    made = ch20.chooser()
    assert repr(made).startswith("chooser: What do you predict?") and "Shift + Enter" in made._hint.value
    press(made, "a number")
    assert "a number → How do the targets err?" in repr(made) and not made._hint.value
    assert 'aria-live="polite"' in made.page and "(noise)" in made.page
    press(made, "with a few gross slips")
    made.again.click()
    assert made.path == () and len([b for b in made.answers if b.description]) == 11


def test_the_tasks_of_explore_have_the_answers_that_are_folded():
    offers = [c.number for c in every_choice() if any(type(loss) is SquaredError for loss in c.losses)]
    assert offers == [1, 6, 20]
    wrong = [choose("yes or no", "some labels are wrong"), choose("one of several classes", "some labels are wrong")]
    assert all(isinstance(c, Choice) and c.number == 14 for c in wrong)
    ends = {}
    waiting = [()]
    while waiting:
        path = waiting.pop()
        place = choose(*path)
        if isinstance(place, Choice):
            ends.setdefault(place.number, set()).add(path[0])
        else:
            waiting += [(*path, answer) for answer in place.answers]
    assert [number for number, firsts in ends.items() if len(firsts) > 1] == [14]
    assert choose("a count").number == 7 and choose("a number", 1, 2).number == 4
    game = WIDGET()
    assert "0.943 to 0.952" in by_hand(game, unit=200) and "0.883 to 0.904" in by_hand(game, unit=150)
    assert "0.985 to 0.988" in by_hand(game, unit=1, standardised=True)


def test_the_table_has_the_twenty_ends(monkeypatch):
    shown = []
    monkeypatch.setattr(ends, "display", lambda bundle, raw: shown.append(bundle["text/markdown"]))
    ch20.every_end()
    lines = shown[0].splitlines()
    assert (
        len(lines) == 22 and "| 19 | several things at once | `SoftmaxCrossEntropy + SquaredError`<br>each" in lines[20]
    )


# What the texts say --------------------------------------------------------------------------------------------------


def test_the_five_faults_raise_no_warning():
    from tools.plumbing.pages import code_cells, paths, read

    (path,) = [path for path in paths("notebooks") if path.name.startswith("20_")]
    cells = {cell.id: cell.source for cell in code_cells(read(path))}
    space = {"np": np, "plot": type("plot", (), {"table": staticmethod(lambda *_: None)}), "mass": BIRDS["mass"] * 1.0}
    A = np.column_stack([np.ones(333), BIRDS["flipper_length"]])
    space["predicted"] = A @ np.linalg.lstsq(A, space["mass"], rcond=None)[0]
    with warnings.catch_warnings(action="error"):
        exec(cells["bugs"], space)
    assert len(space["bugs"]) == 5


def test_adam_divides_a_constant_factor_out_of_an_output_s_own_weights():
    slopes = rng(3).normal(size=(50, 7))
    ends = []
    for factor in (1.0, 1e-3, 1e3):
        weights, adam = np.zeros(7), Adam(0.01)
        for slope in slopes:
            adam.step(weights, factor * slope)
        ends.append(weights)
    assert np.allclose(ends[0], ends[1], rtol=1e-3) and np.allclose(ends[0], ends[2], rtol=1e-3)


def test_the_epochs_that_the_exercise_predicts_agree_with_the_stored_runs():
    """60 epochs reach the mass in units of 100 g and more, and not in 50 g and less."""
    for unit in (4000, 1000, 300, 200, 150, 100):
        assert epochs_needed(4207 / unit, 804 / unit, 266, 32, 16) <= 60
        assert ch20.runs()[f"unit {unit} g"][:, 1].max() < 804
    for unit in (50, 30, 10, 1):
        assert epochs_needed(4207 / unit, 804 / unit, 266, 32, 16) > 60
        assert ch20.runs()[f"unit {unit} g"][:, 1].min() > 804


def test_the_lunches_ask_for_three_quarters():
    demand = np.arange(1.0, 101)
    price = [np.sum(np.where(demand > c, 9 * (demand - c), 3 * (c - demand))) for c in demand]
    assert abs(demand[int(np.argmin(price))] - Pinball(tau=9 / (9 + 3)).best_constant(demand)) <= 0.5


def test_faults_are_told_apart_by_the_reference_whatever_it_is_given():
    assert {planted_fault(f) for f in inputs.MADE.values()} == set(inputs.MADE)


def test_the_library_may_not_answer():
    def by_learnt_weights(kinds, losses, s):
        return ch20.LearntWeights(Joint(Part(SquaredError(), 0)), s)

    verdict = judge(practice.task("log_variances"), by_learnt_weights, 1)
    assert "would answer the task" in verdict.sentence and verdict.points == 0


# Wrong functions beside the typical mistakes: code, or what is changed in the reference ------------------------------


def first_formula_for_all(kinds, losses, s):
    R, s = np.asarray(losses, float), np.asarray(s, float)
    value = 0.5 * np.sum(np.exp(-s) * R + s)
    return value, 0.5 * (1 - np.exp(-s) * R), np.log(R), 0.5 * np.sum(1 + np.log(R))


def slopes_by_differences(kinds, losses, s):
    s, h = np.asarray(s, float), 1e-5
    value, _, best, least = log_variances(kinds, losses, s)
    slopes = [
        (log_variances([k], [r], [t + h])[0] - log_variances([k], [r], [t - h])[0]) / (2 * h)
        for k, r, t in zip(kinds, losses, s, strict=True)
    ]
    return value, np.array(slopes), best, least


def by_a_grid(kinds, losses, s):
    value, slopes, _, _ = log_variances(kinds, losses, s)
    grid = np.linspace(-20, 20, 4001)
    totals = [[log_variances([k], [r], [t])[0] for t in grid] for k, r in zip(kinds, losses, strict=True)]
    return value, slopes, grid[np.argmin(totals, axis=1)], float(np.sum(np.min(totals, axis=1)))


def by_one_row(f):
    got = f(np.array([[3.0, 1.0, 0.0]]), np.array([1]), np.array([1.0]))
    right = math.log(math.e**3 + math.e + 1) - 1
    return "right" if abs(got - right) < 1e-9 else "classes" if abs(3 * got - right) < 1e-9 else "softmax twice"


def without_padding(f):
    z, y, mask = np.arange(24.0).reshape(8, 3) % 5, np.arange(8) % 3, np.ones(8)
    made = {name: inputs.MADE[name](z, y, mask) for name in inputs.MADE}
    return min(made, key=lambda name: abs(made[name] - f(z, y, mask)))


def near_zero_scores(f):
    z, y, mask = 0.1 * rng(0).normal(size=(7, 3)), np.arange(7) % 3, np.array([1.0, 0, 1, 1, 1, 0, 1])
    made = {name: round(inputs.MADE[name](z, y, mask), 3) for name in inputs.MADE}
    return min(made, key=lambda name: abs(made[name] - round(f(z, y, mask), 3)))


def nearest_total(y, columns, low, high, off):
    return int(np.argmin(np.abs(np.sum(columns, axis=0) - np.sum(y))))


def smallest_squared(y, columns, low, high, off):
    return int(np.argmin(np.mean((np.asarray(columns) - np.asarray(y)[:, np.newaxis]) ** 2, axis=0)))


def smallest_pinball_mean_price(y, columns, low, high, off):
    return int(np.argmin([Pinball(tau=low / (low + high))(c, y) for c in np.asarray(columns, float).T]))


VARIANCE, DEVIATION = '"variance": (0.5, 1, 0.5)', '"deviation": (0.5, 2, 1.0)'
ABSOLUTE, CLASSES = '"absolute": (1.0, 1, 1.0)', '"classes": (1.0, 1, 0.5)'
WEIGHED, VALUE = "c * np.exp(-m * s) * R", "np.sum(weighed + d * s)"
SLOPES, BEST, LEAST = "d - m * weighed", "np.log(m * c * R / d) / m", "np.sum(d / m + d * best)"
FARTHEST, CENTRED, STANDARD = "abs(mean) + 2 * sd", "farthest = 2 * sd\n", "farthest = 2.0"
STEPS, WAY, EPOCHS = "np.ceil(rows / batch)", "(neurons + 1) * rate * steps", "int(np.ceil(farthest / way))"
MEAN_SD = "targets[learn].mean(axis=0), targets[learn].std(axis=0)"
OUT, ERRORS = "mean + sd * np.asarray(outputs, dtype=float)", "(predictions - targets)[~learn]"
RMS, MATRIX = "np.sqrt(np.mean(errors**2, axis=0))", "targets = np.asarray(targets, dtype=float)"
COSTS, MISSED = "np.where(errors < 0, -low * errors, high * errors)", "np.abs(np.sum(errors, axis=0))"
ALLOWED, NONE = "missed <= off * np.sum(y)", "return int(np.argmin(missed))"
CHOSEN = "return int(np.argmin(np.where(allowed, costs, np.inf)))"
Z, FAR = "[[1.0, 2, -1], [0, 0.5, 3], [2, 0, 0], [-1, 1, 0], [0.3, 4, 2]]", "[[0.0, 300.0]]"
PICK = "min(values, key=lambda name: abs(values[name] - found))"
ATTACKS = {
    "log_variances": [
        first_formula_for_all,
        slopes_by_differences,
        by_a_grid,
        ((WEIGHED, "c * np.exp(-np.clip(m * s, -5, 5)) * R"),),
        ((WEIGHED, "c * np.exp(-m * s) * np.maximum(R, 1e-3)"),),
        ((WEIGHED, "c * np.exp(-m * s) * np.minimum(R, 1e6)"),),
        ((WEIGHED, "c * np.exp(-m * s) * np.round(R, 1)"),),
        ((WEIGHED, "c * np.exp(-s) * R"),),
        ((VALUE, "np.sum(weighed + s)"),),
        ((VALUE, "np.sum(weighed + d * np.abs(s))"),),
        ((VALUE, "(weighed + d * s)[0]"),),
        ((SLOPES, "np.abs(d - m * weighed)"),),
        ((SLOPES, "d - m * weighed / R"),),
        ((SLOPES, "(d - m * weighed) / len(R)"),),
        ((SLOPES, "1 - m * weighed"),),
        ((BEST, "np.log(c * R / d) / m"),),
        ((BEST, "np.log(m * R / d) / m"),),
        ((BEST, "np.log(m * c * R) / m"),),
        ((BEST, "np.maximum(np.log(m * c * R / d) / m, -8)"),),
        ((BEST, "np.round(np.log(m * c * R / d) / m, 4)"),),
        ((BEST, "s - (d - m * weighed)"),),
        ((BEST, "s + (m * weighed - d) / (m * m * weighed)"),),
        ((LEAST, "np.sum(d + d * best)"),),
        ((LEAST, "np.sum(0.5 + d * best)"),),
        ((LEAST, "np.sum(d / m)"),),
        ((LEAST, "np.sum(d / m + d * np.log(R) / m)"),),
        ((VARIANCE, '"variance": (0.5, 1, 1.0)'),),
        ((DEVIATION, '"deviation": (1.0, 2, 1.0)'),),
        ((ABSOLUTE, '"absolute": (1.0, 1, 0.5)'),),
        ((CLASSES, '"classes": (1.0, 1, 1.0)'),),
    ],
    "epochs_needed": [
        (("int(np.ceil(farthest / way))", "int(farthest / way) + 1"),),
        lambda mean, sd, rows, batch, neurons, rate=0.01, scale="raw", weight=1.0: 60,
        ((FARTHEST, "mean + 2 * sd"),),
        ((FARTHEST, "abs(mean + 2 * sd)"),),
        ((FARTHEST, "abs(mean) + 3 * sd"),),
        ((FARTHEST, "max(abs(mean), 2 * sd)"),),
        ((FARTHEST, "np.hypot(mean, 2 * sd)"),),
        ((CENTRED, "farthest = sd\n"),),
        ((CENTRED, "farthest = 2 * sd / abs(mean)\n"),),
        ((STANDARD, "farthest = 1.0"),),
        ((STANDARD, "farthest = abs(mean) / sd + 2"),),
        ((STANDARD, "farthest = 2.0 / sd"),),
        ((STEPS, "rows / batch"),),
        ((STEPS, "rows // batch + 1"),),
        ((STEPS, "max(rows // batch, 1)"),),
        ((STEPS, "round(rows / batch)"),),
        ((STEPS, "np.ceil(rows / 32)"),),
        ((WAY, "(neurons + 2) * rate * steps"),),
        ((WAY, "(neurons + 1) * 0.01 * steps"),),
        ((WAY, "(neurons + 1) * min(rate, 0.05) * steps"),),
        ((WAY, "(neurons + 1) * rate * steps * min(weight, 1)"),),
        ((WAY, "(neurons + 1) * rate * steps * max(weight, 1)"),),
        ((WAY, "(neurons + 1) * rate * steps * weight**0.5"),),
        ((WAY, "2 * (neurons + 1) * rate * steps"),),
        ((EPOCHS, "int(farthest / way) + 2"),),
        ((EPOCHS, "max(2, int(np.ceil(farthest / way)))"),),
        ((EPOCHS, "min(10000, int(np.ceil(farthest / way)))"),),
        ((EPOCHS, "farthest / way"),),
        (("int(np.ceil(farthest / way))", "int(np.ceil(farthest / way * steps))"),),
    ],
    "errors_in_units": [
        lambda outputs, targets, learn: np.std(np.asarray(targets)[~learn], axis=0),
        ((MEAN_SD, "targets[learn].mean(axis=0), targets[learn].std(axis=0) + 1e-8"),),
        ((MEAN_SD, "targets[learn].mean(axis=0), targets[~learn].std(axis=0)"),),
        ((MEAN_SD, "targets[~learn].mean(axis=0), targets[learn].std(axis=0)"),),
        ((MEAN_SD, "np.median(targets[learn], axis=0), targets[learn].std(axis=0)"),),
        ((MEAN_SD, "targets[learn].mean(axis=0), np.abs(targets[learn] - targets[learn].mean(axis=0)).mean(axis=0)"),),
        ((MEAN_SD, "targets[learn].mean(axis=0), targets[learn].std(axis=0).max()"),),
        ((MEAN_SD, "targets[learn].mean(axis=0), np.sqrt(np.mean(targets[learn] ** 2, axis=0))"),),
        ((OUT, "mean + sd * np.round(np.asarray(outputs, dtype=float), 1)"),),
        ((OUT, "mean + sd * np.clip(np.asarray(outputs, dtype=float), -1, 1)"),),
        ((OUT, "np.round(mean + sd * np.asarray(outputs, dtype=float))"),),
        ((OUT, "mean * np.asarray(outputs, dtype=float) + sd"),),
        ((ERRORS, "(predictions - targets)[len(targets) // 2 :]"),),
        ((ERRORS, "(predictions - targets)[~learn][1:]"),),
        ((RMS, "np.sqrt(np.sum(errors**2, axis=0) / len(targets))"),),
        ((RMS, "np.sqrt(np.sum(errors**2, axis=0) / max(1, len(errors) - 1))"),),
        ((RMS, "np.median(np.abs(errors), axis=0)"),),
        ((RMS, "np.abs(errors).max(axis=0)"),),
        ((RMS, "np.sqrt(np.mean(errors**2, axis=0)).astype(np.float32)"),),
        ((RMS, "np.sqrt(np.mean(errors**2, axis=1))[: targets.shape[1]]"),),
        ((MATRIX, "targets = np.asarray(targets, dtype=np.float32)"),),
    ],
    "planted_fault": [
        lambda f: "right",
        by_one_row,
        without_padding,
        near_zero_scores,
        ((Z, "[[0.0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0]]"),),
        ((Z, "[[1.0, 0, 0], [0, 1, 0], [0, 0, 1], [0, 1, 0], [1, 0, 0]]"), ("[:4]) / 3", "[:4]) / 4")),
        ((FAR, "[[300.0, 0.0]]"),),
        ((FAR, "[[0.0, 80.0]]"),),
        ((FAR, "[[300.0, 300.0]]"),),
        (('return "float32"', 'return "softmax twice"'),),
        (("np.array([1.0, 1, 0, 1, 1])", "np.ones(5)"),),
        (("np.array([1.0, 1, 0, 1, 1])", "np.zeros(5)"),),
        (("/ 3 + each[4]) / 2", "/ 4 + each[4]) / 2"), ("abs(values[name] - found))", "-abs(values[name] - found))")),
        (('["batch means"] = ', '["padding "] = '),),
        (
            ('["classes"] = values["right"] / 3', '["classes"] = values["right"] / 5'),
            ('["padding"] = ', '["padding "] = '),
        ),
        (('["softmax twice"] = np.sum(again * mask) / 4', '["softmax twice"] = 0.0'),),
        (('["all pairs"] = np.sum(each)', '["all pairs"] = np.inf'),),
        ((PICK, "max(values, key=lambda name: abs(values[name] - found))"),),
        ((PICK, "min(values, key=lambda name: abs(values[name] - round(found)))"),),
        ((PICK, 'min(values, key=lambda name: abs(values[name] - found)) if found < 2 else "all pairs"'),),
        ((PICK, 'min(values, key=lambda name: abs(values[name] - found)).replace("batch means", "right")'),),
    ],
    "choose_forecast": [
        nearest_total,
        smallest_squared,
        smallest_pinball_mean_price,
        lambda y, columns, low, high, off: 0,
        ((COSTS, "np.where(errors < 0, -errors, errors)"),),
        ((COSTS, "np.where(errors < 0, low, high) * np.abs(errors) ** 1.5"),),
        ((COSTS, "np.where(errors < 0, low, high)"),),
        ((COSTS, "np.where(errors < 0, -low * errors, 0)"),),
        ((COSTS, "np.where(errors < 0, 0, high * errors)"),),
        ((COSTS, "np.where(errors < 0, -max(low, high) * errors, min(low, high) * errors)"),),
        ((COSTS, "np.where(errors < 0, -int(low) * errors, int(high) * errors)"),),
        ((MISSED, "np.abs(np.mean(errors, axis=0))"),),
        ((MISSED, "np.max(np.abs(errors), axis=0)"),),
        ((MISSED, "np.abs(np.sum(errors[:-1], axis=0))"),),
        ((ALLOWED, "missed <= off"),),
        ((ALLOWED, "missed <= off * np.sum(y) + 1"),),
        ((ALLOWED, "missed <= off * np.max(y)"),),
        ((ALLOWED, "missed <= 2 * off * np.sum(y)"),),
        ((ALLOWED, "missed < off * np.sum(y) - 1e-9"),),
        ((ALLOWED, "missed <= np.sum(y)"),),
        ((NONE, "return 0"),),
        ((NONE, "return -1"),),
        ((NONE, "return int(np.argmax(missed))"),),
        ((CHOSEN, "return int(np.argmax(allowed))"),),
        ((CHOSEN, "return int(np.flatnonzero(allowed)[np.argmin(costs[: allowed.sum()])])"),),
        ((CHOSEN, "return int(np.argmin(costs[allowed]))"),),
        ((CHOSEN, "return int(np.argmin(np.where(allowed, costs, 1e3)))"), (NONE, "return int(np.argmin(costs))")),
        ((CHOSEN, "return int(np.argmin(np.where(allowed, costs - 1e-6 * np.arange(len(costs)), np.inf)))"),),
    ],
}


# What tests of all chapters ask for ---------------------------------------------------------------------------------

UNITS, FOUND, STANDARDISED = stored(ch20.runs())
FIGURES = {
    "two_answers": lambda k=1: ch20.two_answers(
        BIRDS["flipper_length"], k * BIRDS["mass"], SPECIES, NAMES, "length of a flipper (mm)"
    ),
    "neurons": lambda k=1: ch20.neurons(
        {
            "kilograms": np.tanh(k * rng(0).normal(size=(333, 16))),
            "grams": np.sign(rng(1).normal(size=16)) * np.ones((333, 16)),
        },
        SPECIES,
        NAMES,
    ),
    "by_unit": lambda k=1: ch20.by_unit(UNITS, FOUND * [1, k], STANDARDISED, MOST, 100),
}


def WIDGET():
    return ch20.widget(ch20.runs(), MOST)


MOVES = {"unit": 70, "standardised": True}
CHANGE = ("learn-both", "Adam(0.01)", "Adam(0.02)")
