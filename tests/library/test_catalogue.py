"""The cheat sheet made from the catalogue says what the losses say; that the catalogue is complete: test_laws.py."""

import re

import pytest

from lossutils import CATALOGUE, Barron, Huber
from lossutils.losses import catalogue
from lossutils.plot.sheet import cheat_sheet


@pytest.mark.parametrize("family", [*catalogue.FAMILIES, None])
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


def test_the_printed_page_is_one_page_and_the_same_each_time(tmp_path):
    table = catalogue.table(catalogue.FAMILIES["robust"])
    pages = []
    for name in ("a.pdf", "b.pdf"):
        cheat_sheet(table, tmp_path / name)
        pages.append((tmp_path / name).read_bytes())
    assert pages[0] == pages[1] and pages[0].startswith(b"%PDF")
    assert len(re.findall(rb"/Type /Page\b", pages[0])) == 1
