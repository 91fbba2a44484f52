"""Laws over the whole catalogue: every loss obeys every one of them, and nobody can be forgotten."""

import dataclasses
import importlib
import pkgutil
import re

import numpy as np
import pytest
from matplotlib.mathtext import MathTextParser

import lossutils
from lossutils import CATALOGUE, Loss, checks, losses, rng
from lossutils.checks.meanings import MEANINGS, PROPERTIES
from lossutils.checks.refute import CLASSES_DRAWN, examples
from lossutils.engine.card import LIBRARIES, sentences
from lossutils.engine.domain import CLASSES, LABEL, PROBABILITY
from tests.proof.instances import SPECIAL
from tests.proof.readings import CHANCES, CURVATURES, DERIVATIVES, FORMULAS

each_loss = pytest.mark.parametrize("loss", CATALOGUE, ids=lambda loss: type(loss).__name__)


@pytest.mark.parametrize("loss", CATALOGUE + SPECIAL, ids=repr)
@pytest.mark.parametrize("law", checks.ALL, ids=lambda law: law.__name__)
def test_no_law_refutes_a_loss(loss, law):
    law(loss, rng(1))


def concrete_losses():
    for module in pkgutil.iter_modules(losses.__path__):
        for thing in vars(importlib.import_module(f"{losses.__name__}.{module.name}")).values():
            if isinstance(thing, type) and issubclass(thing, Loss) and thing is not Loss and "formula" in vars(thing):
                yield thing


def test_the_catalogue_holds_every_loss_once_and_the_package_names_them():
    listed = [type(loss) for loss in CATALOGUE]
    assert len(set(listed)) == len(listed)
    assert set(listed) == set(concrete_losses())
    assert all(getattr(lossutils, cls.__name__) is cls and cls.__name__ in lossutils.__all__ for cls in listed)


@each_loss
def test_parameters_in_the_catalogue_are_no_special_case(loss):
    special = {0.0, 0.5, 1.0, 2.0}
    for name in (field.name for field in dataclasses.fields(loss)):
        value = getattr(loss, name)
        assert value is None or name == "gamma" or value not in special, f"{loss!r}: {name} = {value} hides mistakes"


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
    assert loss.tex and loss.derivative_tex and loss.cite and loss.unit, f"{loss!r}: a card without its lines"
    assert None not in (loss.convex, loss.smooth, loss.bounded_influence)
    assert loss.states("derivative") and (bool(loss.curvature_tex) == loss.states("second_derivative"))
    if not loss.row_wise:
        assert loss.predicts in MEANINGS or loss.predicts in PROPERTIES


def read(loss, what, readings, tex, got, p, y):
    """Compare the code with a second reading of the printed formula on every example."""
    assert tex in readings, (
        f'{loss!r}: tests/proof/readings.py has no second reading of its {what}; add one for r"{tex}"'
    )
    near = np.abs(p).reshape(len(p), -1).max(axis=1) <= 15
    for a, b, mine in zip(p[near].tolist(), y[near].tolist(), got[near], strict=True):
        second = np.array(readings[tex](a, b, loss), float)
        size = 1e-9 * (np.abs(second) + 1e-3 * (1 + np.max(np.abs(a))))
        assert np.all(np.abs(mine - second) <= size), (
            f"{loss!r}: {what} at p = {a}, y = {b} is {mine}, printed {second}"
        )


@each_loss
def test_printed_formula_is_what_the_code_computes(loss):
    p, y = examples(loss, rng(5), 300)
    read(loss, "formula", FORMULAS, loss.tex, loss.formula(p, y), p, y)


@each_loss
def test_printed_derivative_is_what_the_code_computes(loss):
    p, y = examples(loss, rng(6), 300)
    with np.errstate(all="ignore"):
        slope = loss.derivative(p, y)
    read(loss, "derivative", DERIVATIVES, loss.derivative_tex, slope, p, y)


@each_loss
def test_printed_curvature_is_what_the_code_computes(loss):
    if loss.curvature_tex:
        p, y = examples(loss, rng(7), 300)
        with np.errstate(all="ignore"):
            bend = loss.second_derivative(p, y)
        read(loss, "curvature", CURVATURES, loss.curvature_tex, bend, p, y)


def test_every_reading_is_of_a_printed_formula():
    printed = {
        tex for loss in CATALOGUE + SPECIAL for tex in (loss.tex, loss.derivative_tex, loss.curvature_tex, loss.chance)
    }
    stale = [tex for table in (FORMULAS, DERIVATIVES, CURVATURES, CHANCES) for tex in table if tex not in printed]
    assert not stale, f"tests/proof/readings.py reads what no card prints: {stale}"


@pytest.mark.parametrize("loss", CATALOGUE + SPECIAL, ids=repr)
def test_loss_at_chance_level_is_as_printed(loss):
    if not loss.chance:
        return
    assert loss.chance in CHANCES, (
        f"{loss!r}: tests/proof/readings.py has no second reading of its chance level {loss.chance}"
    )
    if loss.row_wise:
        K = CLASSES_DRAWN
        even = np.full((K, K), 1 / K if loss.prediction is PROBABILITY else 0.0)
        assert loss(even, np.arange(K)) == pytest.approx(CHANCES[loss.chance](loss, K), rel=1e-12)
    else:
        nothing = 0.5 if loss.prediction is PROBABILITY else 0.0
        assert loss(nothing, [0, 1]) == pytest.approx(CHANCES[loss.chance](loss, 2), rel=1e-12)


@each_loss
def test_tex_renders_in_mathtext(loss):
    parser = MathTextParser("path")
    for tex in (loss.tex, loss.derivative_tex, loss.curvature_tex, loss.chance):
        if tex:
            parser.parse(f"${tex}$")


@each_loss
def test_card_names_the_loss_its_formula_and_its_claims(loss):
    card = loss._repr_markdown_()
    assert loss.name in card and repr(loss) in card and f"${loss.tex}$" in card
    assert ("not convex" in card) == (not loss.convex)


@each_loss
def test_card_tells_each_difference_on_a_line_of_its_own(loss):
    card = loss._repr_markdown_()
    unknown = {*loss.elsewhere, *loss.differs} - set(LIBRARIES)
    assert not unknown, f"no card has a row for {unknown}"
    for told in (loss.also, *loss.differs.values()):
        for sentence in sentences(told):
            assert sum(sentence == line.strip("|· ") for line in re.split(r"<br>|\n| \| ", card)) >= 1, sentence


@pytest.mark.parametrize("loss", [loss for loss in CATALOGUE if loss.target is CLASSES], ids=repr)
def test_card_says_which_rows_are_refused(loss):
    row, refused = ("a row sums to 1", [[0.5, 0.2], [0.4, 0.6]])
    if loss.prediction is not PROBABILITY:
        row, refused = ("two or more rows that are all distributions are refused", [[0.5, 0.5], [0.4, 0.6]])
    assert row in loss._repr_markdown_()
    with pytest.raises(ValueError, match="sum to 1|is a probability distribution"):
        loss(refused, [0, 1])
