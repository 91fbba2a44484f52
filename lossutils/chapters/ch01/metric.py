"""What a metric makes of the best guesses of several losses: the share of values that a guess nearly meets."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lossutils.chapters.ch01.game import near
from lossutils.plot.labels import LINE, axes_for_labels, label_ends, own_look
from lossutils.plot.paper import GREY, INK, blank, name_axes, on_paper, show
from lossutils.plot.texts import number, with_unit


def _share(values: np.ndarray, c, within: float) -> np.ndarray:
    """The share of values that each guess misses by less than this part of the value."""
    return (np.abs(np.subtract.outer(c, values)) / np.abs(values) < within).mean(axis=-1)


@on_paper
def metric_at_guess(
    values, guesses: Mapping[str, float], within: float = 0.10, unit: str = "", *, caption: str = ""
) -> None:
    """Draw the share of values less than 10 % off (`within`) against the guess, as steps, and mark some guesses on it.

    `values` is (n,), without 0; `guesses` names the guesses, such as each loss's best one. The highest share is
    marked too.
    """
    values = np.asarray(values, float)
    crowd = near(values)
    low, high = min(crowd.min(), *guesses.values()), max(crowd.max(), *guesses.values())
    edges, shares = _steps(values, within)
    best = _widest_best(edges, shares)
    marks = [(f"{name}: {100 * share:.0f} %", c, share) for name, c, share in _met(values, guesses, within)]
    marks.append((f"the best there is: {100 * shares.max():.0f} %", best, shares.max()))
    fig = blank(max(3.6, 1.6 + LINE * len(marks)))
    ax = axes_for_labels(fig, [name for name, *_ in marks])
    room = 0.06 * (high - low) or 1.0
    ax.set(xlim=(low - room, high + room), ylim=(-4, 112 * shares.max()))
    ax.step(edges, 100 * np.append(shares, 0.0), where="post", color=GREY, zorder=2)
    drawn = [_mark(ax, *mark) for mark in marks]
    name_axes(ax, with_unit("guess c", unit), f"values less than {100 * within:g} % off (%)")
    label_ends(ax, drawn)
    show(fig, _words(values, guesses, within, unit, best, shares.max()), caption)


def _steps(values: np.ndarray, within: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the guesses at which the share changes (m,), and the share between each two (m − 1,)."""
    edges = np.unique(np.concatenate([values * (1 - within), values * (1 + within)]))
    return edges, _share(values, (edges[1:] + edges[:-1]) / 2, within)


def _widest_best(edges: np.ndarray, shares: np.ndarray) -> float:
    """The middle of the widest step that has the highest share."""
    return float(((edges[1:] + edges[:-1]) / 2)[np.argmax(np.diff(edges) * (shares == shares.max()))])


def _met(values, guesses, within):
    return [(name, c, float(_share(values, c, within))) for name, c in guesses.items()]


def _mark(ax, name: str, c: float, share: float):
    look = own_look(name.split(":")[0])
    style = {"color": look["color"], "marker": look["marker"], "mec": INK, "ms": 11, "zorder": 5, "ls": ""}
    return ax.plot(c, 100 * share, label=name, clip_on=False, **style)[0]


def _words(values, guesses, within, unit, best, highest) -> str:
    met = [f"{name} at {number(c)}, {100 * share:.1f} %" for name, c, share in _met(values, guesses, within)]
    units = f" {unit}" if unit else ""
    return (
        f"The share of {len(values)} values that a guess misses by less than {100 * within:g} % of the value, against "
        f"the guess{f' in {unit}' if unit else ''}, a curve of steps. Marked: {'; '.join(met)}. The best share, "
        f"{100 * highest:.1f} %, is near {number(best, 3)}{units}."
    )
