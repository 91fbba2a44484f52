"""The cheat sheet on paper: every loss with its slope, on upright A4 pages, shown or as a PDF."""

from __future__ import annotations

from pathlib import Path

from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from lossutils.plot.paper import FAINT, GREY, INK, blank, on_paper, show

WIDTH, HEIGHT = 8.27, 11.69  # inches: A4, upright
MARGIN, NAMES = 0.32, 2.1  # inches: the edge of the page, the column of the names
ON_A_PAGE = 9  # losses
STEP = (HEIGHT - 2 * MARGIN) / ON_A_PAGE
LINES = 0.26, 0.67, 0.98, 1.12  # inches below the top of a loss: formula, slope, what a constant learns, claims
DPI = 100  # as wide as a page of text on a screen
SIZE, SMALL = 9.5, 8.5  # points


@on_paper
def cheat_sheet(table, path: str | Path | None = None) -> None:
    """Show a table of losses (`catalogue.table()`) as on paper, or write its pages as the PDF file `path`."""
    rows = table.rows()
    if path is None:
        first, last = (row.name.partition("(")[0] for row in (rows[0], rows[-1]))
        show(_sheet(rows, 2 * MARGIN + len(rows) * STEP), f"the losses from {first} to {last}, as on paper.")
        return
    with PdfPages(path, metadata={"CreationDate": None, "Title": "Loss functions"}) as pdf:
        for start in range(0, len(rows), ON_A_PAGE):
            pdf.savefig(_sheet(rows[start : start + ON_A_PAGE], HEIGHT))


def _sheet(rows, height: float) -> Figure:
    fig = blank(height, WIDTH)
    fig.set_dpi(DPI)
    for k, row in enumerate(rows):
        top = height - MARGIN - k * STEP
        first, second, third, last = (top - below for below in LINES)
        name, bracket, parameters = row.name.partition("(")
        _write(fig, MARGIN, first, name, weight="bold")
        _write(fig, MARGIN, second, (bracket + parameters).replace("()", ""), color=GREY)
        _write(fig, MARGIN + NAMES, first, f"${row.tex}$")
        _write(fig, MARGIN + NAMES, second, f"slope  ${row.slope}$")
        if row.learns:
            learns = row.learns.replace(r"\|", "|")
            _write(fig, MARGIN, third, f"a constant learns: {learns}", fontsize=SMALL, color=GREY)
        _write(fig, MARGIN, last, row.traits, fontsize=SMALL, color=GREY)
        y = (top - STEP) / height
        fig.add_artist(Line2D([MARGIN / WIDTH, 1 - MARGIN / WIDTH], [y, y], color=FAINT, linewidth=0.6))
    return fig


def _write(fig: Figure, x: float, y: float, text: str, **look) -> None:
    fig.text(x / WIDTH, y / fig.get_figheight(), text, va="center", **{"fontsize": SIZE, "color": INK, **look})
