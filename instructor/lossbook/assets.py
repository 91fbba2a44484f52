"""Scripts of others that book and slides bring along, so that they need no network: MathJax and reveal.js."""

from __future__ import annotations

import string
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from pygments.formatters import HtmlFormatter

from lossbook.deck import blocks
from lossutils.plot.paper import INK, PAPER

MATHJAX = "mathjax/tex-svg-full.js"  # one file, which draws its letters and asks for no font
REVEAL = "_static/revealjs/"
OF_REVEAL = (
    "dist/reset.css",
    "dist/reveal.css",
    "dist/reveal.js",
    "dist/theme/fonts/source-sans-pro/",
    "plugin/notes/",
)
UNUSED = (".eot", ".ttf", ".esm.js", "plugin.js")  # browsers take .woff
TEMPLATES = Path(__file__).parent / "deck" / "templates"


def everything() -> Iterator[tuple[str, bytes]]:
    """Yield each file of the book: its path there, and its content."""
    yield f"_static/{MATHJAX}", mathjax()


def for_slides() -> Iterator[tuple[str, bytes]]:
    """Yield each file that the decks share."""
    yield MATHJAX, mathjax()
    for file in metadata.files("sphinx-revealjs"):
        _, _, name = file.as_posix().partition(REVEAL)
        if name.startswith(OF_REVEAL) and not name.endswith(UNUSED):
            yield f"reveal/{name}", file.locate().read_bytes()
    yield "deck.js", (TEMPLATES / "deck.js").read_bytes()
    yield from ((name, style(name).encode()) for name in ("deck.css", "index.css"))
    # without colours: a projector has none to spare
    yield "code.css", HtmlFormatter(style="bw").get_style_defs(".highlight").encode()


def mathjax() -> bytes:
    """Return MathJax."""
    found = next(file for file in metadata.files("sphinx-mathjax-offline") if str(file).endswith(f"static/{MATHJAX}"))
    return found.locate().read_bytes()


def style(name: str) -> str:
    """Return a style of the slides, with the figures' paper and the sizes that the layout counts with."""
    names = ("TEXT", "LINE", "LINE_OF_HEADING", "GAP", "HEADING", "NUMBER", "SMALLEST")
    names += ("AROUND_A_FORMULA", "BETWEEN_PARAGRAPHS")
    sizes = {name: f"{getattr(blocks, name)}" for name in names}
    shares = {name: f"{getattr(blocks, name) / blocks.TEXT:.4f}" for name in ("QUESTION", "CAPTION", "PRINTED")}
    rule = 'section[data-larger="{0:g}"] {{ font-size: {1:g}px; }}'
    more = {
        "PAPER": PAPER,
        "INK": INK,
        "LARGER": "\n".join(rule.format(k, blocks.TEXT * k) for k in blocks.LARGER),
        "MARGINS": " ".join(f"{dots}px" for dots in blocks.MARGINS),
    }
    return string.Template((TEMPLATES / name).read_text("utf-8")).substitute(sizes | shares | more)
