"""What a line must not be broken in: between a number and its %, and between a formula and the mark that follows it."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

NUMBER = re.compile(r"(?<=[\d½⅓¼]) (?=%)")
AFTER_A_FORMULA = re.compile(r"(?:[ \xa0]%)?[.,;:!?)\]’”…]*")
WHOLE = "whole"  # course.css lets no line end in it


class KeepTogether(SphinxTransform):
    """Binds a % to its number, and to a formula what stands right behind it; code stays as it is."""

    default_priority = 900  # when the quotation marks are set

    def apply(self, **_):
        """Do so in the whole page."""
        for text in list(self.document.findall(nodes.Text)):
            if not isinstance(text.parent, (nodes.FixedTextElement, nodes.literal, nodes.math, nodes.raw)):
                text.parent.replace(text, nodes.Text(NUMBER.sub("\xa0", text)))
        for formula in list(self.document.findall(nodes.math)):
            self._bind(formula)

    def _bind(self, formula: nodes.math):
        parent, following = formula.parent, formula.next_node(descend=False, siblings=True)
        end = AFTER_A_FORMULA.match(following).end() if isinstance(following, nodes.Text) else 0
        if end:
            at = parent.index(formula)
            mark, rest = following[:end].replace(" ", "\xa0"), following[end:]
            parent[at : at + 2] = [nodes.inline("", "", formula, nodes.Text(mark), classes=[WHOLE]), nodes.Text(rest)]


def setup(app: Sphinx) -> dict:
    """Tell Sphinx of it."""
    app.add_transform(KeepTogether)
    return {"env_version": 1, "parallel_read_safe": True}
