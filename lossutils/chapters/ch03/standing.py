"""A distribution standing on the curve at several inputs: the model predicts its parameters, which move with x."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from matplotlib.axes import Axes

from lossutils.chapters.ch03.noise import NOISES, Noise
from lossutils.plot.paper import BLUE, INK, PAPER, RED, axes, blank, name_axes, on_paper, show
from lossutils.plot.texts import listed, number

REACH = 0.85  # of the way to the next place: as far as the highest density goes
TAIL = 0.004  # of the highest density: what is lower is not drawn


@on_paper
def distributions_on_curve(
    x,
    y,
    noise: str,
    parameters: Callable[[np.ndarray], tuple],
    at: Sequence[float],
    xlabel: str,
    ylabel: str,
    *,
    xlim: tuple[float, float] | None = None,
    caption: str = "",
) -> None:
    """Draw targets against inputs, both (n,), the curve of what is expected, and at some inputs the whole distribution.

    `noise` names the distribution. `parameters(x)` returns its parameters at inputs x, each (m,); the first is where
    the curve goes, the mean, or the probability of a 1. A distribution grows to the right from its input, all on one
    scale. `xlim` cuts off inputs far away.
    """
    kind, x, y = NOISES[noise], np.asarray(x, float), np.asarray(y, float)
    low, high = xlim or (x.min(), x.max())
    fig = blank(4.4)
    ax = axes(fig, 0.85, 0.65, 0.25, 0.45)
    room = 0.03 * (high - low)
    ax.set(xlim=(low - room, max(high, at[-1] + REACH * _gap(at, high - low)) + room), ylim=_heights(kind, y))
    line = np.linspace(low, high, 201)
    ax.plot(line, parameters(line)[0], color=RED, zorder=3)
    seen = (low <= x) & (x <= high)
    ax.plot(x[seen], y[seen], "o", color=INK, ms=5, mec=PAPER, mew=0.6, alpha=0.6, zorder=5)
    told = [tuple(float(p[0]) for p in _columns(parameters, place)) for place in at]
    highest = max(np.exp(kind.log_p(targets(kind, ax), *own)).max() for own in told)
    stretch = REACH * _gap(at, high - low) / highest
    for place, own in zip(at, told, strict=True):
        stand(ax, kind, place, own, stretch)
    if kind.whole:
        ax.yaxis.get_major_locator().set_params(integer=True)
    name_axes(ax, xlabel, ylabel)
    show(fig, _words(kind, x, seen, told, at, xlabel, ylabel), caption)


def _columns(parameters, place: float) -> list[np.ndarray]:
    return [np.broadcast_to(p, 1) for p in parameters(np.array([place]))]


def _heights(kind: Noise, y: np.ndarray) -> tuple[float, float]:
    if kind.whole:
        return -0.55, y.max() + 0.6
    room = 0.05 * np.ptp(y)
    return y.min() - 2 * room, y.max() + room


def _gap(at: Sequence[float], span: float) -> float:
    """From one distribution to the next; a share of the picture where there is only one."""
    return float(np.diff(at).min()) if len(at) > 1 else 0.3 * span


def targets(kind: Noise, ax: Axes) -> np.ndarray:
    """Return the targets that a picture of this height shows: whole numbers, or many close together."""
    low, high = ax.get_ylim()
    if kind.whole:
        return np.arange(0, 2 if kind.name == "Bernoulli" else int(high) + 1)
    return np.linspace(max(low, 1e-6) if kind.name == "gamma" else low, high, 401)


def stand(ax: Axes, kind: Noise, place: float, own: tuple, stretch: float) -> None:
    """Draw one distribution with these parameters, standing at an input."""
    y = targets(kind, ax)
    p = np.exp(kind.log_p(y, *own)) * stretch
    ax.axvline(place, color=BLUE, lw=1.2, zorder=1)
    if kind.whole:
        ax.barh(y, p, left=place, height=0.62 if len(y) > 3 else 0.36, color=BLUE, alpha=0.5, zorder=4)
        return
    drawn = p > TAIL * p.max()
    ax.fill_betweenx(y[drawn], place, place + p[drawn], color=BLUE, alpha=0.28, lw=0, zorder=4)
    ax.plot(place + p[drawn], y[drawn], color=BLUE, lw=1.8, zorder=4)


def _words(kind, x, seen, told, at, xlabel, ylabel) -> str:
    parts = [
        f"at {number(place)} "
        + listed(f"{name} {number(value, 3)}" for name, value in zip(kind.parameters, own, strict=True))
        for place, own in zip(at, told, strict=True)
    ]
    beyond = f" Beyond the picture: {len(x) - seen.sum()} of the {len(x)} points." if not seen.all() else ""
    return (
        f"{ylabel} against {xlabel}, {len(x)} points, the curve of what is expected, and standing on it a "
        f"{kind.name} distribution: {'; '.join(parts)}.{beyond}"
    )
