"""Choose a distribution for real targets: move its parameters, and watch the likelihood become a loss."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import ipywidgets
import numpy as np
import traitlets

from lossutils import data
from lossutils.chapters.ch03.likelihoods import VIEWS, Likelihood
from lossutils.chapters.ch03.noise import BERNOULLI, CATEGORICAL, GAMMA, GAUSSIAN, LAPLACE, POISSON, Noise
from lossutils.widgets.explorer import Explorer, round_number
from lossutils.widgets.slider import NAMED, WIDE, Slider, float_slider


@np.errstate(all="ignore")
def widget(samples: Mapping[str, tuple] | None = None) -> Explorer:
    """Return five kinds of real targets, each with its distribution: move the parameters, change what is shown.

    `samples` maps what was measured to (values, noise). Without it: counts, amounts, real numbers, labels, classes.
    """
    pictures = [Likelihood(values, noise, name) for name, (values, noise) in (samples or _usual_samples()).items()]
    picker = ParameterPicker(pictures)
    view = ipywidgets.Dropdown(options=list(VIEWS), description="show", layout=WIDE, style=NAMED)

    def at(fit, show):
        number, *parameters = fit
        picture = pictures[number]
        if getattr(picture, "drawn", None) != (fit, show):
            picture.at(parameters, show)
            picture.drawn = fit, show
        return picture

    return Explorer(
        "distribution of the targets",
        {"fit": picker, "show": view},
        draw=lambda fit, show: at(fit, show).png(),
        describe=lambda fit, show: at(fit, show).state(),
        actions={"to the minimum": lambda fit, show: {"fit": (fit[0], *pictures[fit[0]].best)}},
    )


def _usual_samples() -> dict[str, tuple]:
    kicks = data.horse_kicks()
    out = [corps in ("G", "I", "VI", "XI") for corps in kicks["corps"]]
    copper = data.chem()["copper"]
    return {
        "deaths in a year": (kicks["deaths"][[not left for left in out]], POISSON),
        "food (francs)": (data.engel()["food"], GAMMA),
        "copper (ppm)": (copper, GAUSSIAN),
        "copper (ppm), Laplace": (copper, LAPLACE),
        "damage at a launch, 0 or 1": (data.challenger()["damage"], BERNOULLI),
        "origin of a car: 0 USA, 1 Europe, 2 Japan": (data.auto_mpg()["origin"] - 1, CATEGORICAL),
    }


class ParameterPicker(ipywidgets.VBox):
    """A menu of targets, and below it a slider for each parameter; `value` is (number in the menu, *parameters)."""

    value = traitlets.Tuple()

    def __init__(self, pictures):
        self._sliders = [_sliders(picture.noise, picture) for picture in pictures]
        names = [(f"{picture.name} ({picture.noise.name})", k) for k, picture in enumerate(pictures)]
        self.menu = ipywidgets.Dropdown(options=names, value=0, description="targets", layout=WIDE, style=NAMED)
        self._below = ipywidgets.VBox()
        super().__init__([self.menu, self._below])
        self.menu.observe(self._read, "value")
        for slider in (slider for sliders in self._sliders for slider in sliders):
            slider.observe(self._read, "value")
        self._read()
        self.observe(self._write, "value")

    def choose(self, k: int) -> None:
        """Choose the k-th targets, as their line in the menu does."""
        self.menu.value = k

    def sliders(self, k: int | None = None) -> list[Slider]:
        """Return the sliders of the k-th targets, or of the chosen ones."""
        return self._sliders[self.menu.value if k is None else k]

    @staticmethod
    def at(k: int, parameters: Iterable[float]) -> tuple:
        """Return the value for the k-th targets with their sliders at these places."""
        return (k, *parameters)

    def _read(self, _change=None) -> None:
        self._below.children = tuple(self.sliders())
        self.value = self._chosen()

    def _write(self, _change=None) -> None:
        """Move the menu and the sliders to a value that was set from outside."""
        number, *parameters = self.value
        if self.value == self._chosen():
            return
        with self.hold_trait_notifications():
            self.menu.value = number
            for slider, value in zip(self.sliders(), parameters, strict=True):
                slider.value = value

    def _chosen(self) -> tuple:
        return self.at(self.menu.value, (slider.value for slider in self.sliders()))


def _sliders(noise: Noise, picture: Likelihood) -> list[Slider]:
    """Sliders over the spans, a third of the way up: beside the minimum for all of the usual targets."""
    return [
        float_slider(name, low, high, round_number(low + 0.3 * (high - low)))
        for name, (low, high) in zip(noise.parameters, picture.spans, strict=True)
    ]
