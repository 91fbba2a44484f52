"""Small images with what a model makes of them: probabilities as bars, or a text under each."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from lossutils.plot.labels import dark
from lossutils.plot.paper import BLUE, GREY, PAPER, RED, SIZE, WIDTH, axes, blank, head, name_axes, on_paper, show
from lossutils.plot.texts import number

MARGIN, GAP, CAPTION = 0.25, 0.3, 0.55  # inches


@on_paper
def guesses(images, p, labels, title: str | None = None, *, caption: str = "") -> None:
    """Draw images, and below each the probabilities p that a model gives its classes, and what the label costs.

    `images` is (n, h, w), `p` is (n, K), `labels` holds n class numbers. The label's bar is blue and its number
    bold, the largest of the others red and hatched where the model prefers it.
    """
    images, p, labels = np.asarray(images), np.asarray(p, float), np.asarray(labels)
    top = 0.55 if title else 0.15
    fig = blank(3.75 + top)
    width = (WIDTH - 0.6 - MARGIN - GAP * (len(images) - 1)) / len(images)
    for k, (image, row, label) in enumerate(zip(images, p, labels, strict=True)):
        left = 0.6 + k * (width + GAP)
        right = WIDTH - left - width
        room = (width - 1.2) / 2
        above = axes(fig, left + room, 2.25, right + room, top + 0.3)
        draw_image(above, image)
        above.set_title(f"label {label}", fontsize=SIZE, loc="center", pad=4)
        bars = axes(fig, left, 0.65, right, top + 1.95)
        draw_probabilities(bars, row, label, first=k == 0)
        bars.set_xlabel(f"−log {number(row[label], 3)} = {number(-np.log(row[label]), 3)}")
    if title:
        head(fig, title)
    show(fig, _guesses_words(p, labels, title), caption)


def draw_image(ax: Axes, image: np.ndarray) -> None:
    """Draw an image, dark where its numbers are large, without a scale."""
    ax.imshow(image, cmap="gray_r", vmin=0, interpolation="nearest")
    ax.set(xticks=[], yticks=[])
    ax.grid(visible=False)
    ax.spines[:].set_visible(True)


def draw_probabilities(ax: Axes, p: np.ndarray, label: int, first: bool) -> None:
    """Draw one bar a class: the label's in blue, a preferred other one in red and hatched."""
    colours = [GREY] * len(p)
    colours[int(p.argmax())] = RED
    colours[int(label)] = BLUE
    bars = ax.bar(np.arange(len(p)), p, width=0.75, color=colours)
    if p.argmax() != label:
        bars[int(p.argmax())].set(hatch="///", edgecolor=PAPER, linewidth=0)
    ax.set(ylim=(0, 1.05), xlim=(-0.7, len(p) - 0.3), xticks=np.arange(len(p)))
    ax.get_xticklabels()[int(label)].set(color=dark(BLUE), fontweight="bold")
    ax.set_yticks([0, 0.5, 1] if first else [])
    ax.grid(axis="x", visible=False)
    name_axes(ax, "", "probability of each class" if first else "")


def _guesses_words(p, labels, title) -> str:
    parts = [
        f"label {label}: it says {row.argmax()} with probability {number(row.max(), 3)}, and the label, with "
        f"{number(row[label], 3)}, costs {number(-np.log(row[label]), 3)}"
        for row, label in zip(p, labels, strict=True)
    ]
    opening = f"{title.rstrip('.')}. " if title else ""
    return f"{opening}{len(labels)} images and the probabilities that a model gives them. {'; '.join(parts)}."


@on_paper
def gallery(images, lines, columns: int = 5, title: str | None = None, *, caption: str = "") -> None:
    """Draw images (n, h, w) in rows, each with one or two lines of text below it."""
    images, lines = np.asarray(images), list(lines)
    rows = -(-len(images) // columns)
    columns = -(-len(images) // rows)  # rows of the same length, as far as it goes
    width = (WIDTH - 2 * MARGIN) / columns
    side = min(1.0, width - 0.25)
    top = 0.55 if title else 0.15
    fig = blank(top + rows * (side + CAPTION + 0.1))
    for k, (image, text) in enumerate(zip(images, lines, strict=True)):
        row, column = divmod(k, columns)
        left, above = MARGIN + column * width + (width - side) / 2, top + row * (side + CAPTION + 0.1)
        ax = axes(fig, left, fig.get_figheight() - above - side, WIDTH - left - side, above)
        draw_image(ax, image)
        ax.set_xlabel(text, fontsize=SIZE, labelpad=3)
    if title:
        head(fig, title)
    opening = f"{title.rstrip('.')}. " if title else ""
    parts = "; ".join(", ".join(text.splitlines()) for text in lines)
    show(fig, f"{opening}{len(lines)} images: {parts}.", caption)
