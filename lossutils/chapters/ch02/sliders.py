"""The surface of a loss: walk down it by gradient descent, and find the rate at which the walk runs away."""

from __future__ import annotations

import functools

import ipywidgets
import numpy as np

from lossutils import AbsoluteError, Huber, LogCosh, SquaredError
from lossutils.chapters.ch02.descent import Surface
from lossutils.widgets.explorer import Explorer, LossPicker, round_number, typical_error
from lossutils.widgets.slider import NAMED, WIDE, Slider, ratio_slider


@np.errstate(all="ignore")
def widget(x, y, unit: str = "", per: str = "", names: tuple[str, str] = ("input", "target")) -> Explorer:
    """Return a line that moves through its points while its weights walk downhill.

    `x` and `y` are (n,); y is measured in `unit`, x in `per`. One changes the loss, the rate and
    the steps, and standardises x. The button puts the rate on the limit 2/λmax: one step of
    the slider to the left the walk arrives, one to the right it runs away.
    """
    x, y = np.asarray(x, float), np.asarray(y, float)
    scale = typical_error(y) / 2  # what a line leaves is about half of what the values vary
    corner = round_number(scale, 1)
    picker = LossPicker([SquaredError(), AbsoluteError(), Huber(corner), LogCosh(corner)], scale)
    rate, steps = ratio_slider("rate", 0.001, 2.5, 0.03), Slider("steps", range(1, 201), 100)

    @functools.cache
    def pictures(standard):
        data = ((x - x.mean()) / x.std(), "SD") if standard else (x, per)
        return Surface(data[0], y, picker.value, unit, data[1], names)

    def surface(loss, standard):
        drawn = pictures(standard)
        return drawn if drawn.loss == loss else drawn.under(loss)

    def to_the_limit(loss, rate, steps, standard):
        limit = surface(loss, standard).limit
        return {} if limit is None else {"rate": limit}

    return Explorer(
        "walk downhill",
        {
            "loss": picker,
            "rate": rate,
            "steps": steps,
            "standard": ipywidgets.Checkbox(description="standardise x", layout=WIDE, style=NAMED),
        },
        draw=lambda loss, rate, steps, standard: surface(loss, standard).walk(rate, steps).png(),
        describe=lambda loss, rate, steps, standard: surface(loss, standard).state(),
        actions={"rate to the limit": to_the_limit},
    )
