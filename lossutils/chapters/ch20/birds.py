"""The penguins, and what the neurons of a network's middle layer say of each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from lossutils.plot.labels import dark, look
from lossutils.plot.paper import GREY, PAPER, SIZE, WIDTH, axes, blank, name_axes, on_paper, show
from lossutils.plot.texts import number

SATURATED = 0.99  # a tanh beyond it hardly moves


@on_paper
def two_answers(x, mass, species, names: Sequence[str], what: str, unit: str = "g", *, caption: str = "") -> None:
    """Draw the mass against one measure, each species with a colour and a marker of its own.

    `x`, `mass` and the class numbers `species` are (n,).
    """
    x, mass, species = np.asarray(x, float), np.asarray(mass, float), np.asarray(species)
    fig = blank(4.4)
    ax = axes(fig, 0.8, 0.65, 0.3, 0.45)
    told = []
    for k, name in enumerate(names):
        mine = species == k
        style = look(k)
        ax.plot(
            x[mine], mass[mine], style["marker"], color=style["color"], ms=7, mec=PAPER, mew=0.8, alpha=0.9, label=name
        )
        told.append(f"{mine.sum()} {name}, {number(mass[mine].min())} to {number(mass[mine].max())} {unit}")
    ax.legend(loc="upper left", fontsize=SIZE, frameon=False, handletextpad=0.2, labelcolor="linecolor")
    for text, k in zip(ax.get_legend().get_texts(), range(len(names)), strict=True):
        text.set_color(dark(look(k)["color"]))
    name_axes(ax, what, f"mass ({unit})")
    show(fig, f"The mass against the {what}: {'; '.join(told)}.", caption)


@on_paper
def neurons(values: Mapping[str, np.ndarray], species, names: Sequence[str], *, caption: str = "") -> None:
    """Draw what every neuron of a middle layer says for every bird, from −1 in black to 1 in white.

    Each array is (birds, neurons), and gets a panel; the birds are drawn in the order of their class number
    `species` (birds,).
    """
    species = np.asarray(species)
    order = np.argsort(species, kind="stable")
    high, top, between, bottom = 1.75, 0.5, 0.55, 0.75
    sheet = top + len(values) * high + (len(values) - 1) * between + bottom
    fig = blank(sheet)
    edges = np.cumsum([0, *(int(np.sum(species == k)) for k in range(len(names)))])
    told = []
    for row, (name, found) in enumerate(values.items()):
        above = top + row * (high + between)
        ax = axes(fig, 0.75, sheet - above - high, 0.3, above)
        ax.imshow(np.asarray(found)[order].T, cmap="gray", vmin=-1, vmax=1, aspect="auto", interpolation="nearest")
        ax.grid(visible=False)
        ax.spines[:].set_visible(True)
        for edge in edges[1:-1]:
            ax.axvline(edge - 0.5, color="#D55E00", lw=2)
        last = row == len(values) - 1
        ax.set_xticks((edges[:-1] + edges[1:]) / 2, names if last else [""] * len(names))
        ax.tick_params(axis="x", length=0)
        ax.set_yticks([0, found.shape[1] - 1], ["1", str(found.shape[1])])
        name_axes(ax, "each column is a bird" if last else "", f"neuron (mass in {name})")
        told.append(f"{name}: {np.mean(np.abs(found) > SATURATED):.0%} of all values lie beyond ±{SATURATED}")
    words = (
        f"What {found.shape[1]} neurons say for {len(species)} birds, from −1, black, to 1, white. "
        f"Mass in {'; in '.join(told)}."
    )
    fig.text(0.75 / WIDTH, 0.08 / sheet, "black −1, white 1", fontsize=SIZE, color=GREY, va="bottom")
    show(fig, words, caption)
