"""The curves of several trainings side by side, lettered, so that a reader can tell what each of them suffers from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, NullLocator

from lossutils.plot.labels import dark, look
from lossutils.plot.paper import GREY, SIZE, WIDTH, axes, blank, name_axes, on_paper, show
from lossutils.plot.texts import number

COLUMNS, HIGH, LEFT, GAP, ROW = 2, 1.3, 0.85, 0.35, 0.44  # inches, but for the columns
FOOT, HEAD = 0.7, 0.45
LOWEST, HIGHEST = 0.0007, 6.0  # nats


@on_paper
def seven_curves(trainings: Sequence, chance: float, letters: str = "ABCDEFGH", *, caption: str = "") -> None:
    """Draw training and validation loss of each training over its epochs, a panel each, beside the loss of chance.

    `trainings` are pairs (training losses, validation losses), each (epochs,); `chance` is a dotted line.
    """
    rows = -(-(len(trainings) + 1) // COLUMNS)  # one place is left for the names of the lines
    height = FOOT + HEAD + rows * HIGH + (rows - 1) * ROW
    fig = blank(height)
    wide = (WIDTH - LEFT - 0.25 - GAP * (COLUMNS - 1)) / COLUMNS
    told = []
    for k in range(len(trainings)):
        row, column = divmod(k, COLUMNS)
        left = LEFT + column * (wide + GAP)
        bottom = height - HEAD - HIGH - row * (HIGH + ROW)
        ax = axes(fig, left, bottom, WIDTH - left - wide, height - bottom - HIGH)
        train, validation = (np.asarray(losses, float) for losses in trainings[k])
        epochs = np.arange(1, len(train) + 1)
        ax.axhline(chance, color=GREY, lw=1.4, ls=(0, (1.2, 1.6)), zorder=1)
        ax.plot(epochs, train, **look(0) | {"marker": ""})
        ax.plot(epochs, validation, **look(1) | {"marker": ""})
        ax.set(yscale="log", ylim=(LOWEST, HIGHEST), xlim=(0, len(train)))
        ax.yaxis.set_major_formatter(FuncFormatter(lambda tick, _: number(tick)))
        ax.yaxis.set_minor_locator(NullLocator())
        ax.set_yticks([0.001, 0.01, 0.1, 1])
        ax.tick_params(labelleft=column == 0, labelbottom=k + COLUMNS >= len(trainings))
        name_axes(
            ax, "epoch" if k + COLUMNS >= len(trainings) else "", f"{letters[k]} · training starts at {train[0]:.2f}"
        )
        least = int(np.argmin(validation))
        told.append(
            f"{letters[k]}: training {number(train[0], 3)} to {number(train[-1], 2)}, validation ends at "
            f"{number(validation[-1], 3)}, its least is {number(validation[least], 3)} in epoch {least + 1}"
        )
    _names(fig, LEFT + (COLUMNS - 1) * (wide + GAP) + 0.2)
    words = f"Mean losses over the epochs, on a logarithmic axis; chance costs {number(chance, 4)}. {'. '.join(told)}."
    show(fig, words, caption)


def _names(fig, left: float) -> None:
    """Say what the lines are, in the corner that is left, from `left` inches on."""
    width, height = fig.get_size_inches()
    lines = [("training loss", look(0)), ("validation loss", look(1)), ("chance", {"color": GREY})]
    for k, (name, style) in enumerate(lines):
        y = (0.82 - 0.3 * k) / height
        dashes = style.get("linestyle", (0, (1.2, 1.6)))
        line = Line2D([left / width, (left + 0.7) / width], [y, y], color=style["color"], ls=dashes, lw=2.2)
        fig.add_artist(line)
        fig.text((left + 0.85) / width, y, name, va="center", fontsize=SIZE, color=dark(style["color"]))
    fig.text(left / width, 1.12 / height, "mean loss, in nats", va="center", fontsize=SIZE, color=dark(GREY))
