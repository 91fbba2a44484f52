"""The fates of a confident mistake: how hard each program pulls it back, where its pull ends, and where it is nan."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lossutils.plot.labels import dark, look
from lossutils.plot.paper import FAINT, GREY, blank, name_axes, on_paper, show
from lossutils.plot.paper import axes as place
from lossutils.plot.texts import number

ROW = 1.3  # inches from one program to the next


@on_paper
def fates(z, slopes: Mapping[str, np.ndarray], xlabel: str, ylabel: str, *, caption: str = "") -> None:
    """Draw the slope of each program against the score, a row each; where a slope is nan, the row is hatched."""
    z = np.asarray(z, float)
    slopes = {name: np.asarray(slope, float) for name, slope in slopes.items()}
    fig = blank(0.7 + ROW * len(slopes))
    for k, (name, slope) in enumerate(slopes.items()):
        ax = _row(fig, k, len(slopes), z)
        style = look(k)
        ax.plot(z, slope, color=style["color"], ls=style["linestyle"], lw=2.8)
        if np.isnan(slope).any():
            ax.axvspan(z[np.isnan(slope)].min(), z[-1], facecolor="none", edgecolor=GREY, hatch="///", lw=0)
        name_axes(ax, xlabel if k == len(slopes) - 1 else "", _said(name, z, slope))
        ax.yaxis.label.set_color(dark(style["color"]))
        ax.tick_params(labelbottom=k == len(slopes) - 1)
    show(fig, _words(z, slopes, xlabel, ylabel), caption)


def _row(fig: Figure, k: int, rows: int, z: np.ndarray) -> Axes:
    bottom = 0.65 + ROW * (rows - 1 - k)
    ax = place(fig, 0.85, bottom, 0.25, fig.get_figheight() - bottom - ROW + 0.45)
    ax.set(xlim=z[[0, -1]], ylim=(-0.12, 1.25), yticks=[0, 1])
    ax.grid(axis="x", color=FAINT)
    return ax


def _said(name: str, z: np.ndarray, slope: np.ndarray) -> str:
    """What a program's slope is at its first score, and from where on it is another."""
    lost = np.flatnonzero(~(np.abs(slope - slope[0]) < 0.5))
    if not len(lost):
        return f"{name}: slope {number(slope[0], 3)}"
    then = "nan" if np.isnan(slope[lost[0]]) else f"slope {number(slope[lost[0]], 3)}"
    return f"{name}: {then} from {number(z[lost[0]])} on"


def _words(z, slopes, xlabel, ylabel) -> str:
    parts = "; ".join(_said(name, z, slope) for name, slope in slopes.items())
    return f"{ylabel} against {xlabel}, from {number(z[0])} to {number(z[-1])}, a row for each program. {parts}."
