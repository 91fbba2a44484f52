"""Words and symbols have one meaning in all lectures, and other libraries are quoted as the cards have them."""

import re

import pytest
import synthetic as made

from lossutils import CATALOGUE, Huber, Pinball, PoissonNLL, SquaredError, glossary
from tools.plumbing.pages import Page, paths, text_cells
from tools.rules import rules_for
from tools.rules.words import WORDS, filled, formulas, loss_of

RULES = {rule.__name__: rule for rule in WORDS}
LECTURES = {path.stem[:2]: Page.read(path) for path in paths("notebooks")}


@pytest.fixture
def page(tmp_path):
    return Page.read(made.write(tmp_path, "notebooks", "01_loss.ipynb", made.chapter()), tmp_path)


def says(page, text):
    next(cell for cell in page.nb.cells if cell.id == "look-for").source = text
    return page


FAULTS = [
    ("keeps_each_word_to_its_meaning", "A miss is dear."),
    ("keeps_each_word_to_its_meaning", "This is R's number."),
    ("keeps_each_word_to_its_meaning", "The slope of the regression line is 2."),
    ("keeps_each_word_to_its_meaning", "A Poisson rate of 3."),
    ("keeps_each_word_to_its_meaning", "The test score is 0.9."),
    ("uses_no_symbol_before_its_chapter", r"The rate $\eta$ is small."),
    ("uses_no_symbol_before_its_chapter", r"It is $\sigma(z)$."),
    ("says_in_other_libraries_what_a_card_says", "In PyTorch: `torch.nn.BCEWithLogitsLoss()(p, y)`"),
    ("says_in_other_libraries_what_a_card_says", "In PyTorch: `torch.nn.HuberLoss(beta=1)(p, y)`"),
    ("says_in_other_libraries_what_a_card_says", "In optax: `torch.nn.MSELoss()(p, y)`"),
    ("says_in_other_libraries_what_a_card_says", "Take care with `torch.nn.GaussianNLLLoss`."),
]
FINE = """The slope of the loss at $\\hat y$; in R software; `R's` and $R$; a score is what a model gives before
the link. In PyTorch: `torch.nn.HuberLoss(delta=1)(p, y)`; in code `dear`.
`torch.nn.SmoothL1Loss(beta=δ)` is another."""


@pytest.mark.parametrize(("name", "text"), FAULTS, ids=[text[:30] for _, text in FAULTS])
def test_a_rule_finds_the_planted_fault(page, name, text):
    assert list(RULES[name](says(page, text))) != []
    assert RULES[name] in rules_for(page)


def test_every_rule_has_a_planted_fault_and_finds_none_in_a_good_text(page):
    assert {name for name, _ in FAULTS} == set(RULES)
    assert [fault for rule in WORDS for fault in rule(says(page, FINE))] == []


def test_the_words_of_a_card_are_found_again_with_the_numbers_that_stand_for_its_parameters():
    assert loss_of("torch", "torch.nn.HuberLoss(delta=1)(p, y)") == Huber(delta=1)
    assert loss_of("torch", "torch.nn.HuberLoss(delta=δ)(p, y)") == Huber(delta=1.5)
    assert loss_of("torch", "torch.maximum(0.9 * (y - p), 0.1 * (p - y)).mean()") == Pinball(tau=0.9)
    assert loss_of("torch", "torch.maximum(0.9 * (y - p), 0.2 * (p - y)).mean()") is None
    assert loss_of("torch", "torch.nn.MSELoss()(p, y)") == SquaredError()
    assert loss_of("torch", "torch.nn.PoissonNLLLoss()(z, y)") == PoissonNLL()
    for loss in CATALOGUE:
        for library, words in loss.elsewhere.items():
            assert loss_of(library, words).elsewhere[library] == words


@pytest.mark.parametrize("words", ["f(2)(y)", "f(δ, y)", "f(y, 1", "f(δ)(p)", "g(δ)(y)", "f(None)(y)"])
def test_other_words_are_not_taken_for_those_of_a_card(words):
    assert filled("f(δ)(y)", "f(3)(y)") == {"δ": 3}
    assert filled("f(2 * δ)(y)", words) is None and (words == "f(2)(y)" or filled("f(δ)(y)", words) is None)


@pytest.mark.parametrize("symbol", [one for one in glossary.all_symbols() if one.chapter], ids=lambda one: one.tex)
def test_a_symbol_is_used_in_the_chapter_that_introduces_it(symbol):
    assert symbol.is_in(formulas(LECTURES[symbol.chapter])), f"lossutils/glossary.toml says that {symbol}"


@pytest.mark.parametrize("word", glossary.all_words(), ids=lambda one: one.word)
def test_a_word_is_used_in_the_chapter_that_introduces_it(word):
    prose = " ".join(cell.source for cell in text_cells(LECTURES[word.chapter].nb))
    assert re.search(rf"\b{word.word}", prose), f"lossutils/glossary.toml says that {word}"
