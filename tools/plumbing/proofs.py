"""Check cells are folded: in JupyterLab, on Colab and in the book, whatever an editor has made of them."""

import ast
import symtable

import nbformat

from lossutils import proof
from tools.plumbing.pages import MAGIC, code_cells, tags

TITLE = "# @title A check of the numbers above"  # what Colab and JupyterLab show in the place of the code


def is_check(cell):
    return cell.cell_type == "code" and "check" in tags(cell)


def fold(nb):
    """Fold every check cell in all three ways."""
    for cell in filter(is_check, nb.cells):
        kept = [line for line in cell.source.splitlines() if not line.startswith("# @title")]
        cell.source = "\n".join([TITLE, *kept])
        cell.metadata["cellView"] = "form"
        cell.metadata["jupyter"] = nbformat.from_dict({"source_hidden": True})
        cell.metadata["tags"] = [*(tag for tag in tags(cell) if tag != "hide-input"), "hide-input"]


def is_folded(cell):
    hidden = cell.metadata.get("jupyter", {}).get("source_hidden") and "hide-input" in tags(cell)
    return bool(hidden) and cell.metadata.get("cellView") == "form" and cell.source.startswith(TITLE)


def without_checks(nb):
    """The notebook as it is for who skips every proof."""
    return nbformat.from_dict({**nb, "cells": [cell for cell in nb.cells if not is_check(cell)]})


def turned_round(source):
    """The check with its last assertion said to be false."""
    last = max((node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Assert)), key=lambda n: n.lineno)
    claim = ast.get_source_segment(source, last.test)
    return source.replace(f"assert {claim}", f"assert not ({claim})")


def told_of_a_false_claim(kernel, cell, timeout):
    """What nbval's kernel prints where the last assertion of a check is said to be false; the cell leaves no trace."""
    call, printed = kernel.execute_cell_input(turned_round(cell.source), allow_stdin=False), ""
    kernel.await_reply(call, timeout=timeout)
    while True:
        message = kernel.get_message("iopub", timeout=timeout)
        if message["parent_header"].get("msg_id") != call:
            continue
        if message["msg_type"] == "stream":
            printed += message["content"]["text"]
        if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
            return printed


def is_told(line):
    """Whether a line says that a claim does not hold, and which."""
    return line.startswith(proof.FAILED) and line.count("\n") == 1


def made(cell):
    """The names that a cell makes for the whole notebook."""
    return {name.get_name() for name in _table(cell).get_symbols() if name.is_assigned() or name.is_imported()}


def needed(cell):
    """The names that a cell takes from other cells, inside its functions too."""
    return _global_names(_table(cell)) - made(cell)


def _table(cell):
    return symtable.symtable(MAGIC.sub(r"\1pass", cell.source), cell.id, "exec")


def _global_names(table):
    inner = [_global_names(child) for child in table.get_children()]
    outermost = table.get_type() == "module"
    return {name.get_name() for name in table.get_symbols() if outermost or name.is_global()}.union(*inner)


def taken_from_checks(nb):
    """For each check cell the names that it makes and another cell needs, with that cell."""
    for check in filter(is_check, nb.cells):
        for other in code_cells(nb):
            if other is not check and (shared := made(check) & needed(other)):
                yield check, other, sorted(shared)
