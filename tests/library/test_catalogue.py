"""The cheat sheet made from the catalogue says what the losses say; that the catalogue is complete: test_laws.py."""

import itertools
import re

import pytest
from matplotlib.font_manager import FontProperties
from matplotlib.mathtext import MathTextParser

from lossutils import (
    CATALOGUE,
    Barron,
    Focal,
    GeneralizedCrossEntropy,
    Hinge,
    Huber,
    Loss,
    SymmetricCrossEntropy,
    glossary,
)
from lossutils.engine.card import formulas
from lossutils.losses import catalogue
from lossutils.plot import sheet
from lossutils.plot.paper import own_style
from lossutils.plot.sheet import cheat_sheet
from tools.plumbing.pages import ROOT, read


@pytest.mark.parametrize("family", [*catalogue.FAMILIES, None])
def test_the_two_tables_have_a_row_a_loss_and_a_cell_a_column(family):
    losses = catalogue.FAMILIES[family] if family else CATALOGUE
    tables = [table.splitlines() for table in catalogue.table(losses)._repr_markdown_().split("\n\n")]
    assert [len(table) for table in tables] == [2 + len(losses)] * 2
    for table, columns in zip(tables, (1, 2), strict=True):
        for line in table:
            assert len(re.findall(r"(?<!\\)\|", line)) == columns + 1, line
    for loss, formula, claims in zip(losses, tables[0][2:], tables[1][2:], strict=True):
        assert f"`{type(loss).__name__}(" in formula and f"`{type(loss).__name__}`" in claims
        for tex in (loss.tex, loss.derivative_tex):
            assert formulas(catalogue.tall(tex)) in formula


@pytest.mark.parametrize("loss", CATALOGUE, ids=lambda loss: type(loss).__name__)
def test_a_tall_formula_is_the_same_formula(loss):
    for tex in (loss.tex, loss.derivative_tex):
        shown = catalogue.tall(tex)
        assert shown.replace(r"\vphantom{\Bigg/} ", "").replace(r"\dfrac", r"\frac") == tex
    assert catalogue.tall(r"\frac{1}{2} e^2, \quad u = \frac{a}{\frac{b}{c}}") == (
        r"\frac{1}{2} e^2, \quad u = \dfrac{a}{\frac{b}{c}}".replace("u =", r"\vphantom{\Bigg/} u =")
    )


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


@pytest.fixture(scope="module")
def pages():
    """All pages of the PDF, drawn, each as its figure and its texts with their places."""
    with own_style():
        blocks = sheet._blocks(catalogue.table().rows(), glossary.symbols_in(CATALOGUE), "Loss functions")
        drawn = [(page, page.canvas.get_renderer()) for page in sheet._pages(blocks)]
        return [
            (page, [(text.get_text(), text.get_window_extent(with_what)) for text in page.texts])
            for page, with_what in drawn
        ]


def test_on_paper_nothing_leaves_the_page_or_lies_on_something_else(pages):
    for page, found in pages:
        for text, box in found:
            assert page.bbox.x0 <= box.x0 and box.x1 <= page.bbox.x1 - 10, text
            assert page.bbox.y0 <= box.y0 and box.y1 <= page.bbox.y1, text
        for (one, a), (other, b) in itertools.combinations(found, 2):
            high = min(a.y1, b.y1) - max(a.y0, b.y0)
            wide = min(a.x1, b.x1) - max(a.x0, b.x0)
            assert wide <= 1 or high <= 3, f"{one} and {other} share {high:.0f} dots"


def test_on_paper_stand_a_title_the_families_all_losses_and_the_letters_in_order(pages):
    texts = [text for _, found in pages for text, _ in found]
    heads = ["Loss functions"]
    for family, losses in catalogue.FAMILIES.items():
        heads += [catalogue.TITLES[family], *(type(loss).__name__ for loss in losses)]
    places = [texts.index(words) for words in [*heads, "Letters", r"$\rho$"]]
    assert places == sorted(places)
    assert all(texts.count(name) == 1 for name in heads)
    for _, found in pages:
        assert found[-1][0] not in [*catalogue.TITLES.values(), "Letters"], "a name ends the page"


def test_on_paper_a_name_such_as_max_keeps_its_distance(pages):
    texts = [text for _, found in pages for text, _ in found]
    assert any(r"y\, \max(1 - z, 0)" in text for text in texts) and any(r"c\, \tanh" in text for text in texts)
    assert not [text for text in texts if re.search(r"[\w})] *\\(max|tanh)\b", text) and r"\," not in text]


def test_the_family_of_each_loss_has_a_title_and_a_loss_of_your_own_stands_among_the_others():
    class Own(Loss):
        formula = Loss.formula

    assert list(catalogue.TITLES) == list(catalogue.FAMILIES)
    assert [catalogue.title(losses[-1]) for losses in catalogue.FAMILIES.values()] == list(catalogue.TITLES.values())
    assert catalogue.title(Own()) == "Other losses"


def test_the_notebook_has_the_same_parts():
    nb = read(ROOT / "notebooks" / "cheat_sheet.ipynb")
    shown = re.findall(r"^## (.+)$", "\n".join(cell.source for cell in nb.cells), re.MULTILINE)
    assert [title for title in shown if title in catalogue.TITLES.values()] == list(catalogue.TITLES.values())
    tables = [cell.source for cell in nb.cells if cell.source.startswith("catalogue.table(")]
    assert tables == [f'catalogue.table(catalogue.FAMILIES["{family}"])' for family in catalogue.FAMILIES]


def test_the_printed_sheet_is_the_same_each_time_and_has_all_pages(tmp_path, pages):
    written = []
    for name in ("a.pdf", "b.pdf"):
        cheat_sheet(catalogue.table(), tmp_path / name, glossary.symbols_in(CATALOGUE))
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1] and written[0].startswith(b"%PDF")
    assert len(re.findall(rb"/Type /Page\b", written[0])) == len(pages)


def test_without_a_path_the_sheet_is_shown_with_its_words(capsys):
    cheat_sheet(catalogue.table(catalogue.FAMILIES["robust"]))
    assert "the losses from Cauchy to Barron, as on paper" in capsys.readouterr().out
