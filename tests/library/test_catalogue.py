"""The catalogue is complete and in order, and the cheat sheet made from it says what the losses say."""

import re

import pytest

import lossutils
from lossutils import CATALOGUE, Barron, Huber
from lossutils.losses import catalogue
from lossutils.plot.sheet import cheat_sheet

WANTED = {
    "regression": "SquaredError AbsoluteError Huber LogCosh Pinball Expectile EpsilonInsensitive "
    "AbsolutePercentageError SquaredLogarithmicError",
    "robust": "Cauchy GemanMcClure Welsch Tukey Barron",
    "likelihood": "GaussianNLL LaplaceNLL PoissonNLL GammaNLL TweedieNLL",
    "two classes": "BinaryCrossEntropy Brier LogisticLoss Hinge SquaredHinge Exponential Savage Focal",
    "several classes": "CategoricalCrossEntropy KullbackLeibler SoftmaxCrossEntropy SoftmaxFocal "
    "GeneralizedCrossEntropy SymmetricCrossEntropy",
    "overlap": "Dice Jaccard Tversky",
}


def test_the_families_hold_the_losses_of_the_course_in_teaching_order():
    names = {family: [type(loss).__name__ for loss in losses] for family, losses in catalogue.FAMILIES.items()}
    assert {family: " ".join(words) for family, words in names.items()} == WANTED and list(names) == list(WANTED)
    names = [type(loss).__name__ for loss in CATALOGUE]
    assert [name for name in lossutils.__all__ if name in names] == names


@pytest.mark.parametrize("family", [*WANTED, None])
def test_the_markdown_table_has_a_row_a_loss_and_a_cell_a_column(family):
    losses = catalogue.FAMILIES[family] if family else CATALOGUE
    head, rule, *rows = catalogue.table(losses)._repr_markdown_().splitlines()
    assert len(rows) == len(losses)
    for line in (head, rule, *rows):
        assert len(re.findall(r"(?<!\\)\|", line)) == 9, line
    for loss, row in zip(losses, rows, strict=True):
        assert f"`{type(loss).__name__}(" in row and f"${loss.tex}$" in row and f"${loss.derivative_tex}$" in row


def test_claims_are_said_in_words_and_those_of_the_parameters_are_not_settled():
    rows = {row[0]: row[3:] for row in catalogue.table([Huber(), Barron(), *CATALOGUE[:2]]).rows()}
    assert rows["SquaredError()"] == ("mean", "yes", "yes", "no", "")
    assert rows["Barron(alpha, c)"][1:] == ("depends", "yes", "depends", "")
    assert rows["AbsoluteError()"][2] == "no"


def test_the_latex_document_is_plain_and_its_braces_match():
    document = catalogue.table().tex()
    assert document.isascii() and document.count("{") == document.count("}")
    assert document.count("\\\\\n") == len(CATALOGUE)
    for loss in CATALOGUE:
        assert rf"\texttt{{{type(loss).__name__}(" in document


def test_the_printed_page_is_one_page_and_the_same_each_time(tmp_path):
    table = catalogue.table(catalogue.FAMILIES["robust"])
    pages = []
    for name in ("a.pdf", "b.pdf"):
        cheat_sheet(table, tmp_path / name)
        pages.append((tmp_path / name).read_bytes())
    assert pages[0] == pages[1] and pages[0].startswith(b"%PDF")
    assert len(re.findall(rb"/Type /Page\b", pages[0])) == 1
