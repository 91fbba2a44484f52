"""The surface of a loss: walk down it by gradient descent, and find the rate at which the walk runs away."""

from __future__ import annotations

import functools

import ipywidgets
import numpy as np

from lossutils import AbsoluteError, Huber, LogCosh, SquaredError
from lossutils.chapters.ch02.descent import Surface
from lossutils.widgets.explorer import NAMED, WIDE, Explorer, LossPicker, round_number, typical_error


@np.errstate(all="ignore")
def widget(x, y, unit: str = "", per: str = "") -> Explorer:
    """Return a walk downhill over intercept and slope: change the loss, the rate and the steps, standardise x.

    `x` and `y` are (n,); y is measured in `unit`, x in `per`. The button puts the rate on the limit 2/λmax: one step of
    the slider to the left the walk arrives, one to the right it runs away.
    """
    x, y = np.asarray(x, float), np.asarray(y, float)
    scale = typical_error(y) / 2  # what a line leaves is about half of what the values vary
    corner = round_number(scale, 1)
    picker = LossPicker([SquaredError(), AbsoluteError(), Huber(corner), LogCosh(corner)], scale)
    rate = ipywidgets.FloatLogSlider(
        value=0.03, min=-3, max=0.4, step=0.01, description="rate", readout_format=".3g", layout=WIDE, style=NAMED
    )
    steps = ipywidgets.IntSlider(value=100, min=1, max=200, description="steps", layout=WIDE, style=NAMED)

    @functools.cache
    def pictures(standard):
        data = ((x - x.mean()) / x.std(), "SD") if standard else (x, per)
        return Surface(data[0], y, picker.value, unit, data[1])

    def surface(loss, standard):
        drawn = pictures(standard)
        return drawn if drawn.loss == loss else drawn.under(loss)

    def to_the_limit(loss, rate, steps, standard):
        limit = surface(loss, standard).limit
        return {} if limit is None else {"rate": limit}

    return Explorer(
        "walk downhill",
        {"loss": picker, "rate": rate, "steps": steps, "standard": ipywidgets.Checkbox(description="standardise x")},
        draw=lambda loss, rate, steps, standard: surface(loss, standard).walk(rate, steps).png(),
        describe=lambda loss, rate, steps, standard: surface(loss, standard).state(),
        actions={"rate to the limit": to_the_limit},
    )
