"""The chooser: every end can be reached, says something true, and quotes numbers that can be computed again."""

import math
import re
import string

import numpy as np
import pytest

from lossutils import CATALOGUE, GammaNLL, choose, rng
from lossutils.chooser import Choice, Question, every_choice
from lossutils.chooser.tree import Number, Range, leaves, numbers, questions
from tools.chooser import course_numbers, make_numbers

every_leaf = pytest.mark.parametrize("choice", every_choice(), ids=lambda choice: choice.name)
QUOTED = {
    field
    for leaf in leaves().values()
    for text in (leaf["reason"], leaf["counter"])
    for _, field, _, _ in string.Formatter().parse(text)
    if field
}


def test_twenty_ends_and_every_one_can_be_reached():
    assert [choice.number for choice in every_choice()] == list(range(1, 21))
    assert {choice.name for choice in every_choice()} == set(leaves())


def test_every_answer_leads_somewhere_and_every_question_is_asked():
    targets = [to for question in questions().values() for _, to in question["answers"]]
    assert set(targets) | {"task"} == set(questions()) | set(leaves())
    assert {question["about"] for question in questions().values()} == {"task", "noise", "cost"}


def test_the_first_question_is_about_the_task_and_tells_how_to_answer():
    first = choose()
    assert isinstance(first, Question) and first.about == "task" and len(first.answers) == 11
    assert "choose('a mask')" in first._repr_markdown_()
    assert "choose('a number', 'with many gross slips')" in choose("a number")._repr_markdown_()


