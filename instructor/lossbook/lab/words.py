"""The sentences that the page says of bad input: the library is asked for them, so that they stand in one place."""

from __future__ import annotations

import html
import re

from lossutils.widgets.slider import Slider
from lossutils.widgets.typed import typed_number

LOW, VALUE, HIGH, BEYOND = 12.0, 23.0, 34.0, 45.0  # numbers that stand in no other place of a sentence
REFUSED = {  # what is typed, and the name of the sentence
    "noNumber": "qqq",
    "dividesByZero": "1/0",
    "tooLarge": "exp(1000)",
    "notReal": "sqrt(-7)",
}


def everything() -> dict[str, str]:
    """Return the sentences by name, with {…} where a number or a text goes."""
    return {**{name: refused(text) for name, text in REFUSED.items()}, **of_slider()}


def refused(text: str) -> str:
    """Return why a text is no number."""
    try:
        typed_number(text)
    except ValueError as error:
        said = str(error).replace(text, "{text}")
        return said.replace("sqrt of -7", "{function} of {number}")
    raise AssertionError(f"{text} was to be refused")


def of_slider() -> dict[str, str]:
    """Return what a slider says of a number beyond its ends, and that it keeps its value."""
    slider = Slider("", [LOW, HIGH], VALUE)
    slider.box.value = f"{BEYOND:g}"
    said = html.unescape(re.sub("<[^>]*>", "", slider.told.value))
    for number, name in ((BEYOND, "typed"), (LOW, "low"), (HIGH, "high"), (VALUE, "value")):
        said = said.replace(f"{number:g}", f"{{{name}}}")
    beyond, _, stays = said.partition(". ")
    return {"beyond": f"{beyond}.", "stays": stays}
