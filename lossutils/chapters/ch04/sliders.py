"""Drag one point: see the line of least squares follow, the squares grow, and what the target's unit changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import ipywidgets
import numpy as np

from lossutils.chapters.ch04.areas import Squares
from lossutils.widgets.explorer import Explorer
from lossutils.widgets.slider import NAMED, WIDE, Slider, float_slider

FACTORS = (1, 10, 100, 1000)


@np.errstate(all="ignore")
def widget(
    x,
    y,
    unit: str = "",
    per: str = "",
    what: str = "x",
    learners: Mapping[str, Callable] | None = None,
    shifts=(-20.0, 40.0),
) -> Explorer:
    """Return a line of least squares with one point to drag, and a menu for the target's unit.

    The points are numbered by x: 1 has the least.

    `x` and `y` are (n,); `what` names x, measured in `per`; y is measured in `unit`. `learners` maps names to functions
    of (inputs, targets), the inputs (n, 1) and standardised, that return the root mean squared error after each step.
    """
    picture = Squares(x, y, unit, per, what, learners, shifts)
    count = len(np.asarray(x))
    point = Slider(f"point, 1 to {count}", range(1, count + 1), count)
    names = [(f"{unit or 'y'}{'' if k == 1 else f' × {k}'}", k) for k in FACTORS]
    factor = ipywidgets.Dropdown(options=names, value=1, description="target in", layout=WIDE, style=NAMED)
    return Explorer(
        "squares",
        {"point": point, "shift": float_slider("moved by", *shifts, 0.0), "factor": factor},
        draw=lambda point, shift, factor: picture.at(point - 1, shift, factor).png(),
        describe=lambda point, shift, factor: picture.at(point - 1, shift, factor).state(),
        actions={"put it back": lambda point, shift, factor: {"shift": 0.0}},
    )
