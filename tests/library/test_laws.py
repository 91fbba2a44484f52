"""Laws over the whole catalogue: every loss obeys every one of them, and nobody can be forgotten."""

import dataclasses
import importlib
import pkgutil
import re

import numpy as np
import pytest
from matplotlib.mathtext import MathTextParser

from lossutils import CATALOGUE, Loss, checks, losses, param, rng
from lossutils.checks.meanings import MEANINGS, PROPERTIES
from lossutils.checks.refute import CLASSES_DRAWN, examples
from lossutils.engine.card import LIBRARIES, formulas, letter, sentences
from lossutils.engine.domain import CLASSES, LABEL, PROBABILITY
from lossutils.plot.texts import has_target_unit
from tests.library import losses as known
from tests.library.losses import SPECIAL

each_loss = pytest.mark.parametrize("loss", CATALOGUE, ids=lambda loss: type(loss).__name__)


@pytest.mark.parametrize("loss", CATALOGUE + SPECIAL, ids=repr)
@pytest.mark.parametrize("law", checks.ALL, ids=lambda law: law.__name__)
def test_no_law_refutes_a_loss(loss, law):
    law(loss, rng(1))


def final_losses():
    """Yield each loss that a file of lossutils/losses states."""
    for module in pkgutil.iter_modules(losses.__path__):
        for thing in vars(importlib.import_module(f"{losses.__name__}.{module.name}")).values():
            if isinstance(thing, type) and issubclass(thing, Loss) and thing is not Loss and "formula" in vars(thing):
                yield thing


def test_the_catalogue_holds_every_loss_once():
    listed = [type(loss).__name__ for loss in CATALOGUE]
    assert len(set(listed)) == len(listed), "lossutils/losses/catalogue.py holds a loss twice"
    for cls in final_losses():
        assert cls.__name__ in listed, (
            f"{cls.__name__} is in {cls.__module__} and not in the catalogue; write it into FAMILIES of "
            f"lossutils/losses/catalogue.py, where it is taught, with parameters that are no special case"
        )


def test_every_family_has_its_file_of_readings_and_every_file_its_family():
    families = {type(loss).__module__.rsplit(".", 1)[1] for loss in CATALOGUE}
    assert not set(known.FAMILIES) - families, "tests/library/losses has files that lossutils/losses has not"
    for loss in CATALOGUE:
        known.table(loss, "READINGS")


def test_what_the_tests_miss_about_a_loss_is_said_with_its_file_and_a_line_to_write():
    class Mine(Loss):
        chance = r"\log K"
        a: float = param(1.3)
        formula = Loss.formula

    Mine.__module__ = "lossutils.losses.overlap"
    with pytest.raises(AssertionError, match=r"READINGS of tests/library/losses/overlap.py .* from p, y and s.a:\n"):
        known.reading(Mine(), "e^2")
    with pytest.raises(
        AssertionError, match=r"CHANCES of tests/library/losses/overlap.py .*\n    r.*: lambda s, K: …,"
    ):
        known.chance(Mine())
    Mine.__module__ = "lossutils.losses.counts"
    with pytest.raises(AssertionError, match=r"there is no tests/library/losses/counts.py; write one"):
        known.reading(Mine(), "e^2")


def test_the_ends_of_a_parameter_are_those_that_a_person_can_reach():
    reached = {
        f"{type(loss).__name__}.{field.name}": known.ends(field)
        for loss in CATALOGUE
        for field in dataclasses.fields(loss)
    }
    assert reached["Huber.delta"] == [np.inf] and reached["EpsilonInsensitive.epsilon"] == [0.0]
    assert reached["GeneralizedCrossEntropy.q"] == [1.0] and reached["Cauchy.c"] == reached["Pinball.tau"] == []


@each_loss
def test_parameters_in_the_catalogue_are_no_special_case(loss):
    special = {0.0, 0.5, 1.0, 2.0}
    for name in (field.name for field in dataclasses.fields(loss)):
        value = getattr(loss, name)
        assert value is None or name == "gamma" or value not in special, (
            f"{loss!r}: {name} = {value} hides mistakes, such as a square that is missing; take another number in "
            f"lossutils/losses/catalogue.py, such as 1.3"
        )


@each_loss
def test_parameters_are_tried_at_their_ends(loss):
    tried = [special for special in (loss, *SPECIAL) if type(special) is type(loss)]
    for field in dataclasses.fields(loss):
        for end in known.ends(field):
            assert end in [getattr(special, field.name) for special in tried], (
                f"{loss!r}: no law tries {field.name} = {end:g}, which is legal; write into SPECIAL of "
                f"{known.place(loss)}\n    {type(loss).__name__}({field.name}={end:g}),"
            )


