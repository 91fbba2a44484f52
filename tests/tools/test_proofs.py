"""The proofs of a lecture are folded and keep to themselves, and every rule about them finds its planted fault."""

import pytest
import synthetic as made

from tools import notebooks
from tools.plumbing import proofs
from tools.plumbing.claims import assertions
from tools.plumbing.normal_form import cleaned, written
from tools.plumbing.pages import ROOT, Page, paths
from tools.rules import rules_for
from tools.rules.proofs import PROOFS

RULES = {rule.__name__: rule for rule in PROOFS}
SENTENCE = 'with holds("The mean is 2."):\n    '


@pytest.fixture
def page(tmp_path):
    path = made.write(tmp_path, "notebooks", "01_loss.ipynb", made.chapter())
    return Page.read(path, tmp_path)


def cell(page, name="check-2"):
    return next(cell for cell in page.nb.cells if cell.id == name)


def source(text, name="check-2"):
    return lambda page: cell(page, name).update(source=text)


def metadata(**changes):
    return lambda page: cell(page).metadata.update(changes)


def outputs(*found):
    return lambda page: cell(page).update(outputs=list(found))


def printed(text):
    return outputs(made.new_output("stream", text=text))


def shares(name):
    """The check makes a name, in the given way, which the cell `picture` needs."""
    return lambda page: [source(SENTENCE + name)(page), source("def draw():\n    plot(c)", "picture")(page)]


FAULTS = [
    ("folds_its_proofs", metadata(cellView="code")),
    ("folds_its_proofs", metadata(jupyter={"source_hidden": False})),
    ("folds_its_proofs", metadata(jupyter={})),
    ("folds_its_proofs", metadata(tags=["check"])),
    ("folds_its_proofs", source(made.PROOF.format(2))),
    ("proves_under_a_sentence", source("assert 1")),
    ("proves_under_a_sentence", source(f"x = 1\n{SENTENCE}assert 1")),
    ("proves_under_a_sentence", source(f"{SENTENCE}assert 1\nx")),
    ("proves_under_a_sentence", source(f"{SENTENCE}import math\n    assert 1")),
    ("proves_under_a_sentence", source('with holds(f"The mean is {x}."):\n    assert 1')),
    ("proves_under_a_sentence", source('with holds("The mean is 2.") as proof:\n    assert 1')),
    ("prints_one_line_of_proof", outputs()),
    ("prints_one_line_of_proof", printed("✗ no longer so with your numbers: x is 1, not 2\n")),
    ("prints_one_line_of_proof", printed("✓ The mean is 2.\nand more\n")),
    ("prints_one_line_of_proof", outputs(*made.figure())),
    ("prints_one_line_of_proof", outputs(made.new_output("stream", text="✓ It is 2.\n"), made.result(2))),
    ("keeps_the_names_of_its_proofs_to_them", shares("c = 1")),
    ("keeps_the_names_of_its_proofs_to_them", shares("for c in x: pass")),
    ("keeps_the_names_of_its_proofs_to_them", shares("def c(): pass")),
    ("asserts_nothing_in_the_open", source("x = 1\nassert x", "picture")),
]


def test_the_synthetic_chapter_keeps_every_rule(page):
    assert [fault for rule in PROOFS for fault in rule(page)] == []


@pytest.mark.parametrize(("name", "plant"), FAULTS, ids=[f"{name}-{n}" for n, (name, _) in enumerate(FAULTS)])
def test_a_rule_finds_the_planted_fault(page, name, plant):
    plant(page)
    assert list(RULES[name](page)) != []


def test_every_rule_has_a_planted_fault():
    assert {name for name, _ in FAULTS} == set(RULES)


@pytest.mark.parametrize("body", ["[c for c in x]", "c = 1", "(lambda c: c)(1)"])
def test_a_name_that_another_cell_makes_for_itself_is_its_own(page, body):
    source(SENTENCE + body)(page)
    source("c = 2\nplot(c)", "picture")(page)
    assert list(RULES["keeps_the_names_of_its_proofs_to_them"](page)) == []


@pytest.mark.parametrize("body", ["[c for c in x]", "x = (lambda c: c)(1)"])
def test_a_name_inside_an_expression_of_a_proof_is_made_for_nobody(page, body):
    source(SENTENCE + body)(page)
    source("plot(c)", "picture")(page)
    assert list(RULES["keeps_the_names_of_its_proofs_to_them"](page)) == []


@pytest.mark.parametrize("plant", [plant for name, plant in FAULTS if name == "folds_its_proofs"])
def test_refresh_folds_again_what_an_editor_has_opened_and_changes_nothing_else(page, plant):
    folded = written(cleaned(made.chapter()))
    plant(page)
    proofs.fold(page.nb)
    proofs.fold(page.nb)
    assert written(cleaned(page.nb)) == folded


def test_refresh_folds_the_proofs_of_every_lecture(tmp_path):
    nb = made.new_notebook(cells=[made.code("check-1", "assert 1", tags=["check"])])
    path = made.write(tmp_path, "notebooks", "01_loss.ipynb", nb)
    assert proofs.is_folded(notebooks.prepared(path, tmp_path).cells[-1])


def test_the_rules_of_proofs_hold_for_every_lecture_that_has_some():
    for lecture in map(Page.read, paths("notebooks", ROOT)):
        assert (PROOFS[0] in rules_for(lecture)) == any(map(proofs.is_check, lecture.nb.cells))


def test_the_ledger_lists_the_assertions_under_a_sentence():
    text = f'{proofs.TITLE}\n{SENTENCE}m = 2\n    assert m == 2, f"it is {{m}}"\n    for x in y:\n        assert x'
    assert assertions(text) == ['assert m == 2, f"it is {m}"', "assert x"]
