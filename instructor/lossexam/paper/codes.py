"""The square at the head of each page: it says in a machine's letters whose test this is."""

from __future__ import annotations

import functools
import io

import segno


@functools.cache
def svg(words: str) -> str:
    """Return a QR code as a picture that is sharp at any size."""
    buffer = io.BytesIO()
    segno.make(words, error="m", micro=False).save(
        buffer, kind="svg", border=1, xmldecl=False, svgns=True, omitsize=True, nl=False
    )
    return buffer.getvalue().decode("ascii")
