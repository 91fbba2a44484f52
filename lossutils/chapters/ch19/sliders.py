"""Let cars slip, choose the loss, and narrow the memberships: see what becomes of two rules and of their blend."""

from __future__ import annotations

import numpy as np

from lossutils import Cauchy, Huber, SquaredError, Tukey
from lossutils.chapters.ch19.slips import Slips
from lossutils.widgets.explorer import Explorer, LossPicker
from lossutils.widgets.slider import Slider

WIDTHS = (0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.2, 1.4, 1.7, 2.0, 2.5, 3.0, 4.0)


@np.errstate(all="ignore")
def widget(x, y, new, names, unit: str = "", what: str = "x", per: str = "", most: int = 60) -> Explorer:
    """Return two rules over one input, with a loss, up to `most` slips and the width of the memberships to choose.

    `x` and `y` are (n,), the rows to learn from; `new` is such a pair to be judged on. `names` are those of the rules.
    """
    picture = Slips(x, y, new, names, unit, what, per)
    losses = [SquaredError(), Huber(delta=1.345), Cauchy(c=2.385), Tukey(c=4.685)]
    return Explorer(
        "two rules",
        {
            "loss": LossPicker(losses),
            "slips": Slider("rows that slip", range(0, most + 1, 1), 0),
            "width": Slider("width, times", WIDTHS, 1.0),
        },
        draw=lambda loss, slips, width: picture.at(loss, slips, width).png(),
        describe=lambda loss, slips, width: picture.at(loss, slips, width).state(),
    )
