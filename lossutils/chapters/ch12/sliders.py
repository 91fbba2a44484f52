"""A rare class: weigh it, focus on it, or move the threshold, and see what changes and what stays."""

from __future__ import annotations

import ipywidgets
import numpy as np

from lossutils import data
from lossutils.chapters.ch12.imbalance import RareClass
from lossutils.widgets.explorer import Explorer
from lossutils.widgets.slider import NAMED, WIDE, Slider, ratio_slider

GAMMAS = (0, 2, 5)
RATIOS = {"1by3": 1 / 3, "1": 1, "3": 3, "9": 9, "28": 28, "84": 84}  # of the stored scores: name in their column
ALPHAS = {"none": 1, "0.25": 1 / 3, "0.75": 3}  # alpha / (1 - alpha), which multiplies the weight
FINEST, COARSEST = 0.003, 0.95


@np.errstate(all="ignore")
def widget() -> Explorer:
    """Return four views of the yeast proteins: change weight, γ and α of the loss, the threshold, the cost of a miss.

    The networks were trained beforehand: 18 settings, five folds each. Weight times α/(1 − α) is what counts; the
    stored setting nearest to it is shown.
    """
    y, scores = data.yeast()["me2"], data.yeast_scores()
    picture = RareClass(y, scores["gamma0_ratio1"])

    def menu(name, options, value):
        return ipywidgets.Dropdown(options=options, value=value, description=name, layout=WIDE, style=NAMED)

    threshold = ratio_slider("threshold", FINEST, COARSEST, 0.5)
    miss = Slider("cost of a miss", range(1, 101), 28)

    def at(weight, gamma, alpha, threshold, miss):
        ratio = min(RATIOS, key=lambda name: abs(np.log(RATIOS[name] / (weight * ALPHAS[alpha]))))
        words = [f"positives count {'1/3' if ratio == '1by3' else ratio}:1", f"γ = {gamma}" * (gamma > 0)]
        return picture.at(scores[f"gamma{gamma}_ratio{ratio}"], threshold, miss, ", ".join(filter(None, words)))

    return Explorer(
        "rare class",
        {
            "weight": menu("weight", [1, 3, 9, 28], 1),
            "gamma": menu("γ of focal loss", list(GAMMAS), 0),
            "alpha": menu("α of focal loss", list(ALPHAS), "none"),
            "threshold": threshold,
            "miss": miss,
        },
        draw=lambda **values: at(**values).png(),
        describe=lambda **values: picture.state(),
        actions={"threshold to 1/(1 + cost)": lambda **values: {"threshold": 1 / (1 + values["miss"])}},
    )
