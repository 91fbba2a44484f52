"""Three classes: move the scores, the temperature and the target; see probabilities, loss, floor and slope."""

from __future__ import annotations

import ipywidgets
import numpy as np

from lossutils.chapters.ch09.simplex import ThreeClasses, memberships
from lossutils.widgets.explorer import NAMED, WIDE, Explorer

STEPS = 20  # of gradient descent, a click
TARGETS = ("hard: one class", "smoothed: a share ε for all", "fuzzy: memberships")


def target_of(kind: str, place: float, epsilon: float, end: float = 6.0) -> np.ndarray:
    """Return the memberships (3,) of a place on a scale from 0 to `end`, hardened, smoothed, or as they are."""
    fuzzy = memberships(place, end)
    if kind == TARGETS[2]:
        return fuzzy
    hard = np.eye(3)[fuzzy.argmax()]
    return hard if kind == TARGETS[0] else (1 - epsilon) * hard + epsilon / 3


@np.errstate(all="ignore")
def widget(names=("first", "second", "third"), end: float = 6.0) -> Explorer:
    """Return three scores to move, a temperature, and a target that is hard, smoothed or fuzzy.

    The target is a place on a scale from 0 to `end`, whose start, middle and end are the three classes `names`.
    """
    picture = ThreeClasses(names)
    look = {"layout": WIDE, "style": NAMED, "continuous_update": True}
    scores = [
        ipywidgets.FloatSlider(
            value=value, min=-10, max=10, step=0.1, readout_format=".1f", description=f"score, {name}", **look
        )
        for value, name in zip((2.0, 1.0, 0.0), names, strict=True)
    ]
    controls = {
        **dict(zip(("first", "second", "third"), scores, strict=True)),
        "temperature": ipywidgets.FloatLogSlider(
            value=1, min=-1, max=1, step=0.05, readout_format=".2f", description="temperature T", **look
        ),
        "kind": ipywidgets.Dropdown(options=TARGETS, description="target", layout=WIDE, style=NAMED),
        "place": ipywidgets.FloatSlider(
            value=0, min=0, max=end, step=end / 24, readout_format=".2f", description="place on the scale", **look
        ),
        "epsilon": ipywidgets.FloatSlider(
            value=0.1, min=0, max=0.9, step=0.01, readout_format=".2f", description="ε, if smoothed", **look
        ),
    }

    def at(first, second, third, temperature, kind, place, epsilon):
        return picture.at((first, second, third), target_of(kind, place, epsilon, end), temperature)

    def walk(**values):
        return _scores(at(**values).downhill(STEPS))

    def shift(first, second, third, **_):
        return _scores(np.array([first, second, third]) + 1)

    return Explorer(
        "three classes",
        controls,
        draw=lambda **values: at(**values).png(),
        describe=lambda **values: picture.state(),
        actions={"add 1 to all scores": shift, f"{STEPS} steps downhill": walk},
    )


def _scores(z: np.ndarray) -> dict:
    return dict(zip(("first", "second", "third"), z.tolist(), strict=True))
