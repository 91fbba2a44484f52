"""The symbols and words of the course: one meaning each, from one list, as tables for a notebook.

glossary.symbols()                      # all that the chapters introduce
glossary.symbols_in(catalogue.CATALOGUE)     # those of some losses' formulas
glossary.words()
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).with_suffix(".toml")
DRESSED = re.compile(
    r"\\(?:hat|bar|mathrm|text|tilde)\{[^{}]*\}|\\[a-zA-Z]+"
)  # letters that are no symbol by themselves


class Symbol(NamedTuple):
    """One symbol: its TeX, what it means, its name in code, the chapter that introduces it, how to find it."""

    tex: str
    meaning: str
    chapter: str = ""
    code: str = ""
    find: str = ""

    def is_in(self, tex: str) -> bool:
        """Say whether a formula uses the symbol: a bare letter counts only where it is no part of another word."""
        tex = re.sub(r"\\(hat|bar) *(\w)", r"\\\1{\2}", tex)
        wanted = self.find or self.tex
        if wanted.isalpha():
            return wanted in DRESSED.sub(" ", tex)
        end = r"(?![a-zA-Z])" if wanted[-1].isalpha() else ""
        return re.search(re.escape(wanted) + end, tex) is not None


class Word(NamedTuple):
    """One word, what it means in the whole course, the chapter that introduces it, how to find it in a text."""

    word: str
    meaning: str
    chapter: str
    find: str = ""


class Table(NamedTuple):
    """Some lines with their heads; a notebook shows them as a table."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    summary: str = ""  # with one, the table is folded under it

    def folded(self, summary: str) -> Table:
        """Return the same table, folded under a line that says what it has."""
        return self._replace(summary=summary)

    def __repr__(self) -> str:
        return f"<table of {len(self.rows)} lines>"

    def _repr_markdown_(self) -> str:
        lines = [self.heads, (":--",) * len(self.heads), *self.rows]
        table = "".join(f"| {' | '.join(line)} |\n" for line in lines)
        return f"<details><summary>{self.summary}</summary>\n\n{table}\n</details>" if self.summary else table


@cache
def read() -> dict:
    """Return the list as it is written."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def all_symbols() -> tuple[Symbol, ...]:
    """Return every symbol, in the order in which the chapters introduce them."""
    return tuple(Symbol(**entry) for entry in read()["symbol"])


@cache
def all_words() -> tuple[Word, ...]:
    """Return every word, in the order in which the chapters introduce them."""
    return tuple(Word(**entry) for entry in read()["word"])


def symbols() -> Table:
    """Return the table of the symbols that a chapter introduces."""
    taught = [one for one in all_symbols() if one.chapter]
    return Table(("symbol", "what it is", "chapter"), tuple((_named(one), one.meaning, one.chapter) for one in taught))


def symbols_in(losses: Iterable) -> Table:
    """Return the table of the symbols in the formulas of some losses, in loss and slope."""
    printed = " ".join(f"{loss.tex} {loss.derivative_tex}" for loss in losses)
    used = [one for one in all_symbols() if one.is_in(printed)]
    return Table(("symbol", "what it is"), tuple((_named(one), one.meaning) for one in used))


def words() -> Table:
    """Return the table of the words that have one meaning in the whole course."""
    return Table(
        ("word", "what it is", "chapter"), tuple((f"**{one.word}**", one.meaning, one.chapter) for one in all_words())
    )


def avoided() -> dict[str, str]:
    """Return what a lecture does not say, as regular expressions, and what to say instead."""
    return {entry["what"]: entry["instead"] for entry in read()["avoid"]}


def _named(symbol: Symbol) -> str:
    """A symbol, and under it its name in code: one narrow column for both."""
    return f"${symbol.tex}$" + f"<br>`{symbol.code}`" * bool(symbol.code)