@each_loss
def test_drawn_examples_vary_and_hit_kinks_and_edges(loss):
    p, y = examples(loss, rng(3))
    assert len(p) >= 150 and len(np.unique(p)) > 60 and len(np.unique(y)) > (1 if loss.row_wise else 20)
    again, other = examples(loss, rng(3)), examples(loss, rng(4))
    assert np.array_equal(p, again[0]) and not np.array_equal(p, other[0][: len(p)])
    if not loss.row_wise and loss.prediction is loss.target:
        assert np.any(p == y)
    if loss.target is LABEL and not loss.row_wise:
        assert np.any(y == 0) and np.any(y == 1) and np.any((y > 0) & (y < 1))


@each_loss
def test_every_loss_says_what_a_card_needs(loss):
    for line in ("tex", "derivative_tex", "cite", "unit"):
        assert getattr(loss, line), (
            f"{loss!r}: its card has a line for `{line}`, which {type(loss).__name__} leaves out"
        )
    for claim in ("convex", "smooth", "bounded_influence"):
        assert getattr(loss, claim) is not None, (
            f"{loss!r}: {type(loss).__name__} claims neither True nor False: {claim}"
        )
    assert loss.states("derivative"), f"{loss!r}: derivative_tex is printed, so write `derivative`"
    written, printed = loss.states("second_derivative"), bool(loss.curvature_tex)
    assert written == printed, (
        f"{loss!r}: of `second_derivative` and `curvature_tex` only the {'first' if written else 'second'} is there"
    )
    assert loss.row_wise or loss.predicts in MEANINGS or loss.predicts in PROPERTIES, (
        f"{loss!r}: `predicts` is {loss.predicts!r}, which has no meaning yet; give it one in "
        f"lossutils/checks/meanings.py, or take one of {', '.join(map(repr, (*MEANINGS, *PROPERTIES)))}"
    )


def read(loss, what, tex, got, p, y):
    """Compare the code with a second reading of the printed formula on every example."""
    reading = known.reading(loss, tex)
    near = np.abs(p).reshape(len(p), -1).max(axis=1) <= 15
    for a, b, mine in zip(p[near].tolist(), y[near].tolist(), got[near], strict=True):
        second = np.array(reading(a, b, loss), float)
        size = 1e-9 * (np.abs(second) + 1e-3 * (1 + np.max(np.abs(a))))
        assert np.all(np.abs(mine - second) <= size), (
            f"{loss!r}: the {what} at p = {a}, y = {b} is {mine} in the code, but {second} as printed and read in "
            f"{known.place(loss)}"
        )


@pytest.mark.parametrize("loss", CATALOGUE + SPECIAL, ids=repr)
def test_printed_formula_is_what_the_code_computes(loss):
    p, y = examples(loss, rng(5), 300)
    read(loss, "formula", loss.tex, loss.formula(p, y), p, y)


@pytest.mark.parametrize("loss", CATALOGUE + SPECIAL, ids=repr)
def test_printed_derivative_is_what_the_code_computes(loss):
    p, y = examples(loss, rng(6), 300)
    with np.errstate(all="ignore"):
        slope = loss.derivative(p, y)
    read(loss, "derivative", loss.derivative_tex, slope, p, y)


@pytest.mark.parametrize("loss", CATALOGUE + SPECIAL, ids=repr)
def test_printed_curvature_is_what_the_code_computes(loss):
    if loss.curvature_tex:
        p, y = examples(loss, rng(7), 300)
        with np.errstate(all="ignore"):
            bend = loss.second_derivative(p, y)
        read(loss, "curvature", loss.curvature_tex, bend, p, y)


@pytest.mark.parametrize("family", known.FAMILIES)
def test_every_reading_is_of_a_printed_formula(family):
    mine = [loss for loss in CATALOGUE + SPECIAL if known.place(loss).endswith(f"/{family}.py")]
    printed = {
        tex for loss in mine for tex in (loss.tex, loss.derivative_tex, loss.curvature_tex, loss.chance, loss.link)
    }
    tables = [getattr(known.FAMILIES[family], name, {}) for name in ("READINGS", "CHANCES", "LINKS")]
    stale = [tex for table in tables for tex in table if tex not in printed]
    assert not stale, f"tests/library/losses/{family}.py reads what no card prints; delete or correct {stale}"


