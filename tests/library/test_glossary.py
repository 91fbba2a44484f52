"""The tables of symbols and words: all that a card prints is explained, and nothing twice."""

import re
from collections import Counter

import pytest

from lossutils import CATALOGUE, Focal, GeneralizedCrossEntropy, glossary
from lossutils.engine.card import NEXT

GREEK = {"alpha", "beta", "gamma", "delta", "tau", "varepsilon", "sigma", "rho", "eta", "lambda"}


def defined(tex):
    """What the formula itself explains after its commas: m, u, g, D, and the x of what is said of x."""
    for part in tex.split(NEXT)[1:]:
        yield from re.findall(r"(?:^|and\\; *)([a-zA-Z])", part.replace(r"\mathrm{and}\;", r"and\; "))
        yield from re.findall(r"^\\rho", part)


def symbols_of(tex):
    bare = re.sub(r"e\^", "", tex)
    greek = {f"\\{name}" for name in re.findall(r"\\([a-z]+)", bare) if name in GREEK}
    return greek | set(re.findall("[a-zA-Z]", glossary.DRESSED.sub(" ", bare)))


@pytest.mark.parametrize("loss", CATALOGUE, ids=repr)
def test_each_letter_of_a_printed_formula_is_in_the_table_or_explained_beside_it(loss):
    tex = f"{loss.tex}"
    for formula in (loss.tex, loss.derivative_tex):
        explained = {*defined(formula), *defined(tex), "j"}
        table = glossary.symbols_in([loss])
        known = {row[0].partition("<br>")[0].strip("$") for row in table.rows} | {r"\sigma", r"\pi"}
        missing = symbols_of(formula) - explained - known
        assert not missing, f"{formula}: write {missing} into lossutils/glossary.toml"


def test_a_letter_with_another_meaning_than_in_the_table_is_explained_beside_the_formula():
    assert {"q", "y"} <= set(defined(GeneralizedCrossEntropy().tex))  # in the table q is a membership
    assert r"\alpha_1 = \alpha,\; \alpha_0 = 1 - \alpha" in Focal().tex.split(NEXT)


def test_no_symbol_and_no_word_is_explained_twice():
    names = [one.tex for one in glossary.all_symbols()] + [one.word for one in glossary.all_words()]
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_they_stand_in_the_order_of_the_chapters():
    for entries in (glossary.all_symbols(), glossary.all_words()):
        chapters = [one.chapter or "99" for one in entries]
        assert chapters == sorted(chapters)


@pytest.mark.parametrize(
    "table", [glossary.symbols(), glossary.symbols_in(CATALOGUE), glossary.words()], ids=["all", "cards", "words"]
)
def test_a_notebook_shows_a_table_with_a_cell_a_column(table):
    lines = table._repr_markdown_().splitlines()
    assert len(lines) == 2 + len(table.rows) > 10 and repr(table) == f"<table of {len(table.rows)} lines>"
    assert {line.count("|") for line in lines} == {len(table.heads) + 1}


def test_a_long_table_can_be_folded_under_a_line():
    open_, folded = glossary.words(), glossary.words().folded("Words")
    text = folded._repr_markdown_()
    assert text.startswith("<details><summary>Words</summary>\n\n| word |") and text.endswith("|\n\n</details>")
    assert open_._repr_markdown_() in text and open_.rows == folded.rows


def test_a_letter_is_a_symbol_only_where_it_stands_alone():
    found = {one.tex: one for one in glossary.all_symbols()}
    assert found["y"].is_in(r"\frac{y}{2}") and not found["y"].is_in(r"\hat{y} + \bar y")
    assert found[r"\hat{y}"].is_in(r"\hat y") and not found["e"].is_in(r"\mathrm{share}\le 2")
    assert found[r"\tau"].is_in(r"\tau y") and not found[r"\eta"].is_in(r"\beta + \etab")
    assert found[r"\sigma(z)"].is_in(r"\sigma(2 z)") and not found[r"\sigma(z)"].is_in(r"\sigma^2")
