"""The sentences that the page says of a number beyond a slider's ends: the library is asked for them."""

from __future__ import annotations

import html
import re

from lossutils.widgets.slider import Slider

LOW, VALUE, HIGH, BEYOND = 12.0, 23.0, 34.0, 45.0  # numbers that stand in no other place of a sentence


def everything() -> dict[str, str]:
    """Return what is wrong, and that the value stays, with {…} where a number goes."""
    slider = Slider("", [LOW, HIGH], VALUE)
    slider.box.value = f"{BEYOND:g}"
    said = html.unescape(re.sub("<[^>]*>", "", slider.told.value))
    for number, name in ((BEYOND, "typed"), (LOW, "low"), (HIGH, "high"), (VALUE, "value")):
        said = said.replace(f"{number:g}", f"{{{name}}}")
    beyond, _, stays = said.partition(". ")
    return {"beyond": f"{beyond}.", "stays": stays}
