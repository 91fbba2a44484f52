"""The ledger of claims: every sentence that a chapter is built on, beside the cell that proves it."""

import ast
from typing import NamedTuple

from tools.plumbing.pages import ROOT, paths, read, tags


class Claim(NamedTuple):
    chapter: str
    claim: str
    check: str  # the source of the cell that asserts it


def pairs(nb):
    """Each cell tagged `claim` with the next code cell, or None."""
    for position, cell in enumerate(nb.cells):
        if "claim" in tags(cell):
            yield cell, next((later for later in nb.cells[position + 1 :] if later.cell_type == "code"), None)


def claims(root=ROOT):
    """All claims of the lectures, in the order of the course."""
    return [
        Claim(path.stem[:2], cell.source, check.source if check else "")
        for path in paths("notebooks", root)
        for cell, check in pairs(read(path))
    ]


def assertions(source):
    """The assert statements of a cell, as they are written."""
    nodes = ast.walk(ast.parse(source))
    return [ast.get_source_segment(source, node) for node in nodes if isinstance(node, ast.Assert)]


def ledger(root=ROOT):
    """The claims as a Markdown table."""
    lines = ["| Chapter | Claim | Proof |", "|--|--|--|"]
    for chapter, claim, check in claims(root):
        proof = "<br>".join(f"`{_in_a_table(line)}`" for line in assertions(check))
        lines.append(f"| {chapter} | {_in_a_table(claim)} | {proof} |")
    return "\n".join(lines)


def _in_a_table(text):
    return " ".join(text.split()).replace("|", "\\|")
