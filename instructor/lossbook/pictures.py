"""Pictures that the course's own plot functions draw, as files with their words."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import NamedTuple

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output


class Picture(NamedTuple):
    """A figure as a notebook shows it."""

    png: bytes
    words: str


def drawn(draw: Callable[[], object]) -> Picture:
    """Call what shows one figure, and return the figure."""
    InteractiveShell.instance()  # to which it is shown
    with capture_output() as shown:
        draw()
    output = next(one for one in shown.outputs if "image/png" in one.data)
    png = output.data["image/png"]
    return Picture(png if isinstance(png, bytes) else base64.b64decode(png), output.metadata["image/png"]["alt"])
