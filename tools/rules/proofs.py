"""Rules for the proofs of a lecture: folded, one line each, in nobody's way."""

import ast

from tools.plumbing.pages import code_cells, tree
from tools.plumbing.proofs import is_check, is_folded, taken_from_checks
from tools.rules.notebooks import at

FORM = 'with holds("What holds."):'


def _checks(page):
    return filter(is_check, page.nb.cells)


def folds_its_proofs(page):
    for cell in _checks(page):
        if not is_folded(cell):
            yield at(cell, "is not folded in JupyterLab, on Colab and in the book: run `make refresh`")


def proves_under_a_sentence(page):
    for cell in _checks(page):
        if not _is_a_proof(tree(cell)):
            yield at(cell, f"is not one `{FORM}` with the assertions under it, and no import")


def _is_a_proof(module):
    imports = any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(module))
    match module.body:
        case [ast.With(items=[ast.withitem(ast.Call(ast.Name("holds"), [ast.Constant(str())], []), None)])]:
            return not imports
    return False


def prints_one_line_of_proof(page):
    """And shows nothing: no figure, no table, no value."""
    for cell in _checks(page):
        lines = [output.get("text", "").splitlines() for output in cell.outputs]
        if len(lines) != 1 or len(lines[0]) != 1 or not lines[0][0].startswith("✓ "):
            yield at(cell, "does not print its one line, ✓ and what holds; what is worth seeing goes to an open cell")


def keeps_the_names_of_its_proofs_to_them(page):
    for check, other, names in taken_from_checks(page.nb):
        yield at(check, f"makes {', '.join(names)}, which cell {other.id!r} needs: make it in an open cell")


def asserts_nothing_in_the_open(page):
    """A reader who changes a number must reach the end."""
    for cell in code_cells(page.nb):
        if not is_check(cell) and any(isinstance(node, ast.Assert) for node in ast.walk(tree(cell))):
            yield at(cell, "asserts in an open cell: print the result, or prove it in a check cell")


PROOFS = (
    folds_its_proofs,
    proves_under_a_sentence,
    prints_one_line_of_proof,
    keeps_the_names_of_its_proofs_to_them,
    asserts_nothing_in_the_open,
)