@pytest.mark.parametrize("loss", CATALOGUE + SPECIAL, ids=repr)
def test_loss_at_chance_level_is_as_printed(loss):
    if not loss.chance:
        return
    chance = known.chance(loss)
    if loss.row_wise:
        K = CLASSES_DRAWN
        even = np.full((K, K), 1 / K if loss.prediction is PROBABILITY else 0.0)
        assert loss(even, np.arange(K)) == pytest.approx(chance(loss, K), rel=1e-12)
    else:
        nothing = 0.5 if loss.prediction is PROBABILITY else 0.0
        assert loss(nothing, [0, 1]) == pytest.approx(chance(loss, 2), rel=1e-12)


@pytest.mark.parametrize("loss", CATALOGUE + SPECIAL, ids=repr)
def test_the_score_that_is_best_tells_the_probability_through_the_printed_link(loss):
    if not loss.proper or letter(loss) == "p":
        return
    link = known.link(loss)
    if loss.row_wise:
        shares = [0.2, 0.5, 0.3]
        assert link(loss.best_constant([0, 1, 2], shares).tolist()) == pytest.approx(shares, rel=1e-6)
    else:
        for share in (0.1, 0.35, 0.8):
            assert link(loss.best_constant([0, 1], [1 - share, share])) == pytest.approx(share, rel=1e-6)


@each_loss
def test_a_score_is_z_in_the_code_in_print_and_in_the_words_of_other_libraries(loss):
    """Who puts a probability where a score belongs takes a second sigmoid; so no card says p for a score."""
    own = letter(loss)
    assert own in ("p", "z")
    is_score = re.search(r"(?<![A-Za-z])z(?![A-Za-z])", loss.tex) is not None
    assert is_score == (own == "z"), f"{loss!r}: its formula prints {loss.tex}, and its code calls the prediction {own}"
    told = [*loss.elsewhere.values(), *re.findall("`([^`]*)`", "".join(loss.differs.values()))]
    other = {"p", "z"} - {own}
    for words in told:
        used = set(re.findall(r"(?<![\w.])[a-zA-Z_]\w*", words))
        assert not used & other, f"{loss!r}: its prediction is {own}, but its card says {words}"
    assert all(re.search(rf"\b{own}\b", words) for words in loss.elsewhere.values())
    assert f"`{loss!r}({own}, y)`" in loss._repr_markdown_()


@each_loss
def test_tex_renders_in_mathtext(loss):
    parser = MathTextParser("path")
    for tex in (loss.tex, loss.derivative_tex, loss.curvature_tex, loss.chance, loss.link):
        if tex:
            parser.parse(f"${tex}$")


@each_loss
def test_card_names_the_loss_its_formula_and_its_claims(loss):
    card = loss._repr_markdown_()
    assert loss.name in card and repr(loss) in card and formulas(loss.tex) in card
    assert ("not convex" in card) == (not loss.convex)


@each_loss
def test_card_tells_each_difference_on_a_line_of_its_own(loss):
    card = loss._repr_markdown_()
    unknown = {*loss.elsewhere, *loss.differs} - set(LIBRARIES)
    assert not unknown, f"no card has a row for {unknown}"
    for told in (loss.also, *loss.differs.values()):
        for sentence in sentences(told):
            assert sum(sentence == line.strip("|· ") for line in re.split(r"<br>|\n| \| ", card)) >= 1, sentence


@each_loss
def test_a_card_tells_of_its_own_words_first_so_that_it_is_clear_what_it_is(loss):
    for library, told in loss.differs.items():
        about_others = False
        for sentence in sentences(told):
            about_others |= sentence.startswith("`") or library not in loss.elsewhere
            assert not (about_others and re.match("its? ", sentence)), f"{loss!r}: which function is meant? {sentence}"


@pytest.mark.parametrize("loss", [loss for loss in CATALOGUE if loss.target is CLASSES], ids=repr)
def test_card_says_which_rows_are_refused(loss):
    row, refused = ("a row sums to 1", [[0.5, 0.2], [0.4, 0.6]])
    if loss.prediction is not PROBABILITY:
        row, refused = ("two or more rows that are all distributions are refused", [[0.5, 0.5], [0.4, 0.6]])
    assert row in loss._repr_markdown_()
    with pytest.raises(ValueError, match="sum to 1|is a probability distribution"):
        loss(refused, [0, 1])


SCALED = [
    dataclasses.replace(loss, **{field.name: scale})
    for loss in CATALOGUE
    for field in dataclasses.fields(loss)
    if has_target_unit(loss, field.name)
    for scale in (1e-5, 1e5)
]


@pytest.mark.parametrize("loss", SCALED, ids=repr)
def test_a_scale_may_be_tiny_or_huge(loss):
    """A ratio such as e/δ overflows before the loss does; parameters of everyday size don't show it."""
    checks.extremes(loss, rng(1))
    checks.derivative(loss, rng(1))