def test_an_answer_is_a_text_its_beginning_or_its_number():
    by_text = choose("yes or no", "nearly all labels are right", "one kind of mistake costs more")
    assert by_text == choose(6, 1, 2) == choose("Yes", "nearly", "one kind") == choose("6", np.int64(1), "kind of")
    assert by_text.path == ("yes or no", "nearly all labels are right", "one kind of mistake costs more")


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        (("a cat",), "'a cat' answers nothing. What do you predict"),
        (("a",), "'a' fits more than one answer"),
        (("with",), "answers nothing"),
        (("",), "answers nothing"),
        ((0,), "0 answers nothing"),
        ((12,), "12 answers nothing"),
        ((True,), "True answers nothing"),
        (("a count", "often"), "nothing is left to ask"),
    ],
)
def test_what_answers_nothing_is_refused(answers, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        choose(*answers)


@every_leaf
def test_a_choice_says_what_why_and_what_against_it(choice):
    assert isinstance(choice, Choice) and choice.losses
    assert len(choice.reason) > 40 and len(choice.counter) > 60 and choice.judge
    assert re.search(r"\d", choice.counter), "a case against it has its number"
    page = choice._repr_markdown_()
    assert all(text in page for text in (choice.reason, choice.counter, choice.judge, *choice.lines.values()))
    assert not re.search(r"[{}]", choice.reason + choice.counter)


@every_leaf
def test_its_losses_are_there_and_know_other_libraries(choice):
    of_catalogue = {type(loss) for loss in CATALOGUE}
    joint = [loss for loss in choice.losses if type(loss) not in of_catalogue]
    assert all(hasattr(loss, "value_and_grad") for loss in choice.losses)
    assert not joint or leaves()[choice.name].get("lines"), "no card has the words of other libraries for it"


def test_every_quoted_number_is_stored():
    assert len(QUOTED) > 30 and set(numbers()) >= QUOTED


@pytest.mark.parametrize("compute", [*course_numbers.QUICK, course_numbers.slips], ids=lambda f: f.__name__)
def test_numbers_from_the_course_s_data_come_out_again(compute):
    for name, value in compute().items():
        assert float(value) == pytest.approx(numbers()[name], rel=1e-4, abs=1e-8), name


def test_a_seed_of_the_longer_runs_lies_in_the_stored_range():
    for found in (course_numbers.interval(seeds=1), course_numbers.units(seeds=1)):
        for name in {name.removesuffix("_low") for name in found if name.endswith("_low")}:
            stored = numbers()[name]
            assert stored.low - 1e-3 * abs(stored.low) <= found[f"{name}_low"] <= stored.high * (1 + 1e-3), name


def test_the_counter_examples_hold():
    n = numbers()
    assert n["copper_mean_moves"] > 50 * n["copper_median_moves"]
    assert n["slips_huber_low"] > n["slips_cauchy_high"], "at many slips"
    assert n["crowd_wrong"] > 10 * n["crowd_right"]
    assert n["interval_test_high"] < 0.6 < 0.8 < n["interval_train_low"]
    for what in ("visits", "dollars"):
        assert n[f"health_{what}_absolute_off"] < n[f"health_{what}_poisson_off"]
        assert n[f"health_{what}_absolute_missing"] > 40 > 5 > abs(n[f"health_{what}_poisson_missing"])
        assert n[f"health_{what}_log_missing"] > 35
    assert n["insurance_age"] < 0 < n["insurance_age_alone"]
    assert n["health_tweedie_spread_percent"] < 1
    assert n["crash_constant_early_low"] == 1 and n["crash_constant_late_high"] < 0.9
    assert n["crash_predicted_late_low"] < n["crash_constant_late_low"] < n["crash_predicted_late_high"]
    assert n["interval_early_test_low"] > 0.75
    assert n["units_species_grams_high"] < 146 / 333 + 1e-3 < 0.97 < n["units_species_kilograms_low"]
    assert n["outliers_flips_bounded_low"] > n["outliers_flips_logistic_high"]
    assert n["rare_weighted_low"] > 5 * n["rare_share"] and n["rare_plain_high"] < 1.15 * n["rare_share"]
    assert n["wrong_labels_random_cross_high"] < n["wrong_labels_random_bounded_low"]
    assert n["wrong_labels_next_bounded_high"] < 0.7
    assert n["outliers_flips_savage_low"] < n["outliers_flips_logistic_low"]
    assert n["outliers_flips_savage_high"] < n["outliers_flips_logistic_high"]
    assert n["outliers_far_savage_low"] > n["outliers_far_logistic_high"]
    for length in (10, 30):  # neither wins: the ranges overlap
        cross, dice = n[f"coins_cross_{length}"], n[f"coins_dice_{length}"]
        assert cross.low <= dice.high and dice.low <= cross.high
    assert n["units_species_grams_high"] < 0.5 < 0.98 < n["units_species_standardised_low"]
    with pytest.raises(ValueError):
        GammaNLL()(0.0, [0.0, 3.0])


def test_accuracy_has_no_slope_to_learn_from():
    scores, labels = rng(0).normal(size=1000), rng(1).randint(0, 2, 1000)
    assert np.mean((scores > 0) == labels) == np.mean((scores + 1e-9 > 0) == labels)


def test_how_numbers_print():
    assert f"{Number(-0.394):.2f}" == "−0.39" and f"{Number(1.5):+.2f}" == "+1.50"
    assert f"{Range(Number(0.2184), Number(0.2242)):.2f}" == "0.22"
    assert f"{Range(Number(0.417), Number(0.438)):.2f}" == "0.42 to 0.44"
    assert numbers()["two_right"] == pytest.approx(math.log(2), rel=1e-5)


def test_the_table_is_what_the_script_writes(tmp_path, monkeypatch):
    stored = make_numbers.TABLE.read_text(encoding="utf-8")
    rows = dict(line.split(",") for line in stored.splitlines()[1:])
    assert make_numbers.text(rows) == stored
    monkeypatch.setattr(make_numbers, "TABLE", tmp_path / "numbers.csv")
    monkeypatch.setattr(make_numbers, "found", lambda: rows)
    assert make_numbers.main([]) == 0 == make_numbers.main(["--check"])
    monkeypatch.setattr(make_numbers, "found", lambda: rows | {"two_right": "0.7"})
    assert make_numbers.main(["--check"]) == 1


# ---- other libraries, in the words that the chooser gives

WORDS = [
    (choice, library) for choice in every_choice() if leaves()[choice.name].get("lines") for library in choice.lines
]


def joint_batch(choice, n=7):
    random = rng(5)
    y = random.normal(size=n)
    if choice.name == "several":
        return random.normal(size=(n, 4)), np.column_stack([random.randint(0, 3, n), y])
    return random.normal(size=(n, 2)), y


@pytest.mark.oracle
@pytest.mark.parametrize(("choice", "library"), WORDS, ids=lambda part: getattr(part, "name", part))
def test_the_words_of_other_libraries_give_the_same_number(choice, library):
    import proof.oracles as oracles

    z, y = joint_batch(choice)
    names = {"z": z, "y": y}
    if library in ("torch", "keras"):
        torch = oracles.torch()
        names = {name: torch.tensor(value) for name, value in names.items()}
        names |= {"torch": torch, "keras": oracles.keras() if library == "keras" else None}
    elif library == "optax":
        import optax

        jax = oracles.jax()
        names = {name: jax.numpy.asarray(value) for name, value in names.items()} | {"optax": optax, "jax": jax}
    else:
        import sklearn.metrics

        names["sklearn"] = sklearn
    assert float(eval(choice.lines[library], names)) == pytest.approx(choice.losses[0](z, y), rel=1e-6)


@pytest.mark.oracle
@pytest.mark.parametrize("choice", [choice for choice in every_choice() if choice.estimator], ids=lambda c: c.name)
def test_the_models_of_scikit_learn_fit(choice):
    import numpy
    import sklearn.compose

    X = rng(0).normal(size=(200, 2))
    signal = X @ [1.0, -0.5]
    targets = {
        "yes": (signal + rng(1).normal(size=200) > 0).astype(int),
        "labels": np.column_stack([signal > 0, signal > -1]).astype(int),
        "classes": np.digitize(signal, [-0.5, 0.5]),
        "amount": np.exp(signal / 3 + rng(2).normal(0, 0.1, 200)),
        "number": signal + rng(3).normal(0, 0.1, 200),
    }
    kind = {
        "probability": "yes",
        "rare": "yes",
        "any-labels": "labels",
        "class": "classes",
        **dict.fromkeys(("count", "positive", "often-zero", "ratio", "total"), "amount"),
    }
    y = targets[kind.get(choice.name, "number")]
    predicted = eval(choice.estimator, {"sklearn": sklearn, "numpy": numpy}).fit(X, y).predict(X)
    assert predicted.shape == y.shape
    if choice.name not in ("probability", "rare", "class", "any-labels"):
        assert np.corrcoef(predicted, y)[0, 1] > 0.9
