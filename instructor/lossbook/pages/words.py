"""Symbols and words: one meaning each, with a place that a link can point to."""

from __future__ import annotations

import re

from lossbook import course
from lossbook.pages.markdown import Pages, page, table
from lossutils import glossary

PAGE = "reference/glossary.md"


def pages() -> Pages:
    """Yield the glossary."""
    lectures = {about["chapter"]: path.name for path, about in course.chapters()}

    def chapter(number):
        return f"[{number}](../notebooks/{lectures[number]})" if number in lectures else number

    symbols = [
        (f"${one.tex}$", one.meaning, f"`{one.code}`" if one.code else "", chapter(one.chapter))
        for one in glossary.all_symbols()
    ]
    words = [(f"({anchor(one.word)})=\n", one) for one in glossary.all_words()]
    entries = [f"{place}**{one.word}** ({chapter(one.chapter)}): {one.meaning}" for place, one in words]
    intro = "One meaning each, in the whole course, and the chapter that introduces it."
    heads = ("symbol", "meaning", "in code", "chapter")
    yield PAGE, page("# Symbols and words", intro, "## Symbols", table(heads, symbols), "## Words", *entries)


def anchor(word: str) -> str:
    """Return the name by which a link points to a word."""
    return "word-" + re.sub(r"[^a-z0-9]+", "-", word.lower()).strip("-")
