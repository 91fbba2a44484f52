"""Choose a loss, move its edge, and choose where the search begins: see the line and the weights that it ends with."""

from __future__ import annotations

import ipywidgets
import numpy as np

from lossutils import Cauchy, Huber, SquaredError, Tukey
from lossutils.chapters.ch05.search import Search
from lossutils.widgets.explorer import Explorer, LossPicker
from lossutils.widgets.slider import NAMED, WIDE


@np.errstate(all="ignore")
def widget(x, y, starts, unit: str = "", per: str = "", what: str = "x", edge: float = 20.0) -> Explorer:
    """Return a search for a line with a loss, its edge and its start to choose.

    `x` and `y` are (n,); `starts` maps names to masks of rows (n,), whose line of least squares a search starts at.
    `what` names x, `per` is one unit of it; y, and so the edge, is in `unit`. Edges begin at a tenth of `edge`.
    """
    picture = Search(x, y, starts, unit, per, what)
    losses = [Tukey(c=edge), Cauchy(c=edge), Huber(delta=edge), SquaredError()]
    return Explorer(
        "line search",
        {
            "loss": LossPicker(losses, scale=edge),
            "start": ipywidgets.Dropdown(options=list(starts), description="search from", layout=WIDE, style=NAMED),
        },
        draw=lambda loss, start: picture.at(loss, start).png(),
        describe=lambda loss, start: picture.at(loss, start).state(),
    )
