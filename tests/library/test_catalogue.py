"""The cheat sheet made from the catalogue says what the losses say; that the catalogue is complete: test_laws.py."""

import itertools
import re

import pytest
from matplotlib.font_manager import FontProperties
from matplotlib.mathtext import MathTextParser

from lossutils import CATALOGUE, Barron, Focal, GeneralizedCrossEntropy, Hinge, Huber, SymmetricCrossEntropy
from lossutils.engine.card import formulas
from lossutils.losses import catalogue
from lossutils.plot import sheet
from lossutils.plot.paper import own_style
from lossutils.plot.sheet import cheat_sheet


@pytest.mark.parametrize("family", [*catalogue.FAMILIES, None])
def test_the_two_tables_have_a_row_a_loss_and_a_cell_a_column(family):
    losses = catalogue.FAMILIES[family] if family else CATALOGUE
    tables = [table.splitlines() for table in catalogue.table(losses)._repr_markdown_().split("\n\n")]
    assert [len(table) for table in tables] == [2 + len(losses)] * 2
    for table, columns in zip(tables, (1, 3), strict=True):
        for line in table:
            assert len(re.findall(r"(?<!\\)\|", line)) == columns + 1, line
    for loss, formula, claims in zip(losses, tables[0][2:], tables[1][2:], strict=True):
        assert f"`{type(loss).__name__}(" in formula and f"`{type(loss).__name__}`" in claims
        assert formulas(loss.tex) in formula and formulas(loss.derivative_tex) in formula


def said(loss):
    return catalogue.table([loss]).rows()[0].traits


def test_claims_are_said_in_words_and_those_of_the_parameters_are_not_settled():
    assert said(CATALOGUE[0]) == r"convex in $\hat{y}$, smooth, one sample can pull without limit"
    assert said(Huber()) == r"convex in $\hat{y}$, smooth, bounded influence for some parameters"
    assert said(Barron()).startswith(r"convex in $\hat{y}$ for some parameters, smooth, bounded")
    assert said(Focal()).endswith(r"proper through $p = \sigma(z)$ for some parameters")
    assert said(SymmetricCrossEntropy()).startswith(r"convex in $z$ for some parameters, smooth")


@pytest.mark.parametrize(
    ("loss", "said"),
    [
        (Focal(gamma=0), r", proper through $p = \sigma(z)$ |"),
        (Focal(gamma=0, alpha=0.5), r", proper through $p = \sigma(z)$ |"),
        (Focal(gamma=0, alpha=0.3), r"not proper through $p = \sigma(z)$ |"),
        (GeneralizedCrossEntropy(), r"not proper through $p = \mathrm{softmax}(z)$ |"),
        (Hinge(), "not proper |"),
        (SymmetricCrossEntropy(alpha=2, beta=0.5, A=-1), "| traits | convex in $z$"),
        (SymmetricCrossEntropy(alpha=0.1, beta=0.5, A=-1), "| traits | not convex in $z$"),
    ],
    ids=repr,
)
def test_a_card_says_what_holds_for_its_own_parameters(loss, said):
    assert said in loss._repr_markdown_()


@pytest.mark.parametrize("loss", CATALOGUE, ids=repr)
def test_whatever_is_convex_or_proper_says_in_what(loss):
    for words in (said(loss), loss._repr_markdown_()):
        assert re.search(r"convex in \$(\\hat\{y\}|p|z)\$", words)
        needs_a_link = loss.proper and catalogue.card.letter(loss) == "z"
        assert ("proper through" in words) or not needs_a_link


@pytest.mark.parametrize("loss", CATALOGUE, ids=repr)
def test_no_formula_is_too_wide_for_a_phone(loss):
    """A line breaks only between the parts of a formula; a phone has room for 300 dots or so."""
    for part in re.findall(r"\$([^$]*)\$", f"{formulas(loss.tex)} {formulas(loss.derivative_tex)}"):
        width = MathTextParser("path").parse(f"${part}$", dpi=72, prop=FontProperties(size=14)).width
        assert width <= 300, f"{part} is {width:.0f} dots wide; name a piece of it after a comma and \\quad"


def boxes(page):
    drawn = page.canvas.get_renderer()
    return [(text.get_text(), text.get_window_extent(drawn)) for text in page.texts]


def test_on_paper_nothing_leaves_the_page_or_lies_on_something_else():
    rows = catalogue.table().rows()
    for start in range(0, len(rows), sheet.ON_A_PAGE):
        with own_style():
            page = sheet._sheet(rows[start : start + sheet.ON_A_PAGE], sheet.HEIGHT)
            found = boxes(page)
        for text, box in found:
            assert page.bbox.x0 <= box.x0 and box.x1 <= page.bbox.x1 - 10, text
            assert page.bbox.y0 <= box.y0 and box.y1 <= page.bbox.y1, text
        for (one, a), (other, b) in itertools.combinations(found, 2):
            high = min(a.y1, b.y1) - max(a.y0, b.y0)
            wide = min(a.x1, b.x1) - max(a.x0, b.x0)
            assert wide <= 1 or high <= 3, f"{one} and {other} share {high:.0f} dots"


def test_the_printed_sheet_is_the_same_each_time_and_has_all_losses(tmp_path):
    pages = []
    for name in ("a.pdf", "b.pdf"):
        cheat_sheet(catalogue.table(), tmp_path / name)
        pages.append((tmp_path / name).read_bytes())
    assert pages[0] == pages[1] and pages[0].startswith(b"%PDF")
    assert len(re.findall(rb"/Type /Page\b", pages[0])) == -(-len(CATALOGUE) // sheet.ON_A_PAGE)


def test_without_a_path_the_sheet_is_shown_with_its_words(capsys):
    cheat_sheet(catalogue.table(catalogue.FAMILIES["robust"]))
    assert "the losses from Cauchy to Barron, as on paper" in capsys.readouterr().out
