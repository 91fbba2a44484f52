"""Direct labels: each line's name stands at its end, tied to it by its own colour and dashes, and none overlap."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from lossutils.plot.paper import COLOURS, DASHES, GREY, INK, MARKERS, ON_TOP, SIZE, axes, text_width

STUB = 0.32  # inches between the axes and the labels, for the lines that tie them to their curves
LINE = 0.27  # inches from one label to the next
# Looks that these losses keep from figure to figure:
OWN = ("squared error", "absolute error", "Huber", "pinball", "percentage error", "maximum error", "Cauchy")


def look(k: int) -> dict:
    """Return colour, dashes and marker of the k-th line; more than seven can't be told apart."""
    if k >= len(COLOURS):
        raise ValueError(f"{len(COLOURS)} lines at most can be told apart in one figure; draw a second one")
    return {"color": COLOURS[k], "linestyle": DASHES[k], "marker": MARKERS[k]}


def own_look(name: str) -> dict:
    """Return the look of a loss by its name or label; a loss without one of its own is a dark diamond."""
    kind = name.split(",")[0]
    return look(OWN.index(kind)) if kind in OWN else {"color": INK, "linestyle": "-", "marker": "D"}


def dark(colour) -> str:
    """Return a darker shade of a colour, in which small text can be read on the paper."""
    return to_hex([0.6 * part for part in to_rgb(colour)])


def note(ax: Axes, x: float, y: float, text: str, colour, ha: str = "left", va: str = "top") -> Text:
    """Write a small text into the axes, at shares of their width and height, on top of what is drawn there."""
    return ax.text(x, y, text, transform=ax.transAxes, ha=ha, va=va, fontsize=SIZE, color=dark(colour), **ON_TOP)


def name_beside(ax: Axes, text: str, places, colour, taken, away=(12, 20, 28, 36)) -> Text:
    """Write a name beside one of these places (k, 2), where it covers no other text and least of what is drawn.

    `places` are in the data's coordinates, the best one first; `taken` are arrays like it of what is drawn: points, and
    lines as points. Of the spots that cover equally little, the nearest is chosen. `away` are the distances in points.
    Call it last, when the limits of both axes stand.
    """
    ax.get_xlim(), ax.get_ylim()  # as in label_ends
    fig = ax.get_figure()
    pen = fig.canvas.get_renderer()
    boxes = [other.get_window_extent(pen) for other in ax.texts if other.get_visible() and other.get_text()]
    name = ax.annotate(text, (0, 0), (0, 0), textcoords="offset points", fontsize=SIZE, color=dark(colour), **ON_TOP)
    name.set(ha="center", va="center")
    frame, dots = ax.get_window_extent(pen), fig.dpi / 72
    half = np.array([text_width(fig, text, SIZE) * 72, 1.3 * SIZE]) * dots / 2 + 3
    points = ax.transData.transform(np.concatenate([np.reshape(part, (-1, 2)) for part in taken]))
    sides = np.array([(0, 1), (0, -1), (1, 0), (-1, 0)])
    shifts = sides * np.multiply.outer(away, [1, 1])[:, np.newaxis] * dots + sides * [half[0], 0]  # (away, side, 2)
    places = np.asarray(places, float)
    middles = ax.transData.transform(places)[:, np.newaxis] + shifts[:, np.newaxis]  # (away, place, side, 2)
    spots = middles.reshape(-1, 2)
    bad = np.any((spots - half < frame.min) | (spots + half > frame.max), axis=1)
    for box in boxes:
        bad |= np.all((spots - half < box.max) & (spots + half > box.min), axis=1)
    covered = np.sum(np.all(np.abs(points - spots[:, np.newaxis]) < half, axis=2), axis=1)
    best = np.lexsort([covered, bad])[0]  # stable: of equal ones the first
    reach, order, side = np.unravel_index(best, middles.shape[:3])
    name.xy, name.xyann = places[order], shifts[reach, side] / dots
    return name


