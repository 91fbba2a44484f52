"""The first code cell of each notebook: on Google Colab it installs the course's package, elsewhere it does nothing."""

from tools.setup.address import kept

ID = "colab"
# Folded in JupyterLab, on Colab and in the book.
METADATA = {"cellView": "form", "jupyter": {"source_hidden": True}, "tags": ["hide-input"]}
CELL = """\
# @title On Google Colab, run this first: it brings the package of the course, or says how. Elsewhere it does nothing.
import sys

if "google.colab" in sys.modules:
    {install}"""
# Never by its name alone: anybody could have registered that.
FROM_ADDRESS = '%pip install --quiet "lossutils @ git+{url}"'
FROM_ARCHIVE = 'print("Upload the course as a ZIP file (Files, on the left). Then run: %pip install /content/NAME.zip")'


def source(root):
    """The text of the cell, from the address of the course."""
    address = kept(root)
    return CELL.format(install=FROM_ADDRESS.format(url=address.url) if address else FROM_ARCHIVE)


def is_for_colab(cell):
    return cell["cell_type"] == "code" and "google.colab" in "".join(cell["source"])


def place(nb, root):
    """Put the cell before the first other code cell, or leave it where it comes before; without code none is needed."""
    import nbformat

    ours = [number for number, cell in enumerate(nb.cells) if is_for_colab(cell)]
    nb.cells = [cell for cell in nb.cells if not is_for_colab(cell)]
    first = next((number for number, cell in enumerate(nb.cells) if cell.cell_type == "code"), None)
    if first is not None:
        metadata = nbformat.from_dict(METADATA)
        nb.cells.insert(min([first, *ours]), nbformat.v4.new_code_cell(source(root), id=ID, metadata=metadata))
