"""Two classes: move a curve through labels 0 and 1, see what each label costs, and which program can learn from it."""

from __future__ import annotations

import ipywidgets
import numpy as np

from lossutils.chapters.ch08.classes import TwoClasses
from lossutils.chapters.ch08.computed import PROGRAMS
from lossutils.widgets.explorer import Explorer
from lossutils.widgets.slider import NAMED, WIDE, float_slider

STEPS = 20  # of gradient descent, a click


@np.errstate(all="ignore")
def widget(x, y, centre: float, xlabel: str = "x", unit: str = "", names=("0", "1")) -> Explorer:
    """Return a curve p = σ(b + w (x − centre)) to move: weight w, score b at the centre, and the program of the loss.

    `x` and `y` are (n,), y holds 0 and 1, which `names` names; x is measured in `unit`. The buttons take 20 or 1000
    steps of gradient descent with the slopes that the chosen program computes.
    """
    picture = TwoClasses(x, y, centre, xlabel, unit, names)
    most = float(f"{7 / np.std(picture.x):.1g}")  # the score then runs over 7 per standard deviation
    w = float_slider(f"w, per {unit}" if unit else "weight w", -most, most, 0)
    b = float_slider(f"b, score at {centre:g}", -25, 25, 0)
    program = ipywidgets.Dropdown(options=list(PROGRAMS), description="program", layout=WIDE, style=NAMED)

    def walk(steps):
        def go(w, b, program):
            walked = picture.at(w, b, program).downhill(steps)
            return dict(zip("wb", walked, strict=True)) if np.isfinite(walked).all() else {}

        return go

    return Explorer(
        "two classes",
        {"w": w, "b": b, "program": program},
        draw=lambda w, b, program: picture.at(w, b, program).png(),
        describe=lambda w, b, program: picture.at(w, b, program).state(),
        actions={f"{STEPS} steps downhill": walk(STEPS), f"{50 * STEPS} steps downhill": walk(50 * STEPS)},
    )
