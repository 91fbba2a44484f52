"""Scripts of others that the book brings along, so that it needs no network: MathJax."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import metadata

MATHJAX = "mathjax/tex-svg-full.js"  # one file, which draws its letters and asks for no font


def everything() -> Iterator[tuple[str, bytes]]:
    """Yield each file: its path in the book, and its content."""
    found = next(file for file in metadata.files("sphinx-mathjax-offline") if str(file).endswith(f"static/{MATHJAX}"))
    yield f"_static/{MATHJAX}", found.locate().read_bytes()
