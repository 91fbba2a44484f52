"""The schematic of the whole course: a prediction is judged, and what judged it says how the weights must move."""

from __future__ import annotations

from collections.abc import Mapping

from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from lossutils.plot.labels import dark
from lossutils.plot.paper import BLUE, GREEN, GREY, INK, PAPER, PURPLE, RED, SIZE, WIDTH, blank, on_paper, show
from lossutils.plot.texts import number

WIDE, GAP = 2.0, 0.6  # inches: a box, and the arrow between two
HIGH, TALL = 0.95, 1.25  # inches: a box with words alone, and one with its number too
BETWEEN = 0.8  # inches between the two rows

# station: (column, row, colour, what it is in a few words); the target is given, so its frame is dashed
STATIONS = {
    "prediction": (0, 1, BLUE, "what the\nmodel says"),
    "loss": (1, 1, RED, "how wrong,\nin one number"),
    "target": (2, 1, GREY, "what was\nmeasured"),
    "weights": (0, 0, GREEN, "what the model\ncan change"),
    "slope": (1, 0, PURPLE, "which way is up,\nand how steep"),
}
ARROWS = {  # from, to: what happens on the way
    ("weights", "prediction"): "the model computes",
    ("prediction", "loss"): "",
    ("target", "loss"): "",
    ("loss", "slope"): "its derivative",
    ("slope", "weights"): "",
}
WORDS = (
    "The loop of learning. The weights make a prediction; prediction and target make the loss, one number; the loss "
    "has a slope; the weights take a step against the slope, and the loop begins again."
)


@on_paper
def loop(numbers: Mapping[str, float | str] | None = None, *, caption: str = "") -> None:
    """Draw how a loss teaches: prediction, loss, slope, weights, and round again.

    `numbers` writes one round into the boxes, by their names: {"prediction": 3, "target": 1, "loss": 4, "slope": 4,
    "weights": "3 → 2.6"}; a text is taken as it is.
    """
    said = {name: x if isinstance(x, str) else number(x) for name, x in (numbers or {}).items()}
    if unknown := sorted(said.keys() - STATIONS.keys()):
        raise ValueError(f"the loop has the boxes {', '.join(STATIONS)}, and none called {', '.join(unknown)}")
    high = TALL if said else HIGH
    fig = blank(2 * high + BETWEEN + 0.5)
    for name in STATIONS:
        _box(fig, name, said.get(name, ""), high)
    for (start, end), text in ARROWS.items():
        _arrow(fig, _edge(start, end, high), _edge(end, start, high), text)
    _step(fig, high)
    one_round = f" One round: {'; '.join(f'{name} {x}' for name, x in said.items())}." if said else ""
    show(fig, WORDS + one_round, caption)


def _middle(name: str, high: float) -> tuple[float, float]:
    column, row, *_ = STATIONS[name]
    return (WIDTH - 3 * WIDE - 2 * GAP) / 2 + column * (WIDE + GAP) + WIDE / 2, 0.25 + row * (high + BETWEEN) + high / 2


def _box(fig: Figure, name: str, value: str, high: float) -> None:
    x, y = _middle(name, high)
    colour, what = STATIONS[name][2:]
    frame = FancyBboxPatch(
        (x - WIDE / 2, y - high / 2),
        WIDE,
        high,
        boxstyle="round,pad=0,rounding_size=.12",
        transform=fig.dpi_scale_trans,
        fc=PAPER,
        ec=colour,
        lw=2.4,
        ls="--" if name == "target" else "-",
    )
    fig.add_artist(frame)
    at = {"transform": fig.dpi_scale_trans, "ha": "center", "va": "baseline", "linespacing": 1.15}
    top = y + high / 2
    fig.text(x, top - 0.26, name, fontsize=14, fontweight="bold", color=dark(colour), **at)
    fig.text(x, top - 0.78, what, fontsize=SIZE, color=INK, **at)
    fig.text(x, top - 1.12, value, fontsize=17, fontweight="bold", color=dark(colour), **at)


def _edge(name: str, towards: str, high: float) -> tuple[float, float]:
    """The point on a box's frame from which an arrow to a neighbour leaves, a little off the frame."""
    (x, y), (its_x, its_y) = _middle(name, high), _middle(towards, high)
    off = 0.06
    if abs(its_x - x) > abs(its_y - y) or its_y == y:
        return x + (WIDE / 2 + off) * (1 if its_x > x else -1), y
    return x, y + (high / 2 + off) * (1 if its_y > y else -1)


def _arrow(fig: Figure, start, end, text: str) -> None:
    arrow = FancyArrowPatch(
        start,
        end,
        arrowstyle="-|>,head_width=.4,head_length=.6",
        mutation_scale=16,
        shrinkA=0,
        shrinkB=0,
        lw=3,
        color=INK,
        transform=fig.dpi_scale_trans,
    )
    fig.add_artist(arrow)
    x, y = (start[0] + end[0]) / 2 + 0.14, (start[1] + end[1]) / 2
    fig.text(x, y, text, fontsize=SIZE, color=INK, va="center", transform=fig.dpi_scale_trans)


def _step(fig: Figure, high: float) -> None:
    """Beside the slope, where there is room: what the arrow to the weights does."""
    x, y = _middle("target", high)[0], _middle("slope", high)[1]
    text = "The weights take\na small step\nagainst the slope,\nand round again."
    at = {"transform": fig.dpi_scale_trans, "ha": "center", "va": "center", "linespacing": 1.25}
    fig.text(x, y, text, fontsize=SIZE, color=INK, **at)
