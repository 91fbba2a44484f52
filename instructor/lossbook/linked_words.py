"""Links from the text of a chapter to the glossary: each word where it is first used, and the symbols of the page."""

from __future__ import annotations

import re

from lossbook.pages.markdown import folded, table
from lossbook.pages.words import anchor
from lossutils import glossary

# Code, formulas, links, HTML, headings and lines of tables keep their words as they are.
KEPT = re.compile(r"(```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$|\[[^\]]*\]\([^)]*\)|<[^>]+>|^#.*?$|^\|.*?$)", re.S | re.M)
FORMULA = re.compile(r"\$\$.*?\$\$|\$[^$]*\$", re.DOTALL)
DEFINED = ("two-minutes", "words")  # cells that explain words themselves


def link(cells: list[dict], chapter: str) -> None:
    """Link the words that the course has introduced up to a chapter, each once on its page."""
    left = {one.word: one for one in glossary.all_words() if one.chapter <= chapter}
    for cell in cells:
        if cell["cell_type"] == "markdown" and not (cell["id"] in DEFINED or cell["id"].startswith("question-")):
            cell["source"] = _linked(cell["source"], left)


def symbols(cells: list[dict]) -> str:
    """Return the symbols in a page's formulas, as a folded table; nothing where there is none."""
    texts = (cell["source"] for cell in cells if cell["cell_type"] == "markdown")
    printed = " ".join(formula for text in texts for formula in FORMULA.findall(text))
    used = [one for one in glossary.all_symbols() if one.is_in(printed)]
    rows = [(f"${one.tex}$", one.meaning) for one in used]
    more = "All of them: [symbols and words](../reference/glossary.md)."
    return folded("Symbols on this page", f"{table(('symbol', 'what it is'), rows)}\n\n{more}") if rows else ""


def _linked(text: str, left: dict[str, glossary.Word]) -> str:
    for word, one in list(left.items()):
        pieces = KEPT.split(text)  # again for each word: what was linked is kept
        for k in range(0, len(pieces), 2):
            if found := re.search(one.find or rf"\b{re.escape(word)}s?\b", pieces[k]):
                pieces[k] = f"{pieces[k][: found.start()]}[{found[0]}](#{anchor(word)}){pieces[k][found.end() :]}"
                text = "".join(pieces)
                del left[word]
                break
    return text
