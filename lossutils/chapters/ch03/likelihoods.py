"""One distribution for all values: what it says about them, and minus the log of it along each parameter."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from lossutils.chapters.ch03.noise import NOISES, Noise
from lossutils.plot.labels import dark
from lossutils.plot.paper import BLUE, GREEN, INK, PAPER, RED, Drawn, axes, blank, name_axes, own_style, quiet, show
from lossutils.plot.texts import listed, number, with_unit

POINTS = 151
NLL, DOUBLE, SINGLE = "mean of −log p", "product of p, float64", "product of p, float32"
VIEWS = {NLL: None, DOUBLE: np.float64, SINGLE: np.float32}


@quiet
class Likelihood(Drawn):
    """One distribution for all values: the data with its curve, and beside it the mean of −log p for each parameter.

    `at(…)` sets the parameters and chooses the view: the mean of −log p, or the product of all p as a computer
    multiplies it, in double or single precision.
    """

    def __init__(self, values, noise: Noise, name: str = "target y"):
        self.values, self.noise, self.name = np.asarray(values, float), noise, name
        self.best, self.spans = noise.fit(self.values), noise.spans(self.values)

    def at(self, parameters: Sequence[float], view: str = NLL) -> Likelihood:
        """Set the parameters and the view, and draw."""
        self.parameters, self.view = tuple(parameters), view
        self.mean_loss, self.least = (self.height(place, NLL) for place in (self.parameters, self.best))
        with own_style():
            self._draw()
        return self

    def height(self, parameters: Sequence[float], view: str) -> float:
        """Return what a view shows at these parameters."""
        log_p = self.noise.log_p(self.values, *parameters)
        return float(-log_p.mean() if view == NLL else np.prod(np.exp(log_p).astype(VIEWS[view])))

    def state(self) -> str:
        """Say in two sentences what the parameters cost, and what becomes of the product."""
        double, single = (number(self.height(self.parameters, view), 3) for view in (DOUBLE, SINGLE))
        return (
            f"{self.noise.name}, {self._set(self.parameters)}: mean of −log p {number(self.mean_loss)}; the least, "
            f"{number(self.least)}, is at {self._set(self.best)}. The product of all {len(self.values)} values of "
            f"p is {double} in float64, {single} in float32."
        )

    def words(self) -> str:
        """Describe the whole picture."""
        return f"{len(self.values)} values of {self.name}, and one distribution for all of them. {self.state()}"

    def _set(self, parameters) -> str:
        return listed(
            f"{name} = {number(value, 3)}" for name, value in zip(self.noise.parameters, parameters, strict=True)
        )

    def _draw(self) -> None:
        self.figure = blank(4.3)
        left = axes(self.figure, 0.95, 0.65, 3.6, 0.45)
        self._draw_values(left)
        room = 4.3 / len(self.spans)
        for k, name in enumerate(self.noise.parameters):
            ax = axes(self.figure, 4.75, (len(self.spans) - 1 - k) * room + 0.65, 0.25, k * room + 0.45)
            self._draw_curve(ax, k, name)

    def _draw_values(self, ax: Axes) -> None:
        if self.noise.whole:
            x = np.arange(int(self.values.max()) + 2 if self.noise.name == "Poisson" else len(self.spans) + 1)
            ax.bar(x, [np.mean(self.values == k) for k in x], width=0.7, color=BLUE, alpha=0.45)
            p = np.exp(self.noise.log_p(x, *self.parameters))
            ax.vlines(x, 0, p, color=RED, lw=1.6, ls=(0, (5, 2)))
            ax.plot(x, p, "s", color=RED, mec=INK, ms=8, clip_on=False, zorder=4)
            ax.set_xticks(x)
            ax.grid(axis="x", visible=False)
        else:
            x = np.linspace(max(1e-9, self.values.min()), self.values.max(), 400)
            ax.hist(self.values, bins=36, density=True, color=BLUE, alpha=0.45, edgecolor=PAPER, linewidth=0.8)
            ax.plot(x, np.exp(self.noise.log_p(x, *self.parameters)), color=RED)
        ax.locator_params(axis="y", nbins=5)
        name_axes(ax, self.name, "share of values" if self.noise.whole else "density")

    def _draw_curve(self, ax: Axes, k: int, name: str) -> None:
        x = np.linspace(*self.spans[k], POINTS)
        along = [(*self.parameters[:k], value, *self.parameters[k + 1 :]) for value in x]
        heights = np.array([self.height(parameters, self.view) for parameters in along])
        largest = 1.0 if self.view == NLL else heights.max()
        ax.plot(x, heights / (largest or 1.0), color=BLUE)
        here = self.parameters[k], self.height(self.parameters, self.view) / (largest or 1.0)
        ax.plot(*here, "o", color=RED, ms=11, mec=PAPER, mew=1.5, zorder=5)
        ax.locator_params(nbins=4)
        if self.view == NLL:
            low = heights.argmin()
            ax.plot(x[low], heights[low], "D", color=GREEN, ms=8, zorder=4)
            ax.set_ylim(heights.min() - 0.12 * np.ptp(heights), heights.max() + 0.05 * np.ptp(heights))
            name_axes(ax, name, "mean of −log p")
        else:
            ax.set_ylim(-0.08, 1.12)
            name_axes(ax, name, with_unit("product", f"in {number(largest, 3)}") if largest else "product")
            if not largest:
                ax.text(0.5, 0.5, "0 everywhere", transform=ax.transAxes, ha="center", color=dark(RED))


def likelihood(
    values, noise: str, parameters: Sequence[float], name: str = "target y", view: str = NLL, *, caption: str = ""
) -> None:
    """Draw one distribution for all values: the still picture of the widget `widgets.likelihood`."""
    picture = Likelihood(values, NOISES[noise], name).at(parameters, view)
    show(picture.figure, picture.words(), caption)
