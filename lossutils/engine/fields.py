"""Numbers in a text that are computed where they stand: "the mean is «np.mean(y):.2f»"."""

from __future__ import annotations

import re
from collections.abc import Mapping

FIELD = re.compile(r"«([^«»]+)»")
MINUS = re.compile(r"(?<![\w)])-(?=[\d.])")  # of a number, not of 1e-9


def filled(text: str, names: Mapping[str, object]) -> str:
    """Return the text with each «expression» or «expression:format» replaced by what it gives, with a true minus.

    Raises ValueError with the field that can't be computed.
    """
    return FIELD.sub(lambda field: _computed(field[1], names), text)


def has_fields(text: str) -> bool:
    """Say whether something in the text is computed."""
    return FIELD.search(text) is not None


def _computed(field: str, names: Mapping[str, object]) -> str:
    try:
        return MINUS.sub("−", eval(f"f'''{{{field}}}'''", dict(names)))  # an f-string's own field
    except Exception as trouble:
        raise ValueError(f"the field «{field}» can't be computed: {trouble}") from trouble
