"""Where the cells of a notebook stand in the book: the last heading before each, and how a link points to it."""

from __future__ import annotations

from markdown_it import MarkdownIt
from mdit_py_plugins.anchors import anchors_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from nbformat import NotebookNode

LEVELS = 4  # as in conf.py: so far headings have anchors


def anchors(nb: NotebookNode) -> dict[str, tuple[str, str]]:
    """Return for each cell the heading that it stands under, and that heading's anchor."""
    text = "\n\n".join(f"{cell.source}\n\n<!--{cell.id}-->" for cell in nb.cells if cell.cell_type == "markdown")
    parsed = MarkdownIt("commonmark").use(dollarmath_plugin).use(anchors_plugin, max_level=LEVELS).parse(text)
    found, under = {}, ("", "")
    for token, following in zip(parsed, [*parsed[1:], None], strict=True):
        if token.type == "heading_open":
            under = following.content, str(token.attrs["id"])
        elif token.type == "html_block" and token.content.startswith("<!--"):
            found[token.content.strip()[4:-3]] = under
    place = ("", "")
    for cell in nb.cells:  # code stands where the text before it does
        place = found.setdefault(cell.id, place)
    return found
