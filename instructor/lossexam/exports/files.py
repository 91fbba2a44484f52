"""Files that are whole or not there, and the same for the same questions."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

from lossgrade.workspace import write

LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first day that a ZIP can name: when it was made is nobody's business


def saved(folder: Path, name: str, content: str | bytes) -> Path:
    """Write a file into a folder, whole or not at all, and return where it is."""
    write(folder / name, content)
    return folder / name


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP of files, by their names in it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, LONG_AGO), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def xml(root: ElementTree.Element) -> bytes:
    """Return a document, a line for each element."""
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def leaf(parent: ElementTree.Element, tag: str, text: str = "", **attributes: str) -> ElementTree.Element:
    """Add an element that holds a text."""
    element = ElementTree.SubElement(parent, tag, attributes)
    element.text = text
    return element
