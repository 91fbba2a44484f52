"""The curves of several trainings side by side, lettered, so that a reader can tell what each of them suffers from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, NullLocator

from lossutils.plot.labels import look, note
from lossutils.plot.paper import GREY, SIZE, WIDTH, axes, blank, on_paper, show
from lossutils.plot.texts import number

COLUMNS, HIGH, LEFT, GAP = 2, 1.9, 0.85, 0.35  # inches, but for the columns
FOOT, HEAD = 0.7, 0.3
LOWEST, HIGHEST = 0.0003, 6.0  # nats


@on_paper
def seven_curves(trainings: Sequence, chance: float, letters: str = "ABCDEFGH", *, caption: str = "") -> None:
    """Draw training and validation loss of each training over its epochs, a panel each, beside the loss of chance.

    `trainings` are pairs (training losses, validation losses), each (epochs,); `chance` is a dotted line.
    """
    rows = -(-(len(trainings) + 1) // COLUMNS)  # one place is left for the names of the lines
    height = FOOT + HEAD + rows * HIGH + (rows - 1) * GAP
    fig = blank(height)
    wide = (WIDTH - LEFT - 0.25 - GAP * (COLUMNS - 1)) / COLUMNS
    told = []
    for k in range(len(trainings) + 1):
        row, column = divmod(k, COLUMNS)
        left = LEFT + column * (wide + GAP)
        bottom = height - HEAD - HIGH - row * (HIGH + GAP)
        ax = axes(fig, left, bottom, WIDTH - left - wide, height - bottom - HIGH)
        if k == len(trainings):
            _names(ax)
            continue
        train, validation = (np.asarray(losses, float) for losses in trainings[k])
        epochs = np.arange(1, len(train) + 1)
        ax.axhline(chance, color=GREY, lw=1.4, ls=(0, (1.2, 1.6)), zorder=1)
        ax.plot(epochs, train, **look(0) | {"marker": ""})
        ax.plot(epochs, validation, **look(1) | {"marker": ""})
        ax.set(yscale="log", ylim=(LOWEST, HIGHEST), xlim=(0, len(train)))
        ax.yaxis.set_major_formatter(FuncFormatter(lambda tick, _: number(tick)))
        ax.yaxis.set_minor_locator(NullLocator())
        ax.tick_params(labelleft=column == 0, labelbottom=k + COLUMNS >= len(trainings))
        if k == len(trainings) - 1:
            ax.set_xlabel("epoch")
        note(ax, 0.03, 0.05, letters[k], GREY, va="bottom").set(fontsize=SIZE + 3, fontweight="bold")
        note(ax, 0.13, 0.06, f"starts at {train[0]:.2f}", GREY, va="bottom")
        least = int(np.argmin(validation))
        told.append(
            f"{letters[k]}: training {number(train[0], 3)} to {number(train[-1], 2)}, validation ends at "
            f"{number(validation[-1], 3)}, its least is {number(validation[least], 3)} in epoch {least + 1}"
        )
    words = f"Mean losses over the epochs, on a logarithmic axis; chance costs {number(chance, 4)}. {'. '.join(told)}."
    show(fig, words, caption)


def _names(ax) -> None:
    """Say what the lines are, in a panel of its own."""
    ax.set_axis_off()
    lines = [("training loss", look(0)), ("validation loss", look(1)), ("chance", {"color": GREY})]
    for k, (name, style) in enumerate(lines):
        y = 0.5 - 0.2 * k
        dashes = style.get("linestyle", (0, (1.2, 1.6)))
        line = Line2D([0.08, 0.3], [y, y], transform=ax.transAxes, color=style["color"], ls=dashes, lw=2.2)
        ax.add_line(line)
        note(ax, 0.36, y, name, style["color"], va="center")
    note(ax, 0.08, 0.69, "mean loss (nats)", GREY)
