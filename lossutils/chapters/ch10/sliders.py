"""Choose how sure a neuron is of the wrong label, and the rate: count the steps that two losses need to change it."""

from __future__ import annotations

import numpy as np

from lossutils.chapters.ch10.neuron import Neuron
from lossutils.widgets.explorer import Explorer
from lossutils.widgets.slider import Slider, ratio_slider


@np.errstate(all="ignore")
def widget() -> Explorer:
    """Return a neuron with the label 0: its score at the start and the rate are chosen."""
    picture = Neuron()
    return Explorer(
        "neuron that is wrong",
        {
            "start": Slider("score at the start", [k / 2 for k in range(1, 17)], 4.0),
            "rate": ratio_slider("rate", 0.05, 20, 0.15),
        },
        draw=lambda start, rate: picture.at(start, rate).png(),
        describe=lambda start, rate: picture.at(start, rate).state(),
    )
