"""Three classes: move the scores, the temperature and the target; see probabilities, loss, floor and slope."""

from __future__ import annotations

import ipywidgets
import numpy as np

from lossutils.chapters.ch09.simplex import ThreeClasses, memberships
from lossutils.widgets.explorer import Explorer
from lossutils.widgets.slider import NAMED, WIDE, Slider, float_slider, ratio_slider

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
    starts = zip((2.0, 1.0, 0.0), names, strict=True)
    scores = [float_slider(f"score, {name}", -10, 10, value) for value, name in starts]
    controls = {
        **dict(zip(("first", "second", "third"), scores, strict=True)),
        "temperature": ratio_slider("temperature T", 0.1, 10, 1),
        "kind": ipywidgets.Dropdown(options=TARGETS, description="target", layout=WIDE, style=NAMED),
        "place": Slider("place on the scale", np.linspace(0, end, 25).tolist(), 0),
        "epsilon": float_slider("ε, if smoothed", 0, 0.9, 0.1),
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
