"""The tests and their keys as one HTML page each, which needs nothing beside it and prints as it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import BaseLoader, Environment, PackageLoader
from markupsafe import Markup

from lossexam.paper import as_html, codes
from lossexam.paper.pages import LINES

if TYPE_CHECKING:
    from lossexam.exam import Exam


def page(exam: Exam, kind: str) -> str:
    """Return the page of all tests, or of all keys."""
    made = templates(PackageLoader("lossexam.paper", "")).get_template(f"{kind}.html.j2")
    return made.render(exam=exam, kind=kind, lines=LINES, code=lambda variant: Markup(codes.svg(exam.mark(variant))))


def templates(loader: BaseLoader) -> Environment:
    """Return what fills templates in; texts of the bank become HTML by `text`, those of one line by `line`."""
    made = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    made.filters |= {"text": as_html.text, "line": as_html.line}
    return made
