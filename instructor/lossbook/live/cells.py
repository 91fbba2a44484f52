"""Runs of a notebook what one of its cells needs, and no more."""

from __future__ import annotations

import ast
import io
from collections.abc import Mapping
from contextlib import redirect_stdout


def needed(nb: Mapping, cell_id: str) -> str:
    """Return the code of a cell, below the statements of the cells before that bind its names."""
    code = [cell for cell in nb["cells"] if cell["cell_type"] == "code"]
    at = [cell["id"] for cell in code].index(cell_id)
    kept = ast.parse(code[at]["source"]).body
    before = [statement for cell in code[:at] for statement in ast.parse(cell["source"]).body]
    wanted = _names(kept, ast.Load)
    for statement in reversed(before):
        bound = _bound(statement)
        if bound & wanted:
            kept.insert(0, statement)
            wanted = (wanted - bound) | _names([statement], ast.Load)
    return ast.unparse(ast.Module(kept, []))


def run(code: str) -> object:
    """Run code, and return what its last line is worth."""
    *before, last = ast.parse(code).body
    names: dict = {}
    with redirect_stdout(io.StringIO()):  # what a cell prints stands in its page already
        exec(compile(ast.Module(before, []), "<notebook>", "exec"), names)
    return eval(compile(ast.Expression(last.value), "<notebook>", "eval"), names)


def _names(statements, context) -> set[str]:
    found = (node for one in statements for node in ast.walk(one))
    return {node.id for node in found if isinstance(node, ast.Name) and isinstance(node.ctx, context)}


def _bound(statement) -> set[str]:
    """Return the names that a statement binds, or whose parts it sets."""
    bound = _names([statement], ast.Store)
    for node in ast.walk(statement):
        match node:
            case ast.alias():
                bound.add((node.asname or node.name).partition(".")[0])
            case ast.FunctionDef() | ast.ClassDef():
                bound.add(node.name)
            case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store()):
                bound.add(name)
    return bound
