"""Cuts the text of a notebook into paragraphs, and these into sentences."""

from __future__ import annotations

import re
from typing import NamedTuple

FOLDED = re.compile(r"<details>.*?</details>", re.DOTALL)
LINK = re.compile(r"\[([^\]]+)\]\([^)\s]+\)")
SPANS = re.compile(r"\$[^$]+\$|`[^`]+`|\([^()]*\)|\"[^\"]*\"|\*\*[^*]+\*\*")  # nothing ends inside these
END = re.compile(r"(?<=[.!?])([\"”)]?(?:\*\*)?)\s+(?=[^a-z\s])")
BOLD = re.compile(r"\*\*([^*]+)\*\*")
STARTS = {"#": "heading", "$$": "formula", "|": "table", "- ": "list", "1. ": "list", "```": "code", "<": "html"}


class Paragraph(NamedTuple):
    """A paragraph, and what it is: heading, formula, table, list, code, html or prose."""

    kind: str
    text: str


def paragraphs(source: str) -> list[Paragraph]:
    """Return the paragraphs that a reader sees before unfolding anything; links are plain words."""
    found = re.split(r"\n\s*\n", LINK.sub(r"\1", FOLDED.sub("", source)))
    return [Paragraph(_kind(text), text) for text in map(str.strip, found) if text]


def _kind(text):
    return next((kind for start, kind in STARTS.items() if text.startswith(start)), "prose")


def sentences(prose: str) -> list[str]:
    """Return the sentences of a paragraph, whatever dots its formulas, its code and its brackets hold."""
    plain = SPANS.sub(_masked, " ".join(prose.split()))
    cuts = [0, *(found.end() for found in END.finditer(plain)), len(plain)]
    text = " ".join(prose.split())
    return [text[start:end].strip() for start, end in zip(cuts, cuts[1:], strict=False) if text[start:end].strip()]


def _masked(found):
    """Hide what stands in a span; in bold letters the last one stays, since a sentence may end there."""
    span = found[0]
    if span.startswith("**"):
        return "**" + "x" * (len(span) - 5) + span[-3:]
    return span[0] + "x" * (len(span) - 2) + span[-1]


def bold_words(text: str) -> int:
    """Return how many words are set in bold letters."""
    return sum(len(span.split()) for span in BOLD.findall(text))


def plain(text: str) -> str:
    """Return a text as it looks: without marks of Markdown, and TeX about as long as it is printed."""
    text = LINK.sub(r"\1", text)
    text = re.sub(r"\\(?:frac|left|right|text|mathrm|operatorname|partial|quad|qquad)\b|[{}$]|\*\*|`", "", text)
    return re.sub(r"\\[a-zA-Z]+ ?", "x", text)


def words(text: str) -> int:
    """Return how many words a text has."""
    return len(plain(text).split())
