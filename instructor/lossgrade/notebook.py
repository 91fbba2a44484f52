"""Reads what a student has handed in, whatever state the file is in."""

from __future__ import annotations

import codecs
import hashlib
import json
from typing import NamedTuple

LARGEST = 50_000_000  # bytes of a notebook; one with every output has one or two million
CELLS = 2000
HEADS = {b"PK\x03\x04": "a zip archive", b"%PDF": "a PDF", b"\x1f\x8b": "a gz archive", b"<!DO": "a web page"}


class Unreadable(Exception):
    """The file is no notebook; the message says what it is instead."""


class Cell(NamedTuple):
    """A cell as it was handed in."""

    kind: str  # code, markdown or raw
    source: str
    grade_id: str  # nbgrader's name for it; "" where there is none, or it was lost

    @property
    def is_code(self) -> bool:
        return self.kind == "code"


class Handed(NamedTuple):
    """A notebook as it was handed in."""

    cells: tuple[Cell, ...]
    sha256: str

    @classmethod
    def read(cls, data: bytes) -> Handed:
        """Read a file's bytes; Unreadable if they are no notebook."""
        if len(data) > LARGEST:
            raise Unreadable(f"the file has {len(data) / 1e6:.0f} MB; clear its outputs and hand it in again")
        if not data.strip():
            raise Unreadable("the file is empty")
        for head, kind in HEADS.items():
            if data.startswith(head):
                raise Unreadable(f"the file is {kind}, not a notebook")
        found = _cells(_content(data))
        if len(found) > CELLS:
            raise Unreadable(f"the notebook has {len(found)} cells, more than {CELLS}")
        return cls(tuple(_cell(one) for one in found), digest(data))


def digest(data: bytes) -> str:
    """Return the name by which the same bytes are known again."""
    return hashlib.sha256(data).hexdigest()


def _content(data):
    says = "the file is no notebook: "
    try:
        content = json.loads(_letters(data))
    except json.JSONDecodeError as error:
        raise Unreadable(f"{says}its JSON breaks off or is damaged in line {error.lineno}") from None
    except (RecursionError, ValueError):
        raise Unreadable(f"{says}its JSON is nothing that Jupyter writes") from None
    if not isinstance(content, dict):
        raise Unreadable(f"{says}it holds JSON, but no cells")
    return content


def _letters(data):
    """The text: in UTF-8, in UTF-16 where its first bytes say so, else in what Windows wrote before."""
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _cells(content):
    found = content.get("cells")
    if found is None and isinstance(content.get("worksheets"), list):  # of Jupyter before 2015
        sheets = [sheet for sheet in content["worksheets"] if isinstance(sheet, dict)]
        found = [cell for sheet in sheets for cell in sheet.get("cells", ())]
    if not isinstance(found, list):
        raise Unreadable("the file is no notebook: it holds JSON, but no cells")
    return [cell for cell in found if isinstance(cell, dict)]


def _cell(cell):
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    metadata = cell.get("metadata")
    marks = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = marks.get("grade_id") if isinstance(marks, dict) else None
    text = source.encode("utf-8", "replace").decode() if isinstance(source, str) else ""
    return Cell(str(cell.get("cell_type")), text, grade_id if isinstance(grade_id, str) else "")
