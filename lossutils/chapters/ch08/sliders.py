"""Two classes: move a curve through labels 0 and 1, see what each label costs, and what float32 makes of it."""

from __future__ import annotations

import ipywidgets
import numpy as np

from lossutils.chapters.ch08.classes import TwoClasses
from lossutils.widgets.explorer import Explorer
from lossutils.widgets.slider import NAMED, WIDE, float_slider

STEPS = 20  # of gradient descent, a click


@np.errstate(all="ignore")
def widget(x, y, centre: float, xlabel: str = "x", unit: str = "", names=("0", "1")) -> Explorer:
    """Return a curve p = σ(b + w (x − centre)) to move: weight w, score b at the centre, and how the log is taken.

    `x` and `y` are (n,), y holds 0 and 1, which `names` names; x is measured in `unit`. The buttons take 20 or 1000
    steps of gradient descent. When the box is ticked, the probability is rounded to float32 before its logarithm.
    """
    picture = TwoClasses(x, y, centre, xlabel, unit, names)
    most = float(f"{7 / np.std(picture.x):.1g}")  # the score then runs over 7 per standard deviation
    w = float_slider(f"w, per {unit}" if unit else "weight w", -most, most, 0)
    b = float_slider(f"b, score at {centre:g}", -25, 25, 0)
    box = ipywidgets.Checkbox(description="sigmoid first, then the log, in float32", layout=WIDE, style=NAMED)

    def walk(steps):
        def go(w, b, float32):
            w, b = picture.at(w, b, float32).downhill(steps)
            return {"w": w, "b": b}

        return go

    return Explorer(
        "two classes",
        {"w": w, "b": b, "float32": box},
        draw=lambda w, b, float32: picture.at(w, b, float32).png(),
        describe=lambda w, b, float32: picture.at(w, b, float32).state(),
        actions={f"{STEPS} steps downhill": walk(STEPS), f"{50 * STEPS} steps downhill": walk(50 * STEPS)},
    )
