"""The cheat sheet on paper: every loss with its slope by family, and the letters, on upright A4, shown or as a PDF."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import NamedTuple

from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from lossutils.plot.paper import FAINT, GREY, INK, blank, on_paper, show

WIDTH, HEIGHT = 8.27, 11.69  # inches: A4, upright
MARGIN, NAMES = 0.32, 2.1  # inches: the edge of the page, the column of the names
RIGHT = WIDTH - 2 * MARGIN - NAMES  # inches: the column of the formulas
TITLE, FAMILY = 0.5, 0.45  # inches: the title, and a family's name
ABOVE, LOW, GAP = 0.1, 0.2, 0.09  # inches: above and below a loss, of a line at least, between lines of formulas
SMALL_LINE, WIDE = 0.17, 88  # inches, and letters, of a line in small type
DPI = 100  # as wide as a page of text on a screen
SIZE, SMALL, LARGE, LARGEST = 9.5, 8.5, 12, 16  # points
NEXT = r", \quad "  # where a formula may be broken
# TeX sets a thin space before such a name, Matplotlib only after it
NAME = re.compile(r"(?<!\\log)(?<=[\w})]) *(?=\\(?:log|max|min|tanh|cosh)\b)")


class Block(NamedTuple):
    """What no end of a page parts: its height, and its texts (inches from the left, from its top, text, look)."""

    height: float
    texts: list[tuple[float, float, str, dict]]


@on_paper
def cheat_sheet(table, path: str | Path | None = None, letters=None) -> None:
    """Show a table of losses (`catalogue.table()`) as on paper, or write its pages as the PDF file `path`.

    `letters`, a table such as `glossary.symbols_in(catalogue.CATALOGUE)`, comes last and says what they mean.
    """
    rows = table.rows()
    if path is None:
        first, last = (row.name.partition("(")[0] for row in (rows[0], rows[-1]))
        blocks = _blocks(rows, letters)
        height = 2 * MARGIN + sum(block.height for block in blocks)
        show(_page(blocks, height), f"the losses from {first} to {last}, as on paper.")
        return
    with PdfPages(path, metadata={"CreationDate": None, "Title": "Loss functions"}) as pdf:
        for page in _pages(_blocks(rows, letters, "Loss functions")):
            pdf.savefig(page)


def _blocks(rows, letters=None, title: str = "") -> list[Block]:
    """Return all losses, under the title and the names of the families, and then the letters."""
    heads = [(title, LARGEST, TITLE)] if title else []
    blocks, family = [], ""
    for row in rows:
        if row.family != family:
            heads.append((row.family, LARGE, FAMILY))
        blocks.append(_under(heads, _loss(row)))
        heads, family = [], row.family
    if letters:
        blocks.append(_under([("Letters", LARGE, FAMILY)], _letters(letters)))
    return blocks


def _under(heads, block: Block) -> Block:
    """Put a block under the lines that head it, so that none of these ends a page."""
    texts, top = [], 0.0
    for words, size, height in heads:
        texts.append((MARGIN, top + 0.6 * height, words, {"weight": "bold", "fontsize": size}))
        top += height
    texts += [(x, top + below, text, look) for x, below, text, look in block.texts]
    return Block(top + block.height, texts)


def _loss(row) -> Block:
    name, bracket, parameters = row.name.partition("(")
    texts, below = [], ABOVE
    for text, height in [*_lines("", row.tex), *_lines("slope  ", row.slope)]:
        texts.append((MARGIN + NAMES, below + height / 2, text, {}))
        below += height + GAP
    first, second, *_ = (middle for _, middle, _, _ in texts)
    texts.append((MARGIN, first, name, {"weight": "bold"}))
    texts.append((MARGIN, second, (bracket + parameters).replace("()", ""), {"color": GREY}))
    learns = row.learns.replace(r"\|", "|")
    for words in filter(None, (learns and f"a constant learns: {learns}", row.traits)):
        texts.append((MARGIN, below + SMALL_LINE / 2, words, {"fontsize": SMALL, "color": GREY}))
        below += SMALL_LINE
    return Block(below + ABOVE, texts)


def _lines(before: str, tex: str) -> list[tuple[str, float]]:
    """Return a formula as lines that fit their column, each with its height; it breaks where what it names begins."""
    paper, lines = blank(), []
    for part in NAME.sub(r"\\, ", tex).split(NEXT):
        longer = f"{lines[-1][:-1]}{NEXT}{part}$" if lines else ""
        if lines and _size(paper, longer)[0] <= RIGHT:
            lines[-1] = longer
        else:
            lines.append(f"{before * (not lines)}${part}$")
    return [(line, max(LOW, _size(paper, line)[1])) for line in lines]


def _size(paper: Figure, text: str) -> tuple[float, float]:
    """Return how wide and how high a text is, in inches."""
    box = paper.text(0, 0, text, fontsize=SIZE).get_window_extent(paper.canvas.get_renderer())
    return box.width / paper.dpi, box.height / paper.dpi


def _letters(table) -> Block:
    texts, below = [], ABOVE
    for symbol, meaning, *_ in table.rows:
        texts.append((MARGIN, below, symbol.partition("<br>")[0], {"fontsize": SMALL}))
        glued = re.sub(r"\$[^$]*\$", lambda found: found[0].replace(" ", "\0"), meaning.replace("*", ""))
        for line in textwrap.wrap(glued, WIDE, break_long_words=False, break_on_hyphens=False):
            texts.append((MARGIN + NAMES, below, line.replace("\0", " "), {"fontsize": SMALL}))
            below += SMALL_LINE
        below += SMALL_LINE / 3
    return Block(below, texts)


def _pages(blocks: list[Block]) -> list[Figure]:
    """Return the pages: each has as many blocks as there is room for."""
    pages, room = [], 0.0
    for block in blocks:
        if block.height > room:
            pages.append([])
            room = HEIGHT - 2 * MARGIN
        pages[-1].append(block)
        room -= block.height
    return [_page(page, HEIGHT) for page in pages]


def _page(blocks: list[Block], height: float) -> Figure:
    fig = blank(height, WIDTH)
    fig.set_dpi(DPI)
    top = height - MARGIN
    for block in blocks:
        for x, below, text, look in block.texts:
            style = {"fontsize": SIZE, "color": INK, **look}
            fig.text(x / WIDTH, (top - below) / height, text, va="center", **style)
        top -= block.height
        ends = [MARGIN / WIDTH, 1 - MARGIN / WIDTH]
        fig.add_artist(Line2D(ends, [top / height] * 2, color=FAINT, linewidth=0.6))
    return fig
