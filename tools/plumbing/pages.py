"""Reading notebooks: what the rules, the ledger of claims and the tests ask about cells and outputs."""

import ast
import re
from pathlib import Path
from typing import NamedTuple

import nbformat
import nbformat.reader

from tools.plumbing.normal_form import name_cells

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("notebooks", "solutions", "exercises")
TEXTS = ("text/plain", "text/html", "text/markdown", "text/latex", "image/svg+xml")
MAGIC = re.compile(r"^(\s*)[%!].*$", re.MULTILINE)


def paths(folder, root=ROOT):
    return sorted((root / folder).glob("*.ipynb"))


def read(path):
    """The notebook; where an older editor saved cells without ids, they get ids made of their words."""
    nb = nbformat.convert(nbformat.reader.reads(path.read_text(encoding="utf-8")), 4)
    if not all("id" in cell for cell in nb.cells):
        nb.nbformat_minor = 5
        name_cells(nb.cells)
    return nb


def tags(cell):
    return cell.metadata.get("tags", [])


def code_cells(nb):
    return [cell for cell in nb.cells if cell.cell_type == "code"]


def text_cells(nb):
    return [cell for cell in nb.cells if cell.cell_type == "markdown"]


def outputs(nb):
    """Pairs of a code cell and one of its outputs."""
    return [(cell, output) for cell in code_cells(nb) for output in cell.outputs]


def printed(output):
    """All that a reader can read in an output, as one text."""
    if output.output_type == "stream":
        return output.text
    if output.output_type == "error":
        return "\n".join(output.traceback)
    return "\n".join(output.data[kind] for kind in TEXTS if kind in output.data)


def tree(cell):
    """The cell's code as Python sees it, magics left out."""
    return ast.parse(MAGIC.sub(r"\1pass", cell.source))


def headings(nb, level):
    """Pairs of a text cell and a heading in it, outside code blocks."""
    found = []
    for cell in text_cells(nb):
        prose = re.sub(r"^```.*?^```", "", cell.source, flags=re.DOTALL | re.MULTILINE)
        found += [(cell, line) for line in re.findall(rf"^#{{{level}}} +(.+?) *$", prose, re.MULTILINE)]
    return found


class Page(NamedTuple):
    """A notebook and where it stands."""

    path: Path
    nb: nbformat.NotebookNode
    root: Path = ROOT

    @classmethod
    def read(cls, path, root=ROOT):
        return cls(path, read(path), root)

    @property
    def number(self):
        return self.path.stem[:2]

    @property
    def name(self):
        return self.path.relative_to(self.root).as_posix()

    def sections(self):
        """The cells from one second-level heading to the next, each with its heading ("" before the first)."""
        titles = {cell.id: title for cell, title in headings(self.nb, 2)}
        found = [("", [])]
        for cell in self.nb.cells:
            if cell.id in titles:
                found.append((titles[cell.id], []))
            found[-1][1].append(cell)
        return found
