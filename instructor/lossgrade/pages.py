"""HTML from templates: all that comes from a student is escaped, and no page may load or run anything."""

from __future__ import annotations

import html
import re

import jinja2
from markupsafe import Markup

CODE = re.compile(r"`([^`]+)`")


def page(template: str, **values) -> str:
    """Return a page made of a template."""
    return _environment.get_template(template).render(**values)


def prose(text: str) -> Markup:
    """Return a sentence with its `code` set as code."""
    return Markup(CODE.sub(r"<code>\1</code>", html.escape(text, quote=False)))


def points(number: float) -> str:
    """Return points as people write them."""
    return f"{number:g}"


def section(heading: str, link: str) -> Markup:
    """Return the heading of a lecture's section, as a link where it is known where the lectures are."""
    shown = prose(heading)
    return Markup(f'<a href="{html.escape(link)}">{shown}</a>') if link else shown


_environment = jinja2.Environment(loader=jinja2.PackageLoader("lossgrade", "templates"), autoescape=True)
_environment.filters |= {"prose": prose, "points": points, "section": section}
_environment.trim_blocks = _environment.lstrip_blocks = True
