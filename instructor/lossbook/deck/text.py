"""Cuts the text of a notebook into paragraphs, and these into sentences."""

from __future__ import annotations

import re
from typing import NamedTuple

FOLDED = re.compile(r"<details>.*?</details>", re.DOTALL)
LINK = re.compile(r"\[([^\]]+)\]\([^)\s]+\)")
# The number of a chapter: without its link it would be no more than a number
NUMBER = re.compile(r"(?<!chapter )(?<!chapters )(?<!and )\[(\d\d)\](?=\()")
SPANS = re.compile(r"\$[^$]+\$|`[^`]+`|\([^()]*\)|\"[^\"]*\"|\*\*[^*]+\*\*")  # nothing ends inside these
ASIDE = re.compile(r" \((?:folded|see) [^()$]*\)")  # points elsewhere on the page
END = re.compile(r"(?<=[.!?])([\"”)]?(?:\*\*)?)\s+(?=[^a-z\s])")
BOLD = re.compile(r"\*\*([^*]+)\*\*")
STARTS = {"#": "heading", "$$": "formula", "|": "table", "- ": "list", "1. ": "list", "```": "code", "<": "html"}


class Paragraph(NamedTuple):
    """A paragraph, and what it is: heading, formula, table, list, code, html or prose."""

    kind: str
    text: str


def paragraphs(source: str) -> list[Paragraph]:
    """Return the paragraphs that a reader sees before unfolding anything; links are plain words."""
    found = re.split(r"\n\s*\n", ASIDE.sub("", unlinked(FOLDED.sub("", source))))
    return [Paragraph(_kind(text), text) for text in map(str.strip, found) if text]


def unlinked(text: str) -> str:
    """Return a text with plain words in the place of links; a number that led to a chapter says that it is one."""
    return LINK.sub(r"\1", NUMBER.sub(r"[chapter \1]", text))


def _kind(text):
    return next((kind for start, kind in STARTS.items() if text.startswith(start)), "prose")


def sentences(prose: str) -> list[str]:
    """Return the sentences of a paragraph but for those in brackets, whatever dots its formulas and its code hold."""
    text = one_line(prose)
    masked = SPANS.sub(_masked, text)
    cuts = [0, *(found.end() for found in END.finditer(masked)), len(text)]
    found = (text[start:end].strip() for start, end in zip(cuts, cuts[1:], strict=False))
    return [one for one in found if one and not (one.startswith("(") and one.endswith(")"))]


def _masked(found):
    """Hide what stands in a span, but for its last letter: a sentence may end with bold words or in brackets."""
    span = found[0]
    edge = 2 if span.startswith("**") else 1
    last = span[-edge - 1] if span[0] in '*("' else "x"
    return span[:edge] + "x" * (len(span) - 2 * edge - 1) + last + span[-edge:]


def one_line(text: str) -> str:
    """Return a text without line breaks; spaces at which no line breaks stay."""
    return re.sub(r"[ \t\n]+", " ", text).strip()


def bold_words(text: str) -> int:
    """Return how many words are set in bold letters."""
    return sum(len(span.split()) for span in BOLD.findall(text))


def plain(text: str) -> str:
    """Return a text as it looks: without marks of Markdown, and TeX about as long as it is printed."""
    text = re.sub(r"\\(?:frac|left|right|text|mathrm|operatorname|partial|quad|qquad)\b|[{}$]|\*\*|`", "", text)
    return re.sub(r"\\[a-zA-Z]+ ?", "x", text)


def words(text: str) -> int:
    """Return how many words a text has."""
    return len(plain(text).split())
