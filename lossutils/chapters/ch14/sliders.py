"""Choose an epoch and a temperature: see what a network promises, and what it keeps."""

from __future__ import annotations

import ipywidgets

from lossutils.chapters.ch14.promises import Promises
from lossutils.widgets.explorer import Explorer
from lossutils.widgets.slider import NAMED, WIDE, ratio_slider

LOWEST, HIGHEST = 0.3, 10.0


def widget(scores, y) -> Explorer:
    """Return a network's promises with its epoch and its temperature to choose.

    `scores` maps epochs to scores (n, K) of the same rows, whose class numbers are `y` (n,). It starts at the last
    epoch, with the temperature 1.
    """
    picture = Promises(scores, y)
    epochs = ipywidgets.Dropdown(
        options=list(scores), value=list(scores)[-1], description="epoch", layout=WIDE, style=NAMED
    )
    return Explorer(
        "promises",
        {"epoch": epochs, "T": ratio_slider("temperature T", LOWEST, HIGHEST, 1.0)},
        draw=lambda epoch, T: picture.at(epoch, T).png(),
        describe=lambda epoch, T: picture.at(epoch, T).state(),
    )
