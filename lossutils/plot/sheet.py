"""The cheat sheet on paper: one landscape page with every loss, as a PDF."""

from __future__ import annotations

import textwrap
from pathlib import Path

from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from lossutils.plot.paper import FAINT, INK, on_paper

A4 = (11.69, 8.27)  # inches, landscape
LEFT, TOP, BOTTOM = 0.02, 0.97, 0.02  # shares of the page
COLUMNS = (0.125, 0.245, 0.275, 0.14, 0.042, 0.04, 0.055, 0.038)  # shares of the page: widths
SIZE, SMALLEST = 6.5, 3.0  # points


@on_paper
def cheat_sheet(table, path: str | Path) -> None:
    """Print a table of losses (`catalogue.table()`) on one landscape A4 page: writes the PDF file `path`.

    A formula that would be too small to read is left to the loss's card.
    """
    figure = Figure(figsize=A4)
    rows = table.rows()
    step = (TOP - BOTTOM) / (len(rows) + 1)
    _line(figure, TOP - step / 2, table.heads(), step, "bold")
    for i, (name, tex, slope, *rest) in enumerate(rows, start=1):
        learns = textwrap.fill(rest[0], 32)
        _line(figure, TOP - (i + 0.5) * step, (name, f"${tex}$", f"${slope}$", learns, *rest[1:]), step)
    figure.savefig(path, format="pdf", metadata={"CreationDate": None, "Title": "Loss functions"})


def _line(figure: Figure, middle: float, cells: tuple[str, ...], step: float, weight: str = "normal") -> None:
    x = LEFT
    for text, width in zip(cells, COLUMNS, strict=True):
        cell = figure.text(x, middle, text, size=SIZE, weight=weight, color=INK, va="center")
        box = cell.get_window_extent()
        page = figure.bbox
        fit = min(1.0, 0.97 * width * page.width / max(box.width, 1), 0.95 * step * page.height / max(box.height, 1))
        if SIZE * fit < SMALLEST:
            cell.set_text("see its card")
        else:
            cell.set_size(SIZE * fit)
        x += width
    y = middle - step / 2
    figure.add_artist(Line2D([LEFT, 1 - LEFT], [y, y], color=FAINT, linewidth=0.4, transform=figure.transFigure))
