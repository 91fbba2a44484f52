"""Six kinds of targets, each with its distribution: how it moves with the score that a model predicts."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes

from lossutils.chapters.ch03.noise import NOISES
from lossutils.chapters.ch03.standing import stand, targets
from lossutils.plot.paper import RED, SIZE, WIDTH, axes, blank, name_axes, on_paper, show
from lossutils.plot.texts import listed, number

SCORES = (-0.8, 0.0, 0.8)
REACH = 0.65  # in units of the score: how far the highest density goes
PANEL = 3.05  # inches from one row of panels to the next
INDENT = -0.16  # of a panel's width: where the texts above it begin


class Kind(NamedTuple):
    """A kind of target: what its distribution becomes at a score."""

    noise: str
    target: str
    heights: tuple[float, float]  # of the panel
    parameters: Callable[[float], tuple]
    expected: Callable[[np.ndarray], np.ndarray] | None  # the curve; classes have none
    link: str


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


KINDS = (
    Kind("Gaussian", "any number", (-2.4, 2.4), lambda z: (z, 0.5), lambda z: z, "the score"),
    Kind("Laplace", "some far off", (-2.4, 2.4), lambda z: (z, 0.4), lambda z: z, "the score"),
    Kind("gamma", "an amount above 0", (0, 4.6), lambda z: (np.exp(z), 4.0), np.exp, "exp of the score"),
    Kind("Poisson", "how many", (-0.5, 6.5), lambda z: (np.exp(z),), np.exp, "exp of the score"),
    Kind("Bernoulli", "yes or no", (-0.4, 1.4), lambda z: (_sigmoid(z),), _sigmoid, "sigmoid of the score"),
    Kind("categorical", "one of three", (-0.5, 2.5), lambda z: (0.0, z), None, "softmax of the scores"),
)


@on_paper
def six_distributions(scores=SCORES, *, caption: str = "") -> None:
    """Draw for six kinds of targets how the distribution moves with the score: it stands on its curve at each score."""
    fig = blank(2 * PANEL + 0.35)
    for k, kind in enumerate(KINDS):
        row, column = divmod(k, 3)
        left, bottom = column * WIDTH / 3 + 0.55, (1 - row) * PANEL + 0.75
        ax = axes(fig, left, bottom, WIDTH - (column + 1) * WIDTH / 3 + 0.12, fig.get_figheight() - bottom - 1.6)
        _panel(ax, kind, scores)
        at = {"xycoords": "axes fraction", "textcoords": "offset points"}
        ax.annotate(kind.noise, (INDENT, 1.06), (0, 22), fontsize=SIZE, fontweight="bold", **at)
    show(fig, _words(scores), caption)


def _panel(ax: Axes, kind: Kind, scores) -> None:
    noise = NOISES[kind.noise]
    ax.set(xlim=(min(scores) - 0.3, max(scores) + REACH + 0.2), ylim=kind.heights)
    line = np.linspace(*ax.get_xlim(), 101)
    if kind.expected:
        ax.plot(line, kind.expected(line), color=RED, zorder=3)
    highest = max(np.exp(noise.log_p(targets(noise, ax), *kind.parameters(z))).max() for z in scores)
    for z in scores:
        stand(ax, noise, z, kind.parameters(z), REACH / highest)
    ax.set_xticks(scores, [number(z) for z in scores])
    if noise.whole and kind.noise != "Poisson":
        ax.set_yticks(range(2 if kind.noise == "Bernoulli" else 3))
    ax.grid(axis="x", visible=False)
    name_axes(ax, "score z", kind.target)
    ax.yaxis.set_label_coords(INDENT, 1.06)


def _words(scores) -> str:
    places = listed(number(z) for z in scores)
    parts = [f"{kind.noise} ({kind.target}): {kind.link}" for kind in KINDS]
    return (
        f"Six panels. In each the target stands against the score z, and at the scores {places} a distribution stands. "
        f"What is expected: {'; '.join(parts)}."
    )
