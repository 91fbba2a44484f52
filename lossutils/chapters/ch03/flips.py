"""From a probability to a loss: what each prediction says about one observed target, and minus the log of it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lossutils.chapters.ch03.noise import NOISES, Noise
from lossutils.plot.paper import BLUE, GREEN, WIDTH, axes, blank, head, name_axes, on_paper, show
from lossutils.plot.texts import number


@on_paper
def likelihood_to_loss(outcomes: Mapping[str, float], title: str | None = None, *, caption: str = "") -> None:
    """Draw for each distribution the probability of one outcome against the prediction, and below it minus its log.

    `outcomes` maps names of distributions ("Gaussian", "Laplace", "gamma", "Poisson", "Bernoulli") to the target.
    """
    top, height = (0.95 if title else 0.6), 1.7
    fig = blank(top + 2 * height + 1.0)
    panel, parts = WIDTH / len(outcomes), []
    for k, (name, y) in enumerate(outcomes.items()):
        noise, left, right = NOISES[name], k * panel + 0.65, WIDTH - (k + 1) * panel + 0.16
        x = _predictions(noise, y)
        p = np.array([np.exp(noise.log_p(np.array([y]), value, *noise.usual))[0] for value in x])
        below = axes(fig, left, 0.65, right, top + height + 0.35)
        above = axes(fig, left, height + 1.0, right, top, sharex=below)
        for ax, curve, best, what in (
            (above, p, p.argmax(), "probability" if noise.whole else "density"),
            (below, -np.log(p), p.argmax(), "loss = −log"),
        ):
            ax.plot(x, curve, color=BLUE)
            ax.plot(x[best], curve[best], "D", color=GREEN, ms=8, clip_on=False, zorder=4)
            ax.locator_params(nbins=4)
            name_axes(ax, "", what)
        above.set_ylim(bottom=0)
        above.tick_params(labelbottom=False)
        below.set_xlabel(noise.parameters[0])
        above.annotate(
            f"{name}, y = {number(y)}",
            (0, 1),
            (-30, 24),
            xycoords="axes fraction",
            textcoords="offset points",
            fontweight="bold",
        )
        parts.append(f"{name} with y = {number(y)} at {noise.parameters[0]} = {number(x[p.argmax()], 3)}")
    if title:
        head(fig, title)
    show(
        fig,
        "Above, how probable each prediction makes one observed target; below, minus the log of it. "
        f"The prediction that makes it most probable has the least loss: {'; '.join(parts)}.",
        caption,
    )


def _predictions(noise: Noise, y: float) -> np.ndarray:
    if noise.name == "Bernoulli":
        return np.linspace(0.01, 1, 100) if y else np.linspace(0, 0.99, 100)
    if noise.name in ("Poisson", "gamma"):
        return np.linspace(0.1, 3 * max(y, 1), 100 * 3 * max(int(y), 1) - 9)
    return np.linspace(y - 3, y + 3, 121)