def spread(wanted: np.ndarray, gap: float, low: float, high: float) -> np.ndarray:
    """Move positions as little as possible so that neighbours are `gap` apart and all lie from low to high."""
    wanted = np.asarray(wanted, float)
    order = np.argsort(wanted, kind="stable")
    groups: list[list[float]] = []  # [sum of the wanted places less their ranks' offset, members]
    for rank, place in enumerate(wanted[order]):
        groups.append([place - rank * gap, 1])
        while len(groups) > 1 and groups[-2][0] / groups[-2][1] >= groups[-1][0] / groups[-1][1]:
            total, members = groups.pop()
            groups[-1][0] += total
            groups[-1][1] += members
    placed = np.concatenate([np.full(members, total / members) for total, members in groups])
    placed = np.clip(placed, low, max(low, high - gap * (len(wanted) - 1))) + gap * np.arange(len(wanted))
    result = np.empty_like(placed)
    result[order] = placed
    return result


def axes_for_labels(fig: Figure, names, left=0.85, bottom=0.65, top=0.45) -> Axes:
    """Add axes that leave the room on the right which these labels need."""
    right = max((text_width(fig, name, SIZE) for name in names), default=0) + STUB + 0.12
    return axes(fig, left, bottom, right, top)


def label_ends(ax: Axes, lines: list[Line2D]) -> None:
    """Write each line's name to the right of the axes, at the height of its end, without overlaps.

    Call it last, when the limits of both axes stand.
    """
    ax.get_xlim(), ax.get_ylim()  # Matplotlib sets the limits only when they are asked for
    fig = ax.get_figure()
    box = ax.get_position()
    width, height = fig.get_size_inches() * (box.width, box.height)
    ways = [_way(ax, line) for line in lines]
    found = [_end(way) for way in ways]
    for line, way in zip(lines, ways, strict=True):
        start, towards, comes_from_outside = _end(way[::-1])
        if comes_from_outside and start[0] >= 0.02:
            _arrow(ax, start, towards, line.get_color())
    ends = np.array([end for end, *_ in found])
    places = spread(ends[:, 1] * height, LINE, 0.0, height) / height
    for line, ((x, y), way, goes_on), place in zip(lines, found, places, strict=True):
        tie = {"transform": ax.transAxes, "clip_on": False, "color": line.get_color(), "lw": 1.2}
        stub = STUB / width
        start = max(x, 1 + 0.1 * stub) if x > 0.98 else x
        if x <= 0.98:  # a thin grey tie is not taken for a part of the line
            tie |= {"color": GREY, "lw": 1, "ls": (0, (1, 2))}
        if x <= 0.98 and goes_on:
            _arrow(ax, (x, y), way, line.get_color())
        ax.add_line(Line2D([start, 1 + 0.7 * stub, 1 + 0.9 * stub], [y, place, place], **tie))
        ax.text(
            1 + stub,
            place,
            line.get_label(),
            transform=ax.transAxes,
            va="center",
            fontsize=SIZE,
            color=dark(line.get_color()),
        )


def _way(ax: Axes, line: Line2D) -> np.ndarray:
    """Return a line's points in axes coordinates (m, 2)."""
    points = ax.transAxes.inverted().transform(ax.transData.transform(np.column_stack(line.get_data())))
    return points[np.isfinite(points).all(axis=1)]


def _end(points: np.ndarray) -> tuple[np.ndarray, np.ndarray, bool]:
    """Return the last point that can be seen, the way to it, and whether the line goes on beyond."""
    seen = np.flatnonzero(((points > -0.01) & (points < 1.01)).all(axis=1))
    last = seen[-1] if len(seen) else len(points) - 1
    return np.clip(points[last], 0, 1), points[last] - points[max(last - 1, 0)], last < len(points) - 1


def _arrow(ax: Axes, tip, way: np.ndarray, colour) -> None:
    """Draw the head of an arrow where a line leaves the frame, in the line's own direction."""
    box = ax.get_position()
    inches = way * ax.get_figure().get_size_inches() * (box.width, box.height)
    along = 14 * inches / max(np.hypot(*inches), 1e-12)  # points
    ax.annotate(
        "",
        tip,
        -along,
        xycoords="axes fraction",
        textcoords="offset points",
        arrowprops={"arrowstyle": "-|>", "color": colour, "lw": 2, "mutation_scale": 18, "shrinkA": 0, "shrinkB": 0},
        annotation_clip=False,
    )
